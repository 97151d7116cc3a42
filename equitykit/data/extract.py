"""A synthetic extract of a service's records, with the faults of a real one: nobody in it exists.

Three clinics see people of one town, whose make-up is Birmingham's at Census 2021. The extract holds what the service
*recorded*; beside it stands what each person would have *said* (``said_group``) and how the record came about, which
no real extract has. So a learner can clean the extract, work out a rate by recorded group, and hold it against the
rate that the same people have by the group they belong to.

Completeness and misclassification follow published figures (dataset ``ethnicity-recording``) as far as there are any;
they are named beside the constants. All else, above all the outcome, is the course's own. The chance of being seen in
time depends on the person's own group: the service treats people unequally, and misclassification hides part of it.

The committed dataset ``synthetic-extract`` is exactly ``generate()``.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equitykit.data.extract_codes import BROAD_GROUPS, CODES, SPELLINGS
from equitykit.data.folder import find
from equitykit.data.package import facts, resource_named
from equitykit.errors import CourseError

NAME = "synthetic-extract"
SEED = 10
PEOPLE = 1_900
COPIES = 60

# Census 2021, Birmingham (dataset census-ethnic-groups), people in thousands.
MAKE_UP = {
    "White British": 491.2,
    "Pakistani": 195.1,
    "Black African": 66.8,
    "Indian": 66.5,
    "Bangladeshi": 48.2,
    "Other White": 45.9,
    "Black Caribbean": 44.7,
    "Other Asian": 33.0,
    "Any other ethnic group": 32.8,
    "White and Black Caribbean": 25.1,
    "Arab": 19.2,
    "White Irish": 17.0,
    "Other Black": 14.2,
    "White and Asian": 13.1,
    "Chinese": 12.5,
    "Other Mixed": 12.3,
    "White and Black African": 4.7,
    "Roma": 1.8,
    "Gypsy or Irish Traveller": 0.7,
}

CLINICS = {"East": 0.45, "North": 0.30, "South": 0.25}

# Nuffield Trust 2021: 13% of hospital inpatients had no known, stated ethnic group in 2019/20, and providers ranged
# from 53% complete to almost all. 0.45 x 0.08 + 0.30 x 0.31 + 0.25 x 0.005 = 0.13.
NOT_RECORDED = {"East": 0.08, "North": 0.31, "South": 0.005}
WHY_NOT_RECORDED = {"": 0.35, "Z": 0.35, "99": 0.20, "X": 0.10}

# In South the program fills in A for a new person, and staff change it when they ask: the course's own fault.
FILLED_BY_DEFAULT = {"East": 0.0, "North": 0.0, "South": 0.45}

# Where somebody asked or guessed: letters by the group that the person would say. Saunders and others 2013: White
# British 97.8% right; Mixed groups 12 to 31%; Indian, Chinese, Black Caribbean and Black African 65 to 80%; all groups
# other than White British together 41.2% wrong, which the other rows are set to meet. Travellers, Roma and Arab people
# have no letter: whatever is recorded is wrong. Which wrong letter it is, is the course's own.
RECORDED_AS: Mapping[str, Mapping[str, float]] = {
    "White British": {"A": 0.978, "C": 0.012, "B": 0.004, "S": 0.003, "G": 0.003},
    "White Irish": {"B": 0.58, "A": 0.36, "C": 0.06},
    "Gypsy or Irish Traveller": {"A": 0.70, "C": 0.25, "S": 0.05},
    "Roma": {"C": 0.75, "S": 0.15, "A": 0.10},
    "Other White": {"C": 0.60, "A": 0.30, "S": 0.07, "G": 0.03},
    "White and Black Caribbean": {"D": 0.31, "M": 0.24, "G": 0.20, "P": 0.12, "A": 0.09, "S": 0.04},
    "White and Black African": {"E": 0.25, "N": 0.27, "G": 0.25, "P": 0.15, "S": 0.08},
    "White and Asian": {"F": 0.20, "G": 0.25, "A": 0.22, "L": 0.18, "S": 0.15},
    "Other Mixed": {"G": 0.12, "S": 0.30, "A": 0.18, "C": 0.15, "L": 0.15, "P": 0.10},
    "Indian": {"H": 0.80, "L": 0.10, "S": 0.05, "J": 0.03, "A": 0.02},
    "Pakistani": {"J": 0.67, "L": 0.16, "S": 0.10, "H": 0.05, "A": 0.02},
    "Bangladeshi": {"K": 0.66, "L": 0.18, "J": 0.08, "S": 0.08},
    "Chinese": {"R": 0.74, "L": 0.16, "S": 0.10},
    "Other Asian": {"L": 0.45, "S": 0.28, "H": 0.22, "J": 0.05},
    "Black African": {"N": 0.66, "P": 0.20, "S": 0.08, "M": 0.06},
    "Black Caribbean": {"M": 0.68, "P": 0.17, "N": 0.05, "A": 0.05, "D": 0.05},
    "Other Black": {"P": 0.45, "N": 0.20, "S": 0.20, "M": 0.15},
    "Arab": {"S": 0.65, "C": 0.18, "L": 0.12, "A": 0.05},
    "Any other ethnic group": {"S": 0.48, "L": 0.22, "C": 0.18, "A": 0.12},
}

SPELT_OTHERWISE = 0.12
"""The share of recorded letters that stand in the extract as a word or with a second character."""

SEEN_IN_TIME = {"White": 0.80, "Asian": 0.68, "Black": 0.60, "Mixed": 0.68, "Other": 0.66}
"""The true chance of being seen in eighteen weeks, by the broad group that the person would say. Not published."""

SEX = {"F": 0.46, "M": 0.42, "Female": 0.05, "Male": 0.04, "2": 0.01, "1": 0.01, "": 0.01}
IMPOSSIBLE_AGES = (-1, 0, 118, 199, 999)
SHARE_IMPOSSIBLE = 0.015
FIRST_DAY, LAST_DAY = date(2024, 4, 1), date(2025, 1, 31)
WEEKS_18 = 126


def generate(seed: int = SEED, people: int = PEOPLE, copies: int = COPIES) -> pd.DataFrame:
    """Make a synthetic extract.

    Parameters
    ----------
    seed : int
        The seed of the random numbers. The committed dataset is the default one.
    people : int
        How many people, 1 or more.
    copies : int
        How many of them are entered twice, half of them with their ethnic category asked again. At most ``people``.

    Returns
    -------
    pandas.DataFrame
        One row an entry, typed as ``data.load("synthetic-extract")`` gives it, with the same ``attrs["dataset"]``,
        which says that it is synthetic.

    Raises
    ------
    CourseError
        If there are no people, or more copies than people.

    Examples
    --------
    >>> from equitykit.data import extract
    >>> extract.generate(seed=3, people=300, copies=0).attrs["dataset"]["synthetic"]
    True
    """
    if not isinstance(people, int) or people < 1:
        raise CourseError(f"people is {people!r}: ask for a whole number of people, 1 or more")
    if not isinstance(copies, int) or not 0 <= copies <= people:
        raise CourseError(f"copies is {copies!r}: ask for a whole number from 0 to {people}, the number of people")
    rng = np.random.default_rng(seed)
    once = _entries(rng.random((people, 14)))
    again = once.iloc[np.argsort(rng.random(people))[:copies]].assign(duplicate=True)
    asked = rng.random((copies, 3))
    anew = asked[:, 0] < 0.5
    letters, written = _letters(again["said_group"].to_numpy(), asked[:, 1]), asked[:, 2]
    again.loc[anew, "ethnic_category"] = _spelt(letters, written)[anew]
    again.loc[anew, "how_recorded"] = "asked or guessed"
    table = pd.concat([once, again], ignore_index=True)
    table = table.iloc[np.argsort(rng.random(len(table)))].reset_index(drop=True)
    table.insert(0, "entry", np.arange(1, len(table) + 1))
    return _typed(table)


def _entries(draws: NDArray[np.float64]) -> pd.DataFrame:
    """Turn a row of random numbers into each person's entry."""
    said = _choose(draws[:, 0], MAKE_UP)
    clinic = _choose(draws[:, 1], CLINICS)
    category, how = _category(said, clinic, draws[:, 2:6])
    chance = np.array([SEEN_IN_TIME[BROAD_GROUPS[group]] for group in said])
    in_time = draws[:, 6] < chance
    referred, seen = _dates(in_time, draws[:, 7:11])
    return pd.DataFrame(
        {
            "person": [f"SYN-{number:05d}" for number in range(1, len(draws) + 1)],
            "clinic": clinic,
            "age": _ages(draws[:, 11:13]),
            "sex": _choose(draws[:, 13], SEX),
            "ethnic_category": category,
            "referred": referred,
            "seen": seen,
            "seen_in_time": np.where(in_time, "yes", "no"),
            "said_group": said,
            "how_recorded": how,
            "duplicate": False,
        }
    )


def _category(
    said: NDArray[np.str_], clinic: NDArray[np.str_], draws: NDArray[np.float64]
) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    """Record an ethnic category as the clinic would: give what is written, and how it came about."""
    missing = draws[:, 0] < np.array([NOT_RECORDED[one] for one in clinic])
    default = ~missing & (draws[:, 1] < np.array([FILLED_BY_DEFAULT[one] for one in clinic]))
    written = _spelt(_letters(said, draws[:, 2]), draws[:, 3])
    category = np.select([missing, default], [_choose(draws[:, 3], WHY_NOT_RECORDED), "A"], default=written)
    how = np.select([missing, default], ["not recorded", "filled by default"], default="asked or guessed")
    return category, how


def _letters(said: NDArray[np.str_], draws: NDArray[np.float64]) -> NDArray[np.str_]:
    """Choose the letter that a person who says a group is given."""
    letters = np.full(len(said), "", dtype="<U2")
    for group, shares in RECORDED_AS.items():
        here = said == group
        letters[here] = _choose(draws[here], shares)
    return letters


def _spelt(letters: NDArray[np.str_], draws: NDArray[np.float64]) -> NDArray[np.str_]:
    """Write some letters otherwise."""
    return np.array(
        [
            SPELLINGS[letter][int(draw / SPELT_OTHERWISE * len(SPELLINGS[letter]))]
            if draw < SPELT_OTHERWISE
            else letter
            for letter, draw in zip(letters, draws, strict=True)
        ],
        dtype="<U40",
    )


def _ages(draws: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give adults' ages, with a few that cannot be."""
    ages = 18 + (75 * np.sqrt(draws[:, 0] * 0.9)).astype(np.int64)
    wrong = draws[:, 1] < SHARE_IMPOSSIBLE
    which = (draws[:, 1] / SHARE_IMPOSSIBLE * len(IMPOSSIBLE_AGES)).astype(np.int64)
    return np.where(wrong, np.array(IMPOSSIBLE_AGES)[np.minimum(which, len(IMPOSSIBLE_AGES) - 1)], ages)


def _dates(in_time: NDArray[np.bool_], draws: NDArray[np.float64]) -> tuple[list[str], list[str]]:
    """Write the day of referral and the day seen: some missing, some the wrong way round, some in another style."""
    referred, seen = [], []
    for early, (start, wait, fault, style) in zip(in_time, draws, strict=True):
        first = FIRST_DAY + timedelta(days=int(start * (LAST_DAY - FIRST_DAY).days))
        days = 7 + int(wait * (WEEKS_18 - 7)) if early else WEEKS_18 + 1 + int(wait * 120)
        last = first + timedelta(days=days)
        if fault < 0.01:
            first, last = last, first
        waiting = not early and fault > 0.80
        referred.append(_day(first, style < 0.04))
        seen.append("" if waiting else _day(last, style < 0.04))
    return referred, seen


def _day(day: date, slashes: bool) -> str:
    return day.strftime("%d/%m/%Y") if slashes else day.isoformat()


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Give each column its type, empty text as missing, and the table its facts."""
    kinds = {"entry": "Int64", "age": "Int64", "duplicate": "boolean"}
    text = table.columns.difference(list(kinds))
    table[text] = table[text].replace("", None)
    table = table.astype({column: kinds.get(column, "string") for column in table.columns})
    table.attrs["dataset"] = facts(resource_named(NAME, find()))
    return table


def _choose(draws: NDArray[np.float64], shares: Mapping[str, float]) -> NDArray[np.str_]:
    """Turn random numbers between 0 and 1 into values, by their shares."""
    edges = np.cumsum(list(shares.values()))
    return np.array(list(shares))[np.searchsorted(edges[:-1] / edges[-1], draws, side="right")]


def letters_for(group: str) -> tuple[str, ...]:
    """Give the letters that are right for a group: one, or none for the three groups without a letter."""
    return tuple(letter for letter, (name, _) in CODES.items() if name == group)
