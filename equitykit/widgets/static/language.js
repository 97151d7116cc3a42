// The engine of equitykit.language, in the page: the same vocabulary, the same findings. Nothing is sent anywhere.
// Each function has the name and the order of its twin in equitykit/language/reader.py; a test holds them together.
import { vocabulary } from "./vocabulary.js";

const LONGEST = 1000;
const NEAR = 240;
const ALONE = 4;
const SPACE = /[ \t\r\n\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const DROPPED = /[*\u00ad\u200b-\u200d\u2060\ufeff]/;
const PLAIN = { "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
  "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-" };
const ADDRESS = /(?:https?:\/\/|www\.)[^ \t\n\r\f\v<>"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}/g;
const NEW_PARAGRAPH = /^(?:[ \t\r]*$|[ \t]*(?:[-*+#|\u2022>]|[0-9]{1,3}[.)])(?:[ \t]|$)|[ \t]*\|)/;
const STOP = /[.!?\u2026]{1,9}["')\]]{0,9}(?= ["'(\[]{0,9}[A-Z0-9\u00c0-\u00de])| \|/g;
const SHORT = /(?:^|[ (\["'])(?:[a-z]|e\.g|i\.e|etc|vs|dr|mr|mrs|ms|prof|st|no|figs?|al|cf|approx|eq|refs?|vol|eds?|pp)$/;
const QUOTED = [/"([^"]{1,300})"/dg, /(?<![a-z0-9])'(?=[^ ])((?:[^']|'(?=[a-z])){1,300}?)'(?![a-z0-9])/dg];

const lower = (text) => text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));

function compiled(pattern, flags = "") {
  let text = pattern;
  while (/\{[A-Z]+\}/.test(text)) text = text.replace(/\{([A-Z]+)\}/g, (_, name) => vocabulary.lexicon[name]);
  return new RegExp(text.replaceAll("~", "[ -]"), flags);
}

/** All matches. Not matchAll: it makes a new regular expression at each call. */
function* matches(pattern, text) {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    if (!found[0]) pattern.lastIndex += 1;
    else yield found;
  }
}

/** What is made at the first call and kept: compiling a pattern costs more than a page should pay for one it never needs. */
function once(make) {
  let kept = null;
  return () => (kept ??= make());
}

const rules = once(() => ({
  entries: vocabulary.entries.map((entry) => ({
    entry,
    patterns: entry.patterns.map((one, index) => ({
      openings: entry.openings[index],
      get: once(() => compiled(`(?<![a-z0-9_])(?<![a-z0-9]-)(?:${one})(?![a-z0-9_]|-[a-z])`, "dg")),
    })),
    conditions: once(() => Object.entries(entry.conditions).map(([name, given]) => [name, given.map((one) => compiled(one))])),
  })),
  words: once(() => compiled(`\\b${vocabulary.mention.words}\\b`)),
  before: once(() => vocabulary.mention.before.map((one) => compiled(one))),
  after: once(() => vocabulary.mention.after.map((one) => compiled(`^(?:${one})`))),
}));

/** What the words of a sentence begin with, in one letter, two and three. */
function openingsOf(sentence) {
  const found = new Set();
  for (const { index } of matches(/(?<![a-z0-9_])[^ ]/g, sentence)) {
    for (let letters = 1; letters <= 3; letters += 1) found.add(sentence.slice(index, index + letters));
  }
  return found;
}

/**
 * Read a text: its sentences, and the words to think about with their places, reasons, questions and alternatives.
 * @param {string} text
 * @returns {{sentences: object[], findings: object[]}}
 */
export function readText(text) {
  const sentences = [];
  const findings = [];
  for (const [start, end] of paragraphs(text)) {
    const { plain, places, ends } = plainText(text, start, end);
    for (const [left, right] of sentencesOf(plain)) {
      sentences.push({ start: places[left], end: ends[right - 1], text: text.slice(places[left], ends[right - 1]) });
      for (const [rule, found] of foundIn(lower(plain.slice(left, right)))) {
        findings.push(finding(text, places, ends, left, rule.entry, found, sentences.length - 1));
      }
    }
  }
  return { sentences, findings };
}

function paragraphs(text) {
  const list = [];
  let begun = null;
  let at = 0;
  let heading = false;
  for (const line of text.split("\n")) {
    if (begun !== null && (heading || NEW_PARAGRAPH.test(line))) {
      list.push([begun, at - 1]);
      begun = null;
    }
    if (begun === null && /[^ \t\r]/.test(line)) begun = at;
    heading = /^[ \t]*#/.test(line);
    at += line.length + 1;
  }
  if (begun !== null) list.push([begun, text.length]);
  return list;
}

/** Characters are counted as Python counts them: one of two units is one. */
function plainText(text, start, end) {
  const part = text.slice(start, end).replace(ADDRESS, (found) => "\u25a1".repeat(found.length));
  const list = [];
  const places = [];
  const ends = [];
  let at = start;
  for (const character of part) {
    const here = at;
    at += character.length;
    if (DROPPED.test(character)) continue;
    let one = character;
    if (SPACE.test(character)) {
      if (!list.length || list[list.length - 1] === " ") continue;
      one = " ";
    }
    list.push(character.length > 1 ? "\u25a1" : PLAIN[one] ?? one);
    places.push(here);
    ends.push(at);
  }
  if (list.length && list[list.length - 1] === " ") list.pop();
  return { plain: list.join(""), places, ends };
}

function sentencesOf(plain) {
  const list = [];
  let begun = 0;
  const stops = [...matches(STOP, plain)].filter((found) => !isShort(plain, found)).map((found) => found.index + found[0].length);
  for (const end of [...stops, plain.length]) {
    while (end - begun > LONGEST) {
      const space = plain.slice(begun + 1, begun + LONGEST).lastIndexOf(" ");
      const cut = space >= 0 ? begun + 1 + space : begun + LONGEST;
      list.push([begun, cut]);
      begun = plain[cut] === " " ? cut + 1 : cut;
    }
    if (end > begun) list.push([begun, end]);
    begun = plain[end] === " " ? end + 1 : end;
  }
  return list;
}

const isShort = (plain, found) => found[0].startsWith(".")
  && SHORT.test(lower(plain.slice(Math.max(0, found.index - 8), found.index)));

function foundIn(sentence) {
  const candidates = [];
  const spokenOf = [];
  const openings = openingsOf(sentence);
  let quotes = null;
  rules().entries.forEach((rule, order) => {
    for (const pattern of rule.patterns) {
      if (pattern.openings.length && !pattern.openings.some((one) => openings.has(one))) continue;
      for (const found of matches(pattern.get(), sentence)) {
        const [start, end] = found.indices[0];
        if (!found[0].trim() || !holds(rule, sentence, start, end)) continue;
        quotes ??= quotesOf(sentence);
        if (isMention(sentence, start, end, quotes)) spokenOf.push([start, end]);
        else candidates.push({ length: end - start, start, order, rule, found });
      }
    }
  });
  candidates.sort((one, other) => other.length - one.length || one.start - other.start || one.order - other.order);
  const taken = [...spokenOf];
  const kept = [];
  for (const { rule, found } of candidates) {
    const [start, end] = found.indices[0];
    if (taken.every(([left, right]) => end <= left || right <= start)) {
      taken.push([start, end]);
      kept.push([rule, found]);
    }
  }
  return kept.sort(([, one], [, other]) => one.index - other.index);
}

const beforeOf = (sentence, start) => (start <= NEAR ? sentence.slice(0, start) : `\u0001${sentence.slice(start - NEAR, start)}`);

function holds(rule, sentence, start, end) {
  const lookedAt = {
    before: beforeOf(sentence, start),
    after: sentence.slice(end, end + NEAR),
    sentence: sentence.slice(Math.max(0, start - NEAR), end + NEAR),
  };
  return rule.conditions().every(([name, patterns]) => {
    const not = name.startsWith("not_");
    return patterns.some((pattern) => pattern.test(lookedAt[not ? name.slice(4) : name])) !== not;
  });
}

const quotesOf = (sentence) => QUOTED.flatMap((pattern) => [...matches(pattern, sentence)].map((found) => found.indices[1]));

function isMention(sentence, start, end, quotes) {
  const known = rules();
  const inside = quotes.filter(([left, right]) => left <= start && end <= right);
  for (const [left, right] of inside) {
    const around = `${sentence.slice(Math.max(0, left - NEAR), left)} ${sentence.slice(right, right + NEAR)}`;
    if (known.words().test(around) || sentence.slice(right - 1, right + 2).includes("?")) return true;
    if (sentence.length - (right - left) <= ALONE && right - left <= NEAR / 10) return true;
  }
  return [[start, end], ...inside].some(([left, right]) => known.before().some((one) => one.test(beforeOf(sentence, left)))
    || known.after().some((one) => one.test(sentence.slice(right, right + NEAR))));
}

function finding(text, places, ends, left, entry, found, sentence) {
  const original = (start, end) => text.slice(places[left + start], ends[left + end - 1]);
  const [start] = found.indices[0];
  let [, end] = found.indices[0];
  while (found.input[end - 1] === " ") end -= 1;
  const words = original(start, end);
  const groups = found.indices.slice(1).map((range) => (range && range[1] > range[0] ? original(...range).trim() : "people"));
  const capital = /^[A-Z](?![A-Z])/.test(words);
  const alternatives = entry.alternatives.map((alternative) => {
    let put = alternative;
    groups.forEach((group, index) => { put = put.replaceAll(`$${index + 1}`, () => group); });
    put = put.replaceAll("$1", "people").trim();
    return capital ? put.slice(0, 1).toUpperCase() + put.slice(1) : put;
  });
  return {
    start: places[left + start], end: ends[left + end - 1], text: words, entry: entry.id, mechanism: entry.mechanism,
    reason: entry.reason, question: entry.question, alternatives: [...new Set(alternatives)], sources: entry.sources,
    disagree: entry.disagree, sentence,
  };
}
