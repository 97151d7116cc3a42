"""The brief builder in a static page: two printed pages, what other tools saved, and a copy of one's own."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.errors import CourseError
from equitykit.widgets import (
    AccountabilityBoard,
    AgreementBuilder,
    BriefBuilder,
    EvidenceComposer,
    InvolvementPlanner,
    PowerMap,
)
from equitykit.widgets.brief_bring import offers
from equitykit.widgets.brief_content import SECTIONS, checked
from equitykit.widgets.brief_rules import findings
from equitykit.widgets.brief_sheet import brief_sheet
from equitykit.widgets.brief_words import table, words
from equitykit.widgets.modules import source, styles
from equitykit.widgets.sheet import read_file
from tests.browser_support import (
    PHONE,
    Watch,
    axe,
    lay_out,
    press,
    serve,
    stage,
    state_told_alike,
    wider_than_screen,
)
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER

pytestmark = pytest.mark.browser

READY = ".ek-brief[data-measured]"
LONG = "Every household on the estate was asked twice, by letter and at the door. "


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one brief builder, measured; returns its section."""
    with stage(page, tmp_path) as opened:

        def shown(made: BriefBuilder, **how: str) -> Locator:
            return opened(made, READY, **how)

        yield shown


def told(section: Locator) -> dict[str, Any]:
    return state_told_alike(section, words, table)


def card(section: Locator, title: str) -> Locator:
    """Open a section's card by keyboard; returns it."""
    found = section.locator("details.ek-br-card").filter(has=section.page.get_by_text(title, exact=True)).first
    if found.get_attribute("open") is None:
        found.locator("summary").press("Enter")
    return found


def write(place: Locator, label: str, text: str) -> None:
    box = place.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Tab")


class Paper:
    """What a builder prints: how many sheets of A4, what is read on them, and what a page's edge cuts."""

    def __init__(self, page: Page, section: Locator) -> None:
        page.evaluate("window.print = () => {}")
        press(section, "Print")
        page.emulate_media(media="print")
        printed = page.locator("body > .ek-sheet")
        self.words = " ".join(printed.inner_text().split())
        self.title = printed.locator("h1").inner_text()
        self.pictures = [one.bounding_box() for one in printed.locator(".ek-br-frame img").all()]
        self.cut = printed.evaluate(
            """(printed) => [...printed.querySelectorAll(".ek-br-page")].flatMap((sheet) => {
              const { bottom, right } = sheet.getBoundingClientRect();
              return [...sheet.querySelectorAll("p, li, td, dd, img")].filter((one) => {
                const box = one.getBoundingClientRect();
                return box.bottom > bottom + 0.5 || box.right > right + 0.5;
              }).map((one) => one.textContent || one.tagName);
            })"""
        )
        page.emulate_media(media="screen")
        boxes = re.findall(
            rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True, print_background=True)
        )
        assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {(595, 842)}
        self.sheets = len(boxes)


def some_briefs() -> list[dict[str, Any]]:
    draw = random.Random(13)
    sayings = [
        "",
        "",
        "Residents will choose. [1]",
        "It rose by 12%. Then by £4 a week [2].",
        "Hard-to-reach groups fail to attend.",
        "Twice as many: 40 to 20 (interval 1 to 3) [1, 9].",
        "The committee, by May 2027",
        "Waiting for a yes",
        LONG * 12,
        "Deaths | 12 | 6\nBeds | 40.5 | rounded [1]\n\nNew | [0]",
        "By 3 May 2014 people are paid.\nOne\tTwo\n[3 1] more",
    ]
    blocks = [
        {"kind": "picture", "svg": "<svg/>", "alt": "A door.", "caption": "Door"},
        {"kind": "picture", "kept": True, "alt": " ", "caption": ""},
        {"kind": "table", "caption": "Lines", "rows": [["A", "B"], ["x", {"text": "not stated", "tone": "missing"}]]},
        {"kind": "list", "items": ["Settled.", {"lead": "Open.", "text": "Who owns it?"}]},
        {"kind": "text", "lead": "The promise.", "text": "They decide."},
    ]
    return [
        checked(
            {
                "title": draw.choice(["", "Share by need"]),
                "note": draw.choice(["", "Draft!"]),
                "sections": {
                    name: {one["id"]: draw.choice(sayings) for one in section["fields"]}
                    for name, section in SECTIONS.items()
                    if draw.random() > 0.3
                },
                "brought": {
                    name: draw.sample(blocks, draw.randint(0, 2)) for name, one in SECTIONS.items() if "takes" in one
                },
                "principles": {
                    f"P{place:02}": {"section": draw.choice(["", *SECTIONS]), "line": draw.choice(["", "As it says."])}
                    for place in draw.sample(range(1, 25), draw.choice([0, 3, 24]))
                },
            }
        )
        for _ in range(60)
    ]


def test_the_page_finds_tells_and_composes_what_python_would(show, page):
    show(BriefBuilder("brief"))
    book = BriefBuilder("brief").book
    briefs = some_briefs()
    fits = [
        {},
        {"pages": [12, 0], "tall": [["evidence", 90], ["reading", 41]]},
        {"pages": [3, 4], "tall": [["limits", 60]]},
    ]
    states = [{"book": book, "brief": brief, "fit": fits[place % 3]} for place, brief in enumerate(briefs)]
    everything = page.evaluate(
        """async ([book, states]) => {
          const told = await import("./brief-model.js");
          return states.map(({ brief, fit }) => {
            const state = { book, brief, fit };
            return { words: told.briefWords(state), table: told.briefTable(state), sheet: told.briefSheet(state),
              findings: told.findings(book, brief, fit), again: told.checkedBrief(book, brief) };
          });
        }""",
        [book, states],
    )
    kinds = set()
    for now, page_says in zip(states, everything, strict=True):
        found = findings(now["brief"], now["fit"])
        assert page_says["findings"] == found
        assert (page_says["words"], page_says["table"]) == (words(now), table(now))
        assert page_says["sheet"] == brief_sheet(now["brief"])
        assert page_says["again"] == now["brief"]
        kinds |= {one["kind"] for one in found}
    assert kinds == set(book["kinds"])


def test_the_page_and_python_tell_the_empty_brief_alike(show, watch: Watch):
    made = BriefBuilder("brief")
    section = show(made)
    now = told(section)
    assert (now["words"], now["table"], now["fit"]) == (made.words, made.table, {})
    expect(section.locator(".ek-br-ghost")).to_have_count(14)  # twelve prompts, a title and the chart's place
    expect(section.locator(".ek-br-chip-empty")).to_have_count(12)
    assert watch.troubles() == []


def test_the_worked_brief_prints_on_two_pages_of_a4_with_nothing_cut(show, page, watch: Watch):
    made = BriefBuilder("worked-brief")
    section = show(made)
    assert told(section)["sheet"] == made.composed()
    paper = Paper(page, section)
    assert (paper.sheets, paper.cut, paper.title) == (2, [], made.brief["title"])
    for name, fields in made.brief["sections"].items():
        for field, text in fields.items():
            lines = text.split("\n") if name == "sources" else [text]
            if (name, field) not in {("evidence", "figures"), ("creative", "alt")}:
                assert all(" ".join(one.split()) in paper.words for one in lines), (name, field)
    chart, piece = paper.pictures
    assert chart["y"] == piece["y"]
    assert round(chart["width"]) == round(piece["width"])
    assert chart["x"] + chart["width"] < piece["x"]
    assert watch.troubles() == []


def test_the_worked_example_is_read_only_until_a_copy_is_taken_and_comes_back(show, page):
    section = show(BriefBuilder("worked-brief"))
    expect(section.locator(".ek-br-form")).to_be_hidden()
    press(section, "Work on a copy")
    write(card(section, "The question"), "The question", "Whose money is it?")
    assert told(section)["brief"]["sections"]["question"]["text"] == "Whose money is it?"
    page.reload()
    section = page.locator("#worked-brief")
    expect(section.locator(READY)).to_be_visible()
    expect(section.get_by_text("Kept in this browser from your last visit.")).to_be_visible()
    assert told(section)["brief"]["sections"]["question"]["text"] == "Whose money is it?"
    press(section, "Erase what I wrote")
    press(section, "Erase it")
    expect(section.locator(".ek-br-form")).to_be_hidden()
    assert told(section)["brief"] == BriefBuilder("worked-brief").brief


def test_what_is_written_is_saved_and_opens_again(show, page, tmp_path):
    section = show(BriefBuilder("brief"))
    write(card(section, "The ask"), "What is asked", "Publish the list.")
    expect(section.locator(".ek-br-overview")).to_contain_text("The ask names nobody who does it")
    pointing = section.locator("details", has_text="Where the brief meets the 24 principles").last
    pointing.locator("summary").press("Enter")
    pointing.get_by_label("P16: section", exact=True).select_option(label="The ask")
    write(pointing, "P16: what meets it, in one line", "One post does it.")
    before = told(section)
    with page.expect_download() as download:
        press(section, "Save as a file")
    file = tmp_path / "evidence-brief.json"
    download.value.save_as(file)
    assert read_file(file) == ("evidence brief", before["sheet"])
    press(section, "Erase what I wrote")
    press(section, "Erase it")
    assert told(section)["brief"] == BriefBuilder("brief").brief
    section.locator(".ek-ta-share input[type=file]").set_input_files(file)
    expect(section.locator(".ek-ta-status")).to_have_text("Opened evidence-brief.json.")
    assert told(section)["brief"] == before["brief"]
    assert not told(section)["locked"]


def test_what_does_not_fit_two_pages_is_told_by_section_and_still_prints(show, page):
    section = show(BriefBuilder("brief", {"sections": {"limits": {"text": LONG * 50 + "The last words."}}}))
    expect(section.locator(".ek-br-overview")).to_contain_text("Page 2 is")
    now = told(section)
    titles = [one["title"] for one in findings(now["brief"], now["fit"]) if one["kind"] == "fit"]
    assert re.match(r"Page 2 is \d+ mm too long. Most of it is taken by What this does not show", titles[0])
    assert now["fit"]["pages"][0] == 0 < now["fit"]["pages"][1]
    paper = Paper(page, section)
    assert paper.sheets > 2
    assert paper.cut == []
    assert "The last words." in paper.words
    write(card(section, "What this does not show"), "What this brief does not show", "Shorter.")
    expect(section.locator(".ek-br-overview")).not_to_contain_text("too long")
    assert told(section)["fit"] == {}


def test_a_field_says_how_much_room_is_left(show):
    box = card(show(BriefBuilder("brief")), "The question")
    field = box.get_by_label("The question", exact=True)
    field.type("Why?")
    expect(box.locator(".ek-br-room")).to_have_text("Room for 176 more characters")
    field.fill("w" * 183)
    expect(box.locator(".ek-br-room.ek-br-too")).to_have_text("3 characters too many")


def test_the_press_that_ends_the_typing_still_opens_the_section(show, page):
    brief = show(BriefBuilder("brief"))
    ask, terms = (
        brief.locator(".ek-br-card").filter(has_text=SECTIONS[name]["title"]).first for name in ("ask", "agreement")
    )
    brief.locator(".ek-br-chip").filter(has_text=SECTIONS["ask"]["title"]).click()
    page.keyboard.press("Tab")
    page.keyboard.type("Publish the list.")
    brief.locator(".ek-br-chip").filter(has_text=SECTIONS["agreement"]["title"]).click()
    expect(terms).to_have_attribute("open", "")
    expect(terms.locator("summary").first).to_be_focused()
    expect(ask).to_contain_text("The ask has no date")


def test_a_file_that_cannot_be_used_is_refused_in_words_and_nothing_changes(show):
    section = show(BriefBuilder("brief"))
    box = card(section, "On what terms")
    fine = {"kind": "agreement", "version": 1, "sheet": {"title": "A", "blocks": []}}
    other = "it was saved from another tool (power map); this section takes agreement"
    film = {"title": "A", "blocks": [{"kind": "film"}]}
    for content, said in [
        ("{", "it is no JSON file"),
        (json.dumps({**fine, "kind": "power map"}), other),
        (json.dumps({**fine, "version": 2}), "it was saved by a newer version of its tool"),
        (json.dumps({**fine, "sheet": film}), "a part of its document (film) cannot be read"),
    ]:
        box.locator("input[type=file]").set_input_files(
            {"name": "given.json", "mimeType": "application/json", "buffer": content.encode()}
        )
        expect(box.locator(".ek-br-status")).to_have_text(
            f"given.json could not be used: {said}. The brief is as it was."
        )
    press(section, "Two pages")
    assert not section.evaluate("(one) => window.states[one.id]?.brief.brought.agreement.length")


TOOLS = {
    "composer": lambda: EvidenceComposer(name="composer", parts=["compose"]),
    "planner": lambda: InvolvementPlanner(name="planner", parts=["plan"]),
    "power": lambda: PowerMap(name="power", parts=["map"]),
    "agreement": lambda: AgreementBuilder(name="agreement"),
    "board": lambda: AccountabilityBoard(name="board", parts=["board"]),
}
FEEDS = [
    ("The evidence", "evidence", "composer"),
    ("The creative piece", "creative", "composer"),
    ("Who decides what", "participation", "planner"),
    ("Who decides what", "participation", "power"),
    ("On what terms", "agreement", "agreement"),
    ("Who answers for it", "accountability", "board"),
]


def test_what_the_other_tools_saved_feeds_the_brief(page, tmp_path, watch: Watch):
    lay_out(tmp_path, [*(made() for made in TOOLS.values()), BriefBuilder("brief")])
    files = {}
    with serve(tmp_path) as address:
        page.goto(address)
        for name in TOOLS:
            page.locator(f"#{name}").scroll_into_view_if_needed()
            expect(page.locator(f"#{name}").get_by_role("button", name="Save as a file")).to_be_visible()
            with page.expect_download() as download:
                press(page.locator(f"#{name}"), "Save as a file")
            files[name] = tmp_path / f"{name}.json"
            download.value.save_as(files[name])
        section = page.locator("#brief")
        section.scroll_into_view_if_needed()
        expect(section.locator(READY)).to_be_visible()
        for title, key, name in FEEDS:
            box = card(section, title)
            box.locator("input[type=file]").first.set_input_files(files[name])
            expect(box.locator(".ek-br-ticks input").first).to_be_visible()
            kind, given = read_file(files[name])
            fitting = [one["label"] for one in offers(kind, given, key) if not one["why"]]
            assert box.locator(".ek-br-ticks .ek-choice span").all_inner_texts() == fitting
            expect(box.locator(".ek-br-ticks input:checked")).to_have_count(1)
            press(box, "Take these into the brief")
            expect(box.locator(".ek-br-status")).to_have_text("Taken into the brief: one part.")
        now = told(section)
        expect(section.locator(".ek-br-page-1 .ek-br-frame img")).to_have_count(2)
        assert [len(one) for one in now["brief"]["brought"].values()] == [1, 2, 1, 1, 1]
        assert all(now["brief"]["sections"]["creative"].values())
        assert {one["kind"] for one in now["brief"]["brought"]["accountability"]} == {"table"}
        press(card(section, "On what terms"), "Take it out")
        page.get_by_role("alertdialog").get_by_role("button", name="Take it out").press("Enter")
        assert told(section)["brief"]["brought"]["agreement"] == []
    assert watch.troubles() == []


def test_the_readers_own_picture_stays_in_the_browser(show, page, tmp_path):
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    drawn = f"data:image/png;base64,{dot}"
    blocks = [
        {"kind": "heading", "level": 2, "text": "The piece"},
        {"kind": "picture", "png": drawn, "alt": "A map of the yard.", "caption": "The yard"},
        {"kind": "heading", "level": 2, "text": "Whose piece, and what was agreed"},
        {"kind": "list", "items": ["Mine.", "Nobody is in it."]},
    ]
    file = tmp_path / "poster.json"
    file.write_text(
        json.dumps({"kind": "evidence composer", "version": 1, "sheet": {"title": "P", "blocks": blocks}}), "utf-8"
    )
    section = show(BriefBuilder("brief"))
    box = card(section, "The creative piece")
    box.locator("input[type=file]").set_input_files(file)
    press(box, "Take these into the brief")
    expect(section.locator(f'.ek-br-frame img[src="{drawn}"]')).to_be_visible()
    now = told(section)
    assert now["brief"]["brought"]["creative"] == [
        {"kind": "picture", "kept": True, "alt": "A map of the yard.", "caption": "The yard", "width": 8.6}
    ]
    assert drawn not in json.dumps(now)
    assert now["brief"]["sections"]["creative"] == {
        "caption": "The yard",
        "consent": "Mine. Nobody is in it.",
        "alt": "A map of the yard.",
    }
    BriefBuilder("again", now["brief"])
    with page.expect_download() as download:
        press(section, "Save as a file")
    assert drawn in Path(download.value.path()).read_text("utf-8")


def test_everything_can_be_reached_read_and_pressed_on_a_small_dark_screen(show, page):
    page.set_viewport_size(PHONE)
    section = show(BriefBuilder("worked-brief"), theme="dark")
    press(section, "Work on a copy")
    card(section, "The evidence")
    card(section, "Who decides what")
    section.locator("details", has_text="Where the brief meets the 24 principles").last.locator("summary").press(
        "Enter"
    )
    press(section, "As text")
    assert wider_than_screen(page) == []
    assert axe(page) == []
    for control in section.locator("button:visible, summary:visible, .ek-br-input:visible").all():
        box = control.bounding_box()
        small = control.evaluate("(one) => one.matches('.ek-disclosure > summary')")  # the kit's own
        assert box["height"] >= (24 if small else 44), control.inner_text()


def test_the_brief_as_text_says_what_the_sheet_says(show):
    made = BriefBuilder("worked-brief")
    section = show(made)
    press(section, "As text")
    said = " ".join(section.locator(".ek-br-as-text").inner_text().split())
    for block in made.composed()["blocks"]:
        if block["kind"] == "text":
            assert " ".join(block["text"].split()) in said
    expect(section.locator(".ek-br-as-text img")).to_have_count(2)


def test_a_cell_in_a_notebook_moves_it_and_nothing_listens_once_it_has_left(page):
    made = BriefBuilder("brief")
    page.set_content(f"<style>{styles('brief')}</style><main></main>")
    page.evaluate(RENDER, [source("brief"), made.state()])
    made.brief = {**made.brief, "title": "From a cell"}
    page.evaluate("(brief) => window.fromPython({ brief })", made.brief)
    expect(page.locator(".ek-br-page .ek-br-title")).to_have_text("From a cell")
    assert page.evaluate("window.saved.words") == made.words
    assert page.evaluate("window.saved.sheet") == made.composed()
    with pytest.raises(CourseError):
        made.brief = {"sections": {"nowhere": {}}}
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
