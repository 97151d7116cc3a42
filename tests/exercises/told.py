"""What an assignment says in words."""

from __future__ import annotations

from typing import Any


def prose(notebook: Any) -> str:
    return " ".join(" ".join(cell.source.split()) for cell in notebook.cells if cell.cell_type == "markdown")


def own(notebook: Any, task: str) -> str:
    """The course's own answer to a written task."""
    found = next(c.source for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == task)
    return " ".join(found.split("*\n", 1)[1].split())
