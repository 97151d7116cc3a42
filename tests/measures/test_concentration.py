"""The concentration index, against published figures and by what it promises."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitykit import measures

# The example in the tests of WHO's R package healthequal (github.com/WHOequity/healthequal, tests/testthat/test-rci.R,
# test-aci.R). Its figures agree to single precision, a part in 100,000.
TABLE = pd.DataFrame(
    {"place": range(1, 6), "people": [78, 91, 162, 103, 105], "percent": [20.0, 30.0, 40.0, 50.0, 60.0]}
)
COLUMNS = {"value": "percent", "population": "people", "order": "place"}
Z = 1.959963984540054


def index(rows, **options):
    return measures.concentration_index(rows, **(COLUMNS | options))


def absolute(rows, **options):
    return measures.absolute_concentration_index(rows, **(COLUMNS | options))


def test_the_relative_index_is_the_published_one():
    result = index(TABLE)
    assert (result.estimate, result.low, result.high) == pytest.approx((0.17776859, 0.16380545, 0.19173172), rel=1e-5)


def test_the_absolute_index_is_the_published_one():
    result = absolute(TABLE)
    assert result.estimate == pytest.approx(7.3284202, rel=1e-5)
    assert (result.high - result.low) / 2 == pytest.approx(Z * 0.29368517, rel=1e-5)


groups = st.lists(st.tuples(st.integers(1, 80), st.floats(1, 99)), min_size=2, max_size=8)


def small(pairs):
    people, percents = zip(*pairs, strict=True)
    return pd.DataFrame({"place": range(1, len(pairs) + 1), "people": people, "percent": percents})


@given(groups)
def test_it_is_twice_the_covariance_of_value_and_rank_over_the_mean(pairs):
    """Over persons, each with the value and mid-rank of their group: Kakwani, Wagstaff and van Doorslaer 1997."""
    rows = small(pairs)
    values = np.repeat(rows.percent, rows.people)
    ranks = np.repeat(measures.mid_ranks(rows.people.to_numpy(float)), rows.people)
    expected = 2 * np.mean((values - values.mean()) * (ranks - 0.5)) / values.mean()
    assert index(rows).estimate == pytest.approx(expected, abs=1e-9)


@given(groups, st.data())
def test_splitting_a_group_changes_nothing(pairs, data):
    place = data.draw(st.integers(0, len(pairs) - 1))
    size, value = pairs[place]
    part = data.draw(st.floats(0.05, 0.95))
    split = [*pairs[:place], (size * part, value), (size * (1 - part), value), *pairs[place + 1 :]]
    for measure in (index, absolute):
        assert measure(small(split)).estimate == pytest.approx(measure(small(pairs)).estimate, abs=1e-9)


@given(groups, st.floats(0.01, 100))
def test_the_relative_index_has_no_unit_and_the_absolute_one_has_the_values(pairs, factor):
    rows = small(pairs)
    scaled = rows.assign(percent=rows.percent * factor, people=rows.people * 7)
    assert index(scaled).estimate == pytest.approx(index(rows).estimate, abs=1e-9)
    assert absolute(scaled).estimate == pytest.approx(factor * absolute(rows).estimate, abs=1e-7 * max(1, factor))
    mean = np.average(rows.percent, weights=rows.people)
    assert absolute(rows).estimate == pytest.approx(mean * index(rows).estimate, abs=1e-9)


@given(groups)
def test_corrections_tell_one_story_of_having_and_lacking(pairs):
    """Erreygers and Wagstaff turn sign, and keep their size, when what people have becomes what they lack."""
    rows = small(pairs)
    lacking = rows.assign(percent=100 - rows.percent)
    for correction in ("erreygers", "wagstaff"):
        one, other = (index(each, correction=correction, bounds=(0, 100)) for each in (rows, lacking))
        assert (one.estimate, one.low, one.high) == pytest.approx(
            (-other.estimate, -other.high, -other.low), abs=1e-9, nan_ok=True
        )


@given(groups)
def test_corrections_are_the_index_times_a_function_of_the_mean(pairs):
    rows = small(pairs)
    mean = np.average(rows.percent, weights=rows.people) / 100
    plain = index(rows).estimate
    assert index(rows, correction="erreygers", bounds=(0, 100)).estimate == pytest.approx(4 * mean * plain, abs=1e-9)
    assert index(rows, correction="wagstaff", bounds=(0, 100)).estimate == pytest.approx(plain / (1 - mean), abs=1e-9)


def test_all_among_the_best_off_is_as_far_as_it_goes():
    rows = small([(1, 0.0)] * 99 + [(1, 100.0)])
    assert index(rows).estimate == pytest.approx(0.99)
    assert index(rows, correction="wagstaff", bounds=(0, 100)).estimate == pytest.approx(1)


def test_two_groups_have_an_index_without_an_interval():
    result = index(TABLE[:2])
    assert result.estimate == pytest.approx(
        2 * (91 * 30 * (1 - 45.5 / 169) + 78 * 20 * 39 / 169) / (91 * 30 + 78 * 20) - 1
    )
    assert np.isnan([result.low, result.high]).all()
    assert "two groups" in result.method


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        ({"percent": [-1, 30, 40, 50, 60]}, {}, "'percent', row 0: -1 is negative"),
        ({}, {"correction": "erreygers"}, "'percent', row 0: 20 is not between the bounds 0 and 1"),
        ({}, {"correction": "wagstaf"}, "did you mean 'wagstaff'"),
        ({}, {"correction": "wagstaff", "bounds": (100, 0)}, "the first must be below the second"),
        ({"percent": 0.0}, {}, "everybody has the lowest value"),
        ({"percent": 1.0}, {"correction": "wagstaff"}, "everybody has the highest value"),
        ({"place": [2, 1, 3, 4, 5]}, {}, "row 1: groups out of order"),
        ({"people": [78, 91, 162, 103, -1]}, {}, "'people', row 4: -1 is no population"),
    ],
)
def test_what_has_no_index_is_refused(change, options, words):
    with pytest.raises(measures.CourseError, match=words):
        index(TABLE.assign(**change), **options)
