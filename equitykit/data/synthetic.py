"""Synthetic people at the intersections: nobody in this table exists.

Real microdata with sex, ethnic group, disability, deprivation and sexual orientation together cannot be published:
many cells would hold one person. So the course makes its own. The *make-up* of the people follows published
marginals of Census 2021, named beside each constant. The *outcomes* follow the terms below, which are the course's
own invention, so that an analysis has something known to find: what each axis adds, and a few interactions.

A term stands for how services and living conditions treat people in a position, not for what those people are.

The committed dataset ``synthetic-intersections`` is exactly ``generate()``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equitykit.data.folder import find
from equitykit.data.package import facts, resource_named
from equitykit.errors import CourseError

NAME = "synthetic-intersections"
SEED = 1
PEOPLE = 20_000

AXES = ("sex", "ethnic_group", "disabled", "deprivation_fifth", "sexual_orientation")
"""What makes a stratum: 2 x 5 x 2 x 5 x 3 = 300 of them."""

# ONS, Population and household estimates, Census 2021: 51.0% women in England and Wales.
SEX = {"female": 0.510, "male": 0.490}

# Census 2021, table TS021, England: counts of small areas, added up and divided by their total.
ETHNIC_GROUP = {"White": 0.8105, "Asian": 0.0961, "Black": 0.0422, "Mixed": 0.0295, "Other": 0.0217}

# Census 2021 residents by the Indices of Deprivation 2019 of their area, England: shares of fifths 1 (most deprived)
# to 5, in 31,810 areas that did not change between 2011 and 2021.
DEPRIVATION = {
    "White": (0.178, 0.188, 0.205, 0.212, 0.217),
    "Asian": (0.306, 0.260, 0.184, 0.133, 0.117),
    "Black": (0.389, 0.307, 0.159, 0.088, 0.057),
    "Mixed": (0.247, 0.234, 0.194, 0.165, 0.160),
    "Other": (0.294, 0.272, 0.189, 0.137, 0.108),
}

# ONS, Disability by age, sex and deprivation, Census 2021, England: 18.7% of females and 16.5% of males. By
# deprivation only ages 40 to 44 were read: 21.6% in the most deprived tenth, 8.1% in the least, which is 1.14 in log
# odds over nine tenths of the scale, or 0.25 a fifth. The log odds in the middle fifth are set to meet the 18.7% and
# 16.5%.
DISABLED_IN_THE_MIDDLE_FIFTH = {"female": -1.515, "male": -1.67}
DISABLED_PER_FIFTH = 0.25

# ONS, Protected characteristics by disability status, Census 2021, England, ages 16 and over: 6.4% of disabled and
# 2.6% of other people are LGB+. 7.5% of people in England and Wales did not answer the voluntary question.
LGB = {True: 0.064, False: 0.026}
NOT_ANSWERED = 0.075


@dataclass(frozen=True)
class Term:
    """What being in a position adds to the log odds of an outcome.

    Attributes
    ----------
    where : mapping
        The position: a value for one axis (an additive term) or for several (an interaction).
    log_odds : float
        What it adds.
    """

    where: Mapping[str, str | int | bool]
    log_odds: float


@dataclass(frozen=True)
class Outcome:
    """An outcome's true model: log odds = intercept + additive terms + interactions."""

    intercept: float
    additive: tuple[Term, ...]
    interactions: tuple[Term, ...]


def _axis(name: str, adds: Mapping[str | int | bool, float]) -> tuple[Term, ...]:
    return tuple(Term({name: value}, log_odds) for value, log_odds in adds.items())


OUTCOMES = {
    "difficulty_getting_appointment": Outcome(
        intercept=-1.60,
        additive=(
            *_axis("sex", {"female": 0.15}),
            *_axis("ethnic_group", {"Asian": 0.35, "Black": 0.30, "Mixed": 0.15, "Other": 0.25}),
            *_axis("disabled", {True: 0.45}),
            *_axis("deprivation_fifth", {1: 0.50, 2: 0.35, 3: 0.20, 4: 0.10}),
            *_axis("sexual_orientation", {"LGB+": 0.25, "not answered": 0.10}),
        ),
        interactions=(
            Term({"disabled": True, "deprivation_fifth": 1}, 0.50),
            Term({"sex": "female", "ethnic_group": "Black"}, 0.45),
            Term({"sex": "female", "ethnic_group": "Asian", "disabled": True}, 0.60),
            Term({"disabled": True, "sexual_orientation": "LGB+"}, 0.40),
            # One that helps, as if a service had been designed with the people who live there.
            Term({"ethnic_group": "Black", "deprivation_fifth": 1}, -0.45),
        ),
    ),
    "good_health": Outcome(
        intercept=2.56,
        additive=(
            *_axis("sex", {"female": -0.05}),
            *_axis("ethnic_group", {"Asian": -0.10, "Black": -0.10, "Mixed": -0.10, "Other": -0.05}),
            *_axis("disabled", {True: -2.20}),
            *_axis("deprivation_fifth", {1: -0.70, 2: -0.45, 3: -0.25, 4: -0.10}),
            *_axis("sexual_orientation", {"LGB+": -0.30, "not answered": -0.10}),
        ),
        interactions=(
            Term({"disabled": True, "deprivation_fifth": 1}, -0.40),
            Term({"sex": "female", "ethnic_group": "Asian", "deprivation_fifth": 1}, -0.35),
        ),
    ),
}
"""The outcomes' true models. Only the overall share in good health is published (82.0%, Census 2021, England and
Wales) and met; every other number is the course's own."""


def chance(people: pd.DataFrame, outcome: str, *, interactions: bool = True) -> pd.Series:
    """Give the true chance of an outcome for each row, as the generator used it.

    Parameters
    ----------
    people : pandas.DataFrame
        A table with the columns of :data:`AXES`, such as ``generate()`` or one row a stratum.
    outcome : str
        ``"difficulty_getting_appointment"`` or ``"good_health"``.
    interactions : bool
        False for what the additive terms alone would give.

    Returns
    -------
    pandas.Series
        A chance between 0 and 1 for each row.

    Raises
    ------
    CourseError
        If there is no such outcome, or the table lacks an axis.
    """
    if outcome not in OUTCOMES:
        raise CourseError(f"there is no outcome '{outcome}': choose one of {', '.join(OUTCOMES)}")
    missing = [axis for axis in AXES if axis not in people]
    if missing:
        raise CourseError(f"the table lacks the column {', '.join(missing)}: give it every axis, {', '.join(AXES)}")
    model = OUTCOMES[outcome]
    log_odds = np.full(len(people), model.intercept)
    for term in (*model.additive, *(model.interactions if interactions else ())):
        there = np.ones(len(people), dtype=bool)
        for axis, value in term.where.items():
            there &= (people[axis] == value).to_numpy(dtype=bool)
        log_odds += term.log_odds * there
    return pd.Series(1 / (1 + np.exp(-log_odds)), index=people.index, name=outcome)


def generate(seed: int = SEED, n: int = PEOPLE) -> pd.DataFrame:
    """Make synthetic people, each with a position on five axes and two outcomes.

    Sex and ethnic group are drawn independently; the deprivation fifth given the ethnic group; disability given sex
    and fifth; sexual orientation given disability; each outcome given all five (:data:`OUTCOMES`). The first people
    of a longer table are those of a shorter one with the same seed.

    Parameters
    ----------
    seed : int
        The seed of the random numbers. The committed dataset is the default one.
    n : int
        How many people, 1 or more.

    Returns
    -------
    pandas.DataFrame
        One row a synthetic person, typed as ``data.load("synthetic-intersections")`` gives it, with the same
        ``attrs["dataset"]``, which says that it is synthetic.

    Raises
    ------
    CourseError
        If ``n`` is not a whole number of 1 or more.

    Examples
    --------
    >>> from equitykit.data import synthetic
    >>> people = synthetic.generate(seed=7, n=1000)
    >>> people.attrs["dataset"]["synthetic"]
    True
    """
    if not isinstance(n, int) or n < 1:
        raise CourseError(f"n is {n!r}: ask for a whole number of people, 1 or more")
    draws = np.random.default_rng(seed).random((n, 7))
    sex = _choose(draws[:, 0], SEX)
    ethnic_group = _choose(draws[:, 1], ETHNIC_GROUP)
    shares = np.array([DEPRIVATION[group] for group in ethnic_group])
    fifth = 1 + (draws[:, 2][:, np.newaxis] >= np.cumsum(shares, axis=1)[:, :4]).sum(axis=1)
    middle = np.array([DISABLED_IN_THE_MIDDLE_FIFTH[one] for one in sex])
    disabled = draws[:, 3] < 1 / (1 + np.exp(-(middle + DISABLED_PER_FIFTH * (3 - fifth))))
    lgb = np.where(disabled, LGB[True], LGB[False])
    orientation = np.select(
        [draws[:, 4] < lgb, draws[:, 4] < lgb + NOT_ANSWERED], ["LGB+", "not answered"], default="straight"
    )
    people = pd.DataFrame(
        {
            "person": pd.array(np.arange(1, n + 1), dtype="Int64"),
            "sex": pd.array(sex, dtype="string"),
            "ethnic_group": pd.array(ethnic_group, dtype="string"),
            "disabled": pd.array(disabled, dtype="boolean"),
            "deprivation_fifth": pd.array(fifth, dtype="Int64"),
            "sexual_orientation": pd.array(orientation, dtype="string"),
        }
    )
    for column, outcome in enumerate(OUTCOMES, start=5):
        happens = draws[:, column] < chance(people, outcome).to_numpy()
        people[outcome] = pd.array(happens, dtype="boolean")
    people.attrs["dataset"] = facts(resource_named(NAME, find()))
    return people


def _choose(draws: NDArray[np.float64], shares: Mapping[str, float]) -> NDArray[np.str_]:
    """Turn random numbers between 0 and 1 into values, by their shares."""
    edges = np.cumsum(list(shares.values()))[:-1]
    return np.array(list(shares))[np.searchsorted(edges, draws, side="right")]
