"""The power map: who decides what, when, and paid how; and where a project stands by the UK Standards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import traitlets

from equitykit.errors import CourseError
from equitykit.widgets.power_data import (
    STANDARDS,
    TERMS,
    checked_answers,
    checked_decisions,
    checked_people,
    checked_project,
    checked_promise,
    start,
)
from equitykit.widgets.power_rules import findings, next_rungs, settled
from equitykit.widgets.power_words import table, words
from equitykit.widgets.takeaway import TakeAway

PARTS = ("predict", "map", "standards")


class PowerMap(TakeAway):
    """A picture of who is told, asked, shares and decides at each decision of a project, and who is paid for it.

    Parameters
    ----------
    name : str
        Stable id in the page. What a reader writes is kept in their browser under the page and this name.
    parts : sequence of str
        "predict" (guess before the map is drawn; needs "map"), "map", "standards" (the self-assessment).
    own : bool
        Start with an empty map of one's own instead of the published project. Nothing is guessed on it.
    project : mapping, optional
        ``title``, ``about``, ``kind`` ("published", "constructed" or "own"), ``source``, ``source_url``.
    decisions : sequence of mapping, optional
        In order of time: ``title``, ``stage``, ``when``, ``answers`` (the role that answers for it), ``left_out``.
    people : sequence of mapping, optional
        Groups, never persons: ``title``, ``affected``, ``pay``, ``paid``, and ``says``, one mark a decision, such as
        "asked", "asked late", "asked heard" or a mapping with ``say``, ``late``, ``heard`` and ``note``.
    promise : str, optional
        A level of the IAP2 spectrum, in lower case; "" for none.
    label : str
        Accessible name.

    Attributes
    ----------
    guess : dict
        What the reader predicted: ``{"said": 3}``, ``{"shown": True}`` where they did not, or empty.
    standards : dict of str to dict
        The self-assessment: by standard, ``ticked``, ``evidence`` and ``none``.

    Raises
    ------
    CourseError
        When a part of the map is not as a map takes it.

    Notes
    -----
    What the map shows comes from the rules in ``power_rules.yml``, the rungs from ``power_standards.yml``. Neither is
    a score, and neither is about a person.

    Examples
    --------
    >>> made = PowerMap(name="map", promise="consult",
    ...     project={"title": "A leaflet", "kind": "constructed"},
    ...     decisions=[{"title": "Its aim", "stage": "question", "answers": "head of nursing"},
    ...                {"title": "Its words", "stage": "design", "answers": "head of nursing"}],
    ...     people=[{"title": "Patients", "affected": True, "pay": "nothing", "says": ["none", "asked heard"]},
    ...             {"title": "Ward staff", "pay": "salary", "says": ["decides", "decides"]}])
    >>> made.settled()
    (1, 2)
    >>> made.findings()["finding"].tolist()[:2]
    ['Settled before anyone affected was asked', 'Say without pay']
    """

    module = "power"
    kind = "power map"

    parts = traitlets.List(traitlets.Unicode()).tag(sync=True)
    project = traitlets.Dict().tag(sync=True)
    decisions = traitlets.List(traitlets.Dict()).tag(sync=True)
    people = traitlets.List(traitlets.Dict()).tag(sync=True)
    promise = traitlets.Unicode("").tag(sync=True)
    guess = traitlets.Dict().tag(sync=True)
    standards = traitlets.Dict().tag(sync=True)
    terms = traitlets.Dict().tag(sync=True)
    ladder = traitlets.List(traitlets.Dict()).tag(sync=True)
    blank = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        name: str,
        parts: Sequence[str] | None = None,
        own: bool = False,
        project: Mapping[str, Any] | None = None,
        decisions: Sequence[Mapping[str, Any]] | None = None,
        people: Sequence[Mapping[str, Any]] | None = None,
        promise: str | None = None,
        label: str | None = None,
    ) -> None:
        shown = list(parts) if parts is not None else [one for one in PARTS if not own or one != "predict"]
        if not shown or set(shown) - set(PARTS) or ("predict" in shown and "map" not in shown):
            raise CourseError(f"PowerMap: parts is {shown!r}; use 'predict' (with 'map'), 'map' and 'standards'.")
        given = (decisions, people)
        if any(one is not None for one in given) != all(one is not None for one in given):
            raise CourseError("PowerMap: give decisions and people together, or neither.")
        first = start(own)
        chosen = (
            first if decisions is None else {"decisions": decisions, "people": people, "promise": "", "project": {}}
        )
        listed = checked_decisions(chosen["decisions"])
        state: dict[str, Any] = {
            "parts": shown,
            "project": checked_project(chosen["project"] if project is None else project),
            "decisions": listed,
            "people": checked_people(chosen["people"], len(listed)),
            "promise": checked_promise(chosen["promise"] if promise is None else promise),
            "guess": {},
            "standards": {},
            "terms": TERMS,
            "ladder": STANDARDS,
            "blank": _blank(),
        }
        if "predict" in shown and not any(one["affected"] for one in state["people"]):
            raise CourseError("PowerMap: nobody on the map is marked as affected, so there is nothing to guess.")
        said = label or ("Power map" if "map" in shown else "Where the project stands")
        super().__init__(name=name, label=said, words=words(state), table=table(state), **state)

    @traitlets.validate("decisions")
    def _decisions_can_be_shown(self, proposal: dict[str, Any]) -> list[dict[str, Any]]:
        return checked_decisions(proposal["value"])

    @traitlets.validate("standards")
    def _standards_are_known(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return checked_answers(proposal["value"])

    @traitlets.validate("promise")
    def _promise_is_known(self, proposal: dict[str, Any]) -> str:
        return checked_promise(proposal["value"])

    @traitlets.observe("project", "decisions", "people", "promise", "standards")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python."""
        whole = self.parts and all(len(one["says"]) == len(self.decisions) for one in self.people)
        if whole:
            state = self.state()
            self.words, self.table = words(state), table(state)

    def findings(self) -> pd.DataFrame:
        """Return what the map shows by its rules: rule, finding, where, why, ask and source."""
        return pd.DataFrame(
            [
                [one["id"], one["title"], one["where"], one["why"], one["ask"], _source(one["source"])]
                for one in findings(self.state())
            ],
            columns=["rule", "finding", "where", "why", "ask", "source"],
        )

    def settled(self) -> tuple[int, int]:
        """Return how many decisions were settled before anyone affected was asked, and of how many."""
        return len(settled(self.state())), len(self.decisions)

    def next_rungs(self) -> pd.DataFrame:
        """Return the next rung of each standard: standard, rung, because and source."""
        state = self.state()
        return pd.DataFrame(
            [
                [one["standard"], one["step"], one["because"], _source(one["source"])]
                for one in next_rungs(state, state["standards"])
            ],
            columns=["standard", "rung", "because", "source"],
        )


def _source(key: str) -> str:
    return TERMS["sources"][key]["text"] if key else ""


def _blank() -> dict[str, Any]:
    """Return the empty map that a reader may change to."""
    made = start(own=True)
    listed = checked_decisions(made["decisions"])
    return {
        "project": checked_project(made["project"]),
        "decisions": listed,
        "people": checked_people(made["people"], len(listed)),
        "promise": made["promise"],
    }
