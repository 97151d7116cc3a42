"""Running a notebook keeps what the next run would give again, and says what went wrong in one line."""

from pathlib import Path

import nbformat
import pytest

from equitykit.book.execute import run
from equitykit.errors import CourseError

NOISY = """import ipywidgets
from equitykit.widgets import Interactive
print("kept")
ipywidgets.IntSlider(3)"""


def notebook(path: Path, *code: str) -> Path:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in code])
    path.write_text(nbformat.writes(made), "utf-8")
    return path


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = notebook(tmp_path / "a.ipynb", NOISY)
    assert run(path) is True
    first = path.read_bytes()
    assert b"kept" in first
    assert b"model_id" not in first
    assert run(path) is False
    assert path.read_bytes() == first


def test_a_failing_cell_is_named_and_the_file_is_left_alone(tmp_path: Path) -> None:
    path = notebook(tmp_path / "a.ipynb", "raise KeyError('no such column')")
    before = path.read_bytes()
    with pytest.raises(CourseError, match=r"KeyError.*no such column"):
        run(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"{}", b"not a notebook", b"\xff\xfe\x00"])
def test_what_is_no_notebook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=r"a\.ipynb"):
        run(path)
    assert path.read_bytes() == content


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="cannot be opened"):
        run(tmp_path / "none.ipynb")


def test_a_control_of_ipywidgets_runs_and_leaves_nothing(tmp_path: Path) -> None:
    path = notebook(tmp_path / "a.ipynb", "import ipywidgets\nipywidgets.interact(lambda n: print(n), n=(1, 3));")
    made = nbformat.read(path, as_version=4)
    made.cells[0].metadata["tags"] = ["with-kernel"]
    nbformat.write(made, path)
    run(path)
    assert nbformat.read(path, as_version=4).cells[0].outputs == []
