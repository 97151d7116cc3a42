"""A board as a sheet to take away, block by block as ``static/board-sheet.js`` composes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from equitykit.widgets.board_claims import chart, claims, has_figures, in_words, reading
from equitykit.widgets.board_picture import svg
from equitykit.widgets.board_rules import LINKS, text
from equitykit.widgets.board_words import asked, missing, points_table, stated

TITLE = "Accountability board"
NOTE = (
    "The questions come from rules, and the claims from a control chart. "
    "Neither is a mark, and neither is about a person."
)
_SIDES = (("can", "With these figures you can"), ("cannot", "With these figures you cannot"))

Block = dict[str, Any]


def board_sheet(plan: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a board as a sheet.

    Parameters
    ----------
    plan : str
        What kind of plan it is.
    rows : sequence of mapping
        Its rows.
    """
    opening = [{"kind": "text", "text": plan, "tone": "note"}] if plan else []
    blocks = [*opening, *(block for place, row in enumerate(rows) for block in _row(row, place))]
    return {"title": TITLE, "note": NOTE, "blocks": blocks}


def alternative(row: Mapping[str, Any]) -> str:
    """Return the text alternative of a row's chart."""
    series = row["series"]
    found = "; ".join(in_words(one) for one in chart(series).signals)
    about = series["title"] or text(row, "indicator") or "The figures"
    first, last = series["points"][0][0], series["points"][-1][0]
    return f"Control chart. {about}, {first} to {last}. {reading(series)}" + (f" Signals: {found}." if found else "")


def _row(row: Mapping[str, Any], place: int) -> list[Block]:
    series, told, found = row["series"], claims(row), asked(row)
    blocks: list[Block] = [
        _heading(f"{place + 1}. {text(row, 'title') or f'Row {place + 1}'}", 2),
        {
            "kind": "table",
            "rows": [["Link", "What the plan says"], *([name, _link(row, link)] for link, name in LINKS)],
        },
    ]
    if has_figures(series):
        about = " ".join(one for one in (f"{series['title']}." if series["title"] else "", _source(series)) if one)
        drawing = svg(series, row.get("target"))
        blocks.append({"kind": "picture", "svg": drawing, "alt": alternative(row), "caption": about, "width": 16.4})
    for kind, name in _SIDES:
        if mine := [claim for side, claim in told if side == kind]:
            blocks += [_heading(name, 3), {"kind": "list", "items": mine}]
    if found:
        asks = [{"lead": f"{one['title']}.", "text": one["question"]} for one in found]
        blocks += [_heading("A board’s reader would ask", 3), {"kind": "list", "items": asks}]
    if has_figures(series):
        blocks += [_heading("The figures", 3), {"kind": "table", "rows": points_table(series)}]
    return blocks


def _heading(said: str, level: int) -> Block:
    return {"kind": "heading", "level": level, "text": said}


def _link(row: Mapping[str, Any], link: str) -> str | dict[str, str]:
    said = stated(row, link)
    return {"text": said or "not stated", "tone": "missing"} if missing(row, link) else said


def _source(series: Mapping[str, Any]) -> str:
    if not series["source"]:
        return ""
    made_up = series["synthetic"] and "synthetic" not in series["source"].lower()
    return f"Source of the figures: {series['source']}{' (synthetic: no real people)' if made_up else ''}."
