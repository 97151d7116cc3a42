// What an agreement says: what is settled, what pulls against what, who can say yes when, and what can still be changed.
// Written as equitykit/widgets/agreement_{rules,words}.py write it; a test compares them.

export const OWN = "own";
export const NOT_LEGAL = "This page helps partners to talk. It is not legal advice.";
export const FIELDS = ["option", "words", "who", "by"];
export const ABOUT = { project: "", community: "the community partner", university: "the university", data: "", contact: "" };
const POSSIBLE = { yes: "yes", no: "no", "": "not decided" };

const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A text with the names of the partners in their places, with a capital where it begins a sentence. */
export function filled(text, about) {
  let made = text;
  for (const role of ["community", "university"]) {
    const name = about[role].trim() || ABOUT[role];
    made = made.replaceAll(`{${role}}`, name).replaceAll(`{${capital(role)}}`, capital(name));
  }
  return made;
}

export const decided = (choice) => (choice.option === OWN ? Boolean(choice.words.trim()) : Boolean(choice.option));
export const pointOf = (book, id) => book.points.find((one) => one.id === id);
export const undecided = ({ book, choices }) => book.points.filter((one) => !decided(choices[one.id]));
export const optionOf = ({ book, choices }, id) => pointOf(book, id).options.find((one) => one.id === choices[id].option);
const holds = (when, choices) => Object.entries(when ?? {}).every(([id, named]) => named.includes(choices[id].option));
export const conflicts = ({ book, choices }) => book.conflicts.filter((rule) => holds(rule.when, choices));
export const wayBack = ({ book, choices }) => book.way_back.find((one) => holds(one.when, choices)) ?? null;
/** Whether what follows is kept back until the reader has predicted it. */
export const waiting = (state) => state.parts.includes("predict") && !Object.keys(state.guesses).length;

/** For each moment in the life of the data, who must say yes and who is heard. */
export function consent(state) {
  const order = state.book.people.map((one) => one.id);
  const sorted = (ids) => order.filter((one) => ids.includes(one));
  return state.book.moments.map((moment) => {
    const says = state.book.points.map((point) => optionOf(state, point.id)?.says?.[moment.id] ?? {});
    const must = sorted(says.flatMap((one) => one.must ?? []));
    const heard = sorted(says.flatMap((one) => one.heard ?? [])).filter((one) => !must.includes(one));
    const choice = state.choices[moment.by];
    return { moment: moment.id, title: moment.title, must, heard, status: !decided(choice) ? "undecided" : choice.option === OWN ? "own" : "decided", point: moment.by };
  });
}

/** What can still be changed once results are published and data is passed on as agreed. */
export function afterSharing(state) {
  return state.book.shared.map((item) => {
    const found = item.cases.find((one) => holds(one.when, state.choices));
    return { id: item.id, change: item.change, can: POSSIBLE[found?.can ?? ""], why: found ? filled(found.why, state.about) : "The points that settle it are undecided, or in own words." };
  });
}

export function clause(state, id) {
  const choice = state.choices[id];
  if (!decided(choice)) return "";
  const chosen = optionOf(state, id);
  return [chosen ? filled(chosen.clause, state.about) : "", choice.words.trim()].filter(Boolean).join(" ");
}

export const pending = (choice) => `Who must decide: ${choice.who.trim() || "nobody is named yet"}. By when: ${choice.by.trim() || "no date yet"}.`;

export function names(state, ids) {
  const said = ids.map((id) => filled(state.book.people.find((one) => one.id === id).who, state.about));
  return said.length > 1 ? `${said.slice(0, -1).join(", ")} and ${said[said.length - 1]}` : said[0] ?? "";
}

export function consentRows(state) {
  const back = wayBack(state);
  const order = state.book.moments.map((one) => one.id);
  return [["Moment", "Must say yes", "Is heard, does not decide", "Can a person still take all of their data out?"],
    ...consent(state).map((one, place) => {
      const must = { decided: names(state, one.must), own: `In own words: see “${pointOf(state.book, one.point).title}”`, undecided: "not decided" }[one.status];
      const out = back === null ? "not decided" : place <= order.indexOf(back.until) ? "yes" : "no";
      return [one.title, must, names(state, one.heard) || "no one", out];
    })];
}

export function backSaid(state) {
  const back = wayBack(state);
  if (!back) return "Until when a person can take their data out is not decided.";
  const order = state.book.moments.map((one) => one.id);
  if (back.until === order[order.length - 1]) return `A person can take their data out at every moment. ${back.why}`;
  const after = state.book.moments[order.indexOf(back.until) + 1].title.toLowerCase();
  return `From “${after}” on, a person can no longer take all of their data out. ${back.why}`;
}

export function agreementWords(state) {
  const open = undecided(state);
  const many = state.book.points.length;
  const said = state.note ? [state.note] : [];
  said.push(open.length ? `Undecided: ${open.length} of ${many} points. ${open.map((one) => `${one.title}. ${pending(state.choices[one.id])}`).join(" ")}` : `All ${many} points are settled.`);
  const found = conflicts(state);
  if (waiting(state)) said.push("What follows from these choices is to be predicted first.");
  else said.push(found.length ? `Choices that pull against each other: ${found.length}. ${found.map((one) => `${one.title}. ${one.why}`).join(" ")}` : "The rules find no choices that pull against each other.");
  said.push(`Who must say yes. ${consentRows(state).slice(1).map((row) => `${row[0]}: ${row[1]}.`).join(" ")}`);
  if (!waiting(state)) said.push(backSaid(state), `Once data is shared under it: ${afterSharing(state).map((one) => `${one.change}: ${one.can}. ${one.why}`).join(" ")}`);
  said.push(NOT_LEGAL);
  return said.join(" ");
}

export function agreementTable(state) {
  const found = conflicts(state);
  return [["Point", "Agreed", "Still to decide", "Pulls against"], ...state.book.points.map((point) => {
    const choice = state.choices[point.id];
    const open = !decided(choice);
    const mine = found.filter((rule) => point.id in rule.when).map((rule) => rule.title);
    return [point.title, open ? "not decided" : clause(state, point.id), open ? pending(choice) : "nothing", waiting(state) ? "to be predicted first" : mine.join("; ") || "nothing found"];
  })];
}

const text = (given, what) => {
  if (given === undefined || given === null) return "";
  if (typeof given !== "string") throw new Error(`${what} is no text`);
  return given.slice(0, 4000);
};

/** Content from a file or from the browser's storage, clean; an error says what is wrong with it. */
export function checkedContent(given, book) {
  if (!given || typeof given.choices !== "object" || given.choices === null) throw new Error("it has no points");
  const choices = Object.fromEntries(book.points.map((point) => {
    const one = given.choices[point.id] ?? {};
    const made = Object.fromEntries(FIELDS.map((field) => [field, text(one[field], point.title)]));
    if (!["", OWN, ...point.options.map((option) => option.id)].includes(made.option)) throw new Error(`it chose something unknown for “${point.title}”`);
    return [point.id, made];
  }));
  const about = Object.fromEntries(Object.keys(ABOUT).map((field) => [field, text(given.about?.[field], field).trim() || ABOUT[field]]));
  const known = ["yes", "no", "not decided", "shown"];
  const guesses = Object.fromEntries(Object.entries(given.guesses ?? {}).filter(([id, one]) => book.shared.some((item) => item.id === id) && known.includes(one?.said) && known.includes(one?.was))
    .map(([id, one]) => [id, { said: one.said, was: one.was }]));
  return { choices, about, guesses: Object.keys(guesses).length === book.shared.length ? guesses : {}, note: text(given.note, "the note") };
}
