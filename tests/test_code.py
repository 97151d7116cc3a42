"""The code keeps its own rules: ruff and mypy are clean; imports between the kit's rooms run downwards."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# From the bottom up; a room imports from rooms before it only.
ROOMS = (
    "errors",
    "course",
    "kernels",
    "data",
    "measures",
    "language",
    "widgets",
    "charts",
    "book",
    "cpd",
    "grading",
    "cli",
)


@pytest.mark.parametrize("command", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=" ".join)
def test_it_is_clean(command: list[str]) -> None:
    answer = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "equitykit").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_downwards(path: Path) -> None:
    room = path.relative_to(ROOT / "equitykit").parts[0].removesuffix(".py")
    if room == "__init__":
        return
    named = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("equitykit"):
            deeper = node.module.split(".")[1:2]
            named += deeper or [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            named += [alias.name.split(".")[1] for alias in node.names if alias.name.startswith("equitykit.")]
    assert room in ROOMS
    assert [name for name in named if ROOMS.index(name) > ROOMS.index(room)] == []
