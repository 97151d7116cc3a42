"""The real figures of module 02: as published, and in agreement with each other."""

import pandas as pd
import pytest

from equitykit import data, measures


@pytest.fixture(scope="module")
def mothers():
    return data.load("maternal-mortality")


@pytest.fixture(scope="module")
def reviewed():
    return data.load("maternal-deaths-social-risk")


@pytest.fixture(scope="module")
def babies():
    return data.load("infant-mortality")


def only(frame, **wanted):
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1
    return frame.iloc[0]


# --- maternal mortality -----------------------------------------------------------------------------------

RATE = "rate per 100,000 maternities"


@pytest.mark.parametrize(
    ("period", "rate", "deaths", "maternities"),
    [
        ("2016-2018", 9.7, 217, 2_235_159),
        ("2017-2019", 8.79, 191, 2_173_810),
        ("2019-2021", 11.66, 241, 2_066_997),
        ("2020-2022", 13.41, 272, 2_028_543),
        ("2022-2024", 12.80, 252, 1_969_321),
    ],
)
def test_a_rate_is_as_published_and_is_its_deaths_over_its_maternities(mothers, period, rate, deaths, maternities):
    row = only(mothers, period=period, group="all women", measure=RATE)
    assert (row["value"], row["deaths"], row["maternities"]) == (rate, deaths, maternities)
    decimals = 1 if period == "2016-2018" else 2
    assert round(100_000 * deaths / maternities, decimals) == rate


def test_an_interval_worked_out_is_that_of_the_counts(mothers):
    rows = mothers[mothers["interval"] == "worked out"]
    assert len(rows) == 5
    for _, row in rows.iterrows():
        counts = pd.DataFrame({"deaths": [row["deaths"]], "maternities": [row["maternities"]]})
        rate = measures.crude_rate(counts, count="deaths", population="maternities")
        assert (row["low"], row["high"]) == (round(rate.low, 2), round(rate.high, 2))


def test_every_row_says_whether_it_has_an_interval(mothers):
    assert ((mothers["interval"] == "none") == mothers["low"].isna()).all()


@pytest.mark.parametrize(
    ("group", "rate"), [("White", 11.93), ("Asian", 15.14), ("Black", 32.42), ("most deprived fifth", 18.10)]
)
def test_rates_of_2022_to_2024_are_as_quoted_and_give_the_ratios(mothers, group, rate):
    row = only(mothers, period="2022-2024", group=group, measure=RATE)
    assert row["value"] == rate
    against = {"White": None, "Asian": 11.93, "Black": 11.93, "most deprived fifth": 9.32}[group]
    if against:
        ratio = only(mothers, period="2022-2024", group=group, measure="ratio of rates")
        assert ratio["value"] == round(rate / against, 2)


def test_a_ratio_has_a_reference_group_and_a_rate_has_none(mothers, babies):
    for frame in (mothers, babies):
        assert (frame["measure"].str.startswith("rate per") == frame["reference_group"].isna()).all()


def test_odds_ratios_are_as_published(mothers):
    rows = mothers[mothers["measure"] == "odds ratio"].set_index("group")[["value", "low", "high"]]
    assert {group: tuple(row) for group, row in rows.iterrows()} == {
        "Black": (2.43, 1.92, 3.08),
        "Black Caribbean": (3.55, 2.30, 5.48),
    }


# --- social risk, as case notes record it -----------------------------------------------------------------


def test_a_percentage_is_its_women_over_the_notes_read(reviewed):
    assert len(reviewed) == 11
    share = 100 * reviewed["women"] / reviewed["reviewed"]
    assert ((share - reviewed["percent"]).abs() < 0.0501).all()


def test_the_figure_that_fails_this_check_is_left_out(reviewed):
    assert not reviewed["factor"].str.contains("appointments").any()
    assert 196 not in set(reviewed["reviewed"])


def test_its_intervals_are_wilson_s(reviewed):
    for _, row in reviewed.iterrows():
        notes = pd.DataFrame({"women": [row["women"]], "notes": [row["reviewed"]]})
        share = measures.proportion(notes, count="women", population="notes", per=100)
        assert (row["low"], row["high"]) == (round(share.low, 1), round(share.high, 1))


# --- deaths of babies -------------------------------------------------------------------------------------


# Li and others, PLOS ONE 2018, abstract: rate, odds ratio with gestational age, interval.
@pytest.mark.parametrize(
    ("group", "rate", "odds", "low", "high"),
    [
        ("Pakistani", 6.92, 2.32, 2.15, 2.50),
        ("Black Caribbean", 6.00, 1.02, 0.89, 1.17),
        ("Black African", 5.17, 1.17, 1.06, 1.29),
        ("Bangladeshi", 4.40, 1.47, 1.28, 1.69),
    ],
)
def test_infant_deaths_2006_to_2012_are_as_published(babies, group, rate, odds, low, high):
    rows = babies[(babies["period"] == "2006-2012") & (babies["group"] == group)]
    assert only(rows, measure="rate per 1,000 births")["value"] == rate
    model = only(rows, measure="odds ratio")
    assert (model["value"], model["low"], model["high"]) == (odds, low, high)
    worked_out = only(rows, measure="ratio of rates")
    assert worked_out["read_at"] == "worked out for the course"
    assert worked_out["value"] == round(rate / 2.87, 2)


def test_stillbirth_differences_are_as_published(babies):
    rows = babies[babies["measure"] == "difference of rates per 1,000 births"].set_index("group")
    assert {group: (row["value"], row["low"], row["high"]) for group, row in rows.iterrows()} == {
        "Black African": (3.83, 3.35, 4.32),
        "Black Caribbean": (3.60, 2.65, 4.55),
        "Pakistani": (2.99, 2.58, 3.40),
        "most deprived areas": (1.50, 1.32, 1.67),
    }


@pytest.mark.parametrize(("outcome", "fall"), [("stillbirth", 21), ("neonatal death", 17)])
def test_the_fall_from_2013_to_2020_is_the_one_that_was_published(babies, outcome, fall):
    rows = babies[(babies["outcome"] == outcome) & (babies["group"] == "all babies")].set_index("period")["value"]
    assert round(100 * (1 - rows["2020"] / rows["2013"])) == fall


def test_two_denominators_are_not_set_side_by_side(babies):
    joint = babies[babies["grouping"] == "ethnic group and deprivation"]
    assert set(joint["outcome"]) == {"stillbirth"}
