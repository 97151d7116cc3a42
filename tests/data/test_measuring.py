"""The figures of module 11: as counted at the source, and in agreement with each other."""

import pytest

from equitykit import data


def value(frame, column, **wanted):
    for name, want in wanted.items():
        frame = frame[frame[name] == want]
    assert len(frame) == 1
    return float(frame[column].iloc[0])


# --- premature mortality ------------------------------------------------------------------------------------

FIRST, LAST = "2002-2004", "2014-2016"


@pytest.fixture(scope="module")
def deaths():
    return data.load("premature-mortality-by-deprivation")


def test_every_period_sex_and_decile_is_there(deaths):
    assert len(deaths) == 5 * 3 * 10
    assert (deaths.groupby(["period", "sex"])["decile"].nunique() == 10).all()


# danlewer/masi, mort.csv and pop.csv, ages 0 to 74: three calendar years added up.
@pytest.mark.parametrize(
    ("period", "sex", "decile", "count", "people"),
    [
        (FIRST, "male", 1, 46_890, 7_005_930),
        (FIRST, "female", 1, 29_040, 7_120_268),
        (LAST, "male", 1, 40_703, 7_765_807),
        (LAST, "male", 10, 18_302, 7_022_213),
        (LAST, "female", 10, 13_229, 7_157_128),
    ],
)
def test_counts_are_the_source_s(deaths, period, sex, decile, count, people):
    row = {"period": period, "sex": sex, "decile": decile}
    assert value(deaths, "deaths", **row) == count
    assert value(deaths, "person_years", **row) == people


@pytest.mark.parametrize("column", ["deaths", "person_years", "expected_deaths"])
def test_males_and_females_add_up_to_all(deaths, column):
    wide = deaths.pivot(index=["period", "decile"], columns="sex", values=column)
    # Expected deaths are rounded to one decimal.
    assert ((wide["male"] + wide["female"] - wide["all"]).abs() < 0.11).all()


def test_person_years_are_england_s_people_under_75_three_times(deaths):
    everyone = deaths[deaths["sex"] == "all"].groupby("period")["person_years"].sum()
    # The source's totals by calendar year: 2002 to 2004, and 2014 to 2016.
    assert everyone[FIRST] == 45_925_043 + 46_148_908 + 46_391_487
    assert everyone[LAST] == 49_941_783 + 50_360_510 + 50_798_570


def test_the_deaths_above_what_decile_10_gives_are_what_the_source_s_program_states(deaths):
    everyone = deaths[deaths["sex"] == "all"]
    above = everyone["deaths"].sum() - everyone["expected_deaths"].sum()
    assert everyone["deaths"].sum() == 2_365_631
    assert round(above / 1000) == 859
    assert round(100 * above / everyone["deaths"].sum(), 1) == 36.3


def test_decile_10_has_the_deaths_that_are_expected_of_it(deaths):
    least = deaths[deaths["decile"] == 10]
    assert (least["deaths"] == least["expected_deaths"]).all()


def test_a_rate_lies_on_the_gradient_of_its_period_and_sex(deaths):
    for _, rows in deaths.groupby(["period", "sex"]):
        rates = rows.sort_values("decile")["rate"].to_list()
        assert rates == sorted(rates, reverse=True)


def test_an_interval_is_no_narrower_than_its_number_of_deaths_lets_it_be(deaths):
    # The interval of an unweighted rate with this many deaths; weights can only widen it.
    least = 2 * 1.96 * deaths["rate"] / deaths["deaths"].astype(float) ** 0.5
    assert (deaths["high"] - deaths["low"] > least - 0.11).all()
    assert ((deaths["high"] + deaths["low"] - 2 * deaths["rate"]).abs() < 0.21).all()


def test_the_difference_fell_while_the_ratio_rose(deaths):
    ends = [
        [value(deaths, "rate", period=period, sex="all", decile=decile) for decile in (1, 10)]
        for period in (FIRST, LAST)
    ]
    assert [round(most - least, 1) for most, least in ends] == [437.5, 395.0]
    assert [round(most / least, 2) for most, least in ends] == [2.51, 2.91]


# --- ethnic groups by deprivation -----------------------------------------------------------------------------

GROUPS = ["White", "Asian", "Black", "Mixed", "Other"]


@pytest.fixture(scope="module")
def areas():
    return data.load("ethnic-groups-by-deprivation")


def test_every_group_is_in_every_decile(areas):
    assert len(areas) == 6 * 10
    assert set(areas["ethnic_group"]) == {"All groups", *GROUPS}
    assert (areas.groupby("ethnic_group")["decile"].nunique() == 10).all()


def test_the_groups_add_up_to_all_groups_in_every_decile(areas):
    people = areas.pivot(index="decile", columns="ethnic_group", values="people")
    assert (people[GROUPS].sum(axis=1) == people["All groups"]).all()


def test_deciles_add_up_to_the_group_and_percentages_are_of_it(areas):
    sums = areas.groupby("ethnic_group")["people"].transform("sum")
    assert (sums == areas["group_people"]).all()
    assert ((100 * areas["people"] / areas["group_people"] - areas["percent"]).abs() <= 0.00501).all()


# TS021 of the 31,810 areas that are also in the Indices of Deprivation 2019.
@pytest.mark.parametrize(
    ("group", "everyone", "most", "least"),
    [
        ("All groups", 53_329_146, 10.13, 9.83),
        ("White", 43_439_036, 8.95, 10.85),
        ("Asian", 5_013_380, 15.61, 5.84),
        ("Black", 2_184_193, 17.64, 2.40),
        ("Mixed", 1_551_871, 11.90, 8.02),
        ("Other", 1_140_666, 14.13, 4.93),
    ],
)
def test_groups_are_as_added_up_from_small_areas(areas, group, everyone, most, least):
    assert value(areas, "group_people", ethnic_group=group, decile=1) == everyone
    assert value(areas, "percent", ethnic_group=group, decile=1) == most
    assert value(areas, "percent", ethnic_group=group, decile=10) == least


def test_share_of_a_group_and_share_of_a_decile_are_different_questions(areas):
    white, everyone = (value(areas, "people", ethnic_group=group, decile=1) for group in ("White", "All groups"))
    assert round(100 * white / everyone, 1) == 72.0
