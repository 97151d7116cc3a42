"""The stepwise explorer in a static page: every control by keyboard, and words and table that keep up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit import data
from equitykit.widgets import StepwiseAdjustment
from equitykit.widgets.stepwise import table, words
from tests.browser_support import PHONE, Watch, axe, press, stage, state_told_alike, wider_than_screen

pytestmark = pytest.mark.browser


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one explorer; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(*, theme: str = "light", **arguments: Any) -> Locator:
            made = StepwiseAdjustment(data.load("covid-ethnicity-stepwise"), name="steps", **arguments)
            return opened(made, ".ek-sw-row", theme=theme)

        yield shown


def state(section: Locator) -> dict[str, Any]:
    return state_told_alike(section, words, table)


def pick(section: Locator, label: str, key: str) -> None:
    box = section.get_by_label(label, exact=True)
    box.focus()
    box.press(key)


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    section = show(step=2, focus="Black")
    assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
    section.get_by_text("In words").click()
    expect(section.locator(".ek-words")).to_contain_text("Step 3 of 5: Area deprivation")
    assert watch.troubles() == []


def test_a_prediction_is_recorded_then_corrected(show):
    section = show()
    press(section, "Towards 1")
    expect(section.locator(".ek-sw-verdict")).to_have_text(
        "You predicted towards 1. South Asian moved across 1: from 0.89 to 1.85."
    )
    told = state(section)
    assert told["predictions"] == {"death with COVID-19 / 5 groups / South Asian / age and sex": "towards"}
    assert told["table"][2][1:3] == ["1.85 (1.71–2.01)", "0.89 (0.83–0.97)"]
    press(section, "Towards 1")
    expect(section.locator(".ek-sw-verdict")).to_contain_text("As you predicted.")
    assert state(section)["step"] == 2


def test_each_step_has_its_own_story_and_what_it_leaves_out(show):
    section = show()
    claims, kinds = [], []
    for _ in range(4):
        claims.append(section.locator(".ek-sw-claim").inner_text())
        kinds.append(section.locator(".ek-sw-kind").inner_text())
        press(section, "Show me without predicting")
    claims.append(section.locator(".ek-sw-claim").inner_text())
    assert len(set(claims)) == 5
    assert kinds == ["Starting point", "Confounder", "Part of the pathway", "Part of the pathway"]
    expect(section.locator(".ek-sw-run")).to_have_text("South Asian: 0.89 → 1.85 → 1.64 → 1.47 → 1.26")
    assert set(state(section)["predictions"].values()) == {"shown"}


def test_a_step_is_open_once_it_has_been_reached_and_the_next_one_leads_to_the_prediction(show):
    section = show()
    steps = section.get_by_role("list", name="Adjustments, added one at a time").get_by_role("button")
    expect(steps.nth(2)).to_be_disabled()
    steps.nth(1).focus()
    steps.nth(1).press("Enter")
    expect(section.get_by_role("button", name="Towards 1", exact=True)).to_be_focused()
    press(section, "Further from 1")
    steps.nth(0).focus()
    steps.nth(0).press("Enter")
    assert state(section)["step"] == 0
    expect(steps.nth(0)).to_have_attribute("aria-current", "step")
    press(section, "On to: age and sex")
    assert state(section)["step"] == 1
    assert list(state(section)["predictions"].values()) == ["away"], "going back and forth keeps the prediction"


def test_outcome_groups_and_focus_are_chosen_by_keyboard(show):
    section = show(step=1)
    pick(section, "What happened", "ArrowDown")
    told = state(section)
    assert told["outcome"] == "intensive care admission"
    assert told["words"].startswith("Intensive care with COVID-19, 5 groups. Step 2 of 5")
    pick(section, "Follow", "ArrowDown")
    assert state(section)["focus"] == "Black"
    pick(section, "Groups", "ArrowDown")
    told = state(section)
    assert told["grouping"] == "16 groups"
    assert len(told["table"]) == 18
    assert told["focus"] == "White Irish", "a group that the grouping does not have gives way to its first"
    expect(section.locator(".ek-sw-row")).to_have_count(17)


def test_the_reference_group_has_nothing_to_predict_but_something_to_say(show):
    section = show(focus="White")
    expect(section.locator(".ek-sw-question")).to_contain_text("White stays at 1 whatever is added")
    expect(section.locator(".ek-sw-claim")).to_contain_text("They are the ruler")
    press(section, "Add age and sex")
    expect(section.locator(".ek-sw-verdict")).to_contain_text("stays at 1 while the others move")
    assert state(section)["step"] == 1


def test_starting_again_forgets_the_predictions_of_this_group_alone(show):
    section = show()
    press(section, "Across 1")
    pick(section, "Follow", "ArrowDown")
    for _ in range(3):
        press(section, "Towards 1")
    press(section, "Start again, predict for another group")
    told = state(section)
    assert told["step"] == 0
    assert told["predictions"] == {"death with COVID-19 / 5 groups / South Asian / age and sex": "across"}


def test_the_change_is_spoken_and_the_place_is_kept(show, page):
    section = show()
    press(section, "Across 1")
    expect(section.get_by_role("status")).to_have_text("Age and sex. South Asian: 1.85.")
    expect(section.locator(".ek-sw-verdict")).to_be_focused()
    page.keyboard.press("Tab")
    expect(section.get_by_role("button", name="Towards 1", exact=True)).to_be_focused()


def test_marks_that_travel_arrive_where_marks_at_rest_stand(show, page):
    section = show()
    dot = section.locator(".ek-sw-followed .ek-sw-dot")
    begin = dot.get_attribute("cx")
    press(section, "Across 1")
    rest = dot.get_attribute("cx")
    assert rest != begin
    page.emulate_media(reduced_motion="no-preference")
    section = show()
    press(section, "Across 1")
    expect(dot).to_have_attribute("cx", rest)
    expect(section.locator(".ek-sw-followed .ek-sw-ghost")).to_have_attribute("cx", begin)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(theme=theme)
    assert axe(page) == []
    press(section, "Towards 1")
    press(section, "Towards 1")
    for summary in ("In words", "As a table"):
        section.get_by_text(summary).click()
    assert axe(page) == []
    press(section, "Show me without predicting")
    press(section, "Further from 1")
    assert axe(page) == []
    assert watch.troubles() == []


@pytest.mark.parametrize("grouping", ["5 groups", "16 groups"])
def test_it_fits_a_phone_and_a_thumb(show, page, grouping):
    page.set_viewport_size(PHONE)
    section = show(grouping=grouping, step=1)
    assert wider_than_screen(page) == []
    for control in section.locator("button:visible, select:visible").all():
        assert control.bounding_box()["height"] >= 44, control.inner_text()
    section.get_by_text("As a table").click()
    assert wider_than_screen(page) == []
    drawn = section.locator(".ek-sw-chart svg").bounding_box()
    for name in section.locator(".ek-sw-name, .ek-sw-value, .ek-sw-none, .ek-sw-ref").all():
        box = name.bounding_box()
        assert box["x"] >= drawn["x"] - 1, name.text_content()
        assert box["x"] + box["width"] <= drawn["x"] + drawn["width"] + 1, name.text_content()
