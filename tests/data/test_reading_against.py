"""The figures of module 09: as published, and in agreement with each other."""

import pytest

from equitykit import data


def value(frame, **wanted):
    for column, want in wanted.items():
        frame = frame[frame[column] == want]
    assert len(frame) == 1
    return float(frame["value"].iloc[0])


# --- narratives and their corrections -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def stories():
    return data.load("corrected-narratives")


def test_every_topic_has_a_correction(stories):
    corrected = stories.loc[stories["role"] == "correction", "topic"]
    assert set(corrected) | {"compulsory detention"} == set(stories["topic"])


def test_a_percentage_with_both_counts_is_their_quotient(stories):
    rows = stories.dropna(subset=["count", "out_of"])
    assert len(rows) == 5
    assert ((100 * rows["count"] / rows["out_of"]).round(1) == rows["value"]).all()


def test_missed_oxygen_in_patients_is_a_share_of_whole_patients(stories):
    rows = stories[stories["source"].eq("Fawzy and others 2022") & stories["unit"].eq("%")]
    assert int(rows["out_of"].sum()) == 1216
    nearest = (rows["value"] * rows["out_of"] / 100).round()
    assert list(nearest) == [19, 136, 64, 79]
    assert ((100 * nearest / rows["out_of"]).round(1) == rows["value"]).all()


def test_a_published_interval_of_paired_measurements_is_wider_than_counts_alone_would_give(stories):
    row = stories[(stories["count"] == 88) & (stories["out_of"] == 749)].iloc[0]
    share = 88 / 749
    alone = 2 * 1.96 * 100 * (share * (1 - share) / 749) ** 0.5
    assert row["high"] - row["low"] > 1.5 * alone


# JAMA Network Open 2023, key points.
@pytest.mark.parametrize(
    ("group", "found", "with_race", "without"),
    [
        ("Black patients", "restrictive", 26.8, 37.5),
        ("Black patients", "non-specific", 3.2, 6.5),
        ("White patients", "restrictive", 22.6, 18.0),
        ("White patients", "non-specific", 8.7, 4.0),
    ],
)
def test_lungs_are_as_published_with_and_without_race(stories, group, found, with_race, without):
    measure = f"{found} impairment found, equations"
    assert value(stories, group=group, measure=f"{measure} by race") == with_race
    assert value(stories, group=group, measure=f"{measure} without race") == without


def test_patients_of_the_lung_study_add_up(stories):
    rows = stories[stories["source"] == "JAMA Network Open 2023"]
    assert sum(rows["out_of"].unique()) == 8431


# ONS bulletins for the first, third and last period; the second and fourth in reports that quote them.
def test_hesitancy_did_not_fall_in_one_go(stories):
    rows = stories[stories["topic"] == "vaccine hesitancy"]
    assert list(rows.loc[rows["group"].str.startswith("Black"), "value"]) == [44, 22, 30, 21, 21]
    assert list(rows.loc[rows["group"] == "all adults", "value"]) == [9, 6, 7, 6, 4]
    assert list(rows.loc[rows["group"].str.contains("most deprived"), "value"]) == [16, 12, 12, 10, 8]
    assert list(rows.loc[rows["group"].str.contains("least deprived"), "value"]) == [7, 3, 4, 3, 2]


def test_one_abstract_has_both_sides_of_screening(stories):
    rows = stories[stories["source"] == "Moser and others 2009"].set_index("group")
    assert rows.loc["ethnicity, education, occupation or region", "as_published"] == "no significant differences"
    assert list(rows.loc["White British women", ["value", "low", "high"]]) == [2.20, 1.41, 3.42]
    assert list(rows.loc["two or more cars", ["value", "low", "high"]]) == [2.65, 1.34, 5.26]


def test_one_year_of_avoidable_deaths_has_three_figures(stories):
    rows = stories[stories["measure"] == "deaths from an avoidable cause"]
    people = rows[rows["group"] == "people with a learning disability"]
    assert sorted(people.loc[people["period"] == "2021", "value"]) == [46.1, 49, 50]


def test_a_row_without_a_figure_has_the_words(stories):
    assert stories.loc[stories["value"].isna(), "as_published"].notna().all()
    assert (stories["value"].isna().sum()) == 2


def test_only_the_distances_were_worked_out(stories):
    worked_out = stories["read_at"] == "worked out for the course"
    assert (worked_out == (stories["topic"] == "hard to reach")).all()


# --- life expectancy ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def years():
    return data.load("life-expectancy-by-ethnic-group")


# The ONS table, as set out by L. Goddard: women, men.
PUBLISHED = {
    "Asian other": (86.9, 84.5),
    "Bangladeshi": (87.3, 81.1),
    "Black African": (88.9, 83.8),
    "Black Caribbean": (84.6, 80.7),
    "Black other": (86.8, 82.0),
    "Indian": (85.4, 82.3),
    "Mixed": (83.1, 79.3),
    "Other": (86.9, 84.0),
    "Pakistani": (84.8, 82.3),
    "White": (83.1, 79.7),
}


def test_life_expectancy_is_as_read(years):
    wide = years.pivot(index="ethnic_group", columns="sex", values="years")
    assert {group: (row["female"], row["male"]) for group, row in wide.iterrows()} == PUBLISHED


@pytest.mark.parametrize(("sex", "gap"), [("female", 5.8), ("male", 5.2)])
def test_white_and_mixed_are_lowest_and_the_gap_is_the_one_printed(years, sex, gap):
    rows = years[years["sex"] == sex].sort_values(["years", "ethnic_group"])
    assert set(rows["ethnic_group"].head(2)) == {"White", "Mixed"}
    assert round(rows["years"].max() - rows["years"].min(), 1) == gap


def test_intervals_were_read_for_one_group_only(years):
    assert set(years.loc[years["low"].notna(), "ethnic_group"]) == {"Black African"}


# --- living conditions --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def homes():
    return data.load("living-conditions-by-ethnic-group")


@pytest.mark.parametrize(
    ("measure", "period", "group", "published"),
    [
        ("overcrowded households", "2013/14-2015/16", "Bangladeshi", 30),
        ("overcrowded households", "2016/17-2018/19", "Bangladeshi", 24),
        ("overcrowded households", "2020/21-2022/23", "Bangladeshi", 18),
        ("overcrowded households", "2020/21-2022/23", "White British", 2),
        ("households in fuel poverty", "2017/18-2018/19", "Other than White", 17.7),
        ("average fuel poverty gap", "2017", "Other than White", 299),
        ("average fuel poverty gap", "2017", "White", 327),
        ("relative poverty after housing costs", "2019/20", "Bangladeshi", 55),
        ("relative poverty after housing costs", "2019/20", "Indian", 24),
    ],
)
def test_a_figure_is_as_the_publisher_has_it(homes, measure, period, group, published):
    assert value(homes, measure=measure, period=period, group=group) == published


def test_black_groups_average_to_the_black_group(homes):
    rents = homes[homes["measure"] == "lives in social rented housing"].set_index("group")["value"]
    people = {"Black African": 1_488_381, "Black Caribbean": 623_119, "Black other": 297_778}
    average = sum(rents[group] * count for group, count in people.items()) / sum(people.values())
    assert round(average) == rents["Black"]


def test_all_lies_between_white_and_the_other_groups(homes):
    rows = homes[homes["measure"] == "unemployment"]
    wide = rows.pivot(index="period", columns="group", values="value")
    assert len(wide) == 4
    assert ((wide["White"] <= wide["All"]) & (wide["All"] <= wide["Other than White"])).all()
