"""What the whole population would gain if every group did as well as the best placed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equitykit.errors import CourseError
from equitykit.measures.inputs import (
    at_least_two,
    checked_multiplier,
    in_order,
    normal_quantile,
    numbers,
    populations,
    refuse,
)
from equitykit.measures.result import Result


def population_attributable_risk(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    order: str | None = None,
    higher_is_worse: bool = False,
    out_of: float = 1,
    unit: str = "",
    level: float = 0.95,
) -> Result:
    """How far the whole population's value would move if every group had the reference group's.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a group; two groups or more.
    value : str
        The column of the groups' values, each a part of ``out_of``.
    population : str
        The column of people in each group, each above 0.
    order : str, optional
        The column of the groups' places, 1 = most disadvantaged: the last group is then the reference. Without it, the
        group with the best value is.
    higher_is_worse : bool
        Whether the value counts harm, such as deaths, or good, such as vaccinations.
    out_of : float
        What the values are out of: 1 for proportions, 100 for percentages, 100,000 for rates per 100,000.
    unit : str
        The unit of the values, for the sentence.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        Reference minus mean, in the values' unit: positive for a good, negative for a harm. 0 where the reference
        group does worse than the mean, and no limit lies beyond 0 on that side.

    Raises
    ------
    CourseError
        If a column is not there, there are fewer than two groups, they are out of order, a population is zero, a value
        is missing or not between 0 and ``out_of``.

    Notes
    -----
    Schlotheuber A, Hosseinpoor AR. Summary measures of health inequality. International Journal of Environmental
    Research and Public Health 2022;19:3697, doi 10.3390/ijerph19063697. The error is that of
    the difference between the reference group and all others, two independent proportions, times the others' share of
    people. (WHO's R package healthequal takes the error of the fraction times the mean instead, as if the mean were
    known; for rare outcomes its 95% interval covers the truth in about 93%.) Where the best group is picked from the
    data, chance has helped it to be the best, and the estimate is too large.

    Examples
    --------
    >>> table = pd.DataFrame({"quintile": [1, 2, 3, 4, 5], "births": [78, 91, 162, 103, 105],
    ...                       "percent": [20, 30, 40, 50, 60]})
    >>> population_attributable_risk(table, value="percent", population="births", order="quintile", out_of=100,
    ...                              unit="points")
    <Population attributable risk: 18.8 points (95% interval 10.4 to 27.2)>
    """
    gain = _Gain.read(data, value, population, order, higher_is_worse, out_of)
    risk = (gain.reference - gain.mean) * out_of
    margin = normal_quantile(level) * gain.risk_error() * out_of
    return gain.result("population attributable risk", risk, margin, unit, level, out_of)


def population_attributable_fraction(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    order: str | None = None,
    higher_is_worse: bool = False,
    out_of: float = 1,
    level: float = 0.95,
) -> Result:
    """The attributable risk, in percent of the whole population's value.

    Parameters
    ----------
    data, value, population, order, higher_is_worse, out_of, level
        As in :func:`population_attributable_risk`.

    Returns
    -------
    Result
        The fraction, in percent: positive for a good, negative for a harm; 0 where the reference group does worse than
        the mean.

    Raises
    ------
    CourseError
        As :func:`population_attributable_risk`, or if all values are 0.

    Notes
    -----
    Source as in :func:`population_attributable_risk`. The error is that of a fourfold table of reference and other
    groups: Walter SD. Calculation of attributable risks from epidemiological data. International Journal of
    Epidemiology 1978;7:175-182, doi 10.1093/ije/7.2.175. It is in percent, as the fraction is;
    WHO's R package healthequal leaves it unscaled.

    Examples
    --------
    >>> table = pd.DataFrame({"quintile": [1, 2, 3, 4, 5], "births": [78, 91, 162, 103, 105],
    ...                       "percent": [20, 30, 40, 50, 60]})
    >>> population_attributable_fraction(table, value="percent", population="births", order="quintile", out_of=100)
    <Population attributable fraction: 45.5% (95% interval 24.6 to 66.5)>
    """
    gain = _Gain.read(data, value, population, order, higher_is_worse, out_of)
    if not gain.mean:
        raise CourseError(f"column {value!r}: all values are 0, so no fraction of them exists; use the risk")
    fraction = (gain.reference - gain.mean) / gain.mean * 100
    margin = normal_quantile(level) * gain.fraction_error() * 100
    return gain.result("population attributable fraction", fraction, margin, "%", level, out_of)


@dataclass(frozen=True)
class _Gain:
    """The reference group's proportion and people, and the whole population's."""

    reference: float
    reference_people: float
    mean: float
    people: float
    groups: int
    higher_is_worse: bool

    @classmethod
    def read(
        cls,
        data: pd.DataFrame,
        value: str,
        population: str,
        order: str | None,
        higher_is_worse: bool,
        out_of: float,
    ) -> "_Gain":
        checked_multiplier(out_of, "out_of")
        values, people = numbers(data, value, "value"), populations(data, population)
        at_least_two(data, value)
        wrong = (values < 0) | (values > out_of)
        refuse(data, value, wrong, f"{{:g}} is not between 0 and {out_of:g}; say what values are out of", values)
        if order is not None:
            in_order(data, order)
            best = len(values) - 1
        else:
            best = int(np.argmin(values) if higher_is_worse else np.argmax(values))
        parts = values / out_of
        mean = float(np.average(parts, weights=people))
        return cls(float(parts[best]), float(people[best]), mean, float(people.sum()), len(values), higher_is_worse)

    def risk_error(self) -> float:
        """The standard error of reference minus mean, as a proportion."""
        people = self.people - self.reference_people
        others = (self.mean * self.people - self.reference * self.reference_people) / people
        variances = (
            self.reference * (1 - self.reference) / self.reference_people,
            max(others * (1 - others), 0.0) / people,
        )
        return people / self.people * float(np.sqrt(sum(variances)))

    def fraction_error(self) -> float:
        """The standard error of the fraction, from the fourfold table of other and reference groups."""
        with_reference = self.reference * self.reference_people
        without_reference = self.reference_people - with_reference
        with_other = max(self.mean * self.people - with_reference, 0.0)
        without_other = self.people - self.reference_people - with_other
        having = with_other + with_reference
        if not having:
            return 0.0
        inner = with_other * without_reference * (self.people - with_reference) + without_other * with_reference**2
        return float(np.sqrt(with_reference * self.people * inner / (having**3 * self.reference_people**3)))

    def result(self, measure: str, estimate: float, margin: float, unit: str, level: float, out_of: float) -> Result:
        """A measure of one sign, with a normal interval cut off at 0."""
        limits = np.array([estimate, estimate - margin, estimate + margin])
        kept = np.minimum(limits, 0.0) if self.higher_is_worse else np.maximum(limits, 0.0)
        return Result(
            measure=measure,
            estimate=kept[0],
            low=kept[1],
            high=kept[2],
            level=level,
            method="normal interval, reference group against all others",
            unit=unit,
            computed_from={
                "groups": self.groups,
                "population": self.people,
                "reference value": self.reference * out_of,
                "mean": self.mean * out_of,
            },
        )
