"""The agreement builder: what partners settle at the outset, what follows, and what is still undecided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import traitlets

from equitykit.errors import CourseError
from equitykit.widgets.agreement_points import (
    BOOK,
    POINTS,
    SCENARIO,
    SCENARIO_ABOUT,
    SCENARIO_NOTE,
    options,
    settled,
    told,
)
from equitykit.widgets.agreement_rules import after_sharing, conflicts, consent, undecided
from equitykit.widgets.agreement_words import names, table, words
from equitykit.widgets.takeaway import TakeAway

PARTS = ("predict", "build", "agreement")


class AgreementBuilder(TakeAway):
    """Sixteen points that partners settle at the outset, each a choice with its consequences, or openly undecided.

    Parameters
    ----------
    name : str
        Stable id in the page. What a reader writes is kept in their browser under the page and this name.
    parts : sequence of str
        "predict" (what can still be changed once data is shared), "build" (points, conflicts, who can say yes),
        "agreement" (the plain-language agreement and the data statement, to take away; needs "build").
    focus : sequence of str
        Points that stand first and open; the others are folded. All by default.
    choices : mapping, optional
        By point, the id of an option, or a mapping of ``option``, ``words``, ``who``, ``by``. What is left out is
        undecided. The course's constructed scenario by default; an empty mapping starts with nothing decided.
    project, community, university, data, contact : str, optional
        What the agreement says of the project.
    note : str, optional
        What kind of agreement it is, shown on it and in every export.
    label : str
        Accessible name.

    Attributes
    ----------
    guesses : dict of str to dict
        By statement, what the reader predicted (``said``) and what was so at the time (``was``).

    Raises
    ------
    CourseError
        When a part, a point or an option does not exist.

    Examples
    --------
    >>> made = AgreementBuilder(name="agreement", choices={"made": "open", "withdraw": "any"})
    >>> made.conflicts()["conflict"].tolist()
    ['An open licence, and “at any time”']
    """

    module = "agreement"
    kind = "agreement"

    parts = traitlets.List(traitlets.Unicode()).tag(sync=True)
    focus = traitlets.List(traitlets.Unicode()).tag(sync=True)
    book = traitlets.Dict().tag(sync=True)
    choices = traitlets.Dict().tag(sync=True)
    about = traitlets.Dict().tag(sync=True)
    guesses = traitlets.Dict().tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)

    points = staticmethod(options)

    def __init__(
        self,
        *,
        name: str,
        parts: Sequence[str] = PARTS,
        focus: Sequence[str] = (),
        choices: Mapping[str, Any] | None = None,
        project: str = "",
        community: str = "",
        university: str = "",
        data: str = "",
        contact: str = "",
        note: str | None = None,
        label: str = "Agreement builder",
    ) -> None:
        unknown = [one for one in parts if one not in PARTS]
        if unknown or not parts or ("agreement" in parts and "build" not in parts):
            raise CourseError(
                f"AgreementBuilder: parts is {list(parts)!r}; use 'predict', 'build', or 'build' with 'agreement'."
            )
        strange = [one for one in focus if one not in POINTS]
        if strange:
            raise CourseError(
                f"AgreementBuilder: no point is called {strange[0]!r}; the points are {', '.join(POINTS)}."
            )
        given = {
            "project": project,
            "community": community,
            "university": university,
            "data": data,
            "contact": contact,
        }
        first = choices is None
        state: dict[str, Any] = {
            "parts": list(parts),
            "focus": list(focus),
            "book": BOOK,
            "choices": settled(SCENARIO if choices is None else choices),
            "about": told({**(SCENARIO_ABOUT if first else {}), **{key: one for key, one in given.items() if one}}),
            "guesses": {},
            "note": note if note is not None else SCENARIO_NOTE if first else "",
        }
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)

    @traitlets.validate("choices")
    def _choices_are_points(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return settled(proposal["value"])

    @traitlets.validate("about")
    def _about_is_told(self, proposal: dict[str, Any]) -> dict[str, str]:
        return told(proposal["value"])

    @traitlets.observe("choices", "about", "guesses", "note")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python."""
        if self.parts and self.choices and self.about:
            state = self.state()
            self.words, self.table = words(state), table(state)

    def undecided(self) -> pd.DataFrame:
        """Return the points that are not settled: point, question, who must decide, by when."""
        return pd.DataFrame(
            [
                [one["title"], one["question"], self.choices[one["id"]]["who"], self.choices[one["id"]]["by"]]
                for one in undecided(self.choices)
            ],
            columns=["point", "question", "who", "by"],
        )

    def conflicts(self) -> pd.DataFrame:
        """Return choices that cannot both be kept: points, conflict, why and a question that leads out of it."""
        return pd.DataFrame(
            [
                ["; ".join(POINTS[name]["title"] for name in rule["when"]), rule["title"], rule["why"], rule["ask"]]
                for rule in conflicts(self.choices)
            ],
            columns=["points", "conflict", "why", "question"],
        )

    def consent(self) -> pd.DataFrame:
        """Return who can say yes at each moment in the life of the data: moment, yes, heard, undecided."""
        return pd.DataFrame(
            [
                [
                    one["title"],
                    names(one["must"], self.about),
                    names(one["heard"], self.about),
                    one["status"] == "undecided",
                ]
                for one in consent(self.choices)
            ],
            columns=["moment", "yes", "heard", "undecided"],
        )

    def after_sharing(self) -> pd.DataFrame:
        """Return what can still be changed once data is shared under the agreement: change, possible, why."""
        return pd.DataFrame(
            [[one["change"], one["can"], one["why"]] for one in after_sharing(self.choices, self.about)],
            columns=["change", "possible", "why"],
        )
