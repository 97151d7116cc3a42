"""What a reader makes in an interactive and takes away: saved, opened again, and written as a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import traitlets

from equitykit.errors import CourseError
from equitykit.widgets.base import Interactive


class TakeAway(Interactive):
    """An interactive whose result leaves the page: see ``static/takeaway.js``.

    Attributes
    ----------
    kind : str
        What its files are called; a file of another kind is refused.
    sheet : dict
        The result as a document, ``{"title", "note", "blocks"}``. The JavaScript side keeps it up to date.
    """

    kind: str = ""

    sheet = traitlets.Dict().tag(sync=True)

    def document(self, path: str | Path) -> Path:
        """Write what was made as a document: the file's ending says which (.docx or .md).

        Raises
        ------
        CourseError
            Before the interactive was shown, or when the ending is another.
        """
        from equitykit.widgets.sheet import checked, write

        return write(checked(self.composed()), Path(path))

    def composed(self) -> dict[str, Any]:
        """Return the sheet; an interactive that composes it in Python too needs no page for it.

        Raises
        ------
        CourseError
            Before the interactive was shown.
        """
        if not self.sheet:
            raise CourseError(f"{self!r} has made nothing to write yet: show it in a cell of its own first.")
        return dict(self.sheet)
