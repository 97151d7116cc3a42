// A chart as a figure: its claim, the drawing, source and licence, and the same in words and as a table.
// In a static page the figure stands there already, with a still in place of the drawing: it is taken over as it is.
import { disclosure, h, save, table, uid } from "./kit.js";

const PATIENCE = 30_000; // milliseconds to wait for the chart library before saying so
const NARROW = 480; // below this width, views stand under each other

/**
 * The chart library, loaded once in a page however many figures ask for it.
 * @param {any} model
 * @returns {Promise<any>} vega-embed's function
 */
function vega(model) {
  globalThis.ekVega ??= load(model).catch((error) => {
    globalThis.ekVega = undefined; // the next figure may have better luck
    throw error;
  });
  return globalThis.ekVega;
}

/** @param {any} model */
async function load(model) {
  const { url, text } = await ask(model, "vega");
  const address = url ?? URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    await import(address);
  } finally {
    if (!url) URL.revokeObjectURL(address);
  }
  return globalThis.vegaEmbed;
}

/**
 * Ask whoever is behind the model: a kernel, or the static page's host.
 * @param {any} model
 * @param {string} type
 * @returns {Promise<any>}
 */
function ask(model, type) {
  return new Promise((resolve, reject) => {
    const done = (settle, value) => { clearTimeout(timer); model.off("msg:custom", hear); settle(value); };
    const hear = (message) => { if (message?.type === type) done(resolve, message); };
    const timer = setTimeout(() => done(reject, new Error("nobody answered")), PATIENCE);
    model.on("msg:custom", hear);
    model.send({ type });
  });
}

/** @param {any} spec */
const composed = (spec) => ["facet", "hconcat", "vconcat", "concat", "repeat"].some((key) => key in spec)
  || ["row", "column", "facet"].some((channel) => channel in (spec.encoding ?? {}));

/**
 * The specification for a width: Vega-Lite sizes a single view to its container, the rest is done here.
 * @param {any} given
 * @param {number} width
 * @param {string} font
 */
function fitted(given, width, font) {
  const spec = structuredClone(given);
  spec.config = { ...spec.config, font };
  fitLegends(spec, width);
  if (!composed(spec)) return { ...spec, width };
  if (width < NARROW) stack(spec);
  spec.autosize = { type: "pad" };
  return spec;
}

/**
 * Set the entries of a legend in columns where one row of them would be wider than the chart.
 * @param {any} given
 * @param {number} width
 */
function fitLegends(given, width) {
  const data = Object.values(given.datasets ?? {}).flat();
  const walk = (spec) => {
    for (const key of ["color", "fill", "stroke", "shape", "strokeDash", "opacity", "size"]) {
      const encoding = spec.encoding?.[key];
      if (!["nominal", "ordinal"].includes(encoding?.type) || encoding.legend === null) continue;
      const names = encoding.scale?.domain ?? [...new Set(data.map((row) => row[encoding.field]))];
      const room = names.map((name) => String(name ?? "").length * 7.5 + 48);
      if (room.reduce((sum, one) => sum + one, 0) < width - 24) continue;
      encoding.legend = { columns: Math.max(1, Math.floor((width - 24) / Math.max(...room))), ...encoding.legend };
    }
    for (const key of ["layer", "hconcat", "vconcat", "concat"]) (spec[key] ?? []).forEach(walk);
    if (spec.spec) walk(spec.spec);
  };
  walk(given);
}

/** @param {any} spec Set views that stand beside each other under each other. */
function stack(spec) {
  if (spec.hconcat) { spec.vconcat = spec.hconcat; delete spec.hconcat; }
  if (spec.concat || spec.repeat || spec.facet) spec.columns = 1;
  if (spec.facet?.column && !spec.facet.row) spec.facet = spec.facet.column;
  const { column, facet, row } = spec.encoding ?? {};
  if (column && !row) { spec.encoding.facet = { ...column, columns: 1 }; delete spec.encoding.column; }
  if (facet) facet.columns = 1;
  for (const inner of [...(spec.vconcat ?? []), ...(spec.concat ?? [])]) stack(inner);
}

/**
 * How many views stand beside each other.
 * @param {any} spec
 * @param {Array<any>} data Names of the columns, where the data decides.
 */
function abreast(spec, data) {
  if (spec.hconcat) return spec.hconcat.length;
  const across = spec.encoding?.column ?? spec.facet?.column;
  const wrapped = spec.encoding?.facet ?? (spec.facet?.field ? spec.facet : null);
  const count = (field) => new Set(data.map((row) => row[field])).size;
  if (across) return count(across.field);
  const most = spec.columns ?? wrapped?.columns;
  if (wrapped) return Math.min(most ?? Infinity, count(wrapped.field));
  if (spec.concat || spec.repeat) return Math.min(most ?? Infinity, (spec.concat ?? spec.repeat).length ?? 1);
  return 1;
}

/** @param {any} spec @param {number} width Give every view inside the same width. */
function each(spec, width) {
  const inner = [...(spec.hconcat ?? []), ...(spec.vconcat ?? []), ...(spec.concat ?? []), ...(spec.spec ? [spec.spec] : [])];
  if (!inner.length) spec.width = width;
  for (const view of inner) each(view, width);
}

/**
 * Set a title in lines that fit.
 * @param {any} text
 * @param {number} room Characters in a line.
 */
function wrapped(text, room) {
  if (typeof text !== "string" && !Array.isArray(text)) return text;
  const lines = [];
  for (const word of [text].flat().join(" ").split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** @param {Element} title @param {number} room */
const tooLong = (title, room) => [...(title.children.length ? title.children : [title])]
  .some((line) => line.textContent.length > room);

/**
 * Wrap titles, and leave naming to the image as a whole: its marks say nothing one by one.
 * @param {any} node A compiled specification, or a group in it.
 * @param {number} room Characters in a line above the chart.
 * @param {number} under The same, under an axis.
 */
function settle(node, room, under) {
  for (const part of [...(node.axes ?? []), ...(node.legends ?? []), ...(node.marks ?? [])]) part.aria = false;
  if (node.title) node.title.aria = false;
  for (const axis of node.axes ?? []) if (axis.title) axis.title = wrapped(axis.title, under);
  if (node.title?.text) node.title.text = wrapped(node.title.text, room);
  if (node.title?.subtitle) node.title.subtitle = wrapped(node.title.subtitle, room);
  for (const mark of node.marks ?? []) settle(mark, room, under);
  return node;
}

/** What the reader has chosen, as plain values: Vega's own bookkeeping is left out. @param {any} value */
function plain(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value ?? null;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "vlPoint" && !key.startsWith("_vgsid")));
}

/** @param {any} spec @returns {Array<any>} parameters of all views */
function parameters(spec) {
  const inner = ["layer", "hconcat", "vconcat", "concat"].flatMap((key) => spec[key] ?? []);
  return [...(spec.params ?? []), ...[...inner, ...(spec.spec ? [spec.spec] : [])].flatMap(parameters)];
}

/** @param {any} model The line under a chart that says where its numbers come from. */
function sourceLine(model) {
  const sources = model.get("source");
  if (!sources.length) return null;
  const line = h("p", { class: "ek-source" }, sources.length === 1 ? "Source: " : "Sources: ");
  sources.forEach((source, index) => {
    if (index) line.append("; ");
    line.append(source.url ? h("a", { href: source.url, text: source.text }) : source.text);
    const more = [source.synthetic ? "Synthetic data" : "", source.licence].filter(Boolean).join(". ");
    if (more) line.append(`. ${more}`);
  });
  return line;
}

/** @param {any} model @param {HTMLElement} el The figure, where the page has none yet. */
function build(model, el) {
  const [title, note] = [model.get("title"), model.get("note")];
  const height = model.get("spec").height;
  const figure = h("figure", { class: "ek-figure" },
    title ? h("figcaption", { text: title }) : null,
    h("div", { class: "ek-chart", style: typeof height === "number" ? `--ek-height:${height}px` : null },
      h("p", { class: "ek-wait", text: "Drawing the chart." })),
    sourceLine(model),
    note ? h("p", { class: "ek-note", text: note }) : null,
    disclosure("In words", h("p", { class: "ek-words", id: uid("words"), text: model.get("words") })),
    model.get("table").length ? disclosure("As a table", table(model.get("table"), title || model.get("label"))) : null);
  el.replaceChildren(figure);
  return figure;
}

/** Draws one chart into its place, and again as its place changes width. */
class Drawing {
  /** @param {any} model @param {HTMLElement} place @param {HTMLElement} words */
  constructor(model, place, words) {
    Object.assign(this, { model, place, words, view: null, finalize: () => {}, width: 0, turn: 0 });
  }

  async draw() {
    const embed = await vega(this.model);
    await document.fonts?.ready; // text is measured in the page's own font
    const turn = ++this.turn;
    this.width = Math.floor(this.place.clientWidth);
    if (!this.width) return;
    const given = this.model.get("spec");
    const font = getComputedStyle(this.place).fontFamily;
    const target = h("div", { class: "ek-vega" });
    target.style.width = `${this.width}px`;
    const spec = fitted(given, this.width, font);
    let under = Math.floor(this.width / 8); // characters in a line under the axis: the drawing's own width is not known yet
    const make = async () => embed(target, spec, {
      mode: "vega-lite", renderer: "svg", actions: false, defaultStyle: false, ast: true, logLevel: 1, tooltip: false,
      patch: (compiled) => settle(compiled, Math.floor(this.width / 8), under),
    });
    let made = null;
    if (composed(spec)) {
      const data = Object.values(spec.datasets ?? {})[0] ?? [];
      const count = abreast(spec, data);
      let width = Math.floor(this.width / count) - 48;
      for (let attempt = 0; attempt < 3; attempt += 1) { // axes take room that only a drawing knows
        each(spec, Math.max(width, 80));
        under = Math.floor(width / 7.5);
        made?.finalize();
        made = await make();
        const drawn = Number(target.querySelector("svg").getAttribute("width"));
        if (drawn <= this.width && drawn > this.width - 2 * count) break;
        width += Math.floor((this.width - drawn) / count);
      }
    } else {
      made = await make();
      const room = Math.floor(made.view.width() / 7.5);
      if (room < under && [...target.querySelectorAll(".role-axis-title text")].some((title) => tooLong(title, room))) {
        under = room;
        made.finalize();
        made = await make();
      }
    }
    if (turn !== this.turn) { made.finalize(); return; } // a newer drawing is on its way
    this.finalize();
    this.finalize = made.finalize;
    this.view = made.view;
    this.name(target);
    this.place.replaceChildren(target);
    this.listen(given);
    this.resized(this.place.clientWidth); // the page may have changed while the chart was being drawn
  }

  /** @param {HTMLElement} target One image, named by the figure's claim, described by its words. */
  name(target) {
    const drawing = target.querySelector("svg");
    for (const attribute of ["role", "aria-label", "aria-roledescription"]) target.removeAttribute(attribute);
    for (const text of drawing.querySelectorAll("[font-family]")) text.removeAttribute("font-family");
    for (const part of drawing.querySelectorAll("[role]")) {
      for (const attribute of ["role", "aria-label", "aria-roledescription"]) part.removeAttribute(attribute);
    }
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", this.model.get("title") || this.model.get("label") || "Chart");
    drawing.setAttribute("aria-describedby", this.words.id);
    for (const input of target.querySelectorAll(".vega-bindings input, .vega-bindings select")) input.classList.add("ek-bound");
  }

  /** @param {any} spec Keep what the reader chooses, and take what Python sets. */
  listen(spec) {
    const chosen = this.model.get("selection") ?? {};
    for (const param of parameters(spec)) {
      if (!param.select && !param.bind) continue;
      if (!param.select && chosen[param.name] !== undefined && chosen[param.name] !== null) {
        this.view.signal(param.name, chosen[param.name]);
      }
      this.view.addSignalListener(param.name, (name, value) => {
        save(this.model, { selection: { ...this.model.get("selection"), [name]: plain(value) } });
      });
    }
    this.view.runAsync();
  }

  /** Take values that Python has set. */
  take() {
    if (!this.view) return;
    const known = parameters(this.model.get("spec")).filter((param) => !param.select).map((param) => param.name);
    for (const [name, value] of Object.entries(this.model.get("selection") ?? {})) {
      if (known.includes(name) && JSON.stringify(plain(this.view.signal(name))) !== JSON.stringify(value)) {
        this.view.signal(name, value);
      }
    }
    this.view.runAsync();
  }

  /** @param {number} width */
  resized(width) {
    if (!this.view || Math.abs(Math.floor(width) - this.width) < 1) return;
    const spec = this.model.get("spec");
    const chosen = parameters(spec).some((param) => param.select);
    if (chosen && !composed(spec)) { // a new drawing would lose what has been chosen in this one
      this.width = Math.floor(width);
      /** @type {HTMLElement} */ (this.place.firstElementChild).style.width = `${this.width}px`;
      this.view.width(this.width).runAsync();
    } else this.draw().catch(() => {});
  }

  end() { this.turn += 1; this.finalize(); }
}

/** @param {{model: any, el: HTMLElement}} given */
function render({ model, el }) {
  const standing = el.querySelector(".ek-chart")?.closest("figure.ek-figure");
  const figure = /** @type {HTMLElement} */ (standing ?? build(model, el));
  const place = /** @type {HTMLElement} */ (figure.querySelector(".ek-chart"));
  const words = /** @type {HTMLElement} */ (figure.querySelector(".ek-words"));
  const drawing = new Drawing(model, place, words);
  const take = () => drawing.take();
  const fail = (error) => {
    for (const said of place.querySelectorAll(".ek-wait, .ek-failed")) said.remove();
    const kept = place.querySelector("svg") ? "This is a picture of it." : "Its words and its table say the same.";
    place.append(h("p", { class: "ek-failed", role: "status", text: `The chart could not be drawn. ${kept}` }));
    if (!place.querySelector("svg")) for (const part of figure.querySelectorAll("details")) part.open = true;
    console.warn(`The chart ${model.get("name")} could not be drawn: ${error.message}`);
  };
  let begun = false;
  const watch = new ResizeObserver(([entry]) => {
    const { width } = entry.contentRect;
    if (!width) return;
    if (begun) requestAnimationFrame(() => drawing.resized(width));
    else drawing.draw().catch(fail);
    begun = true;
  });
  watch.observe(place);
  const redraw = () => { drawing.draw().catch(fail); };
  model.on("change:selection", take);
  model.on("change:spec", redraw);
  return () => {
    watch.disconnect();
    model.off("change:selection", take);
    model.off("change:spec", redraw);
    drawing.end();
  };
}

export default { keepsStill: true, render };
