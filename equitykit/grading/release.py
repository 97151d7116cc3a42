"""An assignment as learners get it: without solutions and hidden tests, as nbgrader releases it."""

from __future__ import annotations

from pathlib import Path

import nbformat
from traitlets.config.loader import PyFileConfigLoader


def released(assignment: Path) -> nbformat.NotebookNode:
    """Return an assignment's notebook with its solutions and hidden tests taken out.

    Parameters
    ----------
    assignment : Path
        The assignment's folder in ``exercises/source``; the course's ``nbgrader_config.py`` lies two folders above.

    Notes
    -----
    nbgrader's own steps of ``generate_assignment`` that change what a learner reads, in its order; no gradebook.
    """
    from nbgrader import preprocessors  # takes a second: only who releases pays for it

    settings = PyFileConfigLoader("nbgrader_config.py", path=str(assignment.parents[1])).load_config()
    steps = ("IncludeHeaderFooter", "LockCells", "ClearSolutions", "ClearOutput", "ClearHiddenTests", "ClearMarkScheme")
    notebook = nbformat.read(assignment / f"{assignment.name}.ipynb", as_version=4)
    for name in steps:
        notebook, _ = getattr(preprocessors, name)(config=settings).preprocess(notebook, {})
    return notebook
