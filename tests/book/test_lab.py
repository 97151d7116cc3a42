"""The pages in a real JupyterLab with a kernel: interactives live there too, and Python reads their state."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from equitykit.widgets.base import MIME
from tests import browser_support as support
from tests.book.built import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("lab")]

MODULE = "01-structures-not-deficits"
CODE = """\
from equitykit import charts, data
from equitykit.widgets import CauseTracer, StepwiseAdjustment, check
"""


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab on a copy of the module's folder; its address, with token, and the folder."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "modules" / MODULE, folder / MODULE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(8)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--ServerApp.port_retries=0"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}", "--allow-root"]
    home = tmp_path_factory.mktemp("home")
    # All cells are drawn at once, those out of sight too.
    tracker = home / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text('{"windowingMode": "none"}')
    environment = {
        **os.environ,
        "EQUITYKIT_DATASETS": str(ROOT / "datasets"),
        "JUPYTER_CONFIG_DIR": str(home),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if running.poll() is not None or _answers(f"{address}/api?token={token}"):
                break
            try:
                running.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        assert running.poll() is None, "JupyterLab ended before it answered"
        yield f"{address}|{token}", folder
    finally:
        running.terminate()
        running.wait(20)


def open_and_run(page: Page, lab: tuple[str, Path], path: str) -> None:
    """Open a notebook and run all its cells; return when the first of them runs.

    JupyterLab shows its kernel as idle before it can take a command, and then drops the command: it is given again
    until a cell has its number.
    """
    address, token = lab[0].split("|")
    page.goto(f"{address}/lab/tree/{path}?token={token}&reset")
    page.locator(".jp-Notebook").wait_for(timeout=60_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    started = page.locator(".jp-CodeCell .jp-InputPrompt").filter(has_text=re.compile(r"\[(\d+|\*)\]")).first
    for _ in range(10):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        try:
            started.wait_for(timeout=3_000)
            return
        except PlaywrightTimeout:
            continue
    raise AssertionError(f"JupyterLab did not run {path}")


def make(folder: Path, name: str, *cells: str) -> str:
    """Write a notebook into the module's folder and return its path below the root."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    made.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(made, folder / MODULE / name)
    return f"{MODULE}/{name}"


def test_a_check_answered_in_lab_is_read_in_python(browser: Browser, lab: tuple[str, Path]) -> None:
    from equitykit.widgets import checks

    question = next(q for q in checks.read(ROOT / "modules" / MODULE) if q.kind == "single")
    path = make(lab[1], "c.ipynb", f"{CODE}\nq = check({question.id!r}); q", "print('attempts', q.attempts)")
    page = browser.new_context(viewport=support.DESK).new_page()
    open_and_run(page, lab, path)
    stage = page.locator(".jp-OutputArea-output .ek-stage, .jp-OutputArea-output .ek-check").first
    stage.wait_for(timeout=60_000)
    page.locator(".jp-OutputArea-output input[type=radio]").first.check()
    page.get_by_role("button", name="Check my answer").click()
    last = page.locator(".jp-CodeCell").nth(1)
    last.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(last.locator(".jp-OutputArea-output")).to_contain_text("attempts 1", timeout=30_000)


def kinds(path: Path) -> list[str]:
    """The interactives of a page, by their modules' names, as often as they stand there."""
    shown = [
        output["data"][MIME]["module"]
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
        if MIME in output.get("data", {})
    ]
    return [module for module in shown if isinstance(module, str)]


def pages_with_every_kind() -> list[Path]:
    """As few pages as hold each kind of interactive once: the same JavaScript lives alike on the others."""
    held = {path: set(kinds(path)) for path in sorted((ROOT / "modules").glob("*/*.ipynb"))}
    left = set().union(*held.values())
    chosen = []
    while left:
        best = max(held, key=lambda path: len(held[path] & left))
        chosen.append(best)
        left -= held[best]
    return sorted(chosen)


@pytest.mark.parametrize("path", pages_with_every_kind(), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_interactive_of_a_page_lives_in_lab(browser: Browser, lab: tuple[str, Path], path: Path) -> None:
    folder = lab[1] / path.parent.name
    if not folder.exists():
        shutil.copytree(path.parent, folder)
    expected = len(kinds(path))
    page = browser.new_context(viewport=support.DESK).new_page()
    watch = support.Watch(page)
    open_and_run(page, lab, f"{path.parent.name}/{path.name}")
    view = page.locator(".jp-OutputArea-output.lm-Panel")  # a live widget; a saved output is no panel
    expect(view.filter(has=page.locator("[class*='ek-']"))).to_have_count(expected, timeout=60_000)
    assert watch.third_party == []
    page.context.close()
