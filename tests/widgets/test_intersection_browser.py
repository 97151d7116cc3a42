"""The intersection explorer in a page: by keyboard, on a phone, in words, and with a kernel behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit import data
from equitykit.widgets import IntersectionExplorer
from equitykit.widgets.intersection_words import table, words
from equitykit.widgets.modules import source, styles
from tests.browser_support import PHONE, Watch, axe, press, stage, state_told_alike, wider_than_screen
from tests.widgets.test_intersection import VIEWS
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER, from_python

pytestmark = pytest.mark.browser


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one explorer; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(*, theme: str = "light", **arguments: Any) -> Locator:
            made = IntersectionExplorer(data.load("synthetic-intersections"), "explorer", **arguments)
            return opened(made, ".ek-ix-row", theme=theme)

        yield shown


def state(section: Locator) -> dict[str, Any]:
    return state_told_alike(section, words, table)


def toggle(section: Locator, name: str) -> None:
    box = section.get_by_role("checkbox", name=name)
    box.focus()
    box.press("Space")


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    section = show()
    assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
    expect(section.locator(".ek-ix-badge")).to_have_text("Synthetic data: nobody in it exists.")
    expect(section.locator(".ek-ix-adding")).to_have_count(5)  # four cells, and the key
    expect(section.locator(".ek-ix-dot")).to_have_count(6)
    assert watch.troubles() == []


def test_a_prediction_is_recorded_then_corrected(show):
    section = show()
    press(section, "Less")
    expect(section.locator(".ek-ix-verdict")).to_contain_text("You predicted: less. The rate is +11.5 points")
    expect(section.locator(".ek-ix-question")).to_be_focused()
    told = state(section)
    assert told["predictions"] == {
        "difficulty_getting_appointment / sex + ethnic_group": {"cell": "female, Black", "said": "less"}
    }
    expect(section.locator(".ek-ix-dot")).to_have_count(10)
    expect(section.locator(".ek-ix-limits")).to_contain_text("wrong about 57 in 100")


def test_a_right_prediction_is_said_to_be_right(show):
    section = show()
    press(section, "More")
    expect(section.locator(".ek-ix-verdict strong")).to_have_text("As you predicted.")


def test_axes_are_chosen_by_keyboard_one_to_three(show):
    section = show()
    toggle(section, "disability (ableism)")
    told = state(section)
    assert told["axes"] == ["sex", "ethnic_group", "disabled"]
    assert told["focus"] == "female, Black, disabled"
    expect(section.get_by_role("checkbox", name="deprivation (unequal resources)")).to_be_disabled()
    toggle(section, "sex (sexism)")
    toggle(section, "ethnicity (racism)")
    assert state(section)["axes"] == ["disabled"]
    expect(section.get_by_role("checkbox", name="disability (ableism)")).to_be_disabled()
    expect(section.get_by_role("button", name="More", exact=True)).to_have_count(0)


def test_the_rule_is_the_readers_to_change(show):
    section = show(axes=["ethnic_group", "sexual_orientation"])
    expect(section.locator("text.ek-ix-none", has_text="suppressed")).to_have_count(4)
    toggle(section, "and cells from which a total would give one away")
    assert sum("suppressed" in row for row in state(section)["table"]) == 1
    box = section.get_by_label("Suppress a cell with a count of", exact=True)
    box.select_option("0")
    told = state(section)
    assert not any("suppressed" in row for row in told["table"])
    assert "The rule is off." in told["words"]


def test_rates_or_differences_from_the_reference(show):
    section = show()
    press(section, "Difference from the reference")
    assert state(section)["show"] == "difference"
    expect(section.locator(".ek-ix-reference .ek-ix-value")).to_have_text("reference")
    expect(section.locator(".ek-ix-title")).to_have_text("Points above or below the reference, male, White")


def test_a_cell_is_read_by_choosing_it_in_the_picture_or_in_the_list(show):
    section = show()
    section.locator(".ek-ix-row").nth(6).click()
    assert state(section)["focus"] == "male, Asian"
    expect(section.locator(".ek-ix-told")).to_contain_text("it is a piece from which the sums are made")
    box = section.get_by_label("Cell to read", exact=True)
    box.focus()
    box.press("ArrowUp")
    assert state(section)["focus"] == "male, White"


def test_the_change_is_spoken(show):
    section = show()
    press(section, "More")
    expect(section.get_by_role("status")).to_contain_text("female, Black: 190 of 443 people had difficulty")


def test_page_and_python_tell_every_choice_of_axes_alike(show, page):
    section = show()
    for outcome in ("good_health", "difficulty_getting_appointment"):
        for axes in VIEWS:
            made = IntersectionExplorer(data.load("synthetic-intersections"), axes=axes, outcome=outcome)
            told = section.evaluate(
                """async (section, given) => {
                  const { default: widget } = await import("./intersection.js");
                  const traits = structuredClone(given);
                  const model = { get: (key) => traits[key], set: (key, value) => { traits[key] = value; },
                    save_changes() {}, on() {}, off() {} };
                  const el = document.createElement("div");
                  widget.render({ model, el });
                  el.querySelectorAll(".ek-ix-ask button")[0]?.click();
                  return traits;
                }""",
                made.state(),
            )
            assert told["words"] == words(told), (outcome, axes)
            assert told["table"] == table(told), (outcome, axes)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(theme=theme)
    assert axe(page) == []
    press(section, "More")
    toggle(section, "disability (ableism)")
    for summary in ("In words", "As a table"):
        section.get_by_text(summary).click()
    assert axe(page) == []
    press(section, "Difference from the reference")
    press(section, "These people cannot tell")
    assert axe(page) == []
    assert watch.troubles() == []


@pytest.mark.parametrize(
    "axes", [["sex"], ["sex", "ethnic_group"], ["ethnic_group", "deprivation_fifth", "sexual_orientation"]]
)
def test_it_fits_a_phone_and_a_thumb(show, page, axes):
    page.set_viewport_size(PHONE)
    section = show(axes=axes)
    assert wider_than_screen(page) == []
    for control in section.locator("button:visible, select:visible, label.ek-choice:visible").all():
        assert control.bounding_box()["height"] >= 44, control.inner_text()
    section.get_by_text("As a table").click()
    assert wider_than_screen(page) == []
    drawn = section.locator(".ek-ix-chart svg[role=img]").bounding_box()
    for name in section.locator(".ek-ix-name, .ek-ix-value, .ek-ix-none, .ek-ix-group").all():
        box = name.bounding_box()
        assert box["x"] >= drawn["x"] - 1, name.text_content()
        assert box["x"] + box["width"] <= drawn["x"] + drawn["width"] + 1, name.text_content()


def test_it_shows_what_a_cell_sets_and_leaves_nothing_behind(page):
    made = IntersectionExplorer(data.load("synthetic-intersections"))
    page.set_content(f"<style>{styles(made.module)}</style><main></main>")
    page.evaluate(RENDER, [source(made.module), made.state()])
    from_python(page, made, axes=["disabled", "deprivation_fifth"])
    expect(page.locator(".ek-ix-row")).to_have_count(10)
    from_python(page, made, focus="disabled, fifth 2")
    saved = page.evaluate("window.saved")
    assert (saved["words"], saved["table"]) == (made.words, made.table)
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
