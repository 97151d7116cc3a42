// What a composer keeps and saves: checked when it comes back, from a file or from this browser.
import { ANSWERS } from "./composer-model.js";
import { PICTURE } from "./composer-picture.js";

const EMPTY = { chart: "", claim: "", caption: "", piece: { kind: "none", drawing: "room", form: "poem", title: "", text: "", adds: "", recognise: "", size: null },
  consent: { status: "", made: "", inside: "", agreed: "", showings: [], until: "", withdraw: "" }, showing: { kind: "", place: "", date: "" }, alt: { chart: "", piece: "" }, chose: "", gains: "", paper: "a4" };
const LONGEST = 20000;
const isObject = (given) => given !== null && typeof given === "object" && !Array.isArray(given);
const isSize = (given) => Array.isArray(given) && given.length === 2 && given.every((one) => Number.isInteger(one) && one > 0);

function filled(given, pattern, where) {
  if (!isObject(given)) throw new Error(`its ${where} cannot be read`);
  return Object.fromEntries(Object.entries(pattern).map(([key, nothing]) => {
    const value = given[key] ?? nothing;
    if (key === "size") return [key, isSize(value) ? value : null];
    if (isObject(nothing)) return [key, filled(value, nothing, key)];
    if (Array.isArray(nothing)) {
      if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) throw new Error(`its ${key} cannot be read`);
      return [key, value];
    }
    if (typeof value !== "string") throw new Error(`its ${key} is no text`);
    return [key, value.slice(0, LONGEST)];
  }));
}

/**
 * Content, clean, or an Error that says in a part of a sentence what is wrong with it.
 * @param {any} given
 * @param {{charts: any[], texts: any, tests: any[]}} state
 */
export function checkedContent(given, { charts, texts, tests }) {
  const work = filled(given?.work, EMPTY, "work");
  const allowed = [["chart", work.chart, charts.map((one) => one.id)], ["piece", work.piece.kind, ["drawing", "image", "text", "none"]], ["drawing", work.piece.drawing, Object.keys(texts.drawings)],
    ["kind of text", work.piece.form, Object.keys(texts.forms)], ["look for people", work.piece.recognise, ["", "no", "unsure", "yes"]], ["consent", work.consent.status, ["", ...Object.keys(texts.statuses).filter((one) => one !== "course")]],
    ["showing", work.showing.kind, ["", ...Object.keys(texts.showings)]], ["paper", work.paper, ["a3", "a4", "page"]]];
  for (const [what, value, known] of allowed) if (!known.includes(value)) throw new Error(`its ${what} (${value || "none"}) is not one that this page has`);
  if (!work.consent.showings.every((one) => one in texts.showings)) throw new Error("it names a showing that this page does not have");
  if (![work.consent.until, work.showing.date].every((one) => /^(\d{4}-\d{2}-\d{2})?$/.test(one))) throw new Error("a date in it cannot be read");
  const picture = given.picture ?? null;
  if (picture !== null && (!isObject(picture) || typeof picture.data !== "string" || !PICTURE.test(picture.data) || !isSize(picture.size))) throw new Error("its picture cannot be read");
  const guesses = Object.fromEntries(Object.entries(isObject(given.guesses) ? given.guesses : {}).filter(([id, one]) => tests.some((test) => test.id === id) && one in ANSWERS));
  work.piece.size = picture ? picture.size : null;
  return { work, guesses, remember: given.remember === true, picture };
}
