"""The slope and the relative index of inequality, as public-health practice in England computes them.

The steps, which both indices share: groups stand in order, 1 = most deprived; each gets its relative rank; a line is
fitted to the groups' values by least squares, weighted by population (which is the square-root-of-share transformation
of the guidance). The slope is the gap between the two ends of the whole population, most to least deprived.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm

from equitykit.errors import CourseError
from equitykit.measures.inputs import (
    DERIVATIVES,
    INVERSES,
    LINKS,
    Array,
    checked_multiplier,
    in_order,
    normal_quantile,
    numbers,
    on_scale,
    one_of,
    populations,
    standard_errors,
)
from equitykit.measures.ranks import mid_ranks
from equitykit.measures.result import Result

SCALES = {"value": "identity", "rate": "log", "proportion": "logit"}
"""The scale on which an interval is taken to be symmetric, for each kind of value."""

_NO_ERRORS = "no interval: the table gives no errors or limits"


def slope_index_of_inequality(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    order: str,
    error: str | None = None,
    low: str | None = None,
    high: str | None = None,
    kind: str = "value",
    transform: bool = False,
    higher_is_worse: bool = False,
    interval: str = "closed form",
    draws: int = 100_000,
    seed: int = 2025,
    per: float = 1,
    unit: str = "",
    level: float = 0.95,
    limits_level: float = 0.95,
) -> Result:
    """The gap in a value between the most and the least deprived ends of a population, from all its groups.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a group, most deprived first; two groups or more.
    value : str
        The column of the groups' values: life expectancy, a rate, a proportion between 0 and 1.
    population : str
        The column of people in each group, each above 0.
    order : str
        The column of the groups' places: 1, 2, 3 … or an ordered categorical; 1 = most deprived.
    error : str, optional
        The column of standard errors, in the values' unit.
    low, high : str, optional
        The columns of limits, instead of ``error``.
    kind : {"value", "rate", "proportion"}
        What the value is. The limits of a rate are taken as symmetric on the log scale, those of a proportion on the
        logit scale.
    transform : bool
        Whether the line is fitted on that scale as well (rates and proportions only), for gradients that bend. The
        index comes back in the values' own unit.
    higher_is_worse : bool
        True turns the sign, so that the index is positive where the most deprived end is worse off.
    interval : {"closed form", "simulation"}
        How the interval is made: see the notes.
    draws, seed : int
        How many draws a simulation takes, and its seed.
    per : float
        The multiplier: 100 turns proportions into percentage points.
    unit : str
        The unit of the values, for the sentence: ``"years"``.
    level : float
        The level of the interval wanted, between 0 and 1.
    limits_level : float
        The level of the limits in ``low`` and ``high``.

    Returns
    -------
    Result
        The slope, in the values' unit times ``per``; without errors or limits, with no interval.

    Raises
    ------
    CourseError
        If a column is not there, the groups are out of order, a population is zero, a value is missing, a low and high
        do not hold their value, or a value cannot be put on its scale.

    Notes
    -----
    Low A, Low A. Measuring the gap: quantifying and comparing local health inequalities. Journal of Public Health
    2004;26:388-395, doi 10.1093/pubmed/fdh175, and PHEindicatormethods ``phe_sii``.

    The slope is a weighted sum of the groups' values, ``sum(c * y)``, so its variance is ``sum(c**2 * error**2)``:
    the closed form. The simulation draws each group's value from its normal distribution, on the kind's scale, fits the
    line to each draw, and takes percentiles. With ``transform`` both treat the slope on that scale and turn the line
    about its middle.

    Examples
    --------
    >>> table = pd.DataFrame({"quintile": [1, 2, 3, 4, 5], "people": [100, 90, 110, 100, 100],
    ...                       "years": [75.0, 77.0, 79.0, 80.5, 82.0], "se": [0.3, 0.3, 0.3, 0.3, 0.3]})
    >>> slope_index_of_inequality(table, value="years", population="people", order="quintile", error="se", unit="years")
    <Slope index of inequality: 8.70 years (95% interval 7.77 to 9.62)>
    """
    line = _Line.read(data, value, population, order, error, low, high, kind, transform, limits_level)
    checked_multiplier(per)
    limits = line.slope_limits(one_of(interval, _INTERVALS, "interval"), level, draws, seed)
    estimate, bottom, top = (line.gap(slope) * per for slope in (line.slope, *limits))
    if higher_is_worse:
        estimate, bottom, top = -estimate, -top, -bottom
    return Result(
        measure="slope index of inequality",
        estimate=estimate,
        low=bottom,
        high=top,
        level=level,
        method=line.method(interval, draws),
        unit=unit,
        computed_from=line.basis(value),
    )


def relative_index_of_inequality(
    data: pd.DataFrame,
    *,
    value: str,
    population: str,
    order: str,
    error: str | None = None,
    low: str | None = None,
    high: str | None = None,
    kind: str = "value",
    transform: bool = False,
    higher_is_worse: bool = False,
    interval: str = "closed form",
    draws: int = 100_000,
    seed: int = 2025,
    level: float = 0.95,
    limits_level: float = 0.95,
) -> Result:
    """How many times the most deprived end's value the least deprived end's is, from all groups.

    Parameters
    ----------
    data, value, population, order, error, low, high, kind, transform, interval, draws, seed, level, limits_level
        As in :func:`slope_index_of_inequality`.
    higher_is_worse : bool
        True inverts the ratio, so that it is above 1 where the most deprived end is worse off.

    Returns
    -------
    Result
        ``(intercept + slope) / intercept`` of the fitted line, a pure number; without errors or limits, with no
        interval.

    Raises
    ------
    CourseError
        As :func:`slope_index_of_inequality`, or if the fitted line is not above 0 at both ends, where no ratio exists.

    Notes
    -----
    Sources as in :func:`slope_index_of_inequality`. The closed form is Fieller's for a ratio of two correlated normal
    estimates (Fieller EC. Journal of the Royal Statistical Society B 1954;16:175-185); with ``transform`` it is the
    ratio of the two ends at the limits of the slope.

    Examples
    --------
    >>> table = pd.DataFrame({"quintile": [1, 2, 3, 4, 5], "people": [100, 90, 110, 100, 100],
    ...                       "rate": [150.0, 131.0, 127.0, 118.0, 105.0], "se": [1.5, 1.4, 1.3, 1.3, 1.2]})
    >>> relative_index_of_inequality(table, value="rate", population="people", order="quintile", error="se",
    ...                              kind="rate", higher_is_worse=True)
    <Relative index of inequality: 1.51 (95% interval 1.46 to 1.57)>
    """
    line = _Line.read(data, value, population, order, error, low, high, kind, transform, limits_level)
    ends = line.ends(line.slope)
    if min(ends) <= 0:
        raise CourseError(
            f"column {value!r}: the fitted line is {ends[0]:g} at the most deprived end and {ends[1]:g} at the least, "
            "and a ratio needs both above 0; use the slope index, or transform=True for a rate or proportion"
        )
    estimate = ends[1] / ends[0]
    bottom, top = line.ratio_limits(one_of(interval, _INTERVALS, "interval"), level, draws, seed)
    if higher_is_worse:
        estimate, bottom, top = 1 / estimate, 1 / top, 1 / bottom
    return Result(
        measure="relative index of inequality",
        estimate=estimate,
        low=bottom,
        high=top,
        level=level,
        method=line.method(interval, draws),
        computed_from=line.basis(value),
    )


_INTERVALS = ("closed form", "simulation")


@dataclass(frozen=True)
class _Line:
    """The fitted line, on the scale it was fitted on.

    ``level_weights`` and ``slope_weights`` are the weights by which the groups' values add up to the intercept and to
    the slope; shape (groups,). ``errors`` are the values' standard errors on the kind's scale, shape (groups,).
    """

    values: Array
    population: Array
    errors: Array | None
    scale: str
    transform: bool
    intercept: float
    slope: float
    level_weights: Array
    slope_weights: Array

    @classmethod
    def read(
        cls,
        data: pd.DataFrame,
        value: str,
        population: str,
        order: str,
        error: str | None,
        low: str | None,
        high: str | None,
        kind: str,
        transform: bool,
        limits_level: float,
    ) -> "_Line":
        scale = SCALES[one_of(kind, tuple(SCALES), "kind")]
        if transform and kind == "value":
            raise CourseError(
                "transform is True for kind 'value', which has no other scale; say 'rate' or 'proportion'"
            )
        in_order(data, order)
        values, people = numbers(data, value, "value"), populations(data, population)
        on_scale(data, value, values, scale)
        errors = standard_errors(data, value, error=error, low=low, high=high, limits_level=limits_level, scale=scale)
        shares = people / people.sum()
        design = sm.add_constant(mid_ranks(people))
        fit = sm.WLS(LINKS[scale](values) if transform else values, design, weights=shares).fit()
        roots = np.sqrt(shares)
        level_weights, slope_weights = np.linalg.pinv(design * roots[:, None]) * roots
        intercept, slope = fit.params
        line = (float(intercept), float(slope))
        return cls(values, people, errors, scale, transform, *line, level_weights, slope_weights)

    def ends(self, slope: float) -> tuple[float, float]:
        """The line's values at the most and the least deprived end, turned about its middle to have this slope."""
        back = INVERSES[self.scale if self.transform else "identity"]
        first, last = back(self.intercept + self.slope / 2 + slope * np.array([-0.5, 0.5]))
        return float(first), float(last)

    def gap(self, slope: float) -> float:
        """What a slope is in the values' own unit."""
        first, last = self.ends(slope)
        return last - first

    def slope_limits(self, interval: str, level: float, draws: int, seed: int) -> tuple[float, float]:
        """The limits of the slope, on the scale of the fit."""
        z = normal_quantile(level)
        if self.errors is None:
            return np.nan, np.nan
        if interval == "simulation":
            return _percentiles(self._drawn(draws, seed) @ self.slope_weights, level)
        margin = z * float(np.sqrt(np.sum(self.slope_weights**2 * self._fit_errors() ** 2)))
        return self.slope - margin, self.slope + margin

    def ratio_limits(self, interval: str, level: float, draws: int, seed: int) -> tuple[float, float]:
        """The limits of the ratio of the least to the most deprived end."""
        z = normal_quantile(level)
        if self.errors is None:
            return np.nan, np.nan
        if self.transform:
            low, high = (self.ends(slope) for slope in self.slope_limits(interval, level, draws, seed))
            return low[1] / low[0], high[1] / high[0]
        if interval == "simulation":
            drawn = self._drawn(draws, seed)
            start = drawn @ self.level_weights
            return _percentiles((start + drawn @ self.slope_weights) / start, level)
        variances = self._fit_errors() ** 2
        end_weights = self.level_weights + self.slope_weights
        return _fieller(
            self.intercept + self.slope,
            self.intercept,
            float(np.sum(end_weights**2 * variances)),
            float(np.sum(self.level_weights**2 * variances)),
            float(np.sum(end_weights * self.level_weights * variances)),
            z,
        )

    def method(self, interval: str, draws: int) -> str:
        """How the line was fitted and its interval made."""
        fitted = f"line fitted on the {self.scale} scale" if self.transform else "line fitted to the values"
        if self.errors is None:
            return f"{fitted}; {_NO_ERRORS}"
        made = f"simulation, {draws:,} draws" if interval == "simulation" else "closed form"
        return f"{fitted}, weighted by population; interval by {made}"

    def basis(self, value: str) -> dict[str, float | int | str]:
        """What the index was computed from."""
        first, last = self.ends(self.slope)
        return {
            "groups": len(self.values),
            "population": float(self.population.sum()),
            "values": f"column {value!r}",
            "fitted at the most deprived end": first,
            "fitted at the least deprived end": last,
        }

    def _fit_errors(self) -> Array:
        """The values' standard errors on the scale of the fit."""
        assert self.errors is not None
        errors: Array = self.errors if self.transform else self.errors / DERIVATIVES[self.scale](self.values)
        return errors

    def _drawn(self, draws: int, seed: int) -> Array:
        """Values drawn anew, on the scale of the fit; shape (draws, groups)."""
        if draws < 1000:
            raise CourseError(f"draws is {draws}: percentiles need 1,000 or more, and 100,000 are usual")
        assert self.errors is not None
        normal = np.random.default_rng(seed).standard_normal((draws, len(self.values)))
        drawn = LINKS[self.scale](self.values) + normal * self.errors
        values: Array = drawn if self.transform else INVERSES[self.scale](drawn)
        return values


def _percentiles(drawn: Array, level: float) -> tuple[float, float]:
    low, high = np.quantile(drawn, [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)


def _fieller(
    top: float, bottom: float, top_variance: float, bottom_variance: float, covariance: float, z: float
) -> tuple[float, float]:
    """Fieller's limits of a ratio; NaN where the denominator may be zero, and no finite interval exists."""
    a = bottom**2 - z**2 * bottom_variance
    b = top * bottom - z**2 * covariance
    c = top**2 - z**2 * top_variance
    if a <= 0:
        return np.nan, np.nan
    root = np.sqrt(max(b**2 - a * c, 0.0))
    return float((b - root) / a), float((b + root) / a)
