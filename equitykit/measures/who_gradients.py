"""The slope and the relative index of inequality, as the World Health Organization computes them.

They differ from those of :mod:`equitykit.measures.gradients` in two ways. Values that cannot leave their bounds, such
as percentages, are fitted on the logit scale, so that the line never predicts less than none or more than all. And the
interval comes from how far the groups lie from the line (robust errors), not from the errors of the groups' values.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from equitykit.errors import CourseError
from equitykit.measures.inputs import (
    Array,
    checked_multiplier,
    in_order,
    normal_quantile,
    numbers,
    populations,
    refuse,
)
from equitykit.measures.ranks import mid_ranks
from equitykit.measures.result import Result

_METHOD = "{link} fit, weighted by population; robust (HC1) delta-method interval{scale}"


def who_slope_index_of_inequality(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    order: str,
    out_of: float = 1,
    bounded: bool = True,
    unit: str = "",
    level: float = 0.95,
) -> Result:
    """The fitted value at the most advantaged end minus that at the most disadvantaged, WHO's way.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a group, most disadvantaged first; three groups or more.
    value : str
        The column of the groups' values.
    population : str
        The column of people in each group, each above 0.
    order : str
        The column of the groups' places: 1, 2, 3 … or an ordered categorical; 1 = most disadvantaged.
    out_of : float
        The highest value there can be: 1 for proportions, 100 for percentages. Never guessed from the data.
    bounded : bool
        Whether values lie between 0 and ``out_of``; False fits a straight line, for values such as years.
    unit : str
        The unit of the values, for the sentence.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        The difference, in the values' unit.

    Raises
    ------
    CourseError
        If a column is not there, there are fewer than three groups, they are out of order, a population is zero, a
        value is missing, or a bounded value is out of its bounds.

    Notes
    -----
    Schlotheuber A, Hosseinpoor AR. Summary measures of health inequality: a review of existing measures and their
    application. International Journal of Environmental Research and Public Health 2022;19:3697,
    doi 10.3390/ijerph19063697, and WHO's R package healthequal, whose weights are the squares of the populations by
    accident: here each person counts once. The errors are MacKinnon and White's HC1, which multiplies by n / (n - 2)
    for n groups.

    Examples
    --------
    >>> table = pd.DataFrame({"quintile": [1, 2, 3, 4, 5], "births": [78, 91, 162, 103, 105],
    ...                       "percent": [20, 30, 40, 50, 60]})
    >>> who_slope_index_of_inequality(table, value="percent", population="births", order="quintile", out_of=100,
    ...                               unit="points")
    <WHO slope index of inequality: 44.9 points (95% interval 39.7 to 50.1)>
    """
    fit = _fitted(data, value, population, order, out_of, bounded)
    z = normal_quantile(level)
    estimate = fit.last - fit.first
    margin = z * fit.error(fit.last_slope - fit.first_slope)
    return Result(
        measure="WHO slope index of inequality",
        estimate=estimate * out_of,
        low=(estimate - margin) * out_of,
        high=(estimate + margin) * out_of,
        level=level,
        method=_METHOD.format(link="logit" if bounded else "linear", scale=""),
        unit=unit,
        computed_from=fit.basis(out_of),
    )


def who_relative_index_of_inequality(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    order: str,
    out_of: float = 1,
    bounded: bool = True,
    level: float = 0.95,
) -> Result:
    """The fitted value at the most advantaged end over that at the most disadvantaged, WHO's way.

    Parameters
    ----------
    data, value, population, order, out_of, bounded, level
        As in :func:`who_slope_index_of_inequality`.

    Returns
    -------
    Result
        The ratio, a pure number.

    Raises
    ------
    CourseError
        As :func:`who_slope_index_of_inequality`, or if a straight line is not above 0 at both ends.

    Notes
    -----
    Sources as in :func:`who_slope_index_of_inequality`; the interval is made on the log scale.

    Examples
    --------
    >>> table = pd.DataFrame({"quintile": [1, 2, 3, 4, 5], "births": [78, 91, 162, 103, 105],
    ...                       "percent": [20, 30, 40, 50, 60]})
    >>> who_relative_index_of_inequality(table, value="percent", population="births", order="quintile", out_of=100)
    <WHO relative index of inequality: 3.24 (95% interval 2.68 to 3.92)>
    """
    fit = _fitted(data, value, population, order, out_of, bounded)
    z = normal_quantile(level)
    if min(fit.first, fit.last) <= 0:
        raise CourseError(
            f"column {value!r}: the fitted line is {fit.first * out_of:g} at the most disadvantaged end and "
            f"{fit.last * out_of:g} at the most advantaged, and a ratio needs both above 0; use the slope index"
        )
    estimate = fit.last / fit.first
    factor = float(np.exp(z * fit.error(fit.last_slope / fit.last - fit.first_slope / fit.first)))
    return Result(
        measure="WHO relative index of inequality",
        estimate=estimate,
        low=estimate / factor,
        high=estimate * factor,
        level=level,
        method=_METHOD.format(link="logit" if bounded else "linear", scale=" on the log scale"),
        computed_from=fit.basis(out_of),
    )


@dataclass(frozen=True)
class RankFit:
    """Values fitted on the mid-rank: what is predicted at either end, and how it answers to the two parameters.

    ``first_slope`` and ``last_slope`` are derivatives by intercept and slope, shape (2,); ``covariance`` is that of the
    two parameters, shape (2, 2).
    """

    first: float
    last: float
    first_slope: Array
    last_slope: Array
    covariance: Array
    groups: int
    population: float

    def error(self, gradient: Array) -> float:
        """The standard error of a function of the parameters, by its gradient; shape (2,)."""
        return float(np.sqrt(gradient @ self.covariance @ gradient))

    def basis(self, out_of: float) -> dict[str, float | int]:
        """What the index was computed from."""
        return {
            "groups": self.groups,
            "population": self.population,
            "fitted at the most disadvantaged end": self.first * out_of,
            "fitted at the most advantaged end": self.last * out_of,
        }


def fit_on_rank(values: Array, ranks: Array, weights: Array, bounded: bool) -> RankFit:
    """Fit values on mid-ranks, with weights, and robust HC1 errors.

    Parameters
    ----------
    values, ranks, weights : numpy.ndarray
        Shape (groups,); bounded values lie between 0 and 1.
    bounded : bool
        Logit link if so, a straight line if not.
    """
    design = sm.add_constant(ranks)
    groups = len(values)
    if bounded:
        model = sm.GLM(values, design, family=sm.families.Binomial(), var_weights=weights)
        with warnings.catch_warnings():
            # Groups that lie on the curve exactly are no sign that people are told apart perfectly.
            warnings.simplefilter("ignore", PerfectSeparationWarning)
            fit = model.fit(cov_type="HC0", tol=1e-12, maxiter=200)
        # statsmodels' HC1 of a GLM is its HC0: it leaves out the factor n / (n - k).
        covariance = fit.cov_params() * groups / (groups - 2)
    else:
        fit = sm.WLS(values, design, weights=weights).fit(cov_type="HC1")
        covariance = fit.cov_params()
    ends = np.array([[1.0, 0.0], [1.0, 1.0]])
    first, last = fit.predict(ends)
    steepness = np.array([first * (1 - first), last * (1 - last)]) if bounded else np.ones(2)
    first_slope, last_slope = ends * steepness[:, None]
    return RankFit(
        float(first), float(last), first_slope, last_slope, np.asarray(covariance), groups, float(weights.sum())
    )


def _fitted(data: pd.DataFrame, value: str, population: str, order: str, out_of: float, bounded: bool) -> RankFit:
    checked_multiplier(out_of, "out_of")
    in_order(data, order)
    if len(data) < 3:
        raise CourseError(f"column {order!r} has 2 groups: a robust error needs three or more; use rate_ratio or ratio")
    values, people = numbers(data, value, "value"), populations(data, population)
    if bounded:
        wrong = (values < 0) | (values > out_of)
        refuse(data, value, wrong, f"{{:g}} is not between 0 and {out_of:g}; set out_of, or bounded=False", values)
    return fit_on_rank(values / out_of, mid_ranks(people), people, bounded)
