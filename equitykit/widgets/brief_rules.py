"""What a brief shows about itself: what is missing, and what its reader would ask.

``static/brief-model.js`` finds the same in the page; a test compares them. The rules and their reasons are data,
``brief_rules.yml``. None of them blocks anything, and they add up to no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from equitykit import language
from equitykit.widgets.brief_content import BOOK, SECTIONS, brought, figure_rows, said, source_lines

Finding = dict[str, str]

_YEAR = r"(?:19|20)[0-9][0-9](?:[/–-][0-9]{2,4})?"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NOT_A_FIGURE = re.compile(rf"\[[0-9, ]+\]|[0-9]{{1,2}} (?:{_MONTHS})|(?<![0-9,.]){_YEAR}(?![0-9,.][0-9])")
_FIGURE = re.compile(r"[£€$] ?[0-9]|[0-9] ?(?:%|per cent|times)|[0-9][.,][0-9]|[0-9]{2}")
_MARK = re.compile(r"\[([0-9, ]+)\]")
_SOURCED = re.compile(r"\[[0-9, ]+\]|\([^()]*(?:19|20)[0-9][0-9][^()]*\)|source:", re.IGNORECASE)
_SURE = re.compile(
    r"interval|[0-9][0-9.,]* to [−-]?[0-9]|not published|no interval|none published|±|rounded|at least|at most|limit",
    re.IGNORECASE,
)
_RATIO = re.compile(r"ratio|times|%|per cent|twice|as (?:many|often|much|high)", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"difference|[0-9](?: [a-z]+){0,2} (?:more|fewer|less|years|points)|(?:more|fewer|less) by|gap of",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:residents|patients|people|partners|neighbours|members|community|communities|panel|tenants|families|women|"
    r"men|young people|they) (?:will|shall|can|must|decide|decides|choose|own|are paid|have a say|get)\b",
    re.IGNORECASE,
)
_EVERYONE = re.compile(
    r"\b(?:everyone|everybody|all staff|all of us|committee|team|partners|system|stakeholders)\b", re.IGNORECASE
)
_ONE = re.compile(r"\b(?:chair|chief|director|head|lead|officer|manager|secretary)\b", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)[0-9][0-9]")
_UNASKED = re.compile(
    r"\b(?:waiting|not asked|not yet|unasked|withdrawn|withdrew|to be asked|pending)\b", re.IGNORECASE
)
_STOP = re.compile(r"(?<=[.!?])[ \n]+(?=[A-Z0-9“‘£(])")
_SHOWN = 70
_TITLE = {"section": "", "part": "A title", "why": "It is the claim, in words that would be remembered."}

_FIGURED = (("evidence", "text"), ("reading", "traced"), ("agency", "text"), ("limits", "text"))
_PROMISED = ("participation", "creative", "ask", "accountability")
_UNREAD = (("reading", "usual"), ("evidence", "figures"), ("sources", "text"))


def missing(brief: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what is not written or brought in yet: section, part, and why it is asked for."""
    found = [] if brief["title"].strip() else [dict(_TITLE)]
    for name, section in SECTIONS.items():
        for field in section["fields"]:
            if said(brief, name, field["id"]) or _stands_in(brief, name):
                continue
            found.append({"section": name, "part": field["label"], "why": field["hint"]})
        if "brought" in section and not brought(brief, name, "picture"):
            found.append({"section": name, "part": section["brought"].capitalize(), "why": section["prompt"]})
    return found


def _stands_in(brief: Mapping[str, Any], name: str) -> bool:
    """Whether what was brought in says it: the board's table stands for the fields of accountability."""
    return name == "accountability" and bool(brought(brief, name, "table"))


def findings(brief: Mapping[str, Any], fit: Mapping[str, Any]) -> list[Finding]:
    """Return everything that the brief shows about itself: section, kind, title, why, and what to try.

    Parameters
    ----------
    brief : mapping
        The brief.
    fit : mapping
        What the page measured: ``pages`` (millimetres over, by page); empty before it was shown.
    """
    lacking = [
        {"section": one["section"], "kind": "missing", "title": one["part"], "why": one["why"], "try": ""}
        for one in missing(brief)
    ]
    return [*lacking, *_fit(brief, fit), *_figures(brief), *_ask(brief), *_promises(brief), *_pictures(brief),
            *_words(brief), *_principles(brief)]  # fmt: skip


def sentences(text: str) -> list[str]:
    """Return a text's sentences, as the rules on figures read them."""
    return [one.strip() for line in text.split("\n") for one in _STOP.split(line) if one.strip()]


def shortened(text: str, most: int = _SHOWN) -> str:
    """Return the beginning of a text."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _raised(rule: str, section: str, words: str = "") -> Finding:
    one = BOOK["rules"][rule]
    title = one["title"].replace("{words}", shortened(words, 160 if one["title"] == "{words}" else _SHOWN))
    return {"section": section, "kind": one["kind"], "title": title, "why": one["why"], "try": one["try"]}


def over_room(brief: Mapping[str, Any], section: str) -> list[tuple[str, int]]:
    """Return the fields of a section that have more characters than their room, and how many more."""
    fields = SECTIONS[section]["fields"]
    return [(one["label"], over) for one in fields if (over := len(said(brief, section, one["id"])) - one["room"]) > 0]


def _fit(brief: Mapping[str, Any], fit: Mapping[str, Any]) -> Iterator[Finding]:
    for place, over in enumerate(fit.get("pages", [])):
        if over <= 0:
            continue
        longest = [one for one in fit.get("tall", []) if SECTIONS[one[0]]["page"] == place + 1][:2]
        taken = " and ".join(f"{SECTIONS[name]['title']} ({high} mm)" for name, high in longest)
        told = f"Page {place + 1} is {over} mm too long. Most of it is taken by {taken}."
        yield _raised("fit-page", longest[0][0] if longest else "", told)
    for name in SECTIONS:
        for label, over in over_room(brief, name):
            yield _raised("over-room", name, f"{label}: {over} characters more than its room")


def _figures(brief: Mapping[str, Any]) -> Iterator[Finding]:
    for name, field in _FIGURED:
        for one in sentences(said(brief, name, field)):
            if _FIGURE.search(_NOT_A_FIGURE.sub("", one)) and not _SOURCED.search(one):
                yield _raised("figure-source", name, one)
    rows = figure_rows(brief)[1:]
    for row in rows:
        whole = " ".join(row)
        if not _SOURCED.search(whole):
            yield _raised("figure-source", "evidence", row[0])
        if not _SURE.search(whole):
            yield _raised("figure-interval", "evidence", row[0])
    text = said(brief, "evidence", "text")
    told = " ".join([text, *(" ".join(one) for one in figure_rows(brief))])
    has = bool(_FIGURE.search(_NOT_A_FIGURE.sub("", told)))
    if not rows and has and not _SURE.search(f"{text} {said(brief, 'evidence', 'missing')}"):
        yield _raised("figure-interval", "evidence", sentences(told)[0])
    if has and bool(_RATIO.search(told)) != bool(_DIFFERENCE.search(told)):
        yield _raised("one-sided", "evidence")
    many = len(source_lines(brief))
    for name, section in SECTIONS.items():
        for field in section["fields"]:
            lost = [
                one
                for mark in _MARK.findall(said(brief, name, field["id"]))
                for one in re.split(r"[ ,]+", mark)
                if one and not 1 <= int(one) <= many
            ]
            for one in dict.fromkeys(lost):
                yield _raised("mark-nowhere", name, f"[{one}]")


def _ask(brief: Mapping[str, Any]) -> Iterator[Finding]:
    text, owner, by = (said(brief, "ask", one) for one in ("text", "owner", "by"))
    if text and not owner:
        yield _raised("ask-owner", "ask")
    if text and not (_DATE.search(by) or _DATE.search(text)):
        yield _raised("ask-date", "ask")
    if (group := _EVERYONE.search(owner)) and not _ONE.search(owner):
        yield _raised("ask-everyone", "ask", group[0])


def _promises(brief: Mapping[str, Any]) -> Iterator[Finding]:
    if said(brief, "agreement", "text") or brought(brief, "agreement"):
        return
    for name in _PROMISED:
        for field in SECTIONS[name]["fields"]:
            if field["id"] != "alt":
                for one in _PROMISE.finditer(said(brief, name, field["id"])):
                    yield _raised("promise", name, one[0])


def _pictures(brief: Mapping[str, Any]) -> Iterator[Finding]:
    consent = said(brief, "creative", "consent")
    if brought(brief, "creative", "picture"):
        if not consent:
            yield _raised("piece-consent", "creative")
        if open_ := _UNASKED.search(consent):
            yield _raised("consent-open", "creative", open_[0])
        if not said(brief, "creative", "alt"):
            yield _raised("piece-alt", "creative")
    for one in brought(brief, "evidence", "picture"):
        if not one["alt"].strip():
            yield _raised("chart-alt", "evidence")


def _words(brief: Mapping[str, Any]) -> Iterator[Finding]:
    for name, section in SECTIONS.items():
        for field in section["fields"]:
            if (name, field["id"]) in _UNREAD:
                continue
            for one in language.read(said(brief, name, field["id"])).findings:
                does = language.vocabulary().mechanisms[one.mechanism]["name"]
                put = f"Ask: {one.question}" + (f" Try: {'; '.join(one.alternatives)}" if one.alternatives else "")
                yield {"section": name, "kind": "words", "title": f"“{one.text}” {does}", "why": one.reason, "try": put}


def _principles(brief: Mapping[str, Any]) -> Iterator[Finding]:
    for name, one in brief["principles"].items():
        section = one["section"]
        if not section:
            continue
        points = f"{name} points to “{SECTIONS[section]['title']}”"
        written = any(said(brief, section, field["id"]) for field in SECTIONS[section]["fields"])
        if not written and not brought(brief, section):
            yield _raised("principle-empty", section, f"{points}, which says nothing yet")
        elif not one["line"].strip():
            yield _raised("principle-unsaid", section, f"{points} without a line")
