"""Two groups compared: the ratio and the difference of their rates, or of estimates that come with errors."""

from collections.abc import Hashable

import numpy as np
import pandas as pd
from statsmodels.stats.rates import confint_poisson_2indep

from equitykit.errors import CourseError
from equitykit.measures.inputs import (
    checked_level,
    checked_multiplier,
    counts,
    normal_quantile,
    numbers,
    on_scale,
    populations,
    standard_errors,
    two_groups,
)
from equitykit.measures.result import Result, number


def rate_ratio(
    data: pd.DataFrame,
    *,
    count: str,
    population: str,
    group: str,
    compare: Hashable,
    reference: Hashable,
    level: float = 0.95,
) -> Result:
    """How many times the reference group's rate another group's rate is.

    Rows of the same group are added up.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a group, or several that are added up.
    count : str
        The column of events, each 0 or more.
    population : str
        The column of people or person-years, each above 0.
    group : str
        The column that names the groups.
    compare, reference : hashable
        The two groups: the ratio is ``compare`` over ``reference``.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        The ratio, a pure number.

    Raises
    ------
    CourseError
        If a column or group is not there, a count is negative, a population is zero, a value is missing, or the
        reference group had no event.

    Notes
    -----
    Score interval: Gu K, Ng HKT, Tang ML, Schucany WR. Testing the ratio of two Poisson rates. Biometrical Journal
    2008;50:283-298, from statsmodels ``confint_poisson_2indep``.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["a", "b"], "deaths": [60, 30], "people": [51_477, 54_308]})
    >>> rate_ratio(table, count="deaths", population="people", group="group", compare="a", reference="b")
    <Rate ratio: 2.11 (95% interval 1.37 to 3.26)>
    """
    checked_level(level)
    events, people = _sums(data, count, population, group, compare, reference)
    if not events[1]:
        raise CourseError(
            f"column {count!r}: the reference group {reference!r} had no event, so no ratio to it exists; "
            "use rate_difference, or another reference"
        )
    estimate = events[0] / people[0] / (events[1] / people[1])
    if events[0]:
        # The search for the limits stops at an absolute tolerance: it is given exposures that make the ratio 1.
        low, high = confint_poisson_2indep(
            events[0], events[0], events[1], events[1], method="score", compare="ratio", alpha=1 - level
        )
        low, high = low * estimate, high * estimate
    else:
        # The score equation has its roots in closed form here; statsmodels' search does not find them at no event.
        low, high = 0.0, normal_quantile(level) ** 2 / events[1] * people[1] / people[0]
    return Result(
        measure="rate ratio",
        estimate=estimate,
        low=low,
        high=high,
        level=level,
        method="score interval",
        computed_from=_pair(events, people, compare, reference),
    )


def rate_difference(
    data: pd.DataFrame,
    *,
    count: str,
    population: str,
    group: str,
    compare: Hashable,
    reference: Hashable,
    per: float = 100_000,
    level: float = 0.95,
) -> Result:
    """How far a group's rate lies above the reference group's.

    Rows of the same group are added up.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a group, or several that are added up.
    count : str
        The column of events, each 0 or more.
    population : str
        The column of people or person-years, each above 0.
    group : str
        The column that names the groups.
    compare, reference : hashable
        The two groups: the difference is ``compare`` minus ``reference``.
    per : float
        The multiplier: 100,000 gives a difference per 100,000.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        The difference ``per`` people or person-years.

    Raises
    ------
    CourseError
        If a column or group is not there, a count is negative, a population is zero, a value is missing, or neither
        group had an event.

    Notes
    -----
    Score interval: Ng HKT, Gu K, Tang ML. A comparative study of tests for the difference of two Poisson means.
    Computational Statistics & Data Analysis 2007;51:3085-3099, from statsmodels ``confint_poisson_2indep``.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["a", "b"], "deaths": [60, 30], "people": [51_477, 54_308]})
    >>> rate_difference(table, count="deaths", population="people", group="group", compare="a", reference="b")
    <Rate difference: 61.3 per 100,000 (95% interval 26.6 to 98.9)>
    """
    checked_level(level)
    checked_multiplier(per)
    events, people = _sums(data, count, population, group, compare, reference)
    if not sum(events):
        raise CourseError(f"column {count!r}: neither {compare!r} nor {reference!r} had an event; nothing to compare")
    # The search for the limits stops at an absolute tolerance: it needs exposures that make rates near 1.
    scale = sum(events) / sum(people)
    low, high = confint_poisson_2indep(
        events[0],
        people[0] * scale,
        events[1],
        people[1] * scale,
        method="score",
        compare="diff",
        alpha=1 - level,
    )
    return Result(
        measure="rate difference",
        estimate=(events[0] / people[0] - events[1] / people[1]) * per,
        low=low * scale * per,
        high=high * scale * per,
        level=level,
        method="score interval",
        unit=f"per {number(per, 0)}",
        computed_from=_pair(events, people, compare, reference),
    )


def difference(
    data: pd.DataFrame,
    *,
    value: str,
    group: str,
    compare: Hashable,
    reference: Hashable,
    error: str | None = None,
    low: str | None = None,
    high: str | None = None,
    unit: str = "",
    level: float = 0.95,
    limits_level: float = 0.95,
) -> Result:
    """How far a group's estimate lies above the reference group's, for estimates such as life expectancy.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a group.
    value : str
        The column of estimates.
    group : str
        The column that names the groups.
    compare, reference : hashable
        The two groups: the difference is ``compare`` minus ``reference``.
    error : str, optional
        The column of standard errors.
    low, high : str, optional
        The columns of limits, instead of ``error``.
    unit : str
        The unit of the estimates, for the sentence: ``"years"``.
    level : float
        The level of the interval wanted, between 0 and 1.
    limits_level : float
        The level of the limits in ``low`` and ``high``.

    Returns
    -------
    Result
        The difference, in the estimates' unit; without errors or limits, with no interval.

    Raises
    ------
    CourseError
        If a column or group is not there, a group has two rows, a value is missing, or a low and high do not hold
        their estimate.

    Notes
    -----
    Normal interval of two independent estimates, as WHO's Health Equity Assessment Toolkit has it for the difference:
    Schlotheuber A, Hosseinpoor AR. Summary measures of health inequality. International Journal of Environmental
    Research and Public Health 2022;19:3697, doi 10.3390/ijerph19063697.

    Examples
    --------
    >>> table = pd.DataFrame({"decile": [1, 10], "years": [74.0, 83.4], "se": [0.1, 0.1]})
    >>> difference(table, value="years", group="decile", compare=10, reference=1, error="se", unit="years")
    <Difference: 9.40 years (95% interval 9.12 to 9.68)>
    """
    values, errors = _estimates(data, value, group, compare, reference, error, low, high, limits_level, "identity")
    estimate = values[0] - values[1]
    margin = np.nan if errors is None else normal_quantile(level) * float(np.hypot(*errors))
    return Result(
        measure="difference",
        estimate=estimate,
        low=estimate - margin,
        high=estimate + margin,
        level=checked_level(level),
        method=_NO_ERRORS if errors is None else "normal interval of two independent estimates",
        unit=unit,
        computed_from={str(compare): values[0], str(reference): values[1]},
    )


def ratio(
    data: pd.DataFrame,
    *,
    value: str,
    group: str,
    compare: Hashable,
    reference: Hashable,
    error: str | None = None,
    low: str | None = None,
    high: str | None = None,
    level: float = 0.95,
    limits_level: float = 0.95,
) -> Result:
    """How many times the reference group's estimate another group's is, for estimates such as standardised rates.

    Parameters
    ----------
    data, value, group, compare, reference, error, low, high, level, limits_level
        As in :func:`difference`; values above 0. Limits are taken as symmetric on the log scale.

    Returns
    -------
    Result
        The ratio, a pure number; without errors or limits, with no interval.

    Raises
    ------
    CourseError
        As :func:`difference`, or if an estimate is not above 0.

    Notes
    -----
    Normal interval on the log scale: Schlotheuber and Hosseinpoor 2022, doi 10.3390/ijerph19063697.

    Examples
    --------
    >>> table = pd.DataFrame({"quintile": [1, 5], "rate": [150.2, 105.0], "se": [1.5, 1.2]})
    >>> ratio(table, value="rate", group="quintile", compare=1, reference=5, error="se")
    <Ratio: 1.43 (95% interval 1.39 to 1.47)>
    """
    values, errors = _estimates(data, value, group, compare, reference, error, low, high, limits_level, "log")
    estimate = values[0] / values[1]
    factor = np.nan if errors is None else float(np.exp(normal_quantile(level) * np.hypot(*errors)))
    return Result(
        measure="ratio",
        estimate=estimate,
        low=estimate / factor,
        high=estimate * factor,
        level=checked_level(level),
        method=_NO_ERRORS if errors is None else "normal interval on the log scale",
        computed_from={str(compare): values[0], str(reference): values[1]},
    )


_NO_ERRORS = "no interval: the table gives no errors or limits"


def _sums(
    data: pd.DataFrame, count: str, population: str, group: str, compare: Hashable, reference: Hashable
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Events and people of the two groups, each as (compare, reference)."""
    here = two_groups(data, group, compare, reference)
    both = data[here.compare | here.reference]
    events, people = counts(both, count), populations(both, population)
    first = here.compare[here.compare | here.reference]
    return (
        (float(events[first].sum()), float(events[~first].sum())),
        (float(people[first].sum()), float(people[~first].sum())),
    )


def _pair(
    events: tuple[float, float], people: tuple[float, float], compare: Hashable, reference: Hashable
) -> dict[str, float]:
    return {
        f"count of {compare}": events[0],
        f"population of {compare}": people[0],
        f"count of {reference}": events[1],
        f"population of {reference}": people[1],
    }


def _estimates(
    data: pd.DataFrame,
    value: str,
    group: str,
    compare: Hashable,
    reference: Hashable,
    error: str | None,
    low: str | None,
    high: str | None,
    limits_level: float,
    scale: str,
) -> tuple[tuple[float, float], tuple[float, float] | None]:
    """Values and errors of the two groups on a scale, each as (compare, reference)."""
    here = two_groups(data, group, compare, reference)
    places = []
    for name, rows in ((compare, here.compare), (reference, here.reference)):
        found = np.flatnonzero(rows)
        if len(found) > 1:
            raise CourseError(
                f"column {group!r} has {len(found)} rows {name!r}; keep one row a group, or take the table apart "
                "with by_group"
            )
        places.append(int(found[0]))
    both = data.iloc[places]
    values = numbers(both, value, "value")
    on_scale(both, value, values, scale)
    errors = standard_errors(both, value, error=error, low=low, high=high, limits_level=limits_level, scale=scale)
    pair = (float(values[0]), float(values[1]))
    return pair, None if errors is None else (float(errors[0]), float(errors[1]))
