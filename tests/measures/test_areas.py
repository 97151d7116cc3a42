"""Areas in equal-count groups by rank."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitykit import measures

# Under-75 mortality from cancer, women, the twelve authorities of North East England, and their deciles: test data of
# PHEindicatormethods (github.com/ukhsa-collaboration/PHEindicatormethods, tests/testthat/testdata_Quantiles.xlsx).
NORTH_EAST = [118.7460481, 131.2778276, 137.109864, 137.7256526, 138.9005229, 143.263302]
NORTH_EAST += [145.5966707, 146.6971262, 153.6912833, 155.763081, 157.1222286, 171.2170455]
DECILES = [10, 9, 8, 7, 6, 6, 5, 4, 3, 2, 1, 1]


def groups(values, **options):
    return measures.quantile_groups(pd.DataFrame({"score": values}), value="score", **options).tolist()


def test_deciles_are_the_published_ones():
    assert groups(NORTH_EAST) == DECILES


def test_areas_are_ranked_within_their_parent():
    areas = pd.DataFrame({"region": ["a", "b"] * 12, "score": np.repeat(NORTH_EAST, 2)})
    areas.loc[areas.region == "b", "score"] *= 100
    found = measures.quantile_groups(areas, value="score", within="region")
    assert found[areas.region == "a"].tolist() == found[areas.region == "b"].tolist() == DECILES


def test_ties_keep_the_order_of_their_rows():
    assert groups([5, 5, 5, 5], number=2) == [1, 1, 2, 2]
    assert groups([5, 5, 5, 5], number=2, first="lowest") == [1, 1, 2, 2]


def test_an_area_without_a_value_has_no_group():
    areas = pd.DataFrame({"score": [3, None, 1]}, index=["x", "y", "z"])
    found = measures.quantile_groups(areas, value="score", number=2)
    assert found["y"] is pd.NA
    assert (found["x"], found["z"]) == (1, 2)


scores = st.lists(st.integers(-50, 50), min_size=10, max_size=60)


@given(scores, st.integers(2, 10))
def test_groups_are_of_equal_count_and_in_order(values, number):
    found = pd.Series(groups(values, number=number))
    sizes = found.value_counts()
    assert sorted(sizes.index) == list(range(1, number + 1))
    assert sizes.max() - sizes.min() <= 1
    ordered = found[np.argsort(-np.array(values), kind="stable")]
    assert ordered.is_monotonic_increasing


@given(st.lists(st.integers(-500, 500), min_size=10, max_size=60, unique=True))
def test_only_ranks_count(values):
    assert groups([value**3 for value in values]) == groups(values)
    assert groups(values, first="lowest") == groups([-value for value in values])


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        ([1, 2, 3], {}, "has 3 areas with a value: too few for 10 groups"),
        ([1, 2, 3], {"number": 1}, "number is 1"),
        ([1, 2, 3], {"number": 2.5}, "number is 2.5"),
        ([1, 2, 3], {"number": 2, "first": "high"}, "first is 'high'.*did you mean 'highest'"),
        ([1, "two", 3], {"number": 2}, "'score', row 1: 'two' is not a number"),
        ([1, 2, 3], {"number": 2, "within": "region"}, "no column 'region'"),
    ],
)
def test_what_cannot_be_grouped_is_refused(values, options, words):
    with pytest.raises(measures.CourseError, match=words):
        groups(values, **options)
