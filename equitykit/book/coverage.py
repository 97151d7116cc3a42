"""Where each principle is taught, practised and assessed: a table made from the pages' own metadata."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive

from equitykit.book import pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx

WAYS = ("taught", "practised", "assessed")


@dataclass
class Place:
    """A place that serves a principle: a page, and an anchor in it."""

    docname: str
    title: str
    anchor: str = ""


@dataclass
class Coverage:
    """For each principle, the places where it is taught, practised and assessed."""

    places: dict[str, dict[str, list[Place]]] = field(
        default_factory=lambda: defaultdict(lambda: {way: [] for way in WAYS})
    )

    def missing(self) -> dict[str, list[str]]:
        """Return, for each principle that lacks any, the ways that it lacks."""
        lacking = {p: [w for w in WAYS if not self.places[p][w]] for p in pages.PRINCIPLES}
        return {principle: ways for principle, ways in lacking.items() if ways}


def collect(root: Path) -> Coverage:
    """Walk the course's pages and assignments and return what serves each principle.

    Parameters
    ----------
    root : Path
        The course's root folder.
    """
    coverage = Coverage()
    wrap_ups = {}
    for page in pages.course_pages(root):
        if page.kind == "wrap-up":
            wrap_ups[page.module] = page
        if page.kind == "lesson":
            for principle in page.metadata.get("teaches", []):
                coverage.places[principle]["taught"].append(Place(page.docname, page.title))
        for principle, anchor in page.marked("practises"):
            place = Place(page.docname, page.title, anchor)
            if place not in coverage.places[principle]["practised"]:
                coverage.places[principle]["practised"].append(place)
    for assignment in pages.assignments(root):
        for principle in dict.fromkeys(p for p, _ in assignment.marked("assesses")):
            wrap_up = wrap_ups.get(assignment.module)
            if wrap_up:
                place = Place(wrap_up.docname, assignment.title.partition(" · ")[0], "the-assignment")
                coverage.places[principle]["assessed"].append(place)
    return coverage


class CoverageTable(Directive):
    """``{coverage}``: the table of principles by taught, practised and assessed."""

    has_content: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        """Leave a mark that is filled when all pages are read."""
        return [coverage_mark("")]


class coverage_mark(nodes.General, nodes.Element):
    """The place of the coverage table in a page."""


def _cell(places: list[Place], app: Sphinx, here: str) -> nodes.entry:
    entry = nodes.entry()
    if not places:
        entry += nodes.paragraph("", "", nodes.Text("not yet"), classes=["ek-none"])
    for place in places:
        uri = app.builder.get_relative_uri(here, place.docname)
        address = f"{uri}#{place.anchor}" if place.anchor else uri
        entry += nodes.paragraph("", "", nodes.reference("", place.title, refuri=address, internal=True))
    return entry


def _table(coverage: Coverage, app: Sphinx, here: str) -> nodes.Element:
    table = nodes.table(classes=["ek-coverage"])
    group = nodes.tgroup(cols=4)
    table += group
    for width in (10, 30, 30, 30):
        group += nodes.colspec(colwidth=width)
    head = nodes.row()
    for title in ("Principle", *(way.capitalize() for way in WAYS)):
        head += nodes.entry("", nodes.paragraph(text=title))
    group += nodes.thead("", head)
    body = nodes.tbody()
    group += body
    for principle in pages.PRINCIPLES:
        name = nodes.paragraph("", "", nodes.reference("", principle, refuri=f"#{principle.lower()}", internal=True))
        row = nodes.row("", nodes.entry("", name))
        for way in WAYS:
            row += _cell(coverage.places[principle][way], app, here)
        body += row
    scroll = nodes.container(classes=["ek-table-scroll"])
    scroll += table
    return scroll


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    marks = list(doctree.findall(coverage_mark))
    if not marks:
        return
    coverage = collect(Path(app.srcdir))
    for mark in marks:
        mark.replace_self(_table(coverage, app, docname))


def _remember(app: Sphinx, env: Any, docnames: list[str]) -> None:
    """Rebuild the page that holds the table when the metadata it is made from changed."""
    known = {d: str(sorted(env.metadata.get(d, {}).items())) for d in docnames}
    if known and "front/principles" in env.found_docs:
        table = repr(sorted((p, str(w)) for p, w in collect(Path(app.srcdir)).places.items()))
        if getattr(env, "ek_coverage", None) != table:
            env.ek_coverage = table
            if "front/principles" not in docnames:
                docnames.append("front/principles")


def setup(app: Sphinx) -> None:
    """Register the directive and its filling."""
    app.add_node(coverage_mark)
    app.add_directive("coverage", CoverageTable)
    app.connect("doctree-resolved", _fill)
    app.connect("env-before-read-docs", _remember)
