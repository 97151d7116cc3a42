"""How soon `make serve` answers on a built course, and how long a one-line edit takes to show."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from equitykit.book.build import build
from tests.book.built import ROOT

MAIN = "from equitykit.cli import main; main()"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built copy of the course."""
    root = tmp_path_factory.mktemp("course")
    for name in ("front", "datasets", "modules"):
        shutil.copytree(ROOT / name, root / name)
    for path in (*ROOT.glob("_*.yml"), *ROOT.glob("*.bib")):
        shutil.copy(path, root)
    build(root)
    return root


def test_serve_answers_on_a_built_course(course: Path) -> None:
    """Within 3 seconds of the command."""
    start = time.perf_counter()
    command = [sys.executable, "-u", "-c", MAIN, "serve", "--port", "8400"]
    with subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, text=True) as running:
        address = re.search(r"http://\S+", running.stdout.readline()).group()
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
        took = time.perf_counter() - start
        running.terminate()
    print(f"\nserve on a built course: {took:.2f} s")
    assert took <= 3


def test_a_one_line_edit_is_rebuilt(course: Path) -> None:
    """Within 5 seconds, the command's own start included."""
    page = next(course.glob("modules/*/overview.md"))
    page.write_text(page.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", MAIN, "build"], cwd=course, check=True, capture_output=True)
    took = time.perf_counter() - start
    built = course / "_build" / "html" / page.relative_to(course).with_suffix(".html")
    assert "One more line." in built.read_text("utf-8")
    print(f"\none-line edit rebuilt: {took:.2f} s")
    assert took <= 5
