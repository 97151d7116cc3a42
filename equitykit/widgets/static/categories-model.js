// What the category explorer works out and says, as equitykit/widgets/categories_groups.py and categories_words.py do.

export const PRESETS = ["19", "16", "5", "2"];
const NO_LETTER = { "Gypsy or Irish Traveller": "Other White", Roma: "Other White", Arab: "Any other ethnic group" };
const REST = "All other groups";
const NATION = "England and Wales";
export const TITLES = {
  19: "the nineteen boxes of Census 2021", 16: "the sixteen letters of NHS records", 5: "five groups", 2: "two groups",
  own: "a grouping of your own",
};

// ---- groupings

const LABELS = {
  19: (one) => one.name,
  16: (one) => NO_LETTER[one.name] ?? one.name,
  5: (one) => one.broad,
  2: (one) => (one.broad === "White" ? "White" : REST),
};

export const preset = (key, categories) => categories.map(LABELS[key]);

const partsOf = (assigned) => {
  const first = new Map();
  return assigned.map((label, at) => { if (!first.has(label)) first.set(label, at); return first.get(label); }).join();
};

export const keyOf = (assigned, categories) =>
  PRESETS.find((key) => partsOf(preset(key, categories)) === partsOf(assigned)) ?? "own";

/** The categories of each group by its label, in the order of the categories. */
export function membersOf(assigned, categories) {
  const made = new Map();
  assigned.forEach((label, at) => {
    if (!made.has(label)) made.set(label, []);
    made.get(label).push(categories[at].name);
  });
  return made;
}

export const joined = (names) => (names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`);

function named(label, inside, categories) {
  if (inside.length === 1) return inside[0];
  const bases = PRESETS.map((key) => membersOf(preset(key, categories), categories).get(label)).filter((base) => base && base.length > 1);
  if (!bases.length) return inside.length <= 3 ? joined(inside) : `${inside[0]} and ${inside.length - 1} others`;
  if (bases.some((base) => base.join("|") === inside.join("|"))) return label;
  const gone = bases[0].filter((one) => !inside.includes(one));
  const come = inside.filter((one) => !bases[0].includes(one));
  if (gone.length + come.length > 2) return `${label}, changed`;
  return label + (gone.length ? ` without ${joined(gone)}` : "") + (come.length ? ` with ${joined(come)}` : "");
}

/** The grouping after a category went into the group of a label; with "" into a group of its own. */
export function moved(assigned, category, into, categories) {
  const at = categories.findIndex((one) => one.name === category);
  const made = [...assigned];
  if (!into) {
    made[at] = made.some((label, place) => place !== at && label === category) ? `${category} alone` : category;
    return made;
  }
  const inside = membersOf(assigned, categories).get(into);
  if (inside.includes(category)) return made;
  const label = inside.length === 1 ? `${inside[0]} + ${category}` : into;
  return made.map((one, place) => (one === into || place === at ? label : one));
}

export const split = (assigned, label, categories) =>
  membersOf(assigned, categories).get(label).reduce((made, name) => moved(made, name, "", categories), assigned);

export const collapsed = (assigned, broad, categories) =>
  assigned.map((label, at) => (categories[at].broad === broad ? broad : label));

// ---- sums

export const figureOf = (state) => state.figures.find((one) => one.key === state.figure);
const weightsOf = (state) => new Map(state.categories.map((one, at) => [one.name, state.counts[NATION][at]]));
const sum = (values) => values.reduce((total, one) => total + one, 0);

/** The groups of a state: name, people, average, and the lowest and highest inside. */
export function groupsOf(state, assigned = state.assigned) {
  const figure = figureOf(state);
  const weights = weightsOf(state);
  return [...membersOf(assigned, state.categories)].map(([label, inside]) => {
    const has = inside.filter((one) => one in figure.values);
    const values = has.map((one) => figure.values[one].value);
    const name = named(label, inside, state.categories);
    let average = averageOf(figure, weights, inside, has);
    const published = inside.length > 1 && name in figure.groups;
    if (published) average = figure.groups[name];
    let low = null;
    let high = null;
    if (inside.length > 1 && has.length > 1) {
      low = [has[values.indexOf(Math.min(...values))], Math.min(...values)];
      high = [has[values.indexOf(Math.max(...values))], Math.max(...values)];
    }
    return { label, name, inside, has, people: sum(inside.map((one) => weights.get(one))), average, published, low, high,
      spread: low && high ? high[1] - low[1] : null };
  });
}

function averageOf(figure, weights, inside, has) {
  if (!has.length) return null;
  if (inside.length === 1) return figure.values[has[0]].value;
  if ("events" in figure.values[has[0]]) {
    return 100000 * sum(has.map((one) => figure.values[one].events)) / sum(has.map((one) => figure.values[one].people));
  }
  return sum(has.map((one) => weights.get(one) * figure.values[one].value)) / sum(has.map((one) => weights.get(one)));
}

export const viewKey = (state) => `${state.figure} / ${state.grouping}`;

export function askedOf(state) {
  const found = groupsOf(state).filter((one) => one.spread !== null);
  return found.length > 1 && state.grouping !== "own" ? found : [];
}

export const veiled = (state) => askedOf(state).length > 0 && !(viewKey(state) in state.predictions);

const widest = (found) => found.filter((one) => one.spread !== null)
  .reduce((best, one) => (best === null || one.spread > best.spread ? one : best), null);

/** What a local service would count in each group, scaled from the area's census, and what is hidden. */
export function serviceOf(state, assigned = state.assigned) {
  const census = state.counts[state.area];
  const recorded = state.service * (1 - state.not_stated / 100);
  const total = sum(census);
  const scaled = new Map(state.categories.map((one, at) => [one.name, Math.floor(census[at] * recorded / total + 0.5)]));
  const entries = [...membersOf(assigned, state.categories)];
  const counts = entries.map(([, inside]) => sum(inside.map((one) => scaled.get(one))));
  const hidden = hiddenOf(counts, state.hide_up_to);
  return { names: entries.map(([label, inside]) => named(label, inside, state.categories)), counts, hidden,
    people: sum(counts.filter((_, at) => hidden[at])) };
}

/** Which counts are not shown beside their total: the small ones, and further ones that the total would give away. */
export function hiddenOf(counts, upTo) {
  const hidden = counts.map((count) => count >= 1 && count <= upTo);
  for (;;) {
    const away = counts.filter((_, at) => hidden[at]);
    if (!away.length || (away.length > 1 && sum(away) !== away.length)) return hidden;
    const open = counts.map((count, at) => ({ count, at })).filter(({ at }) => !hidden[at]);
    if (!open.length) return counts.map(() => true);
    open.sort((one, other) => (one.count === 0) - (other.count === 0) || one.count - other.count || one.at - other.at);
    hidden[open[0].at] = true;
  }
}

export function comparedOf(state) {
  return [...PRESETS, ...(state.grouping === "own" ? ["own"] : [])].map((key) => {
    const assigned = key === "own" ? state.assigned : preset(key, state.categories);
    const service = serviceOf(state, assigned);
    const averages = groupsOf(state, assigned).map((one) => one.average).filter((one) => one !== null);
    return { key, service, cells: service.counts.length, hidden: service.hidden.filter(Boolean).length, people: service.people,
      range: averages.length > 1 ? Math.max(...averages) - Math.min(...averages) : null };
  });
}

// ---- words

export const number = (found, decimals = 0) => (Math.floor(found * 10 ** decimals + 0.5) / 10 ** decimals)
  .toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

export const valueText = (figure, found) => number(found, figure.decimals) + (figure.unit === "%" ? "%" : "");

export const distanceText = (figure, found) =>
  `${number(found, figure.decimals)} ${figure.unit === "%" ? "percentage points" : figure.unit}`;

function percent(part, whole) {
  const share = 100 * part / whole;
  return share > 0 && share < 0.05 ? "under 0.1%" : `${number(share, 1)}%`;
}

const plural = (many, noun) => (many === 1 ? noun : `${noun}s`);

/** What a grouping makes disappear, each with a heading. */
export function disappears(state) {
  const found = groupsOf(state);
  const figure = figureOf(state);
  const weights = weightsOf(state);
  const lost = found.filter((one) => one.inside.length > 1).flatMap((one) => one.inside.filter((name) => name !== one.name).map((name) => [name, one]));
  const said = [];
  if (lost.length) {
    const [name, group] = lost.reduce((least, pair) => (weights.get(pair[0]) < weights.get(least[0]) ? pair : least));
    said.push([`${lost.length} of ${weights.size} names`,
      `${number(sum(lost.map(([one]) => weights.get(one))))} people are counted under another name than the box they ticked. The fewest: `
      + `${name}, ${number(weights.get(name))} people, ${percent(weights.get(name), group.people)} of ${group.name}.`]);
  } else {
    said.push(["No name", "Every box of the census stands by itself. What was written into a box still disappears: "
      + `${number(weights.get("Other Asian"))} people are Other Asian.`]);
  }
  const most = widest(found);
  if (!most) said.push(["No spread that can be told", "No group holds two categories that have a figure here."]);
  else if (veiled(state)) said.push(["Some spread", "Predict first, above, which group hides most of it."]);
  else {
    said.push([`${distanceText(figure, most.spread)} inside ${most.name}`,
      `From ${valueText(figure, most.low[1])} (${most.low[0]}) to ${valueText(figure, most.high[1])} (${most.high[0]}), `
      + `shown as ${valueText(figure, most.average)}.`]);
  }
  const others = found.filter((one) => /^(Other|Any other|All other)/.test(one.name));
  const people = sum(others.map((one) => one.people));
  said.push([`${percent(people, sum([...weights.values()]))} called other`, others.length
    ? `${number(people)} people stand in ${others.length} ${plural(others.length, "group")} called other. `
      + "Fewer groups can mean fewer others: they are then inside a larger name."
    : "No group is called other. That does not mean that everybody is named."]);
  if (figure.unrecorded === null) {
    said.push(["Nobody without a group", "In the census every person has one: about 97% of people did the form, and ONS estimated the rest."]);
  } else {
    said.push([`${number(figure.unrecorded, 1)}% without a group`,
      "So many of the people in this source have no usable record of their ethnic group. No grouping brings them back."]);
  }
  return said;
}

export function locally(state) {
  const service = serviceOf(state);
  const hides = service.hidden.filter(Boolean).length;
  const shown = service.counts.length - hides;
  const said = `A service in ${state.area} sees ${number(state.service)} people, and ${number(state.not_stated)}% of them have no stated group. `
    + `With the make-up of the area at the census, scaled to its size, ${number(sum(service.counts))} people fall into `
    + `${service.counts.length} ${plural(service.counts.length, "group")}. `;
  if (!hides) return `${said}No count is from 1 to ${state.hide_up_to}: every group can be shown.`;
  return `${said}${hides} of the counts cannot be shown, ${shown} can: a count is hidden from 1 to ${state.hide_up_to}, and where the `
    + `total would give it away. Hidden are ${number(service.people)} people.`;
}

export function verdict(state) {
  const choices = askedOf(state);
  if (!choices.length || veiled(state)) return null;
  const figure = figureOf(state);
  const most = widest(choices);
  const said = state.predictions[viewKey(state)];
  const right = said === most.label;
  const lead = said === "shown" ? "" : right ? "As you predicted. "
    : `You predicted ${choices.find((one) => one.label === said)?.name ?? said}. `;
  const answer = `The widest spread is inside ${most.name}: ${valueText(figure, most.low[1])} (${most.low[0]}) to `
    + `${valueText(figure, most.high[1])} (${most.high[0]}), ${distanceText(figure, most.spread)}, under one average of ${valueText(figure, most.average)}.`;
  const times = (one) => one.high[1] / one.low[1];
  const ratios = choices.filter((one) => one.low[1] > 0);
  const steep = ratios.length ? ratios.reduce((best, one) => (times(one) > times(best) ? one : best)) : most;
  const turn = steep.label === most.label ? "" : ` As a ratio it is ${steep.name}: its highest is ${number(times(steep), 1)} times its lowest, `
    + `${most.name}'s ${number(times(most), 1)} times.`;
  const second = widest(choices.filter((one) => one.label !== most.label));
  const after = second ? ` Next: ${second.name}, ${distanceText(figure, second.spread)}.` : "";
  const unread = groupsOf(state).filter((one) => one.inside.length > 1 && one.spread === null).map((one) => one.name);
  const rest = unread.length ? ` Nothing can be told of the inside of ${joined(unread)}.` : "";
  return { right, most: most.label, shown: said === "shown", lead, text: answer + after + turn + rest };
}

export function trade(state) {
  const figure = figureOf(state);
  return `Side by side: ${comparedOf(state).map((one) => `${one.cells} groups: ${one.hidden} hidden, averages `
    + (one.range === null ? "no figures to compare" : `${distanceText(figure, one.range)} apart`)).join("; ")}.`;
}

export function wordsOf(state) {
  const figure = figureOf(state);
  const waits = veiled(state);
  const told = groupsOf(state).map((one) => `${one.name} ${one.average === null ? "no figure" : valueText(figure, one.average)}`
    + (one.low && !waits ? ` (inside: ${one.low[0]} ${valueText(figure, one.low[1])} to ${one.high[0]} ${valueText(figure, one.high[1])})` : ""));
  const came = verdict(state);
  return [
    `${figure.label}, ${figure.unit === "%" ? "per cent of people" : figure.unit}, in ${TITLES[state.grouping]}: ${told.join("; ")}.`,
    waits ? "Predict which group's average hides the widest spread." : came ? came.lead + came.text : "",
    `What disappears. ${disappears(state).map(([title, text]) => `${title}: ${text}`).join(" ")}`,
    `${locally(state)} ${trade(state)}`,
    figure.note,
  ].filter(Boolean).join(" ");
}

export function rowsOf(state) {
  const figure = figureOf(state);
  const service = serviceOf(state);
  const waits = veiled(state);
  return [["Group", "Categories in it", `People, ${NATION}`, `${figure.label} (${figure.unit})`, "Lowest and highest inside",
    `Service in ${state.area}, scaled`],
  ...groupsOf(state).map((one, at) => {
    const alone = one.inside.length === 1;
    const inside = one.low ? (waits ? "predict first"
      : `${one.low[0]} ${valueText(figure, one.low[1])}, ${one.high[0]} ${valueText(figure, one.high[1])}`) : alone ? "–" : "too few figures";
    const none = alone ? figure.missing[one.inside[0]] ?? "no figure" : "no figure";
    return [one.name, alone ? "itself" : joined(one.inside), number(one.people), one.average === null ? none : valueText(figure, one.average),
      inside, service.hidden[at] ? "suppressed" : number(service.counts[at])];
  })];
}
