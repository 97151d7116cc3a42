"""How far groups without an order lie apart: variance, entropy and mean distance between them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats

from equitykit.errors import CourseError
from equitykit.measures.inputs import (
    Array,
    at_least_two,
    checked_multiplier,
    normal_quantile,
    numbers,
    populations,
    refuse,
    standard_errors,
)
from equitykit.measures.result import Result

_NO_ERRORS = "no interval: the table gives no errors or limits"


def between_group_variance(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    error: str | None = None,
    low: str | None = None,
    high: str | None = None,
    unit: str = "",
    level: float = 0.95,
    limits_level: float = 0.95,
) -> Result:
    """The variance between groups: their squared distance from the mean, averaged over people.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a group, in any order; two groups or more.
    value : str
        The column of the groups' values.
    population : str
        The column of people in each group, each above 0.
    error : str, optional
        The column of standard errors, in the values' unit.
    low, high : str, optional
        The columns of limits, instead of ``error``.
    unit : str
        The unit of the values squared, for the sentence.
    level : float
        The level of the interval wanted, between 0 and 1.
    limits_level : float
        The level of the limits in ``low`` and ``high``.

    Returns
    -------
    Result
        The variance, in the values' unit squared; without errors or limits, with no interval. No limit is below 0.

    Raises
    ------
    CourseError
        If a column is not there, there are fewer than two groups, a population is zero, a value is missing, or a low
        and high do not hold their value.

    Notes
    -----
    Error: Ahn J, Harper S, Yu M, Feuer EJ, Liu B, Luta G. Variance estimation and confidence intervals for 11 commonly
    used health disparity measures. JCO Clinical Cancer Informatics 2018;2:1-19, doi 10.1200/CCI.18.00031. Chance alone
    makes groups differ: the estimate is too high where errors are as large as the differences.

    Examples
    --------
    >>> table = pd.DataFrame({"people": [100, 300], "years": [70.0, 80.0], "se": [0.5, 0.5]})
    >>> between_group_variance(table, value="years", population="people", error="se")
    <Between-group variance: 18.8 (95% interval 13.5 to 24.0)>
    """
    spread = _Spread.read(data, value, population, error, low, high, limits_level)
    shares, away = spread.shares, spread.values - spread.mean
    variance = None
    if spread.errors is not None:
        squares = spread.errors**2
        first = np.sum(shares**2 * squares * away**2)
        second = np.sum(shares**2 * squares) ** 2 - np.sum(shares**4 * squares**2)
        third = np.sum(shares**2 * (1 - shares) ** 2 * squares**2)
        variance = float(4 * first + 2 * (second + third))
    return spread.result(
        "between-group variance", float(np.sum(shares * away**2)), variance, 1.0, unit, level, "Ahn's error"
    )


def theil_index(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    error: str | None = None,
    low: str | None = None,
    high: str | None = None,
    per: float = 1000,
    level: float = 0.95,
    limits_level: float = 0.95,
) -> Result:
    """Theil's index: how unequally a health variable is shared out, most sensitive to groups that have most of it.

    Parameters
    ----------
    data, population, error, low, high, level, limits_level
        As in :func:`between_group_variance`.
    value : str
        The column of the groups' values, 0 or more.
    per : float
        WHO multiplies by 1000, and so does this; 1 gives the plain index. Estimate and error alike.

    Returns
    -------
    Result
        The index, a pure number, 0 where all groups are alike. No limit is below 0.

    Raises
    ------
    CourseError
        As :func:`between_group_variance`, or if a value is negative or all are 0.

    Notes
    -----
    ``sum(share * r * log(r))`` with r the group's value over the mean; error by the delta method, Ahn et al. 2018,
    doi 10.1200/CCI.18.00031. WHO's R package healthequal leaves its error unscaled.

    Examples
    --------
    >>> table = pd.DataFrame({"people": [100, 300], "rate": [70.0, 80.0], "se": [0.5, 0.5]})
    >>> theil_index(table, value="rate", population="people", error="se")
    <Theil index: 1.60 (95% interval 1.16 to 2.03)>
    """
    spread = _Spread.read(data, value, population, error, low, high, limits_level).relative(data, value)
    ratio = spread.values / spread.mean
    plain = float(np.sum(spread.shares * special.xlogy(ratio, ratio)))
    logs = np.log(np.where(ratio > 0, ratio, np.nan))
    gradient = spread.shares / spread.mean * (logs - plain)
    if spread.errors is not None and not np.all(ratio > 0):
        refuse(data, value, ratio == 0, "{:g} leaves the error of Theil's index undefined; leave out the errors", ratio)
    return spread.result(
        "Theil index", plain, spread.variance(gradient), checked_multiplier(per), "", level, "delta method"
    )


def mean_log_deviation(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    error: str | None = None,
    low: str | None = None,
    high: str | None = None,
    per: float = 1000,
    level: float = 0.95,
    limits_level: float = 0.95,
) -> Result:
    """The mean log deviation: how unequally a health variable is shared out, most sensitive to groups with little.

    Parameters
    ----------
    data, population, error, low, high, level, limits_level
        As in :func:`between_group_variance`.
    value : str
        The column of the groups' values, above 0.
    per : float
        WHO multiplies by 1000, and so does this; 1 gives the plain index. Estimate and error alike.

    Returns
    -------
    Result
        The deviation, a pure number, 0 where all groups are alike. No limit is below 0.

    Raises
    ------
    CourseError
        As :func:`between_group_variance`, or if a value is not above 0.

    Notes
    -----
    ``sum(share * -log(r))`` with r the group's value over the mean; error by the delta method, Ahn et al. 2018,
    doi 10.1200/CCI.18.00031. WHO's R package healthequal leaves its error unscaled.

    Examples
    --------
    >>> table = pd.DataFrame({"people": [100, 300], "rate": [70.0, 80.0], "se": [0.5, 0.5]})
    >>> mean_log_deviation(table, value="rate", population="people", error="se")
    <Mean log deviation: 1.63 (95% interval 1.18 to 2.08)>
    """
    spread = _Spread.read(data, value, population, error, low, high, limits_level).relative(data, value)
    refuse(data, value, spread.values == 0, "{:g} has no logarithm; every value must be above 0", spread.values)
    ratio = spread.values / spread.mean
    gradient = spread.shares / spread.mean * (1 - 1 / ratio)
    return spread.result(
        "mean log deviation",
        float(np.sum(spread.shares * -np.log(ratio))),
        spread.variance(gradient),
        checked_multiplier(per),
        "",
        level,
        "delta method",
    )


def index_of_disparity(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    weighted: bool = False,
    error: str | None = None,
    low: str | None = None,
    high: str | None = None,
    highest: float = np.inf,
    draws: int = 10_000,
    seed: int = 2025,
    level: float = 0.95,
    limits_level: float = 0.95,
) -> Result:
    """The index of disparity: how far groups lie from the mean on average, in percent of the mean.

    Parameters
    ----------
    data, population, error, low, high, level, limits_level
        As in :func:`between_group_variance`.
    value : str
        The column of the groups' values, 0 or more.
    weighted : bool
        False counts every group alike, True every person. The mean is that of all people either way.
    highest : float
        The highest value there can be, for the draws: 100 for percentages.
    draws, seed : int
        How many times each group's value is drawn anew for the interval, and the seed.

    Returns
    -------
    Result
        The index, in percent; without errors or limits, with no interval.

    Raises
    ------
    CourseError
        As :func:`between_group_variance`, or if a value is negative or all are 0.

    Notes
    -----
    ``100 / n * sum(|value - mean| / mean)``: Pearcy JN, Keppel KG. A summary measure of health disparity. Public Health
    Reports 2002;117:273-280. The interval takes percentiles of draws, normal between 0 and ``highest``. Chance alone
    makes groups differ: where errors are as large as the differences, the whole interval may lie above the estimate;
    the limits are then stretched to hold it.

    Examples
    --------
    >>> table = pd.DataFrame({"people": [100, 300], "rate": [70.0, 80.0]})
    >>> index_of_disparity(table, value="rate", population="people")
    <Index of disparity: 6.45% (no interval)>
    """
    spread = _Spread.read(data, value, population, error, low, high, limits_level).relative(data, value)
    z_checked = normal_quantile(level)
    weights = spread.shares if weighted else np.full(len(spread.values), 1 / len(spread.values))

    def index(values: Array) -> Array:
        means = values @ spread.shares
        result: Array = 100 * np.abs(values - means[:, None]) @ weights / means
        return result

    estimate = float(index(spread.values[None, :])[0])
    bottom = top = np.nan
    if spread.errors is not None and z_checked:
        if draws < 1000:
            raise CourseError(f"draws is {draws}: percentiles need 1,000 or more, and 10,000 are usual")
        drawn = _drawn(spread.values, spread.errors, highest, draws, seed)
        bottom, top = np.quantile(index(drawn), [0.5 - level / 2, 0.5 + level / 2])
        bottom, top = min(bottom, estimate), max(top, estimate)
    return Result(
        measure="weighted index of disparity" if weighted else "index of disparity",
        estimate=estimate,
        low=bottom,
        high=top,
        level=level,
        method=_NO_ERRORS if spread.errors is None else f"simulation, {draws:,} draws",
        unit="%",
        computed_from=spread.basis(),
    )


@dataclass(frozen=True)
class _Spread:
    """Groups' values, their shares of the population and errors, each of shape (groups,), and the mean over people."""

    values: Array
    shares: Array
    errors: Array | None
    mean: float
    population: float

    @classmethod
    def read(
        cls,
        data: pd.DataFrame,
        value: str,
        population: str,
        error: str | None,
        low: str | None,
        high: str | None,
        limits_level: float,
    ) -> "_Spread":
        values, people = numbers(data, value, "value"), populations(data, population)
        at_least_two(data, value)
        errors = standard_errors(data, value, error=error, low=low, high=high, limits_level=limits_level)
        shares = people / people.sum()
        return cls(values, shares, errors, float(shares @ values), float(people.sum()))

    def relative(self, data: pd.DataFrame, value: str) -> "_Spread":
        """Itself, refused where values are not amounts that have shares."""
        refuse(
            data, value, self.values < 0, "{:g} is negative; a relative measure needs values of 0 or more", self.values
        )
        if not self.mean:
            raise CourseError(f"column {value!r}: all values are 0, so no group's share of them exists")
        return self

    def variance(self, gradient: Array) -> float | None:
        """The variance of a function of the values, by its gradient; shape (groups,)."""
        return None if self.errors is None else float(np.sum(gradient**2 * self.errors**2))

    def basis(self) -> dict[str, float | int]:
        """What a measure was computed from."""
        return {"groups": len(self.values), "population": self.population, "mean": self.mean}

    def result(
        self, measure: str, plain: float, variance: float | None, per: float, unit: str, level: float, method: str
    ) -> Result:
        """A measure that is never negative, with a normal interval."""
        z = normal_quantile(level)
        margin = np.nan if variance is None else z * variance**0.5
        plain = max(plain, 0.0)  # groups that are all alike may come out a rounding error below
        return Result(
            measure=measure,
            estimate=plain * per,
            low=np.nan if variance is None else max(plain - margin, 0.0) * per,
            high=(plain + margin) * per,
            level=level,
            method=_NO_ERRORS if variance is None else f"normal interval, {method}",
            unit=unit,
            computed_from=self.basis(),
        )


def _drawn(values: Array, errors: Array, highest: float, draws: int, seed: int) -> Array:
    """Values drawn anew, normal between 0 and the highest; shape (draws, groups)."""
    drawn = np.tile(values, (draws, 1))
    rng = np.random.default_rng(seed)
    for place in np.flatnonzero(errors > 0):
        centre, spread = values[place], errors[place]
        bounds = (-centre / spread, (highest - centre) / spread)
        drawn[:, place] = stats.truncnorm.rvs(*bounds, loc=centre, scale=spread, size=draws, random_state=rng)
    return drawn
