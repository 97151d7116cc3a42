"""The proof of an assignment: that its marking marks what it should, shown by running it.

An assignment is proven when

- its solution earns full marks, and the released notebook, handed in as it is, earns none;
- each wrong answer in its catalogue fails the check meant for it, with the hint meant for it, while tasks answered
  right keep their marks; each other right way passes all checks of its task;
- the points and minutes in its text are those of its metadata, and each written task has its rubric;
- no check writes to stderr, ends in a bare expression or shares its id: nbgrader would give wrong marks then.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from equitykit.errors import CourseError
from equitykit.grading import assignment as assignments
from equitykit.grading import catalogue as catalogues
from equitykit.grading import rubric as rubrics
from equitykit.grading.assignment import Assignment, Task
from equitykit.grading.catalogue import Catalogue, Right, Wrong
from equitykit.grading.marking import Marking, mark
from equitykit.grading.rubric import Criterion

_SHOWN = 5  # so many problems are listed in one message

SOLUTION, BLANK = "solution", "blank"
_MARKER = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)
_LEAK = re.compile(r"hidden\s+test|(begin|end)\s+solution", re.IGNORECASE)


@dataclass(frozen=True)
class Needs:
    """How much an assignment must hold at least."""

    forms: tuple[tuple[int, int], ...] = ((5, 2), (3, 3))
    """Tasks marked by checks and written tasks: at least so many of each, in one of these forms."""
    wrong_answers: int = 8
    right_ways: int = 3


@dataclass(frozen=True)
class Report:
    """What was proven of an assignment, line by line, and what does not hold; proven when nothing is in the latter."""

    name: str
    lines: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def proven(self) -> bool:
        """Whether all holds."""
        return not self.problems

    def __str__(self) -> str:
        return "\n".join([*self.lines, *(f"  does not hold: {problem}" for problem in self.problems)])


def prove(folder: Path, needs: Needs | None = None) -> Report:
    """Prove an assignment.

    Parameters
    ----------
    folder : Path
        Its folder in ``exercises/source``; catalogue and rubric lie in ``exercises/proof`` under the same name.
    needs : Needs, optional
        How much it must hold; by default what the course asks of every assignment.

    Raises
    ------
    CourseError
        If something is missing, or does not hold; the message lists it in one line.
    """
    report = examine(folder, needs)
    if not report.proven:
        more = len(report.problems) - _SHOWN
        said = [*report.problems[:_SHOWN], *([f"and {more} more"] if more > 0 else [])]
        raise CourseError(f"{report.name} is not proven: {' | '.join(said)}")
    return report


def examine(folder: Path, needs: Needs | None = None) -> Report:
    """Do all that the proof asks and report it, whether it holds or not.

    Raises
    ------
    CourseError
        If a file of the assignment is missing or cannot be read, or nbgrader cannot run it.
    """
    assignment, catalogue, rubric = _read(folder)
    said = _on_paper(assignment, catalogue, rubric, needs or Needs())
    if len({cell.id for cell in assignment.cells}) < len(assignment.cells):
        return Report(assignment.name, (), tuple(said))  # nbgrader stops at an id used twice
    trials = _trials(assignment, catalogue)
    marking = mark(folder, _submissions(assignment, trials), feedback=list(trials)[:1])
    unsolved = _full(assignment, marking, SOLUTION, "the solution")
    sound = _without(marking, _unsolved(assignment, marking))
    shown = [
        *unsolved,
        *_none(assignment, sound),
        *_released(sound),
        *_tried(assignment, sound, trials),
        *_quiet(assignment, sound),
    ]
    return Report(assignment.name, tuple(_lines(assignment, catalogue, rubric)), (*said, *shown))


def on_paper(folder: Path, needs: Needs | None = None) -> list[str]:
    """Return what does not hold of an assignment as it is written down: all that shows without running it.

    Raises
    ------
    CourseError
        If a file of the assignment is missing or cannot be read.
    """
    return _on_paper(*_read(folder), needs or Needs())


def _read(folder: Path) -> tuple[Assignment, Catalogue, dict[str, list[Criterion]]]:
    assignment = assignments.read(folder)
    return assignment, catalogues.read(folder), rubrics.read(folder) if assignment.of("written") else {}


def _on_paper(
    assignment: Assignment, catalogue: Catalogue, rubric: dict[str, list[Criterion]], needs: Needs
) -> list[str]:
    return [
        *assignments.problems(assignment),
        *catalogues.problems(catalogue, assignment),
        *rubrics.problems(rubric, assignment),
        *_enough(assignment, catalogue, needs),
    ]


def _enough(assignment: Assignment, catalogue: Catalogue, needs: Needs) -> list[str]:
    marked, written = sum(bool(task.of("check")) for task in assignment.tasks), len(assignment.of("written"))
    counts = [
        ("wrong answers in the catalogue", len(catalogue.wrong), needs.wrong_answers),
        ("other right ways in the catalogue", len(catalogue.right), needs.right_ways),
    ]
    few = [
        f"{what}: there are {there}, and at least {least} are needed." for what, there, least in counts if there < least
    ]
    if not any(marked >= checks and written >= words for checks, words in needs.forms):
        forms = " or ".join(f"{checks} and {words}" for checks, words in needs.forms)
        few.append(f"tasks: {marked} marked by checks and {written} written; at least {forms} are needed.")
    return few


def _trials(assignment: Assignment, catalogue: Catalogue) -> dict[str, list[Wrong | Right]]:
    """Return who hands in which catalogued answers: at most one to each task.

    A submission takes about a second to mark, so that several answers share one. Wrong answers to every other task go
    together: each is caught by its own hint, beside tasks that keep their full marks.
    """
    trials: dict[str, list[Wrong | Right]] = defaultdict(list)
    for number, task in enumerate(assignment.tasks):
        answers = {cell.id for cell in task.of("answer")}
        half = "odd" if number % 2 else "even"
        for turn, wrong in enumerate(entry for entry in catalogue.wrong if entry.task in answers):
            trials[f"wrong-{half}-{turn:02d}"].append(wrong)
        for turn, right in enumerate(entry for entry in catalogue.right if entry.task in answers):
            trials[f"right-{turn:02d}"].append(right)
    return dict(sorted(trials.items(), reverse=True))


def _submissions(assignment: Assignment, trials: dict[str, list[Wrong | Right]]) -> dict[str, dict[str, str]]:
    """Return what each made-up learner hands in: the solution but for the answers on trial, or nothing at all."""
    solved = {cell.id: _MARKER.sub("", cell.source) for cell in assignment.cells if cell.kind in {"answer", "written"}}
    tried = {who: {**solved, **{entry.task: entry.code for entry in entries}} for who, entries in trials.items()}
    return {SOLUTION: solved, BLANK: {}, **tried}


def _full(
    assignment: Assignment, marking: Marking, learner: str, what: str, tasks: list[Task] | None = None
) -> list[str]:
    """Return the checks of some tasks, or of all, that do not give full marks."""
    found = []
    for task in assignment.tasks if tasks is None else tasks:
        for cell in task.of("check"):
            got = marking.cells[learner].get(cell.id)
            if got and got.score != cell.points:
                why = got.error or (f"it writes to stderr: {' '.join(got.stderr.split())}" if got.stderr else "")
                told = f" ({why})" if why else ""
                found.append(f"check {cell.id}: {what} earns {got.score:g} of {cell.points:g} points{told}.")
    return found


def _unsolved(assignment: Assignment, marking: Marking) -> set[str]:
    """Return the checks that the solution does not pass: whatever else they do says nothing."""
    return {cell.id for cell in assignment.of("check") if marking.cells[SOLUTION][cell.id].score != cell.points}


def _without(marking: Marking, checks: set[str]) -> Marking:
    """Return a marking without some checks."""
    kept = {
        who: {name: got for name, got in cells.items() if name not in checks} for who, cells in marking.cells.items()
    }
    return replace(marking, cells=kept)


def _none(assignment: Assignment, marking: Marking) -> list[str]:
    return [
        f"cell {cell.id}: the released notebook, handed in as it is, earns {got.score:g} points."
        for cell in assignment.cells
        if (got := marking.cells[BLANK].get(cell.id)) and got.score != 0
    ]


def _released(marking: Marking) -> list[str]:
    return [
        f"cell {name}: the released notebook still shows {found[0]!r}; look at how its marker is written."
        for name, source in marking.release.items()
        if (found := _LEAK.search(source))
    ]


def _tried(assignment: Assignment, marking: Marking, trials: dict[str, list[Wrong | Right]]) -> list[str]:
    """Return what is marked otherwise than the catalogue says."""
    found = []
    for learner, entries in trials.items():
        answered = [task for entry in entries if (task := assignment.task_of(entry.task))]
        for entry in entries:
            if isinstance(entry, Wrong):
                found += _caught(marking, learner, entry)
            elif task := assignment.task_of(entry.task):
                found += _full(assignment, marking, learner, f"the other right way {entry.way!r}", [task])
        others = [task for task in assignment.tasks if task not in answered]
        names = ", ".join(entry.task for entry in entries)
        found += _full(assignment, marking, learner, f"a right answer beside others to {names} ({learner})", others)
    return found


def _caught(marking: Marking, learner: str, wrong: Wrong) -> list[str]:
    """Return how a wrong answer is not caught as it should be."""
    got = marking.cells[learner].get(wrong.fails)
    if got is None:
        return []  # said already: the solution does not pass this check, or there is none of this name
    what = f"the wrong answer {wrong.misconception!r}"
    if got.score != 0 or not got.error:
        return [f"check {wrong.fails}: {what} earns {got.score:g} points."]
    if wrong.hint not in got.error:
        return [f"check {wrong.fails}: {what} should be told {wrong.hint!r}; it is told: {got.error}"]
    if learner in marking.feedback and wrong.hint not in html.unescape(marking.feedback[learner]):
        return [f"check {wrong.fails}: the feedback to {what} does not show its hint."]
    return []


def _quiet(assignment: Assignment, marking: Marking) -> list[str]:
    """Return the checks that wrote to stderr, whatever was marked."""
    found = []
    for cell in assignment.of("check"):
        loud = [who for who, cells in marking.cells.items() if cell.id in cells and cells[cell.id].stderr]
        if loud:
            wrote = " ".join(marking.cells[loud[0]][cell.id].stderr.split())
            found.append(f"check {cell.id}: it writes to stderr, for which nbgrader gives no points: {wrote}")
    return found


def _lines(assignment: Assignment, catalogue: Catalogue, rubric: dict[str, list[Criterion]]) -> list[str]:
    points = sum(task.points for task in assignment.tasks)
    minutes = sum(task.minutes for task in assignment.tasks)
    lines = [f"{assignment.name}: {len(assignment.tasks)} tasks, {points} points, about {minutes} minutes"]
    for task in assignment.tasks:
        answers = {cell.id for cell in task.of("answer")}
        parts = []
        if task.of("check"):
            wrong = sum(entry.task in answers for entry in catalogue.wrong)
            right = sum(entry.task in answers for entry in catalogue.right)
            checks = _count(len(task.of("check")), "check")
            ways = _count(right, "other right way")
            parts.append(f"{checks}, {_count(wrong, 'wrong answer')} caught, each with its hint, {ways} passed")
        for cell in task.of("written"):
            levels = sum(len(criterion.levels) for criterion in rubric.get(cell.id, []))
            criteria = len(rubric.get(cell.id, []))
            parts.append(f"by hand, criteria: {criteria}, levels: {levels}, a sample answer at each")
        lines.append(f"  {task.title} ({_count(task.points, 'point')}): {'; '.join(parts)}")
    marked = sum(cell.points for cell in assignment.of("check"))
    lines.append(f"  solution {marked:g} of {marked:g} points marked by checks, blank 0; feedback shows the hints")
    return lines


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
