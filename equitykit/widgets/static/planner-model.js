// What an involvement plan costs, who carries it, what it asks of each partner, what is missing: equitykit/widgets/planner_sums.py
// and planner_rules.py compute the same.

export const HOURS = ["meeting", "preparation", "travel", "debrief"];
export const ENDS = ["low", "likely", "high"];
export const KINDS = ["meeting", "other hours", "access", "support", "staff", "telling", "contingency"];
export const LINE_KINDS = { access: "Access", support: "Support for partners", staff: "Staff time", telling: "Telling people what came of it" };
export const PER = { once: "once", time: "each time", person: "each person, each time", hour: "each hour of meeting", away: "each hour away: meeting, travel and debrief", month: "each month" };
export const ANSWERS = ["access_asked", "design", "benefits", "advance", "ways", "protected"];
const CARRIED = { meeting: "partners", "other hours": "partners", access: "partners", staff: "staff" };
const SLOW = 30;

export const add = (values) => values.reduce((total, one) => total + one, 0);

/** The fee for an hour: as agreed, or a fee for each time spread over the hours that it covers. */
export function hourly(activity, end) {
  if (activity.per === "hour") return activity[end];
  for (const kinds of [activity.paid, ["meeting"], HOURS]) {
    const hours = add(HOURS.filter((one) => kinds.includes(one)).map((one) => activity[one]));
    if (hours > 0) return activity[end] / hours;
  }
  return 0;
}

/** How often a line's number counts. */
export function factor(plan, line) {
  if (line.per === "once") return 1;
  if (line.per === "month") return plan.months;
  const about = plan.activities.filter((one) => ["", one.id].includes(line.activity));
  if (line.per === "time") return add(about.map((one) => one.times));
  if (line.per === "person") return add(about.map((one) => one.people * one.times));
  if (line.per === "hour") return add(about.map((one) => one.meeting * one.times));
  return add(about.map((one) => (one.meeting + one.travel + one.debrief) * one.times));
}

function costLine(name, about, kind, quantity, unit, rates, covered) {
  const takes = rates.map((rate) => quantity * rate);
  return { line: name, about, kind, quantity, unit, takes, budgeted: covered ? takes : [0, 0, 0], carried: CARRIED[kind] ?? "nobody" };
}

/** The plan line by line: what it takes, what the budget covers, and who carries the rest. */
export function costLines(plan) {
  const made = [];
  for (const activity of plan.activities) {
    for (const one of HOURS) {
      const quantity = activity.people * activity.times * activity[one];
      if (quantity > 0) made.push(costLine(`${activity.title}: ${one}`, activity.id, one === "meeting" ? "meeting" : "other hours", quantity, "hours", ENDS.map((end) => hourly(activity, end)), activity.paid.includes(one)));
    }
  }
  for (const line of plan.lines) made.push(costLine(line.title, line.id, line.kind, line.number * factor(plan, line), line.kind === "staff" ? "hours" : "", ENDS.map((end) => line[end]), line.budgeted));
  const { percent, budgeted } = plan.contingency;
  if (percent > 0) {
    const part = (what) => [0, 1, 2].map((end) => add(made.map((one) => one[what][end])) * percent / 100);
    made.push({ line: "Contingency", about: "", kind: "contingency", quantity: percent, unit: "%", takes: part("takes"), budgeted: budgeted ? part("budgeted") : [0, 0, 0], carried: "nobody" });
  }
  return made;
}

/** Low, likely and high of what lines take ("takes"), or of what is budgeted ("budgeted"). */
export const total = (lines, what) => [0, 1, 2].map((end) => add(lines.map((one) => one[what][end])));

/** Low, likely and high of what one carrier carries. */
export function rest(lines, who) {
  const mine = lines.filter((one) => one.carried === who);
  const [takes, budgeted] = [total(mine, "takes"), total(mine, "budgeted")];
  return takes.map((one, end) => one - budgeted[end]);
}

/** The percentage of the likely true cost that the meeting fee in the budget covers. */
export function meetingShare(lines) {
  const takes = total(lines, "takes")[1];
  return takes > 0 ? 100 * total(lines.filter((one) => one.kind === "meeting"), "budgeted")[1] / takes : 0;
}

/** The month of each time: spread evenly from the first month to the last. */
export const monthsOf = ({ first, last, times }) => Array.from({ length: times }, (_, turn) => first + Math.floor(turn * (last - first + 1) / times));

/** What the plan asks of one partner of each group, month by month, when all take equal turns. */
export function load(plan) {
  return plan.partners.map((group) => {
    const months = Array(plan.months).fill(0);
    const unpaid = Array(plan.months).fill(0);
    let fee = 0;
    for (const activity of plan.activities.filter((one) => one.partners === group.id)) {
      const share = activity.people / group.people;
      const rate = hourly(activity, "likely");
      const whole = add(HOURS.map((one) => activity[one]));
      const covered = add(HOURS.filter((one) => activity.paid.includes(one)).map((one) => activity[one]));
      const free = rate > 0 ? whole - covered : whole;
      for (const month of monthsOf(activity)) {
        months[month - 1] += whole * share;
        unpaid[month - 1] += free * share;
      }
      fee += covered * rate * activity.times * share;
    }
    return { id: group.id, name: group.name, people: group.people, said: group.said, months, unpaid, fee };
  });
}

/** The months in which a partner is asked for more hours than they said. */
export const over = (group) => (group.said === null ? [] : group.months.flatMap((hours, place) => (hours > group.said + 1e-9 ? [place + 1] : [])));

function facts(plan) {
  const { activities, lines, answers } = plan;
  const days = answers.pay_days;
  const paid = activities.some((one) => hourly(one, "likely") > 0 && one.paid.length > 0);
  const asks = activities.map((one) => one.partners);
  const there = (kind) => lines.some((one) => one.kind === kind);
  const left = (kind) => lines.some((one) => one.kind === kind && !one.budgeted);
  const unpaid = (...kinds) => activities.some((one) => kinds.some((kind) => one[kind] > 0 && !one.paid.includes(kind)));
  return {
    "not-asked": plan.partners.some((one) => one.said === null),
    "access-not-asked": answers.access_asked !== "yes",
    "no-design": answers.design !== "yes",
    "not-paid": activities.some((one) => HOURS.some((kind) => one[kind] > 0) && (hourly(one, "likely") === 0 || !one.paid.length)),
    "no-preparation": activities.some((one) => one.meeting > 0) && !activities.some((one) => one.preparation > 0),
    "preparation-unpaid": unpaid("preparation"),
    "other-hours-unpaid": unpaid("travel", "debrief"),
    "out-of-pocket": answers.advance !== "yes",
    "one-way": paid && answers.ways !== "yes",
    "no-date": paid && days === null,
    slow: paid && days !== null && days > SLOW,
    "no-benefits": paid && answers.benefits !== "yes",
    "no-access": !there("access"),
    "access-unbudgeted": left("access"),
    "over-asked": load(plan).some((one) => over(one).length > 0),
    "same-few": asks.length >= 3 && plan.partners.some((group) => 4 * asks.filter((one) => one === group.id).length >= 3 * asks.length),
    "no-staff": !there("staff"),
    "staff-unbudgeted": left("staff"),
    unprotected: answers.protected !== "yes",
    "no-telling": !there("telling"),
    "telling-unbudgeted": left("telling"),
    "no-contingency": plan.contingency.percent === 0 || !plan.contingency.budgeted,
  };
}

/** The rules that apply to a plan, in their order. */
export function missing(plan, rules) {
  const held = facts(plan);
  return rules.filter((rule) => held[rule.id]);
}
