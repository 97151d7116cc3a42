"""Notebooks as a student takes them away: what only the book understands, said in plain Markdown."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_GLUE = re.compile(r"\{glue:(?:text)?\}`(?P<key>[^`:]+)(?P<format>:[^`]+)?`")
_CITE = re.compile(r"\{cite(?::[a-z]+)?\}`(?P<keys>[^`]+)`")
_TERM = re.compile(r"\{(?:term|ref|doc|abbr)\}`(?P<text>[^`<]+?)(?:\s*<[^`>]*>)?`")
_FENCE = re.compile(
    r"^(?P<mark>:{3,}|`{3,})\{(?P<name>[\w-]+)\}(?P<title>[^\n]*)\n(?P<body>.*?)^(?P=mark)\s*$", re.M | re.S
)
_OPTION = re.compile(r"^:[\w-]+:.*$\n?", re.M)
_LABEL = re.compile(r"^\([\w-]+\)=\s*$\n?", re.M)
_GLUE_PREFIX = "application/papermill.record/"


def glued(notebook: dict[str, Any]) -> dict[str, str]:
    """Return what the cells glued: key to the value's text.

    Parameters
    ----------
    notebook : dict
        A notebook with its outputs, as nbformat 4 lays it out.
    """
    values: dict[str, str] = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            key = output.get("metadata", {}).get("scrapbook", {}).get("name")
            if key:
                data = output["data"]
                text = data.get("text/plain") or data.get(_GLUE_PREFIX + "text/plain", "")
                values[key] = "".join(text)
    return values


def _quote(found: re.Match[str]) -> str:
    title = found["title"].strip()
    body = _OPTION.sub("", found["body"]).strip()
    lines = ([f"**{title}**", ""] if title else []) + body.splitlines()
    return "\n".join(f"> {line}".rstrip() for line in lines)


def plain(text: str, values: dict[str, str]) -> str:
    """Return Markdown that any reader draws: glued values filled in, the book's directives as quotes."""

    def value(found: re.Match[str]) -> str:
        raw = values.get(found["key"], found["key"])
        form = (found["format"] or "")[1:]
        if not form:
            return raw.strip("'\"")
        try:
            return format(float(raw), form)
        except ValueError:
            return raw.strip("'\"")

    for _ in range(3):  # directives nest
        text = _FENCE.sub(_quote, text)
    text = _GLUE.sub(value, text)
    text = _CITE.sub(lambda m: f"[{m['keys']}]", text)
    text = _TERM.sub(lambda m: m["text"], text)
    return _LABEL.sub("", text)


def student_copy(path: Path) -> nbformat.NotebookNode:
    """Return a notebook as a student gets it: plain Markdown, outputs cleared of what only the book draws.

    Parameters
    ----------
    path : Path
        A notebook of the course, with its outputs.
    """
    notebook = nbformat.reads(path.read_text("utf-8"), as_version=4)
    values = glued(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = plain(cell.source, values)
    return notebook


def _publish(app: Sphinx, problem: Exception | None) -> None:
    """Lay the student copies beside the built pages, with the questions that their cells read."""
    if problem or app.builder.format != "html":
        return
    source, target = Path(app.srcdir), Path(app.outdir) / "_notebooks"
    for path in source.glob("modules/*/*.ipynb"):
        copy = target / path.relative_to(source)
        if copy.exists() and copy.stat().st_mtime >= path.stat().st_mtime:
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(json.dumps(student_copy(path), indent=1, ensure_ascii=False) + "\n", "utf-8")


def setup(app: Sphinx) -> None:
    """Register the copying."""
    app.connect("build-finished", _publish)
