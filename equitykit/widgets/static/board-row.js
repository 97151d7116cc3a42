// One row of a board: the chain with its holes, the chart, what can be claimed, and where the reader works on it.
import { h, disclosure, table, uid } from "./kit.js";
import { LINKS, asked, claims, hasFigures, missing, pointRows, reading, stated, textOf } from "./board-model.js";
import { chartKey, drawSeries, livingChart } from "./board-chart.js";
import { readPasted, writtenNumber } from "./board-paste.js";

const FORM = [
  ["title", "Short name of the row", "text", ""],
  ["indicator", "Indicator", "area", "What is counted, of whom, by whom"],
  ["owner", "Owner", "text", "One role that has the budget and the say, such as chief nurse"],
  ["target", "Threshold, as a number", "number", "Empty where there is none"],
  ["threshold", "Threshold, in words", "text", "Such as: no higher than 1.25"],
  ["by", "By when", "text", "With the year"],
  ["consequence", "Consequence", "area", "What is done, stopped or paid for differently if it is missed"],
  ["decides", "Who decides that it was missed", "text", ""],
  ["published", "Where figure and judgement are published", "text", ""],
  ["success", "Success, as the people concerned say it", "area", "Their words, not yours. Leave it empty until they were asked"],
  ["said_by", "Who said so, when", "text", "A group or a meeting, no names"],
];
const NEW_SERIES = { title: "", unit: "", decimals: 1, better: "higher", points: [], breaks: [], steps: [], baseline: null, source: "", source_url: "", synthetic: false };

function labelled(text, control, hint = "") {
  control.id = control.id || uid("ek-bd");
  return h("div", { class: "ek-bd-field" }, h("label", { for: control.id, text }), hint ? h("span", { class: "ek-bd-hint", text: hint }) : null, control);
}

/**
 * @param {{rules: any[], onchange: (row: any) => void, onremove: () => void, say: (text: string) => void}} board
 */
export function rowCard({ rules, onchange, onremove, say }) {
  let row = null;
  let place = 0;
  const title = h("p", { class: "ek-bd-kicker" });
  const chain = h("dl", { class: "ek-bd-chain" });
  const small = livingChart((width) => (hasFigures(row?.series) ? [drawSeries(row.series, { width, height: 110, target: row.target, small: true }).root] : []));
  const stands = h("p", { class: "ek-bd-stands" });
  const big = livingChart((width) => (hasFigures(row?.series) ? [drawSeries(row.series, { width, height: width < 480 ? 230 : 290, target: row.target }).root] : []));
  const key = h("div");
  const told = h("div", { class: "ek-bd-told" });
  const questions = h("div");
  const twin = h("div");
  const source = h("p", { class: "ek-bd-source" });
  const heard = h("p", { class: "ek-bd-heard", role: "status" });
  const marks = h("ul", { class: "ek-bd-marks" });

  const edit = (change) => onchange({ ...row, ...change });
  const editSeries = (change) => edit({ series: { ...NEW_SERIES, ...row.series, ...change } });

  // ---- the plan's words
  const controls = new Map();
  const fields = FORM.map(([field, text, kind, hint]) => {
    const control = h(kind === "area" ? "textarea" : "input", { class: "ek-bd-input", ...(kind === "area" ? { rows: 2 } : { type: "text" }), ...(kind === "number" ? { inputmode: "decimal" } : {}),
      onchange: () => {
        if (field !== "target") { edit({ [field]: control.value }); return; }
        const value = writtenNumber(control.value, true);
        control.toggleAttribute("aria-invalid", value === undefined);
        if (value === undefined) { say(`“${control.value}” is no number. Write it in figures, or leave it empty.`); return; }
        edit({ target: value });
      } });
    controls.set(field, control);
    return labelled(text, control, hint);
  });

  // ---- the series
  const pasted = h("textarea", { class: "ek-bd-input", rows: 6, spellcheck: "false", placeholder: "2024-01, 61.5\n2024-02, 58.9\n2024-03, n/a" });
  const better = h("select", { class: "ek-bd-input", onchange: () => editSeries({ better: better.value }) }, ...[["higher", "Higher"], ["lower", "Lower"], ["neither", "Neither"]].map(([value, text]) => h("option", { value, text })));
  const unit = h("input", { class: "ek-bd-input", type: "text", onchange: () => editSeries({ unit: unit.value.trim() }) });
  const baseline = h("input", { class: "ek-bd-input", type: "text", inputmode: "numeric", onchange: () => {
    const value = baseline.value.trim() ? Number(baseline.value) : null;
    if (value !== null && (!Number.isInteger(value) || value < 5)) { heard.textContent = "Limits need five figures at least: write a whole number of 5 or more, or leave it empty."; return; }
    editSeries({ baseline: value });
  } });
  const kind = h("select", { class: "ek-bd-input" }, h("option", { value: "steps", text: "The process was changed: a step" }), h("option", { value: "breaks", text: "The count was changed: a break" }));
  const when = h("select", { class: "ek-bd-input" });
  const why = h("input", { class: "ek-bd-input", type: "text" });
  const button = (text, onclick, more = "") => h("button", { type: "button", class: `ek-button${more}`, text, onclick });

  function take() {
    const found = readPasted(pasted.value);
    heard.textContent = found.said.join(" ");
    if (!found.points.length) return;
    const { better: way } = row.series ?? NEW_SERIES;
    edit({ series: { ...NEW_SERIES, better: way, title: textOf(row, "indicator"), unit: found.percent ? "%" : row.series?.unit ?? "", decimals: found.decimals, points: found.points, breaks: found.breaks, source: "Entered by the board’s author" } });
    heard.textContent = found.said.join(" ");
  }

  function divide() {
    const reason = why.value.trim();
    if (!hasFigures(row.series)) { heard.textContent = "There are no figures yet."; return; }
    if (!reason) { heard.textContent = "Say what was changed then. Limits that are moved without a reason can be moved until they please."; why.focus(); return; }
    const { value } = kind;
    const other = value === "steps" ? "breaks" : "steps";
    heard.textContent = `Limits are computed anew from ${when.value}.`;
    why.value = "";
    editSeries({ [value]: [...row.series[value].filter((one) => one[0] !== when.value), [when.value, reason]], [other]: row.series[other].filter((one) => one[0] !== when.value) });
  }

  const work = disclosure("Work on this row", big.element, key, told, questions, disclosure("The figures as a table", twin),
    h("fieldset", { class: "ek-bd-form" }, h("legend", { text: "What the plan says" }), ...fields),
    h("fieldset", { class: "ek-bd-form" }, h("legend", { text: "The figures" }),
      h("div", { class: "ek-bd-field ek-bd-wide" }, labelled("Paste your own: one period and one figure a line, from a spreadsheet or a CSV file", pasted, "Leave a figure empty, or write n/a, where none is known. They stay in your browser."),
        h("div", { class: "ek-bd-ways" }, button("Use these figures", take, " ek-primary"))),
      labelled("Unit", unit, "% or a noun, empty for a ratio"), labelled("Better is", better),
      labelled("Limits from the first … figures", baseline, "Empty: from all of them"),
      h("div", { class: "ek-bd-field ek-bd-wide ek-bd-divide" }, h("p", { class: "ek-bd-hint", text: "Compute the limits anew from a named change. It must be one that you knew of before you saw the chart." }),
        labelled("What happened", kind), labelled("From", when), labelled("What was changed", why), h("div", { class: "ek-bd-ways" }, button("Compute limits anew", divide)), marks),
      heard),
    h("div", { class: "ek-bd-ways" }, button("Remove this row", () => onremove(), " ek-bd-quiet")));
  const element = h("li", { class: "ek-bd-row" }, title, h("div", { class: "ek-bd-glance" }, h("div", { class: "ek-bd-where" }, small.element, stands, source), chain), work);
  work.addEventListener("toggle", () => { if (work.open) big.redraw(); });

  function showChain(found) {
    chain.replaceChildren(...LINKS.filter(([link]) => link !== "series").map(([link, name]) => {
      const said = stated(row, link);
      const empty = missing(row, link);
      const mine = found.filter((one) => one.link === link);
      return h("div", { class: `ek-bd-link${empty ? " ek-bd-empty" : mine.length ? " ek-bd-asked" : ""}` }, h("dt", { text: name }), h("dd", { class: empty ? "ek-bd-hole" : "", text: said || "not stated" }),
        ...mine.filter((one) => !["empty", "fact"].includes(one.when) || !empty).map((one) => h("dd", { class: "ek-bd-finding", text: one.title })));
    }));
  }

  function show(now, at) {
    row = now;
    place = at;
    const found = asked(row, rules);
    title.textContent = `${place + 1}. ${textOf(row, "title") || "Untitled row"}`;
    showChain(found);
    const without = found.filter((one) => one.link === "series");
    stands.replaceChildren(hasFigures(row.series) ? reading(row.series) : h("span", { class: "ek-bd-hole", text: "No series of figures" }), ...without.filter((one) => one.id !== "no-series").map((one) => h("span", { class: "ek-bd-finding", text: one.title })));
    small.element.hidden = big.element.hidden = key.hidden = !hasFigures(row.series);
    small.redraw();
    big.redraw();
    key.replaceChildren(...(hasFigures(row.series) ? [chartKey(row.series, { target: row.target })] : []));
    const all = claims(row);
    const list = (which, name) => {
      const mine = all.filter((one) => one[0] === which);
      return h("div", { class: `ek-bd-${which}` }, h("p", { class: "ek-bd-head", text: name }), mine.length ? h("ul", {}, ...mine.map((one) => h("li", { text: one[1] }))) : h("p", { text: "Nothing yet." }));
    };
    told.replaceChildren(list("can", "You can"), list("cannot", "You cannot"));
    questions.replaceChildren(...(found.length ? [h("p", { class: "ek-bd-head", text: "A board’s reader would ask" }), h("ul", { class: "ek-bd-questions" }, ...found.map((one) => h("li", {}, h("strong", { text: `${one.title}. ` }), one.question)))]
      : [h("p", { class: "ek-bd-head", text: "These rules ask nothing more. A reader may." })]));
    twin.replaceChildren(...(hasFigures(row.series) ? [table(pointRows(row.series), row.series.title || textOf(row, "indicator") || "Figures")] : [h("p", { text: "No figures." })]));
    const { series } = row;
    source.replaceChildren();
    if (series?.source) source.append("Figures: ", series.source_url ? h("a", { href: series.source_url, text: series.source }) : series.source, series.synthetic && !/synthetic/i.test(series.source) ? ". Synthetic: no real people." : ".");
    for (const [field, control] of controls) {
      const value = field === "target" ? (row.target === null ? "" : String(row.target)) : row[field];
      if (control !== document.activeElement && control.value !== value) control.value = value;
    }
    unit.value = series?.unit ?? "";
    better.value = series?.better ?? "higher";
    baseline.value = series?.baseline ? String(series.baseline) : "";
    const chosen = when.value;
    when.replaceChildren(...(series?.points ?? []).slice(1).map((one) => h("option", { value: one[0], text: one[0] })));
    if (series?.points.some((one) => one[0] === chosen)) when.value = chosen;
    marks.replaceChildren(...["steps", "breaks"].flatMap((which) => (series?.[which] ?? []).map(([period, reason]) => h("li", {}, h("span", { text: `${which === "steps" ? "Step" : "Break"} at ${period}: ${reason}` }),
      button("Take it out", () => editSeries({ [which]: series[which].filter((one) => one[0] !== period) }))))));
  }
  return { element, show, open: () => { work.open = true; }, stop: () => { small.stop(); big.stop(); } };
}
