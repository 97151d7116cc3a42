"""The stepwise explorer's estimates, read from its table and checked: what contradicts itself is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from equitykit.errors import CourseError

COLUMNS = (
    "outcome",
    "grouping",
    "ethnic_group",
    "model",
    "hazard_ratio",
    "low",
    "high",
    "events",
    "people",
    "reference",
)

Row = dict[str, Any]


def listed(names: Iterable[str]) -> str:
    """Return names in quotes, for an error message."""
    return ", ".join(repr(name) for name in names)


def read(
    df: pd.DataFrame, outcomes: Sequence[str], models: Sequence[str]
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return the estimates by outcome and grouping, groups in the table's order.

    Parameters
    ----------
    df : pandas.DataFrame
        A table with ``COLUMNS``.
    outcomes, models : sequence of str
        Which outcomes to read, and the models in the order in which adjustments are added.

    Returns
    -------
    dict
        For each group: its name, whether it is the reference, whether it holds people with no recorded ethnicity,
        events and people (``None`` where not published), and for each model ``[ratio, low, high]`` or ``None``.

    Raises
    ------
    CourseError
        When a model is missing or double, a ratio lies outside its interval, or there is not one reference.
    """
    sorted_rows: dict[str, dict[str, dict[str, list[Row]]]] = {outcome: {} for outcome in outcomes}
    for row in df[list(COLUMNS)].astype(object).to_dict("records"):
        if row["outcome"] in sorted_rows:
            groups = sorted_rows[row["outcome"]].setdefault(str(row["grouping"]), {})
            groups.setdefault(str(row["ethnic_group"]), []).append(row)
    return {
        outcome: {
            _named(grouping): _groups(found[grouping], models, f"StepwiseAdjustment: {outcome}, {_named(grouping)}")
            for grouping in sorted(found, key=_size)
        }
        for outcome, found in sorted_rows.items()
    }


def _groups(found: dict[str, list[Row]], models: Sequence[str], where: str) -> list[dict[str, Any]]:
    groups = [_group(name, rows, models, where) for name, rows in found.items()]
    references = [group["group"] for group in groups if group["reference"]]
    if len(references) != 1:
        raise CourseError(
            f"{where} has {len(references)} reference groups ({listed(references) or 'none'}); it takes one. "
            "Mend the column 'reference'."
        )
    return groups


def _group(name: str, rows: list[Row], models: Sequence[str], where: str) -> dict[str, Any]:
    reference = all(not pd.isna(row["reference"]) and bool(row["reference"]) for row in rows)
    values = []
    for model in models:
        found = [row for row in rows if row["model"] == model]
        if len(found) != 1:
            raise CourseError(f"{where}, {name}: {len(found)} rows for the model {model!r}; it takes one.")
        values.append([1.0, 1.0, 1.0] if reference else _estimate(found[0], f"{where}, {name}, {model}"))
    return {
        "group": name,
        "reference": reference,
        "unrecorded": name.casefold() == "unknown",
        "events": _whole(rows[0]["events"]),
        "people": _whole(rows[0]["people"]),
        "values": values,
    }


def _estimate(row: Row, where: str) -> list[float] | None:
    three = [row["hazard_ratio"], row["low"], row["high"]]
    if any(pd.isna(number) for number in three):
        return None
    ratio, low, high = map(float, three)
    if not 0 < low <= ratio <= high or math.isinf(high):
        raise CourseError(f"{where}: {ratio} is not between {low} and {high}, or not above 0.")
    return [ratio, low, high]


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _size(grouping: str) -> int:
    found = re.search(r"\d+", grouping)
    return int(found[0]) if found else 0


def _named(grouping: str) -> str:
    return f"{grouping} groups" if grouping.isdigit() else grouping
