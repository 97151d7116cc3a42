// What leaves a board, and only when its reader says so: a file that opens again, Markdown, and a sheet to print.
import { h } from "./kit.js";
import { FIELD_NAMES, LINKS, asked, claims, hasFigures, missing, stated, textOf } from "./board-model.js";
import { chartKey, drawSeries } from "./board-chart.js";

const KIND = "accountability board";
const NOTE = "The questions come from rules, and the claims from a control chart. Neither is a mark, and neither is about a person.";
const SIDES = [["can", "With these figures you can"], ["cannot", "With these figures you cannot"]];
const titled = (row, place) => textOf(row, "title") || `Row ${place + 1}`;
const credit = (series) => `${series.source}${series.synthetic && !/synthetic/i.test(series.source) ? " (synthetic: no real people)" : ""}`;
const cell = (text) => text.replaceAll("|", "\\|").replace(/\s+/g, " ");

export const boardFile = (state) => JSON.stringify({ kind: KIND, version: 1, plan: state.plan, rows: state.rows }, null, 2);

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

export function openedFile(text) {
  const given = JSON.parse(text);
  if (given?.kind !== KIND) throw new Error("it was not saved from an accountability board");
  if (given.version !== 1) throw new Error("it was saved by a newer version of this page");
  return { plan: word(given.plan, "plan"), rows: openedRows(given.rows) };
}

export function boardMarkdown(state) {
  const lines = ["# Accountability board", ""];
  if (state.plan) lines.push(`*${state.plan}*`, "");
  state.rows.forEach((row, place) => {
    lines.push(`## ${place + 1}. ${titled(row, place)}`, "", "| Link | What the plan says |", "| --- | --- |");
    for (const [link, name] of LINKS) lines.push(`| ${name} | ${cell(stated(row, link)) || "**not stated**"} |`);
    const told = claims(row);
    for (const [kind, name] of SIDES) {
      const mine = told.filter((one) => one[0] === kind);
      if (mine.length) lines.push("", `**${name}**`, "", ...mine.map((one) => `- ${one[1]}`));
    }
    const found = asked(row, state.rules);
    if (found.length) lines.push("", "**A board’s reader would ask**", "", ...found.map((one) => `- *${one.title}.* ${one.question}`));
    if (row.series?.source) lines.push("", `Source of the figures: ${credit(row.series)}.`);
    lines.push("");
  });
  lines.push("---", "", NOTE, "");
  return lines.join("\n");
}

/** A sheet that is printed in place of the page, and is gone afterwards. */
export function boardSheet(state) {
  const sheet = h("div", { class: "ek-bd-sheet ek-stage" }, h("h1", { text: "Accountability board" }), state.plan ? h("p", { class: "ek-bd-note", text: state.plan }) : null);
  state.rows.forEach((row, place) => {
    const told = claims(row);
    const list = (kind, name) => {
      const mine = told.filter((one) => one[0] === kind);
      return mine.length ? h("div", {}, h("h3", { text: name }), h("ul", {}, ...mine.map((one) => h("li", { text: one[1] })))) : null;
    };
    const found = asked(row, state.rules);
    const chart = hasFigures(row.series) ? h("figure", {}, drawSeries(row.series, { width: 660, height: 230, target: row.target }).root, chartKey(row.series, { target: row.target }),
      h("figcaption", { text: `${row.series.title || titled(row, place)}${row.series.source ? `. Source: ${credit(row.series)}` : ""}.` })) : null;
    sheet.append(h("section", {}, h("h2", { text: `${place + 1}. ${titled(row, place)}` }),
      h("dl", { class: "ek-bd-sheet-links" }, ...LINKS.map(([link, name]) => h("div", { class: missing(row, link) ? "ek-bd-empty" : found.some((one) => one.link === link) ? "ek-bd-asked" : "" }, h("dt", { text: name }), h("dd", { class: missing(row, link) ? "ek-bd-hole" : "", text: stated(row, link) || "not stated" })))),
      chart, h("div", { class: "ek-bd-sheet-told" }, ...SIDES.map(([kind, name]) => list(kind, name)).filter(Boolean)),
      found.length ? h("div", {}, h("h3", { text: "A board’s reader would ask" }), h("ul", {}, ...found.map((one) => h("li", {}, h("strong", { text: `${one.title}. ` }), one.question)))) : null));
  });
  sheet.append(h("p", { class: "ek-bd-note", text: NOTE }));
  return sheet;
}
