// What leaves the composer: a poster, a page, and the sheet from which Markdown and the Word document are written.
// Source and licence are on each. A piece whose consent does not cover the showing is on none: its place is kept.
import { h, table } from "./kit.js";
import { picture as drawn } from "./sheet.js";
import { asked, chartOf, chartRows, cover, credit, ended, figures, pieceName, shownAt, statusName, statusOf } from "./composer-model.js";
import { chartKey, drawChart } from "./composer-chart.js";
import { drawPiece } from "./composer-drawings.js";

const NOTE = "Questions come from rules that read words. They are no mark. Made with the evidence composer of an independent course.";
const trimmed = (text) => text.trim();

/** How large a text may be set: the longer, the smaller. */
const setIn = (text, steps) => `ek-co-set-${steps.findIndex((most) => text.length <= most) + 1 || steps.length + 1}`;

export const chartAlt = (work, chart) => trimmed(work.alt.chart) || `${chart.title}: ${figures(chart)}`;

export function pieceAlt(work, texts) {
  const own = trimmed(work.alt.piece);
  if (work.piece.kind === "drawing") return own || `${texts.drawings[work.piece.drawing].words}`;
  return own || "Not described yet.";
}

/** The piece as it is shown, or its place kept empty. */
export function pieceShown(state, picture) {
  const { work, texts } = state;
  const { piece } = work;
  const covering = cover(work, texts);
  if (!covering.covered) return h("div", { class: "ek-co-kept" }, h("p", { text: covering.instead }));
  if (piece.kind === "drawing") return h("div", { class: "ek-co-art" }, drawPiece(piece.drawing, pieceAlt(work, texts)));
  if (piece.kind === "image") return h("div", { class: "ek-co-art ek-co-own" }, h("img", { src: picture?.data ?? "", alt: pieceAlt(work, texts) }));
  return h("div", { class: `ek-co-text ${setIn(piece.text, [70, 160, 320, 600])}` }, h("p", { text: trimmed(piece.text) }));
}

/** What the piece is called, and who made it by the name they want. */
export function pieceTitle({ work, texts }) {
  const made = statusOf(work) === "agreed" ? trimmed(work.consent.made) : "";
  return `${pieceName(work, texts)}${made ? `. By ${made}` : ""}`;
}

/** The lines under the piece: what it is, who made it, what it adds; nothing of it where it may not be shown. */
function underPiece(state) {
  const { work, texts } = state;
  if (!cover(work, texts).covered) return [];
  return [h("p", { class: "ek-co-chart-title", text: pieceTitle(state) }),
    trimmed(work.piece.adds) ? h("p", { class: "ek-co-small", text: trimmed(work.piece.adds) }) : null];
}

function consentLines(state) {
  const { work, texts } = state;
  const covering = cover(work, texts);
  const lines = [`${ended(statusName(work, texts))} ${covering.reason}`];
  if (covering.covered && statusOf(work) === "agreed") lines.push(`To take it back: ${ended(trimmed(work.consent.withdraw))}`);
  return lines;
}

/** Who chose and who gains: said on the sheet, or said to be unsaid. */
const accounts = (work) => [["Who chose", trimmed(work.chose) || "not said"], ["Who gains", trimmed(work.gains) || "not said"]];

const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const whereShown = (work, texts) => capital(shownAt(work, texts)) || "It is not said yet where this is shown";

/** The poster; `print` gives it headings, for the page on the screen has its own. */
export function poster(state, picture, { print = false } = {}) {
  const { work, texts } = state;
  const chart = chartOf(state);
  const claim = trimmed(work.claim) || "No claim yet";
  const head = (level, text, cls) => h(print ? `h${level}` : "p", { class: cls, text });
  return h("div", { class: "ek-co-poster" },
    h("p", { class: "ek-co-where", text: whereShown(work, texts) }),
    head(1, claim, `ek-co-claim ${setIn(claim, [44, 80, 130])}`),
    h("div", { class: "ek-co-band", "aria-hidden": "true" }),
    h("div", { class: "ek-co-halves" },
      h("div", { class: "ek-co-half" }, h("div", { class: "ek-co-frame" }, drawChart(chart, chartAlt(work, chart))), head(2, chart.title, "ek-co-chart-title"), h("p", { class: "ek-co-small", text: chartKey(chart) })),
      h("div", { class: "ek-co-half" }, h("div", { class: "ek-co-frame ek-co-frame-piece" }, pieceShown(state, picture)), ...underPiece(state))),
    h("p", { class: `ek-co-caption ${setIn(work.caption, [160, 320, 600])}`, text: trimmed(work.caption) }),
    h("div", { class: "ek-co-foot" },
      h("div", {}, head(2, "The figures", "ek-co-foot-head"), h("p", { text: `${credit(chart)} ${chart.cannot}`.trim() })),
      h("div", {}, head(2, "The piece", "ek-co-foot-head"), ...consentLines(state).map((text) => h("p", { text }))),
      h("div", {}, head(2, "Who decided", "ek-co-foot-head"), ...accounts(work).map(([name, said]) => h("p", { text: `${name}: ${ended(said)}` })))));
}

/** The page: everything that the poster says, with the figures as a table and the pictures in words. */
export function page(state, picture, { print = false } = {}) {
  const { work, texts } = state;
  const chart = chartOf(state);
  const covered = cover(work, texts).covered;
  const head = (level, text) => h(print ? `h${level}` : "p", { class: `ek-co-h${level}`, text });
  const open = asked(work, chart, state.rules, texts).filter((one) => one.so_far === "open");
  const figuresTable = table(chartRows(chart), chart.title);
  if (print) figuresTable.removeAttribute("tabindex");
  return h("div", { class: "ek-co-page" }, head(1, trimmed(work.claim) || "No claim yet"), h("p", { class: "ek-co-where", text: whereShown(work, texts) }),
    h("p", { class: "ek-co-lead", text: trimmed(work.caption) }),
    h("div", { class: "ek-co-halves" },
      h("div", { class: "ek-co-half" }, h("div", { class: "ek-co-frame" }, drawChart(chart, chartAlt(work, chart))), h("p", { class: "ek-co-chart-title", text: chart.title }), h("p", { class: "ek-co-small", text: chartKey(chart) })),
      h("div", { class: "ek-co-half" }, h("div", { class: "ek-co-frame ek-co-frame-piece" }, pieceShown(state, picture)), ...underPiece(state))),
    head(2, "In words"), h("p", {}, h("strong", { text: "The chart. " }), chartAlt(work, chart)),
    covered && work.piece.kind !== "text" ? h("p", {}, h("strong", { text: "The piece. " }), pieceAlt(work, texts)) : null,
    head(2, "The figures"), figuresTable, h("p", { class: "ek-co-small", text: `${credit(chart)} ${chart.cannot}`.trim() }),
    head(2, "Whose piece, and what was agreed"), ...consentLines(state).map((text) => h("p", { text })),
    head(2, "Who decided"), ...accounts(work).map(([name, said]) => h("p", {}, h("strong", { text: `${name}: ` }), ended(said))),
    open.length ? head(2, "What a reader would still ask") : null,
    open.length ? h("ul", {}, ...open.map((one) => h("li", {}, h("strong", { text: `${one.question} ` }), one.findings.map((found) => ended(found.title)).join(" ")))) : null,
    h("p", { class: "ek-co-small", text: NOTE }));
}

/** The sheet to print, on its own paper. */
export function printed(state, picture, fit) {
  const size = { a3: "A3 portrait; margin: 0", a4: "A4 portrait; margin: 0", page: "A4 portrait; margin: 16mm 17mm" }[state.work.paper];
  const made = state.work.paper === "page" ? page(state, picture, { print: true }) : poster(state, picture, { print: true });
  made.style.setProperty("--fit", fit);
  return h("div", { class: `ek-co-print ek-co-on-${state.work.paper}`, lang: "en-GB" }, h("style", { text: `@page { size: ${size}; }` }), made);
}

/**
 * The document. The reader's picture is in it only where it leaves the browser by the reader's own hand.
 * @param {any} state
 * @param {{data: string}|null} picture
 */
export function sheetOf(state, picture) {
  const { work, texts } = state;
  const chart = chartOf(state);
  const covering = cover(work, texts);
  const { piece } = work;
  const blocks = [{ kind: "text", text: trimmed(work.caption) || "No caption yet.", ...(trimmed(work.caption) ? {} : { tone: "missing" }) },
    { kind: "heading", level: 2, text: "The chart" },
    drawn(drawChart(chart), { alt: chartAlt(work, chart), caption: `${chart.title}. ${chartKey(chart)} ${credit(chart)}`, width: 12 }),
    { kind: "table", caption: chart.title, rows: chartRows(chart) },
    ...(chart.cannot ? [{ kind: "text", text: chart.cannot, tone: "note" }] : []),
    { kind: "heading", level: 2, text: "The piece" }];
  if (!covering.covered) blocks.push({ kind: "text", text: covering.instead, tone: "missing" });
  else {
    const title = pieceTitle(state);
    if (piece.kind === "drawing") blocks.push(drawn(drawPiece(piece.drawing, ""), { alt: pieceAlt(work, texts), caption: title, width: 12 }));
    else if (piece.kind === "text") blocks.push({ kind: "text", lead: `${title}.`, text: "" }, { kind: "text", text: trimmed(piece.text) });
    else if (picture) blocks.push({ kind: "picture", png: picture.data, alt: pieceAlt(work, texts), caption: title, width: 12 });
    else blocks.push({ kind: "text", lead: `${title}.`, text: `${pieceAlt(work, texts)} The picture itself stays in the browser: save the poster as a file there, and make the document from the file.` });
    if (trimmed(piece.adds)) blocks.push({ kind: "text", lead: "What it adds.", text: trimmed(piece.adds) });
  }
  const open = asked(work, chart, state.rules, texts).filter((one) => one.so_far === "open");
  blocks.push({ kind: "heading", level: 2, text: "Whose piece, and what was agreed" }, { kind: "list", items: consentLines(state) },
    { kind: "heading", level: 2, text: "Who decided" }, { kind: "list", items: [...accounts(work).map(([lead, said]) => ({ lead: `${lead}:`, text: ended(said) })), { lead: "Shown at:", text: ended(shownAt(work, texts) || "not said yet") }] });
  if (open.length) blocks.push({ kind: "heading", level: 2, text: "What a reader would still ask" }, { kind: "list", items: open.map((one) => ({ lead: one.question, text: one.findings.map((found) => `${ended(found.title)} ${found.why}`).join(" ") })) });
  return { title: trimmed(work.claim) || "Poster without a claim yet", note: NOTE, blocks };
}
