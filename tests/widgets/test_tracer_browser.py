"""The cause tracer in a static page: every control by keyboard, and words and table that keep up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import CauseTracer
from equitykit.widgets.tracer import explanation, table, words
from tests.browser_support import PHONE, Watch, axe, press, stage, state_told_alike, wider_than_screen

pytestmark = pytest.mark.browser

SMOKE = Path(__file__).parent / "tracer_smoke_free.yml"
BY_WORK = ["admissions", "smoke-in-the-blood", "working-in-smoke", "charter", "no-law"]
BY_COMPANY = ["admissions", "smoke-in-the-blood", "home-and-company", "no-law"]


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one tracer; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(*, theme: str = "light", **arguments: Any) -> Locator:
            return opened(CauseTracer(SMOKE, name="tracer", **arguments), ".ek-tr-label", theme=theme)

        yield shown


def state(section: Locator) -> dict[str, Any]:
    return state_told_alike(section, words, table)


def ask(section: Locator, to: str) -> None:
    """Ask the question that leads to a node, by keyboard."""
    way = section.locator(f'.ek-tr-way[data-to="{to}"]')
    way.focus()
    way.press("Enter")


def walk(section: Locator, path: list[str]) -> None:
    for to in path:
        ask(section, to)


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    section = show(path=BY_WORK[:3])
    assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
    expect(section.locator(".ek-tr-card")).to_have_count(3)
    assert watch.troubles() == []


def test_a_wrong_guess_is_corrected_and_a_right_one_confirmed(show):
    section = show()
    feedback = section.locator(".ek-tr-feedback")
    expect(feedback).to_have_count(0)
    press(section, "Nobody: nature or chance")
    expect(feedback).to_contain_text("Not quite. It holds the person responsible. Bad luck would not have changed")
    expect(section.get_by_role("button", name="Nobody: nature or chance")).to_be_focused()
    assert state(section)["guesses"] == {"admissions": "nobody"}
    press(section, "The person")
    expect(feedback).to_contain_text("Yes. It holds the person responsible.")
    told = state(section)
    assert told["guesses"] == {"admissions": "person"}
    assert told["table"][1][3] == "the person"


def test_asking_why_builds_the_trail_and_the_explanation(show):
    section = show()
    walk(section, BY_WORK[1:])
    told = state(section)
    assert told["path"] == BY_WORK
    assert [row[3] for row in told["table"][1:]] == [
        "the person",
        "the person",
        "the community",
        "an institution",
        "guess first",
    ]
    expect(section.locator(".ek-tr-card")).to_have_count(5)
    expect(section.locator(".ek-tr-line-walked")).to_have_count(4)
    expect(section.locator(".ek-tr-sentence")).to_have_text(explanation(told["spec"], BY_WORK))
    expect(section.get_by_text("You have come to where somebody decides.")).to_be_visible()


def test_a_step_says_how_it_leads_to_the_one_before(show):
    section = show()
    ask(section, "smoke-in-the-blood")
    expect(section.locator(".ek-tr-how")).to_contain_text("Tobacco smoke makes a heart attack more likely")


def test_going_back_by_button_and_by_the_trail(show):
    section = show()
    walk(section, BY_WORK[1:4])
    press(section, "Back one step")
    assert state(section)["path"] == BY_WORK[:3]
    card = section.locator('.ek-tr-card[data-node="smoke-in-the-blood"]')
    card.focus()
    card.press("Enter")
    assert state(section)["path"] == BY_WORK[:2]
    press(section, "Back to the outcome")
    assert state(section)["path"] == BY_WORK[:1]
    expect(section.locator(".ek-tr-explanation")).to_be_hidden()


def test_two_trails_stand_side_by_side(show):
    section = show()
    walk(section, BY_WORK[1:])
    press(section, "Keep this trail and walk another")
    told = state(section)
    assert told["kept"] == BY_WORK
    assert told["path"] == BY_WORK[:2], "the next trail starts where the ways part"
    expect(section.locator('.ek-tr-way[data-to="working-in-smoke"]')).to_contain_text("on the trail you kept")
    walk(section, BY_COMPANY[2:])
    compared = section.locator(".ek-tr-compare")
    expect(compared).to_contain_text("They part after “Other people’s smoke in the blood”")
    expect(compared).to_contain_text("one decision, by two routes")
    expect(compared.get_by_role("listitem")).to_have_count(9)
    assert "The trail kept to compare:" in state(section)["words"]
    press(section, "Put the kept trail away")
    assert state(section)["kept"] == []
    expect(compared).to_be_hidden()


def test_the_explanation_can_be_copied_with_its_sources(show, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    section = show()
    walk(section, BY_COMPANY[1:])
    press(section, "Copy with sources")
    expect(section.get_by_role("status")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(explanation(state(section)["spec"], BY_COMPANY))
    assert copied.count("https://") == 4


def test_a_step_is_spoken_and_takes_the_readers_place_with_it(show, page):
    section = show()
    ask(section, "smoke-in-the-blood")
    expect(section.get_by_role("status")).to_have_text("Step 2, body and exposure: Other people’s smoke in the blood")
    expect(section.locator(".ek-tr-label")).to_be_focused()
    expect(section.locator(".ek-tr-label")).to_be_in_viewport()


def test_each_trail_through_the_content_can_be_walked(show):
    section = show()
    spec = CauseTracer(SMOKE, name="t").spec
    links = {node["id"]: [link["to"] for link in node["links"]] for node in spec["nodes"]}
    trails, open_ones = [], [[spec["start"]]]
    while open_ones:
        path = open_ones.pop()
        following = links[path[-1]]
        open_ones += [[*path, to] for to in following]
        trails += [] if following else [path]
    assert sorted(trails) == sorted([BY_WORK, BY_COMPANY])
    for path in trails:
        walk(section, path[1:])
        assert state(section)["path"] == path
        press(section, "Back to the outcome")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(theme=theme)
    assert axe(page) == []
    press(section, "Nobody: nature or chance")
    ask(section, "smoke-in-the-blood")
    press(section, "The person")
    for summary in ("In words", "As a table"):
        section.get_by_text(summary).click()
    assert axe(page) == []
    walk(section, BY_WORK[2:])
    press(section, "Keep this trail and walk another")
    walk(section, BY_COMPANY[2:])
    assert axe(page) == []
    assert watch.troubles() == []


def test_it_fits_a_phone_and_a_thumb(show, page):
    page.set_viewport_size(PHONE)
    section = show(path=BY_WORK)
    assert wider_than_screen(page) == []
    for control in section.locator("button:visible").all():
        assert control.bounding_box()["height"] >= 44, control.inner_text()
    press(section, "Keep this trail and walk another")
    walk(section, BY_COMPANY[2:])
    section.get_by_text("As a table").click()
    assert wider_than_screen(page) == []
    expect(section.locator(".ek-tr-line-walked")).to_have_count(3)
