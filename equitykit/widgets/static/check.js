// The check: a question whose every answer is met with a reason. Five kinds share one card: each kind below knows
// its controls, reads them, and says what it thinks of an answer; the card counts attempts and keeps the state.
import { h, inline, save, svg, uid, voice } from "./kit.js";

const ATTEMPTS_BEFORE_ANSWER = 2;
const FEWEST_WORDS = 5;
const MARKS = {
  right: ["Right", "M4 10.5l4 4 8-9"],
  turn: ["Look again", "M15.5 8A6 6 0 1 0 16 12M16 3.5V8h-4.5"],
  missed: ["Left out", "M10 4v12M4 10h12"],
  reason: ["", "M10 2.5a7.5 7.5 0 1 0 .01 0M10 9.3v4.2M10 6.4v.1"],
};
const HOW = {
  single: "Choose one",
  several: "Choose every one",
  number: "Give a number",
  order: "Put in order",
  text: "In your own words",
};
const LEAD = { single: "Options: ", several: "Options: ", order: "Items: " };

/** @param {string} text Inline Markdown. */
const plain = (text) => inline(text).map((node) => node.textContent).join("");
/** @param {string} text */
const unstopped = (text) => plain(text).replace(/\.+$/, "");

/**
 * A reason, headed by a mark and a word: never by colour alone.
 * @param {"right"|"turn"|"missed"|"reason"} mark
 * @param {string} text Inline Markdown.
 * @param {string} [word] In place of the mark's own word.
 */
function reason(mark, text, word = MARKS[mark][0]) {
  return h("div", { class: "ek-reason", "data-mark": mark },
    svg("svg", { viewBox: "0 0 20 20", class: "ek-mark", "aria-hidden": "true" }, svg("path", { d: MARKS[mark][1] })),
    h("p", {}, word ? h("strong", { text: `${word}. ` }) : null, ...inline(text)));
}

/**
 * Read a number as people write it: 9.4, 9,4, 1,234, 1 234, 66%, 9.4 years, −3, 2 million.
 * @param {string} text
 * @param {string} [unit] The unit asked for.
 * @returns {number|null} `null` where there is no number, or more than one, or another unit than the one asked for.
 */
export function readNumber(text, unit = "") {
  let entry = text.toLowerCase().replace(/[\u00a0\u2009\u202f]/g, " ").replace(/[−–](?=\s*[\d.,])/g, "-").replace(/·/g, ".");
  if (unit) entry = entry.split(unit.toLowerCase()).join(" ");
  entry = entry.replace(/\b(?:per|in every|out of|of|in) [\d,. ]*\d/g, " ");
  const found = entry.match(/-?\s*(?:\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d)|\d[\d.,]*|[.,]\d+)/g);
  if (!found || found.length !== 1) return null;
  const value = Number(separated(found[0].replace(/\s/g, "").replace(/[.,]$/, "")));
  if (Number.isNaN(value)) return null;
  const scale = /\d\s*(thousand|million|billion)\b/.exec(entry);
  const scaled = value * (scale ? { thousand: 1e3, million: 1e6, billion: 1e9 }[scale[1]] : 1);
  if (!/%|per ?cent/.test(entry) || /%|per ?cent/.test(unit)) return scaled;
  return unit ? null : scaled / 100;
}

/** The digits with a point before the decimals and nothing between the thousands. @param {string} digits */
function separated(digits) {
  const separators = digits.replace(/[^.,]/g, "");
  const last = separators.at(-1);
  if (!last) return digits;
  if (separators.includes(".") && separators.includes(",")) {
    const thousands = last === "." ? "," : ".";
    return digits.split(thousands).join("").replace(last, ".");
  }
  const grouped = new RegExp(`^-?[1-9]\\d{0,2}(\\${last}\\d{3})+$`).test(digits);
  if (grouped && (last === "," || separators.length > 1)) return digits.split(last).join("");
  return digits.replace(last, ".");
}

/** @param {number} value @param {{unit: string, decimals: number}} marking */
function withUnit(value, { unit, decimals }) {
  const places = Math.max(decimals, Math.min(6, (String(value).split(".")[1] ?? "").length));
  const written = value.toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: places });
  return `${written.replace("-", "−")}${unit === "" || unit === "%" ? "" : " "}${unit}`;
}

/** Write into a place and say from which controls it is described. @param {HTMLElement} control @param {HTMLElement} place */
function describe(control, place, ...content) {
  place.replaceChildren(...content);
  if (content.length) control.setAttribute("aria-describedby", place.id);
  else control.removeAttribute("aria-describedby");
}

/* Each kind: { controls, first, read, put, judge, open, told, rows }
     read()      the answer in the controls, `null` where there is none
     missing     what to do where there is none
     put(answer) the reverse of read
     judge(answer) marks it in place; returns { outcome, said, notes }
     open()      shows the answer with all reasons and returns them as notes; clear() takes all marks away
     told(answer) the answer in words; rows(answer, notes) the table */

/** One or several of the options. */
function choices({ model, name, legend, changed }) {
  const several = model.get("kind") === "several";
  const options = model.get("options").map((option) => {
    const place = h("div", { id: uid("reason") });
    const input = h("input", { type: several ? "checkbox" : "radio", name, onchange: changed });
    const row = h("div", { class: "ek-option" },
      h("label", { class: "ek-choice" }, input, h("span", {}, ...inline(option.text))), place);
    return { ...option, place, input, row };
  });
  const chosen = (answer) => (several ? answer ?? [] : answer === null ? [] : [answer]);
  const mark = (option, ...content) => {
    describe(option.input, option.place, ...content);
    if (content.length) option.row.dataset.mark = content[0].dataset.mark;
    else delete option.row.dataset.mark;
  };
  return {
    element: h("fieldset", { class: "ek-fields" }, legend(h("legend")), ...options.map(({ row }) => row)),
    first: options[0].input,
    missing: several ? "Choose the ones that you think hold, then check." : "Choose the one that you think holds, then check.",
    read() {
      const texts = options.filter(({ input }) => input.checked).map(({ text }) => text);
      return texts.length === 0 ? null : several ? texts : texts[0];
    },
    put(answer) {
      for (const option of options) option.input.checked = chosen(answer).includes(option.text);
    },
    judge(answer) {
      const notes = {};
      for (const option of options) {
        const picked = chosen(answer).includes(option.text);
        const how = picked ? (option.right ? "right" : "turn") : several && option.right ? "missed" : "";
        mark(option, ...(how ? [reason(how, option.feedback)] : []));
        if (how) notes[option.text] = `${several ? `${MARKS[how][0]}. ` : ""}${plain(option.feedback)}`;
      }
      const settled = options.every((option) => option.right === chosen(answer).includes(option.text));
      const some = options.some((option) => option.right && chosen(answer).includes(option.text));
      const outcome = settled ? "right" : several && some ? "partly" : "not yet";
      return { outcome, notes };
    },
    open() {
      for (const option of options) {
        mark(option, option.right ? reason("right", option.feedback, several ? "This holds" : "This is the answer")
          : reason("reason", option.feedback, "Why not this one"));
      }
      return Object.fromEntries(options.map((option) => [option.text,
        `${option.right ? "This holds" : "Not this one"}. ${plain(option.feedback)}`]));
    },
    clear() { for (const option of options) mark(option); },
    told: (answer) => chosen(answer).map(unstopped).join("; "),
    rows(answer, notes) {
      const judged = Object.keys(notes).length > 0;
      return [["Option", "Chosen", ...(judged ? ["Feedback"] : [])], ...options.map(({ text }) => [
        plain(text), chosen(answer).includes(text) ? "yes" : "no", ...(judged ? [notes[text] ?? ""] : [])])];
    },
  };
}

/** A number with its unit. */
function number({ model, name, legend, changed }) {
  const marking = model.get("marking");
  const id = uid("number");
  const place = h("div", { id: uid("reason") });
  const signed = [marking.answer, ...marking.wrong.flatMap(({ near, low, high }) => [near, low, high])].some((value) => value < 0);
  const input = h("input", { id, name, class: "ek-entry", type: "text", autocomplete: "off",
    inputmode: signed ? "text" : "decimal", oninput: changed });
  const within = (value, { near, low = -Infinity, high = Infinity }) => (near === undefined
    ? value >= low && value <= high : Math.abs(value - near) <= marking.tolerance + 1e-9);
  return {
    element: h("div", { class: "ek-fields" }, legend(h("label", { for: id })),
      h("div", { class: "ek-entry-row" }, input, marking.unit ? h("span", { class: "ek-unit", text: marking.unit }) : null), place),
    first: input,
    get missing() {
      if (!input.value.trim()) return `Type a number${marking.unit ? ` (${marking.unit})` : ""}, then check.`;
      return `“${input.value.trim()}” does not read as one number${marking.unit ? ` of ${marking.unit}` : ""}. Write it in digits, such as 12 or 3.5.`;
    },
    read: () => readNumber(input.value, marking.unit),
    put(answer) { input.value = answer === null ? "" : String(answer); },
    judge(answer) {
      const right = Math.abs(answer - marking.answer) <= marking.tolerance + 1e-9;
      const text = right ? marking.right : (marking.wrong.find((item) => within(answer, item))?.feedback ?? marking.otherwise);
      describe(input, place, reason(right ? "right" : "turn", text, `You answered ${withUnit(answer, marking)}`));
      return { outcome: right ? "right" : "not yet", notes: { answer: plain(text) } };
    },
    open() {
      describe(input, place, reason("right", marking.right, `The answer is ${withUnit(marking.answer, marking)}`));
      return { answer: `The answer is ${withUnit(marking.answer, marking)}. ${plain(marking.right)}` };
    },
    clear() { describe(input, place); },
    told: (answer) => (answer === null ? "" : withUnit(answer, marking)),
    rows: (answer, notes) => [["What", "Answer"], ["Your answer", answer === null ? "none yet" : withUnit(answer, marking)],
      ...(notes.answer ? [["Feedback", notes.answer]] : [])],
  };
}

/** Items to put in order, by buttons or arrow keys. */
function order({ model, legend, changed, say }) {
  const marking = model.get("marking");
  const place = h("div", { id: uid("reason") });
  const list = h("ol", { class: "ek-order" });
  let touched = model.get("attempts") > 0;
  let warned = false;
  const step = (by, item) => h("button", { type: "button", class: "ek-step", "data-by": by,
    "aria-label": `Move ${by < 0 ? "up" : "down"}: ${plain(item.text)}`, onclick: () => move(item, by) },
  svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: by < 0 ? "M5 12l5-5 5 5" : "M5 8l5 5 5-5" })));
  let items = model.get("options").map(({ text }) => {
    const item = { text, note: h("span", { class: "ek-place-note" }) };
    item.buttons = [step(-1, item), step(1, item)];
    item.row = h("li", { class: "ek-order-item", onkeydown: (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      move(item, by);
    } }, h("span", { class: "ek-order-text" }, h("span", {}, ...inline(text)), item.note), h("span", { class: "ek-steps" }, ...item.buttons));
    return item;
  });
  const lay = () => {
    list.replaceChildren(...items.map(({ row }) => row));
    items.forEach(({ buttons: [up, down] }, at) => {
      up.setAttribute("aria-disabled", String(at === 0));
      down.setAttribute("aria-disabled", String(at === items.length - 1));
    });
  };
  const move = (item, by) => {
    const from = items.indexOf(item);
    const to = from + by;
    if (to < 0 || to >= items.length) return say(`${plain(item.text)} is ${to < 0 ? "first" : "last"} already.`);
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    items.splice(to, 0, ...items.splice(from, 1));
    touched = true;
    lay();
    focused?.focus();
    say(`${plain(item.text)} is now ${to + 1} of ${items.length}.`);
    return changed();
  };
  const marks = (rightly) => {
    items.forEach(({ row, note, text }, at) => {
      const placed = rightly?.[at] === text;
      note.textContent = placed ? "✓ In its place" : "";
      if (placed) row.dataset.mark = "right"; else delete row.dataset.mark;
    });
  };
  const texts = () => items.map(({ text }) => text);
  lay();
  return {
    element: h("fieldset", { class: "ek-fields" }, legend(h("legend")),
      h("p", { class: "ek-hint", text: "Move an item with its buttons, or with the arrow keys once it has the focus." }), list, place),
    first: items[0].buttons[1],
    get missing() {
      warned = true;
      return "Nothing has moved yet. If this is the order you mean, press the button once more.";
    },
    read: () => (touched || warned ? texts() : null),
    shown: texts,
    put(answer) {
      const known = answer?.every((text) => texts().includes(text)) && answer.length === items.length;
      if (known) items = answer.map((text) => items.find((item) => item.text === text));
      touched ||= Boolean(known);
      lay();
    },
    judge(answer) {
      marks(marking.order);
      const placed = answer.filter((text, at) => text === marking.order[at]).length;
      const outcome = placed === answer.length ? "right" : placed ? "partly" : "not yet";
      const text = outcome === "right" ? marking.right : (marking.wrong.find(({ first }) => first === answer[0])?.feedback ?? marking.otherwise);
      describe(list, place, reason(outcome === "right" ? "right" : "turn", text));
      return { outcome, notes: { answer: plain(text) } };
    },
    open() {
      marks(null);
      describe(list, place, h("div", { class: "ek-reason", "data-mark": "right" },
        svg("svg", { viewBox: "0 0 20 20", class: "ek-mark", "aria-hidden": "true" }, svg("path", { d: MARKS.right[1] })),
        h("div", {}, h("p", {}, h("strong", { text: "The order is this. " }), ...inline(marking.right)),
          h("ol", {}, ...marking.order.map((text) => h("li", {}, ...inline(text)))))));
      return { answer: `The order is: ${marking.order.map(unstopped).join("; ")}. ${plain(marking.right)}` };
    },
    clear() { marks(null); describe(list, place); },
    told: (answer) => (answer ?? []).map(unstopped).join("; "),
    rows: (answer, notes) => [["Place", "Item"], ...texts().map((text, at) => [String(at + 1), plain(text)]),
      ...(notes.answer ? [["Feedback", notes.answer]] : [])],
  };
}

/** An answer in one's own words, held against a model answer by oneself. */
function text({ model, name, legend, changed, keep }) {
  const marking = model.get("marking");
  const id = uid("text");
  const place = h("div", { id: uid("reason") });
  const fit = () => {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  const area = h("textarea", { id, name, class: "ek-entry", rows: "4",
    oninput: () => { fit(); changed(); },
    onchange: () => keep({ response: area.value.trim() || null }) });
  const show = () => {
    const verdict = h("p", { class: "ek-hint" });
    const boxes = marking.look_for.map((point) => h("input", { type: "checkbox", "data-point": point, onchange: () => {
      keep({ ticked: boxes.filter(({ checked }) => checked).map(({ dataset }) => dataset.point) });
      tell();
      changed();
    } }));
    const tell = () => {
      verdict.textContent = boxes.every(({ checked }) => checked) ? "All of it is in your answer."
        : "What you leave unticked is what to add: change your answer as you like.";
    };
    for (const box of boxes) box.checked = model.get("ticked").includes(box.dataset.point);
    tell();
    place.replaceChildren(
      h("div", { class: "ek-model" }, h("p", { class: "ek-model-title", text: "A model answer" }), h("p", {}, ...inline(marking.model))),
      h("fieldset", { class: "ek-fields ek-look-for" },
        h("legend", { text: "Read your own again. Tick what it has:" }),
        ...boxes.map((box) => h("label", { class: "ek-choice" }, box, h("span", {}, ...inline(box.dataset.point)))), verdict));
  };
  return {
    element: h("div", { class: "ek-fields" }, legend(h("label", { for: id })), area, place),
    first: area,
    get missing() {
      return area.value.trim() ? "Write a sentence or so first: the model answer teaches more once you have an answer of your own."
        : "Write your answer first, a sentence or two; then a model answer appears to hold it against.";
    },
    read() {
      const answer = area.value.trim();
      return answer.split(/\s+/).length < FEWEST_WORDS ? null : answer;
    },
    shown: () => area.value.trim() || null,
    put(answer) { area.value = answer ?? ""; fit(); },
    judge() {
      if (!place.hasChildNodes()) show();
      return { outcome: "self-assessed", notes: { answer: plain(marking.model) } };
    },
    open: () => ({}),
    clear() {},
    told: (answer) => answer ?? "",
    rows: (answer, notes) => [["What", "Answer"], ["Your answer", answer || "none yet"],
      ...(notes.answer ? [["A model answer", notes.answer],
        ...marking.look_for.map((point) => [plain(point), model.get("ticked").includes(point) ? "ticked" : "not ticked"])] : [])],
  };
}

const KINDS = { single: choices, several: choices, number, order, text };

/** What is said of an answer, apart from the reasons. */
const VERDICTS = {
  right: ["right", "Right", "The feedback above says why."],
  partly: ["turn", "Partly", "Read the reasons above, change your answer and check it once more."],
  "not yet": ["turn", "Not yet", "Read the reason above, change your answer and check it once more."],
  "self-assessed": ["reason", "Yours to judge", "Hold your answer against the model answer above."],
};

/** The card of one question. @param {any} model @param {HTMLElement} el */
function card(model, el) {
  const kind = model.get("kind");
  const { element: status, say: speak } = voice();
  let twice = false;
  const say = (words) => { twice = !twice; speak(twice ? words : `${words}\u00a0`); }; // the same words are spoken again
  const verdict = h("div", { class: "ek-verdict", id: uid("verdict"), tabindex: "-1" });
  const button = h("button", { type: "submit", class: "ek-button ek-primary", text: "Check my answer" });
  const opener = h("button", { type: "button", class: "ek-button", onclick: () => open(true) });
  let notes = {};

  const legend = (holder) => {
    holder.classList.add("ek-prompt");
    holder.append(...inline(model.get("prompt")));
    return holder;
  };
  const name = uid(model.get("name") || "check");
  const body = KINDS[kind]({ model, name, legend, changed: () => changed(), say, keep: (values) => keep(values) });
  const now = () => (body.shown ? body.shown() : body.read());

  /** The words and the table of what the card shows. */
  const alternative = () => {
    const { unit } = model.get("marking");
    const listed = model.get("options").map((option) => unstopped(option.text)).join("; ");
    const asked = [plain(model.get("prompt")), ...(listed ? [`${LEAD[kind]}${listed}.`] : []), ...(unit ? [`Unit: ${unit}.`] : [])];
    return { words: [...asked, ...stands()].join(" "), table: body.rows(now(), notes) };
  };

  /** How the answer stands, in words. */
  const stands = () => {
    const told = body.told(now()).replace(/\.$/, "");
    const attempted = model.get("attempts") > 0;
    if (!told || (!attempted && untouched())) return ["Not answered yet."];
    if (!attempted || !same(now(), model.get("response"))) return [`Not checked yet: ${told}.`];
    const [, word] = VERDICTS[model.get("outcome")] ?? [];
    return [`Answered: ${told}.`, ...(word ? [`${word}.`] : []), ...(model.get("revealed") ? ["The answer with its reasons is shown."] : []),
      ...reasons()];
  };

  /** The reasons on show, each headed by its option where there may be more than one. */
  const reasons = () => Object.entries(notes).map(([text, note]) => (
    kind === "several" || (kind === "single" && model.get("revealed")) ? `${unstopped(text)}: ${note}` : note));
  const begun = JSON.stringify(now());
  const untouched = () => JSON.stringify(now()) === begun;
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  const tell = (mark, word, line) => verdict.replaceChildren(reason(mark, line, word));

  /** Takes back that the entry could not be read. */
  function accept() {
    if (!body.first.hasAttribute("aria-invalid")) return;
    body.first.removeAttribute("aria-invalid");
    body.first.removeAttribute("aria-describedby");
  }

  function changed() {
    accept();
    if (model.get("attempts") > 0 && kind !== "text") {
      const back = same(now(), model.get("response"));
      if (!back) tell("reason", "Your answer has changed", "Check it when you are ready.");
    } else if (model.get("attempts") === 0) verdict.replaceChildren();
    keep(alternative());
  }

  function check() {
    const answer = body.read();
    if (answer === null) {
      const line = body.missing;
      body.clear();
      notes = {};
      tell("reason", "", line);
      if (kind === "number" || kind === "text") {
        body.first.setAttribute("aria-invalid", "true");
        body.first.setAttribute("aria-describedby", verdict.id);
      }
      if (kind !== "order") body.first.focus();
      say(line);
      return;
    }
    accept();
    keep({ revealed: false, response: answer, attempts: model.get("attempts") + 1 });
    const { outcome } = judge(answer);
    keep({ outcome });
    keep(alternative());
    say([`${VERDICTS[outcome][1]}.`, ...reasons()].join(" "));
    el.querySelector(".ek-reason, .ek-model")?.scrollIntoView?.({ block: "nearest" });
  }

  /** Marks an answer in place and shows what is said of it. */
  function judge(answer) {
    const made = body.judge(answer);
    notes = made.notes;
    const [mark, word, line] = VERDICTS[made.outcome];
    tell(mark, word, line);
    offer(made.outcome);
    return made;
  }

  function offer(outcome) {
    const settled = outcome === "right" && (kind === "single" || kind === "several");
    opener.textContent = settled ? "Show the reasons for every option" : "Show the answer with its reasons";
    opener.hidden = kind === "text" || model.get("revealed")
      || !(settled || (outcome !== "right" && model.get("attempts") >= ATTEMPTS_BEFORE_ANSWER));
  }

  /** Shows the answer with all reasons. */
  function open(asked) {
    notes = body.open();
    opener.hidden = true;
    tell("reason", "The answer with its reasons", "It is above, in full. You can still change yours and check it.");
    if (!asked) return;
    keep({ revealed: true });
    keep(alternative());
    verdict.focus({ preventScroll: true });
    say("The answer with its reasons is shown above.");
    el.querySelector(".ek-reason")?.scrollIntoView?.({ block: "nearest" });
  }

  let keeping = false;
  function keep(values) {
    keeping = true;
    save(model, values);
    keeping = false;
  }

  /** Shows the state as it stands: at the start, and when a host or a kernel fills it in. */
  function restore() {
    if (keeping) return;
    const response = model.get("response");
    body.clear();
    notes = {};
    verdict.replaceChildren();
    opener.hidden = true;
    if (response !== null && response !== undefined) {
      body.put(response);
      const answer = body.read();
      if (model.get("attempts") > 0 && answer !== null && same(answer, response)) {
        const { outcome } = judge(response);
        keep({ outcome });
        if (model.get("revealed")) open(false);
      }
    }
    keep(alternative());
  }

  el.classList.add("ek-stage"); // the page's stage has it already; a notebook's output has not
  el.append(h("form", { class: "ek-check", novalidate: true, "data-kind": kind,
    onsubmit: (event) => { event.preventDefault(); check(); } },
  h("p", { class: "ek-kicker" }, h("span", { text: "Check your reading" }), h("span", { text: HOW[kind] })),
  body.element, verdict, h("div", { class: "ek-actions" }, button, opener), status));
  restore();
  const events = ["change:response", "change:attempts", "change:revealed"];
  for (const event of events) model.on(event, restore);
  return () => { for (const event of events) model.off(event, restore); };
}

export default { render: ({ model, el }) => card(model, el) };
