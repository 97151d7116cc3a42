"""A brief as a sheet to take away, block by block as ``static/brief-sheet.js`` composes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equitykit.widgets.brief_content import BOOK, SECTIONS, brought, figure_rows, said, source_lines

NOTE = (
    "What the brief shows about itself comes from rules that read words. They are no mark, and none is about a person. "
    "Made with the brief builder of an independent course."
)
STAYS = "The picture itself stays in the browser: save the brief as a file there, and make the document from the file."

Block = dict[str, Any]


def brief_sheet(brief: Mapping[str, Any]) -> dict[str, Any]:
    """Return a brief as a sheet, with the table of principles after its two pages."""
    opening = [brief[key].strip() for key in ("note", "by", "dated")]
    blocks: list[Block] = [{"kind": "text", "text": one, "tone": "note"} for one in opening if one]
    for name, section in SECTIONS.items():
        blocks += [{"kind": "heading", "level": 2, "text": section["title"]}, *_section(brief, name)]
    pointed = brief["principles"].items()
    if any(one["section"] for _, one in pointed):
        rows = [[f"{name} {BOOK['principles'][name]}", *_pointed(one)] for name, one in pointed]
        blocks += [
            {"kind": "heading", "level": 2, "text": "Where the brief meets the principles"},
            {"kind": "table", "caption": "As its authors say; for a peer reviewer and a marker, beside the two pages",
             "rows": [["Principle", "Section", "In one line"], *rows]},
        ]  # fmt: skip
    return {"title": brief["title"].strip() or "Evidence brief without a title yet", "note": NOTE, "blocks": blocks}


def _section(brief: Mapping[str, Any], name: str) -> list[Block]:
    if name == "sources":
        lines = source_lines(brief)
        return [{"kind": "list", "ordered": True, "items": lines}] if lines else [_unsaid()]
    blocks: list[Block] = []
    fields = SECTIONS[name]["fields"]
    for field in fields:
        text = said(brief, name, field["id"])
        if not text:
            continue
        if field["id"] == "figures":
            blocks.append({"kind": "table", "caption": "The figures", "rows": figure_rows(brief)})
        else:
            lead = {} if len(fields) == 1 or field["id"] == "text" else {"lead": f"{field['label']}:"}
            blocks.append({"kind": "text", **lead, "text": text})
    blocks += [_shown(one) for one in brought(brief, name)]
    return blocks or [_unsaid()]


def _shown(block: Mapping[str, Any]) -> Block:
    if block.get("kept"):
        return {"kind": "text", "lead": f"Picture: {block['alt']}", "text": STAYS}
    return dict(block)


def _unsaid() -> Block:
    return {"kind": "text", "text": "Not written yet.", "tone": "missing"}


def _pointed(one: Mapping[str, str]) -> list[Any]:
    if not one["section"]:
        return [{"text": "not pointed to", "tone": "missing"}, ""]
    return [SECTIONS[one["section"]]["title"], one["line"].strip()]
