"""Synthetic people: generated as documented, the committed table exactly so, and called synthetic wherever they are."""

import numpy as np
import pandas as pd
import pytest

from equitykit import data
from equitykit.data import synthetic
from equitykit.errors import CourseError


@pytest.fixture(scope="module")
def people():
    return data.load("synthetic-intersections")


@pytest.fixture(scope="module")
def many():
    return synthetic.generate(seed=2, n=1_000_000)


def share(column):
    return float(column.astype(float).mean())


def test_the_committed_table_is_what_the_generator_gives(people):
    pd.testing.assert_frame_equal(synthetic.generate(), people)
    assert synthetic.generate().attrs == people.attrs
    assert len(people) == synthetic.PEOPLE


def test_it_says_that_it_is_synthetic(people):
    facts = people.attrs["dataset"]
    assert facts["synthetic"] is True
    assert "synthetic" in facts["name"]
    assert "SYNTHETIC" in facts["source"]
    assert "Synthetic" in facts["title"]
    assert "Nobody in this table exists" in data.card("synthetic-intersections")


def test_a_seed_gives_the_same_people_and_another_gives_others():
    pd.testing.assert_frame_equal(synthetic.generate(5, 500), synthetic.generate(5, 2000).head(500))
    assert not synthetic.generate(5, 500).equals(synthetic.generate(6, 500))


@pytest.mark.parametrize("n", [0, -1, 2.5, "many"])
def test_no_people_cannot_be_asked_for(n):
    with pytest.raises(CourseError, match="whole number of people"):
        synthetic.generate(n=n)


# --- the positions meet the published marginals to half a percentage point --------------------------------


@pytest.mark.parametrize(
    ("column", "value", "published"),
    [
        ("sex", "female", 0.510),  # Census 2021, England and Wales
        ("ethnic_group", "White", 0.8105),  # Census 2021 TS021, England, small areas added up
        ("ethnic_group", "Asian", 0.0961),
        ("ethnic_group", "Black", 0.0422),
        ("ethnic_group", "Mixed", 0.0295),
        ("ethnic_group", "Other", 0.0217),
        ("sexual_orientation", "not answered", 0.075),  # Census 2021, England and Wales
        ("good_health", True, 0.820),  # Census 2021, England and Wales
    ],
)
def test_a_marginal_is_met(many, column, value, published):
    assert share(many[column] == value) == pytest.approx(published, abs=0.005)


@pytest.mark.parametrize(("sex", "published"), [("female", 0.187), ("male", 0.165)])
def test_disability_is_as_published_by_sex(many, sex, published):
    assert share(many.loc[many["sex"] == sex, "disabled"]) == pytest.approx(published, abs=0.005)


@pytest.mark.parametrize(("disabled", "published"), [(True, 0.064), (False, 0.026)])
def test_lgb_is_as_published_by_disability(many, disabled, published):
    rows = many[many["disabled"] == disabled]
    assert share(rows["sexual_orientation"] == "LGB+") == pytest.approx(published, abs=0.005)


@pytest.mark.parametrize(
    ("group", "published"), [("White", 0.178), ("Asian", 0.306), ("Black", 0.389), ("Mixed", 0.247), ("Other", 0.294)]
)
def test_deprivation_is_as_counted_by_ethnic_group(many, group, published):
    rows = many[many["ethnic_group"] == group]
    assert share(rows["deprivation_fifth"] == 1) == pytest.approx(published, abs=0.01)


def test_shares_add_up():
    for shares in (synthetic.SEX, synthetic.ETHNIC_GROUP):
        assert sum(shares.values()) == pytest.approx(1, abs=1e-9)
    for fifths in synthetic.DEPRIVATION.values():
        assert sum(fifths) == pytest.approx(1, abs=0.0011)


# --- the outcomes follow the terms -------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", synthetic.OUTCOMES)
def test_an_outcome_is_as_common_as_its_true_chance_in_every_large_stratum(many, outcome):
    frame = pd.DataFrame({"seen": many[outcome].astype(float), "true": synthetic.chance(many, outcome)})
    strata = frame.groupby([many[axis] for axis in synthetic.AXES])
    means, sizes = strata.mean(), strata.size()
    large = sizes >= 1000
    error = np.sqrt(means["true"] * (1 - means["true"]) / sizes)
    assert sizes[large].sum() > 0.9 * sizes.sum()
    assert (((means["seen"] - means["true"]).abs() / error)[large] < 5).all()


@pytest.mark.parametrize("outcome", synthetic.OUTCOMES)
def test_an_interaction_is_what_is_left_over_the_additive_terms(outcome):
    for term in synthetic.OUTCOMES[outcome].interactions:
        position = {"sex": "male", "ethnic_group": "White", "disabled": False, "deprivation_fifth": 5}
        row = pd.DataFrame([position | {"sexual_orientation": "straight"} | dict(term.where)])
        with_it, without = (
            float(np.log(chance / (1 - chance)).iloc[0])
            for chance in (
                synthetic.chance(row, outcome),
                synthetic.chance(row, outcome, interactions=False),
            )
        )
        assert with_it - without == pytest.approx(term.log_odds)


def test_terms_name_axes_and_values_that_exist(people):
    for outcome in synthetic.OUTCOMES.values():
        for term in outcome.additive:
            assert len(term.where) == 1
        for term in outcome.interactions:
            assert len(term.where) > 1
        for term in (*outcome.additive, *outcome.interactions):
            for axis, value in term.where.items():
                assert axis in synthetic.AXES
                assert (people[axis] == value).any()


def test_the_card_gives_every_term():
    card = data.card("synthetic-intersections")
    for outcome in synthetic.OUTCOMES.values():
        for term in (*outcome.additive, *outcome.interactions):
            assert f"{term.log_odds:+.2f}".replace("-", "−") in card


def test_an_unknown_outcome_and_a_missing_axis_are_named(people):
    with pytest.raises(CourseError, match="there is no outcome 'income'"):
        synthetic.chance(people, "income")
    with pytest.raises(CourseError, match="lacks the column disabled"):
        synthetic.chance(people.drop(columns="disabled"), "good_health")
