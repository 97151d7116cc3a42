"""The audience switch in a static page: predict, see what was dropped, write a version that stays in the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import AudienceSwitch
from equitykit.widgets.audience_words import CHECKLIST, table, words
from equitykit.widgets.modules import source, styles
from tests.browser_support import PHONE, Watch, axe, press, stage, state_told_alike, wider_than_screen
from tests.widgets.test_audience import FACTS, switch
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER

pytestmark = pytest.mark.browser

LOOK = """async ([text, spec]) => {
  const { looked } = await import("./audience-checklist.js");
  return looked(text, spec.finding.keep, spec.signs);
}"""


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one switch; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(made: AudienceSwitch | None = None, *, theme: str = "light") -> Locator:
            return opened(made or switch(), ".ek-au-card", theme=theme)

        yield shown


def state(section: Locator) -> dict[str, Any]:
    return state_told_alike(section, words, table)


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    section = show()
    assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
    expect(section.get_by_text("What this version keeps, changes and loses")).to_be_hidden()
    assert watch.troubles() == []


def test_a_reader_is_predicted_for_then_corrected_and_the_version_is_shown(show):
    section = show()
    press(section, "The academic version")
    answer = section.get_by_role("group", name="The answer")
    expect(answer).to_be_focused()
    expect(answer).to_contain_text("You said: The academic version. It says how sure the figure is")
    expect(answer).to_contain_text("The answer: The practitioner version. It says where to begin and why.")
    expect(section.locator(".ek-au-headline")).to_have_text("Inspect the poorest streets first")
    told = state(section)
    assert (told["version"], told["answers"]) == ("practitioner", {"deciding": 0})
    press(section, "The next reader")
    press(section, "The community version")
    expect(answer).to_contain_text("Yes: The community version. It names who decides and what to ask.")
    expect(section.get_by_role("button", name="The next reader")).to_have_count(0)


def test_what_was_dropped_is_asked_then_told_and_the_kept_words_are_marked(show):
    section = show()
    expect(section.locator(".ek-au-card mark")).to_have_count(0)
    press(section, "The landlords")
    expect(section.get_by_role("group", name="The answer")).to_contain_text(
        "Yes: The landlords. Areas cannot repair a roof."
    )
    expect(section.locator(".ek-au-card mark")).to_have_text(["38%", "34 to 42", "Constructed Survey, 2024"])
    expect(section.locator(".ek-au-kept li")).to_contain_text(
        ["Number: kept, as 38%", "Uncertainty: kept, as 34 to 42", "Source: kept", "Structure: dropped"]
    )
    assert state(section)["answers"] == {FACTS["academic"]: 1}


def test_the_answer_may_be_asked_for_and_nothing_is_judged(show):
    section = show()
    section.get_by_role("button", name="Show me without predicting").nth(1).press("Enter")
    answer = section.get_by_role("group", name="The answer")
    expect(answer).to_contain_text("The answer: The landlords.")
    expect(answer).not_to_contain_text("You said")
    assert state(section)["answers"] == {FACTS["academic"]: -1}


def test_the_icons_are_as_many_as_the_number_and_have_a_name(show):
    section = show(switch(version="practitioner"))
    expect(section.get_by_role("img", name="38 of 100 people marked: poorest streets")).to_be_visible()
    drawings = section.locator(".ek-au-people svg")
    assert [one.locator(".ek-au-is").count() for one in drawings.all()] == [38, 12]
    assert [one.locator("path").count() for one in drawings.all()] == [100, 100]


def test_a_version_of_ones_own_is_helped_and_never_leaves_the_page(show, page, watch: Watch):
    section = show()
    press(section, "Your own")
    box = section.get_by_label("What you tell them")
    box.fill("Homes were left damp.")
    points = section.locator(".ek-au-points li")
    expect(points.nth(0)).to_contain_text("Without a number, nobody can tell a large gap from a small one.")
    expect(points.nth(3)).to_contain_text("It says who acts: perhaps“were left”: by whom?")
    box.fill("About 38 of 100 homes are damp, because the council does not inspect landlords. Ask it to.")
    expect(points.nth(0)).to_contain_text("“38”: there.")
    expect(points.nth(1)).to_contain_text("“About” says that it is not exact.")
    expect(points.nth(3)).to_contain_text("“the council”, “landlords”: named.")
    expect(points.nth(4)).to_contain_text("The figures are from: Constructed Survey, 2024.")
    told = state(section)
    assert told["marks"] == {
        "number": "yes",
        "uncertainty": "part",
        "structure": "yes",
        "agent": "yes",
        "source": "no",
        "action": "yes",
    }
    assert "inspect landlords. Ask" not in str(told), "what was written is in no state"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert watch.troubles() == []


def test_a_draft_may_begin_from_a_version_and_outlives_a_look_at_another(show):
    section = show()
    press(section, "Your own")
    section.locator(".ek-au-own").get_by_role("button", name="Community").press("Enter")
    box = section.get_by_label("What you tell them")
    expect(box).to_be_focused()
    expect(box).to_have_value("The council does not inspect landlords here. You can ask it to.")
    expect(section.get_by_label("Who will read it?")).to_have_value("tenants")
    press(section, "Academic")
    press(section, "Your own")
    expect(box).to_have_value("The council does not inspect landlords here. You can ask it to.")


def test_the_checklist_sees_a_number_where_and_only_where_it_is(show, page):
    show()
    spec = switch().spec

    @settings(deadline=None, max_examples=60)
    @given(
        before=st.text("abc, .", max_size=12),
        number=st.one_of(st.just(38), st.integers(0, 4000)),
        after=st.text("xyz, .", max_size=12),
    )
    def seen(before: str, number: int, after: str) -> None:
        found = page.evaluate(LOOK, [f"{before} {number} {after}", spec])
        assert set(found) == set(CHECKLIST)
        assert found["number"][0] == ("yes" if number == 38 else "part")
        assert found["uncertainty"][0] == "no"
        none = page.evaluate(LOOK, [f"{before} {after}", spec])
        assert none["number"][0] == "no"

    seen()


@pytest.mark.parametrize(
    ("text", "point", "wanted"),
    [
        ("38% (34 to 42)", "uncertainty", "yes"),
        ("38%, at least 34", "uncertainty", "part"),
        ("Twelve of 100 homes: 12 of 100", "number", "part"),
        ("Landlords do not repair roofs", "structure", "yes"),
        ("Tenants are careless", "structure", "no"),
        ("Tenants were denied repairs", "agent", "part"),
        ("Tenants were denied repairs by the council", "agent", "yes"),
        ("A Constructed Survey says so", "source", "yes"),
        ("You can sign the petition", "action", "yes"),
        ("It is bad", "action", "no"),
    ],
)
def test_each_point_is_seen_by_its_words(show, page, text, point, wanted):
    show()
    assert page.evaluate(LOOK, [text, switch().spec])[point][0] == wanted


def test_every_state_set_from_a_cell_is_told_as_python_tells_it_and_nothing_listens_after(page):
    made = switch()
    page.set_content(f"<style>{styles('audience')}</style><main></main>")
    page.evaluate(RENDER, [source("audience"), made.state()])
    answered = [{}, {"deciding": 2}, {FACTS["academic"]: 0}, dict.fromkeys(FACTS.values(), -1)]
    for version, answers, marks in product(
        ("practitioner", "community", "own", "academic"), answered, ({}, {"source": "part"})
    ):
        made.version, made.answers, made.marks = version, answers, marks
        page.evaluate("(values) => window.fromPython(values)", {"version": version, "answers": answers, "marks": marks})
        saved = page.evaluate("window.saved")
        assert (saved["words"], saved["table"]) == (made.words, made.table)
    expect(page.locator(".ek-stage.ek-audience")).to_be_visible()
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(theme=theme)
    assert axe(page) == []
    press(section, "The academic version")
    assert axe(page) == []
    press(section, "How sure it is")
    for summary in section.locator("summary").all():
        summary.click()
    assert axe(page) == []
    press(section, "Community")
    assert axe(page) == []
    press(section, "Your own")
    section.get_by_label("What you tell them").fill("Homes were left damp.")
    assert axe(page) == []
    assert watch.troubles() == []


def test_it_fits_a_phone_and_a_thumb(show, page):
    page.set_viewport_size(PHONE)
    section = show()
    for name in ("Academic", "Practitioner", "Community", "Your own"):
        press(section, name)
        assert wider_than_screen(page) == []
        for control in section.locator("button:visible, input:visible, textarea:visible").all():
            assert control.bounding_box()["height"] >= 44, control.inner_text()
    for summary in section.locator("summary").all():
        summary.click()
    assert wider_than_screen(page) == []
