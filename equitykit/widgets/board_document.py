"""A board as a document: a Word file with its charts, Markdown, or the file that the page opens again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from equitykit.errors import CourseError
from equitykit.widgets.board_claims import chart as charted
from equitykit.widgets.board_claims import claims, has_figures, in_words, reading
from equitykit.widgets.board_picture import png
from equitykit.widgets.board_plan import checked_row
from equitykit.widgets.board_rules import LINKS, text
from equitykit.widgets.board_words import asked, missing, points_table, stated

KIND = "accountability board"
TITLE = "Accountability board"
NOTE = (
    "The questions come from rules, and the claims from a control chart. "
    "Neither is a mark, and neither is about a person."
)
ENDINGS = (".docx", ".md", ".json")
_SIDES = (("can", "With these figures you can"), ("cannot", "With these figures you cannot"))
_HOLE = RGBColor(0x94, 0x41, 0x1F)


def read_file(path: str | Path) -> tuple[str, list[dict[str, Any]]]:
    """Read a file that a board's page saved: the plan's note and its rows.

    Raises
    ------
    CourseError
        When there is no such file, or it is not one that a board saved.
    """
    file = Path(path)
    try:
        given = json.loads(file.read_text("utf-8"))
    except OSError as problem:
        raise CourseError(f"{file}: it cannot be read ({problem.strerror}).") from None
    except (ValueError, UnicodeDecodeError):
        raise CourseError(
            f"{file}: it is no JSON file; use the one that “Save as a file” on the board gives."
        ) from None
    if not isinstance(given, dict) or given.get("kind") != KIND or given.get("version") != 1:
        raise CourseError(f"{file}: it was not saved from an accountability board, or by a newer one.")
    rows = given.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CourseError(f"{file}: it has no rows.")
    try:
        return str(given.get("plan") or ""), [checked_row(row) for row in rows]
    except (KeyError, TypeError, AttributeError):
        raise CourseError(f"{file}: a row or a series in it is not as a board saves it.") from None


def write(plan: str, rows: Sequence[Mapping[str, Any]], path: Path) -> Path:
    """Write a board as the document that the path's ending names.

    Parameters
    ----------
    plan : str
        What kind of plan it is.
    rows : sequence of mapping
        Its rows.
    path : pathlib.Path
        Ends in ``.docx``, ``.md`` or ``.json``.
    """
    kind = path.suffix.lower()
    if kind == ".docx":
        word(plan, rows).save(str(path))
    elif kind == ".md":
        path.write_text(markdown(plan, rows), encoding="utf-8")
    elif kind == ".json":
        saved = {"kind": KIND, "version": 1, "plan": plan, "rows": list(rows)}
        path.write_text(json.dumps(saved, ensure_ascii=False, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    else:
        raise CourseError(
            f"A board is written as {', '.join(ENDINGS)}, not as {path.suffix or 'a file without an ending'}."
        )
    return path


def markdown(plan: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a board as Markdown, as the page copies it."""
    lines = [f"# {TITLE}", ""]
    if plan:
        lines += [f"*{plan}*", ""]
    for place, row in enumerate(rows):
        lines += [f"## {_titled(row, place)}", "", "| Link | What the plan says |", "| --- | --- |"]
        lines += [f"| {name} | {_cell(stated(row, link)) or '**not stated**'} |" for link, name in LINKS]
        told = claims(row)
        for kind, name in _SIDES:
            mine = [claim for side, claim in told if side == kind]
            if mine:
                lines += ["", f"**{name}**", "", *(f"- {claim}" for claim in mine)]
        if found := asked(row):
            lines += [
                "",
                "**A board’s reader would ask**",
                "",
                *(f"- *{one['title']}.* {one['question']}" for one in found),
            ]
        if said := _source(row):
            lines += ["", said]
        lines.append("")
    return "\n".join([*lines, "---", "", NOTE, ""])


def word(plan: str, rows: Sequence[Mapping[str, Any]]) -> Document:
    """Return a board as a Word document: headings, tables with a header row, charts with a text alternative."""
    made = docx.Document()
    made.core_properties.title = TITLE
    made.core_properties.language = "en-GB"
    made.core_properties.author = ""
    made.core_properties.comments = ""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    made.styles["Normal"].font.size = Pt(10.5)
    _english(made)
    made.add_heading(TITLE, level=0)
    if plan:
        made.add_paragraph(plan).runs[0].italic = True
    for place, row in enumerate(rows):
        made.add_heading(_titled(row, place), level=1)
        _chain(made, row)
        _picture(made, row)
        told = claims(row)
        for kind, name in _SIDES:
            mine = [claim for side, claim in told if side == kind]
            if mine:
                made.add_heading(name, level=2)
                for claim in mine:
                    made.add_paragraph(claim, style="List Bullet")
        if found := asked(row):
            made.add_heading("A board’s reader would ask", level=2)
            for one in found:
                line = made.add_paragraph(style="List Bullet")
                line.add_run(f"{one['title']}. ").bold = True
                line.add_run(one["question"])
        _figures(made, row)
    made.add_paragraph(NOTE).runs[0].italic = True
    return made


def alternative(row: Mapping[str, Any]) -> str:
    """Return the text alternative of a row's chart."""
    series = row["series"]
    drawn = charted(series)
    found = "; ".join(in_words(one) for one in drawn.signals)
    about = series["title"] or text(row, "indicator") or "The figures"
    first, last = series["points"][0][0], series["points"][-1][0]
    return f"Control chart. {about}, {first} to {last}. {reading(series)}" + (f" Signals: {found}." if found else "")


def _chain(made: Document, row: Mapping[str, Any]) -> None:
    table = made.add_table(rows=1, cols=2, style="Table Grid")
    _fill(table.rows[0].cells, ("Link", "What the plan says"), bold=True)
    _repeat(table.rows[0])
    for link, name in LINKS:
        cells = table.add_row().cells
        _fill(cells, (name, stated(row, link) or "not stated"))
        cells[0].paragraphs[0].runs[0].bold = True
        if missing(row, link):
            run = cells[1].paragraphs[0].runs[0]
            run.italic, run.font.color.rgb = True, _HOLE
    for line in table.rows:
        line.cells[0].width, line.cells[1].width = Cm(3.6), Cm(13)


def _picture(made: Document, row: Mapping[str, Any]) -> None:
    series = row.get("series")
    if not has_figures(series):
        return
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(png(series, row.get("target"))), width=Cm(16.4))
    facts = shape._inline.docPr
    facts.set("descr", alternative(row))
    facts.set("title", series["title"] or text(row, "title"))
    said = " ".join(one for one in (f"{series['title']}." if series["title"] else "", _source(row)) if one)
    if said:
        made.add_paragraph(said, style="Caption")


def _figures(made: Document, row: Mapping[str, Any]) -> None:
    """The chart's figures as a table, for who cannot see the picture or wants to check it."""
    series = row.get("series")
    if not series or not series["points"]:
        return
    made.add_heading("The figures", level=2)
    head, *body = points_table(series)
    table = made.add_table(rows=1, cols=len(head), style="Table Grid")
    _fill(table.rows[0].cells, head, bold=True)
    _repeat(table.rows[0])
    for line in body:
        _fill(table.add_row().cells, line)
    for cell in (cell for line in table.rows for cell in line.cells):
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(0)
            for run in paragraph.runs:
                run.font.size = Pt(8.5)


def _fill(cells: Sequence[Any], said: Sequence[str], *, bold: bool = False) -> None:
    for cell, one in zip(cells, said, strict=True):
        run = cell.paragraphs[0].add_run(_printable(one))
        run.bold = bold or None


def _repeat(row: Any) -> None:
    """Mark a row as the table's header, which is repeated on every page and read out as such."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _english(made: Document) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    made.styles["Normal"].element.get_or_add_rPr().append(language)


def _titled(row: Mapping[str, Any], place: int) -> str:
    return _printable(f"{place + 1}. {text(row, 'title') or f'Row {place + 1}'}")


def _printable(said: str) -> str:
    """Without the control characters that a document cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", said)


def _cell(said: str) -> str:
    return re.sub(r"\s+", " ", said.replace("|", "\\|"))


def _source(row: Mapping[str, Any]) -> str:
    series = row.get("series")
    if not series or not series["source"]:
        return ""
    made_up = series["synthetic"] and "synthetic" not in series["source"].lower()
    return f"Source of the figures: {series['source']}{' (synthetic: no real people)' if made_up else ''}."
