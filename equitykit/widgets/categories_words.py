"""What the category explorer works out and says in a state: averages, the spread inside groups, a local service.

The page's script works out and says the same (``static/categories-model.js``); a browser test compares them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from equitykit.errors import CourseError
from equitykit.measures import SuppressionRule, suppress_small_numbers
from equitykit.widgets.categories_groups import PRESETS, joined, members, named, preset

NATION = "England and Wales"
TITLES = {
    "19": "the nineteen boxes of Census 2021",
    "16": "the sixteen letters of NHS records",
    "5": "five groups",
    "2": "two groups",
    "own": "a grouping of your own",
}

State = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """A group of a state: its categories, how many people, its average, and the lowest and highest inside it."""

    label: str
    name: str
    inside: list[str]
    people: int
    average: float | None
    published: bool
    without: list[str]
    low: tuple[str, float] | None
    high: tuple[str, float] | None

    @property
    def spread(self) -> float | None:
        """Highest less lowest of its categories, where two or more have a figure."""
        return None if self.low is None or self.high is None else self.high[1] - self.low[1]


@dataclass(frozen=True)
class Service:
    """A local service's people in one grouping: scaled counts, and which of them the rule hides."""

    names: list[str]
    counts: list[int]
    hidden: list[bool]

    @property
    def people(self) -> int:
        """People in cells that are hidden."""
        return sum(count for count, hidden in zip(self.counts, self.hidden, strict=True) if hidden)


def figure_of(state: State) -> Mapping[str, Any]:
    """Return the figure that a state shows."""
    return next(one for one in state["figures"] if one["key"] == state["figure"])


def groups(state: State, assigned: Sequence[str] | None = None) -> list[Group]:
    """Return the groups of a state, in the order of their first category."""
    assigned = state["assigned"] if assigned is None else assigned
    figure = figure_of(state)
    weights = dict(zip((one["name"] for one in state["categories"]), state["counts"][NATION], strict=True))
    made = []
    for label, inside in members(assigned, state["categories"]).items():
        has = [one for one in inside if one in figure["values"]]
        values = [figure["values"][one]["value"] for one in has]
        name = named(label, inside, state["categories"])
        average, published = _average(figure, weights, inside, has), False
        if len(inside) > 1 and name in figure["groups"]:
            average, published = figure["groups"][name], True
        low = high = None
        if len(inside) > 1 and len(has) > 1:
            low = (has[values.index(min(values))], min(values))
            high = (has[values.index(max(values))], max(values))
        without = [one for one in inside if one not in figure["values"]]
        people = sum(weights[one] for one in inside)
        made.append(Group(label, name, inside, people, average, published, without, low, high))
    return made


def _average(
    figure: Mapping[str, Any], weights: Mapping[str, int], inside: Sequence[str], has: Sequence[str]
) -> float | None:
    if not has:
        return None
    if len(inside) == 1:
        return figure["values"][has[0]]["value"]
    if "events" in figure["values"][has[0]]:
        events = sum(figure["values"][one]["events"] for one in has)
        return 100_000 * events / sum(figure["values"][one]["people"] for one in has)
    total = sum(weights[one] for one in has)
    return sum(weights[one] * figure["values"][one]["value"] for one in has) / total


def view_key(state: State) -> str:
    """Return the key under which a prediction for this figure and grouping is kept."""
    return f"{state['figure']} / {state['grouping']}"


def asked(state: State) -> list[Group]:
    """Return the groups between which a learner may choose the widest spread; none where there is no question."""
    found = [one for one in groups(state) if one.spread is not None]
    return found if len(found) > 1 and state["grouping"] != "own" else []


def veiled(state: State) -> bool:
    """Tell whether what lies inside the groups waits for a prediction."""
    return bool(asked(state)) and view_key(state) not in state["predictions"]


def widest(found: Sequence[Group]) -> Group | None:
    """Return the group with the widest spread inside, the first of equals."""
    return max((one for one in found if one.spread is not None), key=lambda one: one.spread or 0, default=None)


def service(state: State, assigned: Sequence[str] | None = None) -> Service:
    """Return what a local service would count in each group, scaled from the area's census, and what is hidden."""
    assigned = state["assigned"] if assigned is None else assigned
    census = state["counts"][state["area"]]
    recorded = state["service"] * (1 - state["not_stated"] / 100)
    scaled = [math.floor(people * recorded / sum(census) + 0.5) for people in census]
    names, counts = [], []
    places = {one["name"]: place for place, one in enumerate(state["categories"])}
    for label, inside in members(assigned, state["categories"]).items():
        names.append(named(label, inside, state["categories"]))
        counts.append(sum(scaled[places[one]] for one in inside))
    return Service(names, counts, hidden(counts, state["hide_up_to"]))


def hidden(counts: Sequence[int], up_to: int) -> list[bool]:
    """Tell which counts are not shown beside their total, as :func:`equitykit.measures.suppress_small_numbers` does."""
    table = pd.DataFrame({"people": list(counts)})
    rule = SuppressionRule(low=1, high=up_to, round_to=1)
    try:
        return suppress_small_numbers(table, count="people", totals=[[]], rule=rule)["suppressed"].tolist()
    except CourseError:  # nothing is left to hide: then the total is not shown either
        return [True] * len(counts)


def compared(state: State) -> list[dict[str, Any]]:
    """Return the presets, and the learner's own grouping, beside each other: what each shows and what it cannot."""
    keys = [*PRESETS, *(["own"] if state["grouping"] == "own" else [])]
    made = []
    for key in keys:
        assigned = state["assigned"] if key == "own" else preset(key, state["categories"])
        cells = service(state, assigned)
        averages = [one.average for one in groups(state, assigned) if one.average is not None]
        made.append(
            {
                "key": key,
                "cells": len(cells.counts),
                "hidden": sum(cells.hidden),
                "people": cells.people,
                "range": max(averages) - min(averages) if len(averages) > 1 else None,
            }
        )
    return made


def value(figure: Mapping[str, Any], found: float) -> str:
    """Return a figure as it is told: "16%", "78.6 per 100,000 adults"."""
    shown = number(found, figure["decimals"])
    return f"{shown}%" if figure["unit"] == "%" else shown


def distance(figure: Mapping[str, Any], found: float) -> str:
    """Return a difference of two figures: "30 percentage points", "118.0 per 100,000 adults"."""
    shown = number(found, figure["decimals"])
    return f"{shown} percentage points" if figure["unit"] == "%" else f"{shown} {figure['unit']}"


def number(found: float, decimals: int = 0) -> str:
    """Return a number with thousands separated, halves rounded upwards."""
    return f"{math.floor(found * 10**decimals + 0.5) / 10**decimals:,.{decimals}f}"


def percent(part: float, whole: float) -> str:
    """Return a share with one decimal; "under 0.1%" where it would read as nothing."""
    share = 100 * part / whole
    return "under 0.1%" if 0 < share < 0.05 else f"{number(share, 1)}%"


def disappears(state: State) -> list[tuple[str, str]]:
    """Return what a grouping makes disappear, each with a heading."""
    found = groups(state)
    figure = figure_of(state)
    weights = dict(zip((one["name"] for one in state["categories"]), state["counts"][NATION], strict=True))
    total = sum(weights.values())
    lost = [(name, one) for one in found if len(one.inside) > 1 for name in one.inside if name != one.name]
    said = []
    if lost:
        name, group = min(lost, key=lambda pair: weights[pair[0]])
        people = sum(weights[one] for one, _ in lost)
        said.append(
            (
                f"{len(lost)} of {len(weights)} names",
                f"{number(people)} people are counted under another name than the box they ticked. The fewest: "
                f"{name}, {number(weights[name])} people, {percent(weights[name], group.people)} of {group.name}.",
            )
        )
    else:
        said.append(
            (
                "No name",
                f"Every box of the census stands by itself. What was written into a box still disappears: "
                f"{number(weights['Other Asian'])} people are Other Asian.",
            )
        )
    most = widest(found)
    if most is None:
        said.append(("No spread that can be told", "No group holds two categories that have a figure here."))
    elif veiled(state):
        said.append(("Some spread", "Predict first, above, which group hides most of it."))
    else:
        assert most.low is not None
        assert most.high is not None
        said.append(
            (
                f"{distance(figure, most.spread or 0)} inside {most.name}",
                f"From {value(figure, most.low[1])} ({most.low[0]}) to {value(figure, most.high[1])} ({most.high[0]}), "
                f"shown as {value(figure, most.average or 0)}.",
            )
        )
    others = [one for one in found if one.name.startswith(("Other", "Any other", "All other"))]
    people = sum(one.people for one in others)
    said.append(
        (
            f"{percent(people, total)} called other",
            f"{number(people)} people stand in {len(others)} {_plural(len(others), 'group')} called other. "
            "Fewer groups can mean fewer others: they are then inside a larger name."
            if others
            else "No group is called other. That does not mean that everybody is named.",
        )
    )
    if figure["unrecorded"] is None:
        said.append(
            (
                "Nobody without a group",
                "In the census every person has one: about 97% of people did the form, and ONS estimated the rest.",
            )
        )
    else:
        said.append(
            (
                f"{number(figure['unrecorded'], 1)}% without a group",
                "So many of the people in this source have no usable record of their ethnic group. No grouping brings "
                "them back.",
            )
        )
    return said


def locally(state: State) -> str:
    """Return what the chosen grouping does to a local service's table."""
    cells = service(state)
    shown = sum(not one for one in cells.hidden)
    hides = sum(cells.hidden)
    recorded = sum(cells.counts)
    said = (
        f"A service in {state['area']} sees {number(state['service'])} people, and {number(state['not_stated'])}% "
        f"of them have no stated group. With the make-up of the area at the census, scaled to its size, "
        f"{number(recorded)} people fall into {len(cells.counts)} {_plural(len(cells.counts), 'group')}. "
    )
    if not hides:
        return said + f"No count is from 1 to {state['hide_up_to']}: every group can be shown."
    return said + (
        f"{hides} of the counts cannot be shown, {shown} can: a count is hidden from 1 to {state['hide_up_to']}, and "
        f"where the total would give it away. Hidden are {number(cells.people)} people."
    )


def words(state: State) -> str:
    """Return a state in words."""
    figure = figure_of(state)
    found = groups(state)
    waits = veiled(state)
    told = []
    for one in found:
        text = f"{one.name} " + ("no figure" if one.average is None else value(figure, one.average))
        if one.low and one.high and not waits:
            text += f" (inside: {one.low[0]} {value(figure, one.low[1])} to {one.high[0]} {value(figure, one.high[1])})"
        told.append(text)
    unit = "per cent of people" if figure["unit"] == "%" else figure["unit"]
    parts = [
        f"{figure['label']}, {unit}, in {TITLES[state['grouping']]}: {'; '.join(told)}.",
        "Predict which group's average hides the widest spread." if waits else verdict(state),
        "What disappears. " + " ".join(f"{title}: {text}" for title, text in disappears(state)),
        f"{locally(state)} {trade(state)}",
        figure["note"],
    ]
    return " ".join(part for part in parts if part)


def verdict(state: State) -> str:
    """Return what came of the prediction, or "" where there was no question."""
    choices = asked(state)
    if not choices or veiled(state):
        return ""
    figure = figure_of(state)
    most = widest(choices)
    assert most is not None
    assert most.low is not None
    assert most.high is not None
    said = state["predictions"][view_key(state)]
    lead = {"shown": "", most.label: "As you predicted. "}.get(
        said, f"You predicted {next((one.name for one in choices if one.label == said), said)}. "
    )
    answer = (
        f"The widest spread is inside {most.name}: {value(figure, most.low[1])} ({most.low[0]}) to "
        f"{value(figure, most.high[1])} ({most.high[0]}), {distance(figure, most.spread or 0)}, under one average of "
        f"{value(figure, most.average or 0)}."
    )
    ratios = [one for one in choices if one.low and one.low[1] > 0]
    steep = max(ratios, key=lambda one: one.high[1] / one.low[1] if one.high and one.low else 0, default=most)
    turn = ""
    if steep.label != most.label and steep.low and steep.high:
        turn = (
            f" As a ratio it is {steep.name}: its highest is {number(steep.high[1] / steep.low[1], 1)} times its "
            f"lowest, {most.name}'s {number(most.high[1] / most.low[1], 1)} times."
        )
    rest = [one for one in choices if one.label != most.label]
    second = widest(rest)
    after = f" Next: {second.name}, {distance(figure, second.spread or 0)}." if second else ""
    unread = [one.name for one in groups(state) if len(one.inside) > 1 and one.spread is None]
    dark = f" Nothing can be told of the inside of {joined(unread)}." if unread else ""
    return lead + answer + after + turn + dark


def trade(state: State) -> str:
    """Return what each grouping shows and cannot show, beside the others."""
    figure = figure_of(state)
    told = []
    for one in compared(state):
        gap = "no figures to compare" if one["range"] is None else f"{distance(figure, one['range'])} apart"
        told.append(f"{one['cells']} groups: {one['hidden']} hidden, averages {gap}")
    return "Side by side: " + "; ".join(told) + "."


def table(state: State) -> list[list[str]]:
    """Return what a state shows as rows, one a group."""
    figure = figure_of(state)
    cells = service(state)
    waits = veiled(state)
    rows = [
        [
            "Group",
            "Categories in it",
            f"People, {NATION}",
            f"{figure['label']} ({figure['unit']})",
            "Lowest and highest inside",
            f"Service in {state['area']}, scaled",
        ]
    ]
    for place, one in enumerate(groups(state)):
        if one.low and one.high:
            inside = (
                "predict first"
                if waits
                else f"{one.low[0]} {value(figure, one.low[1])}, {one.high[0]} {value(figure, one.high[1])}"
            )
        else:
            inside = "–" if len(one.inside) == 1 else "too few figures"
        shown = figure["missing"].get(one.inside[0], "no figure") if len(one.inside) == 1 else "no figure"
        rows.append(
            [
                one.name,
                "itself" if len(one.inside) == 1 else joined(one.inside),
                number(one.people),
                shown if one.average is None else value(figure, one.average),
                inside,
                "suppressed" if cells.hidden[place] else number(cells.counts[place]),
            ]
        )
    return rows


def _plural(many: int, noun: str) -> str:
    return noun if many == 1 else f"{noun}s"
