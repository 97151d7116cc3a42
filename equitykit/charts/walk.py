"""Ways through a Vega-Lite specification: its views, their encodings, their data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Spec = dict[str, Any]

COMPOSED = ("facet", "hconcat", "vconcat", "concat", "repeat")
"""Keys of a chart that is made of several views beside or under each other."""


def composed(spec: Spec) -> bool:
    """Say whether the chart is made of several views side by side."""
    if any(key in spec for key in COMPOSED):
        return True
    return any(channel in {"row", "column", "facet"} for channel, _ in encodings(spec))


def views(spec: Spec) -> Iterator[Spec]:
    """Go through a specification and the views inside it, outermost first."""
    yield spec
    for key in ("layer", "hconcat", "vconcat", "concat"):
        for inner in spec.get(key, []):
            yield from views(inner)
    if isinstance(spec.get("spec"), dict):
        yield from views(spec["spec"])


def encodings(spec: Spec) -> Iterator[tuple[str, dict[str, Any]]]:
    """Go through the encodings of all views, as pairs of channel and definition."""
    for view in views(spec):
        yield from own_encodings(view)


def own_encodings(view: Spec) -> Iterator[tuple[str, dict[str, Any]]]:
    """Go through the encodings of one view, without those of the views inside it."""
    for channel, definition in view.get("encoding", {}).items():
        for one in definition if isinstance(definition, list) else [definition]:
            if not isinstance(one, dict):
                continue
            yield channel, one
            conditions = one.get("condition", [])
            for condition in conditions if isinstance(conditions, list) else [conditions]:
                if isinstance(condition, dict) and "field" in condition:
                    yield channel, condition
    facet = view.get("facet")
    if isinstance(facet, dict):
        for channel in ("row", "column"):
            if isinstance(facet.get(channel), dict):
                yield channel, facet[channel]
        if "field" in facet:
            yield "facet", facet


def params(spec: Spec) -> list[dict[str, Any]]:
    """Return the parameters and selections that a chart declares, wherever it does."""
    found = {p["name"]: p for view in views(spec) for p in view.get("params", []) if "name" in p}
    return list(found.values())


def rows(spec: Spec) -> list[dict[str, Any]]:
    """Return the rows of the data that most of the chart's encodings read."""
    datasets = spec.get("datasets", {})

    def read(data: Any) -> list[dict[str, Any]]:
        if not isinstance(data, dict):
            return []
        found = datasets.get(data.get("name"), data.get("values", []))
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    fields = {e["field"] for _, e in encodings(spec) if isinstance(e.get("field"), str)}
    candidates = [read(view.get("data")) for view in views(spec)]
    return max(candidates, key=lambda r: (len(fields & set(r[0])) if r else 0, len(r)), default=[])


def in_words(name: str) -> str:
    """Return a column's name as words: ``years_in_health`` becomes ``Years in health``."""
    text = re.sub(r"[_\s]+", " ", name).strip()
    return text[:1].upper() + text[1:]
