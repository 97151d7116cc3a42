"""What the measure bench takes, checked and filled in: tables, scale, and the presets that they allow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from equitykit.errors import CourseError
from equitykit.widgets.bench_sums import moved

PRESETS = ("percent", "points", "least", "most", "middle", "reverse")
ASKED = {
    "percent": ["difference", "sii", "ratio", "rii"],
    "points": ["difference", "sii", "ratio", "rii"],
    "least": ["difference", "ratio", "fraction"],
    "most": ["difference", "ratio", "fraction"],
    "middle": ["difference", "ratio", "sii"],
    "reverse": ["difference", "ratio", "sii", "rii"],
    "compare": ["difference", "sii", "ratio", "rii"],
}
"""What a reader predicts before a preset is applied."""
_FEWEST_FOR_A_MIDDLE = 4
_MOST_GROUPS = 20


def one_of(field: str, value: str | None, known: Sequence[str], default: str | None = None) -> str:
    """Return a value that is known, the default for none, or refuse it."""
    if value is None:
        return default or known[0]
    if value not in known:
        raise CourseError(f"MeasureBench: {field} {value!r} is not there; use one of {', '.join(map(repr, known))}.")
    return value


def tables_of(rates: Any, people: Any, out_of: float | None) -> list[dict[str, Any]]:
    """Return the tables to start from, or refuse them."""
    many = rates if isinstance(rates, Mapping) else {"": rates}
    if not many:
        raise CourseError("MeasureBench: rates has no table; give the groups' figures.")
    whose = people if isinstance(people, Mapping) else dict.fromkeys(many, people)
    made = []
    for key, given in many.items():
        figures = [float(one) for one in given]
        checked_figures(str(key), figures, out_of)
        held = whose.get(key)
        counts = [1.0] * len(figures) if held is None else [float(one) for one in held]
        where = f"MeasureBench: people of {str(key)!r}" if key else "MeasureBench: people"
        if len(counts) != len(figures):
            raise CourseError(f"{where} has {len(counts)} numbers for {len(figures)} groups.")
        for place, one in enumerate(counts, start=1):
            if not (math.isfinite(one) and one > 0):
                raise CourseError(f"{where}: group {place} is {one:g}; it must be above 0.")
        made.append({"name": str(key), "rates": figures, "people": counts})
    sizes = {len(one["rates"]) for one in made}
    if len(sizes) > 1:
        raise CourseError("MeasureBench: the tables do not all have the same number of groups.")
    if not 2 <= min(sizes) <= _MOST_GROUPS:
        raise CourseError(f"MeasureBench: {min(sizes)} groups; it takes 2 to {_MOST_GROUPS}.")
    return made


def checked_figures(name: str, figures: Sequence[float], out_of: float | None) -> None:
    """Refuse figures that cannot be."""
    where = f"MeasureBench: rates of {name!r}" if name else "MeasureBench: rates"
    for place, one in enumerate(figures, start=1):
        if not math.isfinite(one) or one < 0:
            raise CourseError(f"{where}: group {place} is {one:g}; a figure is 0 or more.")
        if out_of is not None and one > out_of:
            raise CourseError(f"{where}: group {place} is {one:g}, more than the {out_of:g} it is out of.")


def names_of(count: int) -> list[str]:
    """Return the groups' names where none are given."""
    return ["1, most deprived", *map(str, range(2, count)), f"{count}, least deprived"]


def decimals_of(figures: Sequence[float]) -> int:
    """Return how many decimals the figures have, at most 2."""
    return next((places for places in (0, 1) if all(abs(one - round(one, places)) < 1e-9 for one in figures)), 2)


def points_of(points: float | None, figures: Sequence[float], higher_is: str, out_of: float | None) -> float:
    """Return the same number for all: given, or a round number of about half the smallest figure."""
    if points is not None:
        if not (math.isfinite(points) and points > 0):
            raise CourseError(f"MeasureBench: points is {points:g}; it must be above 0.")
        return float(points)
    least = min(figures)
    room = least / 2 if higher_is == "worse" else min(least / 20, (out_of or math.inf) - max(figures))
    return _round_below(room)


def _round_below(value: float) -> float:
    """Return the nearest 1, 2 or 5 times a power of ten below a value; 0 for none."""
    if value <= 0:
        return 0.0
    step = 10.0 ** math.floor(math.log10(value))
    return next((times * step for times in (5, 2, 1) if times * step <= value), step)


def axis_of(figures: Sequence[float], out_of: float | None) -> list[float]:
    """Return the ends of the scale: from 0, or close round figures that lie close together."""
    low, high = min(figures), max(figures)
    if low > 0.6 * high:
        room = (high - low) or high / 10
        low, high = low - 0.75 * room, high + 0.5 * room
    else:
        low, high = 0.0, high * 1.2 or 1.0
    step = _round_below((high - low) / 5)
    bottom, top = step * math.floor(low / step), step * math.ceil(high / step)
    return [max(0.0, bottom), min(top, out_of) if out_of else top]


def checked_axis(axis: Sequence[float], figures: Sequence[float]) -> None:
    """Refuse a scale that does not hold the figures."""
    if len(axis) != 2 or not 0 <= axis[0] <= min(figures) <= max(figures) <= axis[1] or axis[0] == axis[1]:
        raise CourseError(
            f"MeasureBench: axis is {tuple(axis)}; it takes two ends that hold all figures, "
            f"{min(figures):g} to {max(figures):g}."
        )


def offered(state: Mapping[str, Any], wanted: Sequence[str]) -> list[dict[str, Any]]:
    """Return the presets that these figures allow, each with its title and what a reader predicts."""
    unknown = [one for one in wanted if one not in PRESETS]
    if unknown:
        raise CourseError(f"MeasureBench: preset {unknown[0]!r} is not known; use {', '.join(PRESETS)}.")
    allowed = []
    if len(state["tables"]) > 1:
        allowed.append("compare")
    for one in wanted:
        if one == "middle" and len(state["groups"]) < _FEWEST_FOR_A_MIDDLE:
            continue
        if one == "reverse" and not (state["out_of"] and state["opposite"]):
            continue
        if one == "points" and not state["points"]:
            continue
        allowed.append(one)
    for table_ in state["tables"]:
        for one in allowed:
            try:
                checked_figures("", moved({**state, "start": table_["name"]}, one), state["out_of"])
            except CourseError as error:
                raise CourseError(
                    f"MeasureBench: preset {one!r} does not fit the figures "
                    f"({str(error).removeprefix('MeasureBench: ')}); "
                    "give a smaller percent or points, or leave the preset out."
                ) from None
    return [{"id": one, "title": _title(state, one), "asks": ASKED[one]} for one in allowed]


def _title(state: Mapping[str, Any], preset: str) -> str:
    goes = "falls" if state["higher_is"] == "worse" else "rises"
    share = f"{state['percent']:g}%" + (" of itself" if state["unit"] == "%" else "")
    amount = f"{state['points']:g} " + ("percentage points" if state["unit"] == "%" else state["unit"])
    last = len(state["groups"]) // 2
    who = "group 2" if last == 2 else f"groups 2 to {last}"
    return {
        "percent": f"every {state['noun']} {goes} by {share}",
        "points": f"every {state['noun']} {goes} by the same number: {amount.strip()}",
        "least": f"only the least deprived gain: their {state['noun']} {goes} by {share}",
        "most": f"only the most deprived gain: their {state['noun']} {goes} by {share}",
        "middle": f"the middle moves: in {who} the {state['noun']} {goes} by {share}",
        "reverse": "success is counted instead of failure"
        if state["higher_is"] == "worse"
        else "failure is counted instead of success",
        "compare": f"what happened: {state['compare']}",
    }[preset]
