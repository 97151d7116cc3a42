"""As a front end with a kernel has them: one script evaluated from a string, and a state that Python may change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from equitykit import data
from equitykit.widgets import CauseTracer, Interactive, StepwiseAdjustment
from equitykit.widgets.modules import source, styles

pytestmark = pytest.mark.browser

RENDER = """async ([script, state]) => {
  const { default: widget } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const listeners = {};
  window.model = {
    get: (key) => state[key],
    set: (key, value) => { state[key] = value; },
    save_changes: () => { window.saved = { ...state }; },
    on: (event, listener) => { (listeners[event] ??= []).push(listener); },
    off: (event, listener) => { listeners[event] = (listeners[event] ?? []).filter((one) => one !== listener); },
  };
  window.fromPython = (values) => {
    Object.assign(state, values);
    for (const key of Object.keys(values)) for (const listener of listeners[`change:${key}`] ?? []) listener();
  };
  window.listening = () => Object.values(listeners).flat().length;
  const el = document.querySelector("main");
  window.leave = await widget.render({ model: window.model, el });
}"""


@pytest.fixture
def show(page: Page) -> Callable[[Interactive], None]:
    def opened(made: Interactive) -> None:
        page.set_content(f"<style>{styles(made.module)}</style><main></main>")
        page.evaluate(RENDER, [source(made.module), made.state()])

    return opened


def from_python(page: Page, made: Interactive, **values: Any) -> None:
    """Set traits as a notebook cell would, and send what changed to the page."""
    for trait, value in values.items():
        setattr(made, trait, value)
    page.evaluate("(values) => window.fromPython(values)", values)


def test_the_explorer_shows_what_a_cell_sets(show, page):
    made = StepwiseAdjustment(data.load("covid-ethnicity-stepwise"), name="steps")
    show(made)
    from_python(page, made, step=3)
    expect(page.get_by_role("button", name="Recorded health")).to_have_attribute("aria-current", "step")
    from_python(page, made, focus="Black")
    expect(page.locator(".ek-sw-verdict")).to_have_text(
        "Black moved towards 1: from 1.61 to 1.50. A small move: the new estimate lies inside the interval before."
    )
    saved = page.evaluate("window.saved")
    assert (saved["words"], saved["table"]) == (made.words, made.table)


def test_the_tracer_shows_what_a_cell_sets(show, page):
    made = CauseTracer(Path(__file__).parent / "tracer_smoke_free.yml", name="tracer")
    show(made)
    from_python(page, made, path=["admissions", "smoke-in-the-blood", "home-and-company"])
    expect(page.locator(".ek-tr-card")).to_have_count(3)
    from_python(page, made, guesses={"home-and-company": "community"})
    expect(page.locator(".ek-tr-feedback")).to_contain_text("Yes. It holds the community responsible.")
    saved = page.evaluate("window.saved")
    assert (saved["words"], saved["table"]) == (made.words, made.table)


@pytest.mark.parametrize("which", ["stepwise", "tracer"])
def test_nothing_listens_once_it_has_left_the_page(show, page, which):
    made = (
        StepwiseAdjustment(data.load("covid-ethnicity-stepwise"), name="steps")
        if which == "stepwise"
        else CauseTracer(Path(__file__).parent / "tracer_smoke_free.yml", name="tracer")
    )
    show(made)
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
