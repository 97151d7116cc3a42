"""What a board starts with: a constructed, half-filled plan over published figures, and three series to judge first."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from equitykit import data
from equitykit.data import monthly
from equitykit.errors import CourseError
from equitykit.widgets.board_claims import chart
from equitykit.widgets.board_rules import FIELDS

PLAN = "Constructed plan of no real organisation. Figures are published ones, or synthetic where that is said."
BETTER = ("higher", "lower", "neither")
_SERIES = {
    "title",
    "unit",
    "decimals",
    "better",
    "points",
    "breaks",
    "steps",
    "baseline",
    "source",
    "source_url",
    "synthetic",
}


def series_from(
    df: pd.DataFrame,
    *,
    value: str = "value",
    period: str = "year",
    title: str = "",
    unit: str = "%",
    decimals: int = 1,
    better: str = "higher",
    fill: bool = True,
    breaks: str | Mapping[str, str] = "break_kind",
    note: str = "note",
    steps: Mapping[str, str] | None = None,
    baseline: int | None = None,
    source: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a series as a board takes it: plain figures by period, with its gaps, breaks and source.

    Parameters
    ----------
    df : pandas.DataFrame
        One row a period, in order of time. ``df.attrs["dataset"]`` names the source.
    value, period : str
        The columns of figures and of periods.
    title : str
        What is counted, in a few words.
    unit : str
        "%", or a noun such as "days"; empty for a ratio.
    decimals : int
        Of the figures as they are published.
    better : {"higher", "lower", "neither"}
        Which way the plan wants the figure to go.
    fill : bool
        Whether whole-number years that are missing become gaps. Not for what happens now and then, such as elections.
    breaks : str or mapping of str to str
        The column that marks breaks ("none" or empty where there is none), or the breaks by period with their "
                                      "reasons.
    note : str
        The column that says what changed at a break.
    steps : mapping of str to str, optional
        Where limits are computed anew, and what was changed then.
    baseline : int, optional
        Compute the limits of each phase from its first so many figures.
    source : mapping, optional
        ``source``, ``source_url``, ``synthetic``, where the table does not carry them.

    Raises
    ------
    CourseError
        When a column is missing, a period comes twice, or a step or break is not there.
    """
    for name, role in ((value, "value"), (period, "period")):
        if name not in df.columns:
            raise CourseError(f"AccountabilityBoard: there is no column {name!r} for {role}.")
    named = [_period(one) for one in df[period]]
    points: list[list[Any]] = []
    for label, one in zip(named, df[value], strict=True):
        if fill and points and label.isdigit() and points[-1][0].isdigit():
            points += [[str(gap), None] for gap in range(int(points[-1][0]) + 1, int(label))]
        points.append([label, None if pd.isna(one) else round(float(one), 6)])
    if isinstance(breaks, str):
        marked: dict[str, str] = {}
        if breaks in df.columns:
            reasons = df[note] if note in df.columns else df[breaks]
            for label, kind, reason in zip(named, df[breaks], reasons, strict=True):
                if not pd.isna(kind) and str(kind) not in ("", "none"):
                    marked[label] = str(kind) if pd.isna(reason) or not str(reason).strip() else str(reason)
    else:
        marked = {str(key): str(reason) for key, reason in breaks.items()}
    facts = source if source is not None else df.attrs.get("dataset") or {}
    return checked_series(
        {
            "title": title,
            "unit": unit,
            "decimals": decimals,
            "better": better,
            "points": points,
            "breaks": [[key, reason] for key, reason in marked.items()],
            "steps": [[str(key), str(reason)] for key, reason in (steps or {}).items()],
            "baseline": baseline,
            "source": str(facts.get("source", "")),
            "source_url": str(facts.get("source_url", "")),
            "synthetic": bool(facts.get("synthetic", False)),
        }
    )


def checked_series(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a series with everything that a board needs of it, or refuse it."""
    unknown = sorted(set(given) - _SERIES)
    if unknown:
        raise CourseError(f"AccountabilityBoard: a series has no {unknown[0]!r}; it has {', '.join(sorted(_SERIES))}.")
    made: dict[str, Any] = {
        "title": "", "unit": "", "decimals": 1, "better": "higher", "points": [], "breaks": [], "steps": [],
        "baseline": None, "source": "", "source_url": "", "synthetic": False, **given,
    }  # fmt: skip
    if made["better"] not in BETTER:
        raise CourseError(f"AccountabilityBoard: better is {made['better']!r}; use one of {', '.join(BETTER)}.")
    if not isinstance(made["decimals"], int) or not 0 <= made["decimals"] <= 6:
        raise CourseError(f"AccountabilityBoard: decimals is {made['decimals']!r}; use a whole number from 0 to 6.")
    for one in made["points"]:
        if len(one) != 2 or not isinstance(one[0], str) or not (one[1] is None or _finite(one[1])):
            raise CourseError(f"AccountabilityBoard: {one!r} is no point; a point is a period and a figure, or None.")
    made["points"] = [[one[0], one[1]] for one in made["points"]]
    if made["points"]:
        chart(made)  # refuses periods that come twice, and steps and breaks that are not there
    return made


def checked_row(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a plan with everything that a board needs of it, or refuse it."""
    unknown = sorted(set(given) - {*FIELDS, "target", "series"})
    if unknown:
        raise CourseError(
            f"AccountabilityBoard: a row has no {unknown[0]!r}; it has {', '.join(FIELDS)}, target, series."
        )
    target = given.get("target")
    if target is not None and not _finite(target):
        raise CourseError(f"AccountabilityBoard: the target {target!r} is not a number.")
    series = given.get("series")
    return {
        **{field: str(given.get(field) or "") for field in FIELDS},
        "target": None if target is None else float(target),
        "series": None if series is None else checked_series(series),
    }


def _finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _period(given: Any) -> str:
    if isinstance(given, float) and given == int(given):
        return str(int(given))
    return str(given.date()) if isinstance(given, pd.Timestamp) else str(given)


def unit(name: str, *, until: int = monthly.MONTHS, baseline: int | None = 24) -> dict[str, Any]:
    """Return the series of one synthetic unit."""
    table = data.load(monthly.NAME)
    rows = table[(table["unit"] == name) & (table["month_number"] <= until)]
    return series_from(
        rows, value="percent", period="month", title="Grievances resolved in time", unit="%", baseline=baseline
    )


def constructed() -> list[dict[str, Any]]:
    """Return the half-filled plan that a board starts with."""
    race = data.load("workforce-race-equality")
    shortlist = race[(race["indicator"] == 2) & (race["unit"] == "ratio") & (race["area"] == "England")]
    labour = data.load("workforce-indicators-over-time")
    pay = labour[labour["indicator"] == "mean hourly pay gap, full-time employees"]
    return [
        {
            "title": "Appointment",
            "indicator": (
                "How many times as likely white applicants are to be appointed from a shortlist as BME applicants"
            ),
            "series": series_from(
                shortlist, title="NHS trusts in England: likelihood of appointment, white over BME", unit="",
                decimals=2, better="lower",
            ),
            "owner": "Equality, diversity and inclusion committee",
            "target": 1.25,
            "threshold": "no higher than 1.25",
            "published": "Annual report",
        },
        {
            "title": "Grievances",
            "indicator": "Share of grievances about discrimination that are resolved within the agreed time",
            "series": unit("Unit B", baseline=24),
            "owner": "Chief people officer",
            "target": 70,
            "threshold": "at least 70%",
            "by": "December 2023",
            "consequence": "The action plan is reviewed",
            "published": "Staff intranet",
            "success": "To be agreed with the staff networks",
        },
        {
            "title": "Pay",
            "indicator": "Mean hourly pay gap between women and men, full-time employees",
            "series": series_from(pay, title="United Kingdom: mean hourly pay gap, full time", better="lower"),
            "owner": "Women’s network",
            "target": 5,
            "threshold": "5% or less",
            "by": "2030",
            "consequence": "A tenth of directors’ performance pay is withheld",
            "decides": "Remuneration committee",
            "published": "Annual report",
        },
        {
            "title": "Training",
            "indicator": "Number of managers who have completed the inclusive leadership course",
            "owner": "All managers",
            "threshold": "improve",
        },
    ]  # fmt: skip


def to_judge() -> list[dict[str, Any]]:
    """Return the three series that a reader judges before any limits are drawn."""
    before, after = halves()
    picked = monthly.PICKED
    return [
        {
            "id": "dip",
            "title": "A fall to the lowest figure in four years",
            "story": (
                "In November 2024 the share fell to 46.7%, the lowest of 48 months. The board asks what went wrong."
            ),
            "series": unit("Unit A"),
            "from": "2024-11",
            "answer": "wobbled",
            "truth": (
                "Nothing changed: in every month the chance of being resolved in time was 62%. "
                "Of 48 figures one is the lowest."
            ),
        },
        {
            "id": "rota",
            "title": "A new way of handling grievances",
            "story": (
                "In January 2023 grievances began to be heard by people from outside the department. "
                "The board asks whether it helped."
            ),
            "series": unit("Unit B"),
            "from": "2023-01",
            "answer": "changed",
            "truth": "It changed: the chance was 55% until December 2022 and 74% from January 2023.",
        },
        {
            "id": "worst",
            "title": "Help for the unit that was worst",
            "story": (
                f"In December 2022 this unit had the lowest half-year of eight: {before[picked]:.1f}%. Its "
                f"managers were sent on a "
                f"course. In the next half-year the share was {after[picked]:.1f}%. The course is credited."
            ),
            "series": unit(picked, until=30),
            "from": "2023-01",
            "answer": "wobbled",
            "truth": (
                "Nothing changed: in all eight units the chance was 62% in every month. The course did nothing. "
                "The unit was picked "
                "because its half-year was the lowest; after a lowest figure the next is usually higher. That "
                "is regression to "
                "the mean."
            ),
            "alike": [[name, round(before[name], 1), round(after[name], 1)] for name in monthly.ALIKE],
        },
    ]


def halves() -> tuple[dict[str, float], dict[str, float]]:
    """Return the shares of the eight alike units in the half-year before help, and in the one after it."""
    table = data.load(monthly.NAME)
    made = []
    for first, last in (monthly.WATCHED, (monthly.CHANGE_MONTH, monthly.CHANGE_MONTH + 5)):
        rows = table[table["unit"].isin(monthly.ALIKE) & table["month_number"].between(first, last)]
        sums = rows.groupby("unit")[["in_time", "cases"]].sum()
        made.append({str(name): float(one) for name, one in (100 * sums["in_time"] / sums["cases"]).items()})
    return made[0], made[1]
