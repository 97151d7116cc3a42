"""Reads an audience switch's YAML file: one finding, told for three kinds of readers.

The file lies beside the page that uses it (``audiences.yml`` in the module's folder)::

    title: One gap, told three ways
    finding:
      statement: the whole finding, in one or two sentences
      keep:                        # what a telling may not lose without saying so
        number: 9.3 years
        uncertainty: 9.1 to 9.5
        source: Office for National Statistics, 2018
        structure: what makes it so, a noun phrase
      url: https://…               # optional, of the source
    chart:
      outcome: life expectancy at birth, men
      unit: years
      groups:                      # for dots; low and high are optional
        - {label: most deprived tenth, value: 74.0, low: 73.9, high: 74.1}
      people:                      # for the version that shows people; whole numbers of 100
        what: do not reach their 75th birthday
        groups: [{label: most deprived tenth, of100: 38}, …]
      comparison: one sentence     # for the version that has a sentence for a chart
    versions:                      # three, one of each id
      - id: academic               # academic | practitioner | community
        reader: Researchers
        needs: what this reader needs it for
        headline: …
        text: one sentence or more (*em*, **strong**, [t](url))
        chart: dots                # dots | people | comparison
        keeps:                     # for each of number, uncertainty, source, structure: the words that keep it,
          number: 9.3 years        # which must be in the headline, the text or the comparison; `chart` where the
          uncertainty: chart       # chart keeps it; yes, or no
          source: yes
          structure: no
        changes: what it changes on the way
        loses: what it loses
    questions:                     # at least two
      - id: ward-manager           # lower-case words joined by hyphens
        kind: reader               # reader: which version does this reader need? fact: what was dropped?
        prompt: …
        version: practitioner      # the version that is shown afterwards; a fact is one that it dropped
        options:                   # kind reader: `version` in place of `text`
          - {text: …, right: true, feedback: "…"}   # quotes, where a text in braces holds a comma
    signs:                         # optional: words by which the checklist for a reader's own version knows a thing
      structure: [rent, wages]
      agents: [the council]
      source: [ONS]
      action: [vote]

``{name}`` in any text is replaced by a value that the page passes, so that figures come from the data.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from equitykit.errors import CourseError

AUDIENCES = {"academic": "Academic", "practitioner": "Practitioner", "community": "Community"}
"""The three kinds of readers, and how the switch names them."""

KEPT = ("number", "uncertainty", "source", "structure")
CHARTS = ("dots", "people", "comparison")
KINDS = ("reader", "fact")
SIGNS = ("structure", "agents", "source", "action")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOLE = re.compile(r"\{([A-Za-z_]\w*)\}")
_MARKDOWN = re.compile(r"\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)")


def read(path: Path) -> Any:
    """Return a YAML file's content.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Raises
    ------
    CourseError
        When it cannot be read, or is not YAML, with the line.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not text"
        raise CourseError(f"{path}: cannot be read ({why}); give the path of the switch's YAML file.") from None
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise CourseError(f"{path}{line}: not valid YAML: {getattr(error, 'problem', None) or error}.") from None


def filled(content: Any, values: Mapping[str, Any], where: str) -> Any:
    """Return content with each ``{name}`` in its texts replaced.

    Parameters
    ----------
    content : mapping
        What the file holds.
    values : mapping
        The values by name.
    where : str
        What an error message names first.

    Raises
    ------
    CourseError
        For a name without a value, or a value that no text uses.
    """
    used: set[str] = set()

    def fill(part: Any) -> Any:
        if isinstance(part, Mapping):
            return {key: fill(one) for key, one in part.items()}
        if isinstance(part, list):
            return [fill(one) for one in part]
        if not isinstance(part, str):
            return part
        for name in _HOLE.findall(part):
            if name not in values:
                raise CourseError(f"{where}: {{{name}}} has no value; pass values={{'{name}': …}}.")
            used.add(name)
        return _HOLE.sub(lambda found: str(values[found[1]]), part)

    made = fill(content)
    spare = [name for name in values if name not in used]
    if spare:
        raise CourseError(f"{where}: no text uses the value {spare[0]!r}; write {{{spare[0]}}} where it belongs.")
    return made


def validate(content: Any, where: str) -> dict[str, Any]:
    """Return content in the form that the page reads, or refuse it.

    Parameters
    ----------
    content : mapping
        As the module's docstring lays it out.
    where : str
        What an error message names first: the file.

    Returns
    -------
    dict
        ``title``, ``finding``, ``chart``, ``versions``, ``questions`` and ``signs``, every optional field present.

    Raises
    ------
    CourseError
        Naming the part and the field.
    """
    top = _mapping(content, where)
    _known(top, ("title", "finding", "chart", "versions", "questions", "signs"), where)
    chart = _chart(_part(top, "chart", where), f"{where}: chart")
    given = top.get("versions")
    if not isinstance(given, list):
        raise CourseError(f"{where}: versions must be a list of three.")
    versions = [_version(one, number, where, chart) for number, one in enumerate(given, start=1)]
    if sorted(one["id"] for one in versions) != sorted(AUDIENCES):
        raise CourseError(f"{where}: versions takes one each of {', '.join(AUDIENCES)}.")
    given = top.get("questions")
    if not isinstance(given, list) or len(given) < 2:
        raise CourseError(f"{where}: questions must be a list of at least two.")
    questions = [_question(one, number, where) for number, one in enumerate(given, start=1)]
    named = [one["id"] for one in questions]
    if len(set(named)) != len(named):
        twice = next(one for one in named if named.count(one) > 1)
        raise CourseError(f"{where}: two questions have the id {twice!r}; ids are unique.")
    return {
        "title": _text(top, "title", where),
        "finding": _finding(_part(top, "finding", where), f"{where}: finding"),
        "chart": chart,
        "versions": sorted(versions, key=lambda one: list(AUDIENCES).index(one["id"])),
        "questions": questions,
        "signs": _signs(top.get("signs") or {}, f"{where}: signs"),
    }


def plain(text: str) -> str:
    """Return inline Markdown as plain text."""
    return _MARKDOWN.sub(lambda found: next(one for one in found.groups() if one), text)


def _finding(part: Mapping[str, Any], here: str) -> dict[str, Any]:
    _known(part, ("statement", "keep", "url"), here)
    keep = _part(part, "keep", here)
    _known(keep, KEPT, f"{here}: keep")
    return {
        "statement": _text(part, "statement", here),
        "keep": {one: _text(keep, one, f"{here}: keep") for one in KEPT},
        "url": _text(part, "url", here, needed=False),
    }


def _chart(part: Mapping[str, Any], here: str) -> dict[str, Any]:
    _known(part, ("outcome", "unit", "groups", "people", "comparison"), here)
    groups = [_group(one, number, here) for number, one in enumerate(part.get("groups") or [], start=1)]
    given = part.get("people")
    people = None
    if given:
        there = f"{here}: people"
        given = _mapping(given, there)
        _known(given, ("what", "groups"), there)
        people = {
            "what": _text(given, "what", there),
            "groups": [_of100(one, number, there) for number, one in enumerate(given.get("groups") or [], start=1)],
        }
        if not people["groups"]:
            raise CourseError(f"{there}: groups is missing; give a label and of100 for each.")
    figures = [one["value"] for one in groups]
    return {
        "outcome": _text(part, "outcome", here),
        "unit": _text(part, "unit", here, needed=False),
        "groups": groups,
        "decimals": next((n for n in (0, 1) if all(abs(one - round(one, n)) < 1e-9 for one in figures)), 2),
        "people": people,
        "comparison": _text(part, "comparison", here, needed=False),
    }


def _group(entry: Any, number: int, here: str) -> dict[str, Any]:
    there = f"{here}: group {number}"
    part = _mapping(entry, there)
    _known(part, ("label", "value", "low", "high"), there)
    value = _number(part, "value", there)
    if (part.get("low") is None) != (part.get("high") is None):
        raise CourseError(f"{there}: an interval has two ends; give low and high.")
    ends = [None if part.get(one) is None else _number(part, one, there) for one in ("low", "high")]
    if ends[0] is not None and ends[1] is not None and not ends[0] <= value <= ends[1]:
        raise CourseError(f"{there}: {value:g} is not between {ends[0]:g} and {ends[1]:g}.")
    return {"label": _text(part, "label", there), "value": value, "low": ends[0], "high": ends[1]}


def _of100(entry: Any, number: int, here: str) -> dict[str, Any]:
    there = f"{here}: group {number}"
    part = _mapping(entry, there)
    _known(part, ("label", "of100"), there)
    many = _number(part, "of100", there)
    if many != int(many) or not 0 <= many <= 100:
        raise CourseError(f"{there}: of100 is {many:g}; people are whole, 0 to 100.")
    return {"label": _text(part, "label", there), "of100": int(many)}


def _version(entry: Any, number: int, where: str, chart: Mapping[str, Any]) -> dict[str, Any]:
    here = f"{where}: version {number}"
    part = _mapping(entry, here)
    fields = ("reader", "needs", "headline", "text", "changes", "loses")
    _known(part, ("id", "chart", "keeps", *fields), here)
    ident = _choice(part, "id", tuple(AUDIENCES), here)
    here = f"{where}: version {ident!r}"
    form = _choice(part, "chart", CHARTS, here)
    if not chart["groups" if form == "dots" else form]:
        raise CourseError(f"{here}: chart is {form!r}, for which chart has no {'groups' if form == 'dots' else form}.")
    made: dict[str, Any] = {"id": ident, "chart": form, **{one: _text(part, one, here) for one in fields}}
    keeps = _part(part, "keeps", here)
    _known(keeps, KEPT, f"{here}: keeps")
    told = " ".join([plain(made["headline"]), plain(made["text"]), chart["comparison"] if form == "comparison" else ""])
    made["keeps"] = {}
    for one in KEPT:
        if one not in keeps:
            raise CourseError(f"{here}: keeps: {one} is missing; give the words that keep it, chart, yes or no.")
        held = keeps[one]
        if isinstance(held, bool) or held == "chart":
            made["keeps"][one] = {"kept": bool(held), "by": "chart" if held == "chart" else ""}
        elif str(held) in told:
            made["keeps"][one] = {"kept": True, "by": str(held)}
        else:
            raise CourseError(f"{here}: keeps: {one}: {str(held)!r} is not in its headline or text; quote its words.")
    return made


def _question(entry: Any, number: int, where: str) -> dict[str, Any]:
    here = f"{where}: question {number}"
    part = _mapping(entry, here)
    _known(part, ("id", "kind", "prompt", "version", "options"), here)
    ident = _text(part, "id", here)
    here = f"{where}: question {ident!r}"
    if not _ID.fullmatch(ident):
        raise CourseError(f"{here}: id takes lower-case words joined by hyphens.")
    kind = _choice(part, "kind", KINDS, here)
    given = part.get("options")
    if not isinstance(given, list) or len(given) < 2:
        raise CourseError(f"{here}: options must be a list of at least two.")
    options: list[dict[str, Any]] = []
    for place, one in enumerate(given, start=1):
        there = f"{here}: option {place}"
        option = _mapping(one, there)
        _known(option, ("text", "version", "right", "feedback"), there)
        version = _choice(option, "version", tuple(AUDIENCES), there) if kind == "reader" else ""
        text = _text(option, "text", there, needed=kind == "fact") or f"The {version} version"
        options.append(
            {"text": text, "right": option.get("right") is True, "feedback": _text(option, "feedback", there)}
        )
    if [one["right"] for one in options].count(True) != 1:
        raise CourseError(f"{here}: exactly one option is right; mark it with right: true.")
    return {
        "id": ident,
        "kind": kind,
        "prompt": _text(part, "prompt", here),
        "version": _choice(part, "version", tuple(AUDIENCES), here),
        "options": options,
    }


def _signs(given: Any, here: str) -> dict[str, list[str]]:
    part = _mapping(given, here)
    _known(part, SIGNS, here)
    for one, listed in part.items():
        if not isinstance(listed, list) or not all(isinstance(word, str) and word.strip() for word in listed):
            raise CourseError(f"{here}: {one} takes a list of words.")
    return {one: list(part.get(one, [])) for one in SIGNS}


def _mapping(part: Any, here: str) -> Mapping[str, Any]:
    if not isinstance(part, Mapping):
        raise CourseError(f"{here}: expected fields with values; found {_kind(part)}.")
    return part


def _part(part: Mapping[str, Any], field: str, here: str) -> Mapping[str, Any]:
    if field not in part:
        raise CourseError(f"{here}: {field} is missing.")
    return _mapping(part[field], f"{here}: {field}")


def _known(part: Mapping[str, Any], fields: Sequence[str], here: str) -> None:
    for field in part:
        if field not in fields:
            raise CourseError(f"{here}: {field!r} is not a field; use {', '.join(fields)}.")


def _text(part: Mapping[str, Any], field: str, here: str, *, needed: bool = True) -> str:
    value = part.get(field)
    if value is None and not needed:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise CourseError(f"{here}: {field} is missing or empty; it takes a text.")
    return " ".join(value.split())


def _choice(part: Mapping[str, Any], field: str, known: Sequence[str], here: str) -> str:
    value = part.get(field)
    if value not in known:
        raise CourseError(f"{here}: {field} is {value!r}; use one of {', '.join(known)}.")
    return str(value)


def _number(part: Mapping[str, Any], field: str, here: str) -> float:
    try:
        value = float(part[field])
    except (KeyError, TypeError, ValueError):
        raise CourseError(f"{here}: {field} is {part.get(field)!r}; it takes a number.") from None
    if not math.isfinite(value):
        raise CourseError(f"{here}: {field} is {value:g}; it takes a finite number.")
    return value


def _kind(value: Any) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"
