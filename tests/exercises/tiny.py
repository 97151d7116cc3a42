"""A tiny assignment to try the proof on: two tasks of one point each and one written task, sound unless changed."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NAME = "00-tiny"

HIDDEN = (
    "### BEGIN HIDDEN TESTS\nfor n in [3, 5]:\n    assert {call} == {right}, 'hidden: {hint}'\n### END HIDDEN TESTS"
)

RUBRIC = [
    {
        "task": "w",
        "criteria": [
            {
                "name": "A reason",
                "points": 2,
                "levels": [
                    {"points": 0, "look_for": "no reason", "sample": "Because."},
                    {"points": 2, "look_for": "a reason", "sample": "Because the rule says so."},
                ],
            }
        ],
    }
]

CATALOGUE = {
    "wrong": [
        {
            "task": "a",
            "misconception": "half for double",
            "fails": "a-check",
            "hint": "more, not less",
            "code": "def double(n):\n    return n / 2",
        },
        {
            "task": "b",
            "misconception": "typed in",
            "fails": "b-check",
            "hint": "hidden: for any n",
            "code": "def square(n):\n    return 4",
        },
    ],
    "right": [{"task": "b", "way": "by multiplying", "code": "def square(n):\n    return n * n"}],
}


def _cell(cell: Any, name: str, *, grade: bool, solution: bool, points: int | None = None) -> Any:
    cell.metadata["nbgrader"] = {
        "grade": grade,
        "grade_id": name,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        cell.metadata["nbgrader"]["points"] = points
    return cell


def answer(name: str, code: str) -> Any:
    """An answer cell."""
    return _cell(new_code_cell(code), name, grade=False, solution=True)


def check(name: str, code: str, points: int = 1) -> Any:
    """A check cell."""
    return _cell(new_code_cell(code), name, grade=True, solution=False, points=points)


def written(name: str, text: str, points: int) -> Any:
    """A cell for writing."""
    return _cell(new_markdown_cell(text), name, grade=True, solution=True, points=points)


def cells() -> dict[str, Any]:
    """The cells of the sound assignment, by name."""
    return {
        "intro": new_markdown_cell("# Tiny\n\n4 points in all."),
        "a-text": new_markdown_cell("## Task 1 · Twice (1 point, about 2 minutes)"),
        "a": answer("a", "def double(n):\n    ### BEGIN SOLUTION\n    return 2 * n\n    ### END SOLUTION"),
        "a-check": check(
            "a-check",
            "assert double(2) == 4, 'twice is more, not less'\n"
            + HIDDEN.format(call="double(n)", right="2 * n", hint="for any n"),
        ),
        "b-text": new_markdown_cell("## Task 2 · Squared (1 point, about 2 minutes)"),
        "b": answer("b", "def square(n):\n    ### BEGIN SOLUTION\n    return n**2\n    ### END SOLUTION"),
        "b-check": check(
            "b-check",
            "assert square(2) == 4, 'a number times itself'\n"
            + HIDDEN.format(call="square(n)", right="n * n", hint="for any n"),
        ),
        "w-text": new_markdown_cell("## Task 3 · Why (2 points, about 2 minutes)\n\n- A reason (2 points)"),
        "w": written("w", "Because the rule says so.", 2),
    }


def lay_out(
    folder: Path,
    changes: dict[str, Any] | None = None,
    *,
    catalogue: Any = CATALOGUE,
    rubric: Any = RUBRIC,
    minutes: tuple[int, int] = (5, 7),
) -> Path:
    """Write the assignment below `folder`, with some cells exchanged or added; return its folder."""
    notebook = new_notebook(cells=list({**cells(), **(changes or {})}.values()))
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["equity"] = {"id": "tiny", "kind": "assignment", "minutes": list(minutes), "objectives": ["try"]}
    source, proof = folder / "source" / NAME, folder / "proof" / NAME
    source.mkdir(parents=True)
    proof.mkdir(parents=True)
    nbformat.write(notebook, source / f"{NAME}.ipynb")
    (proof / "catalogue.yml").write_text(yaml.safe_dump(deepcopy(catalogue)), "utf-8")
    (proof / "rubric.yml").write_text(yaml.safe_dump(deepcopy(rubric)), "utf-8")
    return source
