"""Areas in equal-count groups by rank: deprivation deciles, fifths, quarters."""

import numpy as np
import pandas as pd

from equitykit.errors import CourseError
from equitykit.measures.inputs import column, one_of


def quantile_groups(
    data: pd.DataFrame, *, value: str, number: int = 10, within: str | None = None, first: str = "highest"
) -> pd.Series:
    """Rank areas by a value and put equal counts of them into quantile groups.

    Parameters
    ----------
    data : pandas.DataFrame
        One row an area.
    value : str
        The column to rank by, such as a deprivation score. An area without a value gets no group.
    number : int
        How many groups: 10 for deciles, 5 for quintiles; 2 or more.
    within : str, optional
        The column of the parent area (a region, say): areas are then ranked within it.
    first : {"highest", "lowest"}
        Which values go into group 1. With a deprivation score, ``"highest"`` makes 1 the most deprived.

    Returns
    -------
    pandas.Series
        The group of each area, 1 to ``number``, as nullable integers on the rows of ``data``.

    Raises
    ------
    CourseError
        If a column is not there, a value is no number, or a parent area has fewer areas than groups.

    Notes
    -----
    Fingertips public health technical guidance, "Assigning deprivation categories", and PHEindicatormethods
    ``phe_quantile``. Groups differ by one area at most; areas of equal value keep the order of their rows, so that a
    tie can fall on both sides of a boundary.

    Examples
    --------
    >>> areas = pd.DataFrame({"area": list("abcdef"), "score": [9, 40, 22, 35, 13, 22]})
    >>> quantile_groups(areas, value="score", number=3).tolist()
    [3, 1, 2, 1, 3, 2]
    """
    one_of(first, ("highest", "lowest"), "first")
    if not isinstance(number, int | np.integer) or number < 2:
        raise CourseError(f"number is {number!r}: areas go into 2 groups or more, such as 5 or 10")
    given = column(data, value, "value")
    values = pd.to_numeric(given, errors="coerce").astype("Float64")
    for place in np.flatnonzero((values.isna() & given.notna()).to_numpy(dtype=bool)):
        raise CourseError(f"column {value!r}, row {data.index[place]}: {given.iloc[place]!r} is not a number")
    parents = column(data, within, "within") if within is not None else pd.Series("all areas", index=data.index)
    groups = np.full(len(data), -1)
    for parent in parents.unique():
        here = ((parents == parent) | (parents.isna() if pd.isna(parent) else False)).fillna(False).to_numpy(dtype=bool)
        places = np.flatnonzero(here & values.notna().to_numpy(dtype=bool))
        if len(places) < number:
            raise CourseError(
                f"{'the table' if within is None else f'{within} {parent}'} has {len(places)} areas with a value: "
                f"too few for {number} groups; ask for fewer"
            )
        ranked = values.iloc[places].rank(method="first", ascending=first == "lowest").to_numpy(dtype=int)
        groups[places] = number + 1 + (-(len(places) + 1 - ranked) * number) // len(places)
    result = pd.Series(groups, index=data.index, dtype="Int64", name=f"{value} group")
    return result.mask(result < 0)
