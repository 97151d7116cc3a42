"""What a power map is made of: its words and rules, the maps it starts with, and what it accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from importlib.resources import files
from typing import Any

import yaml

from equitykit.errors import CourseError


def _read(name: str) -> Any:
    return yaml.safe_load((files("equitykit.widgets") / name).read_text("utf-8"))


TERMS: dict[str, Any] = _read("power_rules.yml")
"""Stages, degrees of say, pay, promises, sources and the rules."""

STANDARDS: list[dict[str, Any]] = _read("power_standards.yml")
"""The six standards, four rungs each."""

MAPS: dict[str, dict[str, Any]] = _read("power_project.yml")
"""The published map and the empty one."""

KINDS = ("published", "constructed", "own")
FEWEST, MOST, GROUPS = 2, 12, 8
_PROJECT = ("title", "kind", "about", "source", "source_url", "promise_from")
_LATE = ("told", "asked")  # those who share or decide were there when it was settled


def start(own: bool) -> dict[str, Any]:
    """Return the parts of a map to start with: the published project, or an empty map of one's own."""
    return deepcopy(MAPS["own" if own else "published"])


def checked_project(given: Mapping[str, Any]) -> dict[str, str]:
    """Return a project as a map holds it.

    Raises
    ------
    CourseError
        When it has no title, an unknown kind, or is published without a source.
    """
    _known("project", given, _PROJECT)
    made = {field: str(given.get(field) or "").strip() for field in _PROJECT}
    made["kind"] = made["kind"] or "own"
    if made["kind"] not in KINDS:
        raise CourseError(f"PowerMap: the project's kind is {made['kind']!r}; use one of {', '.join(KINDS)}.")
    if made["kind"] == "published" and not (made["source"] and made["source_url"].startswith("http")):
        raise CourseError("PowerMap: a published project needs its source and source_url.")
    return made


def checked_decisions(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return decisions as a map holds them, in order of time.

    Raises
    ------
    CourseError
        When there are too few or too many, or one has an unknown stage or field.
    """
    if not FEWEST <= len(given) <= MOST:
        raise CourseError(f"PowerMap: {len(given)} decisions; a map takes {FEWEST} to {MOST}.")
    made = []
    for one in given:
        _known("decision", one, ("title", "stage", "when", "answers", "left_out"))
        if one.get("stage") not in TERMS["stages"]:
            raise CourseError(
                f"PowerMap: the decision {one.get('title')!r} has the stage {one.get('stage')!r}; "
                f"use one of {', '.join(TERMS['stages'])}."
            )
        texts = {field: str(one.get(field) or "").strip() for field in ("title", "when", "answers")}
        made.append({**texts, "stage": one["stage"], "left_out": bool(one.get("left_out"))})
    return made


def checked_people(given: Sequence[Mapping[str, Any]], decisions: int) -> list[dict[str, Any]]:
    """Return groups as a map holds them, each with one mark a decision.

    Raises
    ------
    CourseError
        When there are none or too many, or one has marks or a pay that a map does not know.
    """
    if not 1 <= len(given) <= GROUPS:
        raise CourseError(f"PowerMap: {len(given)} groups; a map takes 1 to {GROUPS}.")
    made = []
    for one in given:
        _known("group", one, ("title", "affected", "pay", "paid", "says"))
        pay = one.get("pay") or "unsaid"
        if pay not in TERMS["pays"]:
            raise CourseError(
                f"PowerMap: the group {one.get('title')!r} has the pay {pay!r}; use one of {', '.join(TERMS['pays'])}."
            )
        says = list(one.get("says") or ["unsaid"] * decisions)
        if len(says) != decisions:
            raise CourseError(
                f"PowerMap: the group {one.get('title')!r} has {len(says)} marks for {decisions} decisions; "
                "give one for each, 'none' where it was not there."
            )
        texts = {field: str(one.get(field) or "").strip() for field in ("title", "paid")}
        made.append(
            {**texts, "affected": bool(one.get("affected")), "pay": pay, "says": [_mark(said) for said in says]}
        )
    return made


def _mark(given: str | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(given, str):
        said, *more = given.split() or [""]
        given = {"say": said, **dict.fromkeys(more, True)}
    _known("mark", given, ("say", "late", "heard", "note"))
    say = given.get("say")
    if say not in TERMS["says"]:
        raise CourseError(f"PowerMap: a mark says {say!r}; use one of {', '.join(TERMS['says'])}.")
    return {
        "say": say,
        "late": bool(given.get("late")) and say in _LATE,
        "heard": bool(given.get("heard")) and say == "asked",
        "note": str(given.get("note") or "").strip(),
    }


def checked_promise(given: str) -> str:
    """Return the level of the promise, or "" for none.

    Raises
    ------
    CourseError
        When there is no such level.
    """
    if given and given not in TERMS["promises"]:
        raise CourseError(f"PowerMap: promise is {given!r}; use one of {', '.join(TERMS['promises'])}, or ''.")
    return given


def checked_answers(given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return a self-assessment: by standard, what is ticked, the evidence, and whether none stands.

    Raises
    ------
    CourseError
        When it names a standard or a statement that there is not.
    """
    made = {}
    for key, said in given.items():
        known = {rung["id"] for one in STANDARDS if one["id"] == key for rung in one["rungs"]}
        ticked = [str(one) for one in said.get("ticked", [])]
        if not known or not set(ticked) <= known:
            raise CourseError(f"PowerMap: there is no standard {key!r} with the statements {ticked!r}.")
        made[key] = {"ticked": ticked, "evidence": str(said.get("evidence") or ""), "none": bool(said.get("none"))}
    return made


def _known(what: str, given: Mapping[str, Any], fields: Sequence[str]) -> None:
    unknown = sorted(set(given) - set(fields))
    if unknown:
        raise CourseError(f"PowerMap: a {what} has no {unknown[0]!r}; it has {', '.join(fields)}.")
