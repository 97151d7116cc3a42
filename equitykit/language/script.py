"""Writes the vocabulary as the page reads it: ``python -m equitykit.language.script``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from equitykit.language.vocabulary import expanded, raw, vocabulary

PATH = Path(__file__).parents[1] / "widgets" / "static" / "vocabulary.js"
LETTERS = 3
"""How many letters a beginning has at most."""
_HEAD = "// Written from equitykit/language/vocabulary.yml by `python -m equitykit.language.script`: change it there.\n"


def openings(pattern: str) -> list[str]:
    """Return what any match begins with: a few letters each, so that a page need not compile what cannot match.

    A match begins with at least one of them; an empty list says that anything may begin it.

    Examples
    --------
    >>> openings("(?:the )?poor")
    ['poo', 'the']
    """
    parser = re._parser  # type: ignore[attr-defined]  # the only reader of patterns there is; used when writing a file
    found = _begins(parser.parse(expanded(pattern), re.ASCII), [("", True)])
    begun = {text for text, _ in found}
    return (
        [] if "" in begun else sorted(text for text in begun if not any(text[:n] in begun for n in range(1, len(text))))
    )


def _begins(parts: Iterable[Any], begun: Iterable[tuple[str, bool]]) -> set[tuple[str, bool]]:
    """Return beginnings, each with whether what follows may still add to it."""
    now = set(begun)
    for kind, value in parts:
        grown = {one for one in now if one[1]}
        now -= grown
        match str(kind):
            case "LITERAL":
                now |= {_longer(text, chr(value)) for text, _ in grown}
            case "BRANCH":
                now |= {one for branch in value[1] for one in _begins(branch, grown)}
            case "SUBPATTERN":
                now |= _begins(value[3], grown)
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, _, inner = value
                now |= _begins(inner, grown) if least else grown | _begins(inner, grown)
            case "IN" if all(str(one) == "LITERAL" for one, _ in value):
                now |= {_longer(text, chr(letter)) for text, _ in grown for _, letter in value}
            case "ASSERT" | "ASSERT_NOT" | "AT":
                now |= grown
            case _:
                now |= {(text, False) for text, _ in grown}
        if not any(more for _, more in now):
            break
    return now


def _longer(text: str, letter: str) -> tuple[str, bool]:
    text += letter
    return text, len(text) < LETTERS


def script() -> str:
    """Return the ES module that the page imports."""
    known = vocabulary()
    data = {
        "lexicon": raw()["lexicon"],
        "mention": raw()["mention"],
        "mechanisms": known.mechanisms,
        "sources": {key: {"guide": one.guide, "year": one.year, "url": one.url} for key, one in known.sources.items()},
        "entries": [
            {
                "id": one.id,
                "patterns": one.patterns,
                "openings": [openings(pattern) for pattern in one.patterns],
                "conditions": one.conditions,
                "mechanism": one.mechanism,
                "reason": one.reason,
                "question": one.question,
                "alternatives": one.alternatives,
                "sources": [source.id for source in one.sources],
                "disagree": one.disagree,
            }
            for one in known.entries
        ],
    }
    parts = []
    for key, value in data.items():
        if key == "entries":
            lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in data["entries"])
            parts.append(f'"entries":[\n{lines}\n]')
        else:
            parts.append(f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}")
    return f"{_HEAD}export const vocabulary = {{\n" + ",\n".join(parts) + "\n};\n"


if __name__ == "__main__":
    PATH.write_text(script(), "utf-8")
