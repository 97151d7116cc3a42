"""The concentration index: how far a health variable gathers among the better-off, or among the worse-off."""

import numpy as np
import pandas as pd
import statsmodels.api as sm

from equitykit.errors import CourseError
from equitykit.measures.inputs import in_order, normal_quantile, numbers, one_of, populations, refuse
from equitykit.measures.ranks import mid_ranks
from equitykit.measures.result import Result

CORRECTIONS = ("none", "erreygers", "wagstaff")


def concentration_index(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    order: str,
    correction: str = "none",
    bounds: tuple[float, float] = (0, 1),
    level: float = 0.95,
) -> Result:
    """The relative concentration index, from -1 (all among the worst-off) to 1 (all among the best-off).

    Parameters
    ----------
    data : pandas.DataFrame
        One row a group, worst-off first; two groups or more.
    value : str
        The column of the groups' values, 0 or more.
    population : str
        The column of people in each group, each above 0.
    order : str
        The column of the groups' places: 1, 2, 3 … or an ordered categorical; 1 = worst-off.
    correction : {"none", "erreygers", "wagstaff"}
        For values that cannot leave their bounds, whose index otherwise depends on their mean: Erreygers multiplies it
        by four times the mean, Wagstaff divides it by one minus the mean, of values rescaled to lie between 0 and 1.
    bounds : tuple of float
        The lowest and highest value there can be; used with a correction only. ``(0, 100)`` for percentages.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        The index, a pure number; with two groups, with no interval.

    Raises
    ------
    CourseError
        If a column is not there, the groups are out of order, a population is zero, a value is missing or negative or
        out of bounds, or the mean is 0.

    Notes
    -----
    The slope of ``2 * variance(rank) * value / mean`` on the mid-rank, weighted by population, with the error of that
    regression: Kakwani N, Wagstaff A, van Doorslaer E. Journal of Econometrics 1997;77:87-103; O'Donnell O, van
    Doorslaer E, Wagstaff A, Lindelow M. Analyzing Health Equity Using Household Survey Data. World Bank, 2008,
    chapter 8. Corrections: Erreygers G. Journal of Health Economics 2009;28:504-515; Wagstaff A. Health Economics
    2005;14:429-432.

    Examples
    --------
    >>> table = pd.DataFrame({"quintile": [1, 2, 3, 4, 5], "births": [78, 91, 162, 103, 105],
    ...                       "percent": [20, 30, 40, 50, 60]})
    >>> concentration_index(table, value="percent", population="births", order="quintile")
    <Concentration index: 0.178 (95% interval 0.164 to 0.192)>
    """
    one_of(correction, CORRECTIONS, "correction")
    values, people = _read(data, value, population, order)
    if correction != "none":
        lowest, highest = bounds
        if not lowest < highest:
            raise CourseError(f"bounds are {bounds!r}: the first must be below the second, as in (0, 100)")
        wrong = (values < lowest) | (values > highest)
        refuse(data, value, wrong, f"{{:g}} is not between the bounds {lowest:g} and {highest:g}", values)
        values = (values - lowest) / (highest - lowest)
    mean = float(np.average(values, weights=people))
    if not mean or (correction == "wagstaff" and mean == 1):
        raise CourseError(
            f"column {value!r}: everybody has the {'highest' if mean else 'lowest'} value; no index exists"
        )
    factor = {"none": 1 / mean, "erreygers": 4.0, "wagstaff": 1 / (mean * (1 - mean)) if mean != 1 else np.nan}
    name = {"none": "concentration index", "erreygers": "Erreygers' concentration index"}
    return _regressed(
        values * factor[correction],
        people,
        measure=name.get(correction, "Wagstaff's concentration index"),
        unit="",
        level=level,
        mean=float(np.average(numbers(data, value, "value"), weights=people)),
    )


def absolute_concentration_index(
    data: pd.DataFrame, *, value: str, population: str, order: str, unit: str = "", level: float = 0.95
) -> Result:
    """The absolute (generalised) concentration index: the relative one times the mean, in the value's own unit.

    Parameters
    ----------
    data, value, population, order, level
        As in :func:`concentration_index`.
    unit : str
        The unit of the values, for the sentence.

    Returns
    -------
    Result
        The index, in the values' unit; with two groups, with no interval.

    Raises
    ------
    CourseError
        As :func:`concentration_index`.

    Notes
    -----
    Schlotheuber A, Hosseinpoor AR. Summary measures of health inequality. International Journal of Environmental
    Research and Public Health 2022;19:3697, doi 10.3390/ijerph19063697.

    Examples
    --------
    >>> table = pd.DataFrame({"quintile": [1, 2, 3, 4, 5], "births": [78, 91, 162, 103, 105],
    ...                       "percent": [20, 30, 40, 50, 60]})
    >>> absolute_concentration_index(table, value="percent", population="births", order="quintile", unit="points")
    <Absolute concentration index: 7.33 points (95% interval 6.75 to 7.90)>
    """
    values, people = _read(data, value, population, order)
    mean = float(np.average(values, weights=people))
    return _regressed(values, people, measure="absolute concentration index", unit=unit, level=level, mean=mean)


def _read(data: pd.DataFrame, value: str, population: str, order: str) -> tuple[np.ndarray, np.ndarray]:
    in_order(data, order)
    values, people = numbers(data, value, "value"), populations(data, population)
    refuse(data, value, values < 0, "{:g} is negative; concentration needs values of 0 or more", values)
    return values, people


def _regressed(values: np.ndarray, people: np.ndarray, *, measure: str, unit: str, level: float, mean: float) -> Result:
    """The slope of twice the rank's variance times the values on the mid-rank, with its interval."""
    z = normal_quantile(level)
    ranks = mid_ranks(people)
    variance = float(np.average((ranks - 0.5) ** 2, weights=people))
    fit = sm.WLS(2 * variance * values, sm.add_constant(ranks), weights=people).fit()
    estimate = float(fit.params[1])
    enough = len(values) > 2
    margin = z * float(fit.bse[1]) if enough else np.nan
    return Result(
        measure=measure,
        estimate=estimate,
        low=estimate - margin,
        high=estimate + margin,
        level=level,
        method="regression on the mid-rank, weighted by population"
        if enough
        else "no interval: two groups leave no residual to judge it by",
        unit=unit,
        computed_from={"groups": len(values), "population": float(people.sum()), "mean": mean},
    )
