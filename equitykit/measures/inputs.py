"""What a measure may be given: columns of a tidy table, refused by column, row and rule where they cannot be right.

A row is named by its label in the table's index: the number that is printed at its left.
"""

import difflib
from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from equitykit.errors import CourseError

Array = NDArray[np.float64]


Curve = Callable[[Array], Array]

LINKS: dict[str, Curve] = {"identity": np.copy, "log": np.log, "logit": lambda y: np.log(y / (1 - y))}
INVERSES: dict[str, Curve] = {"identity": np.copy, "log": np.exp, "logit": lambda t: 1 / (1 + np.exp(-t))}
DERIVATIVES: dict[str, Curve] = {"identity": np.ones_like, "log": lambda y: 1 / y, "logit": lambda y: 1 / (y * (1 - y))}


def normal_quantile(level: float) -> float:
    """How many standard errors lie on either side of the estimate, for an interval of this level.

    Raises
    ------
    CourseError
        If the level does not lie between 0 and 1.
    """
    checked_level(level)
    return float(stats.norm.ppf(0.5 + level / 2))


def checked_level(level: float, name: str = "level") -> float:
    """The level of an interval, refused unless it lies between 0 and 1."""
    try:
        inside = 0 < level < 1
    except TypeError:
        inside = False
    if not inside:
        raise CourseError(f"{name} is {level!r}: it must lie between 0 and 1, such as 0.95 for a 95% interval")
    return float(level)


def checked_multiplier(per: float, name: str = "per") -> float:
    """A multiplier such as 100,000, refused unless it is a number above zero."""
    try:
        fine = 0 < per < np.inf
    except TypeError:
        fine = False
    if not fine:
        raise CourseError(f"{name} is {per!r}: it must be a number above zero, such as 100 or 100_000")
    return float(per)


def one_of(value: str, allowed: tuple[str, ...], name: str) -> str:
    """An option, refused with the close ones unless it is one of those allowed."""
    if value not in allowed:
        raise CourseError(f"{name} is {value!r}: it must be one of {_listed(allowed)}{_close(value, allowed)}")
    return value


def column(data: pd.DataFrame, name: str, role: str) -> pd.Series:
    """One column of a table, refused with the close names where there is none.

    Parameters
    ----------
    data : pandas.DataFrame
        The table.
    name : str
        The column's name.
    role : str
        The argument that the name was given for, for the message.
    """
    if not isinstance(data, pd.DataFrame):
        raise CourseError(f"data is a {type(data).__name__}: it must be a pandas DataFrame, one row a group")
    if name not in data.columns:
        known = [str(each) for each in data.columns]
        raise CourseError(
            f"there is no column {name!r} for {role}{_close(str(name), known)}; the columns are {_listed(known)}"
        )
    if data.columns.duplicated().any() and isinstance(data[name], pd.DataFrame):
        raise CourseError(f"there are two columns {name!r} for {role}: give each column a name of its own")
    if not len(data):
        raise CourseError(f"column {name!r} has no rows: the table is empty, check the filter that made it")
    return data[name]


def numbers(data: pd.DataFrame, name: str, role: str, *, missing: float | None = None) -> Array:
    """One column as floating-point numbers, shape (rows,).

    Parameters
    ----------
    data, name, role
        As in :func:`column`.
    missing : float, optional
        What a missing value stands for. Without it, a missing value is refused.
    """
    series = column(data, name, role)
    values = pd.to_numeric(series, errors="coerce").astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    for place in np.flatnonzero(np.isnan(values)):
        given = series.iloc[place]
        if not pd.isna(given):
            raise CourseError(f"{where(data, name, place)}: {given!r} is not a number")
        if missing is None:
            raise CourseError(
                f"{where(data, name, place)}: the value is missing; find it, or leave the row out and say so"
            )
        values[place] = missing
    for place in np.flatnonzero(np.isinf(values)):
        raise CourseError(f"{where(data, name, place)}: the value is infinite; it must be a finite number")
    return values


def counts(data: pd.DataFrame, name: str, role: str = "count", *, missing: float | None = None) -> Array:
    """A column of counts: numbers of 0 or more, shape (rows,)."""
    values = numbers(data, name, role, missing=missing)
    refuse(data, name, values < 0, "{:g} is a negative count; a count is 0 or more", values)
    return values


def populations(data: pd.DataFrame, name: str, role: str = "population") -> Array:
    """A column of populations: numbers above 0, shape (rows,)."""
    values = numbers(data, name, role)
    refuse(data, name, values <= 0, "{:g} is no population; a population is above 0", values)
    return values


def refuse(data: pd.DataFrame, name: str, wrong: NDArray[np.bool_], rule: str, values: Array) -> None:
    """Raise the rule for the first row that breaks it; ``{}`` in the rule is that row's value."""
    for place in np.flatnonzero(wrong):
        raise CourseError(f"{where(data, name, place)}: {rule.format(values[place])}")


def where(data: pd.DataFrame, name: str, place: int | np.signedinteger) -> str:
    """The place of a value, as every message names it."""
    return f"column {name!r}, row {data.index[int(place)]}"


def at_least_two(data: pd.DataFrame, name: str) -> None:
    """Refuse a table of fewer than two groups."""
    if len(data) < 2:
        raise CourseError(f"column {name!r} has {len(data)} row: an inequality needs at least two groups, one row each")


def in_order(data: pd.DataFrame, name: str, role: str = "order") -> None:
    """Refuse groups that do not stand in order, most deprived first.

    Numbers must run 1, 2, 3 … down the rows. An ordered categorical must climb down the rows.
    """
    series = column(data, name, role)
    at_least_two(data, name)
    if isinstance(series.dtype, pd.CategoricalDtype) and series.dtype.ordered:
        ranks = series.cat.codes.to_numpy(dtype=float)
        refuse(data, name, ranks < 0, "the group is missing; every row needs one", ranks)
    elif pd.api.types.is_numeric_dtype(series):
        ranks = numbers(data, name, role)
    else:
        raise CourseError(
            f"column {name!r} is text, which has no order: give the groups numbers, 1 = most deprived, "
            "or make the column an ordered categorical"
        )
    for place in range(1, len(ranks)):
        if ranks[place] > ranks[place - 1]:
            continue
        now, before = series.iloc[place], series.iloc[place - 1]
        if ranks[place] in ranks[:place]:
            raise CourseError(
                f"{where(data, name, place)}: group {now} appears twice; keep one row a group, "
                "or take the table apart with by_group"
            )
        raise CourseError(
            f"{where(data, name, place)}: groups out of order, {now} comes after {before}; "
            f"sort the table with sort_values({name!r}), 1 = most deprived"
        )
    if not isinstance(series.dtype, pd.CategoricalDtype):
        expected = np.arange(1, len(ranks) + 1)
        for wrong in np.flatnonzero(ranks != expected):
            raise CourseError(
                f"{where(data, name, wrong)}: the group is {ranks[wrong]:g} where {expected[wrong]} should be; "
                "groups are numbered 1, 2, 3 … with none left out, 1 = most deprived"
            )


@dataclass(frozen=True)
class Two:
    """Two groups to compare: the places of their rows."""

    compare: NDArray[np.bool_]
    reference: NDArray[np.bool_]


def two_groups(data: pd.DataFrame, group: str, compare: Hashable, reference: Hashable) -> Two:
    """Where the rows of two different groups stand, refused with the close names where a group has no row."""
    labels = column(data, group, "group")
    if compare == reference:
        raise CourseError(f"compare and reference are both {compare!r}: a comparison needs two different groups")
    found = []
    for name, value in (("compare", compare), ("reference", reference)):
        here = (labels == value).fillna(False).to_numpy(dtype=bool)
        if not here.any():
            known = [str(each) for each in labels.dropna().unique()]
            raise CourseError(
                f"column {group!r} has no row {value!r} for {name}{_close(str(value), known)}; "
                f"its groups are {_listed(known)}"
            )
        found.append(here)
    return Two(*found)


def standard_errors(
    data: pd.DataFrame,
    value: str,
    *,
    error: str | None,
    low: str | None,
    high: str | None,
    limits_level: float,
    scale: str = "identity",
) -> Array | None:
    """The standard error of each group's value on a scale, from a column of errors or from two of limits.

    Parameters
    ----------
    data : pandas.DataFrame
        The table.
    value : str
        The column of values.
    error : str, optional
        The column of standard errors, in the value's own unit.
    low, high : str, optional
        The columns of limits, in the value's own unit.
    limits_level : float
        The level of those limits.
    scale : {"identity", "log", "logit"}
        The scale on which the error is wanted, and on which limits are taken to be symmetric.

    Returns
    -------
    numpy.ndarray or None
        Shape (rows,); None where the table gives neither errors nor limits.
    """
    values = numbers(data, value, "value")
    link, slope = LINKS[scale], DERIVATIVES[scale]
    if error is not None:
        if low is not None or high is not None:
            raise CourseError("give the standard errors (error) or the limits (low and high), not both")
        errors = numbers(data, error, "error")
        refuse(data, error, errors < 0, "{:g} is a negative standard error; an error is 0 or more", errors)
        return errors * slope(values)
    if low is None and high is None:
        return None
    if low is None or high is None:
        raise CourseError(f"only {'high' if low is None else 'low'} was given: an interval needs low and high")
    bottom, top = numbers(data, low, "low"), numbers(data, high, "high")
    refuse(data, low, bottom > values, f"the interval does not hold its estimate: {{:g}} is above {value!r}", bottom)
    refuse(data, high, top < values, f"the interval does not hold its estimate: {{:g}} is below {value!r}", top)
    on_scale(data, low, bottom, scale)
    on_scale(data, high, top, scale)
    width: Array = (link(top) - link(bottom)) / (2 * normal_quantile(checked_level(limits_level, "limits_level")))
    return width


def on_scale(data: pd.DataFrame, name: str, values: Array, scale: str) -> None:
    """Refuse values that a scale cannot hold: logs need numbers above 0, logits between 0 and 1."""
    if scale == "log":
        refuse(data, name, values <= 0, "{:g} has no logarithm; a rate and its limits must be above 0", values)
    if scale == "logit":
        wrong = (values <= 0) | (values >= 1)
        refuse(data, name, wrong, "{:g} has no logit; a proportion and its limits must lie between 0 and 1", values)


def _close(value: str, known: list[str] | tuple[str, ...]) -> str:
    near = difflib.get_close_matches(value, known, n=2, cutoff=0.5)
    return f"; did you mean {' or '.join(repr(each) for each in near)}?" if near else ""


def _listed(names: list[str] | tuple[str, ...]) -> str:
    shown = ", ".join(names[:12])
    return shown + (f" and {len(names) - 12} more" if len(names) > 12 else "")
