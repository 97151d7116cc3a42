"""Files: text, Markdown, notebooks and Word documents, places in them, and what cannot be read."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import nbformat
import pytest

from equitykit.cli import main
from equitykit.errors import CourseError
from equitykit.language import read_file

SENTENCE = "Vulnerable groups fail to attend."

MARKDOWN = """---
title: The poor
---

# Vulnerable groups

Read [the poor](http://x.org/the-poor) and `the poor`, {cite:p}`vulnerable groups`.

```python
text = "vulnerable groups"
```

:::{note}
:class: the-poor
Hard-to-reach groups were asked.
:::

```{tip}
**Vulnerable** families were asked.
```

```{code-cell}
the_poor = "the poor"
```

<!-- the poor -->
| BAME staff | 3 |
"""


def places(path: Path) -> list[tuple[str, int, int, str]]:
    return [(at.part, at.line, at.column, found.text) for at, found in read_file(path).findings]


def word(path: Path) -> Path:
    made = docx.Document()
    made.add_heading("A draft", 1)
    made.add_paragraph(SENTENCE)
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 1).text = "The poor are asked."
    made.add_paragraph("The clinic shuts at five.")
    made.save(str(path))
    return path


def test_a_text_is_read_with_lines_and_columns(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text(f"One line.\n\n  {SENTENCE}\n", "utf-8")
    assert places(path) == [("", 3, 3, "Vulnerable groups"), ("", 3, 21, "fail to")]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_bytes(b"\xef\xbb\xbf" + SENTENCE.encode())
    assert places(path)[0] == ("", 1, 1, "Vulnerable groups")


def test_of_markdown_only_prose_is_read(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(MARKDOWN, "utf-8")
    found = [(line, words.replace("*", "")) for _, line, _, words in places(path)]
    assert found == [
        (5, "Vulnerable groups"),
        (7, "the poor"),
        (15, "Hard-to-reach groups"),
        (19, "Vulnerable families"),
        (27, "BAME staff"),
    ]


def test_of_a_notebook_its_markdown_cells_are_read_by_number(tmp_path):
    path = tmp_path / "lesson.ipynb"
    cells = [
        nbformat.v4.new_markdown_cell("# Title"),
        nbformat.v4.new_code_cell(f"print('{SENTENCE}')"),
        nbformat.v4.new_markdown_cell(f"Text.\n\n{SENTENCE}"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    assert places(path) == [("cell 3", 3, 1, "Vulnerable groups"), ("cell 3", 3, 19, "fail to")]


def test_a_word_document_is_read_by_paragraph_and_table_cell(tmp_path):
    found = [(part, words) for part, _, _, words in places(word(tmp_path / "draft.docx"))]
    assert found == [
        ("paragraph 2", "Vulnerable groups"),
        ("paragraph 2", "fail to"),
        ("table 1, row 1, column 2", "The poor"),
    ]


def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "draft.docx"
    path.write_bytes(b"no archive at all")
    return path


def half_a_document(tmp_path: Path) -> Path:
    path = tmp_path / "half.docx"
    path.write_bytes(word(tmp_path / "whole.docx").read_bytes()[:4000])
    return path


def empty_archive(tmp_path: Path) -> Path:
    path = tmp_path / "empty.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    return path


def latin(tmp_path: Path) -> Path:
    path = tmp_path / "old.txt"
    path.write_bytes("caf\u00e9 ".encode("latin-1"))
    return path


def no_notebook(tmp_path: Path) -> Path:
    path = tmp_path / "no.ipynb"
    path.write_text("[1, 2]", "utf-8")
    return path


def unknown(tmp_path: Path) -> Path:
    path = tmp_path / "old.doc"
    path.write_text("text", "utf-8")
    return path


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda folder: folder / "none.md", "no such file"),
        (lambda folder: folder, "not a file"),
        (unknown, "Save it as .docx"),
        (damaged, "damaged or no Word document"),
        (half_a_document, "damaged or no Word document"),
        (empty_archive, "damaged or no Word document"),
        (latin, "not UTF-8"),
        (no_notebook, "not a notebook"),
    ],
    ids=["missing", "folder", "unknown", "damaged", "half", "empty", "encoding", "no notebook"],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path, capsys, made, said):
    path = made(tmp_path)
    with pytest.raises(CourseError, match=said):
        read_file(path)
    with pytest.raises(SystemExit) as left:
        main(["read", str(path)])
    assert left.value.code == 1
    told = capsys.readouterr().err
    assert told.startswith("equitykit: ")
    assert len(told.splitlines()) == 1


def test_the_command_advises_and_succeeds(tmp_path, capsys):
    main(["read", str(word(tmp_path / "draft.docx"))])
    told = capsys.readouterr().out
    assert "draft.docx:paragraph 2:1:1: “Vulnerable groups” locates the problem in people" in told
    for head in ("Why: ", "Ask: ", "Try: ", "Read in: "):
        assert head in told
    assert "3 places to think about in 4 sentences. You decide" in told


def test_nothing_marked_is_no_proof(tmp_path, capsys):
    path = tmp_path / "fine.txt"
    path.write_text("The clinic shuts at five.", "utf-8")
    main(["read", str(path)])
    assert "Nothing marked in 1 sentence. That is no proof" in capsys.readouterr().out


def test_the_command_writes_json(tmp_path, capsys):
    path = tmp_path / "draft.md"
    path.write_text(SENTENCE, "utf-8")
    main(["read", str(path), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert [(one["line"], one["column"], one["text"]) for one in told["findings"]] == [
        (1, 1, "Vulnerable groups"),
        (1, 19, "fail to"),
    ]
    assert told["findings"][0]["sources"][0]["url"].startswith("http")
