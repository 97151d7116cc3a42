"""What the capstone's assignment says is what its cards, its data and the worked brief have."""

from __future__ import annotations

from pathlib import Path

import pytest

from equitykit import data
from equitykit.book import pages
from equitykit.grading import rubric
from equitykit.widgets import BriefBuilder
from tests.exercises.told import own, prose

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "13-evidence-brief"
WRITTEN = rubric.read(FOLDER)


def test_each_principle_has_one_criterion_of_three_points_and_four_levels() -> None:
    criteria = [criterion for task in WRITTEN.values() for criterion in task]
    assert sorted(criterion.name.split()[0] for criterion in criteria) == sorted(pages.PRINCIPLES)
    assert {tuple(level.points for level in criterion.levels) for criterion in criteria} == {(0, 1, 2, 3)}


def test_a_written_cell_assesses_the_principles_of_its_criteria(notebook) -> None:
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade_id") in WRITTEN:
            named = [criterion.name.split()[0] for criterion in WRITTEN[marks["grade_id"]]]
            assert cell.metadata["equity"]["assesses"] == named


def test_the_courses_own_answer_holds_the_full_sample_of_each_criterion(notebook) -> None:
    for task, criteria in WRITTEN.items():
        answer = own(notebook, task)
        assert [c.name for c in criteria if " ".join(c.levels[-1].sample.split()) not in answer] == []


def test_the_courses_own_brief_is_the_worked_one(notebook) -> None:
    sections = BriefBuilder.worked()["sections"]
    answer = own(notebook, "t5")
    for text in (sections["question"]["text"], sections["ask"]["text"], sections["limits"]["text"]):
        assert " ".join(text.split()) in answer


@pytest.mark.parametrize("dataset", range(4))
def test_the_two_rows_of_each_dataset_are_published_figures(names, dataset) -> None:
    name = names["OFFERED"][dataset]
    table = data.load(name)
    published = set(table.select_dtypes("number").astype(float).to_numpy().ravel())
    assert set(names["ends"](name)["value"]) <= published
    assert f"datasets/{name}/card.md" in (FOLDER / f"{FOLDER.name}.ipynb").read_text("utf-8")


def test_the_gap_in_early_deaths_is_the_worked_briefs(names) -> None:
    gap = names["gap"](names["ends"]("premature-mortality-by-deprivation"))
    told = f"{gap['difference']:.1f} ({gap['low']:.1f} to {gap['high']:.1f})"
    assert told in BriefBuilder.worked()["sections"]["evidence"]["figures"]


def test_sentences_carry_the_figures_of_the_dataset_that_was_chosen(names) -> None:
    for name in names["OFFERED"]:
        value = names["ends"](name)["value"].iloc[0]
        assert all(f"{value:,.1f}" in text for letter, text in names["sentences"](name).items() if letter != "C")


def test_what_is_made_up_says_so(notebook) -> None:
    given = {c.metadata.nbgrader.grade_id: c.source for c in notebook.cells if "nbgrader" in c.metadata}
    assert "# synthetic" in given["service"]
    assert "# made up" in given["t2-both"]
    assert "All are *constructed*" in prose(notebook)
