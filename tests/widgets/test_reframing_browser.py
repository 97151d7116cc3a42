"""The reframing studio in a static page: guess, see, put in, undo; words and rows that say what Python would say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import ReframingStudio
from equitykit.widgets.reframing import EXAMPLES
from equitykit.widgets.reframing_words import table, words
from tests.browser_support import PHONE, Watch, axe, press, stage, state_told_alike, wider_than_screen

pytestmark = pytest.mark.browser
HARD = next(number for number, one in enumerate(EXAMPLES) if one["text"].startswith("Hard-to-reach"))


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one studio; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(made: ReframingStudio, *, theme: str = "light") -> Locator:
            return opened(made, ".ek-rf-select", theme=theme)

        yield shown


def state(section: Locator) -> dict[str, Any]:
    return state_told_alike(section, words, table)


def own_text(section: Locator, text: str) -> None:
    section.get_by_label("Or write or paste your own").fill(text)
    press(section, "Read this text")


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    section = show(ReframingStudio())
    assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
    expect(section.locator(".ek-rf-mark")).to_have_count(2)
    expect(section.locator(".ek-rf-detail")).to_contain_text("It defines people by what they are not")
    assert watch.troubles() == []


def test_a_guess_is_answered_with_the_marks(show):
    section = show(ReframingStudio(start=HARD, stage="guess"))
    expect(section.locator(".ek-rf-mark")).to_have_count(0)
    press(section, "Hard-to-reach")
    press(section, "because")
    assert state(section)["guesses"] == [0, 5]
    press(section, "Show what is marked")
    expect(section.locator(".ek-rf-verdict")).to_have_text(
        "Your guess met 1 of 4 marked places. You passed over “fail to”, “poor lifestyle choices”, "
        "“lack of awareness”. You also pressed “because”, which the vocabulary does not mark. "
        "You may see what it does not."
    )
    expect(section.locator(".ek-rf-mark")).to_have_count(4)
    assert state(section)["focus"] == 0


def test_words_are_reached_with_the_arrow_keys_and_one_tab_stop(show, page):
    section = show(ReframingStudio(start=HARD, stage="guess"))
    words_of_it = section.locator(".ek-rf-word")
    words_of_it.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    assert state(section)["guesses"] == [1]
    page.keyboard.press("End")
    expect(words_of_it.last).to_be_focused()
    assert section.locator('.ek-rf-word[tabindex="0"]').count() == 1


def test_an_alternative_is_put_in_with_one_press_and_taken_back(show):
    section = show(ReframingStudio(start=HARD))
    draft = section.get_by_label("Your rewrite")
    press(section, "Patients that [service] has not reached")
    expect(draft).to_have_value(
        "Patients that [service] has not reached fail to attend because of poor lifestyle choices and a lack of "
        "awareness."
    )
    expect(section.locator(".ek-rf-left")).to_contain_text("For you to fill in: [service].")
    expect(section.get_by_role("button", name="Patients under-served by [service]")).to_be_disabled()
    told = state(section)
    assert told["history"] == [told["text"]]
    press(section, "Undo")
    expect(draft).to_have_value(told["text"])
    assert state(section)["history"] == []


def test_each_mark_says_why_asks_and_offers(show):
    section = show(ReframingStudio(start=HARD))
    for number in (3, 2, 1, 0):
        section.locator(".ek-rf-mark").nth(number).press("Enter")
        reason = state(section)["table"][number + 1][2]
        expect(section.locator(".ek-rf-detail")).to_contain_text(reason)
        expect(section.locator(".ek-rf-mark").nth(number)).to_have_attribute("aria-pressed", "true")
        expect(section.locator(".ek-rf-put").first).to_be_visible()
        expect(section.get_by_role("status")).to_contain_text(reason)


def test_the_rewrite_is_read_as_it_is_written(show):
    section = show(ReframingStudio(start=HARD))
    section.get_by_label("Your rewrite").fill("The clinic offered no appointment after five o'clock.")
    expect(section.locator(".ek-rf-left")).to_have_text("Nothing is marked in your rewrite.")
    state(section)
    press(section, "Start again")
    assert state(section)["draft"] == EXAMPLES[HARD]["text"]


@pytest.mark.parametrize(
    "text",
    [
        "Vulnerable groups refuse to engage.",
        "The phrase 'hard to reach' blames people.",
        "😀 The “hard‑to‑reach”, they say; the poor\u00a0are ‘non-compliant’.\n\nThe elderly fail to attend. 👍🏽",
        " ".join(["BAME communities lack awareness of screening."] * 15),
        "a" * 3000,
    ],
    ids=["plain", "mention", "signs", "long", "one word"],
)
def test_a_text_of_ones_own_is_read_as_python_reads_it(show, text):
    section = show(ReframingStudio())
    own_text(section, text)
    told = state(section)
    assert (told["chosen"], told["text"]) == (-1, text)
    if told["stage"] == "guess":
        press(section, "Show without guessing")
    assert state(section)["stage"] == "seen"


def test_nothing_leaves_the_browser_and_it_says_so(show, page, watch: Watch):
    section = show(ReframingStudio())
    expect(section.get_by_text("Nothing that you write here leaves your browser.")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    own_text(section, "These people do not understand.")
    press(section, "Show without guessing")
    assert asked == []
    assert watch.troubles() == []


def test_what_a_reader_writes_is_text_and_never_markup(show, page):
    section = show(ReframingStudio())
    own_text(section, 'The poor <img src=x onerror="window.broken = true"> lack skills.')
    press(section, "Show without guessing")
    assert section.locator("img").count() == 0
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(ReframingStudio(), theme=theme)
    assert axe(page) == []
    section.get_by_label("Choose a text").select_option(index=HARD)
    press(section, "fail")
    assert axe(page) == []
    press(section, "Show what is marked")
    section.locator(".ek-rf-put").first.click()
    for summary in ("In words", "As a table"):
        section.get_by_text(summary).click()
    assert axe(page) == []
    assert watch.troubles() == []


def test_it_fits_a_phone_and_a_thumb(show, page):
    page.set_viewport_size(PHONE)
    section = show(ReframingStudio(start=HARD, stage="guess"))
    assert wider_than_screen(page) == []
    for control in section.locator("button:visible, select:visible, textarea:visible").all():
        assert control.bounding_box()["height"] >= 44, control.inner_text()
    press(section, "Show without guessing")
    for control in section.locator("button:visible, select:visible, textarea:visible").all():
        assert control.bounding_box()["height"] >= 44, control.inner_text()
    section.get_by_text("As a table").click()
    assert wider_than_screen(page) == []
