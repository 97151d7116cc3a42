"""A measure along an ordered scale, such as deciles of deprivation."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from equitykit.charts.theme import CATEGORY, PAPER
from equitykit.errors import CourseError

SHAPES = ["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"]
"""A shape for each series, so that colour never tells them apart alone."""


def deciles(
    frame: pd.DataFrame,
    *,
    y: str,
    y_title: str,
    x: str = "decile",
    x_title: str = "Deprivation decile (1 = most deprived, 10 = least deprived)",
    low: str | None = None,
    high: str | None = None,
    series: str | None = None,
    domain: tuple[float, float] | None = None,
    height: int = 340,
) -> alt.LayerChart:
    """Return a chart of one value for each step of an ordered scale: points, their line, their intervals.

    Each series is named at its own line, in its own colour and shape; there is no legend to look up.

    Parameters
    ----------
    frame : DataFrame
        One row for each step (and series).
    y, x : str
        Columns: the value, and the step as a whole number.
    y_title, x_title : str
        What the axes show, with the unit.
    low, high : str, optional
        Columns of the interval's ends, drawn as a bar behind each point.
    series : str, optional
        Column that tells the lines apart; at most six.
    domain : pair of float, optional
        Ends of the y axis. Left out, they hug the data: a gradient is about differences, not about nought.
    height : int, optional
        Height in pixels.

    Raises
    ------
    CourseError
        If a column is missing, or there are more than six series.
    """
    require(frame, [x, y, *filter(None, [low, high, series])])
    names = list(dict.fromkeys(frame[series])) if series else []
    if len(names) > len(CATEGORY):
        raise CourseError(f"The column {series!r} holds {len(names)} series: a chart can tell six apart. Choose some.")
    scale = alt.Scale(domain=list(domain or _room(frame[[y, *filter(None, [low, high])]])), nice=domain is None)
    steps = sorted(frame[x].dropna().unique().tolist())
    across = alt.X(f"{x}:O", title=x_title, scale=alt.Scale(domain=steps, padding=0.35))
    up = alt.Y(f"{y}:Q", title=y_title, scale=scale)
    colour: Any = (
        alt.Color(f"{series}:N", scale=alt.Scale(domain=names, range=CATEGORY[: len(names)]), legend=None)
        if series
        else alt.value(CATEGORY[0])
    )
    shape: Any = (
        alt.Shape(f"{series}:N", scale=alt.Scale(domain=names, range=SHAPES[: len(names)]), legend=None)
        if series
        else alt.value("circle")
    )
    base = alt.Chart(frame).encode(x=across, color=colour)
    layers: list[alt.Chart] = []
    if low and high:
        bottom = alt.Y(f"{low}:Q", title=y_title, scale=scale)
        layers.append(base.mark_rule(strokeWidth=7, opacity=0.3, strokeCap="round").encode(y=bottom, y2=f"{high}:Q"))
    layers.append(base.mark_line(strokeWidth=2).encode(y=up))
    layers.append(base.mark_point(size=100, stroke=PAPER, strokeWidth=1.5).encode(y=up, shape=shape))
    for name in names:
        layers.append(_named(frame, name, series=str(series), x=x, y=y, low=low, high=high, steps=steps, base=base))
    return alt.LayerChart(layer=layers).properties(height=height)


def _named(
    frame: pd.DataFrame,
    name: Any,
    *,
    series: str,
    x: str,
    y: str,
    low: str | None,
    high: str | None,
    steps: list[Any],
    base: alt.Chart,
) -> alt.Chart:
    """Write a series's name at the end of its line, on the side that its slope leaves free."""
    line = frame[frame[series] == name].sort_values(x)
    rising = len(line) < 2 or line[y].iloc[-1] >= line[y].iloc[-2]
    at = (high if rising else low) or y
    if pd.isna(line[at].iloc[-1]):
        at = y
    last = f"datum[{series!r}] === {str(name)!r} && datum[{x!r}] === {line[x].iloc[-1]}"
    return (
        base.transform_filter(last)
        .mark_text(align="right", dx=10, dy=-14 if rising else 16, fontSize=14, fontWeight=600)
        .encode(y=f"{at}:Q", text=f"{series}:N")
    )


def _room(values: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of an axis that hugs the data and leaves room for a name above it."""
    least, most = float(values.min().min()), float(values.max().max())
    span = (most - least) or abs(most) or 1.0
    return least - 0.04 * span, most + 0.12 * span


def require(frame: pd.DataFrame, columns: list[str]) -> None:
    """Raise where a column that a chart needs is not in its frame."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        has = ", ".join(map(str, frame.columns))
        raise CourseError(f"The chart needs the column {missing[0]!r}, which the data lacks. It has: {has}.")
