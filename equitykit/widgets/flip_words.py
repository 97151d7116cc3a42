"""What a state of the flip says: the sentence that a choice of reference writes, in words and as rows.

The page's script says the same, letter for letter (``static/flip.js``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

SIDES = ("disadvantage", "advantage", "level")


def series_of(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the series that a state shows."""
    return next(one for one in state["figures"] if one["name"] == state["series"])


def group_of(state: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    """Return a group of the series shown, or ``None`` where there is none of that name."""
    return next((one for one in series_of(state)["groups"] if one["group"] == name), None)


def frame_of(state: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    """Return a frame that the series shown may be compared with, or ``None``."""
    return next(
        (one for one in state["frames"] if one["label"] == name and one["series"] in ("", state["series"])), None
    )


def against(state: Mapping[str, Any], group: str) -> float | None:
    """Return the reference's value for a group: one value for all, or one of its own."""
    frame = frame_of(state, state["reference"])
    if frame is not None:
        return frame["values"].get(group, frame["value"])
    found = group_of(state, state["reference"])
    return found["value"] if found else None


def rounded(value: float, decimals: int) -> float:
    """Round halves up, as the page's script does."""
    return math.floor(value * 10**decimals + 0.5) / 10**decimals


def number(value: float, decimals: int) -> str:
    """Return a number with thousands separated."""
    return f"{rounded(value, decimals):,.{decimals}f}"


def percent(ratio: float) -> str:
    """Return how far a ratio is from 1, without its sign: "15%", or "0.4%" where it is under one."""
    size = abs(ratio - 1) * 100
    return f"{number(size, 0 if size >= 1 or rounded(size, 1) == 0 else 1)}%"


def quantity(series: Mapping[str, Any], value: float) -> str:
    """Return a figure with its unit: "2,451 patients", "27%", "£670,000"."""
    shown = number(value, series["decimals"])
    unit = series["unit"]
    if unit == "%":
        return f"{shown}%"
    if unit == "£":
        return f"£{shown}"
    return f"{shown} {unit}".strip()


def distance(series: Mapping[str, Any], value: float) -> str:
    """Return a difference without its sign, with its unit: a percentage differs by percentage points."""
    size = abs(value)
    if series["unit"] == "%":
        shown = number(size, series["decimals"])
        return f"{shown} percentage point" + ("" if shown == "1" else "s")
    return quantity(series, size)


def size(state: Mapping[str, Any], value: float, base: float) -> str:
    """Return the size of a comparison on the scale of a state."""
    series = series_of(state)
    if state["scale"] == "ratio":
        return percent(value / base)
    return distance(series, value - base)


def is_none(shown: str) -> bool:
    """Tell whether a size, as shown, is nothing."""
    return not any(digit in shown for digit in "123456789")


def side(state: Mapping[str, Any], group: str) -> str:
    """Return what a comparison tells of a group: "disadvantage", "advantage" or "level".

    Level is also a group whose interval holds a reference that is one fixed value.
    """
    series, found, base = series_of(state), group_of(state, group), against(state, group)
    if found is None or found["value"] is None or base is None or found["value"] == base:
        return "level"
    if frame_of(state, state["reference"]) and found["low"] is not None and found["low"] <= base <= found["high"]:
        return "level"
    return "disadvantage" if (found["value"] > base) == (series["higher_is"] == "worse") else "advantage"


def sentence(state: Mapping[str, Any], subject: str | None = None) -> str:
    """Return the sentence that a choice of subject, reference and scale writes."""
    series = series_of(state)
    subject = state["focus"] if subject is None else subject
    found, base = group_of(state, subject), against(state, subject)
    if found is None or found["value"] is None or base is None:
        return "No figure to compare."
    value, outcome = found["value"], series["outcome"]
    who, norm = capital(found["label"]), reference_label(state)
    more, less = series["comparatives"]
    counted = more == "more"
    figures = f"{quantity(series, value)} against {quantity(series, base)}"
    shown = size(state, value, base)
    told = side(state, subject)
    if is_none(shown):
        same = f"{who} have the same {outcome} as {norm}"
        return f"{same}: {figures}." if value == base else f"{same}, as rounded here: {figures}."
    way = more if value > base else less
    if counted:
        amount = shown if state["scale"] == "ratio" else number(abs(value - base), series["decimals"])
        claim = f"{who} have {amount} {way} {outcome} than {norm}"
    else:
        claim = f"{who} have {article(outcome)} {outcome} {shown} {way} than {norm}"
    endings = {"disadvantage": "a disadvantage", "advantage": "an advantage", "level": "too near to tell apart"}
    return f"{claim}: {endings[told]}."


def relative(state: Mapping[str, Any], group: Mapping[str, Any], scale: str) -> str:
    """Return how a group stands to the reference on a scale, with its sign."""
    base = against(state, group["group"])
    if group["value"] is None or base is None:
        return "not given"
    if group["group"] == state["reference"]:
        return "reference"
    shown = size({**state, "scale": scale}, group["value"], base)
    if is_none(shown):
        return shown
    return ("+" if group["value"] > base else "−") + shown


def role(state: Mapping[str, Any], name: str) -> str:
    """Return what a group is in the sentence."""
    if name == state["focus"]:
        return "subject"
    return "norm" if name == state["reference"] else "not named"


def unnamed(state: Mapping[str, Any]) -> str:
    """Return who appears in the figures or behind them, and not in the sentence."""
    others = [
        one["label"] for one in series_of(state)["groups"] if one["group"] not in (state["focus"], state["reference"])
    ]
    return "; ".join([*others, state["unnamed"]]) + "."


def intervals(state: Mapping[str, Any]) -> str:
    """Return what the intervals, where there are any, say about this comparison."""
    series, found = series_of(state), group_of(state, state["focus"])
    base = against(state, state["focus"])
    if found is None or found["low"] is None or base is None:
        return ""
    own = f"{number(found['low'], series['decimals'])} to {number(found['high'], series['decimals'])}"
    other = group_of(state, state["reference"])
    if other is not None:
        if other["low"] is None:
            return f"The interval for {found['label']} is {own}; for {other['label']} none is given."
        its = f"{number(other['low'], series['decimals'])} to {number(other['high'], series['decimals'])}"
        return (
            f"The intervals are {own} and {its}. They belong to each figure, not to the comparison, which has one of "
            "its own."
        )
    holds = found["low"] <= base <= found["high"]
    return f"The interval for {found['label']} is {own}. " + (
        "It holds the reference: these figures do not tell above from below."
        if holds
        else "It does not hold the reference: chance in the sample alone is an unlikely reason for the difference."
    )


def words(state: Mapping[str, Any]) -> str:
    """Return a state in words.

    Parameters
    ----------
    state : mapping
        The traits of a :class:`~equitykit.widgets.flip.FlipReference`.
    """
    series = series_of(state)
    figures = "; ".join(
        f"{one['label']} {quantity(series, one['value']) if one['value'] is not None else 'not given'}"
        for one in series["groups"]
    )
    frame = frame_of(state, state["reference"])
    fixed = "" if frame is None or frame["value"] is None else f" ({quantity(series, frame['value'])})"
    parts = [
        f"{series['name']}." if len(state["figures"]) > 1 else "",
        f"{capital(series['outcome'])}: {figures}.",
        f"Compared with {reference_label(state)}{fixed}, as a {scale_name(state)}: {sentence(state)}",
        f"Subject of the sentence: {subject_label(state)}. The norm: {reference_label(state)}. "
        f"Not named: {unnamed(state)}",
        intervals(state),
        series["note"],
    ]
    return " ".join(part for part in parts if part)


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return what a state shows as rows, groups in the table's order.

    Parameters
    ----------
    state : mapping
        The traits of a :class:`~equitykit.widgets.flip.FlipReference`.
    """
    series = series_of(state)
    frame = frame_of(state, state["reference"])
    ranged = any(one["low"] is not None for one in series["groups"])
    own = bool(frame and frame["values"])
    head = ["Group", capital(series["outcome"])]
    if ranged:
        head.append("Interval")
    if own:
        head.append(capital(frame["label"]))  # type: ignore[index]
    head += ["Against the reference, as a percentage", "Against the reference, as a difference", "In the sentence"]
    rows = [head]
    for one in series["groups"]:
        row = [capital(one["label"]), "not given" if one["value"] is None else quantity(series, one["value"])]
        if ranged:
            row.append(
                "not given"
                if one["low"] is None
                else f"{number(one['low'], series['decimals'])}–{number(one['high'], series['decimals'])}"
            )
        if own:
            base = against(state, one["group"])
            row.append("not given" if base is None else quantity(series, base))
        row += [relative(state, one, "ratio"), relative(state, one, "difference"), role(state, one["group"])]
        rows.append(row)
    if frame is not None and not own:
        row = [capital(frame["label"]), quantity(series, frame["value"])]
        rows.append([*row, *(["–"] if ranged else []), "reference", "reference", "norm"])
    return rows


def reference_label(state: Mapping[str, Any]) -> str:
    """Return the reference as it reads in a sentence."""
    found = group_of(state, state["reference"])
    return found["label"] if found else state["reference"]


def subject_label(state: Mapping[str, Any]) -> str:
    """Return the subject as it reads in a sentence."""
    found = group_of(state, state["focus"])
    return found["label"] if found else state["focus"]


def scale_name(state: Mapping[str, Any]) -> str:
    """Return the scale as it reads in a sentence."""
    return "percentage" if state["scale"] == "ratio" else "difference"


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def article(text: str) -> str:
    """Return "a" or "an" as the first letter asks."""
    return "an" if text[:1].lower() in "aeiou" else "a"


def flipped(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the state in which the subject is the reference and the reference the subject."""
    return {**state, "focus": state["reference"], "reference": state["focus"]}


def change(state: Mapping[str, Any]) -> str | None:
    """Return what flipping the reference does to the size shown: "same", "smaller" or "larger"."""
    found, other = group_of(state, state["focus"]), group_of(state, state["reference"])
    if not found or not other or found["value"] is None or other["value"] is None:
        return None
    value, base = found["value"], other["value"]
    if size(state, value, base) == size(state, base, value):
        return "same"
    return "larger" if abs(base / value - 1) > abs(value / base - 1) else "smaller"
