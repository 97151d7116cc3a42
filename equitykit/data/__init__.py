"""A dataset by name: a table that knows its source, its licence and whether it is synthetic.

>>> from equitykit import data
>>> data.names()                                     # doctest: +SKIP
['covid-ethnicity-stepwise', 'covid-structural-context', ...]
>>> data.load("life-expectancy-gaps").attrs["dataset"]["licence"]        # doctest: +SKIP
'Open Government Licence v3.0'

The tables are one Frictionless data package, the folder ``datasets/`` of the course:
:func:`equitykit.data.folder.find` says how that folder is found.
"""

from equitykit.data.folder import find
from equitykit.data.package import card, names
from equitykit.data.table import load
from equitykit.data.validation import validate

__all__ = ["card", "find", "load", "names", "validate"]
