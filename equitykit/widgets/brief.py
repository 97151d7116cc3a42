"""The brief builder: two pages for a named decision-maker, from the reader's words and what other tools saved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import traitlets

from equitykit.errors import CourseError
from equitykit.widgets.brief_bring import offers
from equitykit.widgets.brief_content import BOOK, SECTIONS, Brief, checked
from equitykit.widgets.brief_rules import findings, missing
from equitykit.widgets.brief_sheet import brief_sheet
from equitykit.widgets.brief_words import table, words
from equitykit.widgets.brief_worked import worked
from equitykit.widgets.sheet import read_file
from equitykit.widgets.takeaway import TakeAway

WORKED = "worked-brief"


class BriefBuilder(TakeAway):
    """An evidence brief of two pages, and what it shows about itself.

    Parameters
    ----------
    name : str
        Stable id in the page, under which the reader's brief is kept in their browser. The name ``"worked-brief"``
        opens the course's worked example, read-only until the reader works on a copy.
    brief : mapping, optional
        ``title``, ``by``, ``dated``, ``note``, ``sections`` (by section and field), ``brought`` (blocks taken from a
        tool's file, by section) and ``principles`` (``section`` and ``line`` by P01 to P24); what it leaves out is
        empty.
    label : str, optional
        Accessible name.

    Attributes
    ----------
    brief : dict
        All that the brief says.
    locked : bool
        Whether it can only be read.
    fit : dict
        What the page measured on the print sheet: ``pages`` (millimetres over, by page), ``tall`` (the sections of a
        page that is over, by height).

    Raises
    ------
    CourseError
        When the brief has a section, field or principle that does not exist.

    Notes
    -----
    The rules of ``brief_rules.yml`` read words, never a person. They block nothing and add up to no mark.

    Examples
    --------
    >>> made = BriefBuilder("brief", {"sections": {"ask": {"text": "Publish the list."}}})
    >>> made.findings().query("kind == 'ask'")["finding"].tolist()
    ['The ask names nobody who does it', 'The ask has no date']
    """

    module = "brief"
    kind = "evidence brief"

    brief = traitlets.Dict().tag(sync=True)
    locked = traitlets.Bool(False).tag(sync=True)
    fit = traitlets.Dict().tag(sync=True)
    book = traitlets.Dict().tag(sync=True)

    worked = staticmethod(worked)

    def __init__(self, name: str, brief: Mapping[str, Any] | None = None, *, label: str | None = None) -> None:
        example = name == WORKED and brief is None
        given = worked() if example else brief or {}
        said = label or ("Worked brief" if example else "Brief builder")
        super().__init__(name=name, label=said, book=BOOK, locked=example, fit={}, brief=checked(given))
        self._retell(None)

    @traitlets.validate("brief")
    def _brief_can_be_shown(self, proposal: dict[str, Any]) -> Brief:
        return checked(proposal["value"])

    @traitlets.observe("brief", "fit")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python."""
        if self.brief and self.book:
            self.words, self.table = words(self.state()), table(self.state())

    def missing(self) -> pd.DataFrame:
        """Return what is not written or brought in yet: section, part, and why it is asked for."""
        rows = [[_title(one["section"]), one["part"], one["why"]] for one in missing(self.brief)]
        return pd.DataFrame(rows, columns=["section", "part", "why"])

    def findings(self) -> pd.DataFrame:
        """Return what the brief shows about itself: section, kind, finding, why, and what to try. No score."""
        rows = [
            [_title(one["section"]), one["kind"], one["title"], one["why"], one["try"]]
            for one in findings(self.brief, self.fit)
        ]
        return pd.DataFrame(rows, columns=["section", "kind", "finding", "why", "try"])

    def principles(self) -> pd.DataFrame:
        """Return where the brief meets each principle, as its authors say: principle, name, section, line."""
        rows = [
            [name, BOOK["principles"][name], _title(one["section"]), one["line"]]
            for name, one in self.brief["principles"].items()
        ]
        return pd.DataFrame(rows, columns=["principle", "name", "section", "line"])

    def bring(self, path: str | Path, section: str) -> list[dict[str, Any]]:
        """Return what a tool's saved file offers a section: ``label``, ``block``, ``why`` it is too large.

        Raises
        ------
        CourseError
            When the file cannot be read, was saved by another tool, or the section takes none.
        """
        if section not in SECTIONS:
            raise CourseError(f"BriefBuilder: there is no section {section!r}; the sections are {', '.join(SECTIONS)}.")
        kind, sheet = read_file(path)
        try:
            return offers(kind, sheet, section)
        except CourseError as problem:
            raise CourseError(f"{path}: {problem}") from None

    def composed(self) -> dict[str, Any]:
        """Return the brief as a sheet: see :mod:`equitykit.widgets.sheet`."""
        return brief_sheet(self.brief)


def _title(section: str) -> str:
    return str(SECTIONS[section]["title"]) if section else "The whole brief"
