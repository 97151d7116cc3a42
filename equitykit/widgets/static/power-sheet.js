// What a team takes away from a power map: the picture, its table, what it shows, and the next rungs.
import { picture } from "./sheet.js";
import { decisionName, findings, groupName, markText, nextRungs, payText, promiseText, settledText, standardsTable } from "./power-model.js";
import { PAPER_FONT, drawMap } from "./power-picture.js";

const PAPER = 760; // units across the page, so that letters print at about 8 points
const TALL = 560;
const NOTE = "The findings come from rules and the rungs from the UK Standards for Public Involvement and NIHR guidance, in the course’s own words. Neither is a score, and neither is about a person.";
const FACE = { published: "Published project, as its own record tells it.", constructed: "Constructed scenario: no real organisation.", own: "" };
const BEGAN = "A version of the reader’s own. It began from a published project and no longer says what that project’s record says.";
/** What stands on the face of a map: whose it is. */
export const faceOf = (project) => FACE[project.kind] || (project.source ? BEGAN : "");

function mapRows(state) {
  const bare = (mark) => markText({ ...mark, note: "" }, state.terms);
  const about = (one) => [one.when, one.answers || "nobody named", ...(one.left_out ? ["left out of the promise"] : [])].filter(Boolean).join("; ");
  return [["Decision", "When; who answers", ...state.people.map((one, place) => groupName(state, place))],
    ...state.decisions.map((one, place) => [decisionName(state, place), about(one), ...state.people.map((group) => {
      const mark = group.says[place];
      return { text: bare(mark), ...(mark.say === "unsaid" ? { tone: "missing" } : {}) };
    })]),
    ["Affected by it", "", ...state.people.map((one) => (one.affected ? "yes" : "no"))], ["Paid", "", ...state.people.map((one) => payText(one, state.terms))]];
}

function mapBlocks(state) {
  const { project, terms } = state;
  const notes = state.people.flatMap((one, row) => {
    const said = one.says.flatMap((mark, place) => (mark.note ? [`${decisionName(state, place)}: ${mark.note}`] : []));
    return said.length ? [{ lead: `${groupName(state, row)}.`, text: `${said.join(". ")}.` }] : [];
  });
  const shown = findings(state, terms);
  const alt = `Power map of ${project.title || "a project"}: ${state.decisions.length} decisions in order of time, ${state.people.length} groups. ${settledText(state)} The table says what each mark shows.`;
  const long = state.decisions.length * 84 > PAPER;
  const drawing = drawMap(state, terms, long ? TALL : PAPER, { font: PAPER_FONT });
  return [
    ...[faceOf(project), project.about].filter(Boolean).map((text) => ({ kind: "text", text })),
    ...(project.source ? [{ kind: "text", text: `Source: ${project.source}, ${project.source_url}`, tone: "note" }] : []),
    { kind: "picture", alt, caption: "Groups as lanes, decisions in order of time. The larger and fuller the mark, the more say.", width: long ? 12 : 16.4, svg: "", drawing },
    { kind: "text", lead: "When people came in.", text: settledText(state) },
    { kind: "text", lead: "The promise.", text: [promiseText(state, terms), project.promise_from].filter(Boolean).join(" ") },
    { kind: "heading", level: 2, text: "What the map shows" },
    shown.length ? { kind: "list", items: shown.map((one) => ({ lead: `${one.title}.`, text: [one.where.length ? `${one.where.join(" / ")}.` : "", one.ask].filter(Boolean).join(" ") })) } : { kind: "text", text: "By these rules the map raises no question. The people on it may." },
    { kind: "heading", level: 2, text: "The map as a table" },
    { kind: "table", caption: "Who has what say at each decision, and who is paid", rows: mapRows(state) },
    ...(notes.length ? [{ kind: "heading", level: 3, text: "What stands behind the marks" }, { kind: "list", items: notes }] : []),
  ];
}

function standardBlocks(state) {
  const rungs = nextRungs(state);
  const [head, ...rows] = standardsTable(state);
  return [{ kind: "heading", level: 2, text: "Where the project stands by the UK Standards for Public Involvement" },
    { kind: "table", caption: "What stands, on what evidence, and the next rung", rows: [head, ...rows.map(([standard, stands, evidence, next], place) => [standard, stands,
      evidence === "none given" ? { text: evidence, tone: "missing" } : evidence, rungs[place].step ? { lead: next, text: rungs[place].because } : { text: next, tone: "missing" }])] }];
}

/** The sheet of a state: plain JSON, its picture drawn in the colours of paper. */
export function mapSheet(state) {
  const blocks = [...(state.parts.includes("map") ? mapBlocks(state) : []), ...(state.parts.includes("standards") ? standardBlocks(state) : [])];
  const drawn = blocks.map((block) => (block.drawing ? picture(block.drawing, { alt: block.alt, caption: block.caption, width: block.width, within: "ek-power" }) : block));
  const what = state.parts.includes("map") ? "Power map" : "Self-assessment";
  return { title: state.project.title ? `${what}: ${state.project.title}` : what, note: NOTE, blocks: drawn };
}
