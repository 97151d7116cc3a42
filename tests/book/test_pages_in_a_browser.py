"""Every page in a real browser, with all other hosts out of reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests import browser_support as support
from tests.book.built import documents

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(book: Path) -> Iterator[str]:
    with support.serve(book) as address:
        yield address


def live(page: Page) -> None:
    """Scroll through the page as a reader would, until each interactive has come to life."""
    for section in page.locator(".ek-interactive[data-module]").all():
        section.scroll_into_view_if_needed()
        section.evaluate(
            """element => new Promise((done, fail) => {
                const look = () => element.dataset.live === 'yes' ? done() : element.dataset.live === 'no'
                    ? fail(new Error(element.id + ' did not start')) : null;
                new MutationObserver(look).observe(element, {attributes: true}); look();
            })"""
        )
    page.evaluate("document.fonts.ready")
    page.evaluate("scrollTo(0, 0)")


@dataclass
class Visit:
    """A page that somebody opened and read to its end."""

    page: Page
    watch: support.Watch


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in documents()]
)
def visit(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Visit]:
    """Each page of the book, opened once for all that is asked of it."""
    context = browser.new_context(viewport=support.DESK, color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    watch = support.Watch(page)
    page.goto(f"{site}{request.param}.html")
    live(page)
    yield Visit(page, watch)
    context.close()


def test_a_page_asks_nobody_else_and_nothing_fails(visit: Visit) -> None:
    assert visit.watch.troubles() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_is_accessible(visit: Visit, theme: Literal["light", "dark"]) -> None:
    visit.page.emulate_media(color_scheme=theme)
    assert support.axe(visit.page) == []


def test_a_page_fits_a_phone_and_is_accessible_there(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="light")
    visit.page.set_viewport_size(support.PHONE)
    assert support.wider_than_screen(visit.page) == []
    assert support.axe(visit.page) == [], "narrow, some parts scroll that do not elsewhere"
    visit.page.set_viewport_size(support.DESK)


def test_each_interactive_changes_by_keyboard(visit: Visit) -> None:
    page = visit.page
    for section in page.locator(".ek-interactive[data-module]").all():
        seen = (
            "element => element.innerText + [...element.querySelectorAll('input, textarea, select')]"
            ".map(field => field.type === 'radio' || field.type === 'checkbox' ? field.checked : field.value)"
            " + element.querySelectorAll('details[open]').length"
            " + [...element.querySelectorAll('*')].indexOf(document.activeElement)"  # a button may lead somewhere
        )
        fields = "input:enabled:not([type=file]), textarea:enabled, select:enabled"  # a file is chosen outside the page
        controls = section.locator(f"button:enabled, {fields}, summary")
        controls = controls.filter(visible=True)
        assert controls.count() > 0, f"{section.get_attribute('id')} has no control"
        control = controls.first
        control.focus()
        before = section.evaluate(seen)
        kind = control.evaluate("element => element.type ?? element.tagName.toLowerCase()")
        if kind in {"text", "textarea", "number"}:
            page.keyboard.type("7")
        elif kind in {"select-one", "radio"}:
            page.keyboard.press("ArrowDown")
        elif kind == "range":
            page.keyboard.press("ArrowRight")
        else:
            page.keyboard.press("Space")
        assert section.evaluate(seen) != before, f"{section.get_attribute('id')} did not change"


def test_the_switch_unfolds_all_code_and_remembers(page: Page, site: str) -> None:
    lesson = next(name for name in documents() if "/1-" in name)
    page.goto(f"{site}{lesson}.html")
    switch = page.get_by_role("button", name="Show all code")
    switch.press("Enter")
    assert page.locator("details.hide:not([open])").count() == 0
    page.reload()
    assert page.get_by_role("button", name="Hide all code").get_attribute("aria-pressed") == "true"
    assert page.locator("details.hide:not([open])").count() == 0
    page.get_by_role("button", name="Hide all code").press("Enter")
    assert page.locator("details.hide[open]").count() == 0
