// The measure bench: drag, nudge or type the groups' figures and watch every measure of the gap respond; or say first
// what a change will do to them, and see. The sums are in bench-model.js, the texts in bench-texts.js.
import { h, svg, table, disclosure, voice, uid, save } from "./kit.js";
import { MEASURES, NAMES, applied, average, both, capital, change, counted, direction, isHarm, line, number, plain,
  quantity, rows, spelt, tableOf, unitOf, words } from "./bench-model.js";
import { GROUPS, SHORT, explained, formula, lesson, worked } from "./bench-texts.js";

const OWN = ["start", "preset", "rates", "people", "reversed", "predictions"];
const TRAITS = [...OWN, "groups", "tables", "presets", "compare", "outcome", "opposite", "unit", "noun", "higher_is", "out_of",
  "percent", "points", "decimals", "axis", "note", "source", "label"];
const SIGNS = { wider: "▲", narrower: "▼", same: "=", none: "–" };
const ANSWERS = [["narrower", "Narrower"], ["same", "The same"], ["wider", "Wider"]];

const keyOf = (state, preset) => `${state.start} / ${preset}`;
const roundBelow = (value) => {
  const step = 10 ** Math.floor(Math.log10(value));
  return ([5, 2, 1].find((times) => times * step <= value) ?? 1) * step;
};

// ---- the drawing

/** The ends of the scale: all of it once success is counted; otherwise the page's, stretched to hold every figure. */
function scaleOf(state) {
  if (state.reversed) return [0, state.out_of];
  const all = [...state.rates, ...tableOf(state, state.start).rates];
  return [Math.min(state.axis[0], ...all), Math.max(state.axis[1], ...all)];
}

function ticks(low, high) {
  const every = roundBelow((high - low) / (high < 10000 ? 3 : 1.5)); // long figures need room
  const places = Math.max(0, Math.min(3, -Math.floor(Math.log10(every) + 1e-9)));
  const found = [];
  for (let one = Math.ceil(low / every - 1e-9) * every; one <= high + every * 1e-6; one += every) found.push([one, number(one, places)]);
  return found;
}

/** The groups as bars with a handle each, and the line that the slope index reads. */
function chart(state, move, settle) {
  const fit = svg("polyline", { class: "ek-be-line", fill: "none" });
  const overlay = svg("svg", { viewBox: `0 0 100 ${state.groups.length}`, preserveAspectRatio: "none", class: "ek-be-overlay", "aria-hidden": "true", focusable: "false" }, fit);
  const axis = h("div", { class: "ek-be-axis", "aria-hidden": "true" });
  const handles = state.groups.map((group, place) => {
    const id = uid("ek-be");
    const bar = h("span", { class: "ek-be-bar" });
    const was = h("span", { class: "ek-be-was" });
    const range = h("input", { type: "range", id, step: "any", class: "ek-be-range",
      oninput: () => move(place, Number(range.value)), onchange: () => settle(place), onkeydown: (event) => nudge(event, place) });
    const typed = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", class: "ek-be-typed", "aria-label": `${group}, type a figure`,
      onchange: () => type(place) }); // Enter is a change, too
    const wrong = h("span", { class: "ek-be-wrong", id: `${id}-wrong`, hidden: true });
    return { range, typed, bar, was, wrong, row: h("div", { class: "ek-be-row" }, h("label", { for: id, class: "ek-be-name", text: group }),
      h("span", { class: "ek-be-track" }, bar, was, range), typed, wrong) };
  });
  const element = h("div", { class: "ek-be-chart" }, h("div", { class: "ek-be-rows" }, ...handles.map((one) => one.row), overlay), axis);
  let now = state;

  function nudge(event, place) {
    const [low, high] = scaleOf(now);
    const step = roundBelow((now.axis[1] - now.axis[0]) / 50);
    const by = { ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step, PageUp: 10 * step, PageDown: -10 * step }[event.key];
    const to = by ? now.rates[place] + by : { Home: low, End: high }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(place, Math.min(high, Math.max(low, to)));
    settle(place);
  }

  function type(place) {
    const { typed, wrong } = handles[place];
    const given = Number(typed.value.replaceAll(",", "").replace("−", "-").replace("%", "").trim() || NaN);
    const most = now.out_of ?? Infinity;
    const fits = Number.isFinite(given) && given >= 0 && given <= most;
    wrong.hidden = fits;
    if (!fits) {
      typed.setAttribute("aria-invalid", "true");
      typed.setAttribute("aria-describedby", wrong.id);
      wrong.textContent = most === Infinity ? "A number of 0 or more, please." : `A number from 0 to ${number(most, 0)}, please.`;
      return;
    }
    typed.removeAttribute("aria-describedby");
    if (given === now.rates[place]) return;
    move(place, given, true);
    settle(place);
  }

  function go(next) {
    now = next;
    const [low, high] = scaleOf(next);
    const at = (value) => ((value - low) / (high - low)) * 100;
    const first = tableOf(next, next.start).rates;
    const fitted = line(next.rates, next.people);
    const whole = next.people.reduce((total, one) => total + one, 0);
    let before = 0;
    const points = [[fitted.first, 0]];
    handles.forEach(({ range, typed, bar, was, wrong }, place) => {
      const value = next.rates[place];
      range.min = low;
      range.max = high;
      range.value = value;
      range.setAttribute("aria-valuetext", quantity(next, value));
      if (document.activeElement !== typed || typed.getAttribute("aria-invalid") === null) {
        typed.value = number(value, next.decimals);
        typed.removeAttribute("aria-invalid");
        wrong.hidden = true;
      }
      bar.style.width = `${at(value)}%`;
      bar.hidden = low > 0;
      was.hidden = next.reversed || next.preset === "" || first[place] === value;
      was.style.left = `${at(first[place])}%`;
      const rank = (before + next.people[place] / 2) / whole;
      before += next.people[place];
      points.push([fitted.first + fitted.slope * rank, place + 0.5]);
    });
    points.push([fitted.last, next.groups.length]);
    const longest = Math.max(...next.rates.map((value) => number(value, next.decimals).length));
    element.style.setProperty("--typed", `${Math.max(longest, 5) * 0.58 + 1.125}rem`);
    fit.setAttribute("points", points.map(([value, y]) => `${at(value)},${y}`).join(" "));
    axis.replaceChildren(...ticks(low, high).map(([value, text]) => Object.assign(h("span", { text }), { style: `left: ${at(value)}%` })));
  }
  return { go, element };
}

// ---- the page

function render({ model, el }) {
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let chosen = ""; // the preset that is being predicted
  let saving = false;
  const live = voice();
  const button = (text, onclick, attributes = {}) => h("button", { type: "button", class: "ek-button", onclick, text, ...attributes });

  const picture = chart(state, (place, value, exact = false) => {
    const held = exact ? value : Math.round(value * 10 ** state.decimals) / 10 ** state.decimals;
    update({ preset: "own", rates: state.rates.map((one, at) => (at === place ? held : one)) }, "");
  }, (place) => {
    const { start, now, mean } = both(state);
    live.say(`${state.groups[place]}: ${quantity(state, state.rates[place])}. ${["difference", "ratio", "sii"].map((one) =>
      `${SHORT[one]} ${plain(state, one, now[one])}, ${change(state, one, start[one], now[one], mean)}`).join("; ")}.`);
  });
  const heading = h("p", { class: "ek-be-heading" });
  const below = h("p", { class: "ek-be-hint" });
  const readout = h("p", { class: "ek-be-readout", "aria-hidden": "true" }); // on a phone, beside the handles
  const key = h("p", { class: "ek-be-key" });
  const startId = uid("ek-be");
  const startFrom = h("select", { id: startId, class: "ek-be-select", onchange: () => begin(startFrom.value) },
    ...state.tables.map((one) => h("option", { value: one.name, text: one.name })));
  const back = button("Back to the start", () => apply(""), { class: "ek-button ek-be-back" });
  const list = h("div", { class: "ek-be-measures" });
  const presets = h("div", { class: "ek-be-presets" });
  const panel = h("div", { class: "ek-be-panel", role: "group", tabindex: "-1" });
  const details = h("div", { class: "ek-be-details" });
  const legend = h("p", { class: "ek-be-hint" });
  const note = h("p", { class: "ek-be-hint" });
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div");
  const source = h("p", { class: "ek-be-source" });

  const cards = Object.fromEntries(MEASURES.map((one) => {
    const made = { value: h("strong"), unit: h("span"),
      was: h("span", { class: "ek-be-before" }), chip: h("span", { class: "ek-be-chip" }) };
    made.element = h("div", { class: "ek-be-card" }, h("dt", { text: SHORT[one] }),
      h("dd", { class: "ek-be-value" }, made.value), h("dd", { class: "ek-be-unit" }, made.unit), h("dd", { class: "ek-be-then" }, made.was, made.chip));
    return [one, made];
  }));
  list.append(...GROUPS.map(([text, ones]) => h("div", {}, h("p", { class: "ek-be-kicker", text }), h("dl", {}, ...ones.map((one) => cards[one].element)))));

  const explaining = MEASURES.map((one) => {
    const sum = h("p", { class: "ek-be-sum" });
    const shape = h("span", { class: "ek-be-formula" });
    const said = h("div");
    return { one, sum, shape, said, element: h("details", { class: "ek-be-detail" },
      h("summary", {}, h("span", { class: "ek-be-detail-name", text: NAMES[one] }), shape), said, sum) };
  });
  details.append(...explaining.map((one) => one.element));

  const offers = state.presets.map((one) => ({ ...one, button: button(capital(one.title), () => choose(one.id), { class: "ek-button ek-be-preset", "aria-pressed": "false" }) }));
  presets.append(...offers.map((one) => one.button));

  function begin(start) {
    chosen = "";
    update({ ...applied({ ...state, start }, ""), start }, `From ${start}.`);
  }

  function choose(preset) {
    if (keyOf(state, preset) in state.predictions) {
      chosen = "";
      apply(preset);
      return;
    }
    chosen = chosen === preset ? "" : preset;
    if (state.preset !== "") update(applied(state, ""), "");
    else show();
    if (chosen) panel.querySelector("input")?.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

  function apply(preset, said) {
    const told = said ? { predictions: { ...state.predictions, [keyOf(state, preset)]: said } } : {};
    chosen = "";
    update({ ...applied(state, preset), ...told }, preset ? `Now, ${state.presets.find((one) => one.id === preset).title}.` : "Back at the start.");
    if (!said) return;
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

  function update(changed, spoken) {
    state = { ...state, ...changed };
    show();
    if (spoken) live.say(spoken);
    saving = true; // the model tells of each trait as it is set: half a state is nobody's wish
    save(model, { ...Object.fromEntries(OWN.map((trait) => [trait, state[trait]])), words: words(state), table: rows(state) });
    saving = false;
  }

  function showMeasures() {
    const { start, now, mean } = both(state);
    for (const one of MEASURES) {
      const { value, unit, was, chip } = cards[one];
      const way = direction(one, start[one], now[one], mean);
      value.textContent = plain(state, one, now[one]);
      unit.textContent = now[one] === null ? "does not exist here" : unitOf(state, one) || `no gap: ${["ratio", "rii"].includes(one) ? 1 : 0}`;
      was.textContent = state.preset ? `was ${plain(state, one, start[one])}` : "";
      chip.hidden = !state.preset;
      chip.className = `ek-be-chip ek-be-${way}`;
      chip.replaceChildren(h("span", { "aria-hidden": "true", text: `${SIGNS[way]} ` }), change(state, one, start[one], now[one], mean));
    }
    readout.replaceChildren(...["difference", "sii", "ratio"].map((one) => h("span", {}, one === "sii" ? "SII " : `${SHORT[one]} `,
      h("strong", { text: plain(state, one, now[one]) }), state.preset ? ` ${SIGNS[direction(one, start[one], now[one], mean)]}` : "")));
  }

  function showAsk() {
    const offer = offers.find((one) => one.id === chosen);
    const name = uid("ek-be");
    const picked = {};
    const go = button("Apply it and see", () => apply(chosen, picked), { class: "ek-button ek-primary", disabled: true });
    const question = h("p", { class: "ek-be-question", id: `${name}-q` }, h("strong", { text: `${capital(offer.title)}. ` }),
      "What will each measure say of the gap? Predict first.");
    panel.setAttribute("aria-label", "Your prediction");
    panel.className = "ek-be-panel ek-be-open";
    panel.replaceChildren(question, ...offer.asks.map((one) => h("fieldset", { class: "ek-be-guess" }, h("legend", { text: SHORT[one] }),
      h("div", { class: "ek-be-options" }, ...ANSWERS.map(([way, text]) => h("label", { class: "ek-choice ek-be-option" },
        h("input", { type: "radio", name: `${name}-${one}`, onchange: () => {
          picked[one] = way;
          go.disabled = offer.asks.some((asked) => !picked[asked]);
        } }), text))))),
      h("div", { class: "ek-be-ways" }, go, button("Apply without predicting", () => apply(chosen, {}), { class: "ek-button ek-be-quiet" })));
  }

  function showVerdict() {
    const said = state.predictions[keyOf(state, state.preset)];
    const found = both(state);
    const offer = offers.find((one) => one.id === state.preset);
    const asked = offer.asks.map((one) => ({ one, way: direction(one, found.start[one], found.now[one], found.mean), guess: said?.[one] }));
    const guessed = asked.filter((each) => each.guess);
    const right = guessed.filter((each) => each.guess === each.way).length;
    const score = !guessed.length ? "" : right === guessed.length ? "All as you predicted. " : `${right} of ${guessed.length} as you predicted. `;
    panel.setAttribute("aria-label", "What happened");
    panel.className = `ek-be-panel ${!guessed.length ? "" : right === guessed.length ? "ek-be-right" : "ek-be-turn"}`;
    panel.replaceChildren(h("p", { class: "ek-be-question" }, h("strong", { text: `${capital(offer.title)}. ` }), score),
      h("ul", { class: "ek-be-answers" }, ...asked.map(({ one, way, guess }) => h("li", {},
        h("strong", { text: `${SHORT[one]}: ` }), `${plain(state, one, found.start[one])}, now ${plain(state, one, found.now[one])}: `,
        h("span", { class: `ek-be-chip ek-be-${way}` }, h("span", { "aria-hidden": "true", text: `${SIGNS[way]} ` }), change(state, one, found.start[one], found.now[one], found.mean)),
        guess && guess !== way ? `. You said ${guess === "same" ? "the same" : guess}.` : "."))),
      ...lesson(state, found).map((text) => h("p", { text })));
  }

  function show() {
    const first = tableOf(state, state.start);
    const fresh = state.preset === "";
    heading.replaceChildren(h("strong", { text: capital(counted(state)) }), `, ${spelt(state)}${first.name ? `. ${state.preset === "compare" ? `${first.name}, then ${state.compare}` : first.name}` : ""}`);
    startFrom.value = state.start;
    startField.hidden = state.tables.length < 2;
    back.hidden = fresh;
    picture.go(state);
    const after = average(state.rates, state.people);
    const { mean } = both(state);
    const alike = state.people.every((one) => one === state.people[0]);
    below.textContent = `Average, weighted by people: ${quantity(state, after)}${fresh ? "" : `, at the start ${quantity(state, mean)}`}. `
      + `A higher figure is ${isHarm(state) ? "worse" : "better"}.${scaleOf(state)[0] > 0 ? ` The scale begins at ${number(scaleOf(state)[0], Number.isInteger(scaleOf(state)[0]) ? 0 : state.decimals)}.` : ""}`
      + (alike ? " Groups count as equally large." : "");
    key.replaceChildren(h("span", {}, h("span", { class: "ek-be-mark ek-be-mark-line" }), "line through all groups, read by SII and RII"),
      ...(fresh || state.reversed ? [] : [h("span", {}, h("span", { class: "ek-be-mark ek-be-mark-was" }), "at the start")]));
    showMeasures();
    for (const offer of offers) {
      offer.button.hidden = offer.id === "compare" && state.start === state.compare;
      offer.button.setAttribute("aria-pressed", String(offer.id === (chosen || state.preset)));
    }
    panel.hidden = !chosen && !offers.some((one) => one.id === state.preset);
    if (!panel.hidden) (chosen ? showAsk : showVerdict)();
    for (const { one, sum, shape, said } of explaining) {
      shape.replaceChildren(...formula(one, isHarm(state)));
      said.replaceChildren(...explained(state, one).map((text) => h("p", { text })));
      sum.textContent = worked(state, one);
    }
    legend.replaceChildren(...formula("legend", isHarm(state), state.noun));
    inWords.textContent = words(state);
    asTable.replaceChildren(table(rows(state), `${capital(counted(state))}, ${spelt(state)}: groups and measures`));
  }

  const startField = h("div", { class: "ek-be-field" }, h("label", { for: startId, text: "Start from" }), startFrom);
  note.textContent = state.note;
  note.hidden = !state.note;
  source.append(...(state.source.source_url || state.source.licence ? ["Source: "] : []), state.source.source_url ? h("a", { href: state.source.source_url, text: state.source.source }) : state.source.source,
    ...["geography", "licence"].filter((field) => state.source[field]).map((field) => `. ${state.source[field]}`), ".");
  el.append(h("div", { class: "ek-stage ek-bench" },
    h("div", { class: "ek-be-top" }, heading, startField),
    h("div", { class: "ek-be-desk" },
      h("div", { class: "ek-be-left" }, h("p", { class: "ek-be-hint", text: "Drag a handle, move it with the arrow keys, or type a figure." }), readout, picture.element, key, below, note, back),
      list),
    h("div", { class: "ek-be-part" }, h("p", { class: "ek-be-title", text: "Change something, and say first what the measures will do" }), presets, panel),
    h("div", { class: "ek-be-part" }, h("p", { class: "ek-be-title", text: "How each measure is worked out" }), details, legend),
    h("div", {}, disclosure("In words", inWords), disclosure("As a table", asTable)), source, live.element));
  show();
  if (model.get("words") !== words(state)) save(model, { words: words(state), table: rows(state) });

  const outside = () => {
    if (saving) return;
    const told = read();
    if (OWN.every((trait) => JSON.stringify(told[trait]) === JSON.stringify(state[trait]))) return;
    chosen = "";
    update(Object.fromEntries(OWN.map((trait) => [trait, told[trait]])), "");
  };
  for (const trait of OWN) model.on(`change:${trait}`, outside);
  return () => { for (const trait of OWN) model.off(`change:${trait}`, outside); };
}

export default { render };
