"""The figures of module 04: as published, and in agreement with each other."""

import pytest

from equitykit import data


def value(frame, column="value", **wanted):
    for name, want in wanted.items():
        frame = frame[frame[name] == want]
    assert len(frame) == 1
    return float(frame[column].iloc[0])


# --- Workforce Race Equality Standard -----------------------------------------------------------------------

APPOINTED = "likelihood of appointment from shortlisting, white over BME"
DISCIPLINED = "likelihood of formal disciplinary, BME over white"


@pytest.fixture(scope="module")
def standard():
    return data.load("workforce-race-equality")


@pytest.mark.parametrize(
    ("indicator", "series"),
    [
        ("share of staff", {2016: 17.7, 2021: 22.4, 2022: 24.2, 2023: 26.4, 2024: 28.6}),
        ("share of very senior managers", {2021: 9.2, 2022: 10.3, 2023: 11.2, 2024: 12.7}),
        (APPOINTED, {2016: 1.57, 2017: 1.6, 2018: 1.45, 2019: 1.46, 2020: 1.61, 2022: 1.54, 2023: 1.59}),
        (DISCIPLINED, {2016: 1.56, 2017: 1.37, 2018: 1.24, 2019: 1.22, 2021: 1.14, 2022: 1.14, 2023: 1.03}),
        ("share of board members", {2016: 7.1, 2017: 7, 2021: 12.6, 2022: 13.2, 2023: 15.6, 2024: 16.5}),
    ],
)
def test_an_indicator_over_time_is_as_read(standard, indicator, series):
    rows = standard[(standard["indicator_name"] == indicator) & (standard["area"] == "England")]
    assert dict(zip(rows["year"], rows["value"], strict=True)) == series


def test_staff_and_boards_both_rose_and_the_gap_did_not_close(standard):
    gaps = [
        value(standard, indicator_name="share of staff", year=year)
        - value(standard, indicator_name="share of board members", year=year)
        for year in (2016, 2023)
    ]
    assert [round(gap, 1) for gap in gaps] == [10.6, 10.8]


def test_every_region_has_three_years(standard):
    regions = standard[standard["area"] != "England"]
    assert set(regions["indicator_name"]) == {APPOINTED}
    years = {area: sorted(rows["year"]) for area, rows in regions.groupby("area")}
    assert len(years) == 7
    assert all(three == [2022, 2023, 2024] for three in years.values())


def test_a_ratio_is_a_ratio_and_not_a_percentage(standard):
    ratios = standard[standard["unit"] == "ratio"]
    assert set(ratios["indicator"]) == {2, 3}
    assert ratios["value"].between(0.5, 3).all()


# --- academic careers ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def careers():
    return data.load("academic-careers-by-ethnicity")


def test_counts_of_professors_are_as_reported(careers):
    rows = careers[(careers["stage"] == "professors") & (careers["measure"] == "people")]
    black = rows[rows["group"] == "Black"].set_index("academic_year")["value"]
    assert dict(black) == {"2014/15": 105, "2018/19": 140, "2019/20": 155, "2020/21": 160}
    assert (rows["value"] % 5 == 0).all()


def test_the_counts_give_the_shares_that_were_reported(careers):
    people = careers[careers["measure"] == "people"]
    everyone = value(people, academic_year="2020/21", stage="professors", group="all")
    black = value(people, academic_year="2020/21", stage="professors", group="Black")
    unknown = value(people, academic_year="2020/21", stage="professors", group="ethnicity not known")
    assert round(100 * black / everyone, 1) == 0.7
    assert everyone - unknown == 21_135
    places = people[people["stage"] == "funded doctoral places"].set_index("group")["value"]
    assert round(100 * places["Black or Black Mixed"] / places["all"], 1) == 1.2


def test_a_percentage_says_what_it_is_of(careers):
    assert ((careers["base"] == "count") == (careers["unit"] == "people")).all()


# --- pay ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pay():
    return data.load("pay-gaps")


# Race Disparity Unit, NHS basic pay, January 2018, main facts and figures.
@pytest.mark.parametrize(
    ("staff", "group", "gap"),
    [
        ("all staff", "Black men", 16),
        ("all staff", "Black women", 7),
        ("medical staff", "Black women", 16),
        ("non-medical staff", "Black men", 16),
        ("managers and senior managers", "Black men", 20),
    ],
)
def test_gaps_in_the_nhs_are_as_published(pay, staff, group, gap):
    assert value(pay, "gap_percent", period="2018", staff=staff, group=group) == gap


def test_no_significant_gap_is_not_zero(pay):
    empty = pay[pay["gap_percent"].isna()]
    assert list(empty["as_published"]) == ["no significant pay gap"]


def test_two_gaps_do_not_add_up_to_the_gap_of_both(pay):
    alike = pay[pay["adjusted_for"] != "none"].set_index("group")["gap_percent"]
    assert dict(alike) == {"Black men": 13.3, "Black women": 11.9, "Asian women": 9.6, "White women": 6.5}
    assert alike["White women"] + alike["Black men"] > alike["Black women"]


# --- degrees --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def degrees():
    return data.load("degree-awarding-gap")


def test_a_share_is_its_graduates_over_all(degrees):
    counted = degrees[degrees["read_at"] == "data file"]
    assert len(counted) == 8 * 2 * 3
    share = 100 * counted["graduates"] / counted["all_graduates"]
    # Counts are rounded to 5 and shares to one decimal.
    assert ((share - counted["percent"]).abs() < 0.07).all()


def test_the_three_classes_add_up(degrees):
    counted = degrees[degrees["read_at"] == "data file"]
    sums = counted.groupby(["academic_year", "group"])["percent"].sum()
    assert ((sums - 100).abs() < 0.11).all()


@pytest.mark.parametrize(
    ("year", "white", "black", "points", "ratio"),
    [("2014/15", 77.1, 50.8, 26.3, 2.15), ("2021/22", 83.7, 62.7, 21.0, 2.29)],
)
def test_the_page_and_the_file_agree_and_give_both_stories(degrees, year, white, black, points, ratio):
    rows = degrees[degrees["academic_year"] == year]
    assert value(rows, "percent", group="White", result="first or upper second") == white
    assert value(rows, "percent", group="Black", result="first or upper second") == black
    classes = [value(rows, "percent", group="Black", result=result) for result in ("first", "upper second")]
    assert sum(classes) == pytest.approx(black, abs=0.11)
    assert round(white - black, 1) == points
    assert round((100 - black) / (100 - white), 2) == ratio


def test_firsts_widen_in_points_and_narrow_as_a_ratio(degrees):
    def first(group, year):
        return value(degrees, "percent", academic_year=year, group=group, result="first")

    ends = [(first("all students", year), first("Black", year)) for year in ("2014/15", "2021/22")]
    assert [round(everyone - black, 1) for everyone, black in ends] == [12.9, 15.5]
    assert [round(everyone / black, 2) for everyone, black in ends] == [2.33, 1.90]


def test_the_edition_that_was_revised_is_left_out(degrees):
    page = degrees[degrees["read_at"] == "page"]
    assert set(page["academic_year"]) == {"2014/15", "2021/22"}
