"""Fixtures of the browser tests; what they are made of is in ``browser_support``."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browser_support


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium that reaches only this machine.

    One for each file of tests: while Playwright runs, nothing else in the process can start an event loop.
    """
    with sync_playwright() as playwright:
        chromium = browser_support.launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A blank page of desktop size, with nothing stored, at rest for readers who ask for reduced motion."""
    context = browser.new_context(viewport=browser_support.DESK, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def watch(page: Page) -> browser_support.Watch:
    """An account of the page's requests, failures and console errors."""
    return browser_support.Watch(page)
