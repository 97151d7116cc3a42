"""Groups of categories: the presets, the name that a group has after categories were moved, and the moves.

A grouping is a list with one label for each category; categories with the same label are one group. The page's script
moves and names in the same way (``static/categories-model.js``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

PRESETS = ("19", "16", "5", "2")
"""The groupings that stand ready, finest first."""

NO_LETTER = {
    "Gypsy or Irish Traveller": "Other White",
    "Roma": "Other White",
    "Arab": "Any other ethnic group",
}
"""Census categories without a letter among the NHS ethnic categories, and where the explorer puts them."""

REST = "All other groups"

Category = Mapping[str, str]


def preset(key: str, categories: Sequence[Category]) -> list[str]:
    """Return the label of each category in a preset.

    Parameters
    ----------
    key : str
        One of :data:`PRESETS`.
    categories : sequence of mapping
        Each with ``name`` and ``broad``.
    """
    labels = {
        "19": lambda one: one["name"],
        "16": lambda one: NO_LETTER.get(one["name"], one["name"]),
        "5": lambda one: one["broad"],
        "2": lambda one: "White" if one["broad"] == "White" else REST,
    }[key]
    return [labels(one) for one in categories]


def key_of(assigned: Sequence[str], categories: Sequence[Category]) -> str:
    """Return which preset a grouping is, whatever its labels, or "own"."""
    parts = _parts(assigned)
    return next((key for key in PRESETS if _parts(preset(key, categories)) == parts), "own")


def members(assigned: Sequence[str], categories: Sequence[Category]) -> dict[str, list[str]]:
    """Return the categories of each group by its label, in the order of the categories."""
    made: dict[str, list[str]] = {}
    for label, one in zip(assigned, categories, strict=True):
        made.setdefault(label, []).append(one["name"])
    return made


def named(label: str, inside: Sequence[str], categories: Sequence[Category]) -> str:
    """Return how a group is called: its one category, the name of a preset's group, or what was changed in it."""
    if len(inside) == 1:
        return inside[0]
    known = [members(preset(key, categories), categories).get(label) for key in PRESETS]
    bases = [base for base in known if base and len(base) > 1]
    if not bases:
        return joined(inside) if len(inside) <= 3 else f"{inside[0]} and {len(inside) - 1} others"
    if list(inside) in bases:
        return label
    gone = [one for one in bases[0] if one not in inside]
    come = [one for one in inside if one not in bases[0]]
    if len(gone) + len(come) > 2:
        return f"{label}, changed"
    return label + (f" without {joined(gone)}" if gone else "") + (f" with {joined(come)}" if come else "")


def moved(assigned: Sequence[str], category: str, into: str, categories: Sequence[Category]) -> list[str]:
    """Return the grouping after a category went into the group of a label; with "" into a group of its own."""
    names = [one["name"] for one in categories]
    at = names.index(category)
    made = list(assigned)
    if not into:
        made[at] = category if category not in made[:at] + made[at + 1 :] else f"{category} alone"
        return made
    inside = members(assigned, categories)[into]
    if category in inside:
        return made
    label = f"{inside[0]} + {category}" if len(inside) == 1 else into
    return [label if one == into or place == at else one for place, one in enumerate(made)]


def split(assigned: Sequence[str], label: str, categories: Sequence[Category]) -> list[str]:
    """Return the grouping with each category of a group by itself."""
    made = list(assigned)
    for name in members(assigned, categories)[label]:
        made = moved(made, name, "", categories)
    return made


def collapsed(assigned: Sequence[str], broad: str, categories: Sequence[Category]) -> list[str]:
    """Return the grouping with all categories of a broad group in one."""
    return [one["broad"] if one["broad"] == broad else label for label, one in zip(assigned, categories, strict=True)]


def joined(names: Sequence[str]) -> str:
    """Return names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def known(state: Mapping[str, Any], label: str) -> bool:
    """Tell whether a group of this label stands in a state."""
    return label in state["assigned"]


def _parts(assigned: Sequence[str]) -> set[frozenset[int]]:
    places: dict[str, set[int]] = {}
    for place, label in enumerate(assigned):
        places.setdefault(label, set()).add(place)
    return {frozenset(one) for one in places.values()}
