"""The accountability board: indicator, owner, threshold, consequence, and whether figures show change or noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import traitlets

from equitykit.errors import CourseError
from equitykit.measures.control_chart import ControlChart
from equitykit.widgets.board_claims import chart, claims
from equitykit.widgets.board_plan import PLAN, checked_row, constructed, series_from, to_judge
from equitykit.widgets.board_rules import LINKS, RULES, text
from equitykit.widgets.board_sheet import board_sheet
from equitykit.widgets.board_words import asked, table, words
from equitykit.widgets.takeaway import TakeAway

PARTS = ("predict", "board")


class AccountabilityBoard(TakeAway):
    """A plan whose every row has to say who answers, by when, and what happens if it is missed.

    Parameters
    ----------
    name : str
        Stable id in the page. What a reader writes is kept in their browser under the page and this name.
    parts : sequence of str
        "predict" (three synthetic series to judge before any limits are drawn), "board" (the plan), or both.
    rows : sequence of mapping, optional
        The rows of the plan: ``title``, ``indicator``, ``series``, ``owner``, ``target``, ``threshold``, ``by``,
        ``consequence``, ``decides``, ``published``, ``success``, ``said_by``; what the plan does not say is left out.
        The course's own half-filled plan by default; an empty sequence starts with one empty row.
    series : mapping of str to mapping, optional
        Series by the title of their row, for rows that bring none: see :meth:`series_from`.
    plan : str
        What kind of plan it is, shown on the board and in every export.
    label : str
        Accessible name.

    Attributes
    ----------
    guesses : dict of str to dict
        By series, what the reader predicted: ``said`` ("changed", "wobbled" or "shown"), and the range drawn
        (``low``, ``high``).

    Raises
    ------
    CourseError
        When a row or a series has what a board does not know, or lacks what it needs.

    Notes
    -----
    What a board's reader would ask comes from the rules in ``board_rules.yml``; what the figures let anybody claim,
    from :func:`equitykit.measures.control_chart`. Neither is a mark, and neither is about a person.

    Examples
    --------
    >>> made = AccountabilityBoard(name="board", parts=["board"], rows=[
    ...     {"title": "Appointment", "indicator": "Ratio of appointment", "owner": "Recruitment committee"}])
    >>> made.findings()["finding"].tolist()[:2]
    ['No series of figures', 'The owner is a committee, or everyone']
    """

    module = "board"
    kind = "accountability board"

    parts = traitlets.List(traitlets.Unicode()).tag(sync=True)
    tests = traitlets.List(traitlets.Dict()).tag(sync=True)
    guesses = traitlets.Dict().tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    rules = traitlets.List(traitlets.Dict()).tag(sync=True)
    plan = traitlets.Unicode("").tag(sync=True)

    series_from = staticmethod(series_from)

    def __init__(
        self,
        *,
        name: str,
        parts: Sequence[str] = PARTS,
        rows: Sequence[Mapping[str, Any]] | None = None,
        series: Mapping[str, Mapping[str, Any]] | None = None,
        plan: str | None = None,
        label: str | None = None,
    ) -> None:
        unknown = [one for one in parts if one not in PARTS]
        if unknown or not parts:
            raise CourseError(f"AccountabilityBoard: parts is {list(parts)!r}; use 'predict', 'board' or both.")
        given = constructed() if rows is None else [dict(one) for one in rows] or [{}]
        for row in given:
            if not row.get("series") and str(row.get("title", "")) in (series or {}):
                row["series"] = (series or {})[str(row["title"])]
        state: dict[str, Any] = {
            "parts": list(parts),
            "tests": to_judge() if "predict" in parts else [],
            "guesses": {},
            "rows": [checked_row(one) for one in given] if "board" in parts else [],
            "rules": RULES,
            "plan": plan if plan is not None else PLAN if rows is None else "",
        }
        said = label or ("Accountability board" if "board" in parts else "Changed, or only wobbled?")
        super().__init__(name=name, label=said, words=words(state), table=table(state), **state)

    @traitlets.validate("rows")
    def _rows_can_be_shown(self, proposal: dict[str, Any]) -> list[dict[str, Any]]:
        return [checked_row(one) for one in proposal["value"]]

    @traitlets.observe("rows", "guesses", "plan")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python."""
        if self.parts:
            state = self.state()
            self.words, self.table = words(state), table(state)

    def findings(self) -> pd.DataFrame:
        """Return what a board's reader would ask: row, link of the chain, finding and question."""
        names = dict(LINKS)
        return pd.DataFrame(
            [
                [title, names[one["link"]], one["title"], one["question"]]
                for title, row in self._titled()
                for one in asked(row)
            ],
            columns=["row", "part", "finding", "question"],
        )

    def claims(self) -> pd.DataFrame:
        """Return what the figures let anybody claim, and what not: row, kind ("can" or "cannot") and claim."""
        return pd.DataFrame(
            [[title, *one] for title, row in self._titled() for one in claims(row)], columns=["row", "kind", "claim"]
        )

    def chart(self, title: str) -> ControlChart | None:
        """Return the control chart of a row, by its title; None where it has no series.

        Raises
        ------
        CourseError
            When no row has that title.
        """
        for name, row in self._titled():
            if name == title:
                return chart(row["series"]) if row["series"] and row["series"]["points"] else None
        known = ", ".join(repr(name) for name, _ in self._titled())
        raise CourseError(f"AccountabilityBoard: no row is titled {title!r}; the rows are {known}.")

    def composed(self) -> dict[str, Any]:
        """Return the board as a sheet: see :mod:`equitykit.widgets.sheet`."""
        return board_sheet(self.plan, self.rows)

    def _titled(self) -> list[tuple[str, dict[str, Any]]]:
        return [(text(row, "title") or f"Row {place + 1}", row) for place, row in enumerate(self.rows)]
