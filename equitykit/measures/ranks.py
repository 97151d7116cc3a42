"""Groups in order, most deprived first: where each stands in the population."""

import numpy as np

from equitykit.measures.inputs import Array


def mid_ranks(population: Array) -> Array:
    """The relative rank (ridit) of each group: the share of people before it, and half of its own.

    Parameters
    ----------
    population : numpy.ndarray
        People in each group, in order, most deprived first; shape (groups,).

    Returns
    -------
    numpy.ndarray
        Ranks between 0 (most deprived) and 1 (least), shape (groups,); their mean over people is 0.5.

    Examples
    --------
    >>> mid_ranks(np.array([12.0, 10.0, 78.0]))
    array([0.06, 0.17, 0.61])
    """
    shares = population / population.sum()
    ranks: Array = np.cumsum(shares) - shares / 2
    return ranks
