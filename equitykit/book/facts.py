"""The strip under a page's title: minutes, objectives and principles, read from its metadata."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from equitykit.book import pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SHOWN = {"overview", "lesson", "practice", "wrap-up"}
_NAMES = {"overview": "Overview", "lesson": "Lesson", "practice": "Practice", "wrap-up": "Wrap-up"}


def strip(page: pages.Page, principles_uri: str, notebook_uri: str = "") -> str:
    """Return the HTML of a page's facts.

    Parameters
    ----------
    page : Page
        The page, with complete metadata.
    principles_uri : str
        Address of the principles' page, seen from this page.
    notebook_uri : str
        Address of the page's notebook for JupyterLab; empty for pages that are none.
    """
    low, high = page.metadata["minutes"]
    span = f"{low} minutes" if low == high else f"{low} to {high} minutes"
    links = " ".join(
        f'<a href="{escape(principles_uri)}#{p.lower()}">{p}</a>' for p in page.metadata.get("teaches", [])
    )
    items = "".join(f"<li>{escape(text)}</li>" for text in page.metadata.get("objectives", []))
    notebook = (
        f'<li><a href="{escape(notebook_uri)}" download>Take this page to JupyterLab</a></li>'
        '<li><button type="button" class="ek-code-switch" aria-pressed="false">Show all code</button></li>'
        if notebook_uri
        else ""
    )
    return (
        f'<div class="ek-facts"><ul class="ek-facts-line"><li>{_NAMES[page.kind]}</li><li>{span}</li>'
        f"<li>Principles {links}</li>{notebook}</ul>"
        f'<p class="ek-facts-lead">After this page you can:</p><ul class="ek-objectives">{items}</ul></div>'
    )


def _insert(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    path = Path(app.env.doc2path(docname))
    page = pages.read(path, Path(app.srcdir))
    if page.kind not in _SHOWN or pages.problems(page):
        return
    principles = app.builder.get_relative_uri(docname, "front/principles")
    notebook = ""
    if path.suffix == ".ipynb":
        root = "../" * docname.count("/")
        notebook = f"{root}_notebooks/{page.path.as_posix()}"
    title = next(iter(doctree.findall(nodes.title)), None)
    if title is not None:
        section = title.parent
        section.insert(section.index(title) + 1, nodes.raw("", strip(page, principles, notebook), format="html"))


def setup(app: Sphinx) -> None:
    """Register the strip."""
    app.connect("doctree-resolved", _insert)
