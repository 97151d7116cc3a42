"""The figures of module 03: as published, and in agreement with each other."""

import pytest

from equitykit import data


def value(frame, **wanted):
    for column, want in wanted.items():
        frame = frame[frame[column] == want]
    assert len(frame) == 1
    return float(frame["value"].iloc[0])


# --- general practice ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def doctors():
    return data.load("gp-supply-by-deprivation")


PATIENTS = "registered patients per GP"
GPS = "GPs per 100,000 people"


@pytest.mark.parametrize(
    ("group", "before", "after", "rise"),
    [("most income deprivation", 2190, 2451, 12), ("least income deprivation", 1990, 2129, 7)],
)
def test_patients_per_gp_rose_as_the_college_says(doctors, group, before, after, rise):
    assert value(doctors, measure=PATIENTS, group=group, period="2018") == before
    assert value(doctors, measure=PATIENTS, group=group, period="2024") == after
    assert round(100 * (after / before - 1)) == rise


def test_patients_per_gp_fall_from_the_most_to_the_least_deprived(doctors):
    rows = doctors[(doctors["measure"] == PATIENTS) & (doctors["period"] == "2024")]
    levels = rows.dropna(subset=["group_order"]).sort_values("group_order")["value"]
    assert list(levels) == [2451, 2448, 2309, 2129]


# Asaria and others, BMJ Open 2016, abstract.
@pytest.mark.parametrize(
    ("period", "most", "least", "slope", "low", "high"),
    [("2004/05", 54.0, 57.2, 4.2, 3.1, 5.3), ("2013/14", 60.5, 59.9, -0.7, -2.5, 1.1)],
)
def test_the_gap_that_closed_is_as_published(doctors, period, most, least, slope, low, high):
    rows = doctors[(doctors["period"] == period) & doctors["need_adjusted"]]
    assert value(rows, measure=GPS, group="most deprived fifth") == most
    assert value(rows, measure=GPS, group="least deprived fifth") == least
    index = rows[rows["measure"].str.startswith("slope index")].iloc[0]
    assert (index["value"], index["low"], index["high"]) == (slope, low, high)
    assert (least - most > 0) == (slope > 0)


def test_similar_is_not_zero():
    money = data.load("gp-funding-by-deprivation")
    pounds = money[money["unit"] == "%"].set_index(["period", "need_adjusted"])
    assert pounds["value"].isna().loc[("2018/19", False)]
    assert pounds["as_published"].loc[("2018/19", False)] == "similar"
    assert pounds["value"].loc[("2018/19", True)] == -7
    assert pounds["value"].loc[("2026", True)] == -9.8


# --- air ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pollutant", ["nitrogen dioxide", "particles (PM10)", "four pollutants together"])
def test_the_tenths_average_to_all_residents(pollutant):
    air = data.load("air-quality-by-deprivation")
    rows = air[(air["pollutant"] == pollutant) & (air["unit"] == "share of guideline")]
    tenths = rows[rows["grouping"] == "deprivation tenth"]
    assert sorted(tenths["group_order"]) == list(range(1, 11))
    # The tenths of areas hold nearly equal shares of residents: 9.5% to 10.5% each.
    assert tenths["value"].mean() == pytest.approx(value(rows, group="All residents"), rel=0.005)


def test_what_was_worked_out_says_so_and_the_rest_is_as_published():
    air = data.load("air-quality-by-deprivation")
    assert ((air["unit"] == "share of guideline") == (air["read_at"] == "worked out for the course")).all()
    difference = air[air["measure"] == "difference in concentration"].set_index(["pollutant", "grouping"])["value"]
    assert dict(difference) == {
        ("particles (PM10)", "deprivation fifth"): 1.5,
        ("nitrogen dioxide", "deprivation fifth"): 4.4,
        ("particles (PM10)", "ethnic group"): 3.0,
        ("nitrogen dioxide", "ethnic group"): 10.1,
    }


# --- who is studied -----------------------------------------------------------------------------------------


def test_the_shares_of_a_year_add_up_and_its_totals_are_one():
    people = data.load("genomic-study-participants")
    years = people.groupby("year")
    assert list(years.groups) == list(range(2005, 2026))
    assert (years["ancestry"].nunique() == 6).all()
    assert ((years["percent"].sum() - 100).abs() < 0.031).all()
    assert (years[["publications", "studies", "participant_entries"]].nunique() == 1).all(axis=None)


@pytest.mark.parametrize(("year", "percent"), [(2018, 98.54), (2021, 97.44), (2024, 79.12), (2025, 86.55)])
def test_the_european_share_is_as_the_monitor_has_it(year, percent):
    people = data.load("genomic-study-participants")
    row = people[(people["year"] == year) & (people["ancestry"] == "European")]
    assert list(row["percent"]) == [percent]


def test_the_census_decides_on_which_side_of_its_share_white_is():
    trials = data.load("trial-participants-by-ethnicity")
    white = trials[trials["ethnic_group"] == "White"].set_index("comparator")
    assert white["percent"].nunique() == 1
    assert white.loc["census 2011", "percent"] < white.loc["census 2011", "population_percent"]
    assert white.loc["census 2021", "percent"] > white.loc["census 2021", "population_percent"]
    assert (trials.groupby("ethnic_group")[["percent", "low", "high"]].nunique() == 1).all(axis=None)


# --- who is paid to study -----------------------------------------------------------------------------------


def test_the_regions_add_up_to_all_spending():
    money = data.load("research-funding-and-need")
    spent = money[money["measure"] == "NIHR spending"].set_index("group")
    total = spent.loc["All", "value"]
    assert total == 1070.3
    assert spent["value"].drop("All").sum() == pytest.approx(total, abs=0.05 * (len(spent) - 1))
    assert ((100 * spent["value"] / total - spent["percent"]).abs() < 0.06).all()


def test_the_ratio_of_south_to_north_is_the_one_published():
    money = data.load("research-funding-and-need")
    south, north = value(money, group="Greater South East"), value(money, group="North of England")
    assert (south, north) == (68.58, 25.72)
    assert south / north > 2.5


@pytest.mark.parametrize(
    ("role", "white", "minority"),
    [("principal investigator", 27, 17), ("co-investigator", 27, 22), ("fellow", 18, 21)],
)
def test_award_rates_are_as_reported(role, white, minority):
    awards = data.load("research-funding-awards")
    rows = awards[(awards["period"] == "2018/19") & (awards["measure"] == "award rate") & (awards["role"] == role)]
    assert value(rows, group="White") == white
    assert value(rows, group="ethnic minority") == minority


def test_only_one_award_rate_was_worked_out():
    awards = data.load("research-funding-awards")
    worked_out = awards[awards["read_at"] == "worked out for the course"]
    assert list(zip(worked_out["role"], worked_out["group"], worked_out["value"], strict=True)) == [
        ("fellow", "White", 18)
    ]
