"""Where the course lies on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from equitykit.errors import CourseError


def root(start: Path | None = None) -> Path:
    """Return the course's root: the folder with ``_toc.yml`` and ``modules``, here or above.

    Parameters
    ----------
    start : Path, optional
        Where to look first; the current folder by default. ``EQUITYKIT_ROOT`` overrides it.

    Raises
    ------
    CourseError
        If there is none; the message says where it looked.
    """
    begin = Path(os.environ.get("EQUITYKIT_ROOT") or start or Path.cwd()).resolve()
    for folder in (begin, *begin.parents):
        if (folder / "_toc.yml").is_file() and (folder / "modules").is_dir():
            return folder
    raise CourseError(f"{begin}: no course here or above (no _toc.yml beside modules/); change to its folder.")
