"""How far two groups of people live, work or learn apart."""

import numpy as np
import pandas as pd

from equitykit.errors import CourseError
from equitykit.measures.inputs import at_least_two, counts, normal_quantile
from equitykit.measures.result import Result


def dissimilarity(data: pd.DataFrame, *, first: str, second: str, level: float = 0.95) -> Result:
    """The index of dissimilarity: the share of either group that would have to move for both to be spread alike.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a place (an area, a school, a grade); two places or more.
    first, second : str
        The columns of people of the one and the other group in each place, each 0 or more.
    level : float
        The level of the interval, between 0 and 1.

    Returns
    -------
    Result
        The index, from 0 (spread alike) to 1 (wholly apart).

    Raises
    ------
    CourseError
        If a column is not there, there are fewer than two places, a count is negative or missing, or a group has no
        people.

    Notes
    -----
    ``sum(|a / A - b / B|) / 2``: Duncan OD, Duncan B. A methodological analysis of segregation indexes. American
    Sociological Review 1955;20:210-217. The interval treats each group's people as a sample spread over the places
    (delta method); a whole count, as of a census, needs none. Chance alone spreads small groups unevenly: where places
    hold few people, the index is too high.

    Examples
    --------
    >>> areas = pd.DataFrame({"here": [100, 60, 40, 0], "there": [0, 40, 60, 100]})
    >>> dissimilarity(areas, first="here", second="there")
    <Dissimilarity index: 0.600 (95% interval 0.522 to 0.678)>
    """
    z = normal_quantile(level)
    ones, others = counts(data, first, "first"), counts(data, second, "second")
    at_least_two(data, first)
    for name, people in ((first, ones), (second, others)):
        if not people.sum():
            raise CourseError(f"column {name!r}: nobody is counted in any place; a group needs people")
    spread, other_spread = ones / ones.sum(), others / others.sum()
    signs = np.sign(spread - other_spread)
    estimate = float(np.abs(spread - other_spread).sum() / 2)
    variance = sum(
        (float(np.sum(signs**2 * each)) - float(signs @ each) ** 2) / (4 * total)
        for each, total in ((spread, ones.sum()), (other_spread, others.sum()))
    )
    margin = z * max(variance, 0.0) ** 0.5
    return Result(
        measure="dissimilarity index",
        estimate=estimate,
        low=max(estimate - margin, 0.0),
        high=min(estimate + margin, 1.0),
        level=level,
        method="normal interval, delta method",
        computed_from={"places": len(ones), f"people in {first!r}": ones.sum(), f"people in {second!r}": others.sum()},
    )
