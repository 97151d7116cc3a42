"""The intersection explorer: choose axes, see where they meet, predict a cell, and what a cell does not tell."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd
import traitlets

from equitykit.errors import CourseError
from equitykit.widgets.base import Interactive, words_html
from equitykit.widgets.intersection_cells import cells, count
from equitykit.widgets.intersection_spread import variance_between
from equitykit.widgets.intersection_texts import ABSENT, AXES, OUTCOMES
from equitykit.widgets.intersection_words import listed, table, view_key, words

MOST = 3
"""How many axes may meet."""
PERSONS = math.pi**2 / 3
"""The variance of the standard logistic distribution, which stands for the persons in a cell."""


class IntersectionExplorer(Interactive):
    """Rates where one to three axes meet, with intervals, suppression, and what they do not say about a person.

    Parameters
    ----------
    df : pandas.DataFrame
        Dataset ``synthetic-intersections``, or one with its columns: one row a person. The page gets counts of the
        cells, not rows. ``df.attrs["dataset"]`` names the source and says whether it is synthetic. Do not pass real
        people: the page carries the counts of every cell, also of those that it hides.
    name : str
        Stable id in the page.
    axes : sequence of str
        The columns that meet at first, one to three.
    outcome : str
        ``"difficulty_getting_appointment"`` or ``"good_health"``.
    focus : mapping, optional
        The cell that is read at first: for each axis its value, ``{"sex": "female", "ethnic_group": "Black"}``.
        A cell that is off the reference on every axis, unless given.
    show : {"rate", "difference"}
        Rates, or differences from the reference cell.
    hide_up_to : int
        Cells with a count of 1 to this many are suppressed; 0 suppresses none.
    secondary : bool
        Whether further cells are suppressed from which a total would give a suppressed one away.
    label : str
        Accessible name.

    Attributes
    ----------
    predictions : dict
        By ``"outcome / axis + axis"``: ``{"cell": ..., "said": "more", "less", "unclear" or "shown"}``.

    Raises
    ------
    CourseError
        When the table lacks something, or a start state is not there.
    """

    module = "intersection"

    axes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    outcome = traitlets.Unicode("").tag(sync=True)
    focus = traitlets.Unicode("").tag(sync=True)
    show = traitlets.Enum(("rate", "difference"), "rate").tag(sync=True)
    hide_up_to = traitlets.Int(7).tag(sync=True)
    secondary = traitlets.Bool(True).tag(sync=True)
    predictions = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Dict()).tag(sync=True)
    frame = traitlets.List(traitlets.Dict()).tag(sync=True)
    outcomes = traitlets.List(traitlets.Dict()).tag(sync=True)
    counts = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)
    between = traitlets.Dict().tag(sync=True)
    absent = traitlets.Unicode("").tag(sync=True)
    source = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        df: pd.DataFrame,
        name: str = "intersection-explorer",
        *,
        axes: Sequence[str] = ("sex", "ethnic_group"),
        outcome: str = "difficulty_getting_appointment",
        focus: Mapping[str, Any] | None = None,
        show: str = "rate",
        hide_up_to: int = 7,
        secondary: bool = True,
        label: str = "Where axes meet",
    ) -> None:
        needed = [axis["key"] for axis in AXES] + [one["key"] for one in OUTCOMES]
        missing = [column for column in needed if column not in df.columns]
        if missing:
            raise CourseError(
                f"IntersectionExplorer: the table has no column {', '.join(missing)}; "
                'load it with equitykit.data.load("synthetic-intersections").'
            )
        counts = count(df, AXES, [one["key"] for one in OUTCOMES])
        state: dict[str, Any] = {
            "axes": _chosen(axes, AXES),
            "outcome": _outcome(outcome),
            "show": show,
            "hide_up_to": _rule(hide_up_to),
            "secondary": secondary,
            "predictions": {},
            "frame": [{field: axis[field] for field in axis if field != "values"} for axis in AXES],
            "outcomes": [dict(one) for one in OUTCOMES],
            "counts": counts,
            "between": _between(tuple(tuple(row) for row in counts)),
            "absent": ABSENT,
            "source": _source(df),
        }
        state["focus"] = default_focus(state) if focus is None else _named(focus, state)
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)

    def still(self) -> str:
        """Return HTML that says the same without a script; with no prediction to wait for, every cell is told."""
        state = self.state()
        told = {**state, "predictions": {view_key(state): {"cell": self.focus, "said": "shown"}}}
        return words_html(words(told), table(told), caption=self.label)

    @traitlets.observe("axes", "outcome", "focus", "show", "hide_up_to", "secondary", "predictions")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python, whether or not a page shows it."""
        if not self.counts:
            return
        state = self.state()
        if self.focus not in {cell.key for cell in cells(state)}:
            self.focus = default_focus(state)
            return
        self.words, self.table = words(state), table(state)

    @traitlets.validate("axes")
    def _axes_exist(self, proposal: dict[str, Any]) -> list[str]:
        return _chosen(proposal["value"], AXES)

    @traitlets.validate("outcome")
    def _outcome_exists(self, proposal: dict[str, Any]) -> str:
        return _outcome(proposal["value"])

    @traitlets.validate("hide_up_to")
    def _rule_holds(self, proposal: dict[str, Any]) -> int:
        return _rule(proposal["value"])


def default_focus(state: Mapping[str, Any]) -> str:
    """Return the cell to read first: the axes' own, or where that is not shown, the fullest off most references."""
    first = ", ".join(axis["labels"][axis["first"]] for axis in state["frame"] if axis["key"] in state["axes"])
    if any(cell.key == first and cell.rate is not None for cell in cells(state)):
        return first
    open_cells = [cell for cell in cells(state) if cell.rate is not None] or cells(state)
    most = max(len(cell.off) for cell in open_cells)
    return max((cell for cell in open_cells if len(cell.off) == most), key=lambda cell: cell.people).key


def _chosen(axes: Sequence[str], frame: Sequence[Mapping[str, Any]]) -> list[str]:
    known = [axis["key"] for axis in frame]
    strangers = [axis for axis in axes if axis not in known]
    if strangers:
        raise CourseError(f"IntersectionExplorer: there is no axis {listed(strangers)}; use {listed(known)}.")
    if not 1 <= len(set(axes)) == len(axes) <= MOST:
        raise CourseError(f"IntersectionExplorer: axes is {list(axes)}; choose one to {MOST}, each once.")
    return [axis for axis in known if axis in axes]


def _outcome(outcome: str) -> str:
    known = [one["key"] for one in OUTCOMES]
    if outcome not in known:
        raise CourseError(f"IntersectionExplorer: there is no outcome {outcome!r}; use {listed(known)}.")
    return outcome


def _rule(up_to: int) -> int:
    if not 0 <= up_to <= 50:
        raise CourseError(f"IntersectionExplorer: hide_up_to is {up_to}; use 0 (hide none) to 50.")
    return up_to


def _named(focus: Mapping[str, Any], state: Mapping[str, Any]) -> str:
    labels = []
    for axis in AXES:
        if axis["key"] not in state["axes"]:
            continue
        value = focus.get(axis["key"])
        if value not in axis["values"]:
            raise CourseError(
                f"IntersectionExplorer: focus has {value!r} for {axis['key']}; "
                f"use one of {', '.join(map(repr, axis['values']))}."
            )
        labels.append(axis["labels"][axis["values"].index(value)])
    return ", ".join(labels)


def _source(df: pd.DataFrame) -> dict[str, Any]:
    found = df.attrs.get("dataset") or {}
    if not found.get("source"):
        raise CourseError(
            "IntersectionExplorer: the table does not say its source; "
            'load it with equitykit.data.load("synthetic-intersections").'
        )
    made: dict[str, Any] = {field: str(found.get(field, "")) for field in ("source", "source_url", "licence")}
    return {**made, "synthetic": bool(found.get("synthetic"))}


@cache
def _between(counts: tuple[tuple[int, ...], ...]) -> dict[str, dict[str, float]]:
    """Return the share of variation between cells, in percent, for each outcome and each choice of axes."""
    names = [axis["key"] for axis in AXES]
    table = pd.DataFrame(counts, columns=[*names, "people", *(one["key"] for one in OUTCOMES)])
    made: dict[str, dict[str, float]] = {one["key"]: {} for one in OUTCOMES}
    for number in range(1, MOST + 1):
        for axes in itertools.combinations(names, number):
            summed = table.groupby(list(axes)).sum()
            for outcome in made:
                variance = variance_between(summed["people"], summed[outcome])
                made[outcome][" + ".join(axes)] = round(100 * variance / (variance + PERSONS), 2)
    return made
