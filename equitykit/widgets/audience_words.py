"""What a state of the audience switch says, in words and as rows.

The page's script says the same, letter for letter (``static/audience.js``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from equitykit.widgets.audience_file import AUDIENCES, KEPT, plain

CHECKLIST = {
    "number": "The number is kept",
    "uncertainty": "The uncertainty is kept",
    "structure": "The structure is named",
    "agent": "It says who acts",
    "source": "The source is named",
    "action": "Something can be done",
}
FOUND = {"yes": "seems to be there", "part": "perhaps", "no": "not seen yet"}
OWN = "own"


def version_of(state: Mapping[str, Any], ident: str) -> dict[str, Any]:
    """Return one of the three versions."""
    return next(one for one in state["spec"]["versions"] if one["id"] == ident)


def revealed(state: Mapping[str, Any], ident: str) -> bool:
    """Return whether what a version keeps and loses may be told: every question on what it dropped was answered."""
    asked = (one for one in state["spec"]["questions"] if one["kind"] == "fact" and one["version"] == ident)
    return all(one["id"] in state["answers"] for one in asked)


def number(value: float, decimals: int) -> str:
    """Return a number with thousands separated; halves go up."""
    return f"{math.floor(value * 10**decimals + 0.5 + 1e-9) / 10**decimals:,.{decimals}f}"


def figure(chart: Mapping[str, Any], group: Mapping[str, Any]) -> str:
    """Return a group's figure with its unit and interval."""
    shown = number(group["value"], chart["decimals"])
    shown = f"{shown}%" if chart["unit"] == "%" else f"{shown} {chart['unit']}".strip()
    if group["low"] is None:
        return shown
    return f"{shown} ({number(group['low'], chart['decimals'])} to {number(group['high'], chart['decimals'])})"


def drawn(state: Mapping[str, Any], form: str) -> list[tuple[str, str]]:
    """Return what a form of chart shows: pairs of a label and a figure."""
    chart = state["spec"]["chart"]
    if form == "dots":
        return [(one["label"], figure(chart, one)) for one in chart["groups"]]
    if form == "people":
        what = chart["people"]["what"]
        return [(one["label"], f"{one['of100']} of 100 {what}") for one in chart["people"]["groups"]]
    return [("In comparison", plain(chart["comparison"]))]


def sentence(text: str) -> str:
    """Return a text that ends as a sentence does."""
    return text if text.endswith((".", "?", "!", "”")) else f"{text}."


def kept(version: Mapping[str, Any], *, of: bool) -> str:
    """Return what a version keeps, or what it drops, as a list in words."""
    return ", ".join(one for one in KEPT if version["keeps"][one]["kept"] is of) or "nothing"


def words(state: Mapping[str, Any]) -> str:
    """Return a state in words.

    Parameters
    ----------
    state : mapping
        The traits of an :class:`~equitykit.widgets.audience.AudienceSwitch`.
    """
    spec = state["spec"]
    opening = f"{spec['title']}. The finding: {plain(spec['finding']['statement'])}"
    if state["version"] == OWN:
        listed = "; ".join(f"{text}: {FOUND[state['marks'].get(one, 'no')]}" for one, text in CHECKLIST.items())
        return f"{opening} A version of your own, which stays in this page. {listed}."
    version = version_of(state, state["version"])
    figures = "; ".join(f"{label}: {shown}" for label, shown in drawn(state, version["chart"]))
    parts = [
        opening,
        f"{AUDIENCES[version['id']]} version, for {version['reader']}. {sentence(plain(version['headline']))}",
        plain(version["text"]),
        sentence(figures),
    ]
    if revealed(state, version["id"]):
        parts += [
            f"Kept: {kept(version, of=True)}. Dropped: {kept(version, of=False)}.",
            f"Changed: {plain(version['changes'])} Lost: {plain(version['loses'])}",
        ]
    else:
        parts.append("What it dropped is asked first, and told after.")
    return " ".join(parts)


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return a state as rows.

    Parameters
    ----------
    state : mapping
        The traits of an :class:`~equitykit.widgets.audience.AudienceSwitch`.
    """
    if state["version"] == OWN:
        rows = [["In your own version", "What the checklist finds"]]
        return rows + [[text, FOUND[state["marks"].get(one, "no")]] for one, text in CHECKLIST.items()]
    version = version_of(state, state["version"])
    rows = [
        ["Part", f"{AUDIENCES[version['id']]} version"],
        ["For", version["reader"]],
        ["Needed for", plain(version["needs"])],
        ["Headline", plain(version["headline"])],
        ["Text", plain(version["text"])],
        *([label, shown] for label, shown in drawn(state, version["chart"])),
    ]
    if revealed(state, version["id"]):
        keep = state["spec"]["finding"]["keep"]
        for one in KEPT:
            held = version["keeps"][one]
            rows.append([f"{one.capitalize()} ({keep[one]})", "kept" if held["kept"] else "dropped"])
        rows += [["Changed", plain(version["changes"])], ["Lost", plain(version["loses"])]]
    return rows
