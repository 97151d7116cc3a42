"""The synthetic register of consent: what its generator gives, and what the page and the card say of it."""

import numpy as np
import pandas as pd
import pytest

from equitykit import data
from equitykit.data import consent
from equitykit.errors import CourseError

LENT = 9


@pytest.fixture(scope="module")
def register():
    return data.load("synthetic-consent-register")


@pytest.fixture(scope="module")
def repeats():
    """Many registers, as if as many projects had begun in the same way."""
    return [consent.generate(seed) for seed in range(1, 201)]


def gone_from_copy(table):
    """Count the people in the copy of month 9 who take their yes back afterwards."""
    return int(consent.usable(table, LENT, "next_study")["taken_back"].notna().sum())


def test_the_committed_table_is_what_the_generator_gives(register):
    pd.testing.assert_frame_equal(consent.generate(), register)
    assert consent.generate().attrs == register.attrs


def test_it_says_that_it_is_synthetic(register):
    facts = register.attrs["dataset"]
    assert facts["synthetic"] is True
    assert "SYNTHETIC" in facts["source"]
    assert "Synthetic" in facts["title"]
    assert "Nobody in this table exists" in data.card("synthetic-consent-register")


def test_another_seed_gives_another_register_and_the_same_seed_the_same():
    pd.testing.assert_frame_equal(consent.generate(3), consent.generate(3))
    assert not consent.generate(3).equals(consent.generate(4))


def test_nobody_takes_back_before_two_months_and_firms_come_only_with_a_next_study(repeats):
    together = pd.concat(repeats)
    back = together.dropna(subset=["taken_back"])
    assert (back["taken_back"] - back["joined"] >= 2).all()
    assert (back["taken_back"] <= consent.END).all()
    assert not (together["firms"] & ~together["next_study"]).any()


def test_over_many_registers_the_shares_are_the_chances(repeats):
    together = pd.concat(repeats)
    agreed = together[together["next_study"]]
    assert together["next_study"].mean() == pytest.approx(consent.NEXT_STUDY, abs=0.02)
    assert agreed["firms"].mean() == pytest.approx(consent.FIRMS, abs=0.02)
    assert together["taken_back"].notna().mean() == pytest.approx(consent.TAKEN_BACK, abs=0.02)


def test_a_yes_holds_from_the_month_of_joining_until_the_month_of_taking_back():
    table = pd.DataFrame(
        {"joined": [1, 1], "next_study": [True, False], "firms": [False, False], "taken_back": [pd.NA, 4]}
    ).astype({"joined": "Int64", "next_study": "boolean", "firms": "boolean", "taken_back": "Int64"})
    assert [len(consent.usable(table, month, "this_study")) for month in (0, 1, 3, 4)] == [0, 2, 2, 1]
    assert len(consent.usable(table, 3, "next_study")) == 1
    assert consent.usable(table, 3, "firms").empty


def test_an_unknown_use_is_refused(register):
    with pytest.raises(CourseError, match="adverts"):
        consent.usable(register, LENT, "adverts")


@pytest.mark.parametrize(
    ("month", "counts"), [(6, [57, 42, 16]), (9, [53, 39, 15]), (15, [45, 32, 10]), (24, [36, 28, 9])]
)
def test_the_page_s_counts_are_the_table_s(register, month, counts):
    assert [len(consent.usable(register, month, use)) for use in consent.USES] == counts


def test_the_card_s_counts_are_the_table_s(register, repeats):
    assert (register["next_study"].sum(), register["firms"].sum(), register["taken_back"].notna().sum()) == (43, 16, 24)
    assert gone_from_copy(register) == 11
    gone = [gone_from_copy(table) for table in repeats]
    assert (min(gone), max(gone)) == (5, 25)
    assert round(float(np.mean(gone)), 1) == 13.5
