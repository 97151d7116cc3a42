"""The pages of the course as they lie in its folders: what each says of itself in its metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from equitykit.errors import CourseError

KINDS = ("overview", "lesson", "practice", "wrap-up", "educators", "front", "card", "assignment")
PRINCIPLES = tuple(f"P{number:02d}" for number in range(1, 25))
_SUFFIXES = (".ipynb", ".md")


@dataclass(frozen=True)
class Page:
    """One page: its path below the course's root, and its metadata under the key ``equity``."""

    root: Path
    path: Path
    metadata: dict[str, Any] = field(default_factory=dict)
    cells: list[dict[str, Any]] = field(default_factory=list)

    @property
    def docname(self) -> str:
        """The page's name in the book, without suffix."""
        return self.path.with_suffix("").as_posix()

    @property
    def kind(self) -> str:
        """One of ``KINDS``; empty when the page does not say."""
        return self.metadata.get("kind", "")

    @property
    def module(self) -> str:
        """The module's folder name, or an empty string outside modules and exercises."""
        parts = self.path.parts
        if parts[0] == "modules" and len(parts) > 2:
            return parts[1]
        if parts[:2] == ("exercises", "source") and len(parts) > 3:
            return parts[2]
        return ""

    @cached_property
    def title(self) -> str:
        """The page's first heading."""
        for text in self.markdown():
            for line in text.splitlines():
                if line.startswith("# "):
                    return line[2:].strip()
        return self.path.stem

    def markdown(self) -> Iterator[str]:
        """Yield the page's Markdown: the whole text, or a notebook's Markdown cells in order."""
        if self.path.suffix == ".md":
            yield _split((self.root / self.path).read_text("utf-8"))[1]
        for cell in self.cells:
            if cell["cell_type"] == "markdown":
                yield "".join(cell["source"])

    def marked(self, key: str) -> Iterator[tuple[str, str]]:
        """Yield ``(principle, anchor)`` for each cell whose metadata names principles under `key`."""
        for cell in self.cells:
            equity = cell.get("metadata", {}).get("equity", {})
            for principle in equity.get(key, []):
                yield principle, equity.get("anchor", "")


def _split(text: str) -> tuple[dict[str, Any], str]:
    """Return a Markdown file's front matter and its body."""
    if not text.startswith("---\n"):
        return {}, text
    head, _, body = text[4:].partition("\n---\n")
    return yaml.safe_load(head) or {}, body


def read(path: Path, root: Path) -> Page:
    """Read one page.

    Parameters
    ----------
    path : Path
        The page's file, ``.md`` or ``.ipynb``.
    root : Path
        The course's root folder.

    Raises
    ------
    CourseError
        If the file cannot be read as what its suffix says; the message names it.
    """
    where = path.relative_to(root)
    try:
        if path.suffix == ".ipynb":
            notebook = json.loads(path.read_text("utf-8"))
            return Page(root, where, notebook["metadata"].get("equity", {}), notebook["cells"])
        return Page(root, where, _split(path.read_text("utf-8"))[0].get("equity", {}))
    except (OSError, ValueError, KeyError, yaml.YAMLError) as problem:
        reason = " ".join(str(problem).split())
        raise CourseError(f"{where}: this page cannot be read ({reason}); mend the file or restore it.") from problem


def course_pages(root: Path) -> list[Page]:
    """Return the pages of front matter and modules, in path order."""
    found = [*root.glob("front/*"), *root.glob("modules/*/*")]
    return [read(path, root) for path in sorted(found) if path.suffix in _SUFFIXES]


def assignments(root: Path) -> list[Page]:
    """Return the assignments' notebooks, in path order."""
    return [read(path, root) for path in sorted(root.glob("exercises/source/*/*.ipynb"))]


def problems(page: Page) -> list[str]:
    """Return what a page's metadata lacks or gets wrong, one line each; empty when it is complete."""
    found: list[str] = []
    meta = page.metadata

    def complain(what: str) -> None:
        found.append(f"{page.path}: {what}")

    if page.kind not in KINDS:
        complain(f"metadata equity.kind is {page.kind!r}; use one of {', '.join(KINDS)}.")
    if not meta.get("id"):
        complain("metadata equity.id is missing; give the page a stable id, such as m01-l1.")
    if page.kind == "card":
        return found
    minutes = meta.get("minutes")
    if not (isinstance(minutes, list) and len(minutes) == 2 and 0 < minutes[0] <= minutes[1]):
        complain(f"metadata equity.minutes is {minutes!r}; give a range, such as [20, 30].")
    if page.kind in {"overview", "lesson", "practice", "wrap-up", "assignment"}:
        if not meta.get("objectives"):
            complain("metadata equity.objectives is empty; say what a learner will be able to do.")
        if page.kind != "assignment" and not meta.get("teaches"):
            complain("metadata equity.teaches is empty; name the principles, such as [P01].")
    named = [*meta.get("teaches", []), *(p for key in ("practises", "assesses") for p, _ in page.marked(key))]
    for principle in sorted(set(named) - set(PRINCIPLES)):
        complain(f"principle {principle!r} is not one of P01 to P24.")
    return found
