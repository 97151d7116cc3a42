"""Cells that need a kernel, in a page that has none: a still and a way to the notebook, never a dead control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

TAG = "with-kernel"
_NOTE = (
    '<p class="ek-with-kernel"><strong>With a kernel.</strong> In JupyterLab this cell gives you a control to '
    'work with. Here, <a href="{href}" download>take this page to JupyterLab</a>, or read on: the page says '
    "the same without it.</p>"
)


def _note(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    href = f"{'../' * docname.count('/')}_notebooks/{docname}.ipynb"
    for cell in list(doctree.findall(nodes.container)):
        if cell.get("nb_element") == "cell_code" and f"tag_{TAG}" in cell["classes"]:
            cell += nodes.raw("", _NOTE.format(href=href), format="html")


def setup(app: Sphinx) -> None:
    """Register the note."""
    app.connect("doctree-resolved", _note)
