"""A sheet: what a tool gives to take away, written as Word and Markdown, and read from the file that a page saved."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from playwright.sync_api import Page

from equitykit.cli import main
from equitykit.errors import CourseError
from equitykit.widgets import sheet as sheets
from equitykit.widgets.takeaway import TakeAway
from tests.browser_support import Watch, axe, serve

STATIC = Path(sheets.__file__).parent / "static"


def pixel() -> str:
    """A picture of one white pixel, as a page keeps it."""

    def chunk(name: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    whole = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff"))
    return f"data:image/png;base64,{base64.b64encode(whole + chunk(b'IEND', b'')).decode()}"


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><rect width="40" height="20" fill="#0b5c6b"/></svg>'  # noqa: E501
SHEET: dict[str, Any] = {
    "title": "A plan | of *our* own",
    "note": "A note at the end.",
    "blocks": [
        {"kind": "heading", "level": 2, "text": "Who decides <b>what</b>"},
        {"kind": "text", "text": "First part.\n\nSecond part, with \x07 and [brackets](x).", "lead": "Start."},
        {"kind": "text", "text": "Nobody has said.", "tone": "missing"},
        {"kind": "list", "items": ["one", {"lead": "Two.", "text": "and more_of_it"}]},
        {"kind": "list", "ordered": True, "items": ["first", "second"]},
        {"kind": "heading", "level": 3, "text": "Costs"},
        {
            "kind": "table",
            "caption": "What it takes",
            "rows": [["Line", "Pounds"], ["Time | prepared", "1,200"], ["Travel", {"text": "not stated", "tone": "missing"}]],  # noqa: E501
        },
        {"kind": "picture", "svg": DRAWING, "alt": "A blue field", "caption": "Drawn here.", "width": 8},
        {"kind": "picture", "png": pixel(), "alt": "A white point"},
    ],
}  # fmt: skip


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps({"kind": "some tool", "version": 1, "more": 5, "sheet": SHEET}), "utf-8")
    return file


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    return docx.Document(str(sheets.write(SHEET, tmp_path / "plan.docx")))


def test_a_word_document_has_every_block_in_order(opened: Any) -> None:
    said = [(one.style.name, one.text) for one in opened.paragraphs if one.text]
    assert said == [
        ("Title", "A plan | of *our* own"),
        ("Heading 1", "Who decides <b>what</b>"),
        ("Normal", "Start. First part."),
        ("Normal", "Second part, with  and [brackets](x)."),
        ("Normal", "Nobody has said."),
        ("List Bullet", "one"),
        ("List Bullet", "Two. and more_of_it"),
        ("List Number", "first"),
        ("List Number", "second"),
        ("Heading 2", "Costs"),
        ("Caption", "What it takes"),
        ("Caption", "Drawn here."),
        ("Normal", "A note at the end."),
    ]
    assert opened.core_properties.language == "en-GB"
    assert opened.core_properties.author == ""


def test_a_table_has_a_marked_header_row_and_what_is_missing_is_told_apart(opened: Any) -> None:
    (table,) = opened.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [
        ["Time | prepared", "1,200"],
        ["Travel", "not stated"],
    ]
    assert table.rows[2].cells[1].paragraphs[0].runs[0].italic


def test_pictures_have_their_words_and_their_size(opened: Any) -> None:
    shapes = list(opened.inline_shapes)
    assert [shape._inline.docPr.get("descr") for shape in shapes] == ["A blue field", "A white point"]
    assert [round(shape.width.cm, 1) for shape in shapes] == [8.0, 16.6]


@pytest.mark.browser
def test_the_page_writes_the_same_markdown_and_a_page_to_print(page: Page, watch: Watch, tmp_path: Path) -> None:
    for file in STATIC.iterdir():
        if file.stem in ("kit", "keep", "sheet", "takeaway"):
            (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang="en"><title>Sheet</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="kit.css"><link rel="stylesheet" href="sheet.css"><body><main></main>',
        "utf-8",
    )
    with serve(tmp_path) as address:
        page.goto(address)
        told = page.evaluate(
            """async (given) => {
              const { markdown, printed, checkedSheet } = await import("./sheet.js");
              const made = printed(checkedSheet(given));
              made.className = "ek-stage";
              document.querySelector("main").append(made);
              await Promise.all([...document.images].map((one) => one.decode()));
              return markdown(given);
            }""",
            SHEET,
        )
        assert told == sheets.markdown(SHEET)
        assert page.locator("h1").inner_text() == SHEET["title"]
        assert page.locator("h2").inner_text() == "Who decides <b>what</b>", "words are never markup"
        assert page.locator("figure img").count() == 2
        assert page.locator("table caption").inner_text() == "What it takes"
        assert axe(page) == []
    assert watch.troubles() == []


def test_a_saved_file_is_read_and_the_command_writes_beside_it(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sheets.read_file(saved) == ("some tool", SHEET)
    main(["document", str(saved)])
    assert capsys.readouterr().out.strip() == str(saved.with_suffix(".docx"))
    assert docx.Document(str(saved.with_suffix(".docx"))).paragraphs[0].text == SHEET["title"]
    main(["document", str(saved), "--to", "md", "--output", str(saved.with_name("else.md"))])
    assert saved.with_name("else.md").read_text("utf-8") == sheets.markdown(SHEET)


def changed(**values: Any) -> str:
    return json.dumps({"kind": "some tool", "version": 1, "sheet": {**SHEET, **values}})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not json", "it is no JSON file"),
        ("[]", "it was not saved from a tool of this course"),
        (json.dumps({"kind": "some tool", "version": 9, "sheet": SHEET}), "a newer edition of the course saved it"),
        (json.dumps({"kind": "some tool", "version": 1}), "it holds no document"),
        (changed(blocks="none"), "it holds no document"),
        (changed(blocks=["text"]), r"part 1 of its document \(None\)"),
        (changed(blocks=[{"kind": "script", "text": "x"}]), r"part 1 of its document \(script\)"),
        (changed(blocks=[{"kind": "heading", "level": 1, "text": "x"}]), r"part 1 of its document \(heading\)"),
        (changed(blocks=[{"kind": "table", "rows": [["a", "b"], ["c"]]}]), r"part 1 of its document \(table\)"),
        (changed(blocks=[{"kind": "picture", "alt": "x", "png": "http://x"}]), r"part 1 of its document \(picture\)"),
    ],
)
def test_a_file_that_no_tool_saved_is_refused_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "plan.json"
    file.write_text(text, "utf-8")
    with pytest.raises(CourseError, match=message) as refused:
        sheets.read_file(file)
    assert "\n" not in str(refused.value)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="it cannot be read"):
        sheets.read_file(tmp_path / "none.json")
    with pytest.raises(CourseError, match=r"written as \.docx or \.md"):
        sheets.write(SHEET, tmp_path / "plan.pdf")
    with pytest.raises(CourseError, match="has made nothing to write yet"):
        TakeAway(name="plan").document(tmp_path / "plan.docx")
    with pytest.raises(CourseError, match=r"A picture \(broken\) cannot be drawn") as refused:
        sheets.image({"svg": "<svg", "alt": "broken"})
    assert "\n" not in str(refused.value)
