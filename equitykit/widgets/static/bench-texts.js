// What the measure bench teaches: each measure as a formula, in plain words and worked out, and a lesson for each change.
import { h } from "./kit.js";
import { average, compute, counted, direction, isHarm, line, measured, number, plain, quantity, tableOf } from "./bench-model.js";

export const SHORT = {
  difference: "Difference",
  ratio: "Ratio",
  sii: "Slope index (SII)",
  rii: "Relative index (RII)",
  fraction: "Attributable fraction",
  concentration: "Concentration index",
  disparity: "Index of disparity",
  theil: "Theil × 1000",
};

export const GROUPS = [
  ["Absolute: in the figures’ own unit", ["difference", "sii"]],
  ["Relative: pure numbers", ["ratio", "rii", "fraction", "concentration", "disparity", "theil"]],
];

// A part in braces after _ is a subscript.
const SHAPES = {
  difference: () => "y_{1} − y_{n}",
  ratio: () => "y_{1} ÷ y_{n}",
  sii: (harm) => (harm ? "ŷ_{most} − ŷ_{least}" : "ŷ_{least} − ŷ_{most}"),
  rii: (harm) => (harm ? "ŷ_{most} ÷ ŷ_{least}" : "ŷ_{least} ÷ ŷ_{most}"),
  fraction: () => "100 × (y_{n} − μ) ÷ μ",
  concentration: () => "(2 ÷ μ) × Σ p_{i} (y_{i} − μ) (r_{i} − ½)",
  disparity: () => "(100 ÷ n) × Σ |y_{i} − μ| ÷ μ",
  theil: () => "1000 × Σ p_{i} (y_{i} ÷ μ) ln(y_{i} ÷ μ)",
  legend: (_, noun) => `In the formulas: y_{1} is the most deprived group’s ${noun} and y_{n} the least deprived group’s, of n groups; y_{i} is any group’s, `
    + "p_{i} its share of people, and r_{i} its rank, the share of people before it and half of its own, so that ranks run from 0 to 1. "
    + `μ is the average of all y_{i}, weighted by people. ŷ_{most} and ŷ_{least} are the two ends of the line fitted to all y_{i} on r_{i} by least squares, weighted by people. `
    + "Σ adds up over the groups.",
};

export function formula(measure, harm, noun = "") {
  return SHAPES[measure](harm, noun).split(/_\{([^}]+)\}/).map((text, place) => (place % 2 ? h("sub", { text }) : document.createTextNode(text)));
}

/** Each measure in plain words: what it says, and what it cannot see. */
export function explained(state, measure) {
  const { noun } = state;
  const harm = isHarm(state);
  return {
    difference: [`How far the most deprived group’s ${noun} lies above the least deprived group’s. It is in the figures’ own unit, so it can be turned into people.`,
      "It sees two groups, and nobody between them. It does not know whether the gap is a large or a small part of either figure."],
    ratio: [`How many times the least deprived group’s ${noun} the most deprived group’s is. 1 means no gap.`,
      "It sees two groups, and no amounts: 4 against 2 is the same ratio as 400 against 200. It changes when success is counted in place of failure."],
    sii: ["The gap between the two ends of the whole population, read off a line through all groups, larger groups counting for more.",
      `It is above 0 where the most deprived end is worse off${harm ? ", for a harm such as this the line’s fall" : ""}. It takes the gradient for a straight line: look whether yours is one.`],
    rii: ["One end of that line divided by the other.",
      `It is above 1 where the most deprived end is worse off: ${harm ? "the most deprived end over the least, as a higher figure is worse" : "the least deprived end over the most, as a higher figure is better"}. It does not exist where the line falls to 0.`],
    fraction: [`By how much the average would change if every group had the least deprived group’s ${noun}, in percent of it. ${harm ? "Below 0: a harm would fall." : "Above 0: a good would grow."}`,
      "It grows with the number of people in the gap, and it is arithmetic, not a forecast. It is 0 where the least deprived group does no better than the average."],
    concentration: ["How far what is counted gathers at one end: −1 if all of it were with the most deprived, 0 if it is spread evenly along the ranks, 1 if all were with the least deprived.",
      "It sees every group and its rank. It is a relative measure, and for what can be counted either way it depends on which side is counted. No correction for bounds is made here."],
    disparity: ["How far the groups lie from the average, on average, in percent of it. Every group counts alike, whatever its size.",
      "It does not know the order: turn the staircase round and it stays, as long as the groups are of equal size. It cannot tell whom the gap harms."],
    theil: ["How unequally what is counted is shared out: 0 where all groups are alike. Groups far above the average weigh most. Multiplied by 1000, as the World Health Organization does.",
      "It does not know the order, and its unit means nothing by itself: compare it only with itself, at another time or place."],
  }[measure];
}

/** A measure worked out with the figures on the bench. */
export function worked(state, measure) {
  const value = compute(state.rates, state.people, isHarm(state))[measure];
  if (value === null) return "With these figures it does not exist.";
  const n = (one) => number(one, state.decimals);
  const most = n(state.rates[0]);
  const least = n(state.rates[state.rates.length - 1]);
  const fitted = line(state.rates, state.people);
  const ends = [fitted.first, fitted.last].map((one) => number(one, Math.max(1, state.decimals)));
  const [top, bottom] = isHarm(state) ? ends : [...ends].reverse();
  const mean = n(average(state.rates, state.people));
  const told = measured(state, measure, value);
  return {
    difference: `Now: ${most} − ${least} = ${told}.`,
    ratio: `Now: ${most} ÷ ${least} = ${told}.`,
    sii: `Now: the line runs from ${ends[0]} at the most deprived end to ${ends[1]} at the least. ${top} − ${bottom} = ${told}.`,
    rii: `Now: ${top} ÷ ${bottom} = ${told}.`,
    fraction: `Now: 100 × (${least} − ${mean}) ÷ ${mean} = ${told}.`,
    concentration: `Now: ${told}.`,
    disparity: `Now: ${told}.`,
    theil: `Now: ${told}.`,
  }[measure];
}

const GOES = { wider: "widens", narrower: "narrows", same: "stays", none: "cannot be compared" };

/** What a change teaches, said of the figures on the bench: one or two sentences each. */
export function lesson(state, found) {
  const { start, now, mean, after } = found;
  const harm = isHarm(state, true);
  const way = (one) => direction(one, start[one], now[one], mean);
  const { noun } = state;
  const fell = harm ? "fell" : "rose";
  const factor = number(1 + ((harm ? -1 : 1) * state.percent) / 100, 2).replace(/0$/, "");
  const everybody = `The average ${noun} ${fell} from ${quantity(state, mean)} to ${quantity(state, after)}.`;
  const least = quantity(state, state.rates[state.rates.length - 1]);
  return {
    percent: [`Every ${noun} was multiplied by ${factor}. In a ratio the ${factor} stands above and below the line and cancels, so every relative measure stays. A difference is itself multiplied by ${factor}, so every absolute measure ${harm ? "narrows" : "widens"}.`,
      "Both reports are true, and each alone misleads. Give both, and the figures they are made of."],
    points: [`Every ${noun} moved by the same amount, so the distance between any two is what it was: absolute measures stay. The same amount is a larger part of a small figure than of a large one, so relative measures ${harm ? "widen" : "narrow"}.`,
      `${everybody} Whoever calls this a success or a failure of equity has chosen a measure first.`],
    least: [`${everybody} A report of that alone would call it progress. All of it went to one group, the least deprived.`,
      `The attributable fraction ${GOES[way("fraction")]}: its bar is the least deprived group’s ${noun}, now ${least}.`],
    most: [`All of the gain went to the most deprived. ${everybody}`,
      `The attributable fraction went only from ${plain(state, "fraction", start.fraction)} to ${plain(state, "fraction", now.fraction)}: it counts everybody who has not the least deprived group’s ${noun}, not the most deprived alone. A gap between two ends is one question; a gradient that runs through everybody is another.`],
    middle: ["Difference and ratio look at two groups and at nobody between them: for them nothing happened. "
      + `The slope index draws a line through all groups, and ${way("sii") === "same" ? "here it did not move" : `it ${GOES[way("sii")]}, from ${plain(state, "sii", start.sii)} to ${plain(state, "sii", now.sii)}`}.`,
    "Yet the most deprived gained nothing. A measure that sees the whole gradient can hide who was left behind: look at the groups as well."],
    reverse: [`Nobody’s life changed, only what is counted. The difference and the slope index have the same size from both sides. The ratio was ${plain(state, "ratio", start.ratio)} and is ${plain(state, "ratio", now.ratio)}: it depends on which side is counted${way("ratio") === "narrower" ? ", and the gap that it shows nearly vanishes when most people are on that side" : ""}.`,
      `So name what you count. Counted here: ${counted(state)}; at the start: ${state.outcome}. And put the difference beside the ratio.`],
    compare: [`From ${tableOf(state, state.start).name} to ${state.compare}, the average ${noun} went from ${quantity(state, mean)} to ${quantity(state, after)}. By the difference the gap ${GOES[way("difference")]}; by the ratio it ${GOES[way("ratio")]}.`,
      way("difference") === way("ratio") ? "Here absolute and relative agree. They need not: try the other changes."
        : "Absolute and relative disagree, and neither is wrong. A headline that gives one of them has taken a side: give both, and the figures."],
  }[state.preset] ?? [];
}
