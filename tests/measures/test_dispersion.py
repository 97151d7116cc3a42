"""Variance, entropy and distance between groups, against published figures and by what they promise."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitykit import measures
from tests.measures.groups25 import TABLE

COLUMNS = {"value": "value", "population": "people"}
Z = 1.959963984540054
ALL = [
    measures.between_group_variance,
    measures.theil_index,
    measures.mean_log_deviation,
    measures.index_of_disparity,
]


# Estimate and standard error: tests/testthat/test-bgv.R, test-ti.R and test-mld.R of healthequal, which hold to a part
# in 10,000. The package leaves the errors of the two entropies at a thousandth of their estimates' scale; here both are
# per 1000.
@pytest.mark.parametrize(
    ("measure", "estimate", "error"),
    [
        (measures.between_group_variance, 46.198326, 17.134647),
        (measures.theil_index, 5.0359201, 1.4201),
        (measures.mean_log_deviation, 5.0524006, 1.4242),
    ],
)
def test_estimate_and_error_are_the_published_ones(measure, estimate, error):
    result = measure(TABLE, **COLUMNS, error="se")
    assert result.estimate == pytest.approx(estimate, rel=1e-4)
    assert (result.high - result.low) / 2 == pytest.approx(Z * error, rel=1e-4)


@pytest.mark.parametrize(("weighted", "estimate"), [(False, 8.7018175), (True, 8.6178417)])
def test_the_index_of_disparity_is_the_published_one(weighted, estimate):
    """tests/testthat/test-idisu.R and test-idisw.R of healthequal."""
    result = measures.index_of_disparity(TABLE, **COLUMNS, weighted=weighted)
    assert result.estimate == pytest.approx(estimate, rel=1e-4)


groups = st.lists(st.tuples(st.integers(1, 80), st.floats(0.5, 99)), min_size=2, max_size=8)


def small(pairs):
    people, values = zip(*pairs, strict=True)
    return pd.DataFrame({"people": people, "value": values, "se": 0.1})


@given(groups, st.data())
def test_splitting_a_group_changes_nothing_where_people_are_counted(pairs, data):
    """True of all but the unweighted index of disparity, which counts groups."""
    place = data.draw(st.integers(0, len(pairs) - 1))
    size, value = pairs[place]
    part = data.draw(st.floats(0.05, 0.95))
    split = [*pairs[:place], (size * part, value), (size * (1 - part), value), *pairs[place + 1 :]]
    for measure in ALL[:3]:
        assert measure(small(split), **COLUMNS).estimate == pytest.approx(
            measure(small(pairs), **COLUMNS).estimate, abs=1e-7
        )
    whole, halves = (measures.index_of_disparity(small(each), **COLUMNS, weighted=True) for each in (pairs, split))
    assert halves.estimate == pytest.approx(whole.estimate, abs=1e-9)


def test_the_unweighted_index_of_disparity_does_change():
    whole, halves = [(10, 50.0), (10, 100.0)], [(10, 50.0), (5, 100.0), (5, 100.0)]
    one, other = (measures.index_of_disparity(small(each), **COLUMNS).estimate for each in (whole, halves))
    assert (one, other) == pytest.approx((100 / 3, 100 / 3))
    skewed = [(10, 50.0), (30, 100.0)], [(10, 50.0), (15, 100.0), (15, 100.0)]
    one, other = (measures.index_of_disparity(small(each), **COLUMNS).estimate for each in skewed)
    assert one != pytest.approx(other)


@given(groups)
def test_weighted_groups_and_expanded_persons_agree(pairs):
    rows = small(pairs)
    persons = small([(1, value) for size, value in pairs for _ in range(size)])
    if len(persons) < 2:
        return
    for measure in ALL[:3]:
        assert measure(rows, **COLUMNS).estimate == pytest.approx(measure(persons, **COLUMNS).estimate, abs=1e-7)
    weighted, plain = (
        measures.index_of_disparity(rows, **COLUMNS, weighted=True),
        measures.index_of_disparity(persons, **COLUMNS),
    )
    assert weighted.estimate == pytest.approx(plain.estimate, abs=1e-9)


@given(groups, st.floats(0.01, 100))
def test_relative_measures_have_no_unit_and_the_variance_has_it_squared(pairs, factor):
    rows = small(pairs)
    scaled = rows.assign(value=rows.value * factor)
    for measure in ALL[1:]:
        assert measure(scaled, **COLUMNS).estimate == pytest.approx(measure(rows, **COLUMNS).estimate, abs=1e-7)
    one, other = (measures.between_group_variance(each, **COLUMNS).estimate for each in (rows, scaled))
    assert other == pytest.approx(one * factor**2, rel=1e-9, abs=1e-9)


@given(groups)
def test_none_is_negative_and_each_interval_holds_its_estimate(pairs):
    for measure in ALL:
        options = {"draws": 1000} if measure is measures.index_of_disparity else {}
        result = measure(small(pairs), **COLUMNS, error="se", **options)
        assert 0 <= result.low <= result.estimate <= result.high


def test_groups_alike_are_at_zero():
    alike = small([(10, 70.0), (30, 70.0), (5, 70.0)])
    assert [measure(alike, **COLUMNS).estimate for measure in ALL] == pytest.approx([0, 0, 0, 0], abs=1e-12)


@given(groups)
def test_the_multiplier_scales_estimate_and_error_alike(pairs):
    for measure in (measures.theil_index, measures.mean_log_deviation):
        plain, thousand = (measure(small(pairs), **COLUMNS, error="se", per=per) for per in (1, 1000))
        assert [thousand.low, thousand.estimate, thousand.high] == pytest.approx(
            [1000 * plain.low, 1000 * plain.estimate, 1000 * plain.high], abs=1e-9
        )


def test_the_entropies_of_two_halves_are_those_worked_by_hand():
    """Half the people at half the mean, half at one and a half times it."""
    rows = small([(10, 50.0), (10, 150.0)])
    theil = (0.5 * np.log(0.5) + 1.5 * np.log(1.5)) / 2
    deviation = -(np.log(0.5) + np.log(1.5)) / 2
    assert measures.theil_index(rows, **COLUMNS, per=1).estimate == pytest.approx(theil)
    assert measures.mean_log_deviation(rows, **COLUMNS, per=1).estimate == pytest.approx(deviation)


@pytest.mark.parametrize("measure", ALL[:3])
def test_intervals_cover_the_truth_as_often_as_they_say(measure):
    """1,000 seeded tables whose groups differ by much more than their errors: within 4 standard errors of 95%."""
    rng, trials = np.random.default_rng(17), 1000
    truth = TABLE.assign(value=np.linspace(40, 90, 25), se=0.8)
    aim = measure(truth, **COLUMNS).estimate
    covered = 0
    for values in rng.normal(truth.value, truth.se, size=(trials, 25)):
        result = measure(truth.assign(value=values), **COLUMNS, error="se")
        covered += result.low <= aim <= result.high
    assert abs(covered / trials - 0.95) <= 4 * np.sqrt(0.95 * 0.05 / trials)


def test_the_interval_of_disparity_is_that_of_its_two_groups():
    """With two groups far apart it is normal: 50 |a - b| / mean, whose error follows from the two errors."""
    rows = small([(10, 60.0), (10, 100.0)]).assign(se=1.0)
    result = measures.index_of_disparity(rows, **COLUMNS, error="se", draws=100_000)
    first, second, mean = 60, 100, 80
    gradient = np.array([-50 * second / mean**2, 50 * first / mean**2])
    spread = Z * np.hypot(*gradient)
    assert result.estimate == pytest.approx(25)
    # Four standard errors of a percentile of 100,000 draws (0.0084 each), and the curvature of a ratio.
    assert (result.low, result.high) == pytest.approx((25 - spread, 25 + spread), abs=(4 * 0.0084 + 0.02) * spread / Z)


def test_the_interval_of_disparity_is_drawn_within_bounds_and_repeats_itself():
    rows = small([(10, 2.0), (30, 99.0)]).assign(se=20.0)
    one, again = (measures.index_of_disparity(rows, **COLUMNS, error="se", highest=100) for _ in range(2))
    assert one == again
    assert one.high <= measures.index_of_disparity(small([(10, 0.0), (30, 100.0)]), **COLUMNS).estimate + 1e-9


def test_a_group_with_nothing_has_no_log_but_a_share_of_zero():
    rows = small([(10, 0.0), (10, 100.0)])
    assert measures.theil_index(rows, **COLUMNS, per=1).estimate == pytest.approx(np.log(2))
    with pytest.raises(measures.CourseError, match="'value', row 0: 0 has no logarithm"):
        measures.mean_log_deviation(rows, **COLUMNS)
    with pytest.raises(measures.CourseError, match="row 0: 0 leaves the error of Theil's index undefined"):
        measures.theil_index(rows, **COLUMNS, error="se")


@pytest.mark.parametrize("measure", ALL)
@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        ({"people": 0}, {}, "'people', row 0: 0 is no population"),
        ({"value": [None] + [70] * 24}, {}, "'value', row 0: the value is missing"),
        ({"se": -1}, {"error": "se"}, "'se', row 0: -1 is a negative standard error"),
        ({}, {"error": "sd"}, "no column 'sd'.*did you mean 'se'"),
        ({}, {"level": 1.5}, "level is 1.5"),
    ],
)
def test_what_cannot_be_is_refused(measure, change, options, words):
    with pytest.raises(measures.CourseError, match=words):
        measure(TABLE.assign(**change), **COLUMNS, **options)


def test_one_group_does_not_differ():
    for measure in ALL:
        with pytest.raises(measures.CourseError, match="at least two groups"):
            measure(TABLE[:1], **COLUMNS)


def test_relative_measures_need_amounts():
    for measure in ALL[1:]:
        with pytest.raises(measures.CourseError, match="row 0: -1 is negative"):
            measure(small([(10, -1.0), (10, 5.0)]), **COLUMNS)
        with pytest.raises(measures.CourseError, match="all values are 0"):
            measure(small([(10, 0.0), (10, 0.0)]), **COLUMNS)
