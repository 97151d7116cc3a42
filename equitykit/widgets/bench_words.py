"""What a state of the measure bench says, in words and as rows.

The page's script says the same, letter for letter (``static/bench-model.js``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from equitykit.widgets.bench_sums import MEASURES, average, compute, direction, is_harm, table_of, turned

NAMES = {
    "difference": "Difference, most − least deprived",
    "ratio": "Ratio, most ÷ least deprived",
    "sii": "Slope index of inequality (SII)",
    "rii": "Relative index of inequality (RII)",
    "fraction": "Population attributable fraction",
    "concentration": "Concentration index",
    "disparity": "Index of disparity",
    "theil": "Theil index, × 1000",
}
CHANGES = {"wider": "wider", "narrower": "narrower", "same": "the same", "none": "cannot be compared"}


def number(value: float, places: int) -> str:
    """Return a number with thousands separated and a true minus sign; halves go up, away from 0."""
    size = math.floor(abs(value) * 10**places + 0.5 + 1e-9) / 10**places
    return ("−" if value < 0 and size else "") + f"{size:,.{places}f}"


def fine(value: float, least: int, most: int) -> int:
    """Return how many decimals show two digits of a value that is not 0, between the least and the most."""
    if abs(value) < 1e-12:
        return least
    places = least
    while places < most and abs(value) * 10**places < 9.5:
        places += 1
    return places


def quantity(state: Mapping[str, Any], value: float) -> str:
    """Return a figure with its unit: "523 per 100,000", "27%"."""
    shown = number(value, state["decimals"])
    return f"{shown}%" if state["unit"] == "%" else f"{shown} {state['unit']}".strip()


def measured(state: Mapping[str, Any], measure: str, value: float | None) -> str:
    """Return a measure's value as it is shown."""
    if value is None:
        return "does not exist here"
    if measure in ("difference", "sii"):
        shown = number(value, max(state["decimals"], 1 if measure == "sii" else 0))
        if state["unit"] == "%":
            return f"{shown} percentage points"
        return f"{shown} {state['unit']}".strip()
    if measure in ("ratio", "rii"):
        return number(value, fine(value - 1, 2, 5))
    if measure == "concentration":
        return number(value, fine(value, 3, 6))
    shown = number(value, fine(value, 1, 4))
    return shown if measure == "theil" else f"{shown}%"


def both(state: Mapping[str, Any]) -> tuple[dict[str, float | None], dict[str, float | None], float]:
    """Return every measure at the start and now, and the average at the start."""
    first = table_of(state, state["start"])
    start = compute(first["rates"], first["people"], harm=is_harm(state, at_start=True), out_of=state["out_of"])
    now = compute(state["rates"], state["people"], harm=is_harm(state), out_of=state["out_of"])
    return start, now, average(first["rates"], first["people"])


def change(state: Mapping[str, Any], measure: str, start: float | None, now: float | None, mean: float) -> str:
    """Return what happened to the gap by one measure, as it is shown."""
    said = CHANGES[direction(measure, start, now, mean)]
    harms = (is_harm(state, at_start=True), is_harm(state))
    return f"{said}, the other way round" if turned(measure, start, now, mean, harms=harms) else said


def title(state: Mapping[str, Any]) -> str:
    """Return what was done to the figures, as it reads after "now"."""
    if state["preset"] == "own":
        return "figures moved by hand"
    return next((str(one["title"]) for one in state["presets"] if one["id"] == state["preset"]), "")


def counted(state: Mapping[str, Any], *, at_start: bool = False) -> str:
    """Return what the figures count."""
    return str(state["opposite"] if state["reversed"] and not at_start else state["outcome"])


def words(state: Mapping[str, Any]) -> str:
    """Return a state in words.

    Parameters
    ----------
    state : mapping
        The traits of a :class:`~equitykit.widgets.bench.MeasureBench`.
    """
    first = table_of(state, state["start"])
    start, now, mean = both(state)
    begun = f"{first['name']}, at the start" if first["name"] else "At the start"
    parts = [
        f"{capital(counted(state, at_start=True))}, {spelt(state)}.",
        f"{begun}: {_listed(state, first['rates'])}.",
    ]
    if not state["preset"]:
        parts.append(f"Average, weighted by people: {quantity(state, mean)}.")
        parts.append("; ".join(f"{NAMES[one]}: {measured(state, one, start[one])}" for one in MEASURES) + ".")
        return " ".join(parts)
    counts = f" (counted: {counted(state)})" if state["reversed"] else ""
    after = average(state["rates"], state["people"])
    parts.append(f"Now, {title(state)}{counts}: {_listed(state, state['rates'])}.")
    parts.append(f"Average, weighted by people: {quantity(state, mean)}, now {quantity(state, after)}.")
    told = (
        f"{NAMES[one]}: {measured(state, one, start[one])}, now {measured(state, one, now[one])}, "
        f"{change(state, one, start[one], now[one], mean)}"
        for one in MEASURES
    )
    parts.append(f"The gap by each measure: {'; '.join(told)}.")
    return " ".join(parts)


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return a state as rows: the groups, their average, and every measure.

    Parameters
    ----------
    state : mapping
        The traits of a :class:`~equitykit.widgets.bench.MeasureBench`.
    """
    first = table_of(state, state["start"])
    start, now, mean = both(state)
    altered = bool(state["preset"])
    whole = math.fsum(state["people"])
    head = ["Group or measure", "Share of people", "At the start"]
    rows = [[*head, "Now", "The gap is"] if altered else head]
    for label, many, before, after in zip(
        state["groups"], state["people"], first["rates"], state["rates"], strict=True
    ):
        row = [label, f"{number(100 * many / whole, 1)}%", quantity(state, before)]
        rows.append([*row, quantity(state, after), "–"] if altered else row)
    row = ["Average, weighted by people", "100%", quantity(state, mean)]
    rows.append([*row, quantity(state, average(state["rates"], state["people"])), "–"] if altered else row)
    for one in MEASURES:
        row = [NAMES[one], "–", measured(state, one, start[one])]
        last = [measured(state, one, now[one]), change(state, one, start[one], now[one], mean)]
        rows.append([*row, *last] if altered else row)
    return rows


def spelt(state: Mapping[str, Any]) -> str:
    """Return the unit as a word."""
    return "in percent" if state["unit"] == "%" else str(state["unit"])


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def _listed(state: Mapping[str, Any], rates: Sequence[float]) -> str:
    shown = (number(rate, state["decimals"]) for rate in rates)
    return "; ".join(f"{label}: {figure}" for label, figure in zip(state["groups"], shown, strict=True))
