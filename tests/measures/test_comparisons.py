"""Two groups compared, against published figures and by what a comparison promises."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import test_poisson_2indep as compare_rates

from equitykit import measures

# Coronary heart disease in women: 60 events in 51,477.5 person-years, against 30 in 54,308.7. The example of
# Ng HKT, Tang ML. Testing the equality of two Poisson means using the rate ratio. Statistics in Medicine
# 2005;24:955-965; statsmodels' own tests (stats/tests/test_rates_poisson.py) use the same figures.
HEART = pd.DataFrame({"group": ["exposed", "not"], "events": [60, 30], "years": [51477.5, 54308.7]})
PAIR = {"group": "group", "compare": "exposed", "reference": "not"}


def ratio(rows, **options):
    return measures.rate_ratio(rows, count="events", population="years", **(PAIR | options))


def difference(rows, **options):
    return measures.rate_difference(rows, count="events", population="years", **(PAIR | options))


def rows(events, years):
    return pd.DataFrame({"group": ["exposed", "not"], "events": events, "years": years})


def score_p_value(compare, value, events, years):
    return compare_rates(events[0], years[0], events[1], years[1], value=value, method="score", compare=compare).pvalue


def test_the_ratio_is_the_one_worked_by_hand():
    assert ratio(HEART).estimate == pytest.approx((60 / 51477.5) / (30 / 54308.7))


@pytest.mark.parametrize(
    ("events", "years"), [((60, 30), (51477.5, 54308.7)), ((3, 9), (1e5, 2e5)), ((41, 15), (28010, 19017))]
)
def test_limits_are_where_the_score_test_turns(events, years):
    """At either limit the two-sided p-value of the score test is 1 minus the level."""
    for measure, compare in ((ratio, "ratio"), (difference, "diff")):
        result = measure(rows(events, years)) if compare == "ratio" else measure(rows(events, years), per=1)
        for limit in (result.low, result.high):
            assert score_p_value(compare, limit, events, years) == pytest.approx(0.05, abs=1e-6)


def test_a_group_without_events_still_has_an_upper_limit():
    result = ratio(rows([0, 12], [1000, 2000]))
    assert (result.estimate, result.low) == (0, 0)
    assert score_p_value("ratio", result.high, (0, 12), (1000, 2000)) == pytest.approx(0.05, abs=1e-9)


def test_nothing_compares_with_no_events():
    with pytest.raises(measures.CourseError, match="reference group 'not' had no event"):
        ratio(rows([5, 0], [100, 100]))
    with pytest.raises(measures.CourseError, match="neither 'exposed' nor 'not' had an event"):
        difference(rows([0, 0], [100, 100]))


@given(st.integers(1, 500), st.integers(1, 500), st.floats(100, 1e6), st.floats(100, 1e6))
def test_swapping_the_groups_inverts_the_ratio_and_turns_the_difference(first, second, years, other_years):
    here = rows([first, second], [years, other_years])
    swapped = {"compare": "not", "reference": "exposed"}
    one, other = ratio(here), ratio(here, **swapped)
    assert [one.low, one.estimate, one.high] == pytest.approx(
        [1 / other.high, 1 / other.estimate, 1 / other.low], rel=1e-5
    )
    plus, minus = difference(here), difference(here, **swapped)
    assert [plus.low, plus.high] == pytest.approx(
        [-minus.high, -minus.low], rel=1e-4, abs=1e-4 * (plus.high - plus.low)
    )


def test_rows_of_a_group_are_added_up_and_other_groups_left_alone():
    split = pd.DataFrame(
        {
            "group": ["exposed", "exposed", "not", "other"],
            "events": [20, 40, 30, -5],
            "years": [1477.5, 50000, 54308.7, 0],
        }
    )
    assert ratio(split) == ratio(HEART)


def test_score_intervals_cover_the_true_ratio_as_often_as_they_say():
    """400 seeded pairs of counts: 95% covered, give or take 4 standard errors of that share."""
    rng, trials = np.random.default_rng(5), 400
    first, second = rng.poisson(40, trials), rng.poisson(25, trials)
    covered = 0
    for events in zip(first, second, strict=True):
        result = ratio(rows(events, [1000, 1000]))
        covered += result.low <= 40 / 25 <= result.high
    assert abs(covered / trials - 0.95) <= 4 * np.sqrt(0.95 * 0.05 / trials)


LIMITS = {"low": "low", "high": "high"}
GAP = {"group": "decile", "compare": 10, "reference": 1, "value": "years"}
LIVES = pd.DataFrame(
    {"decile": [1, 10], "years": [74.0, 83.4], "se": [0.3, 0.4], "low": [73.4, 82.6], "high": [74.6, 84.2]}
)


def test_two_estimates_differ_with_the_error_of_both():
    result = measures.difference(LIVES, **GAP, error="se", unit="years")
    assert result.estimate == pytest.approx(9.4)
    assert (result.high - result.low) / 2 == pytest.approx(1.959963984540054 * 0.5)
    assert repr(result) == "<Difference: 9.40 years (95% interval 8.42 to 10.38)>"


def test_limits_do_for_errors():
    wide = LIVES.assign(low=LIVES.years - 1.959963984540054 * LIVES.se, high=LIVES.years + 1.959963984540054 * LIVES.se)
    by_limits = measures.difference(wide, **GAP, low="low", high="high")
    by_errors = measures.difference(wide, **GAP, error="se")
    assert (by_limits.low, by_limits.high) == pytest.approx((by_errors.low, by_errors.high))


def test_without_errors_there_is_no_interval_and_the_method_says_so():
    result = measures.ratio(LIVES, **GAP)
    assert result.estimate == pytest.approx(83.4 / 74)
    assert np.isnan([result.low, result.high]).all()
    assert "no errors or limits" in result.method
    assert repr(result) == "<Ratio: 1.13 (no interval)>"


def test_a_ratio_of_estimates_takes_errors_on_the_log_scale():
    result = measures.ratio(LIVES, **GAP, error="se")
    spread = np.hypot(0.3 / 74, 0.4 / 83.4)
    assert np.log(result.high / result.estimate) == pytest.approx(1.959963984540054 * spread)
    assert result.low * result.high == pytest.approx(result.estimate**2)


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        ({}, {"compare": 9}, "column 'decile' has no row 9 for compare"),
        ({}, {"compare": 1}, "compare and reference are both 1"),
        ({"decile": [1, 1]}, {"compare": 1, "reference": 10}, "no row 10 for reference"),
        (
            {"low": [74.2, 82.6]},
            LIMITS,
            "'low', row 0: the interval does not hold its estimate",
        ),
        (
            {"high": [74.6, 83.0]},
            LIMITS,
            "'high', row 1: the interval does not hold its estimate",
        ),
        ({"se": [0.3, -1]}, {"error": "se"}, "'se', row 1: -1 is a negative standard error"),
        ({}, {"low": "low"}, "only low was given"),
        ({}, LIMITS | {"error": "se"}, "not both"),
        ({"years": [74.0, None]}, {}, "'years', row 1: the value is missing"),
    ],
)
def test_what_cannot_be_compared_is_refused(change, options, words):
    with pytest.raises(measures.CourseError, match=words):
        measures.difference(LIVES.assign(**change), **(GAP | options))


def test_a_group_has_one_estimate():
    twice = pd.concat([LIVES, LIVES], ignore_index=True)
    with pytest.raises(measures.CourseError, match="has 2 rows 10; keep one row a group"):
        measures.difference(twice, **GAP)


def test_a_misspelt_group_is_answered_with_the_close_one():
    with pytest.raises(measures.CourseError, match=r"'exposd' .*did you mean 'exposed'"):
        ratio(HEART, compare="exposd")
