"""A student's copy of a notebook reads without the book: numbers filled in, no markup of the book's own."""

import re
from pathlib import Path

import pytest

from equitykit.book.notebooks import plain, student_copy
from tests.book.built import ROOT

ROLE = re.compile(r"\{[a-z:]+\}`")


@pytest.mark.parametrize("path", sorted(ROOT.glob("modules/*/*.ipynb")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_nothing_of_the_books_markup_is_left(path: Path) -> None:
    text = "\n".join(cell.source for cell in student_copy(path).cells if cell.cell_type == "markdown")
    assert ROLE.findall(text) == []
    assert not re.search(r"^(:::|```)\{", text, re.M)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("It is {glue:text}`gap:.1f` years.", "It is 9.4 years."),
        ("It is {glue:text}`words` there.", "It is nine there."),
        ("As shown {cite:p}`a2001`.", "As shown [a2001]."),
        ("A {term}`decile <Decile>` of areas.", "A decile of areas."),
        ("(here)=\n## Title", "## Title"),
        (":::{note} Care\n:class: tip\nBe kind.\n:::", "> **Care**\n>\n> Be kind."),
    ],
)
def test_the_books_markup_is_said_plainly(given: str, expected: str) -> None:
    assert plain(given, {"gap": "9.3581", "words": "'nine'"}) == expected
