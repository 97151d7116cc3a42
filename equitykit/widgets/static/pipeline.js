// The pipeline simulator: equal people on two sides, five gates, and what is left after all of them. Predict, run,
// then change the gates or train the applicants. The sums are in pipeline-model.js.
import { h, svg, table, disclosure, voice, uid, save } from "./kit.js";
import { simulate, difference, compound, oddsRatio, DRAWS } from "./pipeline-model.js";

const YEARS = [5, 10, 15, 20];
const NAMES = { small: "Five gaps of 0.8", published: "Published and assumed" };
const WAYS = { training: "Train the applicants", process: "Change the process", same: "About the same" };
const BASIS = { constructed: "Constructed", published: "Published", assumed: "Assumed" };
const TRAITS = ["scenario", "on", "years", "seed", "predictions", "comparison", "stages", "levers", "sides", "short",
  "left_out", "deficit", "source", "label"];
const OWN = ["scenario", "on", "years", "seed", "predictions", "comparison"];

const round = (value) => Math.round(value).toString();
const band = ([centre, low, high]) =>
  (round(low) === round(high) ? round(centre) : `${round(centre)} (${round(low)} to ${round(high)})`);
const signed = (value) => (Math.round(value) > 0 ? `+${round(value)}` : round(value).replace("-", "−").replace(/^−0$/, "0"));
const added = ([centre, low, high]) =>
  (signed(low) === signed(high) ? signed(centre) : `${signed(centre)} (${signed(low)} to ${signed(high)})`);
const listed = (parts) => (parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`);

// ---- what a state says

const ran = (state) => state.scenario in state.predictions;
const sides = (state) => ({ long: state.sides[state.scenario], short: state.short[state.scenario] });
const gates = (state) => state.stages[state.scenario];
const called = (lever) => lever.title.split(":")[0];

function results(state) {
  const given = { stages: gates(state), levers: state.levers, years: state.years, seed: state.seed };
  const of = (whose) => state.levers.filter((lever) => lever.whose === whose).map((lever) => lever.id);
  const before = simulate(given, []);
  return {
    before,
    now: state.on.length ? simulate(given, state.on) : before,
    training: simulate(given, of("applicants")),
    process: simulate(given, of("institution")),
    alone: new Map(state.levers.map((lever) => [lever.id, simulate(given, [lever.id])])),
  };
}

function opening(state) {
  if (state.scenario === "small") {
    return "Constructed scenario. Everyone on both sides is equally qualified. Every gate has the same small gap.";
  }
  return "What-if with published and assumed ratios. Everyone on both sides is equally qualified. Two ratios are "
    + "published, each for one gate; the rest is assumed.";
}

function words(state, found) {
  const [first, second] = sides(state).short;
  const list = gates(state).map((stage) => `${stage.title.toLowerCase()} ${stage.ratio.toFixed(2)} (${stage.basis})`).join("; ");
  const chosen = state.levers.filter((lever) => state.on.includes(lever.id)).map((lever) => called(lever).toLowerCase());
  const said = `${opening(state)} How many times as likely the ${first} side is to pass each gate as the ${second} side: ${list}. `
    + `Years: ${state.years}. Changed: ${chosen.join(", ") || "nothing"}.`;
  if (!ran(state)) return said;
  const parts = [said, `After all gates, for every 100 of the ${first} side there are ${band(found.before.end)} of the ${second} side `
    + `if nothing changes.`];
  if (state.on.length) parts.push(`With the change: ${band(found.now.end)}, a gain of ${added(difference(found.before, found.now))}.`);
  if (state.comparison) {
    parts.push(`Training for applicants alone: ${band(found.training.end)}. All changes to the process together: ${band(found.process.end)}.`);
  }
  parts.push(`In brackets, the middle 90% of ${DRAWS.toLocaleString("en-GB")} simulated runs (seed ${state.seed}): what the assumed ranges leave open, not a forecast.`);
  return parts.join(" ");
}

function rows(state, found) {
  const [first, second] = sides(state).short;
  const head = ["Gate", "Who decides", `Ratio, ${first} over ${second}`, `Ratio, ${second} over ${first}`, "Where it is from"];
  const inputs = gates(state).map((stage) => [stage.title, stage.who, stage.ratio.toFixed(2), (1 / stage.ratio).toFixed(2), stage.note]);
  if (!ran(state)) return [head, ...inputs];
  const left = `${second} for every 100 ${first}`;
  const made = [[...head, left, ...(state.on.length ? [`${left}, with the change`] : [])]];
  inputs.forEach((row, index) => made.push([...row, band(found.before.after[index]),
    ...(state.on.length ? [band(found.now.after[index])] : [])]));
  return made;
}

// ---- the drawings

/** Two streams through one gate: widths are people still there, relative to the first side's 100. */
function stream(from, to, fromChanged, toChanged, [, low, high]) {
  const root = svg("svg", { viewBox: "0 0 220 100", preserveAspectRatio: "none", "aria-hidden": "true", class: "ek-pl-stream", focusable: "false" });
  const rect = (x, y, width, height, kind) => (width > 0.3 ? root.append(svg("rect", { x, y, width, height, class: `ek-pl-${kind}` })) : null);
  const line = (x1, x2, kind) => (x2 - x1 > 0.3 ? root.append(svg("line", { x1, x2, y1: 50, y2: 50, class: `ek-pl-gate-line ek-pl-${kind}` })) : null);
  const start = 113;
  line(0, 220, "wall");
  rect(7, 0, 100, 100, "first");
  rect(start, 0, from, 50, "second");
  rect(start + from, 0, fromChanged - from, 50, "gained");
  rect(start, 50, to, 50, "second");
  rect(start + to, 50, toChanged - to, 50, "gained");
  if (!toChanged) rect(start + low, 55, high - low, 45, "unsure");
  line(start + Math.max(to, toChanged), start + Math.max(from, fromChanged), "stopped");
  return root;
}

/** One gate by itself: of 100 on each side who reach it, how many pass. */
function opening100(first, second) {
  const bar = (share, kind) => h("span", { class: `ek-pl-pass ek-pl-pass-${kind}` }, h("span", { style: `width: ${share}%` }));
  return h("div", { class: "ek-pl-local" }, h("span", { class: "ek-pl-hint", text: "of 100 who reach it" }),
    h("span", { class: "ek-pl-passes" }, h("strong", { text: round(first) }), bar(first, "first"), bar(second, "second"), h("strong", { text: round(second) })));
}

/** Ranges on one scale, with the line where both sides are even. */
function ranges(entries) {
  const top = Math.max(120, ...entries.map(([, triple]) => triple[2] + 5));
  const at = (value) => `${(value / top) * 100}%`;
  return h("div", { class: "ek-pl-ranges" }, ...entries.map(([name, triple, kind]) => {
    const drawn = svg("svg", { width: "100%", height: 26, "aria-hidden": "true", focusable: "false", class: `ek-pl-range ek-pl-${kind}` },
      svg("line", { x1: 0, x2: "100%", y1: 13, y2: 13, class: "ek-pl-axis" }),
      svg("line", { x1: at(100), x2: at(100), y1: 0, y2: 26, class: "ek-pl-even" }),
      svg("line", { x1: at(triple[1]), x2: at(triple[2]), y1: 13, y2: 13, class: "ek-pl-bar" }),
      svg("circle", { cx: at(triple[0]), cy: 13, r: 6.5, class: "ek-pl-dot" }));
    return h("div", { class: "ek-pl-range-row" }, h("span", { text: name }), h("strong", { text: band(triple) }), drawn);
  }), h("p", { class: "ek-pl-hint ek-pl-scale" }, h("span", { text: "0" }), h("span", { style: `left: ${at(100)}`, text: "100: even" })));
}

/** Year by year inside the organisation: the centre and its band, as it is and with the change. */
function courses(state, found) {
  const width = 300;
  const high = 120;
  const top = Math.max(105, ...found.now.course.map((one) => one[2]), ...found.before.course.map((one) => one[2]));
  const x = (year) => (year / state.years) * width;
  const y = (value) => high - (value / top) * high;
  const line = (course, which) => course.map((one, year) => `${year ? "L" : "M"}${x(year)} ${y(one[which])}`).join("");
  const root = svg("svg", { viewBox: `0 0 ${width} ${high}`, preserveAspectRatio: "none", class: "ek-pl-course", "aria-hidden": "true", focusable: "false" },
    svg("line", { x1: 0, x2: width, y1: y(100), y2: y(100), class: "ek-pl-even" }));
  const draw = (course, kind) => {
    const back = course.map((one, year) => `L${x(year)} ${y(one[1])}`).reverse().join("");
    root.append(svg("path", { d: `${line(course, 2)}${back}Z`, class: `ek-pl-band ek-pl-${kind}` }),
      svg("path", { d: line(course, 0), class: `ek-pl-line ek-pl-${kind}` }));
  };
  draw(found.before.course, "now");
  if (state.on.length) draw(found.now.course, "changed");
  const [, second] = sides(state).short;
  const first = found.before.course;
  const told = `As it is: ${band(first[0])} on the day they start, ${band(first[first.length - 1])} after ${state.years} years.`
    + (state.on.length ? ` With the change: ${band(found.now.course[0])}, then ${band(found.now.course[state.years])}.` : "");
  return [h("div", { class: "ek-pl-plot" }, h("span", { class: "ek-pl-hint", text: `100: as many ${second} as ${sides(state).short[0]}`, style: `top: calc(${(y(100) / high) * 100}% + .125rem)` }), root,
    h("p", { class: "ek-pl-hint ek-pl-ends" }, h("span", { text: "appointed" }), h("span", { text: `${state.years} years on` }))), h("p", { text: told })];
}

// ---- the page

function render({ model, el }) {
  el.classList.add("ek-stage");
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let found = results(state);
  const live = voice();

  const button = (text, onclick, more = {}) => h("button", { type: "button", class: "ek-button", onclick, text, ...more });
  const choices = (label, options, onpick) => {
    const made = options.map(([value, text]) => button(text, () => onpick(value), { "data-value": value }));
    return { element: h("div", { class: "ek-pl-choices", role: "group", "aria-label": label }, ...made),
      set: (now) => made.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.value === String(now)))) };
  };
  const scenarios = choices("Scenario", Object.entries(NAMES), (value) => update({ scenario: value }));
  const years = choices("Years in the organisation", YEARS.map((one) => [one, `${one} years`]), (value) => update({ years: Number(value) }));

  const note = h("p", { class: "ek-pl-note" });
  const heads = h("p", { class: "ek-pl-heads" });
  const flow = h("ol", { class: "ek-pl-flow", "aria-label": "The gates, in their order" });
  const ask = h("div", { class: "ek-pl-ask", role: "group" });
  const verdict = h("p", { class: "ek-pl-verdict", tabindex: "-1" });
  const after = h("div", { class: "ek-pl-after" });
  const chart = h("div");
  const course = h("div");
  const contest = h("div", { class: "ek-pl-ask", role: "group" });
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div", { class: "ek-pl-gates" });
  const source = h("p", { class: "ek-pl-source" });
  const odds = h("div");

  const levers = state.levers.map((lever) => {
    const box = h("input", { type: "checkbox", onchange: () => update({
      on: state.levers.map((one) => one.id).filter((id) => (id === lever.id ? box.checked : state.on.includes(id))) }) });
    const effect = h("span", { class: "ek-pl-effect" });
    return { lever, box, effect, element: h("label", { class: "ek-choice ek-pl-lever" }, box,
      h("span", {}, h("strong", { text: lever.title }), h("span", { text: `${lever.does}.` }),
        h("span", { class: "ek-pl-hint", text: `Assumed: ${lever.assumes}. Who has to do something: ${lever.whose === "institution" ? "the institution" : "the applicants"}.` }), effect)) };
  });

  function predict(value) {
    update({ predictions: { ...state.predictions, [state.scenario]: value } });
    verdict.focus({ preventScroll: true });
    verdict.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

  function showAsk() {
    ask.hidden = ran(state);
    if (ask.hidden || ask.dataset.for === state.scenario) return;
    ask.dataset.for = state.scenario;
    const [first, second] = sides(state).short;
    const id = uid("ek-pl");
    const says = h("output", { for: id, class: "ek-pl-guess", text: "50" });
    const slider = h("input", { type: "range", id, min: 0, max: 100, step: 1, value: 50, class: "ek-pl-slider", oninput: () => { says.textContent = slider.value; } });
    const title = h("label", { for: id, class: "ek-pl-question" }, "Everyone is equally qualified. For every 100 ", h("strong", { text: first }),
      " colleagues who come through all five gates, how many ", h("strong", { text: second }), " colleagues do? Predict first.");
    ask.setAttribute("aria-label", "Your prediction");
    ask.replaceChildren(title, h("div", { class: "ek-pl-guessing" }, slider, says),
      h("div", { class: "ek-pl-choices" }, button("Run it", () => predict(Number(slider.value)), { class: "ek-button ek-primary" }),
        button("Run it without predicting", () => predict(null), { class: "ek-button ek-pl-quiet" })));
  }

  function showFlow() {
    const { long, short: [first, second] } = sides(state);
    const shown = ran(state);
    heads.replaceChildren(...[h("span", { text: "At the start, 100 on each side." }), h("span", {}, h("span", { class: "ek-pl-key ek-pl-key-first" }), long[0]),
      h("span", {}, h("span", { class: "ek-pl-key ek-pl-key-second" }), long[1]),
      shown ? h("span", {}, h("span", { class: "ek-pl-key ek-pl-key-stopped" }), "stopped at this gate by its ratio") : null,
      shown && state.scenario === "published" && !state.on.length ? h("span", {}, h("span", { class: "ek-pl-key ek-pl-key-unsure" }), "middle 90% of the runs") : null,
      shown && state.on.length ? h("span", {}, h("span", { class: "ek-pl-key ek-pl-key-gained" }), "still there because of the change") : null].filter(Boolean));
    flow.replaceChildren(...gates(state).map((stage, index) => {
      const rounds = stage.each ? state.years / stage.each : 1;
      const from = index ? found.before.after[index - 1][0] : 100;
      const [to] = found.before.after[index];
      const changed = state.on.length ? [index ? found.now.after[index - 1][0] : 100, found.now.after[index][0]] : [0, 0];
      const times = rounds > 1 ? `, ${rounds} times over` : "";
      const name = stage.id === "stay" ? `Stay ${state.years} years` : stage.id === "promote" && rounds > 1 ? `Be promoted ${rounds} times` : stage.title;
      const through = `${first} colleagues are `;
      return h("li", { class: "ek-pl-gate" },
        h("div", { class: `ek-pl-cell${shown ? "" : " ek-pl-shut"}` },
          ...(shown ? [stream(from, to, ...changed, found.before.after[index]),
            h("span", { class: "ek-pl-counts" }, h("span", { text: "100" }), h("span", { text: round(changed[1] || to) }))]
            : [opening100(stage.of, stage.of / stage.ratio)])),
        h("div", { class: "ek-pl-told" },
          h("p", { class: "ek-pl-name" }, h("strong", { text: `${index + 1}. ${name}` }), " ", h("span", { class: `ek-pl-basis ek-pl-${stage.basis}`, text: BASIS[stage.basis] })),
          h("p", { class: "ek-pl-who", text: `Who decides: ${stage.who.charAt(0).toLowerCase()}${stage.who.slice(1)}.` }),
          shown ? h("p", { class: "ek-pl-left", text: `Still there, for every 100 ${first}: ${band(found.before.after[index])} ${second}${changed[1] ? `; with the change ${band(found.now.after[index])}` : ""}.` }) : null,
          h("p", {}, `${through.charAt(0).toUpperCase()}${through.slice(1)}`, h("strong", { text: `${stage.ratio.toFixed(2)} times` }),
            ` as likely to pass${times}; the other way round ${(1 / stage.ratio).toFixed(2)}.`),
          stage.basis === "constructed" || (shown && !stage.source) ? null : h("p", { class: "ek-pl-hint" }, `${stage.note} `,
            stage.url ? h("a", { href: stage.url, text: stage.source }) : stage.source ?? "")));
    }));
  }

  function showVerdict() {
    verdict.className = "ek-pl-verdict";
    if (!ran(state)) return;
    const [first, second] = sides(state).short;
    const [centre, low, high] = simulate({ stages: gates(state), levers: [], years: 5, seed: state.seed }, []).end;
    const said = state.predictions[state.scenario];
    const near = said !== null && (said >= low - 5 && said <= high + 5);
    const answer = `For every 100 ${first} colleagues, ${band([centre, low, high])} ${second} come through five gates.`;
    const sum = state.scenario === "small" ? " 0.8 × 0.8 × 0.8 × 0.8 × 0.8 = 0.33: small ratios multiply, they do not add."
      : " The two published gates alone leave " + round(compound(gates(state).filter((one) => one.basis === "published").map((one) => 1 / one.ratio))) + ".";
    if (said !== null) verdict.classList.add(near ? "ek-pl-right" : "ek-pl-turn");
    verdict.replaceChildren(said === null ? "" : h("strong", { text: `${near ? "About as you predicted" : "You predicted"}${near ? ": " : " "}${round(said)}. ` }), answer + sum);
  }

  function showContest() {
    const title = h("p", { class: "ek-pl-question" });
    contest.setAttribute("aria-label", "Fix the applicants, or fix the process?");
    if (!state.comparison) {
      title.replaceChildren(h("strong", { text: "Fix the applicants, or fix the process? " }),
        "Everyone is as qualified as everyone else. Which brings the number nearer to 100: training for the side that is held back, or all three changes to the process?");
      contest.replaceChildren(title, h("div", { class: "ek-pl-choices" }, ...Object.entries(WAYS).map(([way, text]) => button(text, () => compare(way))),
        button("Show me without predicting", () => compare("shown"), { class: "ek-button ek-pl-quiet" })));
      return;
    }
    const gain = { training: difference(found.before, found.training), process: difference(found.before, found.process) };
    const won = gain.process[1] > gain.training[2] ? "process" : gain.training[1] > gain.process[2] ? "training" : "same";
    const said = state.comparison;
    const needed = gates(state).find((stage) => stage.id === "appoint") ?? gates(state)[0];
    title.append(said === "shown" ? "" : h("strong", { text: said === won ? "As you predicted. " : `You predicted: ${WAYS[said].toLowerCase()}. ` }),
      `Training adds ${added(gain.training)}; changing the process adds ${added(gain.process)}. `
      + `${won === "same" ? "These ranges overlap: the assumptions do not tell which does more." : "The ranges do not overlap, under these assumptions."}`);
    const evidence = state.scenario === "published"
      ? [" In the field experiment behind gate 2, ", h("a", { href: "http://csi.nuff.ox.ac.uk/?p=1299", text: "saying more of one’s skills and achievements did not reduce the difference" }), "."] : [];
    contest.replaceChildren(title, ranges([["As it is", found.before.end, "now"], ["Training only", found.training.end, "training"], ["Process only", found.process.end, "changed"]]),
      h("p", {}, `If you think that training does more: to make up for the gate “${needed.title.toLowerCase()}” alone, training would have to make equally qualified people ${needed.ratio.toFixed(2)} times as likely to pass: `
        + "not as good as the others, but better. And the next people who apply would need it again.", ...evidence));
  }

  function compare(way) {
    update({ comparison: way });
    contest.tabIndex = -1;
    contest.focus({ preventScroll: true });
  }

  function showOdds() {
    const gate = gates(state).find((stage) => stage.id === "appoint") ?? gates(state)[0];
    const [first, second] = sides(state).short;
    odds.replaceChildren(
      h("p", {}, `At the gate “${gate.title.toLowerCase()}” the ratio of likelihoods is ${gate.ratio.toFixed(2)}: likelihood over likelihood. An odds ratio compares those who pass with those who do not, `
        + "on each side. The two are close only when few pass. Ratios of likelihoods can be multiplied along the gates; odds ratios cannot."),
      table([[`Of 100 ${first}, this many pass`, `Of 100 ${second}`, "Ratio of likelihoods", "Odds ratio"],
        ...[5, 30, 60].map((of) => [String(of), (of / gate.ratio).toFixed(1), gate.ratio.toFixed(2), oddsRatio(gate.ratio, of / 100).toFixed(2)])],
      "One ratio of likelihoods, three odds ratios"));
  }

  function showSource() {
    const { source: text, source_url: url, licence } = state.source;
    const named = url ? h("a", { href: url, text }) : text;
    source.replaceChildren(...(state.scenario === "small" ? ["Constructed scenario: no data. Simulated in this page."]
      : ["Sources: gate 3, ", named, licence ? ` (${licence})` : "", "; gate 2, ", h("a", { href: "http://csi.nuff.ox.ac.uk/?p=1299", text: "Centre for Social Investigation, Nuffield College, 2019" }),
        ". All other numbers are the course’s assumptions. Simulated in this page."]));
  }

  function show() {
    const shown = ran(state);
    scenarios.set(state.scenario);
    years.set(state.years);
    note.textContent = opening(state);
    showFlow();
    showAsk();
    showVerdict();
    verdict.hidden = !shown;
    after.hidden = !shown;
    if (shown) {
      for (const { lever, box, effect } of levers) {
        box.checked = state.on.includes(lever.id);
        effect.textContent = `Alone: ${added(difference(found.before, found.alone.get(lever.id)))} for every 100.`;
      }
      const chosen = state.levers.filter((lever) => state.on.includes(lever.id)).map((lever) => called(lever).toLowerCase());
      chart.replaceChildren(ranges([["As it is", found.before.end, "now"],
        ...(chosen.length ? [[`With ${listed(chosen)}`, found.now.end, "changed"]] : [])]));
      course.replaceChildren(...courses(state, found));
      showContest();
    }
    showOdds();
    showSource();
    inWords.textContent = words(state, found);
    asTable.replaceChildren(table(rows(state, found), `${NAMES[state.scenario]}, ${state.years} years`));
  }

  function update(change) {
    state = { ...state, ...change };
    found = results(state);
    show();
    live.say(ran(state) ? `${band(found.now.end)} for every 100.` : NAMES[state.scenario]);
    save(model, { ...Object.fromEntries(OWN.map((trait) => [trait, state[trait]])), words: words(state, found), table: rows(state, found) });
  }

  const part = (title, ...children) => h("div", { class: "ek-pl-part" }, h("p", { class: "ek-pl-kicker", text: title }), ...children);
  after.append(
    part("Change something", ...levers.map((one) => one.element)),
    part("After all gates: how many for every 100", chart),
    part("Year by year", years.element, course, h("p", { class: "ek-pl-hint", text: "People stay or leave all year round; at the end of every fifth year there is a round of promotion, and the line drops faster." })),
    contest,
    h("div", { class: "ek-pl-not" }, h("p", { class: "ek-pl-kicker", text: "Why “pipeline” can itself be a deficit story" }), h("p", { text: state.deficit })),
    part("What this model leaves out", h("dl", { class: "ek-pl-limits" }, ...state.left_out.map(([title, text]) => h("div", {}, h("dt", { text: title }), h("dd", { text }))))));
  el.append(h("div", { class: "ek-pipeline" }, scenarios.element, note, ask, verdict, heads, flow, after,
    disclosure("Ratio or odds ratio?", odds), disclosure("In words", inWords), disclosure("As a table", asTable), source, live.element));
  show();
  if (model.get("words") !== words(state, found)) save(model, { words: words(state, found), table: rows(state, found) });
  const outside = () => {
    const told = read();
    if (OWN.every((trait) => JSON.stringify(told[trait]) === JSON.stringify(state[trait]))) return;
    const change = Object.fromEntries(OWN.map((trait) => [trait, told[trait]]));
    update(change);
  };
  for (const trait of OWN) model.on(`change:${trait}`, outside);
  return () => { for (const trait of OWN) model.off(`change:${trait}`, outside); };
}

export default { render };
