"""What a planner starts with: a constructed plan whose first budget has the usual holes, or an empty one."""

from __future__ import annotations

from typing import Any

from equitykit.widgets.planner_sums import HOURS

NOTE = "Constructed plan of no real organisation. Prices without a source are made up with it."

_FEE = "scottish-government-hour"
_CARE = "home-care-bought-by-a-council-or-the-nhs-hour"
_TRANSLATION = "written-translation-1-000-words-2"


def constructed() -> dict[str, Any]:
    """Return a year of work on how a clinic gives out its appointments, as its first budget saw it."""
    return {
        "title": "A year of work on how a clinic gives out appointments",
        "note": NOTE,
        "months": 12,
        "partners": [
            {"name": "Panel", "people": 8, "said": None},
            {"name": "Residents", "people": 40, "said": None},
        ],
        "activities": [
            _activity("Panel meeting", 8, times=6, months=(1, 12), hours=(2, 1.5, 1, 0), paid=["meeting"]),
            _activity("Workshop on questions", 8, times=1, months=(3, 3), hours=(4, 1, 1, 0.5), paid=["meeting"]),
            _activity("Comments on drafts", 8, times=4, months=(6, 9), hours=(0, 2, 0, 0)),
            _activity("Open evening", 20, times=2, months=(5, 10), hours=(2, 0, 1, 0), partners="Residents"),
        ],
        "lines": [
            _line("Fares", "access", 1, "person", low=4, likely=6, high=9, budgeted=True),
            _line("Two BSL interpreters", "access", 2, "time", cost="british-sign-language-interpreter-half-day"),
            _line("Childcare for two families", "access", 2, "away", cost="babysitter-hour"),
            _line("Cover for one unpaid carer", "access", 1, "away", cost=_CARE),
            _line("A coordinator, 14 hours a month", "staff", 14, "month", low=20, likely=22, high=26),
            _line("Two pages on what came of it, in four languages", "telling", 4, "once", cost=_TRANSLATION),
        ],
        "contingency": {"percent": 10, "budgeted": False},
        "answers": {"access_asked": "no", "design": "no", "advance": "no", "protected": "no", "pay_days": 60},
    }


def _activity(title: str, people: int, *, hours: tuple[float, ...], **more: Any) -> dict[str, Any]:
    first, last = more.pop("months")
    each = dict(zip(HOURS, hours, strict=True))
    about = {"title": title, "partners": "Panel", "people": people, "first": first, "last": last, "rate": _FEE}
    return {**about, **each, **more}


def _line(title: str, kind: str, number: float, per: str, **price: Any) -> dict[str, Any]:
    about = "Panel meeting" if kind == "access" else ""
    return {"title": title, "kind": kind, "number": number, "per": per, "activity": about, **price}


def empty() -> dict[str, Any]:
    """Return a plan to begin with: one group of partners and one activity, without hours."""
    return {
        "months": 12,
        "partners": [{"name": "", "people": 6}],
        "activities": [{"people": 6, "times": 1, "paid": ["meeting", "preparation", "travel", "debrief"]}],
        "lines": [],
    }
