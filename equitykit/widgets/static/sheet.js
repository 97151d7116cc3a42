// A sheet, {title, note, blocks}, as Markdown and as a page to print. equitykit/widgets/sheet.py writes the same in Python.
import { h } from "./kit.js";

/** @typedef {string | {text: string, lead?: string, tone?: "missing" | "note"}} Said */

const NOTHING = "";
const text = (said) => (typeof said === "string" ? said : said?.text ?? NOTHING);
const lead = (said) => (typeof said === "string" ? NOTHING : said?.lead ?? NOTHING);
const tone = (said) => (typeof said === "string" ? NOTHING : said?.tone ?? NOTHING);
const flat = (said) => said.replace(/\s+/g, " ").trim();
const escaped = (said) => said.replace(/([\\`*_[\]<>|])/g, "\\$1");
const line = (said) => [lead(said) && `**${escaped(flat(lead(said)))}**`, tone(said) === "missing" ? `**${escaped(flat(text(said)))}**` : escaped(flat(text(said)))].filter(Boolean).join(" ");
const paragraphs = (said) => text(said).split(/\n\s*\n/).map((one) => one.trim()).filter(Boolean);

const MARKDOWN = {
  heading: (block) => [`${"#".repeat(block.level)} ${escaped(flat(block.text))}`],
  text: (block) => paragraphs(block).flatMap((one, place) => [...(place ? [NOTHING] : []), line({ ...block, text: one, lead: place ? NOTHING : lead(block) })]),
  list: (block) => block.items.map((one, place) => `${block.ordered ? `${place + 1}.` : "-"} ${line(one)}`),
  table: (block) => {
    const [head, ...body] = block.rows.map((row) => `| ${row.map(line).join(" | ")} |`);
    return [...(block.caption ? [`*${escaped(flat(block.caption))}*`, NOTHING] : []), head, `| ${block.rows[0].map(() => "---").join(" | ")} |`, ...body];
  },
  picture: (block) => [`*Picture: ${escaped(flat(block.alt))}*`, ...(block.caption ? [NOTHING, escaped(flat(block.caption))] : [])],
};

/** A sheet as Markdown: a picture is its text alternative. */
export function markdown(sheet) {
  const blocks = sheet.blocks.flatMap((block) => [...MARKDOWN[block.kind](block), NOTHING]);
  return [`# ${escaped(flat(sheet.title))}`, NOTHING, ...blocks, ...(sheet.note ? ["---", NOTHING, escaped(flat(sheet.note)), NOTHING] : [])].join("\n");
}

const spoken = (said) => [lead(said) ? h("strong", { text: `${lead(said)} ` }) : null, tone(said) ? h("span", { class: `ek-sheet-${tone(said)}`, text: text(said) }) : text(said)];
const SAFE = /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/;

/** Where a picture's image comes from; what is no picture is none. An SVG shown as an image runs no script. */
export function address(block) {
  if (block.svg) return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(block.svg)}`;
  return SAFE.test(block.png ?? NOTHING) ? block.png : NOTHING;
}

const ELEMENTS = {
  heading: (block) => h(`h${block.level}`, { text: block.text }),
  text: (block) => h("div", { class: tone(block) ? `ek-sheet-${tone(block)}` : null }, ...paragraphs(block).map((one, place) => h("p", {}, lead(block) && !place ? h("strong", { text: `${lead(block)} ` }) : null, one))),
  list: (block) => h(block.ordered ? "ol" : "ul", {}, ...block.items.map((one) => h("li", {}, ...spoken(one)))),
  table: (block) => {
    const [head, ...body] = block.rows;
    return h("table", {}, block.caption ? h("caption", { text: block.caption }) : null, h("thead", {}, h("tr", {}, ...head.map((one) => h("th", { scope: "col" }, ...spoken(one))))),
      h("tbody", {}, ...body.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, ...spoken(first)), ...rest.map((one) => h("td", {}, ...spoken(one)))))));
  },
  picture: (block) => h("figure", {}, h("img", { src: address(block), alt: block.alt, style: `max-width:${Number(block.width) || 16.4}cm` }), block.caption ? h("figcaption", { text: block.caption }) : null),
};

/** The blocks of a sheet as elements. */
export const elements = (blocks) => blocks.map((block) => ELEMENTS[block.kind](block));

/** A sheet as a page to print. */
export function printed(sheet) {
  return h("div", { lang: "en-GB" }, h("h1", { text: sheet.title }), ...elements(sheet.blocks), sheet.note ? h("p", { class: "ek-sheet-note", text: sheet.note }) : null);
}

const PROPERTIES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "visibility", "display", "paint-order", "writing-mode"];

/**
 * A drawing as a block of a sheet: its colours resolved as on paper, so that it stands without the page's styles.
 * @param {SVGElement} drawing Not in the page; it is put there and taken away to read its styles.
 * @param {{alt: string, caption?: string, width?: number, within?: string}} about `within`: a class that its styles ask for around it.
 */
export function picture(drawing, { alt, caption = NOTHING, width = 16.4, within = NOTHING }) {
  const paper = h("div", { class: `ek-stage ek-paper ${within}`.trim(), "aria-hidden": "true" });
  paper.append(drawing);
  document.body.append(paper);
  for (const element of [drawing, ...drawing.querySelectorAll("*")]) {
    const styles = getComputedStyle(element);
    for (const property of PROPERTIES) {
      const value = styles.getPropertyValue(property);
      if (value) element.setAttribute(property, value);
    }
    element.removeAttribute("class");
    element.removeAttribute("style");
  }
  const [, , wide = 0, high = 0] = (drawing.getAttribute("viewBox") ?? NOTHING).split(/[\s,]+/).map(Number);
  if (wide && high) { drawing.setAttribute("width", wide); drawing.setAttribute("height", high); }
  drawing.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const svg = new XMLSerializer().serializeToString(drawing);
  paper.remove();
  return { kind: "picture", svg, alt, caption, width };
}

const isSaid = (one) => typeof one === "string" || (one !== null && typeof one === "object" && typeof one.text === "string" && ["lead", "tone"].every((key) => one[key] === undefined || typeof one[key] === "string"));
const CHECKS = {
  heading: (block) => [2, 3].includes(block.level) && typeof block.text === "string",
  text: (block) => isSaid(block),
  list: (block) => Array.isArray(block.items) && block.items.every(isSaid),
  table: (block) => Array.isArray(block.rows) && block.rows.length > 0 && block.rows.every((row) => Array.isArray(row) && row.length > 0 && row.length === block.rows[0].length && row.every(isSaid)),
  picture: (block) => typeof block.alt === "string" && (typeof block.svg === "string" || SAFE.test(block.png ?? NOTHING)),
};

/** A sheet from a file: returned as it is, or an Error that says what is wrong with it. */
export function checkedSheet(given) {
  if (typeof given?.title !== "string" || !Array.isArray(given.blocks)) throw new Error("it holds no document");
  for (const block of given.blocks) {
    if (!CHECKS[block?.kind]?.(block)) throw new Error(`a part of its document (${String(block?.kind)}) cannot be read`);
  }
  return given;
}
