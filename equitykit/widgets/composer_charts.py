"""The charts that an evidence composer offers: figures, their intervals, and the source that comes with them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from equitykit import data as datasets
from equitykit.errors import CourseError

KINDS = ("dots", "bars", "lines")


def chart(
    df: pd.DataFrame,
    *,
    id: str,
    kind: str,
    label: str,
    value: str,
    title: str,
    low: str | None = None,
    high: str | None = None,
    series: str | None = None,
    unit: str = "",
    decimals: int | None = None,
    reference: float | None = None,
    reference_label: str = "",
    nought: bool = False,
    by_lot: bool = False,
    cannot: str = "",
    data: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Return a chart that the composer draws itself.

    Parameters
    ----------
    df : pandas.DataFrame
        One row a figure, in the order to show.
    id : str
        Short name, in lower case with hyphens.
    kind : {"dots", "bars", "lines"}
        Bars start at nought. Lines need periods as labels.
    label, value : str
        The columns of what is shown and of its figures.
    title : str
        What is drawn; no claim, for that is the learner's.
    low, high : str, optional
        The columns of a 95% interval; both or neither.
    series : str, optional
        For lines: the column that names each.
    unit, decimals : str, int
        Of the figures; as many decimals as they have, at most two, by default.
    reference, reference_label : float, str
        A line to read against, and what it means.
    nought : bool
        Whether the scale starts at nought, as it does for bars in any case.
    by_lot : bool
        Whether lot decided who got what in every row, so that the figures may speak of causes.
    cannot : str
        What the chart cannot show, as a sentence.
    data : pandas.DataFrame, optional
        The frame as loaded, where ``df`` has lost its source.

    Raises
    ------
    CourseError
        When the table lacks something, or names no source.
    """
    here = f"EvidenceComposer.chart {id!r}"
    if kind not in KINDS:
        raise CourseError(f"{here}: kind is {kind!r}; use one of {', '.join(KINDS)}.")
    if (low is None) != (high is None):
        raise CourseError(f"{here}: an interval has two ends; name the columns of both low and high.")
    for column in (label, value, low, high, series):
        if column is not None and column not in df.columns:
            raise CourseError(f"{here}: the table has no column {column!r}; it has {', '.join(map(str, df.columns))}.")
    about = (df if data is None else data).attrs.get("dataset") or {}
    if not about.get("source"):
        raise CourseError(f"{here}: the figures name no source; pass data=the frame from equitykit.data.load(…).")
    points = [_point(row, here, label, value, low, high, series) for row in df.to_dict("records")]
    if not points:
        raise CourseError(f"{here}: the table has no row.")
    figures = [one["value"] for one in points]
    if kind == "bars" and min(figures) < 0:
        raise CourseError(f"{here}: bars start at nought, and {min(figures):g} is below; use dots.")
    if decimals is None:
        decimals = next((n for n in (0, 1) if all(abs(one - round(one, n)) < 1e-9 for one in figures)), 2)
    return {
        "id": id,
        "kind": kind,
        "title": title,
        "unit": unit,
        "decimals": decimals,
        "points": points,
        "reference": reference,
        "reference_label": reference_label,
        "nought": nought or kind == "bars",
        "by_lot": by_lot,
        "cannot": cannot,
        "source": {
            "text": str(about["source"]),
            "url": str(about.get("source_url") or ""),
            "licence": str(about.get("licence") or ""),
            "synthetic": bool(about.get("synthetic", False)),
        },
    }


def _point(
    row: Mapping[Any, Any], here: str, label: str, value: str, low: str | None, high: str | None, series: str | None
) -> dict[str, Any]:
    name = str(row[label])
    figure, bottom, top = (
        None if column is None or pd.isna(row[column]) else float(row[column]) for column in (value, low, high)
    )
    if figure is None or not math.isfinite(figure):
        raise CourseError(f"{here}: {name!r} has no figure; leave the row out and say so in cannot=.")
    if bottom is None or top is None:
        bottom = top = None
    elif not bottom <= figure <= top:
        raise CourseError(f"{here}: {name!r}: {figure:g} is not between {bottom:g} and {top:g}.")
    return {
        "label": name,
        "value": figure,
        "low": bottom,
        "high": top,
        "series": "" if series is None else str(row[series]),
    }


def _improved_homes() -> dict[str, Any]:
    return chart(
        datasets.load("improved-homes"),
        id="improved-homes",
        kind="dots",
        label="result",
        value="estimate",
        low="low",
        high="high",
        title="Illness in improved homes, as a ratio to other homes",
        decimals=2,
        reference=1,
        reference_label="no difference",
        cannot="Three studies, two kinds of ratio: the six cannot be ranked. None of them measured mould, and only the "
        "trial drew lots.",
    )


def _life_expectancy() -> dict[str, Any]:
    df = datasets.load("life-expectancy-by-deprivation")
    men = df[(df.period == "2013-2015") & (df.sex == "male") & (df.measure == "life expectancy")].copy()
    ends = {1: "1, most deprived", 10: "10, least deprived"}
    men["tenth"] = [ends.get(int(one), str(one)) for one in men.decile]
    return chart(
        men,
        data=df,
        id="life-expectancy",
        kind="dots",
        label="tenth",
        value="years",
        low="low",
        high="high",
        title="Life expectancy of men by tenth of neighbourhood deprivation, England, 2013 to 2015",
        unit="years",
        decimals=1,
        cannot="Neighbourhoods are ranked, not people. In every tenth some live longer than its figure, some shorter.",
    )


def _gaps() -> dict[str, Any]:
    df = datasets.load("life-expectancy-gaps")
    shown = df[df.measure == "life expectancy"].copy()
    shown["period"] = [one.replace("-", " to ") for one in shown.period]
    shown["sex"] = shown.sex.map({"male": "men", "female": "women"})
    return chart(
        shown,
        data=df,
        id="gaps",
        kind="lines",
        label="period",
        value="gap_years",
        series="sex",
        title="Gap in life expectancy between the ends of the deprivation scale, England",
        unit="years",
        decimals=1,
        nought=True,
        cannot="Each gap is a slope through all ten tenths, published without an interval. The periods overlap: one "
        "figure shares two of its three years with the next.",
    )


def _premature() -> dict[str, Any]:
    df = datasets.load("premature-mortality-by-deprivation")
    shown = df[(df.sex == "all") & df.decile.isin([1, 10])].copy()
    shown["tenth"] = shown.decile.map({1: "most deprived tenth", 10: "least deprived tenth"})
    shown["period"] = [one.replace("-", " to ") for one in shown.period]
    return chart(
        shown,
        data=df,
        id="premature",
        kind="lines",
        label="period",
        value="rate",
        low="low",
        high="high",
        series="tenth",
        title="Deaths before 75 a year for every 100,000 people, standardised for age, England",
        decimals=0,
        cannot="The other eight tenths are not drawn. They lie between the two, step by step.",
    )


COURSE: dict[str, Callable[[], dict[str, Any]]] = {
    "improved-homes": _improved_homes,
    "life-expectancy": _life_expectancy,
    "gaps": _gaps,
    "premature": _premature,
}
"""The course's own charts, by id."""


def course_charts(*ids: str) -> list[dict[str, Any]]:
    """Return charts of the course by their ids; all four without any.

    Raises
    ------
    CourseError
        When the course has no chart of that id.
    """
    for one in ids:
        if one not in COURSE:
            raise CourseError(f"EvidenceComposer: the course has no chart {one!r}; it has {', '.join(COURSE)}.")
    return [COURSE[one]() for one in ids or COURSE]
