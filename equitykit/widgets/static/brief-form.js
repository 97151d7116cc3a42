// The reader's own words, section by section: a prompt, fields with their room, what was brought in, and what a reader would ask.
import { h, uid } from "./kit.js";
import { bringBox, wordsOfPiece } from "./brief-bring.js";
import { blockText, brought, sectionText } from "./brief-model.js";

const lengthOf = (text) => [...text.trim()].length;
const button = (text, onclick, more = "") => h("button", { type: "button", class: `ek-button${more}`, text, onclick });

function roomSaid(field, value) {
  const left = field.room - lengthOf(value);
  if (left < 0) return `${-left} characters too many`;
  return `Room for ${left} more characters`;
}

/** One field: label, hint, room. */
export function fieldOf(field, onchange) {
  const id = uid("ek-br-field");
  const room = field.room ? h("span", { class: "ek-br-room", id: `${id}-room` }) : null;
  const tell = () => {
    if (!room) return;
    room.textContent = roomSaid(field, input.value);
    room.classList.toggle("ek-br-too", lengthOf(input.value) > field.room);
  };
  const about = [field.hint ? `${id}-hint` : "", room ? `${id}-room` : ""].filter(Boolean).join(" ");
  const shared = { id, class: "ek-br-input", ...(about ? { "aria-describedby": about } : {}), oninput: tell, onchange: () => onchange(input.value) };
  const input = field.rows === 1 ? h("input", { type: "text", ...shared }) : h("textarea", { rows: field.rows, spellcheck: "true", ...shared });
  return {
    show(value) { if (input.value !== value) input.value = value; tell(); },
    element: h("div", { class: "ek-br-field" }, h("label", { for: id, text: field.label }), field.hint ? h("p", { class: "ek-br-hint", id: `${id}-hint`, text: field.hint }) : null, input, room),
  };
}

/** A finding, with why and what to try. */
export function findingItem(one) {
  return h("li", { class: `ek-br-finding ek-br-f-${one.kind}` }, h("p", { class: "ek-br-f-title", text: one.title }), h("p", { text: one.why }), one.try ? h("p", { class: "ek-br-hint", text: /^(Ask|Try):/.test(one.try) ? one.try : `To try: ${one.try}` }) : null);
}

/**
 * A section's card.
 * @param {object} made
 * @param {any} made.book
 * @param {any} made.section
 * @param {(fields: object, blocks: any[] | null, said: string) => void} made.onchange
 * @param {(after: Element, text: string, yes: string, onyes: () => void) => void} made.ask
 */
export function sectionCard({ book, section, place, onchange, ask }) {
  let now = null;
  const fields = section.fields.map((field) => [field.id, fieldOf(field, (value) => onchange({ [field.id]: value }, null, ""))]);
  const status = h("span", { class: "ek-br-card-state" });
  const taken = h("ul", { class: "ek-br-taken" });
  const found = h("ul", { class: "ek-br-found", "aria-label": `What a reader would ask of: ${section.title}` });

  /** What the file brings: a chart and a piece have one place each; the words of the piece come with it where none stand. */
  function take(blocks, sheet) {
    const single = section.prefers === "picture";
    const picture = blocks.find((one) => one.kind === "picture");
    const others = brought(now, section.id).filter((one) => !(single && picture && one.kind === "picture"));
    const given = single ? blocks.filter((one) => one.kind !== "picture" || one === picture) : blocks;
    const words = section.id === "creative" && picture ? wordsOfPiece(sheet) : {};
    const change = Object.fromEntries(Object.entries(words).filter(([id, value]) => value && !now.sections.creative[id].trim()));
    onchange(change, [...others, ...given], "Brought in.");
  }
  const bring = section.takes ? bringBox({ book, section, take, held: () => brought(now, section.id).filter((one) => !(section.prefers === "picture" && one.kind === "picture")).length }) : null;
  const body = h("div", { class: "ek-br-card-body" }, h("p", { class: "ek-br-prompt", text: section.prompt }), bring, taken, ...fields.map(([, field]) => field.element), found);
  const element = h("details", { class: "ek-br-card" }, h("summary", {}, h("span", { class: "ek-br-number", "aria-hidden": "true", text: String(place + 1) }), h("span", { class: "ek-br-card-title", text: section.title }), status), body);

  return {
    element,
    open() { element.open = true; element.scrollIntoView({ block: "start", behavior: "auto" }); element.querySelector("summary").focus({ preventScroll: true }); },
    show(brief, mine) {
      now = brief;
      for (const [id, field] of fields) field.show(brief.sections[section.id][id]);
      const empty = !sectionText(book, brief, section.id);
      status.textContent = stateOf(empty, mine);
      element.classList.toggle("ek-br-card-empty", empty);
      const blocks = brought(brief, section.id);
      taken.replaceChildren(...blocks.map((block, at) => h("li", {}, h("p", { text: `${{ picture: "", table: "Table: ", list: "List: ", text: "Text: " }[block.kind]}${blockText(block)}` }),
        button("Take it out", () => ask(taken, "Take this out of the brief?", "Take it out", () => onchange({}, blocks.filter((one, other) => other !== at), "Taken out.")), " ek-br-quiet"))));
      found.replaceChildren(...mine.filter((one) => one.kind !== "missing").map(findingItem));
    },
  };
}

/** What a section says so far, in a few words. */
export function stateOf(empty, mine) {
  if (empty) return "nothing yet";
  const lacks = mine.filter((one) => one.kind === "missing").length;
  const asks = mine.length - lacks;
  return [lacks ? `${lacks} missing` : "", asks ? `${asks} to look at` : ""].filter(Boolean).join(", ") || "written";
}

/** Where the brief meets each principle: the reader says and points. */
export function principlesForm({ book, onchange }) {
  const rows = Object.entries(book.principles).map(([id, name]) => {
    const [where, line] = [uid("ek-br-where"), uid("ek-br-line")];
    const select = h("select", { id: where, class: "ek-br-input", onchange: () => change() }, h("option", { value: "", text: "not pointed to" }), ...book.sections.map((one) => h("option", { value: one.id, text: one.title })));
    const input = h("input", { id: line, type: "text", class: "ek-br-input", onchange: () => change() });
    const change = () => onchange(id, { section: select.value, line: input.value });
    return { id, select, input, element: h("li", {}, h("p", { class: "ek-br-p-name" }, h("strong", { text: `${id} ` }), name), h("div", { class: "ek-br-p-fields" },
      h("div", {}, h("label", { for: where, class: "ek-visually-hidden", text: `${id}: section` }), select), h("div", {}, h("label", { for: line, class: "ek-visually-hidden", text: `${id}: what meets it, in one line` }), input))) };
  });
  return {
    element: h("ol", { class: "ek-br-principles" }, ...rows.map((one) => one.element)),
    show(brief) {
      for (const { id, select, input } of rows) {
        select.value = brief.principles[id].section;
        if (input.value !== brief.principles[id].line) input.value = brief.principles[id].line;
      }
    },
  };
}
