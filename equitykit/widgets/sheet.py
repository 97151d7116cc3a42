"""A sheet as a document: what an interactive gives its reader to take away, as Word or Markdown.

A sheet is plain JSON, ``{"title", "note", "blocks"}``; ``static/sheet.js`` writes the same in the page.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import vl_convert
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from equitykit.errors import CourseError

VERSION = 1
ENDINGS = (".docx", ".md")
_WIDEST = 16.6  # cm between the margins of A4
_MISSING = RGBColor(0x94, 0x41, 0x1F)
_DATA = re.compile(r"data:image/(?:png|jpeg|webp);base64,(?P<bytes>[A-Za-z0-9+/=]+)")
_SHARP = 3  # pixels of a drawing's unit, so that print is crisp

Said = str | Mapping[str, Any]


def read_file(path: str | Path) -> tuple[str, dict[str, Any]]:
    """Read a file that one of the course's tools saved: which tool, and its sheet.

    Raises
    ------
    CourseError
        When there is no such file, or no tool of the course saved it.
    """
    file = Path(path)
    try:
        given = json.loads(file.read_text("utf-8"))
    except OSError as problem:
        raise CourseError(f"{file}: it cannot be read ({problem.strerror}).") from None
    except (ValueError, UnicodeDecodeError):
        raise CourseError(
            f"{file}: it is no JSON file; use the one that “Save as a file” under a tool gives."
        ) from None
    if not isinstance(given, dict) or not isinstance(given.get("kind"), str):
        raise CourseError(f"{file}: it was not saved from a tool of this course.")
    if given.get("version") != VERSION:
        raise CourseError(f"{file}: a newer edition of the course saved it; install that edition to read it.")
    try:
        return given["kind"], checked(given.get("sheet"))
    except CourseError as problem:
        raise CourseError(f"{file}: {problem}") from None


def checked(sheet: Any) -> dict[str, Any]:
    """Return a sheet as it is, once it is certain that it can be written.

    Raises
    ------
    CourseError
        When a part of it is not as the page writes it.
    """
    if (
        not isinstance(sheet, dict)
        or not isinstance(sheet.get("title"), str)
        or not isinstance(sheet.get("blocks"), list)
    ):
        raise CourseError("it holds no document; save it once more from the page.")
    for place, block in enumerate(sheet["blocks"], 1):
        kind = block.get("kind") if isinstance(block, dict) else None
        if kind not in _CHECKS or not _CHECKS[kind](block):
            raise CourseError(f"part {place} of its document ({kind}) is not as the page writes it.")
    return sheet


def write(sheet: Mapping[str, Any], path: Path) -> Path:
    """Write a sheet as the document that the path's ending names, .docx or .md.

    Raises
    ------
    CourseError
        When the ending is another.
    """
    kind = path.suffix.lower()
    if kind == ".docx":
        word(sheet).save(str(path))
    elif kind == ".md":
        path.write_text(markdown(sheet), encoding="utf-8")
    else:
        raise CourseError(f"{path}: a document is written as {' or '.join(ENDINGS)}; choose one of these endings.")
    return path


# ---- Markdown


def markdown(sheet: Mapping[str, Any]) -> str:
    """Return a sheet as Markdown, as the page copies it: a picture is its text alternative."""
    lines = [f"# {_escaped(sheet['title'])}", ""]
    for block in sheet["blocks"]:
        lines += [*_MARKDOWN[block["kind"]](block), ""]
    if sheet.get("note"):
        lines += ["---", "", _escaped(sheet["note"]), ""]
    return "\n".join(lines)


def _flat(said: str) -> str:
    return re.sub(r"\s+", " ", said).strip()


def _escaped(said: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", _flat(said))


def _part(said: Said, key: str) -> str:
    return (said if key == "text" else "") if isinstance(said, str) else str(said.get(key) or "")


def _line(said: Said) -> str:
    text = _escaped(_part(said, "text"))
    if _part(said, "tone") == "missing":
        text = f"**{text}**"
    lead = _part(said, "lead")
    return " ".join(one for one in (f"**{_escaped(lead)}**" if lead else "", text) if one)


def _paragraphs(said: Said) -> list[str]:
    return [one.strip() for one in re.split(r"\n\s*\n", _part(said, "text")) if one.strip()]


def _markdown_text(block: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for place, one in enumerate(_paragraphs(block)):
        lines += [
            *([""] if place else []),
            _line({**block, "text": one, "lead": "" if place else _part(block, "lead")}),
        ]
    return lines


def _markdown_table(block: Mapping[str, Any]) -> list[str]:
    head, *body = [f"| {' | '.join(map(_line, row))} |" for row in block["rows"]]
    caption = [f"*{_escaped(block['caption'])}*", ""] if block.get("caption") else []
    return [*caption, head, f"| {' | '.join('---' for _ in block['rows'][0])} |", *body]


def _markdown_list(block: Mapping[str, Any]) -> list[str]:
    ordered = block.get("ordered")
    return [f"{f'{place}.' if ordered else '-'} {_line(one)}" for place, one in enumerate(block["items"], 1)]


def _markdown_picture(block: Mapping[str, Any]) -> list[str]:
    return [f"*Picture: {_escaped(block['alt'])}*", *(["", _escaped(block["caption"])] if block.get("caption") else [])]


_MARKDOWN: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "heading": lambda block: [f"{'#' * block['level']} {_escaped(block['text'])}"],
    "text": _markdown_text,
    "list": _markdown_list,
    "table": _markdown_table,
    "picture": _markdown_picture,
}


# ---- Word


def word(sheet: Mapping[str, Any]) -> Document:
    """Return a sheet as a Word document on A4: headings, tables with a header row, pictures with a text alternative."""
    made = docx.Document()
    about = made.core_properties
    about.title, about.language, about.author, about.comments = _printable(sheet["title"]), "en-GB", "", ""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    made.styles["Normal"].font.size = Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    made.styles["Normal"].element.get_or_add_rPr().append(language)
    made.add_heading(_printable(sheet["title"]), level=0)
    for block in sheet["blocks"]:
        _WORD[block["kind"]](made, block)
    if sheet.get("note"):
        made.add_paragraph(_printable(sheet["note"])).runs[0].italic = True
    return made


def _printable(said: str) -> str:
    """Without the control characters that a document cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", said)


def _say(paragraph: Paragraph, said: Said, *, bold: bool = False) -> None:
    if lead := _part(said, "lead"):
        paragraph.add_run(f"{_printable(lead)} ").bold = True
    run = paragraph.add_run(_printable(_part(said, "text")))
    run.bold = bold or None
    if _part(said, "tone") == "missing":
        run.italic, run.font.color.rgb = True, _MISSING
    elif _part(said, "tone") == "note":
        run.italic = True


def _word_text(made: Document, block: Mapping[str, Any]) -> None:
    for place, one in enumerate(_paragraphs(block)):
        _say(made.add_paragraph(), {**block, "text": one, "lead": "" if place else _part(block, "lead")})


def _word_list(made: Document, block: Mapping[str, Any]) -> None:
    style = "List Number" if block.get("ordered") else "List Bullet"
    for one in block["items"]:
        _say(made.add_paragraph(style=style), one)


def _word_table(made: Document, block: Mapping[str, Any]) -> None:
    if block.get("caption"):
        caption = made.add_paragraph(_printable(block["caption"]), style="Caption")
        caption.paragraph_format.keep_with_next = True
    head, *body = block["rows"]
    table = made.add_table(rows=1, cols=len(head), style="Table Grid")
    mark = OxmlElement("w:tblHeader")  # repeated on every page, and read out as a header
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for cells, said, bold in [
        (table.rows[0].cells, head, True),
        *((table.add_row().cells, row, False) for row in body),
    ]:
        for place, (cell, one) in enumerate(zip(cells, said, strict=True)):
            _say(cell.paragraphs[0], one, bold=bold or place == 0)
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    _widths(table, block["rows"])
    made.add_paragraph()


def _widths(table: Any, rows: Sequence[Sequence[Said]]) -> None:
    """Give each column room by the longest that it says, within reason."""
    longest = [max(len(_part(row[place], "text")) for row in rows) for place in range(len(rows[0]))]
    wants = [min(max(one, 6), 60) ** 0.7 for one in longest]
    for line in table.rows:
        for cell, want in zip(line.cells, wants, strict=True):
            cell.width = Cm(_WIDEST * want / sum(wants))


def _word_picture(made: Document, block: Mapping[str, Any]) -> None:
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = bool(block.get("caption"))
    width = Cm(min(float(block.get("width") or _WIDEST), _WIDEST))
    shape = paragraph.add_run().add_picture(BytesIO(image(block)), width=width)
    shape._inline.docPr.set("descr", _printable(block["alt"]))
    if block.get("caption"):
        made.add_paragraph(_printable(block["caption"]), style="Caption")


def image(block: Mapping[str, Any]) -> bytes:
    """Return a picture block's image as a document holds it, PNG or JPEG.

    Raises
    ------
    CourseError
        When it is no picture that can be drawn.
    """
    if found := _DATA.fullmatch(str(block.get("png") or "")):
        return base64.b64decode(found["bytes"])
    try:
        return vl_convert.svg_to_png(block["svg"], scale=_SHARP)
    except (KeyError, ValueError, RuntimeError) as problem:
        raise CourseError(f"A picture ({block['alt'][:60]}) cannot be drawn: {str(problem).splitlines()[0]}.") from None


_WORD: dict[str, Callable[[Document, Mapping[str, Any]], Any]] = {
    "heading": lambda made, block: made.add_heading(_printable(block["text"]), level=block["level"] - 1),
    "text": _word_text,
    "list": _word_list,
    "table": _word_table,
    "picture": _word_picture,
}


# ---- what a sheet may hold


def _is_said(one: Any) -> bool:
    if isinstance(one, str):
        return True
    return (
        isinstance(one, dict)
        and isinstance(one.get("text"), str)
        and all(isinstance(one.get(key, ""), str) for key in ("lead", "tone"))
    )


def _is_table(block: Mapping[str, Any]) -> bool:
    rows = block.get("rows")
    return (
        isinstance(rows, list)
        and bool(rows)
        and all(isinstance(row, list) and row and len(row) == len(rows[0]) and all(map(_is_said, row)) for row in rows)
        and isinstance(block.get("caption", ""), str)
    )


def _is_picture(block: Mapping[str, Any]) -> bool:
    drawn = isinstance(block.get("svg"), str) or bool(_DATA.fullmatch(str(block.get("png") or "")))
    return drawn and isinstance(block.get("alt"), str) and isinstance(block.get("caption", ""), str)


_CHECKS: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "heading": lambda block: block.get("level") in (2, 3) and isinstance(block.get("text"), str),
    "text": _is_said,
    "list": lambda block: isinstance(block.get("items"), list) and all(map(_is_said, block["items"])),
    "table": _is_table,
    "picture": _is_picture,
}
