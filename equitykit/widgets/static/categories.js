// The category explorer: collapse and split ethnic categories, predict what an average hides, see what a small service
// can show of it.
import { h, table, disclosure, voice, uid, save } from "./kit.js";
import { PRESETS, TITLES, preset, keyOf, membersOf, moved, split, collapsed, joined, figureOf, groupsOf, askedOf, veiled, viewKey,
  serviceOf, comparedOf, number, valueText, distanceText, disappears, locally, verdict, wordsOf, rowsOf } from "./categories-model.js";

const STATE = ["grouping", "assigned", "figure", "area", "service", "not_stated", "hide_up_to", "predictions"];
const TRAITS = [...STATE, "categories", "counts", "figures", "source", "label"];
const BUTTONS = { 19: "19, as asked", 16: "16, NHS letters", 5: "5 groups", 2: "2 groups" };
const SERVICES = [200, 500, 1000, 5000, 20000];
const SHARES = [[0, "0%: everybody has said"], [13, "13%: hospital inpatients, 2019/20"], [26, "26%: adults at GP practices, 2020"],
  [47, "47%: the least complete hospital provider"]];
const RULES = [4, 7, 9];

function render({ model, el }) {
  const read = () => structuredClone(Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)])));
  let state = read();
  const live = voice();

  const select = (label, onchange, kind = "") => {
    const id = uid("ek-ca");
    const element = h("select", { id, class: "ek-ca-select", onchange: () => onchange(element.value) });
    return { element, field: h("div", { class: `ek-ca-field${kind}` }, h("label", { for: id, text: label }), element) };
  };
  const fill = (element, options, value) => {
    const wanted = JSON.stringify(options);
    if (element.dataset.options !== wanted) {
      element.dataset.options = wanted;
      element.replaceChildren(...options.map(([key, text]) => h("option", { value: key, text })));
    }
    element.value = value;
  };

  const figures = select("Figure", (value) => update({ figure: value }));
  const presets = PRESETS.map((key) => ({ key, button: h("button", { type: "button", class: "ek-button", text: BUTTONS[key],
    onclick: () => update({ grouping: key, assigned: preset(key, state.categories) }) }) }));
  const own = h("span", { class: "ek-ca-own", text: "Your own grouping" });
  const title = h("p", { class: "ek-ca-title" });
  const ask = h("div", { class: "ek-ca-ask", role: "group" });
  const question = h("p", { class: "ek-ca-question", id: uid("ek-ca"), tabindex: "-1" });
  ask.setAttribute("aria-labelledby", question.id);
  const ways = h("div", { class: "ek-ca-ways" });
  const came = h("p", { class: "ek-ca-verdict" });
  ask.append(question, ways, came);
  const chart = h("ul", { class: "ek-ca-chart" });
  const axis = h("div", { class: "ek-ca-axis", "aria-hidden": "true" });
  const which = select("Move a category", () => showMove());
  const into = select("into", () => {});
  const losses = h("dl", { class: "ek-ca-losses" });
  const lossTitle = h("p", { class: "ek-ca-kicker", id: uid("ek-ca"), text: "What this grouping makes disappear" });
  const areas = select("A service in", (value) => update({ area: value }));
  const sizes = select("People it sees", (value) => update({ service: Number(value) }));
  const shares = select("Without a stated group", (value) => update({ not_stated: Number(value) }));
  const rules = select("Hide a count of", (value) => update({ hide_up_to: Number(value) }));
  const boards = h("div", { class: "ek-ca-boards" });
  const local = h("p", { class: "ek-ca-local" });
  const note = h("p", { class: "ek-ca-note" });
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div");
  const source = h("p", { class: "ek-ca-source" });

  function predict(said) {
    update({ predictions: { ...state.predictions, [viewKey(state)]: said } });
    question.focus({ preventScroll: true });
  }

  /** Write a new grouping, and keep the focus where the reader's hand is. */
  function regroup(assigned, name) {
    update({ assigned, grouping: keyOf(assigned, state.categories) });
    (chart.querySelector(`[data-for="${CSS.escape(name)}"]`) ?? title).focus({ preventScroll: true });
  }

  function update(change) {
    state = { ...state, ...change };
    show();
    const result = verdict(state);
    live.say(`${title.textContent} ${veiled(state) ? question.textContent : "predictions" in change && result ? result.lead + result.text : locally(state)}`);
    save(model, { ...Object.fromEntries(STATE.map((trait) => [trait, state[trait]])), words: wordsOf(state), table: rowsOf(state) });
  }

  function show() {
    fill(figures.element, state.figures.map((one) => [one.key, `${one.label} (${one.unit})`]), state.figure);
    figures.field.hidden = state.figures.length < 2;
    for (const { key, button } of presets) button.setAttribute("aria-pressed", String(key === state.grouping));
    own.hidden = state.grouping !== "own";
    const figure = figureOf(state);
    const groups = groupsOf(state);
    const many = groups.length;
    title.textContent = `${figure.label}: 19 categories told as ${many}.`;
    showAsk();
    showChart(figure, groups);
    fill(which.element, state.categories.map((one) => [one.name, one.name]), which.element.value || "Bangladeshi");
    showMove();
    losses.replaceChildren(...disappears(state).map(([head, text]) => h("div", {}, h("dt", { text: head }), h("dd", { text }))));
    fill(areas.element, Object.keys(state.counts).map((area) => [area, area]), state.area);
    fill(sizes.element, offered(SERVICES, state.service).map((many_) => [String(many_), number(many_)]), String(state.service));
    fill(shares.element, offered(SHARES.map(([share]) => share), state.not_stated)
      .map((share) => [String(share), SHARES.find(([one]) => one === share)?.[1] ?? `${share}%`]), String(state.not_stated));
    fill(rules.element, offered(RULES, state.hide_up_to).map((upTo) => [String(upTo), upTo === 7 ? "1 to 7 (hospital statistics)" : upTo === 1 ? "1" : `1 to ${upTo}`]), String(state.hide_up_to));
    showBoards(figure);
    local.textContent = locally(state);
    note.textContent = figure.note;
    inWords.textContent = wordsOf(state);
    asTable.replaceChildren(table(rowsOf(state), `${figure.label}, in ${TITLES[state.grouping]}`));
    const link = (one) => (one.source_url ? h("a", { href: one.source_url, text: one.source }) : h("span", { text: one.source }));
    source.replaceChildren("People: ", link(state.source), `. ${state.source.licence}. Figure: `, link(figure.source), `. ${figure.source.licence}.`);
  }

  const offered = (usual, mine) => [...new Set([...usual, mine])].sort((one, other) => one - other);

  function showAsk() {
    const choices = askedOf(state);
    const waits = veiled(state);
    const result = verdict(state);
    ask.classList.toggle("ek-ca-open", waits);
    ask.hidden = !choices.length;
    came.hidden = !result;
    ways.hidden = !waits;
    if (waits) {
      question.replaceChildren("Predict. Each ring is an average. ", h("strong", { text: "Which one hides the widest spread?" }),
        " Widest means the highest category less the lowest.");
      ways.replaceChildren(...choices.map((one) => h("button", { type: "button", class: "ek-button", text: one.name, onclick: () => predict(one.label) })),
        h("button", { type: "button", class: "ek-button ek-ca-quiet", text: "Show me without predicting", onclick: () => predict("shown") }));
    } else if (result) {
      question.textContent = "Which average hides the widest spread?";
      came.className = `ek-ca-verdict${result.shown ? "" : result.right ? " ek-ca-right" : " ek-ca-turn"}`;
      came.replaceChildren(result.lead ? h("strong", { text: result.lead }) : "", result.text);
    }
  }

  function showChart(figure, groups) {
    const waits = veiled(state);
    const all = [...Object.values(figure.values).map((one) => one.value), ...Object.values(figure.groups)];
    const top = Math.max(...all) * 1.06;
    const at = (found) => `${100 * found / top}%`;
    const broadOf = new Map(state.categories.map((one) => [one.name, one.broad]));
    const wholes = membersOf(preset("5", state.categories), state.categories);
    const placed = (element, style) => { Object.assign(element.style, style); return element; };
    let last = null;
    const result = verdict(state);
    const lines = [];
    for (const one of groups) {
      const alone = one.inside.length === 1;
      const broad = broadOf.get(one.inside[0]);
      if (alone && broad !== last && wholes.get(broad).length > 1) {
        lines.push(h("li", { class: "ek-ca-head" }, h("span", { text: broad }), h("button", { type: "button", class: "ek-button ek-ca-small", "data-for": broad,
          text: "Collapse", "aria-label": `Collapse ${broad}`, onclick: () => regroup(collapsed(state.assigned, broad, state.categories), broad) })));
      }
      last = alone ? broad : null;
      const strip = h("span", { class: "ek-ca-strip", "aria-hidden": "true" });
      if (one.low && !waits) {
        strip.append(placed(h("span", { class: "ek-ca-range" }), { left: at(one.low[1]), width: `${100 * one.spread / top}%` }),
          ...one.has.map((name) => placed(h("span", { class: "ek-ca-tick", title: `${name} ${valueText(figure, figure.values[name].value)}` }), { left: at(figure.values[name].value) })));
      }
      if (one.average !== null) strip.append(placed(h("span", { class: alone ? "ek-ca-dot ek-ca-alone" : "ek-ca-dot" }), { left: at(one.average) }));
      const value = one.average === null ? (alone ? figure.missing[one.inside[0]] ?? "no figure" : "no figure") : valueText(figure, one.average);
      const ends = one.low && !waits
        ? h("span", { class: "ek-ca-ends", text: `${one.low[0]} ${valueText(figure, one.low[1])} to ${one.high[0]} ${valueText(figure, one.high[1])}` })
        : alone ? null : h("span", { class: "ek-ca-ends", text: one.low ? "inside: predict first" : "inside: too few figures" });
      lines.push(h("li", { class: `ek-ca-row${alone ? " ek-ca-single" : ""}${result && one.label === result.most ? " ek-ca-most" : ""}` },
        h("span", { class: "ek-ca-name" }, h("strong", { text: one.name }), h("span", { class: "ek-ca-people",
          text: `${number(one.people)} people${alone ? "" : `, ${one.inside.length} boxes`}` })),
        strip, h("span", { class: "ek-ca-value" }, h("span", { class: one.average === null ? "ek-ca-none" : "", text: value }), ends),
        alone ? null : h("button", { type: "button", class: "ek-button ek-ca-small", "data-for": one.name, text: "Split", "aria-label": `Split ${one.name}`,
          onclick: () => regroup(split(state.assigned, one.label, state.categories), broadOf.get(one.inside[0])) })));
    }
    chart.replaceChildren(...lines);
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((one) => top / one <= 5) ?? 2000;
    const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
    axis.replaceChildren(...ticks.map((tick) => placed(h("span", { text: number(tick) + (figure.unit === "%" ? "%" : "") }), { left: at(tick) })));
    chart.style.setProperty("--ek-ca-step", at(step));
  }

  function showMove() {
    const name = which.element.value;
    const here = state.assigned[state.categories.findIndex((one) => one.name === name)];
    const rest = groupsOf(state).filter((one) => one.label !== here);
    const alone = membersOf(state.assigned, state.categories).get(here)?.length === 1;
    const options = [...(alone ? [] : [["", "a group of its own"]]), ...rest.map((one) => [`=${one.label}`, one.name])];
    fill(into.element, options, options.some(([key]) => key === into.element.value) ? into.element.value : options[0][0]);
  }

  function showBoards(figure) {
    boards.replaceChildren(...comparedOf(state).map((one) => {
      const hidden = `${one.hidden} of ${one.cells} hidden${one.people ? `, ${number(one.people)} people` : ""}`;
      const range = one.range === null ? "no averages to compare" : `averages ${distanceText(figure, one.range)} apart`;
      return h("div", { class: `ek-ca-board${one.key === state.grouping ? " ek-ca-now" : ""}` },
        h("p", { class: "ek-ca-board-name", text: one.key === "own" ? "Yours" : BUTTONS[one.key] }),
        h("p", { class: "ek-ca-cells", "aria-hidden": "true" }, ...one.service.hidden.map((gone, at) => h("span", {
          class: gone ? "ek-ca-gone" : one.service.counts[at] ? "ek-ca-kept" : "ek-ca-empty",
          title: `${one.service.names[at]}: ${gone ? "suppressed" : number(one.service.counts[at])}` }))),
        h("p", { class: "ek-ca-board-told" }, h("strong", { text: hidden }), h("span", { text: range })));
    }));
  }

  const moveButton = h("button", { type: "button", class: "ek-button", text: "Move it", onclick: () => {
    const name = which.element.value;
    const target = into.element.value.slice(1);
    const assigned = moved(state.assigned, name, target, state.categories);
    update({ assigned, grouping: keyOf(assigned, state.categories) });
  } });
  const localTitle = h("p", { class: "ek-ca-kicker", id: uid("ek-ca"), text: "Finer groups, smaller numbers: what one service can show" });
  el.append(h("div", { class: "ek-stage ek-categories" },
    figures.field,
    h("div", { class: "ek-ca-ways", role: "group", "aria-label": "Grouping" }, ...presets.map(({ button }) => button), own),
    ask,
    h("div", { class: "ek-ca-picture" }, title, chart, axis),
    h("p", { class: "ek-ca-key" },
      h("span", {}, h("span", { class: "ek-ca-dot" }), "average of a group"),
      h("span", {}, h("span", { class: "ek-ca-tick" }), "a category inside it"),
      h("span", {}, h("span", { class: "ek-ca-dot ek-ca-alone" }), "a category by itself")),
    h("div", { class: "ek-ca-move", role: "group", "aria-label": "Make a grouping of your own" }, which.field, into.field, moveButton),
    h("section", { class: "ek-ca-lost", "aria-labelledby": lossTitle.id }, lossTitle, losses),
    h("section", { class: "ek-ca-service", "aria-labelledby": localTitle.id }, localTitle,
      h("div", { class: "ek-ca-controls" }, areas.field, sizes.field, shares.field, rules.field),
      boards,
      h("p", { class: "ek-ca-key" }, h("span", {}, h("span", { class: "ek-ca-kept" }), "can be shown"), h("span", {}, h("span", { class: "ek-ca-gone" }), "suppressed"),
        h("span", {}, h("span", { class: "ek-ca-empty" }), "nobody")),
      local,
      h("p", { class: "ek-ca-note", text: "Not a real service: census counts of the area, scaled, as if everybody used it alike and the missing were spread evenly. "
        + "13%: Nuffield Trust; 26%: OpenSAFELY; the least complete provider, 53% valid in 2019/20: Nuffield Trust." })),
    note, disclosure("In words", inWords), disclosure("As a table", asTable), source, live.element));

  show();
  if (model.get("words") !== wordsOf(state)) save(model, { words: wordsOf(state), table: rowsOf(state) });
  const outside = () => {
    const now = read();
    const changed = STATE.filter((trait) => JSON.stringify(now[trait]) !== JSON.stringify(state[trait]));
    if (!changed.length) return;
    if (changed.includes("assigned")) now.grouping = keyOf(now.assigned, state.categories);
    else if (changed.includes("grouping") && now.grouping !== "own") now.assigned = preset(now.grouping, state.categories);
    update(Object.fromEntries(STATE.map((trait) => [trait, now[trait]])));
  };
  for (const trait of STATE) model.on(`change:${trait}`, outside);
  return () => { for (const trait of STATE) model.off(`change:${trait}`, outside); };
}

export default { render };
