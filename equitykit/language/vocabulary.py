"""The vocabulary: what is marked, why, and where each reason was read. Its one source is ``vocabulary.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

CONDITIONS = ("before", "not_before", "after", "not_after", "sentence", "not_sentence")
_NAME = re.compile(r"\{([A-Z]+)\}")
_LEFT = r"(?<![a-z0-9_])(?<![a-z0-9]-)"
_RIGHT = r"(?![a-z0-9_]|-[a-z])"


@dataclass(frozen=True)
class Source:
    """Where a reason was read: the guide, its year and its address."""

    id: str
    guide: str
    year: int
    url: str


@dataclass(frozen=True)
class Entry:
    """One entry: its patterns and conditions as written, what the words do, and what to think and try.

    Attributes
    ----------
    id : str
        Stable name.
    patterns : tuple of str
        Regular expressions as the file has them, with ``{NAME}`` for a list of the lexicon.
    conditions : mapping of str to tuple of str
        By their name (see :data:`CONDITIONS`).
    mechanism : str
        Key of :attr:`Vocabulary.mechanisms`.
    reason, question : str
        In plain words.
    alternatives : tuple of str
        What could stand instead; ``$1`` repeats a part of the match, [brackets] are the writer's to fill in.
    sources : tuple of Source
        The guides in which it was read.
    disagree : str
        Where guides or people disagree, what they say; else empty.
    """

    id: str
    patterns: tuple[str, ...]
    conditions: Mapping[str, tuple[str, ...]]
    mechanism: str
    reason: str
    question: str
    alternatives: tuple[str, ...]
    sources: tuple[Source, ...]
    disagree: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """All entries, with the mechanisms and the sources that they name."""

    version: int
    entries: tuple[Entry, ...]
    mechanisms: Mapping[str, Mapping[str, str]]
    sources: Mapping[str, Source]


@dataclass(frozen=True)
class Rule:
    """An entry's patterns, compiled."""

    entry: Entry
    patterns: tuple[re.Pattern[str], ...]
    conditions: Mapping[str, tuple[re.Pattern[str], ...]]


@dataclass(frozen=True)
class Mention:
    """What tells a word that is spoken of from a word that is used."""

    words: re.Pattern[str]
    before: tuple[re.Pattern[str], ...]
    after: tuple[re.Pattern[str], ...]


@cache
def raw() -> dict[str, Any]:
    """Return the file as it is written."""
    text = (files("equitykit.language") / "vocabulary.yml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary.

    Examples
    --------
    >>> len(vocabulary().entries) >= 120
    True
    """
    data = raw()
    sources = {key: Source(id=key, **fields) for key, fields in data["sources"].items()}
    entries = tuple(
        Entry(
            id=one["id"],
            patterns=tuple(one["patterns"]),
            conditions={name: tuple(one[name]) for name in CONDITIONS if name in one},
            mechanism=one["does"],
            reason=one["reason"],
            question=one["question"],
            alternatives=tuple(one["alternatives"]),
            sources=tuple(sources[key] for key in one["sources"]),
            disagree=one.get("disagree", ""),
        )
        for one in data["entries"]
    )
    return Vocabulary(data["version"], entries, data["mechanisms"], sources)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the entries with their patterns compiled."""
    return tuple(
        Rule(
            entry,
            tuple(_compiled(f"{_LEFT}(?:{pattern}){_RIGHT}") for pattern in entry.patterns),
            {name: tuple(map(_compiled, given)) for name, given in entry.conditions.items()},
        )
        for entry in vocabulary().entries
    )


@cache
def mention() -> Mention:
    """Return the patterns of a mention, compiled."""
    given = raw()["mention"]
    return Mention(
        _compiled(rf"\b{given['words']}\b"),
        tuple(map(_compiled, given["before"])),
        tuple(_compiled(f"^(?:{pattern})") for pattern in given["after"]),
    )


def expanded(pattern: str) -> str:
    """Return a pattern of the file as a regular expression: lists written out, ``~`` as space or hyphen."""
    lexicon = raw()["lexicon"]
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda found: lexicon[found[1]], pattern)
    return pattern.replace("~", "[ -]")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(expanded(pattern), re.ASCII)
