"""What assignment 02 says in figures is what its own functions, and the kit, make of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from equitykit import measures
from equitykit.grading import rubric

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "02-intersecting-positions"
SOCIAL = "three or more social risk factors"


def texts(notebook: Any, task: str, criterion: str) -> list[str]:
    """The course's own answer to a written task, and the best sample of one of its criteria."""
    answer = next(c.source for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == task)
    return [answer, next(c.levels[-1].sample for c in rubric.read(FOLDER)[task] if c.name == criterion)]


def test_the_two_variances_are_those_of_the_kits_model(names: dict[str, Any]) -> None:
    people = names["people"].assign(had=names["people"]["difficulty_getting_appointment"].astype(int))
    kit = measures.variance_partition(people, value="had", strata=names["axes"])
    assert kit.computed_from["variance between strata"] == pytest.approx(names["between"], abs=5e-6)
    assert kit.computed_from["variance within strata"] == pytest.approx(names["within"], abs=5e-6)
    assert names["share_between"](names["between"], names["within"]) == pytest.approx(kit.estimate, abs=0.01)


def test_two_comparisons_of_task_1_show_what_its_text_says_of_them(names: dict[str, Any]) -> None:
    compare, notes = names["compare"], names["notes"]
    assert compare(notes, SOCIAL, "Other than White", "White British or Irish")["says"] == "lower"
    assert compare(notes, SOCIAL, "Other than White", "White European or Other")["says"] == "cannot tell"
    factor = "problems in an earlier pregnancy"
    rows = notes[notes["factor"] == factor].set_index("group")
    assert rows.loc["All White", "high"] > rows.loc["Other than White", "low"], "the two intervals overlap"
    assert compare(notes, factor, "Other than White", "All White")["says"] == "higher"


def test_the_answer_to_the_board_has_the_figures_of_the_tables(notebook: Any, names: dict[str, Any]) -> None:
    gap = names["compare"](names["notes"], SOCIAL, "Other than White", "White British or Irish")
    before, after = (names["rates"](names["deaths"], period) for period in ("2019-2021", "2022-2024"))
    moved = names["moved"](before, after, "Black", "White")
    for text in texts(notebook, "t7", "What the figures show"):
        assert f"{-gap['difference']:.1f} points lower (95% interval {-gap['high']:.1f} to {-gap['low']:.1f})" in text
        assert f"from {before['Black'] / before['White']:.2f} to {after['Black'] / after['White']:.2f}" in text
        assert f"{-moved['reference_alone']:.2f}" in text
        assert f"{-moved['ratio']:.2f}" in text
    for text in texts(notebook, "t7", "The sentence rewritten"):
        assert f"fell from {before['Black']:.1f} to {after['Black']:.1f}" in text
        assert f"rose from {before['White']:.1f} to {after['White']:.1f}" in text


def test_the_answer_to_the_clinic_has_the_figures_of_the_table(notebook: Any, names: dict[str, Any]) -> None:
    rule = names["presume"](names["cells"], names["flagged"])
    answer, sample = texts(notebook, "t8", "The figure at its right address")
    wrong, missed = 100 - round(rule["right_per_100"]), 100 - round(rule["found_per_100"])
    assert f"{rule['right_per_100']:.0f} had difficulty and {wrong} had not" in answer
    assert f"silent about {missed} in 100" in answer
    assert f"of 100 people in the flagged cells {wrong} had no difficulty" in sample
    assert f"{missed} were in no flagged cell" in sample


def test_written_answers_keep_to_their_length(notebook: Any) -> None:
    for task, least, most in [("t7", 120, 200), ("t8", 150, 250)]:
        source = next(c.source for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == task)
        assert least <= len(source.split("\n\n", 1)[1].split()) <= most, task
