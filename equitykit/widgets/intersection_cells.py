"""Cells where axes meet: their counts, what a rule hides of them, their rates, and what adding up would give.

The page's script does the same sums in the same order, so that a page and a notebook agree to the last digit.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from equitykit.errors import CourseError

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution, for intervals of 95%."""

Interval = tuple[float, float, float]
"""An estimate and its limits."""


@dataclass
class Cell:
    """One position where the chosen axes meet.

    Attributes
    ----------
    key : str
        The labels of its categories, ``"female, Black"``.
    place : tuple of int
        Which category it has on each chosen axis.
    people, happened : int
        Counts.
    off : list of int
        On which of the chosen axes it is not in the reference position.
    hidden : bool
        Whether the rule hides it.
    rate, difference : Interval or None
        As shares of 1; none where hidden or empty.
    adding, multiplying : float or None
        The rate that its pieces give, where it is off the reference on two axes or more and all pieces are shown.
    departure : Interval or None
        By how much its rate differs from ``adding``.
    """

    key: str
    place: tuple[int, ...]
    people: int = 0
    happened: int = 0
    off: list[int] = field(default_factory=list)
    hidden: bool = False
    rate: Interval | None = None
    difference: Interval | None = None
    adding: float | None = None
    multiplying: float | None = None
    departure: Interval | None = None


def count(df: pd.DataFrame, axes: Sequence[Mapping[str, Any]], outcomes: Sequence[str]) -> list[list[int]]:
    """Return one row for each cell of all axes that holds somebody: its places, people, and count of each outcome."""
    places = {}
    for axis in axes:
        known = {value: place for place, value in enumerate(axis["values"])}
        column = df[axis["key"]]
        if column.isna().any():
            raise CourseError(f"IntersectionExplorer: column '{axis['key']}' has missing values; say what they are.")
        strangers = sorted({str(value) for value in column.unique() if value not in known})
        if strangers:
            raise CourseError(
                f"IntersectionExplorer: column '{axis['key']}' holds {', '.join(strangers)}, "
                f"which is not among its values {', '.join(map(str, axis['values']))}."
            )
        places[axis["key"]] = column.map(known).astype(int)
    for outcome in outcomes:
        if df[outcome].isna().any() or not df[outcome].isin([True, False]).all():
            raise CourseError(f"IntersectionExplorer: column '{outcome}' must be true or false in every row.")
    table = pd.DataFrame({**places, "people": 1, **{one: df[one].astype(int) for one in outcomes}})
    summed = table.groupby([axis["key"] for axis in axes], sort=True).sum().reset_index()
    return [[int(number) for number in row] for row in summed.to_numpy()]


def cells(state: Mapping[str, Any]) -> list[Cell]:
    """Return the cells of a state, in the order of the axes and their categories, with all that may be shown."""
    chosen = [place for place, axis in enumerate(state["frame"]) if axis["key"] in state["axes"]]
    axes = [state["frame"][place] for place in chosen]
    outcome = [one["key"] for one in state["outcomes"]].index(state["outcome"])
    made: dict[tuple[int, ...], Cell] = {}
    for place in itertools.product(*(range(len(axis["labels"])) for axis in axes)):
        key = ", ".join(axis["labels"][at] for axis, at in zip(axes, place, strict=True))
        off = [number for number, (axis, at) in enumerate(zip(axes, place, strict=True)) if at != axis["reference"]]
        made[place] = Cell(key=key, place=place, off=off)
    size = len(state["frame"])
    for row in state["counts"]:
        cell = made[tuple(row[place] for place in chosen)]
        cell.people += row[size]
        cell.happened += row[size + 1 + outcome]
    everyone = list(made.values())
    hide(everyone, state["hide_up_to"], secondary=state["secondary"])
    for cell in everyone:
        if cell.people and not cell.hidden:
            cell.rate = wilson(cell.happened, cell.people)
    start = tuple(axis["reference"] for axis in axes)
    for cell in everyone:
        _compare(cell, made, start)
    return everyone


def hide(everyone: Sequence[Cell], up_to: int, *, secondary: bool) -> None:
    """Hide cells with a count of 1 to ``up_to``, and further ones from which a total would give them away.

    The counts are the people in the cell, those to whom the outcome happened and those to whom it did not. A line is
    the cells that differ on one axis alone: a view with one axis fewer shows its total.
    """
    for cell in everyone:
        parts = (cell.people, cell.happened, cell.people - cell.happened)
        cell.hidden = any(1 <= part <= up_to for part in parts)
    if not secondary or not up_to:
        return
    axes = len(everyone[0].place)
    lines: dict[tuple[int, ...], list[Cell]] = {}
    for axis in range(axes):
        for cell in everyone:
            lines.setdefault((axis, *cell.place[:axis], -1, *cell.place[axis + 1 :]), []).append(cell)
    changed = True
    while changed:
        changed = False
        for line in lines.values():
            while _given_away([cell.people for cell in line if cell.hidden]):
                open_cells = [cell for cell in line if cell.people and not cell.hidden]
                if not open_cells:
                    break
                min(open_cells, key=lambda cell: cell.people).hidden = True
                changed = True


def _given_away(hidden: Sequence[int]) -> bool:
    """Whether a total fixes the counts hidden under it: one alone, or one person each."""
    return len(hidden) == 1 or (len(hidden) > 0 and sum(hidden) == len(hidden))


def wilson(happened: int, people: int) -> Interval:
    """Return a proportion and its 95% Wilson score interval."""
    share = happened / people
    below = 1 + Z * Z / people
    middle = (share + Z * Z / (2 * people)) / below
    half = Z * math.sqrt(share * (1 - share) / people + Z * Z / (4 * people * people)) / below
    return share, max(0.0, middle - half), min(1.0, middle + half)


def combine(terms: Sequence[tuple[int, Interval]]) -> Interval:
    """Return a sum of independent proportions, each times a whole number, with its interval.

    Newcombe's way of squaring and adding (Statistics in Medicine 1998;17:873-890), for more than two terms.
    """
    estimate = sum(times * rate for times, (rate, _, _) in terms)
    low = high = 0.0
    for times, (rate, bottom, top) in terms:
        down = times * (rate - bottom) if times > 0 else times * (rate - top)
        up = times * (top - rate) if times > 0 else times * (bottom - rate)
        low, high = low + down * down, high + up * up
    return estimate, estimate - math.sqrt(low), estimate + math.sqrt(high)


def _compare(cell: Cell, made: Mapping[tuple[int, ...], Cell], start: tuple[int, ...]) -> None:
    """Set a cell beside the reference, and beside what its pieces add and multiply up to."""
    reference = made[start].rate
    if reference is None or cell.rate is None:
        return
    if cell.off:
        cell.difference = combine([(1, cell.rate), (-1, reference)])
    if len(cell.off) < 2:
        return
    pieces = [made[piece(cell, axis, start)].rate for axis in cell.off]
    shown = [rate for rate in pieces if rate is not None]
    if len(shown) < len(pieces):
        return
    spare = len(pieces) - 1
    cell.adding = sum(rate[0] for rate in shown) - spare * reference[0]
    cell.departure = combine([(1, cell.rate), *((-1, rate) for rate in shown), (spare, reference)])
    if reference[0] > 0:
        cell.multiplying = math.prod(rate[0] for rate in shown) / reference[0] ** spare


def piece(cell: Cell, axis: int, start: tuple[int, ...]) -> tuple[int, ...]:
    """Return the place that differs from the reference as this cell does, on one axis alone."""
    return (*start[:axis], cell.place[axis], *start[axis + 1 :])


def right_pick(everyone: Sequence[Cell]) -> float | None:
    """Return how often the cell tells who of two people had the outcome: 0.5 is a coin, 1 is always.

    The area under the curve of the cells' own rates, over all people; none where everybody or nobody had it.
    """
    filled = [cell for cell in everyone if cell.people]
    yes = sum(cell.happened for cell in filled)
    no = sum(cell.people for cell in filled) - yes
    if not yes or not no:
        return None
    won = 0.0
    for one in filled:
        for other in filled:
            ours, theirs = one.happened * other.people, other.happened * one.people
            point = 1 if ours > theirs else 0.5 if ours == theirs else 0
            won += one.happened * (other.people - other.happened) * point
    return won / (yes * no)
