"""A synthetic monthly indicator of eleven units: what is noise, what is change, and what only looks like change.

Boards look at indicators month by month, and real ones that are published are yearly at best. So the course makes its
own: the percentage of grievances about discrimination that were resolved within the agreed time. No such units exist.

Each unit has a **true chance** that a grievance is resolved in time, and the table holds what chance made of it. In
unit A nothing ever changes. In unit B the process is changed and works from month 25. In unit C it slides, a little
every month. Units D to K are eight alike, in which nothing changes either; the one with the worst half-year before
month 25 is called unit D, as if it had been picked for attention because it was worst.

The committed dataset ``synthetic-monthly-indicator`` is exactly ``generate()``.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equitykit.data.folder import find
from equitykit.data.package import facts, resource_named
from equitykit.errors import CourseError

NAME = "synthetic-monthly-indicator"
SEED = 2747
MONTHS = 48
FIRST_MONTH = "2021-01"

CASES = 40
"""Grievances closed in a month, on average, in every unit."""

CHANGE_MONTH = 25
"""The first month after the board's decisions: unit B's new process works from here, and unit D is 'helped'."""

WATCHED = (19, 24)
"""First and last month of the half-year in which the worst of :data:`ALIKE` was picked."""

ALIKE = ("Unit D", "Unit E", "Unit F", "Unit G", "Unit H", "Unit I", "Unit J", "Unit K")
"""Eight units with the same true chance in every month."""

PICKED = "Unit D"
"""The one of them that was worst while watched. Nothing was done that had any effect."""


@dataclass(frozen=True)
class Truth:
    """What a unit's true chance does over the months.

    Attributes
    ----------
    kind : str
        ``"noise"`` (one chance throughout), ``"step"`` (another chance from :data:`CHANGE_MONTH` on) or ``"drift"``
        (an equal change every month).
    first : float
        The true chance in month 1.
    last : float
        The true chance in the last month.
    """

    kind: str
    first: float
    last: float


TRUTH = {
    "Unit A": Truth("noise", 0.62, 0.62),
    "Unit B": Truth("step", 0.55, 0.74),
    "Unit C": Truth("drift", 0.72, 0.50),
    **{unit: Truth("noise", 0.62, 0.62) for unit in ALIKE},
}
"""Every unit's truth. All of it is the course's own."""


def chance(table: pd.DataFrame) -> pd.Series:
    """Give the true chance of each row, as the generator used it.

    Parameters
    ----------
    table : pandas.DataFrame
        A table with the columns ``unit`` and ``month_number``.

    Returns
    -------
    pandas.Series
        A chance between 0 and 1 for each row.

    Raises
    ------
    CourseError
        If a column is missing or a unit is not one of :data:`TRUTH`.
    """
    missing = [column for column in ("unit", "month_number") if column not in table]
    if missing:
        raise CourseError(f"the table lacks the column {', '.join(missing)}: give it unit and month_number")
    unknown = sorted(set(table["unit"]) - TRUTH.keys())
    if unknown:
        raise CourseError(f"there is no {', '.join(unknown)}: choose from {', '.join(TRUTH)}")
    months = table["month_number"].to_numpy(dtype=int)
    values = [_true_chance(TRUTH[unit], int(month)) for unit, month in zip(table["unit"], months, strict=True)]
    return pd.Series(values, index=table.index, name="chance", dtype=float)


def generate(seed: int = SEED) -> pd.DataFrame:
    """Make 48 months of eleven synthetic units.

    The number of cases in a month is drawn from a Poisson distribution, the number resolved in time from a binomial
    distribution with the unit's true chance. Of the eight units that are alike, the one with the lowest share in the
    months of :data:`WATCHED` becomes unit D, the others E to K.

    Parameters
    ----------
    seed : int
        The seed of the random numbers. The committed dataset is the default one.

    Returns
    -------
    pandas.DataFrame
        One row a unit and month, typed as ``data.load("synthetic-monthly-indicator")`` gives it, with the same
        ``attrs["dataset"]``, which says that it is synthetic.

    Examples
    --------
    >>> from equitykit.data import monthly
    >>> table = monthly.generate(seed=7)
    >>> table.attrs["dataset"]["synthetic"]
    True
    """
    random = np.random.default_rng(seed)
    numbers = np.arange(1, MONTHS + 1)
    true = np.array([[_true_chance(truth, int(month)) for month in numbers] for truth in TRUTH.values()])
    # No month without a case, so that every percentage exists.
    cases = np.maximum(random.poisson(CASES, true.shape), 1)
    in_time = random.binomial(cases, true)
    order = _worst_first(cases, in_time)
    cases, in_time = cases[order], in_time[order]
    months = pd.period_range(FIRST_MONTH, periods=MONTHS, freq="M").astype(str)
    table = pd.DataFrame(
        {
            "unit": pd.array(np.repeat(list(TRUTH), MONTHS), dtype="string"),
            "month_number": pd.array(np.tile(numbers, len(TRUTH)), dtype="Int64"),
            "month": pd.array(np.tile(months, len(TRUTH)), dtype="string"),
            "cases": pd.array(cases.ravel(), dtype="Int64"),
            "in_time": pd.array(in_time.ravel(), dtype="Int64"),
            "percent": pd.array(np.round(100 * in_time / cases, 1).ravel(), dtype="Float64"),
        }
    )
    table.attrs["dataset"] = facts(resource_named(NAME, find()))
    return table


def _true_chance(truth: Truth, month: int) -> float:
    if truth.kind == "step":
        return truth.first if month < CHANGE_MONTH else truth.last
    return truth.first + (truth.last - truth.first) * (month - 1) / (MONTHS - 1)


def _worst_first(cases: NDArray[np.int64], in_time: NDArray[np.int64]) -> list[int]:
    """Order the units so that the worst of those alike, while watched, comes first among them."""
    alike = [number for number, unit in enumerate(TRUTH) if unit in ALIKE]
    watched = slice(WATCHED[0] - 1, WATCHED[1])
    share = in_time[alike, watched].sum(axis=1) / cases[alike, watched].sum(axis=1)
    worst = alike[int(np.argmin(share))]
    others = [number for number in alike if number != worst]
    return [number for number in range(len(TRUTH)) if number not in alike] + [worst, *others]
