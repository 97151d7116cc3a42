// What the pipeline simulator computes: gates that multiply, and what is not known about each of them.
// Everything is relative: how many of the second side are there for every 100 of the first.

export const DRAWS = 2000;
export const EVERY = 5; // staying and promotion are passed once in so many years

/** Random numbers between 0 and 1 that are the same for the same seed (mulberry32). */
function generator(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One column of draws, spread evenly over 0 to 1 and then shuffled, so that a band depends little on the seed. */
function column(seed, index) {
  const random = generator(seed * 7919 + index * 104729 + 1);
  const made = Array.from({ length: DRAWS }, (_, i) => (i + 0.5) / DRAWS);
  for (let i = DRAWS - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [made[i], made[j]] = [made[j], made[i]];
  }
  return made;
}

/** The value below which a share `u` of a triangular distribution lies, on the log scale: ratios multiply. */
export function triangular(u, low, mode, high) {
  const [a, m, b] = [Math.log(low), Math.log(mode), Math.log(high)];
  if (b - a < 1e-12) return mode;
  const turn = (m - a) / (b - a);
  return Math.exp(u < turn ? a + Math.sqrt(u * (b - a) * (m - a)) : b - Math.sqrt((1 - u) * (b - a) * (b - m)));
}

/** The value below which a share of the values lies. */
export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low);
}

/** How many of the second side are left for every 100 of the first, after gates with these ratios (second over first). */
export const compound = (ratios) => 100 * ratios.reduce((product, ratio) => product * ratio, 1);

/** How likely the second side is to pass a gate, over the first, once levers have acted on it. */
function pass(stage, ratio, levers, strength) {
  let left = 1;
  let lift = 1;
  for (const lever of levers) {
    if (!lever.acts.includes(stage.id)) continue;
    if (lever.kind === "close") left *= 1 - strength(lever);
    if (lever.kind === "lift") lift *= 1 + strength(lever);
  }
  const factor = ratio ** -left;
  return factor < 1 ? Math.min(1, factor * lift) : factor; // training does not make anyone more than equal here
}

/** What is there after each gate, and year by year, for one set of ratios and strengths. */
function run(stages, levers, years, ratioOf, strength, equal) {
  const rounds = years / EVERY;
  const factors = stages.map((stage) => pass(stage, ratioOf(stage), levers, strength));
  const after = [];
  let now = 100;
  const route = levers.find((lever) => lever.kind === "route");
  const entry = stages.filter((stage) => !stage.each).length;
  stages.forEach((stage, index) => {
    now *= factors[index] ** (stage.each ? rounds : 1);
    if (route && index === entry - 1) {
      const share = strength(route);
      now = (1 - share) * now + share * 100 * equal;
    }
    after.push(now);
  });
  const inside = stages.map((stage, index) => [stage, factors[index]]).filter(([stage]) => stage.each);
  const course = [];
  const started = entry ? after[entry - 1] : 100;
  for (let year = 0; year <= years; year += 1) {
    let there = started;
    for (const [stage, factor] of inside) {
      there *= factor ** (stage.id === "promote" ? Math.floor(year / stage.each) : year / stage.each);
    }
    course.push(there);
  }
  return { after, course };
}

/**
 * Simulate a scenario with some levers pulled.
 * @param {{stages: object[], levers: object[], years: number, seed: number}} state
 * @param {string[]} on Ids of the levers that are pulled.
 * @returns {{after: number[][], course: number[][], end: number[], ends: number[]}} Triples of centre, low and high (the
 *   middle 90% of the draws) after each gate and in each year; `ends` holds every draw's last value.
 */
export function simulate({ stages, levers, years, seed }, on) {
  const pulled = levers.filter((lever) => on.includes(lever.id));
  // Every quantity has its own column whatever is pulled, so that two runs differ by the levers alone.
  const ratios = new Map(stages.map((stage, index) => [stage.id, column(seed, index)]));
  const strengths = new Map(levers.map((lever, index) => [lever.id, column(seed, 100 + index)]));
  const equals = column(seed, 200);
  const middle = (lever) => (lever.low + lever.high) / 2;
  const centre = run(stages, pulled, years, (stage) => stage.ratio, middle, 1);
  const draws = [];
  for (let i = 0; i < DRAWS; i += 1) {
    draws.push(run(stages, pulled, years,
      (stage) => triangular(ratios.get(stage.id)[i], stage.low, stage.ratio, stage.high),
      (lever) => lever.low + (lever.high - lever.low) * strengths.get(lever.id)[i],
      Math.exp(Math.log(1.1) * (2 * equals[i] - 1))));
  }
  const triple = (value, pick) => {
    const values = draws.map(pick);
    return [value, quantile(values, 0.05), quantile(values, 0.95)];
  };
  const after = centre.after.map((value, index) => triple(value, (draw) => draw.after[index]));
  const course = centre.course.map((value, year) => triple(value, (draw) => draw.course[year]));
  return { after, course, end: after[after.length - 1], ends: draws.map((draw) => draw.after[stages.length - 1]) };
}

/** What a change adds, for every 100, draw by draw: centre, low and high. */
export function difference(before, after) {
  const gained = after.ends.map((value, i) => value - before.ends[i]);
  return [after.end[0] - before.end[0], quantile(gained, 0.05), quantile(gained, 0.95)];
}

/** The odds ratio that goes with a ratio of likelihoods, when `share` of the first side pass. */
export function oddsRatio(ratio, share) {
  const other = share / ratio;
  return (share / (1 - share)) / (other / (1 - other));
}
