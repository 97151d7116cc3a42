"""Lays out a new module: the pages that every module has, ready to be written, and its place in the book."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import yaml

from equitykit.errors import CourseError

_NAME = re.compile(r"\d\d(-[a-z0-9]+)+")
_TOC_HEAD = "# The order of the pages.\n"


def _markdown(path: Path, metadata: dict[str, object], text: str) -> None:
    head = yaml.safe_dump({"equity": metadata}, sort_keys=False, allow_unicode=True)
    path.write_text(f"---\n{head}---\n\n{text}", "utf-8")


def _notebook(path: Path, metadata: dict[str, object], cells: list[str | tuple[str, list[str]]]) -> None:
    made = nbformat.v4.new_notebook()
    made.metadata["equity"] = metadata
    made.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for number, cell in enumerate(cells):
        if isinstance(cell, str):
            made.cells.append(nbformat.v4.new_markdown_cell(cell))
        else:
            code, practises = cell
            extra: dict[str, object] = {"tags": ["hide-input"]}
            if practises:
                extra["equity"] = {"practises": practises, "anchor": "first-question"}
            made.cells.append(nbformat.v4.new_code_cell(code, metadata=extra))
        made.cells[-1]["id"] = f"cell-{number:03d}"
    path.write_text(nbformat.writes(made) + "\n", "utf-8")


_CHECKS = """\
# The questions of this module. See CONTRIBUTING.md for the kinds and their fields.
- id: first-question
  kind: single
  objective: 1
  prompt: "Which of these names a structure?"
  options:
    - text: "A rule about who may be housed where"
      right: true
      feedback: "A rule is made by somebody, on a date, and can be changed: that is a structure."
    - text: "A habit of the people affected"
      misconception: "locating the cause in people"
      feedback: "A habit is where the story is usually left. Ask which rule, price or building it answers to."
"""


def create(root: Path, name: str, title: str | None = None) -> list[Path]:
    """Lay out module `name` below `root` and put it in the book's order; return the files made.

    Parameters
    ----------
    root : Path
        The course's root folder.
    name : str
        Two digits and words, such as ``02-intersecting-positions``.
    title : str, optional
        The module's title; made from its name by default.

    Raises
    ------
    CourseError
        If the name is not of that form, or the module or its number is there already. Nothing is written then.
    """
    if not _NAME.fullmatch(name):
        raise CourseError(f"{name!r}: a module's name is two digits and words, such as 02-intersecting-positions.")
    number = name[:2]
    taken = sorted(p.name for p in (root / "modules").glob(f"{number}-*"))
    if taken:
        raise CourseError(f"modules/{taken[0]} has number {number} already; choose another number.")
    title = title or name[3:].replace("-", " ").capitalize()
    folder = root / "modules" / name
    folder.mkdir(parents=True)

    def about(kind: str, ending: str, low: int, high: int) -> dict[str, object]:
        return {
            "id": f"m{number}-{ending}",
            "kind": kind,
            "objectives": [f"explain what {title.lower()} means for one decision at work"],
            "teaches": ["P01"],
            "minutes": [low, high],
        }

    _markdown(
        folder / "overview.md", about("overview", "overview", 3, 5), f"# {number} · {title}\n\nWhat this is about.\n"
    )
    question = ('from equitykit.widgets import check\n\ncheck("first-question")', ["P01"])
    _notebook(
        folder / "1-first-lesson.ipynb",
        about("lesson", "l1", 15, 30),
        [f"# A question about {title.lower()}", question],
    )
    _notebook(folder / "practice.ipynb", about("practice", "practice", 20, 30), [f"# Practice: {title.lower()}"])
    _notebook(folder / "wrap-up.ipynb", about("wrap-up", "wrap-up", 10, 20), [f"# Wrap-up: {title.lower()}"])
    _markdown(
        folder / "educators.md",
        about("educators", "educators", 10, 15),
        f"# For educators: {title.lower()}\n\nHow to run it.\n",
    )
    (folder / "checks.yml").write_text(_CHECKS, "utf-8")
    _enter(root / "_toc.yml", name)
    return sorted(p.relative_to(root) for p in folder.iterdir())


def _enter(toc: Path, name: str) -> None:
    """Put a module into the book's order, in the part of the module before it."""
    order = yaml.safe_load(toc.read_text("utf-8"))

    def first(chapter: dict[str, str]) -> str:
        return chapter.get("file", chapter.get("glob", ""))

    parts = [p for p in order["parts"] if any(first(c).startswith("modules/") for c in p["chapters"])]
    if not parts:
        parts = [{"caption": "Modules", "chapters": []}]
        order["parts"].append(parts[0])
    before = [p for p in parts if any("modules/" <= first(c) < f"modules/{name}" for c in p["chapters"])]
    chapters = (before or parts)[-1 if before else 0]["chapters"]
    chapters.append(
        {
            "file": f"modules/{name}/overview",
            "sections": [
                {"glob": f"modules/{name}/[1-9]*"},
                *({"file": f"modules/{name}/{page}"} for page in ("practice", "wrap-up", "educators")),
            ],
        }
    )
    chapters.sort(key=first)
    text = yaml.safe_dump(order, sort_keys=False, allow_unicode=True)
    toc.write_text(_TOC_HEAD + text, "utf-8")
