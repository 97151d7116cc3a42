// A plan from a file, from this browser's own storage or from a form: clean, or an Error that says in one line what is wrong.
import { ANSWERS, HOURS, LINE_KINDS, PER } from "./planner-model.js";

const NAMES = { months: "the number of months", people: "the number of people", said: "what they said they can give", times: "the number of times", first: "the first month", last: "the last month",
  meeting: "meeting", preparation: "preparation", travel: "travel", debrief: "debrief", low: "the lowest price", likely: "the likely price", high: "the highest price", number: "the number", percent: "the percentage", pay_days: "the days until payment" };
const grouped = (value) => value.toLocaleString("en-GB");
const shown = (value) => (typeof value === "string" ? `“${value.slice(0, 30)}”` : value === undefined ? "missing" : String(value));

/** A number as somebody writes it: figures, with a point or thousands. Undefined where it is none. */
export function readNumber(text) {
  const plain = text.trim().replace(/^£/, "").replace(/,(?=\d{3}(\D|$))/g, "").replace("−", "-");
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(plain) ? Number(plain) : undefined;
}

function checkNumber(where, field, value, limits) {
  const [low, high, whole] = limits[ENDS.includes(field) ? "rate" : field];
  if (typeof value !== "number" || !Number.isFinite(value) || value < low || value > high || (whole && !Number.isInteger(value))) {
    throw new Error(`${where ? `${where}: ` : ""}${NAMES[field]} is ${shown(value)}; it takes ${whole ? "a whole number" : "a number"} from ${grouped(low)} to ${grouped(high)}`);
  }
  return value;
}
const ENDS = ["low", "likely", "high"];
const word = (given, most = 300) => {
  if (given === undefined || given === null) return "";
  if (typeof given !== "string") throw new Error("a text in it is no text");
  return given.slice(0, most);
};
const listed = (given, most, what) => {
  if (!Array.isArray(given) || given.length > most || !given.every((one) => one && typeof one === "object")) throw new Error(`it has no list of ${what}`);
  return given;
};

function price(where, given, limits) {
  const made = Object.fromEntries(ENDS.map((end) => [end, checkNumber(where, end, given[end], limits)]));
  if (!(made.low <= made.likely && made.likely <= made.high)) throw new Error(`${where}: the lowest price (${made.low}), the likely (${made.likely}) and the highest (${made.high}) are not in order`);
  return { ...made, source: word(given.source), url: /^https?:\/\//.test(given.url ?? "") ? word(given.url, 500) : "" };
}

/** A plan, complete and clean. */
export function checkedPlan(given, limits) {
  if (!given || typeof given !== "object") throw new Error("it holds no plan");
  const months = checkNumber("", "months", given.months, limits);
  const quoted = (name, otherwise) => (word(name).trim() ? `“${word(name).trim()}”` : otherwise);
  const partners = listed(given.partners, 50, "partners").map((one) => {
    const where = quoted(one.name, "partners");
    return { id: word(one.id), name: word(one.name), people: checkNumber(where, "people", one.people, limits), said: one.said === null || one.said === undefined ? null : checkNumber(where, "said", one.said, limits) };
  });
  const activities = listed(given.activities, 100, "activities").map((one) => {
    const where = quoted(one.title, "an activity");
    const group = partners.find((other) => other.id === one.partners);
    if (!group) throw new Error(`${where} asks partners who are not in the plan`);
    const numbers = Object.fromEntries(["people", "times", "first", "last", ...HOURS].map((field) => [field, checkNumber(where, field, one[field], limits)]));
    if (numbers.people > group.people) throw new Error(`${where} asks ${numbers.people} people, and ${quoted(group.name, "the group")} has ${group.people}`);
    if (numbers.first > numbers.last || numbers.last > months) throw new Error(`${where} runs from month ${numbers.first} to month ${numbers.last}, and the plan has months 1 to ${months}`);
    if (!Array.isArray(one.paid)) throw new Error(`${where} does not say which hours the fee covers`);
    if (!["hour", "time"].includes(one.per)) throw new Error(`${where}: the fee is for neither an hour nor a time`);
    return { id: word(one.id), title: word(one.title), partners: group.id, ...numbers, paid: HOURS.filter((kind) => one.paid.includes(kind)), ...price(where, one, limits), per: one.per };
  });
  const lines = listed(given.lines, 200, "costs").map((one) => {
    const where = quoted(one.title, "a line");
    if (!Object.hasOwn(LINE_KINDS, one.kind) || !Object.hasOwn(PER, one.per)) throw new Error(`${where} is of a kind that this page does not know`);
    if (one.activity && !activities.some((other) => other.id === one.activity)) throw new Error(`${where} belongs to an activity that is not in the plan`);
    return { id: word(one.id), title: word(one.title), kind: one.kind, number: checkNumber(where, "number", one.number, limits), per: one.per, activity: one.activity || "", ...price(where, one, limits), budgeted: one.budgeted === true };
  });
  for (const made of [partners, activities, lines]) {
    const ids = made.map((one) => one.id);
    if (ids.includes("") || new Set(ids).size < ids.length) throw new Error("two of its parts have the same id, or none");
  }
  const answers = Object.fromEntries(ANSWERS.map((key) => [key, ["yes", "no"].includes(given.answers?.[key]) ? given.answers[key] : ""]));
  const days = given.answers?.pay_days;
  return { title: word(given.title), note: word(given.note), months, partners, activities, lines,
    contingency: { percent: checkNumber("contingency", "percent", given.contingency?.percent, limits), budgeted: given.contingency?.budgeted === true },
    answers: { ...answers, pay_days: days === null || days === undefined ? null : checkNumber("payment", "pay_days", days, limits) } };
}

/** What is kept and saved: plan, guess and the reader's own paragraph. */
export function checkedContent(given, limits) {
  const plan = checkedPlan(given?.plan, limits);
  const { share, hours } = given.guess ?? {};
  const within = (value, most) => typeof value === "number" && value >= 0 && value <= most;
  const guess = within(share, 100) && within(hours, 1000) ? { share, hours } : given.guess?.shown === true ? { shown: true } : {};
  return { plan, guess, written: word(given.written, 20000) };
}

/** A message as a sentence beside a field. */
export const sentence = (text) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
