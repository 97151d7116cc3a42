// What a board says of its rows: questions by rule, claims from the figures, words and rows. Written as
// equitykit/widgets/board_{rules,claims,words}.py write it; a test compares them.
import { xmr, FEWEST, SETTLED } from "./board-xmr.js";

export const LINKS = [["indicator", "Indicator"], ["series", "Where it stands"], ["owner", "Owner"], ["threshold", "Threshold"],
  ["consequence", "Consequence"], ["success", "Success"]];
export const FIELD_NAMES = ["title", "indicator", "owner", "threshold", "by", "consequence", "decides", "published", "success", "said_by"];
const ANSWERS = { changed: "something changed", wobbled: "it only wobbled" };
const COUNTED = /\d|\b(half|halve\w*|double\w*|parity|equal|none|zero|no gap)\b/i;
const YEAR = /(19|20)\d\d/;

export const textOf = (row, field) => String(row[field] ?? "").trim();
const plain = (reason) => reason.replace(/[ .]+$/, "");
const known = (series) => series.points.filter((one) => one[1] !== null);
export const hasFigures = (series) => Boolean(series) && known(series).length > 0;

export function figure(value, decimals) {
  const rounded = Math.floor(value * 10 ** decimals + 0.5) / 10 ** decimals;
  const shown = Math.abs(rounded).toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return rounded < 0 ? `−${shown}` : shown;
}

export function quantity(series, value) {
  const shown = figure(value, series.decimals);
  return series.unit === "%" ? `${shown}%` : `${shown} ${series.unit}`.trim();
}

const distance = (series, value) => (series.unit === "%" ? `${figure(value, series.decimals)} percentage points` : quantity(series, value));

export function chartOf(series) {
  return xmr(series.points.map((one) => one[0]), series.points.map((one) => one[1]), series);
}

export function ends(series, phase) {
  const values = known(series).map((one) => one[1]);
  const low = phase.low < 0 && Math.min(...values) >= 0 ? 0 : phase.low;
  const high = series.unit === "%" && phase.high > 100 && Math.max(...values) <= 100 ? 100 : phase.high;
  return [low, high];
}

function tested(series, drawn, place) {
  const before = drawn.phases[place - 1];
  if (before.status === "none") return [];
  const old = drawn.points.filter((one) => one.phase === place - 1);
  const now = drawn.points.filter((one) => one.phase === place);
  const both = [...old, ...now];
  const made = xmr(both.map((one) => one.period), both.map((one) => one.value), { baseline: Math.max(before.count, FEWEST) });
  const later = new Set(now.map((one) => one.period));
  return made.signals.flatMap((signal) => {
    const kept = signal.periods.filter((one) => later.has(one));
    if (!kept.length) return [];
    return [{ ...signal, periods: ["run", "trend"].includes(signal.rule) ? signal.periods : kept }];
  });
}

// ---- what a reader would ask

const yearIn = (said) => { const found = YEAR.exec(said); return found ? Number(found[0]) : null; };

function factsOf(row) {
  const said = textOf(row, "threshold");
  const { target } = row;
  const there = Boolean(said) || target !== null;
  const made = { "no-threshold": !there, "no-number": there && target === null && !COUNTED.test(said),
    "no-date": there && !YEAR.test(textOf(row, "by")) && !YEAR.test(said), "no-series": !hasFigures(row.series) };
  if (made["no-series"]) return made;
  const { series } = row;
  const drawn = chartOf(series);
  const last = drawn.phases[drawn.phases.length - 1];
  made.few = last.status === "none";
  made["empty-step"] = drawn.phases.some((phase, place) => phase.kind === "step" && drawn.phases[place - 1].status !== "none"
    && !tested(series, drawn, place).length);
  made["in-noise"] = target !== null && last.status !== "none" && last.low < target && target < last.high;
  const by = yearIn(textOf(row, "by"));
  const until = yearIn(series.points[series.points.length - 1][0]);
  made["date-passed"] = by !== null && until !== null && by < until;
  return made;
}

function applies(rule, row, facts) {
  if (rule.when === "fact") return Boolean(facts[rule.id]);
  const given = textOf(row, rule.field);
  if (rule.when === "empty") {
    const other = rule.needs ? textOf(row, rule.needs) : "-";
    return !given && Boolean(other) && !(rule.unless && new RegExp(rule.unless, "i").test(other));
  }
  if (rule.when === "same") return Boolean(given) && given.toLowerCase() === textOf(row, rule.other).toLowerCase();
  if (!new RegExp(rule.pattern, rule.case ? "" : "i").test(given)) return false;
  return !(rule.unless && new RegExp(rule.unless, "i").test(given));
}

export const asked = (row, rules) => { const facts = factsOf(row); return rules.filter((rule) => applies(rule, row, facts)); };

// ---- what the figures let anybody claim

export function signalWords(signal) {
  const { periods, side, rule } = signal;
  const [first, last, many] = [periods[0], periods[periods.length - 1], periods.length];
  const which = many <= 3 ? periods.join(", ") : `${many} figures from ${first} to ${last}`;
  if (rule === "outside") return `${which} ${side} the limits`;
  if (rule === "run") return `${many} in a row ${side} the centre line, ${first} to ${last}`;
  if (rule === "trend") return `${many} in a row ${side}, ${first} to ${last}`;
  return `two of three near the ${side === "above" ? "upper" : "lower"} limit, ${which}`;
}

const spanOf = (phase) => (phase.first === phase.last ? phase.first : `${phase.first} to ${phase.last}`);
const lastOf = (items) => items[items.length - 1];

function direction(series, signals, held) {
  if (series.better === "neither") return "";
  const place = new Map(held.map((one, at) => [one.period, at]));
  let latest = signals[0];
  for (const one of signals) if (place.get(lastOf(one.periods)) > place.get(lastOf(latest.periods))) latest = one;
  const up = ["above", "rising"].includes(latest.side);
  return ` The latest goes ${up === (series.better === "higher") ? "the way the plan wants" : "the other way"}.`;
}

function within(series, drawn, held) {
  const last = lastOf(drawn.phases);
  const [low, high] = ends(series, last);
  const signals = drawn.signals.filter((one) => one.phase === drawn.phases.length - 1);
  if (signals.length) {
    const made = [["can", `Say that something is different: ${signals.map(signalWords).join("; ")}.${direction(series, signals, held)}`]];
    const out = signals.filter((one) => one.rule === "outside").reduce((total, one) => total + one.periods.length, 0);
    if (2 * out >= last.figures) made.push(["cannot", `Expect the next figure between the limits: ${out} of ${last.figures} lie outside. Limits describe a process that stays, and this one does not.`]);
    const run = signals.find((one) => one.rule === "run" && held.length && lastOf(one.periods) === lastOf(held).period && one.periods[0] !== last.first);
    if (run) made.push(["can", `Compute the limits anew from ${run.periods[0]}, if a change was named for that time before anybody saw the figures.`]);
    made.push(["cannot", "Say what made the difference, or who: a chart dates a change and does not explain it. Ask what else happened then."]);
    return made;
  }
  const made = [["can", `Say that ${spanOf(last)} looks like one process: around ${quantity(series, last.mean)}. Unless something changes, expect the next figure between ${quantity(series, low)} and ${quantity(series, high)}.`]];
  if (held.length > 1) {
    const [before, now] = held.slice(-2);
    made.push(["cannot", `Call ${quantity(series, now.value)} in ${now.period} a change on ${quantity(series, before.value)} in ${before.period}: differences like this are usual here.`]);
  }
  made.push(["cannot", `Say that nothing changed: a change of less than about ${distance(series, last.high - last.mean)} can hide in limits as wide as these.`]);
  return made;
}

function stepClaims(series, drawn, place) {
  const before = drawn.phases[place - 1];
  const phase = drawn.phases[place];
  const reason = plain(phase.reason);
  if (before.status === "none") return [["cannot", `Say whether “${reason}” changed the figures: there are too few before ${phase.first}.`]];
  const found = tested(series, drawn, place);
  const made = found.length
    ? [["can", `Say that figures from ${phase.first} on (“${reason}”) differ from those before: held against the earlier limits, ${found.map(signalWords).join("; ")}. The mean was ${quantity(series, before.mean)} and is ${quantity(series, phase.mean)}.`]]
    : [["cannot", `Claim that “${reason}” changed the figures: held against the limits of before, nothing from ${phase.first} on is a signal. A step drawn without one hides that.`]];
  const old = drawn.points.filter((one) => one.phase === place - 1 && one.value !== null);
  const recent = old.slice(-3);
  const start = recent.reduce((total, one) => total + one.value, 0) / recent.length;
  for (const [sign, name, way] of [[-1, "lowest", "rise"], [1, "highest", "fall"]]) {
    const extreme = old.reduce((best, one) => (sign * (one.value - best.value) > 0 ? one : best));
    const moved = way === "rise" ? phase.mean > start : phase.mean < start;
    if (old.length >= 8 && recent.includes(extreme) && moved) {
      made.push(["cannot", `Count the whole ${way} since ${phase.first}: it was begun after the ${name} figure of before (${quantity(series, extreme.value)} in ${extreme.period}). After an extreme figure the next usually lies nearer the middle, whatever is done.`]);
      break;
    }
  }
  return made;
}

function targetClaims(series, last, target) {
  const [low, high] = ends(series, last);
  const shown = quantity(series, target);
  const between = `${quantity(series, low)} to ${quantity(series, high)}`;
  if (last.low < target && target < last.high) return [["cannot", `Take one figure that meets ${shown} as success: it lies inside the limits (${between}), so the process as it is meets and misses it by chance.`]];
  if (series.better === "neither") return [];
  if ((target >= last.high) === (series.better === "higher")) return [["can", `Say that ${shown} will not be reached by waiting: it lies outside what the process gives now (${between}). Something has to be changed.`]];
  return [["can", `Say that the process as it is meets ${shown} as a rule: all of ${between} is on the right side of it.`]];
}

export function claims(row) {
  const { series } = row;
  if (!hasFigures(series)) return [["cannot", "Say whether anything changed: there is no series of figures."]];
  const drawn = chartOf(series);
  const last = lastOf(drawn.phases);
  const held = drawn.points.filter((one) => one.phase === drawn.phases.length - 1 && one.value !== null);
  const made = [];
  if (last.status === "none") {
    made.push(["cannot", `Say whether ${spanOf(last)} shows change or noise: ${last.figures} figure${last.figures === 1 ? "" : "s"}. Limits take ${FEWEST} in a row at least, and are settled from ${SETTLED}.`]);
  } else {
    made.push(...within(series, drawn, held));
    if (last.status === "trial") made.push(["cannot", `Rely on these limits: they rest on ${last.count} figures, and until there are ${SETTLED} each new one may move them.`]);
  }
  drawn.phases.forEach((phase, place) => {
    if (phase.kind === "break") made.push(["cannot", `Compare the figures from ${phase.first} on with those before: ${plain(phase.reason)}.`]);
    else if (phase.kind === "step") made.push(...stepClaims(series, drawn, place));
  });
  const gaps = drawn.points.filter((one) => one.value === null).map((one) => one.period);
  if (gaps.length) {
    const which = gaps.length <= 4 ? gaps.join(", ") : `${gaps.length} periods between ${gaps[0]} and ${lastOf(gaps)}`;
    made.push(["cannot", `Say anything of ${which}: no figure is known, so no line is drawn through the gap.`]);
  }
  if (row.target !== null && last.status !== "none") made.push(...targetClaims(series, last, row.target));
  return made;
}

/** Where a series stands, in one sentence. */
export function reading(series) {
  if (!hasFigures(series)) return "No series of figures.";
  const drawn = chartOf(series);
  const place = drawn.phases.length - 1;
  const last = drawn.phases[place];
  const [period, value] = lastOf(known(series));
  const now = `${series.synthetic ? "Synthetic figures. " : ""}${quantity(series, value)} in ${period}.`;
  if (last.status === "none") return `${now} Too few figures to tell change from noise.`;
  const [low, high] = ends(series, last);
  const many = drawn.signals.filter((one) => one.phase === place).length;
  const said = many ? `${many} signal${many === 1 ? "" : "s"}` : "No signal";
  return `${now} ${said}${place ? ` since ${last.first}` : ""}: centre ${quantity(series, last.mean)}, ${last.status === "trial" ? "trial limits" : "limits"} ${quantity(series, low)} to ${quantity(series, high)}.`;
}

// ---- words and rows

export function stated(row, link) {
  if (link === "series") return row.series ? reading(row.series) : "";
  if (link === "threshold") {
    const said = textOf(row, "threshold") || (row.target === null ? "" : figure(row.target, 2).replace(/\.00$/, ""));
    const by = textOf(row, "by");
    return said && by ? `${said}, by ${by}` : said;
  }
  if (link === "consequence") {
    const more = [["decides", "decided by"], ["published", "published"]].filter(([field]) => textOf(row, field)).map(([field, name]) => `${name}: ${textOf(row, field)}`);
    return textOf(row, "consequence") || more.length ? [textOf(row, "consequence") || "none stated", ...more].join("; ") : "";
  }
  if (link === "success") {
    const said = textOf(row, "success");
    const who = textOf(row, "said_by");
    return said && who ? `${said} (said by: ${who})` : said;
  }
  return textOf(row, link);
}

/** Whether a link of the chain says nothing. */
export const missing = (row, link) => (link === "consequence" ? !textOf(row, "consequence") : !stated(row, link));

const ended = (said) => (/[.?!]$/.test(said) ? said : `${said}.`);

function rowWords(row, place, rules) {
  const told = [`Row ${place + 1}, ${textOf(row, "title") || "untitled"}.`];
  for (const [link, name] of LINKS) told.push(`${name}: ${ended(stated(row, link) || "not stated")}`);
  const found = asked(row, rules);
  if (found.length) told.push(`A reader would ask: ${found.map((one) => one.title.toLowerCase()).join("; ")}.`);
  for (const [kind, claim] of claims(row)) told.push(`${kind === "can" ? "You can" : "You cannot"}: ${claim[0].toLowerCase()}${claim.slice(1)}`);
  return told.join(" ");
}

export function guessWords(test, guess) {
  const { series } = test;
  const held = known(series);
  const values = held.map((one) => one[1]);
  const said = `${test.title} (synthetic): ${held.length} figures from ${held[0][0]} to ${lastOf(held)[0]}, between ${quantity(series, Math.min(...values))} and ${quantity(series, Math.max(...values))}. ${test.story}`;
  if (!guess) return `${said} Not judged yet.`;
  const drawn = chartOf(series);
  const [low, high] = ends(series, lastOf(drawn.phases));
  const found = drawn.signals.map(signalWords).join("; ") || "no signal";
  const mine = guess.said === "shown" ? "Judged without a prediction." : `Predicted: ${ANSWERS[guess.said]}. Drawn: ${quantity(series, guess.low)} to ${quantity(series, guess.high)}.`;
  return `${said} ${mine} Limits from the first ${series.baseline} figures: ${quantity(series, low)} to ${quantity(series, high)}; ${found}. ${test.truth}`;
}

export function boardWords(state) {
  const parts = [];
  if (state.parts.includes("predict")) parts.push(...state.tests.map((one) => guessWords(one, state.guesses[one.id])));
  if (state.parts.includes("board")) parts.push(state.plan, ...state.rows.map((row, place) => rowWords(row, place, state.rules)));
  return parts.filter(Boolean).join(" ");
}

export function boardTable(state) {
  if (state.parts.includes("board")) {
    return [["Row", ...LINKS.map(([, name]) => name), "A reader would ask"], ...state.rows.map((row, place) => [
      textOf(row, "title") || `Row ${place + 1}`, ...LINKS.map(([link]) => stated(row, link) || "not stated"),
      asked(row, state.rules).map((one) => one.title).join("; ") || "nothing by these rules"])];
  }
  return [["Series", "Figures", "Prediction", "Limits", "Signals"], ...state.tests.map((test) => {
    const { series } = test;
    const held = known(series);
    const guess = state.guesses[test.id];
    const figures = `${held.length}, ${held[0][0]} to ${lastOf(held)[0]}`;
    if (!guess) return [test.title, figures, "not yet", "not shown", "not shown"];
    const drawn = chartOf(series);
    const [low, high] = ends(series, lastOf(drawn.phases));
    return [test.title, figures, guess.said === "shown" ? "none" : ANSWERS[guess.said], `${quantity(series, low)} to ${quantity(series, high)}`,
      drawn.signals.map(signalWords).join("; ") || "none"];
  })];
}

export function pointRows(series) {
  const drawn = chartOf(series);
  return [["Period", "Figure", "Moving range", "Centre", "Limits", "Signals"], ...drawn.points.map((point) => {
    const phase = drawn.phases[point.phase];
    const limited = phase.status !== "none";
    return [point.period, point.value === null ? "not known" : quantity(series, point.value), point.movingRange === null ? "none" : figure(point.movingRange, series.decimals),
      limited ? quantity(series, phase.mean) : "none",
      limited ? ends(series, phase).map((one) => quantity(series, one)).join(" to ") : "none", point.signals.join(", ") || "none"];
  })];
}
