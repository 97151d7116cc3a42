"""A chart as plain JSON that is the same at every run, and that carries no library's defaults to the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import altair as alt

from equitykit.charts.labels import LINE, most_lines, names_of, wrap_names
from equitykit.charts.theme import DIVERGING, HEIGHT, ramp
from equitykit.charts.titles import say_in_words
from equitykit.charts.walk import Spec, composed, encodings, params, rows, views
from equitykit.errors import CourseError

_COUNTED = re.compile(r"\b(?:param|view)_(?:\d+|[0-9a-f]{16})\b")
_LITERAL = {"datasets", "data", "title", "description", "usermeta", "$schema"}
_COLOURS = ("color", "fill", "stroke")
_ROW = 34  # pixels for one row of a chart whose y axis is a list of names


def to_spec(chart: Any, *, title: str = "") -> Spec:
    """Return the Vega-Lite specification of a chart, ready for a page.

    Parameters
    ----------
    chart : altair chart or dict
        Any Altair chart, or a specification.
    title : str, optional
        The figure's title: the name of the drawing for those who do not see it.

    Returns
    -------
    dict
        Data inside, names of parameters and views counted from one, every axis titled in words.

    Raises
    ------
    CourseError
        If the chart cannot be built, or holds more rows than a page should carry.
    """
    if isinstance(chart, dict):
        made = chart
    else:
        try:
            made = chart.to_dict()
        except alt.MaxRowsError as error:
            raise CourseError(
                "The chart holds more than 5,000 rows. Group or filter the data first, so that a page stays light."
            ) from error
        except Exception as error:
            reason = " ".join(str(error).split())
            raise CourseError(f"The chart cannot be built: {reason}") from error
    return prepare(json.loads(json.dumps(made, default=str), parse_float=_steady), title=title)


def _steady(digits: str) -> float:
    """Return a number without the last digits, in which processors differ: outputs are compared between machines."""
    return float(f"{float(digits):.10g}")


def prepare(spec: Spec, *, title: str = "") -> Spec:
    """Return a specification changed in place to suit a page; :func:`to_spec` says how."""
    spec = _named_tables(_recount(spec))
    _prune(spec)
    say_in_words(spec)
    wrap_names(spec)
    for channel, encoding in encodings(spec):
        if channel in _COLOURS:
            _in_steps(encoding, spec)
    if not composed(spec):
        spec.setdefault("width", "container")
        spec.setdefault("autosize", {"type": "fit", "contains": "padding"})
        if not isinstance(spec.get("height"), (int, float)):
            spec["height"] = _height(spec)
    if title:
        spec["description"] = title
    return spec


def _recount(spec: Spec) -> Spec:
    """Count Altair's own names for parameters and views from one, whatever else the session has made."""
    named = [v.get("name") for v in views(spec)] + [p["name"] for p in params(spec)]
    found = dict.fromkeys(n for n in named if isinstance(n, str) and _COUNTED.fullmatch(n))
    count: dict[str, int] = {}
    fresh: dict[str, str] = {}
    for name in found:
        kind = name.partition("_")[0]
        count[kind] = count.get(kind, 0) + 1
        fresh[name] = f"{kind}_{count[kind]}"

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: part if key in _LITERAL else walk(part) for key, part in value.items()}
        if isinstance(value, list):
            return [walk(part) for part in value]
        if isinstance(value, str):
            return _COUNTED.sub(lambda match: fresh.get(match[0], match[0]), value)
        return value

    return walk(spec) if fresh else spec


def _named_tables(spec: Spec) -> Spec:
    """Name the tables in their order: Altair names them by a digest of every digit in them."""
    fresh = {name: f"table_{count}" for count, name in enumerate(spec.get("datasets", {}), start=1)}

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: named(part) if key == "data" else walk(part) for key, part in value.items() if key != "datasets"
            }
        return [walk(part) for part in value] if isinstance(value, list) else value

    def named(data: Any) -> Any:
        return {**data, "name": fresh[data["name"]]} if isinstance(data, dict) and data.get("name") in fresh else data

    if not fresh:
        return spec
    return {**walk(spec), "datasets": {fresh[name]: table for name, table in spec["datasets"].items()}}


def _prune(spec: Spec) -> None:
    """Drop the columns that the chart never names: they weigh, and may say more than was meant."""

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, part in value.items():
                if key not in {"datasets", "config", "$schema"}:
                    yield from strings(part)
        elif isinstance(value, list):
            for part in value:
                yield from strings(part)
        elif isinstance(value, str):
            yield value

    text = "\n".join(strings(spec))
    for name, table in spec.get("datasets", {}).items():
        if isinstance(table, list) and table and isinstance(table[0], dict):
            used = [column for column in table[0] if column in text]
            spec["datasets"][name] = [{column: row[column] for column in used} for row in table]


def _in_steps(encoding: dict[str, Any], spec: Spec) -> None:
    """Give an ordered colour as many steps as it needs: Vega would have to mix colours that it cannot know."""
    field, kind = encoding.get("field"), encoding.get("type")
    if not field or encoding.get("bin") or ("scale" in encoding and encoding["scale"] is None):
        return
    scale = dict(encoding.get("scale") or {})
    scheme, middle = scale.pop("scheme", None), scale.pop("domainMid", None)
    if kind == "ordinal" and "range" not in scale:
        levels = {str(row.get(field)) for row in rows(spec)}
        scale["range"] = ramp(len(levels) or 5)
    elif kind == "quantitative" and scale.get("type") not in {"quantize", "quantile", "threshold", "bin-ordinal"}:
        scale["type"] = "quantize"
        scale.setdefault("range", DIVERGING if middle is not None else ramp(5))
        if middle is not None:
            reach = max((abs(row[field] - middle) for row in rows(spec) if _is_number(row.get(field))), default=1)
            scale.setdefault("domain", [middle - reach, middle + reach])
    elif scheme is None:
        return
    encoding["scale"] = scale


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _height(spec: Spec) -> float:
    """Return a height that suits the y axis: a row for each name, or the theme's own."""
    for channel, encoding in encodings(spec):
        if channel == "y" and encoding.get("type") in {"nominal", "ordinal"}:
            names = names_of(spec, encoding)
            row = max(_ROW, LINE * most_lines(names) + 10)
            step = spec["height"].get("step", row) if isinstance(spec.get("height"), dict) else row
            return max(len(names), 1) * step + 72
    return HEIGHT
