// The accountability board: judge three series, then work on a plan whose rows must say who answers, by when, and what follows.
import { h, table, disclosure, voice, save } from "./kit.js";
import { keep } from "./keep.js";
import { LINKS, asked, boardTable, boardWords, missing, textOf } from "./board-model.js";
import { guessCard } from "./board-guess.js";
import { rowCard } from "./board-row.js";
import { boardFile, boardMarkdown, boardSheet, openedFile, openedRows } from "./board-share.js";

const OWN = ["rows", "guesses", "plan"];
const TRAITS = [...OWN, "parts", "tests", "rules", "name", "label"];
const EMPTY = { title: "", indicator: "", owner: "", threshold: "", by: "", consequence: "", decides: "", published: "", success: "", said_by: "", target: null, series: null };

/** A short name for a start state, to tell whether what was kept began from it. */
function stamp(value) {
  let sum = 5381;
  for (const letter of JSON.stringify(value)) sum = ((sum * 33) ^ letter.charCodeAt(0)) >>> 0;
  return sum.toString(36);
}

function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function render({ model, el }) {
  el.classList.add("ek-stage");
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let saving = false;
  const start = { rows: state.rows, plan: state.plan };
  const began = stamp(start);
  const kept = keep(state.name || "board");
  const live = voice();
  const has = (part) => state.parts.includes(part);
  const button = (text, onclick, more = "") => h("button", { type: "button", class: `ek-button${more}`, text, onclick });

  const notice = h("div", { class: "ek-bd-notice" });
  const tests = h("div", { class: "ek-bd-tests" });
  const overview = h("div", { class: "ek-bd-overview" });
  const planNote = h("p", { class: "ek-bd-plan" });
  const list = h("ol", { class: "ek-bd-rows", "aria-label": "Rows of the plan" });
  const status = h("p", { class: "ek-bd-hint", role: "status" });
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
        onremove: () => question(card.element, `Remove row ${place + 1} and what it says?`, "Remove it", () => { update({ rows: state.rows.filter((one, at) => at !== place) }, `Row ${place + 1} is removed.`); add.focus(); }) });
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

  // ---- asking before something is lost
  function question(after, text, yes, onyes) {
    const box = h("div", { class: "ek-bd-question-box", role: "alertdialog", "aria-label": text }, h("p", { text }));
    const leave = () => box.remove();
    const go = button(yes, () => { leave(); onyes(); }, " ek-primary");
    box.append(h("div", { class: "ek-bd-ways" }, go, button("Keep it", leave)));
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
    after.append(box);
    go.focus();
  }

  // ---- out and in
  const add = button("Add a row", () => { update({ rows: [...state.rows, EMPTY] }, "A row is added."); cards[cards.length - 1].open(); cards[cards.length - 1].element.querySelector("input, textarea")?.focus(); });
  const file = h("input", { type: "file", accept: ".json,application/json", class: "ek-visually-hidden", tabindex: "-1", "aria-hidden": "true", onchange: async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    try {
      const opened = openedFile(await chosen.text());
      update(opened, `Opened ${chosen.name}: ${opened.rows.length} rows.`);
      status.textContent = `Opened ${chosen.name}.`;
    } catch (problem) {
      status.textContent = `${chosen.name} could not be opened: ${problem instanceof SyntaxError ? "it is no JSON file" : problem.message}. The board is as it was.`;
    }
    file.value = "";
  } });
  async function copy() {
    const text = boardMarkdown(state);
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = "Copied as Markdown: paste it into a document or an e-mail.";
    } catch {
      download("accountability-board.md", text, "text/markdown");
      status.textContent = "The clipboard is not allowed here, so the Markdown was saved as a file.";
    }
  }
  function printSheet() {
    document.querySelector("body > .ek-bd-sheet")?.remove();
    const sheet = boardSheet(state);
    document.body.append(sheet);
    addEventListener("afterprint", () => sheet.remove(), { once: true });
    window.print();
  }
  function erase() {
    const gone = kept.erase();
    update({ ...start, guesses: {} }, "Erased: the board is as it was at first.", false);
    notice.replaceChildren();
    status.textContent = gone ? "Erased from this browser. The board is as it was at first." : "The board is as it was at first. Your browser keeps nothing for this page.";
  }
  const share = h("div", { class: "ek-bd-share" }, h("p", { class: "ek-bd-kicker", text: "Take it with you" }),
    h("div", { class: "ek-bd-ways" }, button("Save as a file", () => { download("accountability-board.json", boardFile(state), "application/json"); status.textContent = "Saved as accountability-board.json. “Open a file” opens it again."; }),
      button("Open a file", () => file.click()), file, button("Copy as Markdown", copy), button("Print", printSheet), button("Erase what I wrote", () => question(share, "Erase everything that you wrote and predicted here? It cannot be brought back.", "Erase it", erase), " ek-bd-quiet")), status);

  // ---- keeping
  function keepNow() {
    if (kept.write({ began, rows: state.rows, plan: state.plan, guesses: state.guesses })) return;
    notice.replaceChildren(h("p", { text: "Your browser does not keep anything for this page: what you write is lost when you leave. Save it as a file." }));
  }
  function restore() {
    const found = kept.read();
    if (!found) { if (!kept.works()) notice.replaceChildren(h("p", { text: "Your browser does not keep anything for this page: what you write is lost when you leave. Save it as a file." })); return; }
    let rows;
    try { rows = openedRows(found.rows); } catch { return; }
    const judged = Object.fromEntries(Object.entries(found.guesses ?? {}).filter(([id, one]) => state.tests.some((test) => test.id === id) && ["changed", "wobbled", "shown"].includes(one?.said) && [one.low, one.high].every(Number.isFinite)));
    const back = { guesses: judged, ...(has("board") ? { rows, plan: String(found.plan ?? "") } : {}) };
    if (found.began === began || !has("board")) {
      state = { ...state, ...back };
      notice.replaceChildren(h("p", { text: "Kept in this browser from your last visit. Nothing was sent anywhere." }));
      return;
    }
    const offer = h("p", {}, "This board has changed since you last wrote here. ");
    notice.replaceChildren(offer, h("div", { class: "ek-bd-ways" }, button("Open what I wrote before", () => { update(back, "Opened what you wrote before."); notice.replaceChildren(); })));
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
    if (keeping) keepNow();
    tell();
  }

  restore();
  el.append(h("div", { class: "ek-board" }, notice,
    has("predict") ? h("div", { class: "ek-bd-part" }, h("p", { class: "ek-bd-lead", text: "Three units of a made-up organisation, synthetic figures: the share of grievances about discrimination resolved within the agreed time. Something was said to have happened at the dashed line." }), tests) : null,
    has("board") ? h("div", { class: "ek-bd-part" }, planNote, overview, list, h("div", { class: "ek-bd-ways" }, add), share) : null,
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
