// The XmR chart, as equitykit/measures/control_chart.py draws it: limits, phases and the four rules. A test compares them.

const LIMIT = 2.66;
const RANGE_LIMIT = 3.27;
const NEAR = 2 / 3;
export const FEWEST = 5;
export const SETTLED = 12;
export const RULE_ORDER = ["outside", "run", "trend", "two of three"];

const isGap = (value) => value === null || Number.isNaN(value);
const sum = (values) => values.reduce((total, one) => total + one, 0);
const sideName = (sign) => (sign > 0 ? "above" : "below");

/** Stretches of one sign that is not 0: [sign, places]. */
function stretches(signs) {
  const found = [];
  signs.forEach((sign, place) => {
    if (!sign) return;
    const last = found[found.length - 1];
    if (last && last[0] === sign && last[1][last[1].length - 1] === place - 1) last[1].push(place);
    else found.push([sign, [place]]);
  });
  return found;
}

function phaseOf(names, values, ranges, kind, reason, baseline) {
  const held = values.map((one, place) => (isGap(one) ? -1 : place)).filter((place) => place >= 0);
  const used = baseline ? held.slice(0, baseline) : held;
  const last = used.length ? used[used.length - 1] : -1;
  const steps = ranges.slice(0, last + 1).filter((one) => one !== null);
  const enough = steps.length >= FEWEST - 1;
  const mean = used.length ? sum(used.map((place) => values[place])) / used.length : NaN;
  const spread = enough ? sum(steps) / steps.length : NaN;
  return { first: names[0], last: names[names.length - 1], kind, reason, count: used.length, figures: held.length, mean,
    meanMovingRange: spread, low: mean - LIMIT * spread, high: mean + LIMIT * spread, rangeLimit: RANGE_LIMIT * spread,
    status: enough ? (used.length < SETTLED ? "trial" : "set") : "none" };
}

function signalsOf(values, phase, run, trend) {
  if (phase.status === "none") return [];
  const grain = 1e-10 * Math.max(...values.filter((one) => !isGap(one)).map(Math.abs));
  const reach = phase.high - phase.mean;
  const beyond = (one, part) => {
    if (isGap(one) || Math.abs(one - phase.mean) <= part * reach + grain) return 0;
    return one > phase.mean ? 1 : -1;
  };
  const side = values.map((one) => beyond(one, 0));
  const near = values.map((one) => beyond(one, NEAR));
  const out = values.map((one) => beyond(one, 1));
  const way = values.map((one, place) => {
    const before = place ? values[place - 1] : null;
    if (isGap(one) || isGap(before) || Math.abs(one - before) <= grain) return 0;
    return one > before ? 1 : -1;
  });
  const found = [1, -1].map((sign) => ["outside", sideName(sign), out.flatMap((one, place) => (one === sign ? [place] : []))]).filter((one) => one[2].length);
  for (const [sign, where] of stretches(side)) if (where.length >= run) found.push(["run", sideName(sign), where]);
  for (const [sign, where] of stretches(way)) {
    if (where.length >= trend - 1) found.push(["trend", sign > 0 ? "rising" : "falling", [where[0] - 1, ...where]]);
  }
  for (const [sign, where] of stretches(side)) {
    const close = new Set();
    for (const place of where.slice(0, -2)) {
      const pair = [place, place + 1, place + 2].filter((one) => near[one]);
      if (pair.length >= 2) pair.forEach((one) => close.add(one));
    }
    const places = [...close].sort((a, b) => a - b);
    if (places.length && !places.every((one) => out[one])) found.push(["two of three", sideName(sign), places]);
  }
  return found;
}

/**
 * Draw up the chart. A missing figure is null; steps and breaks are [period, reason].
 * @returns {{points: any[], phases: any[], signals: any[]}}
 */
export function xmr(periods, values, { baseline = null, steps = [], breaks = [], run = 7, trend = 7 } = {}) {
  const starts = new Map([[0, ["start", ""]]]);
  for (const [kind, given] of [["step", steps], ["break", breaks]]) {
    for (const [at, reason] of given) {
      const place = periods.indexOf(at);
      if (place > 0) starts.set(place, [kind, reason.trim()]);
    }
  }
  const order = [...starts.keys()].sort((a, b) => a - b);
  const made = { points: [], phases: [], signals: [] };
  order.forEach((at, index) => {
    const until = index + 1 < order.length ? order[index + 1] : periods.length;
    const names = periods.slice(at, until);
    const held = values.slice(at, until);
    const ranges = held.map((one, place) => (place && !isGap(one) && !isGap(held[place - 1]) ? Math.abs(one - held[place - 1]) : null));
    const phase = phaseOf(names, held, ranges, ...starts.get(at), baseline);
    const flags = signalsOf(held, phase, run, trend);
    made.phases.push(phase);
    for (const [rule, side, where] of flags) made.signals.push({ rule, side, periods: where.map((one) => names[one]), phase: index });
    names.forEach((period, one) => made.points.push({ period, value: held[one], movingRange: ranges[one], phase: index,
      signals: RULE_ORDER.filter((rule) => flags.some((flag) => flag[0] === rule && flag[2].includes(one))) }));
  });
  return made;
}
