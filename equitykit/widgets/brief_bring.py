"""What a tool's saved file offers a brief, and what of it would break two pages.

``static/brief-bring.js`` offers the same in the page; a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equitykit.errors import CourseError
from equitykit.widgets.brief_content import SECTIONS

ROWS, COLUMNS, CELLS, ITEMS, ITEM, TEXT = 7, 5, 900, 5, 240, 500
_ONLY = {
    ("evidence", "evidence composer"): ("The chart",),
    ("creative", "evidence composer"): ("The piece", "Whose piece, and what was agreed"),
}
_NEVER = ("Signed",)
_LABEL = 90


def offers(kind: str, sheet: Mapping[str, Any], section: str) -> list[dict[str, Any]]:
    """Return what a file offers a section: ``label``, ``block``, and ``why`` it is too large, empty where it is not.

    Raises
    ------
    CourseError
        When the section takes no file, or not of that tool.
    """
    takes = SECTIONS[section].get("takes", [])
    if not takes:
        raise CourseError(f"“{SECTIONS[section]['title']}” takes no file; write it in your own words.")
    if kind not in takes:
        raise CourseError(f"it was saved from another tool ({kind}); this section takes {' or '.join(takes)}.")
    only, made, heading = _ONLY.get((section, kind)), [], ""
    for block in sheet["blocks"]:
        if block["kind"] == "heading":
            heading = block["text"]
        elif heading not in _NEVER and (only is None or heading in only) and not _empty(block):
            made.append({"label": _label(block, heading), **_sized(block)})
    return made


def _said(one: Any) -> str:
    return one if isinstance(one, str) else " ".join(part for part in (one.get("lead") or "", one["text"]) if part)


def _empty(block: Mapping[str, Any]) -> bool:
    return block["kind"] == "text" and not block["text"].strip()


def _label(block: Mapping[str, Any], heading: str) -> str:
    if block["kind"] == "picture":
        return _cut(f"Picture: {block.get('caption') or block['alt']}")
    if block["kind"] == "table":
        rows = len(block["rows"]) - 1
        return _cut(f"Table, {_counted(rows, 'row')}: {block.get('caption') or heading}")
    if block["kind"] == "list":
        return _cut(f"List, {_counted(len(block['items']), 'point')}: {heading}")
    return _cut(f"Text: {_said(block)}")


def _sized(block: Mapping[str, Any]) -> dict[str, Any]:
    if block["kind"] == "table":
        rows = block["rows"]
        letters = sum(len(_said(cell)) for row in rows for cell in row)
        large = len(rows) - 1 > ROWS or len(rows[0]) > COLUMNS or letters > CELLS
        return {"block": dict(block), "why": "it is too large for two pages" if large else ""}
    if block["kind"] == "list":
        items, more = block["items"][:ITEMS], len(block["items"]) - ITEMS
        if any(len(_said(one)) > ITEM for one in items):
            return {"block": dict(block), "why": "its points are too long for two pages"}
        kept = [*items, f"And {more} more, in the file it came from."] if more > 0 else items
        return {"block": {**block, "items": kept}, "why": ""}
    if block["kind"] == "text" and len(_said(block)) > TEXT:
        return {"block": dict(block), "why": "it is too long for two pages"}
    return {"block": dict(block), "why": ""}


def _counted(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LABEL else f"{line[: _LABEL - 1].rstrip()}…"
