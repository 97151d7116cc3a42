"""Names of rows: set in lines rather than cut short or dropped, each beside its own row."""

from __future__ import annotations

import json
import textwrap
from typing import Any

from equitykit.charts.walk import Spec, encodings, rows

WIDTH = 18
"""Characters of a name in one line: what a phone has room for beside a chart."""

LINE = 16
"""Pixels from one line of a name to the next."""


def lines(name: object) -> list[str]:
    """Return a name in lines."""
    return textwrap.wrap(str(name), WIDTH, break_long_words=False) or [""]


def most_lines(names: list[Any]) -> int:
    """Return how many lines the longest of the names takes."""
    return max((len(lines(name)) for name in names), default=1)


def wrap_names(spec: Spec) -> None:
    """Set the long names of a y axis in lines, centred on their rows, in place."""
    for channel, encoding in encodings(spec):
        if channel != "y" or encoding.get("type") not in {"nominal", "ordinal"} or encoding.get("axis", {}) is None:
            continue
        names = names_of(spec, encoding)
        if most_lines(names) == 1:
            continue
        by_count: dict[int, list[str]] = {}
        for name in names:
            by_count.setdefault(len(lines(name)), []).append(name)
        offsets = [
            {"test": f"indexof({json.dumps(some)}, '' + datum.value) >= 0", "value": -LINE * (count - 1) / 2}
            for count, some in sorted(by_count.items())
            if count > 1
        ]
        wrapped = {name: lines(name) for name in names}
        encoding["axis"] = {
            "labelExpr": f"{json.dumps(wrapped)}[datum.label]",
            "labelLimit": 0,
            "labelLineHeight": LINE,
            "labelOffset": {"condition": offsets, "value": 0},
            **encoding.get("axis", {}),
        }


def names_of(spec: Spec, encoding: dict[str, Any]) -> list[str]:
    """Return the names that an encoding draws, each once, in the order of the data."""
    found = [row.get(str(encoding.get("field"))) for row in rows(spec)]
    return list(dict.fromkeys(str(name) for name in found if name is not None))
