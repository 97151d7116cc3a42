"""Rates and proportions, with the intervals that public-health practice in England gives them."""

import pandas as pd
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from equitykit.errors import CourseError
from equitykit.measures.inputs import checked_level, checked_multiplier, counts, normal_quantile, populations, where
from equitykit.measures.result import Result, number

EXACT_BELOW = 10
"""Counts below this get exact limits: Byar's approximation is close from here on."""


def byar_limits(count: float, level: float = 0.95) -> tuple[float, float]:
    """Byar's approximate limits of a Poisson count.

    Parameters
    ----------
    count : float
        The number of events, 0 or more.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    tuple of float
        Low and high, in events.

    Notes
    -----
    Breslow NE, Day NE. Statistical Methods in Cancer Research, volume II. Lyon: IARC, 1987, page 69.

    Examples
    --------
    >>> [round(limit, 2) for limit in byar_limits(65)]
    [50.16, 82.85]
    """
    z = normal_quantile(level)
    above = count + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * above**0.5)) ** 3
    low = count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3 if count else 0.0
    return float(max(low, 0.0)), float(high)


def count_limits(count: float, level: float = 0.95) -> tuple[float, float, str]:
    """The limits of a count of events: exact when it is below 10, Byar's otherwise.

    Parameters
    ----------
    count : float
        The number of events, 0 or more.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    tuple of float, float, str
        Low and high, in events, and the name of the method.

    Raises
    ------
    CourseError
        If the count is negative, or the level does not lie between 0 and 1.

    Notes
    -----
    Office for Health Improvement and Disparities, Fingertips public health technical guidance, and
    PHEindicatormethods ``phe_rate``. The exact limits are Garwood's (Biometrika 1936), by chi-squared, from
    statsmodels.

    Examples
    --------
    >>> low, high, method = count_limits(5)
    >>> print(f"{low:.2f} to {high:.2f}, {method}")
    1.62 to 11.67, exact (chi-squared)
    """
    checked_level(level)
    if not count >= 0:
        raise CourseError(f"count is {count!r}: a count is 0 or more")
    if count >= EXACT_BELOW:
        return *byar_limits(count, level), "Byar's method"
    low, high = confint_poisson(count, 1.0, method="exact-c", alpha=1 - level)
    return float(low) if count else 0.0, float(high), "exact (chi-squared)"


def crude_rate(data: pd.DataFrame, *, count: str, population: str, per: float = 100_000, level: float = 0.95) -> Result:
    """The crude rate: events divided by the population or the person-years they arose in.

    The rows are added up first. For a rate of each group use :func:`equitykit.measures.by_group`. The count may exceed
    the population, as hospital visits do.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a group; any number of rows.
    count : str
        The column of events, each 0 or more.
    population : str
        The column of people or person-years, each above 0.
    per : float
        The multiplier: 100,000 gives a rate per 100,000.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        The rate ``per`` people or person-years.

    Raises
    ------
    CourseError
        If a column is not there, a count is negative, a population is zero, or a value is missing.

    Notes
    -----
    Exact limits when the count is below 10, Byar's method otherwise: see :func:`count_limits`.

    Examples
    --------
    >>> deaths = pd.DataFrame({"deaths": [65], "people": [100]})
    >>> crude_rate(deaths, count="deaths", population="people", per=100)
    <Crude rate: 65.0 per 100 (95% interval 50.2 to 82.8)>
    """
    checked_multiplier(per)
    events = counts(data, count).sum()
    people = populations(data, population).sum()
    low, high, method = count_limits(events, level)
    scale = per / people
    return Result(
        measure="crude rate",
        estimate=events * scale,
        low=low * scale,
        high=high * scale,
        level=level,
        method=method,
        unit=f"per {number(per, 0)}",
        computed_from={"count": events, "population": people},
    )


def proportion(data: pd.DataFrame, *, count: str, population: str, per: float = 1, level: float = 0.95) -> Result:
    """The proportion of people who have something, with Wilson's score interval.

    The rows are added up first. For a proportion of each group use :func:`equitykit.measures.by_group`.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a group; any number of rows.
    count : str
        The column of people who have it, each between 0 and the population.
    population : str
        The column of all people, each above 0.
    per : float
        1 for a proportion, 100 for a percentage.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        The proportion, times ``per``.

    Raises
    ------
    CourseError
        If a column is not there, a count is negative or above its population, a population is zero, or a value is
        missing.

    Notes
    -----
    Wilson EB. Probable inference, the law of succession, and statistical inference. Journal of the American Statistical
    Association 1927;22:209-212. The limits come from statsmodels.

    Examples
    --------
    >>> smokers = pd.DataFrame({"smokers": [20], "people": [100]})
    >>> proportion(smokers, count="smokers", population="people", per=100)
    <Proportion: 20.0% (95% interval 13.3 to 28.9)>
    """
    checked_level(level)
    checked_multiplier(per)
    having, people = counts(data, count), populations(data, population)
    for place in range(len(having)):
        if having[place] > people[place]:
            raise CourseError(
                f"{where(data, count, place)}: {having[place]:g} is more than the population of {people[place]:g}; "
                "a proportion counts people among the population (for events, use crude_rate)"
            )
    total, everyone = having.sum(), people.sum()
    low, high = proportion_confint(total, everyone, alpha=1 - level, method="wilson")
    return Result(
        measure="proportion",
        estimate=total / everyone * per,
        low=low * per if total else 0.0,
        high=high * per if total < everyone else per,
        level=level,
        method="Wilson's score interval",
        unit="%" if per == 100 else ("" if per == 1 else f"per {number(per, 0)}"),
        computed_from={"count": total, "population": everyone},
    )
