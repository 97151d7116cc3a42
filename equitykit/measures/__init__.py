"""Measures of health and of the gaps in it: rates, ratios, gradients and dispersion, each with its interval.

One convention throughout: a function takes a tidy table (a pandas DataFrame, one row a group) and the names of its
columns, and answers with a :class:`Result`: estimate, low, high, level, method, and what they were computed from.
:func:`by_group` computes any of them for each group of a larger table.

>>> import pandas as pd
>>> from equitykit import measures
>>> table = pd.DataFrame({"deaths": [65], "person_years": [100_000]})
>>> print(measures.crude_rate(table, count="deaths", population="person_years"))
Crude rate: 65.0 per 100,000 (95% interval 50.2 to 82.8); Byar's method; from count 65, population 100,000.
"""

from equitykit.errors import CourseError
from equitykit.measures.comparisons import difference, rate_difference, rate_ratio, ratio
from equitykit.measures.gradients import relative_index_of_inequality, slope_index_of_inequality
from equitykit.measures.groups import by_group
from equitykit.measures.ranks import mid_ranks
from equitykit.measures.rates import byar_limits, count_limits, crude_rate, proportion
from equitykit.measures.result import Result
from equitykit.measures.standard_population import EUROPEAN_STANDARD_POPULATION_2013, standard_weights
from equitykit.measures.standardised import directly_standardised_rate, indirectly_standardised_ratio

__all__ = [
    "EUROPEAN_STANDARD_POPULATION_2013",
    "CourseError",
    "Result",
    "by_group",
    "byar_limits",
    "count_limits",
    "crude_rate",
    "difference",
    "directly_standardised_rate",
    "indirectly_standardised_ratio",
    "mid_ranks",
    "proportion",
    "rate_difference",
    "rate_ratio",
    "ratio",
    "relative_index_of_inequality",
    "slope_index_of_inequality",
    "standard_weights",
]
