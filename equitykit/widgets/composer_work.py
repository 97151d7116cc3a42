"""What a learner makes in an evidence composer: its parts, the course's example, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from equitykit.errors import CourseError

TEXTS: dict[str, Any] = yaml.safe_load((files("equitykit.widgets") / "composer_texts.yml").read_text("utf-8"))
"""What the composer says, in both languages."""

KINDS = ("drawing", "image", "text", "none")
RECOGNISED = ("", "no", "unsure", "yes")
PAPERS = ("a3", "a4", "page")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})?")

EMPTY: dict[str, Any] = {
    "chart": "",
    "claim": "",
    "caption": "",
    "piece": {
        "kind": "none",
        "drawing": "room",
        "form": "poem",
        "title": "",
        "text": "",
        "adds": "",
        "recognise": "",
        "size": None,
    },
    "consent": {
        "status": "",
        "made": "",
        "inside": "",
        "agreed": "",
        "showings": [],
        "until": "",
        "withdraw": "",
    },
    "showing": {"kind": "", "place": "", "date": ""},
    "alt": {"chart": "", "piece": ""},
    "chose": "",
    "gains": "",
    "paper": "a4",
}
"""Nothing written yet."""

EXAMPLE: dict[str, Any] = {
    "chart": "improved-homes",
    "claim": "The house was insulated, and less illness was reported",
    "caption": "Nobody changed the tenants. In the trial somebody insulated the house, and lot decided which houses "
    "came first. What the dots leave out is the corner where the damp comes back, and who is told to open the window.",
    "piece": {
        "kind": "drawing",
        "drawing": "room",
        "adds": "Where in a room damp begins: in the corner far from the window. No study here measured mould.",
    },
    "showing": {"kind": "teaching"},
}
"""The course's own example: a drawing of the course beside a chart, with questions still open."""


def work_from(given: Mapping[str, Any], charts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return work with every part that it lacks filled with nothing.

    Parameters
    ----------
    given : mapping
        Any parts of :data:`EMPTY`.
    charts : list of dict
        The charts to choose from; the first is chosen where none is.

    Raises
    ------
    CourseError
        When a part is not one that the composer knows.
    """
    known = [one["id"] for one in charts]
    made = _filled(given, EMPTY, "work")
    made["chart"] = made["chart"] or known[0]
    piece, consent, showing = made["piece"], made["consent"], made["showing"]
    for where, value, choices in (
        ("chart", made["chart"], known),
        ("piece kind", piece["kind"], KINDS),
        ("drawing", piece["drawing"], tuple(TEXTS["drawings"])),
        ("form", piece["form"], tuple(TEXTS["forms"])),
        ("recognise", piece["recognise"], RECOGNISED),
        ("consent status", consent["status"], ("", *(one for one in TEXTS["statuses"] if one != "course"))),
        ("showing kind", showing["kind"], ("", *TEXTS["showings"])),
        ("paper", made["paper"], PAPERS),
    ):
        if value not in choices:
            raise CourseError(f"EvidenceComposer: {where} is {value!r}; use one of {', '.join(map(repr, choices))}.")
    unknown = [one for one in consent["showings"] if one not in TEXTS["showings"]]
    if unknown:
        raise CourseError(f"EvidenceComposer: no showing is called {unknown[0]!r}; use {', '.join(TEXTS['showings'])}.")
    for where, date in (("until", consent["until"]), ("date", showing["date"])):
        if not _DATE.fullmatch(date):
            raise CourseError(f"EvidenceComposer: {where} is {date!r}; write a date as 2027-03-31.")
    size = piece["size"]
    if size is not None and not (len(size) == 2 and all(isinstance(one, int) and one > 0 for one in size)):
        raise CourseError(f"EvidenceComposer: size is {size!r}; it is width and height in pixels.")
    return made


def _filled(given: Any, pattern: Mapping[str, Any], where: str) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise CourseError(f"EvidenceComposer: {where} is {given!r}; it takes parts with values.")
    unknown = [one for one in given if one not in pattern]
    if unknown:
        raise CourseError(f"EvidenceComposer: {where} has no {unknown[0]!r}; it has {', '.join(pattern)}.")
    made: dict[str, Any] = {}
    for key, nothing in pattern.items():
        value = given.get(key, nothing)
        if isinstance(nothing, dict):
            made[key] = _filled(value, nothing, f"{where}, {key}")
        elif isinstance(nothing, list) or key == "size":
            if value is not None and not isinstance(value, list | tuple):
                raise CourseError(f"EvidenceComposer: {where}, {key} is {value!r}; it takes a list.")
            made[key] = None if value is None else list(value)
        elif isinstance(value, str):
            made[key] = value
        else:
            raise CourseError(f"EvidenceComposer: {where}, {key} is {value!r}; it takes a text.")
    return made
