"""How well the engine reads, as measured on the labelled sentences that the tests keep."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from equitykit.language.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Half:
    """What was measured on one part of the labelled sentences.

    Attributes
    ----------
    sentences, framed : int
        How many sentences, and how many of them hold words that should be marked.
    expected, found : int
        How many spans of words should be marked, and how many of those were.
    marked, right : int
        How many spans were marked, and how many of those should be.
    precision, recall : float
        ``right / marked`` and ``found / expected``.
    """

    sentences: int
    framed: int
    expected: int
    found: int
    marked: int
    right: int

    @property
    def precision(self) -> float:
        """Of what is marked, the share that should be."""
        return self.right / self.marked

    @property
    def recall(self) -> float:
        """Of what should be marked, the share that is."""
        return self.found / self.expected


@dataclass(frozen=True)
class Measured:
    """All that was measured: on all sentences, on those used while writing, on those held back, and every error.

    ``first`` is the first reading of the held-back half, before anything was changed.
    """

    all: Half
    used: Half
    held_back: Half
    first: Half
    errors: tuple[dict[str, str], ...]


@cache
def measured() -> Measured:
    """Return what the benchmark measured (``measured.yml``, kept true by a test)."""
    data: dict[str, Any] = yaml.safe_load((files("equitykit.language") / "measured.yml").read_text("utf-8"))
    halves = {name: Half(**data[name]) for name in ("all", "used", "held_back", "first")}
    return Measured(**halves, errors=tuple(data["errors"]))


def errors_table() -> pd.DataFrame:
    """Return every error on the labelled sentences: in which half, missed or false alarm, the sentence, the words."""
    import pandas as pd

    return pd.DataFrame(list(measured().errors), columns=["half", "kind", "words", "sentence"])


def vocabulary_table() -> pd.DataFrame:
    """Return the vocabulary as a table: id, what the words do, why, a question, alternatives, and where it was read."""
    import pandas as pd

    known = vocabulary()
    return pd.DataFrame(
        {
            "id": one.id,
            "mechanism": known.mechanisms[one.mechanism]["name"],
            "reason": one.reason,
            "question": one.question,
            "alternatives": "; ".join(one.alternatives).replace("$1", "people"),
            "guides": "; ".join(source.guide for source in one.sources),
            "disagree": one.disagree,
        }
        for one in known.entries
    )
