"""What `equitykit check` and `equitykit prove` look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from equitykit.book import pages
from equitykit.errors import CourseError


def findings(root: Path) -> list[str]:
    """Return what is missing or wrong in pages, questions and datasets, one line each.

    Parameters
    ----------
    root : Path
        The course's root folder.
    """
    from equitykit import data
    from equitykit.widgets import checks

    found: list[str] = []
    for page in [*pages.course_pages(root), *pages.assignments(root)]:
        found += pages.problems(page)
    for path in sorted(root.glob("modules/*/checks.yml")):
        try:
            checks.read(path.parent)
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

    source = root / "exercises" / "source"
    known = sorted(path.name for path in source.iterdir() if path.is_dir())
    for name in names or known:
        if name not in known:
            raise CourseError(f"{name}: no such assignment; there are {', '.join(known) or 'none'}.")
        yield from str(prove(source / name)).splitlines()
