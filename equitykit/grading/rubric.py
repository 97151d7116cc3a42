"""How written tasks are marked: criteria, levels, and a sample answer that anchors each level."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from equitykit.errors import CourseError
from equitykit.grading.assignment import Assignment
from equitykit.grading.catalogue import load, proof_folder


@dataclass(frozen=True)
class Level:
    """One level of a criterion: its points, what a marker points to, and a sample answer at this level."""

    points: int
    look_for: str
    sample: str


@dataclass(frozen=True)
class Criterion:
    """One criterion: its name, its points, and its levels from none to full."""

    name: str
    points: int
    levels: list[Level]


def read(assignment: Path) -> dict[str, list[Criterion]]:
    """Read an assignment's rubric: the criteria of each written task.

    Parameters
    ----------
    assignment : Path
        The assignment's folder in ``exercises/source``.

    Raises
    ------
    CourseError
        If it is missing or malformed.
    """
    path = proof_folder(assignment) / "rubric.yml"
    content = load(path, "rubric for the written tasks")
    try:
        return {
            str(entry["task"]): [
                Criterion(
                    str(criterion["name"]), criterion["points"], [Level(**level) for level in criterion["levels"]]
                )
                for criterion in entry["criteria"]
            ]
            for entry in content
        }
    except (KeyError, TypeError) as problem:
        reason = " ".join(str(problem).split())
        raise CourseError(
            f"{path}: this is not a rubric ({reason}); it lists tasks, each with criteria (name, points, levels), each "
            "level with points, look_for and sample."
        ) from problem


def problems(rubric: dict[str, list[Criterion]], assignment: Assignment) -> list[str]:
    """Return where the rubric and the assignment do not fit together, one line each."""
    written = {cell.id: cell for cell in assignment.of("written")}
    found = [f"rubric: {task} is no written task of the assignment." for task in rubric if task not in written]
    for cell in written.values():
        criteria = rubric.get(cell.id, [])
        if not criteria:
            found.append(f"written task {cell.id}: the rubric has no criteria for it.")
            continue
        total = sum(criterion.points for criterion in criteria)
        if total != cell.points:
            found.append(
                f"written task {cell.id}: its criteria add up to {total} points, the metadata has {cell.points:g}."
            )
        task = assignment.task_of(cell.id)
        for criterion in criteria:
            found += _levels(cell.id, criterion)
            stated = f"{criterion.name} ({criterion.points} points)"
            if task and stated not in task.text:
                found.append(f"written task {cell.id}: its text does not state the criterion '{stated}'.")
    return found


def _levels(task: str, criterion: Criterion) -> list[str]:
    where = f"written task {task}, {criterion.name!r}"
    found = []
    points = [level.points for level in criterion.levels]
    if len(points) < 2 or points != sorted(set(points)) or points[0] != 0 or points[-1] != criterion.points:
        found.append(f"{where}: its levels are worth {points}; they must rise from 0 to {criterion.points}.")
    for level in criterion.levels:
        for name, text in (("look_for", level.look_for), ("sample", level.sample)):
            if not str(text or "").strip():
                found.append(f"{where}: the level of {level.points} points has no {name}.")
    for name, texts in (
        ("look_for", [level.look_for for level in criterion.levels]),
        ("sample", [level.sample for level in criterion.levels]),
    ):
        if len({str(text).strip() for text in texts}) < len(texts):
            found.append(f"{where}: two levels have the same {name}; nothing tells them apart.")
    return found
