"""The synthetic extract: generated as documented, its faults as published or as named, and called synthetic."""

from datetime import datetime

import pandas as pd
import pytest

from equitykit import data
from equitykit.data import extract
from equitykit.data.extract_codes import BROAD_GROUPS, CODES, NO_GROUP, SPELLINGS, code_of
from equitykit.errors import CourseError


@pytest.fixture(scope="module")
def entries():
    return data.load("synthetic-extract")


@pytest.fixture(scope="module")
def many():
    return read(extract.generate(seed=2, people=200_000, copies=0))


def read(table):
    """Add the group that was recorded, where one was."""
    codes = [code_of(None if pd.isna(written) else written) for written in table["ethnic_category"]]
    groups = [CODES[code][0] if code in CODES else None for code in codes]
    return table.assign(code=codes, recorded=pd.array(groups, dtype="string"))


def test_the_committed_table_is_what_the_generator_gives(entries):
    pd.testing.assert_frame_equal(extract.generate(), entries)
    assert extract.generate().attrs == entries.attrs
    assert len(entries) == extract.PEOPLE + extract.COPIES


def test_it_says_that_it_is_synthetic(entries):
    facts = entries.attrs["dataset"]
    assert facts["synthetic"] is True
    assert "SYNTHETIC" in facts["source"]
    assert "Synthetic" in facts["title"]
    assert entries["person"].str.startswith("SYN-").all()
    assert "Nobody in this table exists" in data.card("synthetic-extract")


def test_another_seed_gives_other_people():
    assert not extract.generate(5, 300, 10).equals(extract.generate(6, 300, 10))
    pd.testing.assert_frame_equal(extract.generate(5, 300, 10), extract.generate(5, 300, 10))


@pytest.mark.parametrize(("people", "copies", "said"), [(0, 0, "people"), ("many", 0, "people"), (10, 11, "copies")])
def test_impossible_wishes_are_refused(people, copies, said):
    with pytest.raises(CourseError, match=f"^{said} is"):
        extract.generate(1, people, copies)


# --- what is published is met, to half a percentage point ---------------------------------------------------


def test_people_are_the_census_s_birmingham(many):
    census = data.load("census-ethnic-groups")
    town = census[census["area"] == "Birmingham"].set_index("ethnic_group")["people"]
    seen = many["said_group"].value_counts(normalize=True)
    assert set(extract.MAKE_UP) == set(town.index) == set(BROAD_GROUPS)
    for group, people in town.items():
        assert seen[group] == pytest.approx(people / town.sum(), abs=0.005)


def test_as_many_as_published_have_no_group(many):
    # Nuffield Trust 2021: 13% of inpatients.
    assert many["recorded"].isna().mean() == pytest.approx(0.13, abs=0.005)
    assert set(many.loc[many["recorded"].isna(), "code"]) == {"", *NO_GROUP}


def test_records_are_as_wrong_as_published_where_somebody_asked(many):
    # Saunders and others 2013: 97.8% of White British right, 41.2% of all others wrong.
    asked = many[many["how_recorded"] == "asked or guessed"]
    right = asked["recorded"] == asked["said_group"]
    british = asked["said_group"] == "White British"
    assert right[british].mean() == pytest.approx(0.978, abs=0.005)
    assert 1 - right[~british].mean() == pytest.approx(0.412, abs=0.005)


@pytest.mark.parametrize(
    ("groups", "low", "high"),
    [
        (["White and Black Caribbean", "White and Black African", "White and Asian", "Other Mixed"], 0.12, 0.31),
        (["Indian", "Chinese", "Black Caribbean", "Black African"], 0.65, 0.80),
    ],
)
def test_sensitivities_lie_in_the_published_ranges(groups, low, high):
    for group in groups:
        (letter,) = extract.letters_for(group)
        assert low <= extract.RECORDED_AS[group][letter] <= high


@pytest.mark.parametrize("group", ["Gypsy or Irish Traveller", "Roma", "Arab"])
def test_three_groups_have_no_letter(group, many):
    assert extract.letters_for(group) == ()
    assert not (many["recorded"] == group).any()


def test_shares_add_up():
    for shares in (*extract.RECORDED_AS.values(), extract.CLINICS, extract.WHY_NOT_RECORDED, extract.SEX):
        assert sum(shares.values()) == pytest.approx(1, abs=1e-9)
    assert set(extract.RECORDED_AS) == set(BROAD_GROUPS)


# --- the faults are there, and named ------------------------------------------------------------------------


def test_every_spelling_is_understood():
    for code, spellings in SPELLINGS.items():
        assert {code_of(spelling) for spelling in (code, *spellings)} == {code}
    assert [code_of(written) for written in ("Z", "99", "X", "", None, "Martian")] == ["Z", "99", "99", "", "", ""]


def test_only_one_clinic_fills_in_a_default(many):
    default = many[many["how_recorded"] == "filled by default"]
    assert set(default["clinic"]) == {"South"}
    assert set(default["code"]) == {"A"}
    complete = many["recorded"].notna().groupby(many["clinic"]).mean()
    right = (many["recorded"] == many["said_group"]).groupby(many["clinic"]).mean() / complete
    assert complete.idxmax() == right.idxmin() == "South"


def test_doubled_entries_are_marked_and_nothing_else_is_doubled(entries):
    assert int(entries["duplicate"].sum()) == extract.COPIES
    assert entries.loc[~entries["duplicate"], "person"].is_unique
    assert set(entries.loc[entries["duplicate"], "person"]) <= set(entries.loc[~entries["duplicate"], "person"])
    same = entries.groupby("person")[["clinic", "age", "said_group", "seen_in_time"]].nunique()
    assert (same == 1).all(axis=None)


def day(written):
    return datetime.strptime(written, "%d/%m/%Y" if "/" in written else "%Y-%m-%d")


def test_the_card_counts_the_faults(entries):
    card = data.card("synthetic-extract")
    table = read(entries)
    people = table[~table["duplicate"]]
    impossible = entries["age"].isin(extract.IMPOSSIBLE_AGES).sum()
    slashes = entries["referred"].str.contains("/").sum()
    both = entries[["referred", "seen"]].dropna()
    early = sum(day(seen) < day(referred) for referred, seen in both.itertuples(index=False))
    written = people["ethnic_category"].dropna()
    otherwise = (~written.isin([*CODES, *NO_GROUP, "X"])).sum()
    first = people.set_index("person")["code"]
    second = table[table["duplicate"]].set_index("person")["code"]
    differ = (first[second.index] != second).sum()
    for said in (
        f"{100 * people['recorded'].isna().mean():.1f}% of people",
        f"in {impossible} entries",
        f"{early} entries seen before",
        f"{slashes} entries with dates",
        f"in {otherwise} entries",
        f"of which {differ} with another category",
    ):
        assert said in card


def test_the_card_says_what_misclassification_does(entries):
    people = read(entries[~entries["duplicate"]])
    card = data.card("synthetic-extract")
    said, recorded = people["said_group"].map(BROAD_GROUPS), people["recorded"].map(BROAD_GROUPS)
    in_time = 100 * (people["seen_in_time"] == "yes").astype(float)
    for groups in (said, recorded):
        rates = in_time.groupby(groups).mean()
        assert f"{rates['White']:.1f}%" in card
        assert f"{rates['Black']:.1f}%" in card
    assert f"{(said == 'Mixed').sum()} of the 1,900 would say Mixed; {(recorded == 'Mixed').sum()}" in card


def test_misclassification_hides_part_of_the_gap_in_the_long_run(many):
    in_time = (many["seen_in_time"] == "yes").astype(float)
    gaps = []
    for groups in (many["said_group"].map(BROAD_GROUPS), many["recorded"].map(BROAD_GROUPS)):
        rates = in_time.groupby(groups).mean()
        gaps.append(rates["White"] - rates["Black"])
    true = extract.SEEN_IN_TIME["White"] - extract.SEEN_IN_TIME["Black"]
    assert gaps[0] == pytest.approx(true, abs=0.015)
    assert gaps[1] < gaps[0] - 0.02
