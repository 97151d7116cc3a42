"""Small frames that know their source, as the kit's loader gives them."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from equitykit import charts

SOURCE = {
    "name": "years-lived",
    "title": "Years lived, by decile",
    "source": "An Office, Years lived (2020)",
    "source_url": "https://example.org/years",
    "licence": "Open Government Licence v3.0",
    "synthetic": False,
}


def frame(**changes: Any) -> pd.DataFrame:
    """Return years by decile and sex, with intervals; `changes` go to what the frame says of its source."""
    rows = [
        {"sex": sex, "decile": decile, "years": start + 0.9 * decile, "area_code": f"E{decile}"}
        for sex, start in (("male", 73.2), ("female", 78.1))
        for decile in range(1, 11)
    ]
    made = pd.DataFrame(rows)
    made["low"], made["high"] = made["years"] - 0.4, made["years"] + 0.4
    made.attrs["dataset"] = {**SOURCE, **changes}
    return made


def ratios() -> pd.DataFrame:
    """Return a ratio and its interval for four groups; the first is the one that the others are compared with."""
    made = pd.DataFrame(
        {
            "group": ["Least deprived areas", "Second", "Third", "The most deprived areas of them all"],
            "ratio": [1.0, 1.2, 1.55, 2.1],
            "low": [None, 1.1, 1.4, 1.9],
            "high": [None, 1.31, 1.71, 2.32],
        }
    )
    made.attrs["dataset"] = SOURCE
    return made


def points(data: pd.DataFrame | None = None) -> alt.Chart:
    """Return a chart without a setting of its own."""
    return alt.Chart(frame() if data is None else data).mark_point().encode(x="decile:O", y="years:Q", color="sex:N")


def figure(chart: Any = None, **changes: Any) -> charts.Figure:
    """Return a figure that passes every check, but for `changes`."""
    given: dict[str, Any] = {
        "name": "years-by-decile",
        "title": "Each step adds a year",
        "words": "Years rise from 74.1 to 82.2 for males.",
        "data": frame(),
        **changes,
    }
    return charts.figure(points() if chart is None else chart, **given)
