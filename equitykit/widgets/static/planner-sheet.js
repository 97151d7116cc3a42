// What leaves a planner, as a document: the plan with its holes first, what it takes, the load, and the words for the funder.
import { picture } from "./sheet.js";
import { costLines, load, missing, total } from "./planner-model.js";
import { drawCosts, drawLoad, segments } from "./planner-picture.js";
import { CARRIED, carriedWords, costTable, loadTable, loadWords, money, paragraph, ranged } from "./planner-words.js";

const NOTE = "The questions come from rules, and no rule adds up to a mark. This is no advice on tax or benefits.";

/** The plan as a sheet. */
export function plannerSheet(state) {
  const { plan } = state;
  const lines = costLines(plan);
  const found = missing(plan, state.rules);
  const groups = load(plan);
  const blocks = [];
  if (plan.note) blocks.push({ kind: "text", text: plan.note, tone: "note" });
  blocks.push({ kind: "heading", level: 2, text: "For the funder" }, { kind: "text", text: state.written || paragraph(plan) },
    { kind: "heading", level: 2, text: "As budgeted at first, and what it takes" },
    { kind: "text", text: `As budgeted at first: ${ranged(total(lines, "budgeted"))}. What it takes: ${ranged(total(lines, "takes"))}. ${carriedWords(lines)}` });
  if (total(lines, "takes")[2] > 0) {
    blocks.push(picture(drawCosts(plan, 680), { within: "ek-planner", alt: `Two bars on one scale. As budgeted at first: ${money(total(lines, "budgeted")[1])}. What it takes: ${money(total(lines, "takes")[1])}, made of ${segments(lines).map(([, name, value]) => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}, ${money(value)}`).join("; ")}.`,
      caption: "Solid: in the first budget. Hatched: carried by partners (slanting up), by staff (slanting down) or by nobody (upright)." }));
    const [head, ...body] = costTable(lines);
    blocks.push({ kind: "table", caption: "Every line of the plan", rows: [head, ...body.map((row) => row.map((cell, at) => (at === 6 && Object.values(CARRIED).includes(cell) ? { text: cell, tone: "missing" } : cell)))] });
  }
  blocks.push({ kind: "heading", level: 2, text: "What it asks of each partner" }, ...(groups.some((one) => one.months.some((hours) => hours > 0)) ? [] : [{ kind: "list", items: groups.map(loadWords) }]));
  if (groups.some((one) => one.months.some((hours) => hours > 0))) {
    blocks.push(picture(drawLoad(plan, 680), { within: "ek-planner", alt: `Hours in each month for one partner of each group. ${groups.map(loadWords).join(" ")}`, caption: "Solid: paid hours. Hatched: unpaid hours. Dashed line: what they said they can give. When all take equal turns." }),
      { kind: "list", items: groups.map(loadWords) }, { kind: "table", caption: "Hours in each month, one partner of each group; months that ask nothing are left out", rows: loadTable(plan).filter((row) => row.slice(1).some((cell) => cell !== "0")) });
  }
  blocks.push({ kind: "heading", level: 2, text: "What is missing" });
  blocks.push(found.length ? { kind: "list", items: found.map((one) => ({ lead: `${one.title}.`, text: `${one.why} To try: ${one.try}` })) } : { kind: "text", text: "By these rules nothing is missing. A partner may see what they do not." });
  const read = new Map();
  for (const one of [...plan.activities.filter((one) => one.high > 0), ...plan.lines.filter((one) => one.high > 0), ...found]) {
    const source = (one.source ?? "").trim();
    if (source && !read.has(one.url || source)) read.set(one.url || source, one.url ? `${source}: ${one.url}` : source);
  }
  if (read.size) blocks.push({ kind: "heading", level: 2, text: "Sources" }, { kind: "list", items: [...read.values()] });
  return { title: plan.title.trim() ? `Involvement plan: ${plan.title.trim()}` : "Involvement plan", note: NOTE, blocks };
}
