"""Rates and proportions against published figures, and what their intervals promise."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from equitykit import measures

# Count, population, rate per 100, and limits at 95% and 99.8%: test data of PHEindicatormethods
# (github.com/ukhsa-collaboration/PHEindicatormethods, tests/testthat/testdata_Rate.xlsx).
PUBLISHED_RATES = [
    (1, 100, 1.0, 0.025317807984, 5.571643390939, 0.001000500334, 9.233413476452),
    (5, 100, 5.0, 1.623486390118, 11.668332079323, 0.739371731918, 16.454745203680),
    (20, 100, 20.0, 12.211428834876, 30.889880369197, 8.922802365144, 38.085035625042),
    (65, 100, 65.0, 50.163187710459, 82.849138545940, 42.880261471480, 94.000290844318),
    (9856, 12345, 79.837991089510, 78.269490589768, 81.430016542721, 77.375905432711, 82.354472770954),
    (222, 3215, 6.905132192846, 6.026574877653, 7.875729370872, 5.560737695260, 8.461046681733),
]

# Count, population, and Wilson limits at 95% and 99.8%: testdata_Proportion.xlsx of the same package.
PUBLISHED_PROPORTIONS = [
    (1, 100, 0.001767432064, 0.054486196179, 0.000873065697, 0.104554452837),
    (5, 100, 0.021543679154, 0.111750469232, 0.013865320726, 0.164588522826),
    (20, 100, 0.133366933331, 0.288829165593, 0.105191620667, 0.347110941701),
    (65, 100, 0.552544432969, 0.736357517569, 0.495494657407, 0.778354061409),
    (9856, 12345, 0.791210175291, 0.805364007361, 0.786992410842, 0.809306141259),
    (999, 3456, 0.274189510800, 0.304403896628, 0.265839957681, 0.313447544928),
]


def table(count, population):
    return pd.DataFrame({"events": np.atleast_1d(count), "people": np.atleast_1d(population)})


def rate(count, population, **options):
    return measures.crude_rate(table(count, population), count="events", population="people", **options)


def share(count, population, **options):
    return measures.proportion(table(count, population), count="events", population="people", **options)


@pytest.mark.parametrize(("count", "people", "value", "low", "high", "low_998", "high_998"), PUBLISHED_RATES)
def test_a_crude_rate_is_the_published_one(count, people, value, low, high, low_998, high_998):
    at_95, at_998 = rate(count, people, per=100), rate(count, people, per=100, level=0.998)
    assert (at_95.estimate, at_95.low, at_95.high) == pytest.approx((value, low, high), rel=1e-9)
    assert (at_998.low, at_998.high) == pytest.approx((low_998, high_998), rel=1e-9)


@pytest.mark.parametrize(("count", "people", "low", "high", "low_998", "high_998"), PUBLISHED_PROPORTIONS)
def test_a_proportion_is_the_published_one(count, people, low, high, low_998, high_998):
    at_95, at_998 = share(count, people), share(count, people, level=0.998)
    assert (at_95.estimate, at_95.low, at_95.high) == pytest.approx((count / people, low, high), rel=1e-9)
    assert (at_998.low, at_998.high) == pytest.approx((low_998, high_998), rel=1e-9)


def test_the_count_may_exceed_the_population():
    """250 visits by 220 people; testdata_Rate.xlsx, Area12."""
    visits = rate(250, 220)
    assert visits.estimate == pytest.approx(113_636.363636, rel=1e-9)
    assert (visits.low, visits.high) == pytest.approx((99_984.947385, 128_631.144875), rel=1e-9)


def test_limits_are_exact_below_ten_and_byars_from_ten_on():
    assert rate(9, 100).method == "exact (chi-squared)"
    assert rate(10, 100).method == "Byar's method"
    assert measures.byar_limits(10, 0.998) == pytest.approx((2.916318374696, 24.193724927881), rel=1e-9)


def test_no_event_has_a_rate_of_zero_and_an_upper_limit():
    """With no event the exact upper limit at 95% is the mean that gives none in 2.5% of samples: -log(0.025)."""
    none = rate(0, 1000, per=1000)
    assert (none.estimate, none.low) == (0, 0)
    assert none.high == pytest.approx(-np.log(0.025), rel=1e-9)


def test_everybody_and_nobody_stay_within_bounds():
    assert (share(0, 50).low, share(50, 50).high) == (0, 1)


def test_rows_are_added_up():
    parts, whole = rate([20, 45], [40, 60]), rate(65, 100)
    assert (parts.estimate, parts.low, parts.high) == (whole.estimate, whole.low, whole.high)


@given(st.integers(0, 100_000), st.integers(1, 10**9), st.floats(0.5, 0.999))
def test_the_interval_of_a_rate_holds_it(count, people, level):
    result = rate(count, people, level=level)
    assert 0 <= result.low <= result.estimate <= result.high


@given(st.integers(0, 10_000), st.integers(1, 10**6))
def test_a_rate_scales_with_its_multiplier(count, people):
    one, thousand = rate(count, people, per=1), rate(count, people, per=1000)
    assert [thousand.estimate, thousand.low, thousand.high] == pytest.approx(
        [1000 * one.estimate, 1000 * one.low, 1000 * one.high]
    )


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_proportion_and_its_complement_mirror_each_other(having, lacking):
    people = having + lacking
    if not people:
        return
    one, other = share(having, people), share(lacking, people)
    assert [one.low, one.high] == pytest.approx([1 - other.high, 1 - other.low], abs=1e-12)


@pytest.mark.parametrize("mean", [2.0, 8.0, 12.0, 60.0])
def test_intervals_of_counts_cover_the_truth_as_often_as_they_say(mean):
    """Exact, not simulated: the chance of each count is known. Byar's and exact limits never cover much less than 95%.

    Breslow and Day (1987, page 69) call Byar's approximation accurate to small counts; a loss of 0.5 points is allowed.
    """
    counts = np.arange(0, 200)
    limits = [measures.count_limits(count) for count in counts]
    covered = np.array([low <= mean <= high for low, high, _ in limits])
    assert stats.poisson.pmf(counts, mean)[covered].sum() >= 0.945


def test_an_answer_reads_as_a_sentence():
    assert str(rate(65, 100_000)) == (
        "Crude rate: 65.0 per 100,000 (95% interval 50.2 to 82.8); Byar's method; from count 65, population 100,000."
    )
    assert repr(share(20, 100, per=100)) == "<Proportion: 20.0% (95% interval 13.3 to 28.9)>"


@pytest.mark.parametrize(
    ("count", "people", "words"),
    [
        ([3, -2], [10, 10], ["'events'", "row 1", "-2", "negative count"]),
        ([3, 2], [10, 0], ["'people'", "row 1", "population is above 0"]),
        ([3, None], [10, 10], ["'events'", "row 1", "missing"]),
        ([3, 2], [None, 10], ["'people'", "row 0", "missing"]),
        ([3, np.inf], [10, 10], ["'events'", "row 1", "infinite"]),
        ([3, "two"], [10, 10], ["'events'", "row 1", "'two'", "not a number"]),
    ],
)
def test_figures_that_cannot_be_are_refused(count, people, words):
    for measure in (rate, share):
        with pytest.raises(measures.CourseError) as refusal:
            measure(count, people)
        assert all(word in str(refusal.value) for word in words)
        assert "\n" not in str(refusal.value)


def test_a_row_is_named_by_the_label_that_a_reader_sees():
    rows = table([3, -2], [10, 10]).set_axis(["North", "South"])
    with pytest.raises(measures.CourseError, match="row South"):
        measures.crude_rate(rows, count="events", population="people")


def test_a_proportion_counts_nobody_twice():
    with pytest.raises(measures.CourseError, match="row 0: 12 is more than the population of 10"):
        share(12, 10)


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, None, "0.95"])
def test_a_level_lies_between_zero_and_one(level):
    for measure in (rate, share):
        with pytest.raises(measures.CourseError, match=r"level is .* between 0 and 1"):
            measure(3, 10, level=level)


@pytest.mark.parametrize("per", [0, -100, None])
def test_a_multiplier_lies_above_zero(per):
    with pytest.raises(measures.CourseError, match="per is"):
        rate(3, 10, per=per)


def test_a_wrong_column_name_is_answered_with_the_close_one():
    with pytest.raises(measures.CourseError, match=r"no column 'event' .*did you mean 'events'"):
        measures.crude_rate(table(3, 10), count="event", population="people")


def test_no_table_and_an_empty_table_are_refused():
    with pytest.raises(measures.CourseError, match="DataFrame"):
        measures.crude_rate([3, 10], count="events", population="people")
    with pytest.raises(measures.CourseError, match="no rows"):
        measures.crude_rate(table(3, 10).iloc[:0], count="events", population="people")


def test_nullable_columns_are_read_as_the_data_room_gives_them():
    rows = pd.DataFrame({"events": pd.array([3, 4], "Int64"), "people": pd.array([10.0, None], "Float64")})
    with pytest.raises(measures.CourseError, match="'people', row 1: the value is missing"):
        measures.crude_rate(rows, count="events", population="people")
    assert measures.crude_rate(rows[:1], count="events", population="people").estimate == 30_000
