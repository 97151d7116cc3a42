// What the measure bench computes and says. Every sum is that of equitykit.measures; words and rows are written as
// equitykit/widgets/bench_words.py writes them.

export const MEASURES = ["difference", "ratio", "sii", "rii", "fraction", "concentration", "disparity", "theil"];
export const NAMES = {
  difference: "Difference, most − least deprived",
  ratio: "Ratio, most ÷ least deprived",
  sii: "Slope index of inequality (SII)",
  rii: "Relative index of inequality (RII)",
  fraction: "Population attributable fraction",
  concentration: "Concentration index",
  disparity: "Index of disparity",
  theil: "Theil index, × 1000",
};
const ABSOLUTE = ["difference", "sii"];
const RATIOS = ["ratio", "rii"];
const SIGNED_BY_FIGURE = ["difference", "ratio", "fraction", "concentration"]; // not by who is worse off
const CHANGES = { wider: "wider", narrower: "narrower", same: "the same", none: "cannot be compared" };

// ---- the sums

const sum = (values) => values.reduce((total, one) => total + one, 0);

/** The relative rank (ridit) of each group: the share of people before it, and half of its own. */
export function midRanks(people) {
  const whole = sum(people);
  let before = 0;
  return people.map((many) => {
    const rank = (before + many / 2) / whole;
    before += many;
    return rank;
  });
}

/** The average of the groups' figures, weighted by people. */
export const average = (rates, people) => sum(rates.map((rate, place) => rate * people[place])) / sum(people);

/** The line fitted to the groups' figures on their ranks by least squares, weighted by people. */
export function line(rates, people) {
  const whole = sum(people);
  const ranks = midRanks(people);
  const mean = average(rates, people);
  const spread = sum(ranks.map((rank, place) => (people[place] / whole) * (rank - 0.5) ** 2));
  const together = sum(ranks.map((rank, place) => (people[place] / whole) * (rank - 0.5) * (rates[place] - mean)));
  const slope = together / spread;
  return { slope, first: mean - slope / 2, last: mean + slope / 2, mean, together };
}

/**
 * Every measure of a table of groups, most deprived first; null where a measure does not exist for these figures.
 * @param {number[]} rates
 * @param {number[]} people
 * @param {boolean} harm Whether a higher figure is worse.
 */
export function compute(rates, people, harm) {
  const whole = sum(people);
  const { slope, first, last, mean, together } = line(rates, people);
  const [most, least] = [rates[0], rates[rates.length - 1]];
  const wanting = harm ? -1 : 1;
  const attributable = ((least - mean) / mean) * 100;
  const terms = rates.map((rate, place) => {
    const against = rate / mean;
    return against ? (people[place] / whole) * against * Math.log(against) : 0;
  });
  return {
    difference: most - least,
    ratio: most > 0 && least > 0 ? most / least : null,
    sii: wanting * slope,
    rii: first > 0 && last > 0 ? (harm ? first / last : last / first) : null,
    fraction: mean ? wanting * Math.max(wanting * attributable, 0) : null,
    concentration: mean ? (2 * together) / mean : null,
    disparity: mean ? (100 / rates.length) * sum(rates.map((rate) => Math.abs(rate - mean) / mean)) : null,
    theil: mean ? 1000 * Math.max(sum(terms), 0) : null,
  };
}

/** How far a measure lies from saying that there is no gap: from 0, or from 1 for a ratio. */
const away = (measure, value) => Math.abs(RATIOS.includes(measure) ? Math.log(value) : value);

/** What happened to the gap by one measure: wider, narrower, same, or none where it is not known. */
export function direction(measure, start, now, mean) {
  if (start === null || now === null) return "none";
  const [before, after] = [away(measure, start), away(measure, now)];
  if (Math.abs(after - before) <= 1e-9 * Math.max(before, after, ABSOLUTE.includes(measure) ? mean : 1)) return "same";
  return after > before ? "wider" : "narrower";
}

/** Whether a measure now says that the gap harms the other end; `harms` says whether a higher figure is worse, then and now. */
export function turned(measure, start, now, mean, harms) {
  if (start === null || now === null) return false;
  const none = RATIOS.includes(measure) ? 1 : 0;
  const before = start - none;
  const after = (now - none) * (SIGNED_BY_FIGURE.includes(measure) && harms[0] !== harms[1] ? -1 : 1);
  return before * after < 0 && Math.min(Math.abs(before), Math.abs(after)) > 1e-9 * (ABSOLUTE.includes(measure) ? mean : 1);
}

// ---- the presets

export const tableOf = (state, name) => state.tables.find((one) => one.name === name);

export const isHarm = (state, atStart = false) => (state.higher_is === "worse") !== (state.reversed && !atStart);

/** The figures of the starting table after a preset. */
export function moved(state, preset) {
  const { rates } = tableOf(state, state.start);
  const sign = state.higher_is === "better" ? 1 : -1;
  const factor = 1 + (sign * state.percent) / 100;
  const count = rates.length;
  const touched = {
    percent: () => true,
    least: (place) => place === count - 1,
    most: (place) => place === 0,
    middle: (place) => place >= 1 && place < Math.floor(count / 2),
  }[preset];
  if (touched) return rates.map((rate, place) => (touched(place) ? rate * factor : rate));
  if (preset === "points") return rates.map((rate) => rate + sign * state.points);
  if (preset === "reverse") return rates.map((rate) => state.out_of - rate);
  return [...tableOf(state, state.compare).rates];
}

/** All that a preset changes; "" goes back to the start. */
export function applied(state, preset) {
  const held = tableOf(state, preset === "compare" ? state.compare : state.start);
  const next = { ...state, preset, reversed: preset === "reverse", people: [...held.people] };
  return { ...next, rates: preset ? moved(state, preset) : [...tableOf(state, state.start).rates] };
}

// ---- what a state says

/** A number with thousands separated and a true minus sign; halves go up, away from 0. */
export function number(value, places) {
  const size = Math.floor(Math.abs(value) * 10 ** places + 0.5 + 1e-9) / 10 ** places;
  const shown = size.toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
  return (value < 0 && size ? "−" : "") + shown;
}

function fine(value, least, most) {
  if (Math.abs(value) < 1e-12) return least;
  let places = least;
  while (places < most && Math.abs(value) * 10 ** places < 9.5) places += 1;
  return places;
}

export function quantity(state, value) {
  const shown = number(value, state.decimals);
  return state.unit === "%" ? `${shown}%` : `${shown} ${state.unit}`.trim();
}

/** A measure's value without its unit. */
export function plain(state, measure, value) {
  if (value === null) return "–";
  if (ABSOLUTE.includes(measure)) return number(value, Math.max(state.decimals, measure === "sii" ? 1 : 0));
  if (RATIOS.includes(measure)) return number(value, fine(value - 1, 2, 5));
  if (measure === "concentration") return number(value, fine(value, 3, 6));
  const shown = number(value, fine(value, 1, 4));
  return measure === "theil" ? shown : `${shown}%`;
}

/** The unit that goes after a measure's value. */
export function unitOf(state, measure) {
  if (!ABSOLUTE.includes(measure)) return "";
  return state.unit === "%" ? "percentage points" : state.unit;
}

export const measured = (state, measure, value) =>
  (value === null ? "does not exist here" : `${plain(state, measure, value)} ${unitOf(state, measure)}`.trim());

/** Every measure at the start and now, and the averages. */
export function both(state) {
  const first = tableOf(state, state.start);
  return {
    start: compute(first.rates, first.people, isHarm(state, true)),
    now: compute(state.rates, state.people, isHarm(state)),
    mean: average(first.rates, first.people),
    after: average(state.rates, state.people),
  };
}

export function change(state, measure, start, now, mean) {
  const said = CHANGES[direction(measure, start, now, mean)];
  return turned(measure, start, now, mean, [isHarm(state, true), isHarm(state)]) ? `${said}, the other way round` : said;
}

export function title(state) {
  if (state.preset === "own") return "figures moved by hand";
  return state.presets.find((one) => one.id === state.preset)?.title ?? "";
}

export const counted = (state, atStart = false) => (state.reversed && !atStart ? state.opposite : state.outcome);
export const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
export const spelt = (state) => (state.unit === "%" ? "in percent" : state.unit);

const listed = (state, rates) => state.groups.map((label, place) => `${label}: ${number(rates[place], state.decimals)}`).join("; ");

export function words(state) {
  const first = tableOf(state, state.start);
  const { start, now, mean, after } = both(state);
  const begun = first.name ? `${first.name}, at the start` : "At the start";
  const parts = [`${capital(counted(state, true))}, ${spelt(state)}.`, `${begun}: ${listed(state, first.rates)}.`];
  if (!state.preset) {
    parts.push(`Average, weighted by people: ${quantity(state, mean)}.`,
      `${MEASURES.map((one) => `${NAMES[one]}: ${measured(state, one, start[one])}`).join("; ")}.`);
    return parts.join(" ");
  }
  const counts = state.reversed ? ` (counted: ${counted(state)})` : "";
  const told = MEASURES.map((one) => `${NAMES[one]}: ${measured(state, one, start[one])}, now ${measured(state, one, now[one])}, `
    + change(state, one, start[one], now[one], mean));
  parts.push(`Now, ${title(state)}${counts}: ${listed(state, state.rates)}.`,
    `Average, weighted by people: ${quantity(state, mean)}, now ${quantity(state, after)}.`,
    `The gap by each measure: ${told.join("; ")}.`);
  return parts.join(" ");
}

export function rows(state) {
  const first = tableOf(state, state.start);
  const { start, now, mean, after } = both(state);
  const altered = state.preset !== "";
  const whole = sum(state.people);
  const made = [["Group or measure", "Share of people", "At the start", ...(altered ? ["Now", "The gap is"] : [])]];
  state.groups.forEach((label, place) => made.push([label, `${number((100 * state.people[place]) / whole, 1)}%`,
    quantity(state, first.rates[place]), ...(altered ? [quantity(state, state.rates[place]), "–"] : [])]));
  made.push(["Average, weighted by people", "100%", quantity(state, mean), ...(altered ? [quantity(state, after), "–"] : [])]);
  for (const one of MEASURES) {
    made.push([NAMES[one], "–", measured(state, one, start[one]),
      ...(altered ? [measured(state, one, now[one]), change(state, one, start[one], now[one], mean)] : [])]);
  }
  return made;
}
