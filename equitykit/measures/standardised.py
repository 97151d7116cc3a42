"""Rates made comparable between populations of different ages: direct and indirect standardisation."""

import numpy as np
import pandas as pd

from equitykit.errors import CourseError
from equitykit.measures.inputs import checked_level, checked_multiplier, counts, numbers, populations, refuse
from equitykit.measures.rates import byar_limits, count_limits
from equitykit.measures.result import Result, number
from equitykit.measures.standard_population import standard_weights

FEWEST_EVENTS = 10
"""A directly standardised rate of fewer events is not reported: its interval cannot be trusted."""


def directly_standardised_rate(
    data: pd.DataFrame,
    *,
    count: str,
    population: str,
    age: str | None = None,
    standard: str | None = None,
    per: float = 100_000,
    level: float = 0.95,
) -> Result:
    """The rate that a standard population would have, if it had this population's rate at every age.

    Parameters
    ----------
    data : pandas.DataFrame
        One row an age band.
    count : str
        The column of events, each 0 or more. A missing count means no event.
    population : str
        The column of people or person-years, each above 0.
    age : str, optional
        The column of age bands: their weights are those of the European Standard Population 2013, summed where bands
        are merged.
    standard : str, optional
        The column of weights, each 0 or more, for any other standard population. Give this or ``age``.
    per : float
        The multiplier: 100,000 gives a rate per 100,000.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        The rate ``per`` people of the standard population; not reported (NaN) when fewer than 10 events arose in all.

    Raises
    ------
    CourseError
        If a column is not there, a count is negative, a population is zero, an age band is not one of the standard's,
        or neither or both of ``age`` and ``standard`` are given.

    Notes
    -----
    Fingertips public health technical guidance, and PHEindicatormethods ``calculate_dsr``. The interval is that of
    Dobson AJ, Kuulasmaa K, Eberle E, Scherer J. Confidence intervals for weighted sums of Poisson parameters.
    Statistics in Medicine 1991;10:457-462, on Byar's limits O_low, O_high of all O events:
    ``rate + sqrt(variance / O) * (O_limit - O)``.

    Examples
    --------
    >>> table = pd.DataFrame({"age": ["0-64", "65+"], "deaths": [40, 60], "people": [20_000, 4_000]})
    >>> directly_standardised_rate(table, count="deaths", population="people", age="age")
    <Directly standardised rate: 454 per 100,000 (95% interval 369 to 552)>
    """
    checked_level(level)
    checked_multiplier(per)
    if (age is None) == (standard is None):
        raise CourseError("give one of the two: the column of age bands (age), or of standard weights (standard)")
    events, people = counts(data, count, missing=0.0), populations(data, population)
    if age is not None:
        weights = standard_weights(data, age)
    else:
        weights = numbers(data, str(standard), "standard")
        refuse(data, str(standard), weights < 0, "{:g} is a negative weight; a weight is 0 or more", weights)
        if not weights.sum():
            raise CourseError(f"column {standard!r}: all weights are 0; a standard population has people")
    shares = weights / weights.sum()
    total = events.sum()
    rate = float(np.sum(shares * events / people))
    variance = float(np.sum(shares**2 * events / people**2))
    kept = total >= FEWEST_EVENTS
    if kept:
        low, high = (rate + (variance / total) ** 0.5 * (limit - total) for limit in byar_limits(total, level))
    else:
        rate = low = high = np.nan
    return Result(
        measure="directly standardised rate",
        estimate=rate * per,
        low=low * per,
        high=high * per,
        level=level,
        method="Dobson's method" if kept else f"{total:g} events are fewer than {FEWEST_EVENTS}",
        unit=f"per {number(per, 0)}",
        computed_from={
            "count": total,
            "population": people.sum(),
            "age bands": len(events),
            "standard": "European Standard Population 2013" if age is not None else f"column {standard!r}",
        },
    )


def indirectly_standardised_ratio(
    data: pd.DataFrame,
    *,
    count: str,
    population: str,
    reference_count: str,
    reference_population: str,
    per: float = 100,
    level: float = 0.95,
) -> Result:
    """Events seen, against the events expected had the reference population's rates held at every age.

    Parameters
    ----------
    data : pandas.DataFrame
        One row an age band.
    count : str
        The column of events, each 0 or more.
    population : str
        The column of people or person-years, each above 0.
    reference_count, reference_population : str
        The columns of events and people of the reference population in the same bands.
    per : float
        100 for a ratio where 100 means "as expected", 1 where 1 does.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        Observed over expected, times ``per``.

    Raises
    ------
    CourseError
        If a column is not there, a count is negative, a population is zero, a value is missing, or no event was
        expected.

    Notes
    -----
    Fingertips public health technical guidance, and PHEindicatormethods ``calculate_ISRatio``: the expected count is
    taken as known, and the limits are those of the observed count (:func:`equitykit.measures.count_limits`).

    Examples
    --------
    >>> table = pd.DataFrame({"deaths": [30, 40], "people": [9000, 1000], "all_deaths": [200, 300],
    ...                       "all_people": [90_000, 10_000]})
    >>> indirectly_standardised_ratio(table, count="deaths", population="people", reference_count="all_deaths",
    ...                               reference_population="all_people")
    <Indirectly standardised ratio: 140 (reference 100) (95% interval 109 to 177)>
    """
    checked_level(level)
    checked_multiplier(per)
    observed = counts(data, count).sum()
    people = populations(data, population)
    rates = counts(data, reference_count, "reference_count") / populations(
        data, reference_population, "reference_population"
    )
    expected = float(np.sum(people * rates))
    if not expected:
        raise CourseError(f"column {reference_count!r}: the reference has no events, so none are expected; use another")
    low, high, method = count_limits(observed, level)
    return Result(
        measure="indirectly standardised ratio",
        estimate=observed / expected * per,
        low=low / expected * per,
        high=high / expected * per,
        level=level,
        method=method,
        unit=f"(reference {number(per, 0)})",
        computed_from={"observed": observed, "expected": expected, "age bands": len(people)},
    )
