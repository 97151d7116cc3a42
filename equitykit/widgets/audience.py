"""The audience switch: one finding told for three kinds of readers, what each telling loses, and one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import traitlets

from equitykit.errors import CourseError
from equitykit.widgets.audience_file import AUDIENCES, filled, plain, read, validate
from equitykit.widgets.audience_words import CHECKLIST, FOUND, OWN, sentence, table, words
from equitykit.widgets.base import Interactive


class AudienceSwitch(Interactive):
    """One finding for academic, practitioner and community readers: what is kept, what changes, what is lost.

    Parameters
    ----------
    spec : str, pathlib.Path or mapping
        The content, as :mod:`equitykit.widgets.audience_file` lays it out, or the path of a YAML file with it.
    name : str
        Stable id in the page.
    values : mapping, optional
        What ``{name}`` in the texts stands for, so that figures come from the data.
    groups : sequence of mapping, optional
        The groups of the chart of dots, in place of the file's: ``label``, ``value``, ``low``, ``high``.
    people : sequence of mapping, optional
        The groups of the chart of people, in place of the file's: ``label``, ``of100``.
    version : str
        The version shown first: "academic", "practitioner" or "community".
    label : str
        Accessible name.

    Attributes
    ----------
    version : str
        The version shown; "own" for the reader's own.
    answers : dict of str to int
        By question, the place of the option that was chosen; -1 where the answer was asked for.
    marks : dict of str to str
        What the checklist finds in the reader's own version: "yes", "part" or "no". Its text is not kept here: it
        stays in the page.

    Raises
    ------
    CourseError
        When the content breaks a rule, naming the part and the field.
    """

    module = "audience"

    spec = traitlets.Dict().tag(sync=True)
    version = traitlets.Enum((*AUDIENCES, OWN), "academic").tag(sync=True)
    answers = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Int()).tag(sync=True)
    marks = traitlets.Dict(key_trait=traitlets.Enum(tuple(CHECKLIST)), value_trait=traitlets.Enum(tuple(FOUND))).tag(
        sync=True
    )

    def __init__(
        self,
        spec: str | Path | Mapping[str, Any],
        *,
        name: str,
        values: Mapping[str, Any] | None = None,
        groups: Sequence[Mapping[str, Any]] | None = None,
        people: Sequence[Mapping[str, Any]] | None = None,
        version: str = "academic",
        label: str = "One finding, three audiences",
    ) -> None:
        where = "AudienceSwitch" if isinstance(spec, Mapping) else str(spec)
        given = filled(spec if isinstance(spec, Mapping) else read(Path(spec)), values or {}, where)
        content = validate(_with_figures(given, groups, people), where)
        if version not in AUDIENCES:
            raise CourseError(f"{where}: version is {version!r}; use one of {', '.join(AUDIENCES)}.")
        state: dict[str, Any] = {"spec": content, "version": version, "answers": {}, "marks": {}}
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)

    @traitlets.observe("version", "answers", "marks")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python, whether or not a page shows it."""
        if self.spec:
            state = self.state()
            self.words, self.table = words(state), table(state)

    @traitlets.validate("answers")
    def _answers_exist(self, proposal: dict[str, Any]) -> dict[str, int]:
        asked = {one["id"]: len(one["options"]) for one in self.spec.get("questions", [])}
        for one, place in proposal["value"].items():
            if one not in asked:
                raise CourseError(f"AudienceSwitch: no question has the id {one!r}; there are {', '.join(asked)}.")
            if not -1 <= place < asked[one]:
                raise CourseError(f"AudienceSwitch: question {one!r} has no option {place}.")
        return dict(proposal["value"])

    def still(self) -> str:
        """Return HTML that says the same without a script, with the other versions."""
        others = (one for one in self.spec["versions"] if one["id"] != self.version)
        told = "".join(
            f"<p><strong>{AUDIENCES[one['id']]} version, for {escape(one['reader'])}.</strong> "
            f"{escape(sentence(plain(one['headline'])))} {escape(plain(one['text']))}</p>"
            for one in others
        )
        return super().still() + told


def _with_figures(
    content: Any, groups: Sequence[Mapping[str, Any]] | None, people: Sequence[Mapping[str, Any]] | None
) -> Any:
    """Return content with the chart's groups that a page passed."""
    if not isinstance(content, Mapping) or not isinstance(content.get("chart"), Mapping):
        return content
    chart = dict(content["chart"])
    if groups is not None:
        chart["groups"] = [dict(one) for one in groups]
    if people is not None:
        shown = chart.get("people") if isinstance(chart.get("people"), Mapping) else {}
        chart["people"] = {**(shown or {}), "groups": [dict(one) for one in people]}
    return {**content, "chart": chart}
