// The composer's charts, drawn as SVG: dots or bars in rows, or lines over periods, each with its intervals.
import { svg } from "./kit.js";
import { count, figures, quantity } from "./composer-model.js";

const SIDE = 400;
const INK = "var(--ek-ink)";
const QUIET = "var(--ek-muted)";
const FONT = '"Source Sans 3", system-ui, sans-serif';
const COLOURS = ["var(--ek-2)", "var(--ek-1)", "var(--ek-3)", "var(--ek-4)"];
const DASHES = [null, "7 4", "2 3", "10 3 2 3"];

function ticksOf(low, high, many) {
  const raw = (high - low) / many || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= raw);
  const made = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step) made.push(at);
  return { made, places: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}

/** The ends of the scale: bars from nought, the rest around what is drawn. */
function scaleOf(chart) {
  const all = chart.points.flatMap((one) => [one.value, one.low ?? one.value, one.high ?? one.value]);
  if (chart.reference !== null) all.push(chart.reference);
  const [bottom, top] = [Math.min(...all), Math.max(...all)];
  const room = (top - bottom) * (chart.kind === "lines" ? 0.14 : 0.08) || Math.abs(top) * 0.1 || 1;
  const nought = chart.nought || (bottom >= 0 && bottom < (top - bottom) * 0.9);
  return { low: nought ? 0 : bottom - room, high: top + room, nought };
}

/** Said beside the chart: what the marks mean and where the scale starts. */
export function chartKey(chart) {
  const marks = chart.points.some((one) => one.low !== null) ? (chart.kind === "lines" ? "Bands are 95% intervals. " : "Lines are 95% intervals. ") : "No intervals are published with these figures. ";
  const { low, high } = scaleOf(chart);
  const hidden = chart.kind === "dots" && chart.points.some((one) => one.low !== null && (one.high - one.low) / (high - low) < 0.05);
  return `${marks}${hidden ? "Where none is seen, it is narrower than its dot. " : ""}${scaleOf(chart).nought ? "The scale starts at nought." : "The scale does not start at nought."}`;
}

/** Text with a rim of paper, so that it reads where a line passes behind it. */
const write = (root, x, y, text, more = {}) => root.append(svg("text", { x, y, fill: INK, stroke: "var(--ek-paper)", "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke", "font-size": 14, "font-family": FONT, ...more }, text));

function rows(root, chart, from) {
  const { low, high } = scaleOf(chart);
  const many = chart.points.length;
  const longest = Math.max(...chart.points.map((one) => one.label.length));
  const beside = longest <= 20;
  const left = beside ? longest * 7.2 + 14 : 4;
  const right = Math.max(...chart.points.map((one) => quantity(chart, one.value).length)) * 7.6 + 12;
  const top = from + (chart.reference === null ? 4 : 22);
  const tall = (SIDE - 34 - top) / many;
  const x = (value) => left + 6 + ((value - low) / (high - low)) * (SIDE - left - right - 12);
  const { made, places } = ticksOf(low, high, 4);
  for (const tick of made) {
    root.append(svg("line", { x1: x(tick), x2: x(tick), y1: top, y2: SIDE - 30, stroke: "var(--ek-line)", "stroke-width": 1 }));
    write(root, x(tick), SIDE - 12, count(tick, places), { fill: QUIET, "text-anchor": "middle", "font-size": 13 });
  }
  if (chart.reference !== null) {
    const at = x(chart.reference);
    root.append(svg("line", { x1: at, x2: at, y1: top - 6, y2: SIDE - 30, stroke: INK, "stroke-width": 1.5, "stroke-dasharray": "4 3" }));
    const anchor = at > SIDE * 0.72 ? "end" : at < SIDE * 0.28 ? "start" : "middle";
    write(root, at, top - 11, chart.reference_label || count(chart.reference, chart.decimals), { "text-anchor": anchor, "font-size": 13, "font-weight": 600 });
  }
  chart.points.forEach((one, place) => {
    const middle = top + tall * (place + (beside ? 0.5 : 0.72));
    write(root, beside ? left - 6 : 0, beside ? middle + 5 : middle - Math.min(14, tall * 0.26), one.label, beside ? { "text-anchor": "end" } : {});
    if (chart.kind === "bars") {
      const high_ = Math.min(24, tall * (beside ? 0.62 : 0.42));
      root.append(svg("rect", { x: x(0), y: middle - high_ / 2, width: Math.max(1, x(one.value) - x(0)), height: high_, fill: COLOURS[1] }));
    }
    if (one.low !== null) {
      const bar = chart.kind === "bars" ? INK : COLOURS[1];
      root.append(svg("line", { x1: x(one.low), x2: x(one.high), y1: middle, y2: middle, stroke: bar, "stroke-width": chart.kind === "bars" ? 2 : 3.5, "stroke-linecap": "round" }));
    }
    if (chart.kind === "dots") root.append(svg("circle", { cx: x(one.value), cy: middle, r: 6.5, fill: COLOURS[1], stroke: "var(--ek-paper)", "stroke-width": 1.5 }));
    write(root, SIDE - 2, middle + 5, quantity(chart, one.value), { "text-anchor": "end", "font-weight": 700 });
  });
}

function lines(root, chart, from) {
  const { low, high } = scaleOf(chart);
  const periods = [...new Set(chart.points.map((one) => one.label))];
  const names = [...new Set(chart.points.map((one) => one.series))];
  const { made, places } = ticksOf(low, high, 5);
  const left = Math.max(...made.map((one) => count(one, places).length)) * 7.6 + 12;
  const [top, bottom] = [from + 18, SIDE - 52];
  const x = (place) => left + 14 + (place * (SIDE - left - 50)) / Math.max(1, periods.length - 1);
  const y = (value) => top + (1 - (value - low) / (high - low)) * (bottom - top);
  for (const tick of made) {
    root.append(svg("line", { x1: left, x2: SIDE, y1: y(tick), y2: y(tick), stroke: "var(--ek-line)", "stroke-width": 1 }));
    write(root, left - 8, y(tick) + 5, count(tick, places), { fill: QUIET, "text-anchor": "end", "font-size": 13 });
  }
  periods.forEach((period, place) => {
    const [first, ...rest] = period.split(" to ");
    write(root, x(place), bottom + 22, rest.length ? first : period, { fill: QUIET, "text-anchor": "middle", "font-size": 13 });
    if (rest.length) write(root, x(place), bottom + 38, `to ${rest.join(" to ")}`, { fill: QUIET, "text-anchor": "middle", "font-size": 13 });
  });
  names.forEach((name, number) => {
    const mine = chart.points.filter((one) => one.series === name).map((one) => ({ ...one, x: x(periods.indexOf(one.label)) }));
    const colour = COLOURS[number % COLOURS.length];
    const held = mine.filter((one) => one.low !== null);
    if (held.length) {
      const edge = [...held.map((one) => `${one.x.toFixed(1)} ${y(one.high).toFixed(1)}`), ...held.reverse().map((one) => `${one.x.toFixed(1)} ${y(one.low).toFixed(1)}`)];
      root.append(svg("path", { d: `M${edge.join("L")}Z`, fill: colour, "fill-opacity": 0.3, stroke: colour, "stroke-width": 0.75 }));
    }
    root.append(svg("path", { d: `M${mine.map((one) => `${one.x.toFixed(1)} ${y(one.value).toFixed(1)}`).join("L")}`, fill: "none", stroke: colour, "stroke-width": 3, "stroke-dasharray": DASHES[number % DASHES.length], "stroke-linejoin": "round" }));
    for (const one of mine) root.append(svg("circle", { cx: one.x, cy: y(one.value), r: 4.5, fill: colour, stroke: "var(--ek-paper)", "stroke-width": 1.5 }));
    const start = mine[0];
    const last = mine[mine.length - 1];
    write(root, last.x, y(last.value) - 13, quantity(chart, last.value), { "text-anchor": "middle", "font-weight": 700 });
    const climbs = last.value > start.value; // a name stands clear of its line
    if (name) write(root, start.x - 8, y(start.value) + (climbs ? 24 : -13), `${name}, ${quantity(chart, start.value)}`, { "font-weight": 600 });
  });
}

/**
 * Draw a chart: a square, so that it takes as much room as the piece beside it.
 * @param {any} chart
 * @param {string} [said] Its text alternative; figures where none is given.
 */
export function drawChart(chart, said = "") {
  const root = svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, class: "ek-co-svg", role: "img", "aria-label": said || `${chart.title}: ${figures(chart)}`, focusable: "false" });
  if (chart.source.synthetic) write(root, 2, 16, "Synthetic figures: no real people", { fill: "var(--ek-turn)", "font-weight": 700 });
  (chart.kind === "lines" ? lines : rows)(root, chart, chart.source.synthetic ? 22 : 0);
  return root;
}
