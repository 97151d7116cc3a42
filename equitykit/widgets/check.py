"""The check: a question in the page whose every answer is met with a reason."""

from __future__ import annotations

import re
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import Any

import traitlets

from equitykit.widgets import checks
from equitykit.widgets.base import Interactive

_INLINE = re.compile(r"\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)")
_LEAD = {"single": "Options: ", "several": "Options: ", "order": "Items: "}


class Check(Interactive):
    """One question of a module, with the feedback for each answer.

    Attributes
    ----------
    kind : str
        ``single``, ``several``, ``number``, ``order`` or ``text``.
    objective : int
        Which objective of its page it tests, counted from 1.
    prompt : str
        The question, in inline Markdown.
    options : list of dict
        What there is to choose from or to put in order, as it is first shown.
    marking : dict
        What a number, an order or a text is held against, and what is said to it.
    response : str, float, list of str or None
        The answer last checked: the text of the option, the texts of the options chosen or in their order,
        the number, or the text as written so far. ``None`` before the first.
    ticked : list of str
        For a text: what the learner found in their own answer.
    attempts : int
        How often an answer was checked.
    outcome : str
        ``""``, ``"right"``, ``"partly"``, ``"not yet"`` or ``"self-assessed"``.
    revealed : bool
        Whether the learner asked for the answer with its reasons.
    """

    module = "check"

    kind = traitlets.Enum(checks.KINDS, default_value="single").tag(sync=True)
    objective = traitlets.Int(1).tag(sync=True)
    prompt = traitlets.Unicode("").tag(sync=True)
    options = traitlets.List(traitlets.Dict()).tag(sync=True)
    marking = traitlets.Dict().tag(sync=True)
    response = traitlets.Any(None, allow_none=True).tag(sync=True)
    ticked = traitlets.List(traitlets.Unicode()).tag(sync=True)
    attempts = traitlets.Int(0, min=0).tag(sync=True)
    outcome = traitlets.Enum(("", "right", "partly", "not yet", "self-assessed"), default_value="").tag(sync=True)
    revealed = traitlets.Bool(False).tag(sync=True)

    def __init__(self, question: checks.Question, **kwargs: Any) -> None:
        options = _shown_order(question) if question.kind == "order" else question.options
        start = {
            "name": question.id,
            "label": f"Check: {question.id.replace('-', ' ')}",
            "kind": question.kind,
            "objective": question.objective,
            "prompt": question.prompt,
            "options": options,
            "marking": _answer_named(question.marking),
        }
        texts = [plain(option["text"]) for option in options]
        start["words"] = _words(question, texts)
        start["table"] = _table(question, texts)
        super().__init__(**{**start, **kwargs})

    def bundle(self) -> dict[str, Any]:
        """Return the static form, with a still of its own: a question reads as one, not as words and a table."""
        return {**super().bundle(), "still": self.still()}

    def still(self) -> str:
        """Return the question, its options, and the answer with its reasons in a part to open."""
        items = "".join(f"<li>{inline_html(option['text'])}</li>" for option in self.options)
        listed = f'<ul class="ek-still-options">{items}</ul>' if items else ""
        return (
            f'<div class="ek-check"><p class="ek-prompt">{inline_html(self.prompt)}</p>{listed}'
            '<details class="ek-disclosure"><summary>Answer and reasons</summary>'
            f"{self._reasons()}</details></div>"
        )

    def _reasons(self) -> str:
        marking = self.marking
        if self.kind in ("single", "several"):
            return "".join(
                f"<p><strong>{'Right' if option['right'] else 'Not this one'}: "
                f"{inline_html(option['text'])}</strong><br>{inline_html(option['feedback'])}</p>"
                for option in self.options
            )
        if self.kind == "text":
            points = "".join(f"<li>{inline_html(point)}</li>" for point in marking["look_for"])
            return f"<p>{inline_html(marking['model'])}</p><p>What to look for in your own answer:</p><ul>{points}</ul>"
        if self.kind == "number":
            answer = f"<p><strong>{escape(_with_unit(marking['answer'], marking))}</strong></p>"
            heads = [escape(_range(item, marking)) for item in marking["wrong"]]
        else:
            answer = "<ol>" + "".join(f"<li>{inline_html(text)}</li>" for text in marking["order"]) + "</ol>"
            heads = [f"First “{inline_html(item['first'])}”" for item in marking["wrong"]]
        others = "".join(
            f"<p><strong>{head}</strong><br>{inline_html(item['feedback'])}</p>"
            for head, item in zip(heads, marking["wrong"], strict=True)
        )
        return (
            f"{answer}<p>{inline_html(marking['right'])}</p>{others}"
            f"<p><strong>Any other answer</strong><br>{inline_html(marking['otherwise'])}</p>"
        )


def check(id: str, *, answer: float | None = None, folder: Path | str | None = None) -> Check:
    """Return a question of the module, ready to show.

    Parameters
    ----------
    id : str
        Which question of the module's ``checks.yml``.
    answer : float, optional
        For a number: the computed answer, in place of the file's. ``{answer}`` in a feedback is replaced by it.
    folder : path, optional
        The module's folder; the current one if left out, which is where a notebook runs.

    Raises
    ------
    CourseError
        Naming the file, the check, its field and the rule that it breaks.
    """
    where = Path.cwd() if folder is None else Path(folder)
    question = checks.find(id, where)
    if answer is not None:
        question = checks.with_answer(question, answer, where)
    return Check(question)


def inline_html(text: str) -> str:
    """Return inline Markdown as HTML: emphasis, strong, code and links; the same as the kit's JavaScript reads."""

    def made(found: re.Match[str]) -> str:
        strong, emphasis, code, link, address = found.groups()
        if strong:
            return f"<strong>{strong}</strong>"
        if emphasis:
            return f"<em>{emphasis}</em>"
        return f"<code>{code}</code>" if code else f'<a href="{address}">{link}</a>'

    return _INLINE.sub(made, escape(text))


def plain(text: str) -> str:
    """Return inline Markdown as plain text."""
    return unescape(re.sub(r"<[^>]+>", "", inline_html(text)))


def _shown_order(question: checks.Question) -> list[dict[str, Any]]:
    """Return the items in an order that is the same every time and never the right one."""
    shown = sorted(question.options, key=lambda item: sha256(f"{question.id} {item['text']}".encode()).digest())
    return shown if shown != question.options else [*shown[1:], shown[0]]


def _answer_named(marking: dict[str, Any]) -> dict[str, Any]:
    """Return the marking with ``{answer}`` in its feedback replaced by the answer as it is written."""
    if "answer" not in marking:
        return marking
    written = _with_unit(marking["answer"], marking)

    def named(text: str) -> str:
        return text.replace("{answer}", written)

    return {
        **marking,
        "right": named(marking["right"]),
        "otherwise": named(marking["otherwise"]),
        "wrong": [{**item, "feedback": named(item["feedback"])} for item in marking["wrong"]],
    }


def _words(question: checks.Question, texts: list[str]) -> str:
    """Return the text alternative of a question nobody has answered."""
    unit = question.marking.get("unit")
    asked = [plain(question.prompt)]
    if texts:
        asked.append(_LEAD[question.kind] + "; ".join(text.rstrip(".") for text in texts) + ".")
    if unit:
        asked.append(f"Unit: {unit}.")
    return " ".join([*asked, "Not answered yet."])


def _table(question: checks.Question, texts: list[str]) -> list[list[str]]:
    """Return the table of a question nobody has answered."""
    if question.kind in ("single", "several"):
        return [["Option", "Chosen"], *([text, "no"] for text in texts)]
    if question.kind == "order":
        return [["Place", "Item"], *([str(place), text] for place, text in enumerate(texts, start=1))]
    return [["What", "Answer"], ["Your answer", "none yet"]]


def _with_unit(value: float, marking: dict[str, Any]) -> str:
    written = f"{value:,.{marking['decimals']}f}".replace("-", "−")
    unit = marking["unit"]
    return f"{written}{'' if unit in ('', '%') else ' '}{unit}"


def _range(item: dict[str, Any], marking: dict[str, Any]) -> str:
    """Return which wrong numbers a feedback answers, in words."""
    if "near" in item:
        return f"Near {_with_unit(item['near'], marking)}"
    if "low" not in item:
        return f"Up to {_with_unit(item['high'], marking)}"
    if "high" not in item:
        return f"From {_with_unit(item['low'], marking)}"
    return f"From {_with_unit(item['low'], marking)} to {_with_unit(item['high'], marking)}"
