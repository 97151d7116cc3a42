"""Builds the book: Jupyter Book's own configuration, run by Sphinx in this process."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from equitykit.errors import CourseError

_SOURCES = ("front", "modules", "datasets", "equitykit", "exercises/source")
_ROOT_FILES = ("_config.yml", "_toc.yml", "requirements.txt")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def html_folder(root: Path) -> Path:
    """Return the folder of the built pages."""
    return root / "_build" / "html"


def is_stale(root: Path) -> bool:
    """Tell whether any source is newer than the last good build."""
    stamp = html_folder(root) / ".built"
    if not stamp.exists():
        return True
    built = stamp.stat().st_mtime
    files = [root / name for name in _ROOT_FILES] + list(root.glob("*.bib"))
    for folder in _SOURCES:
        files += [p for p in (root / folder).rglob("*") if "__pycache__" not in p.parts]
    return any(path.stat().st_mtime > built for path in files if path.exists())


def build(root: Path, *, strict: bool = False, out: Path | None = None) -> Path:
    """Build the book as HTML and return the folder of its pages.

    Parameters
    ----------
    root : Path
        The course's root folder.
    strict : bool
        Whether a warning fails the build.
    out : Path, optional
        Folder for the build, ``_build`` below the root by default.

    Raises
    ------
    CourseError
        If the build fails, or warns when `strict`; the message carries what Sphinx said.
    """
    # A checker of web addresses that compiles grammars for a second on import; nothing here has one checked.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace

    folder = out or root / "_build"
    html = folder / "html"
    given = {"latex_individualpages": False, "external_toc_path": str(root / "_toc.yml")}
    config, _ = get_final_config(user_yaml=root / "_config.yml", cli_config=given, sourcedir=root)
    warnings = io.StringIO()
    try:
        with docutils_namespace():
            app = Sphinx(
                srcdir=root,
                confdir=None,
                outdir=html,
                doctreedir=folder / ".doctrees",
                buildername="html",
                confoverrides=config,
                status=None,
                warning=warnings,
                warningiserror=False,
            )
            app.build()
    except SphinxError as problem:
        raise CourseError(f"The book did not build: {' '.join(str(problem).split())}") from problem
    said = _COLOUR.sub("", warnings.getvalue()).strip()
    if app.statuscode or (strict and said):
        raise CourseError(f"The book did not build cleanly:\n{said}")
    if said:
        print(said)
    (html / ".built").touch()
    return html
