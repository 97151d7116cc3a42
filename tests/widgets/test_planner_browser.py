"""The involvement planner in a page: sums equal to Python's, a guess, a plan of one's own, and what leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import InvolvementPlanner
from equitykit.widgets.base import source, styles
from equitykit.widgets.planner_rules import RULES, missing
from equitykit.widgets.planner_sums import cost_lines, load, meeting_share, rest, total
from equitykit.widgets.planner_words import cost_table, load_table, load_words, paragraph, table, words
from tests.browser_support import PHONE, Watch, axe, lay_out, serve, wider_than_screen
from tests.widgets.test_planner import MEETING, PANEL, some_plans
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER

pytestmark = pytest.mark.browser


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one planner; returns its section, live."""
    with serve(tmp_path) as address:
        visits = count()

        def opened(*, theme: str = "light", **arguments: Any) -> Locator:
            lay_out(tmp_path, [InvolvementPlanner(**{"name": "planner", **arguments})], theme=theme)
            page.goto(f"{address}?{next(visits)}")  # never what the browser remembers of the page before
            section = page.locator("#planner")
            expect(section.locator(".ek-planner")).to_be_visible()
            return section

        yield opened


def own(show: Callable[..., Locator], **more: Any) -> Locator:
    """A small plan of the reader's own, with the form's parts open."""
    section = show(parts=["plan"], partners=[PANEL], activities=[MEETING], **more)
    for part in section.locator(".ek-pn-part > summary").all():
        part.click()
    return section


def state(section: Locator) -> dict[str, Any]:
    """The latest state, once it is certain that it says what Python would say of it."""
    told = section.evaluate("(section) => window.states[section.id]")
    assert told["words"] == words(told)
    assert told["table"] == table(told)
    return told


def press(place: Locator, name: str) -> None:
    button = place.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def card(section: Locator, name: str) -> Locator:
    """A card of the form, open."""
    found = section.locator(".ek-pn-card").filter(has=section.page.locator("summary", has_text=name)).first
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def write(place: Locator, label: str, text: str) -> None:
    box = place.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Tab")


# ---- the page and Python


def test_the_pages_sums_and_words_are_pythons(show, page):
    show()
    plans = some_plans()
    everything = page.evaluate(
        """async ([plans, rules]) => {
          const sums = await import("./planner-model.js");
          const said = await import("./planner-words.js");
          return plans.map((plan) => {
            const lines = sums.costLines(plan);
            const load = sums.load(plan);
            return {
              lines, load, totals: ["takes", "budgeted"].map((what) => sums.total(lines, what)),
              rest: ["partners", "staff", "nobody"].map((who) => sums.rest(lines, who)),
              share: sums.meetingShare(lines),
              missing: sums.missing(plan, rules).map((one) => one.id), costs: said.costTable(lines),
              hours: said.loadTable(plan), told: load.map(said.loadWords), paragraph: said.paragraph(plan),
            };
          });
        }""",
        [plans, RULES],
    )

    def near(value: Any) -> Any:
        return pytest.approx(value, rel=1e-9, abs=1e-9)

    for plan, found in zip(plans, everything, strict=True):
        lines = cost_lines(plan)
        for one, other in zip(found["lines"], lines, strict=True):
            assert [one[key] for key in ("line", "about", "kind", "unit", "carried")] == [
                other[key] for key in ("line", "about", "kind", "unit", "carried")
            ]
            for key in ("quantity", "takes", "budgeted"):
                assert one[key] == near(other[key])
        assert found["totals"] == [near(total(lines, what)) for what in ("takes", "budgeted")]
        assert found["rest"] == [near(rest(lines, who)) for who in ("partners", "staff", "nobody")]
        assert found["share"] == near(meeting_share(lines))
        for one, other in zip(found["load"], load(plan), strict=True):
            for key in ("months", "unpaid", "fee"):
                assert one[key] == near(other[key])
        assert found["missing"] == [one["id"] for one in missing(plan)]
        assert found["costs"] == cost_table(lines)
        assert found["hours"] == load_table(plan)
        assert found["told"] == [load_words(one) for one in load(plan)]
        assert found["paragraph"] == paragraph(plan)


def test_the_page_takes_every_plan_that_python_takes(show, page):
    show()
    limits = InvolvementPlanner(name="planner").limits
    plans = some_plans()
    found = page.evaluate(
        """async ([plans, limits]) => {
          const { checkedPlan } = await import("./planner-check.js");
          return plans.map((plan) => checkedPlan(plan, limits));
        }""",
        [plans, limits],
    )
    assert found == plans


# ---- the guess


def test_a_guess_is_corrected(show, page, watch: Watch):
    section = show()
    expect(section.locator(".ek-pn-takes")).to_be_hidden()
    section.get_by_label("How much of all that the work takes do the fees for meetings cover?").fill("60")
    section.get_by_label("How many hours does each person of “Panel” give unpaid").fill("12")
    press(section, "See what it takes")
    made = InvolvementPlanner(name="planner")
    verdict = section.locator(".ek-pn-verdict")
    expect(verdict).to_be_focused()
    expect(verdict).to_contain_text("You guessed 60%.")
    expect(verdict).to_contain_text(f"Fees for meetings are {made.meeting_share():.0f}% of what it takes")
    unpaid = made.hours().set_index("partners").loc["Panel", "unpaid_hours"]
    expect(verdict).to_contain_text(f"You guessed 12 hours. Each person of “Panel” gives {unpaid:g} hours unpaid")
    expect(section.locator(".ek-pn-takes")).to_be_visible()
    assert state(section)["guess"] == {"share": 60, "hours": 12}
    assert watch.troubles() == []


def test_the_bar_can_be_dragged(show, page):
    section = show()
    box = section.locator(".ek-pn-whole").bounding_box()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 10)
    page.mouse.up()
    expect(section.get_by_label("How much of all that")).to_have_value("25")


def test_it_can_be_shown_without_a_guess(show):
    section = show()
    press(section, "Show it without a guess")
    assert state(section)["guess"] == {"shown": True}
    expect(section.locator(".ek-pn-verdict")).not_to_contain_text("guessed")


# ---- the plan


def test_hours_and_prices_change_what_it_takes_and_who_carries_it(show):
    section = own(show)
    activity = card(section, "Meeting")
    expect(activity.locator("summary")).to_contain_text("£5,760")
    write(activity, "Preparation", "2")
    expect(activity.locator("summary")).to_contain_text("£7,200")
    activity.get_by_label("preparation", exact=True).check()
    told = state(section)
    assert told["plan"]["activities"][0]["paid"] == ["meeting", "preparation"]
    assert "No preparation time paid" not in section.locator(".ek-pn-lacks").inner_text()
    write(activity, "Highest, £", "40")
    expect(activity.locator("summary")).to_contain_text("£7,200 (£7,200 to £9,600)")
    state(section)


def test_a_published_fee_brings_source_and_unit_and_ones_own_replaces_it(show):
    section = own(show)
    activity = card(section, "Meeting")
    activity.get_by_label("Fee", exact=True).select_option("nice-half-day")
    (one,) = state(section)["plan"]["activities"]
    assert (one["likely"], one["per"]) == (75, "time")
    assert one["source"].startswith("NICE")
    write(activity, "Likely, £", "80")
    (one,) = state(section)["plan"]["activities"]
    assert [one[key] for key in ("low", "likely", "high", "source")] == [80, 80, 80, ""]
    expect(activity.get_by_label("Fee", exact=True)).to_have_value("")


def test_what_they_said_is_held_against_what_is_asked(show):
    section = own(show)
    write(card(section, "Panel"), "Hours a month that each said they can give", "3")
    expect(section.locator(".ek-pn-said-list")).to_contain_text("over-asked in months 1, 3, 5, 7, 9 and 11")
    expect(section.locator(".ek-pn-lacks")).to_contain_text("Partners are asked for more than they said they can give")
    write(card(section, "Panel"), "Hours a month that each said they can give", "")
    expect(section.locator(".ek-pn-said-list")).to_contain_text("Nobody has asked them what they can give.")


def test_costs_are_added_and_go_with_their_activity(show):
    section = own(show)
    press(section, "Add a cost")
    line = section.locator(".ek-pn-card", has_text="What it is").last
    expect(line.get_by_label("What it is")).to_be_focused()
    write(line, "What it is", "Two interpreters")
    line.get_by_label("For", exact=True).select_option("Meeting")
    line.get_by_label("Price of one").select_option("british-sign-language-interpreter-half-day")
    expect(line.get_by_label("Counted")).to_have_value("time")
    write(line, "How many", "2")
    (one,) = state(section)["plan"]["lines"]
    assert (one["number"], one["per"], one["budgeted"]) == (2, "time", True)
    activity = card(section, "Meeting")
    press(activity, "Remove")
    expect(activity.get_by_role("alertdialog")).to_contain_text("Remove Meeting and the cost that belongs to it?")
    press(activity, "Remove it")
    told = state(section)
    assert (told["plan"]["activities"], told["plan"]["lines"]) == ([], [])
    press(section, "Add an activity")
    assert len(state(section)["plan"]["activities"]) == 1


REFUSED = [
    ("Meeting", "-2", "“Meeting”: meeting is -2; it takes a number from 0 to 100."),
    ("Meeting", "two", "“two” is no number: write it in figures, such as 1.5."),
    ("How many times", "1.5", "“Meeting”: the number of times is 1.5; it takes a whole number from 1 to 500."),
    ("People asked", "9", "“Meeting” asks 9 people, and “Panel” has 8."),
    ("People asked", "99999", "“Meeting”: the number of people is 99999; it takes a whole number from 1 to 1,000."),
    ("To month", "13", "“Meeting” runs from month 1 to month 13, and the plan has months 1 to 12."),
    ("Lowest, £", "31", "“Meeting”: the lowest price (31), the likely (30) and the highest (30) are not in order."),
    ("Travel", "", "Write a number here, such as 1."),
]


def test_what_cannot_be_is_said_beside_its_field(show):
    section = own(show)
    before = section.locator(".ek-words").text_content()
    activity = card(section, "Meeting")
    for label, typed, said in REFUSED:
        box = activity.get_by_label(label, exact=True)
        held = box.input_value()
        write(activity, label, typed)
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(activity.locator(".ek-pn-heard:not(:empty)")).to_have_text(said)
        assert section.locator(".ek-words").text_content() == before
        write(activity, label, held)
        expect(box).not_to_have_attribute("aria-invalid", "true")


def test_partners_who_are_asked_cannot_be_removed(show):
    section = own(show)
    group = card(section, "Panel")
    press(group, "Remove")
    expect(group).to_contain_text("“Meeting” asks them: give it other partners first.")


def test_figures_as_people_write_them(show, page):
    show()
    read = page.evaluate(
        """async (given) => {
          const { readNumber } = await import("./planner-check.js");
          return given.map((one) => readNumber(one) ?? null);
        }""",
        ["1.5", " £1,200 ", "−3", "1,5", "1e9", "", "12 hours", "0.45"],
    )  # fmt: skip
    assert read == [1.5, 1200, -3, None, None, None, None, 0.45]


# ---- words for the funder


def test_the_paragraph_follows_the_plan_until_it_is_ones_own(show):
    section = own(show)
    box = section.get_by_label("Paragraph for the funder")
    expect(box).to_have_value(paragraph(state_plan(section)))
    write(card(section, "Meeting"), "Travel", "0")
    expect(box).to_have_value(paragraph(state(section)["plan"]))
    write(section, "Paragraph for the funder", "We ask for what it takes.")
    write(card(section, "Meeting"), "Travel", "2")
    expect(box).to_have_value("We ask for what it takes.")
    assert state(section)["written"] == "We ask for what it takes."
    press(section, "Write it from the plan again")
    press(section, "Replace them")
    expect(box).to_have_value(paragraph(state(section)["plan"]))


def state_plan(section: Locator) -> dict[str, Any]:
    return section.evaluate("() => JSON.parse(document.querySelector('#planner script').textContent).plan")


# ---- keeping, saving, opening, printing


def test_what_is_written_is_kept_and_can_be_erased(show, page):
    section = own(show)
    write(card(section, "Meeting"), "What is asked", "Our meeting")
    page.reload()
    expect(section.locator(".ek-ta-notice")).to_contain_text("Kept in this browser")
    expect(section.get_by_label("What is asked")).to_have_value("Our meeting")
    press(section, "Erase what I wrote")
    press(section, "Erase it")
    expect(section.get_by_label("What is asked")).to_have_value("Meeting")
    page.reload()
    expect(section.get_by_label("What is asked")).to_have_value("Meeting")


def test_a_saved_plan_opens_again(show, page, tmp_path):
    section = own(show)
    write(card(section, "Meeting"), "Preparation", "3")
    write(section, "Paragraph for the funder", "Ours.")
    with page.expect_download() as download:
        press(section, "Save as a file")
    file = tmp_path / "saved.json"
    download.value.save_as(file)
    before = state(section)
    section = show()
    section.locator("input[type=file]").set_input_files(file)
    expect(section.locator(".ek-ta-status")).to_have_text("Opened saved.json.")
    now = state(section)
    assert (now["plan"], now["written"], now["guess"]) == (before["plan"], "Ours.", {})


DAMAGED = [
    ({"kind": "power map"}, "it was not saved from this tool (involvement plan)"),
    ({"plan": None}, "it holds no plan"),
    ({"plan": {"months": 12, "partners": [], "activities": "many", "lines": []}}, "it has no list of activities"),
    ({"plan": {"months": -1}}, "the number of months is -1; it takes a whole number from 1 to 60"),
]


def test_a_damaged_file_is_refused_and_nothing_changes(show, tmp_path):
    section = own(show)
    file = tmp_path / "damaged.json"
    for change, said in DAMAGED:
        given = {"kind": "involvement plan", "version": 1, "plan": state_plan(section), **change}
        file.write_text(json.dumps(given), "utf-8")
        section.locator("input[type=file]").set_input_files(file)
        expect(section.locator(".ek-ta-status")).to_contain_text(f"{said}. The plan is as it was.")
    expect(section.get_by_label("What is asked")).to_have_value("Meeting")


def test_the_sheet_says_what_the_page_says(show, page):
    section = show()
    press(section, "See what it takes")
    sheet = section.evaluate("(section) => window.states[section.id].sheet")
    told = state(section)
    assert "Constructed plan of no real organisation" in sheet["blocks"][0]["text"]
    assert sheet["blocks"][2]["text"] == paragraph(told["plan"])
    pictures = [one for one in sheet["blocks"] if one["kind"] == "picture"]
    assert len(pictures) == 2
    assert all(one["alt"] and "<svg" in one["svg"] and "var(" not in one["svg"] for one in pictures)
    assert "Nobody has asked them what they can give" in pictures[1]["alt"]
    lists = [one for one in sheet["blocks"] if one["kind"] == "list"]
    assert [one["lead"] for one in lists[1]["items"]] == [f"{one['title']}." for one in missing(told["plan"])]
    assert any("https://" in one for one in lists[2]["items"])
    page.evaluate("window.print = () => {}")
    press(section, "Print")
    page.emulate_media(media="print")
    expect(page.locator("body > .ek-sheet h1")).to_have_text(f"Involvement plan: {told['plan']['title']}")
    expect(page.locator("body > .ek-sheet img").first).to_be_visible()
    expect(section).to_be_hidden()


# ---- everybody


@pytest.mark.parametrize(("size", "theme"), [(PHONE, "dark"), (None, "light")])
def test_everybody_can_use_it(show, page, watch: Watch, size, theme):
    if size:
        page.set_viewport_size(size)
    section = show(theme=theme)
    assert axe(page) == []
    assert wider_than_screen(page) == []
    press(section, "See what it takes")
    for part in section.locator(".ek-pn-part > summary, .ek-pn-lack summary, .ek-planner > details > summary").all():
        part.click()
    card(section, "Open evening")
    card(section, "Two BSL interpreters")
    assert axe(page) == []
    assert wider_than_screen(page) == []
    small = section.evaluate(
        """(section) => [...section.querySelectorAll("button, select, summary, input, .ek-choice")]
          .filter((one) => !["checkbox", "file"].includes(one.type))
          .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43.5)
          .map((one) => one.outerHTML.slice(0, 80))"""
    )  # fmt: skip
    assert small == []
    assert watch.troubles() == []


def test_in_a_notebook_the_plan_is_shared_with_python(page):
    made = InvolvementPlanner(name="planner", parts=["plan"], partners=[PANEL], activities=[MEETING])
    page.set_content(f"<style>{styles(made.module)}</style><main></main>")
    page.evaluate(RENDER, [source(made.module), made.state()])
    expect(page.locator(".ek-planner")).to_be_visible()
    assert page.evaluate("window.saved.sheet.title") == "Involvement plan", "a document can be written at once"
    made.plan = {**made.plan, "title": "Set in a cell"}
    page.evaluate("(values) => window.fromPython(values)", {"plan": made.plan})
    expect(page.locator(".ek-planner > .ek-pn-kicker")).to_have_text("Set in a cell")
    missed = page.evaluate(
        "[...document.querySelectorAll('input, select, textarea, button, summary')]"
        ".filter((one) => !one.hasAttribute('data-lm-suppress-shortcuts')).length"
    )
    assert missed == 0, "JupyterLab would take its keys"
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
