"""Reads a file: text, Markdown, a notebook or a Word document, and says where in it each finding stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equitykit.errors import CourseError
from equitykit.language.markdown import prose
from equitykit.language.reader import Finding, Reading, read

KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".ipynb": "notebook",
    ".docx": "docx",
}
"""What a file is, by the end of its name."""


@dataclass(frozen=True)
class Place:
    """Where in a file a finding stands: the part's name where the file has parts, line and column from 1."""

    part: str
    line: int
    column: int


@dataclass(frozen=True)
class Part:
    """A part of a file as read: a whole text (no name), "cell 3", "paragraph 12", "table 1, row 2, column 1"."""

    name: str
    reading: Reading

    def place(self, finding: Finding) -> Place:
        """Return where a finding of this part stands."""
        before = self.reading.text[: finding.start]
        return Place(self.name, before.count("\n") + 1, finding.start - (before.rfind("\n") + 1) + 1)


@dataclass(frozen=True)
class Document:
    """A file as read, part by part."""

    path: Path
    kind: str
    parts: tuple[Part, ...]

    @property
    def sentences(self) -> int:
        """How many sentences were read."""
        return sum(len(part.reading.sentences) for part in self.parts)

    @property
    def findings(self) -> list[tuple[Place, Finding]]:
        """All findings in the order of the file, each with its place."""
        return [(part.place(found), found) for part in self.parts for found in part.reading.findings]

    def as_dict(self) -> dict[str, Any]:
        """Return the document as plain values, for JSON."""
        found = [
            {"part": place.part, "line": place.line, "column": place.column, **finding.as_dict()}
            for place, finding in self.findings
        ]
        return {"file": str(self.path), "kind": self.kind, "sentences": self.sentences, "findings": found}


def read_file(path: Path | str) -> Document:
    """Read a file for deficit framing.

    Parameters
    ----------
    path : path
        A text (.txt), Markdown (.md: code, links' targets and front matter are left out), a notebook (.ipynb: its
        Markdown cells) or a Word document (.docx: its paragraphs and tables).

    Returns
    -------
    Document
        Its parts with their readings.

    Raises
    ------
    CourseError
        When the file is missing, of another kind, damaged or not UTF-8.
    """
    path = Path(path)
    kind = KINDS.get(path.suffix.lower())
    if not path.exists():
        raise CourseError(f"{path}: there is no such file; check its name and folder.")
    if not path.is_file():
        raise CourseError(f"{path} is not a file; name one file to read.")
    if kind is None:
        hint = " Save it as .docx first." if path.suffix.lower() in (".doc", ".odt", ".rtf", ".pages") else ""
        raise CourseError(f"{path}: this kind of file is not read; give one of {', '.join(KINDS)}.{hint}")
    readers: dict[str, Callable[[Path], Iterator[tuple[str, str]]]] = {
        "text": _text,
        "markdown": _markdown,
        "notebook": _notebook,
        "docx": _docx,
    }
    try:
        parts = tuple(Part(name, read(text)) for name, text in readers[kind](path))
    except OSError as problem:
        raise CourseError(f"{path} cannot be opened: {problem.strerror or problem}.") from problem
    return Document(path, kind, parts)


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise CourseError(f"{path} is not UTF-8 text (byte {problem.start + 1}); save it as UTF-8.") from problem


def _text(path: Path) -> Iterator[tuple[str, str]]:
    yield "", _decoded(path)


def _markdown(path: Path) -> Iterator[tuple[str, str]]:
    yield "", prose(_decoded(path))


def _notebook(path: Path) -> Iterator[tuple[str, str]]:
    text = _decoded(path)
    try:
        cells = json.loads(text)["cells"]
        sources = [(cell["cell_type"], cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError) as problem:
        raise CourseError(f"{path} is not a notebook that can be read; open it in JupyterLab and save it.") from problem
    for number, (kind, source) in enumerate(sources, 1):
        if kind == "markdown":
            yield f"cell {number}", prose("".join(source))


def _docx(path: Path) -> Iterator[tuple[str, str]]:
    try:
        import docx
    except ImportError as problem:
        raise CourseError(f"{path}: Word documents need python-docx; run `pip install python-docx`.") from problem
    try:
        content = list(docx.Document(str(path)).iter_inner_content())
        parts = list(_docx_parts(content))
    except OSError:
        raise
    except Exception as problem:  # zip, XML and relations fail in ways of their own: all mean the same to a writer
        raise CourseError(f"{path} is damaged or no Word document; open it in Word and save it again.") from problem
    yield from parts


def _docx_parts(content: list[Any]) -> Iterator[tuple[str, str]]:
    paragraphs = tables = 0
    for block in content:
        if hasattr(block, "rows"):
            tables += 1
            for row_number, row in enumerate(block.rows, 1):
                seen = set()
                for column, cell in enumerate(row.cells, 1):
                    if cell._tc not in seen:  # a merged cell comes once for each cell that it covers
                        seen.add(cell._tc)
                        yield f"table {tables}, row {row_number}, column {column}", cell.text
        elif block.text.strip():
            paragraphs += 1
            yield f"paragraph {paragraphs}", block.text
