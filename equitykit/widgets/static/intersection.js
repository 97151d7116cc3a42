// The intersection explorer: choose one to three axes, predict a cell from its pieces, see every cell with its interval,
// and read what the cells do not say about a person. Sums, words and rows are those of equitykit/widgets/intersection_*.py.
import { h, svg, table, disclosure, voice, uid, save } from "./kit.js";

const Z = 1.959963984540054;
const FEW = 10;
const MOST = 3;
const RULES = [0, 4, 7, 9];
const WAYS = { less: "Less", unclear: "These people cannot tell", more: "More" };

// ---- cells: counts, what is hidden, rates, what adding up gives

function cellsOf(state) {
  const chosen = state.frame.map((axis, place) => [axis, place]).filter(([axis]) => state.axes.includes(axis.key));
  const outcome = state.outcomes.findIndex((one) => one.key === state.outcome);
  let places = [[]];
  for (const [axis] of chosen) places = places.flatMap((place) => axis.labels.map((_, at) => [...place, at]));
  const made = new Map(places.map((place) => [place.join(), {
    key: place.map((at, number) => chosen[number][0].labels[at]).join(", "), place, people: 0, happened: 0,
    off: place.flatMap((at, number) => (at === chosen[number][0].reference ? [] : [number])),
    hidden: false, rate: null, difference: null, adding: null, multiplying: null, departure: null,
  }]));
  const size = state.frame.length;
  for (const row of state.counts) {
    const cell = made.get(chosen.map(([, place]) => row[place]).join());
    cell.people += row[size];
    cell.happened += row[size + 1 + outcome];
  }
  const everyone = [...made.values()];
  hide(everyone, state.hide_up_to, state.secondary);
  for (const cell of everyone) if (cell.people && !cell.hidden) cell.rate = wilson(cell.happened, cell.people);
  const start = chosen.map(([axis]) => axis.reference);
  for (const cell of everyone) compare(cell, made, start);
  return everyone;
}

/** Hide cells with a count of 1 to `upTo`, and further ones from which a total would give them away. */
function hide(everyone, upTo, secondary) {
  for (const cell of everyone) {
    cell.hidden = [cell.people, cell.happened, cell.people - cell.happened].some((part) => part >= 1 && part <= upTo);
  }
  if (!secondary || !upTo) return;
  const lines = new Map();
  for (let axis = 0; axis < everyone[0].place.length; axis += 1) {
    for (const cell of everyone) {
      const key = [axis, ...cell.place.map((at, number) => (number === axis ? -1 : at))].join();
      if (!lines.has(key)) lines.set(key, []);
      lines.get(key).push(cell);
    }
  }
  const givenAway = (line) => {
    const hidden = line.filter((cell) => cell.hidden);
    return hidden.length === 1 || (hidden.length > 0 && hidden.reduce((sum, cell) => sum + cell.people, 0) === hidden.length);
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const line of lines.values()) {
      while (givenAway(line)) {
        const open = line.filter((cell) => cell.people && !cell.hidden);
        if (!open.length) break;
        open.reduce((least, cell) => (cell.people < least.people ? cell : least)).hidden = true;
        changed = true;
      }
    }
  }
}

function wilson(happened, people) {
  const share = happened / people;
  const below = 1 + Z * Z / people;
  const middle = (share + Z * Z / (2 * people)) / below;
  const half = Z * Math.sqrt(share * (1 - share) / people + Z * Z / (4 * people * people)) / below;
  return [share, Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** A sum of independent proportions, each times a whole number, by squaring and adding their intervals. */
function combine(terms) {
  let estimate = 0;
  let low = 0;
  let high = 0;
  for (const [times, [rate, bottom, top]] of terms) {
    estimate += times * rate;
    const down = times > 0 ? times * (rate - bottom) : times * (rate - top);
    const up = times > 0 ? times * (top - rate) : times * (bottom - rate);
    low += down * down;
    high += up * up;
  }
  return [estimate, estimate - Math.sqrt(low), estimate + Math.sqrt(high)];
}

function compare(cell, made, start) {
  const reference = made.get(start.join()).rate;
  if (!reference || !cell.rate) return;
  if (cell.off.length) cell.difference = combine([[1, cell.rate], [-1, reference]]);
  if (cell.off.length < 2) return;
  const pieces = cell.off.map((axis) => made.get(start.map((at, number) => (number === axis ? cell.place[axis] : at)).join()).rate);
  if (pieces.some((rate) => !rate)) return;
  const spare = pieces.length - 1;
  cell.adding = pieces.reduce((sum, rate) => sum + rate[0], 0) - spare * reference[0];
  cell.departure = combine([[1, cell.rate], ...pieces.map((rate) => [-1, rate]), [spare, reference]]);
  if (reference[0] > 0) cell.multiplying = pieces.reduce((product, rate) => product * rate[0], 1) / reference[0] ** spare;
}

/** How often the cell tells who of two people had the outcome: 0.5 is a coin. */
function rightPick(everyone) {
  const filled = everyone.filter((cell) => cell.people);
  const yes = filled.reduce((sum, cell) => sum + cell.happened, 0);
  const no = filled.reduce((sum, cell) => sum + cell.people, 0) - yes;
  if (!yes || !no) return null;
  let won = 0;
  for (const one of filled) {
    for (const other of filled) {
      const ours = one.happened * other.people;
      const theirs = other.happened * one.people;
      won += one.happened * (other.people - other.happened) * (ours > theirs ? 1 : ours === theirs ? 0.5 : 0);
    }
  }
  return won / (yes * no);
}

// ---- what a state says

const viewKey = (state) => `${state.outcome} / ${state.axes.join(" + ")}`;
const veiled = (cell, state) => cell.off.length > 1 && !cell.hidden && cell.people > 0 && !(viewKey(state) in state.predictions);
const departs = ([, low, high]) => (low > 0 ? "more" : high < 0 ? "less" : "unclear");
const outcomeOf = (state) => state.outcomes.find((one) => one.key === state.outcome);
const axesOf = (state) => state.frame.filter((axis) => state.axes.includes(axis.key));
const referenceOf = (everyone) => everyone.find((cell) => !cell.off.length);
const listed = (items) => (items.length === 1 ? items[0] : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`);
const number = (value) => value.toLocaleString("en-GB");
const hundred = (value) => Math.floor(value * 100 + 0.5);
const nobody = (state) => (state.source.synthetic ? "Synthetic data: nobody in it exists." : "Real data: each number is a person.");

function one(value) {
  const scaled = Math.floor(Math.abs(value) * 1000 + 0.5) / 10;
  return `${value < 0 && scaled ? "−" : ""}${scaled.toFixed(1)}`;
}

function signed(value) {
  const text = one(value);
  return text.startsWith("−") || text === "0.0" ? text : `+${text}`;
}

const rateText = (rate, dash) => `${one(rate[0])}% (${one(rate[1])}${dash}${one(rate[2])})`;
const pointsText = (gap) => `${signed(gap[0])} points (${signed(gap[1])} to ${signed(gap[2])})`;

function rows(state, everyone) {
  const head = ["Cell", "People", `How many ${outcomeOf(state).did}`, "Rate (95% interval)",
    "Difference from the reference (95% interval)", "What adding up gives"];
  return [head, ...everyone.map((cell) => {
    const adding = cell.adding === null ? "–" : `${one(cell.adding)}%`;
    if (!cell.people) return [cell.key, "0", "–", "–", "–", "–"];
    if (cell.hidden) return [cell.key, ...Array(4).fill("suppressed"), "–"];
    if (veiled(cell, state)) return [cell.key, number(cell.people), ...Array(3).fill("predict first"), adding];
    const gap = !cell.off.length ? "reference" : cell.difference ? pointsText(cell.difference) : "–";
    return [cell.key, number(cell.people), number(cell.happened), rateText(cell.rate, "–"), gap, adding];
  })];
}

function words(state, everyone) {
  const focus = everyone.find((cell) => cell.key === state.focus);
  const parts = [`${nobody(state)} ${outcomeOf(state).label} by ${listed(axesOf(state).map((axis) => axis.label))}.`,
    `Reference: ${referenceOf(everyone).key}. ${tally(everyone, state)}`];
  const shown = everyone.filter((cell) => cell.rate && !veiled(cell, state));
  if (shown.length && everyone.length <= FEW) {
    parts.push(`Rates with 95% intervals: ${shown.map((cell) => `${cell.key} ${rateText(cell.rate, " to ")}`).join("; ")}.`);
  } else if (shown.length) {
    const rates = shown.map((cell) => cell.rate[0]);
    parts.push(`Rates run from ${one(Math.min(...rates))}% to ${one(Math.max(...rates))}%; the table has each.`);
  }
  parts.push(reading(focus, everyone, state).join(" "), "What you may not infer.",
    ...limits(focus, everyone, state).map(([title, text]) => `${title}. ${text}`));
  return parts.join(" ");
}

function tally(everyone, state) {
  const counted = [
    ["suppressed", everyone.filter((cell) => cell.hidden).length],
    ["empty", everyone.filter((cell) => !cell.people).length],
    ["waiting for your prediction", everyone.filter((cell) => veiled(cell, state)).length],
  ].filter(([, many]) => many).map(([what, many]) => `${many} ${what}`);
  return `${everyone.length} cells${counted.length ? `, ${listed(counted)}` : ""}.`;
}

function reading(focus, everyone, state) {
  if (!focus.people) return [`${focus.key}: nobody here was counted. That is a fact about the table, not about people.`];
  if (focus.hidden) return [`${focus.key}: suppressed. Its counts, or one that would give a neighbour away, are small.`];
  if (veiled(focus, state)) {
    return [`${focus.key}: ${number(focus.people)} people. ${sumOf(focus, everyone)} Predict before you see the rate.`];
  }
  const said = [`${focus.key}: ${number(focus.happened)} of ${number(focus.people)} people ${outcomeOf(state).did}, `
    + `${one(focus.rate[0])}% (95% interval ${one(focus.rate[1])} to ${one(focus.rate[2])}).`];
  if (!focus.off.length) {
    said.push("This is the reference, with which the other cells are compared. It is a choice, no norm.");
    return said;
  }
  if (focus.difference) {
    said.push(`Difference from the reference: ${signed(focus.difference[0])} points `
      + `(${signed(focus.difference[1])} to ${signed(focus.difference[2])}).`);
  }
  if (focus.off.length === 1) {
    if (state.axes.length > 1) said.push("It differs from the reference on one axis: it is a piece from which the sums are made.");
    return said;
  }
  said.push(sumOf(focus, everyone));
  if (focus.departure) {
    said.push(found(focus));
    if (focus.multiplying !== null) {
      said.push(`Had ratios multiplied instead, it would be ${one(focus.multiplying)}%: `
        + "whether there is more than the sum depends on the sum.");
    }
  }
  return said;
}

function found(cell) {
  const gap = `${signed(cell.departure[0])} points (95% interval ${signed(cell.departure[1])} to ${signed(cell.departure[2])})`;
  return `The rate is ${gap} from the ${one(cell.adding)}% that adding up gives: ${{
    more: "more than adding up.", less: "less than adding up.", unclear: "these people cannot tell it from adding up.",
  }[departs(cell.departure)]}`;
}

function sumOf(focus, everyone) {
  if (focus.adding === null) return "A piece of the sum is suppressed or empty, so there is no adding up to compare it with.";
  const reference = referenceOf(everyone);
  const told = everyone.filter((cell) => cell.off.length === 1 && cell.rate && focus.off.includes(cell.off[0])
    && cell.place[cell.off[0]] === focus.place[cell.off[0]])
    .map((cell) => `${signed(cell.rate[0] - reference.rate[0])} points as for ${cell.key}`).join(", ");
  return `Adding up: ${one(reference.rate[0])}% as for ${reference.key}, ${told}, makes ${one(focus.adding)}%.`;
}

/** What may not be inferred from this state, each with a heading. */
function limits(focus, everyone, state) {
  const outcome = outcomeOf(state);
  const axes = axesOf(state);
  const said = [];
  if (focus.rate && !veiled(focus, state)) {
    const without = focus.people - focus.happened;
    said.push(["Not the person in front of you", `Of ${number(focus.people)} people in the cell ${focus.key}, ${number(without)} `
      + `are not among those who ${outcome.did}. Presume it of everybody in the cell, and you are wrong about `
      + `${hundred(without / focus.people)} in 100.`]);
    said.push(["Not two kinds of people", overlap(focus, everyone, state)]);
  }
  const share = state.between[state.outcome][state.axes.join(" + ")];
  said.push(["Not that the cell explains the person", spread(share, rightPick(everyone), outcome)]);
  const made = state.source.synthetic ? " In this table the course wrote the gaps, and no real service or person is behind one." : "";
  said.push(["Not that a position is a cause", "A gap between cells is made by how systems treat people in a position "
    + `(here ${listed(axes.map((axis) => axis.system))}), not by what people are.${made}`]);
  const met = everyone.filter((cell) => cell.departure);
  if (met.length && !met.some((cell) => veiled(cell, state))) {
    const apart = met.filter((cell) => departs(cell.departure) !== "unclear").length;
    said.push(["Not that the most striking cell is a finding", `${apart} of ${met.length} ${met.length === 1 ? "cell" : "cells"} `
      + `that can be compared ${apart === 1 ? "differs" : "differ"} from adding up. Were adding up exactly true, about 1 in 20 `
      + "such intervals would still miss it."]);
  }
  said.push(["Not that a missing cell does not matter", missing(everyone, state)]);
  const others = state.frame.filter((axis) => !state.axes.includes(axis.key)).map((axis) => axis.name);
  const within = others.length ? ` Inside each cell people still differ in ${listed(others)}, which you have not chosen.` : "";
  said.push(["Not that this is everybody's position",
    `${axes.map((axis) => axis.limits).join(" ")}${within} Not in the table at all: ${state.absent}.`]);
  return said;
}

function overlap(focus, everyone, state) {
  const reference = referenceOf(everyone);
  const others = everyone.filter((cell) => cell !== focus && cell.rate && !veiled(cell, state));
  const meet = others.filter((cell) => cell.rate[1] <= focus.rate[2] && focus.rate[1] <= cell.rate[2]).length;
  const said = `Its interval overlaps ${meet} of the ${others.length} other intervals shown.`;
  if (!focus.off.length || !reference.rate) return said;
  return `${said} Pair 100 people like these with 100 of the reference, like with like as far as it goes: `
    + `${hundred(1 - Math.abs(focus.rate[0] - reference.rate[0]))} pairs have the same outcome.`;
}

function spread(share, right, outcome) {
  let told = `${(Math.floor(share * 10 + 0.5) / 10).toFixed(1)}% of the variation in ${outcome.noun} lies between these cells`;
  if (share < 5) told += ": knowing the cell tells you very little about the person.";
  else if (share < 15) told += ": knowing the cell tells you little about the person.";
  else if (share < 50) told += ": knowing the cell tells you something; most of the variation is still between people within a cell.";
  else told += ": the cells differ much, and still the rate belongs to the cell and not to the person.";
  if (right !== null) {
    told += ` Take one person with ${outcome.noun} and one without: the cell picks out which is which `
      + `${hundred(right)} times in 100; a coin, 50.`;
  }
  return told;
}

function missing(everyone, state) {
  const hidden = everyone.filter((cell) => cell.hidden).length;
  const empty = everyone.filter((cell) => !cell.people).length;
  let said;
  if (!state.hide_up_to) {
    said = `The rule is off. With real people that could expose somebody${state.source.synthetic ? "; here nobody exists." : "."}`;
  } else if (hidden) {
    said = `${hidden} of ${everyone.length} cells ${hidden === 1 ? "is" : "are"} suppressed. `
      + "Suppressed does not mean zero, and few people counted does not mean little need.";
  } else said = `No cell holds a count of 1 to ${state.hide_up_to}, so none is suppressed. Choose finer axes and some will be.`;
  if (empty) said += ` ${empty} ${empty === 1 ? "holds" : "hold"} nobody: not counted here is not the same as not there.`;
  return said;
}

function defaultFocus(state, everyone) {
  const first = axesOf(state).map((axis) => axis.labels[axis.first]).join(", ");
  if (everyone.some((cell) => cell.key === first && cell.rate)) return first;
  const withRate = everyone.filter((cell) => cell.rate);
  const open = withRate.length ? withRate : everyone;
  const most = Math.max(...open.map((cell) => cell.off.length));
  return open.filter((cell) => cell.off.length === most).reduce((best, cell) => (cell.people > best.people ? cell : best)).key;
}

// ---- the drawing

/** Dots with their intervals, one row a cell, in the order of the axes; above them the scale, which stays in sight. */
function drawing(choose) {
  const scale = h("div", { class: "ek-ix-scale", "aria-hidden": "true" });
  const figure = h("div", { class: "ek-ix-chart" }, scale);
  const body = h("div");
  figure.append(body);
  let state = null;
  let everyone = [];
  let width = 0;

  function range(differences) {
    const values = everyone.flatMap((cell) => {
      if (!cell.rate) return [];
      const zero = differences ? referenceOf(everyone).rate?.[0] ?? 0 : 0;
      const adding = cell.adding === null ? [] : [cell.adding - zero];
      if (veiled(cell, state)) return adding;
      return [...(differences ? cell.difference ?? [0] : cell.rate), ...adding];
    });
    let low = Math.min(0, ...values);
    let high = Math.max(differences ? 0.1 : 0, ...values);
    const step = [0.02, 0.05, 0.1, 0.2, 0.25, 0.5].find((one_) => (high - low) / one_ <= (width < 560 ? 5 : 8)) ?? 0.5;
    low = Math.floor(low / step + 1e-9) * step;
    high = Math.ceil(high / step - 1e-9) * step;
    const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => low + at * step);
    return { low, high, ticks };
  }

  function paint() {
    if (!width || !state) return;
    const differences = state.show === "difference";
    const reference = referenceOf(everyone);
    const zero = differences ? reference.rate?.[0] ?? 0 : 0;
    const { low, high, ticks } = range(differences);
    const narrow = width < 600;
    const axes = axesOf(state);
    const left = narrow ? 12 : Math.max(120, 36 + 7.4 * Math.max(...axes[axes.length - 1].labels.map((one_) => one_.length)));
    const right = width - (narrow ? 16 : 126);
    const at = (value) => left + ((value - low) / (high - low)) * (right - left);
    const line = (x1, y1, x2, y2, kind) => svg("line", { x1, y1, x2, y2, class: `ek-ix-${kind}` });
    const text = (x, y, content, kind, anchor = "start") => svg("text", { x, y, class: `ek-ix-${kind}`, "text-anchor": anchor }, content);

    const top = svg("svg", { width, height: 44, viewBox: `0 0 ${width} 44` });
    top.append(text(left, 14, differences ? `Points above or below the reference, ${reference.key}` : "Per cent of the people in the cell", "title"));
    for (const tick of ticks) {
      const told = Math.round(tick * 100);
      const anchor = narrow && tick === ticks[0] ? "start" : narrow && tick === ticks[ticks.length - 1] ? "end" : "middle";
      top.append(text(at(tick), 36, differences ? `${told > 0 ? "+" : told < 0 ? "−" : ""}${Math.abs(told)}` : `${told}%`, "tick", anchor));
    }
    scale.replaceChildren(top);

    const height = narrow ? 48 : everyone.length > 12 ? 30 : 38;
    const parts = [];
    let y0 = 2;
    let group = null;
    for (const cell of everyone) {
      const head = axes.length > 1 ? axes.slice(0, -1).map((axis, index) => axis.labels[cell.place[index]]).join(", ") : null;
      if (head !== group) {
        group = head;
        parts.push(text(narrow ? 8 : 4, y0 + 20, head, "group"));
        y0 += 28;
      }
      parts.push(row(cell, y0));
      y0 += height;
    }
    const root = svg("svg", { width, height: y0 + 4, viewBox: `0 0 ${width} ${y0 + 4}`, role: "img", "aria-label": label() });
    for (const tick of ticks) root.append(line(at(tick), 0, at(tick), y0, Math.abs(tick) < 1e-9 ? "zero" : "grid"));
    root.append(...parts);
    body.replaceChildren(root);

    function row(cell, y1) {
      const followed = cell.key === state.focus;
      const waits = veiled(cell, state);
      const y = narrow ? y1 + 34 : y1 + height / 2;
      const made = svg("g", { class: `ek-ix-row${followed ? " ek-ix-followed" : ""}${cell.off.length ? "" : " ek-ix-reference"}` });
      made.append(svg("rect", { x: 0, y: y1 + 1, width, height: height - 2, rx: 6, class: "ek-ix-band" }));
      const written = narrow ? y1 + 17 : y + 5;
      const last = axes[axes.length - 1];
      made.append(text(axes.length > 1 ? 16 : 8, written, last.labels[cell.place[cell.place.length - 1]], "name"));
      const value = differences ? cell.difference ?? (cell.rate && !cell.off.length ? [0, 0, 0] : null) : cell.rate;
      const told = !cell.people ? "nobody counted" : cell.hidden ? "suppressed" : waits ? "?" : !value ? "no reference"
        : differences ? (cell.off.length ? signed(value[0]) : "reference") : `${one(value[0])}%`;
      const plain = !cell.people || cell.hidden || waits || !value;
      made.append(text(width - 8, written, told, plain ? "none" : "value", "end"));
      if (value && !waits) {
        if (cell.off.length || !differences) {
          made.append(line(at(value[1]), y, at(value[2]), y, "interval"));
          for (const end of [1, 2]) made.append(line(at(value[end]), y - 4, at(value[end]), y + 4, "interval"));
        }
        made.append(svg("circle", { cx: at(value[0]), cy: y, r: followed ? 7 : 5.5, class: "ek-ix-dot" }));
      }
      if (cell.adding !== null) {
        const x = at(cell.adding - zero);
        made.append(svg("path", { d: `M${x} ${y - 8}L${x + 8} ${y}L${x} ${y + 8}L${x - 8} ${y}Z`, class: "ek-ix-adding" }));
      }
      made.addEventListener("click", () => choose(cell.key));
      return made;
    }
  }

  function label() {
    return `${outcomeOf(state).label} by ${listed(axesOf(state).map((axis) => axis.name))}: ${tally(everyone, state)} `
      + "The numbers are under In words and As a table.";
  }

  const sized = new ResizeObserver(([entry]) => {
    const found_ = Math.floor(entry.contentRect.width);
    if (found_ < 40 || found_ === width) return;
    width = found_;
    paint();
  });
  sized.observe(body);
  return {
    figure,
    go(next, cells) { state = next; everyone = cells; paint(); },
    end() { sized.disconnect(); },
  };
}

// ---- the page

const STATE = ["axes", "outcome", "focus", "show", "hide_up_to", "secondary", "predictions"];
const FIXED = ["frame", "outcomes", "counts", "between", "absent", "source", "label"];

function render({ model, el }) {
  const read = () => Object.fromEntries([...STATE, ...FIXED].map((trait) => [trait, model.get(trait)]));
  let state = read();
  let everyone = cellsOf(state);
  const live = voice();
  const picture = drawing((key) => update({ focus: key }));

  const badge = h("p", { class: "ek-ix-badge", text: nobody(state) });
  const axisBoxes = state.frame.map((axis) => {
    const box = h("input", { type: "checkbox", onchange: () => toggle(axis.key) });
    return { key: axis.key, box, element: h("label", { class: "ek-choice ek-ix-axis" }, box, h("span", { text: axis.label })) };
  });
  const axisNote = h("p", { class: "ek-ix-hint" });
  const picker = (label, onchange) => {
    const id = uid("ek-ix");
    const element = h("select", { id, class: "ek-ix-select", onchange: () => onchange(element.value) });
    return { element, field: h("div", { class: "ek-ix-field" }, h("label", { for: id, text: label }), element) };
  };
  const outcomes = picker("What is counted", (value) => update({ outcome: value }));
  const rules = picker("Suppress a cell with a count of", (value) => update({ hide_up_to: Number(value) }));
  const focuses = picker("Cell to read", (value) => update({ focus: value }));
  const fill = (element, options, value) => {
    const wanted = JSON.stringify(options);
    if (element.dataset.options !== wanted) {
      element.dataset.options = wanted;
      element.replaceChildren(...options.map(([key, text]) => h("option", { value: key, text })));
    }
    element.value = value;
  };
  const shows = [["rate", "Rate"], ["difference", "Difference from the reference"]].map(([key, text]) =>
    ({ key, button: h("button", { type: "button", class: "ek-button", text, onclick: () => update({ show: key }) }) }));
  const secondary = h("input", { type: "checkbox", onchange: () => update({ secondary: secondary.checked }) });

  const ask = h("div", { class: "ek-ix-ask", role: "group" });
  const question = h("p", { class: "ek-ix-question", id: uid("ek-ix"), tabindex: "-1" });
  ask.setAttribute("aria-labelledby", question.id);
  const answers = h("div", { class: "ek-ix-ways" });
  const sums = h("p", { class: "ek-ix-sum" });
  const told = h("div", { class: "ek-ix-told" });
  const limitList = h("dl", { class: "ek-ix-limits" });
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div");
  const tallied = h("p", { class: "ek-ix-hint" });
  const source = h("p", { class: "ek-ix-source" });

  function toggle(key) {
    const chosen = state.axes.includes(key) ? state.axes.filter((axis) => axis !== key) : [...state.axes, key];
    update({ axes: state.frame.map((axis) => axis.key).filter((axis) => chosen.includes(axis)) });
  }

  function predict(said) {
    update({ predictions: { ...state.predictions, [viewKey(state)]: { cell: state.focus, said } } });
    question.focus({ preventScroll: true });
  }

  function update(change) {
    const next = { ...state, ...change };
    if (!next.axes.length || next.axes.length > MOST) { show(); return; }
    everyone = cellsOf(next);
    if (!everyone.some((cell) => cell.key === next.focus)) next.focus = defaultFocus(next, everyone);
    state = next;
    show();
    const focus = everyone.find((cell) => cell.key === state.focus);
    live.say(`${tally(everyone, state)} ${reading(focus, everyone, state)[0]}`);
    save(model, { ...Object.fromEntries(STATE.map((trait) => [trait, state[trait]])), words: words(state, everyone), table: rows(state, everyone) });
  }

  function show() {
    const focus = everyone.find((cell) => cell.key === state.focus);
    for (const { key, box, element } of axisBoxes) {
      box.checked = state.axes.includes(key);
      box.disabled = box.checked ? state.axes.length === 1 : state.axes.length === MOST;
      element.classList.toggle("ek-ix-off", box.disabled);
    }
    axisNote.textContent = state.axes.length === MOST ? "Three are chosen. Leave one out to choose another."
      : state.axes.length === 1 ? "Choose a second axis, to see where two meet." : "Choose one to three.";
    fill(outcomes.element, state.outcomes.map((one_) => [one_.key, one_.label]), state.outcome);
    const limitsOffered = [...new Set([...RULES, state.hide_up_to])].sort((a, b) => a - b).filter((upTo) => upTo || state.source.synthetic);
    fill(rules.element, limitsOffered.map((upTo) => [String(upTo), upTo === 0 ? "none: show every cell" : upTo === 1 ? "1" : `1 to ${upTo}`]), String(state.hide_up_to));
    fill(focuses.element, everyone.map((cell) => [cell.key, cell.key + (cell.off.length ? "" : " (reference)")]), state.focus);
    for (const { key, button } of shows) button.setAttribute("aria-pressed", String(key === state.show));
    secondary.checked = state.secondary;
    secondary.disabled = !state.hide_up_to;
    tallied.textContent = `${tally(everyone, state)} Reference: ${referenceOf(everyone).key}.`;
    picture.go(state, everyone);
    showAsk(focus);
    limitList.replaceChildren(...limits(focus, everyone, state).map(([title, text]) =>
      h("div", {}, h("dt", { text: title }), h("dd", { text }))));
    inWords.textContent = words(state, everyone);
    asTable.replaceChildren(table(rows(state, everyone), `${outcomeOf(state).label} by ${listed(axesOf(state).map((axis) => axis.name))}. ${nobody(state)}`));
  }

  function showAsk(focus) {
    const waits = veiled(focus, state);
    ask.classList.toggle("ek-ix-open", waits);
    sums.replaceChildren();
    told.replaceChildren();
    if (waits) {
      const button = (said, text, kind = "") => h("button", { type: "button", class: `ek-button${kind}`, text, onclick: () => predict(said) });
      if (focus.adding === null) {
        question.replaceChildren(h("strong", { text: focus.key }), ": a piece of the sum is suppressed, so there is nothing to predict from.");
        answers.replaceChildren(button("shown", "Show the cells", " ek-primary"));
        return;
      }
      question.replaceChildren("Predict. In the cell ", h("strong", { text: focus.key }), `, is the rate what adding up gives, ${one(focus.adding)}%, or less, or more?`);
      sums.textContent = sumOf(focus, everyone);
      answers.replaceChildren(...Object.entries(WAYS).map(([said, text]) => button(said, text)), button("shown", "Show me without predicting", " ek-ix-quiet"));
      return;
    }
    const said = state.predictions[viewKey(state)];
    const mine = said && said.cell === focus.key && said.said !== "shown" && focus.departure ? said.said : null;
    const [first, ...rest] = reading(focus, everyone, state);
    question.textContent = first;
    const verdict = [];
    if (mine) {
      const right = mine === departs(focus.departure);
      verdict.push(h("p", { class: `ek-ix-verdict ek-ix-${right ? "right" : "turn"}` },
        h("strong", { text: right ? "As you predicted. " : `You predicted: ${WAYS[mine].toLowerCase()}. ` }), found(focus)));
    }
    told.replaceChildren(...verdict, h("p", { text: (mine ? rest.filter((text) => text !== found(focus)) : rest).join(" ") }));
    const again = state.axes.length === MOST ? "Change an axis or the outcome, and predict again."
      : state.axes.length === 1 ? "Choose a second axis to predict where two meet." : "Add or change an axis, and predict again.";
    answers.replaceChildren(h("p", { class: "ek-ix-hint", text: `Choose any cell in the picture to read it. ${again}` }));
  }

  source.append("Source: ", state.source.source_url ? h("a", { href: state.source.source_url, text: state.source.source }) : state.source.source,
    state.source.licence ? `. ${state.source.licence}.` : ".");
  const axisTitle = uid("ek-ix");
  const limitTitle = uid("ek-ix");
  el.append(h("div", { class: "ek-stage ek-intersection" },
    badge,
    h("div", { role: "group", "aria-labelledby": axisTitle },
      h("p", { class: "ek-ix-label", id: axisTitle, text: "Axes: positions in systems" }),
      h("div", { class: "ek-ix-axes" }, ...axisBoxes.map(({ element }) => element)), axisNote),
    h("div", { class: "ek-ix-controls" }, outcomes.field, focuses.field),
    h("div", { class: "ek-ix-ways", role: "group", "aria-label": "What the picture shows" }, ...shows.map(({ button }) => button)),
    h("p", { class: "ek-ix-key" },
      h("span", {}, h("span", { class: "ek-ix-key-dot" }), "rate, with its 95% interval"),
      h("span", {}, svg("svg", { width: 18, height: 18, viewBox: "-9 -9 18 18", "aria-hidden": "true" },
        svg("path", { d: "M0 -7L7 0L0 7L-7 0Z", class: "ek-ix-adding" })), "what adding up gives")),
    picture.figure, tallied,
    ask,
    h("section", { class: "ek-ix-not", "aria-labelledby": limitTitle },
      h("p", { class: "ek-ix-kicker", id: limitTitle, text: "What you may not infer" }), limitList),
    h("div", { class: "ek-ix-rule" }, rules.field,
      h("label", { class: "ek-choice ek-ix-second" }, secondary, h("span", { text: "and cells from which a total would give one away" })),
      h("p", { class: "ek-ix-hint", text: "The count is of people in the cell, of those with the outcome, or of those without. So few could be recognised, "
        + "or something learnt about them. NHS hospital statistics in England hide 1 to 7; publishers differ, so the rule is yours to change." })),
    disclosure("In words", inWords), disclosure("As a table", asTable), source, live.element));
  ask.append(question, sums, told, answers);

  show();
  if (model.get("words") !== words(state, everyone)) save(model, { words: words(state, everyone), table: rows(state, everyone) });
  const outside = () => {
    const now = read();
    if (STATE.every((trait) => JSON.stringify(now[trait]) === JSON.stringify(state[trait]))) return;
    update(now);
  };
  for (const trait of STATE) model.on(`change:${trait}`, outside);
  return () => {
    picture.end();
    for (const trait of STATE) model.off(`change:${trait}`, outside);
  };
}

export default { render };
