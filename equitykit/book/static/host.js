// The host of interactives in a static page: gives each the model it would have with a kernel, and renders it
// as it comes into view. See https://anywidget.dev/en/afm/ for the front-end module that it serves.

/** A model with no kernel behind it: the traits, their listeners, and answers to the messages a kernel would take. */
class Model {
  /**
   * @param {Record<string, any>} state
   * @param {(message: any, reply: (message: any) => void) => void} answer
   */
  constructor(state, answer) {
    this.state = { ...state };
    this.answer = answer;
    /** @type {Map<string, Set<Function>>} */
    this.listeners = new Map();
    /** @type {Set<string>} */
    this.changed = new Set();
  }

  /** @param {string} key */
  get(key) { return this.state[key]; }

  /** @param {string} key @param {any} value */
  set(key, value) {
    if (JSON.stringify(this.state[key]) === JSON.stringify(value)) return;
    this.state[key] = value;
    this.changed.add(key);
    this.emit(`change:${key}`, value);
  }

  save_changes() {
    if (!this.changed.size) return;
    this.changed.clear();
    this.emit("change");
  }

  /** @param {any} message */
  send(message) { this.answer(message, (reply) => this.emit("msg:custom", reply, [])); }

  /** @param {string} event @param {Function} listener */
  on(event, listener) {
    if (!this.listeners.has(event)) this.listeners.set(event, new Set());
    this.listeners.get(event).add(listener);
  }

  /** @param {string} [event] @param {Function} [listener] */
  off(event, listener) {
    if (!event) this.listeners.clear();
    else if (!listener) this.listeners.delete(event);
    else this.listeners.get(event)?.delete(listener);
  }

  /** @param {string} event @param {...any} details */
  emit(event, ...details) { for (const listener of this.listeners.get(event) ?? []) listener(...details); }
}

/** What the page's files can answer in a kernel's stead. */
const answers = {
  vega: async () => ({ type: "vega", url: new URL("vega.js", import.meta.url).href }),
};

/** @param {HTMLElement} section */
async function bring(section) {
  const script = section.querySelector('script[type="application/json"]');
  const stage = section.querySelector(".ek-stage");
  const model = new Model(JSON.parse(script.textContent), async (message, reply) => {
    if (answers[message.type]) reply(await answers[message.type]());
  });
  model.on("change", () => section.dispatchEvent(new CustomEvent("ek:change", {
    bubbles: true, detail: { name: section.id, module: section.dataset.module, state: model.state },
  })));
  const still = [...stage.childNodes];
  try {
    const { default: made } = await import(new URL(`${section.dataset.module}.js`, import.meta.url).href);
    const widget = typeof made === "function" ? await made() : made;
    await widget.initialize?.({ model });
    if (!widget.keepsStill) stage.replaceChildren();
    await widget.render({ model, el: stage });
    section.dataset.live = "yes";
  } catch (error) {
    stage.replaceChildren(...still);
    section.dataset.live = "no";
    console.error(`The interactive ${section.id} did not start: ${error.message}`, error);
  }
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    bring(/** @type {HTMLElement} */ (entry.target));
  }
}, { rootMargin: "300px 0px" });

for (const section of document.querySelectorAll(".ek-interactive[data-module]")) seen.observe(section);

// What a link leads to is pushed down by the interactives that start on the way there. It is held in place while they
// do, so that whoever skips a passage lands past it, until the reader moves or the page has had time to settle.
const SETTLED = 5000;
/** @type {HTMLElement | null} */
let held = null;

function hold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  held = target;
  target?.scrollIntoView({ behavior: "instant" });
  setTimeout(() => { if (held === target) held = null; }, SETTLED);
}

for (const move of ["wheel", "touchstart", "pointerdown", "keydown"]) {
  addEventListener(move, () => { held = null; }, { passive: true });
}
addEventListener("hashchange", hold);
// The body of a page can be as tall as the window whatever stands in it, so what is watched is the text itself.
new ResizeObserver(() => requestAnimationFrame(() => held?.scrollIntoView({ behavior: "instant" })))
  .observe(document.querySelector("main, [role='main']") ?? document.body);
if (location.hash) hold();
