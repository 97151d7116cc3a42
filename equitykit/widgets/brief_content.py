"""What a brief holds: its sections and fields, what a tool's file may add, and what a file may say at all."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from equitykit.errors import CourseError
from equitykit.widgets.sheet import checked as checked_sheet

_HERE = files("equitykit.widgets")
BOOK: dict[str, Any] = {
    **yaml.safe_load((_HERE / "brief_book.yml").read_text("utf-8")),
    "rules": yaml.safe_load((_HERE / "brief_rules.yml").read_text("utf-8")),
}
"""Sections, principles, names of the kinds of finding, and rules."""

SECTIONS: dict[str, dict[str, Any]] = {one["id"]: one for one in BOOK["sections"]}
ABOUT = ("title", "by", "dated", "note")
LONGEST = 6000
MOST_BROUGHT = 4

Brief = dict[str, Any]


def checked(given: Mapping[str, Any]) -> Brief:
    """Return a brief with every section and field, empty where nothing is said.

    Raises
    ------
    CourseError
        When it holds a section, a field or a principle that a brief does not have, or what is no text.
    """
    unknown = [key for key in given if key not in (*ABOUT, "sections", "brought", "principles")]
    if unknown:
        known = ", ".join((*ABOUT, "sections", "brought", "principles"))
        raise CourseError(f"BriefBuilder: a brief has no {unknown[0]!r}; it has {known}.")
    sections, brought = _mapping(given, "sections"), _mapping(given, "brought")
    principles = _mapping(given, "principles")
    for name in (*sections, *brought):
        if name not in SECTIONS:
            raise CourseError(f"BriefBuilder: a brief has no section {name!r}; its sections are {', '.join(SECTIONS)}.")
    for name, texts in sections.items():
        fields = [one["id"] for one in SECTIONS[name]["fields"]]
        for field in texts:
            if field not in fields:
                raise CourseError(f"BriefBuilder: section {name!r} has no field {field!r}; it has {', '.join(fields)}.")
    for name in principles:
        if name not in BOOK["principles"]:
            raise CourseError(f"BriefBuilder: {name!r} is no principle; they are P01 to P24.")
    return {
        **{key: _text(given.get(key, ""), key) for key in ABOUT},
        "sections": {
            name: {
                one["id"]: _text(sections.get(name, {}).get(one["id"], ""), f"{name}.{one['id']}")
                for one in section["fields"]
            }
            for name, section in SECTIONS.items()
        },
        "brought": {
            name: _blocks(brought.get(name, []), name) for name, section in SECTIONS.items() if "takes" in section
        },
        "principles": {name: _pointed(principles.get(name, {}), name) for name in BOOK["principles"]},
    }


def said(brief: Mapping[str, Any], section: str, field: str) -> str:
    """Return a text of a brief without the space around it."""
    return str(brief["sections"][section][field]).strip()


def brought(brief: Mapping[str, Any], section: str, kind: str = "") -> list[dict[str, Any]]:
    """Return what a section brought in from a tool's file; of one kind of block, if that is given."""
    return [one for one in brief["brought"].get(section, []) if not kind or one["kind"] == kind]


def figure_rows(brief: Mapping[str, Any]) -> list[list[str]]:
    """Return the small table of the evidence: rows of equal length, none where nothing is typed."""
    lines = [one for one in said(brief, "evidence", "figures").split("\n") if one.strip()]
    rows = [[cell.strip() for cell in (line.split("\t") if "\t" in line else line.split("|"))] for line in lines]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def source_lines(brief: Mapping[str, Any]) -> list[str]:
    """Return the sources, one each."""
    return [one.strip() for one in said(brief, "sources", "text").split("\n") if one.strip()]


def _mapping(given: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = given.get(key) or {}
    if not isinstance(value, Mapping):
        raise CourseError(f"BriefBuilder: {key} is no mapping of names to values.")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise CourseError(f"BriefBuilder: {where} is {value!r}; write a text.")
    if len(value) > LONGEST:
        raise CourseError(f"BriefBuilder: {where} has {len(value)} characters; two pages hold fewer than {LONGEST}.")
    return value


def _pointed(value: Any, name: str) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise CourseError(f"BriefBuilder: principle {name} is {value!r}; give its section and a line.")
    section = _text(value.get("section", ""), f"{name}, section")
    if section and section not in SECTIONS:
        raise CourseError(f"BriefBuilder: principle {name} points to {section!r}, which is no section of a brief.")
    return {"section": section, "line": _text(value.get("line", ""), f"{name}, line")}


def _blocks(value: Any, name: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > MOST_BROUGHT:
        raise CourseError(f"BriefBuilder: what {name} brought in is at most {MOST_BROUGHT} blocks in a list.")
    kept = [{**one, "png": "data:image/png;base64,AA=="} if one.get("kept") else one for one in value]
    checked_sheet({"title": "", "blocks": kept})  # a picture that stays in the browser stands for itself
    return [dict(one) for one in value]
