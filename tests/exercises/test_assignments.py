"""Every assignment in exercises/source is proven: nbgrader is run on its solution, its blank and its catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equitykit.book import pages
from equitykit.grading import proof

ROOT = Path(__file__).parents[2]
EXERCISES = ROOT / "exercises"
FOLDERS = sorted(path for path in (EXERCISES / "source").iterdir() if path.is_dir())
ASSIGNMENTS = pages.assignments(ROOT)


def test_every_folder_holds_the_assignment_of_its_name() -> None:
    assert [page.path.stem for page in ASSIGNMENTS] == [folder.name for folder in FOLDERS]
    assert FOLDERS


@pytest.mark.slow
@pytest.mark.parametrize(
    "folder", [pytest.param(path, marks=pytest.mark.xdist_group(path.name), id=path.name) for path in FOLDERS]
)
def test_an_assignment_is_proven(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in EXERCISES.rglob("*")}
    print(proof.prove(folder))
    assert {path: path.stat().st_mtime_ns for path in EXERCISES.rglob("*")} == before


@pytest.mark.parametrize("page", ASSIGNMENTS, ids=lambda page: page.path.stem)
def test_an_assignment_says_what_it_assesses_and_restates_its_objectives(page: pages.Page) -> None:
    assert pages.problems(page) == []
    assert page.metadata["kind"] == "assignment"
    assert {principle for principle, _ in page.marked("assesses")}
    text = "\n".join(page.markdown())
    missing = [objective for objective in page.metadata["objectives"] if objective not in text]
    assert missing == []


@pytest.mark.parametrize("page", ASSIGNMENTS, ids=lambda page: page.path.stem)
def test_an_assignment_links_its_lessons_and_each_link_leads_somewhere(page: pages.Page) -> None:
    here = (ROOT / page.path).parent
    links = re.findall(r"\]\((?!https?://)([^)#]+)", "\n".join(page.markdown()))
    assert [link for link in links if not (here / link).is_file()] == []
    lessons = {path.resolve() for path in (ROOT / "modules" / page.module).glob("[1-9]-*.ipynb")}
    assert lessons <= {(here / link).resolve() for link in links}
