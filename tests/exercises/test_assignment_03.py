"""What assignment 03 says in figures is what its own functions make of the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.exercises.told import own, prose

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "03-who-benefits"


def test_the_gap_in_patients_is_told_from_both_sides_as_the_table_has_it(notebook, names) -> None:
    most, least = "most income deprivation", "least income deprivation"
    up, down = names["turned"](names["lists"], most, least), names["turned"](names["lists"], least, most)
    text = own(notebook, "t7")
    assert round(up["percent"]) == 15
    assert "Your 15%" in text
    assert f"{-down['percent']:.0f}% fewer" in text
    assert f"shorter by {up['difference']:.0f}" in text
    for group in (most, least):
        value = names["lists"].set_index("group")["value"][group]
        assert f"{value:,.0f}" in text


def test_the_weight_on_which_the_verdict_hangs_is_the_one_in_the_text(notebook, names) -> None:
    extra = names["even_at"](names["practices"], "Canal Street", "Park View")
    assert f"as about {1 + extra:.2f}" in prose(notebook)
    head, double = (names["per_need"](names["practices"], extra) for extra in (0, 1))
    assert head["Canal Street"] > head["Park View"]
    assert double["Canal Street"] < double["Park View"]


def test_the_plan_to_study_up_has_the_figures_of_task_3(notebook, names) -> None:
    text = own(notebook, "t8")
    got = names["got"](names["leading"], "ethnic minority", "White")
    assert f"{-got['together']:.0f}% less money" in text
    assert f"{names['refused'](names['leading'], 'ethnic minority', 'White'):.0f}% more" in text
    out = names["bears_out"](names["roles"], "ethnic minority", "White")
    assert out == {
        "everywhere": False,
        "somewhere_higher": True,
        "same_role": True,
        "fewer_awards": {"co-investigator"},
    }


def test_white_participants_change_sides_by_the_estimates_and_not_by_the_interval(notebook, names) -> None:
    trials = names["trials"]
    assert names["index"](trials, "White", "census 2011") < 1 < names["index"](trials, "White", "census 2021")
    assert {names["says"](trials, "White", census) for census in trials["comparator"]} == {"cannot tell"}
    assert len(names["hangs"](trials)) == 2
    assert "of two other groups" in prose(notebook)


def test_putting_groups_together_makes_the_number_no_larger(names) -> None:
    trials, others = names["trials"], ["Asian", "Black", "Mixed", "Other"]
    for census in ("census 2011", "census 2021"):
        assert names["uneven_together"](trials, census, others) <= names["uneven"](trials, census)


@pytest.mark.parametrize("task", ["t7", "t8"])
def test_the_courses_own_answers_are_as_long_as_is_asked(notebook, task) -> None:
    asked = next(
        re.search(r"Write (\d+) to (\d+) words", before.source)
        for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == task
    )
    assert int(asked[1]) <= len(own(notebook, task).split()) <= int(asked[2])
