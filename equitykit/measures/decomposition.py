"""A gap taken apart: how much goes with who the groups are made of, and how much with what happens to them."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from statsmodels.stats.oaxaca import OaxacaBlinder

from equitykit.errors import CourseError
from equitykit.measures.inputs import (
    Array,
    column,
    normal_quantile,
    numbers,
    populations,
    standard_errors,
    two_groups,
)
from equitykit.measures.result import Result


@dataclass(frozen=True, repr=False)
class Decomposition:
    """A gap and its two parts, which add up to it.

    Attributes
    ----------
    gap : Result
        The whole difference, ``compare`` minus ``reference``.
    explained : Result
        The part that goes with what the groups are made of.
    unexplained : Result
        The part that remains between alike members of the two groups. It is a difference, not yet its cause.
    """

    gap: Result
    explained: Result
    unexplained: Result

    def table(self) -> pd.DataFrame:
        """The gap and its parts as a tidy table of three rows, with each one's share of the gap in percent."""
        rows: list[dict[str, Any]] = [part.row() for part in (self.gap, self.explained, self.unexplained)]
        table = pd.DataFrame(rows)
        table["percent_of_gap"] = 100 * table["estimate"] / self.gap.estimate if self.gap.estimate else np.nan
        return table

    def __str__(self) -> str:
        """A sentence each for the gap and its parts."""
        return f"{self.gap} {self.explained} {self.unexplained}"

    def __repr__(self) -> str:
        return f"<{repr(self.gap)[1:-1]} = {repr(self.explained)[1:-1]} + {repr(self.unexplained)[1:-1]}>"


def kitagawa(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    category: str,
    group: str,
    compare: Hashable,
    reference: Hashable,
    error: str | None = None,
    low: str | None = None,
    high: str | None = None,
    unit: str = "",
    level: float = 0.95,
    limits_level: float = 0.95,
) -> Decomposition:
    """Take the difference of two groups' crude rates apart: how they are made up, and rates within categories.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a category in each group: an age band, say. Rows of other groups are left alone.
    value : str
        The column of rates (or means) within the category.
    population : str
        The column of people in the category, each above 0; only their shares within a group count.
    category : str
        The column of categories, the same ones in both groups.
    group : str
        The column that names the groups.
    compare, reference : hashable
        The two groups: the gap is ``compare`` minus ``reference``.
    error : str, optional
        The column of standard errors of the rates.
    low, high : str, optional
        The columns of limits, instead of ``error``.
    unit : str
        The unit of the rates, for the sentence: ``"per 1,000"``.
    level : float
        The level of the intervals wanted, between 0 and 1.
    limits_level : float
        The level of the limits in ``low`` and ``high``.

    Returns
    -------
    Decomposition
        The gap of the crude rates; ``explained``, the part from the groups' make-up; ``unexplained``, the part from
        rates within categories. Without errors or limits, with no intervals.

    Raises
    ------
    CourseError
        If a column or group is not there, a category is missing from a group or there twice, a population is zero, or
        a value is missing.

    Notes
    -----
    Kitagawa EM. Components of a difference between two rates. Journal of the American Statistical Association
    1955;50:1168-1194, doi 10.1080/01621459.1955.10501299. Each part is weighted by the average of the two groups, which
    is the average over the two orders of changing one thing after the other: no interaction is left over. The groups'
    make-up is taken as known in the intervals.

    Examples
    --------
    >>> table = pd.DataFrame({"area": ["a", "a", "b", "b"], "age": ["young", "old"] * 2,
    ...                       "people": [60, 40, 80, 20], "rate": [2.0, 12.0, 2.0, 10.0]})
    >>> parts = kitagawa(table, value="rate", population="people", category="age", group="area", compare="a",
    ...                  reference="b")
    >>> for part in (parts.gap, parts.explained, parts.unexplained):
    ...     part
    <Difference of crude rates: 2.40 (no interval)>
    <Difference from make-up: 1.80 (no interval)>
    <Difference from rates within categories: 0.600 (no interval)>
    """
    first, second = _matched(data, category, group, compare, reference)
    shares, rates, errors = [], [], []
    for part in (first, second):
        people = populations(part, population)
        shares.append(people / people.sum())
        rates.append(numbers(part, value, "value"))
        errors.append(standard_errors(part, value, error=error, low=low, high=high, limits_level=limits_level))
    halves = (shares[0] + shares[1]) / 2
    apart = (shares[0] - shares[1]) / 2
    weights = {
        "difference of crude rates": (shares[0], -shares[1]),
        "difference from make-up": (apart, apart),
        "difference from rates within categories": (halves, -halves),
    }
    z = normal_quantile(level)
    results = []
    for measure, (one, other) in weights.items():
        estimate = float(one @ rates[0] + other @ rates[1])
        margin = np.nan
        if errors[0] is not None and errors[1] is not None:
            margin = z * float(np.sqrt(np.sum((one * errors[0]) ** 2) + np.sum((other * errors[1]) ** 2)))
        results.append(
            Result(
                measure=measure,
                estimate=estimate,
                low=estimate - margin,
                high=estimate + margin,
                level=level,
                method="Kitagawa's decomposition, "
                + ("no interval: the table gives no errors or limits" if np.isnan(margin) else "normal interval"),
                unit=unit,
                computed_from={
                    "categories": len(halves),
                    f"crude rate of {compare}": float(shares[0] @ rates[0]),
                    f"crude rate of {reference}": float(shares[1] @ rates[1]),
                },
            )
        )
    return Decomposition(*results)


def oaxaca_blinder(
    data: pd.DataFrame,
    *,
    value: str,
    group: str,
    compare: Hashable,
    reference: Hashable,
    characteristics: Sequence[str],
    unit: str = "",
    draws: int = 500,
    seed: int = 2025,
    level: float = 0.95,
) -> Decomposition:
    """Take the difference of two groups' means apart, by regression on the characteristics of their members.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a person. Rows of other groups are left alone.
    value : str
        The column of outcomes.
    group : str
        The column that names the groups.
    compare, reference : hashable
        The two groups: the gap is ``compare`` minus ``reference``.
    characteristics : sequence of str
        Columns of numbers; turn categories into columns of 0 and 1 first, leaving one category out.
    unit : str
        The unit of the outcomes, for the sentence.
    draws, seed : int
        How many times persons are drawn anew for the intervals of the parts, and the seed. 0 leaves those out.
    level : float
        The level of the intervals, between 0 and 1.

    Returns
    -------
    Decomposition
        The gap of the means; ``explained`` by the characteristics; ``unexplained`` by them.

    Raises
    ------
    CourseError
        If a column or group is not there, a value is missing or no number, a group has no more members than there are
        characteristics, or characteristics depend on each other.

    Notes
    -----
    Two-fold, with the coefficients of a pooled regression that includes the group indicator: Jann B. The Blinder-Oaxaca
    decomposition for linear regression models. The Stata Journal 2008;8:453-479; from statsmodels ``OaxacaBlinder``.
    Intervals are normal, with errors bootstrapped
    within the groups.

    Examples
    --------
    >>> table = pd.DataFrame({"team": ["a"] * 4 + ["b"] * 4, "years": [1, 2, 3, 4, 3, 4, 5, 6],
    ...                       "pay": [10.0, 12.0, 14.0, 16.0, 15.0, 17.0, 19.0, 21.0]})
    >>> parts = oaxaca_blinder(table, value="pay", group="team", compare="b", reference="a",
    ...                        characteristics=["years"], draws=0)
    >>> for part in (parts.gap, parts.explained, parts.unexplained):
    ...     part
    <Difference of means: 5.00 (95% interval 1.42 to 8.58)>
    <Explained difference: 4.00 (no interval)>
    <Unexplained difference: 1.00 (no interval)>
    """
    if isinstance(characteristics, str) or not len(characteristics):
        raise CourseError(f"characteristics is {characteristics!r}: give a list of one or more columns")
    if draws and draws < 100:
        raise CourseError(f"draws is {draws}: an error needs 100 or more, or 0 for none")
    z = normal_quantile(level)
    here = two_groups(data, group, compare, reference)
    rows = data[here.compare | here.reference]
    outcomes = numbers(rows, value, "value")
    known = np.column_stack([numbers(rows, name, "characteristics") for name in characteristics])
    others = here.reference[here.compare | here.reference].astype(float)
    for name, members in ((compare, known[others == 0]), (reference, known[others == 1])):
        design = np.column_stack([members, np.ones(len(members))])
        if len(design) <= design.shape[1]:
            raise CourseError(
                f"column {group!r}: {name!r} has {len(design)} members, too few for {known.shape[1]} characteristics"
            )
        if np.linalg.matrix_rank(design) < design.shape[1]:
            raise CourseError(
                f"among {name!r} the characteristics {', '.join(characteristics)} depend on each other or do not "
                "vary: leave one out"
            )
    # The indicator is 0 for the group compared: statsmodels then takes its gap as compare minus reference.
    design = np.column_stack([others, known, np.ones(len(known))])
    model = OaxacaBlinder(outcomes, design, 0, hasconst=True, swap=False)
    unexplained, explained, gap = (float(each) for each in model.two_fold().params)
    explained_error, unexplained_error = _bootstrapped(outcomes, design, draws, seed)
    gap_error = float(np.sqrt(_squared_error(outcomes[others == 0]) + _squared_error(outcomes[others == 1])))
    basis = {
        f"people in {compare}": int(np.sum(others == 0)),
        f"people in {reference}": int(np.sum(others == 1)),
        "characteristics": ", ".join(characteristics),
    }
    results = []
    for measure, estimate, spread, made in (
        ("difference of means", gap, gap_error, "normal interval of two means"),
        ("explained difference", explained, explained_error, f"error from {draws:,} bootstrap draws"),
        ("unexplained difference", unexplained, unexplained_error, f"error from {draws:,} bootstrap draws"),
    ):
        results.append(
            Result(
                measure=measure,
                estimate=estimate,
                low=estimate - z * spread,
                high=estimate + z * spread,
                level=level,
                method="Oaxaca-Blinder, pooled coefficients; "
                + ("no interval: no draws were asked for" if np.isnan(spread) else made),
                unit=unit,
                computed_from=basis,
            )
        )
    return Decomposition(*results)


def _bootstrapped(outcomes: Array, design: Array, draws: int, seed: int) -> tuple[float, float]:
    """The standard errors of the explained and the unexplained part, persons drawn anew within their groups.

    statsmodels draws from both groups at once, and stops where a small group is not drawn at all.
    """
    if not draws:
        return np.nan, np.nan
    rng = np.random.default_rng(seed)
    compared, others = np.flatnonzero(design[:, 0] == 0), np.flatnonzero(design[:, 0] == 1)
    parts = np.empty((draws, 2))
    for draw in parts:
        first, second = rng.choice(compared, len(compared)), rng.choice(others, len(others))
        both = np.concatenate([first, second])
        coefficients = np.linalg.lstsq(design[both], outcomes[both], rcond=None)[0]
        known = slice(1, -1)
        draw[0] = (design[first, known].mean(axis=0) - design[second, known].mean(axis=0)) @ coefficients[known]
        draw[1] = outcomes[first].mean() - outcomes[second].mean() - draw[0]
    explained, unexplained = parts.std(axis=0, ddof=1)
    return float(explained), float(unexplained)


def _squared_error(outcomes: Array) -> float:
    return float(np.var(outcomes, ddof=1) / len(outcomes))


def _matched(
    data: pd.DataFrame, category: str, group: str, compare: Hashable, reference: Hashable
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of the two groups, in the same order of categories; refused where categories differ."""
    labels = column(data, category, "category")
    here = two_groups(data, group, compare, reference)
    parts = []
    for name, rows in ((compare, here.compare), (reference, here.reference)):
        mine = labels[rows]
        if mine.duplicated().any():
            place = int(np.flatnonzero(rows)[int(np.flatnonzero(mine.duplicated().to_numpy())[0])])
            raise CourseError(
                f"column {category!r}, row {data.index[place]}: {labels.iloc[place]!r} is there twice in {name!r}; "
                "add its rows up, or keep one"
            )
        parts.append(data[rows].set_index(mine.to_numpy(), drop=False))
    for name, mine, others in ((reference, parts[1], parts[0]), (compare, parts[0], parts[1])):
        lacking = [each for each in others.index if each not in mine.index]
        if lacking:
            raise CourseError(
                f"column {category!r}: {lacking[0]!r} is missing from {name!r}; both groups need the same categories"
            )
    first = data[here.compare]
    second = data[here.reference].iloc[parts[1].index.get_indexer(parts[0].index)]
    return first, second
