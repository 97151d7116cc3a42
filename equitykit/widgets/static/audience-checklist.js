// The checklist for a reader's own version. It looks for words; it cannot judge what they mean, and says so.

export const CHECKLIST = [
  ["number", "The number is kept"],
  ["uncertainty", "The uncertainty is kept"],
  ["structure", "The structure is named"],
  ["agent", "It says who acts"],
  ["source", "The source is named"],
  ["action", "Something can be done"],
];

const HEDGES = /\b(about|around|roughly|nearly|almost|between|at least|at most|up to|give or take|margin|interval|range|uncertain|could be as)\b/i;
const ACTIONS = /\b(can|could|should|must|ask|demand|fund|invest|vote|write to|change|decide|build|stop|start|raise|join|support|sign|repair|pay)\b/i;
const PASSIVE = /\b(?:is|are|was|were|been|being|be|get|gets|got)\s+(?:\w+ly\s+)?(\w+ed|denied|left|hit|kept|cut|shut|lost|paid|made|given|driven|hidden|forgotten|seen|told|sent)\b(?!\s+by\b)/gi;
const SMALL = new Set(["about", "their", "there", "these", "those", "which", "where", "whose", "other", "people", "because", "between", "through", "without", "years"]);

const numbers = (text) => [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map((found) => found[0].replaceAll(",", ""));
const quoted = (found) => found.map((one) => `“${one}”`).join(", ");
const holds = (text, word) => new RegExp(`(?<![\\p{L}\\d])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "iu").test(text);
const longer = (text) => [...new Set([...text.matchAll(/\p{L}{5,}/gu)].map((found) => found[0].toLowerCase()))].filter((one) => !SMALL.has(one));

/**
 * What can be seen of each point in a text: "yes", "part" or "no", and a sentence that helps.
 * @param {string} text
 * @param {{number: string, uncertainty: string, source: string, structure: string}} keep
 * @param {Record<string, string[]>} signs
 * @returns {Record<string, [string, string]>}
 */
export function looked(text, keep, signs) {
  const there = numbers(text);
  const own = numbers(keep.number).slice(0, 1).filter((one) => there.includes(one)); // the first: in "38 of 100" it is 38
  const wanted = numbers(keep.uncertainty).filter((one) => !numbers(keep.number).includes(one));
  const ends = wanted.every((one) => there.includes(one)) ? wanted : [];
  const hedge = text.match(HEDGES)?.[0];
  const structure = (signs.structure.length ? signs.structure : longer(keep.structure)).filter((one) => holds(text, one));
  const agents = signs.agents.filter((one) => holds(text, one));
  const passives = [...new Set([...text.matchAll(PASSIVE)].map((found) => found[0]))].slice(0, 3);
  const named = signs.source.length ? signs.source : [...keep.source.matchAll(/\p{Lu}[\p{L}\d]{2,}|\b(?:19|20)\d\d\b/gu)].map((found) => found[0]);
  const sources = [...new Set(named)].filter((one) => holds(text, one));
  const action = signs.action.find((one) => holds(text, one)) ?? text.match(ACTIONS)?.[0];
  return {
    number: own.length ? ["yes", `${quoted(own)}: there.`]
      : there.length ? ["part", `There is a number, ${quoted(there.slice(0, 2))}, but not ${keep.number}. If you rounded it or turned it round, is it still the same fact?`]
        : ["no", `The finding is ${keep.number}. Without a number, nobody can tell a large gap from a small one.`],
    uncertainty: ends.length ? ["yes", `${quoted(ends)}: there.`]
      : hedge ? ["part", `“${hedge}” says that it is not exact. Would this reader need to know how far off it may be: ${keep.uncertainty}?`]
        : ["no", `It may be as far off as ${keep.uncertainty}. Even one word, such as “about”, says that this is an estimate.`],
    structure: structure.length ? ["yes", `${quoted(structure.slice(0, 3))}: there. Is it told as the reason, or only mentioned?`]
      : ["no", `What makes it so: ${keep.structure}. Left out, readers look for the reason in the people.`],
    agent: agents.length ? ["yes", `${quoted(agents.slice(0, 2))}: named.${passives.length ? ` And in ${quoted(passives)}: by whom?` : ""}`]
      : passives.length ? ["part", `${quoted(passives)}: by whom? Name who did it, or who decides.`]
        : ["no", "Who did this, and who could change it? Make them the subject of a sentence."],
    source: sources.length ? ["yes", `${quoted(sources.slice(0, 2))}: there.`]
      : ["no", `The figures are from: ${keep.source}. A reader who doubts them needs to know where to look.`],
    action: action ? ["yes", `“${action}” may be the start of it. Is it something that this reader can do?`]
      : ["no", "What can this reader do, ask for or decide? A finding without a next step leaves them with bad news."],
  };
}
