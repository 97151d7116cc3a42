"""The figures of module 12: as published or as generated, and in agreement with each other."""

import numpy as np
import pandas as pd
import pytest

from equitykit import data
from equitykit.data import monthly
from equitykit.errors import CourseError


def value(frame, column="value", **wanted):
    for name, want in wanted.items():
        frame = frame[frame[name] == want]
    assert len(frame) == 1
    return float(frame[column].iloc[0])


# --- the synthetic monthly indicator ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def months():
    return data.load("synthetic-monthly-indicator")


@pytest.fixture(scope="module")
def repeats():
    """Many tables, as if the same four years were lived again and again."""
    return [monthly.generate(seed) for seed in range(1, 201)]


def share(table, unit, first=1, last=monthly.MONTHS):
    rows = table[(table["unit"] == unit) & table["month_number"].between(first, last)]
    return 100 * float(rows["in_time"].sum() / rows["cases"].sum())


def signals(percent, baseline=monthly.CHANGE_MONTH - 1):
    """Points outside the limits of an XmR chart, and the longest run on one side of its centre."""
    base = percent[:baseline]
    centre, reach = base.mean(), 2.66 * np.abs(np.diff(base)).mean()
    longest = run = 0
    side = 0.0
    for now in np.sign(percent - centre):
        run = run + 1 if now == side else 1
        side = now
        longest = max(longest, run)
    return int((np.abs(percent - centre) > reach).sum()), longest


def test_the_committed_table_is_what_the_generator_gives(months):
    pd.testing.assert_frame_equal(monthly.generate(), months)
    assert monthly.generate().attrs == months.attrs


def test_it_says_that_it_is_synthetic(months):
    facts = months.attrs["dataset"]
    assert facts["synthetic"] is True
    assert "synthetic" in facts["name"]
    assert "SYNTHETIC" in facts["source"]
    assert "Synthetic" in facts["title"]
    assert "No such units exist" in data.card("synthetic-monthly-indicator")


def test_every_unit_has_every_month_and_a_percentage_that_is_its_cases(months):
    assert (months.groupby("unit")["month_number"].nunique() == monthly.MONTHS).all()
    assert list(months["unit"].unique()) == list(monthly.TRUTH)
    assert (months["in_time"] <= months["cases"]).all()
    assert ((100 * months["in_time"] / months["cases"] - months["percent"]).abs() <= 0.0501).all()


def test_another_seed_gives_another_table_and_the_same_seed_the_same():
    pd.testing.assert_frame_equal(monthly.generate(7), monthly.generate(7))
    assert not monthly.generate(7).equals(monthly.generate(8))


def test_the_true_chance_is_noise_step_and_drift():
    at = pd.DataFrame({"unit": ["Unit A", "Unit B", "Unit B", "Unit C", "Unit C"], "month_number": [30, 24, 25, 1, 48]})
    assert list(monthly.chance(at)) == [0.62, 0.55, 0.74, 0.72, 0.50]


def test_over_many_repeats_the_shares_are_the_true_chances(repeats):
    together = pd.concat(repeats)
    # Naming the worst of the units alike after the fact moves their shares, so only A to C are compared.
    for unit in ("Unit A", "Unit B", "Unit C"):
        for first, last in ((1, 24), (25, 48)):
            rows = together[(together["unit"] == unit) & together["month_number"].between(first, last)]
            expected = float(monthly.chance(rows).mean()) * 100
            assert share(together, unit, first, last) == pytest.approx(expected, abs=0.4)


@pytest.mark.parametrize("unit", ["Unit A", "Unit D"])
def test_in_the_table_a_chart_of_noise_shows_no_signal(months, unit):
    outside, run = signals(months[months["unit"] == unit]["percent"].to_numpy(float))
    assert outside == 0
    assert run < 8


@pytest.mark.parametrize("unit", ["Unit B", "Unit C"])
def test_in_the_table_a_chart_of_change_shows_signals(months, unit):
    outside, run = signals(months[months["unit"] == unit]["percent"].to_numpy(float))
    assert outside > 0
    assert run >= 8


def test_the_picked_unit_was_the_worst_of_those_alike(months):
    watched = {unit: share(months, unit, *monthly.WATCHED) for unit in monthly.ALIKE}
    assert min(watched, key=watched.get) == monthly.PICKED


@pytest.mark.parametrize(
    ("unit", "first", "last", "percent"),
    [
        ("Unit A", 1, 24, 60.4),
        ("Unit A", 25, 48, 60.5),
        ("Unit B", 1, 24, 55.0),
        ("Unit B", 25, 48, 71.0),
        ("Unit C", 1, 24, 66.6),
        ("Unit C", 25, 48, 56.3),
        ("Unit D", 19, 24, 54.0),
        ("Unit D", 25, 30, 64.9),
    ],
)
def test_the_card_s_shares_are_the_table_s(months, unit, first, last, percent):
    assert round(share(months, unit, first, last), 1) == percent


def test_the_worst_gets_better_though_nothing_was_done(repeats):
    gains = [share(table, monthly.PICKED, 25, 30) - share(table, monthly.PICKED, *monthly.WATCHED) for table in repeats]
    assert np.mean(np.array(gains) > 0) > 0.75
    assert np.mean(gains) > 3


def test_a_table_without_units_or_with_unknown_ones_is_refused():
    with pytest.raises(CourseError, match="month_number"):
        monthly.chance(pd.DataFrame({"unit": ["Unit A"]}))
    with pytest.raises(CourseError, match="Unit Z"):
        monthly.chance(pd.DataFrame({"unit": ["Unit Z"], "month_number": [1]}))


# --- indicators over time ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def series():
    return data.load("workforce-indicators-over-time")


def one(series, indicator, group="women"):
    return series[(series["indicator"] == indicator) & (series["group"] == group)]


# ONS, data for the Sustainable Development Goals, indicators 5.5.1 and 5.5.2.
@pytest.mark.parametrize(
    ("indicator", "values"),
    [
        ("members of the House of Lords", {1958: 0.45, 1963: 0.76, 1964: 2.67, 1999: 8.91, 2000: 15.87, 2022: 28.0}),
        ("members elected to the House of Commons", {1918: 0.1, 1992: 9.2, 1997: 18.2, 2019: 34.0, 2024: 40.5}),
        ("senior and middle managers", {2012: 35.7, 2020: 39.0, 2021: 40.6, 2022: 40.2}),
        ("board members of FTSE 350 companies", {2011: 9.5, 2020: 34.3, 2023: 42.1, 2024: 43.4}),
        ("board members of FTSE 250 companies", {2011: 7.8, 2015: 19.6, 2022: 40.1}),
    ],
)
def test_a_series_is_as_published(series, indicator, values):
    rows = one(series, indicator)
    for year, wanted in values.items():
        assert value(rows, year=year) == wanted


# The same file, 8.5.1: mean hourly pay of men and women in pounds.
@pytest.mark.parametrize(
    ("indicator", "year", "men", "women"),
    [
        ("mean hourly pay gap, all employees", 1997, 9.92, 7.46),
        ("mean hourly pay gap, all employees", 2021, 19.26, 16.39),
        ("mean hourly pay gap, full-time employees", 2004, 13.44, 11.11),
        ("mean hourly pay gap, full-time employees", 2021, 19.66, 17.33),
    ],
)
def test_a_pay_gap_is_worked_out_from_the_two_means(series, indicator, year, men, women):
    assert value(series, indicator=indicator, year=year) == round(100 * (men - women) / men, 1)


def test_years_that_are_missing_stay_missing(series):
    lords = set(one(series, "members of the House of Lords")["year"])
    assert set(range(1958, 2023)) - lords == {1984, 2011}
    boards = set(one(series, "board members of FTSE 100 companies")["year"])
    assert set(range(1999, 2023)) - boards == set(range(2000, 2008))


def test_a_break_says_what_changed_and_nothing_else_does(series):
    assert ((series["break_kind"] == "none") == series["note"].isna()).all()
    laws = series[series["break_kind"] == "law"]
    assert list(laws["year"]) == [1964, 2000]


def test_one_year_has_two_counts_of_the_same_boards(series):
    boards = one(series, "board members of FTSE 100 companies")
    year = boards[boards["year"] == 2015].set_index("as_of")["value"]
    assert dict(year) == {"March": 23.5, "October": 26.1}


def test_larger_companies_and_smaller_ones_make_up_the_350(series):
    wide = series[series["indicator"].str.startswith("board members") & series["year"].between(2016, 2022)]
    wide = wide.pivot(index="year", columns="indicator", values="value").astype(float)
    hundred, quarter, all_of_them = (wide[f"board members of FTSE {size} companies"] for size in (100, 250, 350))
    assert ((quarter < all_of_them) & (all_of_them < hundred)).all()


def test_the_race_equality_standard_is_the_same_in_both_tables(series):
    standard = data.load("workforce-race-equality")
    standard = standard[standard["area"] == "England"].drop(columns="indicator")
    standard = standard.rename(columns={"indicator_name": "indicator"})
    nhs = series[series["source"].str.startswith("The dataset workforce-race-equality")]
    both = nhs.merge(standard, on=["indicator", "group", "year"], suffixes=("", "_there"), validate="1:1")
    assert len(both) == len(nhs) == 44
    assert (both["value"] == both["value_there"]).all()
    assert (both["read_at"] == both["read_at_there"]).all()


def test_series_long_enough_for_a_control_chart(series):
    lengths = series.groupby(["indicator", "group"]).size()
    assert set(lengths[lengths >= 12].index.get_level_values(0)) == {
        "members of the House of Lords",
        "members elected to the House of Commons",
        "mean hourly pay gap, all employees",
        "mean hourly pay gap, full-time employees",
        "board members of FTSE 100 companies",
        "board members of FTSE 250 companies",
        "board members of FTSE 350 companies",
    }


# --- Workforce Disability Equality Standard -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def disability():
    return data.load("workforce-disability-equality")


@pytest.mark.parametrize(
    ("metric", "group", "values"),
    [
        ("declared a disability in the staff record", "all staff", {2018: 3.1, 2022: 4.2, 2023: 4.9, 2024: 5.7}),
        (
            "likelihood of appointment from shortlisting, non-disabled over disabled",
            "non-disabled over disabled",
            {2019: 1.18, 2022: 1.08, 2023: 0.99},
        ),
        (
            "likelihood of formal capability process, disabled over non-disabled",
            "disabled over non-disabled",
            {2022: 2.01, 2023: 2.17},
        ),
        ("have the adjustments they need", "disabled", {2022: 72.2, 2023: 73.4, 2024: 74.5}),
        ("share of voting board members", "disabled", {2021: 3.8, 2022: 4.8}),
    ],
)
def test_a_metric_over_time_is_as_read(disability, metric, group, values):
    rows = disability[(disability["metric_name"] == metric) & (disability["group"] == group)]
    assert dict(zip(rows["year"], rows["value"], strict=True)) == values


def test_what_was_worked_out_is_what_the_source_s_change_gives(disability):
    rows = disability[disability["read_at"] == "worked out for the course"]
    assert list(rows["year"]) == [2022]
    later = value(disability, metric_name="declared a disability in the staff record", year=2023, group="all staff")
    assert round(later - 0.7, 1) == float(rows["value"].iloc[0])


def test_words_stand_only_where_there_is_no_figure(disability):
    assert (disability["value"].isna() == disability["as_published"].notna()).all()


def test_wherever_both_groups_are_there_disabled_staff_fare_worse(disability):
    both = disability.pivot_table(index=["metric_name", "year"], columns="group", values="value")
    both = both[["disabled", "non-disabled"]].dropna().astype(float)
    assert len(both) == 6
    better = both.index.get_level_values(0) == "believe in equal opportunities for progression"
    assert (both[better]["disabled"] < both[better]["non-disabled"]).all()
    assert (both[~better]["disabled"] > both[~better]["non-disabled"]).all()


def test_a_metric_has_one_number(disability):
    numbered = disability.dropna(subset="metric")
    assert (numbered.groupby("metric_name")["metric"].nunique() == 1).all()
    assert set(numbered[numbered["unit"] == "ratio"]["metric"]) == {2, 3}


# --- what plans promise -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plans():
    return data.load("equality-plans")


HELD = ["metric", "owner", "date"]


def test_a_consequence_is_stated_where_there_is_one(plans):
    assert (plans["consequence_stated"] == plans["consequence"].notna()).all()


def test_the_card_counts_what_promises_have(plans):
    card = data.card("equality-plans")
    held = plans[HELD].notna().all(axis=1)
    assert f"Of {len(plans)} promises, {held.sum()} have a metric, an owner and a date" in card
    assert f"{plans['consequence_stated'].sum()} have a stated consequence" in card
    assert f"{(held & plans['consequence_stated']).sum()} have all four" in card


def test_the_improvement_plan_has_six_actions_and_states_no_consequence(plans):
    improvement = plans[plans["plan"] == "NHS equality, diversity and inclusion improvement plan"]
    assert set(improvement["promise"].str[0]) == set("123456")
    assert not improvement["consequence_stated"].any()
    boards = improvement[improvement["promise"] == "1a"].iloc[0]
    assert boards["date"] == "March 2024"


@pytest.mark.parametrize(
    ("plan", "promise", "indicator", "group", "year"),
    [
        ("Davies Review", "all", "board members of FTSE 100 companies", "women", 2015),
        ("Hampton-Alexander Review", "boards", "board members of FTSE 350 companies", "women", 2020),
        ("Senior civil service targets", "women", "senior civil servants", "women", 2001),
        ("Senior civil service targets", "disabled", "senior civil servants", "disabled", 2001),
        ("Senior civil service targets", "minority ethnic", "senior civil servants", "minority ethnic", 2001),
        ("A Model Employer", "all", "share of very senior managers", "BME", 2024),
    ],
)
def test_an_outcome_is_what_the_series_says(plans, series, plan, promise, indicator, group, year):
    outcome = plans[(plans["plan"] == plan) & (plans["promise"] == promise)]["outcome"].iloc[0]
    rows = one(series, indicator, group)
    last = rows[rows["year"] == year]["value"].iloc[-1]
    assert f"{last:.1f}%" in outcome


def test_the_standard_s_outcome_is_what_its_table_says(plans):
    outcome = plans[plans["plan"] == "Workforce Race Equality Standard"]["outcome"].iloc[0]
    england = data.load("workforce-race-equality")
    england = england[england["area"] == "England"]
    for indicator in (
        "likelihood of formal disciplinary, BME over white",
        "likelihood of appointment from shortlisting, white over BME",
    ):
        first, last = (value(england, indicator_name=indicator, year=year) for year in (2016, 2023))
        assert f"({first} to {last})" in outcome
