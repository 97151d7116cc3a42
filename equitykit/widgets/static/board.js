// The accountability board: judge three series, then work on a plan whose rows must say who answers, by when, and what follows.
import { h, table, disclosure, voice, save } from "./kit.js";
import { takeAway } from "./takeaway.js";
import { LINKS, asked, boardTable, boardWords, missing, textOf } from "./board-model.js";
import { guessCard } from "./board-guess.js";
import { rowCard } from "./board-row.js";
import { KIND, boardSheet, checkedBoard } from "./board-sheet.js";

const OWN = ["rows", "guesses", "plan"];
const TRAITS = [...OWN, "parts", "tests", "rules", "name", "label"];
const EMPTY = { title: "", indicator: "", owner: "", threshold: "", by: "", consequence: "", decides: "", published: "", success: "", said_by: "", target: null, series: null };

function render({ model, el }) {
  el.classList.add("ek-stage");
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let saving = false;
  const live = voice();
  const has = (part) => state.parts.includes(part);
  const button = (text, onclick, more = "") => h("button", { type: "button", class: `ek-button${more}`, text, onclick });

  const tests = h("div", { class: "ek-bd-tests" });
  const overview = h("div", { class: "ek-bd-overview" });
  const planNote = h("p", { class: "ek-bd-plan" });
  const list = h("ol", { class: "ek-bd-rows", "aria-label": "Rows of the plan" });
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div", { class: "ek-bd-wide-table" });
  let cards = [];

  const guesses = state.tests.map((test, place) => guessCard(test, place, (guess) => update({ guesses: { ...state.guesses, [test.id]: guess } }, `${test.title}: ${test.truth}`)));
  tests.append(...guesses.map((one) => one.element));

  // ---- the rows
  function showRows() {
    if (!has("board")) return;
    while (cards.length > state.rows.length) { const gone = cards.pop(); gone.stop(); gone.element.remove(); }
    while (cards.length < state.rows.length) {
      const place = cards.length;
      const card = rowCard({ rules: state.rules, say: live.say,
        onchange: (row) => update({ rows: state.rows.map((one, at) => (at === place ? row : one)) }, `${textOf(row, "title") || `Row ${place + 1}`}: ${asked(row, state.rules).map((one) => one.title).join("; ") || "nothing more to ask"}.`),
        onremove: () => away.ask(card.element, `Remove row ${place + 1} and what it says?`, "Remove it", () => { update({ rows: state.rows.filter((one, at) => at !== place) }, `Row ${place + 1} is removed.`); add.focus(); }) });
      cards.push(card);
      list.append(card.element);
    }
    state.rows.forEach((row, place) => cards[place].show(row, place));
    planNote.textContent = state.plan;
    planNote.hidden = !state.plan;
    showOverview();
  }

  function showOverview() {
    const told = LINKS.map(([link, name]) => [name, state.rows.filter((row) => missing(row, link)).length]).filter((one) => one[1]);
    const all = state.rows.length;
    const lead = told.length ? `Not stated: ${told.map(([name, many]) => `${name.toLowerCase()} in ${many} of ${all}`).join(", ")}.` : "Every link of every row says something. Whether it says enough, the questions below ask.";
    const head = h("tr", { role: "row" }, h("th", { scope: "col", role: "columnheader", text: "Row" }), ...LINKS.map(([, name]) => h("th", { scope: "col", role: "columnheader" }, h("span", { text: name }))));
    const lines = state.rows.map((row, place) => {
      const found = asked(row, state.rules);
      return h("tr", { role: "row" }, h("th", { scope: "row", role: "rowheader", text: textOf(row, "title") || `Row ${place + 1}` }), ...LINKS.map(([link]) => {
        const mine = found.filter((one) => one.link === link);
        const kind = missing(row, link) ? "empty" : mine.length ? "asked" : "there";
        const text = { empty: "not stated", asked: mine.length === 1 ? "1 question" : `${mine.length} questions`, there: "stated" }[kind];
        return h("td", { role: "cell" }, h("button", { type: "button", class: `ek-bd-cell ek-bd-cell-${kind}`, title: mine.map((one) => one.title).join("; "), "aria-label": `${textOf(row, "title") || `Row ${place + 1}`}, ${text}: go to the row`,
          onclick: () => { cards[place].open(); cards[place].element.tabIndex = -1; cards[place].element.focus({ preventScroll: true }); cards[place].element.scrollIntoView({ block: "start", behavior: "auto" }); } },
        h("span", { class: "ek-bd-dot", "aria-hidden": "true", text: { empty: "", asked: "?", there: "✓" }[kind] }), h("span", { class: "ek-bd-cell-text", text })));
      }));
    });
    overview.replaceChildren(h("p", { class: "ek-bd-kicker", text: "What is missing, before anything else" }), h("p", { text: lead }),
      h("table", { class: "ek-bd-matrix", role: "table" }, h("caption", { class: "ek-visually-hidden", text: "What each row of the plan states, and where a reader would ask" }), h("thead", { role: "rowgroup" }, head), h("tbody", { role: "rowgroup" }, ...lines)),
      h("p", { class: "ek-bd-hint ek-bd-legend", "aria-hidden": "true", text: "✓ stated · ? a reader would ask · empty: not stated" }));
  }

  const add = button("Add a row", () => { update({ rows: [...state.rows, EMPTY] }, "A row is added."); cards[cards.length - 1].open(); cards[cards.length - 1].element.querySelector("input, textarea")?.focus(); });
  const away = takeAway({ name: state.name, kind: KIND, stem: "accountability-board", what: "board", say: live.say,
    start: { plan: state.plan, rows: state.rows, guesses: {} },
    content: () => Object.fromEntries(OWN.map((trait) => [trait, state[trait]])),
    check: (given) => ({ ...(has("board") ? checkedBoard(given) : { plan: state.plan, rows: state.rows }), guesses: judged(given?.guesses) }),
    take: (content, said) => update(content, said, false),
    sheet: () => boardSheet(state) });

  /** Predictions of the series that are here. */
  function judged(given) {
    return Object.fromEntries(Object.entries(given ?? {}).filter(([id, one]) => state.tests.some((test) => test.id === id) && ["changed", "wobbled", "shown"].includes(one?.said) && [one.low, one.high].every(Number.isFinite)));
  }

  function show() {
    guesses.forEach((one, place) => one.show(state.guesses[state.tests[place].id]));
    showRows();
    inWords.textContent = boardWords(state);
    asTable.replaceChildren(table(boardTable(state), state.label));
  }

  function tell() {
    saving = true;
    save(model, { ...Object.fromEntries(OWN.map((trait) => [trait, state[trait]])), words: boardWords(state), table: boardTable(state) });
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
  el.append(h("div", { class: "ek-board" }, away.notice,
    has("predict") ? h("div", { class: "ek-bd-part" }, h("p", { class: "ek-bd-lead", text: "Three units of a made-up organisation, synthetic figures: the share of grievances about discrimination resolved within the agreed time. Something was said to have happened at the dashed line." }), tests) : null,
    has("board") ? h("div", { class: "ek-bd-part" }, planNote, overview, list, h("div", { class: "ek-bd-ways" }, add), away.element) : null,
    disclosure("In words", inWords), disclosure("As a table", asTable), live.element));
  show();
  if (model.get("words") !== boardWords(state)) tell();
  const outside = () => {
    if (saving) return;
    const now = read();
    if (OWN.every((trait) => JSON.stringify(now[trait]) === JSON.stringify(state[trait]))) return;
    update(Object.fromEntries(OWN.map((trait) => [trait, now[trait]])));
  };
  for (const trait of OWN) model.on(`change:${trait}`, outside);
  return () => {
    for (const trait of OWN) model.off(`change:${trait}`, outside);
    [...guesses, ...cards].forEach((one) => one.stop());
  };
}

export default { render };
