// What a board gives to take away: its content, checked when it comes back, and its sheet.
import { picture } from "./sheet.js";
import { FIELD_NAMES, LINKS, asked, chartOf, claims, hasFigures, missing, pointRows, reading, signalWords, stated, textOf } from "./board-model.js";
import { drawSeries } from "./board-chart.js";

export const KIND = "accountability board";
const NOTE = "The questions come from rules, and the claims from a control chart. Neither is a mark, and neither is about a person.";
const SIDES = [["can", "With these figures you can"], ["cannot", "With these figures you cannot"]];
const titled = (row, place) => textOf(row, "title") || `Row ${place + 1}`;
const credit = (series) => `Source of the figures: ${series.source}${series.synthetic && !/synthetic/i.test(series.source) ? " (synthetic: no real people)" : ""}.`;

const word = (given, what) => {
  if (given === undefined || given === null) return "";
  if (typeof given !== "string") throw new Error(`${what} is no text`);
  return given.slice(0, 20000);
};
const finite = (given) => typeof given === "number" && Number.isFinite(given);

function openedSeries(given) {
  if (given === null || given === undefined) return null;
  const points = given.points;
  if (!Array.isArray(points) || points.length > 5000 || !points.every((one) => Array.isArray(one) && typeof one[0] === "string" && (one[1] === null || finite(one[1])))) throw new Error("a series has points that are no periods and figures");
  const names = points.map((one) => one[0]);
  if (new Set(names).size < names.length) throw new Error("a period comes twice");
  const marked = (pairs) => (Array.isArray(pairs) ? pairs : []).filter((one) => Array.isArray(one) && names.includes(one[0]) && typeof one[1] === "string" && one[1].trim());
  return { title: word(given.title, "title"), unit: word(given.unit, "unit"), decimals: Number.isInteger(given.decimals) && given.decimals >= 0 && given.decimals <= 6 ? given.decimals : 1,
    better: ["higher", "lower", "neither"].includes(given.better) ? given.better : "neither", points: points.map((one) => [one[0], one[1]]), breaks: marked(given.breaks), steps: marked(given.steps),
    baseline: Number.isInteger(given.baseline) && given.baseline >= 5 ? given.baseline : null, source: word(given.source, "source"),
    source_url: /^https?:\/\//.test(given.source_url ?? "") ? given.source_url : "", synthetic: given.synthetic === true };
}

/** Rows as a board takes them, from a file or from the browser's own storage; an error says what is wrong. */
export function openedRows(given) {
  if (!Array.isArray(given) || given.length > 100) throw new Error("it has no rows");
  return given.map((row) => ({ ...Object.fromEntries(FIELD_NAMES.map((field) => [field, word(row[field], field)])),
    target: finite(row.target) ? row.target : null, series: openedSeries(row.series) }));
}

/** A board's content, from a file or from storage. */
export const checkedBoard = (given) => ({ plan: word(given?.plan, "plan"), rows: openedRows(given?.rows) });

/** The text alternative of a row's chart. */
function alternative(row) {
  const { series } = row;
  const drawn = chartOf(series);
  const found = drawn.signals.map(signalWords).join("; ");
  return `Control chart. ${series.title || textOf(row, "indicator") || "The figures"}, ${series.points[0][0]} to ${series.points[series.points.length - 1][0]}. ${reading(series)}${found ? ` Signals: ${found}.` : ""}`;
}

const heading = (text, level) => ({ kind: "heading", level, text });

function rowBlocks(row, place, rules) {
  const told = claims(row);
  const found = asked(row, rules);
  const { series } = row;
  const about = hasFigures(series) ? [series.title && `${series.title}.`, series.source && credit(series)].filter(Boolean).join(" ") : "";
  return [
    heading(`${place + 1}. ${titled(row, place)}`, 2),
    { kind: "table", rows: [["Link", "What the plan says"], ...LINKS.map(([link, name]) => [name, missing(row, link) ? { text: stated(row, link) || "not stated", tone: "missing" } : stated(row, link)])] },
    ...(hasFigures(series) ? [picture(drawSeries(series, { width: 660, height: 270, target: row.target }).root, { alt: alternative(row), caption: about })] : []),
    ...SIDES.flatMap(([kind, name]) => {
      const mine = told.filter((one) => one[0] === kind).map((one) => one[1]);
      return mine.length ? [heading(name, 3), { kind: "list", items: mine }] : [];
    }),
    ...(found.length ? [heading("A board’s reader would ask", 3), { kind: "list", items: found.map((one) => ({ lead: `${one.title}.`, text: one.question })) }] : []),
    ...(hasFigures(series) ? [heading("The figures", 3), { kind: "table", rows: pointRows(series) }] : []),
  ];
}

/** A board as a sheet. */
export function boardSheet(state) {
  return { title: "Accountability board", note: NOTE,
    blocks: [...(state.plan ? [{ kind: "text", text: state.plan, tone: "note" }] : []), ...state.rows.flatMap((row, place) => rowBlocks(row, place, state.rules))] };
}
