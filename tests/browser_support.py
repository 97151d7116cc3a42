"""What browser tests share: a Chromium that reaches only this machine, a server for a folder, and an account
of what went wrong on a page.

Fixtures in ``conftest.py`` give a test its ``browser``, its ``page`` and its ``watch``. A test of an interactive
lays one out with :func:`lay_out`; a test of the built book serves the book's own folder. Both go through
:func:`serve`::

    with serve(folder) as address:
        page.goto(address)
    assert watch.troubles() == []
    assert axe(page) == []
    assert wider_than_screen(page) == []
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Playwright, Request, Response, expect

from equitykit.book.interactive import static_html
from equitykit.widgets.base import Interactive

KIT = Path(__file__).parents[1] / "equitykit"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def launch(playwright: Playwright) -> Browser:
    """Start Chromium with every host but this machine out of reach; skip where there is none, fail in CI."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    path = found or playwright.chromium.executable_path
    if not Path(path).exists():
        message = "Chromium is missing: `sudo apt install chromium`, or `python -m playwright install chromium`"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return playwright.chromium.launch(
        executable_path=path,
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ],
    )


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def log_message(self, *details: Any) -> None:
        """Leave the test's output alone."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; the address ends in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Watch:
    """What a page asked for and complained of, from when the watch began."""

    def __init__(self, page: Page) -> None:
        self.third_party: list[str] = []
        self.failed: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._asked)
        page.on("requestfailed", lambda request: self.failed.append(f"{request.url}: {request.failure}"))
        page.on("response", self._answered)
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname not in ("127.0.0.1", "localhost"):
            self.third_party.append(request.url)

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.url}: {response.status}")

    def troubles(self) -> list[str]:
        """Return everything a page without fault has none of."""
        return [
            *(f"third party: {url}" for url in self.third_party),
            *(f"failed: {what}" for what in self.failed),
            *(f"console: {line}" for line in self.errors),
        ]


def axe(page: Page) -> list[str]:
    """Return axe's violations of WCAG 2.2 AA and of best practice, one line for each element."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node.get('failureSummary', rule['help'])}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def wider_than_screen(page: Page) -> list[str]:
    """Return the elements that make the page scroll sideways; none where it does not."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.body.querySelectorAll("*")]
            .filter((element) => element.getBoundingClientRect().right > width + 1)
            .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
        }"""
    )


def press(place: Locator, name: str) -> None:
    """Press the first button of that name by keyboard."""
    button = place.get_by_role("button", name=name, exact=True).first
    button.focus()
    button.press("Enter")


def state(section: Locator) -> dict[str, Any]:
    """Return the latest state of an interactive that :func:`lay_out` put into a page."""
    return section.evaluate("(section) => window.states[section.id]")


def state_told_alike(section: Locator, words: Callable[..., str], table: Callable[..., Any]) -> dict[str, Any]:
    """Return the latest state, once it is certain that the page says of it what Python would say."""
    told = state(section)
    assert told["words"] == words(told)
    assert told["table"] == table(told)
    return told


@contextmanager
def stage(page: Page, folder: Path) -> Iterator[Callable[..., Locator]]:
    """Give what opens a page with one interactive and returns its section once `ready`, a selector in it, is seen."""
    with serve(folder) as address:
        visits = count()

        def opened(made: Interactive, ready: str, *, theme: str = "light") -> Locator:
            lay_out(folder, [made], theme=theme)
            page.goto(f"{address}?{next(visits)}")  # never what the browser remembers of the page before
            section = page.locator(f"#{made.name}")
            expect(section.locator(ready).first).to_be_visible()
            return section

        yield opened


def lay_out(folder: Path, interactives: Iterable[Interactive], *, theme: str = "light") -> None:
    """Write a page of interactives, with the kit's own files, as the book would carry them.

    ``index.html`` in ``folder``; the page's ``window.states`` holds the latest state of each by its name.
    """
    for source in (KIT / "widgets/static", KIT / "book/static"):
        for file in source.iterdir():
            if file.suffix in (".js", ".css"):
                shutil.copy(file, folder)
    sheets = "".join(
        f'<link rel="stylesheet" href="{file.name}">' for file in sorted((KIT / "widgets/static").glob("*.css"))
    )
    sections = "\n".join(static_html(one.bundle(), one.still()) for one in interactives)
    (folder / "index.html").write_text(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Interactives</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
{sheets}<style>body {{ margin: 0; font: 100%/1.5 system-ui, sans-serif;
background: var(--ek-paper); color: var(--ek-ink) }} main {{ max-width: 46rem; margin: 0 auto; padding: 1rem }}</style>
<script>window.states = {{}}; addEventListener("ek:change", (event) => {{
states[event.detail.name] = event.detail.state; }});</script>
</head><body data-theme="{theme}"><main><h1>Interactives</h1>
{sections}</main><script type="module" src="host.js"></script></body></html>""",
        encoding="utf-8",
    )
