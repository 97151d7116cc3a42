"""The stepwise explorer: add one adjustment at a time, and see what a story told at each step would claim."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import traitlets

from equitykit.errors import CourseError
from equitykit.widgets.base import Interactive
from equitykit.widgets.stepwise_series import COLUMNS, listed, read
from equitykit.widgets.stepwise_texts import CLOSING, OUTCOMES, READINGS, SPECIAL, STEPS

TABLE_HEAD = [
    "Ethnic group as recorded",
    "Hazard ratio (95% confidence interval)",
    "At the step before",
    "Events",
    "People",
]
PREDICTIONS = ("towards", "away", "across", "shown")
_STEP_FIELDS = ("model", "title", "kind", "added", "compares", "stop_here", "structure", "remains")
_KINDS = ("start", "confounder", "pathway")


class StepwiseAdjustment(Interactive):
    """Estimates by ethnic group as adjustments are added one by one, each predicted before it is shown.

    Parameters
    ----------
    df : pandas.DataFrame
        Dataset ``covid-ethnicity-stepwise``: one row an outcome, grouping, ethnic group and model, with
        ``hazard_ratio``, ``low``, ``high``, ``events``, ``people`` (missing where the source suppressed or did
        not publish them) and ``reference``. ``df.attrs["dataset"]`` names the source.
    name : str
        Stable id in the page.
    outcome, grouping, focus : str, optional
        What is shown first; the first of each in the table by default, and the first group that is not the reference.
    step : int
        How many adjustments are shown at first, 0 for the first model.
    steps : sequence of mapping, optional
        The models in their order, each with ``model``, ``title``, ``kind`` ("start", "confounder" or "pathway"),
        ``added``, ``compares``, ``stop_here`` (one text, or one for each of "above", "unclear", "below": how the
        interval in focus stands to 1), ``structure`` and ``remains``.
    outcomes : sequence of mapping, optional
        For each outcome to offer, in order: ``outcome`` as in the table, ``label``, ``doing``, ``note``.
    closing : str, optional
        What to take from the steps together, shown at the last one.
    source : mapping, optional
        ``source``, ``source_url``, ``licence``, where the table does not carry them.
    label : str
        Accessible name.

    Attributes
    ----------
    predictions : dict of str to str
        By ``"outcome / grouping / group / model"``: "towards", "away", "across", or "shown" without a prediction.

    Raises
    ------
    CourseError
        When the table or a text lacks something, naming what and where.
    """

    module = "stepwise"

    step = traitlets.Int(0).tag(sync=True)
    outcome = traitlets.Unicode("").tag(sync=True)
    grouping = traitlets.Unicode("").tag(sync=True)
    focus = traitlets.Unicode("").tag(sync=True)
    predictions = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Enum(PREDICTIONS)).tag(sync=True)
    steps = traitlets.List(traitlets.Dict()).tag(sync=True)
    outcomes = traitlets.List(traitlets.Dict()).tag(sync=True)
    special = traitlets.Dict().tag(sync=True)
    closing = traitlets.Unicode("").tag(sync=True)
    series = traitlets.Dict().tag(sync=True)
    source = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        df: pd.DataFrame,
        *,
        name: str,
        outcome: str | None = None,
        grouping: str | None = None,
        focus: str | None = None,
        step: int = 0,
        steps: Sequence[Mapping[str, Any]] | None = None,
        outcomes: Sequence[Mapping[str, str]] | None = None,
        closing: str = CLOSING,
        source: Mapping[str, str] | None = None,
        label: str = "Add one adjustment at a time",
    ) -> None:
        missing = [column for column in COLUMNS if column not in df.columns]
        if missing:
            raise CourseError(
                f"StepwiseAdjustment: the table has no column {listed(missing)}; "
                'load it with equitykit.data.load("covid-ethnicity-stepwise").'
            )
        wording = _steps(STEPS if steps is None else steps)
        offered = _outcomes(df, outcomes)
        series = read(df, [one["outcome"] for one in offered], [one["model"] for one in wording])
        outcome = _one_of("outcome", outcome, list(series))
        grouping = _one_of("grouping", grouping, list(series[outcome]))
        groups = [group["group"] for group in series[outcome][grouping]]
        others = [group["group"] for group in series[outcome][grouping] if not group["reference"]]
        focus = _one_of("focus", focus, groups, default=(others or groups)[0])
        if not 0 <= step < len(wording):
            raise CourseError(f"StepwiseAdjustment: step is {step}; use 0 to {len(wording) - 1}.")
        state = {
            "step": step,
            "outcome": outcome,
            "grouping": grouping,
            "focus": focus,
            "steps": wording,
            "outcomes": offered,
            "special": dict(SPECIAL),
            "closing": closing,
            "series": series,
            "source": _source(df, source),
        }
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)

    @traitlets.observe("step", "outcome", "grouping", "focus")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python, whether or not a page shows it."""
        if not self.series:
            return
        groups = self.series[self.outcome][self.grouping]
        if self.focus not in {group["group"] for group in groups}:
            self.focus = next((group["group"] for group in groups if not group["reference"]), groups[0]["group"])
            return
        state = self.state()
        self.words, self.table = words(state), table(state)

    @traitlets.validate("step")
    def _step_exists(self, proposal: dict[str, Any]) -> int:
        if not 0 <= proposal["value"] < len(self.steps):
            raise CourseError(f"StepwiseAdjustment: step is {proposal['value']}; use 0 to {len(self.steps) - 1}.")
        return proposal["value"]

    @traitlets.validate("outcome")
    def _outcome_exists(self, proposal: dict[str, Any]) -> str:
        return _one_of("outcome", proposal["value"], list(self.series))

    @traitlets.validate("grouping")
    def _grouping_exists(self, proposal: dict[str, Any]) -> str:
        return _one_of("grouping", proposal["value"], list(self.series[self.outcome]))

    @traitlets.validate("focus")
    def _focus_exists(self, proposal: dict[str, Any]) -> str:
        known = [group["group"] for groups in self.series[self.outcome].values() for group in groups]
        return _one_of("focus", proposal["value"], known)


def words(state: Mapping[str, Any]) -> str:
    """Return a state in words, as the page's script says it.

    Parameters
    ----------
    state : mapping
        The traits of a :class:`StepwiseAdjustment`.
    """
    groups, focus = _here(state)
    step, number = state["steps"][state["step"]], state["step"]
    outcome = next(one for one in state["outcomes"] if one["outcome"] == state["outcome"])
    reference = next(group["group"] for group in groups if group["reference"])
    ratios = "; ".join(
        f"{group['group']} {estimate(group['values'][number], ' to ')}" for group in groups if not group["reference"]
    )
    parts = [
        f"{outcome['label']}, {state['grouping']}. Step {number + 1} of {len(state['steps'])}: {step['title']}. "
        f"Added: {step['added']}. {step['compares']}",
        f"Hazard ratios, with {reference} fixed at 1: {ratios}.",
    ]
    if number and not focus["reference"]:
        parts.append(moved(focus["group"], focus["values"][number - 1], focus["values"][number]))
    parts += [
        f"If you stopped here, you might wrongly conclude {stop_here(state)}",
        f"What this step does. {step['structure']}",
        f"What the estimate still contains. {step['remains']}",
    ]
    return " ".join(parts)


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return what a state shows as rows, in the source's order, as the page's script writes them.

    Parameters
    ----------
    state : mapping
        The traits of a :class:`StepwiseAdjustment`.
    """
    groups, _ = _here(state)
    number = state["step"]
    rows = [list(TABLE_HEAD)]
    for group in groups:
        if group["reference"]:
            now = before = "1 (reference)"
        else:
            now = estimate(group["values"][number], "–")
            before = estimate(group["values"][number - 1], "–") if number else ""
        rows.append(
            [
                group["group"],
                now,
                before if number else "–",
                _count(group["events"], "suppressed in the source"),
                _count(group["people"], "not published"),
            ]
        )
    return rows


def estimate(value: Sequence[float] | None, dash: str) -> str:
    """Return "1.85 (1.71–2.01)" with the given dash, or that there is none."""
    if value is None:
        return "not published"
    ratio, low, high = value
    return f"{ratio:.2f} ({low:.2f}{dash}{high:.2f})"


def movement(before: float, after: float) -> str:
    """Return how an estimate moved: "towards" 1, "away" from it, "across" it, or "still".

    Distances are on the log scale, on which a half is as far from 1 as a double.
    """
    if before == after:
        return "still"
    if (before - 1) * (after - 1) < 0:
        return "across"
    return "towards" if abs(math.log(after)) < abs(math.log(before)) else "away"


def moved(group: str, before: Sequence[float] | None, after: Sequence[float] | None) -> str:
    """Return one sentence on how a group's estimate moved from one step to the next."""
    if before is None or after is None:
        return f"{group}: the source publishes no estimate to compare."
    how = {
        "towards": "towards 1",
        "away": "further from 1",
        "across": "across 1",
        "still": "nowhere, to two decimals",
    }
    return f"{group} moved {how[movement(before[0], after[0])]}: from {before[0]:.2f} to {after[0]:.2f}."


def stop_here(state: Mapping[str, Any]) -> str:
    """Return what a reader who stopped at this step might wrongly conclude about the group in focus."""
    groups, focus = _here(state)
    step, value = state["steps"][state["step"]], focus["values"][state["step"]]
    if focus["reference"]:
        text = state["special"]["reference"]
    elif focus["unrecorded"]:
        text = state["special"]["unrecorded"]
    elif value is None:
        text = state["special"]["missing"]
    else:
        reading = "above" if value[1] > 1 else "below" if value[2] < 1 else "unclear"
        text = step["stop_here"][reading]
    outcome = next(one for one in state["outcomes"] if one["outcome"] == state["outcome"])
    reference = next(group["group"] for group in groups if group["reference"])
    return (
        text.replace("{group}", f"people recorded as {focus['group']}")
        .replace("{reference}", f"people recorded as {reference}")
        .replace("{outcome}", outcome["doing"])
    )


def _here(state: Mapping[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    groups = state["series"][state["outcome"]][state["grouping"]]
    return groups, next(group for group in groups if group["group"] == state["focus"])


def _count(value: int | None, otherwise: str) -> str:
    return otherwise if value is None else f"{value:,}"


def _one_of(what: str, value: str | None, known: list[str], *, default: str | None = None) -> str:
    if value is None:
        return default if default is not None else known[0]
    if value not in known:
        raise CourseError(f"StepwiseAdjustment: {what} {value!r} is not in the table; use one of {listed(known)}.")
    return value


def _steps(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps with one text for each reading, or refuse them."""
    made = []
    if len(given) < 2:
        raise CourseError(f"StepwiseAdjustment: steps has {len(given)}; it takes at least two to compare.")
    for number, step in enumerate(given, start=1):
        where = f"StepwiseAdjustment: step {number} ({step.get('model', 'no model named')})"
        absent = [field for field in _STEP_FIELDS if not step.get(field)]
        if absent:
            raise CourseError(f"{where} lacks {listed(absent)}.")
        if step["kind"] not in _KINDS:
            raise CourseError(f"{where} has kind {step['kind']!r}; use one of {listed(_KINDS)}.")
        stop = step["stop_here"]
        stop = dict.fromkeys(READINGS, stop) if isinstance(stop, str) else dict(stop)
        untold = [reading for reading in READINGS if not stop.get(reading)]
        if untold:
            raise CourseError(f"{where}: stop_here has no text for {listed(untold)}.")
        made.append({**{field: step[field] for field in _STEP_FIELDS}, "stop_here": stop})
    return made


def _outcomes(df: pd.DataFrame, given: Sequence[Mapping[str, str]] | None) -> list[dict[str, str]]:
    """Return the outcomes to offer; without any given, the table's, in the order of the course's words."""
    present = list(dict.fromkeys(df["outcome"].astype(str)))
    if given is None:
        untold = [one for one in present if one not in {known["outcome"] for known in OUTCOMES}]
        if untold:
            raise CourseError(
                f"StepwiseAdjustment: there are no words for the outcome {listed(untold)}; pass outcomes=[...]."
            )
        return [dict(one) for one in OUTCOMES if one["outcome"] in present]
    for one in given:
        absent = [field for field in ("outcome", "label", "doing", "note") if not one.get(field)]
        if absent:
            raise CourseError(f"StepwiseAdjustment: an outcome lacks {listed(absent)}: {dict(one)}.")
        _one_of("outcome", one["outcome"], present)
    return [dict(one) for one in given]


def _source(df: pd.DataFrame, given: Mapping[str, str] | None) -> dict[str, str]:
    found = given if given is not None else df.attrs.get("dataset") or {}
    made = {field: str(found.get(field, "")) for field in ("source", "source_url", "licence", "geography", "period")}
    if not made["source"]:
        raise CourseError(
            "StepwiseAdjustment: the table does not say its source; "
            'load it with equitykit.data.load("covid-ethnicity-stepwise") or pass source={"source": ...}.'
        )
    return made
