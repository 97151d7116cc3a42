"""What `make lab` lays out: a learner's own copies, kept when they are there already, and no answers in them."""

import shutil
from pathlib import Path

import nbformat
import pytest

from equitykit.cli.lab import lay_out

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = tmp_path_factory.mktemp("course")
    for part in ("modules", "exercises"):
        shutil.copytree(ROOT / part, course / part, ignore=shutil.ignore_patterns("__pycache__"))
    return lay_out(course)


def copies(work: Path) -> list[str]:
    return sorted(str(path.relative_to(work)) for path in work.rglob("*.ipynb"))


def test_every_notebook_and_every_assignment_is_there(work: Path) -> None:
    pages = [str(path.relative_to(ROOT)) for path in ROOT.glob("modules/*/*.ipynb")]
    tasks = [f"assignments/{path.parent.name}/{path.name}" for path in ROOT.glob("exercises/source/*/*.ipynb")]
    assert copies(work) == sorted(pages + tasks)


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("exercises/source/*")))
def test_an_assignment_has_no_answer_and_no_hidden_test_in_it(work: Path, name: str) -> None:
    def read(path: Path) -> nbformat.NotebookNode:
        return nbformat.read(path, as_version=4)

    given = read(work / "assignments" / name / f"{name}.ipynb")
    source = read(ROOT / "exercises" / "source" / name / f"{name}.ipynb")
    text = "\n".join(cell.source for cell in given.cells)
    assert "SOLUTION" not in text
    assert "HIDDEN TESTS" not in text
    assert len(given.cells) == len(source.cells)
    assert text.count("no answer yet") == sum(cell.source.count("BEGIN SOLUTION") for cell in source.cells)


def test_what_a_learner_wrote_is_kept(work: Path) -> None:
    mine = work / copies(work)[0]
    mine.write_text("mine", "utf-8")
    lay_out(work.parent)
    assert mine.read_text("utf-8") == "mine"
