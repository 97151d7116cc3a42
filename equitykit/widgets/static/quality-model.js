// What the data-quality board works out: types, ways of missing, what may be shown, what to fix, and what misclassification
// does to a ratio. The part that Python mirrors (equitykit/widgets/quality_profile.py, quality_words.py) is marked.
import { CODE_LISTS, KINDS, KIND_NAMES, kindOf, emptinessOf } from "./quality-codes.js";

const RARE = "rare answers, together";
const sum = (values) => values.reduce((total, one) => total + one, 0);
export const number = (found, decimals = 0) => (Math.floor(found * 10 ** decimals + 0.5) / 10 ** decimals)
  .toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

// ---- what may be shown (mirrored)

/**
 * Which cells of a table are hidden: small ones, and where counts are not rounded, further ones that a sum gives away.
 * @param {number[]} cells
 * @param {{parts: number[], total: number}[]} sums Which cells add up to which.
 */
export function protect(cells, sums, { hide_up_to: upTo, round_to: roundTo }) {
  const hidden = cells.map((count) => count >= 1 && count <= upTo);
  if (roundTo > 1) return hidden;
  const least = (places) => [...places].sort((one, other) =>
    (cells[one] === 0) - (cells[other] === 0) || cells[one] - cells[other] || one - other)[0];
  for (let changed = true; changed;) {
    changed = false;
    for (const { parts, total } of sums) {
      for (;;) {
        const gone = parts.filter((place) => hidden[place]);
        const away = hidden[total] ? gone.length === 0 : gone.length === 1 || (gone.length > 1 && sum(gone.map((place) => cells[place])) === gone.length);
        if (!away) break;
        const open = parts.filter((place) => !hidden[place]);
        if (open.length) hidden[least(open)] = true;
        else if (!hidden[total]) hidden[total] = true;
        else break;
        changed = true;
      }
    }
  }
  return hidden;
}

const rounded = (count, roundTo) => Math.floor((count + roundTo / 2) / roundTo) * roundTo;

/** A count as it may stand on the page. */
export const shown = (count, hidden, rule) => (hidden ? "hidden" : number(rounded(count, rule.round_to)));

function share(part, partHidden, whole, wholeHidden, rule) {
  const total = rounded(whole, rule.round_to);
  if (partHidden || wholeHidden || !total) return null;
  return Math.min(100, 100 * rounded(part, rule.round_to) / total);
}

/** How complete a site is; what only rounds to everything is not told as everything. */
export const completeText = (site) => (site.complete !== null && site.complete >= 99.5 && site.exact.complete < site.exact.rows
  ? "nearly 100%" : percent(site.complete));

/** The most used code of a site with its share; a code that few have is not named. */
export const topText = (site) => (!site.top ? "–" : site.top.share === null ? "hidden" : `${site.top.code} ${percent(site.top.share)}`);

const percent = (found) => (found === null ? "hidden" : `${number(found)}%`);

// ---- one column by another (mirrored)

/** Values of a column, each with its rows' kind; a year stands for a date where the column is called "year of …". */
export function lookup(table, name) {
  const year = name.startsWith("year of ") ? name.slice(8) : null;
  const column = table.columns.find((one) => one.name === (year ?? name));
  if (!column) return null;
  if (!year || table.columns.some((one) => one.name === name)) return { values: column.values.map((value) => value.trim() || "(empty)"), ids: column.ids };
  return { values: column.values.map((value) => dateOf(value)?.year ?? "(no date)"), ids: column.ids };
}

export function crossed(table, state) {
  const column = table.columns.find((one) => one.name === state.column);
  const by = state.by ? lookup(table, state.by) : null;
  const kinds = column.values.map((value) => KINDS.indexOf(kindOf(value, state.codes)));
  const places = new Map();
  const all = { name: "All", rows: 0, kinds: KINDS.map(() => 0), codes: new Map() };
  for (let row = 0; row < table.rows; row += 1) {
    const name = by ? by.values[by.ids[row]] : "All";
    let site = places.get(name);
    if (!site) {
      site = { name, rows: 0, kinds: KINDS.map(() => 0), codes: new Map() };
      places.set(name, site);
    }
    const id = column.ids[row];
    for (const one of by ? [site, all] : [site]) {
      one.rows += 1;
      one.kinds[kinds[id]] += 1;
      if (kinds[id] === 0) one.codes.set(column.values[id], (one.codes.get(column.values[id]) ?? 0) + 1);
    }
  }
  const sites = together([...places.values()].sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0)), by ? state.hide_up_to : 0);
  for (const site of [...sites, all]) {
    const codes = [...site.codes].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
    site.top = codes[0] ?? null;
    site.complete = site.kinds[0] + site.kinds[1];
  }
  return reveal(by ? [...sites, all] : sites, state, Boolean(by));
}

/** Sites of few rows as one, unnamed: a rare answer can be somebody's name. */
function together(sites, upTo) {
  const few = sites.filter((site) => site.rows <= upTo);
  if (!few.length) return sites;
  const made = { name: RARE, rows: 0, kinds: KINDS.map(() => 0), codes: new Map() };
  for (const site of few) {
    made.rows += site.rows;
    site.kinds.forEach((count, kind) => { made.kinds[kind] += count; });
    for (const [code, count] of site.codes) made.codes.set(code, (made.codes.get(code) ?? 0) + count);
  }
  return [...sites.filter((site) => site.rows > upTo), made];
}

/** What of the sites' counts may stand on the page. */
function reveal(sites, rule, several) {
  const cells = [];
  const put = (count) => cells.push(count) - 1;
  const sums = [];
  for (const site of sites) {
    const total = put(site.rows);
    const complete = put(site.complete);
    const missing = put(site.rows - site.complete);
    const kinds = site.kinds.map(put);
    const top = put(site.top?.[1] ?? 0);
    const rest = put(site.kinds[0] - (site.top?.[1] ?? 0));
    site.places = { total, complete, missing, kinds, top, rest };
    sums.push({ parts: [complete, missing], total }, { parts: kinds.slice(0, 2), total: complete }, { parts: kinds.slice(2), total: missing },
      { parts: [top, rest], total: kinds[0] });
  }
  if (several) {
    const all = sites[sites.length - 1].places;
    const parts = (of) => sites.slice(0, -1).map((site) => of(site.places));
    sums.push({ parts: parts((place) => place.total), total: all.total }, { parts: parts((place) => place.complete), total: all.complete },
      { parts: parts((place) => place.missing), total: all.missing },
      ...KINDS.map((_, kind) => ({ parts: parts((place) => place.kinds[kind]), total: all.kinds[kind] })));
  }
  const hidden = protect(cells, sums, rule);
  return sites.map((site) => {
    const { total, complete, missing, kinds, top } = site.places;
    return {
      name: site.name, exact: site, rows: shown(site.rows, hidden[total], rule), total: hidden[total],
      kinds: kinds.map((place, kind) => shown(site.kinds[kind], hidden[place], rule)),
      shares: kinds.map((place, kind) => share(site.kinds[kind], hidden[place], site.rows, hidden[total], rule)),
      complete: share(site.complete, hidden[complete], site.rows, hidden[total], rule),
      missing: shown(site.rows - site.complete, hidden[missing], rule),
      top: site.top ? { code: site.top[0], share: share(site.top[1], hidden[top], site.rows, hidden[total], rule) } : null,
    };
  });
}

/** The site whose answers are nearly all there and lean on one code more than elsewhere; null where there is none. */
export function suspect(sites) {
  const all = sites[sites.length - 1];
  if (sites.length < 3 || !all.top || all.top.share === null) return null;
  return sites.slice(0, -1).filter((site) => site.complete !== null && site.complete >= 97 && site.top && site.top.share !== null
    && site.top.code === all.top.code && site.top.share - all.top.share >= 10)
    .reduce((best, site) => (best === null || site.top.share > best.top.share ? site : best), null);
}

// ---- misclassification (mirrored)

/**
 * A rate ratio as a record with errors tells it.
 * @returns {{record: number, census: number}} with both counts and people from the record; with people from the census
 */
export function misclassified({ wrong, wrong_reference: back, share: part, ratio }) {
  const m = wrong / 100;
  const k = back / 100;
  const b = part / 100;
  const a = 1 - b;
  const peopleB = b * (1 - m) + a * k;
  const peopleA = a * (1 - k) + b * m;
  const casesB = b * ratio * (1 - m) + a * k;
  const casesA = a * (1 - k) + b * ratio * m;
  return { record: (casesB / peopleB) / (casesA / peopleA), census: (casesB / b) / (casesA / a) };
}

/** How much of a ratio's distance from 1 is left: "most", "half" or "little". */
export function leftOf(ratio, found) {
  if (ratio === 1) return "most";
  const kept = (found - 1) / (ratio - 1);
  return kept > 2 / 3 ? "most" : kept >= 1 / 3 ? "half" : "little";
}

export const LEFT = { most: "hardly changes", half: "loses about half of its distance from 1", little: "loses most of its distance from 1" };

export const ratioWaits = (state) => !("ratio" in state.predictions);

export function ratioWords(state) {
  const lead = `A true rate ratio of ${number(state.ratio, 2)}, with ${number(state.share)}% of people in the group, ${number(state.wrong, 1)}% of them `
    + `recorded as the reference, and ${number(state.wrong_reference, 1)}% of the reference recorded as the group.`;
  if (ratioWaits(state)) return `${lead} Predict what the record makes of it.`;
  const { record, census } = misclassified(state);
  return `${lead} Cases and people both from the record: ${number(record, 2)}. Cases from the record over census populations: ${number(census, 2)}, `
    + `which ${LEFT[leftOf(state.ratio, census)]}.`;
}

// ---- words and rows of the chosen column (mirrored)

export const trustWaits = (state) => state.column === state.start.column && state.by === state.start.by && state.codes === state.start.codes
  && Boolean(state.start.by) && !("trust" in state.predictions);

export function trustVerdict(sites, state) {
  const odd = suspect(sites);
  const said = state.predictions.trust;
  if (!odd || !said) return null;
  const all = sites[sites.length - 1];
  const right = said === odd.name;
  return { right, shown: said === "shown", lead: said === "shown" ? "" : right ? "As you predicted. " : `You predicted ${said}. `,
    text: `${odd.name} has the fewest gaps, ${completeText(odd)} complete, and that is the warning: ${percent(odd.top.share)} of its rows say `
      + `${odd.top.code}, against ${percent(all.top.share)} overall. A field that is filled in by default is complete and wrong.${state.key_fact ? ` ${state.key_fact}` : ""}` };
}

export function columnWords(sites, state) {
  const waits = trustWaits(state);
  const list = CODE_LISTS[state.codes];
  const told = sites.map((site) => `${site.name}: ${site.rows} rows, ${completeText(site)} complete, ${percent(site.shares[0])} in the list`
    + (waits || !site.top ? "" : `, most used ${topText(site)}`));
  const verdict = waits ? null : trustVerdict(sites, state);
  return [`${state.column}${state.by ? ` by ${state.by}` : ""}, against ${list.label}.`, `${told.join("; ")}.`,
    waits ? "Predict whose you would trust least." : verdict ? verdict.lead + verdict.text : "", ruleWords(state)].filter(Boolean).join(" ");
}

export const ruleWords = (rule) => `Counts from 1 to ${rule.hide_up_to} are hidden; ${rule.round_to > 1
  ? `others are rounded to the nearest ${rule.round_to}, and percentages come from the rounded counts.`
  : "and others where a sum would give one away. Nothing is rounded."}`;

export function columnRows(sites, state) {
  const waits = trustWaits(state);
  return [[state.by || "Rows", "Rows", ...KINDS.map((kind) => KIND_NAMES[kind]), "Complete", "Most used"],
    ...sites.map((site) => [site.name, site.rows, ...site.kinds, completeText(site),
      waits ? "predict first" : topText(site)])];
}

export const OWN_WORDS = "A file of the reader's own is open. What it holds stands on the page only: it is not sent, not saved, and not passed on.";
export const OWN_ROWS = [["File", "Where it is read"], ["The reader's own", "In this browser only"]];

// ---- every column: type, ways of missing (the page alone)

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/;
const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?$/;

/** A date in one of the two usual styles, or null; `real` says whether the calendar has that day. */
export function dateOf(text) {
  const bare = text.trim();
  const iso = ISO.exec(bare);
  const slashed = iso ? null : SLASHED.exec(bare);
  if (!iso && !slashed) return null;
  const [year, month, day] = iso ? iso.slice(1, 4) : [slashed[3], slashed[2], slashed[1]];
  const made = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const real = made.getUTCMonth() === Number(month) - 1 && made.getUTCDate() === Number(day) && Number(month) >= 1;
  return { year, style: iso ? "2024-01-31" : "31/01/2024", real, swapped: !real && !iso && Number(month) > 12 && Number(day) <= 12, at: made.getTime() };
}

const plain = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[^A-Za-z0-9]+/g, " ").trim().toLowerCase();
const PERSONAL = /\b(id|nhs|mrn|chi|nino|person|patient|client|pseudo|pseudonym|surname|forename|(?:first|last|full|given|family|middle|maiden) name|post ?code|email|e mail|phone|mobile|tel|telephone|address|dob|birth|birthday)\b|^name$|\b(hospital|case|patient|staff|unit) (no|num|number)\b/;
const NUMBER = /^[+-]?\d{1,15}(?:[.,]\d+)?$/;

/** One column's profile. */
export function profileOf(column, list, rows) {
  const counts = Object.fromEntries(["empty", "only spaces", "a word for nothing", "not stated", "not known", "default code", "answers"].map((kind) => [kind, 0]));
  const like = { number: 0, date: 0, "yes or no": 0, short: 0 };
  let filled = 0;
  let distinct = 0;
  column.values.forEach((value, id) => {
    const many = column.counts[id];
    const kind = kindOf(value, list);
    if (kind === "empty") counts[emptinessOf(value)] += many;
    else if (kind === "not stated" || kind === "not known" || kind === "default code") counts[kind] += many;
    else {
      counts.answers += many;
      filled += many;
      distinct += 1;
      const bare = value.trim();
      const first = bare.charCodeAt(0);
      if (first < 58) { // digits and signs stand before letters
        if (NUMBER.test(bare)) like.number += many;
        if (dateOf(value)) like.date += many;
      } else if (bare.length <= 5 && /^(yes|no|y|n|true|false)$/i.test(bare)) like["yes or no"] += many;
      if (bare.length <= 3) like.short += many;
    }
  });
  const mostly = (kind) => filled > 0 && like[kind] / filled >= 0.9;
  const personal = PERSONAL.test(plain(column.name));
  const unique = filled >= 20 && distinct / filled > 0.5;
  let type = "free text";
  if (!filled) type = "nothing";
  else if (personal) type = "identifier or personal";
  else if (mostly("date")) type = "date";
  else if (mostly("yes or no")) type = "yes or no";
  else if (mostly("number")) type = unique && distinct === filled ? "identifier or row number" : "number";
  else if (unique && distinct > 50) type = "identifier or free text";
  else if (mostly("short")) type = "code";
  else if (distinct <= 200) type = "category";
  const closed = type.startsWith("identifier") || (type === "free text" && distinct > 200);
  return { name: column.name, type, counts, filled, distinct, closed, rows };
}

const PARTS = ["empty", "only spaces", "a word for nothing", "not stated", "not known", "default code", "answers"];

/** The profile of every column as rows that may be shown. */
export function profileRows(profiles, rule) {
  return [["Column", "Likely type", "Answers", "Empty", "Only spaces", "A word for nothing", "Not stated", "Not known", "Default code", "Different answers"],
    ...profiles.map((one) => {
      const cells = [...PARTS.map((part) => one.counts[part]), one.rows];
      const hidden = protect(cells, [{ parts: PARTS.map((_, at) => at), total: PARTS.length }], rule);
      const told = Object.fromEntries(PARTS.map((part, at) => [part, shown(one.counts[part], hidden[at], rule)]));
      return [one.name, one.type, told.answers, ...PARTS.slice(0, 6).map((part) => told[part]), number(one.distinct)];
    })];
}

/** The answers of a column by how often they stand; those with few rows together, unnamed. */
export function answersOf(table, state) {
  const column = table.columns.find((one) => one.name === state.column);
  const pairs = column.values.map((value, id) => ({ value, count: column.counts[id], kind: kindOf(value, state.codes) }))
    .filter((one) => one.kind !== "empty").sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
  const empty = table.rows - sum(pairs.map((one) => one.count));
  const cells = [...pairs.map((one) => one.count), empty, table.rows];
  const hidden = protect(cells, [{ parts: cells.slice(0, -1).map((_, at) => at), total: cells.length - 1 }], state);
  const open = pairs.filter((_, at) => !hidden[at]);
  return { open: open.slice(0, 30), more: open.length - Math.min(30, open.length), few: pairs.length - open.length, list: CODE_LISTS[state.codes] };
}

// ---- what to fix (the page alone)

/** Rows that repeat an identifier, and identifiers whose rows disagree in the chosen column. */
export function repeats(table, state) {
  const column = table.columns.find((one) => one.name === state.identifier);
  const chosen = table.columns.find((one) => one.name === state.column);
  if (!column || column === chosen) return null;
  const first = new Int32Array(column.values.length).fill(-1);
  const differs = new Set();
  let extra = 0;
  for (let row = 0; row < table.rows; row += 1) {
    const id = column.ids[row];
    if (!column.values[id].trim()) continue;
    if (first[id] < 0) first[id] = row;
    else {
      extra += 1;
      if (chosen.ids[first[id]] !== chosen.ids[row]) differs.add(id);
    }
  }
  return { extra, differs: differs.size };
}

/** What is odd about dates: not in the calendar, before 1900, in two styles, the wrong way round, after today. */
export function dateFaults(table, profiles, today) {
  const found = [];
  const dated = profiles.filter((one) => one.type === "date" || (one.type === "identifier or personal" && /\b(dob|birth)\b/.test(plain(one.name))))
    .map((one) => {
      const column = table.columns.find((other) => other.name === one.name);
      return { name: one.name, column, dates: column.values.map(dateOf) };
    });
  for (const { name, column, dates } of dated) {
    const count = (test) => sum(column.values.map((value, id) => (test(dates[id], value) ? column.counts[id] : 0)));
    const styles = ["2024-01-31", "31/01/2024"].map((style) => count((date) => date?.style === style));
    found.push({ name, what: "is not in the calendar", count: count((date) => date && !date.real) },
      { name, what: "is no date", count: count((date, value) => !date && !["empty", "default code", "not known", "not stated"].includes(kindOf(value, "none"))) },
      { name, what: "lies before 1900", count: count((date) => date?.real && Number(date.year) < 1900) },
      { name, what: "lies after today", count: today === null ? 0 : count((date) => date?.real && date.at > today && Number(date.year) < 9999) },
      { name, what: "is written in the other style (31/01/2024 beside 2024-01-31)", count: Math.min(...styles) });
  }
  for (let one = 0; one < dated.length; one += 1) {
    for (let other = one + 1; other < dated.length; other += 1) {
      const [left, right] = [dated[one], dated[other]];
      let before = 0;
      let after = 0;
      for (let row = 0; row < table.rows; row += 1) {
        const [first, second] = [left.dates[left.column.ids[row]], right.dates[right.column.ids[row]]];
        if (!first?.real || !second?.real) continue;
        if (first.at < second.at) before += 1;
        else if (first.at > second.at) after += 1;
      }
      const wrong = Math.min(before, after);
      if (wrong && wrong / (before + after) <= 0.2) {
        found.push({ name: before > after ? right.name : left.name, what: `lies before ${before > after ? left.name : right.name}`, count: wrong });
      }
    }
  }
  return found.filter((one) => one.count);
}

function ageFault(table, profiles) {
  const age = profiles.find((one) => /\bage\b/.test(plain(one.name)) && one.type === "number");
  if (!age) return null;
  const column = table.columns.find((one) => one.name === age.name);
  return { name: age.name, count: sum(column.values.map((value, id) => (NUMBER.test(value.trim()) && (Number(value) < 0 || Number(value) > 110) ? column.counts[id] : 0))) };
}

const SEXES = [["f", "female", "2", "woman"], ["m", "male", "1", "man"]];

/** What to fix, in the order in which it bends a rate most. */
export function fixes(table, state, sites, profiles, notes) {
  const items = [];
  const tell = (count, noun = "row") => `${count <= state.hide_up_to ? `${state.hide_up_to} or fewer` : `${state.round_to > 1 ? "about " : ""}${number(rounded(count, state.round_to))}`} ${noun}s`;
  const all = sites[sites.length - 1];
  const exact = all.exact;
  const told = (text) => (text === "hidden" ? "a number of rows that is hidden" : `${state.round_to > 1 ? "about " : ""}${text} rows`);
  const list = CODE_LISTS[state.codes];
  const odd = suspect(sites);
  if (odd) {
    items.push({ id: "default", title: `A default may fill ${state.column} in ${odd.name}`,
      found: `${completeText(odd)} complete, and ${percent(odd.top.share)} say ${odd.top.code}, against ${percent(all.top.share)} overall.`,
      rate: `People of other groups stand under ${odd.top.code}. Their counts are too low, and what happens to them is told as what happens to ${odd.top.code}: a gap looks smaller.`,
      ask: `Whoever runs the booking screen in ${odd.name}: what stands in the field before anybody asks?` });
  }
  const missing = exact.rows - exact.complete;
  if (missing) {
    const open = sites.slice(0, Math.max(1, sites.length - 1)).filter((site) => site.complete !== null);
    const worst = open.length > 1 ? open.reduce((low, site) => (site.complete < low.complete ? site : low)) : null;
    items.push({ id: "missing", title: `${state.column} has no answer in ${told(all.missing)}`,
      found: `${completeText(all)} complete${worst ? `; lowest in ${worst.name}, ${completeText(worst)}` : ""}.`,
      rate: "People without a group leave every group's count and stay in the total. Over census populations every group's rate is too low. If one group is missing more often, the gap moves, and this table cannot tell which way.",
      ask: `Reception and booking${worst ? ` in ${worst.name}` : ""}: who asks, when, in what words, and can people answer for themselves?` });
  }
  const [, , stated, unknown] = exact.kinds;
  const empty = exact.kinds[5];
  if ([stated, unknown, empty].filter(Boolean).length > 1) {
    items.push({ id: "ways", title: "No answer is written in several ways",
      found: `${[[2, "not stated (asked, and chose not to say)"], [3, "not known (nobody asked, or nobody could)"], [5, "empty"]]
        .filter(([kind]) => exact.kinds[kind]).map(([kind, what]) => `${what}: ${told(all.kinds[kind])}`).join("; ")}.`,
      rate: "Not stated is an answer and belongs to the person. Not known is a task for the service. Add them up, and nobody can see which one to work on.",
      ask: "The data manager: which of these does the screen write by itself?" });
  }
  if (exact.kinds[1]) {
    const near = state.codes === "nhs16" ? sum(table.columns.find((one) => one.name === state.column).values
      .map((value, id, values) => (/^[A-HJ-NPRS]\w$/.test(value.trim()) ? table.columns.find((one) => one.name === state.column).counts[id] : 0))) : 0;
    items.push({ id: "unlisted", title: `${state.column} is written otherwise than the list in ${told(all.kinds[1])}`,
      found: `Not in ${list.label}${near ? `; ${tell(near)} begin with a letter of the list and carry a second character` : ""}.`,
      rate: "Dropped as invalid, these people leave the count. Mapped by guess, they land in a group that they did not say. Words such as Somali say more than the code does: keep them.",
      ask: "The data manager, with people of the groups concerned: one table that says which writing means which code." });
  }
  const others = exact.codes ? sum(list.other.map((code) => exact.codes.get(code) ?? 0)) : 0;
  const most = list.other.map((code) => [code, exact.codes.get(code) ?? 0]).sort((one, other) => other[1] - one[1])[0];
  if (exact.complete && others / exact.complete > 0.15 && most[1] > state.hide_up_to) {
    items.push({ id: "other", title: "Many people stand under a code called other",
      found: `${tell(others)} under ${list.other.join(", ")}; most used ${most[0]} (${list.codes[most[0]]}), ${tell(most[1])}.`,
      rate: "Some are there because nobody asked. Over census populations, rates for other groups read too high and those of the groups they came from too low.",
      ask: "Reception: when is other chosen? People recorded so: which box, or which missing box, would they have chosen?" });
  }
  if (state.codes === "nhs16") {
    items.push({ id: "no-box", title: "Three census groups have no letter", found: "The NHS letters have none for Gypsy or Irish Traveller, Roma and Arab people.",
      rate: "Whatever is recorded for them is wrong or missing. No rate can be had for them from this column.",
      ask: "The system supplier and the commissioner: can the census categories be recorded beside the letters, and who here needs which?" });
  }
  const doubled = repeats(table, state);
  if (doubled?.extra) {
    items.push({ id: "repeats", title: `${state.identifier} stands more than once`,
      found: `${tell(doubled.extra)} beyond the first of its ${state.identifier}; ${doubled.differs ? `${tell(doubled.differs, "case")} with different ${state.column}` : `none with a different ${state.column}`}.`,
      rate: "A person counted twice weighs twice. Where the two entries disagree, the group depends on which one is kept.",
      ask: "The data manager: is a row a person or an event? Which entry is the person's own latest answer?" });
  }
  const dates = dateFaults(table, profiles, state.today ?? null);
  if (dates.length) {
    items.push({ id: "dates", title: "Dates that cannot be, or cannot be read alike", found: `${dates.map((one) => `${one.name} ${one.what}: ${tell(one.count)}`).join("; ")}.`,
      rate: "Waiting times come out negative or missing. If one site writes dates otherwise, its people drop out of the rate together.",
      ask: "Whoever makes the extract: is it the entry or the export?" });
  }
  const age = ageFault(table, profiles);
  if (age?.count) {
    items.push({ id: "age", title: `${age.name} below 0 or above 110`, found: `${tell(age.count)}.`,
      rate: "People with an impossible age leave every age-standardised rate, or bend an average.", ask: "The data manager: which numbers does the system write when an age is not known?" });
  }
  for (const one of profiles.filter((each) => ["code", "category"].includes(each.type) && each.name !== state.column)) {
    const column = table.columns.find((each) => each.name === one.name);
    const bare = column.values.map((value) => value.trim().toLowerCase());
    if (SEXES.every((set) => set.filter((word) => bare.includes(word)).length > 1)) {
      items.push({ id: `writings-${one.name}`, title: `${one.name} says the same in several ways`, found: `${number(one.distinct)} different writings, among them ${SEXES.map((set) => set.filter((word) => bare.includes(word)).join(", ")).join("; ")}.`,
        rate: "Counts by group split. A filter on one writing loses the people under the others.", ask: "The data manager: one list for all sites." });
    }
  }
  if (notes.short || notes.long || notes.repeated) {
    items.push({ id: "file", title: "The file itself is uneven", found: [notes.short ? `too few cells: ${tell(notes.short)}` : "", notes.long ? `too many cells: ${tell(notes.long)}` : "",
      notes.repeated ? "column names that stand twice" : ""].filter(Boolean).join("; ") + ".",
      rate: "Cells may stand under the wrong heading, so that a clinic is read as an ethnic group.", ask: "Whoever made the export: a separator inside a text, or two tables in one?" });
  }
  return items.map((one) => ({ ...one, found: table.columns.some((column) => one.found.startsWith(`${column.name} `)) ? one.found : one.found.slice(0, 1).toUpperCase() + one.found.slice(1) }));
}

/** The board as Markdown, to paste into minutes. */
export function markdown(items, plan, { title, about, rule }) {
  const cell = (text) => String(text).replace(/[\r\n]+/g, " ").replace(/([\\|<>`*_[\]])/g, "\\$1");
  return [`# ${cell(title)}`, "", cell(about), "", cell(rule), "", "| What to fix | Found | What it does to a rate | Whom to ask | Owner | Date |", "|---|---|---|---|---|---|",
    ...items.map((one) => `| ${[one.title, one.found, one.rate, one.ask, plan[one.id]?.owner ?? "", plan[one.id]?.due ?? ""].map(cell).join(" | ")} |`), ""].join("\n");
}
