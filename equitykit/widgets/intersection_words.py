"""What the intersection explorer says in each state: in words, as rows, and what may not be inferred.

The page's script says the same; a browser test compares them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from equitykit.widgets.intersection_cells import Cell, Interval, cells, right_pick

FEW = 10
"""Up to this many cells are told one by one in the words; of more, the range is told."""


def view_key(state: Mapping[str, Any]) -> str:
    """Return the key under which a prediction for this outcome and these axes is kept."""
    return f"{state['outcome']} / {' + '.join(state['axes'])}"


def veiled(cell: Cell, state: Mapping[str, Any]) -> bool:
    """Return whether a cell waits for the learner's prediction: where two axes or more meet, and none is made."""
    return len(cell.off) > 1 and not cell.hidden and cell.people > 0 and view_key(state) not in state["predictions"]


def departs(departure: Interval) -> str:
    """Return "more", "less" or "unclear": where the interval of a departure lies to zero."""
    return "more" if departure[1] > 0 else "less" if departure[2] < 0 else "unclear"


def one(value: float) -> str:
    """Return a share as a percentage with one decimal, halves upwards: "42.9"."""
    scaled = math.floor(abs(value) * 1000 + 0.5) / 10
    return f"{'-' if value < 0 and scaled else ''}{scaled:.1f}".replace("-", "−")


def signed(value: float) -> str:
    """Return a difference of shares in points with its sign: "+11.5", "−2.0", "0.0"."""
    text = one(value)
    return text if text.startswith("−") or text == "0.0" else f"+{text}"


def hundred(value: float) -> int:
    """Return a share as a whole number out of 100."""
    return math.floor(value * 100 + 0.5)


def rate_text(rate: Interval, dash: str) -> str:
    """Return "42.9% (38.4 to 47.5)"."""
    return f"{one(rate[0])}% ({one(rate[1])}{dash}{one(rate[2])})"


def points_text(gap: Interval) -> str:
    """Return "+11.5 points (+5.1 to +18.0)"."""
    return f"{signed(gap[0])} points ({signed(gap[1])} to {signed(gap[2])})"


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return the cells as rows, in the order of the axes; what is suppressed or not yet predicted is said to be."""
    outcome = _outcome(state)
    rows = [
        [
            "Cell",
            "People",
            f"How many {outcome['did']}",
            "Rate (95% interval)",
            "Difference from the reference (95% interval)",
            "What adding up gives",
        ]
    ]
    for cell in cells(state):
        adding = "–" if cell.adding is None else f"{one(cell.adding)}%"
        if not cell.people:
            rows.append([cell.key, "0", "–", "–", "–", "–"])
        elif cell.hidden:
            rows.append([cell.key, *["suppressed"] * 4, "–"])
        elif veiled(cell, state):
            rows.append([cell.key, f"{cell.people:,}", *["predict first"] * 3, adding])
        else:
            gap = "reference" if not cell.off else "–" if cell.difference is None else points_text(cell.difference)
            assert cell.rate is not None
            rows.append([cell.key, f"{cell.people:,}", f"{cell.happened:,}", rate_text(cell.rate, "–"), gap, adding])
    return rows


def words(state: Mapping[str, Any]) -> str:
    """Return a state in words: what is chosen, what is seen, one cell read, and what may not be inferred."""
    outcome, axes, everyone = _outcome(state), _axes(state), cells(state)
    reference = next(cell for cell in everyone if not cell.off)
    focus = next(cell for cell in everyone if cell.key == state["focus"])
    parts = [f"{nobody(state)} {outcome['label']} by {listed([axis['label'] for axis in axes])}."]
    parts.append(f"Reference: {reference.key}. {tally(everyone, state)}")
    shown = [cell for cell in everyone if cell.rate is not None and not veiled(cell, state)]
    if shown and len(everyone) <= FEW:
        told = "; ".join(f"{cell.key} {rate_text(cell.rate, ' to ')}" for cell in shown if cell.rate)
        parts.append(f"Rates with 95% intervals: {told}.")
    elif shown:
        rates = [cell.rate[0] for cell in shown if cell.rate]
        parts.append(f"Rates run from {one(min(rates))}% to {one(max(rates))}%; the table has each.")
    parts.append(" ".join(reading(focus, everyone, state)))
    parts.append("What you may not infer.")
    parts += [f"{title}. {text}" for title, text in limits(focus, everyone, state)]
    return " ".join(parts)


def nobody(state: Mapping[str, Any]) -> str:
    """Return the line that is always there: whether these are real people."""
    if state["source"]["synthetic"]:
        return "Synthetic data: nobody in it exists."
    return "Real data: each number is a person."


def tally(everyone: Sequence[Cell], state: Mapping[str, Any]) -> str:
    """Return how many cells there are, and how many are suppressed, empty or waiting."""
    counted = {
        "suppressed": sum(cell.hidden for cell in everyone),
        "empty": sum(not cell.people for cell in everyone),
        "waiting for your prediction": sum(veiled(cell, state) for cell in everyone),
    }
    told = [f"{number} {what}" for what, number in counted.items() if number]
    return f"{len(everyone)} cells{', ' + listed(told) if told else ''}."


def reading(focus: Cell, everyone: Sequence[Cell], state: Mapping[str, Any]) -> list[str]:
    """Return the reading of one cell, sentence by sentence."""
    outcome = _outcome(state)
    if not focus.people:
        return [f"{focus.key}: nobody here was counted. That is a fact about the table, not about people."]
    if focus.hidden:
        return [f"{focus.key}: suppressed. Its counts, or one that would give a neighbour away, are small."]
    if veiled(focus, state):
        return [f"{focus.key}: {focus.people:,} people. {_sum(focus, everyone)} Predict before you see the rate."]
    assert focus.rate is not None
    said = [
        f"{focus.key}: {focus.happened:,} of {focus.people:,} people {outcome['did']}, "
        f"{one(focus.rate[0])}% (95% interval {one(focus.rate[1])} to {one(focus.rate[2])})."
    ]
    if not focus.off:
        said.append("This is the reference, with which the other cells are compared. It is a choice, no norm.")
        return said
    if focus.difference is not None:
        low, high = signed(focus.difference[1]), signed(focus.difference[2])
        said.append(f"Difference from the reference: {signed(focus.difference[0])} points ({low} to {high}).")
    if len(focus.off) == 1:
        if len(state["axes"]) > 1:
            said.append("It differs from the reference on one axis: it is a piece from which the sums are made.")
        return said
    said.append(_sum(focus, everyone))
    if focus.departure is not None and focus.adding is not None:
        said.append(found(focus))
        if focus.multiplying is not None:
            said.append(
                f"Had ratios multiplied instead, it would be {one(focus.multiplying)}%: "
                "whether there is more than the sum depends on the sum."
            )
    return said


def found(cell: Cell) -> str:
    """Return how a cell's rate stands to what adding up gives."""
    assert cell.departure is not None
    assert cell.adding is not None
    gap, low, high = (signed(value) for value in cell.departure)
    told = (
        f"The rate is {gap} points (95% interval {low} to {high}) from the {one(cell.adding)}% that adding up gives: "
    )
    return (
        told
        + {
            "more": "more than adding up.",
            "less": "less than adding up.",
            "unclear": "these people cannot tell it from adding up.",
        }[departs(cell.departure)]
    )


def _sum(focus: Cell, everyone: Sequence[Cell]) -> str:
    """Return the sum that adding up makes, with its pieces by name."""
    if focus.adding is None:
        return "A piece of the sum is suppressed or empty, so there is no adding up to compare it with."
    reference = next(cell for cell in everyone if not cell.off)
    pieces = [cell for cell in everyone if len(cell.off) == 1 and cell.place[cell.off[0]] == focus.place[cell.off[0]]]
    assert reference.rate is not None
    told = ", ".join(
        f"{signed(cell.rate[0] - reference.rate[0])} points as for {cell.key}"
        for cell in pieces
        if cell.rate is not None and cell.off[0] in focus.off
    )
    return f"Adding up: {one(reference.rate[0])}% as for {reference.key}, {told}, makes {one(focus.adding)}%."


def limits(focus: Cell, everyone: Sequence[Cell], state: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what may not be inferred from this state, each with a heading."""
    outcome, axes = _outcome(state), _axes(state)
    reference = next(cell for cell in everyone if not cell.off)
    said = []
    if focus.rate is not None and not veiled(focus, state):
        without = focus.people - focus.happened
        said.append(
            (
                "Not the person in front of you",
                f"Of {focus.people:,} people in the cell {focus.key}, {without:,} are not among those who "
                f"{outcome['did']}. Presume it of everybody in the cell, and you are wrong about "
                f"{hundred(without / focus.people)} in 100.",
            )
        )
        said.append(("Not two kinds of people", _overlap(focus, reference, everyone, state)))
    share = state["between"][state["outcome"]][" + ".join(state["axes"])]
    said.append(("Not that the cell explains the person", _spread(share, right_pick(everyone), outcome)))
    systems = listed([axis["system"] for axis in axes])
    made = " In this table the course wrote the gaps, and no real service or person is behind one."
    said.append(
        (
            "Not that a position is a cause",
            f"A gap between cells is made by how systems treat people in a position (here {systems}), "
            f"not by what people are.{made if state['source']['synthetic'] else ''}",
        )
    )
    met = [cell for cell in everyone if cell.departure is not None]
    if met and not any(veiled(cell, state) for cell in met):
        apart = sum(departs(cell.departure) != "unclear" for cell in met if cell.departure)
        said.append(
            (
                "Not that the most striking cell is a finding",
                f"{apart} of {len(met)} {'cell' if len(met) == 1 else 'cells'} that can be compared "
                f"{'differs' if apart == 1 else 'differ'} from adding up. Were adding up exactly true, about 1 in 20 "
                "such intervals would still miss it.",
            )
        )
    said.append(("Not that a missing cell does not matter", _missing(everyone, state)))
    others = [axis["name"] for axis in state["frame"] if axis["key"] not in state["axes"]]
    within = f" Inside each cell people still differ in {listed(others)}, which you have not chosen." if others else ""
    said.append(
        (
            "Not that this is everybody's position",
            f"{' '.join(axis['limits'] for axis in axes)}{within} Not in the table at all: {state['absent']}.",
        )
    )
    return said


def _overlap(focus: Cell, reference: Cell, everyone: Sequence[Cell], state: Mapping[str, Any]) -> str:
    assert focus.rate is not None
    others = [cell for cell in everyone if cell is not focus and cell.rate is not None and not veiled(cell, state)]
    meet = sum(cell.rate[1] <= focus.rate[2] and focus.rate[1] <= cell.rate[2] for cell in others if cell.rate)
    said = f"Its interval overlaps {meet} of the {len(others)} other intervals shown."
    if cellmates := (focus.off and reference.rate):
        same = hundred(1 - abs(focus.rate[0] - cellmates[0]))
        said += (
            f" Pair 100 people like these with 100 of the reference, like with like as far as it goes: "
            f"{same} pairs have the same outcome."
        )
    return said


def _spread(share: float, right: float | None, outcome: Mapping[str, str]) -> str:
    told = f"{math.floor(share * 10 + 0.5) / 10:.1f}% of the variation in {outcome['noun']} lies between these cells"
    if share < 5:
        told += ": knowing the cell tells you very little about the person."
    elif share < 15:
        told += ": knowing the cell tells you little about the person."
    elif share < 50:
        told += ": knowing the cell tells you something; most of the variation is still between people within a cell."
    else:
        told += ": the cells differ much, and still the rate belongs to the cell and not to the person."
    if right is not None:
        told += (
            f" Take one person with {outcome['noun']} and one without: the cell picks out which is which "
            f"{hundred(right)} times in 100; a coin, 50."
        )
    return told


def _missing(everyone: Sequence[Cell], state: Mapping[str, Any]) -> str:
    hidden, empty = sum(cell.hidden for cell in everyone), sum(not cell.people for cell in everyone)
    up_to = state["hide_up_to"]
    if not up_to:
        said = "The rule is off. With real people that could expose somebody"
        said += "; here nobody exists." if state["source"]["synthetic"] else "."
    elif hidden:
        said = (
            f"{hidden} of {len(everyone)} cells {'is' if hidden == 1 else 'are'} suppressed. "
            "Suppressed does not mean zero, and few people counted does not mean little need."
        )
    else:
        said = f"No cell holds a count of 1 to {up_to}, so none is suppressed. Choose finer axes and some will be."
    if empty:
        said += f" {empty} {'holds' if empty == 1 else 'hold'} nobody: not counted here is not the same as not there."
    return said


def listed(items: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _outcome(state: Mapping[str, Any]) -> dict[str, str]:
    return next(outcome for outcome in state["outcomes"] if outcome["key"] == state["outcome"])


def _axes(state: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [axis for axis in state["frame"] if axis["key"] in state["axes"]]
