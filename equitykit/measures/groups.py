"""A measure for each group of a table, as a tidy table ready for a chart."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from equitykit.errors import CourseError
from equitykit.measures.inputs import column
from equitykit.measures.result import Result


def by_group(
    data: pd.DataFrame, by: str | Sequence[str], measure: Callable[..., Result], **arguments: Any
) -> pd.DataFrame:
    """Compute a measure within each group of a table.

    Parameters
    ----------
    data : pandas.DataFrame
        A tidy table.
    by : str or sequence of str
        The column or columns that take the table apart: one result for each combination that has rows.
    measure : callable
        A function of this room, such as :func:`equitykit.measures.crude_rate`.
    **arguments
        What the measure needs: ``count="deaths", population="people"``.

    Returns
    -------
    pandas.DataFrame
        One row a group, in order of first appearance: the columns of ``by``, then measure, estimate, low, high, level,
        unit and method. ``attrs`` are those of ``data``, so that a chart still knows the source.

    Raises
    ------
    CourseError
        If a column is not there, or a group cannot be computed: the message then begins with the group.

    Examples
    --------
    >>> from equitykit.measures import crude_rate
    >>> table = pd.DataFrame({"area": ["a", "b"], "deaths": [20, 65], "people": [100, 100]})
    >>> by_group(table, "area", crude_rate, count="deaths", population="people", per=100)[["area", "estimate"]]
      area  estimate
    0    a      20.0
    1    b      65.0
    """
    keys = [by] if isinstance(by, str) else list(by)
    for key in keys:
        column(data, key, "by")
    rows: list[dict[str, Any]] = []
    for labels, part in data.groupby(keys, sort=False, observed=True, dropna=False):
        group = dict(zip(keys, labels, strict=True))
        try:
            rows.append({**group, **measure(part, **arguments).row()})
        except CourseError as error:
            raise CourseError(f"{', '.join(f'{key} {label}' for key, label in group.items())}: {error}") from error
    table = pd.DataFrame(rows)
    for key in keys:
        table[key] = table[key].astype(data[key].dtype)
    table.attrs = dict(data.attrs)
    return table
