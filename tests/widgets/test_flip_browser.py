"""Flip the reference in a static page: predict, flip, read; words and rows that say what Python would say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit import data
from equitykit.widgets import FlipReference
from equitykit.widgets.flip_words import sentence, side, table, words
from tests.browser_support import PHONE, Watch, axe, press, stage, state_told_alike, wider_than_screen

pytestmark = pytest.mark.browser


def gps(**changes: Any) -> FlipReference:
    supply = data.load("gp-supply-by-deprivation")
    lists = supply.query("measure == 'registered patients per GP' and group_order.notna()")
    return FlipReference(
        lists,
        **{
            "group": "group",
            "value": "value",
            "series": "period",
            "higher_is": "worse",
            "unit": "patients",
            "outcome": "patients per GP",
            "comparatives": ("more", "fewer"),
            "name": "flip",
            "frames": [{"label": "a list of 1,800", "kind": "target", "value": 1800}],
        }
        | changes,
    )


def trials(**changes: Any) -> FlipReference:
    loaded = data.load("trial-participants-by-ethnicity")
    people = loaded[loaded["comparator"] == "census 2011"]
    shares = dict(people[["ethnic_group", "population_percent"]].itertuples(index=False))
    return FlipReference(
        people,
        **{
            "group": "ethnic_group",
            "value": "percent",
            "low": "low",
            "high": "high",
            "higher_is": "better",
            "unit": "%",
            "outcome": "share of trial participants",
            "name": "flip",
            "frames": [{"label": "their share of the population", "kind": "population", "values": shares}],
        }
        | changes,
    )


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one flip; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(made: FlipReference, *, theme: str = "light") -> Locator:
            return opened(made, ".ek-fl-claim", theme=theme)

        yield shown


def state(section: Locator) -> dict[str, Any]:
    """The latest state, once it is certain that it says what Python would say of it."""
    told = state_told_alike(section, words, table)
    assert told["framing"] == side(told, told["focus"])
    expect(section.locator(".ek-fl-claim")).to_have_text(sentence(told))
    return told


def pick(section: Locator, label: str, key: str) -> None:
    box = section.get_by_label(label, exact=True)
    box.focus()
    box.press(key)


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    section = show(gps(start="2024"))
    assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
    section.get_by_text("In words").click()
    expect(section.locator(".ek-words")).to_contain_text("have 15% more patients per GP than")
    assert watch.troubles() == []


def test_a_flip_is_predicted_then_corrected_and_the_norm_becomes_the_subject(show, page):
    section = show(gps(start="2024"))
    expect(section.locator(".ek-fl-chip")).to_have_text("Told as a disadvantage")
    press(section, "It stays the same")
    expect(section.locator(".ek-fl-verdict")).to_have_text(
        "You predicted that it would stay the same. It was 15% and is 13%. The gap of 322 patients has not moved; "
        "it is now divided by 2,451 patients instead of 2,129 patients."
    )
    expect(section.locator(".ek-fl-chip")).to_have_text("Told as an advantage")
    expect(section.locator(".ek-fl-claim")).to_be_focused()
    told = state(section)
    assert (told["focus"], told["reference"]) == ("least income deprivation", "most income deprivation")
    assert told["predictions"] == {"2024 / ratio / least income deprivation / most income deprivation": "same"}
    expect(section.locator(".ek-fl-who").first).to_have_text("Least income deprivation")
    press(section, "Flip the reference")
    assert state(section)["focus"] == "most income deprivation"
    expect(section.locator(".ek-fl-trail li")).to_have_count(2)


def test_a_difference_is_the_same_from_both_sides(show):
    section = show(gps(start="2024"))
    press(section, "It gets smaller")
    expect(section.locator(".ek-fl-verdict")).to_contain_text("As you predicted.")
    press(section, "Predict it as a difference")
    press(section, "It stays the same")
    expect(section.locator(".ek-fl-verdict")).to_have_text(
        "As you predicted. The difference is 322 patients from either side. Only its direction and its story turn."
    )
    assert state(section)["scale"] == "difference"


def test_flipping_without_predicting_teaches_and_judges_nothing(show):
    section = show(gps(start="2024"))
    press(section, "Flip without predicting")
    expect(section.locator(".ek-fl-verdict")).to_contain_text("It was 15% and is 13%.")
    expect(section.locator(".ek-fl-verdict")).not_to_contain_text("predicted")
    assert list(state(section)["predictions"].values()) == ["shown"]


def test_the_dots_stay_and_the_line_moves(show):
    section = show(gps(start="2024"))
    places = "(all) => all.map((one) => one.style.left)"
    dots = section.locator(".ek-fl-row .ek-fl-dot").evaluate_all(places)
    lines = section.locator(".ek-fl-row .ek-fl-line").evaluate_all(places)
    press(section, "It gets larger")
    assert section.locator(".ek-fl-row .ek-fl-dot").evaluate_all(places) == dots
    moved = section.locator(".ek-fl-row .ek-fl-line").evaluate_all(places)
    assert set(moved) == {dots[0]}
    assert set(lines) == {dots[-1]}


def test_subject_reference_and_figures_are_chosen_by_keyboard(show):
    section = show(gps(start="2024"))
    pick(section, "The sentence is about", "ArrowDown")
    assert state(section)["focus"] == "moderate income deprivation"
    pick(section, "Compared with", "ArrowDown")
    told = state(section)
    assert told["reference"] == "a list of 1,800"
    expect(section.locator(".ek-fl-question")).to_contain_text("somebody set it, and every group may miss it")
    pick(section, "Compared with", "Home")
    pick(section, "Compared with", "ArrowDown")
    told = state(section)
    assert told["reference"] == "moderate income deprivation"
    assert told["focus"] == "most income deprivation", "who becomes the norm gives up being the subject"
    pick(section, "Figures", "ArrowDown")
    told = state(section)
    assert told["series"] == "2018"
    assert told["reference"] == "least income deprivation", "a group without a figure here gives way"


def test_every_choice_of_subject_and_reference_says_what_python_would(show):
    section = show(trials())
    for scale in ("As a difference", "As a percentage"):
        press(section, scale)
        for reference in range(6):
            section.get_by_label("Compared with", exact=True).select_option(index=reference)
            for focus in range(5):
                section.get_by_label("The sentence is about", exact=True).select_option(index=focus)
                state(section)


def test_the_sentence_is_spoken(show):
    section = show(trials(focus="Black", reference="White"))
    press(section, "As a difference")
    expect(section.get_by_role("status")).to_have_text(
        "Black have a share of trial participants 83.8 percentage points lower than White: a disadvantage."
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(gps(start="2024"), theme=theme)
    assert axe(page) == []
    press(section, "It stays the same")
    for summary in ("In words", "As a table"):
        section.get_by_text(summary).click()
    assert axe(page) == []
    section.get_by_label("Compared with", exact=True).select_option("a list of 1,800")
    assert axe(page) == []
    show(trials(reference="their share of the population"), theme=theme)
    assert axe(page) == []
    assert watch.troubles() == []


@pytest.mark.parametrize("build", [gps, trials])
def test_it_fits_a_phone_and_a_thumb(show, page, build):
    page.set_viewport_size(PHONE)
    section = show(build())
    assert wider_than_screen(page) == []
    for control in section.locator("button:visible, select:visible").all():
        assert control.bounding_box()["height"] >= 44, control.inner_text()
    section.get_by_text("As a table").click()
    press(section, "Flip without predicting")
    assert wider_than_screen(page) == []
