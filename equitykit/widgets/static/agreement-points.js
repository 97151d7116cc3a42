// The points: each a choice with its consequences, own words, or openly undecided with who must decide and by when.
import { h, uid } from "./kit.js";
import { OWN, backSaid, conflicts, decided, filled, optionOf, pending, undecided, waiting } from "./agreement-model.js";

const CONSEQUENCES = [["gains", "Who gains"], ["risk", "Who carries the risk"], ["lost", "No longer possible"]];

function sources(book, keys) {
  const links = keys.map((key) => book.sources[key]).map((one) => h("a", { href: one.url, text: one.name }));
  return h("p", { class: "ek-ag-source" }, links.length > 1 ? "Sources: " : "Source: ", ...links.flatMap((link, place) => (place ? ["; ", link] : [link])), ".");
}

function field(label, control, hint = "") {
  control.id = uid("ek-ag");
  return h("div", { class: "ek-ag-field" }, h("label", { for: control.id, text: label }), hint ? h("span", { class: "ek-ag-hint", text: hint }) : null, control);
}

/**
 * One point, folded until it is worked on.
 * @param {{point: any, number: number, book: any, onchange: (change: Record<string, string>) => void}} given
 */
export function pointCard({ point, number, book, onchange }) {
  const group = uid("ek-ag");
  const state = h("span", { class: "ek-ag-state" });
  const radios = new Map();
  const texts = [];
  const radio = (value, title, ...more) => {
    const input = h("input", { type: "radio", name: group, value, onchange: () => onchange({ option: value }) });
    radios.set(value, input);
    return h("div", { class: "ek-ag-option" }, h("label", { class: "ek-choice" }, input, h("span", { class: "ek-ag-choice", text: title })), ...more);
  };
  const options = point.options.map((option) => {
    const says = CONSEQUENCES.map(([key, title]) => { const dd = h("dd"); texts.push([dd, option[key]]); return h("div", { class: `ek-ag-${key}` }, h("dt", { text: title }), dd); });
    return radio(option.id, option.choice, h("dl", { class: "ek-ag-follows" }, ...says), option.source.length ? sources(book, option.source) : null);
  });
  const write = (name, rows) => h(rows ? "textarea" : "input", { class: "ek-ag-input", ...(rows ? { rows } : { type: "text" }), onchange: (event) => onchange({ [name]: event.target.value }) });
  const controls = { words: write("words", 2), who: write("who"), by: write("by") };
  const ownLabel = field("In your own words", controls.words, "Added to the agreement. The rules cannot read it.");
  const open = h("div", { class: "ek-ag-pending" }, field("Who must decide", controls.who), field("By when", controls.by));
  const pulls = h("ul", { class: "ek-ag-mine-pulls" });
  const now = h("p", { class: "ek-ag-now" });
  const body = h("fieldset", { class: "ek-ag-body" }, h("legend", { text: point.question }), ...options, radio(OWN, "In our own words"), radio("", "We have not decided", open), ownLabel, pulls, now);
  const summary = h("summary", { class: "ek-ag-summary" }, h("span", { class: "ek-ag-number", text: String(number) }), h("span", { class: "ek-ag-name", text: point.title }), state);
  const element = h("details", { class: "ek-ag-point" }, summary, body);

  return {
    element,
    open: () => { element.open = true; summary.focus({ preventScroll: true }); element.scrollIntoView({ block: "start", behavior: "auto" }); },
    unfold: () => { element.open = true; },
    show(all) {
      const choice = all.choices[point.id];
      const done = decided(choice);
      const found = waiting(all) ? [] : conflicts(all);
      const mine = found.filter((rule) => point.id in rule.when);
      state.textContent = done ? optionOf(all, point.id)?.choice ?? `In own words: ${choice.words.trim()}` : `Not decided. ${pending(choice)}`;
      element.classList.toggle("ek-ag-undecided", !done);
      element.classList.toggle("ek-ag-clashing", mine.length > 0);
      for (const [dd, text] of texts) dd.textContent = filled(text, all.about);
      for (const [value, input] of radios) input.checked = choice.option === value;
      pulls.replaceChildren(...mine.map((rule) => h("li", {}, h("strong", { text: `${rule.title}. ` }), rule.why)));
      const many = undecided(all).length;
      now.textContent = waiting(all) ? "" : `As it stands: ${many || "no"} point${many === 1 ? "" : "s"} not decided, ${found.length || "no"} pair${found.length === 1 ? "" : "s"} of choices that pull against each other. ${backSaid(all)}`;
      ownLabel.hidden = !choice.option;
      open.hidden = Boolean(choice.option);
      for (const [name, control] of Object.entries(controls)) if (control !== document.activeElement && control.value !== choice[name]) control.value = choice[name];
    },
  };
}

/** What the agreement says of the project. */
export function aboutForm({ book, onchange }) {
  const controls = new Map();
  const fields = book.about.map((one) => {
    const control = h("input", { type: "text", class: "ek-ag-input", onchange: () => onchange({ [one.id]: control.value }) });
    controls.set(one.id, control);
    return field(one.title, control, one.hint);
  });
  return {
    element: h("fieldset", { class: "ek-ag-about" }, h("legend", { text: "The project and its partners" }), ...fields),
    show(about) { for (const [id, control] of controls) if (control !== document.activeElement && control.value !== about[id]) control.value = about[id]; },
  };
}
