"""The evidence composer: a chart and a creative piece side by side, with consent kept in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import pandas as pd
import traitlets

from equitykit.errors import CourseError
from equitykit.widgets.composer_charts import chart, course_charts
from equitykit.widgets.composer_consent import cover
from equitykit.widgets.composer_predict import ANSWERS, tests
from equitykit.widgets.composer_questions import QUESTIONS, RULES, asked
from equitykit.widgets.composer_words import chart_of, table, words
from equitykit.widgets.composer_work import EXAMPLE, TEXTS, work_from
from equitykit.widgets.takeaway import TakeAway

PARTS = ("predict", "compose")


class EvidenceComposer(TakeAway):
    """A chart, a caption and a creative piece, equal and side by side: a poster and a page.

    Parameters
    ----------
    name : str
        Stable id in the page. What a reader writes is kept in their browser under the page and this name.
    parts : sequence of str
        "predict" (two combinations, which claims more than it shows?), "compose", or both.
    charts : sequence of dict, optional
        The charts to choose from, each made by :meth:`chart`; the course's own four by default.
    start : mapping, optional
        Any parts of the work that are filled in at first, in place of the course's example.
    empty : bool
        Whether nothing is written at first.
    label : str
        Accessible name.

    Attributes
    ----------
    work : dict
        What the reader makes. Their picture is no part of it: it stays in the browser.
    guesses : dict of str to str
        By the id of what is judged: "a", "b", "both", "neither" or "shown".

    Raises
    ------
    CourseError
        When a part is not one that the composer knows.

    Notes
    -----
    What a reader would ask comes from the rules in ``composer_rules.yml``. It is no mark, and not about a person.

    Examples
    --------
    >>> made = EvidenceComposer(name="composer", parts=["compose"])
    >>> made.consent()["covered"].tolist()
    [True]
    >>> made.questions().query("question == 'Who chose?'")["finding"].tolist()
    ['It is not said who chose']
    """

    module = "composer"
    kind = "evidence composer"

    parts = traitlets.List(traitlets.Unicode()).tag(sync=True)
    tests = traitlets.List(traitlets.Dict()).tag(sync=True)
    guesses = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Enum(tuple(ANSWERS))).tag(sync=True)
    charts = traitlets.List(traitlets.Dict()).tag(sync=True)
    work = traitlets.Dict().tag(sync=True)
    rules = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)

    chart = staticmethod(chart)
    course_charts = staticmethod(course_charts)

    def __init__(
        self,
        *,
        name: str,
        parts: Sequence[str] = PARTS,
        charts: Sequence[Mapping[str, Any]] | None = None,
        start: Mapping[str, Any] | None = None,
        empty: bool = False,
        label: str | None = None,
    ) -> None:
        unknown = [one for one in parts if one not in PARTS]
        if unknown or not parts:
            raise CourseError(f"EvidenceComposer: parts is {list(parts)!r}; use 'predict', 'compose' or both.")
        offered = [dict(one) for one in charts] if charts is not None else course_charts()
        if not offered:
            raise CourseError("EvidenceComposer: charts is empty; give one at least, made by EvidenceComposer.chart.")
        ids = [one["id"] for one in offered]
        if len(set(ids)) < len(ids):
            raise CourseError(f"EvidenceComposer: two charts have the same id; the ids are {', '.join(ids)}.")
        given = {} if empty else start if start is not None else EXAMPLE if EXAMPLE["chart"] in ids else {}
        state: dict[str, Any] = {
            "parts": list(parts),
            "tests": tests() if "predict" in parts else [],
            "guesses": {},
            "charts": offered if "compose" in parts else [],
            "work": work_from(deepcopy(dict(given)), offered) if "compose" in parts else {},
            "rules": {"questions": QUESTIONS, "rules": RULES},
            "texts": TEXTS,
        }
        said = label or ("Evidence composer" if "compose" in parts else "Which claims more than it shows?")
        super().__init__(name=name, label=said, words=words(state), table=table(state), **state)

    @traitlets.validate("work")
    def _work_can_be_shown(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return work_from(proposal["value"], self.charts) if self.charts else proposal["value"]

    @traitlets.observe("work", "guesses")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python."""
        if self.parts and (self.work or "compose" not in self.parts):
            state = self.state()
            self.words, self.table = words(state), table(state)

    def questions(self) -> pd.DataFrame:
        """Return what a reader would ask: question, so_far ("open", "yours to judge", "met"), finding and why.

        A question with several findings has several rows; one with none has one, with an empty finding.

        Raises
        ------
        CourseError
            When there is nothing composed here.
        """
        self._composes()
        rows = []
        for one in asked(self.work, chart_of(self.state())):
            found = one["findings"] or [{"title": "", "why": one["said"]}]
            rows += [[one["question"], one["so_far"], found_["title"], found_["why"]] for found_ in found]
        return pd.DataFrame(rows, columns=["question", "so_far", "finding", "why"])

    def consent(self) -> pd.DataFrame:
        """Return whether the consent covers the showing, why, and what else stands in the piece's place."""
        self._composes()
        found = cover(self.work)
        return pd.DataFrame(
            [[found.covered, found.reason, found.instead]], columns=["covered", "reason", "in its place"]
        )

    def _composes(self) -> None:
        if "compose" not in self.parts:
            raise CourseError(f"{self!r} has only predictions; make one with parts=['compose'].")
