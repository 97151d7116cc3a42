"""What an involvement plan costs, who carries it, and what it asks of each partner (so does static/planner-model.js).

Low is every rate at its lowest, high is every rate at its highest, with the quantities as planned. That is a range of
prices and no confidence interval.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

HOURS = ("meeting", "preparation", "travel", "debrief")
"""The kinds of hour that an activity takes of each person, each time."""
ENDS = ("low", "likely", "high")
KINDS = ("meeting", "other hours", "access", "support", "staff", "telling", "contingency")
"""The kinds of cost, in the order in which they are drawn."""
CARRIERS = ("partners", "staff", "nobody")
"""Who carries what no budget covers; what nobody carries is not done."""
_CARRIED = {"meeting": "partners", "other hours": "partners", "access": "partners", "staff": "staff"}

Plan = Mapping[str, Any]
Three = tuple[float, float, float]


def carrier(kind: str) -> str:
    """Return who carries a kind of cost that is not in the budget."""
    return _CARRIED.get(kind, "nobody")


def hourly(activity: Mapping[str, Any], end: str) -> float:
    """Return the fee for an hour: as agreed, or a fee for each time spread over the hours that it covers.

    A fee that covers no hour is spread over the meeting, and where there is none, over all hours.
    """
    if activity["per"] == "hour":
        return float(activity[end])
    for kinds in (activity["paid"], ("meeting",), HOURS):
        hours = math.fsum(activity[one] for one in HOURS if one in kinds)
        if hours > 0:
            return float(activity[end]) / hours
    return 0.0


def factor(plan: Plan, line: Mapping[str, Any]) -> float:
    """Return how often a line's number counts: once, by what it is reckoned."""
    if line["per"] == "once":
        return 1.0
    if line["per"] == "month":
        return float(plan["months"])
    about = [one for one in plan["activities"] if line["activity"] in ("", one["id"])]
    if line["per"] == "time":
        return math.fsum(one["times"] for one in about)
    if line["per"] == "person":
        return math.fsum(one["people"] * one["times"] for one in about)
    if line["per"] == "hour":
        return math.fsum(one["meeting"] * one["times"] for one in about)
    return math.fsum((one["meeting"] + one["travel"] + one["debrief"]) * one["times"] for one in about)


def cost_lines(plan: Plan) -> list[dict[str, Any]]:
    """Return the plan line by line.

    Returns
    -------
    list of dict
        ``line``, ``about`` (the id of the activity or line), ``kind``, ``quantity``, ``unit``, ``takes`` (low, likely
        and high of what it takes), ``budgeted`` (of what the budget covers) and ``carried`` (who carries the rest).
    """
    made = []
    for activity in plan["activities"]:
        for one in HOURS:
            quantity = activity["people"] * activity["times"] * activity[one]
            if quantity > 0:
                kind = "meeting" if one == "meeting" else "other hours"
                rates = [hourly(activity, end) for end in ENDS]
                made.append(
                    _line(
                        f"{activity['title']}: {one}",
                        activity["id"],
                        kind,
                        quantity,
                        "hours",
                        rates,
                        one in activity["paid"],
                    )
                )
    for line in plan["lines"]:
        quantity = line["number"] * factor(plan, line)
        unit = "hours" if line["kind"] == "staff" else ""
        rates = [line[end] for end in ENDS]
        made.append(_line(line["title"], line["id"], line["kind"], quantity, unit, rates, line["budgeted"]))
    percent = plan["contingency"]["percent"]
    if percent > 0:
        takes, budgeted = (
            [math.fsum(one[what][end] for one in made) * percent / 100 for end in range(3)]
            for what in ("takes", "budgeted")
        )
        covered = budgeted if plan["contingency"]["budgeted"] else [0.0, 0.0, 0.0]
        made.append(
            {
                "line": "Contingency",
                "about": "",
                "kind": "contingency",
                "quantity": percent,
                "unit": "%",
                "takes": takes,
                "budgeted": covered,
                "carried": "nobody",
            }
        )
    return made


def _line(
    name: str, about: str, kind: str, quantity: float, unit: str, rates: Sequence[float], covered: bool
) -> dict[str, Any]:
    takes = [quantity * rate for rate in rates]
    return {
        "line": name,
        "about": about,
        "kind": kind,
        "quantity": quantity,
        "unit": unit,
        "takes": takes,
        "budgeted": takes if covered else [0.0, 0.0, 0.0],
        "carried": carrier(kind),
    }


def total(lines: Sequence[Mapping[str, Any]], what: str) -> Three:
    """Return low, likely and high of what lines take, or of what is budgeted."""
    low, likely, high = (math.fsum(one[what][end] for one in lines) for end in range(3))
    return low, likely, high


def rest(lines: Sequence[Mapping[str, Any]], who: str) -> Three:
    """Return low, likely and high of what one carrier carries: what lines take beyond the budget."""
    mine = [one for one in lines if one["carried"] == who]
    takes, budgeted = total(mine, "takes"), total(mine, "budgeted")
    return takes[0] - budgeted[0], takes[1] - budgeted[1], takes[2] - budgeted[2]


def meeting_share(lines: Sequence[Mapping[str, Any]]) -> float:
    """Return the percentage of the likely true cost that the meeting fee in the budget covers."""
    takes = total(lines, "takes")[1]
    fee = total([one for one in lines if one["kind"] == "meeting"], "budgeted")[1]
    return 100 * fee / takes if takes > 0 else 0.0


def months_of(activity: Mapping[str, Any]) -> list[int]:
    """Return the month of each time: spread evenly from the first month to the last."""
    first, span = activity["first"], activity["last"] - activity["first"] + 1
    return [first + (turn * span) // activity["times"] for turn in range(activity["times"])]


def load(plan: Plan) -> list[dict[str, Any]]:
    """Return what the plan asks of one partner of each group, month by month, when all take equal turns.

    Returns
    -------
    list of dict
        ``id``, ``name``, ``people``, ``said`` (hours a month that each said they can give, or None), ``months`` (hours
        by month), ``unpaid`` (unpaid hours by month), and ``fee`` (what one partner is paid, likely).
    """
    made = []
    for group in plan["partners"]:
        hours, unpaid, fee = ([0.0] * plan["months"], [0.0] * plan["months"], 0.0)
        for activity in plan["activities"]:
            if activity["partners"] != group["id"]:
                continue
            share = activity["people"] / group["people"]
            rate = hourly(activity, "likely")
            covered = math.fsum(activity[one] for one in HOURS if one in activity["paid"])
            whole = math.fsum(activity[one] for one in HOURS)
            free = whole - covered if rate > 0 else whole
            for month in months_of(activity):
                hours[month - 1] += whole * share
                unpaid[month - 1] += free * share
            fee += covered * rate * activity["times"] * share
        about = {key: group[key] for key in ("id", "name", "people", "said")}
        made.append({**about, "months": hours, "unpaid": unpaid, "fee": fee})
    return made


def over(group: Mapping[str, Any]) -> list[int]:
    """Return the months in which a partner is asked for more hours than they said; none where nobody asked them."""
    if group["said"] is None:
        return []
    return [place + 1 for place, hours in enumerate(group["months"]) if hours > group["said"] + 1e-9]
