"""The XmR chart: published worked examples, each rule at its edge, and what must not depend on units or on order."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitykit import data, measures
from equitykit.errors import CourseError
from equitykit.measures.control_chart import chart_of

INVENTORY = [
    [19, 27, 20, 16, 18, 25, 22, 24, 17, 25, 15, 17],
    [20, 22, 19, 16, 22, 19, 25, 22, 18, 20, 16, 17],
    [20, 15, 27, 25, 17, 19, 28],
]
"""Wheeler's in-process inventory, as printed by xmrit.com, "How to Plot an XmR Chart"."""

FLAT = [10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9]
"""Twelve that only wobble: centre 10, mean moving range 1, limits 7.34 and 12.66, near beyond 8.227 and 11.773."""


def chart(values, **options):
    return chart_of([str(place + 1) for place in range(len(values))], values, **options)


def after(*later, **options):
    """The chart of figures that follow the twelve that wobble, whose limits are kept."""
    return chart([*FLAT, *later], baseline=12, **options)


def found(made, rule=None):
    return [(one.rule, one.side, one.periods) for one in made.signals if rule in (None, one.rule)]


def test_limits_are_those_of_wheelers_worked_example():
    phase = chart([one for year in INVENTORY for one in year]).phases[0]
    assert round(phase.mean, 2) == 20.39
    assert phase.mean_moving_range == pytest.approx(4.7)
    assert phase.high == pytest.approx(20.39 + 2.66 * 4.7, abs=0.005)
    assert phase.low == pytest.approx(20.39 - 2.66 * 4.7, abs=0.005)
    assert phase.range_limit == pytest.approx(3.27 * 4.7)
    assert phase.status == "set"


def test_limits_are_those_of_nhs_rs_worked_example_of_the_excel_tool():
    """NHSRplotthedots, vignette "Deviations from Excel defaults": mean 1.94, limits −3.06 and 6.95, one point above."""
    made = chart([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
    phase = made.phases[0]
    assert [round(one, 2) for one in (phase.mean, phase.low, phase.high)] == [1.94, -3.06, 6.95]
    assert ("outside", "above", ("5",)) in found(made)


def test_limits_of_a_baseline_are_computed_from_it_and_hold_for_what_follows():
    first, all_of_it = after(30).phases[0], chart([*FLAT, 30]).phases[0]
    assert (first.mean, first.count, first.figures) == (10, 12, 13)
    assert first.high == pytest.approx(12.66)
    assert all_of_it.mean > 11


@pytest.mark.parametrize("sign", [1, -1])
def test_a_figure_beyond_a_limit_is_a_signal_and_one_on_it_is_none(sign):
    side = "above" if sign > 0 else "below"
    assert found(after(10 + sign * 2.67)) == [("outside", side, ("13",))]
    assert found(after(10 + sign * 2.66)) == []


@pytest.mark.parametrize("sign", [1, -1])
def test_seven_in_a_row_on_one_side_are_a_signal_and_six_are_none(sign):
    seven = [10 + sign * one for one in (0.5, 0.7, 0.5, 0.7, 0.5, 0.7, 0.5)]
    assert found(after(10, *seven), "run") == [
        ("run", "above" if sign > 0 else "below", tuple(str(one) for one in range(14, 21)))
    ]
    assert found(after(10, *seven[:6])) == []
    assert len(found(after(10, *seven[:6], run=6))) == 1
    assert found(after(10, *seven, run=8)) == []


def test_a_figure_on_the_centre_line_is_on_no_side():
    assert found(after(10, *[10.5, 10.7, 10.5], 10, *[10.7, 10.5, 10.7])) == []


@pytest.mark.parametrize("sign", [1, -1])
def test_seven_that_rise_or_fall_are_a_signal_and_six_are_none(sign):
    steps = [10 + sign * one for one in (-1.5, -1, -0.5, 0.1, 0.5, 1, 1.5)]
    way = "rising" if sign > 0 else "falling"
    assert found(after(9.9 + sign * 0.2, *steps), "trend") == [("trend", way, tuple(str(one) for one in range(14, 21)))]
    assert found(after(9.9 + sign * 0.2, *steps[:6])) == []
    assert found(after(9.9 + sign * 0.2, *steps[:3], steps[2], *steps[3:]), "trend") == [], (
        "an equal figure ends a trend"
    )


@pytest.mark.parametrize("sign", [1, -1])
def test_two_of_three_near_a_limit_are_a_signal(sign):
    side = "above" if sign > 0 else "below"
    assert found(after(10 + sign * 1.8, 10 + sign * 0.5, 10 + sign * 1.8)) == [("two of three", side, ("13", "15"))]
    assert found(after(10 + sign * 1.7, 10 + sign * 0.5, 10 + sign * 1.8)) == [], "1.7 is not two thirds of the way"
    assert found(after(10 + sign * 1.8, 10 - sign * 0.5, 10 + sign * 1.8)) == [], "all three lie on that side"
    assert found(after(10 + sign * 1.8, 10 + sign * 0.5, 10 + sign * 0.5, 10 + sign * 1.8)) == []


def test_a_figure_beyond_the_limit_counts_as_near_it():
    assert found(after(12.7, 11.8, 10.5)) == [("outside", "above", ("13",)), ("two of three", "above", ("13", "14"))]
    assert found(after(12.7, 12.7, 10.5)) == [("outside", "above", ("13", "14"))], "nothing is said twice"


def test_too_few_figures_have_no_limits_and_up_to_eleven_have_trial_limits():
    assert [chart(FLAT[:many]).phases[0].status for many in (4, 5, 11, 12)] == ["none", "trial", "trial", "set"]
    few = chart([1, 1, 1, 99])
    assert math.isnan(few.phases[0].high)
    assert few.signals == ()
    assert "too few figures for limits (4; it takes 5 in a row)" in str(few)


def test_a_missing_figure_stays_a_gap():
    made = chart([10, 12, math.nan, 30, 31, 32, 33])
    assert [point.moving_range for point in made.points][1:] == pytest.approx(
        [2, math.nan, math.nan, 1, 1, 1], nan_ok=True
    )
    assert made.phases[0].figures == 6
    held = [10.5, 10.7, 10.5, 10.7, 10.5, 10.7, 10.5]
    assert len(found(after(10, *held))) == 1
    assert found(after(10, *held[:3], math.nan, *held[3:])) == [], "nobody knows on which side it would have been"
    assert chart([math.nan] * 6).phases[0].status == "none"


def test_a_step_computes_limits_anew_and_a_break_does_too():
    values = [*FLAT, *[one + 50 for one in FLAT]]
    for kind in ("steps", "breaks"):
        made = chart(values, **{kind: {"13": "another rota"}})
        assert [phase.mean for phase in made.phases] == [10, 60]
        assert [phase.mean_moving_range for phase in made.phases] == [1, 1], "no moving range crosses it"
        assert made.signals == ()
        assert (made.phases[1].kind, made.phases[1].reason) == (kind[:-1], "another rota")


def test_no_run_goes_through_a_break():
    held = [10.5, 10.7, 10.5, 10.7, 10.5, 10.7, 10.5]
    assert found(after(10, *held)) != []
    assert found(after(10, *held, breaks={"17": "another survey"})) == []


def test_a_dataset_keeps_its_periods_and_its_gaps():
    table = data.load("workforce-race-equality").query("area == 'England' and indicator == 2 and unit == 'ratio'")
    made = measures.control_chart(table, "value", period="year")
    assert (made.points[0].period, made.points[-1].period) == ("2016", "2023")
    assert made.phases[0].status == "trial"
    monthly = data.load("synthetic-monthly-indicator")
    step = measures.control_chart(monthly[monthly["unit"] == "Unit B"], "percent", period="month", baseline=24)
    assert found(step, "outside") == [("outside", "above", ("2023-01", "2023-03", "2023-05", "2024-06", "2024-10"))]
    table = step.frame()
    assert list(table["period"][:2]) == ["2021-01", "2021-02"]
    assert "outside; run" in table.loc[24, "signals"]


whole = st.lists(st.integers(-50, 50), min_size=1, max_size=40)


@given(whole, st.integers(-1000, 1000))
def test_the_same_figures_counted_from_elsewhere_have_the_same_signals(values, shift):
    one, other = chart(values), chart([value + shift for value in values])
    assert found(one) == found(other)
    if one.phases[0].status != "none":
        assert other.phases[0].low == pytest.approx(one.phases[0].low + shift, abs=1e-9)


@given(whole, st.sampled_from([0.01, 0.5, 7, 1000]))
def test_the_same_figures_in_another_unit_have_the_same_signals(values, scale):
    one, other = chart(values), chart([value * scale for value in values])
    assert found(one) == found(other)
    assert other.phases[0].mean_moving_range == pytest.approx(one.phases[0].mean_moving_range * scale, nan_ok=True)


@given(whole)
def test_turned_upside_down_every_signal_is_on_the_other_side(values):
    turned = {"above": "below", "below": "above", "rising": "falling", "falling": "rising"}
    expected = [(rule, turned[side], periods) for rule, side, periods in found(chart(values))]
    assert sorted(found(chart([-value for value in values]))) == sorted(expected)


@given(st.floats(-1e6, 1e6), st.integers(1, 40))
def test_a_constant_series_has_no_signal(value, many):
    assert chart([value] * many).signals == ()


@given(whole)
def test_limits_lie_evenly_about_the_mean_and_signals_are_where_they_say(values):
    made = chart(values)
    phase = made.phases[0]
    assert phase.mean == pytest.approx(np.mean(values))
    if phase.status == "none":
        return
    assert phase.mean - phase.low == pytest.approx(phase.high - phase.mean, abs=1e-9)
    for point in made.points:
        assert ("outside" in point.signals) == (not phase.low - 1e-7 <= point.value <= phase.high + 1e-7)
        for rule in point.signals:
            assert any(one.rule == rule and point.period in one.periods for one in made.signals)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"steps": {"99": "a new process"}}, "no period '99' for a step; the series runs 1 to 12"),
        ({"steps": {"5": " "}}, "the step at 5 has no reason"),
        ({"breaks": {"5": ""}}, "the break at 5 has no reason"),
        ({"run": 2}, "run is 2: it must be a whole number of 3 or more"),
        ({"baseline": 4}, "baseline is 4: it must be a whole number of 5 or more"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(options, message):
    with pytest.raises(CourseError, match=message):
        chart(FLAT, **options)


def test_a_period_comes_once_and_is_there():
    table = pd.DataFrame({"year": [1974, 1974], "value": [3.6, 4.3]})
    with pytest.raises(CourseError, match="the period '1974' comes twice"):
        measures.control_chart(table, "value", period="year")
    with pytest.raises(CourseError, match="a period is missing"):
        measures.control_chart(pd.DataFrame({"year": [1974, None], "value": [3.6, 4.3]}), "value", period="year")
    with pytest.raises(CourseError, match="is not a number"):
        measures.control_chart(pd.DataFrame({"value": ["about 4"]}), "value")
