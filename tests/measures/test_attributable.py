"""Attributable risk and fraction, against published figures and by what they promise."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitykit import measures
from tests.measures.groups25 import TABLE as UNORDERED

# github.com/WHOequity/healthequal, tests/testthat/test-paf.R and test-parisk.R. Its figures agree to single precision,
# a part in 100,000.
ORDERED = pd.DataFrame({"place": range(1, 6), "people": [78, 91, 162, 103, 105], "percent": [20, 30, 40, 50, 60]})
COLUMNS = {"value": "percent", "population": "people", "out_of": 100}
Z = 1.959963984540054


def risk(rows, **options):
    return measures.population_attributable_risk(rows, **(COLUMNS | options))


def fraction(rows, **options):
    return measures.population_attributable_fraction(rows, **(COLUMNS | options))


def test_the_ordered_example_is_the_published_one():
    """The published error of the fraction, 0.10689361, is a hundredth of the fraction's own scale."""
    result = fraction(ORDERED, order="place")
    assert result.estimate == pytest.approx(45.544548, rel=1e-5)
    assert (result.high - result.low) / 2 == pytest.approx(Z * 10.689361, rel=1e-5)
    assert risk(ORDERED, order="place").estimate == pytest.approx(18.775509, rel=1e-5)


def test_the_unordered_example_is_the_published_one():
    """test-paf-nonordered.R, test-par-nonordered.R: the reference is the group with the best value."""
    result = fraction(UNORDERED, value="value")
    assert result.estimate == pytest.approx(24.06426, rel=1e-5)
    assert (result.high - result.low) / 2 == pytest.approx(Z * 1.771526, rel=1e-5)
    assert risk(UNORDERED, value="value").estimate == pytest.approx(16.293152, rel=1e-5)


def test_the_risk_is_zero_where_the_reference_does_worse():
    worse = ORDERED.assign(percent=[60, 50, 40, 30, 20])
    for measure in (risk, fraction):
        result = measure(worse, order="place")
        assert (result.estimate, result.low, result.high) == (0, 0, 0)
        assert measure(worse, order="place", higher_is_worse=True).estimate < 0


def test_without_an_order_the_best_group_is_the_reference():
    assert risk(ORDERED, higher_is_worse=True).computed_from["reference value"] == 20
    assert risk(ORDERED).computed_from["reference value"] == pytest.approx(60)


groups = st.lists(st.tuples(st.integers(5, 80), st.floats(1, 99)), min_size=2, max_size=8)


def small(pairs):
    people, percents = zip(*pairs, strict=True)
    return pd.DataFrame({"place": range(1, len(pairs) + 1), "people": people, "percent": percents})


@given(groups, st.booleans())
def test_the_fraction_is_the_risk_over_the_mean(pairs, worse):
    rows = small(pairs)
    mean = np.average(rows.percent, weights=rows.people)
    one, other = risk(rows, higher_is_worse=worse), fraction(rows, higher_is_worse=worse)
    assert other.estimate == pytest.approx(100 * one.estimate / mean, abs=1e-9)
    assert (one.estimate <= 0) if worse else (one.estimate >= 0)
    assert one.low <= one.estimate <= one.high
    assert other.low <= other.estimate <= other.high


@given(groups, st.data())
def test_splitting_another_group_changes_nothing(pairs, data):
    """The last group is the reference: it stays whole."""
    place = data.draw(st.integers(0, len(pairs) - 2))
    size, value = pairs[place]
    split = [*pairs[:place], (size / 2, value), (size / 2, value), *pairs[place + 1 :]]
    for measure in (risk, fraction):
        one, other = (measure(small(each), order="place") for each in (pairs, split))
        assert (one.low, one.estimate, one.high) == pytest.approx((other.low, other.estimate, other.high), abs=1e-9)


@given(groups)
def test_percentages_and_proportions_tell_the_same(pairs):
    rows = small(pairs)
    parts = rows.assign(percent=rows.percent / 100)
    assert risk(parts, out_of=1).estimate == pytest.approx(risk(rows).estimate / 100)
    assert fraction(parts, out_of=1).high == pytest.approx(fraction(rows).high)


@pytest.mark.parametrize("proportions", [[0.2, 0.3, 0.4, 0.5, 0.6], [0.05, 0.04, 0.035, 0.03, 0.02]])
def test_intervals_cover_the_truth_as_often_as_they_say(proportions):
    """1,000 seeded populations, ten times the published one: within 4 standard errors of 95%."""
    rng, trials = np.random.default_rng(23), 1000
    people, truth = ORDERED.people.to_numpy() * 10, np.array(proportions)
    worse = truth[-1] < truth[0]
    options = {"order": "place", "out_of": 1, "higher_is_worse": worse}
    known = ORDERED.assign(people=people, percent=truth)
    aims = risk(known, **options).estimate, fraction(known, **options).estimate
    covered = np.zeros(2)
    for having in rng.binomial(people, truth, size=(trials, 5)):
        rows = known.assign(percent=having / people)
        results = risk(rows, **options), fraction(rows, **options)
        covered += [result.low <= aim <= result.high for result, aim in zip(results, aims, strict=True)]
    assert np.all(np.abs(covered / trials - 0.95) <= 4 * np.sqrt(0.95 * 0.05 / trials))


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        ({}, {"out_of": 1}, "'percent', row 0: 20 is not between 0 and 1; say what values are out of"),
        ({}, {"out_of": -1}, "out_of is -1"),
        ({"percent": [-1, 30, 40, 50, 60]}, {}, "'percent', row 0: -1 is not between"),
        ({"people": [0, 91, 162, 103, 105]}, {}, "'people', row 0: 0 is no population"),
        ({"place": [1, 2, 3, 5, 4]}, {"order": "place"}, "row 4: groups out of order"),
        ({}, {"level": 2}, "level is 2"),
    ],
)
def test_what_cannot_be_is_refused(change, options, words):
    for measure in (risk, fraction):
        with pytest.raises(measures.CourseError, match=words):
            measure(ORDERED.assign(**change), **options)


def test_nothing_has_no_fraction():
    with pytest.raises(measures.CourseError, match="all values are 0"):
        fraction(ORDERED.assign(percent=0))
    assert risk(ORDERED.assign(percent=0)).estimate == 0
