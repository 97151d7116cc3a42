"""How heavy a lesson page is, and how it fares in Lighthouse on mobile settings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from equitykit.book.build import build
from equitykit.book.server import server
from tests import browser_support as support
from tests.book.built import ROOT, documents

LESSONS = [name for name in documents() if name.startswith("modules/") and name.rsplit("/", 1)[-1][0].isdigit()]
KB = 1024
LIGHTHOUSE = "lighthouse@13.5.0"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the built book, served as `make serve` does."""
    html = build(ROOT, out=tmp_path_factory.mktemp("book"))
    with server(html, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


@pytest.mark.parametrize("lesson", LESSONS)
def test_bytes_of_a_lesson(site: str, lesson: str) -> None:
    """At most 250 KB before a chart is in view; at most 700 KB when all have been."""
    with sync_playwright() as playwright:
        browser = support.launch(playwright)
        context = browser.new_context(viewport=support.PHONE)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(f"{site}{lesson}.html", wait_until="networkidle")
        first = sum(sizes)
        for section in page.locator(".ek-interactive[data-module]").all():
            section.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        whole = sum(sizes)
        browser.close()
    print(f"\n{lesson}: {first / KB:.0f} KB at first, {whole / KB:.0f} KB with every chart")
    assert first <= 250 * KB
    assert whole <= 700 * KB


@pytest.mark.parametrize("lesson", LESSONS)
def test_lighthouse_of_a_lesson(site: str, lesson: str, tmp_path: Path) -> None:
    """Performance at least 95, accessibility 100, on Lighthouse's mobile settings."""
    if not (shutil.which("npx") and shutil.which("chromium")):
        pytest.skip("Lighthouse needs npx (Node.js) and chromium: `sudo apt install npm chromium`")
    report = tmp_path / "report.json"
    command = ["npx", "--yes", LIGHTHOUSE, f"{site}{lesson}.html", "--quiet", "--output=json"]
    command += [f"--output-path={report}", "--only-categories=performance,accessibility"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking"]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    subprocess.run(command, check=True, env=environment, timeout=300, capture_output=True)
    scores = {name: round(100 * part["score"]) for name, part in json.loads(report.read_text())["categories"].items()}
    print(f"\n{lesson}: {scores}")
    assert scores["performance"] >= 95
    assert scores["accessibility"] == 100
