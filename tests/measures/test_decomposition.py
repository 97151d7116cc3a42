"""Gaps taken apart, against published figures and by what a decomposition promises."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from equitykit import measures

# Heads of household per 100 persons by age, United States, 1970 and 1985: Das Gupta P. Standardization and
# decomposition of rates: a user's manual. US Bureau of the Census, 1993, table 5.1; results as in the R package
# DasGuptR (github.com/josiahpjking/DasGuptR, README).
AGES = [
    "15-19",
    "20-24",
    "25-29",
    "30-34",
    "35-39",
    "40-44",
    "45-49",
    "50-54",
    "55-59",
    "60-64",
    "65-69",
    "70-74",
    "75+",
]
SIZE_1970 = [12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9]
SIZE_1985 = [10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5]
RATE_1970 = [1.9, 25.8, 45.7, 49.6, 51.2, 51.6, 51.8, 54.9, 58.7, 60.4, 62.8, 66.6, 66.8]
RATE_1985 = [2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2]
HEADS = pd.DataFrame(
    {
        "year": np.repeat([1970, 1985], 13),
        "age": AGES * 2,
        "share": SIZE_1970 + SIZE_1985,
        "rate": RATE_1970 + RATE_1985,
    }
)
COLUMNS = {"value": "rate", "population": "share", "category": "age", "group": "year"}
YEARS = {"compare": 1985, "reference": 1970}


def parts(rows, **options):
    return measures.kitagawa(rows, **(COLUMNS | YEARS | options))


def test_the_decomposition_is_the_published_one():
    found = parts(HEADS)
    assert found.gap.estimate == pytest.approx(2.9672, abs=5e-5)
    assert found.explained.estimate == pytest.approx(1.2269, abs=5e-5)
    assert found.unexplained.estimate == pytest.approx(1.7403, abs=5e-5)
    assert found.table().percent_of_gap.tolist() == pytest.approx([100, 41.35, 58.65], abs=5e-3)


def test_categories_are_matched_by_name_not_by_place():
    shuffled = HEADS.sample(frac=1, random_state=1)
    one, other = parts(shuffled), parts(HEADS)
    assert one.explained.estimate == pytest.approx(other.explained.estimate)
    assert one.unexplained.estimate == pytest.approx(other.unexplained.estimate)


pair = st.lists(
    st.tuples(st.floats(1, 100), st.floats(1, 100), st.floats(0, 50), st.floats(0, 50)), min_size=1, max_size=6
)


def two(rows):
    first, second, rate, other = (np.array(each) for each in zip(*rows, strict=True))
    return pd.DataFrame(
        {
            "year": np.repeat([1985, 1970], len(rows)),
            "age": list(range(len(rows))) * 2,
            "share": np.concatenate([first, second]),
            "rate": np.concatenate([rate, other]),
            "se": 0.5,
        }
    )


@given(pair)
def test_parts_add_up_and_swapping_the_groups_turns_them(rows):
    found, turned = parts(two(rows)), parts(two(rows), compare=1970, reference=1985)
    assert found.explained.estimate + found.unexplained.estimate == pytest.approx(found.gap.estimate, abs=1e-9)
    for name in ("gap", "explained", "unexplained"):
        assert getattr(found, name).estimate == pytest.approx(-getattr(turned, name).estimate, abs=1e-9)


@given(pair)
def test_each_part_is_the_average_over_the_two_orders_of_change(rows):
    table = two(rows)
    first, second = table[table.year == 1985], table[table.year == 1970]
    one, other = first.share.to_numpy() / first.share.sum(), second.share.to_numpy() / second.share.sum()
    rate, base = first.rate.to_numpy(), second.rate.to_numpy()
    expected = ((one - other) @ base + (one - other) @ rate) / 2
    assert parts(table).explained.estimate == pytest.approx(expected, abs=1e-9)


@given(pair)
def test_splitting_a_category_changes_nothing(rows):
    size, others, rate, base = rows[0]
    split = [(size / 4, others / 4, rate, base), (size * 3 / 4, others * 3 / 4, rate, base), *rows[1:]]
    one, other = parts(two(rows)), parts(two(split))
    assert one.explained.estimate == pytest.approx(other.explained.estimate, abs=1e-9)


def test_intervals_cover_the_truth_as_often_as_they_say():
    """500 seeded tables with known errors: each part within 4 standard errors of 95%."""
    rng, trials = np.random.default_rng(29), 500
    known = HEADS.assign(se=1.5)
    truth = parts(known)
    names = ("gap", "explained", "unexplained")
    covered = np.zeros(3)
    for rates in rng.normal(known.rate, known.se, size=(trials, 26)):
        found = parts(known.assign(rate=rates), error="se")
        for place, name in enumerate(names):
            result = getattr(found, name)
            covered[place] += result.low <= getattr(truth, name).estimate <= result.high
    assert np.all(np.abs(covered / trials - 0.95) <= 4 * np.sqrt(0.95 * 0.05 / trials))


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        (HEADS[1:], {}, "'age': '15-19' is missing from 1970"),
        (HEADS[:-1], {}, r"'age': '75\+' is missing from 1985"),
        (pd.concat([HEADS, HEADS[:1]], ignore_index=True), {}, "'age', row 26: '15-19' is there twice in 1970"),
        (HEADS.assign(share=0), {}, "'share', row 13: 0 is no population"),
        (HEADS, {"compare": 1986}, "'year' has no row 1986 for compare"),
        (HEADS, {"category": "ages"}, "did you mean 'age'"),
    ],
)
def test_groups_that_cannot_be_matched_are_refused(rows, options, words):
    with pytest.raises(measures.CourseError, match=words):
        parts(rows, **options)


CARDS = sm.datasets.ccard.load_pandas().data
KNOWN = ["AGE", "INCOME", "INCOMESQ"]


def oaxaca(rows=CARDS, **options):
    settings = {"value": "AVGEXP", "group": "OWNRENT", "compare": 1, "reference": 0, "characteristics": KNOWN}
    return measures.oaxaca_blinder(rows, **(settings | options))


def test_oaxaca_blinder_is_the_published_one():
    """Credit-card spending of owners and renters: Stata's oaxaca with pooled coefficients, as in statsmodels' tests
    (statsmodels/stats/tests/test_oaxaca.py): 158.7504 = 130.8095 explained + 27.94091 unexplained.
    """
    found = oaxaca(draws=0)
    estimates = [found.gap.estimate, found.explained.estimate, found.unexplained.estimate]
    assert estimates == pytest.approx([158.7504, 130.8095, 27.94091], abs=5e-4)


def test_the_unexplained_part_is_the_pooled_coefficient_of_the_group():
    """What the pooled regression says of the group indicator itself: Jann 2008, page 458."""
    design = sm.add_constant(CARDS[["OWNRENT", *KNOWN]])
    assert oaxaca(draws=0).unexplained.estimate == pytest.approx(sm.OLS(CARDS.AVGEXP, design).fit().params["OWNRENT"])


def test_swapping_the_groups_turns_the_parts():
    one, other = oaxaca(draws=0), oaxaca(draws=0, compare=0, reference=1)
    assert one.explained.estimate == pytest.approx(-other.explained.estimate)
    assert one.unexplained.estimate == pytest.approx(-other.unexplained.estimate)


def test_bootstrapped_intervals_cover_the_truth_as_often_as_they_say():
    """200 seeded samples of two groups of 60, whose unexplained difference is 2: within 4 standard errors of 95%."""
    rng, trials, covered = np.random.default_rng(31), 200, 0
    for _ in range(trials):
        here = np.repeat([1, 0], 60)
        years = rng.normal(10 + 3 * here, 2)
        pay = 20 + 1.5 * years + 2 * here + rng.normal(0, 2, 120)
        rows = pd.DataFrame({"here": here, "years": years, "pay": pay})
        result = measures.oaxaca_blinder(
            rows, value="pay", group="here", compare=1, reference=0, characteristics=["years"], draws=100
        ).unexplained
        covered += result.low <= 2 <= result.high
    assert abs(covered / trials - 0.95) <= 4 * np.sqrt(0.95 * 0.05 / trials)


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        (CARDS, {"characteristics": []}, "give a list of one or more columns"),
        (CARDS, {"characteristics": "AGE"}, "give a list of one or more columns"),
        (CARDS, {"characteristics": ["AGE", "AGE"]}, "depend on each other"),
        (CARDS, {"characteristics": ["OWNRENT"]}, "depend on each other or do not vary"),
        (CARDS.groupby("OWNRENT").head(3), {}, "has 3 members, too few for 3 characteristics"),
        (CARDS, {"draws": 10}, "draws is 10"),
        (CARDS.assign(AGE=None), {}, "'AGE', row 0: the value is missing"),
    ],
)
def test_what_cannot_be_explained_is_refused(rows, options, words):
    with pytest.raises(measures.CourseError, match=words):
        oaxaca(rows, **options)
