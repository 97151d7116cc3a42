"""A plan as the involvement planner holds it: checked, complete, every part with an id."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from equitykit.errors import CourseError
from equitykit.widgets.planner_sums import HOURS

LINE_KINDS = {
    "access": "Access",
    "support": "Support for partners",
    "staff": "Staff time",
    "telling": "Telling people what came of it",
}
PER = {
    "once": "once",
    "time": "each time",
    "person": "each person, each time",
    "hour": "each hour of meeting",
    "away": "each hour away: meeting, travel and debrief",
    "month": "each month",
}
ANSWERS = ("access_asked", "design", "benefits", "advance", "ways", "protected")
"""Questions of the plan that are answered yes, no or not at all; ``pay_days`` is a number or None."""
LIMITS: dict[str, tuple[float, float, bool]] = {
    "months": (1, 60, True),
    "people": (1, 1000, True),
    "said": (0, 200, False),
    "times": (1, 500, True),
    "first": (1, 60, True),
    "last": (1, 60, True),
    **dict.fromkeys(HOURS, (0, 100, False)),
    "rate": (0, 20000, False),
    "number": (0, 100000, False),
    "percent": (0, 100, False),
    "pay_days": (0, 730, True),
}
"""The least and most of each number, and whether it is whole."""

_PRICE = ("low", "likely", "high", "source", "url")
_WHEN = ("people", "times", "first", "last")
_ACTIVITY = ("id", "title", "partners", *_WHEN, *HOURS, "paid", "rate", *_PRICE, "per")
_LINE = ("id", "title", "kind", "number", "per", "activity", "cost", *_PRICE, "budgeted")
Given = Mapping[str, Any]


def checked(plan: Given, rates: Sequence[Given] = (), access: Sequence[Given] = ()) -> dict[str, Any]:
    """Return a plan complete and clean.

    Parameters
    ----------
    plan : mapping
        What is left out is empty. Activities name their partners, and lines their activity, by name or id.
    rates, access : sequence of mapping
        Published prices by ``id``, which an activity's ``rate`` and a line's ``cost`` may name.

    Raises
    ------
    CourseError
        When something is not known, no number, or out of range.
    """
    _known("the plan", plan, ("title", "note", "months", "partners", "activities", "lines", "contingency", "answers"))
    months = int(_number("the plan", "months", plan.get("months", 12)))
    partners = [_partner(one, place) for place, one in enumerate(plan.get("partners", ()))]
    activities = [
        _activity(one, place, months, partners, rates) for place, one in enumerate(plan.get("activities", ()))
    ]
    lines = [_cost(one, place, activities, access) for place, one in enumerate(plan.get("lines", ()))]
    for what, made in (("partners", partners), ("activities", activities), ("lines", lines)):
        ids = [one["id"] for one in made]
        if len(set(ids)) < len(ids):
            raise CourseError(f"InvolvementPlanner: two of the {what} have the same id; give each its own, or none.")
    given = plan.get("contingency", {})
    _known("the contingency", given, ("percent", "budgeted"))
    percent = _number("the contingency", "percent", given.get("percent", 0))
    return {
        "title": str(plan.get("title", "")),
        "note": str(plan.get("note", "")),
        "months": months,
        "partners": partners,
        "activities": activities,
        "lines": lines,
        "contingency": {"percent": percent, "budgeted": bool(given.get("budgeted", False))},
        "answers": _answers(plan.get("answers", {})),
    }


def _partner(given: Given, place: int) -> dict[str, Any]:
    name = str(given.get("name", ""))
    where = f"partners {name!r}"
    _known(where, given, ("id", "name", "people", "said"))
    said = given.get("said")
    return {
        "id": str(given.get("id", f"g{place + 1}")),
        "name": name,
        "people": int(_number(where, "people", given.get("people", 1))),
        "said": None if said is None else _number(where, "said", said),
    }


def _activity(
    given: Given, place: int, months: int, partners: Sequence[Given], rates: Sequence[Given]
) -> dict[str, Any]:
    title = str(given.get("title", ""))
    where = f"activity {title!r}"
    _known(where, given, _ACTIVITY)
    if not partners:
        raise CourseError(f"InvolvementPlanner: {where} asks nobody: give the plan partners.")
    who = str(given.get("partners", partners[0]["id"]))
    group = next((one for one in partners if who in (one["id"], one["name"])), None)
    if group is None:
        known = ", ".join(repr(one["name"]) for one in partners)
        raise CourseError(f"InvolvementPlanner: {where}: there are no partners {who!r}; use one of {known}.")
    people = int(_number(where, "people", given.get("people", group["people"])))
    if people > group["people"]:
        raise CourseError(
            f"InvolvementPlanner: {where}: people is {people}, and {group['name']!r} has {group['people']}."
        )
    first = int(_number(where, "first", given.get("first", 1)))
    last = int(_number(where, "last", given.get("last", months)))
    if not first <= last <= months:
        raise CourseError(
            f"InvolvementPlanner: {where} runs from month {first} to {last}; the plan has months 1 to {months}."
        )
    paid = list(given.get("paid", ()))
    for one in paid:
        if one not in HOURS:
            raise CourseError(f"InvolvementPlanner: {where}: paid has {one!r}; use {', '.join(HOURS)}.")
    return {
        "id": str(given.get("id", f"a{place + 1}")),
        "title": title,
        "partners": group["id"],
        "people": people,
        "times": int(_number(where, "times", given.get("times", 1))),
        "first": first,
        "last": last,
        **{one: _number(where, one, given.get(one, 0)) for one in HOURS},
        "paid": [one for one in HOURS if one in paid],
        **_price(where, given, "rate", rates, ("hour", "time")),
    }


def _cost(given: Given, place: int, activities: Sequence[Given], access: Sequence[Given]) -> dict[str, Any]:
    title = str(given.get("title", ""))
    where = f"line {title!r}"
    _known(where, given, _LINE)
    kind, per, about = (
        str(given.get(key, other)) for key, other in (("kind", "access"), ("per", "once"), ("activity", ""))
    )
    for said, known, what in ((kind, LINE_KINDS, "kind"), (per, PER, "per")):
        if said not in known:
            raise CourseError(f"InvolvementPlanner: {where}: {what} is {said!r}; use {', '.join(known)}.")
    activity = next((one for one in activities if about in (one["id"], one["title"])), None)
    if about and activity is None:
        raise CourseError(f"InvolvementPlanner: {where}: there is no activity {about!r}.")
    price = _price(where, given, "cost", access, None)
    return {
        "id": str(given.get("id", f"l{place + 1}")),
        "title": title,
        "kind": kind,
        "number": _number(where, "number", given.get("number", 1)),
        "per": per,
        "activity": activity["id"] if activity else "",
        **price,
        "budgeted": bool(given.get("budgeted", False)),
    }


def _price(
    where: str, given: Given, key: str, published: Sequence[Given], units: Sequence[str] | None
) -> dict[str, Any]:
    """Low, likely and high: from a published price where one is named, or as given."""
    named = given.get(key)
    base: Given = {}
    if named is not None:
        found = next((one for one in published if one["id"] == named), None)
        if found is None:
            raise CourseError(f"InvolvementPlanner: {where}: there is no published price {named!r} for {key}.")
        base = found
    likely = _number(where, "rate", given.get("likely", base.get("likely", 0)), "likely")
    low = _number(where, "rate", given.get("low", base.get("low", likely)), "low")
    high = _number(where, "rate", given.get("high", base.get("high", likely)), "high")
    if not low <= likely <= high:
        raise CourseError(
            f"InvolvementPlanner: {where}: low {low:g}, likely {likely:g}, high {high:g}: low comes first."
        )
    made: dict[str, Any] = {"low": low, "likely": likely, "high": high}
    made |= {one: str(given.get(one, base.get(one, ""))) for one in ("source", "url")}
    if units:
        per = str(given.get("per", base.get("per", "hour")))
        if per not in units:
            raise CourseError(f"InvolvementPlanner: {where}: per is {per!r}; use {' or '.join(units)}.")
        made["per"] = per
    return made


def _answers(given: Given) -> dict[str, Any]:
    _known("the answers", given, (*ANSWERS, "pay_days"))
    made: dict[str, Any] = {}
    for key in ANSWERS:
        made[key] = str(given.get(key, ""))
        if made[key] not in ("", "no", "yes"):
            raise CourseError(f"InvolvementPlanner: the answer to {key} is {made[key]!r}; use 'yes', 'no' or ''.")
    days = given.get("pay_days")
    made["pay_days"] = None if days is None else int(_number("the answers", "pay_days", days))
    return made


def _number(where: str, field: str, value: Any, name: str = "") -> float:
    low, high, whole = LIMITS[field]
    fits = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not fits or not low <= value <= high or (whole and value != int(value)):
        kind = "a whole number" if whole else "a number"
        raise CourseError(
            f"InvolvementPlanner: {where}: {name or field} is {value!r}; use {kind} from {low:,.0f} to {high:,.0f}."
        )
    return int(value) if whole or float(value).is_integer() else float(value)


def _known(where: str, given: Any, fields: Sequence[str]) -> None:
    if not isinstance(given, Mapping):
        raise CourseError(f"InvolvementPlanner: {where} is {given!r}; give a mapping.")
    for key in given:
        if key not in fields:
            raise CourseError(f"InvolvementPlanner: {where}: {key!r} is not known; use {', '.join(fields)}.")
