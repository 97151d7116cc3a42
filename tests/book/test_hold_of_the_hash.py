"""Whoever follows a link to a place on a page arrives there, also when what stands above it starts late and grows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser_support import KIT, PHONE, serve

# As in the book: the body is as tall as the window, and the text scrolls within it. The browser's own anchoring of
# the scroll position, which not every browser has, is switched off.
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Late</title><link rel="icon" href="data:,">
<style>html, body { height: 100%; margin: 0 } html { overflow-anchor: none; scroll-behavior: smooth }
p { height: 900px; margin: 0 }</style></head><body><main>
<a href="#past">Skip the passage</a><p>Before.</p>
<section class="ek-interactive" id="first" data-module="late"><script type="application/json">{}</script>
<div class="ek-stage">A still.</div></section><p>The passage.</p>
<section class="ek-interactive" id="second" data-module="late"><script type="application/json">{}</script>
<div class="ek-stage">A still.</div></section>
<h2 id="past">Past the passage</h2><p>After.</p><p>The end.</p></main>
<script type="module" src="host.js"></script></body></html>"""
LATE = """export default { render({ el }) { el.style.height = "700px"; } };"""
TOP = "document.getElementById('past').getBoundingClientRect().top"
DRAWN = """() => new Promise((done) => {
  let frames = 3;
  requestAnimationFrame(function frame() { if (--frames) requestAnimationFrame(frame); else done(); });
})"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A page whose interactives start, and grow by far, when somebody comes near them."""
    shutil.copy(KIT / "book/static/host.js", tmp_path)
    (tmp_path / "late.js").write_text(LATE, encoding="utf-8")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    with serve(tmp_path) as served:
        yield served


@pytest.fixture
def phone(page: Page) -> Page:
    """A small screen, on which little of the page is in view."""
    page.set_viewport_size(PHONE)
    return page


def settled(page: Page, name: str) -> None:
    """Wait until an interactive has started and the page has been drawn with it."""
    page.wait_for_selector(f"#{name}[data-live='yes']")
    page.evaluate(DRAWN)


def test_a_link_on_the_page_leads_past_what_starts_on_the_way(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.get_by_role("link", name="Skip the passage").click()
    settled(phone, "second")
    assert abs(phone.evaluate(TOP)) < 1


def test_an_address_with_a_hash_opens_there(phone: Page, address: str) -> None:
    phone.goto(f"{address}#past")
    settled(phone, "second")
    assert abs(phone.evaluate(TOP)) < 1


def test_it_stays_there_when_something_above_grows_later(phone: Page, address: str) -> None:
    phone.goto(f"{address}#past")
    settled(phone, "second")
    phone.evaluate("document.querySelector('p').style.height = '2000px'")
    phone.evaluate(DRAWN)
    assert abs(phone.evaluate(TOP)) < 1


@pytest.mark.parametrize("move", ["wheel", "key", "touch"])
def test_a_reader_who_moves_on_is_let_go(phone: Page, address: str, move: str) -> None:
    phone.goto(f"{address}#past")
    settled(phone, "second")
    if move == "wheel":
        phone.evaluate("dispatchEvent(new WheelEvent('wheel'))")
    elif move == "key":
        phone.keyboard.press("Shift")
    else:
        phone.evaluate("dispatchEvent(new PointerEvent('pointerdown'))")
    phone.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    phone.evaluate("document.querySelector('p').style.height = '2000px'")
    phone.evaluate(DRAWN)
    assert phone.evaluate("scrollY") == 0
