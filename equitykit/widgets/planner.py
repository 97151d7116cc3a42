"""The involvement planner: what it takes to work with people, who carries the rest, and what to ask a funder for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import traitlets

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets.planner_plan import LIMITS, checked
from equitykit.widgets.planner_presets import Prices, access_presets, rate_presets
from equitykit.widgets.planner_rules import RULES, missing
from equitykit.widgets.planner_start import constructed, empty
from equitykit.widgets.planner_sums import ENDS, cost_lines, load, meeting_share, over, rest, total
from equitykit.widgets.planner_words import CARRIED, paragraph, table, titled, words
from equitykit.widgets.takeaway import TakeAway

PARTS = ("predict", "plan")
_PLAN = ("title", "note", "months", "partners", "activities", "lines", "contingency", "answers")


class InvolvementPlanner(TakeAway):
    """Activities, people, hours, access and payment as a costed plan, with the load on partners and what is missing.

    Parameters
    ----------
    name : str
        Stable id in the page. What a reader writes is kept in their browser under the page and this name.
    parts : sequence of str
        "predict" (guess, then the first budget beside what it takes), "plan" (the reader's work on it), or both.
    activities : sequence of mapping, optional
        Each with ``title``, ``partners``, ``people``, ``times``, ``first`` and ``last`` month, the hours ``meeting``,
        ``preparation``, ``travel`` and ``debrief`` of each person each time, ``paid`` (which of them the fee covers)
        and ``rate`` (the id of a published fee) or ``low``, ``likely``, ``high`` and ``per`` ("hour" or "time"). The
        course's own constructed plan by default; an empty sequence starts a plan of the reader's own.
    partners, lines : sequence of mapping, optional
        Groups of partners (``name``, ``people``, ``said``: hours a month that each said they can give), and costs
        beside the fees (``title``, ``kind``, ``number``, ``per``, ``activity``, ``cost`` or prices, ``budgeted``).
    title, note : str
        What the plan is about, and what kind of plan it is; both are shown in every export.
    months : int
        How long it runs.
    contingency, answers : mapping, optional
        ``percent`` and ``budgeted``; and what has been asked and promised.
    rates, access : DataFrame or sequence of mapping, optional
        Published fees and prices; the datasets ``involvement-payment-rates`` and ``access-costs`` by default.
    label : str
        Accessible name.

    Attributes
    ----------
    guess : dict
        ``share`` (percent) and ``hours``, or ``shown`` where the reader looked without a guess.
    written : str
        The paragraph for the funder, where the reader has changed it.

    Raises
    ------
    CourseError
        When a number is out of range, or something is named that is not there.

    Notes
    -----
    Low is every price at its lowest and high every price at its highest, with the quantities as planned: a range of
    prices, and no confidence interval. Nothing here is advice on tax or benefits.

    Examples
    --------
    >>> made = InvolvementPlanner(name="planner", partners=[{"name": "Panel", "people": 8}], activities=[
    ...     {"title": "Meeting", "times": 6, "meeting": 2, "preparation": 2, "paid": ["meeting"], "likely": 30}])
    >>> round(made.meeting_share())
    50
    """

    module = "planner"
    kind = "involvement plan"

    parts = traitlets.List(traitlets.Unicode()).tag(sync=True)
    plan = traitlets.Dict().tag(sync=True)
    guess = traitlets.Dict().tag(sync=True)
    written = traitlets.Unicode("").tag(sync=True)
    rates = traitlets.List(traitlets.Dict()).tag(sync=True)
    access = traitlets.List(traitlets.Dict()).tag(sync=True)
    rules = traitlets.List(traitlets.Dict()).tag(sync=True)
    limits = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        name: str,
        parts: Sequence[str] = PARTS,
        activities: Sequence[Mapping[str, Any]] | None = None,
        partners: Sequence[Mapping[str, Any]] | None = None,
        lines: Sequence[Mapping[str, Any]] | None = None,
        title: str | None = None,
        note: str | None = None,
        months: int | None = None,
        contingency: Mapping[str, Any] | None = None,
        answers: Mapping[str, Any] | None = None,
        rates: Prices | None = None,
        access: Prices | None = None,
        label: str = "Involvement planner",
    ) -> None:
        if not parts or [one for one in parts if one not in PARTS]:
            raise CourseError(f"InvolvementPlanner: parts is {list(parts)!r}; use 'predict', 'plan' or both.")
        fees = rate_presets(data.load("involvement-payment-rates") if rates is None else rates)
        prices = access_presets(data.load("access-costs") if access is None else access)
        given = {
            "activities": activities or None,
            "partners": partners,
            "lines": lines,
            "title": title,
            "note": note,
            "months": months,
            "contingency": contingency,
            "answers": answers,
        }
        base = constructed() if activities is None else {} if activities else empty()
        own = {key: value for key, value in given.items() if value is not None}
        super().__init__(
            name=name,
            label=label,
            parts=list(parts),
            rates=fees,
            access=prices,
            rules=RULES,
            limits={key: list(value) for key, value in LIMITS.items()},
            plan=checked({**base, **own}, fees, prices),
        )
        self._retell(None)

    @traitlets.validate("plan")
    def _plan_can_be_shown(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return checked(proposal["value"], self.rates, self.access)

    @traitlets.observe("plan", "guess")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python."""
        if self.plan and self.parts:
            state = self.state()
            self.words, self.table = words(state), table(state)

    @property
    def paragraph(self) -> str:
        """The paragraph for the funder: the reader's own, or as the plan writes it."""
        return self.written or paragraph(self.plan)

    def costs(self) -> pd.DataFrame:
        """Return each line: its quantity, what is budgeted (likely), what it takes, and who carries the rest."""
        return pd.DataFrame(
            [
                [
                    titled(one["line"], "Line"),
                    one["kind"],
                    round(one["quantity"], 2),
                    one["unit"],
                    *(round(money, 2) for money in (one["budgeted"][1], *one["takes"])),
                    CARRIED[one["carried"]] if one["takes"][1] - one["budgeted"][1] > 0.005 else "",
                ]
                for one in cost_lines(self.plan)
            ],
            columns=["line", "kind", "quantity", "unit", "budgeted", *ENDS, "carried_by"],
        )

    def totals(self) -> pd.DataFrame:
        """Return the first budget, what it takes, and what partners, staff and nobody carry; low, likely and high."""
        lines = cost_lines(self.plan)
        rows = {
            "as budgeted at first": total(lines, "budgeted"),
            "what it takes": total(lines, "takes"),
            "carried by partners": rest(lines, "partners"),
            "carried by staff": rest(lines, "staff"),
            "not done": rest(lines, "nobody"),
        }
        shown = [[key, *(round(one, 2) for one in three)] for key, three in rows.items()]
        return pd.DataFrame(shown, columns=["total", *ENDS])

    def hours(self) -> pd.DataFrame:
        """Return what the whole plan asks of one partner of each group, and what they are paid for each hour given."""
        rows = []
        for one in load(self.plan):
            whole, free = math.fsum(one["months"]), math.fsum(one["unpaid"])
            each = round(one["fee"] / whole, 2) if whole else 0.0
            rows.append([one["name"], one["people"], *(round(h, 2) for h in (whole, whole - free, free)), each])
        return pd.DataFrame(rows, columns=["partners", "people", "hours", "paid_hours", "unpaid_hours", "per_hour"])

    def load(self) -> pd.DataFrame:
        """Return the hours asked of one partner of each group in each month, beside what they said they can give."""
        rows = [
            [
                group["name"],
                month + 1,
                *(round(h, 2) for h in (hours, hours - group["unpaid"][month], group["unpaid"][month])),
                math.nan if group["said"] is None else group["said"],
                month + 1 in over(group),
            ]
            for group in load(self.plan)
            for month, hours in enumerate(group["months"])
        ]
        return pd.DataFrame(rows, columns=["partners", "month", "hours", "paid_hours", "unpaid_hours", "said", "over"])

    def missing(self) -> pd.DataFrame:
        """Return what the plan lacks by the course's rules: part, finding, why it matters, and what to try."""
        rows = [[one["part"], one["title"], one["why"], one["try"]] for one in missing(self.plan)]
        return pd.DataFrame(rows, columns=["part", "finding", "why", "try"])

    def meeting_share(self) -> float:
        """Return the percentage of the likely true cost that the meeting fee in the budget covers."""
        return meeting_share(cost_lines(self.plan))
