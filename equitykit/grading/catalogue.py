"""The answers that prove an assignment's marking: wrong ones with the hint meant for them, and other right ways."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from equitykit.errors import CourseError
from equitykit.grading.assignment import Assignment


@dataclass(frozen=True)
class Wrong:
    """A wrong answer: the task it answers, the misconception, the check that must catch it, and the hint."""

    task: str
    misconception: str
    fails: str
    hint: str
    code: str


@dataclass(frozen=True)
class Right:
    """Another right answer to a task, and what is different about it."""

    task: str
    way: str
    code: str


@dataclass(frozen=True)
class Catalogue:
    """All answers that prove one assignment."""

    wrong: list[Wrong]
    right: list[Right]


def proof_folder(assignment: Path) -> Path:
    """Return the folder that holds an assignment's catalogue and rubric."""
    return assignment.parents[1] / "proof" / assignment.name


def load(path: Path, what: str) -> Any:
    """Read a YAML file of the proof.

    Raises
    ------
    CourseError
        If it is not there or is not YAML; the message says what it is for.
    """
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except OSError as problem:
        raise CourseError(f"{path}: there is no {what}; an assignment is proven by one.") from problem
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        reason = " ".join(str(problem).split())
        raise CourseError(f"{path}: this is not YAML ({reason}).") from problem


def _entries(path: Path, content: Any, key: str, kind: type) -> list[Any]:
    made = []
    entries = content.get(key) if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise CourseError(f"{path}: a list named {key!r} is missing.")
    needed = list(kind.__dataclass_fields__)  # type: ignore[attr-defined]
    for number, entry in enumerate(entries, start=1):
        lacking = [name for name in needed if not isinstance(entry, dict) or not isinstance(entry.get(name), str)]
        extra = sorted(set(entry) - set(needed)) if isinstance(entry, dict) else []
        if lacking or extra:
            what = f"lacks the text {', '.join(lacking)}" if lacking else f"has unknown {', '.join(map(str, extra))}"
            raise CourseError(f"{path}: entry {number} of {key!r} {what}; each has {', '.join(needed)}.")
        made.append(kind(**entry))
    return made


def read(assignment: Path) -> Catalogue:
    """Read the catalogue of an assignment.

    Parameters
    ----------
    assignment : Path
        The assignment's folder in ``exercises/source``.

    Raises
    ------
    CourseError
        If it is missing or malformed; the message names file and entry.
    """
    path = proof_folder(assignment) / "catalogue.yml"
    content = load(path, "catalogue of wrong and right answers")
    return Catalogue(_entries(path, content, "wrong", Wrong), _entries(path, content, "right", Right))


def problems(catalogue: Catalogue, assignment: Assignment) -> list[str]:
    """Return where the catalogue and the assignment do not fit together, one line each."""
    found = []
    answers = {cell.id for cell in assignment.of("answer")}
    named = [(wrong.task, wrong.misconception) for wrong in catalogue.wrong]
    named += [(right.task, right.way) for right in catalogue.right]
    for task_id, label in named:
        if task_id not in answers:
            found.append(f"catalogue, {label!r}: {task_id} is no answer cell of the assignment.")
    for wrong in catalogue.wrong:
        task = assignment.task_of(wrong.task)
        if task and wrong.fails not in {cell.id for cell in task.of("check")}:
            found.append(f"catalogue, {wrong.misconception!r}: {wrong.fails} is no check of the task of {wrong.task}.")
    proven = {wrong.fails for wrong in catalogue.wrong}
    found += [
        f"check {cell.id}: no wrong answer in the catalogue is meant for it, so nothing shows that it can fail."
        for cell in assignment.of("check")
        if cell.id not in proven
    ]
    return found
