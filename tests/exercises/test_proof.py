"""The proof of an assignment finds each thing that would make its marking wrong."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_markdown_cell

from equitykit.errors import CourseError
from equitykit.grading import assignment as assignments
from equitykit.grading import catalogue as catalogues
from equitykit.grading import proof
from equitykit.grading import rubric as rubrics
from tests.exercises import tiny

FEW = proof.Needs(forms=((2, 1),), wrong_answers=2, right_ways=1)


def test_a_sound_assignment_is_proven_and_left_as_it_was(tmp_path: Path) -> None:
    folder = tiny.lay_out(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    report = proof.prove(folder, FEW)
    assert report.proven
    assert str(report).splitlines() == [
        "00-tiny: 3 tasks, 4 points, about 6 minutes",
        "  Task 1 · Twice (1 point): 1 check, 1 wrong answer caught, each with its hint, 0 other right ways passed",
        "  Task 2 · Squared (1 point): 1 check, 1 wrong answer caught, each with its hint, 1 other right way passed",
        "  Task 3 · Why (2 points): by hand, criteria: 1, levels: 2, a sample answer at each",
        "  solution 2 of 2 points marked by checks, blank 0; feedback shows the hints",
    ]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def wrong(task: str, misconception: str, fails: str, hint: str, code: str) -> dict[str, str]:
    return {"task": task, "misconception": misconception, "fails": fails, "hint": hint, "code": code}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> proof.Report:
    """The report on an assignment that marks wrongly in every way that only a run can show."""
    changes = {
        "b-check": tiny.check("b-check", "assert square(2) == 4, 'a number times itself'"),
        "c-text": new_markdown_cell("## Task 4 · Nothing asked (1 point, about 2 minutes)"),
        "c": tiny.answer("c", "x = 1"),
        "c-check": tiny.check("c-check", "one = 1\nassert one == 1"),
        "d-text": new_markdown_cell("## Task 5 · Loud (1 point, about 2 minutes)"),
        "d": tiny.answer("d", "def loud():\n    return 1"),
        "d-check": tiny.check("d-check", "import sys\nprint('careful', file=sys.stderr)\nassert loud() == 1"),
        "e-text": new_markdown_cell("## Task 6 · Unsolved (1 point, about 2 minutes)"),
        "e": tiny.answer("e", "def late():\n    return 1"),
        "e-check": tiny.check("e-check", "assert late() == 2, 'look again'"),
        "f-text": new_markdown_cell("## Task 7 · Half hidden (1 point, about 2 minutes)"),
        "f": tiny.answer("f", "def minus(n):\n    return -n"),
        "f-check": tiny.check(
            "f-check",
            "assert minus(2) == -2, 'the sign'\n### BEGIN HIDDEN TEST\nassert minus(3) == -3\n### END HIDDEN TEST",
        ),
        "g-text": new_markdown_cell("## Task 8 · Loud when wrong (1 point, about 2 minutes)"),
        "g": tiny.answer("g", "def half(n):\n    return n / 2"),
        "g-check": tiny.check(
            "g-check",
            "import sys\nif half(2) != 1:\n    print('no half', file=sys.stderr)\n"
            "assert abs(half(2)) == 1, 'divide by two'",
        ),
    }
    catalogue = {
        "wrong": [
            wrong("a", "half for double", "a-check", "count again", "def double(n):\n    return n / 2"),
            wrong("b", "typed in", "b-check", "for any n", "def square(n):\n    return 4"),
            wrong("g", "a third", "g-check", "divide by two", "def half(n):\n    return n / 3"),
            wrong("f", "spoils others", "f-check", "the sign", "def minus(n):\n    return n\n\n\nabs = None"),
        ],
        "right": [{"task": "b", "way": "by adding", "code": "def square(n):\n    return n + n + 1"}],
    }
    folder = tiny.lay_out(tmp_path_factory.mktemp("faulty"), changes, catalogue=catalogue)
    return proof.examine(folder, FEW)


@pytest.mark.parametrize(
    "problem",
    [
        "check a-check: the wrong answer 'half for double' should be told 'count again'; it is told: AssertionError: "
        "twice is more, not less",
        "check b-check: the wrong answer 'typed in' earns 1 points.",
        "check b-check: the other right way 'by adding' earns 0 of 1 points (AssertionError: a number times itself).",
        "cell c-check: the released notebook, handed in as it is, earns 1 points.",
        "check d-check: the solution earns 0 of 1 points (it writes to stderr: careful).",
        "check e-check: the solution earns 0 of 1 points (AssertionError: look again).",
        "cell f-check: the released notebook still shows 'HIDDEN TEST'; look at how its marker is written.",
        "check g-check: it writes to stderr, for which nbgrader gives no points: no half",
    ],
)
def test_a_run_shows_what_is_marked_wrongly(faulty: proof.Report, problem: str) -> None:
    assert problem in faulty.problems


def test_a_wrong_answer_that_spoils_another_task_is_shown(faulty: proof.Report) -> None:
    spoilt = [
        problem for problem in faulty.problems if problem.startswith("check g-check: a right answer beside others")
    ]
    assert len(spoilt) == 1
    assert "'NoneType' object is not callable" in spoilt[0]


def test_a_report_with_problems_is_not_proven_and_says_so(faulty: proof.Report) -> None:
    assert not faulty.proven
    assert str(faulty).count("  does not hold: ") == len(faulty.problems)


def test_what_is_not_proven_is_refused_in_one_line(tmp_path: Path) -> None:
    twice = {"b-check": tiny.check("a-check", "assert square(2) == 4")}
    folder = tiny.lay_out(tmp_path, twice)
    with pytest.raises(
        CourseError, match=r"00-tiny is not proven: cell a-check: this grade_id is used 2 times"
    ) as raised:
        proof.prove(folder, FEW)
    assert "\n" not in str(raised.value)


def test_what_nbgrader_cannot_release_is_said_in_one_line(tmp_path: Path) -> None:
    open_ended = {"a": tiny.answer("a", "def double(n):\n    ### BEGIN SOLUTION\n    return 2 * n")}
    folder = tiny.lay_out(tmp_path, open_ended)
    with pytest.raises(
        CourseError, match="nbgrader generate_assignment failed: RuntimeError: no end solution"
    ) as raised:
        proof.prove(folder, FEW)
    assert "\n" not in str(raised.value)


def without_points(name: str, points: int) -> Any:
    cell = tiny.cells()[name]
    cell.metadata["nbgrader"]["points"] = points
    return cell


def of_schema(name: str, schema: int) -> Any:
    cell = tiny.cells()[name]
    cell.metadata["nbgrader"]["schema_version"] = schema
    return cell


ON_PAPER = {
    "points of a task": (
        {"a-check": without_points("a-check", 3)},
        "Task 1 · Twice: the text says 1 points, the metadata 3.",
    ),
    "points in all": (
        {"intro": new_markdown_cell("# Tiny\n\n5 points in all.")},
        "the introduction says 5 points in all; the tasks' headings add up to 4.",
    ),
    "no points in all": ({"intro": new_markdown_cell("# Tiny")}, "the introduction does not say 'N points in all'."),
    "minutes": (
        {"b-text": new_markdown_cell("## Task 2 · Squared (1 point, about 20 minutes)")},
        "the tasks take about 24 minutes together; the metadata says 5 to 7.",
    ),
    "a bare expression": (
        {"b-check": tiny.check("b-check", "### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\nsquare(2) == 4")},
        "check b-check: it ends in a bare expression, whose value nbgrader takes for the points.",
    ),
    "not Python": ({"b-check": tiny.check("b-check", "assert square(2")}, "check b-check: it is not Python (line 1)."),
    "an id used twice": (
        {"again": tiny.answer("a", "")},
        "cell a: this grade_id is used 2 times; nbgrader stops at it.",
    ),
    "an old schema": ({"a": of_schema("a", 2)}, "cell a: nbgrader's metadata has schema 2; it must be 3."),
    "no hidden tests": (
        {"b-check": tiny.check("b-check", "assert square(2) == 4")},
        "Task 2 · Squared: none of its checks has hidden tests (### BEGIN HIDDEN TESTS); typed-in results would pass.",
    ),
    "no answer": (
        {"a": new_markdown_cell("Think.")},
        "Task 1 · Twice: it has checks and no answer cell.",
    ),
    "points outside tasks": (
        {"a-text": new_markdown_cell("Twice")},
        "cell a-check: it has points and no heading above it such as '## Task 1 · … (10 points, about 8 minutes)'.",
    ),
}


@pytest.mark.parametrize("fault", ON_PAPER)
def test_what_is_wrong_on_paper_is_found_without_a_run(fault: str, tmp_path: Path) -> None:
    changes, problem = ON_PAPER[fault]
    assert problem in assignments.problems(assignments.read(tiny.lay_out(tmp_path, changes)))


def test_nothing_is_found_on_paper_in_a_sound_assignment(tmp_path: Path) -> None:
    folder = tiny.lay_out(tmp_path)
    sound = assignments.read(folder)
    assert assignments.problems(sound) == []
    assert catalogues.problems(catalogues.read(folder), sound) == []
    assert rubrics.problems(rubrics.read(folder), sound) == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"task": "z"}, "catalogue, 'half for double': z is no answer cell of the assignment."),
        ({"fails": "b-check"}, "catalogue, 'half for double': b-check is no check of the task of a."),
        (
            {"task": "b", "fails": "b-check"},
            "check a-check: no wrong answer in the catalogue is meant for it, so nothing shows that it can fail.",
        ),
    ],
)
def test_a_catalogue_that_does_not_fit_is_found(entry: dict[str, str], problem: str, tmp_path: Path) -> None:
    catalogue = deepcopy(tiny.CATALOGUE)
    catalogue["wrong"][0].update(entry)
    folder = tiny.lay_out(tmp_path, catalogue=catalogue)
    assert problem in catalogues.problems(catalogues.read(folder), assignments.read(folder))


def changed_rubric(**changes: Any) -> Any:
    rubric: Any = deepcopy(tiny.RUBRIC)
    criterion = rubric[0]["criteria"][0]
    criterion["levels"][1].update(changes.pop("level", {}))
    criterion.update(changes)
    return rubric


@pytest.mark.parametrize(
    ("rubric", "problem"),
    [
        ([], "written task w: the rubric has no criteria for it."),
        ([{"task": "v", "criteria": []}], "rubric: v is no written task of the assignment."),
        (changed_rubric(points=3), "written task w: its criteria add up to 3 points, the metadata has 2."),
        (
            changed_rubric(points=3),
            "written task w, 'A reason': its levels are worth [0, 2]; they must rise from 0 to 3.",
        ),
        (changed_rubric(name="Reasons"), "written task w: its text does not state the criterion 'Reasons (2 points)'."),
        (changed_rubric(level={"sample": " "}), "written task w, 'A reason': the level of 2 points has no sample."),
        (
            changed_rubric(level={"look_for": "no reason"}),
            "written task w, 'A reason': two levels have the same look_for; nothing tells them apart.",
        ),
    ],
)
def test_a_rubric_that_does_not_fit_is_found(rubric: Any, problem: str, tmp_path: Path) -> None:
    folder = tiny.lay_out(tmp_path, rubric=rubric)
    assert problem in rubrics.problems(rubrics.read(folder), assignments.read(folder))


def test_too_little_to_be_a_proof_is_found(tmp_path: Path) -> None:
    twice = {"b-check": tiny.check("a-check", "assert square(2) == 4")}
    problems = proof.examine(tiny.lay_out(tmp_path, twice)).problems
    assert "wrong answers in the catalogue: there are 2, and at least 8 are needed." in problems
    assert "other right ways in the catalogue: there are 1, and at least 3 are needed." in problems
    assert "tasks: 2 marked by checks and 1 written; at least 5 and 2 or 3 and 3 are needed." in problems


@pytest.mark.parametrize(
    ("broken", "text", "said"),
    [
        ("proof/00-tiny/catalogue.yml", None, "there is no catalogue of wrong and right answers"),
        ("proof/00-tiny/catalogue.yml", "wrong: [", "this is not YAML"),
        ("proof/00-tiny/catalogue.yml", "wrong: []", "a list named 'right' is missing"),
        ("proof/00-tiny/catalogue.yml", "wrong: [{task: a}]\nright: []", "entry 1 of 'wrong' lacks the text"),
        ("proof/00-tiny/catalogue.yml", "wrong: []\nright: [{task: a, way: b, code: c, x: d}]", "has unknown x"),
        ("proof/00-tiny/rubric.yml", None, "there is no rubric for the written tasks"),
        ("proof/00-tiny/rubric.yml", "- task: w", "this is not a rubric"),
        ("source/00-tiny/00-tiny.ipynb", None, "cannot be read"),
        ("source/00-tiny/00-tiny.ipynb", "{}", "this is not a notebook"),
    ],
)
def test_a_file_that_is_missing_or_malformed_is_said_in_one_line(
    broken: str, text: str | None, said: str, tmp_path: Path
) -> None:
    folder = tiny.lay_out(tmp_path)
    path = tmp_path / broken
    if text is None:
        path.unlink()
    else:
        path.write_text(text, "utf-8")
    with pytest.raises(CourseError) as raised:
        proof.prove(folder, FEW)
    message = str(raised.value)
    assert said in message
    assert str(path) in message
    assert "\n" not in message
