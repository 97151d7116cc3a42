"""Published prices as a planner offers them: each with its unit, its source and its date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from equitykit.errors import CourseError
from equitykit.widgets.planner_plan import PER

Prices: TypeAlias = pd.DataFrame | Sequence[Mapping[str, Any]]
_OFFERED = ("offered", "suggested in guidance")
_NO_NEED = "the least an hour"
_BASIS = {"hour": "hour", "half day": "time", "day": "time", "short booking": "time", "mile": "person"}
_TIMES = ("half day", "day", "meeting", "task")


def rate_presets(prices: Prices) -> list[dict[str, Any]]:
    """Return fees that are on offer in pounds: for an hour, or for each time (a day, a half day, a meeting, a task).

    Parameters
    ----------
    prices : DataFrame or sequence of mapping
        The dataset ``involvement-payment-rates``, or fees as mappings with ``id``, ``label``, ``per``, ``low``,
        ``likely``, ``high``, ``source`` and ``url``.
    """
    if not isinstance(prices, pd.DataFrame):
        return [_given(one, "rate", ("hour", "time")) for one in prices]
    made: list[dict[str, Any]] = []
    for row in prices.to_dict("records"):
        unit, amount = str(row["unit"]), row["amount"]
        fits = row["currency"] == "GBP" and row["status"] in _OFFERED and (unit == "hour" or unit in _TIMES)
        if not fits or pd.isna(amount) or not amount > 0:
            continue
        made.append(
            {
                "id": _id(made, row["organisation"], unit),
                "label": f"{_pounds(amount)} {_each(unit)}, {row['organisation']}: {row['activity']}",
                "per": "hour" if unit == "hour" else "time",
                **dict.fromkeys(("low", "likely", "high"), float(amount)),
                "source": _source(row, row["organisation"]),
                "url": str(row["source_url"]),
            }
        )
    return made


def access_presets(prices: Prices) -> list[dict[str, Any]]:
    """Return prices of access in pounds: one for each item and unit, of the latest year that is published for it.

    Low and high are the lowest and the highest over places and published ranges; likely is the median of the places,
    and of a range its middle.

    Parameters
    ----------
    prices : DataFrame or sequence of mapping
        The dataset ``access-costs``, or prices as mappings with ``id``, ``label``, ``per`` (as a line of the plan has
        it), ``low``, ``likely``, ``high``, ``source`` and ``url``.
    """
    if not isinstance(prices, pd.DataFrame):
        return [_given(one, "price", ("once", *(unit for unit in PER if unit != "once"))) for one in prices]
    made: list[dict[str, Any]] = []
    asked = prices[(prices["currency"] == "GBP") & ~prices["need"].str.startswith(_NO_NEED)]
    for (need, item, unit), rows in asked.groupby(["need", "item", "unit"], sort=False):
        known = rows["from_year"].notna()
        latest = rows[rows["from_year"] == rows["from_year"].max()] if known.any() else rows
        row = latest.iloc[0].to_dict()
        low, high = float(latest["low"].min()), float(latest["high"].max())
        likely = float(latest["amount"].fillna((latest["low"] + latest["high"]) / 2).median())
        price = _pounds(likely) if low == high else f"{_pounds(low)} to {_pounds(high)}"
        named, each = str(item), _each(str(unit))
        place = f"{len(latest)} places" if len(latest) > 1 else str(row["place"])
        made.append(
            {
                "id": _id(made, re.split(r"[,(]", named)[0], unit),
                "label": f"{str(need).capitalize()}. {named[:1].upper()}{named[1:]}: {price} {each}, {place}",
                "per": _BASIS.get(str(unit), "once"),
                "low": low,
                "likely": likely,
                "high": high,
                "source": f"{row['source']} ({_dated(row)})",
                "url": str(row["source_url"]),
            }
        )
    return made


def _source(row: Mapping[str, Any], who: str) -> str:
    read = "" if row["read_at"] == "the publisher" else f", as quoted by {row['source']}"
    return f"{who} ({_dated(row)}){read}"


def _dated(row: Mapping[str, Any]) -> str:
    """Return since when a price holds, as its source has it."""
    dated = str(row["dated"])
    return "no date stated" if dated.startswith("not stated") else dated


def _each(unit: str) -> str:
    """Return a unit after a price: "an hour", "for 1,000 words"."""
    return f"for {unit}" if unit[0].isdigit() else f"{'an' if unit == 'hour' else 'a'} {unit}"


def _pounds(amount: float) -> str:
    return f"£{amount:,.0f}" if float(amount).is_integer() else f"£{amount:,.2f}"


def _id(made: Sequence[Mapping[str, Any]], *named: Any) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", " ".join(map(str, named)).lower()).strip("-")
    taken = {one["id"] for one in made}
    return next(one for one in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if one not in taken)


def _given(one: Mapping[str, Any], what: str, units: Sequence[str]) -> dict[str, Any]:
    lacking = [key for key in ("id", "label", "likely") if key not in one]
    if lacking:
        raise CourseError(
            f"InvolvementPlanner: a published {what} lacks {', '.join(lacking)}; give id, label and likely."
        )
    made = {
        "id": str(one["id"]),
        "label": str(one["label"]),
        "per": str(one.get("per", units[0])),
        **{end: one.get(end, one["likely"]) for end in ("low", "likely", "high")},
        "source": str(one.get("source", "")),
        "url": str(one.get("url", "")),
    }
    if made["per"] not in units:
        raise CourseError(
            f"InvolvementPlanner: the published {what} {made['id']!r} is per {made['per']!r}; use {' or '.join(units)}."
        )
    return made
