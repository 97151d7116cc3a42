"""Small numbers protected: what is hidden, what is shown, and that no total gives a hidden count away."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from equitykit import measures
from equitykit.measures import SuppressionRule

HIDE_ONLY = SuppressionRule(round_to=1)


def table(counts):
    return pd.DataFrame({"people": counts})


def shown(counts, **options):
    return measures.suppress_small_numbers(table(counts), count="people", **options).people.tolist()


def test_the_rule_of_hospital_episode_statistics():
    """0 stays; 1 to 7 are hidden; others are rounded to the nearest 5."""
    assert shown([0, 1, 7, 8, 12, 13, 102]) == [0, pd.NA, pd.NA, 10, 10, 15, 100]


def test_publishers_differ():
    assert shown([0, 3, 5, 7], rule=SuppressionRule(low=0, high=5, round_to=1)) == [pd.NA, pd.NA, pd.NA, 7]
    assert shown([4, 5, 15, 16], rule=SuppressionRule(high=4, round_to=10)) == [pd.NA, 10, 20, 20]


def test_what_was_computed_from_a_hidden_count_is_hidden_too():
    rows = table([3, 40]).assign(percent=[1.5, 20.0], area=["a", "b"])
    found = measures.suppress_small_numbers(rows, count="people", also=["percent"])
    assert np.isnan(found.percent[0])
    assert found.percent[1] == 20
    assert found.area.tolist() == ["a", "b"]
    assert found.suppressed.tolist() == [True, False]


def test_the_table_given_is_left_as_it_was_and_the_rule_goes_with_the_copy():
    rows = table([3, 40])
    rows.attrs["dataset"] = {"name": "people"}
    found = measures.suppress_small_numbers(rows, count="people")
    assert rows.people.tolist() == [3, 40]
    assert list(rows.columns) == ["people"]
    assert found.attrs["dataset"] == {"name": "people"}
    assert found.attrs["suppression"] == (
        "Counts from 1 to 7 are not shown; others are rounded to the nearest 5; further counts are hidden where a "
        "total would give one away."
    )


def test_a_total_would_give_a_single_hidden_count_away_so_the_next_smallest_is_hidden():
    assert shown([3, 40, 20], totals=[[]], rule=HIDE_ONLY) == [pd.NA, 40, pd.NA]
    assert shown([3, 40, 20], rule=HIDE_ONLY) == [pd.NA, 40, 20], "but not where no total is shown"


def test_a_zero_is_hidden_only_where_nothing_else_is_left():
    assert shown([3, 0, 20], totals=[[]], rule=HIDE_ONLY) == [pd.NA, 0, pd.NA]
    assert shown([3, 0], totals=[[]], rule=HIDE_ONLY) == [pd.NA, pd.NA]


def test_hidden_counts_that_can_only_all_be_one_are_not_left_alone():
    """A total less the shown counts of 2, over two hidden cells, says that each is 1."""
    assert shown([1, 1, 40, 60], totals=[[]], rule=HIDE_ONLY) == [pd.NA, pd.NA, pd.NA, 60]


def test_totals_of_rows_and_of_columns_are_both_guarded():
    """A hidden cell takes one more in its row and in its column, and these take a fourth."""
    rows = pd.DataFrame(
        {"region": list("aaabbbccc"), "sex": ["f", "m", "x"] * 3, "people": [3, 50, 40, 30, 20, 60, 70, 80, 90]}
    )
    found = measures.suppress_small_numbers(rows, count="people", totals=["region", "sex"], rule=HIDE_ONLY)
    for key in ("region", "sex"):
        assert set(found.groupby(key).suppressed.sum()) <= {0, 2, 3}
    assert found.suppressed.sum() == 4


def test_a_rule_may_leave_secondary_suppression_out():
    rule = SuppressionRule(secondary=False)
    assert shown([3, 40, 20], totals=[[]], rule=rule) == [pd.NA, 40, 20]
    assert "given away" not in str(rule)


cells = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("fm"), st.integers(0, 60)), min_size=6, max_size=14)


@given(cells, st.integers(1, 3), st.integers(3, 12))
def test_no_shown_total_gives_a_hidden_count_away(rows, low, high):
    """Each total covers no hidden count or several, and these are not all at the lowest that is hidden."""
    frame = pd.DataFrame(rows, columns=["region", "sex", "people"])
    rule = SuppressionRule(low=low, high=high, round_to=1)
    totals = ["region", "sex", []]
    try:
        found = measures.suppress_small_numbers(frame, count="people", totals=totals, rule=rule)
    except measures.CourseError:
        reject()  # a region or a sex of one small cell: no such total may be shown
    small = frame.people.between(low, high)
    assert found.people[small].isna().all()
    assert (found.people[~found.suppressed] == frame.people[~found.suppressed]).all()
    for lines in (frame.groupby("region").groups, frame.groupby("sex").groups, {"all": frame.index}):
        for places in lines.values():
            hidden = frame.people[places][found.suppressed[places]]
            assert len(hidden) != 1
            assert not len(hidden) or hidden.sum() != low * len(hidden)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=20), st.integers(1, 20))
def test_rounding_moves_a_count_by_half_a_step_at_most(counts, step):
    found = measures.suppress_small_numbers(table(counts), count="people", rule=SuppressionRule(round_to=step))
    kept = ~found.suppressed
    assert (found.people[kept] % step == 0).all()
    assert ((found.people[kept] - pd.Series(counts)[kept]).abs() <= step / 2).all()


@pytest.mark.parametrize(
    ("counts", "options", "words"),
    [
        ([3, -1], {}, "'people', row 1: -1 is a negative count"),
        ([3, None], {}, "'people', row 1: the value is missing"),
        ([3, 2.5], {}, "'people', row 1: 2.5 is not a whole number"),
        ([3, 40], {"also": ["percent"]}, "no column 'percent' for also"),
        ([3, 40], {"totals": ["region"]}, "no column 'region' for totals"),
        ([3], {"totals": [[]]}, "the total of the whole table gives its hidden counts away"),
    ],
)
def test_what_cannot_be_protected_is_refused(counts, options, words):
    with pytest.raises(measures.CourseError, match=words):
        shown(counts, **options)


def test_a_table_is_not_suppressed_twice():
    with pytest.raises(measures.CourseError, match="a column 'suppressed' already"):
        measures.suppress_small_numbers(table([3, 40]).assign(suppressed=False), count="people")


@pytest.mark.parametrize("numbers", [{"low": 5, "high": 1}, {"low": -1}, {"high": 7.5}, {"round_to": 0}])
def test_a_rule_that_makes_no_sense_is_refused(numbers):
    with pytest.raises(measures.CourseError, match=r"the rule hides|round_to is"):
        SuppressionRule(**numbers)
