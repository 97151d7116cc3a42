// What an involvement plan says, in words, as rows and to a funder; equitykit/widgets/planner_words.py says the same.
import { HOURS, KINDS, LINE_KINDS, add, costLines, load, meetingShare, missing, over, rest, total } from "./planner-model.js";

export const RANGE = "Low is every price at its lowest and high is every price at its highest, with the quantities as planned. That all are low, or all high, at once is unlikely. It is a range of prices and no confidence interval.";
export const CARRIED = { partners: "partners", staff: "staff", nobody: "nobody: not done" };
const SPOKEN = { meeting: "meetings", preparation: "preparation", travel: "travel", debrief: "debriefing" };

const grouped = (shown) => shown.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
export const money = (value) => `£${grouped(String(Math.floor(value + 0.5 + 1e-7)))}`;
export function number(value, places = 1) {
  const [whole, part = ""] = (Math.floor(value * 10 ** places + 0.5 + 1e-7) / 10 ** places).toFixed(places).split(".");
  const decimals = part.replace(/0+$/, "");
  return grouped(whole) + (decimals ? `.${decimals}` : "");
}
export function ranged(three) {
  const [low, likely, high] = three.map(money);
  return low === high ? likely : `${likely} (${low} to ${high})`;
}
export const hoursOf = (value) => `${number(value)} ${number(value) === "1" ? "hour" : "hours"}`;
export const people = (count) => (count === 1 ? "1 person" : `${number(count)} people`);
export const titled = (name, otherwise) => name.trim() || otherwise;
const small = (text) => text.slice(0, 1).toLowerCase() + text.slice(1);
const lower = (text) => (/^.[A-ZÀ-Ý]/.test(text) ? text : small(text));
const joined = (items) => (items.length > 1 ? `${items.slice(0, -1).join(", ")} and ${items.at(-1)}` : items.join(""));
const activitiesOf = (plan) => (plan.activities.length === 1 ? "1 activity" : `${plan.activities.length} activities`);

/** Whether the reader sees what the plan takes. */
export const shown = (state) => !state.parts.includes("predict") || Object.keys(state.guess).length > 0;

const monthsNamed = (months) => (months.length === 1 ? `month ${months[0]}` : `months ${joined(months.map(String))}`);

/** What the plan asks of one partner of a group. */
export function loadWords(group) {
  const name = titled(group.name, "Partners");
  const [whole, free] = [add(group.months), add(group.unpaid)];
  if (whole === 0) return `${name}, ${people(group.people)}: asked for nothing yet.`;
  const top = Math.max(...group.months);
  const at = group.months.flatMap((one, place) => (one > top - 1e-9 ? [place + 1] : []));
  const said = `${name}, ${people(group.people)}: each is asked for ${hoursOf(whole)}, ${free > whole - 1e-9 ? "all of them" : free > 1e-9 ? number(free) : "none"} unpaid. The peak is ${hoursOf(top)} in ${monthsNamed(at)}.`;
  if (group.said === null) return `${said} Nobody has asked them what they can give.`;
  const asked = over(group);
  return asked.length ? `${said} They said ${number(group.said)} a month: they are over-asked in ${monthsNamed(asked)}.` : `${said} They said ${number(group.said)} a month.`;
}

/** Who carries what the budget does not cover. */
export function carriedWords(lines) {
  const [partners, staff, undone] = ["partners", "staff", "nobody"].map((who) => rest(lines, who)[1]);
  if (partners + staff + undone < 0.005) return "The budget covers it all.";
  return `Of the difference, partners carry ${money(partners)}, staff carry ${money(staff)}, and ${money(undone)} worth is not done.`;
}

export function planWords(state) {
  const { plan, guess } = state;
  const lines = costLines(plan);
  const told = [`${titled(plan.title, "Involvement plan")}. ${plan.note}`.trim(), `${number(plan.months)} months, ${activitiesOf(plan)}.`, `As budgeted at first: ${ranged(total(lines, "budgeted"))}.`];
  if (!shown(state)) return [...told, "What it takes is shown after a guess, or without one."].join(" ");
  told.push(`What it takes: ${ranged(total(lines, "takes"))}. ${RANGE}`, `The meeting fee in the budget is ${number(meetingShare(lines), 0)}% of what it takes.`);
  if (typeof guess.share === "number") told.push(`Guessed: ${number(guess.share, 0)}%, and ${number(guess.hours, 0)} unpaid hours a partner.`);
  told.push(carriedWords(lines), ...load(plan).map(loadWords));
  const found = missing(plan, state.rules);
  told.push(found.length ? `Missing: ${found.map((one) => small(one.title)).join("; ")}.` : "By these rules nothing is missing.");
  return told.join(" ");
}

export function quantity(line) {
  if (line.unit === "%") return `${number(line.quantity)}%`;
  return line.unit === "hours" ? hoursOf(line.quantity) : `${number(line.quantity)} ×`;
}

/** The plan as rows: before the guess as budgeted at first, afterwards what it takes. */
export function planTable(state) {
  const lines = costLines(state.plan);
  if (shown(state)) return costTable(lines);
  const first = lines.filter((one) => one.budgeted[1] > 0);
  return [["Line", "Quantity", "As budgeted at first"], ...first.map((one) => [titled(one.line, "Line"), quantity(one), money(one.budgeted[1])]), ["Total", "", money(total(lines, "budgeted")[1])]];
}

export function costTable(lines) {
  const whole = total(lines, "takes");
  return [["Line", "Quantity", "As budgeted at first", "What it takes", "Low", "High", "Who carries the rest"],
    ...lines.map((one) => [titled(one.line, "Line"), quantity(one), money(one.budgeted[1]), money(one.takes[1]), money(one.takes[0]), money(one.takes[2]), one.takes[1] - one.budgeted[1] > 0.005 ? CARRIED[one.carried] : "–"]),
    ["Total", "", money(total(lines, "budgeted")[1]), money(whole[1]), money(whole[0]), money(whole[2]), ""]];
}

/** What is asked of one partner of each group, month by month. */
export function loadTable(plan) {
  const groups = load(plan);
  const both = (cells) => groups.flatMap((one) => cells(one));
  return [["Month", ...both((one) => ["hours", "unpaid"].map((what) => `${titled(one.name, "Partners")}: ${what}`))],
    ...Array.from({ length: plan.months }, (_, month) => [`Month ${month + 1}`, ...both((one) => [number(one.months[month]), number(one.unpaid[month])])]),
    ["All months", ...both((one) => [number(add(one.months)), number(add(one.unpaid))])],
    ["They said, a month", ...both((one) => [one.said === null ? "not asked" : hoursOf(one.said), "–"])]];
}

const prices = (plan) => [...plan.activities, ...plan.lines].filter((one) => one.high > 0);
/** The sources of the prices that cost something, each once. */
const sources = (plan) => [...new Set(prices(plan).map((one) => one.source.trim()).filter(Boolean))];

/** The beginning of a sentence on what partners give and pay; empty where it is nothing. */
function partnersCarry(plan, lines) {
  const free = add(load(plan).map((one) => add(one.unpaid) * one.people));
  const pays = rest(lines.filter((one) => one.kind === "access"), "partners")[1] > 0.005;
  const worth = money(rest(lines, "partners")[1]);
  if (free > 0 && pays) return `partners would give ${hoursOf(free)} unpaid and pay for access that it leaves out, together worth ${worth}; `;
  if (free > 0) return `partners would give ${hoursOf(free)} unpaid, worth ${worth} at the fee; `;
  return pays ? `partners would pay ${worth} for access that it leaves out; ` : "";
}

/** What the plan says to a funder, with its sums. */
export function paragraph(plan) {
  const lines = costLines(plan);
  const [whole, first] = [total(lines, "takes"), total(lines, "budgeted")];
  if (whole[2] === 0) return "The plan costs nothing yet: give its activities hours and a fee.";
  const of = Object.fromEntries(KINDS.map((kind) => [kind, lines.filter((one) => one.kind === kind)]));
  const groups = load(plan);
  const spoken = groups.filter((one) => add(one.months) > 0).map((one) => `${people(one.people)} (${titled(one.name, "partners")})`);
  const parts = [`We ask for ${ranged(whole)} to work with ${joined(spoken) || "partners"} in ${activitiesOf(plan)} over ${number(plan.months)} months.`];
  const fees = [...of.meeting, ...of["other hours"]];
  if (total(fees, "takes")[2] > 0) {
    const each = (one) => add(plan.activities.map((a) => a.people * a.times * a[one]));
    parts.push(`${ranged(total(fees, "takes"))} pays people for their time: ${joined(HOURS.filter((one) => each(one) > 0).map((one) => `${hoursOf(each(one))} of ${SPOKEN[one]}`))}.`);
  }
  for (const kind of ["access", "support", "staff", "telling"]) {
    if (total(of[kind], "takes")[2] > 0) parts.push(`${LINE_KINDS[kind]}: ${ranged(total(of[kind], "takes"))} for ${joined(of[kind].map((one) => lower(titled(one.line, "a line"))))}.`);
  }
  if (of.contingency.length) parts.push(`${ranged(total(of.contingency, "takes"))} is a contingency of ${number(plan.contingency.percent)}%.`);
  const told = [parts.join(" ")];
  if (whole[1] - first[1] > 0.005) {
    told.push(`Our first budget was ${money(first[1])}, which is ${number(100 * first[1] / whole[1], 0)}% of what the work takes. On that budget ${partnersCarry(plan, lines)}staff would carry ${money(rest(lines, "staff")[1])} on top of their work, and ${money(rest(lines, "nobody")[1])} worth would not be done.`);
  }
  told.push(RANGE);
  if (plan.answers.benefits === "yes") told.push("Partners are offered independent advice on benefits before they accept a fee.");
  const named = sources(plan);
  const own = prices(plan).some((one) => !one.source.trim()) ? " Prices without a source are our own estimates." : "";
  told.push(named.length ? `Prices: ${named.join("; ")}.${own}` : "Prices are our own estimates.");
  return told.join("\n\n");
}
