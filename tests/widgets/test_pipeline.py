"""The pipeline simulator as Python makes it: gates with their sources, and words and table for every choice."""

from __future__ import annotations

import json

import pytest

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets import PipelineSimulator
from equitykit.widgets.pipeline import compound, published, small
from equitykit.widgets.pipeline_texts import LEVERS


@pytest.fixture(scope="module")
def table():
    return data.load("workforce-race-equality")


def test_five_gates_of_four_fifths_leave_a_third():
    assert compound([0.8] * 5) == pytest.approx(32.768)
    assert compound([1 / gate["ratio"] for gate in small()]) == pytest.approx(32.768)


def test_a_ratio_and_its_reciprocal_undo_each_other():
    assert compound([1.59, 1 / 1.59]) == pytest.approx(100)
    with pytest.raises(CourseError, match="above 0"):
        compound([0.8, 0])


def test_the_ratio_of_appointment_is_the_tables_and_its_range_is_the_regions(table):
    gate = next(gate for gate in published(table, 2023) if gate["id"] == "appoint")
    rows = table[(table["indicator"] == 2) & (table["unit"] == "ratio") & (table["year"] == 2023)]
    values = dict(zip(rows["area"], rows["value"], strict=True))
    assert gate["ratio"] == values.pop("England")
    assert (gate["low"], gate["high"]) == (min(values.values()), max(values.values()))
    assert "2023" in gate["source"]


def test_a_year_without_regions_has_no_range_made_up_for_it(table):
    gate = next(gate for gate in published(table, 2016) if gate["id"] == "appoint")
    assert gate["low"] == gate["ratio"] == gate["high"] == 1.57


def test_every_gate_says_whether_it_is_published_or_assumed(table):
    for gate in published(table, 2023):
        assert gate["note"].lower().startswith(gate["basis"])
        assert ("source" in gate) == (gate["basis"] == "published")
    assert {gate["basis"] for gate in small()} == {"constructed"}


def test_every_gate_names_who_decides_and_every_lever_who_must_act():
    assert all(gate["who"] for gate in small())
    assert {lever["whose"] for lever in LEVERS} == {"institution", "applicants"}
    assert all(lever["low"] < lever["high"] for lever in LEVERS), "an effect is a range"


def test_the_first_state_does_not_give_the_answer_away_and_the_still_does():
    made = PipelineSimulator(name="gates")
    assert "33" not in made.words + json.dumps(made.table)
    assert "leave 33 of that side for every 100" in made.still()


def test_words_and_table_follow_the_choices():
    made = PipelineSimulator(name="gates")
    assert made.words.startswith("Constructed scenario. Everyone on both sides is equally qualified.")
    made.scenario = "published"
    made.on = ["criteria", "training"]
    made.years = 15
    assert made.words.startswith("What-if with published and assumed ratios.")
    assert "be appointed 1.59 (published)" in made.words
    assert made.words.endswith("Years: 15. Changed: criteria, training for applicants.")
    assert made.table[3][2:4] == ["1.59", "0.63"]


def test_the_static_form_is_the_same_each_time_and_plain_json():
    first, second = (PipelineSimulator(name="gates").bundle() for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)
    assert first["module"] == "pipeline"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"scenario": "large"}, "scenario 'large' is not known"),
        ({"on": ["luck"]}, "there is no lever 'luck'"),
        ({"years": 7}, "years is 7; use 5, 10, 15 or 20"),
        ({"year": 2021}, "0 ratios of appointment for England in 2021"),
        ({"levers": [{"id": "luck"}]}, "the lever 'luck' lacks title"),
        ({"stages": {"small": [{**small()[0], "low": 2}], "published": small()}}, "is not between its low 2"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(arguments, message):
    with pytest.raises(CourseError, match=message) as refused:
        PipelineSimulator(name="gates", **arguments)
    assert "\n" not in str(refused.value)
