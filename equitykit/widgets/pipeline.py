"""The pipeline simulator: equal people, five gates, and what small ratios become when they are multiplied."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import traitlets

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets.base import Interactive
from equitykit.widgets.pipeline_texts import ASSUMED, CALLBACKS, DEFICIT, GATES, LEFT_OUT, LEVERS, SHORT, SIDES

DATASET = "workforce-race-equality"
SCENARIOS = ("small", "published")
YEARS = (5, 10, 15, 20)
_STAGE_FIELDS = ("id", "title", "who", "ratio", "low", "high", "of", "each", "basis", "note")
_LEVER_FIELDS = ("id", "title", "does", "kind", "acts", "low", "high", "whose", "assumes")


class PipelineSimulator(Interactive):
    """Two sides of equal qualification at five gates: predicted first, then run, then changed.

    Parameters
    ----------
    name : str
        Stable id in the page.
    df : pandas.DataFrame, optional
        Dataset ``workforce-race-equality``, which is loaded where none is given: the ratio of appointment in
        `year`, and its range over the regions.
    year : int
        Which year's ratio of appointment from shortlisting is used.
    scenario : str
        What is shown first: "small" (five gates at which the second side is 0.8 times as likely to pass) or
        "published" (published ratios where there are any, assumptions where there are none).
    stages : mapping of str to sequence of mapping, optional
        The gates of each scenario, in order, in place of the course's own.
    levers : sequence of mapping, optional
        What can be changed, in place of the course's own.
    years : int
        5, 10, 15 or 20: staying and promotion are passed once in five years.
    seed : int
        Of the simulation's random numbers: the same seed gives the same bands.
    label : str
        Accessible name.

    Attributes
    ----------
    predictions : dict of str to float or None
        By scenario, what the learner predicted, for every 100; None where the run was asked for without one.
    comparison : str
        What the learner predicted of training and process: "training", "process", "same", "shown" or "".
    on : list of str
        The levers that are pulled.

    Raises
    ------
    CourseError
        When a gate or a lever lacks something, or the table has no ratio for the year.

    Notes
    -----
    The simulation runs in the page alone (``static/pipeline-model.js``). Words and table from Python describe the
    gates and what has been chosen; where a page shows the simulator, it adds the results.
    """

    module = "pipeline"

    scenario = traitlets.Enum(SCENARIOS, default_value="small").tag(sync=True)
    on = traitlets.List(traitlets.Unicode()).tag(sync=True)
    years = traitlets.Int(5).tag(sync=True)
    seed = traitlets.Int(1).tag(sync=True)
    predictions = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Float(allow_none=True)).tag(
        sync=True
    )
    comparison = traitlets.Enum(("", "training", "process", "same", "shown"), default_value="").tag(sync=True)
    stages = traitlets.Dict().tag(sync=True)
    levers = traitlets.List(traitlets.Dict()).tag(sync=True)
    sides = traitlets.Dict().tag(sync=True)
    short = traitlets.Dict().tag(sync=True)
    left_out = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)
    deficit = traitlets.Unicode("").tag(sync=True)
    source = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        name: str,
        df: pd.DataFrame | None = None,
        year: int = 2023,
        scenario: str = "small",
        stages: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
        levers: Sequence[Mapping[str, Any]] | None = None,
        on: Sequence[str] = (),
        years: int = 5,
        seed: int = 1,
        label: str = "Five gates, one after the other",
    ) -> None:
        table_ = data.load(DATASET) if df is None else df
        gates = {"small": small(), "published": published(table_, year)} if stages is None else stages
        offered = [_checked(one, _LEVER_FIELDS, "lever") for one in (LEVERS if levers is None else levers)]
        state: dict[str, Any] = {
            "scenario": scenario,
            "on": list(on),
            "years": years,
            "seed": seed,
            "predictions": {},
            "stages": {key: [_stage(one) for one in gates[key]] for key in SCENARIOS},
            "levers": offered,
            "sides": SIDES,
            "short": SHORT,
            "left_out": LEFT_OUT,
            "deficit": DEFICIT,
            "source": {
                key: str(table_.attrs.get("dataset", {}).get(key, "")) for key in ("source", "source_url", "licence")
            },
        }
        if scenario not in SCENARIOS:
            raise CourseError(f"PipelineSimulator: scenario {scenario!r} is not known; use 'small' or 'published'.")
        unknown = [one for one in on if one not in {lever["id"] for lever in offered}]
        if unknown:
            raise CourseError(f"PipelineSimulator: there is no lever {unknown[0]!r}; use the id of one of the levers.")
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)

    @traitlets.observe("scenario", "on", "years", "seed", "predictions", "comparison")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python; a page adds the results."""
        if self.stages:
            state = self.state()
            self.words, self.table = words(state), table(state)

    @traitlets.validate("years")
    def _years_exist(self, proposal: dict[str, Any]) -> int:
        if proposal["value"] not in YEARS:
            raise CourseError(f"PipelineSimulator: years is {proposal['value']}; use 5, 10, 15 or 20.")
        return int(proposal["value"])

    def still(self) -> str:
        """Return HTML that says the same without a script, with the one result that needs no simulation."""
        left = compound([1 / stage["ratio"] for stage in self.stages["small"]])
        said = (
            f"<p>Five gates, at each of which the second side is 0.8 times as likely to pass, leave {left:.0f} "
            "of that side for every 100 of the other.</p>"
        )
        return super().still() + said


def compound(ratios: Sequence[float]) -> float:
    """Return how many of the second side are left for every 100 of the first, after all gates.

    Parameters
    ----------
    ratios : sequence of float
        At each gate, how likely the second side is to pass, over the first.

    Raises
    ------
    CourseError
        Where a ratio is not above 0.
    """
    if any(not math.isfinite(ratio) or ratio <= 0 for ratio in ratios):
        raise CourseError("compound: a ratio of likelihoods is above 0; take a gate that nobody passes out.")
    return 100 * math.prod(ratios)


def small() -> list[dict[str, Any]]:
    """Return five gates with the same small gap: the second side is 0.8 times as likely to pass."""
    note = "Constructed: the same small gap at every gate."
    return [_gate(*gate, ratio=1.25, low=1.25, high=1.25, basis="constructed", note=note) for gate in GATES]


def published(df: pd.DataFrame, year: int) -> list[dict[str, Any]]:
    """Return the gates with published ratios where there are any, and assumptions where there are none.

    Parameters
    ----------
    df : pandas.DataFrame
        Dataset ``workforce-race-equality``.
    year : int
        The year of the ratio of appointment.

    Raises
    ------
    CourseError
        When the table has no ratio for England in that year.
    """
    rows = df[(df["indicator"] == 2) & (df["unit"] == "ratio") & (df["year"] == year)]
    england = rows.loc[rows["area"] == "England", "value"]
    if len(england) != 1:
        raise CourseError(
            f"PipelineSimulator: the table has {len(england)} ratios of appointment for England in {year}; use a year "
            "that has one, such as 2023."
        )
    ratio = float(england.iloc[0])
    regions = rows.loc[rows["area"] != "England", "value"].astype(float)
    spread = (min(ratio, regions.min()), max(ratio, regions.max())) if len(regions) else (ratio, ratio)
    between = f" Regions: {spread[0]:.2f} to {spread[1]:.2f}, taken as the range." if len(regions) else ""
    appoint = {
        "ratio": ratio,
        "low": float(spread[0]),
        "high": float(spread[1]),
        "basis": "published",
        "note": f"Published for this gate: NHS trusts in England, {year}.{between}",
        "source": f"NHS Workforce Race Equality Standard, {year}",
    }
    facts: dict[str, dict[str, Any]] = {"shortlist": CALLBACKS, "appoint": appoint}
    for key, numbers in ASSUMED.items():
        between = f"{numbers['low']:.2f} and {numbers['high']:.2f}"
        said = f"Assumed, between {between}: no published ratio was found for this gate."
        facts[key] = {**numbers, "basis": "assumed", "note": said}
    return [_gate(*gate, **facts[gate[0]]) for gate in GATES]


def _gate(key: str, title: str, who: str, of: float, each: int, **numbers: Any) -> dict[str, Any]:
    return {"id": key, "title": title, "who": who, "of": of, "each": each, **numbers}


def _checked(one: Mapping[str, Any], fields: Sequence[str], what: str) -> dict[str, Any]:
    absent = [field for field in fields if one.get(field) is None]
    if absent:
        raise CourseError(f"PipelineSimulator: the {what} {one.get('id', 'without id')!r} lacks {', '.join(absent)}.")
    return dict(one)


def _stage(one: Mapping[str, Any]) -> dict[str, Any]:
    made = _checked(one, _STAGE_FIELDS, "gate")
    if not 0 < made["low"] <= made["ratio"] <= made["high"]:
        raise CourseError(
            f"PipelineSimulator: at the gate {made['id']!r} the ratio {made['ratio']} is not between its low "
            f"{made['low']} and its high {made['high']}, all above 0."
        )
    return made


def words(state: Mapping[str, Any]) -> str:
    """Return the gates and the choices in words; a page says the same until the simulation is run."""
    stages, (first, second) = state["stages"][state["scenario"]], state["short"][state["scenario"]]
    gates = "; ".join(f"{one['title'].lower()} {one['ratio']:.2f} ({one['basis']})" for one in stages)
    chosen = [one["title"].split(":")[0].lower() for one in state["levers"] if one["id"] in state["on"]]
    return (
        f"{opening(state)} How many times as likely the {first} side is to pass each gate as the {second} side: "
        f"{gates}. "
        f"Years: {state['years']}. Changed: {', '.join(chosen) or 'nothing'}."
    )


def opening(state: Mapping[str, Any]) -> str:
    """Return what kind of scenario this is."""
    if state["scenario"] == "small":
        return "Constructed scenario. Everyone on both sides is equally qualified. Every gate has the same small gap."
    return (
        "What-if with published and assumed ratios. Everyone on both sides is equally qualified. Two ratios are "
        "published, each for one gate; the rest is assumed."
    )


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return the gates as rows; a page adds the results once the simulation is run."""
    first, second = state["short"][state["scenario"]]
    head = ["Gate", "Who decides", f"Ratio, {first} over {second}", f"Ratio, {second} over {first}", "Where it is from"]
    return [
        head,
        *(
            [one["title"], one["who"], f"{one['ratio']:.2f}", f"{1 / one['ratio']:.2f}", one["note"]]
            for one in state["stages"][state["scenario"]]
        ),
    ]
