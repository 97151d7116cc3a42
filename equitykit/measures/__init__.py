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
from equitykit.measures.areas import quantile_groups
from equitykit.measures.attributable import population_attributable_fraction, population_attributable_risk
from equitykit.measures.comparisons import difference, rate_difference, rate_ratio, ratio
from equitykit.measures.concentration import absolute_concentration_index, concentration_index
from equitykit.measures.control_chart import ControlChart, Phase, Point, Signal, control_chart
from equitykit.measures.decomposition import Decomposition, kitagawa, oaxaca_blinder
from equitykit.measures.dispersion import (
    between_group_variance,
    index_of_disparity,
    mean_log_deviation,
    theil_index,
)
from equitykit.measures.gradients import relative_index_of_inequality, slope_index_of_inequality
from equitykit.measures.groups import by_group
from equitykit.measures.ranks import mid_ranks
from equitykit.measures.rates import byar_limits, count_limits, crude_rate, proportion
from equitykit.measures.result import Result
from equitykit.measures.segregation import dissimilarity
from equitykit.measures.standard_population import EUROPEAN_STANDARD_POPULATION_2013, standard_weights
from equitykit.measures.standardised import directly_standardised_rate, indirectly_standardised_ratio
from equitykit.measures.strata import (
    logistic_variance_partition,
    proportional_change_in_variance,
    variance_partition,
)
from equitykit.measures.suppression import SuppressionRule, suppress_small_numbers
from equitykit.measures.who_gradients import who_relative_index_of_inequality, who_slope_index_of_inequality

__all__ = [
    "EUROPEAN_STANDARD_POPULATION_2013",
    "ControlChart",
    "CourseError",
    "Decomposition",
    "Phase",
    "Point",
    "Result",
    "Signal",
    "SuppressionRule",
    "absolute_concentration_index",
    "between_group_variance",
    "by_group",
    "byar_limits",
    "concentration_index",
    "control_chart",
    "count_limits",
    "crude_rate",
    "difference",
    "directly_standardised_rate",
    "dissimilarity",
    "index_of_disparity",
    "indirectly_standardised_ratio",
    "kitagawa",
    "logistic_variance_partition",
    "mean_log_deviation",
    "mid_ranks",
    "oaxaca_blinder",
    "population_attributable_fraction",
    "population_attributable_risk",
    "proportion",
    "proportional_change_in_variance",
    "quantile_groups",
    "rate_difference",
    "rate_ratio",
    "ratio",
    "relative_index_of_inequality",
    "slope_index_of_inequality",
    "standard_weights",
    "suppress_small_numbers",
    "theil_index",
    "variance_partition",
    "who_relative_index_of_inequality",
    "who_slope_index_of_inequality",
]
