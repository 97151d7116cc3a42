"""The measure bench as Python makes it: its presets, what they do to every measure, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitykit import data, measures
from equitykit.errors import CourseError
from equitykit.widgets import MeasureBench
from equitykit.widgets.bench_sums import compute, direction, turned
from equitykit.widgets.bench_words import table, words

DEATHS = [523, 480, 440, 400, 370, 350, 320, 290, 250, 200]
PEOPLE = [510, 480, 530, 500, 470, 520, 490, 505, 515, 495]


def bench(rates: Any = DEATHS, **changes: Any) -> MeasureBench:
    arguments = {
        "name": "bench",
        "outcome": "deaths before 75",
        "out_of": 100_000,
        "opposite": "people who did not die before 75",
    }
    return MeasureBench(rates, **(arguments | changes))


def life(**changes: Any) -> MeasureBench:
    loaded = data.load("life-expectancy-by-deprivation")
    men = loaded.query("sex == 'male' and measure == 'life expectancy' and derived")
    arguments = {
        "name": "bench",
        "group": "decile",
        "value": "years",
        "population": "person_years",
        "period": "period",
        "outcome": "life expectancy at birth, men",
        "unit": "years",
        "noun": "life expectancy",
        "higher_is": "better",
        "percent": 2,
    }
    return MeasureBench.from_table(men, **(arguments | changes))


def gaps(made: MeasureBench) -> dict[str, str]:
    """What each measure says of the gap, by its name before the comma or bracket."""
    found = made.measures()
    return dict(zip(found["measure"].str.split(r"[,(]").str[0].str.strip(), found["gap"], strict=True))


ABSOLUTE = {"Difference", "Slope index of inequality"}
RELATIVE = {
    "Ratio",
    "Relative index of inequality",
    "Population attributable fraction",
    "Concentration index",
    "Index of disparity",
    "Theil index",
}
FITTED = {"Relative index of inequality"}  # a steep line falls to 0 at one end, and no ratio exists
steep = st.lists(st.integers(150, 900), min_size=4, max_size=12, unique=True).map(
    lambda found: sorted(found, reverse=True)
)


def test_the_first_state_gives_every_measure_and_no_change():
    made = bench()
    assert made.preset == ""
    assert "Difference, most − least deprived: 323 per 100,000; Ratio, most ÷ least deprived: 2.62" in made.words
    assert made.table[0] == ["Group or measure", "Share of people", "At the start"]
    assert [row[0] for row in made.table[1:3]] == ["1, most deprived", "2"]
    assert set(gaps(made).values()) == {"same"}


def test_the_measures_are_the_kits_own():
    frame = pd.DataFrame({"group": range(1, 11), "rate": DEATHS, "people": PEOPLE})
    found = compute(DEATHS, PEOPLE, harm=True, out_of=100_000)
    ordered = {"value": "rate", "population": "people", "order": "group"}
    assert found["difference"] == 323
    assert found["ratio"] == 523 / 200
    slope = measures.slope_index_of_inequality(frame, **ordered, higher_is_worse=True)
    assert found["sii"] == slope.estimate > 0
    relative = measures.relative_index_of_inequality(frame, **ordered, higher_is_worse=True)
    assert found["rii"] == relative.estimate > 1
    fraction = measures.population_attributable_fraction(frame, **ordered, higher_is_worse=True, out_of=100_000)
    assert found["fraction"] == fraction.estimate < 0
    assert found["concentration"] == measures.concentration_index(frame, **ordered).estimate < 0
    assert found["theil"] == measures.theil_index(frame, value="rate", population="people").estimate


@settings(deadline=None, max_examples=40)
@given(rates=steep, percent=st.integers(1, 60))
def test_the_same_share_off_every_rate_narrows_what_is_absolute_and_leaves_what_is_relative(rates, percent):
    made = bench(rates, percent=percent)
    made.apply("percent")
    found = gaps(made)
    assert {found[one] for one in ABSOLUTE} == {"narrower"}
    assert {found[one] for one in RELATIVE - FITTED} == {"same"}
    assert {found[one] for one in FITTED} <= {"same", "none"}


@settings(deadline=None, max_examples=40)
@given(rates=steep, points=st.integers(1, 100))
def test_the_same_number_off_every_rate_leaves_what_is_absolute_and_widens_what_is_relative(rates, points):
    made = bench(rates, points=points)
    made.apply("points")
    found = gaps(made)
    assert {found[one] for one in ABSOLUTE} == {"same"}
    assert {found[one] for one in RELATIVE - FITTED} == {"wider"}
    assert {found[one] for one in FITTED} <= {"wider", "none"}


@settings(deadline=None, max_examples=40)
@given(rates=steep)
def test_the_middle_moves_and_the_extremes_do_not_see_it(rates):
    made = bench(rates)
    made.apply("middle")
    found = gaps(made)
    assert (found["Difference"], found["Ratio"]) == ("same", "same")
    assert found["Slope index of inequality"] == "narrower" or compute(made.rates, made.people, harm=True)["sii"] < 0


@settings(deadline=None, max_examples=40)
@given(rates=steep)
def test_counting_success_turns_the_ratio_over_and_keeps_the_difference(rates):
    made = bench(rates)
    before = made.measures().set_index("measure")["now"]
    made.apply("reverse")
    after = made.measures().set_index("measure")["now"]
    assert made.rates == [100_000 - rate for rate in rates]
    assert (before.iloc[1] > 1, after.iloc[1] < 1) == (True, True)
    assert after.iloc[0] == -before.iloc[0]
    assert after.iloc[2] == pytest.approx(before.iloc[2])
    assert gaps(made)["Ratio"] == "narrower"
    assert "the other way round" not in made.words, "the same people are worse off"


def test_a_gap_that_turns_over_is_said_to():
    made = bench()
    made.rates = DEATHS[::-1]
    assert made.preset == "own"
    assert "now −323 per 100,000, the same, the other way round" in made.words
    assert turned("sii", 5.0, -5.0, 300.0, harms=(True, True))
    assert not turned("difference", 5.0, -5.0, 300.0, harms=(True, False))


def test_who_gains_alone_widens_or_narrows_the_gap():
    made = bench()
    made.apply("least")
    assert made.average < 362
    assert gaps(made)["Difference"] == gaps(made)["Ratio"] == "wider"
    made.apply("most")
    assert gaps(made)["Difference"] == gaps(made)["Ratio"] == "narrower"
    made.apply("")
    assert (made.rates, made.preset) == ([float(one) for one in DEATHS], "")


def test_two_periods_of_real_data_disagree_about_one_gap():
    made = life(start="2001-2003", compare="2013-2015")
    assert made.presets[0]["title"] == "what happened: 2013-2015"
    made.apply("compare")
    assert made.people != made.tables[0]["people"]
    assert (gaps(made)["Slope index of inequality"], gaps(made)["Ratio"]) == ("wider", "narrower")
    made.start = "2013-2015"
    assert (made.preset, made.rates) == ("", made.tables[-1]["rates"])
    assert made.source["source"]


def test_the_gap_in_premature_deaths_narrowed_by_the_difference_and_widened_by_the_ratio():
    deaths = data.load("premature-mortality-by-deprivation").query("sex == 'all'")
    columns = {"group": "decile", "value": "rate", "population": "person_years", "period": "period"}
    made = MeasureBench.from_table(deaths, name="bench", **columns, start="2002-2004", compare="2014-2016")
    made.apply("compare")
    assert (gaps(made)["Difference"], gaps(made)["Slope index of inequality"]) == ("narrower", "narrower")
    assert {gaps(made)[one] for one in RELATIVE} == {"wider"}


def test_a_good_rises_where_a_harm_falls_and_its_indices_keep_their_side():
    made = life()
    made.apply("percent")
    assert all(now > then for now, then in zip(made.rates, made.tables[0]["rates"], strict=True))
    found = made.measures().set_index("measure")["now"]
    assert found.iloc[2] > 0, "the slope index is above 0 where the most deprived end is worse off"
    assert found.iloc[3] > 1
    assert "reverse" not in [one["id"] for one in made.presets], "years are out of nothing"


def test_figures_without_a_source_are_said_to_be_constructed():
    assert bench().source["source"] == "Constructed figures: no data"


def test_what_does_not_exist_is_said_not_made_up():
    made = bench([40, 20, 0], out_of=100, presets=("percent",))
    assert "Ratio, most ÷ least deprived: does not exist here" in made.words
    assert direction("ratio", None, 2.0, 20.0) == "none"


def test_figures_moved_by_hand_are_told_group_by_group():
    made = bench()
    made.rates = [*DEATHS[:9], 100]
    assert made.words.count("Now, figures moved by hand") == 1
    assert made.table[10] == ["10, least deprived", "10.0%", "200 per 100,000", "100 per 100,000", "–"]


def test_words_and_rows_of_every_preset_hold_the_figures_shown():
    for build in (bench, life):
        made = build()
        for preset in [one["id"] for one in made.presets]:
            made.apply(preset)
            state = made.state()
            assert (made.words, made.table) == (words(state), table(state))
            assert len({len(row) for row in made.table}) == 1


def test_the_static_form_is_the_same_each_time_and_plain_json():
    first, second = (life().bundle() for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)
    assert first["module"] == "bench"


@pytest.mark.parametrize(
    ("rates", "changes", "message"),
    [
        ([1], {}, "1 groups; it takes 2 to 20"),
        ([3, -1], {}, "group 2 is -1; a figure is 0 or more"),
        ([3, 200], {"out_of": 100}, "more than the 100 it is out of"),
        ([3, 2], {"people": [5]}, "people has 1 numbers for 2 groups"),
        ([3, 2], {"people": [5, 0]}, "people: group 2 is 0; it must be above 0"),
        ([3, 2], {"groups": ["a", "a"]}, "2 different names"),
        ([3, 2], {"higher_is": "more"}, "use 'worse' or 'better'"),
        ([3, 2], {"presets": ("double",)}, "preset 'double' is not known"),
        ([3, 2], {"points": 2.5, "presets": ("points",)}, "preset 'points' does not fit"),
        ([3, 2], {"axis": (0, 2.5)}, "two ends that hold all figures, 2 to 3"),
        ({"a": [3, 2], "b": [3, 2, 1]}, {}, "do not all have the same number of groups"),
        ({"a": [3, 2]}, {"start": "c"}, "start 'c' is not there; use one of 'a'"),
        ({}, {}, "rates has no table"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(rates, changes, message):
    with pytest.raises(CourseError, match=message) as refused:
        bench(rates, **changes)
    assert "\n" not in str(refused.value)


def test_a_dataset_out_of_order_or_without_a_source_is_refused():
    frame = pd.DataFrame({"decile": [2, 1], "rate": [3.0, 2.0]})
    with pytest.raises(CourseError, match="out of order"):
        MeasureBench.from_table(frame, name="bench", group="decile", value="rate")
    with pytest.raises(CourseError, match="does not say its source"):
        MeasureBench.from_table(frame.iloc[::-1], name="bench", group="decile", value="rate")
    with pytest.raises(CourseError, match="no column 'people'"):
        MeasureBench.from_table(frame, name="bench", group="decile", value="rate", population="people")


def test_a_state_that_is_not_there_cannot_be_set():
    made = bench()
    with pytest.raises(CourseError, match="preset 'moon' is not there"):
        made.apply("moon")
    with pytest.raises(CourseError, match="it takes 10, one for each group"):
        made.rates = [1, 2]
    with pytest.raises(CourseError, match="a figure is 0 or more"):
        made.rates = [-1.0] * 10
    assert made.preset == ""
