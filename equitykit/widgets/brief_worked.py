"""The worked brief: its texts as data, its chart and its costs worked out from the course's datasets."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd
import yaml

from equitykit import data
from equitykit.widgets.brief_content import Brief, checked
from equitykit.widgets.brief_pictures import doors, lines

MEETINGS, RESIDENTS, HOURS = 4, 12, 4
BOOKINGS, CHILDCARE_HOURS, MILES = 8, 60, 480

ALT = (
    "Two lines from 2004/05 to 2013/14. GPs per 100,000 people, weighted for need: in the most deprived fifth of areas "
    "54.0, then 60.5; in the least deprived fifth 57.2, then 59.9. The lines cross. The gap over all areas fell from "
    "4.2 (95% interval 3.1 to 5.3) to −0.7 (−2.5 to 1.1)."
)
CAPTION = (
    "In nine years the gap closed. GPs per 100,000 people, weighted for need, in the most and least deprived fifths of "
    "areas; gap: slope index with 95% interval [4]."
)


def worked() -> Brief:
    """Return the worked brief: every text, its chart, its drawing and its costs."""
    return checked(_made())


@cache
def _made() -> dict[str, Any]:
    texts = yaml.safe_load((files("equitykit.widgets") / "brief_worked.yml").read_text("utf-8"))
    chart = {"kind": "picture", "svg": lines(*supply()), "alt": ALT, "caption": CAPTION, "width": 8.6}
    piece = {
        "kind": "picture", "svg": doors(), "alt": texts["sections"]["creative"]["alt"].strip(), "caption": "One width",
        "width": 8.6,
    }  # fmt: skip
    texts["brought"] = {"evidence": [chart], "creative": [piece], "participation": [costs_table()]}
    return texts


def supply() -> tuple[dict[str, list[float]], list[tuple[float, float, float]]]:
    """Return GPs per 100,000 of both fifths in both years, and the slope index with its interval in each."""
    frame = data.load("gp-supply-by-deprivation")
    frame = frame.astype({"period": str, "measure": str, "group": str})
    rates = frame[frame["measure"] == "GPs per 100,000 people"]
    slopes = frame[frame["measure"].str.startswith("slope index")].sort_values("period")
    ends = {
        group: rates[rates["group"] == group].sort_values("period")["value"].astype(float).tolist()
        for group in ("most deprived fifth", "least deprived fifth")
    }
    return ends, [(float(row.value), float(row.low), float(row.high)) for row in slopes.itertuples()]


def costs() -> list[tuple[str, str, str, float, float]]:
    """Return each line of the participation plan: what, how many, price, and its lowest and highest cost."""
    fees = data.load("involvement-payment-rates").astype({"organisation": str, "activity": str})
    prices = data.load("access-costs").astype({"item": str, "unit": str, "place": str, "source": str})
    half_day = _one(fees, (fees["organisation"] == "NICE") & fees["activity"].str.contains("shorter"), "amount")
    scottish = fees["organisation"] == "Scottish Government"
    hour = _one(fees, scottish & fees["activity"].str.contains("one hour"), "amount")
    signed = prices["item"] == "British Sign Language interpreter, fully qualified"
    london = prices["source"].str.startswith("NUBSLI") & (prices["place"] == "London")
    sign = _one(prices, signed & london & (prices["unit"] == "half day"), "amount")
    care = _one(prices, prices["item"].str.startswith("babysitter"), "low")
    mile = _one(prices, prices["item"].str.startswith("own car or van, first"), "amount")
    places = MEETINGS * RESIDENTS
    paid = f"£{half_day:.0f} a half-day, to £{hour:.0f} an hour for {HOURS}"
    return [
        ("Fees, with preparation", f"{places} places", paid, half_day * places, hour * HOURS * places),
        ("Sign-language interpreters", f"{BOOKINGS} half-days", f"£{sign:.0f}", sign * BOOKINGS, sign * BOOKINGS),
        ("Childcare", f"{CHILDCARE_HOURS} hours", f"£{care:.0f}", care * CHILDCARE_HOURS, care * CHILDCARE_HOURS),
        ("Travel", f"{MILES} miles", f"{100 * mile:.0f}p", mile * MILES, mile * MILES),
    ]


def costs_table() -> dict[str, Any]:
    """Return the plan's costs as a block of a sheet."""
    rows = [[what, many, price, _money(low, high)] for what, many, price, low, high in costs()]
    total = _money(sum(one[3] for one in costs()), sum(one[4] for one in costs()))
    return {
        "kind": "table",
        "caption": "What involvement costs at published prices [10]",
        "rows": [["Line", "How many", "Price", "Low to high"], *rows, ["All four meetings", "", "", total]],
    }


def _one(frame: pd.DataFrame, rows: pd.Series, column: str) -> float:
    found = frame.loc[rows, column].astype(float).unique()
    if len(found) != 1:
        raise LookupError(f"The worked brief needs one published price and finds {len(found)}: {list(found)}.")
    return float(found[0])


def _money(low: float, high: float) -> str:
    return f"£{low:,.0f}" if low == high else f"£{low:,.0f} to £{high:,.0f}"
