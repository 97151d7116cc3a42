"""The index of dissimilarity, against published figures and by what it promises."""

from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitykit import measures


def index(first, second, **options):
    places = pd.DataFrame({"first": first, "second": second})
    return measures.dissimilarity(places, first="first", second="second", **options)


@pytest.mark.parametrize(
    ("first", "second", "published"),
    [
        ([100, 100, 100], [100, 100, 100], 0),
        ([100, 60, 40, 0], [0, 40, 60, 100], 0.6),
        ([80, 80, 20, 20], [20, 20, 80, 80], 0.6),
        ([100, 100, 0, 0], [0, 0, 100, 100], 1),
    ],
)
def test_the_index_is_the_published_one(first, second, published):
    """The R package segregation (github.com/elbersb/segregation, tests/testthat/test_dissimilarity.R)."""
    assert index(first, second).estimate == pytest.approx(published, abs=1e-12)


places = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=7).filter(
    lambda rows: all(sum(each) for each in zip(*rows, strict=True))
)


@given(places)
def test_it_is_the_widest_gap_that_any_set_of_places_shows(rows):
    """Over every set of places, the largest difference between the shares of the two groups that are there."""
    first, second = (np.array(each) / sum(each) for each in zip(*rows, strict=True))
    sets = chain.from_iterable(combinations(range(len(rows)), size) for size in range(len(rows) + 1))
    widest = max(abs(first[list(each)].sum() - second[list(each)].sum()) for each in sets)
    assert index(*zip(*rows, strict=True)).estimate == pytest.approx(widest)


@given(places, st.integers(1, 50))
def test_splitting_a_place_and_enlarging_a_group_change_nothing(rows, factor):
    first, second = zip(*rows, strict=True)
    plain = index(first, second).estimate
    halves = index([first[0] / 2, first[0] / 2, *first[1:]], [second[0] / 2, second[0] / 2, *second[1:]])
    assert halves.estimate == pytest.approx(plain)
    assert index(np.array(first) * factor, second).estimate == pytest.approx(plain)
    assert index(second, first).estimate == pytest.approx(plain)


@given(places, st.floats(0.5, 0.99))
def test_the_interval_holds_the_estimate_within_zero_and_one(rows, level):
    result = index(*zip(*rows, strict=True), level=level)
    assert 0 <= result.low <= result.estimate <= result.high <= 1


def test_intervals_cover_the_truth_as_often_as_they_say():
    """1,000 seeded samples of 600 and 800 people in places that clearly differ: within 4 standard errors of 95%."""
    rng, trials = np.random.default_rng(37), 1000
    first, second = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.1, 0.15, 0.3, 0.45])
    truth = np.abs(first - second).sum() / 2
    drawn = zip(rng.multinomial(600, first, trials), rng.multinomial(800, second, trials), strict=True)
    covered = np.mean([result.low <= truth <= result.high for result in (index(*each) for each in drawn)])
    assert abs(covered - 0.95) <= 4 * np.sqrt(0.95 * 0.05 / trials)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ([10, -1], [5, 5], "'first', row 1: -1 is a negative count"),
        ([10, 1], [5, None], "'second', row 1: the value is missing"),
        ([0, 0], [5, 5], "'first': nobody is counted in any place"),
        ([10], [5], "at least two groups"),
    ],
)
def test_what_cannot_be_is_refused(first, second, words):
    with pytest.raises(measures.CourseError, match=words):
        index(first, second)
