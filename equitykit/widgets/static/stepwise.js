// The stepwise explorer: predict where an estimate will go, add one adjustment, see where it went, and read
// what a story that stopped there would claim. Words and rows are written as equitykit/widgets/stepwise.py writes them.
import { h, svg, table, disclosure, voice, uid, save } from "./kit.js";

const HEAD = ["Ethnic group as recorded", "Hazard ratio (95% confidence interval)", "At the step before", "Events", "People"];
const WAYS = {
  towards: { button: "Towards 1", did: "towards 1" },
  away: { button: "Further from 1", did: "further from 1" },
  across: { button: "Across 1", did: "across 1" },
  still: { did: "nowhere, to two decimals" },
};
const KINDS = {
  start: { text: "Starting point", class: "start" },
  confounder: { text: "Confounder", class: "confounder" },
  pathway: { text: "Part of the pathway", class: "pathway" },
};
const TICKS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];
const FINE = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.5, 2, 3];

// ---- what a state says: no page needed

/** @returns {"towards"|"away"|"across"|"still"} */
function movement(before, after) {
  if (before === after) return "still";
  if ((before - 1) * (after - 1) < 0) return "across";
  return Math.abs(Math.log(after)) < Math.abs(Math.log(before)) ? "towards" : "away";
}

const estimate = (value, dash) =>
  (value ? `${value[0].toFixed(2)} (${value[1].toFixed(2)}${dash}${value[2].toFixed(2)})` : "not published");

const count = (value, otherwise) => (value === null ? otherwise : value.toLocaleString("en-GB"));

function moved(group, before, after) {
  if (!before || !after) return `${group}: the source publishes no estimate to compare.`;
  const how = WAYS[movement(before[0], after[0])].did;
  return `${group} moved ${how}: from ${before[0].toFixed(2)} to ${after[0].toFixed(2)}.`;
}

function view(state) {
  const groups = state.series[state.outcome][state.grouping];
  return {
    groups,
    focus: groups.find((group) => group.group === state.focus) ?? groups[0],
    reference: groups.find((group) => group.reference).group,
    outcome: state.outcomes.find((one) => one.outcome === state.outcome),
    text: state.steps[state.step],
  };
}

function stopHere(state) {
  const { focus, reference, outcome, text } = view(state);
  const value = focus.values[state.step];
  let claim;
  if (focus.reference) claim = state.special.reference;
  else if (focus.unrecorded) claim = state.special.unrecorded;
  else if (!value) claim = state.special.missing;
  else claim = text.stop_here[value[1] > 1 ? "above" : value[2] < 1 ? "below" : "unclear"];
  return claim.replaceAll("{group}", `people recorded as ${focus.group}`)
    .replaceAll("{reference}", `people recorded as ${reference}`).replaceAll("{outcome}", outcome.doing);
}

function words(state) {
  const { groups, focus, reference, outcome, text } = view(state);
  const listed = groups.filter((group) => !group.reference)
    .map((group) => `${group.group} ${estimate(group.values[state.step], " to ")}`).join("; ");
  const parts = [
    `${outcome.label}, ${state.grouping}. Step ${state.step + 1} of ${state.steps.length}: ${text.title}. `
      + `Added: ${text.added}. ${text.compares}`,
    `Hazard ratios, with ${reference} fixed at 1: ${listed}.`,
  ];
  if (state.step && !focus.reference) parts.push(moved(focus.group, focus.values[state.step - 1], focus.values[state.step]));
  parts.push(`If you stopped here, you might wrongly conclude ${stopHere(state)}`, `What this step does. ${text.structure}`,
    `What the estimate still contains. ${text.remains}`);
  return parts.join(" ");
}

function rows(state) {
  const { groups } = view(state);
  return [HEAD, ...groups.map((group) => {
    const now = group.reference ? "1 (reference)" : estimate(group.values[state.step], "–");
    const before = group.reference ? "1 (reference)" : state.step ? estimate(group.values[state.step - 1], "–") : "";
    return [group.group, now, state.step ? before : "–", count(group.events, "suppressed in the source"),
      count(group.people, "not published")];
  })];
}

// ---- the drawing

/** A drawing that keeps its marks between steps, so that they can move. */
function drawing(follow) {
  const figure = h("div", { class: "ek-sw-chart" });
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let state = null;
  let width = 0;
  let shown = new Map(); // by group: where its mark is now, so that a move starts from there
  let frame = 0;

  function scale() {
    const all = view(state).groups.flatMap((group) => group.values.filter(Boolean).flat());
    const low = Math.log(Math.min(0.8, ...all) / 1.06);
    const high = Math.log(Math.max(1.25, ...all) * 1.06);
    const narrow = width < 560;
    const left = narrow ? 8 : 148;
    const right = width - (narrow ? 8 : 138);
    const at = (value) => left + ((Math.log(value) - low) / (high - low)) * (right - left);
    const pool = high - low < Math.log(4) ? FINE : TICKS;
    const ticks = [];
    for (const tick of pool.filter((one) => Math.log(one) > low && Math.log(one) < high)
      .sort((a, b) => Math.abs(Math.log(a)) - Math.abs(Math.log(b)))) {
      if (ticks.every((one) => Math.abs(at(one) - at(tick)) >= 38)) ticks.push(tick);
    }
    return { at, ticks, narrow, left, right };
  }

  function paint(values) {
    const { groups, focus, reference } = view(state);
    const { at, ticks, narrow, left, right } = scale();
    const many = groups.length > 8;
    const height = narrow ? 46 : many ? 30 : 42;
    const top = 50;
    const bottom = top + groups.length * height;
    const root = svg("svg", { width, height: bottom + 30, viewBox: `0 0 ${width} ${bottom + 30}`, role: "img", "aria-label": label() });
    const line = (x1, y1, x2, y2, kind) => svg("line", { x1, y1, x2, y2, class: `ek-sw-${kind}` });
    const text = (x, y, content, kind, anchor = "start") => svg("text", { x, y, class: `ek-sw-${kind}`, "text-anchor": anchor }, content);

    for (const tick of ticks) {
      root.append(line(at(tick), top, at(tick), bottom, tick === 1 ? "one" : "grid"));
      root.append(text(at(tick), bottom + 20, tick === 1 ? "1" : String(tick), "tick", "middle"));
    }
    const half = reference.length * 4 + 46;
    const middle = Math.max(left + half, Math.min(right - half, at(1)));
    root.append(text(middle, 16, `${reference} = 1 (reference)`, "ref", "middle"));
    root.append(line(at(1), 42, at(1), top, "one"));
    if (at(1) - left > 72) root.append(text(at(1) - 9, 38, "← happens less", "side", "end"));
    if (right - at(1) > 72) root.append(text(at(1) + 9, 38, "happens more →", "side"));

    groups.forEach((group, index) => {
      const y0 = top + index * height;
      const y = narrow ? y0 + 33 : y0 + height / 2;
      const followed = group === focus;
      const row = svg("g", { class: `ek-sw-row${followed ? " ek-sw-followed" : ""}${group.unrecorded ? " ek-sw-unrecorded" : ""}` });
      row.append(svg("rect", { x: 0, y: y0 + 1, width, height: height - 2, rx: 8, class: "ek-sw-band" }));
      if (followed) row.append(line(at(1), y0 + 1, at(1), y0 + height - 1, "one"));
      const labelled = narrow ? y0 + 17 : y + 5;
      row.append(text(narrow ? 10 : 12, labelled, group.group, "name"));
      const now = group.values[state.step];
      const told = group.reference ? "reference" : !now ? "not published"
        : `${now[0].toFixed(2)} (${now[1].toFixed(2)}–${now[2].toFixed(2)})`;
      row.append(text(width - (narrow ? 10 : 8), labelled, told, now && !group.reference ? "value" : "none", "end"));
      const before = state.step && !group.reference ? group.values[state.step - 1] : null;
      const value = values.get(group.group);
      if (group.reference) {
        row.append(svg("rect", { x: at(1) - 5, y: y - 5, width: 10, height: 10, transform: `rotate(45 ${at(1)} ${y})`, class: "ek-sw-dot" }));
      } else if (value) {
        // the step before; for the group that is followed, at the end, every step there was
        const last = followed && state.step === state.steps.length - 1;
        const ghosts = last ? group.values.slice(0, -1).filter(Boolean) : before ? [before] : [];
        for (const ghost of ghosts) row.append(line(at(ghost[0]), y, at(value[0]), y, "path"));
        for (const ghost of ghosts) row.append(svg("circle", { cx: at(ghost[0]), cy: y, r: followed ? 6 : 5, class: "ek-sw-ghost" }));
        row.append(line(at(value[1]), y, at(value[2]), y, "interval"));
        for (const end of [1, 2]) row.append(line(at(value[end]), y - 4, at(value[end]), y + 4, "interval ek-sw-cap"));
        row.append(svg("circle", { cx: at(value[0]), cy: y, r: followed ? 7 : 5.5, class: "ek-sw-dot" }));
      }
      row.addEventListener("click", () => follow(group.group));
      root.append(row);
    });
    figure.replaceChildren(root);
    shown = values;
  }

  function label() {
    const { outcome, text, groups } = view(state);
    return `${outcome.label} by recorded ethnic group: ${groups.length} groups, step ${state.step + 1}, ${text.title}. `
      + "The numbers are under In words and As a table.";
  }

  function go(next) {
    const same = state && state.outcome === next.outcome && state.grouping === next.grouping && state.step !== next.step;
    state = next;
    cancelAnimationFrame(frame);
    if (!width) return;
    const goal = new Map(view(state).groups.map((group) => [group.group, group.values[state.step]]));
    if (!same || still.matches || document.hidden) { paint(goal); return; }
    const from = new Map(shown);
    const start = performance.now();
    const tick = (time) => {
      const passed = Math.max(0, Math.min(1, (time - start) / 800));
      const eased = 1 - (1 - passed) ** 3;
      const between = new Map([...goal].map(([group, end]) => {
        const begin = from.get(group);
        if (!begin || !end) return [group, end];
        return [group, end.map((number, i) => Math.exp(Math.log(begin[i]) + (Math.log(number) - Math.log(begin[i])) * eased))];
      }));
      paint(passed < 1 ? between : goal);
      if (passed < 1) frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
  }

  const sized = new ResizeObserver(([entry]) => {
    const found = Math.floor(entry.contentRect.width);
    if (found < 40 || found === width || !state) return;
    width = found;
    cancelAnimationFrame(frame);
    paint(new Map(view(state).groups.map((group) => [group.group, group.values[state.step]])));
  });
  sized.observe(figure);
  return { figure, go, end: () => { sized.disconnect(); cancelAnimationFrame(frame); } };
}

// ---- the page

const TRAITS = ["step", "outcome", "grouping", "focus", "predictions", "steps", "outcomes", "special", "closing", "series", "source", "label"];

function render({ model, el }) {
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let reached = state.step;
  const live = voice();
  const picture = drawing((group) => update({ focus: group }));

  const select = (label, onchange) => {
    const id = uid("ek-sw");
    const element = h("select", { id, class: "ek-sw-select", onchange: () => onchange(element.value) });
    return { element, field: h("div", { class: "ek-sw-field" }, h("label", { for: id, text: label }), element) };
  };
  const outcomes = select("What happened", (value) => update({ outcome: value }));
  const groupings = select("Groups", (value) => update({ grouping: value }));
  const focuses = select("Follow", (value) => update({ focus: value }));
  const fill = (element, options, value) => {
    const wanted = JSON.stringify(options);
    if (element.dataset.options !== wanted) {
      element.dataset.options = wanted;
      element.replaceChildren(...options.map(([key, text]) => h("option", { value: key, text })));
    }
    element.value = value;
  };

  const stepper = h("ol", { class: "ek-sw-steps", "aria-label": "Adjustments, added one at a time" });
  const buttons = state.steps.map((step, index) => {
    const button = h("button", { type: "button", class: "ek-sw-step", onclick: () => choose(index) },
      h("span", { class: "ek-sw-number", "aria-hidden": "true", text: String(index + 1) }),
      h("span", { class: "ek-sw-title", text: (index ? "+\u00a0" : "") + step.title }));
    stepper.append(h("li", {}, button));
    return button;
  });

  const note = h("p", { class: "ek-sw-note" });
  const compares = h("p", { class: "ek-sw-compares" });
  const verdict = h("p", { class: "ek-sw-verdict" });
  const stop = h("p", { class: "ek-sw-claim" });
  const kind = h("span", { class: "ek-sw-kind" });
  const added = h("p", { class: "ek-sw-added" });
  const structure = h("p");
  const remains = h("p");
  const ask = h("div", { class: "ek-sw-ask", role: "group" });
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div");
  const source = h("p", { class: "ek-sw-source" });

  const key = (index, from = state) => [from.outcome, from.grouping, from.focus, from.steps[index].model].join(" / ");

  function choose(index) {
    if (index <= reached) update({ step: index });
    else ask.querySelector("button")?.focus();
  }

  /** Record a prediction, or that there was none, and add the next adjustment. */
  function predict(way) {
    const next = state.step + 1;
    const { focus } = view(state);
    const said = focus.reference || !focus.values[state.step] || !focus.values[next] ? "shown" : way;
    reached = Math.max(reached, next);
    update({ step: next, predictions: { ...state.predictions, [key(next)]: said } });
    verdict.focus({ preventScroll: true });
    stepper.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

  function restart() {
    reached = 0;
    const kept = Object.fromEntries(Object.entries(state.predictions)
      .filter(([one]) => !state.steps.some((_, index) => one === key(index))));
    update({ step: 0, predictions: kept });
    buttons[0].focus();
  }

  function update(change) {
    const next = { ...state, ...change };
    if (!next.series[next.outcome][next.grouping]) [next.grouping] = Object.keys(next.series[next.outcome]);
    const groups = next.series[next.outcome][next.grouping];
    if (!groups.some((group) => group.group === next.focus)) {
      next.focus = (groups.find((group) => !group.reference) ?? groups[0]).group;
    }
    state = next;
    reached = Math.max(reached, state.step);
    show();
    const { focus, text } = view(state);
    const value = focus.values[state.step];
    live.say(`${text.title}. ${focus.group}: ${focus.reference ? "reference, 1" : value ? value[0].toFixed(2) : "not published"}.`);
    save(model, { step: state.step, outcome: state.outcome, grouping: state.grouping, focus: state.focus,
      predictions: state.predictions, words: words(state), table: rows(state) });
  }

  function show() {
    const { groups, focus, reference, outcome, text } = view(state);
    const last = state.step === state.steps.length - 1;
    fill(outcomes.element, state.outcomes.map((one) => [one.outcome, one.label]), state.outcome);
    fill(groupings.element, Object.keys(state.series[state.outcome]).map((one) => [one, one]), state.grouping);
    fill(focuses.element, groups.map((group) => [group.group, group.group + (group.reference ? " (reference)" : "")]), focus.group);
    buttons.forEach((button, index) => {
      button.disabled = index > reached + 1;
      button.classList.toggle("ek-sw-done", index <= reached && index !== state.step);
      button.classList.toggle("ek-sw-next", index === reached + 1);
      if (index === state.step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    note.textContent = outcome.note;
    compares.replaceChildren(h("strong", { text: `${state.step ? "With " : ""}${state.step ? text.title.toLowerCase() : text.title}: ` }), text.compares);
    picture.go(state);
    showVerdict(focus);
    stop.textContent = stopHere(state);
    kind.textContent = KINDS[text.kind].text;
    kind.className = `ek-sw-kind ek-sw-kind-${KINDS[text.kind].class}`;
    added.replaceChildren(h("strong", { text: "Added: " }), `${text.added}.`);
    added.hidden = text.kind === "start";
    structure.textContent = text.structure;
    remains.textContent = text.remains;
    if (last) showClosing(focus);
    else showAsk(focus, reference);
    inWords.textContent = words(state);
    asTable.replaceChildren(table(rows(state), `${outcome.label}, ${state.grouping}, ${text.title.toLowerCase()}`));
  }

  /** What became of the prediction for this step. */
  function showVerdict(focus) {
    const before = state.step ? focus.values[state.step - 1] : null;
    const after = focus.values[state.step];
    const said = state.step ? state.predictions[key(state.step)] : undefined;
    verdict.className = "ek-sw-verdict";
    if (!state.step) {
      verdict.textContent = focus.reference ? `${focus.group} is the reference group, at 1 at every step.`
        : after ? `${focus.group}: ${estimate(after, " to ")}.` : `${focus.group}: no estimate published.`;
      return;
    }
    if (focus.reference) { verdict.textContent = `${focus.group} is the reference group: it stays at 1 while the others move.`; return; }
    if (!before || !after) { verdict.textContent = moved(focus.group, before, after); return; }
    const way = movement(before[0], after[0]);
    const guessed = said && said !== "shown";
    const small = way !== "still" && after[0] >= before[1] && after[0] <= before[2]
      ? " A small move: the new estimate lies inside the interval before." : "";
    if (guessed) verdict.classList.add(said === way ? "ek-sw-right" : "ek-sw-turn");
    const opening = !guessed ? "" : said === way ? "As you predicted. " : `You predicted ${WAYS[said].did}. `;
    verdict.replaceChildren(opening ? h("strong", { text: opening }) : "", moved(focus.group, before, after) + small);
  }

  function showAsk(focus, reference) {
    const next = state.steps[state.step + 1];
    const now = focus.values[state.step];
    const open = !focus.reference && now && focus.values[state.step + 1];
    const title = h("p", { class: "ek-sw-question", id: ask.dataset.title ||= uid("ek-sw") });
    ask.setAttribute("aria-labelledby", title.id);
    const add = h("button", { type: "button", class: `ek-button${open ? " ek-sw-quiet" : " ek-primary"}`, onclick: () => predict("shown"),
      text: open ? "Show me without predicting" : `Add ${next.title.toLowerCase()}` });
    if (state.step < reached) {
      title.textContent = "You have been further than this.";
      ask.replaceChildren(title, h("div", { class: "ek-sw-ways" },
        h("button", { type: "button", class: "ek-button ek-primary", onclick: () => { update({ step: state.step + 1 }); verdict.focus({ preventScroll: true }); },
          text: `On to: ${next.title.toLowerCase()}` })));
      return;
    }
    if (!open) {
      title.textContent = focus.reference ? `${reference} stays at 1 whatever is added. Follow another group to predict, or go on.`
        : "There is no estimate to predict here. Follow another group, or go on.";
      ask.replaceChildren(title, h("div", { class: "ek-sw-ways" }, add));
      return;
    }
    title.replaceChildren("Next we add ", h("strong", { text: next.title.toLowerCase() }), `. Where will the estimate for ${focus.group}, now ${now[0].toFixed(2)}, go?`);
    ask.replaceChildren(title, h("div", { class: "ek-sw-ways" },
      ...["towards", "away", "across"].map((way) => h("button", { type: "button", class: "ek-button", "data-way": way, onclick: () => predict(way) },
        arrow(way, now[0]), WAYS[way].button)), add));
  }

  function showClosing(focus) {
    const title = h("p", { class: "ek-sw-question", id: ask.dataset.title ||= uid("ek-sw"), text: "Now read all the steps together" });
    ask.setAttribute("aria-labelledby", title.id);
    const run = focus.reference ? "" : focus.values.map((value) => (value ? value[0].toFixed(2) : "no estimate")).join(" → ");
    ask.replaceChildren(title, run ? h("p", { class: "ek-sw-run" }, `${focus.group}: `, h("strong", { text: run })) : "",
      h("p", { text: state.closing }),
      h("div", { class: "ek-sw-ways" }, h("button", { type: "button", class: "ek-button ek-primary", onclick: restart, text: "Start again, predict for another group" })));
  }

  /** A small drawing of the way a prediction points, on the side of 1 where the estimate is now. */
  function arrow(way, now) {
    const side = now < 1 ? -1 : 1;
    const [begin, end] = { towards: [13, 4], away: [4, 13], across: [11, -11] }[way].map((far) => 16 + side * far);
    const lean = end > begin ? -4 : 4;
    return svg("svg", { width: 32, height: 16, viewBox: "0 0 32 16", "aria-hidden": "true", class: "ek-sw-arrow" },
      svg("line", { x1: 16, y1: 0, x2: 16, y2: 16, class: "ek-sw-arrow-one" }),
      svg("path", { d: `M${begin} 8H${end}M${end + lean} 4L${end} 8L${end + lean} 12` }));
  }

  const block = (title, ...children) => h("div", { class: "ek-sw-block" }, h("p", { class: "ek-sw-kicker", text: title }), ...children);
  verdict.tabIndex = -1;
  source.append("Source: ", state.source.source_url ? h("a", { href: state.source.source_url, text: state.source.source }) : state.source.source,
    ...["geography", "period", "licence"].filter((field) => state.source[field]).map((field) => `. ${state.source[field]}`), ".");

  el.append(h("div", { class: "ek-stepwise" },
    h("div", { class: "ek-sw-controls" }, outcomes.field, groupings.field, focuses.field),
    note, stepper, compares, picture.figure,
    h("p", { class: "ek-sw-key" },
      h("span", {}, h("span", { class: "ek-sw-key-now" }), "estimate, with its 95% interval"),
      h("span", {}, h("span", { class: "ek-sw-key-before" }), "the step before")),
    verdict,
    h("div", { class: "ek-sw-stop" }, h("p", { class: "ek-sw-kicker", text: "If you stopped here, you might wrongly conclude" }), stop),
    h("div", { class: "ek-sw-pair" },
      block("What this step does", kind, added, structure),
      block("What the estimate still contains", remains)),
    ask,
    h("div", { class: "ek-sw-terms" },
      h("p", {}, h("strong", { text: "Hazard ratio" }), "How fast something happened in one group, compared with the reference group. 2 is twice as fast, 0.5 half as fast."),
      h("p", {}, h("strong", { text: "95% confidence interval" }), "The values that fit these data well, if the model is right. It does not show errors in the model or the records.")),
    disclosure("In words", inWords), disclosure("As a table", asTable), source, live.element));

  show();
  if (model.get("words") !== words(state)) save(model, { words: words(state), table: rows(state) });
  const outside = () => {
    const told = read();
    if (["step", "outcome", "grouping", "focus", "predictions"].every((trait) => JSON.stringify(told[trait]) === JSON.stringify(state[trait]))) return;
    update(told);
  };
  for (const trait of ["step", "outcome", "grouping", "focus", "predictions"]) model.on(`change:${trait}`, outside);
  return () => {
    picture.end();
    for (const trait of ["step", "outcome", "grouping", "focus", "predictions"]) model.off(`change:${trait}`, outside);
  };
}

export default { render };
