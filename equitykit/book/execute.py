"""Runs the course's notebooks and keeps only what the next run would give again."""

from __future__ import annotations

import logging
from pathlib import Path

import nbformat

from equitykit.book.kernel_cells import TAG
from equitykit.errors import CourseError

_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_NOISE = ("execution", "ExecuteTime", "collapsed", "scrolled")


def clean(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Remove from a notebook what differs from run to run: times, widget ids, kernel details; count cells in order.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook; changed in place.

    Returns
    -------
    NotebookNode
        The same notebook.
    """
    notebook.metadata.pop("widgets", None)
    notebook.metadata.pop("language_info", None)
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    count = 0
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:03d}"
        for key in _NOISE:
            cell.metadata.pop(key, None)
        if cell.cell_type != "code":
            continue
        count += 1
        cell["execution_count"] = count  # a cell without one counts as not run
        if TAG in cell.metadata.get("tags", []):
            cell["outputs"] = []  # a control lives in a kernel; nothing of it outlives one
        for output in cell.outputs:
            if "execution_count" in output:
                output["execution_count"] = count
            if "data" in output:
                output["data"].pop(_WIDGET_VIEW, None)
    return notebook


def run(path: Path, *, timeout: int = 300) -> bool:
    """Execute a notebook in its own folder and write it back, cleaned.

    Parameters
    ----------
    path : Path
        The notebook.
    timeout : int
        Seconds that one cell may take.

    Returns
    -------
    bool
        Whether the file changed.

    Raises
    ------
    CourseError
        If the file is no notebook, or a cell fails: the message names the cell and its error, and
        the file is left as it was.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    logging.getLogger("traitlets").setLevel(logging.ERROR)
    try:
        before = path.read_text("utf-8")
        notebook = nbformat.reads(before, as_version=4)
    except OSError as problem:
        raise CourseError(f"{path}: cannot be opened ({problem.strerror}); check the path.") from problem
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError, KeyError) as problem:
        raise CourseError(f"{path}: this is not a notebook; restore it from version control.") from problem
    quiet = ["--log-level=40"]  # the kernel has nothing to tell a reader
    client = NotebookClient(
        notebook, timeout=timeout, extra_arguments=quiet, resources={"metadata": {"path": str(path.parent)}}
    )
    try:
        client.execute()
    except CellExecutionError as problem:
        raise CourseError(f"{path}: a cell failed with {problem.ename}: {problem.evalue}") from problem
    except (CellTimeoutError, DeadKernelError) as problem:
        raise CourseError(
            f"{path}: the kernel stopped or took over {timeout} s; run the cells one by one."
        ) from problem
    after = nbformat.writes(clean(notebook)).rstrip("\n") + "\n"
    nbformat.validate(notebook)
    if after != before:
        path.write_text(after, "utf-8")
    return after != before
