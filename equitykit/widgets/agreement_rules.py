"""What follows from several choices together: conflicts, who can say yes when, and what can still be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from equitykit.widgets.agreement_points import BOOK, OWN, POINTS, filled

Choices = Mapping[str, Mapping[str, str]]
_POSSIBLE = {"yes": "yes", "no": "no", "": "not decided"}
_OPEN = "The points that settle it are undecided, or in own words."


def decided(choice: Mapping[str, str]) -> bool:
    """Whether a point is settled: by an option, or in own words that say something."""
    return bool(choice["words"].strip()) if choice["option"] == OWN else bool(choice["option"])


def undecided(choices: Choices) -> list[dict[str, Any]]:
    """Return the points that are not settled, in order."""
    return [point for point in BOOK["points"] if not decided(choices[point["id"]])]


def option(choices: Choices, name: str) -> dict[str, Any] | None:
    """Return the option that was chosen for a point; None where there is none, or own words stand in its place."""
    return next((one for one in POINTS[name]["options"] if one["id"] == choices[name]["option"]), None)


def holds(when: Mapping[str, Sequence[str]], choices: Choices) -> bool:
    """Whether every point of a condition has one of the options that it names."""
    return all(choices[name]["option"] in named for name, named in when.items())


def conflicts(choices: Choices) -> list[dict[str, Any]]:
    """Return the rules that find choices which cannot both be kept, in order."""
    return [rule for rule in BOOK["conflicts"] if holds(rule["when"], choices)]


def consent(choices: Choices) -> list[dict[str, Any]]:
    """Return, for each moment in the life of the data, who must say yes and who is heard.

    Returns
    -------
    list of dict
        ``moment``, ``title``, ``must`` and ``heard`` (ids of people), ``status`` ("decided", "own" where the point is
        in own words, "undecided"), and ``point``, the point that settles it.
    """
    found = []
    for moment in BOOK["moments"]:
        must: list[str] = []
        heard: list[str] = []
        for name in POINTS:
            says = ((option(choices, name) or {}).get("says") or {}).get(moment["id"], {})
            must += [one for one in says.get("must", []) if one not in must]
            heard += [one for one in says.get("heard", []) if one not in heard]
        choice = choices[moment["by"]]
        status = "undecided" if not decided(choice) else "own" if choice["option"] == OWN else "decided"
        order = [one["id"] for one in BOOK["people"]]
        found.append(
            {
                "moment": moment["id"],
                "title": moment["title"],
                "must": sorted(must, key=order.index),
                "heard": sorted((one for one in heard if one not in must), key=order.index),
                "status": status,
                "point": moment["by"],
            }
        )
    return found


def way_back(choices: Choices) -> dict[str, str] | None:
    """Return until which moment a person can take all of their data out, and why; None where that is not decided."""
    return next((case for case in BOOK["way_back"] if holds(case["when"], choices)), None)


def after_sharing(choices: Choices, about: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what can still be changed once results are published and data is passed on as agreed."""
    found = []
    for item in BOOK["shared"]:
        case = next((one for one in item["cases"] if holds(one.get("when", {}), choices)), None)
        found.append(
            {
                "id": item["id"],
                "change": item["change"],
                "can": _POSSIBLE[case["can"] if case else ""],
                "why": filled(case["why"] if case else _OPEN, about),
            }
        )
    return found
