// The power map: guess, see who decided what and when, make it one's own, and find the next rung of each standard.
import { h, table, disclosure, voice, save } from "./kit.js";
import { takeAway } from "./takeaway.js";
import { checked, decisionName, findings, groupName, isTheirs, mapTable, mapWords, promiseText, settled, settledText, table as rowsOf, unknown, words } from "./power-model.js";
import { drawMap, livingMap } from "./power-picture.js";
import { editor } from "./power-edit.js";
import { standardCards } from "./power-standards.js";
import { faceOf, mapSheet } from "./power-sheet.js";

const OWN = ["project", "decisions", "people", "promise", "guess", "standards"];
const TRAITS = [...OWN, "parts", "terms", "ladder", "blank", "name", "label"];

function render({ model, el }) {
  el.classList.add("ek-stage");
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let saving = false;
  const { terms, ladder } = state;
  const start = Object.fromEntries(OWN.map((trait) => [trait, state[trait]]));
  const live = voice();
  const has = (part) => state.parts.includes(part);
  const guessing = () => has("predict") && state.project.kind !== "own" && !("said" in state.guess) && !state.guess.shown;
  const button = (text, onclick, more = "") => h("button", { type: "button", class: `ek-button${more}`, text, onclick });

  const away = takeAway({ name: state.name, kind: "power map", stem: "power-map", what: has("map") ? "map" : "self-assessment", start,
    content: () => ({ ...Object.fromEntries(OWN.map((trait) => [trait, state[trait]])), ...(guessing() || "said" in state.guess ? {} : { guess: { shown: true } }) }), check: (given) => checked(given, state),
    take: (content, said) => update(content, said), sheet: () => mapSheet(state), say: live.say });

  // ---- the project and the guess
  const about = h("div", { class: "ek-pm-about" });
  const ask = h("div", { class: "ek-pm-predict" });
  const map = h("div", { class: "ek-pm-map" });
  const veil = livingMap((width) => drawMap(state, terms, width, { veiled: true }));

  function showAbout() {
    const { project } = state;
    about.replaceChildren(...[project.kind === "own" && !project.title ? null : h("p", { class: "ek-pm-kicker", text: project.title || "My project" }),
      faceOf(project) ? h("p", { class: "ek-pm-face", text: faceOf(project) }) : null, project.about ? h("p", { text: project.about }) : null,
      project.source ? h("p", { class: "ek-pm-hint" }, project.kind === "own" ? "Began from: " : "Source: ", project.source_url ? h("a", { href: project.source_url, text: project.source }) : project.source, ".") : null].filter(Boolean));
    about.hidden = !about.children.length;
  }

  function answer(guess, said) {
    update({ guess }, said);
    away.keep();
    headline.focus({ preventScroll: false });
  }

  function showGuess() {
    ask.hidden = !guessing();
    if (ask.hidden) { ask.replaceChildren(); return; }
    const many = state.decisions.length;
    const affected = state.people.flatMap((one, place) => (one.affected ? [groupName(state, place)] : []));
    ask.replaceChildren(h("p", { class: "ek-pm-head", text: `${many} decisions, in order of time, and the groups around them. The marks are still hidden.` }), veil.element,
      h("ol", { class: "ek-visually-hidden" }, ...state.decisions.map((one, place) => h("li", {}, h("strong", { text: `${terms.stages[one.stage]}: ` }), decisionName(state, place), one.when ? h("span", { class: "ek-pm-hint", text: ` (${one.when})` }) : null))),
      h("p", { class: "ek-visually-hidden", text: `The project affects: ${affected.join("; ")}.` }),
      h("p", { class: "ek-pm-question", text: `Your guess first. How many of the ${many} had been settled before anyone affected was asked?` }),
      h("div", { class: "ek-pm-numbers", role: "group", "aria-label": "Your guess" }, ...Array.from({ length: many + 1 }, (none, count) => button(String(count), () => answer({ said: count }, verdict(count))))),
      h("div", { class: "ek-ta-ways" }, button("Show the map without a guess", () => answer({ shown: true }, settledText(state)), " ek-ta-quiet")));
  }

  function verdict(said) {
    const found = settled(state);
    const which = found.length ? `: ${found.map((place) => `“${decisionName(state, place)}”`).join(", ")}` : "";
    const open = unknown(state).length;
    return `You guessed ${said}${said === found.length ? ", and" : "."} ${said === found.length ? "the" : "The"} map shows ${found.length}${which}.${open ? ` Of ${open} more it is not known.` : ""}`;
  }

  // ---- the map
  const headline = h("p", { class: "ek-pm-verdict", tabindex: "-1" });
  const drawing = livingMap((width) => drawMap(state, terms, width, { label: `Power map. ${settledText(state)} In words and as a table below.`, pick: (row, place) => { work.open = true; edit.go(row, place); } }));
  const promise = h("p");
  const shown = h("ul", { class: "ek-pm-findings" });
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div", { class: "ek-pm-wide-table" });
  const edit = editor({ terms, ask: away.ask, onchange: (change, said) => change_(change, said) });
  const begin = (box) => away.ask(box, "Leave this map and start an empty one? Save it as a file first if you want it back.", "Start an empty map", () => {
    change_({ ...structuredClone(state.blank), guess: { shown: true }, standards: {} }, "An empty map, with seven decisions and four groups.");
    work.open = true;
    work.querySelector("input")?.focus();
  });
  const beginIn = (box) => { box.append(h("div", { class: "ek-ta-ways" }, button("Start an empty map", () => begin(box)))); return box; };
  const ownBox = beginIn(h("div", { class: "ek-pm-own" }, h("p", { class: "ek-pm-hint", text: "Press a mark in the picture to go to it here. Change what you see, or start with an empty map of a project that you know." })));
  const notTheirs = beginIn(h("div", { class: "ek-pm-own ek-pm-not-theirs" }, h("p", { text: "The map above is not yours. Answer for a project that you know; once the map shows that project too, your answers are held against it." })));
  const work = disclosure("Make this map your own", ownBox, edit.element);
  work.classList.add("ek-pm-work");
  const finding = (one) => {
    const source = terms.sources[one.source];
    return h("li", {}, h("p", { class: "ek-pm-head", text: one.title }), one.where.length ? h("ul", { class: "ek-pm-where" }, ...one.where.map((text) => h("li", { text }))) : null,
      h("p", {}, one.why, " ", h("em", { text: one.ask })), source ? h("p", { class: "ek-pm-hint" }, "After ", h("a", { href: source.url, text: source.text }), ".") : null);
  };
  const nothing = h("p", { text: "By these rules the map raises no question. The people on it may." });
  work.open = state.project.kind === "own";
  map.append(headline, drawing.element, promise, disclosure("In words", inWords), disclosure("As a table", asTable), work, h("p", { class: "ek-pm-kicker", text: "What the map shows" }), shown, nothing);

  function showMap() {
    headline.textContent = "said" in state.guess && state.project.kind !== "own" ? verdict(state.guess.said) : settledText(state);
    drawing.redraw();
    promise.textContent = [promiseText(state, terms), state.project.promise_from].filter(Boolean).join(" ");
    const found = findings(state, terms);
    shown.replaceChildren(...found.map(finding));
    shown.hidden = !found.length;
    nothing.hidden = Boolean(found.length);
    inWords.textContent = mapWords(state);
    asTable.replaceChildren(table(mapTable(state), state.label));
    edit.show(state);
  }

  // ---- the standards
  const cards = standardCards({ ladder, terms, onchange: (standards, said) => change_({ standards }, said) });
  const standards = h("div", { class: "ek-pm-standards" }, h("p", { class: "ek-pm-kicker", text: "Where your project stands" }),
    h("p", { text: "Six UK Standards for Public Involvement, in this course’s words. Tick only what you could show to somebody outside. Each standard then names one next step. There is no total." }), has("map") ? notTheirs : null, ...cards.elements);
  const whole = h("div", { class: "ek-pm-rest" }, has("map") ? map : null, has("standards") ? standards : null, away.element);

  function show() {
    showAbout();
    showGuess();
    const hidden = guessing();
    whole.hidden = hidden;
    if (hidden) return;
    if (has("map")) showMap();
    notTheirs.hidden = isTheirs(state);
    if (has("standards")) cards.show(state);
  }

  function tell() {
    saving = true;
    save(model, { ...Object.fromEntries(OWN.map((trait) => [trait, state[trait]])), words: words(state), table: rowsOf(state), sheet: mapSheet(state) });
    saving = false;
  }

  function update(change, said = "") {
    state = { ...state, ...change };
    show();
    if (said) live.say(said);
    if (begun) tell();
  }

  /** A change that the reader makes. A published map is theirs from then on: it no longer says what the record says. */
  function change_(given, said) {
    const change = { ...given };
    const onMap = ["project", "decisions", "people", "promise"].some((part) => part in change);
    if (onMap && state.project.kind === "published") change.project = { ...state.project, ...change.project, kind: "own", promise_from: "" };
    update(change);
    const spoken = typeof said === "function" ? said() : said;
    if (spoken) live.say(spoken);
    away.keep();
  }

  let begun = false;
  el.append(h("div", { class: "ek-power" }, away.notice, has("map") ? about : null, ask, whole, live.element));
  show();
  away.restore();
  begun = true;
  tell();
  const outside = () => {
    if (saving) return;
    const now = read();
    if (OWN.every((trait) => JSON.stringify(now[trait]) === JSON.stringify(state[trait]))) return;
    if (now.people.some((one) => one.says.length !== now.decisions.length)) return; // half of a change from a cell
    update(Object.fromEntries(OWN.map((trait) => [trait, now[trait]])));
  };
  for (const trait of OWN) model.on(`change:${trait}`, outside);
  return () => {
    for (const trait of OWN) model.off(`change:${trait}`, outside);
    [veil, drawing].forEach((one) => one.stop());
  };
}

export default { render };
