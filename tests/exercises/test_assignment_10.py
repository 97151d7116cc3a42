"""What assignment 10 says in figures is what its own functions make of the data."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from equitykit import data, measures
from equitykit.grading import rubric
from tests.exercises.told import own

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "10-counted-in"


def samples(task: str) -> str:
    """All sample answers to a written task, as one text."""
    return " ".join(" ".join(level.sample.split()) for one in rubric.read(FOLDER)[task] for level in one.levels)


def test_only_the_two_groups_added_last_cannot_be_heard_at_one_point(names) -> None:
    assert names["unheard"](names["country"], 1) == {"Gypsy or Irish Traveller", "Roma"}


def test_all_groups_of_the_wave_have_a_broad_group(names) -> None:
    assert len(names["positive"]) == 16
    assert set(names["positive"]["broad"]) == {"Asian", "Black", "Mixed", "White", "Other"}


def test_the_clinic_that_looks_complete_is_the_one_with_a_default(names) -> None:
    fields = {clinic: names["filled"](names["desk"], clinic) for clinic in ("East", "North", "South")}
    assert fields["South"]["declined"] == 0
    assert fields["South"]["stated"] > 99
    right = {clinic: names["agreement"](rows, "White")["right"] for clinic, rows in names["truth"].groupby("clinic")}
    assert right["South"] == min(right.values())


def test_people_without_a_group_widen_a_small_group_more_than_chance_does(names) -> None:
    north = names["desk"][names["desk"]["clinic"] == "North"]
    found = names["limits"](north, "Black")
    rows = north[north["broad"] == "Black"]
    counted = pd.DataFrame({"seen": [int(rows["in_time"].sum())], "people": [len(rows)]})
    interval = measures.proportion(counted, count="seen", population="people")
    assert found["highest"] - found["lowest"] > 100 * (interval.high - interval.low)


def test_the_error_rates_of_task_3_are_those_of_the_study(notebook) -> None:
    said = next(cell.source for cell in notebook.cells if cell.source.startswith("The two checks above"))
    recording = data.load("ethnicity-recording")
    saunders = recording[recording["study"].astype(str).str.startswith("Saunders")]
    everybody_else = saunders[saunders["group"].astype(str).str.startswith("fifteen groups")]["percent"].iloc[0]
    white_british = 100 - saunders[saunders["group"].astype(str) == "White British"]["percent"].iloc[0]
    assert f"{everybody_else:.1f}% of people in groups other than White British" in said
    assert f"{white_british:.1f}% of White British people" in said


def test_the_same_errors_make_a_ratio_smaller_larger_and_turned_round(names) -> None:
    seen = [names["seen_through"](41.2, 2.2, share, 2) for share in (2, 10, 50)]
    assert all(1 < one["record"] < 2 for one in seen)
    assert seen[0]["census"] > 2
    assert 1 < seen[1]["census"] < 2
    assert seen[2]["census"] < 1


def test_the_two_counts_are_published_ones(names) -> None:
    published = {(row.detentions, row.population) for row in names["other_black"].itertuples()}
    for part in (names["before"], names["after"]):
        assert (part["count"], part["people"]) in published


def test_in_the_made_up_area_the_ratio_falls_and_nobody_is_detained_less(names) -> None:
    assert names["bears_out"](names["trust"]) == {"rate fell", "mostly division"}


def test_the_kit_hides_enough_for_task_5_and_within_its_limit(notebook, names) -> None:
    town = names["town"]
    check = next(c.source for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "t5-hide")
    stated = re.search(r"\(town, (\d+), (\d+),", check)
    assert stated is not None
    high, most = int(stated[1]), int(stated[2])
    hidden = names["hide"](town, high, most)
    assert len(hidden) <= most
    assert names["given_away"](town, hidden, {"site", "group"}) == set()
    assert len(hidden) < (town > 0).to_numpy().sum()


def test_the_reply_counts_the_merged_row_as_the_table_does(notebook, names) -> None:
    counts = names["east"].groupby("group").size()
    small = counts[counts < 20]
    joined = small.sum() + counts["Any other ethnic group"]
    mixed = names["east"].groupby("broad").size()["Mixed"]
    assert len(small) == 8
    for text in (own(notebook, "t7"), samples("t7")):
        assert f"eight groups have under 20 people, {small.sum()} in all" in text
        assert f"{100 * small.sum() / joined:.0f}% of the {joined} in the new" in text
        assert "(synthetic extract)" in text
    assert f"the {mixed} people in Mixed groups" in own(notebook, "t7")
    for group in ("Bangladeshi", "Chinese", "Other Black", "White Irish"):
        assert group in small.index


def test_the_extract_is_called_synthetic_wherever_it_is_used(notebook) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and re.search(r"\bextract\b", cell.source):
            assert "synthetic" in cell.source.lower()


@pytest.mark.parametrize("task", ["t7", "t8"])
def test_the_courses_own_answers_are_as_long_as_is_asked(notebook, task) -> None:
    asked = next(
        re.search(r"(\d+) to (\d+) words", before.source)
        for index, cell in enumerate(notebook.cells)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == task
        for before in notebook.cells[index - 2 : index]
        if re.search(r"\d+ to \d+ words", before.source)
    )
    assert int(asked[1]) <= len(own(notebook, task).split()) <= int(asked[2])
