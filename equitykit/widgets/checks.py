"""Reads a module's ``checks.yml``: the questions of its pages, each of which teaches whatever is answered.

A question that cannot teach is refused here, before a page is built: an option without feedback, a
feedback that only says "incorrect", a wrong answer whose misconception nobody has named.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeGuard

import yaml

from equitykit.errors import CourseError

FILE = "checks.yml"
KINDS = ("single", "several", "number", "order", "text")

_COMMON = ("id", "kind", "objective", "prompt")
_FIELDS = {
    "single": ("options",),
    "several": ("options",),
    "number": ("answer", "tolerance", "unit", "decimals", "wrong", "right", "otherwise"),
    "order": ("items", "wrong", "right", "otherwise"),
    "text": ("model", "look_for"),
}
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_MOST_DECIMALS = 6
_FEWEST_WORDS = 5

_VERBS = (
    "Answer|Arrange|Calculate|Change|Choose|Compare|Complete|Decide|Describe|Enter|Estimate|Explain|Fill|Find"
    "|Give|Identify|List|Look|Mark|Match|Name|Order|Pick|Put|Rank|Read|Rewrite|Round|Say|Select|Set|Sort|State"
    "|Suggest|Tell|Tick|Trace|Try|Type|Use|Work|Write"
)
_INSTRUCTION = re.compile(rf"(?:^|[,:] ?(?:then )?)(?:{_VERBS})\b", re.I)
_VERDICT = re.compile(
    r"^\W*(?:sorry|nope|incorrect|wrong|false|unlucky|bad luck|not (?:right|correct)"
    r"|that(?: is|'s|’s) (?:wrong|incorrect|not (?:right|correct)))\s*(?:[!.,]|$)"
    r"|\b(?:try|think) again\b|\bhave another (?:go|try)\b|\bbetter luck\b"
    r"|\b(?:wrong|incorrect) (?:answer|choice|option)\b",
    re.I,
)


@dataclass(frozen=True)
class Question:
    """One question of a module, valid in all its parts.

    Attributes
    ----------
    id : str
        Unique in the module.
    kind : str
        One of :data:`KINDS`.
    objective : int
        Which objective of its page it tests, counted from 1.
    prompt : str
        The question, in inline Markdown.
    options : list of dict
        For ``single`` and ``several``: ``text``, ``right``, ``feedback`` and, where wrong, ``misconception``.
        For ``order``: ``text``, in the right order.
    marking : dict
        For ``number``, ``order`` and ``text``: what an answer is held against and what is said to it.
    """

    id: str
    kind: str
    objective: int
    prompt: str
    options: list[dict[str, Any]] = field(default_factory=list)
    marking: dict[str, Any] = field(default_factory=dict)


def read(folder: Path | str) -> list[Question]:
    """Read and validate all questions of a module.

    Parameters
    ----------
    folder : path
        The module's folder, which holds ``checks.yml``.

    Returns
    -------
    list of Question
        In the order of the file.

    Raises
    ------
    CourseError
        Naming the file, the check, its field and the rule that it breaks.
    """
    path = Path(folder) / FILE
    try:
        entries = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # a subclass of the safe loader
    except FileNotFoundError:
        raise CourseError(f"{path}: there is no such file; a module's checks live in {FILE} beside its pages") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: cannot be read as text: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" line {mark.line + 1}" if mark else ""
        raise CourseError(f"{path}{place}: not valid YAML: {getattr(error, 'problem', None) or error}") from None
    if not isinstance(entries, list):
        raise CourseError(f"{path}: must be a list of checks, each starting with '- id: …'")
    questions = [_question(entry, position, path) for position, entry in enumerate(entries, start=1)]
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise CourseError(f"{path}: check '{question.id}': id is used twice; give each check its own")
        seen.add(question.id)
    return questions


def find(id: str, folder: Path | str) -> Question:
    """Return one question of a module.

    Parameters
    ----------
    id : str
        The question's id.
    folder : path
        The module's folder.

    Raises
    ------
    CourseError
        If the file is malformed, or has no check of that id: the message lists close ones.
    """
    questions = {question.id: question for question in read(folder)}
    if id in questions:
        return questions[id]
    close = get_close_matches(str(id), questions)
    known = f"close ones: {', '.join(close)}" if close else f"it has: {', '.join(questions) or 'none'}"
    raise CourseError(f"{Path(folder) / FILE}: no check has the id '{id}'; {known}")


def with_answer(question: Question, answer: float, folder: Path | str) -> Question:
    """Return a number question whose answer is a computed value in place of the file's.

    Parameters
    ----------
    question : Question
        A question of kind ``number``.
    answer : float
        The computed answer.
    folder : path
        The module's folder, for messages.

    Raises
    ------
    CourseError
        If the question is not a number's, the answer is no finite number, or a wrong answer of the file
        would now count as right.
    """
    where = _Where(Path(folder) / FILE, question.id)
    if question.kind != "number":
        raise where.broken("answer", f"can be given for a number only; this check is of kind '{question.kind}'")
    try:
        value = float(answer)
    except (TypeError, ValueError):
        raise where.broken("answer", f"must be a number, not {answer!r}") from None
    if not math.isfinite(value):
        raise where.broken("answer", f"must be a finite number, not {value}")
    marking = {**question.marking, "answer": value}
    _apart(marking, where)
    return Question(question.id, question.kind, question.objective, question.prompt, [], marking)


@dataclass(frozen=True)
class _Where:
    """Where a rule is broken, to say so."""

    path: Path
    check: str

    def broken(self, field: str, rule: str) -> CourseError:
        return CourseError(f"{self.path}: check '{self.check}': {field} {rule}")


def _question(entry: Any, position: int, path: Path) -> Question:
    if not isinstance(entry, dict):
        raise CourseError(f"{path}: check {position} must have fields ('id: …', 'kind: …'), not {entry!r}")
    id = entry.get("id")
    where = _Where(path, str(id if id is not None else f"number {position}"))
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise where.broken("id", "must be small letters, digits and hyphens, such as 'who-is-counted'")
    kind = entry.get("kind")
    if kind not in KINDS:
        raise where.broken("kind", f"must be one of {', '.join(KINDS)}, not {kind!r}")
    _known(entry, (*_COMMON, *_FIELDS[kind]), "", where)
    objective = entry.get("objective")
    if not _whole(objective) or objective < 1:
        raise where.broken("objective", f"must be a whole number from 1, not {objective!r}")
    prompt = _text(entry, "prompt", "", where)
    if not _asks(prompt):
        raise where.broken("prompt", "must end in a question or an instruction ('Choose …', 'Explain …')")
    options, marking = _READERS[kind](entry, where)
    return Question(id, kind, objective, prompt, options, marking)


def _choices(entry: dict[str, Any], where: _Where) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    raw = entry.get("options")
    if not isinstance(raw, list) or len(raw) < 2:
        raise where.broken("options", "must be a list of at least two")
    options: list[dict[str, Any]] = []
    for position, option in enumerate(raw, start=1):
        at = f"options[{position}]"
        if not isinstance(option, dict):
            raise where.broken(at, "must have 'text: …' and 'feedback: …'")
        _known(option, ("text", "right", "feedback", "misconception"), at, where)
        right = option.get("right", False)
        if not isinstance(right, bool):
            raise where.broken(f"{at}.right", f"must be true or left out, not {right!r}")
        made: dict[str, Any] = {
            "text": _text(option, "text", at, where),
            "right": right,
            "feedback": _feedback(option, "feedback", at, where),
        }
        if not right or "misconception" in option:
            made["misconception"] = _text(option, "misconception", at, where)
        options.append(made)
    _unlike([option["text"] for option in options], "options", where)
    rights = sum(option["right"] for option in options)
    if entry["kind"] == "single" and rights != 1:
        raise where.broken("options", f"of a single choice must have exactly one with 'right: true', not {rights}")
    if entry["kind"] == "several" and not 0 < rights < len(options):
        raise where.broken("options", "must have at least one right and at least one wrong")
    return options, {}


def _number(entry: dict[str, Any], where: _Where) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    answer = _real(entry, "answer", "", where)
    tolerance = _real(entry, "tolerance", "", where)
    if tolerance < 0:
        raise where.broken("tolerance", f"must be 0 or more, not {tolerance:g}")
    decimals = entry.get("decimals", _decimals(answer))
    if not _whole(decimals) or not 0 <= decimals <= _MOST_DECIMALS:
        raise where.broken("decimals", f"must be a whole number from 0 to {_MOST_DECIMALS}, not {decimals!r}")
    wrong: list[dict[str, Any]] = []
    for at, item in _wrong(entry, where):
        _known(item, ("near", "low", "high", "feedback"), at, where)
        limits: dict[str, float] = {key: _real(item, key, at, where) for key in ("near", "low", "high") if key in item}
        if not limits or ("near" in limits and len(limits) > 1):
            raise where.broken(at, "must have 'near', or 'low' and 'high' (or one of these)")
        if limits.get("low", -math.inf) > limits.get("high", math.inf):
            raise where.broken(at, "must have its 'low' below its 'high'")
        wrong.append({**limits, "feedback": _feedback(item, "feedback", at, where)})
    marking = {
        "answer": answer,
        "tolerance": tolerance,
        "unit": _text(entry, "unit", "", where) if "unit" in entry else "",
        "decimals": decimals,
        "wrong": wrong,
        "right": _feedback(entry, "right", "", where),
        "otherwise": _feedback(entry, "otherwise", "", where),
    }
    _apart(marking, where)
    return [], marking


def _order(entry: dict[str, Any], where: _Where) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    items = _texts(entry, "items", 3, where)
    wrong: list[dict[str, Any]] = []
    for at, item in _wrong(entry, where):
        _known(item, ("first", "feedback"), at, where)
        first = _text(item, "first", at, where)
        if first not in items:
            close = get_close_matches(first, items, n=1, cutoff=0)
            raise where.broken(f"{at}.first", f"must be one of the items word for word; closest: '{close[0]}'")
        wrong.append({"first": first, "feedback": _feedback(item, "feedback", at, where)})
    marking = {
        "order": items,
        "wrong": wrong,
        "right": _feedback(entry, "right", "", where),
        "otherwise": _feedback(entry, "otherwise", "", where),
    }
    return [{"text": item} for item in items], marking


def _own_words(entry: dict[str, Any], where: _Where) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    model = _text(entry, "model", "", where)
    if len(model.split()) < _FEWEST_WORDS:
        raise where.broken("model", f"must be an answer of at least {_FEWEST_WORDS} words")
    return [], {"model": model, "look_for": _texts(entry, "look_for", 2, where)}


_READERS = {
    "single": _choices,
    "several": _choices,
    "number": _number,
    "order": _order,
    "text": _own_words,
}


def _wrong(entry: dict[str, Any], where: _Where) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield the wrong answers that have their own feedback, each with its place in the file."""
    raw = entry.get("wrong")
    if not isinstance(raw, list) or not raw:
        raise where.broken("wrong", "must be a list of at least one expected wrong answer with its feedback")
    for position, item in enumerate(raw, start=1):
        if not isinstance(item, dict):
            raise where.broken(f"wrong[{position}]", "must have fields, one of them 'feedback: …'")
        yield f"wrong[{position}]", item


def _apart(marking: dict[str, Any], where: _Where) -> None:
    """Refuse a wrong answer that the tolerance would take for right."""
    answer, tolerance = marking["answer"], marking["tolerance"]
    for position, item in enumerate(marking["wrong"], start=1):
        low = item.get("near", item.get("low", -math.inf))
        high = item.get("near", item.get("high", math.inf))
        if low <= answer + tolerance and high >= answer - tolerance:
            raise where.broken(
                f"wrong[{position}]", f"must lie outside the right answer, {answer:g} within {tolerance:g}"
            )


def _known(entry: dict[str, Any], allowed: tuple[str, ...], at: str, where: _Where) -> None:
    for key in entry:
        if key not in allowed:
            close = get_close_matches(str(key), allowed, n=1)
            hint = f"; did you mean '{close[0]}'?" if close else f"; known here: {', '.join(allowed)}"
            raise where.broken(f"{at}.{key}" if at else str(key), f"is not a known field{hint}")


def _text(entry: dict[str, Any], key: str, at: str, where: _Where) -> str:
    value = entry.get(key)
    name = f"{at}.{key}" if at else key
    if value is None:
        raise where.broken(name, "is missing")
    if not isinstance(value, str):
        raise where.broken(name, f"must be text: put {value!r} in quotes")
    if not value.strip():
        raise where.broken(name, "must not be empty")
    return " ".join(value.split())


def _texts(entry: dict[str, Any], key: str, fewest: int, where: _Where) -> list[str]:
    raw = entry.get(key)
    if not isinstance(raw, list) or len(raw) < fewest:
        raise where.broken(key, f"must be a list of at least {fewest}")
    texts = [_text({key: value}, key, "", where) for value in raw]
    _unlike(texts, key, where)
    return texts


def _unlike(texts: list[str], key: str, where: _Where) -> None:
    for position, text in enumerate(texts):
        if text in texts[:position]:
            raise where.broken(key, f"must differ from one another: '{text}' stands there twice")


def _feedback(entry: dict[str, Any], key: str, at: str, where: _Where) -> str:
    text = _text(entry, key, at, where)
    name = f"{at}.{key}" if at else key
    said = _VERDICT.search(text)
    if said:
        raise where.broken(name, f"must teach, not judge: '{said[0].strip()}' says nothing about why")
    if len(text.split()) < _FEWEST_WORDS:
        raise where.broken(name, f"must teach: give a reason, in at least {_FEWEST_WORDS} words")
    return text


def _real(entry: dict[str, Any], key: str, at: str, where: _Where) -> float:
    value = entry.get(key)
    name = f"{at}.{key}" if at else key
    if value is None:
        raise where.broken(name, "is missing")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise where.broken(name, f"must be a number, not {value!r}")
    return value


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _decimals(value: float) -> int:
    """Return how many decimals a value is written with in the file."""
    _, _, decimals = f"{value:.{_MOST_DECIMALS}f}".rstrip("0").partition(".")
    return len(decimals)


def _asks(prompt: str) -> bool:
    """Tell whether the last sentence asks or instructs."""
    last = re.split(r"(?<=[.?!])[)*_\"”’]*\s+", prompt.strip())[-1].strip("()*_`\"“”‘’' ")
    return last.endswith("?") or bool(_INSTRUCTION.search(last))


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses a field given twice, where PyYAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping, once its keys have been found to differ."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"'{key_node.value}' is given twice", key_node.start_mark
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)
