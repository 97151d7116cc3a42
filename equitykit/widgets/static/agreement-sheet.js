// The agreement in plain language and the one-page data statement: what is undecided first, then what pulls apart.
import { h } from "./kit.js";
import { picture } from "./sheet.js";
import { NOT_LEGAL, backSaid, clause, conflicts, consentRows, decided, filled, pending, pointOf, undecided, waiting } from "./agreement-model.js";
import { drawLanes } from "./agreement-picture.js";

const STATEMENT = ["hold", "see", "long", "next", "withdraw", "after"];
const NOTE = `${NOT_LEGAL} Its rules read choices. They cannot read what partners wrote in their own words.`;

/** The state with nothing kept back for a prediction: what leaves the page says everything. */
const told = (state) => ({ ...state, parts: state.parts.filter((one) => one !== "predict") });

export const titleOf = (state) => (state.about.project.trim() ? `Agreement: ${state.about.project.trim()}` : "Agreement between partners");
const between = (state) => filled("Between {community} and {university}.", state.about);
export const openItems = (state) => undecided(state).map((one) => ({ lead: `${one.title}.`, text: `${one.question} ${pending(state.choices[one.id])}`, tone: "missing" }));
export const clashItems = (state) => conflicts(state).map((one) => ({ lead: `${one.title}.`, text: `${one.why} ${one.ask}` }));
export const groupItems = (state) => state.book.groups.map((group) => [group.title, state.book.points.filter((one) => one.group === group.id && decided(state.choices[one.id])).map((one) => ({ lead: `${one.title}.`, text: clause(state, one.id) }))]).filter(([, items]) => items.length);

/** The rows of the data statement; what is undecided comes first. */
export function statementRows(state) {
  const said = (id) => (decided(state.choices[id]) ? clause(state, id) : { text: `Not decided yet. ${pending(state.choices[id])}`, tone: "missing" });
  const written = (id, title) => [title, state.about[id].trim() || { text: "Not written down yet.", tone: "missing" }];
  const rows = [written("data", "What we collect"), ...STATEMENT.map((id) => [pointOf(state.book, id).title, said(id)]), written("contact", "Whom to ask")];
  return [...rows.filter((row) => row[1].tone), ...rows.filter((row) => !row[1].tone)];
}

export function agreementSheet(now) {
  const state = told(now);
  const list = (items, none) => (items.length ? { kind: "list", items } : { kind: "text", text: none });
  const heading = (level, text) => ({ kind: "heading", level, text });
  const line = { text: "" };
  return { title: titleOf(state), note: NOTE, blocks: [
    ...(state.note ? [{ kind: "text", text: state.note, tone: "note" }] : []), { kind: "text", text: between(state) },
    heading(2, "Not decided yet"), list(openItems(state), "All points are settled."),
    heading(2, "Choices that pull against each other"), list(clashItems(state), "The rules find none."),
    heading(2, "What we have agreed"), ...(groupItems(state).length ? groupItems(state).flatMap(([title, items]) => [heading(3, title), list(items)]) : [{ kind: "text", text: "Nothing yet." }]),
    heading(2, "Signed"), { kind: "table", caption: "Signatures", rows: [["For", "Name and role", "Signature", "Date"], ...signers(state).map((one) => [one, line, line, line])] },
    heading(2, "Data statement"), { kind: "table", caption: "What happens to the data; what is not decided yet comes first", rows: [["Question", "What we say"], ...statementRows(state)] },
    picture(drawLanes(state, 660), { alt: `Who must say yes. ${consentRows(state).slice(1).map((row) => `${row[0]}: ${row[1]}`).join(". ")}. ${backSaid(state)}`, caption: backSaid(state) }),
    { kind: "table", caption: "Who can say yes", rows: consentRows(state) },
  ] };
}

export const signers = (state) => ["community", "university"].map((role) => filled(`{${role[0].toUpperCase()}${role.slice(1)}}`, state.about)).concat("Peer researchers");

const items = (list) => h("ul", {}, ...list.map((one) => h("li", { class: one.tone ? "ek-ag-missing" : null }, h("strong", { text: `${one.lead} ` }), one.text)));
const said = (one) => (one.tone ? h("span", { class: "ek-ag-missing", text: one.text }) : one);

/**
 * The agreement and the statement as they stand on paper.
 * @param {any} now
 * @param {boolean} page Whether headings are headings (in print), or lines (within the page of the course).
 */
export function paper(now, page) {
  const state = page ? told(now) : now;
  const kept = waiting(state);
  const head = (level, text) => (page ? h(`h${level}`, { text }) : h("p", { class: `ek-ag-h${level}`, text }));
  const [open, clashes, groups] = [openItems(state), kept ? [] : clashItems(state), groupItems(state)];
  const drawing = drawLanes(state, 660);
  return [
    h("section", { class: "ek-ag-leaf" }, head(1, titleOf(state)), h("p", { class: "ek-ag-between", text: between(state) }), state.note ? h("p", { class: "ek-ag-note", text: state.note }) : null,
      h("div", { class: `ek-ag-first${open.length ? "" : " ek-ag-settled"}` }, head(2, open.length ? `Not decided yet: ${open.length} of ${state.book.points.length}` : "All points are settled"), open.length ? items(open) : null),
      clashes.length ? h("div", { class: "ek-ag-second" }, head(2, `Choices that pull against each other: ${clashes.length}`), items(clashes)) : null,
      h("div", { class: open.length + clashes.length > 3 ? "ek-ag-next-page" : null }, head(2, "What we have agreed")), h("div", { class: "ek-ag-clauses" }, ...(groups.length ? groups.map(([title, list]) => h("div", { class: "ek-ag-group" }, head(3, title), ...list.map((one) => h("p", {}, h("strong", { text: `${one.lead} ` }), one.text)))) : [h("p", { text: "Nothing yet." })])),
      h("div", { class: "ek-ag-signed" }, ...signers(state).map((one) => h("div", {}, h("p", {}, h("strong", { text: one })), ...["Name and role", "Signature", "Date"].map((what) => h("p", { class: "ek-ag-rule" }, h("span", { text: what })))))),
      h("p", { class: "ek-ag-note", text: NOTE })),
    h("section", { class: "ek-ag-leaf ek-ag-statement" }, head(1, "Data statement"), h("p", { class: "ek-ag-between", text: `${state.about.project.trim() ? `${state.about.project.trim()}. ` : ""}${between(state)}` }),
      h("dl", { class: "ek-ag-rows" }, ...statementRows(state).map(([question, answer]) => h("div", { class: answer.tone ? "ek-ag-open-row" : null }, h("dt", { text: question }), h("dd", {}, said(answer))))),
      head(2, "Who can say yes, from the first question to the last copy"), h("div", { class: "ek-ag-drawn", role: "img", "aria-label": consentRows(state).slice(1).map((row) => `${row[0]}: ${row[1]}`).join(". ") }, drawing),
      h("p", { class: "ek-ag-key-words", text: "Tick: must say yes. Ring: is heard, does not decide. Cross: nobody is asked. Dashed: not decided. The thick line ends where a person can no longer take all of their data out." }),
      kept ? null : h("p", {}, h("strong", { text: backSaid(state) })), h("p", { class: "ek-ag-note", text: `${state.note ? `${state.note} ` : ""}${NOT_LEGAL}` })),
  ];
}
