// The agreement builder: predict what can still be changed, settle points or leave them openly undecided, take it away.
import { h, table, disclosure, voice, save } from "./kit.js";
import { takeAway } from "./takeaway.js";
import { agreementTable, agreementWords, checkedContent, conflicts, consentRows, decided, pointOf, undecided, waiting } from "./agreement-model.js";
import { guessCard } from "./agreement-guess.js";
import { lanes } from "./agreement-picture.js";
import { aboutForm, pointCard } from "./agreement-points.js";
import { agreementSheet, paper } from "./agreement-sheet.js";

const OWN_TRAITS = ["choices", "about", "guesses", "note"];
const TRAITS = [...OWN_TRAITS, "parts", "focus", "book", "name", "label"];

function render({ model, el }) {
  el.classList.add("ek-stage");
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let saving = false;
  const content = () => Object.fromEntries(OWN_TRAITS.map((trait) => [trait, state[trait]]));
  const start = structuredClone(content());
  const live = voice();
  const has = (part) => state.parts.includes(part);

  const away = takeAway({
    name: state.name, kind: "agreement", stem: "agreement", what: "agreement", start, content,
    check: (given) => checkedContent(given, state.book),
    take: (given, said) => { if (shown) update(given, said, false); else state = { ...state, ...given }; },
    sheet: () => agreementSheet(state),
    print: () => h("div", { class: "ek-ag-print", lang: "en-GB" }, ...paper(state, true)),
    say: live.say,
  });
  let shown = false;

  const note = h("p", { class: "ek-ag-scenario" });
  const overview = h("div", { class: "ek-ag-overview" });
  const clashes = h("div", { class: "ek-ag-clashes" });
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div", { class: "ek-ag-wide-table" });
  const twin = h("div");
  const leaves = ["Read the agreement as it stands", "Read the data statement as it stands"].map((text) => h("details", { class: "ek-disclosure ek-ag-paper" }, h("summary", { text }), h("div")));
  leaves[0].open = el.clientWidth > 620;
  const drawing = lanes();
  const guess = guessCard({ onguess: (guesses) => update({ guesses }, `Shown. ${conflicts(state).length} pairs of choices pull against each other.`) });
  const about = aboutForm({ book: state.book, onchange: (change) => update({ about: checkedContent({ choices: {}, about: { ...state.about, ...change } }, state.book).about }) });

  const cards = new Map(state.book.points.map((point, place) => [point.id, pointCard({ point, number: place + 1, book: state.book,
    onchange: (change) => {
      const before = new Set(conflicts(state).map((one) => one.id));
      const choices = { ...state.choices, [point.id]: { ...state.choices[point.id], ...change } };
      const fresh = conflicts({ ...state, choices }).filter((one) => !before.has(one.id));
      update({ choices }, `${point.title}: ${decided(choices[point.id]) ? "settled" : "not decided"}.${fresh.length && !waiting(state) ? ` It pulls against another choice: ${fresh.map((one) => one.title).join("; ")}.` : ""} ${undecided({ ...state, choices }).length} points undecided.`);
    } })]));
  const chosen = state.focus.length ? state.focus : state.book.points.map((one) => one.id);
  const grouped = (ids) => state.book.groups.flatMap((group) => {
    const mine = state.book.points.filter((one) => one.group === group.id && ids.includes(one.id));
    return mine.length ? [h("div", { class: "ek-ag-points" }, h("p", { class: "ek-ag-head", text: group.title }), ...mine.map((one) => cards.get(one.id).element))] : [];
  });
  // On a phone four unfolded points are ten screens: there they stay folded, each with its present choice in sight.
  if (el.clientWidth > 560) for (const id of state.focus) cards.get(id).unfold();
  const others = state.book.points.map((one) => one.id).filter((id) => !chosen.includes(id));

  const go = (id) => { const folded = cards.get(id).element.closest(".ek-ag-others"); if (folded) folded.open = true; cards.get(id).open(); };

  function showOverview() {
    const open = undecided(state);
    const many = state.book.points.length;
    const found = waiting(state) ? [] : conflicts(state);
    const without = open.filter((one) => !state.choices[one.id].who.trim()).length;
    const lead = open.length ? `${open.length} of ${many} points are not decided${without ? `; for ${without} of them nobody is named who must decide` : ""}.` : `All ${many} points are settled.`;
    const pulls = `${found.length === 1 ? "One pair of settled choices pulls" : `${found.length} pairs of settled choices pull`} against each other: see below.`;
    overview.replaceChildren(h("p", { class: "ek-ag-kicker", text: "What is not decided, before anything else" }), h("p", { text: [lead, found.length ? pulls : ""].filter(Boolean).join(" ") }),
      open.length ? h("ul", { class: "ek-ag-chips" }, ...open.map((point) => h("li", {}, h("button", { type: "button", class: "ek-ag-chip", onclick: () => go(point.id) }, h("span", { class: "ek-ag-sign-text", "aria-hidden": "true", text: "?" }), h("span", {}, point.title, h("span", { class: "ek-visually-hidden", text: ": not decided, go to the point" })))))) : "");
  }

  function showClashes() {
    const found = conflicts(state);
    clashes.hidden = waiting(state);
    if (clashes.hidden) return;
    clashes.replaceChildren(h("p", { class: "ek-ag-kicker", text: "Choices that pull against each other" }),
      ...(found.length ? [h("ol", { class: "ek-ag-pulls" }, ...found.map((rule) => h("li", {}, h("p", { class: "ek-ag-head", text: rule.title }), h("p", { text: rule.why }), h("p", { class: "ek-ag-question", text: rule.ask }),
        h("div", { class: "ek-ag-ways" }, ...Object.keys(rule.when).map((id) => h("button", { type: "button", class: "ek-button", text: `Go to “${pointOf(state.book, id).title}”`, onclick: () => go(id) }))))))]
        : [h("p", { text: "The rules find none. They cannot read what you wrote in your own words." })]));
  }

  function show() {
    note.textContent = state.note;
    note.hidden = !state.note;
    guess.show(state);
    showOverview();
    drawing.show(state);
    twin.replaceChildren(table(consentRows(state), "Who can say yes at each moment in the life of the data"));
    showClashes();
    for (const card of cards.values()) card.show(state);
    about.show(state.about);
    if (has("agreement")) paper(state, false).forEach((leaf, place) => leaves[place].lastElementChild.replaceChildren(leaf));
    inWords.textContent = agreementWords(state);
    asTable.replaceChildren(table(agreementTable(state), state.label));
  }

  function tell() {
    saving = true;
    save(model, { ...content(), words: agreementWords(state), table: agreementTable(state), ...(has("agreement") ? { sheet: agreementSheet(state) } : {}) });
    saving = false;
  }

  function update(change, said = "", keeping = true) {
    state = { ...state, ...change };
    show();
    if (said) live.say(said);
    if (keeping) away.keep();
    tell();
  }

  away.restore();
  shown = true;
  el.append(h("div", { class: "ek-agreement" }, away.notice, note,
    has("build") ? overview : null,
    h("div", { class: "ek-ag-part" }, h("p", { class: "ek-ag-kicker", text: "Who can say yes, from the first question to the last copy" }), drawing.element, disclosure("The picture as a table", twin)), guess.element,
    ...(has("build") ? [clashes, h("div", { class: "ek-ag-part" }, h("p", { class: "ek-ag-kicker", text: "The points" }), h("p", { class: "ek-ag-hint", text: "Open one, weigh what follows from each choice, and choose. “We have not decided” is an answer too: then write who must decide, and by when." }), ...grouped(chosen),
      others.length ? h("details", { class: "ek-disclosure ek-ag-others" }, h("summary", { text: `The other ${others.length} points` }), ...grouped(others)) : null)] : []),
    ...(has("agreement") ? [h("div", { class: "ek-ag-part" }, h("p", { class: "ek-ag-kicker", text: "The agreement and the data statement" }), about.element, ...leaves), away.element] : []),
    disclosure("In words", inWords), disclosure("As a table", asTable), live.element));
  show();
  if (model.get("words") !== agreementWords(state) || (has("agreement") && !model.get("sheet")?.title)) tell();
  const outside = () => {
    if (saving) return;
    const now = read();
    if (OWN_TRAITS.every((trait) => JSON.stringify(now[trait]) === JSON.stringify(state[trait]))) return;
    update(Object.fromEntries(OWN_TRAITS.map((trait) => [trait, now[trait]])));
  };
  for (const trait of OWN_TRAITS) model.on(`change:${trait}`, outside);
  return () => {
    for (const trait of OWN_TRAITS) model.off(`change:${trait}`, outside);
    drawing.stop();
  };
}

export default { render };
