"""The European Standard Population 2013, and the weights of age bands that merge its own."""

import re
from types import MappingProxyType

import numpy as np
import pandas as pd

from equitykit.errors import CourseError
from equitykit.measures.inputs import Array, column, where

EUROPEAN_STANDARD_POPULATION_2013 = MappingProxyType(
    {
        "0-4": 5000,
        "5-9": 5500,
        "10-14": 5500,
        "15-19": 5500,
        "20-24": 6000,
        "25-29": 6000,
        "30-34": 6500,
        "35-39": 7000,
        "40-44": 7000,
        "45-49": 7000,
        "50-54": 7000,
        "55-59": 6500,
        "60-64": 6000,
        "65-69": 5500,
        "70-74": 5000,
        "75-79": 4000,
        "80-84": 2500,
        "85-89": 1500,
        "90+": 1000,
    }
)
"""People per age band, 100,000 in all.

Eurostat. Revision of the European Standard Population. Luxembourg: Publications Office of the European Union, 2013.
"""

_BAND = re.compile(r"^(\d+)\s*(?:(?:-|–|to)\s*(\d+)|(\+|and over))$")


def standard_weights(data: pd.DataFrame, age: str) -> Array:
    """The weight of each age band in the European Standard Population 2013.

    Parameters
    ----------
    data : pandas.DataFrame
        One row an age band. Bands may merge bands of the standard, and need not cover all ages.
    age : str
        The column of age bands, written ``"0-4"``, ``"0–4"``, ``"0 to 4"``, ``"90+"`` or ``"85 and over"``.

    Returns
    -------
    numpy.ndarray
        The people of the standard in each band, shape (rows,).

    Raises
    ------
    CourseError
        If a band cannot be read, cuts a band of the standard in two, or overlaps another row's.

    Examples
    --------
    >>> standard_weights(pd.DataFrame({"age": ["0-14", "85+"]}), "age")
    array([16000.,  2500.])
    """
    labels = column(data, age, "age").astype("string")
    starts = {int(re.split(r"[-+]", band)[0]): band for band in EUROPEAN_STANDARD_POPULATION_2013}
    owners: dict[str, str] = {}
    weights = np.zeros(len(labels))
    for place, label in enumerate(labels):
        match = _BAND.match(label.strip()) if not pd.isna(label) else None
        if match is None:
            raise CourseError(f"{where(data, age, place)}: {label!r} is no age band; write it as '0-4' or '90+'")
        first = int(match[1])
        after = None if match[3] else int(match[2]) + 1
        fits = first in starts and (after is None or (after in starts and after > first))
        if not fits:
            raise CourseError(
                f"{where(data, age, place)}: the band {label!r} does not start and end where bands of the European "
                "Standard Population 2013 do (0-4, 5-9 … 85-89, 90+); merge bands, or give weights of your own "
                "with standard="
            )
        for start, band in starts.items():
            if start < first or (after is not None and start >= after):
                continue
            if band in owners:
                raise CourseError(
                    f"{where(data, age, place)}: the band {label!r} overlaps {owners[band]!r}; "
                    "keep one row an age band, or take the table apart with by_group"
                )
            owners[band] = label
            weights[place] += EUROPEAN_STANDARD_POPULATION_2013[band]
    return weights
