"""Runs nbgrader on one course folder: release, hand in, autograde, feedback.

It is a process of its own, started by :mod:`equitykit.grading.marking`, because nbgrader takes seconds to import,
logs to its own handlers and runs event loops.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from equitykit import kernels


def _settings(course: Path) -> Config:
    config = Config()
    if (course / "nbgrader_config.py").is_file():
        config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(course)
    if kernels.available():  # the catalogue's answers are the course's own, and there are dozens of them
        config.ExecutePreprocessor.kernel_name = kernels.WARM
    return config


def _hand_in(course: Path, assignment: str, submissions: dict[str, dict[str, str]]) -> dict[str, str]:
    """Write each learner's notebook from the released one; return the released cells."""
    released = (course / "release" / assignment / f"{assignment}.ipynb").read_text("utf-8")
    sources: dict[str, str] = {}
    for learner, answers in submissions.items():
        notebook = nbformat.reads(released, as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if name:
                sources[name] = sources.get(name, cell.source)
            if name in answers:
                cell.source = answers[name]
        folder = course / "submitted" / learner / assignment
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{assignment}.ipynb")
    return sources


def _outputs(course: Path, learner: str, assignment: str) -> dict[str, tuple[str, str]]:
    """Return each cell's error and what it wrote to stderr, as the marked notebook has them."""
    found = {}
    path = course / "autograded" / learner / assignment / f"{assignment}.ipynb"
    for cell in nbformat.read(path, as_version=4).cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name and cell.cell_type == "code":
            errors = [f"{out.ename}: {out.evalue}" for out in cell.outputs if out.output_type == "error"]
            wrote = [out.text for out in cell.outputs if out.output_type == "stream" and out.name == "stderr"]
            found[name] = ("\n".join(errors), "".join(wrote))
    return found


def _step(name: str, result: dict[str, Any]) -> None:
    """Go on if a step of nbgrader succeeded; otherwise stop with the error that its log names first."""
    if not result["success"]:
        log = f"{result.get('log') or ''}\n{result.get('error') or ''}"
        named = re.findall(r"^\s*(?:[\w.]+\.)?(\w*(?:Error|Exception)\b: .+)$", log, re.MULTILINE)
        raise RuntimeError(f"nbgrader {name} failed: {named[0].strip() if named else 'its log gives no reason'}")


def work(course: Path) -> dict[str, Any]:
    """Do the job that ``job.json`` of the folder describes and return what came of it."""
    job = json.loads((course / "job.json").read_text("utf-8"))
    assignment: str = job["assignment"]
    config = _settings(course)
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    cells: dict[str, dict[str, dict[str, Any]]] = {}
    feedback: dict[str, str] = {}
    try:
        _step("generate_assignment", api.generate_assignment(assignment))
        release = _hand_in(course, assignment, job["submissions"])
        _step("autograde", api.autograde(assignment, "*"))
        for learner in job["feedback"]:
            _step("generate_feedback", api.generate_feedback(assignment, learner))
            page = course / "feedback" / learner / assignment / f"{assignment}.html"
            feedback[learner] = page.read_text("utf-8")
    except RuntimeError as problem:
        return {"problem": str(problem), "cells": {}, "release": {}, "feedback": {}}
    with api.gradebook as gradebook:
        for learner in job["submissions"]:
            outputs = _outputs(course, learner, assignment)
            cells[learner] = {
                grade.name: {
                    "score": float(grade.auto_score or 0.0),
                    "error": outputs.get(grade.name, ("", ""))[0],
                    "stderr": outputs.get(grade.name, ("", ""))[1],
                }
                for grade in gradebook.find_submission_notebook(assignment, assignment, learner).grades
            }
    return {"problem": "", "cells": cells, "release": release, "feedback": feedback}


if __name__ == "__main__":
    where = Path(sys.argv[1])
    (where / "done.json").write_text(json.dumps(work(where)), "utf-8")
