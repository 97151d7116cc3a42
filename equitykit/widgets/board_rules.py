"""What a board's reader would ask of a plan: rules as data, read alike here and in ``static/board-model.js``.

Each rule asks of one link of the chain, and says why it asks. No rule adds up to a mark, and none is about a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

LINKS: tuple[tuple[str, str], ...] = (
    ("indicator", "Indicator"),
    ("series", "Where it stands"),
    ("owner", "Owner"),
    ("threshold", "Threshold"),
    ("consequence", "Consequence"),
    ("success", "Success"),
)
"""The links of the chain, in order: key and title."""

FIELDS = (
    "title", "indicator", "owner", "threshold", "by", "consequence", "decides", "published", "success", "said_by",
)  # fmt: skip
"""The texts of a row."""

_COUNTED = r"\d|\b(half|halve\w*|double\w*|parity|equal|none|zero|no gap)\b"
_YEAR = r"(19|20)\d\d"

RULES: list[dict[str, str]] = yaml.safe_load((files("equitykit.widgets") / "board_rules.yml").read_text("utf-8"))
"""The rules, in the order of the chain."""


def text(row: Mapping[str, Any], field: str) -> str:
    """Return a text of a row, without the space around it."""
    return str(row.get(field) or "").strip()


def findings(row: Mapping[str, Any], facts: Mapping[str, bool]) -> list[dict[str, str]]:
    """Return what a reader would ask of a row, in the order of the chain.

    Parameters
    ----------
    row : mapping
        The texts of the row.
    facts : mapping of str to bool
        By the id of a rule that texts alone cannot settle, whether it applies.
    """
    return [rule for rule in RULES if _applies(rule, row, facts)]


def _applies(rule: Mapping[str, str], row: Mapping[str, Any], facts: Mapping[str, bool]) -> bool:
    if rule["when"] == "fact":
        return bool(facts.get(rule["id"]))
    given = text(row, rule["field"])
    if rule["when"] == "empty":
        other = text(row, rule["needs"]) if "needs" in rule else "-"
        return not given and bool(other) and not ("unless" in rule and re.search(rule["unless"], other, re.IGNORECASE))
    if rule["when"] == "same":
        return bool(given) and given.lower() == text(row, rule["other"]).lower()
    flags = 0 if rule.get("case") else re.IGNORECASE
    if not re.search(rule["pattern"], given, flags):
        return False
    return not (rule.get("unless") and re.search(rule["unless"], given, re.IGNORECASE))


def threshold_facts(row: Mapping[str, Any]) -> dict[str, bool]:
    """Return what a row's threshold lacks."""
    said, by, target = text(row, "threshold"), text(row, "by"), row.get("target")
    there = bool(said) or target is not None
    return {
        "no-threshold": not there,
        "no-number": there and target is None and not re.search(_COUNTED, said, re.IGNORECASE),
        "no-date": there and not re.search(_YEAR, by) and not re.search(_YEAR, said),
    }


def year(said: str) -> int | None:
    """Return the first year that a text names."""
    found = re.search(_YEAR, said)
    return int(found[0]) if found else None
