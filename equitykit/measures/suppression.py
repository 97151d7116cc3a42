"""Small numbers protected: counts that could point at a person are not shown, nor what would give them away."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equitykit.errors import CourseError
from equitykit.measures.inputs import Array, column, counts, refuse


@dataclass(frozen=True)
class SuppressionRule:
    """A publisher's rule for small numbers. Publishers differ; these are the numbers of Hospital Episode Statistics.

    Attributes
    ----------
    low, high : int
        Counts from ``low`` to ``high``, both included, are not shown. A count of 0 is shown where ``low`` is 1.
    round_to : int
        Counts that are shown are rounded to the nearest multiple; 1 leaves them.
    secondary : bool
        Whether a further count is hidden where a published total would give a hidden one away.

    Notes
    -----
    NHS Digital. Disclosure control methodology for Hospital Episode Statistics and Emergency Care Data Set, 2018,
    https://digital.nhs.uk/data-and-information/data-tools-and-services/data-services/hospital-episode-statistics.
    Where totals are rounded too, as there, secondary suppression is not needed.
    """

    low: int = 1
    high: int = 7
    round_to: int = 5
    secondary: bool = True

    def __post_init__(self) -> None:
        whole = all(isinstance(each, int | np.integer) for each in (self.low, self.high, self.round_to))
        if not whole or self.low < 0 or self.high < self.low:
            raise CourseError(f"the rule hides counts from {self.low} to {self.high}: give whole numbers, low to high")
        if self.round_to < 1:
            raise CourseError(f"round_to is {self.round_to}: give 1 or more, such as 5")

    def __str__(self) -> str:
        """The rule as a sentence, for the note under a table."""
        text = f"Counts from {self.low} to {self.high} are not shown"
        if self.round_to > 1:
            text += f"; others are rounded to the nearest {self.round_to}"
        return text + ("; further counts are hidden where a total would give one away." if self.secondary else ".")


def suppress_small_numbers(
    data: pd.DataFrame,
    *,
    count: str,
    also: Sequence[str] = (),
    totals: Sequence[str | Sequence[str]] = (),
    rule: SuppressionRule | None = None,
) -> pd.DataFrame:
    """Hide small counts, whatever was computed from them, and further counts that a total would otherwise give away.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a cell of the table that is to be shown, without its totals.
    count : str
        The column of counts: whole numbers of 0 or more.
    also : sequence of str
        Columns computed from the counts, such as percentages and rates: hidden where the count is.
    totals : sequence of str or of sequences of str
        The totals that will be shown beside the cells: ``["region", "sex"]`` for a total of each region and of each
        sex, ``[["region", "sex"]]`` for one of each region and sex together, ``[[]]`` for one of the whole table.
    rule : SuppressionRule, optional
        The publisher's rule; that of Hospital Episode Statistics unless given.

    Returns
    -------
    pandas.DataFrame
        A copy of the table: hidden values are missing, shown counts rounded, and a column ``suppressed`` says which
        rows are hidden. It does not say why: that would tell which count is small. ``attrs["suppression"]`` holds the
        rule as a sentence.

    Raises
    ------
    CourseError
        If a column is not there, a count is negative, missing or not whole, or a total of a single cell would be shown
        although the cell is hidden.

    Notes
    -----
    After secondary suppression every shown total covers no hidden count or several, whose sum does not fix them.
    Several totals taken together can still narrow a hidden count down; a table for publication needs a check of that as
    well.

    Examples
    --------
    >>> table = pd.DataFrame({"area": list("abc"), "people": [3, 12, 48], "percent": [1.2, 4.8, 19.2]})
    >>> suppress_small_numbers(table, count="people", also=["percent"])[["people", "percent"]]
       people  percent
    0    <NA>      NaN
    1      10      4.8
    2      50     19.2
    """
    rule = rule or SuppressionRule()
    values = counts(data, count)
    refuse(data, count, values != np.floor(values), "{:g} is not a whole number; a count of people is", values)
    if "suppressed" in data.columns:
        raise CourseError("the table has a column 'suppressed' already; give the counts as they were, or rename it")
    computed = [(name, column(data, name, "also")) for name in also]
    hidden = (values >= rule.low) & (values <= rule.high)
    if rule.secondary:
        hidden = _protected(values, hidden, _lines(data, totals), rule)
    shown = data.copy()
    rounded = np.floor((values + rule.round_to / 2) / rule.round_to) * rule.round_to
    shown[count] = pd.Series(rounded, index=data.index).astype("Int64").mask(hidden)
    for name, series in computed:
        shown[name] = series.mask(hidden)
    shown["suppressed"] = hidden
    shown.attrs = {**data.attrs, "suppression": str(rule)}
    return shown


@dataclass(frozen=True)
class _Line:
    """The cells that one shown total adds up: their places, and the total's name for a message."""

    name: str
    places: NDArray[np.intp]


def _lines(data: pd.DataFrame, totals: Sequence[str | Sequence[str]]) -> list[_Line]:
    lines = []
    for total in totals:
        keys = [total] if isinstance(total, str) else list(total)
        for key in keys:
            column(data, key, "totals")
        if not keys:
            lines.append(_Line("the whole table", np.arange(len(data))))
            continue
        for labels, places in data.reset_index(drop=True).groupby(keys, dropna=False, observed=True).groups.items():
            values = labels if isinstance(labels, tuple) else (labels,)
            name = ", ".join(f"{key} {label}" for key, label in zip(keys, values, strict=True))
            lines.append(_Line(name, np.asarray(places, dtype=np.intp)))
    return lines


def _protected(
    values: Array, hidden: NDArray[np.bool_], lines: list[_Line], rule: SuppressionRule
) -> NDArray[np.bool_]:
    """Hide further cells until no line's total gives a hidden one away; each round hides one more cell at least."""
    hidden = hidden.copy()
    changed = True
    while changed:
        changed = False
        for line in lines:
            while _given_away(values[line.places][hidden[line.places]], rule):
                open_places = line.places[~hidden[line.places]]
                if not len(open_places):
                    raise CourseError(
                        f"the total of {line.name} gives its hidden counts away, and no other cell is left to hide; "
                        "show no such total, or merge cells"
                    )
                # The smallest count that is not 0 costs least; a 0 is hidden only where nothing else is left.
                order = np.lexsort((values[open_places], values[open_places] == 0))
                hidden[open_places[order[0]]] = True
                changed = True
    return hidden


def _given_away(hidden_values: Array, rule: SuppressionRule) -> bool:
    """Whether the sum of hidden counts fixes them: one alone, or all at the lowest that is hidden."""
    if not len(hidden_values):
        return False
    return len(hidden_values) == 1 or bool(hidden_values.sum() == rule.low * len(hidden_values))
