"""The built book, once for all tests and workers of a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from equitykit.book.build import build

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built pages; warnings are errors."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    out = shared / "book"
    with FileLock(str(out) + ".lock"):
        if not (out / "html" / ".built").exists():
            build(ROOT, strict=True, out=out)
    return out / "html"
