"""The labelled sentences, and how a reading of them is scored: words against words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from equitykit.language import Half, read

PATH = Path(__file__).parent / "sentences.yml"
KIT = Path(__file__).parents[2] / "equitykit" / "language" / "measured.yml"
_HEAD = "# Written by tests/benchmarks/bench_language.py from the labelled sentences; a test keeps it true.\n"


@dataclass(frozen=True)
class Labelled:
    """A sentence, which half it is in, and the words in it that should be marked."""

    text: str
    half: str
    spans: tuple[str, ...]
    source: str = ""

    def places(self) -> list[tuple[int, int]]:
        return [(self.text.index(span), self.text.index(span) + len(span)) for span in self.spans]


@cache
def file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(PATH.read_text("utf-8"))
    return loaded


@cache
def sentences(half: str = "") -> tuple[Labelled, ...]:
    made = (Labelled(**{**one, "spans": tuple(one["spans"])}) for one in file()["sentences"])
    return tuple(one for one in made if half in ("", one.half))


def errors(chosen: Iterable[Labelled]) -> list[dict[str, str]]:
    """Return what was missed, and what was marked and should not be."""
    made = []
    for one in chosen:
        marked = [(found.start, found.end, found.text) for found in read(one.text).findings]
        for span, (start, end) in zip(one.spans, one.places(), strict=True):
            if not any(left < end and start < right for left, right, _ in marked):
                made.append({"half": one.half, "kind": "missed", "words": span, "sentence": one.text})
        for left, right, words in marked:
            if not any(left < end and start < right for start, end in one.places()):
                made.append({"half": one.half, "kind": "false alarm", "words": words, "sentence": one.text})
    return made


def score(chosen: Iterable[Labelled]) -> Half:
    """Score a reading: a span is found where a mark overlaps it, a mark is right where it overlaps a span."""
    chosen = list(chosen)
    wrong = errors(chosen)
    expected = sum(len(one.spans) for one in chosen)
    marked = sum(len(read(one.text).findings) for one in chosen)
    return Half(
        sentences=len(chosen),
        framed=sum(bool(one.spans) for one in chosen),
        expected=expected,
        found=expected - sum(one["kind"] == "missed" for one in wrong),
        marked=marked,
        right=marked - sum(one["kind"] == "false alarm" for one in wrong),
    )


def measured_file() -> str:
    """Return what the kit's ``measured.yml`` should say."""
    halves = {"all": sentences(), "used": sentences("used"), "held_back": sentences("held back")}
    data: dict[str, Any] = {name: vars(score(chosen)) for name, chosen in halves.items()}
    data["first"] = file()["first"]
    data["errors"] = errors(sentences())
    return _HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)
