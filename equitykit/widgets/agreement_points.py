"""What partners settle at the outset: the points as data, and a constructed scenario in which half of them are settled.

The points and the rules are read alike here and in ``static/agreement-model.js``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import pandas as pd
import yaml

from equitykit.errors import CourseError

FIELDS = ("option", "words", "who", "by")
"""What is kept of a point: the option, the partners' own words, and, undecided, who must decide and by when."""
OWN = "own"
"""The option that stands for a clause in the partners' own words."""

_FOLDER = files("equitykit.widgets")
BOOK: dict[str, Any] = {
    **yaml.safe_load((_FOLDER / "agreement_points.yml").read_text("utf-8")),
    **yaml.safe_load((_FOLDER / "agreement_rules.yml").read_text("utf-8")),
}
"""Points with their options, sources, and the rules on what follows from several choices together."""
POINTS: dict[str, dict[str, Any]] = {one["id"]: one for one in BOOK["points"]}

ABOUT: dict[str, str] = {
    "project": "",
    "community": "the community partner",
    "university": "the university",
    "data": "",
    "contact": "",
}
"""What the agreement says of the project where nobody has filled it in."""

SCENARIO_NOTE = (
    "Constructed scenario, no real organisations: a community association and a university study cold homes and "
    "breathing. Peer researchers interview neighbours, log room temperatures and take photographs."
)
SCENARIO_ABOUT = {
    "project": "Cold homes and breathing",
    "community": "the association",
    "university": "the university",
    "data": "Interviews, room temperatures and photographs",
    "contact": "",
}
SCENARIO: dict[str, Any] = {
    "purpose": "together",
    "decide": {"who": "The boards of both", "by": "Before the ethics form goes in"},
    "roles": "collect",
    "hold": "split",
    "see": "key",
    "long": {"who": "", "by": "Before the first interview"},
    "next": "university",
    "withdraw": "any",
    "after": {},
    "made": "open",
    "credit": {"who": "Peer researchers and the lead of the study", "by": ""},
    "pay": {"who": "The finance office", "by": "Before peer researchers are asked"},
    "support": "none",
    "ethics": "university",
    "account": {},
    "back": {"who": "The boards of both", "by": "Before analysis begins"},
}


def settled(choices: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return all points as an agreement keeps them; what is not given is undecided.

    Parameters
    ----------
    choices : mapping
        By id of a point: the id of an option, or a mapping of ``option``, ``words``, ``who`` and ``by``.

    Raises
    ------
    CourseError
        When there is no such point, option or field.
    """
    unknown = sorted(set(choices) - set(POINTS))
    if unknown:
        raise CourseError(f"AgreementBuilder: no point is called {unknown[0]!r}; the points are {', '.join(POINTS)}.")
    return {name: _point(name, choices.get(name, {})) for name in POINTS}


def _point(name: str, given: Any) -> dict[str, str]:
    one = {"option": given} if isinstance(given, str) else dict(given)
    unknown = sorted(set(one) - set(FIELDS))
    if unknown:
        raise CourseError(f"AgreementBuilder: {name} has no {unknown[0]!r}; a point has {', '.join(FIELDS)}.")
    made = {field: str(one.get(field) or "") for field in FIELDS}
    known = ["", OWN, *(option["id"] for option in POINTS[name]["options"])]
    if made["option"] not in known:
        raise CourseError(
            f"AgreementBuilder: {name} has no option {made['option']!r}; it has {', '.join(known[2:])}, or {OWN!r}."
        )
    return made


def told(about: Mapping[str, str]) -> dict[str, str]:
    """Return what the agreement says of the project; an empty name of a partner becomes its role.

    Raises
    ------
    CourseError
        When something else is said of it.
    """
    unknown = sorted(set(about) - set(ABOUT))
    if unknown:
        raise CourseError(f"AgreementBuilder: about has no {unknown[0]!r}; it has {', '.join(ABOUT)}.")
    return {field: str(about.get(field) or "").strip() or ABOUT[field] for field in ABOUT}


def filled(text: str, about: Mapping[str, str]) -> str:
    """Return a text with the names of the partners in their places, with a capital where it begins a sentence."""
    for role in ("community", "university"):
        name = about[role].strip() or ABOUT[role]
        text = text.replace(f"{{{role}}}", name).replace(f"{{{role.capitalize()}}}", name[:1].upper() + name[1:])
    return text


def options() -> pd.DataFrame:
    """Return every option of every point, with its consequences, one row each."""
    groups = {one["id"]: one["title"] for one in BOOK["groups"]}
    return pd.DataFrame(
        [
            {
                "point": point["id"],
                "group": groups[point["group"]],
                "title": point["title"],
                "option": option["id"],
                **{key: filled(option[key], ABOUT) for key in ("choice", "clause", "gains", "risk", "lost")},
                "source": "; ".join(BOOK["sources"][key]["name"] for key in option["source"]),
            }
            for point in BOOK["points"]
            for option in point["options"]
        ]
    )
