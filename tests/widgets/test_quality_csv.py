"""Reading a table in the browser: every odd character, separator, encoding and fault, in real Chromium."""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from tests.browser_support import KIT, serve

pytestmark = pytest.mark.browser

PARSE = """async ({ text, delimiter, cuts }) => {
  const { parser } = await import("./csv.js");
  const records = [];
  const reading = parser(delimiter, (record) => records.push(record));
  let from = 0;
  for (const cut of [...cuts, text.length]) { reading.push(text.slice(from, cut)); from = cut; }
  reading.end();
  return { records, seen: reading.seen };
}"""
READ = """async ({ bytes, name }) => {
  const { readFile, readingNotes } = await import("./csv.js");
  try {
    const made = await readFile(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name));
    const cells = (one) => [...one.ids.slice(0, one.length)].map((id) => one.values[id]);
    return { rows: made.rows, delimiter: made.delimiter, encoding: made.encoding, notes: readingNotes(made),
      columns: Object.fromEntries(made.columns.map((one) => [one.name, cells(one)])) };
  } catch (error) { return { error: error.message, known: error.constructor.name === "Unreadable" }; }
}"""


@pytest.fixture(scope="module")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that has the kit's own scripts and nothing else."""
    folder: Path = tmp_path_factory.mktemp("csv")
    for script in (KIT / "widgets/static").glob("csv.js"):
        (folder / script.name).write_text(script.read_text("utf-8"), "utf-8")
    (folder / "index.html").write_text("<!doctype html><title>Reading</title>", "utf-8")
    with serve(folder) as address:
        page = browser.new_page()
        page.goto(address)
        yield page
        page.close()


def read(page: Page, content: bytes, name: str = "table.csv") -> dict[str, Any]:
    """Let the page read a file of these bytes."""
    return page.evaluate(READ, {"bytes": b64encode(content).decode(), "name": name})


CELLS = st.text(
    alphabet=st.one_of(
        st.sampled_from(list(",;\t|\"'\n\r =+-@#\\/\u00a0\ufeff\u2028é😀0aZ<>&")),
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
    ),
    max_size=8,
)


@given(
    table=st.integers(1, 5).flatmap(
        lambda wide: st.lists(st.lists(CELLS, min_size=wide, max_size=wide), min_size=1, max_size=8)
    ),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    always=st.booleans(),
    places=st.lists(st.integers(0, 400), max_size=4),
)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_however_it_is_cut(reader, table, delimiter, ending, always, places):
    def cell(value: str) -> str:
        """As RFC 4180 has it; an empty cell that is alone in its row would otherwise be an empty line."""
        odd = always or value == "" or any(one in value for one in (delimiter, '"', "\r", "\n"))
        return '"' + value.replace('"', '""') + '"' if odd else value

    text = "".join(delimiter.join(map(cell, row)) + ending for row in table)
    units = len(text.encode("utf-16-le")) // 2
    cuts = sorted(one % (units + 1) for one in places)
    told = reader.evaluate(PARSE, {"text": text, "delimiter": delimiter, "cuts": cuts})
    assert told["records"] == table
    assert told["seen"]["stray"] == 0
    assert told["seen"]["unclosed"] == 0


@given(text=st.text(alphabet=list('a",\n\r;= '), max_size=40), cut=st.integers(0, 40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_parser_and_a_cut_changes_nothing(reader, text, cut):
    whole = reader.evaluate(PARSE, {"text": text, "delimiter": ",", "cuts": []})
    halves = reader.evaluate(PARSE, {"text": text, "delimiter": ",", "cuts": [min(cut, len(text))]})
    assert whole == halves
    assert all(record for record in whole["records"])


TABLE = [
    ["clinic", "ethnic group", "note"],
    ["East", "Pakistani", "a, b; c"],
    ["North", "Roma", 'said "no"'],
    ["Süd", "", ""],
]


def written(delimiter: str = ",", ending: str = "\r\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ending).writerows(TABLE)
    return text.getvalue()


COLUMNS = {name: [row[at] for row in TABLE[1:]] for at, name in enumerate(TABLE[0])}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_separator_is_found(reader, delimiter, ending):
    told = read(reader, written(delimiter, ending).encode())
    assert told["delimiter"] == delimiter
    assert told["columns"] == COLUMNS


def test_a_first_line_that_names_the_separator_is_obeyed_and_is_no_header(reader):
    told = read(reader, ("sep=;\r\n" + written(";")).encode())
    assert told["columns"] == COLUMNS


@pytest.mark.parametrize(
    ("encoding", "mark", "told_as"),
    [
        ("utf-8", b"", "Read as UTF-8, separated by commas."),
        ("utf-8", b"\xef\xbb\xbf", "Read as UTF-8, marked as such, separated by commas."),
        ("utf-16-le", b"\xff\xfe", "Read as UTF-16, separated by commas."),
        ("utf-16-be", b"\xfe\xff", "Read as UTF-16, high byte first, separated by commas."),
        ("utf-16-le", b"", "Read as UTF-16, without a mark, separated by commas."),
        (
            "cp1252",
            b"",
            "Read as Latin-1 (Windows-1252), because it is not valid UTF-8. Check letters with accents. "
            "Separated by commas.",
        ),
    ],
)
def test_the_encoding_is_found_and_a_guess_is_said(reader, encoding, mark, told_as):
    told = read(reader, mark + written().encode(encoding))
    assert told["columns"] == COLUMNS
    assert told["notes"][0] == told_as


def test_what_is_uneven_is_read_and_said(reader):
    text = 'a,a,,b\r\n1,2\r\n\r\n1,2,3,4,5\r\n"x"y,=1+1,-5,@SUM(A1)\r\n"",,,\r\n"open,\r\nnever'
    told = read(reader, text.encode())
    assert list(told["columns"]) == ["a", "a (2)", "column 3", "b"]
    assert told["columns"]["a"] == ["1", "1", "xy", "", "open,\r\nnever"]
    assert told["columns"]["b"] == ["", "4", "@SUM(A1)", "", ""]
    assert told["notes"][1:] == [
        "2 rows had too few cells: the rest was taken as empty.",
        "1 row had too many cells: those without a column were left out.",
        "1 column name stood more than once and got a number.",
        "1 column had no name and got one.",
        "1 empty line passed over.",
        "1 cell had text after a closing quotation mark: it was kept.",
        "A quotation mark opened in line 6 of the table is never closed: all after it was read as one cell.",
        "2 cells look like a formula. Here it is text and runs nothing; a spreadsheet may run it.",
    ]


def test_a_column_name_that_a_number_would_repeat_gets_the_next(reader):
    told = read(reader, b"a,a (2),a\n1,2,3\n")
    assert told["columns"] == {"a": ["1"], "a (2)": ["2"], "a (3)": ["3"]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "t.csv is empty."),
        (b"\n\r\n\n", "t.csv holds no table: there is nothing in it but empty lines."),
        (b"a,b\r\n", "t.csv has a header and no rows."),
        (b"PK\x03\x04 and more", "This is a workbook or a zipped file, not a CSV."),
        (b"\xd0\xcf\x11\xe0\xa1", "This is an old Excel workbook, not a CSV."),
        (b"%PDF-1.7", "This is a PDF, not a CSV."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This file holds bytes that no text holds."),
        ((",".join(f"c{at}" for at in range(501)) + "\n1\n").encode(), "The file has 501 columns."),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(reader, content, message):
    told = read(reader, content, "t.csv")
    assert told["known"]
    assert told["error"].startswith(message)


def test_a_file_over_the_limit_is_refused_before_it_is_read(reader):
    told = reader.evaluate(
        """async () => {
          const { readFile, LIMIT } = await import("./csv.js");
          const file = { name: "big.csv", size: LIMIT + 1, slice() { throw new Error("it was read"); } };
          try { await readFile(file); return "read"; } catch (error) { return error.message; }
        }"""
    )
    assert told == "big.csv has 51 MB. This page reads up to 50 MB. Take fewer columns, or one year."


def test_a_long_file_is_read_whole_and_the_page_runs_on_meanwhile(reader):
    rows = 120_000
    told = reader.evaluate(
        """async (rows) => {
          const { readFile } = await import("./csv.js");
          const line = (at) => `${at},"East, ${at % 7}",Größe ${at % 50},"said ""no"" twice"\\r\\n`;
          const lines = Array.from({ length: rows }, (_, at) => line(at));
          const file = new File(["entry,clinic,group,note\\r\\n", ...lines], "long.csv");
          let longest = 0, last = performance.now(), shares = [];
          const beat = () => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; };
          const timer = setInterval(beat, 0);
          const start = last;
          const made = await readFile(file, { onProgress: (share) => shares.push(share) });
          beat();
          clearInterval(timer);
          const distinct = made.columns.map((one) => one.values.length);
          return { rows: made.rows, distinct, spent: last - start, longest, shares };
        }""",
        rows,
    )
    assert told["rows"] == rows
    assert told["distinct"] == [rows, 7, 50, 1]
    assert told["shares"] == sorted(told["shares"])
    assert len(told["shares"]) > 1
    assert told["longest"] < told["spent"] / 2, "the page stood still for most of the reading"


def test_reading_can_be_stopped(reader):
    told = reader.evaluate(
        """async () => {
          const { readFile } = await import("./csv.js");
          const file = new File(["a,b\\n", "1,2\\n".repeat(2_000_000)], "long.csv");
          let shares = 0;
          const made = await readFile(file, { onProgress: () => { shares += 1; }, stopped: () => shares > 0 })
            .catch((error) => ({ error: error.message }));
          return { shares, stopped: made.stopped ?? null, error: made.error ?? null };
        }"""
    )
    assert told == {"shares": 1, "stopped": True, "error": None}
