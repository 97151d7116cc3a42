// Bring in what another tool saved: a file is opened in the browser only, checked, and its reader ticks what the brief takes.
// What is offered, and what would break two pages, is as equitykit/widgets/brief_bring.py says it; a test compares them.
import { h, uid } from "./kit.js";
import { checkedSheet } from "./sheet.js";
import { MOST_BROUGHT, flat, sectionOf } from "./brief-model.js";

const [ROWS, COLUMNS, CELLS, ITEMS, ITEM, TEXT, LABEL] = [7, 5, 900, 5, 240, 500, 90];
const VERSION = 1;
const ONLY = { "evidence evidence composer": ["The chart"], "creative evidence composer": ["The piece", "Whose piece, and what was agreed"] };
const NEVER = ["Signed"];

const said = (one) => (typeof one === "string" ? one : [one.lead ?? "", one.text].filter(Boolean).join(" "));
const lengthOf = (text) => [...text].length;
const counted = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;
function cut(text) {
  const letters = [...flat(text)];
  return letters.length <= LABEL ? letters.join("") : `${letters.slice(0, LABEL - 1).join("").trimEnd()}…`;
}

function labelled(block, heading) {
  if (block.kind === "picture") return cut(`Picture: ${block.caption || block.alt}`);
  if (block.kind === "table") return cut(`Table, ${counted(block.rows.length - 1, "row")}: ${block.caption || heading}`);
  if (block.kind === "list") return cut(`List, ${counted(block.items.length, "point")}: ${heading}`);
  return cut(`Text: ${said(block)}`);
}

function sized(block) {
  if (block.kind === "table") {
    const letters = block.rows.flat().reduce((sum, cell) => sum + lengthOf(said(cell)), 0);
    const large = block.rows.length - 1 > ROWS || block.rows[0].length > COLUMNS || letters > CELLS;
    return { block, why: large ? "it is too large for two pages" : "" };
  }
  if (block.kind === "list") {
    const items = block.items.slice(0, ITEMS);
    if (items.some((one) => lengthOf(said(one)) > ITEM)) return { block, why: "its points are too long for two pages" };
    const more = block.items.length - ITEMS;
    return { block: { ...block, items: more > 0 ? [...items, `And ${more} more, in the file it came from.`] : items }, why: "" };
  }
  return { block, why: block.kind === "text" && lengthOf(said(block)) > TEXT ? "it is too long for two pages" : "" };
}

/** What a file of a kind offers a section. */
export function offers(book, kind, sheet, section) {
  const { takes = [], title } = sectionOf(book, section);
  if (!takes.length) throw new Error(`“${title}” takes no file; write it in your own words.`);
  if (!takes.includes(kind)) throw new Error(`it was saved from another tool (${kind}); this section takes ${takes.join(" or ")}.`);
  const only = ONLY[`${section} ${kind}`];
  const made = [];
  let heading = "";
  for (const block of sheet.blocks) {
    if (block.kind === "heading") heading = block.text;
    else if (!NEVER.includes(heading) && (!only || only.includes(heading)) && !(block.kind === "text" && !block.text.trim())) made.push({ label: labelled(block, heading), ...sized(block) });
  }
  return made;
}

/** What stands in a file: the tool that saved it, and its sheet. An Error says in words why not. */
export function opened(text) {
  let given;
  try { given = JSON.parse(text); } catch { throw new Error("it is no JSON file"); }
  if (typeof given?.kind !== "string") throw new Error("it was not saved from a tool of this course");
  if (given.version !== VERSION) throw new Error("it was saved by a newer version of its tool");
  return { kind: given.kind, sheet: checkedSheet(given.sheet) };
}

/** What the creative piece's file says that the brief asks for in words. */
export function wordsOfPiece(sheet) {
  let heading = "";
  const found = { caption: "", consent: "", alt: "" };
  for (const block of sheet.blocks) {
    if (block.kind === "heading") heading = block.text;
    else if (heading === "The piece" && block.kind === "picture") { found.alt = block.alt; found.caption ||= block.caption ?? ""; }
    else if (heading.startsWith("Whose piece") && block.kind === "list") found.consent = block.items.map(said).join(" ");
  }
  return found;
}

/**
 * The part of a section's form that brings in a file.
 * @param {object} made
 * @param {any} made.book
 * @param {any} made.section
 * @param {(blocks: any[], sheet: any) => void} made.take What the reader ticked.
 * @param {() => number} made.held How many blocks the section has already.
 */
export function bringBox({ book, section, take, held }) {
  const status = h("p", { class: "ek-br-status", role: "status" });
  const list = h("div", { class: "ek-br-offers" });
  const file = h("input", { type: "file", accept: ".json,application/json", class: "ek-visually-hidden", tabindex: "-1", "aria-hidden": "true", onchange: async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    list.replaceChildren();
    try {
      const { kind, sheet } = opened(await chosen.text());
      offer(offers(book, kind, sheet, section.id), sheet, kind);
    } catch (problem) {
      status.textContent = `${chosen.name} could not be used: ${problem.message.replace(/\.$/, "")}. The brief is as it was.`;
    }
    file.value = "";
  } });

  function offer(found, sheet, kind) {
    const fitting = found.filter((one) => !one.why);
    const large = found.filter((one) => one.why);
    status.textContent = fitting.length ? `From ${sheet.title} (${kind}). Tick what the brief takes.` : `${sheet.title} (${kind}) has nothing that fits here. The brief is as it was.`;
    const first = fitting.findIndex((one) => one.block.kind === section.prefers);
    const ticks = fitting.map((one, place) => {
      const id = uid("ek-br-tick");
      const box = h("input", { type: "checkbox", id });
      box.checked = place === first;
      return { one, box, element: h("label", { class: "ek-choice", for: id }, box, h("span", { text: one.label })) };
    });
    const go = h("button", { type: "button", class: "ek-button ek-primary", text: "Take these into the brief", onclick: () => {
      const ticked = ticks.filter((one) => one.box.checked).map((one) => one.one.block);
      const room = MOST_BROUGHT - held();
      if (!ticked.length) { status.textContent = "Nothing is ticked. The brief is as it was."; return; }
      if (ticked.length > room) { status.textContent = `A section holds ${MOST_BROUGHT} parts, and there is room for ${Math.max(0, room)} more. The brief is as it was.`; return; }
      list.replaceChildren();
      take(ticked, sheet);
      status.textContent = `Taken into the brief: ${ticked.length === 1 ? "one part" : `${ticked.length} parts`}.`;
      choose.focus();
    } });
    list.replaceChildren(...(fitting.length ? [h("fieldset", { class: "ek-br-ticks" }, h("legend", { text: "What it offers" }), ...ticks.map((one) => one.element)), go] : []),
      ...(large.length ? [h("div", { class: "ek-br-left" }, h("p", { text: "Left out, because two pages would not hold it:" }), h("ul", {}, ...large.map((one) => h("li", { text: `${one.label}: ${one.why}.` }))))] : []));
  }

  const choose = h("button", { type: "button", class: "ek-button", text: "Bring in what you saved", onclick: () => file.click() });
  return h("div", { class: "ek-br-bring" }, h("div", { class: "ek-br-ways" }, choose, file, h("p", { class: "ek-br-hint", text: `A file saved from the ${section.takes.join(" or the ")}. It is opened in your browser only.` })), status, list);
}
