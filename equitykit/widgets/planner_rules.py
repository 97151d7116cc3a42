"""What is missing from an involvement plan: rules as data, read alike here and in ``static/planner-model.js``."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from equitykit.widgets.planner_sums import HOURS, hourly, load, over

RULES: list[dict[str, str]] = yaml.safe_load((files("equitykit.widgets") / "planner_rules.yml").read_text("utf-8"))
"""The rules, in the order in which they are shown."""
SLOW = 30
"""Days after which payment is slow: the course's own line."""


def facts(plan: Mapping[str, Any]) -> dict[str, bool]:
    """Return by the id of each rule whether it applies."""
    activities, lines, answers = plan["activities"], plan["lines"], plan["answers"]
    days = answers["pay_days"]
    paid = any(hourly(one, "likely") > 0 and one["paid"] for one in activities)
    groups = [one["id"] for one in plan["partners"]]
    asks = [one["partners"] for one in activities]

    def there(kind: str) -> bool:
        return any(one["kind"] == kind for one in lines)

    def left(kind: str) -> bool:
        return any(one["kind"] == kind and not one["budgeted"] for one in lines)

    def unpaid(*hours: str) -> bool:
        return any(one[kind] > 0 and kind not in one["paid"] for one in activities for kind in hours)

    return {
        "not-asked": any(one["said"] is None for one in plan["partners"]),
        "access-not-asked": answers["access_asked"] != "yes",
        "no-design": answers["design"] != "yes",
        "not-paid": any(
            any(one[kind] > 0 for kind in HOURS) and (hourly(one, "likely") == 0 or not one["paid"])
            for one in activities
        ),
        "no-preparation": any(one["meeting"] > 0 for one in activities)
        and not any(one["preparation"] for one in activities),
        "preparation-unpaid": unpaid("preparation"),
        "other-hours-unpaid": unpaid("travel", "debrief"),
        "out-of-pocket": answers["advance"] != "yes",
        "one-way": paid and answers["ways"] != "yes",
        "no-date": paid and days is None,
        "slow": paid and days is not None and days > SLOW,
        "no-benefits": paid and answers["benefits"] != "yes",
        "no-access": not there("access"),
        "access-unbudgeted": left("access"),
        "over-asked": any(over(one) for one in load(plan)),
        "same-few": len(asks) >= 3 and any(4 * asks.count(one) >= 3 * len(asks) for one in groups),
        "no-staff": not there("staff"),
        "staff-unbudgeted": left("staff"),
        "unprotected": answers["protected"] != "yes",
        "no-telling": not there("telling"),
        "telling-unbudgeted": left("telling"),
        "no-contingency": plan["contingency"]["percent"] == 0 or not plan["contingency"]["budgeted"],
    }


def missing(plan: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the rules that apply to a plan, in their order."""
    held = facts(plan)
    return [rule for rule in RULES if held[rule["id"]]]
