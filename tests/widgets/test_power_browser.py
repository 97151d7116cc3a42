"""The power map in a static page: the guess, the picture, a map of one's own, the rungs, and what leaves the page."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from equitykit.widgets import PowerMap
from equitykit.widgets import sheet as sheets
from equitykit.widgets.modules import source, styles
from equitykit.widgets.power_data import STANDARDS, TERMS, start
from equitykit.widgets.power_rules import findings, next_rungs, settled
from equitykit.widgets.power_words import table, words
from tests.browser_support import DESK, PHONE, Watch, axe, lay_out, serve, wider_than_screen
from tests.widgets.test_power import CONSTRUCTED, WHOLE, people
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER

pytestmark = pytest.mark.browser
MINE = {"project": CONSTRUCTED, "decisions": WHOLE, "people": people("none", "asked", "decides"), "promise": "consult"}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for this file: each test opens it anew, with nothing stored."""
    context = browser.new_context(viewport=DESK, reduced_motion="reduce", accept_downloads=True)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("power")
    with serve(folder) as served:
        yield folder, served


visits = count()


@pytest.fixture
def show(page: Page, address: tuple[Path, str]) -> Iterator[Callable[..., Locator]]:
    """Open a page with one map; returns its section, live."""
    folder, served = address
    page.set_viewport_size(DESK)

    def opened(*, theme: str = "light", **arguments: Any) -> Locator:
        lay_out(folder, [PowerMap(**{"name": "map", **arguments})], theme=theme)
        page.goto(f"{served}?{next(visits)}")  # never what the browser remembers of the page before
        section = page.locator("#map")
        expect(section.locator(".ek-power")).to_be_visible()
        return section

    yield opened
    if page.url.startswith(served):
        page.evaluate("localStorage.clear()")


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


def unfold(section: Locator, name: str) -> Locator:
    """Open the form at a group; returns what it holds."""
    if section.locator(".ek-pm-work").get_attribute("open") is None:
        section.get_by_text("Make this map your own").click()
    group = section.locator(".ek-pm-person").filter(has=section.page.locator("summary", has_text=name)).first
    group.locator("summary").click()
    return group


def some_mark(chance: random.Random) -> dict[str, Any]:
    say = chance.choice(list(TERMS["says"]))
    return {
        "say": say,
        "late": say in ("told", "asked") and chance.random() < 0.3,
        "heard": say == "asked" and chance.random() < 0.5,
        "note": chance.choice(["", "a note"]),
    }


def some_map(chance: random.Random) -> dict[str, Any]:
    """A map that nobody thought of beforehand."""
    many = chance.randint(2, 6)
    decisions = [
        {
            "title": chance.choice(["", f"Decision {n}"]),
            "stage": chance.choice(list(TERMS["stages"])),
            "when": "",
            "answers": chance.choice(["", "lead"]),
            "left_out": chance.random() < 0.3,
        }
        for n in range(many)
    ]
    groups = [
        {
            "title": f"Group {n}",
            "affected": chance.random() < 0.5,
            "pay": chance.choice(list(TERMS["pays"])),
            "paid": chance.choice(["", "£25 an hour"]),
            "says": [some_mark(chance) for _ in range(many)],
        }
        for n in range(chance.randint(1, 5))
    ]
    answers = {}
    for one in STANDARDS:
        ticked = [rung["id"] for rung in one["rungs"] if chance.random() < 0.6]
        answers[one["id"]] = {"ticked": ticked, "evidence": "", "none": not ticked}
    return {
        "parts": ["map", "standards"],
        "project": {**start(True)["project"], "kind": chance.choice(["own", "constructed", "published"])},
        "decisions": decisions,
        "people": groups,
        "promise": chance.choice(["", *TERMS["promises"]]),
        "standards": answers,
    }


def test_the_page_finds_what_python_finds_on_maps_nobody_thought_of(show, page):
    show(parts=["map"])
    chance = random.Random(5)
    maps = [some_map(chance) for _ in range(60)]
    told = page.evaluate(
        """async ([maps, terms, ladder]) => {
          const model = await import("./power-model.js");
          return maps.map((one) => {
            const state = { ...one, terms, ladder };
            const found = model.findings(state, terms).map((two) => [two.id, two.where]);
            return { findings: found, settled: model.settled(state), rungs: model.nextRungs(state),
              words: model.words(state), table: model.table(state) };
          });
        }""",
        [maps, TERMS, STANDARDS],
    )
    for one, here in zip(maps, told, strict=True):
        assert here["findings"] == [[found["id"], found["where"]] for found in findings(one)]
        assert here["settled"] == settled(one)
        assert here["rungs"] == next_rungs(one, one["standards"])
        assert here["words"] == words(one)
        assert here["table"] == table(one)


def test_the_marks_are_hidden_until_the_reader_has_guessed(show, page):
    section = show()
    expect(section.locator(".ek-pm-rest")).to_be_hidden()
    expect(section.locator(".ek-pm-predict svg")).to_be_visible()
    assert section.locator(".ek-pm-predict .ek-pm-fill").count() == 0
    assert section.locator(".ek-pm-numbers button").count() == 9
    press(section, "5")
    verdict = section.locator(".ek-pm-verdict")
    expect(verdict).to_be_focused()
    expect(verdict).to_have_text(
        "You guessed 5. The map shows 2: “A grant, for a platform”, “When the grant ended, what next”. "
        "Of 1 more it is not known."
    )
    expect(section.locator(".ek-pm-predict")).to_be_hidden()
    assert state(section)["guess"] == {"said": 5}


def test_the_map_can_be_seen_without_a_guess(show):
    section = show()
    press(section, "Show the map without a guess")
    expect(section.locator(".ek-pm-verdict")).to_have_text(
        "2 of 8 decisions were settled before anyone affected was asked; of 1 it is not known."
    )


def test_the_picture_shows_each_mark_and_where_time_has_no_room_it_runs_down(show, page):
    section = show(parts=["map"], **MINE)
    drawn = section.locator(".ek-pm-map .ek-pm-svg")
    expect(drawn).to_have_attribute(
        "aria-label",
        "Power map. 1 of 3 decisions were settled before anyone affected was asked. In words and as a table below.",
    )
    expect(drawn.locator("text", has_text="nobody affected was asked")).to_have_count(1)
    expect(drawn.locator(".ek-pm-hit")).to_have_count(6)
    wide = drawn.bounding_box()
    page.set_viewport_size({"width": 230, "height": 740})
    expect(drawn.locator(".ek-pm-letter")).to_have_count(4)
    assert drawn.bounding_box()["height"] > drawn.bounding_box()["width"]
    assert wide["width"] > wide["height"]


def test_what_the_map_shows_is_where_python_finds_it(show):
    section = show(parts=["map"], **MINE)
    told = state(section)
    titles = section.locator(".ek-pm-findings .ek-pm-head")
    expect(titles).to_have_text([one["title"] for one in findings(told)])
    expect(section.locator(".ek-pm-findings li").first).to_contain_text("The aim")


def test_a_mark_that_is_pressed_leads_to_it_in_the_form(show, page):
    section = show(parts=["map"], **MINE)
    section.locator('[data-mark="1/2"]').click()
    group = section.locator(".ek-pm-person").nth(1)
    say = group.get_by_label("Say", exact=True).nth(2)
    expect(say).to_be_focused()
    say.select_option("shares")
    assert state(section)["people"][1]["says"][2]["say"] == "shares"


def test_say_time_and_answer_of_a_mark_change_what_the_map_shows(show):
    section = show(parts=["map"], **MINE)
    group = unfold(section, "Patients")
    budget = group.locator(".ek-pm-mark").nth(1)
    expect(section.locator(".ek-pm-findings")).to_contain_text("Asked, and not told what came of it")
    budget.get_by_label("was told what came of it").check()
    expect(section.locator(".ek-pm-findings")).not_to_contain_text("Asked, and not told what came of it")
    budget.get_by_label("after it was settled").check()
    expect(section.locator(".ek-pm-verdict")).to_contain_text("2 of 3 decisions")
    budget.get_by_label("Say", exact=True).select_option("shares")
    expect(budget.get_by_label("after it was settled")).to_be_hidden()
    mark = state(section)["people"][0]["says"][1]
    assert mark == {"say": "shares", "late": False, "heard": False, "note": ""}


def test_decisions_and_groups_come_go_and_change_places_with_their_marks(show, page):
    section = show(parts=["map"], **MINE)
    unfold(section, "Patients")
    section.get_by_text("What is decided, when, and who answers for it").click()
    press(section, "Add a decision")
    rows = section.locator(".ek-pm-row")
    expect(rows).to_have_count(4)
    expect(rows.nth(3).get_by_label("What is decided")).to_be_focused()
    page.keyboard.type("The launch")
    page.keyboard.press("Tab")
    press(section, "Earlier: The launch")
    told = state(section)
    assert [one["title"] for one in told["decisions"]] == ["The aim", "The budget", "The launch", "The ending"]
    assert [mark["say"] for mark in told["people"][0]["says"]] == ["none", "asked", "unsaid", "decides"]
    press(section, "Remove: The aim")
    press(section, "Keep it")
    expect(rows).to_have_count(4)
    press(section, "Remove: The aim")
    press(section, "Remove it")
    expect(rows).to_have_count(3)
    press(section, "Add a group")
    page.keyboard.type("Carers")
    page.keyboard.press("Tab")
    told = state(section)
    assert told["people"][2]["title"] == "Carers"
    assert [mark["say"] for mark in told["people"][0]["says"]] == ["asked", "unsaid", "decides"]


def test_a_published_map_that_a_reader_changes_no_longer_speaks_for_its_record(show):
    section = show()
    press(section, "Show the map without a guess")
    expect(section.locator(".ek-pm-face")).to_have_text("Published project, as its own record tells it.")
    expect(section.locator(".ek-pm-not-theirs")).to_be_visible()
    unfold(section, "Autistic volunteers").get_by_label("Pay", exact=True).select_option("fee")
    expect(section.locator(".ek-pm-face")).to_contain_text("no longer says what that project’s record says")
    expect(section.locator(".ek-pm-not-theirs")).to_be_hidden()
    assert state(section)["project"]["kind"] == "own"


def test_an_empty_map_is_one_press_away_after_a_question(show):
    section = show()
    press(section, "3")
    press(section.locator(".ek-pm-not-theirs"), "Start an empty map")
    section.get_by_role("alertdialog").get_by_role("button", name="Start an empty map").click()
    expect(section.locator(".ek-pm-kicker").first).to_have_text("My project")
    expect(section.locator(".ek-pm-edit").get_by_label("Project", exact=True)).to_be_focused()
    told = state(section)
    assert [len(told["decisions"]), len(told["people"])] == [7, 4]
    assert told["project"]["kind"] == "own"


def test_each_standard_names_its_next_rung_from_what_is_ticked_and_from_the_map(show):
    section = show(
        **{**MINE, "parts": ["map", "standards"], "people": people("shares", "asked", "decides", pay="nothing")}
    )
    card = section.locator(".ek-pm-standard").first
    expect(card.locator(".ek-pm-next")).to_be_hidden()
    card.get_by_label("People whom the project affects were asked").check()
    expect(card.locator(".ek-pm-step")).to_contain_text("Ask about times, places, formats")
    for text in ("We asked what would keep people", "Everybody with a say is paid"):
        card.get_by_label(text).check()
    expect(card.locator(".ek-pm-step")).to_contain_text("Cost the hours")
    expect(card.locator(".ek-pm-next")).to_contain_text("The map shows otherwise: say without pay (Patients).")
    expect(card.locator(".ek-pm-next")).to_contain_text("You have written no evidence yet.")
    card.get_by_label("Your evidence").fill("Payment policy of May")
    card.get_by_label("Your evidence").blur()
    expect(card.locator(".ek-pm-next")).not_to_contain_text("no evidence")
    card.get_by_label("None of these yet").check()
    expect(card.get_by_label("People whom the project affects")).not_to_be_checked()
    expect(card.locator(".ek-pm-step")).to_contain_text("Take the next decision that is still open")
    assert state(section)["standards"]["inclusive"] == {"ticked": [], "evidence": "Payment policy of May", "none": True}


def save_file(section: Locator, path: Path) -> dict[str, Any]:
    with section.page.expect_download() as waiting:
        press(section, "Save as a file")
    assert waiting.value.suggested_filename == "power-map.json"
    waiting.value.save_as(path)
    return json.loads(path.read_text("utf-8"))


def test_what_is_saved_opens_again_on_another_page_and_becomes_a_document(show, tmp_path):
    section = show(**{**MINE, "parts": ["map", "standards"]})
    section.locator(".ek-pm-standard").nth(5).get_by_label("None of these yet").check()
    group = unfold(section, "Patients")
    group.get_by_label("Group, by role").fill("Patients | *of the ward*")
    group.get_by_label("Group, by role").blur()
    before = state(section)
    file = tmp_path / "power-map.json"
    saved = save_file(section, file)
    assert saved["kind"] == "power map"

    section = show()
    section.locator('input[type="file"]').set_input_files(file)
    expect(section.locator(".ek-pm-verdict")).to_be_visible()
    after = state(section)
    for trait in ("project", "decisions", "people", "promise", "standards"):
        assert after[trait] == before[trait], trait

    kind, sheet = sheets.read_file(file)
    assert kind == "power map"
    text = sheets.markdown(sheet)
    assert text.startswith("# Power map: A leaflet")
    assert "Constructed scenario: no real organisation." in text
    assert r"Patients \| \*of the ward\*" in text
    assert "**Settled before anyone affected was asked.** The aim." in text
    assert "**Put the ending on the next agenda" not in text, "the ending is on this map"
    written = docx.Document(str(sheets.write(sheet, tmp_path / "map.docx")))
    assert len(written.inline_shapes) == 1
    assert len(written.tables) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "evidence brief"}, "it was not saved from this tool"),
        ({"decisions": []}, "it has no decisions that a map could show"),
        ({"people": [{"title": "One", "pay": "fee", "says": []}]}, "it has no marks that a map could show"),
        ({"promise": "listen"}, "it has a promise that this map does not know"),
        ({"project": None}, "it has no project"),
    ],
)
def test_a_damaged_file_is_refused_and_the_map_stays(show, tmp_path, change, said):
    section = show(parts=["map"], **MINE)
    before = state(section)
    file = tmp_path / "damaged.json"
    whole = {
        "kind": "power map",
        "version": 1,
        **{key: before[key] for key in ("project", "decisions", "people", "promise", "guess", "standards")},
    }
    file.write_text(json.dumps({**whole, **change}), encoding="utf-8")
    section.locator('input[type="file"]').set_input_files(file)
    expect(section.locator(".ek-ta-status")).to_contain_text(said)
    assert state(section) == before


def test_what_a_reader_writes_is_kept_in_their_browser_until_they_erase_it(show, page):
    section = show()
    press(section, "5")
    section.locator(".ek-pm-standard").first.get_by_label("Your evidence").fill("A list")
    section.locator(".ek-pm-standard").first.get_by_label("Your evidence").blur()
    section = show()
    expect(section.locator(".ek-pm-verdict")).to_contain_text("You guessed 5.")
    expect(section.locator(".ek-pm-standard").first.get_by_label("Your evidence")).to_have_value("A list")
    press(section, "Erase what I wrote")
    press(section, "Erase it")
    expect(section.locator(".ek-pm-predict")).to_be_visible()
    section = show()
    expect(section.locator(".ek-pm-predict")).to_be_visible()


def test_the_sheet_to_print_says_what_the_screen_says(show, page):
    section = show(**{**MINE, "parts": ["map", "standards"]})
    page.evaluate("window.print = () => { window.printed = true; }")
    press(section, "Print")
    page.emulate_media(media="print")
    sheet = page.locator("body > .ek-sheet")
    expect(sheet).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    expect(sheet.locator("h1")).to_have_text("Power map: A leaflet")
    picture = sheet.locator("img")
    assert picture.get_attribute("alt").startswith("Power map of A leaflet: 3 decisions in order of time, 2 groups.")
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") > 600
    for one in findings(state(section)):
        expect(sheet).to_contain_text(one["title"])
    expect(sheet).to_contain_text("The promise is “Consult”")
    expect(sheet).to_contain_text("not answered")
    assert wider_than_screen(page) == []
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, theme):
    watch = Watch(page)
    section = show(theme=theme)
    assert axe(page) == []
    press(section, "5")
    section.locator(".ek-pm-standard").first.get_by_label("None of these yet").check()
    unfold(section, "Autistic volunteers")
    for summary in ("In words", "As a table", "What is decided, when, and who answers for it"):
        section.get_by_text(summary, exact=True).click()
    press(section, "Remove: A grant, for a platform")
    assert axe(page) == []
    assert watch.troubles() == []


def test_it_fits_a_phone_and_a_thumb(show, page):
    page.set_viewport_size(PHONE)
    section = show(theme="dark")
    page.set_viewport_size(PHONE)
    assert wider_than_screen(page) == []
    press(section, "5")
    unfold(section, "Autistic volunteers")
    section.get_by_text("What is decided, when, and who answers for it").click()
    section.locator(".ek-pm-standard").first.get_by_label("None of these yet").check()
    assert wider_than_screen(page) == []
    controls = "button:visible, input[type=text]:visible, select:visible, textarea:visible, .ek-choice:visible"
    small = section.locator(f"{controls}, summary:visible").evaluate_all(
        """(all) => all.filter((one) => one.getBoundingClientRect().height < 44)
          .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_a_cell_in_a_notebook_moves_it_and_nothing_listens_once_it_has_left(page, address):
    page.goto(f"{address[1]}?{next(visits)}")
    made = PowerMap(name="map", parts=["map"], **MINE)
    page.set_content(f"<style>{styles('power')}</style><main></main>")
    page.evaluate(RENDER, [source("power"), made.state()])
    made.promise = "collaborate"
    page.evaluate("(values) => window.fromPython(values)", {"promise": made.promise})
    expect(page.locator(".ek-pm-map")).to_contain_text("The promise is “Collaborate”")
    assert page.evaluate("window.saved.words") == made.words
    made.sheet = page.evaluate("window.saved.sheet")
    assert sheets.markdown(made.composed()).startswith("# Power map: A leaflet")
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
