// Flip the reference: choose who is the norm, predict what the choice does to the size, and read the sentence it
// writes. Words and rows are written as equitykit/widgets/flip_words.py writes them.
import { h, table, disclosure, voice, uid, save } from "./kit.js";

const STATE = ["series", "reference", "focus", "scale", "framing", "predictions"];
const TRAITS = [...STATE, "figures", "frames", "unnamed", "source", "label"];
const SAID = { same: "that it would stay the same", smaller: "that it would get smaller", larger: "that it would get larger" };
const ANSWERS = [["same", "It stays the same"], ["smaller", "It gets smaller"], ["larger", "It gets larger"]];

// ---- what a state says: no page needed

const seriesOf = (state) => state.figures.find((one) => one.name === state.series);
const groupOf = (state, name) => seriesOf(state).groups.find((one) => one.group === name) ?? null;
const frameOf = (state, name) => state.frames.find((one) => one.label === name && ["", state.series].includes(one.series)) ?? null;
const groupsOf = (state) => seriesOf(state).groups.filter((one) => one.value !== null).map((one) => one.group);
const framesOf = (state) => state.frames.filter((one) => ["", state.series].includes(one.series)).map((one) => one.label);
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const article = (text) => ("aeiou".includes(text.slice(0, 1).toLowerCase()) ? "an" : "a");
const scaleName = (state) => (state.scale === "ratio" ? "percentage" : "difference");
const flipped = (state) => ({ ...state, focus: state.reference, reference: state.focus });
const nameOf = (state, name) => groupOf(state, name)?.label ?? name;

function against(state, group) {
  const frame = frameOf(state, state.reference);
  if (frame) return frame.values[group] ?? frame.value;
  return groupOf(state, state.reference)?.value ?? null;
}

const rounded = (value, decimals) => Math.floor(value * 10 ** decimals + 0.5) / 10 ** decimals;

const number = (value, decimals) => rounded(value, decimals)
  .toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

function percent(ratio) {
  const size = Math.abs(ratio - 1) * 100;
  return `${number(size, size >= 1 || rounded(size, 1) === 0 ? 0 : 1)}%`;
}

function quantity(series, value) {
  const shown = number(value, series.decimals);
  if (series.unit === "%") return `${shown}%`;
  if (series.unit === "£") return `£${shown}`;
  return `${shown} ${series.unit}`.trim();
}

function distance(series, value) {
  const size = Math.abs(value);
  if (series.unit !== "%") return quantity(series, size);
  const shown = number(size, series.decimals);
  return `${shown} percentage point${shown === "1" ? "" : "s"}`;
}

const sizeOf = (state, value, base) => (state.scale === "ratio" ? percent(value / base) : distance(seriesOf(state), value - base));

const isNone = (shown) => !/[1-9]/.test(shown);

function sideOf(state, group) {
  const found = groupOf(state, group);
  const base = against(state, group);
  if (!found || found.value === null || base === null || found.value === base) return "level";
  if (frameOf(state, state.reference) && found.low !== null && found.low <= base && base <= found.high) return "level";
  return (found.value > base) === (seriesOf(state).higher_is === "worse") ? "disadvantage" : "advantage";
}

function sentence(state) {
  const series = seriesOf(state);
  const found = groupOf(state, state.focus);
  const base = against(state, state.focus);
  if (!found || found.value === null || base === null) return "No figure to compare.";
  const { value } = found;
  const { outcome } = series;
  const who = capital(found.label);
  const norm = nameOf(state, state.reference);
  const [more, less] = series.comparatives;
  const figures = `${quantity(series, value)} against ${quantity(series, base)}`;
  const shown = sizeOf(state, value, base);
  const told = sideOf(state, state.focus);
  if (isNone(shown)) return `${who} have the same ${outcome} as ${norm}${value === base ? "" : ", as rounded here"}: ${figures}.`;
  const way = value > base ? more : less;
  let claim;
  if (more === "more") {
    const amount = state.scale === "ratio" ? shown : number(Math.abs(value - base), series.decimals);
    claim = `${who} have ${amount} ${way} ${outcome} than ${norm}`;
  } else {
    claim = `${who} have ${article(outcome)} ${outcome} ${shown} ${way} than ${norm}`;
  }
  return `${claim}: ${{ disadvantage: "a disadvantage", advantage: "an advantage", level: "too near to tell apart" }[told]}.`;
}

function relative(state, group, scale) {
  const base = against(state, group.group);
  if (group.value === null || base === null) return "not given";
  if (group.group === state.reference) return "reference";
  const shown = sizeOf({ ...state, scale }, group.value, base);
  if (isNone(shown)) return shown;
  return (group.value > base ? "+" : "−") + shown;
}

const role = (state, name) => (name === state.focus ? "subject" : name === state.reference ? "norm" : "not named");

function unnamed(state) {
  const others = seriesOf(state).groups.filter((one) => ![state.focus, state.reference].includes(one.group)).map((one) => one.label);
  return `${[...others, state.unnamed].join("; ")}.`;
}

function intervals(state) {
  const { decimals } = seriesOf(state);
  const found = groupOf(state, state.focus);
  const base = against(state, state.focus);
  if (!found || found.low === null || base === null) return "";
  const range = (one) => `${number(one.low, decimals)} to ${number(one.high, decimals)}`;
  const other = groupOf(state, state.reference);
  if (other) {
    if (other.low === null) return `The interval for ${found.label} is ${range(found)}; for ${other.label} none is given.`;
    return `The intervals are ${range(found)} and ${range(other)}. They belong to each figure, not to the comparison, which has one of its own.`;
  }
  return `The interval for ${found.label} is ${range(found)}. ${found.low <= base && base <= found.high
    ? "It holds the reference: these figures do not tell above from below."
    : "It does not hold the reference: chance in the sample alone is an unlikely reason for the difference."}`;
}

function words(state) {
  const series = seriesOf(state);
  const listed = series.groups.map((one) => `${one.label} ${one.value === null ? "not given" : quantity(series, one.value)}`).join("; ");
  const frame = frameOf(state, state.reference);
  const fixed = !frame || frame.value === null ? "" : ` (${quantity(series, frame.value)})`;
  const norm = nameOf(state, state.reference);
  return [
    state.figures.length > 1 ? `${series.name}.` : "",
    `${capital(series.outcome)}: ${listed}.`,
    `Compared with ${norm}${fixed}, as a ${scaleName(state)}: ${sentence(state)}`,
    `Subject of the sentence: ${nameOf(state, state.focus)}. The norm: ${norm}. Not named: ${unnamed(state)}`,
    intervals(state),
    series.note,
  ].filter(Boolean).join(" ");
}

function rows(state) {
  const series = seriesOf(state);
  const frame = frameOf(state, state.reference);
  const ranged = series.groups.some((one) => one.low !== null);
  const own = frame !== null && Object.keys(frame.values).length > 0;
  const made = [["Group", capital(series.outcome), ...(ranged ? ["Interval"] : []), ...(own ? [capital(frame.label)] : []),
    "Against the reference, as a percentage", "Against the reference, as a difference", "In the sentence"]];
  for (const one of series.groups) {
    const base = against(state, one.group);
    made.push([capital(one.label), one.value === null ? "not given" : quantity(series, one.value),
      ...(ranged ? [one.low === null ? "not given" : `${number(one.low, series.decimals)}–${number(one.high, series.decimals)}`] : []),
      ...(own ? [base === null ? "not given" : quantity(series, base)] : []),
      relative(state, one, "ratio"), relative(state, one, "difference"), role(state, one.group)]);
  }
  if (frame && !own) made.push([capital(frame.label), quantity(series, frame.value), ...(ranged ? ["–"] : []), "reference", "reference", "norm"]);
  return made;
}

/** What flipping does to the size shown, or null where there is nothing to flip. */
function change(state) {
  const value = groupOf(state, state.focus)?.value ?? null;
  const base = groupOf(state, state.reference)?.value ?? null;
  if (value === null || base === null) return null;
  if (sizeOf(state, value, base) === sizeOf(state, base, value)) return "same";
  return Math.abs(base / value - 1) > Math.abs(value / base - 1) ? "larger" : "smaller";
}

/** Subject and reference as a series has them: two that can be compared. */
function settled(state) {
  const known = groupsOf(state);
  const focus = known.includes(state.focus) ? state.focus : known.find((one) => one !== state.reference);
  const rest = known.filter((one) => one !== focus);
  const reference = [...rest, ...framesOf(state)].includes(state.reference) ? state.reference : rest[rest.length - 1];
  const next = { ...state, focus, reference };
  return { ...next, framing: sideOf(next, focus) };
}

const keyOf = (state) => [state.series, state.scale, state.focus, state.reference].join(" / ");

// ---- the drawing: dots that stay, and a line that moves

function drawing() {
  const figure = h("ul", { class: "ek-fl-chart" });
  const axis = h("div", { class: "ek-fl-axis", "aria-hidden": "true" });
  const parts = new Map();
  let drawn = null;

  function domain(state) {
    const series = seriesOf(state);
    const all = series.groups.flatMap((one) => [one.value, one.low, one.high]);
    for (const frame of state.frames.filter((one) => ["", state.series].includes(one.series))) all.push(frame.value, ...Object.values(frame.values));
    const found = all.filter((one) => one !== null && one !== undefined);
    const pad = (Math.max(...found) - Math.min(...found) || Math.max(...found) * 0.1) * 0.1;
    return [Math.max(0, Math.min(...found) - pad), Math.max(...found) + pad];
  }

  function build(state) {
    parts.clear();
    figure.replaceChildren(...seriesOf(state).groups.map((one) => {
      const made = { name: h("span", { class: "ek-fl-name" }), told: h("span", { class: "ek-fl-told" }), value: h("span", { class: "ek-fl-value" }) };
      for (const kind of ["line", "bar", "interval", "dot"]) made[kind] = h("span", { class: `ek-fl-${kind}` });
      made.row = h("li", { class: "ek-fl-row" }, made.name,
        h("span", { class: "ek-fl-strip", "aria-hidden": "true" }, made.line, made.bar, made.interval, made.dot),
        h("span", { class: "ek-fl-told-both" }, made.value, made.told));
      parts.set(one.group, made);
      return made.row;
    }));
    drawn = state.series;
  }

  function go(state) {
    if (drawn !== state.series) build(state);
    const series = seriesOf(state);
    const [low, high] = domain(state);
    const at = (value) => ((value - low) / (high - low)) * 100;
    for (const one of series.groups) {
      const made = parts.get(one.group);
      const base = against(state, one.group);
      const is = role(state, one.group);
      made.row.className = `ek-fl-row${is === "subject" ? " ek-fl-subject" : is === "norm" ? " ek-fl-norm" : ""}`;
      made.name.replaceChildren(capital(one.label));
      made.value.textContent = one.value === null ? "not given" : quantity(series, one.value);
      made.told.textContent = one.value === null ? "" : is === "norm" ? "reference" : relative(state, one, state.scale);
      made.line.style.left = base === null ? "-10%" : `${at(base)}%`;
      const shown = one.value !== null && base !== null;
      for (const part of [made.bar, made.dot]) part.hidden = !shown;
      made.interval.hidden = one.low === null;
      if (one.low !== null) Object.assign(made.interval.style, { left: `${at(one.low)}%`, width: `${at(one.high) - at(one.low)}%` });
      if (!shown) continue;
      Object.assign(made.bar.style, { left: `${at(Math.min(base, one.value))}%`, width: `${Math.abs(at(base) - at(one.value))}%` });
      made.bar.className = `ek-fl-bar ek-fl-${sideOf(state, one.group)}`;
      made.dot.style.left = `${at(one.value)}%`;
    }
    const step = 10 ** Math.floor(Math.log10((high - low) / 2));
    const every = [5, 2, 1].map((times) => times * step).find((one) => (high - low) / one >= 2) ?? step;
    const ticks = [];
    for (let tick = Math.ceil(low / every) * every; tick <= high + 1e-9; tick += every) ticks.push(tick);
    const places = Math.max(0, Math.min(3, -Math.floor(Math.log10(every) + 1e-9)));
    axis.replaceChildren(...ticks.filter((tick) => at(tick) > 4 && at(tick) < 96)
      .map((tick) => Object.assign(h("span", { text: number(tick, places) }), { style: `left: ${at(tick)}%` })));
  }
  return { figure, axis, go };
}

// ---- the page

function render({ model, el }) {
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let saving = false;
  const live = voice();
  const picture = drawing();
  const written = new Map(); // by series: the sentences that its figures have written here

  const select = (label, onchange) => {
    const id = uid("ek-fl");
    const element = h("select", { id, class: "ek-fl-select", onchange: () => onchange(element.value) });
    return { element, field: h("div", { class: "ek-fl-field" }, h("label", { for: id, text: label }), element) };
  };
  const fill = (element, options, value) => {
    const wanted = JSON.stringify(options);
    if (element.dataset.options !== wanted) {
      element.dataset.options = wanted;
      element.replaceChildren(...options.map(([key, text]) => h("option", { value: key, text })));
    }
    element.value = value;
  };
  const which = select("Figures", (value) => update({ series: value }));
  const about = select("The sentence is about", (value) => choose("focus", value));
  const norm = select("Compared with", (value) => choose("reference", value));
  const scales = [["ratio", "As a percentage"], ["difference", "As a difference"]].map(([scale, text]) => {
    const button = h("button", { type: "button", class: "ek-button", text, onclick: () => update({ scale }) });
    return { scale, button };
  });

  const chip = h("span", { class: "ek-fl-chip" });
  const claim = h("p", { class: "ek-fl-claim", tabindex: "-1" });
  const verdict = h("p", { class: "ek-fl-verdict" });
  const question = h("p", { class: "ek-fl-question", id: uid("ek-fl") });
  const ways = h("div", { class: "ek-fl-ways" });
  const ask = h("div", { class: "ek-fl-ask", role: "group", "aria-labelledby": question.id }, question, ways);
  const outcome = h("p", { class: "ek-fl-outcome" });
  const roles = h("dl", { class: "ek-fl-roles" });
  const ranges = h("p", { class: "ek-fl-note" });
  const note = h("p", { class: "ek-fl-note" });
  const trail = h("ol", { class: "ek-fl-trail" });
  const trailTitle = h("p", { class: "ek-fl-kicker" });
  const trailBlock = h("div", { class: "ek-fl-so-far" }, trailTitle, trail);
  const near = h("span", {}, h("span", { class: "ek-fl-bar ek-fl-level" }), "too near to tell apart");
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div");
  const source = h("p", { class: "ek-fl-source" });

  /** Choosing the one that has the other part makes the two change places. */
  function choose(part, value) {
    const other = part === "focus" ? "reference" : "focus";
    if (value !== state[other]) update({ [part]: value });
    else if (groupOf(state, state[part])) update({ focus: state.reference, reference: state.focus });
    else update({ [part]: value, [other]: groupsOf(state).find((one) => one !== value) });
  }

  function flip(said) {
    const next = flipped(state);
    update({ focus: next.focus, reference: next.reference,
      ...(said ? { predictions: { ...state.predictions, [keyOf(next)]: said } } : {}) });
    claim.focus({ preventScroll: true });
    claim.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

  function update(changed) {
    state = settled({ ...state, ...changed });
    show();
    live.say(sentence(state));
    saving = true; // the model tells of each trait as it is set: half a state is nobody's wish
    save(model, { ...Object.fromEntries(STATE.map((trait) => [trait, state[trait]])), words: words(state), table: rows(state) });
    saving = false;
  }

  function show() {
    const series = seriesOf(state);
    const known = groupsOf(state);
    const frames = framesOf(state);
    const frame = frameOf(state, state.reference);
    const subject = nameOf(state, state.focus);
    const compared = nameOf(state, state.reference);
    fill(which.element, state.figures.map((one) => [one.name, capital(one.name)]), state.series);
    fill(about.element, known.map((one) => [one, capital(nameOf(state, one))]), state.focus);
    fill(norm.element, [...known.map((one) => [one, capital(nameOf(state, one))]), ...frames.map((one) => [one, capital(one)])], state.reference);
    which.field.hidden = state.figures.length < 2;
    about.field.hidden = norm.field.hidden = known.length < 3 && !frames.length;
    for (const { scale, button } of scales) button.setAttribute("aria-pressed", String(scale === state.scale));
    outcome.textContent = `${capital(series.outcome)}. The line is the reference: ${compared}${
      frame && frame.value === null ? "" : `, ${quantity(series, against(state, state.focus))}`}. A higher figure is ${series.higher_is}.`;
    picture.go(state);
    near.hidden = !frame || !known.some((one) => sideOf(state, one) === "level");
    chip.textContent = state.framing === "level" ? "Told as level" : `Told as ${article(state.framing)} ${state.framing}`;
    chip.className = `ek-fl-chip ek-fl-chip-${state.framing}`;
    claim.textContent = sentence(state);
    showVerdict();
    showAsk(frame, subject, compared);
    showRoles(frame, subject, compared);
    ranges.textContent = intervals(state);
    ranges.hidden = !ranges.textContent;
    note.textContent = series.note;
    note.hidden = !series.note;
    showTrail();
    inWords.textContent = words(state);
    asTable.replaceChildren(table(rows(state), `${capital(series.outcome)}${series.name ? `, ${series.name}` : ""}, compared with ${compared}`));
  }

  function showVerdict() {
    const said = state.predictions[keyOf(state)];
    const before = flipped(state);
    const was = said ? change(before) : null;
    verdict.hidden = !was;
    if (!was) return;
    const series = seriesOf(state);
    const value = groupOf(state, state.focus).value;
    const base = groupOf(state, state.reference).value;
    const now = sizeOf(state, value, base);
    const then = sizeOf(state, base, value);
    const gap = distance(series, value - base);
    let why;
    if (state.scale === "difference") why = `The difference is ${now} from either side. Only its direction and its story turn.`;
    else if (was === "same") why = `It is ${now} both ways, as rounded here: when two figures lie near each other, it hardly matters which is the norm.`;
    else why = `It was ${then} and is ${now}. The gap of ${gap} has not moved; it is now divided by ${quantity(series, base)} instead of ${quantity(series, value)}.`;
    verdict.className = `ek-fl-verdict${said === "shown" ? "" : said === was ? " ek-fl-right" : " ek-fl-turn"}`;
    verdict.replaceChildren(said === "shown" ? "" : h("strong", { text: said === was ? "As you predicted. " : `You predicted ${SAID[said]}. ` }), why);
  }

  function showAsk(frame, subject, compared) {
    ask.classList.remove("ek-fl-open");
    if (frame) {
      if (frame.value === null) question.textContent = "Here the reference is no group: each group is held against a mark of its own. Choose a group under Compared with to flip again.";
      else question.textContent = frame.kind === "population"
        ? `Here the reference is no group but ${frame.label}. The groups are part of it, and a large group pulls it towards itself. Choose a group under Compared with to flip again.`
        : `Here the reference is no group but ${frame.label}: somebody set it, and every group may miss it. Choose a group under Compared with to flip again.`;
      ways.replaceChildren();
      return;
    }
    const next = flipped(state);
    const open = change(state) && !(keyOf(next) in state.predictions) && !(keyOf(state) in state.predictions);
    if (open && !isNone(sizeOf(state, groupOf(state, state.focus).value, against(state, state.focus)))) {
      ask.classList.add("ek-fl-open");
      const now = sizeOf(state, groupOf(state, state.focus).value, against(state, state.focus));
      question.replaceChildren("Next, ", h("strong", { text: subject }), ` become the reference. No figure changes. What happens to the ${scaleName(state)}, now ${now}?`);
      ways.replaceChildren(...ANSWERS.map(([said, text]) => h("button", { type: "button", class: "ek-button", text, onclick: () => flip(said) })),
        h("button", { type: "button", class: "ek-button ek-fl-quiet", text: "Flip without predicting", onclick: () => flip("shown") }));
      return;
    }
    const other = state.scale === "ratio" ? "difference" : "ratio";
    const left = !Object.keys(state.predictions).some((one) => one.startsWith(`${state.series} / ${other} / `));
    question.textContent = `The reference is ${compared}. Turn it over as often as you like: the dots stay where they are.`;
    ways.replaceChildren(h("button", { type: "button", class: "ek-button ek-primary", text: "Flip the reference", onclick: () => flip() }),
      left ? h("button", { type: "button", class: "ek-button", text: `Predict it as a ${other === "ratio" ? "percentage" : "difference"}`,
        onclick: () => { update({ scale: other }); ways.querySelector("button")?.focus(); } }) : "");
  }

  function showRoles(frame, subject, compared) {
    const asks = { disadvantage: `A reader asks next what ${subject} lack, and what should be done for them.`,
      advantage: `A reader asks next how ${subject} came by it, and who could share it.`,
      level: "These figures leave nothing to explain." }[state.framing];
    const base = frame && frame.value === null ? "Each group has a line of its own."
      : "Their figure is the starting point, and needs no reason.";
    const normal = frame ? (frame.kind === "target" ? "A mark that somebody set. No group is the starting point."
      : frame.value === null ? base : "Everybody together. No one group is the starting point.") : base;
    roles.replaceChildren(...[["The subject", subject, asks], ["The norm", compared, normal],
      ["Not named", "", capital(unnamed(state))]].map(([term, who, text]) => h("div", {},
      h("dt", { text: term }), who ? h("dd", { class: "ek-fl-who", text: capital(who) }) : null, h("dd", { text }))));
  }

  function showTrail() {
    const own = written.get(state.series) ?? [];
    const now = sentence(state);
    if (!own.includes(now)) own.push(now);
    written.set(state.series, own);
    trailBlock.hidden = own.length < 2;
    trailTitle.textContent = `${own.length} sentences from the same figures, all true`;
    trail.replaceChildren(...own.map((text) => h("li", text === now ? { "aria-current": "true", text } : { text })));
  }

  source.append("Source: ", state.source.source_url ? h("a", { href: state.source.source_url, text: state.source.source }) : state.source.source,
    ...["geography", "period", "licence"].filter((field) => state.source[field]).map((field) => `. ${state.source[field]}`),
    state.source.synthetic ? ". Synthetic: no real people." : ".");

  el.append(h("div", { class: "ek-stage ek-flip" },
    h("div", { class: "ek-fl-controls" }, which.field, about.field, norm.field),
    h("div", { class: "ek-fl-ways", role: "group", "aria-label": "How the comparison is told" }, ...scales.map(({ button }) => button)),
    h("div", { class: "ek-fl-said" }, chip, claim),
    verdict, ask,
    h("div", { class: "ek-fl-picture" }, outcome, picture.figure, picture.axis,
      h("p", { class: "ek-fl-key" }, h("span", {}, h("span", { class: "ek-fl-bar ek-fl-disadvantage" }), "disadvantage against the reference"),
        h("span", {}, h("span", { class: "ek-fl-bar ek-fl-advantage" }), "advantage against it"), near)),
    ranges, note, roles, trailBlock,
    disclosure("In words", inWords), disclosure("As a table", asTable), source, live.element));

  show();
  if (model.get("words") !== words(state)) save(model, { words: words(state), table: rows(state) });
  const outside = () => {
    if (saving) return;
    const now = read();
    const changed = STATE.filter((trait) => JSON.stringify(now[trait]) !== JSON.stringify(state[trait]));
    if (!changed.length) return;
    const swap = changed.length === 1 && changed[0] === "framing" && now.framing !== "level" && state.framing !== "level" && !frameOf(state, state.reference);
    update(swap ? { focus: state.reference, reference: state.focus } : Object.fromEntries(STATE.map((trait) => [trait, now[trait]])));
  };
  for (const trait of STATE) model.on(`change:${trait}`, outside);
  return () => { for (const trait of STATE) model.off(`change:${trait}`, outside); };
}

export default { render };
