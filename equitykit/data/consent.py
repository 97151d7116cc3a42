"""A synthetic register of consent: who said yes, to what, and when they took it back. Nobody in it exists.

Sixty people join within half a year and say yes to *this study*; some say yes to *a next study* as well, and of those
some to *use by firms*. Some take their yes back later, all of it at once. So the page can follow a yes through time:
how many people's data may be used for what in which month, and how many are still in a copy that was lent before they
changed their minds.

The shares are the course's own, and no finding. The committed dataset ``synthetic-consent-register`` is exactly
``generate()``.
"""

import random

import pandas as pd

from equitykit.data.folder import find
from equitykit.data.package import facts, resource_named
from equitykit.errors import CourseError

NAME = "synthetic-consent-register"
SEED = 7
PEOPLE = 60

LAST_JOINED = 5
"""Everybody joins in one of the months 0 to 5."""

END = 24
"""The last month of the register."""

NEXT_STUDY = 0.75
"""Chance of a yes to a next study."""

FIRMS = 0.35
"""Chance of a yes to use by firms, among those who said yes to a next study."""

TAKEN_BACK = 0.40
"""Chance of taking the yes back, at the earliest two months after joining."""

USES = ("this_study", "next_study", "firms")
"""What data may be used for. Everybody who joined said yes to the first."""


def generate(seed: int = SEED) -> pd.DataFrame:
    """Make a register of 60 synthetic people.

    Parameters
    ----------
    seed : int
        The seed of the random numbers. The committed dataset is the default one.

    Returns
    -------
    pandas.DataFrame
        One row a person, typed as ``data.load("synthetic-consent-register")`` gives it, with the same
        ``attrs["dataset"]``, which says that it is synthetic.

    Examples
    --------
    >>> from equitykit.data import consent
    >>> len(consent.generate(seed=3))
    60
    """
    dice = random.Random(seed)
    rows = [_person(number, dice) for number in range(1, PEOPLE + 1)]
    made = pd.DataFrame(rows, columns=["person", "joined", "next_study", "firms", "taken_back"])
    table = made.astype(
        {"person": "string", "joined": "Int64", "next_study": "boolean", "firms": "boolean", "taken_back": "Int64"}
    )
    table.attrs["dataset"] = facts(resource_named(NAME, find()))
    return table


def usable(table: pd.DataFrame, month: int, use: str) -> pd.DataFrame:
    """Give the people whose data may be used for something in a month.

    Whoever takes a yes back takes back everything, from that month on.

    Parameters
    ----------
    table : pandas.DataFrame
        A register, as :func:`generate` gives it.
    month : int
        The month, from 0.
    use : str
        One of :data:`USES`.

    Returns
    -------
    pandas.DataFrame
        The rows of those people.

    Raises
    ------
    CourseError
        If the use is not one of :data:`USES`.

    Examples
    --------
    >>> from equitykit.data import consent
    >>> len(consent.usable(consent.generate(), 24, "next_study"))
    28
    """
    if use not in USES:
        raise CourseError(f"there is no use '{use}': choose one of {', '.join(USES)}")
    there = (table["joined"] <= month) & (table["taken_back"].isna() | (table["taken_back"] > month).fillna(True))
    return table[there] if use == "this_study" else table[there & table[use]]


def _person(number: int, dice: random.Random) -> tuple[str, int, bool, bool, int | None]:
    joined = dice.randint(0, LAST_JOINED)
    next_study = dice.random() < NEXT_STUDY
    firms = next_study and dice.random() < FIRMS
    taken_back = dice.randint(joined + 2, END) if dice.random() < TAKEN_BACK else None
    return f"S{number:02d}", joined, next_study, firms, taken_back
