"""Marks submissions with nbgrader, for real, in a course folder of its own that is thrown away."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from equitykit import kernels
from equitykit.errors import CourseError

RELEASE = "release"  # the name under which the released notebook's cells are handed back


@dataclass(frozen=True)
class Marked:
    """What nbgrader made of one cell of one submission."""

    score: float
    error: str
    stderr: str


@dataclass(frozen=True)
class Marking:
    """What nbgrader made of all submissions.

    ``cells[learner][cell id]`` is what became of a graded cell; ``release[cell id]`` is a cell's source as released;
    ``feedback[learner]`` is the HTML that the learner gets.
    """

    cells: dict[str, dict[str, Marked]]
    release: dict[str, str]
    feedback: dict[str, str]


def mark(assignment: Path, submissions: dict[str, dict[str, str]], feedback: list[str]) -> Marking:
    """Release an assignment, hand submissions in, mark them, and give feedback.

    Parameters
    ----------
    assignment : Path
        The assignment's folder in ``exercises/source``. It is copied, never written to.
    submissions : dict
        For each learner, the source that they put into each cell, by the cell's id; other cells stay as released.
    feedback : list of str
        The learners to make feedback for.

    Raises
    ------
    CourseError
        If nbgrader cannot release or mark the assignment; the message holds its reason.
    """
    kernels.share()
    with tempfile.TemporaryDirectory(prefix="equitykit-proof-") as made:
        course = Path(made)
        shutil.copytree(assignment, course / "source" / assignment.name)
        settings = assignment.parents[1] / "nbgrader_config.py"
        if settings.is_file():
            shutil.copyfile(settings, course / settings.name)
        job = {"assignment": assignment.name, "submissions": submissions, "feedback": feedback}
        (course / "job.json").write_text(json.dumps(job), "utf-8")
        environment = {
            **os.environ,
            "PATH": os.pathsep.join(
                [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
            ),  # nbgrader's alembic
            "IPYTHONDIR": str(course / "ipython"),
            "JUPYTER_CONFIG_DIR": str(course / "jupyter"),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        ran = subprocess.run(
            [sys.executable, "-m", "equitykit.grading.nbgrader_job", str(course)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        done = course / "done.json"
        if not done.is_file():
            lines = [line for line in ran.stderr.splitlines() if line.strip()] or ["no reason given"]
            raise CourseError(f"{assignment.name}: nbgrader stopped: {lines[-1].strip()}")
        result = json.loads(done.read_text("utf-8"))
    if result["problem"]:
        raise CourseError(f"{assignment.name}: {result['problem']}")
    return Marking(
        {who: {name: Marked(**cell) for name, cell in cells.items()} for who, cells in result["cells"].items()},
        result["release"],
        result["feedback"],
    )
