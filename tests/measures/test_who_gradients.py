"""WHO's slope and relative index, against published and independently worked figures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitykit import measures
from equitykit.measures.who_gradients import fit_on_rank

# The example in the tests of WHO's R package healthequal (github.com/WHOequity/healthequal, tests/testthat/test-sii.R,
# test-rii.R): five groups with 20% to 60%. The package rounds the people who have it to whole ones.
PEOPLE = np.array([78.0, 91.0, 162.0, 103.0, 105.0])
HAVING = np.array([16.0, 27.0, 65.0, 52.0, 63.0])
TABLE = pd.DataFrame({"place": range(1, 6), "people": PEOPLE, "percent": 100 * HAVING / PEOPLE})
COLUMNS = {"value": "percent", "population": "people", "order": "place"}


def slope(rows, **options):
    return measures.who_slope_index_of_inequality(rows, **({"out_of": 100} | COLUMNS | options))


def relative(rows, **options):
    return measures.who_relative_index_of_inequality(rows, **({"out_of": 100} | COLUMNS | options))


def test_with_squared_weights_the_fit_is_the_published_one():
    """healthequal gives both counts and weights to the fit, so that populations enter squared. All else agrees."""
    fit = fit_on_rank(HAVING / PEOPLE, measures.mid_ranks(PEOPLE), PEOPLE**2, bounded=True)
    assert 100 * (fit.last - fit.first) == pytest.approx(44.44502, rel=1e-6)
    assert fit.error(fit.last_slope - fit.first_slope) == pytest.approx(0.02190822, rel=1e-6)
    assert fit.last / fit.first == pytest.approx(3.159506, rel=1e-6)
    assert fit.error(fit.last_slope / fit.last - fit.first_slope / fit.first) == pytest.approx(0.07644001, rel=1e-6)


def test_each_person_counts_once():
    """The same example worked in R 4.2 with glm (quasibinomial, weights = people) and the HC1 sandwich by hand."""
    result = slope(TABLE)
    assert result.estimate == pytest.approx(44.905264, rel=1e-7)
    assert (result.high - result.low) / 2 == pytest.approx(1.959963984540054 * 2.217835, rel=1e-6)
    result = relative(TABLE)
    assert result.estimate == pytest.approx(3.22392344, rel=1e-8)
    assert np.log(result.high / result.estimate) == pytest.approx(1.959963984540054 * 0.08051394, rel=1e-6)


def test_groups_and_expanded_persons_have_one_slope():
    ranks = np.repeat(measures.mid_ranks(PEOPLE), PEOPLE.astype(int))
    persons = np.concatenate([np.arange(people) < having for people, having in zip(PEOPLE, HAVING, strict=True)])
    fit = fit_on_rank(persons.astype(float), ranks, np.ones(len(ranks)), bounded=True)
    assert 100 * (fit.last - fit.first) == pytest.approx(slope(TABLE).estimate)


@given(st.lists(st.tuples(st.integers(10, 500), st.floats(1, 99)), min_size=3, max_size=8), st.floats(0.01, 100))
def test_scale_and_sizes_do_not_matter(pairs, factor):
    people, percents = zip(*pairs, strict=True)
    rows = pd.DataFrame({"place": range(1, len(pairs) + 1), "people": people, "percent": percents})
    plain, parts = slope(rows), slope(rows.assign(percent=rows.percent / 100, people=rows.people * factor), out_of=1)
    assert (parts.low, parts.estimate, parts.high) == pytest.approx(
        (plain.low / 100, plain.estimate / 100, plain.high / 100), abs=1e-6
    )
    assert -100 <= plain.estimate <= 100


def test_years_are_fitted_by_a_straight_line():
    ranks = measures.mid_ranks(PEOPLE)
    straight = TABLE.assign(percent=74 + 8 * ranks)
    result = slope(straight, bounded=False, out_of=1, unit="years")
    assert repr(result) == "<WHO slope index of inequality: 8.00 years (95% interval 8.00 to 8.00)>"
    assert relative(straight, bounded=False, out_of=1).estimate == pytest.approx(82 / 74)


def test_the_straight_line_is_that_of_public_health():
    plain = measures.slope_index_of_inequality(TABLE, **COLUMNS)
    assert slope(TABLE, bounded=False, out_of=1).estimate == pytest.approx(plain.estimate)


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        ({"percent": [20, 30, 40, 50, 160]}, {}, "'percent', row 4: 160 is not between 0 and 100; set out_of"),
        ({}, {"out_of": 1}, "'percent', row 0: .* is not between 0 and 1"),
        ({"percent": [-1, 30, 40, 50, 60]}, {}, "'percent', row 0: -1 is not between 0 and 100"),
        ({"place": [1, 2, 3, 5, 4]}, {}, "row 4: groups out of order"),
        ({"people": [78, 91, 0, 103, 105]}, {}, "'people', row 2: 0 is no population"),
        ({}, {"out_of": 0}, "out_of is 0"),
        ({}, {"level": 0}, "level is 0"),
    ],
)
def test_what_has_no_gradient_is_refused(change, options, words):
    for measure in (slope, relative):
        with pytest.raises(measures.CourseError, match=words):
            measure(TABLE.assign(**change), **options)


def test_a_robust_error_needs_three_groups():
    with pytest.raises(measures.CourseError, match="three or more"):
        slope(TABLE[:2])


def test_a_straight_line_through_zero_has_no_ratio():
    with pytest.raises(measures.CourseError, match="a ratio needs both above 0"):
        relative(TABLE.assign(percent=[-9, -4, 0, 4, 9]), bounded=False)
