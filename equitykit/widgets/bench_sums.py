"""What the measure bench computes: its presets, and every measure of a table by :mod:`equitykit.measures`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from equitykit import measures
from equitykit.errors import CourseError

MEASURES = (
    "difference",
    "ratio",
    "sii",
    "rii",
    "fraction",
    "concentration",
    "disparity",
    "theil",
)
ABSOLUTE = ("difference", "sii")
RATIOS = ("ratio", "rii")
SIGNED_BY_FIGURE = ("difference", "ratio", "fraction", "concentration")  # not by who is worse off
DIRECTIONS = ("wider", "narrower", "same", "none")


def compute(
    rates: Sequence[float], people: Sequence[float], *, harm: bool, out_of: float | None = None
) -> dict[str, float | None]:
    """Return every measure of one table of groups, most deprived first.

    Parameters
    ----------
    rates : sequence of float
        The groups' figures, 0 or more.
    people : sequence of float
        People in each group, above 0.
    harm : bool
        Whether a higher figure is worse.
    out_of : float, optional
        What the figures are out of; the attributable fraction does not depend on it.

    Returns
    -------
    dict
        By the names in ``MEASURES``; None where a measure does not exist for these figures.

    Notes
    -----
    Difference and ratio: most over least deprived group. Slope and relative index: as
    :func:`equitykit.measures.slope_index_of_inequality` has them, above 0 and above 1 where the most deprived end is
    worse off. Attributable fraction: the least deprived group is the reference; in percent. Concentration index:
    without a correction. Index of disparity: groups count alike; in percent. Theil's index: times 1000.
    """
    table = pd.DataFrame({"group": range(1, len(rates) + 1), "rate": map(float, rates), "people": map(float, people)})
    pair: dict[str, Any] = {"value": "rate", "group": "group", "compare": 1, "reference": len(table)}
    spread: dict[str, Any] = {"value": "rate", "population": "people"}
    ordered = {**spread, "order": "group"}
    whole = out_of or max(float(table["rate"].max()), 1.0)
    return {
        "difference": _known(lambda: measures.difference(table, **pair)),
        "ratio": _known(lambda: measures.ratio(table, **pair)),
        "sii": _known(lambda: measures.slope_index_of_inequality(table, **ordered, higher_is_worse=harm)),
        "rii": _known(lambda: measures.relative_index_of_inequality(table, **ordered, higher_is_worse=harm)),
        "fraction": _known(
            lambda: measures.population_attributable_fraction(table, **ordered, higher_is_worse=harm, out_of=whole)
        ),
        "concentration": _known(lambda: measures.concentration_index(table, **ordered)),
        "disparity": _known(lambda: measures.index_of_disparity(table, **spread)),
        "theil": _known(lambda: measures.theil_index(table, **spread)),
    }


def _known(measure: Callable[[], measures.Result]) -> float | None:
    """A measure's estimate, or None where it refuses these figures."""
    try:
        return measure().estimate
    except CourseError:
        return None


def average(rates: Sequence[float], people: Sequence[float]) -> float:
    """Return the average of the groups' figures, weighted by people."""
    return math.fsum(rate * many for rate, many in zip(rates, people, strict=True)) / math.fsum(people)


def away(measure: str, value: float) -> float:
    """Return how far a measure lies from saying that there is no gap: from 0, or from 1 for a ratio."""
    return abs(math.log(value)) if measure in RATIOS else abs(value)


def direction(measure: str, start: float | None, now: float | None, mean: float) -> str:
    """Return what happened to the gap by one measure: "wider", "narrower", "same", or "none" where it is not known.

    Parameters
    ----------
    measure : str
        One of ``MEASURES``.
    start, now : float or None
        Its two values.
    mean : float
        The average at the start: what a rounding error is judged by.
    """
    if start is None or now is None:
        return "none"
    before, after = away(measure, start), away(measure, now)
    if abs(after - before) <= 1e-9 * max(before, after, mean if measure in ABSOLUTE else 1.0):
        return "same"
    return "wider" if after > before else "narrower"


def turned(measure: str, start: float | None, now: float | None, mean: float, *, harms: tuple[bool, bool]) -> bool:
    """Return whether a measure now says that the gap harms the other end.

    Parameters
    ----------
    measure, start, now, mean
        As in :func:`direction`.
    harms : (bool, bool)
        Whether a higher figure is worse, at the start and now.
    """
    if start is None or now is None:
        return False
    none = 1.0 if measure in RATIOS else 0.0
    before, after = start - none, now - none
    if measure in SIGNED_BY_FIGURE and harms[0] != harms[1]:
        after = -after
    return before * after < 0 and min(abs(before), abs(after)) > 1e-9 * (mean if measure in ABSOLUTE else 1.0)


def moved(state: Mapping[str, Any], preset: str) -> list[float]:
    """Return the figures of the starting table after a preset.

    Parameters
    ----------
    state : mapping
        The traits of a :class:`~equitykit.widgets.bench.MeasureBench`.
    preset : str
        The preset's id.
    """
    rates = table_of(state, state["start"])["rates"]
    sign = 1 if state["higher_is"] == "better" else -1
    factor = 1 + sign * state["percent"] / 100
    count = len(rates)
    touched = {
        "percent": range(count),
        "least": [count - 1],
        "most": [0],
        "middle": range(1, count // 2),
    }
    if preset in touched:
        return [rate * factor if place in touched[preset] else rate for place, rate in enumerate(rates)]
    if preset == "points":
        return [rate + sign * state["points"] for rate in rates]
    if preset == "reverse":
        return [state["out_of"] - rate for rate in rates]
    return list(table_of(state, state["compare"])["rates"])


def table_of(state: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return one of the tables that the bench can start from."""
    return next(one for one in state["tables"] if one["name"] == name)


def is_harm(state: Mapping[str, Any], *, at_start: bool = False) -> bool:
    """Return whether a higher figure is worse, now or at the start."""
    return (state["higher_is"] == "worse") != (state["reversed"] and not at_start)
