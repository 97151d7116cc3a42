"""Intersecting strata (MAIHDA): how much of the difference between people lies between the strata they belong to.

MAIHDA is multilevel analysis of individual heterogeneity and discriminatory accuracy.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.tools.sm_exceptions import ConvergenceWarning

from equitykit.errors import CourseError
from equitykit.measures.inputs import Array, checked_level, column, numbers, one_of
from equitykit.measures.result import Result

LOGISTIC_VARIANCE = float(np.pi**2 / 3)
"""The variance of the standard logistic distribution, which stands for the level of persons in a logistic model."""


def variance_partition(
    data: pd.DataFrame,
    *,
    value: str,
    strata: str | Sequence[str],
    adjust_for: Sequence[str] = (),
    estimation: str = "REML",
    level: float = 0.95,
) -> Result:
    """The variance partition coefficient: the share of all variance that lies between strata, in percent.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a person.
    value : str
        The column of outcomes, on a scale where differences have meaning: years, scores, kilograms.
    strata : str or sequence of str
        The column of strata, or the columns whose combinations make them: ``["sex", "ethnic_group", "class"]``.
    adjust_for : sequence of str
        Columns whose effects are taken out first. The columns of ``strata`` themselves leave what is more than the sum
        of its parts. Text and categories become columns of 0 and 1.
    estimation : {"REML", "ML"}
        Restricted maximum likelihood, which is fair to few strata, or maximum likelihood.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        The coefficient, in percent. ``computed_from`` holds the variance between and within strata, the strata, the
        people and the estimation.

    Raises
    ------
    CourseError
        If a column is not there, a value is missing or does not vary, there are fewer than two strata, every stratum
        is one person, or columns to adjust for depend on each other.

    Notes
    -----
    Evans CR, Williams DR, Onnela JP, Subramanian SV. A multilevel approach to modeling health inequalities at the
    intersection of multiple social identities. Social Science & Medicine 2018;203:64-73,
    doi 10.1016/j.socscimed.2017.11.011; Merlo J. Social Science & Medicine 2018;203:74-80,
    doi 10.1016/j.socscimed.2017.12.026. The model has a random intercept for strata and is fitted by statsmodels
    ``MixedLM``; the interval is that of the profile likelihood.

    Examples
    --------
    >>> people = pd.DataFrame({"stratum": list("aaabbbccc"), "score": [1, 2, 3, 4, 5, 6, 2, 3, 4]})
    >>> variance_partition(people, value="score", strata="stratum")
    <Variance partition coefficient: 66.7% (95% interval 0.0 to 97.9)>
    """
    one_of(estimation, ("REML", "ML"), "estimation")
    checked_level(level)
    outcomes = numbers(data, value, "value")
    members = _members(data, [strata] if isinstance(strata, str) else list(strata))
    design = _design(data, list(adjust_for))
    if np.ptp(outcomes) == 0:
        raise CourseError(f"column {value!r}: everybody has the same value, so there is no variance to share out")
    likelihood = _Likelihood(outcomes, design, members, restricted=estimation == "REML")
    share = _fitted_share(outcomes, design, members, likelihood)
    low, high = likelihood.interval(share, level)
    within = likelihood.within(share)
    return Result(
        measure="variance partition coefficient",
        estimate=100 * share,
        low=100 * low,
        high=100 * high,
        level=level,
        method=f"linear model with random strata, {estimation}; profile-likelihood interval",
        unit="%",
        computed_from={
            "variance between strata": within * share / (1 - share),
            "variance within strata": within,
            "strata": int(members.max()) + 1,
            "people": len(outcomes),
            "estimation": estimation,
        },
    )


def logistic_variance_partition(
    variance: float, *, low: float | None = None, high: float | None = None, level: float = 0.95
) -> Result:
    """The variance partition coefficient of a logistic model, from its variance between strata.

    Parameters
    ----------
    variance : float
        The variance between strata, on the log-odds scale, 0 or more, as the model gave it.
    low, high : float, optional
        The limits of that variance.
    level : float
        Their level, between 0 and 1.

    Returns
    -------
    Result
        The coefficient, in percent; without limits, with no interval.

    Raises
    ------
    CourseError
        If the variance is negative, or its interval does not hold it.

    Notes
    -----
    ``variance / (variance + pi**2 / 3)``: Goldstein H, Browne W, Rasbash J. Partitioning variation in multilevel
    models. Understanding Statistics 2002;1:223-231. The variance of persons is that of the standard
    logistic distribution.

    Examples
    --------
    >>> logistic_variance_partition(0.3, low=0.2, high=0.5)
    <Variance partition coefficient: 8.36% (95% interval 5.73 to 13.19)>
    """
    checked_level(level)
    if not 0 <= variance < np.inf:
        raise CourseError(f"variance is {variance!r}: a variance is a number of 0 or more")
    if (low is None) != (high is None):
        raise CourseError(f"only {'high' if low is None else 'low'} was given: an interval needs low and high")
    bottom, top = (np.nan, np.nan) if low is None or high is None else (low, high)
    if low is not None and not 0 <= bottom <= variance <= top:
        raise CourseError(f"the interval does not hold its estimate: {variance:g} is not between {low:g} and {high:g}")
    share, bottom, top = (100 * each / (each + LOGISTIC_VARIANCE) for each in (variance, bottom, top))
    return Result(
        measure="variance partition coefficient",
        estimate=share,
        low=bottom,
        high=top,
        level=level,
        method="latent-variable method, variance of persons pi²/3"
        + ("; no interval: none was given for the variance" if low is None else ""),
        unit="%",
        computed_from={"variance between strata": float(variance), "variance of persons": LOGISTIC_VARIANCE},
    )


def proportional_change_in_variance(before: Result, after: Result) -> Result:
    """How much of the variance between strata goes when more is adjusted for, in percent.

    Parameters
    ----------
    before, after : Result
        Answers of :func:`variance_partition` or :func:`logistic_variance_partition`: of the model without and with the
        adjustment, for the same people.

    Returns
    -------
    Result
        The change, in percent of the variance before, with no interval. 100 means that adjusting explains all of it;
        below 0 means that more variance shows than before.

    Raises
    ------
    CourseError
        If a result holds no variance between strata, or there was none before.

    Notes
    -----
    Merlo J, Yang M, Chaix B, Lynch J, Råstam L. A brief conceptual tutorial on multilevel analysis in social
    epidemiology. Journal of Epidemiology and Community Health 2005;59:729-736, doi 10.1136/jech.2004.023929.

    Examples
    --------
    >>> proportional_change_in_variance(logistic_variance_partition(0.4), logistic_variance_partition(0.1))
    <Proportional change in variance: 75.0% (no interval)>
    """
    name = "variance between strata"
    for result in (before, after):
        if name not in result.computed_from:
            raise CourseError(f"{result.measure!r} holds no {name}: give answers of variance_partition")
    first, last = float(before.computed_from[name]), float(after.computed_from[name])
    if not first > 0:
        raise CourseError("there was no variance between strata before, so no share of it can go")
    return Result(
        measure="proportional change in variance",
        estimate=100 * (first - last) / first,
        low=np.nan,
        high=np.nan,
        level=before.level,
        method="no interval: the two models share their data",
        unit="%",
        computed_from={"variance before": first, "variance after": last},
    )


def _members(data: pd.DataFrame, names: list[str]) -> np.ndarray:
    """The stratum of each person, numbered from 0; shape (people,)."""
    if not names:
        raise CourseError("strata is empty: name the column of strata, or those that make them")
    for name in names:
        for place in np.flatnonzero(column(data, name, "strata").isna().to_numpy()):
            raise CourseError(
                f"column {name!r}, row {data.index[place]}: the stratum is missing; every person needs one"
            )
    members = data.groupby(names, observed=True, sort=False).ngroup().to_numpy()
    if members.max() < 1:
        raise CourseError(f"column {', '.join(names)!r} makes 1 stratum: a comparison needs at least two")
    if members.max() + 1 == len(members):
        raise CourseError(f"column {', '.join(names)!r}: every stratum is one person; merge strata")
    return members


def _design(data: pd.DataFrame, names: list[str]) -> Array:
    """What is adjusted for, with a constant; shape (people, 1 + columns)."""
    parts = [np.ones((len(data), 1))]
    for name in names:
        series = column(data, name, "adjust_for")
        if pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series):
            parts.append(numbers(data, name, "adjust_for")[:, None])
            continue
        for place in np.flatnonzero(series.isna().to_numpy()):
            raise CourseError(f"column {name!r}, row {data.index[place]}: the value is missing; adjusting needs it")
        parts.append(pd.get_dummies(series.astype("string"), drop_first=True).to_numpy(dtype=float))
    design: Array = np.hstack(parts)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise CourseError(f"the columns to adjust for, {', '.join(names)}, depend on each other: leave one out")
    return design


@dataclass(frozen=True)
class _Likelihood:
    """The (restricted) likelihood of a model with random strata, by the share of variance between them."""

    outcomes: Array
    design: Array
    members: np.ndarray
    restricted: bool

    def _solved(self, share: float) -> tuple[float, float, float]:
        """The residual sum of squares, and the log determinants of the covariance and of the information."""
        sizes = np.bincount(self.members)
        ratio = share / (1 - share)
        # Taking this part of a stratum's mean away makes its people independent, all with the variance within strata.
        part = 1 - 1 / np.sqrt(1 + sizes * ratio)
        both = np.column_stack([self.design, self.outcomes])
        sums = np.zeros((len(sizes), both.shape[1]))
        np.add.at(sums, self.members, both)
        freed = both - (part[:, None] * sums / sizes[:, None])[self.members]
        design, outcomes = freed[:, :-1], freed[:, -1]
        coefficients = np.linalg.lstsq(design, outcomes, rcond=None)[0]
        left = float(np.sum((outcomes - design @ coefficients) ** 2))
        return left, float(np.sum(np.log1p(sizes * ratio))), float(np.linalg.slogdet(design.T @ design)[1])

    @property
    def _freedom(self) -> int:
        return len(self.outcomes) - (self.design.shape[1] if self.restricted else 0)

    def within(self, share: float) -> float:
        """The variance within strata that fits best, given the share between."""
        return self._solved(share)[0] / self._freedom

    def log(self, share: float) -> float:
        """The log-likelihood, but for a constant, at the best of the other parameters."""
        left, covariance, information = self._solved(share)
        return -0.5 * (self._freedom * np.log(left) + covariance + (information if self.restricted else 0.0))

    def interval(self, share: float, level: float) -> tuple[float, float]:
        """Where the log-likelihood falls from its top by half a chi-squared quantile; 0 and 1 bound it."""
        floor = self.log(share) - stats.chi2.ppf(level, 1) / 2

        def above(at: float) -> float:
            return self.log(at) - floor

        highest = 1 - 1e-9
        low = 0.0 if share == 0 or above(0.0) >= 0 else optimize.brentq(above, 0.0, share)
        high = 1.0 if above(highest) >= 0 else optimize.brentq(above, share, highest)
        return float(low), float(high)


def _fitted_share(outcomes: Array, design: Array, members: np.ndarray, likelihood: _Likelihood) -> float:
    """The share of variance between strata: statsmodels' fit, sharpened on the likelihood in that one parameter.

    statsmodels searches over the variance itself; where that lies near zero its search may stop early or fail, and the
    likelihood of the share, which is exact, then decides.
    """
    candidates = [0.0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.simplefilter("ignore", UserWarning)
        try:
            model = sm.MixedLM((outcomes - outcomes.mean()) / outcomes.std(), design, groups=members)
            fit = model.fit(reml=likelihood.restricted)
            between = float(np.asarray(fit.cov_re).item())
            candidates.append(between / (between + float(fit.scale)))
        except np.linalg.LinAlgError:
            pass
    found = optimize.minimize_scalar(
        lambda at: -likelihood.log(at), bounds=(0.0, 1 - 1e-9), method="bounded", options={"xatol": 1e-10}
    )
    candidates.append(float(found.x))
    return max((each for each in candidates if 0 <= each < 1), key=likelihood.log)
