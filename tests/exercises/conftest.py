"""The notebook that a test module's ``FOLDER`` names, and what its answers define."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest


@pytest.fixture(scope="module")
def notebook(request: pytest.FixtureRequest) -> Any:
    """The assignment's notebook, with its solutions."""
    folder = request.module.FOLDER
    return nbformat.read(folder / f"{folder.name}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def names(notebook: Any) -> dict[str, Any]:
    """What the notebook's answers and given cells define."""
    defined: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.metadata["nbgrader"]["grade"]:
            exec(cell.source, defined)
    return defined
