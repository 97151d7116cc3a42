"""The table of a chart: what is drawn, in rows, with headers and numbers as a reader would write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from equitykit.charts.walk import Spec, in_words, own_encodings, rows, views
from equitykit.errors import CourseError

Rows = list[list[str]]

MOST = 400
"""Rows beyond which a table helps nobody."""

MISSING = "not given"

_UNSEEN = {"tooltip", "href", "order", "description", "url"}


def from_spec(spec: Spec, *, name: str) -> Rows:
    """Return the table of a chart's own data: the columns that it draws, names first, then numbers.

    Parameters
    ----------
    spec : dict
        A prepared specification.
    name : str
        The figure's name, for messages.

    Returns
    -------
    list of list of str
        The first row is the header.

    Raises
    ------
    CourseError
        If the chart draws no column of its data as it stands, or too many rows to read.
    """
    frame = pd.DataFrame(rows(spec))
    headers: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for view in views(spec):
        ends = {channel[:-1] for channel, _ in own_encodings(view) if channel.endswith("2")}
        for channel, encoding in own_encodings(view):
            field = encoding.get("field")
            if not isinstance(field, str) or field not in frame.columns or channel in _UNSEEN:
                continue
            plain = in_words(field)
            title = plain if channel in ends or channel.endswith("2") else _flat(encoding.get("title")) or plain
            kinds.setdefault(field, encoding.get("type", "quantitative"))
            if headers.get(field, plain) == plain:
                headers[field] = title
    if not headers:
        raise CourseError(f"The figure {name!r} computes what it draws, so its table must be given: table=a DataFrame.")
    names = [f for f in headers if kinds[f] in {"nominal", "ordinal", "temporal"}]
    order = names + [f for f in headers if f not in names]
    shown = frame[order].drop_duplicates()
    if len(shown) > MOST:
        raise CourseError(
            f"The figure {name!r} draws {len(shown)} rows: too long for a table to be read. "
            "Give a shorter one: table=a DataFrame that says the same."
        )
    texts = [headers[f] for f in order]
    if len(set(texts)) < len(texts):
        texts = [in_words(f) for f in order]
    return from_frame(shown, headers=texts)


def from_frame(frame: pd.DataFrame, *, headers: Sequence[str] | None = None) -> Rows:
    """Return a frame as rows of text; its index is left out, its numbers are set alike within a column.

    Parameters
    ----------
    frame : DataFrame
        What to show.
    headers : sequence of str, optional
        Headers instead of the columns' names in words.
    """
    titles = list(headers) if headers is not None else [in_words(str(c)) for c in frame.columns]
    columns = [_texts(frame.iloc[:, position], titles[position]) for position in range(frame.shape[1])]
    return [titles, *[list(row) for row in zip(*columns, strict=True)]]


def _flat(title: Any) -> str:
    return " ".join(title) if isinstance(title, list) else title if isinstance(title, str) else ""


def _texts(column: pd.Series, title: str) -> list[str]:
    values = column.tolist()
    present = [v for v in values if not _absent(v)]
    if present and all(isinstance(v, bool) for v in present):
        return [MISSING if _absent(v) else "yes" if v else "no" for v in values]
    if present and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in present):
        decimals = _decimals([float(v) for v in present])
        years = "year" in title.lower() and decimals == 0 and all(1500 <= v <= 2200 for v in present)
        shape = f".{decimals}f" if years else f",.{decimals}f"
        return [MISSING if _absent(v) else _minus(format(float(v), shape)) for v in values]
    return [MISSING if _absent(v) else str(v) for v in values]


def _absent(value: Any) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value)


def _decimals(values: list[float]) -> int:
    """Return the decimals that show a column: as many as it has, and no more than its size can bear."""
    largest = max(abs(v) for v in values)
    most = 0 if largest >= 1000 else 1 if largest >= 20 else 2 if largest >= 0.1 else 4
    return next((d for d in range(most) if all(abs(round(v, d) - v) < 1e-9 for v in values)), most)


def _minus(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}", 1) if text.startswith("-") else text
