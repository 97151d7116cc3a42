// Fields of the plan's form: each reads what is typed, tries it on the plan, and says in one line why it cannot be.
import { h, uid } from "./kit.js";
import { readNumber, sentence } from "./planner-check.js";

/**
 * A label, its control, and the line that says what is wrong with what was typed.
 * @param {string} text
 * @param {HTMLElement} control
 * @param {{hint?: string, wide?: boolean}} [more]
 */
function labelled(text, control, { hint = "", wide = false } = {}) {
  control.id = uid("ek-pn");
  const heard = h("p", { class: "ek-pn-heard", id: uid("ek-pn"), role: "alert" });
  control.setAttribute("aria-describedby", heard.id);
  const element = h("div", { class: `ek-pn-field${wide ? " ek-pn-wide" : ""}` }, h("label", { for: control.id, text }), hint ? h("span", { class: "ek-pn-hint", text: hint }) : null, control, heard);
  return { element, complain: (problem) => { heard.textContent = problem; control.toggleAttribute("aria-invalid", Boolean(problem)); if (problem) control.setAttribute("aria-invalid", "true"); } };
}

/** Try a change; where the plan cannot hold it, say why beside the field. Returns whether it was taken. */
function attempt(field, change) {
  try { change(); field.complain(""); return true; } catch (problem) { field.complain(sentence(problem.message)); return false; }
}

export function textField(text, { get, set, hint = "", wide = false, area = false }) {
  const control = h(area ? "textarea" : "input", { class: "ek-pn-input", ...(area ? { rows: 2 } : { type: "text" }), maxlength: 300, onchange: () => attempt(field, () => set(control.value)) });
  const field = labelled(text, control, { hint, wide });
  return { element: field.element, show: () => { if (document.activeElement !== control) control.value = get(); } };
}

/** A number; empty is null where that may be. */
export function numberField(text, { get, set, hint = "", empty = false, long = false }) {
  const written = () => (get() === null ? "" : String(get()));
  const control = h("input", { class: "ek-pn-input ek-pn-number", type: "text", inputmode: "decimal", autocomplete: "off", onchange: () => {
    const typed = control.value.trim();
    if (!typed && empty) { attempt(field, () => set(null)); return; }
    const value = readNumber(typed);
    if (value === undefined) { field.complain(typed ? `“${typed.slice(0, 30)}” is no number: write it in figures, such as 1.5.` : "Write a number here, such as 1."); return; }
    attempt(field, () => set(value));
  } });
  const field = labelled(text, control, { hint });
  if (long) field.element.classList.add("ek-pn-long");
  return { element: field.element, show: () => { if (document.activeElement === control) return; control.value = written(); field.complain(""); } };
}

export function choiceField(text, { get, set, options, hint = "", wide = false }) {
  const control = h("select", { class: "ek-pn-input", onchange: () => { if (!attempt(field, () => set(control.value))) control.value = get(); } });
  const field = labelled(text, control, { hint, wide });
  return { element: field.element, show: () => {
    const now = options();
    if (JSON.stringify(now) !== control.dataset.options) { control.dataset.options = JSON.stringify(now); control.replaceChildren(...now.map(([value, name]) => h("option", { value, text: name }))); }
    control.value = get();
  } };
}

export function tickField(text, { get, set }) {
  const control = h("input", { type: "checkbox", onchange: () => set(control.checked) });
  return { element: h("label", { class: "ek-choice ek-pn-tick" }, control, h("span", { text })), show: () => { control.checked = get(); } };
}

/** A published price to take over; the reader may type their own below it. */
export function priceFields(presets, { get, set, what, extra = [] }) {
  const chosen = () => { const now = get(); return presets.find((one) => ["low", "likely", "high", "source"].every((key) => one[key] === now[key]))?.id ?? ""; };
  const preset = choiceField(what, { wide: true, get: chosen, options: () => [["", "Our own price, typed below"], ...presets.map((one) => [one.id, one.label])],
    set: (id) => { const one = presets.find((other) => other.id === id); if (one) set({ low: one.low, likely: one.likely, high: one.high, source: one.source, url: one.url }, one.per); else set({ source: "", url: "" }); } });
  const ends = [["low", "Lowest, £"], ["likely", "Likely, £"], ["high", "Highest, £"]].map(([end, name]) => numberField(name, { get: () => get()[end], set: (value) => {
    const now = { ...get(), [end]: value };
    if (end === "likely") { now.low = Math.min(now.low, value); now.high = Math.max(now.high, value); if (get().low === get().high) now.low = now.high = value; }
    set({ low: now.low, likely: now.likely, high: now.high, source: chosen() ? "" : get().source, url: chosen() ? "" : get().url });
  } }));
  const source = textField("Where the price is from, and its date", { wide: true, get: () => get().source, set: (value) => set({ source: value, url: "" }), hint: "Empty: it is called your own estimate." });
  const parts = [preset, ...extra, ...ends, source];
  return { elements: parts.map((one) => one.element), show: () => parts.forEach((one) => one.show()) };
}
