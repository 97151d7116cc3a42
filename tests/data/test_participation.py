"""The figures of modules 05 to 08: as read in their sources, and in agreement with their cards."""

import pytest

from equitykit import data

OURS = [
    "access-costs",
    "involvement-payment-rates",
]


def value(frame, column="value", **wanted):
    for name, want in wanted.items():
        frame = frame[frame[name] == want]
    assert len(frame) == 1
    return float(frame[column].iloc[0])


@pytest.mark.parametrize("name", OURS)
def test_every_row_says_where_it_was_read(name):
    frame = data.load(name)
    card = data.card(name)
    assert frame["source"].notna().all()
    assert frame["source_url"].str.startswith("http").all()
    for url in frame["source_url"].unique():
        assert url in card


# --- what involvement is paid -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rates():
    return data.load("involvement-payment-rates")


@pytest.mark.parametrize(
    ("organisation", "unit", "low", "high"),
    [
        ("NICE", "day", 150, 150),
        ("NICE", "half day", 75, 75),
        ("NIHR", "task or role", 13.80, 495),
        ("Health Research Authority", "year", 0, 0),
        ("Scottish Government", "hour", 35, 35),
        ("Scottish Government", "day", 280, 280),
        ("Iriss", "day", 150, 150),
        ("PenCRU, University of Exeter", "meeting", 15, 15),
        ("Catalyst", "hour", 60, 60),
        ("Trials of one clinical trials unit", "hour", 10, 50),
    ],
)
def test_a_rate_is_as_published(rates, organisation, unit, low, high):
    assert value(rates, "low", organisation=organisation, unit=unit) == low
    assert value(rates, "high", organisation=organisation, unit=unit) == high


def test_an_amount_stands_only_where_the_rate_is_one_figure(rates):
    assert (rates["amount"].notna() == (rates["low"] == rates["high"])).all()
    assert (rates["low"] <= rates["high"]).all()


def test_nothing_is_paid_where_the_status_says_so(rates):
    assert ((rates["status"] == "not paid") == (rates["high"] == 0)).all()


def test_the_pay_of_one_inspection_fell_in_steps(rates):
    inspections = rates[rates["organisation"].str.startswith("Care Quality Commission")]
    paid = inspections[inspections["status"] == "replaced"]
    assert sorted(set(paid["amount"].astype(float)), reverse=True) == [17, 15, 12.5, 10.44]
    assert round(100 * (17 - 10.44) / 17) == 39


def test_the_card_counts_the_payers_and_the_undated_rates(rates):
    card = data.card("involvement-payment-rates")
    assert f"{len(rates)} rows of {rates['organisation'].nunique()} payers" in card
    undated = rates["dated"].str.startswith("not stated")
    assert undated.sum() == 7
    assert "Seven rows carry none" in card
    assert rates.loc[undated, "from_year"].isna().all()


# --- what access costs --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def costs():
    return data.load("access-costs")


INTERPRETER = "British Sign Language interpreter, fully qualified"


@pytest.mark.parametrize(
    ("wanted", "amount"),
    [
        ({"item": INTERPRETER, "unit": "day", "place": "London"}, 280),
        ({"item": INTERPRETER, "unit": "half day", "place": "Northern Ireland"}, 110),
        ({"item": INTERPRETER, "unit": "short booking", "place": "Scotland"}, 75),
        ({"item": "lipspeaker, level 3, agency", "unit": "hour"}, 42),
        ({"item": "spoken-language interpreter, first hour"}, 28),
        ({"item": "written translation, what legal aid pays"}, 95),
        ({"item": "own car or van, first 10,000 miles a year"}, 0.45),
        ({"need": "cover for an unpaid carer", "dated": "April 2025 to March 2026"}, 32.14),
        ({"item": "National Living Wage (law), age 21 and over", "from_year": 2026}, 12.71),
        ({"item": "real Living Wage (voluntary), age 18 and over", "from_year": 2025, "place": "London"}, 14.80),
    ],
)
def test_a_price_is_as_published(costs, wanted, amount):
    assert value(costs, "amount", **wanted) == amount


def test_an_amount_stands_only_where_the_price_is_one_figure(costs):
    assert (costs["amount"].notna() == (costs["low"] == costs["high"])).all()
    assert (costs["low"] <= costs["high"]).all()


def test_twelve_places_have_three_prices_of_an_interpreter(costs):
    fees = costs[costs["item"] == INTERPRETER].pivot(index="place", columns="unit", values="amount").astype(float)
    assert fees.shape == (12, 3)
    assert ((fees["short booking"] < fees["half day"]) & (fees["half day"] < fees["day"])).all()


def test_what_was_worked_out_is_what_the_survey_s_difference_gives(costs):
    worked = costs[costs["read_at"] == "worked out for the course"]
    assert len(worked) == 1
    funded = value(costs, "amount", item="nursery, child under two, 25 hours, family with funded hours")
    assert round(funded + 105, 2) == float(worked["amount"].iloc[0])


def test_the_lowest_lawful_pay_rose_while_the_mileage_rate_stood_still(costs):
    wage = costs[costs["item"].str.startswith("National Living Wage")].set_index("from_year")["amount"].astype(float)
    assert list(wage.index) == [2021, 2022, 2023, 2024, 2025, 2026]
    assert wage.is_monotonic_increasing
    assert round(100 * (wage[2026] / wage[2021] - 1)) == 43
    assert set(costs[costs["need"] == "travel"]["from_year"]) == {2011}
