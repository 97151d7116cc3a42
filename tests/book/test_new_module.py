"""A module added later is found without touching a test: laid out in a copy, it is in book, coverage and checks."""

import shutil
from pathlib import Path

import pytest

from equitykit.book import coverage, pages
from equitykit.book.build import build
from equitykit.book.execute import run
from equitykit.cli.checking import findings
from equitykit.cli.new_module import create
from equitykit.errors import CourseError
from tests.book.built import ROOT, broken_links, documents, soup

NAME = "99-a-small-module"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course without its modules' pages, and a new module in it."""
    root = tmp_path_factory.mktemp("course")
    for name in ("front", "datasets", "exercises", "modules"):
        shutil.copytree(ROOT / name, root / name)
    for path in (*ROOT.glob("_*.yml"), *ROOT.glob("*.bib")):
        shutil.copy(path, root)
    create(root, NAME)
    run(root / "modules" / NAME / "1-first-lesson.ipynb")
    return root


def test_it_is_in_the_book_and_its_question_is_alive(course: Path, tmp_path: Path) -> None:
    html = build(course, strict=True, out=tmp_path)
    assert f"modules/{NAME}/1-first-lesson" in documents(course)
    assert soup(html / "modules" / NAME / "1-first-lesson.html").select_one('#first-question[data-module="check"]')
    assert [link for link in broken_links(html) if NAME in link] == []
    table = soup(html / "front" / "principles.html").select_one(".ek-coverage")
    assert table.find("a", href=f"../modules/{NAME}/1-first-lesson.html#first-question")


def test_it_is_in_the_coverage(course: Path) -> None:
    places = coverage.collect(course).places["P01"]
    assert f"modules/{NAME}/1-first-lesson" in {place.docname for place in places["taught"]}
    assert f"modules/{NAME}/1-first-lesson" in {place.docname for place in places["practised"]}


def test_it_passes_the_checks_and_what_is_taken_from_it_is_missed(course: Path) -> None:
    assert findings(course) == []
    assert f"modules/{NAME}/overview" in {page.docname for page in pages.course_pages(course)}
    page = course / "modules" / NAME / "educators.md"
    whole = page.read_text("utf-8")
    page.write_text(whole.replace("kind: educators", "kind: educator"), "utf-8")
    assert any(f"modules/{NAME}/educators.md" in line for line in findings(course))
    page.write_text(whole, "utf-8")


@pytest.mark.parametrize("name", ["small", "99-another", "../98-x", "98_x"])
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(course: Path, name: str) -> None:
    before = {path: path.stat().st_mtime for path in course.rglob("*")}
    with pytest.raises(CourseError, match=r"number 99|two digits"):
        create(course, name)
    assert {path: path.stat().st_mtime for path in course.rglob("*")} == before
