"""An estimate and its interval for each group, against a line of reference."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from equitykit.charts.gradients import SHAPES, require
from equitykit.charts.labels import LINE, most_lines
from equitykit.charts.theme import CATEGORY, INK, MUTED, PAPER
from equitykit.errors import CourseError

_LADDERS = [
    [round(0.05 * step, 2) for step in range(1, 60)],
    [round(0.1 * step, 1) for step in range(1, 60)],
    [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3],
    [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4],
    [0.25, 0.5, 1, 2, 4, 8],
    [0.01, 0.1, 1, 10, 100],
]
_ROW = 48


def interval_dots(
    frame: pd.DataFrame,
    *,
    estimate: str,
    low: str,
    high: str,
    group: str,
    title: str,
    series: str | None = None,
    reference: float | None = 1,
    reference_label: str = "",
    log: bool = True,
    values: bool = True,
    decimals: int = 2,
) -> alt.LayerChart:
    """Return a chart with one row for each group: a point for the estimate, a bar for its interval.

    Groups keep the order of the frame: the chart does not rank them.

    Parameters
    ----------
    frame : DataFrame
        One row for each group (and series). A row without an interval, such as the group that the others are
        compared with, is drawn as a hollow point.
    estimate, low, high, group : str
        Columns.
    title : str
        What the estimates are, with the group that they are compared with.
    series : str, optional
        Column that tells several estimates of one group apart; at most six.
    reference : float, optional
        Where to draw the line that the estimates are read against; ``None`` for no line.
    reference_label : str, optional
        What the line means, in a few words, written at its top.
    log : bool, optional
        Draw ratios on a logarithmic scale, where half and double are as far from one.
    values : bool, optional
        Write each estimate above its point (only without `series`).
    decimals : int, optional
        Decimals of the values written.

    Raises
    ------
    CourseError
        If a column is missing, there are more than six series, or a value cannot be drawn on a logarithmic scale.
    """
    require(frame, [estimate, low, high, group, *([series] if series else [])])
    if log and (frame[[estimate, low, high]].min(skipna=True) <= 0).any():
        raise CourseError(f"A value in {estimate!r}, {low!r} or {high!r} is not above zero: use log=False.")
    names = list(dict.fromkeys(frame[group]))
    kinds = list(dict.fromkeys(frame[series])) if series else []
    if len(kinds) > len(CATEGORY):
        raise CourseError(f"The column {series!r} holds {len(kinds)} series: a chart can tell six apart. Choose some.")
    scale = alt.Scale(type="log", nice=False, padding=14) if log else alt.Scale(zero=False, padding=14)
    axis = alt.Axis(values=_ticks(frame, low, high, estimate, reference), format="~g", grid=True) if log else alt.Axis()
    across = alt.X(f"{estimate}:Q", title=title, scale=scale, axis=axis)
    rows = alt.Y(f"{group}:N", sort=names, title=None, axis=alt.Axis(grid=True))
    base = alt.Chart(frame).encode(y=rows)
    if series:
        legend = alt.Legend(title=None, symbolOpacity=1, offset=30 if reference_label else 12)
        colours = alt.Scale(domain=kinds, range=CATEGORY[: len(kinds)])
        base = base.encode(
            yOffset=alt.YOffset(f"{series}:N", sort=kinds),
            color=alt.Color(f"{series}:N", sort=kinds, legend=legend, scale=colours),
        )
    else:
        base = base.encode(color=alt.value(CATEGORY[0]))
    layers: list[Any] = []
    if reference is not None:
        layers += _line(reference, reference_label, right=_right_half(frame[[low, high, estimate]], reference, log))
    measured = f"isValid(datum[{low!r}]) && isValid(datum[{high!r}]) && datum[{low!r}] < datum[{high!r}]"
    layers.append(
        base.transform_filter(measured)
        .mark_rule(strokeWidth=7, opacity=0.35, strokeCap="round")
        .encode(x=alt.X(f"{low}:Q", title=title, scale=scale, axis=axis), x2=f"{high}:Q")
    )
    shape: Any = alt.value("circle")
    if series:
        shapes = alt.Scale(domain=kinds, range=SHAPES[: len(kinds)])
        shape = alt.Shape(f"{series}:N", sort=kinds, legend=legend, scale=shapes)
    layers.append(
        base.transform_filter(measured)
        .mark_point(size=120, stroke=PAPER, strokeWidth=1.5)
        .encode(x=across, shape=shape)
    )
    layers.append(
        base.transform_filter(f"!({measured})")
        .mark_point(size=120, filled=False, fill=PAPER, strokeWidth=2.5)
        .encode(x=across)
    )
    if values and not series:
        written = base.transform_filter(measured).encode(
            x=across, text=alt.Text(f"{estimate}:Q", format=f".{decimals}f")
        )
        above: dict[str, Any] = {"dy": -17, "fontSize": 13, "fontWeight": 600}
        layers.append(written.mark_text(**above, stroke=PAPER, strokeWidth=5).encode(color=alt.value(PAPER)))
        layers.append(written.mark_text(**above).encode(color=alt.value(INK)))
    step = max(_ROW, LINE * most_lines(names) + 14, 22 * len(kinds) + 14 if series else 0)
    return alt.LayerChart(layer=layers).properties(height=len(names) * step + 76 + (34 if series else 0))


def _line(at: float, label: str, *, right: bool) -> list[alt.Chart]:
    here = alt.Chart(alt.InlineData(values=[{"at": at}])).encode(x=alt.X("at:Q", title=None))
    drawn = [here.mark_rule(color=MUTED, strokeDash=[4, 4])]
    if label:
        side: dict[str, Any] = {"align": "right", "dx": 4} if right else {"align": "left", "dx": -4}
        drawn.append(
            here.mark_text(**side, baseline="bottom", dy=-6, color=MUTED).encode(y=alt.value(0), text=alt.value(label))
        )
    return drawn


def _right_half(values: pd.DataFrame, at: float, log: bool) -> bool:
    """Say whether a value lies in the right half of the chart, so that its label has room on the left."""
    ends = [float(values.min().min()), at, float(values.max().max())]
    least, here, most = (math.log(end) for end in ends) if log else ends
    return here - min(least, here) > max(most, here) - here


def _ticks(frame: pd.DataFrame, low: str, high: str, estimate: str, reference: float | None) -> list[float]:
    """Return the round numbers at which a logarithmic axis is read: the closest set of at most six."""
    values = frame[[low, high, estimate]]
    least, most = float(values.min().min()), float(values.max().max())
    if reference is not None:
        least, most = min(least, reference), max(most, reference)
    for steps in _LADDERS:
        inside = [step for step in steps if least * 0.97 <= step <= most * 1.03]
        if len(inside) <= 6:
            return inside or [1]
    return [10.0**power for power in range(-4, 5)]
