"""What `equitykit check` and `equitykit prove` look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from equitykit.book import pages
from equitykit.errors import CourseError


def findings(root: Path) -> list[str]:
    """Return what is missing or wrong in pages, questions, assignments and datasets, one line each.

    Assignments are read here, not run: :func:`prove_assignments` runs them.


    Parameters
    ----------
    root : Path
        The course's root folder.
    """
    from equitykit import data
    from equitykit.grading import proof
    from equitykit.widgets import checks

    found: list[str] = []
    for page in [*pages.course_pages(root), *pages.assignments(root)]:
        found += pages.problems(page)
    for path in sorted(root.glob("modules/*/checks.yml")):
        try:
            checks.read(path.parent)
        except CourseError as problem:
            found.append(str(problem))
    for folder in _assignments(root):
        try:
            found += [f"{folder.name}: {problem}" for problem in proof.on_paper(folder)]
        except CourseError as problem:
            found.append(str(problem))
    try:
        data.validate(root / "datasets")
    except CourseError as problem:
        found.append(str(problem))
    return found


def prove_assignments(root: Path, names: tuple[str, ...]) -> Iterator[str]:
    """Yield what was proven of each assignment, line by line.

    Parameters
    ----------
    root : Path
        The course's root folder.
    names : tuple of str
        Assignments to prove; all when empty.

    Raises
    ------
    CourseError
        If an assignment is not there, or does not hold what it must.
    """
    from equitykit.grading.proof import prove

    known = {folder.name: folder for folder in _assignments(root)}
    for name in names or known:
        if name not in known:
            raise CourseError(f"{name}: no such assignment; there are {', '.join(known) or 'none'}.")
        yield from str(prove(known[name])).splitlines()


def _assignments(root: Path) -> list[Path]:
    return sorted(path for path in (root / "exercises" / "source").iterdir() if path.is_dir())
