"""Writes the vocabulary as the page reads it: ``python -m equitykit.language.script``."""

from __future__ import annotations

import json
from pathlib import Path

from equitykit.language.vocabulary import raw, vocabulary

PATH = Path(__file__).parents[1] / "widgets" / "static" / "vocabulary.js"
_HEAD = "// Written from equitykit/language/vocabulary.yml by `python -m equitykit.language.script`: change it there.\n"


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
