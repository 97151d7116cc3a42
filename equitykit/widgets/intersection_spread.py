"""How much of an outcome's variation lies between the cells of a table, by a logistic model with random cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

_POINTS, _WEIGHTS = np.polynomial.hermite.hermgauss(15)
_SMALLEST, _LARGEST = -6.0, 2.5  # of the log standard deviation between cells


def variance_between(people: ArrayLike, happened: ArrayLike) -> float:
    """Return the variance of log odds between cells, by maximum likelihood.

    Parameters
    ----------
    people, happened : array-like of int
        For each cell, how many people it holds and to how many of them the outcome happened. Empty cells count for
        nothing.

    Returns
    -------
    float
        The variance of normally distributed random intercepts; 0 where the cells differ by no more than chance.

    Notes
    -----
    The likelihood is integrated by adaptive Gauss-Hermite quadrature with 15 points, around the mode of each cell.
    """
    n, y = (np.asarray(counts, dtype=float) for counts in (people, happened))
    n, y = n[n > 0], y[n > 0]
    share = y.sum() / n.sum()
    if len(n) < 2 or not 0 < share < 1:
        return 0.0

    def cost(at: NDArray[np.float64]) -> float:
        return -_log_likelihood(at[0], float(np.exp(at[1])), n, y)

    found = optimize.minimize(
        cost,
        x0=np.array([special.logit(share), -1.0]),
        method="L-BFGS-B",
        bounds=[(None, None), (_SMALLEST, _LARGEST)],
    )
    spread = float(np.exp(found.x[1]))
    return 0.0 if found.x[1] <= _SMALLEST + 1e-6 else spread**2


def _log_likelihood(centre: float, spread: float, n: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """The log-likelihood of a mean log odds and a standard deviation between cells."""

    def joint(odds: NDArray[np.float64], n: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        return y * odds - n * np.logaddexp(0, odds) - (odds - centre) ** 2 / (2 * spread**2)

    mode = np.full(len(n), centre)
    for _ in range(50):
        chance = special.expit(mode)
        slope = y - n * chance - (mode - centre) / spread**2
        step = slope / (n * chance * (1 - chance) + 1 / spread**2)
        mode = mode + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-10:
            break
    chance = special.expit(mode)
    scale = np.sqrt(2 / (n * chance * (1 - chance) + 1 / spread**2))
    odds = mode[:, None] + scale[:, None] * _POINTS
    inside = joint(odds, n[:, None], y[:, None]) + np.log(_WEIGHTS) + _POINTS**2
    cells = np.log(scale) + special.logsumexp(inside, axis=1) - np.log(spread * np.sqrt(2 * np.pi))
    return float(cells.sum())
