"""The agreement builder in a static page: predict, decide or leave open, see what follows, and take it away."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import AgreementBuilder
from equitykit.widgets.agreement_points import BOOK, POINTS, settled
from equitykit.widgets.agreement_rules import after_sharing, conflicts, consent, undecided, way_back
from equitykit.widgets.agreement_words import back_said, consent_rows, table, words
from equitykit.widgets.modules import source, styles
from equitykit.widgets.sheet import markdown, read_file, word
from tests.browser_support import PHONE, Watch, axe, lay_out, serve, wider_than_screen
from tests.widgets.test_agreement import some_choices
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER

pytestmark = pytest.mark.browser

WHOLE = {
    "purpose": "together", "decide": "panel", "roles": "lead", "hold": "split", "see": "key", "long": "years",
    "next": "panel", "withdraw": "any", "after": "named", "made": "community", "credit": "authors", "pay": "hourly",
    "support": "named", "ethics": "both", "account": "public", "back": "both",
}  # fmt: skip
CLASHING = {
    **WHOLE, "roles": "collect", "see": "destroyed", "long": "good", "next": "anyone", "made": "open",
    "support": "none", "pay": "expenses", "back": "report", "credit": "thanks",
}  # fmt: skip


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one agreement; returns its section, live."""
    with serve(tmp_path) as address:
        visits = count()

        def opened(*, theme: str = "light", **arguments: Any) -> Locator:
            lay_out(tmp_path, [AgreementBuilder(**{"name": "agreement", **arguments})], theme=theme)
            page.goto(f"{address}?{next(visits)}")
            section = page.locator("#agreement")
            expect(section.locator(".ek-agreement")).to_be_visible()
            return section

        yield opened


def own(show: Callable[..., Locator], **choices: Any) -> Locator:
    return show(parts=["build", "agreement"], choices=choices)


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


def card(section: Locator, point: str) -> Locator:
    """A point, opened by keyboard."""
    found = section.locator(".ek-ag-point").filter(has=section.page.get_by_text(POINTS[point]["title"], exact=True))
    if found.get_attribute("open") is None:
        found.locator("summary").press("Enter")
    return found


def choose(section: Locator, point: str, option: str) -> Locator:
    found = card(section, point)
    found.locator(f"input[value='{option}']").press(" ")
    return found


def predict(section: Locator, said: str) -> None:
    for one in section.locator(".ek-ag-one").all():
        one.locator(f"input[value={said}]").press(" ")
    press(section, "Show what follows")


def test_the_page_finds_what_python_finds(show, page):
    show(parts=["build"], choices={})
    draw = random.Random(7)
    given = [
        {"choices": settled(some_choices(draw)), "about": {**AgreementBuilder(name="a").about, "community": "us"}}
        for _ in range(60)
    ]
    for one in given:
        one |= {"note": draw.choice(["", "Constructed."]), "parts": draw.choice([["build"], ["predict", "build"]])}
        one["guesses"] = draw.choice([{}, {"copies": {"said": "yes", "was": "no"}}])
    everything = page.evaluate(
        """async ([states, book]) => {
          const told = await import("./agreement-model.js");
          return states.map((one) => ({ ...one, book })).map((state) => ({
            undecided: told.undecided(state).map((one) => one.id),
            conflicts: told.conflicts(state).map((one) => one.id),
            consent: told.consent(state), back: told.wayBack(state), after: told.afterSharing(state),
            rows: told.consentRows(state), said: told.backSaid(state), words: told.agreementWords(state),
            table: told.agreementTable(state),
          }));
        }""",
        [given, BOOK],
    )
    assert len({len(found["conflicts"]) for found in everything}) > 2, "the agreements are of many kinds"
    for one, found in zip(given, everything, strict=True):
        choices = one["choices"]
        assert found["undecided"] == [point["id"] for point in undecided(choices)]
        assert found["conflicts"] == [rule["id"] for rule in conflicts(choices)]
        assert found["consent"] == consent(choices)
        assert found["back"] == way_back(choices)
        assert found["after"] == after_sharing(choices, one["about"])
        assert found["rows"] == consent_rows(one)
        assert found["said"] == back_said(one)
        assert found["words"] == words(one)
        assert found["table"] == table(one)


def test_the_first_state_shows_what_is_undecided_first_and_keeps_what_follows_for_after_the_prediction(
    show, watch: Watch
):
    section = show()
    expect(section.locator(".ek-ag-overview")).to_contain_text("7 of 16 points are not decided; for 3 of them nobody")
    expect(section.locator(".ek-ag-chips button")).to_have_count(7)
    expect(section).to_contain_text("Constructed scenario, no real organisations")
    expect(section.locator(".ek-ag-hole").first).to_be_visible()
    expect(section.locator(".ek-ag-stop")).to_have_count(0)
    expect(section.locator(".ek-ag-pulls")).to_have_count(0)
    kept = BOOK["conflicts"][0]["why"]
    expect(section).not_to_contain_text(kept)
    told = state(section)
    assert kept in markdown(told["sheet"]), "what leaves the page says everything"
    assert watch.troubles() == []


def test_a_prediction_is_corrected_and_the_picture_shows_where_the_way_back_ends(show):
    section = show(parts=["predict", "build"])
    press(section, "Show what follows")
    expect(section.locator(".ek-ag-ask [role=status]")).to_have_text("5 still without an answer.")
    predict(section, "yes")
    verdict = section.locator(".ek-ag-verdict")
    expect(verdict).to_be_focused()
    expect(verdict).to_contain_text("2 of 5 as you said. 3 things that you thought could still be done cannot be")
    changes = section.locator(".ek-ag-changes li")
    expect(changes.first).to_contain_text("No longer")
    expect(changes.first).to_contain_text("The open licence cannot be taken back.")
    expect(changes.first).to_contain_text("You said: yes, still.")
    expect(section.locator(".ek-ag-back")).to_contain_text("From “publish” on, a person can no longer take all")
    expect(section.locator(".ek-ag-stop")).to_have_count(1)
    expect(section.locator(".ek-ag-pulls > li")).to_have_count(3)
    assert state(section)["guesses"]["copies"] == {"said": "yes", "was": "no"}


def test_another_choice_changes_what_follows_the_picture_and_what_pulls_apart(show):
    section = show(parts=["predict", "build"])
    press(section, "Show it without predicting")
    point = choose(section, "made", "community")
    expect(point.locator(".ek-ag-mine-pulls li")).to_have_count(0)
    expect(section.locator(".ek-ag-back")).to_contain_text("From “reuse” on")
    choose(section, "next", "panel")
    expect(section.locator(".ek-ag-back")).to_contain_text("A person can take their data out at every moment.")
    expect(section.locator(".ek-ag-stop")).to_have_count(0)
    expect(section.locator(".ek-ag-pulls > li")).to_have_count(1)
    expect(section.locator(".ek-ag-changes .ek-ag-can-yes")).to_have_count(5)
    point = choose(section, "see", "destroyed")
    expect(point.locator(".ek-ag-mine-pulls")).to_contain_text(
        "The key is destroyed, and people may take their data out"
    )
    expect(section.locator("[role=status].ek-visually-hidden")).to_contain_text("It pulls against another choice")
    told = state(section)
    assert [rule["id"] for rule in conflicts(told["choices"])] == ["key-withdraw", "peers-alone"]


def test_undecided_asks_who_and_by_when_and_leads_to_the_point(show):
    section = own(show, **WHOLE)
    point = choose(section, "pay", "")
    point.get_by_label("Who must decide").fill("The finance office")
    point.get_by_label("By when").fill("May 2027")
    point.get_by_label("By when").press("Tab")
    expect(section.locator(".ek-ag-overview")).to_contain_text("1 of 16 points are not decided.")
    told = state(section)
    assert told["choices"]["pay"] == {"option": "", "words": "", "who": "The finance office", "by": "May 2027"}
    first = next(block for block in told["sheet"]["blocks"] if block["kind"] == "list")
    assert first["items"] == [
        {
            "lead": "Payment and expenses.",
            "text": "Who is paid, for what, and when? Who must decide: The finance office. By when: May 2027.",
            "tone": "missing",
        }
    ]
    section.locator(".ek-ag-chips button").filter(has_text="Payment and expenses").press("Enter")
    expect(point.locator("summary")).to_be_focused()


def test_own_words_are_added_and_are_never_read_as_html(show):
    section = own(show)
    point = choose(section, "pay", "own")
    expect(section.locator(".ek-ag-overview")).to_contain_text("16 of 16 points")
    point.get_by_label("In your own words").fill("<b>Paid</b> each Friday | in cash.")
    point.get_by_label("In your own words").press("Tab")
    expect(section.locator(".ek-ag-overview")).to_contain_text("15 of 16 points")
    expect(section.locator(".ek-ag-leaf").first).to_contain_text("<b>Paid</b> each Friday | in cash.")
    expect(section.locator(".ek-ag-leaf b")).to_have_count(0)
    assert "\\<b\\>Paid\\</b\\> each Friday \\| in cash." in markdown(state(section)["sheet"])


def test_what_is_not_decided_comes_first_on_the_agreement_and_on_the_statement(show):
    section = own(show, **{**CLASHING, "hold": {}, "account": {}})
    told = state(section)
    heads = [block["text"] for block in told["sheet"]["blocks"] if block["kind"] == "heading" and block["level"] == 2]
    assert heads == [
        "Not decided yet", "Choices that pull against each other", "What we have agreed", "Signed", "Data statement"
    ]  # fmt: skip
    statement = [block for block in told["sheet"]["blocks"] if block["kind"] == "table"][1]
    missing = [isinstance(answer, dict) for _, answer in statement["rows"][1:]]
    assert missing == sorted(missing, reverse=True)
    assert sum(missing) == 3, "who owns it, what is collected, whom to ask"
    lead = section.locator(".ek-ag-leaf").first.locator(".ek-ag-h2")
    expect(lead.nth(0)).to_have_text("Not decided yet: 2 of 16")
    expect(lead.nth(1)).to_have_text(f"Choices that pull against each other: {len(conflicts(told['choices']))}")


def test_the_sheet_says_what_the_screen_says_and_becomes_a_word_document(show, tmp_path):
    section = own(show, **{**CLASHING, "account": {"who": "Both boards"}})
    told = state(section)
    made = tmp_path / "agreement.docx"
    word(told["sheet"]).save(str(made))
    opened = docx.Document(str(made))
    said = " ".join([one.text for one in opened.paragraphs] + [
        cell.text for rows in opened.tables for row in rows.rows for cell in row.cells
    ])  # fmt: skip
    for row in told["table"][1:]:
        assert (row[1] if row[1] != "not decided" else row[2]) in said
    for rule in conflicts(told["choices"]):
        assert f"{rule['why']} {rule['ask']}" in said
    for row in consent_rows(told):
        assert set(row) <= {cell.text for line in opened.tables[-1].rows for cell in line.cells}
    shapes = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert len(shapes) == 1
    assert shapes[0].startswith("Who must say yes. Collect: ")
    assert "It is not legal advice." in said


def test_the_saved_file_opens_again(show, page, tmp_path):
    section = show()
    predict(section, "no")
    point = choose(section, "pay", "hourly")
    point.get_by_label("In your own words").fill("On Fridays.")
    point.get_by_label("In your own words").press("Tab")
    section.get_by_label("Name of the project").fill("Warm at home")
    section.get_by_label("Name of the project").press("Tab")
    with page.expect_download() as waiting:
        press(section, "Save as a file")
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    before = state(section)
    kind, sheet = read_file(saved)
    assert kind == AgreementBuilder.kind
    assert sheet["title"] == "Agreement: Warm at home"
    press(section, "Erase what I wrote")
    press(section, "Erase it")
    assert state(section)["guesses"] == {}
    section.locator("input[type=file]").set_input_files(saved)
    expect(section.locator(".ek-ag-leaf").first).to_contain_text("Warm at home")
    after = state(section)
    for trait in ("choices", "about", "guesses", "note"):
        assert after[trait] == before[trait]


def test_what_a_reader_writes_is_kept_in_their_browser(show, page):
    section = show()
    predict(section, "no")
    choose(section, "credit", "authors")
    page.reload()
    expect(section.locator(".ek-ta-notice")).to_contain_text("Kept in this browser from your last visit.")
    expect(section.locator(".ek-ag-chips button")).to_have_count(6)
    expect(section.locator(".ek-ag-verdict")).to_contain_text("3 of 5 as you said.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no json", "it is no JSON file"),
        (json.dumps({"kind": "power map", "version": 1}), "it was not saved from this tool (agreement)"),
        (json.dumps({"kind": "agreement", "version": 1}), "it has no points"),
        (
            json.dumps({"kind": "agreement", "version": 1, "choices": {"made": {"option": "mine"}}}),
            "it chose something unknown for “Who owns what is made”",
        ),
        (
            json.dumps({"kind": "agreement", "version": 1, "choices": {"pay": {"who": 5}}}),
            "Payment and expenses is no text",
        ),
    ],
)
def test_a_file_that_is_no_agreement_changes_nothing(show, tmp_path, content, message):
    section = own(show, **WHOLE)
    file = tmp_path / "other.json"
    file.write_text(content, "utf-8")
    section.locator("input[type=file]").set_input_files(file)
    status = section.locator(".ek-ta-share [role=status]")
    expect(status).to_contain_text(message)
    expect(status).to_contain_text("The agreement is as it was.")
    expect(section.locator(".ek-ag-overview")).to_contain_text("All 16 points are settled.")


@pytest.mark.parametrize("choices", [None, {}, WHOLE, CLASHING], ids=["scenario", "nothing", "whole", "clashing"])
def test_it_prints_on_two_pages_and_the_statement_on_a_third(show, page, choices):
    section = show(parts=["build", "agreement"], choices=choices)
    page.evaluate("window.print = () => {}")
    press(section, "Print")
    page.emulate_media(media="print")
    expect(page.locator("main")).to_be_hidden()
    sheet = page.locator("body > .ek-sheet")
    expect(sheet.locator(".ek-ag-rule")).to_have_count(9)
    expect(sheet.locator("svg")).to_have_count(1)
    margins = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
    printed = page.pdf(format="A4", print_background=True, margin=margins)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert pages <= 3
    assert pages >= 2


def test_focus_puts_points_first_and_folds_the_others(show):
    section = show(parts=["predict", "build"], focus=["withdraw", "next"])
    visible = section.locator(".ek-ag-point:visible .ek-ag-name")
    expect(visible).to_have_text(["Who may use it next", "Taking data out"])
    expect(section.locator(".ek-ag-point[open]")).to_have_count(2)
    expect(section.get_by_role("button", name="Save as a file")).to_have_count(0)
    section.locator(".ek-ag-chips button").filter(has_text="Authors and credit").press("Enter")
    expect(section.locator(".ek-ag-others .ek-ag-point[open]")).to_be_visible()


def test_on_a_phone_points_in_focus_stay_folded_with_their_choice_in_sight(show, page):
    page.set_viewport_size(PHONE)
    section = show(parts=["build"], focus=["roles", "pay"], choices=CLASHING)
    expect(section.locator(".ek-ag-point[open]")).to_have_count(0)
    states = section.locator(".ek-ag-point:visible .ek-ag-state")
    expect(states).to_have_text(["Peer researchers collect, the research partner reads", "Costs and a voucher"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(theme=theme)
    assert axe(page) == []
    predict(section, "yes")
    for summary in section.locator("summary:visible").all():
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
    choose(section, "back", "own")
    assert axe(page) == []
    assert watch.troubles() == []


def test_it_fits_a_phone_and_a_thumb(show, page):
    page.set_viewport_size(PHONE)
    section = show()
    assert wider_than_screen(page) == []
    predict(section, "yes")
    for summary in section.locator("summary:visible").all():
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
    assert wider_than_screen(page) == []
    controls = "button:visible, input[type=text]:visible, textarea:visible, .ek-choice:visible, .ek-ag-summary:visible"
    for control in section.locator(controls).all():
        box = control.bounding_box()
        assert min(box["height"], box["width"]) >= 44, control.evaluate("(one) => one.outerHTML.slice(0, 120)")


def test_a_cell_in_a_notebook_moves_it_and_nothing_listens_once_it_has_left(page):
    made = AgreementBuilder(name="agreement", parts=["build", "agreement"], choices={})
    page.set_content(f"<style>{styles('agreement')}</style><main></main>")
    page.evaluate(RENDER, [source("agreement"), made.state()])
    page.evaluate("(choices) => window.fromPython({ choices })", settled({"made": "open", "withdraw": "any"}))
    expect(page.locator(".ek-ag-pulls > li")).to_have_count(1)
    assert "An open licence" in page.evaluate("window.saved.words")
    assert page.evaluate("window.saved.sheet.title") == "Agreement between partners"
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
