// Two A4 pages: what is seen in the preview is what is printed, and what is measured.
import { h } from "./kit.js";
import { address, elements } from "./sheet.js";
import { brought, figureRows, said, sectionOf, sourceLines } from "./brief-model.js";

const WIDE = 210;
const STEPS = [1.12, 1.09, 1.06, 1.03, 1, 0.97, 0.94, 0.91, 0.88]; // the smallest sets the text at 8.4 points
const UNIT = 7.9370079; // a hundredth of A4's width in CSS pixels

const lead = (name, text) => h("p", {}, h("strong", { text: `${name} ` }), text);

/** How a page is written: `print` gives it headings; without it, an empty section says what would go there. */
function writer(state, print) {
  const { book, brief } = state;
  const has = (name) => sectionOf(book, name).fields.some((field) => said(brief, name, field.id)) || brought(brief, name).length > 0;
  const head = (level, text, cls) => h(print ? `h${level}` : "p", { class: cls, text });
  const paragraphs = (text) => text.split(/\n+/).filter((one) => one.trim()).map((one) => h("p", { text: one }));
  const empty = (name) => h("p", { class: print ? "ek-br-unsaid" : "ek-br-ghost", text: print ? "Not written yet." : sectionOf(book, name).prompt });
  /** A section's box: its heading, then its parts, or what would go there. */
  const box = (name, parts, { title = sectionOf(book, name).title } = {}) => h("div", { class: `ek-br-s ek-br-s-${name}${has(name) ? "" : " ek-br-s-empty"}`, "data-section": name }, title || !has(name) ? head(2, title || sectionOf(book, name).title, "ek-br-h2") : null,
    ...(has(name) ? parts.flat().filter(Boolean) : [empty(name)]));
  const field = (name, id) => said(brief, name, id);
  const text = (name, id = "text") => paragraphs(field(name, id));
  return { book, brief, print, has, head, empty, box, field, text };
}

function shownPicture(block) {
  if (block.kept && !block.png) return h("p", { class: "ek-br-unsaid", text: "The picture stays in the browser that opened it. Bring its file in again to see it here." });
  return h("img", { src: address(block), alt: block.alt });
}

function figuresTable(rows) {
  if (rows.length < 2) return null;
  const [top, ...body] = rows;
  const many = rows[0].length > 5;
  return h("table", { class: `ek-br-figures${many ? " ek-br-many" : ""}` }, h("thead", {}, h("tr", {}, ...top.map((cell) => h("th", { scope: "col", text: cell })))),
    h("tbody", {}, ...body.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row", text: first }), ...rest.map((cell) => h("td", { text: cell }))))));
}

function half(write, name, captionParts) {
  const [block] = brought(write.brief, name, "picture");
  const what = name === "evidence" ? "The chart: bring it in from the evidence composer." : sectionOf(write.book, name).prompt;
  return h("div", { class: `ek-br-half${block ? "" : " ek-br-half-empty"}` }, h("div", { class: "ek-br-frame" }, block ? shownPicture(block) : h("p", write.print ? { class: "ek-br-unsaid", text: name === "evidence" ? "No chart yet." : "No piece yet." } : { class: "ek-br-ghost", text: what })), ...captionParts.filter(Boolean));
}

function first(state, print) {
  const write = writer(state, print);
  const { brief, box, field, text, has, head, empty } = write;
  const [chart] = brought(brief, "evidence", "picture");
  const cell = (id, name) => h("div", {}, h("p", { class: "ek-br-label", text: name }), h("p", { class: "ek-br-cell", text: field("decision", id) || "—" }));
  const reading = (id, name) => h("div", { class: `ek-br-read-${id}` }, h("p", { class: "ek-br-label", text: name }), ...text("reading", id));
  return h("div", { class: "ek-br-page ek-br-page-1" },
    h("div", { class: "ek-br-top" }, h("p", { class: "ek-br-kicker", text: "Evidence brief" }), h("p", { class: "ek-br-note", text: [brief.by, brief.dated, brief.note].map((one) => one.trim()).filter(Boolean).join(" · ") })),
    head(1, brief.title.trim() || (print ? "Evidence brief without a title yet" : "A title that says what should be done"), `ek-br-title${brief.title.trim() ? "" : " ek-br-ghost"}`),
    h("div", { class: "ek-br-lead" },
      box("decision", [cell("what", "The decision"), cell("who", "Who decides"), cell("by", "Decided on")], { title: "" }),
      h("div", { class: "ek-br-s ek-br-s-ask", "data-section": "ask" }, head(2, "What we ask", "ek-br-h2"), ...(has("ask") ? [...text("ask"), h("p", { class: "ek-br-who", text: [field("ask", "owner"), field("ask", "by") && `by ${field("ask", "by")}`].filter(Boolean).join(", ") || "By whom and by when is not said." })] : [empty("ask")]))),
    box("question", text("question").map((one) => { one.className = "ek-br-question"; return one; }), { title: "" }),
    box("evidence", [text("evidence"), figuresTable(figureRows(brief)), h("div", { class: "ek-br-missing" }, ...text("evidence", "missing"))]),
    h("div", { class: "ek-br-s ek-br-s-creative ek-br-halves", "data-section": "creative" },
      half(write, "evidence", [chart ? h("p", { class: "ek-br-caption", text: chart.caption || chart.alt }) : null]),
      half(write, "creative", [field("creative", "caption") ? h("p", { class: "ek-br-caption", text: field("creative", "caption") }) : null, field("creative", "consent") ? h("p", { class: "ek-br-caption ek-br-consent", text: field("creative", "consent") }) : null])),
    box("reading", [h("div", { class: "ek-br-readings" }, reading("usual", "As usually told"), reading("traced", "Traced to structure"))], { title: "" }));
}

function second(state, print) {
  const write = writer(state, print);
  const { brief, box, field, text, head, has, empty } = write;
  const more = (name) => elements(brought(brief, name).filter((block) => !block.kept || block.png));
  const answers = ["indicator", "owner", "threshold", "by", "consequence"].filter((id) => field("accountability", id));
  const label = (id) => sectionOf(state.book, "accountability").fields.find((one) => one.id === id).label;
  return h("div", { class: "ek-br-page ek-br-page-2" },
    h("div", { class: "ek-br-top" }, h("p", { class: "ek-br-running", text: brief.title.trim() }), h("p", { class: "ek-br-running", text: "2 of 2" })),
    h("div", { class: "ek-br-columns" },
      h("div", { class: "ek-br-column" },
        box("agency", [text("agency")]),
        box("participation", [text("participation"), field("participation", "cost") ? lead("What it costs.", field("participation", "cost")) : null, more("participation")])),
      h("div", { class: "ek-br-column" },
        box("agreement", [text("agreement"), field("agreement", "open") ? h("div", { class: "ek-br-open" }, lead("Not agreed yet.", field("agreement", "open"))) : null, more("agreement")]),
        box("accountability", [answers.length ? h("dl", { class: "ek-br-answers" }, ...answers.map((id) => h("div", {}, h("dt", { text: label(id) }), h("dd", { text: field("accountability", id) })))) : null, more("accountability")]),
        box("limits", [text("limits")]))),
    h("div", { class: "ek-br-s ek-br-s-sources ek-br-foot", "data-section": "sources" }, head(2, "Sources", "ek-br-h2"),
      has("sources") ? h("ol", {}, ...sourceLines(brief).map((one, place) => h("li", {}, h("span", { class: "ek-br-mark", text: `[${place + 1}]` }), h("span", { text: one })))) : empty("sources")));
}

/** Both pages, as they stand on paper. */
export const pages = (state, { print = false } = {}) => [first(state, print), second(state, print)];

/** By how many pixels what stands on a page reaches into its lower margin. */
function overflow(page) {
  const end = page.getBoundingClientRect().bottom - Number.parseFloat(getComputedStyle(page).paddingBottom);
  return Math.max(...[...page.children].map((one) => one.getBoundingClientRect().bottom)) - end - 0.5;
}

/**
 * Set the pages as large as they fit, and tell what does not fit even at the smallest.
 * @param {any} state
 * @param {{print?: boolean}} how The print sheet, or the preview with what would go where.
 * @returns {Promise<{fit: {pages?: number[], tall?: [string, number][]}, steps: number[]}>}
 */
export async function measured(state, { print = true } = {}) {
  const paper = h("div", { class: "ek-stage ek-br-paper", "aria-hidden": "true" }, ...pages(state, { print }));
  paper.style.setProperty("--u", `${UNIT}px`);
  for (const image of paper.querySelectorAll("img")) image.alt = "";
  document.body.append(paper);
  await Promise.all([...paper.querySelectorAll("img")].map((image) => image.decode().catch(() => null)));
  await document.fonts?.ready;
  const made = [...paper.children].map((page) => {
    let step = STEPS[0];
    let over = 0;
    for (step of STEPS) {
      page.style.setProperty("--fit", step);
      over = overflow(page);
      if (over <= 0) break;
    }
    const tall = [...page.querySelectorAll("[data-section]")].map((one) => [one.dataset.section, Math.round((one.getBoundingClientRect().height / UNIT) * (WIDE / 100))]);
    return { step, over: over > 0 ? Math.max(1, Math.ceil((over / UNIT) * (WIDE / 100))) : 0, tall };
  });
  paper.remove();
  const over = made.map((one) => one.over);
  const step = Math.min(...made.map((one) => one.step)); // both pages in one size
  return { steps: made.map(() => step),
    fit: over.some(Boolean) ? { pages: over, tall: made.filter((one) => one.over).flatMap((one) => one.tall).sort((one, other) => other[1] - one[1]) } : {} };
}

/** Give pages the type size that was measured; a page that is over may grow, so that nothing is cut off. */
export function setIn(list, { steps, fit }) {
  list.forEach((page, place) => {
    page.style.setProperty("--fit", steps[place]);
    page.classList.toggle("ek-br-over", Boolean(fit.pages?.[place]));
  });
  return list;
}

/** The sheet to print. */
export function printed(state, measure) {
  return h("div", { class: "ek-br-print", lang: "en-GB" }, h("style", { text: "@page { size: A4 portrait; margin: 0; }" }), ...setIn(pages(state, { print: true }), measure));
}
