"""A board as a document: a Word file that can be opened, read aloud and checked; a file that opens again."""

from __future__ import annotations

import struct
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from equitykit.widgets import AccountabilityBoard
from equitykit.widgets.board_picture import svg
from equitykit.widgets.board_sheet import board_sheet
from equitykit.widgets.sheet import image, markdown


@pytest.fixture(scope="module")
def board() -> AccountabilityBoard:
    return AccountabilityBoard(name="board", parts=["board"])


@pytest.fixture(scope="module")
def opened(board: AccountabilityBoard, tmp_path_factory: pytest.TempPathFactory) -> docx.document.Document:
    return docx.Document(str(board.document(tmp_path_factory.mktemp("board") / "board.docx")))


def test_the_document_has_a_heading_for_every_row_in_order(board, opened):
    styles = [
        (one.style.name, one.text) for one in opened.paragraphs if one.style.name.startswith(("Title", "Heading"))
    ]
    assert styles[0] == ("Title", "Accountability board")
    assert [text for name, text in styles if name == "Heading 1"] == [
        f"{place + 1}. {row['title']}" for place, row in enumerate(board.rows)
    ]
    levels = [0 if name == "Title" else int(name[-1]) for name, _ in styles]
    assert all(after - before <= 1 for before, after in pairwise(levels)), "no level is left out"


def test_the_plan_is_called_constructed_and_synthetic_figures_synthetic(board, opened):
    said = [one.text for one in opened.paragraphs]
    assert board.plan in said
    assert any("SYNTHETIC" in one for one in said)


def test_every_table_has_a_header_row_that_is_marked_and_says_what_the_board_says(board, opened):
    for table in opened.tables:
        mark = table.rows[0]._tr.trPr.find(qn("w:tblHeader"))
        assert mark is not None
    chains = [table for table in opened.tables if table.rows[0].cells[0].text == "Link"]
    assert len(chains) == len(board.rows)
    assert [line.cells[1].text for line in chains[0].rows[1:]] == board.table[1][1:7]
    figures = [table for table in opened.tables if table.rows[0].cells[0].text == "Period"]
    assert [len(table.rows) - 1 for table in figures] == [
        len(row["series"]["points"]) for row in board.rows if row["series"]
    ]


def test_every_chart_has_a_text_alternative_that_says_what_it_shows(board, opened):
    shapes = [shape._inline.docPr for shape in opened.inline_shapes]
    with_series = [row for row in board.rows if row["series"]]
    assert len(shapes) == len(with_series)
    for facts, row in zip(shapes, with_series, strict=True):
        told = facts.get("descr")
        assert told.startswith("Control chart. ")
        assert row["series"]["title"] in told
        assert "limits" in told
    assert "Signals: 5 figures from 2023-01 to 2024-10 above the limits" in shapes[1].get("descr")


def test_questions_and_claims_are_lists(board, opened):
    bullets = [one.text for one in opened.paragraphs if one.style.name == "List Bullet"]
    for claim in board.claims().query("row != 'Training'")["claim"]:
        assert claim in bullets
    for _, one in board.findings().iterrows():
        assert f"{one['finding']}. {one['question']}" in bullets


def test_the_picture_is_a_png_of_its_size_and_draws_no_line_through_a_gap_or_a_break(board):
    series = board.rows[0]["series"]
    picture = image({"svg": svg(series), "alt": "Appointment"})
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (2160, 900)
    assert svg(series).count("M") - svg(series).count(">M") >= 2
    pay = svg(board.rows[2]["series"], 5)
    assert "threshold 5.0%" in pay
    assert ">break<" in pay
    path = pay.split('<path d="')[1].split('"')[0]
    assert path.count("M") == 2


def test_words_of_a_reader_cannot_break_the_document(tmp_path):
    odd = AccountabilityBoard(
        name="board", parts=["board"], rows=[{"title": "A | B <b> & \x07", "owner": "one\ntwo | three", "series": None}]
    )
    made = docx.Document(str(odd.document(tmp_path / "odd.docx")))
    assert made.paragraphs[1].text.strip() == "1. A | B <b> &"
    assert "| Owner | one two \\| three |" in markdown(board_sheet("", odd.rows))
