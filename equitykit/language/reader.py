"""The engine: reads a text and marks the words that put a problem into people. It advises; it scores nobody.

The page has the same engine (``widgets/static/language.js``) over the same vocabulary; a test holds them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from equitykit.language.vocabulary import Entry, Rule, Source, mention, rules

LONGEST = 1000
"""A sentence longer than this, in characters, is read in pieces: work stays in step with length."""
NEAR = 240
"""How far around a match its conditions look, in characters, within its sentence."""
ALONE = 4
"""A short quotation with no more than this around it is a word held up to be looked at."""

_SPACE = frozenset(" \t\r\n\f\v\u00a0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(n) for n in range(0x2000, 0x200B)}
_DROPPED = frozenset("*\u00ad\u200b\u200c\u200d\u2060\ufeff")
_PLAIN = {"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'}
_PLAIN |= dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^ \t\n\r\f\v<>\"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}", re.ASCII
)
_NEW_PARAGRAPH = re.compile(r"[ \t\r]*$|[ \t]*(?:[-*+#|\u2022>]|[0-9]{1,3}[.)])(?:[ \t]|$)|[ \t]*\|")
_STOP = re.compile(r"[.!?\u2026]{1,9}[\"')\]]{0,9}(?= [\"'(\[]{0,9}[A-Z0-9\u00c0-\u00de])| \|")
_SHORT = re.compile(
    r"(?:^|[ (\[\"'])(?:[a-z]|e\.g|i\.e|etc|vs|dr|mr|mrs|ms|prof|st|no|figs?|al|cf|approx|eq|refs?|vol|eds?|pp)$"
)
_QUOTED = {
    '"': re.compile(r'"([^"]{1,300})"'),
    "'": re.compile(r"(?<![a-z0-9])'(?=[^ ])((?:[^']|'(?=[a-z])){1,300}?)'(?![a-z0-9])"),
}


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text: where it starts and ends, and what stands there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Finding:
    """Words to think about.

    Attributes
    ----------
    start, end : int
        Where they stand: ``text[start:end]``.
    text : str
        The words.
    entry : str
        Which entry of the vocabulary marks them.
    mechanism : str
        What they do (:attr:`Vocabulary.mechanisms`).
    reason, question : str
        Why they are marked, and what to ask of the sentence.
    alternatives : tuple of str
        What could stand in their place; [brackets] are for the writer to fill in.
    sources : tuple of Source
        Where the reason was read.
    disagree : str
        Where guides or people disagree.
    sentence : int
        Which sentence of the reading.
    """

    start: int
    end: int
    text: str
    entry: str
    mechanism: str
    reason: str
    question: str
    alternatives: tuple[str, ...]
    sources: tuple[Source, ...]
    disagree: str
    sentence: int

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain values."""
        return {**asdict(self), "alternatives": list(self.alternatives), "sources": [asdict(s) for s in self.sources]}


@dataclass(frozen=True)
class Reading:
    """A text as read: its sentences and its findings, in their order. It holds no score of a text or a writer."""

    text: str
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the reading as plain values."""
        return {"sentences": len(self.sentences), "findings": [one.as_dict() for one in self.findings]}


def read(text: str) -> Reading:
    """Read a text and return the words to think about, each with a reason, a question and alternatives.

    Parameters
    ----------
    text : str
        One sentence or many paragraphs. A paragraph is read by itself: what surrounds it changes nothing.

    Returns
    -------
    Reading
        Sentences and findings with their places in the text.

    Examples
    --------
    >>> [found.text for found in read("Hard-to-reach groups fail to attend.").findings]
    ['Hard-to-reach groups', 'fail to']
    >>> read("Tenants are vulnerable to eviction.").findings
    ()
    """
    sentences: list[Sentence] = []
    findings: list[Finding] = []
    for start, end in _paragraphs(text):
        plain, places = _plain(text, start, end)
        for left, right in _sentences(plain):
            first, last = places[left], places[right - 1] + 1
            sentences.append(Sentence(first, last, text[first:last]))
            for rule, found in _found(plain[left:right].translate(_LOWER)):
                findings.append(_finding(text, places, left, rule.entry, found, len(sentences) - 1))
    return Reading(text, tuple(sentences), tuple(findings))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where paragraphs start and end: at empty lines, list items, headings and table rows."""
    begun: int | None = None
    at = 0
    heading = False
    for line in text.split("\n"):
        if begun is not None and (heading or _NEW_PARAGRAPH.match(line)):
            yield begun, at - 1
            begun = None
        if begun is None and line.strip(" \t\r"):
            begun = at
        heading = line.lstrip(" \t").startswith("#")
        at += len(line) + 1
    if begun is not None:
        yield begun, len(text)


def _plain(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Return a paragraph with plain quotes, hyphens and single spaces, and where each character stood."""
    part = _ADDRESS.sub(lambda found: "\u25a1" * len(found[0]), text[start:end])
    made: list[str] = []
    places: list[int] = []
    for at, character in enumerate(part, start):
        if character in _DROPPED:
            continue
        if character in _SPACE:
            if not made or made[-1] == " ":
                continue
            character = " "
        made.append(_PLAIN.get(character, character))
        places.append(at)
    if made and made[-1] == " ":
        made.pop()
        places.pop()
    return "".join(made), places


def _sentences(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences start and end; one that does not end is cut at a space."""
    begun = 0
    ends = [found.end() for found in _STOP.finditer(plain) if not _is_short(plain, found)]
    for end in [*ends, len(plain)]:
        while end - begun > LONGEST:
            cut = plain.rfind(" ", begun + 1, begun + LONGEST)
            cut = cut if cut > begun else begun + LONGEST
            yield begun, cut
            begun = cut + 1 if plain[cut] == " " else cut
        if end > begun:
            yield begun, end
        begun = end + 1 if plain[end : end + 1] == " " else end


def _is_short(plain: str, found: re.Match[str]) -> bool:
    """Whether a full stop belongs to an abbreviation and ends no sentence."""
    before = plain[max(0, found.start() - 8) : found.start()].translate(_LOWER)
    return found[0].startswith(".") and _SHORT.search(before) is not None


def _found(sentence: str) -> list[tuple[Rule, re.Match[str]]]:
    """Return what is marked in one sentence, longest first where two would overlap, in reading order."""
    candidates = []
    spoken_of: list[tuple[int, int]] = []
    quotes: list[tuple[int, int]] | None = None
    for order, rule in enumerate(rules()):
        for pattern in rule.patterns:
            for found in pattern.finditer(sentence):
                if not found[0].strip() or not _holds(rule, sentence, found.start(), found.end()):
                    continue
                if quotes is None:
                    quotes = _quotes(sentence)
                if _is_mention(sentence, found.start(), found.end(), quotes):
                    spoken_of.append(found.span())
                else:
                    candidates.append((found.start() - found.end(), found.start(), order, rule, found))
    candidates.sort(key=lambda one: one[:3])
    kept: list[tuple[Rule, re.Match[str]]] = []
    for *_, rule, found in candidates:
        taken = [*spoken_of, *(other.span() for _, other in kept)]
        if all(found.end() <= left or right <= found.start() for left, right in taken):
            kept.append((rule, found))
    return sorted(kept, key=lambda one: one[1].start())


def _before(sentence: str, start: int) -> str:
    """Return what stands before a place; a mark where it is cut off, so that nothing takes the cut for a start."""
    return sentence[:start] if start <= NEAR else "\x01" + sentence[start - NEAR : start]


def _holds(rule: Rule, sentence: str, start: int, end: int) -> bool:
    """Whether all conditions of a rule hold for a match."""
    if not rule.conditions:
        return True
    before = _before(sentence, start)
    after = sentence[end : end + NEAR]
    near = sentence[max(0, start - NEAR) : end + NEAR]
    looked_at = {"before": before, "after": after, "sentence": near}
    return all(
        any(pattern.search(looked_at[name.removeprefix("not_")]) for pattern in patterns) is not name.startswith("not_")
        for name, patterns in rule.conditions.items()
    )


def _quotes(sentence: str) -> list[tuple[int, int]]:
    return [found.span(1) for pattern in _QUOTED.values() for found in pattern.finditer(sentence)]


def _is_mention(sentence: str, start: int, end: int, quotes: list[tuple[int, int]]) -> bool:
    """Whether words are spoken of and not used: named as words, quoted in criticism, or turned down."""
    known = mention()
    inside = [(left, right) for left, right in quotes if left <= start and end <= right]
    for left, right in inside:
        around = sentence[max(0, left - NEAR) : left] + " " + sentence[right : right + NEAR]
        if known.words.search(around) or "?" in sentence[right - 1 : right + 2]:
            return True
        if len(sentence) - (right - left) <= ALONE and right - left <= NEAR // 10:
            return True
    places = {(start, end), *inside}
    return any(
        any(pattern.search(_before(sentence, left)) for pattern in known.before)
        or any(pattern.search(sentence[right : right + NEAR]) for pattern in known.after)
        for left, right in places
    )


def _finding(text: str, places: list[int], left: int, entry: Entry, found: re.Match[str], sentence: int) -> Finding:
    """Return a match as a finding, in the text's own letters."""

    def original(start: int, end: int) -> str:
        return text[places[left + start] : places[left + end - 1] + 1]

    start, end = found.span()
    while found.string[end - 1] == " ":
        end -= 1
    words = original(start, end)
    groups = [original(*found.span(n)).strip() if found[n] else "people" for n in range(1, found.re.groups + 1)]
    capital = words[:1] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" and words[1:2] not in tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    alternatives = []
    for alternative in entry.alternatives:
        for number, group in enumerate(groups, 1):
            alternative = alternative.replace(f"${number}", group)
        alternative = alternative.replace("$1", "people").strip()
        alternatives.append(alternative[:1].upper() + alternative[1:] if capital else alternative)
    return Finding(
        places[left + start],
        places[left + end - 1] + 1,
        words,
        entry.id,
        entry.mechanism,
        entry.reason,
        entry.question,
        tuple(dict.fromkeys(alternatives)),
        entry.sources,
        entry.disagree,
        sentence,
    )
