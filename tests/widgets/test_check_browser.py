"""The check in a static page: answered by keyboard, met with reasons, the same for everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import Check, check, checks
from tests.browser_support import PHONE, Watch, axe, lay_out, serve, wider_than_screen

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parent / "sample"
QUESTIONS = {question.kind: question for question in checks.read(SAMPLE)}


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page of checks; returns the first, live."""
    with serve(tmp_path) as address:

        def opened(*made: Check, theme: str = "light") -> Locator:
            lay_out(tmp_path, made, theme=theme)
            page.goto(address)
            for one in made:
                section = page.locator(f"#{one.name}")
                section.scroll_into_view_if_needed()
                expect(section.get_by_role("button", name="Check my answer")).to_be_visible()
            return page.locator(f"#{made[0].name}")

        yield opened


def state(section: Locator) -> dict[str, Any]:
    return section.evaluate("(section) => window.states[section.id]")


def enter(section: Locator) -> None:
    """Press the check's button by keyboard."""
    button = section.get_by_role("button", name="Check my answer")
    button.focus()
    button.press("Enter")
    expect(button).to_be_focused()


def spoken(section: Locator) -> Locator:
    return section.get_by_role("status")


def reason(section: Locator, text: str) -> Locator:
    """What the page shows of a reason, apart from what it says to a screen reader."""
    return section.locator(".ek-reason, .ek-model").filter(has_text=text.replace("*", ""))


def test_a_single_choice_is_met_with_the_reason_of_what_was_chosen(show, page, watch: Watch):
    section = show(check("count-or-rate", folder=SAMPLE))
    wrong, right, _ = QUESTIONS["single"].options
    radios = section.get_by_role("radio")
    radios.nth(0).focus()
    page.keyboard.press("Space")
    enter(section)
    expect(reason(section, wrong["feedback"])).to_be_visible()
    expect(reason(section, right["feedback"])).to_have_count(0)
    expect(spoken(section)).to_contain_text(f"Not yet. {wrong['feedback']}")
    expect(radios.nth(0)).to_have_accessible_description(f"Look again. {wrong['feedback']}")
    assert (state(section)["outcome"], state(section)["attempts"]) == ("not yet", 1)

    radios.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(section.get_by_text("Your answer has changed")).to_be_visible()
    enter(section)
    expect(reason(section, right["feedback"])).to_be_visible()
    expect(reason(section, wrong["feedback"])).to_have_count(0)
    expect(section.locator(".ek-verdict")).to_contain_text("Right.")
    assert (state(section)["outcome"], state(section)["response"]) == ("right", right["text"])
    assert state(section)["words"].endswith(f"Answered: {right['text']}. Right. {right['feedback']}")
    assert state(section)["table"][2] == [right["text"], "yes", right["feedback"]]
    assert watch.troubles() == []


def test_several_says_why_of_each_chosen_and_of_each_left_out(show, page):
    section = show(check("what-a-rate-needs", folder=SAMPLE))
    people, events, other = QUESTIONS["several"].options
    boxes = section.get_by_role("checkbox")
    for at in (1, 2):
        boxes.nth(at).focus()
        page.keyboard.press("Space")
    enter(section)
    expect(boxes.nth(0)).to_have_accessible_description(f"Left out. {people['feedback']}")
    expect(boxes.nth(1)).to_have_accessible_description(f"Right. {events['feedback']}")
    expect(boxes.nth(2)).to_have_accessible_description(f"Look again. {other['feedback'].replace('*', '')}")
    assert state(section)["outcome"] == "partly"

    for at in (0, 2):
        boxes.nth(at).focus()
        page.keyboard.press("Space")
    enter(section)
    assert state(section)["outcome"] == "right"
    assert state(section)["response"] == [people["text"], events["text"]]
    expect(boxes.nth(2)).to_have_accessible_description("")


def test_a_number_knows_the_wrong_answers_that_are_expected(show, page):
    section = show(check("rate-of-b", folder=SAMPLE))
    marking = check("rate-of-b", folder=SAMPLE).marking
    box = section.get_by_role("textbox")
    for typed, feedback, outcome in [
        ("20", marking["wrong"][0]["feedback"], "not yet"),
        ("0.01", marking["wrong"][1]["feedback"], "not yet"),
        ("7", marking["otherwise"], "not yet"),
        ("10,0 deaths", marking["right"], "right"),
    ]:
        box.fill(typed)
        box.press("Enter")
        expect(reason(section, feedback)).to_be_visible()
        expect(spoken(section)).to_contain_text(feedback)
        expect(box).to_be_focused()
        assert state(section)["outcome"] == outcome
    assert (state(section)["response"], state(section)["attempts"]) == (10, 4)


def test_a_number_that_cannot_be_read_is_no_attempt(show):
    section = show(check("rate-of-b", folder=SAMPLE))
    box = section.get_by_role("textbox")
    box.fill("ten or so")
    section.get_by_role("button", name="Check my answer").press("Enter")
    line = "“ten or so” does not read as one number of deaths. Write it in digits, such as 12 or 3.5."
    expect(section.locator(".ek-verdict")).to_have_text(line)
    expect(spoken(section)).to_contain_text(line)
    expect(box).to_be_focused()
    expect(box).to_have_accessible_description(line)
    assert state(section) is None  # nothing to keep


READ = [
    ("9.4", "", 9.4),
    ("9,4", "", 9.4),
    ("9·4", "", 9.4),
    (" 9.4 years ", "years", 9.4),
    ("9.4 Years", "years", 9.4),
    ("about 9.4", "years", 9.4),
    ("9.", "", 9),
    (".5", "", 0.5),
    ("1,234", "", 1234),
    ("1 234", "", 1234),
    ("1\u00a0234.5", "", 1234.5),
    ("1,234.5", "", 1234.5),
    ("1.234,5", "", 1234.5),
    ("1,234,567", "", 1234567),
    ("1.234", "", 1.234),
    ("0,125", "", 0.125),
    ("12345", "", 12345),
    ("−3.2", "", -3.2),
    ("- 3", "", -3),
    ("£1,200", "£", 1200),
    ("66%", "%", 66),
    ("66 %", "per cent", 66),
    ("66 per cent", "percentage points", 66),
    ("66%", "", 0.66),
    ("66%", "years", None),
    ("12.5 per 100,000", "per 100,000", 12.5),
    ("12.5 per 100,000", "", 12.5),
    ("2.1 million", "", 2_100_000),
    ("3", "deaths per 1,000 people", 3),
    ("", "", None),
    ("ten", "", None),
    ("9 to 10", "", None),
    ("9-10", "", None),
    ("1/2", "", None),
    ("1.2.3", "", None),
    ("-", "", None),
]


def test_a_number_is_read_as_people_write_it(show, page):
    show(check("rate-of-b", folder=SAMPLE))
    read = page.evaluate(
        """async (entries) => {
          const { readNumber } = await import("/check.js");
          return entries.map(([text, unit]) => readNumber(text, unit));
        }""",
        [[text, unit] for text, unit, _ in READ],
    )
    assert dict(zip(READ, read, strict=True)) == {row: row[2] for row in READ}


def reorder(section: Locator, page: Page, wanted: list[str]) -> None:
    """Bring the items into an order by keyboard: focus a button, press an arrow key."""
    for place, text in enumerate(wanted):
        at = next(n for n, shown in enumerate(section.get_by_role("listitem").all_inner_texts()) if text in shown)
        for _ in range(at - place):
            section.get_by_role("button", name=f"Move up: {text}").focus()
            page.keyboard.press("ArrowUp")


def test_an_order_is_made_with_buttons_and_with_arrow_keys(show, page):
    section = show(check("steps-of-a-rate", folder=SAMPLE))
    marking = QUESTIONS["order"].marking
    items = section.get_by_role("listitem")

    first = check("steps-of-a-rate", folder=SAMPLE).options[0]["text"]
    down = section.get_by_role("button", name=f"Move down: {first}")
    down.focus()
    page.keyboard.press("Enter")
    expect(items.nth(1)).to_contain_text(first)
    expect(down).to_be_focused()
    expect(spoken(section)).to_contain_text(f"{first} is now 2 of 4.")
    page.keyboard.press("ArrowUp")
    expect(items.nth(0)).to_contain_text(first)
    page.keyboard.press("ArrowUp")
    expect(spoken(section)).to_contain_text(f"{first} is first already.")

    reorder(section, page, [marking["wrong"][0]["first"]])
    enter(section)
    expect(reason(section, marking["wrong"][0]["feedback"])).to_be_visible()
    assert state(section)["outcome"] in ("not yet", "partly")

    reorder(section, page, marking["order"])
    enter(section)
    expect(reason(section, marking["right"])).to_be_visible()
    expect(section.get_by_text("✓ In its place")).to_have_count(4)
    assert (state(section)["outcome"], state(section)["response"]) == ("right", marking["order"])


def test_an_order_left_as_it_was_is_asked_about_once(show):
    section = show(check("steps-of-a-rate", folder=SAMPLE))
    enter(section)
    expect(section.locator(".ek-verdict")).to_contain_text("Nothing has moved yet.")
    enter(section)
    assert state(section)["attempts"] == 1


def test_a_text_shows_its_model_answer_only_after_some_words(show, page):
    section = show(check("explain-a-count", folder=SAMPLE))
    marking = QUESTIONS["text"].marking
    area = section.get_by_role("textbox")
    area.fill("Counts.")
    section.get_by_role("button", name="Check my answer").press("Enter")
    expect(section.locator(".ek-verdict")).to_contain_text("Write a sentence or so first")
    expect(reason(section, marking["model"])).to_have_count(0)
    expect(area).to_be_focused()

    answer = "The headline compares counts, and town A is larger."
    area.fill(answer)
    enter(section)
    expect(reason(section, marking["model"])).to_be_visible()
    expect(section.get_by_role("checkbox")).to_have_count(2)
    section.get_by_role("checkbox").nth(1).focus()
    page.keyboard.press("Space")
    found = state(section)
    assert (found["outcome"], found["response"]) == ("self-assessed", answer)
    assert found["ticked"] == [marking["look_for"][1]]
    assert [row[1] for row in found["table"][3:]] == ["not ticked", "ticked"]


def test_a_text_grows_with_what_is_written(show):
    area = show(check("explain-a-count", folder=SAMPLE)).get_by_role("textbox")
    before = area.bounding_box()["height"]
    area.fill("\n".join(f"Line {line}" for line in range(12)))
    assert area.bounding_box()["height"] > before
    assert area.evaluate("(area) => area.scrollHeight <= area.clientHeight + 1")


@pytest.mark.parametrize("kind", ["single", "several", "number", "text"])
def test_an_empty_answer_says_what_to_do_and_takes_the_focus_there(show, kind):
    section = show(Check(QUESTIONS[kind]))
    section.get_by_role("button", name="Check my answer").press("Enter")
    expect(section.locator(".ek-verdict")).to_contain_text("then")
    expect(section.locator("input, textarea").first).to_be_focused()
    assert not section.evaluate("(section) => window.states[section.id]?.attempts ?? 0")


def test_the_answer_is_offered_after_two_attempts_and_then_gives_every_reason(show):
    section = show(check("count-or-rate", folder=SAMPLE))
    offer = section.get_by_role("button", name="Show the answer with its reasons")
    section.get_by_role("radio").nth(0).check()
    enter(section)
    expect(offer).to_be_hidden()
    enter(section)
    offer.focus()
    offer.press("Enter")
    for option in QUESTIONS["single"].options:
        expect(reason(section, option["feedback"])).to_be_visible()
    expect(section.locator(".ek-verdict")).to_be_focused()
    assert state(section)["revealed"] is True
    assert (state(section)["attempts"], state(section)["outcome"]) == (2, "not yet")

    section.get_by_role("radio").nth(1).check()
    enter(section)
    assert (state(section)["revealed"], state(section)["outcome"]) == (False, "right")


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_words_before_an_answer_are_those_that_python_wrote(show, question):
    made = Check(question)
    section = show(made)
    assert state(section) is None  # rendering changed nothing


RESTORED = {
    "single": ("Town A, because more people died there", "not yet", "A count grows"),
    "several": (["How many events there were"], "partly", "That is the denominator"),
    "number": (20, "not yet", "That is the count."),
    "order": (QUESTIONS["order"].marking["order"], "right", "First the rule"),
    "text": ("It compares counts and not rates.", "self-assessed", "It compares counts. Town A"),
}


@pytest.mark.parametrize("kind", RESTORED)
def test_a_state_that_arrives_filled_is_shown_as_it_was_left(show, kind):
    response, outcome, why = RESTORED[kind]
    section = show(Check(QUESTIONS[kind], response=response, attempts=2))
    expect(reason(section, why)).to_be_visible()
    shown = state(section)
    assert (shown["response"], shown["attempts"], shown["outcome"]) == (response, 2, outcome)
    assert "Answered: " in shown["words"]


def test_an_answer_to_options_that_have_since_changed_is_let_go(show):
    section = show(Check(QUESTIONS["single"], response="An option of an earlier edition", attempts=1))
    expect(section.locator(".ek-reason")).to_have_count(0)
    expect(section.get_by_role("radio", checked=True)).to_have_count(0)


def answer_all(page: Page) -> None:
    """Answer the five checks, none of them rightly in all."""
    page.locator("#count-or-rate").get_by_role("radio").nth(0).check()
    for at in (1, 2):
        page.locator("#what-a-rate-needs").get_by_role("checkbox").nth(at).check()
    page.locator("#rate-of-b").get_by_role("textbox").fill("20")
    page.locator("#steps-of-a-rate").get_by_role("button", name="Move down").nth(0).click()
    page.locator("#explain-a-count").get_by_role("textbox").fill("It compares counts and not rates.")
    for _ in range(2):
        for section in page.locator(".ek-interactive").all():
            section.get_by_role("button", name="Check my answer").click()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_all_kinds_are_accessible_and_fit_the_screen_in_every_state(show, page, watch: Watch, theme, size):
    if size == "phone":
        page.set_viewport_size(PHONE)
    show(*map(Check, QUESTIONS.values()), theme=theme)
    assert axe(page) == []
    assert wider_than_screen(page) == []
    answer_all(page)
    assert axe(page) == []
    assert wider_than_screen(page) == []
    offer = page.get_by_role("button", name="Show the answer with its reasons")
    assert offer.count() == 4
    while offer.count():
        offer.first.click()
    assert axe(page) == []
    assert wider_than_screen(page) == []
    assert watch.troubles() == []


def test_everything_to_press_is_large_enough_for_a_finger(show, page):
    page.set_viewport_size(PHONE)
    show(*map(Check, QUESTIONS.values()))
    answer_all(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll(".ek-check :is(button, label:has(input), .ek-entry)")]
          .filter((target) => target.offsetParent)
          .filter((target) => target.getBoundingClientRect().height < 44 || target.getBoundingClientRect().width < 44)
          .map((target) => target.textContent)"""
    )
    assert small == []


def test_without_a_script_the_page_still_has_the_question_and_its_reasons(browser, tmp_path):
    lay_out(tmp_path, map(Check, QUESTIONS.values()))
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    with serve(tmp_path) as address:
        still.goto(address)
        expect(still.get_by_text("Which town has the higher rate?")).to_be_visible()
        expect(still.get_by_text("A count grows")).to_be_hidden()
        still.get_by_text("Answer and reasons").first.click()
        expect(still.get_by_text("A count grows")).to_be_visible()
    context.close()


def test_controls_keep_their_keys_from_jupyterlab(show, page):
    # JupyterLab takes arrows and letters from what has the focus, unless that very element says otherwise.
    show(*map(Check, QUESTIONS.values()))
    answer_all(page)
    taken = page.evaluate(
        """() => [...document.querySelectorAll(".ek-check :is(button, input, textarea, [tabindex])")]
          .filter((control) => !control.hasAttribute("data-lm-suppress-shortcuts"))
          .map((control) => control.outerHTML)"""
    )
    assert taken == []
