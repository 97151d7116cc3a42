"""JupyterLab on a learner's own copies, so that nothing they do changes the course."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from equitykit.book.notebooks import student_copy

_BESIDE = ("*.yml", "*.csv")


def lay_out(root: Path) -> Path:
    """Copy the modules' notebooks, and what their cells read, into ``work/``; keep what is there already.

    Assignments are laid out in ``work/assignments/``, as they are released: without solutions and hidden tests.

    Parameters
    ----------
    root : Path
        The course's root folder.

    Returns
    -------
    Path
        The folder of the copies.
    """
    work = root / "work"
    for path in sorted(root.glob("modules/*/*.ipynb")):
        copy = work / path.relative_to(root)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(student_copy(path), copy)
        for pattern in _BESIDE:
            for extra in path.parent.glob(pattern):
                shutil.copyfile(extra, copy.parent / extra.name)
    for path in sorted(root.glob("exercises/source/*/*.ipynb")):
        copy = work / "assignments" / path.parent.name / path.name
        if not copy.exists():
            from equitykit.grading.release import released

            copy.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(released(path.parent), copy)
    return work


def start(folder: Path, *, port: int, show: bool) -> None:
    """Start JupyterLab in a folder and wait for it to end."""
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", f"--port={port}"]
    if not show:
        command.append("--no-browser")
    environment = {**os.environ, "EQUITYKIT_DATASETS": str(folder.parent / "datasets")}
    try:
        subprocess.run(command, check=False, env=environment)
    except KeyboardInterrupt:
        return
