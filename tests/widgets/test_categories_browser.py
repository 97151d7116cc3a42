"""The category explorer in a page: predict, split, move, by keyboard, on a phone, and with a kernel behind it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import CategoryExplorer
from equitykit.widgets.categories_figures import KEYS
from equitykit.widgets.categories_groups import PRESETS, moved, preset
from equitykit.widgets.categories_words import hidden, table, words
from equitykit.widgets.modules import source, styles
from tests.browser_support import PHONE, Watch, axe, press, stage, state_told_alike, wider_than_screen
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER, from_python

pytestmark = pytest.mark.browser


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one explorer; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(*, theme: str = "light", **arguments: Any) -> Locator:
            return opened(CategoryExplorer("explorer", **arguments), ".ek-ca-row", theme=theme)

        yield shown


def state(section: Locator) -> dict[str, Any]:
    return state_told_alike(section, words, table)


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    section = show()
    assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
    expect(section.locator(".ek-ca-row")).to_have_count(5)
    expect(section.locator(".ek-ca-chart .ek-ca-tick")).to_have_count(0)
    assert watch.troubles() == []


def test_a_prediction_is_recorded_then_corrected(show):
    section = show()
    press(section, "Asian")
    expect(section.locator(".ek-ca-verdict")).to_contain_text(
        "You predicted Asian. The widest spread is inside White: 14% (White Irish) to 44% (Gypsy or Irish Traveller)"
    )
    expect(section.locator(".ek-ca-question")).to_be_focused()
    assert state(section)["predictions"] == {"social renting / 5": "Asian"}
    expect(section.locator(".ek-ca-chart .ek-ca-tick")).to_have_count(10)


def test_a_right_prediction_is_said_to_be_right(show):
    section = show()
    press(section, "White")
    expect(section.locator(".ek-ca-verdict strong")).to_have_text("As you predicted. ")


def test_a_group_is_split_and_collapsed_and_the_focus_stays_near(show):
    section = show()
    press(section, "Split Asian")
    told = state(section)
    assert told["grouping"] == "own"
    assert len(told["table"]) == 10
    expect(section.get_by_role("button", name="Collapse Asian")).to_be_focused()
    press(section, "Collapse Asian")
    assert state(section)["grouping"] == "5"
    expect(section.get_by_role("button", name="Split Asian")).to_be_focused()


def test_a_category_is_moved_where_the_reader_wants_it(show):
    section = show()
    press(section, "19, as asked")
    section.get_by_label("Move a category").select_option("Roma")
    section.get_by_label("into", exact=True).select_option(label="Gypsy or Irish Traveller")
    press(section, "Move it")
    told = state(section)
    assert "Gypsy or Irish Traveller and Roma" in [row[0] for row in told["table"]]
    expect(section.locator(".ek-ca-own")).to_be_visible()
    expect(section.locator(".ek-ca-board")).to_have_count(5)
    section.get_by_label("into", exact=True).select_option(label="a group of its own")
    press(section, "Move it")
    assert state(section)["grouping"] == "19"


def test_the_local_service_follows_its_controls(show):
    section = show(grouping="19")
    section.get_by_label("People it sees").select_option("200")
    section.get_by_label("Hide a count of").select_option("9")
    section.get_by_label("Without a stated group").select_option("47")
    section.get_by_label("A service in").select_option("Hartlepool")
    told = state(section)
    assert told["table"][0][-1] == "Service in Hartlepool, scaled"
    assert "in Hartlepool sees 200 people, and 47% of them" in told["words"]


def test_the_change_is_spoken(show):
    section = show()
    press(section, "Black")
    expect(section.get_by_role("status")).to_contain_text("You predicted Black.")
    press(section, "2 groups")
    expect(section.get_by_role("status")).to_contain_text("19 categories told as 2.")


def test_page_and_python_tell_every_view_and_many_own_groupings_alike(show):
    section = show()
    chance = random.Random(19)
    states = []
    for key in KEYS:
        for grouping in PRESETS:
            made = CategoryExplorer(figure=key, grouping=grouping)
            states += [made.state(), {**made.state(), "predictions": {f"{key} / {grouping}": "White"}}]
    made = CategoryExplorer()
    names = [one["name"] for one in made.categories]
    for _ in range(40):
        assigned = preset(chance.choice(PRESETS), made.categories)
        for _ in range(6):
            target = chance.choice(["", *assigned])
            assigned = moved(assigned, chance.choice(names), target, made.categories)
        state_ = {**made.state(), "figure": chance.choice(KEYS), "area": chance.choice(list(made.counts))}
        made.assigned = assigned
        states.append(
            {**state_, "assigned": assigned, "grouping": made.grouping, "service": chance.choice([200, 5000])}
        )
    told = section.evaluate(
        """async (section, states) => {
          const { wordsOf, rowsOf, keyOf } = await import("./categories-model.js");
          return states.map((state) => [wordsOf(state), rowsOf(state), keyOf(state.assigned, state.categories)]);
        }""",
        states,
    )
    for one, (said, rows, key) in zip(states, told, strict=True):
        assert said == words(one)
        assert rows == table(one)
        assert key == one["grouping"]


def test_suppression_is_that_of_the_kit(show):
    section = show()
    chance = random.Random(5)
    cases = [
        [[chance.choice([0, 0, 1, 2, 3, 5, 8, 12, 40]) for _ in range(chance.randint(1, 19))], chance.choice([4, 7, 9])]
        for _ in range(150)
    ]
    told = section.evaluate(
        """async (section, cases) => {
          const { hiddenOf } = await import("./categories-model.js");
          return cases.map(([counts, upTo]) => hiddenOf(counts, upTo));
        }""",
        cases,
    )
    assert told == [hidden(counts, up_to) for counts, up_to in cases]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(theme=theme)
    assert axe(page) == []
    press(section, "Asian")
    press(section, "Split White")
    for summary in ("In words", "As a table"):
        section.get_by_text(summary).click()
    assert axe(page) == []
    section.get_by_label("Figure").select_option("deaths with COVID-19")
    press(section, "19, as asked")
    assert axe(page) == []
    assert watch.troubles() == []


def test_it_fits_a_phone_and_a_thumb(show, page):
    page.set_viewport_size(PHONE)
    section = show()
    for step in ("Black", "Split Mixed", "19, as asked"):
        press(section, step)
        assert wider_than_screen(page) == []
        for control in section.locator("button:visible, select:visible").all():
            assert control.bounding_box()["height"] >= 44, control.inner_text()
    section.get_by_text("As a table").click()
    assert wider_than_screen(page) == []


def test_it_shows_what_a_cell_sets_and_leaves_nothing_behind(page):
    made = CategoryExplorer()
    page.set_content(f"<style>{styles('categories')}</style><main></main>")
    page.evaluate(RENDER, [source(made.module), made.state()])
    from_python(page, made, grouping="2")
    expect(page.locator(".ek-ca-row")).to_have_count(2)
    from_python(page, made, area="Slough")
    saved = page.evaluate("window.saved")
    assert (saved["words"], saved["table"]) == (made.words, made.table)
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
