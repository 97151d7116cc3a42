"""What a brief says, in words and as rows, as ``static/brief-model.js`` says it; a test compares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equitykit.widgets.brief_content import BOOK, SECTIONS, brought, said
from equitykit.widgets.brief_rules import findings

NOTHING = "not written yet"


def words(state: Mapping[str, Any]) -> str:
    """Return the brief in words: what it shows about itself first, then section by section."""
    brief = state["brief"]
    told = [f"Evidence brief: {ended(brief['title'].strip() or 'no title yet')}"]
    told += [ended(brief[key].strip()) for key in ("note", "by", "dated") if brief[key].strip()]
    told.append(told_about(brief, state["fit"]))
    for name, section in SECTIONS.items():
        told.append(f"{section['title']}: {ended(section_text(brief, name) or NOTHING)}")
    return " ".join(told)


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return a row for each section: what it says, and what its reader would ask."""
    brief = state["brief"]
    found = findings(brief, state["fit"])
    asked = {name: "; ".join(one["title"] for one in found if one["section"] == name) for name in SECTIONS}
    rows = [
        [section["title"], section_text(brief, name) or NOTHING, asked[name] or "nothing by these rules"]
        for name, section in SECTIONS.items()
    ]
    return [["Section", "What it says", "What is missing or would be asked"], *rows]


def told_about(brief: Mapping[str, Any], fit: Mapping[str, Any]) -> str:
    """Return what the brief shows about itself, in a few sentences."""
    found = findings(brief, fit)
    empty = [SECTIONS[name]["title"].lower() for name in SECTIONS if not section_text(brief, name)]
    told = []
    if len(empty) == len(SECTIONS):
        told.append("Nothing is written yet: twelve places on two pages wait for words.")
    elif empty:
        told.append(f"Says nothing yet: {', '.join(empty)}.")
    partly = [one for one in found if one["kind"] == "missing" and section_text(brief, one["section"] or "decision")]
    if partly and len(empty) < len(SECTIONS):
        told.append(f"Missing in what is begun: {', '.join(one['title'].lower() for one in partly)}.")
    for kind, name in BOOK["kinds"].items():
        mine = [one for one in found if one["kind"] == kind]
        if kind != "missing" and mine:
            told.append(f"{name}: {len(mine)} to look at.")
    unsaid = [name for name, one in brief["principles"].items() if not one["section"]]
    if 0 < len(unsaid) < len(BOOK["principles"]):
        told.append(f"Principles not pointed to: {', '.join(unsaid)}.")
    elif unsaid:
        told.append("No principle is pointed to yet.")
    if not found:
        told.append("By these rules nothing is missing. A reader may see what they do not.")
    return " ".join(told)


def section_text(brief: Mapping[str, Any], name: str) -> str:
    """Return all that a section says, in one line."""
    texts = [flat(said(brief, name, field["id"])) for field in SECTIONS[name]["fields"]]
    taken = [block_text(one) for one in brought(brief, name)]
    return " ".join(one for one in (*texts, *taken) if one)


def block_text(block: Mapping[str, Any]) -> str:
    """Return what was brought in, named in a few words."""
    if block["kind"] == "picture":
        return f"Picture: {flat(block['alt'])}"
    if block["kind"] == "table":
        return "; ".join(", ".join(_plain(cell) for cell in row) for row in block["rows"])
    if block["kind"] == "list":
        return "; ".join(_plain(one) for one in block["items"])
    return _plain(block)


def flat(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def ended(text: str) -> str:
    """Return a text that ends as a sentence does."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _plain(said_: Any) -> str:
    if isinstance(said_, str):
        return flat(said_)
    return flat(f"{said_.get('lead') or ''} {said_['text']}")
