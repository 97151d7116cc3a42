"""The figures: as published, and in agreement with each other."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equitykit import data

DATASETS = Path(__file__).parents[2] / "datasets"
RESOURCES = {
    resource["name"]: resource
    for resource in json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))["resources"]
}

every_dataset = pytest.mark.parametrize("name", sorted(RESOURCES))


@every_dataset
def test_an_interval_holds_its_estimate(name):
    frame = data.load(name)
    for field in RESOURCES[name]["schema"]["fields"]:
        bound = frame[field["name"]]
        if "lower_bound_of" in field:
            assert (bound <= frame[field["lower_bound_of"]]).dropna().all()
        if "upper_bound_of" in field:
            assert (bound >= frame[field["upper_bound_of"]]).dropna().all()


@every_dataset
def test_an_interval_has_both_ends_or_none(name):
    fields = RESOURCES[name]["schema"]["fields"]
    ends = [field["name"] for field in fields if {"lower_bound_of", "upper_bound_of"} & field.keys()]
    assert len(ends) in {0, 2}
    if ends:
        low, high = (data.load(name)[end].isna() for end in ends)
        assert (low == high).all()


# --- life expectancy --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def years():
    return data.load("life-expectancy-by-deprivation")


@pytest.fixture(scope="module")
def gaps():
    return data.load("life-expectancy-gaps")


def slope(frame):
    """The slope index over ten deciles of equal size."""
    frame = frame.sort_values("decile")
    rank = (frame["decile"].to_numpy(float) - 0.5) / 10
    return np.polyfit(rank, frame["years"].to_numpy(float), 1)[0]


# ONS, Health state life expectancies 2015 to 2017, data behind Figure 3 (males, England):
# healthy life expectancy, years in poorer health.
PUBLISHED = {
    1: (51.7182, 22.2553),
    2: (56.6479, 19.4762),
    3: (58.7618, 18.7125),
    4: (61.6578, 17.1042),
    5: (63.8382, 15.8661),
    6: (64.6954, 15.7573),
    7: (66.4610, 14.6299),
    8: (67.9231, 13.6530),
    9: (68.8129, 13.4281),
    10: (70.4463, 12.8712),
}


def test_males_2015_to_2017_are_as_published_and_add_up(years):
    published = years[~years["derived"]]
    assert set(published["period"]) == {"2015-2017"}
    assert set(published["sex"]) == {"male"}
    table = published.pivot(index="decile", columns="measure", values="years").astype(float)
    for decile, (healthy, poorer) in PUBLISHED.items():
        assert table.loc[decile, "healthy life expectancy"] == healthy
        assert table.loc[decile, "years in poorer health"] == poorer
        assert table.loc[decile, "life expectancy"] == pytest.approx(healthy + poorer, abs=5e-5)


def test_published_rows_have_no_interval_and_derived_rows_have_all(years):
    counted = ["low", "high", "deaths", "person_years"]
    assert years.loc[~years["derived"], counted].isna().all(axis=None)
    assert years.loc[years["derived"], counted].notna().all(axis=None)


def test_derived_rows_are_complete(years):
    derived = years[years["derived"]]
    assert set(derived["measure"]) == {"life expectancy"}
    assert set(derived["period"]) == {"2001-2003", "2004-2006", "2007-2009", "2010-2012", "2013-2015"}
    assert len(derived) == 5 * 2 * 10
    assert (derived.groupby(["period", "sex"])["decile"].nunique() == 10).all()


# England's mid-year populations as the source has them, summed over each triennium.
@pytest.mark.parametrize(
    ("period", "people"),
    [
        ("2001-2003", 49_449_746 + 49_679_267 + 49_925_517),
        ("2013-2015", 53_865_817 + 54_316_618 + 54_786_327),
    ],
)
def test_person_years_are_those_of_england(years, period, people):
    assert years.loc[years["period"] == period, "person_years"].sum() == people


@pytest.mark.parametrize(
    ("period", "deaths"), [("2001-2003", 497_878 + 500_797 + 504_127), ("2013-2015", 473_550 + 468_877 + 495_309)]
)
def test_deaths_are_those_of_england(years, period, deaths):
    assert years.loc[years["period"] == period, "deaths"].sum() == deaths


def test_length_of_life_rises_with_every_decile(years):
    for _, group in years[years["measure"] == "life expectancy"].groupby(["period", "sex"]):
        assert group.sort_values("decile")["years"].is_monotonic_increasing


def test_the_deciles_give_the_gap_that_was_published(years, gaps):
    for measure, published in (("life expectancy", 9.4), ("healthy life expectancy", 19.1)):
        rows = years[(years["period"] == "2015-2017") & (years["measure"] == measure)]
        assert round(slope(rows), 1) == published
        row = (gaps["period"] == "2015-2017") & (gaps["sex"] == "male") & (gaps["measure"] == measure)
        assert list(gaps.loc[row, "gap_years"]) == [published]


# ONS bulletins, Health state life expectancies by national deprivation deciles, main points.
@pytest.mark.parametrize(
    ("period", "measure", "male", "female"),
    [
        ("2014-2016", "life expectancy", 9.3, 7.4),
        ("2015-2017", "life expectancy", 9.4, 7.4),
        ("2015-2017", "healthy life expectancy", 19.1, 18.8),
        ("2016-2018", "life expectancy", 9.5, 7.5),
        ("2016-2018", "healthy life expectancy", 18.9, 19.4),
        ("2017-2019", "life expectancy", 9.4, 7.6),
        ("2017-2019", "healthy life expectancy", 19.0, 19.3),
        ("2017-2019", "disability-free life expectancy", 17.2, 16.3),
        ("2018-2020", "life expectancy", 9.7, 7.9),
        ("2018-2020", "healthy life expectancy", 18.6, 19.3),
        ("2018-2020", "disability-free life expectancy", 17.6, 16.8),
    ],
)
def test_gaps_are_as_published(gaps, period, measure, male, female):
    rows = gaps[(gaps["period"] == period) & (gaps["measure"] == measure)].set_index("sex")["gap_years"]
    assert dict(rows) == {"male": male, "female": female}


# --- COVID-19, step by step -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def covid():
    return data.load("covid-ethnicity-stepwise")


@pytest.fixture(scope="module")
def context():
    return data.load("covid-structural-context")


def chain(covid, outcome, grouping, group):
    rows = covid[(covid["outcome"] == outcome) & (covid["grouping"] == grouping) & (covid["ethnic_group"] == group)]
    return rows.sort_values("model")


# OpenSAFELY released outputs, table2_eth5_nocarehomes.txt and table2_eth16_nocarehomes.txt.
@pytest.mark.parametrize(
    ("outcome", "grouping", "group", "ratios", "last", "events", "people"),
    [
        ("death with COVID-19", "5 groups", "South Asian", [0.89, 1.85, 1.64, 1.47, 1.26], (1.15, 1.37), 734, 1025319),
        ("death with COVID-19", "5 groups", "Black", [0.96, 1.88, 1.61, 1.50, 1.51], (1.33, 1.71), 268, 340912),
        ("death with COVID-19", "5 groups", "Mixed", [0.51, 1.58, 1.44, 1.43, 1.41], (1.11, 1.81), 65, 170484),
        ("death with COVID-19", "5 groups", "Other", [0.44, 1.25, 1.17, 1.24, 1.22], (1.00, 1.48), 107, 320788),
        ("tested for SARS-CoV-2", "5 groups", "Mixed", [1.00, 1.03, 1.01, 1.04, 1.04], (1.02, 1.05), 12126, 170484),
        ("intensive care admission", "5 groups", "Black", [3.08, 3.91, 3.52, 3.21, 3.12], (2.65, 3.67), 186, 340912),
        ("positive test", "16 groups", "Bangladeshi", [1.33, 1.55, 1.38, 1.20, 1.10], (0.99, 1.22), 366, 69959),
        (
            "tested for SARS-CoV-2",
            "16 groups",
            "Black Caribbean",
            [1.00, 1.00, 0.97, 0.97, 0.97],
            (0.95, 1.00),
            5972,
            82561,
        ),
        (
            "intensive care admission",
            "16 groups",
            "White and Black African",
            [3.60, 5.72, 5.25, 5.08, 4.93],
            (3.19, 7.60),
            21,
            33194,
        ),
    ],
)
def test_hazard_ratios_are_as_released(covid, outcome, grouping, group, ratios, last, events, people):
    rows = chain(covid, outcome, grouping, group)
    assert list(rows["hazard_ratio"]) == ratios
    assert (rows["low"].iloc[-1], rows["high"].iloc[-1]) == last
    assert set(rows["events"]) == {events}
    assert set(rows["people"]) == {people}


def test_every_outcome_has_every_group_in_every_model(covid):
    size = covid.groupby(["outcome", "grouping"])["ethnic_group"].agg(["size", "nunique"])
    assert set(size.loc[(slice(None), "5 groups"), "nunique"]) == {6}
    assert set(size.loc[(slice(None), "16 groups"), "nunique"]) == {17}
    assert (size["size"] == size["nunique"] * 5).all()
    assert len(size) == 12


def test_one_group_is_the_reference_and_only_it_has_no_interval(covid):
    reference = covid[covid["reference"]]
    assert set(zip(reference["grouping"], reference["ethnic_group"], strict=True)) == {
        ("5 groups", "White"),
        ("16 groups", "White British"),
    }
    assert (reference["hazard_ratio"] == 1).all()
    assert (covid["low"].isna() == covid["reference"]).all()


def test_events_and_people_do_not_change_with_the_model(covid):
    held = covid.groupby(["outcome", "grouping", "ethnic_group"])[["events", "people"]].nunique(dropna=False)
    assert (held == 1).all(axis=None)


def test_only_the_suppressed_count_is_empty(covid):
    empty = covid[covid["events"].isna()]
    assert set(empty["outcome"]) == {"intensive care admission"}
    assert set(empty["ethnic_group"]) == {"White Irish"}


BROAD = {
    "White": ["White British", "White Irish", "Other White"],
    "South Asian": ["Indian", "Pakistani", "Bangladeshi", "Other Asian"],
    "Black": ["Black Caribbean", "Black African", "Other Black"],
    "Mixed": ["White and Black Caribbean", "White and Black African", "White and Asian", "Other Mixed"],
    "Other": ["Chinese", "Other"],
    "Unknown": ["Unknown"],
}


@pytest.mark.parametrize("broad", BROAD)
def test_sixteen_groups_add_up_to_five(covid, broad):
    crude = covid[covid["model"] == "crude"].set_index(["grouping", "outcome", "ethnic_group"])
    for outcome in covid["outcome"].unique():
        whole = crude.loc[("5 groups", outcome, broad)]
        parts = crude.loc[[("16 groups", outcome, part) for part in BROAD[broad]]]
        assert parts["people"].sum() == whole["people"]
        if parts["events"].notna().all():
            assert parts["events"].sum() == whole["events"]


def test_deaths_with_and_without_covid_add_up_to_all_deaths(covid):
    events = covid[covid["model"] == "crude"].pivot(
        index=["grouping", "ethnic_group"], columns="outcome", values="events"
    )
    apart = events["death with COVID-19"] + events["death without COVID-19"]
    assert (apart == events["death from any cause"]).all()


# --- and its structural context -------------------------------------------------------------------------


def test_context_is_about_the_same_people(covid, context):
    people = covid[covid["grouping"] == "5 groups"].groupby("ethnic_group")["people"].first()
    counted = context[context["characteristic"] == "mean age"].set_index("ethnic_group")["count"]
    assert counted["All groups"] == 17_288_532
    assert dict(counted.drop("All groups")) == dict(people)


def test_the_levels_of_a_characteristic_add_up_to_the_group(context):
    groups = context[context["characteristic"] == "mean age"].set_index("ethnic_group")["count"]
    shared = context[context["percent"].notna()]
    for (group, _), rows in shared.groupby(["ethnic_group", "characteristic"]):
        assert rows["count"].sum() == groups[group]
        assert rows["percent"].sum() == pytest.approx(100, abs=0.05 * len(rows))


def test_a_percentage_is_its_count_over_the_group(context):
    groups = context[context["characteristic"] == "mean age"].set_index("ethnic_group")["count"]
    shared = context[context["percent"].notna()]
    share = 100 * shared["count"] / shared["ethnic_group"].map(groups)
    assert ((share - shared["percent"]).abs() < 0.0501).all()


def test_the_groups_add_up_to_all_groups(context):
    levels = context[context["characteristic"] != "mean age"].set_index(["characteristic", "level"])
    everyone = levels["ethnic_group"] == "All groups"
    parts = levels[~everyone].groupby(level=[0, 1])["count"].sum()
    pd.testing.assert_series_equal(parts.sort_index(), levels.loc[everyone, "count"].sort_index())


def test_a_row_holds_a_share_or_a_mean(context):
    means = context["characteristic"] == "mean age"
    assert (context["percent"].isna() == means).all()
    assert (context["value"].notna() == means).all()


# OpenSAFELY released outputs, table1_eth5_nocarehomes.txt; there, quintile 5 is the most deprived.
@pytest.mark.parametrize(
    ("group", "characteristic", "level", "percent", "count"),
    [
        ("Black", "deprivation quintile", "1 (most deprived)", 40.4, 137_856),
        ("White", "deprivation quintile", "1 (most deprived)", 18.0, 1_957_096),
        ("White", "deprivation quintile", "5 (least deprived)", 21.1, 2_294_962),
        ("South Asian", "household size", "6 to 10 people", 21.6, 221_312),
        ("Unknown", "household size", "not known", 17.6, 800_285),
        ("Mixed", "smoking", "current", 20.1, 34_323),
        ("South Asian", "smoking", "never or not recorded", 73.2, 751_034),
    ],
)
def test_context_is_as_released(context, group, characteristic, level, percent, count):
    row = context[
        (context["ethnic_group"] == group) & (context["characteristic"] == characteristic) & (context["level"] == level)
    ]
    assert list(row["percent"]) == [percent]
    assert list(row["count"]) == [count]


def test_mean_ages_are_as_released(context):
    ages = context[context["characteristic"] == "mean age"].set_index("ethnic_group")["value"]
    assert dict(ages) == {
        "All groups": 49.6,
        "White": 51.2,
        "South Asian": 43.0,
        "Black": 43.8,
        "Mixed": 40.0,
        "Other": 40.2,
        "Unknown": 48.8,
    }
