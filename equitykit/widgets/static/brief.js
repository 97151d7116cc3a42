// The brief builder: two pages for a named decision-maker, and what they show about themselves before anybody else sees it.
import { h, table, disclosure, voice, save } from "./kit.js";
import { elements } from "./sheet.js";
import { takeAway } from "./takeaway.js";
import { briefSheet, briefTable, briefWords, checkedBrief, findings, principleRows, sectionOf, sectionText, toldAbout, withPictures, withoutPictures } from "./brief-model.js";
import { fieldOf, findingItem, principlesForm, sectionCard, stateOf } from "./brief-form.js";
import { measured, pages, printed, setIn } from "./brief-print.js";

const KIND = "evidence brief";
const VIEWS = [["two", "Two pages"], ["one", "Larger"], ["text", "As text"]];
const ABOUT = [{ id: "title", label: "Title: what should be done", hint: "The claim, in words that would be remembered.", rows: 2, room: 90 }, { id: "by", label: "Made by", rows: 1, hint: "All who made it, by the names they want. Leave out who does not want to be named." },
  { id: "dated", label: "Date", rows: 1 }, { id: "note", label: "What kind of brief it is", rows: 2, hint: "Such as: draft for comment; or: constructed for a course." }];
const SHOWN = 6;

function render({ model, el }) {
  el.classList.add("ek-stage");
  const book = model.get("book");
  const read = () => ({ brief: model.get("brief"), locked: model.get("locked") });
  let state = { book, ...read(), fit: model.get("fit") ?? {} };
  const start = structuredClone({ brief: state.brief, copied: !state.locked });
  let measure = { steps: [1, 1], fit: {} };
  let seen = measure;
  let view = "two";
  let turn = 0;
  let saving = false;
  const live = voice();
  const button = (text, onclick, more = "") => h("button", { type: "button", class: `ek-button${more}`, text, onclick });

  // ---- what it shows about itself
  const told = h("p", { class: "ek-br-told" });
  const chips = h("ul", { class: "ek-br-chips" });
  // Made once and changed in place, and the field is left only after the press: else the press that ends the typing
  // would move the button from under the finger.
  const chipParts = book.sections.map((section) => {
    const sign = h("span", { class: "ek-br-sign", "aria-hidden": "true" });
    const said = h("span", { class: "ek-br-chip-state" });
    const pressed = h("button", { type: "button", onmousedown: (event) => event.preventDefault(), onclick: () => go(section.id) }, sign, h("span", {}, section.title, said));
    chips.append(h("li", {}, pressed));
    return { section, pressed, sign, said };
  });
  const asked = h("ul", { class: "ek-br-found" });
  const rest = h("ul", { class: "ek-br-found" });
  const moreAsked = disclosure("Everything else that a reader would ask", rest);
  const overview = h("div", { class: "ek-br-overview" }, h("p", { class: "ek-br-head", text: "What the brief shows about itself" }), told, chips, asked, moreAsked);

  // ---- the two pages
  const leaves = h("div", { class: "ek-br-leaves" });
  const views = VIEWS.map(([id, name]) => [id, button(name, () => { view = id; showPages(); live.say(name); })]);
  const preview = h("div", { class: "ek-br-preview" }, h("div", { class: "ek-br-ways", role: "group", "aria-label": "How to see the brief" }, ...views.map((one) => one[1])), leaves);

  // ---- the words
  const copy = button("Work on a copy", () => { update({ locked: false }, "This is your copy now. What you write is kept in this browser."); about.open = true; about.querySelector("summary").focus(); }, " ek-primary");
  const gate = h("div", { class: "ek-br-gate" }, h("p", { text: "A worked example, to be read. To change it, work on a copy: it is kept in this browser, and erasing it brings the example back." }), copy);
  const aboutFields = ABOUT.map((field) => [field.id, fieldOf(field, (value) => change({ [field.id]: value }))]);
  const about = h("details", { class: "ek-br-card" }, h("summary", {}, h("span", { class: "ek-br-number", "aria-hidden": "true", text: "•" }), h("span", { class: "ek-br-card-title", text: "Title and who made it" }), h("span", { class: "ek-br-card-state" })), h("div", { class: "ek-br-card-body" }, ...aboutFields.map((one) => one[1].element)));
  const cards = book.sections.map((section, place) => [section.id, sectionCard({ book, section, place, ask: (...given) => away.ask(...given), onchange: (fields, blocks, said) => change({
    sections: { ...state.brief.sections, [section.id]: { ...state.brief.sections[section.id], ...fields } }, ...(blocks ? { brought: { ...state.brief.brought, [section.id]: blocks } } : {}) }, said) })]);
  const form = h("div", { class: "ek-br-form" }, h("p", { class: "ek-br-head", text: "Write it" }), about, ...cards.map((one) => one[1].element));
  const pointed = principlesForm({ book, onchange: (id, value) => change({ principles: { ...state.brief.principles, [id]: value } }) });
  const pointedTable = h("div", { class: "ek-br-wide" });
  const principles = disclosure("Where the brief meets the 24 principles", h("p", { class: "ek-br-hint", text: "As its authors say. A peer reviewer and a marker look there." }), pointed.element, pointedTable);

  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div", { class: "ek-br-wide" });

  const away = takeAway({ name: model.get("name"), kind: KIND, stem: "evidence-brief", what: "brief", say: live.say, start,
    content: () => ({ brief: state.brief, copied: !state.locked }),
    check: (given) => ({ brief: checkedBrief(book, given?.brief), copied: start.copied || given?.copied !== false }),
    take: (content, said) => update({ brief: content.brief, locked: !content.copied }, said, false),
    sheet: () => briefSheet(state), print: () => printed(state, measure) });

  const go = (section) => {
    if (state.locked) { view = "text"; showPages(); leaves.querySelector(`[data-section="${section}"]`)?.scrollIntoView({ block: "start", behavior: "auto" }); return; }
    if (section) cards.find(([id]) => id === section)[1].open();
    else { about.open = true; about.querySelector("summary").focus(); }
  };

  function showOverview(found) {
    told.textContent = toldAbout(book, state.brief, state.fit);
    for (const { section, pressed, sign, said } of chipParts) {
      const mine = found.filter((one) => one.section === section.id);
      const empty = !sectionText(book, state.brief, section.id);
      const kind = empty ? "empty" : mine.length ? "asked" : "there";
      pressed.className = `ek-br-chip ek-br-chip-${kind}`;
      sign.textContent = { empty: "", asked: "?", there: "✓" }[kind];
      said.textContent = stateOf(empty, mine);
    }
    const questions = found.filter((one) => one.kind !== "missing");
    const item = (one) => {
      const made = findingItem(one);
      if (one.section) made.prepend(h("p", { class: "ek-br-label", text: sectionOf(book, one.section).title }));
      return made;
    };
    asked.replaceChildren(...questions.slice(0, SHOWN).map(item));
    asked.hidden = !questions.length;
    rest.replaceChildren(...questions.slice(SHOWN).map(item));
    moreAsked.hidden = questions.length <= SHOWN;
  }

  function showPages() {
    for (const [id, one] of views) one.setAttribute("aria-pressed", String(id === view));
    if (view === "text") {
      const sheet = briefSheet(state);
      const last = sheet.blocks.findIndex((one) => one.text === "Where the brief meets the principles");
      const parts = last < 0 ? sheet.blocks : sheet.blocks.slice(0, last);
      leaves.className = "ek-br-leaves ek-br-as-text";
      let place = -1;
      leaves.replaceChildren(h("p", { class: "ek-br-text-title", text: sheet.title }), ...parts.map((block) => {
        if (block.kind === "heading") { place += 1; return h("p", { class: "ek-br-text-head", "data-section": book.sections[place].id, text: block.text }); }
        const [made] = elements([block]);
        return block.kind === "table" ? h("div", { class: "ek-table-scroll", role: "group", tabindex: "0", "aria-label": block.caption || "Table" }, made) : made;
      }));
      return;
    }
    leaves.className = `ek-br-leaves ek-br-${view}`;
    leaves.replaceChildren(...setIn(pages(state), seen).map((page, place) => {
      for (const image of page.querySelectorAll("img")) image.alt = "";
      return h("div", { class: "ek-br-leaf" }, h("div", { class: "ek-br-sheet", role: "img", "aria-label": `Page ${place + 1} of the brief as it prints. “As text” has its words.` }, page));
    }));
  }

  function show() {
    const found = findings(book, state.brief, state.fit);
    showOverview(found);
    showPages();
    gate.hidden = !state.locked;
    form.hidden = state.locked;
    for (const [id, field] of aboutFields) field.show(state.brief[id]);
    for (const [id, card] of cards) card.show(state.brief, found.filter((one) => one.section === id));
    pointed.show(state.brief);
    pointed.element.hidden = state.locked;
    pointedTable.hidden = !state.locked;
    pointedTable.replaceChildren(table([["Principle", "Section", "In one line"], ...principleRows(book, state.brief).map((row) => row.map((cell) => cell.text ?? cell))], "Where the brief meets the principles, as its authors say"));
    inWords.textContent = briefWords(state);
    asTable.replaceChildren(table(briefTable(state), model.get("label")));
  }

  function tell() {
    saving = true;
    const shared = { ...state, brief: withoutPictures(state.brief) };
    save(model, { brief: shared.brief, locked: state.locked, fit: state.fit, words: briefWords(state), table: briefTable(state), sheet: briefSheet(shared) });
    saving = false;
  }

  /** Measure on the print sheet; what is measured last counts. */
  async function fitAgain() {
    turn += 1;
    const mine = turn;
    const now = await measured(state);
    const shape = book.sections.every((one) => sectionText(book, state.brief, one.id)) ? now : await measured(state, { print: false });
    if (mine !== turn || !el.isConnected) return;
    const changed = JSON.stringify(now.fit) !== JSON.stringify(state.fit);
    measure = now;
    seen = shape;
    state = { ...state, fit: now.fit };
    el.querySelector(".ek-brief").dataset.measured = String(turn);
    if (changed) { show(); tell(); } else showPages();
  }

  const change = (parts, said = "") => update({ brief: { ...state.brief, ...parts } }, said);
  function update(parts, said = "", keeping = true) {
    state = { ...state, ...parts };
    show();
    if (said) live.say(said);
    if (keeping) away.keep();
    tell();
    fitAgain();
  }

  away.restore();
  el.append(h("div", { class: "ek-brief" }, away.notice, gate, overview, preview, form, principles, away.element, disclosure("In words", inWords), disclosure("As a table", asTable), live.element));
  show();
  if (model.get("words") !== briefWords(state) || !Object.keys(model.get("sheet") ?? {}).length) tell();
  fitAgain();
  const outside = () => {
    if (saving) return;
    const now = read();
    if (JSON.stringify(now.brief) === JSON.stringify(withoutPictures(state.brief)) && now.locked === state.locked) return;
    update({ ...now, brief: withPictures(now.brief, state.brief) });
  };
  for (const trait of ["brief", "locked"]) model.on(`change:${trait}`, outside);
  return () => {
    turn += 1;
    for (const trait of ["brief", "locked"]) model.off(`change:${trait}`, outside);
  };
}

export default { render };
