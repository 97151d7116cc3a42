"""An assignment as its notebook has it: tasks, checks, points, and what is wrong with them on paper."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from equitykit.errors import CourseError

SCHEMA = 3
_TASK = re.compile(r"^## (?P<title>.+?) \((?P<points>\d+) points?, about (?P<minutes>\d+) minutes?\)\s*$", re.MULTILINE)
_TOTAL = re.compile(r"\b(\d+) points? in all\b")
_HIDDEN = "### BEGIN HIDDEN TESTS"


@dataclass(frozen=True)
class Cell:
    """One cell that nbgrader knows: an answer, a check or a piece of writing."""

    id: str
    kind: str  # "answer" | "check" | "written" | "given"
    points: float
    source: str


@dataclass
class Task:
    """One task: a heading that states points and minutes, and the cells below it."""

    title: str
    points: int
    minutes: int
    text: str = ""
    cells: list[Cell] = field(default_factory=list)

    def of(self, kind: str) -> list[Cell]:
        """Return the task's cells of one kind."""
        return [cell for cell in self.cells if cell.kind == kind]


@dataclass
class Assignment:
    """An assignment: its folder, its tasks, and graded cells that belong to none."""

    folder: Path
    tasks: list[Task]
    strays: list[Cell]
    intro: str
    minutes: tuple[int, int]
    schemas: dict[str, Any]

    @property
    def name(self) -> str:
        """The assignment's name: its folder's."""
        return self.folder.name

    @property
    def cells(self) -> list[Cell]:
        """All cells that nbgrader knows, in order of tasks."""
        return [*self.strays, *(cell for task in self.tasks for cell in task.cells)]

    def of(self, kind: str) -> list[Cell]:
        """Return all cells of one kind."""
        return [cell for cell in self.cells if cell.kind == kind]

    def task_of(self, cell_id: str) -> Task | None:
        """Return the task that a cell belongs to."""
        return next((task for task in self.tasks if any(cell.id == cell_id for cell in task.cells)), None)


def _kind(cell_type: str, marks: dict[str, Any]) -> str:
    if marks.get("grade") and marks.get("solution"):
        return "written"
    if marks.get("grade"):
        return "check" if cell_type == "code" else "written"
    return "answer" if marks.get("solution") else "given"


def read(folder: Path) -> Assignment:
    """Read an assignment's notebook.

    Parameters
    ----------
    folder : Path
        The assignment's folder in ``exercises/source``; its notebook has the folder's name.

    Raises
    ------
    CourseError
        If there is no such notebook, or it cannot be read.
    """
    path = folder / f"{folder.name}.ipynb"
    try:
        notebook = json.loads(path.read_text("utf-8"))
        cells = notebook["cells"]
    except OSError as problem:
        raise CourseError(
            f"{path}: cannot be read ({problem.strerror}); an assignment is a notebook there."
        ) from problem
    except (ValueError, KeyError) as problem:
        raise CourseError(f"{path}: this is not a notebook; restore it from version control.") from problem
    minutes = notebook["metadata"].get("equity", {}).get("minutes", [0, 0])
    assignment = Assignment(folder, [], [], "", (minutes[0], minutes[-1]), {})
    task: Task | None = None
    for raw in cells:
        source = "".join(raw["source"])
        marks = raw.get("metadata", {}).get("nbgrader")
        if marks:
            known = Cell(marks["grade_id"], _kind(raw["cell_type"], marks), float(marks.get("points") or 0), source)
            (task.cells if task else assignment.strays).append(known)
            assignment.schemas[known.id] = marks.get("schema_version")
        elif raw["cell_type"] == "markdown":
            heading = _TASK.search(source)
            if heading:
                task = Task(heading["title"], int(heading["points"]), int(heading["minutes"]))
                assignment.tasks.append(task)
            elif re.match("#{1,2} ", source):
                task = None
            if task:
                task.text += source + "\n"
            elif not assignment.tasks:
                assignment.intro += source + "\n"
    return assignment


def problems(assignment: Assignment) -> list[str]:
    """Return what can be seen to be wrong without running anything, one line each."""
    found = [
        f"cell {name}: this grade_id is used {times} times; nbgrader stops at it."
        for name, times in Counter(cell.id for cell in assignment.cells).items()
        if times > 1
    ]
    found += [
        f"cell {name}: nbgrader's metadata has schema {schema}; it must be {SCHEMA}."
        for name, schema in assignment.schemas.items()
        if schema != SCHEMA
    ]
    found += [
        f"cell {cell.id}: it has points and no heading above it such as '## Task 1 · … (10 points, about 8 minutes)'."
        for cell in assignment.strays
        if cell.points
    ]
    for task in assignment.tasks:
        counted = sum(cell.points for cell in task.cells)
        if counted != task.points:
            found.append(f"{task.title}: the text says {task.points} points, the metadata {counted:g}.")
        if task.of("check") and not task.of("answer"):
            found.append(f"{task.title}: it has checks and no answer cell.")
        if task.of("check") and not any(_HIDDEN in cell.source for cell in task.of("check")):
            found.append(f"{task.title}: none of its checks has hidden tests ({_HIDDEN}); typed-in results would pass.")
    found += _totals(assignment)
    for cell in assignment.of("check"):
        last = _last_statement(cell.source)
        if isinstance(last, ast.Expr):
            found.append(f"check {cell.id}: it ends in a bare expression, whose value nbgrader takes for the points.")
        elif isinstance(last, str):
            found.append(f"check {cell.id}: {last}")
    return found


def _totals(assignment: Assignment) -> list[str]:
    found = []
    points = sum(task.points for task in assignment.tasks)
    stated = _TOTAL.search(assignment.intro)
    if not stated:
        found.append("the introduction does not say 'N points in all'.")
    elif int(stated[1]) != points:
        found.append(f"the introduction says {stated[1]} points in all; the tasks' headings add up to {points}.")
    minutes = sum(task.minutes for task in assignment.tasks)
    low, high = assignment.minutes
    if not low <= minutes <= high:
        found.append(f"the tasks take about {minutes} minutes together; the metadata says {low} to {high}.")
    return found


def _last_statement(source: str) -> ast.stmt | str | None:
    try:
        body = ast.parse(source).body
    except SyntaxError as problem:
        return f"it is not Python (line {problem.lineno})."
    return body[-1] if body else None
