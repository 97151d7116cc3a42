// The control chart as a drawing: figures, centre line, limits, signals by shape, steps, breaks and gaps.
import { h, svg } from "./kit.js";
import { RULE_ORDER } from "./board-xmr.js";
import { chartOf, ends, figure, quantity, reading } from "./board-model.js";

const NAMES = { outside: "outside the limits", run: "seven or more on one side", trend: "seven or more rising or falling", "two of three": "two of three near a limit" };

/** A mark whose shape says which rule a figure meets, so that colour is never alone. */
export function signalMark(rule, x, y, size) {
  const place = { transform: `translate(${x} ${y})`, class: `ek-bd-mark ek-bd-${rule ? "signal" : "usual"}` };
  if (rule === "outside") return svg("path", { ...place, d: `M0 ${-size * 1.5}L${size * 1.5} 0L0 ${size * 1.5}L${-size * 1.5} 0Z` });
  if (rule === "trend") return svg("path", { ...place, d: `M0 ${-size * 1.3}L${size * 1.25} ${size}L${-size * 1.25} ${size}Z` });
  if (rule === "two of three") return svg("rect", { ...place, x: -size, y: -size, width: 2 * size, height: 2 * size });
  return svg("circle", { ...place, r: rule ? size * 1.15 : size * 0.8 });
}

export function niceTicks(low, high, many) {
  const raw = (high - low) / many || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= raw);
  const made = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step) made.push(at);
  return { ticks: made, places: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}

/**
 * Draw a series.
 * @param {any} series
 * @param {{width: number, height?: number, limits?: boolean, target?: number|null, band?: [number, number]|null, from?: string, small?: boolean}} how
 */
export function drawSeries(series, { width, height = 280, limits = true, target = null, band = null, from = "", small = false }) {
  const drawn = chartOf(series);
  const { points } = drawn;
  const margin = { left: small ? 4 : 40, right: small ? 4 : 62, top: 16, bottom: small ? 8 : 30 };
  const held = points.map((one) => one.value).filter((one) => one !== null);
  const lines = limits ? drawn.phases.filter((one) => one.status !== "none").flatMap((one) => ends(series, one)) : [];
  const all = [...held, ...lines, ...(target === null ? [] : [target]), ...(band ?? [])];
  const spread = Math.max(...all) - Math.min(...all) || Math.abs(all[0]) * 0.1 || 1;
  const low = Math.min(...all) - spread * 0.08;
  const high = Math.max(...all) + spread * 0.08;
  const inner = width - margin.left - margin.right;
  const gap = points.length > 1 ? inner / (points.length - 1) : 0;
  const x = (place) => margin.left + (points.length > 1 ? place * gap : inner / 2);
  const y = (value) => margin.top + (1 - (value - low) / (high - low)) * (height - margin.top - margin.bottom);
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: `ek-bd-svg${small ? " ek-bd-small" : ""}`, role: "img", "aria-label": limits ? reading(series) : series.title, focusable: "false" });
  const line = (x1, y1, x2, y2, kind) => root.append(svg("line", { x1, y1, x2, y2, class: `ek-bd-${kind}` }));
  const write = (at, up, text, kind, anchor = "start") => root.append(svg("text", { x: at, y: up, class: `ek-bd-text ek-bd-${kind}`, "text-anchor": anchor }, text));

  if (!small) {
    const { ticks, places } = niceTicks(low, high, 4);
    for (const tick of ticks) {
      line(margin.left, y(tick), width - margin.right, y(tick), "grid");
      write(margin.left - 6, y(tick) + 4, figure(tick, Math.max(places, 0)), "tick", "end");
    }
    const every = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor(inner / 84))));
    points.forEach((point, place) => {
      if (place % every || x(place) + 34 > width - (margin.right - 44)) return;
      write(x(place), height - 8, point.period, "tick", "middle");
    });
  }
  if (band) root.append(svg("rect", { x: margin.left, width: inner, y: y(band[1]), height: Math.max(1, y(band[0]) - y(band[1])), class: "ek-bd-band" }));
  if (limits) {
    drawn.phases.forEach((phase, index) => {
      const places = points.map((one, place) => (one.phase === index ? place : -1)).filter((one) => one >= 0);
      const [start, end] = [x(places[0]) - (index ? gap * 0.4 : 0), x(places[places.length - 1]) + (index + 1 < drawn.phases.length ? gap * 0.4 : 0)];
      if (index) {
        line(start - gap * 0.1, margin.top - 8, start - gap * 0.1, height - margin.bottom, phase.kind);
        if (!small) write(start - gap * 0.1 + 4, margin.top - 2, phase.kind, "tick");
      }
      if (phase.status === "none") return;
      const [bottom, top] = ends(series, phase);
      root.append(svg("rect", { x: start, width: Math.max(1, end - start), y: y(top), height: Math.max(1, y(bottom) - y(top)), class: "ek-bd-within" }));
      line(start, y(top), end, y(top), `limit${phase.status === "trial" ? " ek-bd-trial" : ""}`);
      line(start, y(bottom), end, y(bottom), `limit${phase.status === "trial" ? " ek-bd-trial" : ""}`);
      line(start, y(phase.mean), end, y(phase.mean), "centre");
      if (!small && index === drawn.phases.length - 1) {
        for (const value of [top, phase.mean, bottom]) write(width - margin.right + 8, y(value) + 4, quantity(series, value), "label");
      }
    });
  }
  if (target !== null) {
    line(margin.left, y(target), width - margin.right, y(target), "target");
    if (!small) write(margin.left + 4, y(target) - 5, `threshold ${quantity(series, target)}`, "label");
  }
  if (from) {
    const place = points.findIndex((one) => one.period === from) - 0.5;
    if (place > 0) line(x(place), margin.top - 8, x(place), height - margin.bottom, "from");
  }
  let path = "";
  points.forEach((point, place) => {
    const before = points[place - 1];
    if (point.value === null) return;
    const joined = before && before.value !== null && (!limits || before.phase === point.phase);
    path += `${joined ? "L" : "M"}${x(place).toFixed(1)} ${y(point.value).toFixed(1)}`;
  });
  root.append(svg("path", { d: path, class: "ek-bd-line" }));
  const size = small ? 2.6 : Math.min(4.5, Math.max(3, gap / 3));
  points.forEach((point, place) => {
    if (point.value === null) {
      if (!small) write(x(place), height - margin.bottom - 4, "?", "gap", "middle");
      return;
    }
    const mark = signalMark(limits ? point.signals[0] : undefined, x(place), y(point.value), size);
    mark.append(svg("title", {}, `${point.period}: ${quantity(series, point.value)}${limits && point.signals.length ? `, ${point.signals.join(", ")}` : ""}`));
    root.append(mark);
  });
  return { root, y, value: (up) => low + (1 - (up - margin.top) / (height - margin.top - margin.bottom)) * (high - low), margin };
}

/** What the marks of a chart mean: only those that are there. */
export function chartKey(series, { band = false, from = false, target = null } = {}) {
  const drawn = chartOf(series);
  const rules = RULE_ORDER.filter((rule) => drawn.points.some((one) => one.signals[0] === rule));
  const sample = (mark) => svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false" }, mark);
  const line = (kind, up = false) => sample(svg("line", { ...(up ? { x1: 8, x2: 8, y1: 0, y2: 16 } : { x1: 0, x2: 16, y1: 8, y2: 8 }), class: `ek-bd-${kind}` }));
  const statuses = drawn.phases.map((one) => one.status);
  const kinds = drawn.phases.map((one) => one.kind);
  const items = [...(statuses.some((one) => one !== "none") ? [[line("centre"), "centre line (mean)"]] : []), ...(statuses.includes("set") ? [[line("limit"), "limits"]] : []),
    ...(statuses.includes("trial") ? [[line("limit ek-bd-trial"), "trial limits"]] : []),
    ...(band ? [[sample(svg("rect", { x: 1, y: 2, width: 14, height: 12, class: "ek-bd-band" })), "the range you drew"]] : []), ...(from ? [[line("from", true), "what is said to have happened"]] : []),
    ...(kinds.includes("step") ? [[line("step", true), "step: limits computed anew"]] : []), ...(kinds.includes("break") ? [[line("break", true), "break: the count changed"]] : []),
    ...(target === null ? [] : [[line("target"), "threshold"]]),
    ...rules.map((rule) => [sample(signalMark(rule, 8, 8, 4.5)), NAMES[rule]])];
  if (series.points.some((one) => one[1] === null)) items.push([h("span", { "aria-hidden": "true", text: "?" }), "no figure known"]);
  return h("p", { class: "ek-bd-key" }, ...items.map(([mark, text]) => h("span", {}, mark, text)));
}

/** A chart that is drawn anew where its place gets wider or narrower. */
export function livingChart(draw) {
  const element = h("div", { class: "ek-bd-chart" });
  let width = 0;
  const redraw = () => {
    const now = element.clientWidth > 160 ? Math.round(element.clientWidth) : 640;
    width = now;
    element.replaceChildren(...draw(now));
  };
  const watch = new ResizeObserver(() => { if (Math.abs((element.clientWidth || width) - width) > 1) redraw(); });
  watch.observe(element);
  redraw();
  return { element, redraw, stop: () => watch.disconnect() };
}
