"""The command line answers what it cannot do with one clear line, and never with a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def equitykit(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "EQUITYKIT_ROOT"}
    return subprocess.run(
        [sys.executable, "-c", "from equitykit.cli import main; main()", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("command", ["build", "serve", "check", "run", "lab", "new", "prove", "read"])
def test_each_command_explains_itself(command: str) -> None:
    answer = equitykit(command, "--help")
    assert answer.returncode == 0
    assert answer.stdout.startswith("Usage:")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "module", "nine"], "two digits"),
        (["new", "module", "01-again"], "01-structures-not-deficits"),
        (["prove", "77-none"], "no such assignment"),
        (["run", "none.ipynb"], "cannot be opened"),
        (["read", "none.docx"], "no such file"),
        (["serve", "--port", "70000"], "70000"),
        (["no-such-command"], "no-such-command"),
    ],
)
def test_bad_input_is_answered_in_a_line(arguments: list[str], said: str) -> None:
    answer = equitykit(*arguments)
    assert answer.returncode != 0
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_outside_a_course_it_says_where_it_looked(tmp_path: Path) -> None:
    answer = equitykit("check", cwd=tmp_path)
    assert answer.returncode == 1
    assert answer.stderr.startswith("equitykit: ")
    assert str(tmp_path.resolve()) in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_the_course_as_it_stands_passes_its_own_check() -> None:
    answer = equitykit("check")
    assert (answer.returncode, answer.stdout) == (0, "All pages, questions, assignments and datasets are complete.\n")
