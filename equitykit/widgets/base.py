"""What every interactive has in common: one JavaScript module, and two ways to live.

With a kernel, an interactive is an anywidget: its traits are the state, shared with Python.
In a static page there is no kernel; the same module is given the same state by a small host
(``equitykit/book/static/host.js``). Both start from what :meth:`Interactive.bundle` returns.
"""

from __future__ import annotations

from html import escape
from typing import Any

import anywidget
import traitlets

from equitykit.widgets.modules import source, styles

MIME = "application/vnd.equitykit.interactive+json"
"""The MIME type of an interactive's static form: ``{"module", "name", "state"}``."""


class Interactive(anywidget.AnyWidget):
    """An interactive of the course; a subclass names its module and declares its state as traits.

    Attributes
    ----------
    name : str
        Stable id in its page: the anchor, and the key under which a learner's record keeps it.
    label : str
        What the interactive is, in a few words: the accessible name of its region.
    words : str
        The text alternative, in words that change with the state. The JavaScript side keeps it up to date.
    table : list of list of str
        What is shown, as rows; the first row is the header. Kept up to date like ``words``.
    """

    module: str = ""

    name = traitlets.Unicode("").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    table = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "module" in cls.__dict__:  # not for the nameless subclass that adding traits makes
            cls._esm = source(cls.module)
            cls._css = styles(cls.module)
        super().__init_subclass__(**kwargs)

    def state(self) -> dict[str, Any]:
        """Return the synced traits that the course declares, as plain JSON values."""
        outside = set(anywidget.AnyWidget.class_trait_names()) | {"_esm", "_css"}
        names = [n for n in self.trait_names(sync=True) if n not in outside and not n.startswith("_")]
        return {n: getattr(self, n) for n in sorted(names)}

    def bundle(self) -> dict[str, Any]:
        """Return the static form: what a page without a kernel is built from."""
        return {"module": self.module, "name": self.name, "state": self.state()}

    def still(self) -> str:
        """Return HTML that says the same without a script: the words and the table."""
        return words_html(self.words, self.table, caption=self.label)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        made = super()._repr_mimebundle_(**kwargs)
        live, metadata = made if isinstance(made, tuple) else (made or {}, {})
        live.pop("text/plain", None)
        shown = {MIME: self.bundle(), "text/html": self.still(), "text/plain": self.words or self.label}
        return {**live, **shown}, metadata

    def __repr__(self) -> str:
        return f"{type(self).__name__}(name={self.name!r})"


def words_html(words: str, table: list[list[str]], *, caption: str) -> str:
    """Return what is shown as HTML: in words, then as a table."""
    said = f'<p class="ek-words">{escape(words)}</p>' if words else ""
    return said + (table_html(table, caption=caption) if table else "")


def table_html(rows: list[list[str]], *, caption: str) -> str:
    """Return an accessible HTML table: a caption, a header row, the first column as row headers.

    Parameters
    ----------
    rows : list of list of str
        The first row is the header.
    caption : str
        What the table shows.
    """
    head, *body = rows
    header = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>"
        for row in body
    )
    return (
        f'<div class="ek-table-scroll" role="group" tabindex="0" aria-label="{escape(caption, quote=True)}">'
        f'<table class="ek-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{lines}</tbody></table></div>"
    )
