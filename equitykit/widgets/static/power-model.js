// What a power map shows, by rule, and the next rung of each standard; in words and as rows. Written as
// equitykit/widgets/power_{rules,words}.py write it; a test compares them. The rules' own words come with the state.

const RANK = { none: 0, told: 1, asked: 2, shares: 3, decides: 4 };
const PAID = ["salary", "fee"];
const UNPAID = ["nothing", "expenses"];
const FACES = { published: "", constructed: "Constructed scenario. ", own: "" };
const degree = (mark) => RANK[mark.say] ?? 0;
const lower = (text) => text.toLowerCase();

export const LATE = ["told", "asked"];
export const named = (one, place, what) => one.title || `${what} ${place + 1}`;
export const decisionName = (made, place) => named(made.decisions[place], place, "Decision");
export const groupName = (made, place) => named(made.people[place], place, "Group");

/** How much say a mark gives before the decision is settled, 0 to 4. */
export const rank = (mark) => (mark.late ? 0 : degree(mark));
const affected = (made, place) => made.people.filter((one) => one.affected).map((one) => one.says[place]);
const open = (marks) => !marks.length || marks.some((one) => one.say === "unsaid");
const places = (made, wanted) => made.decisions.map((one, place) => place).filter(wanted);

const unasked = (made, place) => affected(made, place).every((one) => rank(one) < RANK.asked);

/** The places of the decisions that were settled before anyone affected was asked. */
export const settled = (made) => places(made, (place) => unasked(made, place) && !open(affected(made, place)));
/** The places of the decisions of which that is not known. */
export const unknown = (made) => places(made, (place) => unasked(made, place) && open(affected(made, place)));

function keeps(made, place, terms) {
  const level = terms.promises[made.promise];
  if (made.decisions[place].left_out && !level.throughout) return true;
  const enough = (one) => (level.needs === "told" ? degree(one) >= 1 : rank(one) >= RANK[level.needs]) && (!level.heard || one.say !== "asked" || one.heard);
  return affected(made, place).some(enough) || open(affected(made, place));
}

const marksWith = (made, wanted) => made.people.flatMap((one, place) => {
  const at = one.says.flatMap((mark, n) => (wanted(mark) ? [decisionName(made, n)] : []));
  return at.length ? [`${groupName(made, place)}: ${at.length === made.decisions.length ? "everywhere" : at.join("; ")}`] : [];
});
const groupsWith = (made, wanted) => made.people.flatMap((one, place) => (wanted(one) ? [groupName(made, place)] : []));
const most = (one) => Math.max(...one.says.map(degree));
const early = (one) => Math.max(...one.says.map(rank));
const column = (made, place) => made.people.map((one) => one.says[place]);

function moneyHeld(made) {
  const first = places(made, (place) => ["question", "money"].includes(made.decisions[place].stage));
  if (first.some((place) => affected(made, place).some((one) => rank(one) >= RANK.shares))) return [];
  return first.some((place) => open(affected(made, place))) ? [] : first;
}

const WHOLE = {
  "nobody-affected": (made) => !made.people.some((one) => one.affected),
  "no-promise": (made) => !made.promise,
  "no-ending": (made) => !made.decisions.some((one) => one.stage === "ending"),
};
const DECISIONS = {
  "before-anyone": settled,
  "money-held": moneyHeld,
  "nobody-decides": (made) => places(made, (place) => !column(made, place).some((one) => rank(one) >= RANK.shares) && !open(column(made, place))),
  "nobody-answers": (made) => places(made, (place) => !made.decisions[place].answers),
  promise: (made, terms) => places(made, (place) => made.promise && !keeps(made, place, terms)),
};
const GROUPS = {
  "say-no-pay": (made) => (one) => made.people.some((other) => PAID.includes(other.pay)) && UNPAID.includes(one.pay) && most(one) >= RANK.asked,
  "pay-no-say": () => (one) => PAID.includes(one.pay) && early(one) <= RANK.told && one.says.every((mark) => mark.say !== "unsaid"),
  "one-decides-all": () => (one) => one.says.every((mark) => rank(mark) >= RANK.shares),
};
const MARKS = {
  "asked-late": (mark) => mark.say === "asked" && mark.late,
  "not-heard": (mark) => mark.say === "asked" && !mark.heard,
  unsaid: (mark) => mark.say === "unsaid",
};

function whereOf(id, made, terms) {
  if (WHOLE[id]) return WHOLE[id](made) ? [] : null;
  let found;
  if (DECISIONS[id]) found = DECISIONS[id](made, terms);
  if (DECISIONS[id]) found = found.length === made.decisions.length ? ["every decision"] : found.map((place) => decisionName(made, place));
  else if (GROUPS[id]) found = groupsWith(made, GROUPS[id](made));
  else found = marksWith(made, MARKS[id]);
  return found.length ? found : null;
}

/** What a map shows: the rules that apply, in their order, each with `where` it does. */
export function findings(made, terms) {
  return terms.rules.flatMap((rule) => {
    const where = whereOf(rule.id, made, terms);
    return where === null ? [] : [{ ...rule, where }];
  });
}

/** Whether what is ticked is held against the map: not where there is none, or where it is a published project's. */
export const isTheirs = (state) => state.parts.includes("map") && state.project.kind !== "published";

function nextOf(standard, ticked, shown) {
  for (const rung of standard.rungs) {
    const against = shown.get(rung.map ?? "");
    const stands = ticked.includes(rung.id);
    if (stands && !against) continue;
    const says = against ? lower(against.title) + (against.where.length ? ` (${against.where.join(" / ")})` : "") : "";
    const because = stands ? `You ticked “${rung.text}” The map shows otherwise: ${says}.` : `Not ticked: “${rung.text}”${against ? ` The map shows it too: ${says}.` : ""}`;
    return { step: rung.step, because, source: rung.source };
  }
  return { step: "Ask the people on the map to tick these four by themselves, without you in the room. Compare, and start where you differ.",
    because: "All four are ticked, and nothing on the map speaks against them.", source: "standards" };
}

/**
 * The next rung of each standard, from what was ticked and from the map; `step` is empty where nothing is answered.
 */
export function nextRungs(state) {
  const shown = new Map(isTheirs(state) ? findings(state, state.terms).map((one) => [one.id, one]) : []);
  return state.ladder.map((standard) => {
    const said = state.standards[standard.id] ?? {};
    const ticked = said.ticked ?? [];
    const none = { step: "", because: "Not answered yet.", source: "" };
    return { standard: standard.title, ...(ticked.length || said.none ? nextOf(standard, ticked, shown) : none) };
  });
}

// ---- words and rows

export function markText(mark, terms) {
  const said = `${terms.says[mark.say]}${mark.late ? " after it was settled" : ""}${mark.heard ? ", and told what came of it" : ""}`;
  return mark.note ? `${said} (${mark.note})` : said;
}

export const payText = (one, terms) => (one.paid ? `${terms.pays[one.pay]}, ${one.paid}` : terms.pays[one.pay]);

export function settledText(made) {
  const many = unknown(made).length;
  if (many === made.decisions.length) return "It is not known of any decision yet whether anyone affected was asked before it was settled.";
  return `${settled(made).length} of ${made.decisions.length} decisions were settled before anyone affected was asked${many ? `; of ${many} it is not known` : ""}.`;
}

export function promiseText(made, terms) {
  if (!made.promise) return "No promise is made.";
  const level = terms.promises[made.promise];
  return `The promise is “${level.title}”: ${level.text}.`;
}

/** A group, how it is paid, and where it has which say; where it is not there is said at the end. */
function groupWords(state, row) {
  const one = state.people[row];
  const bySay = new Map();
  one.says.forEach((mark, place) => {
    if (mark.say === "none") return;
    const said = markText({ ...mark, note: "" }, state.terms);
    bySay.set(said, [...(bySay.get(said) ?? []), `“${decisionName(state, place)}”`]);
  });
  const told = [...bySay].map(([said, names]) => `${said} at ${names.join(", ")}`);
  if (one.says.some((mark) => mark.say === "none")) told.push(told.length ? "not there otherwise" : "not there at all");
  return `${groupName(state, row)} (${one.affected ? "affected by it; " : ""}${payText(one, state.terms)}): ${told.join("; ")}.`;
}

export function mapWords(state) {
  const { terms, project } = state;
  const groups = state.people.map((one, row) => groupWords(state, row));
  const shown = findings(state, terms).map((one) => lower(one.title) + (one.where.length ? ` (${one.where.join(" / ")})` : ""));
  return [`${FACES[project.kind]}Power map of: ${project.title || "A project"}. ${state.decisions.length} decisions in order of time.`, ...groups,
    `${settledText(state)} ${promiseText(state, terms)}`,
    shown.length ? `The map shows: ${shown.join("; ")}.` : "By these rules the map raises no question."].join(" ");
}

export function words(state) {
  const told = state.parts.includes("map") ? [mapWords(state)] : [];
  if (state.parts.includes("standards")) told.push(...nextRungs(state).map((one) => `${one.standard}, ${one.step ? `next rung: ${one.step}` : "not answered yet."}`));
  return told.join(" ");
}

export function mapTable(state) {
  const { terms, people } = state;
  return [["Decision", "When", "Answers for it", ...people.map((one, place) => groupName(state, place))],
    ...state.decisions.map((one, place) => [decisionName(state, place), one.when || "not said", one.answers || "nobody named", ...people.map((group) => markText(group.says[place], terms))]),
    ["Affected by it", "", "", ...people.map((one) => (one.affected ? "yes" : "no"))],
    ["Paid", "", "", ...people.map((one) => payText(one, terms))]];
}

export function standardsTable(state) {
  const rungs = nextRungs(state);
  return [["Standard", "What stands", "Evidence", "Next rung"], ...state.ladder.map((standard, place) => {
    const said = state.standards[standard.id] ?? {};
    const stands = standard.rungs.filter((rung) => (said.ticked ?? []).includes(rung.id)).map((rung) => rung.text).join(" ");
    return [standard.title, stands || (said.none ? "none of the four" : "not answered"), said.evidence || "none given", rungs[place].step || "not answered"];
  })];
}

export const table = (state) => (state.parts.includes("map") ? mapTable(state) : standardsTable(state));

// ---- what comes from a file, or from this browser's own storage

export const NO_MARK = { say: "unsaid", late: false, heard: false, note: "" };
export const MOST = 12;
export const FEWEST = 2;
export const GROUPS_MOST = 8;
const word = (given, what) => {
  if (given === undefined || given === null) return "";
  if (typeof given !== "string") throw new Error(`${what} is no text`);
  return given.slice(0, 5000);
};
const oneOf = (given, known, what) => {
  if (!Object.hasOwn(known, given ?? "")) throw new Error(`it has ${what} that this map does not know`);
  return given;
};
const lists = (given, fewest, many, what) => {
  if (!Array.isArray(given) || given.length < fewest || given.length > many) throw new Error(`it has no ${what} that a map could show`);
  return given;
};

/** A mark as a map holds it: late only for those told or asked, heard only for those asked. */
export const mark = (given) => ({ say: given.say, late: given.late === true && LATE.includes(given.say), heard: given.heard === true && given.say === "asked", note: given.note ?? "" });

/** A map and its self-assessment, clean; an error says what is wrong with them. */
export function checked(given, { terms, ladder }) {
  const decisions = lists(given?.decisions, FEWEST, MOST, "decisions").map((one) => ({ title: word(one?.title, "a decision"), when: word(one.when, "a date"), answers: word(one.answers, "a role"),
    stage: oneOf(one.stage, terms.stages, "a stage"), left_out: one.left_out === true }));
  const people = lists(given.people, 1, GROUPS_MOST, "groups").map((one) => ({ title: word(one?.title, "a group"), paid: word(one.paid, "a payment"), affected: one.affected === true,
    pay: oneOf(one.pay, terms.pays, "a pay"), says: lists(one.says, decisions.length, decisions.length, "marks").map((said) => mark({ say: oneOf(said?.say, terms.says, "a mark"), late: said.late, heard: said.heard, note: word(said.note, "a note") })) }));
  const { project } = given;
  if (typeof project !== "object" || project === null) throw new Error("it has no project");
  const address = word(project.source_url, "an address");
  const standards = Object.fromEntries(ladder.flatMap((standard) => {
    const said = given.standards?.[standard.id];
    if (!said) return [];
    const ticked = Array.isArray(said.ticked) ? standard.rungs.map((rung) => rung.id).filter((id) => said.ticked.includes(id)) : [];
    return [[standard.id, { ticked, evidence: word(said.evidence, "evidence"), none: said.none === true && !ticked.length }]];
  }));
  const said = given.guess?.said;
  const guess = Number.isInteger(said) && said >= 0 && said <= decisions.length ? { said } : given.guess?.shown === true ? { shown: true } : {};
  return { project: { title: word(project.title, "a title"), kind: Object.hasOwn(FACES, project.kind ?? "") ? project.kind : "own", about: word(project.about, "a text"), source: word(project.source, "a source"),
    source_url: /^https?:\/\//.test(address) ? address : "", promise_from: word(project.promise_from, "a text") },
  decisions, people, promise: given.promise ? oneOf(given.promise, terms.promises, "a promise") : "", guess, standards };
}
