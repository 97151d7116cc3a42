// What a brief says and shows about itself, as equitykit/widgets/brief_{content,rules,words,sheet}.py say it; tests compare them.
import { readText } from "./language.js";
import { vocabulary } from "./vocabulary.js";
import { checkedSheet } from "./sheet.js";

const LONGEST = 6000;
export const MOST_BROUGHT = 4;
const ABOUT = ["title", "by", "dated", "note"];
const NOTHING = "not written yet";
const NOTE = "What the brief shows about itself comes from rules that read words. They are no mark, and none is about a person. Made with the brief builder of an independent course.";
const STAYS = "The picture itself stays in the browser: save the brief as a file there, and make the document from the file.";

export const flat = (text) => text.split(/\s+/).filter(Boolean).join(" ");
export const ended = (text) => (/[.?!]$/.test(text) ? text : `${text}.`);
export const said = (brief, section, field) => brief.sections[section][field].trim();
export const sectionOf = (book, name) => book.sections.find((one) => one.id === name);
export const brought = (brief, section, kind = "") => (brief.brought[section] ?? []).filter((one) => !kind || one.kind === kind);
export const sourceLines = (brief) => said(brief, "sources", "text").split("\n").map((one) => one.trim()).filter(Boolean);

export function figureRows(brief) {
  const rows = said(brief, "evidence", "figures").split("\n").filter((one) => one.trim()).map((line) => line.split(line.includes("\t") ? "\t" : "|").map((cell) => cell.trim()));
  const width = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array(width - row.length).fill("")]);
}

// ---- what a file may say

const text = (value, where) => {
  if (value === undefined) return "";
  if (typeof value !== "string") throw new Error(`${where} is no text`);
  if (value.length > LONGEST) throw new Error(`${where} is longer than two pages hold`);
  return value;
};

function blocks(value, name) {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MOST_BROUGHT) throw new Error(`what ${name} brought in cannot be read`);
  checkedSheet({ title: "", blocks: value.map((one) => (one?.kept ? { ...one, png: "data:image/png;base64,AA==" } : one)) });
  return value;
}

/** A brief from a file or from storage, with every field; or an Error that says what is wrong with it. */
export function checkedBrief(book, given) {
  if (typeof given?.sections !== "object" || given.sections === null) throw new Error("it holds no brief");
  const strange = [...Object.keys(given.sections), ...Object.keys(given.brought ?? {})].find((name) => !sectionOf(book, name));
  if (strange !== undefined) throw new Error(`it has a section that a brief does not have (${strange})`);
  const pointed = (name) => {
    const section = text(given.principles?.[name]?.section, `${name}, section`);
    if (section && !sectionOf(book, section)) throw new Error(`${name} points to a section that a brief does not have`);
    return { section, line: text(given.principles?.[name]?.line, `${name}, line`) };
  };
  return {
    ...Object.fromEntries(ABOUT.map((key) => [key, text(given[key], key)])),
    sections: Object.fromEntries(book.sections.map((one) => [one.id, Object.fromEntries(one.fields.map((field) => [field.id, text(given.sections[one.id]?.[field.id], `${one.title}, ${field.label}`)]))])),
    brought: Object.fromEntries(book.sections.filter((one) => one.takes).map((one) => [one.id, blocks(given.brought?.[one.id], one.title)])),
    principles: Object.fromEntries(Object.keys(book.principles).map((name) => [name, pointed(name)])),
  };
}

/** The brief without the reader's own pictures: they stay in the browser, and are no trait. */
export const withoutPictures = (brief) => ({ ...brief, brought: Object.fromEntries(Object.entries(brief.brought).map(([name, list]) => [name,
  list.map((one) => (one.kind === "picture" && one.png ? { kind: "picture", kept: true, alt: one.alt, caption: one.caption ?? "", width: one.width ?? 8.6 } : one))])) });

/** A brief that came back from a kernel, with the pictures that never left the browser. */
export const withPictures = (brief, held) => ({ ...brief, brought: Object.fromEntries(Object.entries(brief.brought).map(([name, list]) => [name,
  list.map((one) => (one.kept ? brought(held, name, "picture").find((mine) => mine.png && mine.alt === one.alt && (mine.caption ?? "") === one.caption) ?? one : one))])) });

// ---- what it shows about itself

const YEAR = "(?:19|20)[0-9][0-9](?:[/–-][0-9]{2,4})?";
const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
const NOT_A_FIGURE = new RegExp(`\\[[0-9, ]+\\]|[0-9]{1,2} (?:${MONTHS})|(?<![0-9,.])${YEAR}(?![0-9,.][0-9])`, "g");
const FIGURE = /[£€$] ?[0-9]|[0-9] ?(?:%|per cent|times)|[0-9][.,][0-9]|[0-9]{2}/;
const MARK = /\[([0-9, ]+)\]/g;
const SOURCED = /\[[0-9, ]+\]|\([^()]*(?:19|20)[0-9][0-9][^()]*\)|source:/i;
const SURE = /interval|[0-9][0-9.,]* to [−-]?[0-9]|not published|no interval|none published|±|rounded|at least|at most|limit/i;
const RATIO = /ratio|times|%|per cent|twice|as (?:many|often|much|high)/i;
const DIFFERENCE = /difference|[0-9](?: [a-z]+){0,2} (?:more|fewer|less|years|points)|(?:more|fewer|less) by|gap of/i;
const PROMISE = /\b(?:residents|patients|people|partners|neighbours|members|community|communities|panel|tenants|families|women|men|young people|they) (?:will|shall|can|must|decide|decides|choose|own|are paid|have a say|get)\b/gi;
const EVERYONE = /\b(?:everyone|everybody|all staff|all of us|committee|team|partners|system|stakeholders)\b/i;
const ONE = /\b(?:chair|chief|director|head|lead|officer|manager|secretary)\b/i;
const DATE = /(?:19|20)[0-9][0-9]/;
const UNASKED = /\b(?:waiting|not asked|not yet|unasked|withdrawn|withdrew|to be asked|pending)\b/i;
const STOP = /(?<=[.!?])[ \n]+(?=[A-Z0-9“‘£(])/;
const SHOWN = 70;

const FIGURED = [["evidence", "text"], ["reading", "traced"], ["agency", "text"], ["limits", "text"]];
const PROMISED = ["participation", "creative", "ask", "accountability"];
const UNREAD = new Set(["reading usual", "evidence figures", "sources text"]);

export function missing(book, brief) {
  const found = brief.title.trim() ? [] : [{ section: "", part: "A title", why: "It is the claim, in words that would be remembered." }];
  for (const section of book.sections) {
    const standsIn = section.id === "accountability" && brought(brief, section.id, "table").length > 0;
    for (const field of section.fields) {
      if (!said(brief, section.id, field.id) && !standsIn) found.push({ section: section.id, part: field.label, why: field.hint });
    }
    if (section.brought && !brought(brief, section.id, "picture").length) found.push({ section: section.id, part: section.brought.slice(0, 1).toUpperCase() + section.brought.slice(1), why: section.prompt });
  }
  return found;
}

const sentences = (given) => given.split("\n").flatMap((line) => line.split(STOP)).map((one) => one.trim()).filter(Boolean);

function shortened(given, most = SHOWN) {
  const letters = [...given];
  return letters.length <= most ? given : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}

function raised(book, rule, section, words = "") {
  const one = book.rules[rule];
  return { section, kind: one.kind, title: one.title.replace("{words}", () => shortened(words, one.title === "{words}" ? 160 : SHOWN)), why: one.why, try: one.try };
}

const isFigure = (given) => FIGURE.test(given.replace(NOT_A_FIGURE, ""));
const lengthOf = (given) => [...given].length;

function fitFindings(book, brief, fit) {
  const found = [];
  (fit.pages ?? []).forEach((over, place) => {
    if (over <= 0) return;
    const longest = (fit.tall ?? []).filter(([name]) => sectionOf(book, name).page === place + 1).slice(0, 2);
    const taken = longest.map(([name, high]) => `${sectionOf(book, name).title} (${high} mm)`).join(" and ");
    found.push(raised(book, "fit-page", longest[0]?.[0] ?? "", `Page ${place + 1} is ${over} mm too long. Most of it is taken by ${taken}.`));
  });
  for (const section of book.sections) {
    for (const field of section.fields) {
      const over = lengthOf(said(brief, section.id, field.id)) - field.room;
      if (over > 0) found.push(raised(book, "over-room", section.id, `${field.label}: ${over} characters more than its room`));
    }
  }
  return found;
}

function figureFindings(book, brief) {
  const found = [];
  for (const [name, field] of FIGURED) {
    for (const one of sentences(said(brief, name, field))) if (isFigure(one) && !SOURCED.test(one)) found.push(raised(book, "figure-source", name, one));
  }
  const all = figureRows(brief);
  const rows = all.slice(1);
  for (const row of rows) {
    const whole = row.join(" ");
    if (!SOURCED.test(whole)) found.push(raised(book, "figure-source", "evidence", row[0]));
    if (!SURE.test(whole)) found.push(raised(book, "figure-interval", "evidence", row[0]));
  }
  const told = [said(brief, "evidence", "text"), ...all.map((row) => row.join(" "))].join(" ");
  const has = isFigure(told);
  if (!rows.length && has && !SURE.test(`${said(brief, "evidence", "text")} ${said(brief, "evidence", "missing")}`)) found.push(raised(book, "figure-interval", "evidence", sentences(told)[0]));
  if (has && RATIO.test(told) !== DIFFERENCE.test(told)) found.push(raised(book, "one-sided", "evidence"));
  const many = sourceLines(brief).length;
  for (const section of book.sections) {
    for (const field of section.fields) {
      const marks = [...said(brief, section.id, field.id).matchAll(MARK)].flatMap((one) => one[1].split(/[ ,]+/)).filter(Boolean);
      for (const one of new Set(marks.filter((mark) => Number(mark) < 1 || Number(mark) > many))) found.push(raised(book, "mark-nowhere", section.id, `[${one}]`));
    }
  }
  return found;
}

function askFindings(book, brief) {
  const [asked, owner, by] = ["text", "owner", "by"].map((field) => said(brief, "ask", field));
  const group = EVERYONE.exec(owner);
  return [asked && !owner ? raised(book, "ask-owner", "ask") : null, asked && !DATE.test(by) && !DATE.test(asked) ? raised(book, "ask-date", "ask") : null,
    group && !ONE.test(owner) ? raised(book, "ask-everyone", "ask", group[0]) : null].filter(Boolean);
}

function promiseFindings(book, brief) {
  if (said(brief, "agreement", "text") || brought(brief, "agreement").length) return [];
  return PROMISED.flatMap((name) => sectionOf(book, name).fields.filter((field) => field.id !== "alt")
    .flatMap((field) => [...said(brief, name, field.id).matchAll(PROMISE)].map((one) => raised(book, "promise", name, one[0]))));
}

function pictureFindings(book, brief) {
  const found = [];
  if (brought(brief, "creative", "picture").length) {
    const consent = said(brief, "creative", "consent");
    const open = UNASKED.exec(consent);
    if (!consent) found.push(raised(book, "piece-consent", "creative"));
    if (open) found.push(raised(book, "consent-open", "creative", open[0]));
    if (!said(brief, "creative", "alt")) found.push(raised(book, "piece-alt", "creative"));
  }
  for (const one of brought(brief, "evidence", "picture")) if (!one.alt.trim()) found.push(raised(book, "chart-alt", "evidence"));
  return found;
}

const READ = new Map();
function readOnce(given) {
  if (!READ.has(given)) {
    if (READ.size > 200) READ.clear();
    READ.set(given, readText(given).findings);
  }
  return READ.get(given);
}

function wordFindings(book, brief) {
  return book.sections.flatMap((section) => section.fields.filter((field) => !UNREAD.has(`${section.id} ${field.id}`)).flatMap((field) => readOnce(said(brief, section.id, field.id)).map((one) => ({
    section: section.id, kind: "words", title: `“${one.text}” ${vocabulary.mechanisms[one.mechanism].name}`, why: one.reason,
    try: `Ask: ${one.question}${one.alternatives.length ? ` Try: ${one.alternatives.join("; ")}` : ""}` }))));
}

function principleFindings(book, brief) {
  return Object.keys(book.principles).flatMap((name) => {
    const { section, line } = brief.principles[name];
    if (!section) return [];
    const { title, fields } = sectionOf(book, section);
    if (!fields.some((field) => said(brief, section, field.id)) && !brought(brief, section).length) return [raised(book, "principle-empty", section, `${name} points to “${title}”, which says nothing yet`)];
    return line.trim() ? [] : [raised(book, "principle-unsaid", section, `${name} points to “${title}” without a line`)];
  });
}

/** Everything that the brief shows about itself, what is missing first. */
export function findings(book, brief, fit) {
  return [...missing(book, brief).map((one) => ({ section: one.section, kind: "missing", title: one.part, why: one.why, try: "" })), ...fitFindings(book, brief, fit), ...figureFindings(book, brief),
    ...askFindings(book, brief), ...promiseFindings(book, brief), ...pictureFindings(book, brief), ...wordFindings(book, brief), ...principleFindings(book, brief)];
}

// ---- words and rows

const plain = (one) => flat(typeof one === "string" ? one : `${one.lead ?? ""} ${one.text}`);
export function blockText(block) {
  if (block.kind === "picture") return `Picture: ${flat(block.alt)}`;
  if (block.kind === "table") return block.rows.map((row) => row.map(plain).join(", ")).join("; ");
  if (block.kind === "list") return block.items.map(plain).join("; ");
  return plain(block);
}

export const sectionText = (book, brief, name) => [...sectionOf(book, name).fields.map((field) => flat(said(brief, name, field.id))), ...brought(brief, name).map(blockText)].filter(Boolean).join(" ");

export function toldAbout(book, brief, fit) {
  const found = findings(book, brief, fit);
  const empty = book.sections.filter((one) => !sectionText(book, brief, one.id)).map((one) => one.title.toLowerCase());
  const told = [];
  const nothing = empty.length === book.sections.length;
  if (nothing) told.push("Nothing is written yet: twelve places on two pages wait for words.");
  else if (empty.length) told.push(`Says nothing yet: ${empty.join(", ")}.`);
  const partly = found.filter((one) => one.kind === "missing" && sectionText(book, brief, one.section || "decision"));
  if (partly.length && !nothing) told.push(`Missing in what is begun: ${partly.map((one) => one.title.toLowerCase()).join(", ")}.`);
  for (const [kind, name] of Object.entries(book.kinds)) {
    const mine = found.filter((one) => one.kind === kind).length;
    if (kind !== "missing" && mine) told.push(`${name}: ${mine} to look at.`);
  }
  const names = Object.keys(book.principles);
  const unsaid = names.filter((name) => !brief.principles[name].section);
  if (unsaid.length && unsaid.length < names.length) told.push(`Principles not pointed to: ${unsaid.join(", ")}.`);
  else if (unsaid.length) told.push("No principle is pointed to yet.");
  if (!found.length) told.push("By these rules nothing is missing. A reader may see what they do not.");
  return told.join(" ");
}

export function briefWords({ book, brief, fit }) {
  return [`Evidence brief: ${ended(brief.title.trim() || "no title yet")}`, ...["note", "by", "dated"].filter((key) => brief[key].trim()).map((key) => ended(brief[key].trim())), toldAbout(book, brief, fit),
    ...book.sections.map((one) => `${one.title}: ${ended(sectionText(book, brief, one.id) || NOTHING)}`)].join(" ");
}

export function briefTable({ book, brief, fit }) {
  const found = findings(book, brief, fit);
  return [["Section", "What it says", "What is missing or would be asked"], ...book.sections.map((one) => [one.title, sectionText(book, brief, one.id) || NOTHING,
    found.filter((finding) => finding.section === one.id).map((finding) => finding.title).join("; ") || "nothing by these rules"])];
}

// ---- the sheet

const UNSAID = { kind: "text", text: "Not written yet.", tone: "missing" };

function sectionBlocks(brief, section) {
  if (section.id === "sources") return sourceLines(brief).length ? [{ kind: "list", ordered: true, items: sourceLines(brief) }] : [UNSAID];
  const made = section.fields.filter((field) => said(brief, section.id, field.id)).map((field) => (field.id === "figures" ? { kind: "table", caption: "The figures", rows: figureRows(brief) }
    : { kind: "text", ...(section.fields.length === 1 || field.id === "text" ? {} : { lead: `${field.label}:` }), text: said(brief, section.id, field.id) }));
  made.push(...brought(brief, section.id).map((block) => (block.kept ? { kind: "text", lead: `Picture: ${block.alt}`, text: STAYS } : block)));
  return made.length ? made : [UNSAID];
}

export function briefSheet({ book, brief }) {
  const heading = (said_) => ({ kind: "heading", level: 2, text: said_ });
  const names = Object.keys(book.principles);
  return { title: brief.title.trim() || "Evidence brief without a title yet", note: NOTE, blocks: [
    ...["note", "by", "dated"].filter((key) => brief[key].trim()).map((key) => ({ kind: "text", text: brief[key].trim(), tone: "note" })),
    ...book.sections.flatMap((one) => [heading(one.title), ...sectionBlocks(brief, one)]),
    ...(names.some((name) => brief.principles[name].section) ? [heading("Where the brief meets the principles"), { kind: "table", caption: "As its authors say; for a peer reviewer and a marker, beside the two pages",
      rows: [["Principle", "Section", "In one line"], ...principleRows(book, brief)] }] : []),
  ] };
}

export const principleRows = (book, brief) => Object.keys(book.principles).map((name) => {
  const { section, line } = brief.principles[name];
  return [`${name} ${book.principles[name]}`, ...(section ? [sectionOf(book, section).title, line.trim()] : [{ text: "not pointed to", tone: "missing" }, ""])];
});
