// Where the reader works on the plan: partners, activities, what else it takes, what was asked and promised.
import { h, disclosure } from "./kit.js";
import { HOURS, LINE_KINDS, PER, costLines, total } from "./planner-model.js";
import { choiceField, numberField, priceFields, textField, tickField } from "./planner-fields.js";
import { hoursOf, people, ranged, titled } from "./planner-words.js";

const QUESTIONS = [
  ["access_asked", "Has every partner been asked, in private, what they need to take part?"],
  ["design", "Have partners been paid to look over how they are to be involved?"],
  ["advance", "Are fares and care paid directly, or before they are spent?"],
  ["ways", "Can partners choose how they are paid, or decline?"],
  ["benefits", "Is independent advice on benefits offered before anybody accepts a fee?"],
  ["protected", "Has the line manager of whoever supports this agreed in writing which time is kept for it?"],
];
const HOUR_NAMES = { meeting: "Meeting", preparation: "Preparation", travel: "Travel", debrief: "Debrief" };
const heading = (text) => ({ elements: [h("p", { class: "ek-pn-wide ek-pn-label", text })], show: () => {} });
const fresh = (stem, list) => { let at = list.length + 1; while (list.some((one) => one.id === `${stem}${at}`)) at += 1; return `${stem}${at}`; };

/**
 * A list of cards that follows a list of the plan: a card is made once for each id, and shown anew after each change.
 */
function cards(element, make) {
  const made = new Map();
  return (items) => {
    for (const [id, card] of made) if (!items.some((one) => one.id === id)) { card.element.remove(); made.delete(id); }
    items.forEach((item, place) => {
      if (!made.has(item.id)) made.set(item.id, make(item.id));
      const card = made.get(item.id);
      if (element.children[place] !== card.element) element.insertBefore(card.element, element.children[place] ?? null);
      card.show(item, place);
    });
  };
}

/**
 * @param {{rates: any[], access: any[], plan: () => any, change: (next: any, said: string) => void, ask: Function}} planner
 *   `change` throws an Error where the plan cannot be so.
 */
export function planForm({ rates, access, plan, change, ask }) {
  const button = (text, onclick, more = "") => h("button", { type: "button", class: `ek-button${more}`, text, onclick });
  const edit = (list, id, values, said = "") => change({ ...plan(), [list]: plan()[list].map((one) => (one.id === id ? { ...one, ...values } : one)) }, said);
  const drop = (list, id) => ({ ...plan(), [list]: plan()[list].filter((one) => one.id !== id) });
  const opened = (list, id) => { const card = [...list.children].find((one) => one.dataset.id === id); if (card) { card.open = true; card.querySelector("input")?.focus(); } };

  /** A card: a summary that says what it comes to, and fields beneath. */
  function card(id, list, parts, { about, remove }) {
    const name = h("span", { class: "ek-pn-card-name" });
    const sum = h("span", { class: "ek-pn-card-sum" });
    const heard = h("p", { class: "ek-pn-heard", role: "alert" });
    const item = () => plan()[list].find((one) => one.id === id);
    const fields = parts(item, (values) => edit(list, id, values));
    const element = h("details", { class: "ek-pn-card", "data-id": id }, h("summary", {}, name, sum), h("div", { class: "ek-pn-form" }, ...fields.flatMap((one) => one.elements ?? [one.element])),
      h("div", { class: "ek-pn-ways" }, button("Remove", () => { heard.textContent = ""; const problem = remove(item(), element); if (problem) heard.textContent = problem; }, " ek-pn-quiet")), heard);
    return { element, show: (now, place) => { const [title, said] = about(now, place); name.textContent = title; sum.textContent = said; fields.forEach((one) => one.show()); } };
  }

  // ---- partners
  const groups = h("div", { class: "ek-pn-cards" });
  const showGroups = cards(groups, (id) => card(id, "partners", (item, set) => [
    textField("Who they are, as they name themselves", { get: () => item().name, set: (name) => set({ name }), wide: true, hint: "A group, no names of people" }),
    numberField("How many people", { get: () => item().people, set: (count) => set({ people: count }) }),
    numberField("Hours a month that each said they can give", { get: () => item().said, set: (said) => set({ said }), empty: true, long: true, hint: "Empty: nobody asked them yet" }),
  ], { about: (one) => [titled(one.name, "Partners"), `${people(one.people)}, ${one.said === null ? "not asked" : `said ${hoursOf(one.said)} a month`}`],
    remove: (one, element) => {
      const busy = plan().activities.find((activity) => activity.partners === one.id);
      if (busy) return `“${titled(busy.title, "An activity")}” asks them: give it other partners first.`;
      ask(element, `Remove ${titled(one.name, "these partners")}?`, "Remove them", () => change(drop("partners", one.id), "Partners are removed."));
      return "";
    } }));

  // ---- activities
  const activities = h("div", { class: "ek-pn-cards" });
  const showActivities = cards(activities, (id) => card(id, "activities", (item, set) => [
    textField("What is asked", { get: () => item().title, set: (title) => set({ title }), wide: true }),
    choiceField("Whom it asks", { get: () => item().partners, set: (who) => set({ partners: who }), options: () => plan().partners.map((one) => [one.id, titled(one.name, "Partners")]) }),
    numberField("People asked", { get: () => item().people, set: (count) => set({ people: count }) }),
    numberField("How many times", { get: () => item().times, set: (times) => set({ times }) }),
    numberField("From month", { get: () => item().first, set: (first) => set({ first }) }),
    numberField("To month", { get: () => item().last, set: (last) => set({ last }) }),
    heading("Hours of each person, each time"),
    ...HOURS.map((kind) => numberField(HOUR_NAMES[kind], { get: () => item()[kind], set: (hours) => set({ [kind]: hours }) })),
    heading("In the first budget the fee covers"),
    ...HOURS.map((kind) => tickField(kind, { get: () => item().paid.includes(kind), set: (on) => set({ paid: HOURS.filter((one) => (one === kind ? on : item().paid.includes(one))) }) })),
    priceFields(rates, { get: item, set: (values, per) => set(per ? { ...values, per } : values), what: "Fee",
      extra: [choiceField("The fee is for", { get: () => item().per, set: (per) => set({ per }), options: () => [["hour", "each hour"], ["time", "each time, for the hours that it covers"]], wide: true })] }),
  ], { about: (one, place) => [titled(one.title, `Activity ${place + 1}`), ranged(total(costLines(plan()).filter((line) => line.about === one.id), "takes"))],
    remove: (one, element) => {
      const tied = plan().lines.filter((line) => line.activity === one.id).length;
      ask(element, `Remove ${titled(one.title, "this activity")}${tied ? ` and the ${tied === 1 ? "cost that belongs" : `${tied} costs that belong`} to it` : ""}?`, "Remove it",
        () => { const next = drop("activities", one.id); change({ ...next, lines: next.lines.filter((line) => line.activity !== one.id) }, "The activity is removed."); });
      return "";
    } }));

  // ---- what else it takes
  const lines = h("div", { class: "ek-pn-cards" });
  const showLines = cards(lines, (id) => card(id, "lines", (item, set) => [
    textField("What it is", { get: () => item().title, set: (title) => set({ title }), wide: true }),
    choiceField("Kind", { get: () => item().kind, set: (kind) => set({ kind }), options: () => Object.entries(LINE_KINDS) }),
    choiceField("For", { get: () => item().activity, set: (activity) => set({ activity }), options: () => [["", "the whole plan"], ...plan().activities.map((one, place) => [one.id, titled(one.title, `Activity ${place + 1}`)])] }),
    numberField("How many", { get: () => item().number, set: (value) => set({ number: value }), hint: "People, hours, pages …" }),
    choiceField("Counted", { get: () => item().per, set: (per) => set({ per }), options: () => Object.entries(PER) }),
    priceFields(access, { get: item, set: (values, per) => set(per ? { ...values, per } : values), what: "Price of one" }),
    tickField("It is in the first budget", { get: () => item().budgeted, set: (budgeted) => set({ budgeted }) }),
  ], { about: (one) => [titled(one.title, LINE_KINDS[one.kind]), `${ranged(total(costLines(plan()).filter((line) => line.about === one.id), "takes"))}${one.budgeted ? "" : ", not budgeted"}`],
    remove: (one, element) => { ask(element, `Remove ${titled(one.title, "this cost")}?`, "Remove it", () => change(drop("lines", one.id), "The cost is removed.")); return ""; } }));

  // ---- the whole
  const whole = [
    textField("What the plan is about", { get: () => plan().title, set: (title) => change({ ...plan(), title }, ""), wide: true }),
    numberField("Months", { get: () => plan().months, set: (months) => change({ ...plan(), months }, "") }),
    numberField("Contingency, %", { get: () => plan().contingency.percent, set: (percent) => change({ ...plan(), contingency: { ...plan().contingency, percent } }, "") }),
    tickField("The contingency is in the first budget", { get: () => plan().contingency.budgeted, set: (budgeted) => change({ ...plan(), contingency: { ...plan().contingency, budgeted } }, "") }),
  ];
  const answer = (values) => change({ ...plan(), answers: { ...plan().answers, ...values } }, "");
  const asked = [
    ...QUESTIONS.map(([key, text]) => choiceField(text, { get: () => plan().answers[key], set: (value) => answer({ [key]: value }), options: () => [["", "not settled"], ["no", "no"], ["yes", "yes"]], wide: true })),
    numberField("Days from claim to account", { get: () => plan().answers.pay_days, set: (days) => answer({ pay_days: days }), empty: true, long: true, hint: "Ask finance. Empty: nobody knows" }),
  ];
  const price = { low: 0, likely: 0, high: 0, source: "", url: "" };
  const addGroup = button("Add partners", () => { const id = fresh("g", plan().partners); change({ ...plan(), partners: [...plan().partners, { id, name: "", people: 6, said: null }] }, "Partners are added."); opened(groups, id); });
  const addActivity = button("Add an activity", () => {
    const [group] = plan().partners;
    if (!group) { addGroup.focus(); return; }
    const id = fresh("a", plan().activities);
    change({ ...plan(), activities: [...plan().activities, { id, title: "", partners: group.id, people: group.people, times: 1, first: 1, last: plan().months, meeting: 0, preparation: 0, travel: 0, debrief: 0, paid: [...HOURS], ...price, per: "hour" }] }, "An activity is added.");
    opened(activities, id);
  });
  const addLine = button("Add a cost", () => { const id = fresh("l", plan().lines); change({ ...plan(), lines: [...plan().lines, { id, title: "", kind: "access", number: 1, per: "once", activity: "", ...price, budgeted: true }] }, "A cost is added."); opened(lines, id); });
  const part = (title, ...inside) => { const made = disclosure(title, ...inside); made.classList.add("ek-pn-part"); return made; };
  const element = h("div", { class: "ek-pn-work" }, h("p", { class: "ek-pn-kicker", text: "Work on the plan" }),
    part("Partners", groups, h("div", { class: "ek-pn-ways" }, addGroup)), part("Activities: hours and fees", activities, h("div", { class: "ek-pn-ways" }, addActivity)),
    part("Access, support, staff, telling people", lines, h("div", { class: "ek-pn-ways" }, addLine)),
    part("What was asked, and what is promised", h("div", { class: "ek-pn-form" }, ...asked.map((one) => one.element)), h("p", { class: "ek-pn-hint", text: "Neither this page nor the project team can advise on tax or benefits. It depends on the person; an independent adviser can say." })),
    part("Title, months, contingency", h("div", { class: "ek-pn-form" }, ...whole.map((one) => one.element))));
  return { element, show: () => {
    const now = plan();
    showGroups(now.partners);
    showActivities(now.activities);
    showLines(now.lines);
    [...whole, ...asked].forEach((one) => one.show());
  } };
}
