"""The accountability board in a static page: sums, predictions, a plan of one's own, and what leaves the page."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.measures.control_chart import chart_of
from equitykit.widgets import AccountabilityBoard
from equitykit.widgets.board_claims import claims, reading
from equitykit.widgets.board_plan import checked_row
from equitykit.widgets.board_sheet import board_sheet
from equitykit.widgets.board_words import asked, points_table, stated, table, words
from equitykit.widgets.modules import source, styles
from equitykit.widgets.sheet import markdown, read_file
from tests.browser_support import PHONE, Watch, axe, press, stage, state_told_alike, wider_than_screen
from tests.widgets.test_board import WHOLE
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER

pytestmark = pytest.mark.browser


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one board; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(*, theme: str = "light", **arguments: Any) -> Locator:
            return opened(AccountabilityBoard(**{"name": "board", **arguments}), ".ek-board", theme=theme)

        yield shown


def state(section: Locator) -> dict[str, Any]:
    return state_told_alike(section, words, table)


def own_row(show: Callable[..., Locator]) -> tuple[Locator, Locator]:
    """A board with one empty row, open."""
    section = show(parts=["board"], rows=[])
    row = section.locator(".ek-bd-row")
    row.get_by_text("Work on this row").click()
    return section, row


def write(row: Locator, label: str, text: str) -> None:
    box = row.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Tab")


def paste(row: Locator, text: str) -> str:
    row.get_by_label("Paste your own").fill(text)
    press(row, "Use these figures")
    return row.locator(".ek-bd-heard").inner_text()


def some_series() -> list[dict[str, Any]]:
    """Series of many kinds: wobbling, climbing, stepping, constant, with gaps, steps and breaks."""
    draw = random.Random(12)
    made: list[dict[str, Any]] = []
    for number in range(60):
        many = draw.randint(1, 40)
        values: list[float | None] = [round(draw.gauss(50, 5), draw.choice([0, 1, 4])) for _ in range(many)]
        if number % 4 == 1:
            values = [None if one is None else one + 0.9 * place for place, one in enumerate(values)]
        if number % 4 == 2:
            values = [
                None if one is None else one + (12 if place > many // 2 else 0) for place, one in enumerate(values)
            ]
        if number % 15 == 3:
            values = [0.1] * many
        if number % 3 == 0:
            values = [None if draw.random() < 0.15 else one for one in values]
        periods = [f"{2000 + place // 12}-{place % 12 + 1:02}" for place in range(many)]
        if all(one is None for one in values):
            values[0] = 1.5
        marks = draw.sample(periods[1:], min(len(periods) - 1, draw.choice([0, 0, 1, 2])))
        made.append(
            {
                "title": f"Series {number}",
                "unit": draw.choice(["%", "days", ""]),
                "decimals": draw.choice([0, 1, 2]),
                "better": draw.choice(["higher", "lower", "neither"]),
                "points": [list(one) for one in zip(periods, values, strict=True)],
                "steps": [[one, "another rota."] for one in sorted(marks[:1])],
                "breaks": [[one, "another survey"] for one in sorted(marks[1:])],
                "baseline": draw.choice([None, None, 5, 12]),
                "synthetic": draw.random() < 0.5,
            }
        )
    return made


def test_the_pages_chart_is_pythons(show, page):
    show(parts=["predict"])
    given = some_series()
    everything = page.evaluate(
        """async (given) => {
          const { xmr } = await import("./board-xmr.js");
          return given.map((one) => xmr(one.points.map((point) => point[0]), one.points.map((point) => point[1]), one));
        }""",
        given,
    )
    for series, found in zip(given, everything, strict=True):
        drawn = chart_of(
            [one[0] for one in series["points"]],
            [math.nan if one[1] is None else one[1] for one in series["points"]],
            baseline=series["baseline"],
            steps=dict(series["steps"]),
            breaks=dict(series["breaks"]),
        )
        for one, other in zip(found["phases"], drawn.phases, strict=True):
            assert [one[key] for key in ("first", "last", "kind", "reason", "count", "figures", "status")] == [
                other.first, other.last, other.kind, other.reason, other.count, other.figures, other.status
            ]  # fmt: skip
            pairs = [("mean", "mean"), ("low", "low"), ("high", "high"), ("rangeLimit", "range_limit")]
            for mine, theirs in [*pairs, ("meanMovingRange", "mean_moving_range")]:
                number = math.nan if one[mine] is None else one[mine]
                assert number == pytest.approx(getattr(other, theirs), rel=1e-9, abs=1e-9, nan_ok=True), (series, mine)
        signals = [(one["rule"], one["side"], tuple(one["periods"]), one["phase"]) for one in found["signals"]]
        assert signals == [(one.rule, one.side, one.periods, one.phase) for one in drawn.signals], series
        for one, other in zip(found["points"], drawn.points, strict=True):
            assert tuple(one["signals"]) == other.signals
            number = math.nan if one["movingRange"] is None else one["movingRange"]
            assert number == pytest.approx(other.moving_range, abs=1e-9, nan_ok=True)


def test_the_page_claims_and_asks_what_python_would(show, page):
    section = show(parts=["predict"])
    rules = section.evaluate("() => JSON.parse(document.querySelector('#board script').textContent).rules")
    draw = random.Random(4)
    owners = ["", "People committee", "Chair of the board", "Dr Aziz", "Staff network", "HR", "all staff", "Head of HR"]
    rows = [
        checked_row(
            {
                **WHOLE,
                "series": series,
                "target": draw.choice([None, 40, 50, 52.5, 70]),
                "owner": draw.choice(owners),
                "by": draw.choice(["", "2001", "March 2030", "soon"]),
                "threshold": draw.choice(["", "improve", "halve it", "at least 50"]),
                "consequence": draw.choice(["", "It is reviewed", "The budget is moved"]),
                "decides": draw.choice(["", "Governors", "head of hr"]),
                "success": draw.choice(["", "To be agreed", "Told in writing why"]),
                "said_by": draw.choice(["", "Panel, May 2025"]),
                "indicator": draw.choice(["Training completed", "Ratio of appointment", "Number of events held"]),
            }
        )
        for series in [*some_series(), None]
    ]
    everything = page.evaluate(
        """async ([rows, rules]) => {
          const told = await import("./board-model.js");
          return rows.map((row) => ({
            claims: told.claims(row), asked: told.asked(row, rules).map((one) => one.id),
            reading: told.reading(row.series), points: row.series && told.pointRows(row.series),
            stated: told.LINKS.map(([link]) => told.stated(row, link)),
          }));
        }""",
        [rows, rules],
    )
    links = ("indicator", "series", "owner", "threshold", "consequence", "success")
    for row, found in zip(rows, everything, strict=True):
        assert [tuple(one) for one in found["claims"]] == claims(row), row
        assert found["asked"] == [one["id"] for one in asked(row)], row
        assert found["reading"] == reading(row["series"])
        assert found["stated"] == [stated(row, link) for link in links]
        if row["series"]:
            assert found["points"] == points_table(row["series"])


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    section = show()
    assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
    expect(section.locator(".ek-bd-overview")).to_contain_text(
        "Not stated: where it stands in 1 of 4, consequence in 2 of 4"
    )
    expect(section.locator(".ek-bd-cell-empty")).to_have_count(6)
    assert section.locator(".ek-bd-limit").count() > 0
    assert section.locator(".ek-bd-test .ek-bd-limit").count() == 0, "limits are not shown before a prediction"
    assert watch.troubles() == []


def test_a_prediction_is_drawn_said_and_corrected(show):
    section = show(parts=["predict"])
    test = section.locator(".ek-bd-test").nth(2)
    low = test.get_by_label("Lowest you expect")
    low.focus()
    for _ in range(5):
        low.press("ArrowLeft")
    press(test, "Something changed")
    verdict = test.locator(".ek-bd-verdict")
    expect(verdict).to_be_focused()
    expect(verdict).to_contain_text(
        "You said: something changed. Nothing changed: in all eight units the chance was 62%"
    )
    expect(verdict).to_contain_text("regression to the mean")
    expect(test).to_contain_text("of the other seven, 5 fell without any course")
    expect(test).to_contain_text("Before the line 11 of 24 figures already lay outside it")
    assert test.locator(".ek-bd-limit").count() > 0
    told = state(section)
    assert told["guesses"] == {"worst": {"said": "changed", "low": 53, "high": 66}}
    first = section.locator(".ek-bd-test").nth(0)
    press(first, "It only wobbled")
    expect(first.locator(".ek-bd-verdict")).to_contain_text("As you said.")
    second = section.locator(".ek-bd-test").nth(1)
    press(second, "Show the limits without predicting")
    expect(second.locator(".ek-bd-verdict")).not_to_contain_text("said")
    expect(second).to_contain_text("5 figures from 2023-01 to 2024-10 above the limits")
    assert state(section)["guesses"]["rota"]["said"] == "shown"


def test_the_range_is_drawn_with_a_finger_too(show, page):
    section = show(parts=["predict"])
    test = section.locator(".ek-bd-test").nth(0)
    handle = test.locator(".ek-bd-handle[data-edge=high]").bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] - 40, steps=4)
    page.mouse.up()
    high = int(test.get_by_label("Highest you expect").input_value())
    assert high > 64
    expect(test.locator(".ek-bd-drawn")).to_have_text(f"56.0% to {high}.0%")
    page.mouse.move(handle["x"], handle["y"] + 200)
    assert int(test.get_by_label("Highest you expect").input_value()) == high, "it is let go"


def test_the_holes_lead_to_the_row(show):
    section = show(parts=["board"])
    button = section.get_by_role("button", name="Training, not stated: go to the row").first
    button.focus()
    button.press("Enter")
    row = section.locator(".ek-bd-row").nth(3)
    expect(row).to_be_focused()
    expect(row.get_by_label("Owner", exact=True)).to_be_visible()


def test_a_plan_of_ones_own_closes_its_holes_one_by_one(show):
    section, row = own_row(show)
    expect(section.locator(".ek-bd-cell-empty")).to_have_count(6)
    write(row, "Owner", "Equality committee")
    expect(row.locator(".ek-bd-chain")).to_contain_text("The owner is a committee, or everyone")
    write(row, "Owner", WHOLE["owner"])
    expect(row.locator(".ek-bd-chain")).not_to_contain_text("committee")
    labels = {
        "Short name of the row": "title",
        "Indicator": "indicator",
        "Threshold, in words": "threshold",
        "By when": "by",
        "Consequence": "consequence",
        "Who decides that it was missed": "decides",
        "Where figure and judgement are published": "published",
        "Success, as the people concerned say it": "success",
        "Who said so, when": "said_by",
    }
    for label, field in labels.items():
        write(row, label, WHOLE[field])
    assert {one["id"] for one in asked(state(section)["rows"][0])} == {"no-series"}
    paste(row, "\n".join(f"2024-{month:02},{value}" for month, value in enumerate([10, 11, 10, 9] * 3, 1)))
    assert asked(state(section)["rows"][0]) == []
    expect(section.locator(".ek-bd-cell-there")).to_have_count(6)
    expect(row.locator(".ek-bd-can")).to_contain_text("looks like one process: around 10")


def test_a_threshold_is_a_number_or_is_refused_in_words(show):
    section, row = own_row(show)
    write(row, "Threshold, as a number", "about forty")
    expect(section.locator("[role=status].ek-visually-hidden")).to_have_text(
        "“about forty” is no number. Write it in figures, or leave it empty."
    )
    assert row.get_by_label("Threshold, as a number").get_attribute("aria-invalid") is not None
    write(row, "Threshold, as a number", "40%")
    assert state(section)["rows"][0]["target"] == 40
    write(row, "Threshold, as a number", "")
    assert state(section)["rows"][0]["target"] is None


@pytest.mark.parametrize(
    ("text", "points", "said"),
    [
        ("2020,1.5\n2021,\n2022,n/a\n2023,4", [["2020", 1.5], ["2021", None], ["2022", None], ["2023", 4]],
         "Read 2 figures, 2020 to 2023. 2 periods have no figure and stay gaps: 2021, 2022."),
        ("month\tshare\nJan 2024\t61,5 %\nFeb 2024\t1.234,5", [["Jan 2024", 61.5]], "1 line was not read"),
        ("year;value\n2020;45,3\n2021;46,1", [["2020", 45.3], ["2021", 46.1]], "Read 2 figures"),
        ("5 6 7 8 9", [["1", 5], ["2", 6], ["3", 7], ["4", 8], ["5", 9]], "They came without periods"),
        ("5\n6\n7\n8\n9", [["1", 5], ["2", 6], ["3", 7], ["4", 8], ["5", 9]], "enough for trial limits only"),
        ('"Q1, 2024","1,234"\n"Q2, 2024","1,300"', [["Q1, 2024", 1234], ["Q2, 2024", 1300]], "Read 2 figures"),
        ("Jan 2024  61.5\nFeb 2024  60", [["Jan 2024", 61.5], ["Feb 2024", 60]], "too few for limits: it takes five"),
        ("2022,3\n2020,1\n2021,2", [["2020", 1], ["2021", 2], ["2022", 3]], "and have been sorted"),
        ("2020,−2\n2021,*\n2022,-3", [["2020", -2], ["2021", None], ["2022", -3]], "1 period has no figure"),
        ("2020,1\n2020,2", [], "The period 2020 comes twice."),
        ("hello\nworld", [], "No figures were found."),
        ("", [], "No figures were found."),
    ],
)  # fmt: skip
def test_pasted_figures_are_read_and_what_was_noticed_is_said(show, page, text, points, said):
    show(parts=["predict"])
    found = page.evaluate("async (text) => (await import('./board-paste.js')).readPasted(text)", text)
    assert found["points"] == points
    assert said in " ".join(found["said"])


def test_a_break_in_pasted_figures_is_kept(show):
    section, row = own_row(show)
    said = paste(row, "2019, 10\n2020, 11\n2021, 15, break: another survey\n2022, 16")
    assert "The series breaks at 2021." in said
    expect(row.locator(".ek-bd-cannot")).to_contain_text(
        "Compare the figures from 2021 on with those before: another survey."
    )
    expect(row.locator(".ek-bd-marks")).to_contain_text("Break at 2021: another survey")
    press(row, "Take it out")
    assert state(section)["rows"][0]["series"]["breaks"] == []


def test_a_step_needs_a_reason_and_is_tested_against_the_limits_before_it(show):
    section = show(parts=["board"])
    row = section.locator(".ek-bd-row").nth(1)
    row.get_by_text("Work on this row").click()
    row.get_by_label("From", exact=True).select_option("2023-01")
    press(row, "Compute limits anew")
    expect(row.locator(".ek-bd-heard")).to_contain_text("Say what was changed then.")
    expect(row.get_by_label("What was changed")).to_be_focused()
    row.get_by_label("What was changed").fill("heard by people from outside the department")
    press(row, "Compute limits anew")
    told = state(section)
    assert told["rows"][1]["series"]["steps"] == [["2023-01", "heard by people from outside the department"]]
    expect(row.locator(".ek-bd-can")).to_contain_text(
        "differ from those before: held against the earlier limits, 5 figures"
    )
    expect(row.locator(".ek-bd-step").first).to_be_attached()
    press(row, "Take it out")
    assert state(section)["rows"][1]["series"]["steps"] == []


def test_rows_are_added_and_removed_with_a_question(show):
    section = show(parts=["board"])
    press(section, "Add a row")
    assert len(state(section)["rows"]) == 5
    row = section.locator(".ek-bd-row").nth(4)
    expect(row.get_by_label("Short name of the row")).to_be_focused()
    press(row, "Remove this row")
    expect(row.get_by_role("button", name="Remove it")).to_be_focused()
    press(row, "Keep it")
    assert len(state(section)["rows"]) == 5
    press(row, "Remove this row")
    press(row, "Remove it")
    assert [one["title"] for one in state(section)["rows"]] == ["Appointment", "Grievances", "Pay", "Training"]


def test_what_a_reader_writes_is_kept_in_their_browser_and_erased_with_a_question(show, page):
    section = show()
    press(section.locator(".ek-bd-test").nth(0), "It only wobbled")
    row = section.locator(".ek-bd-row").nth(0)
    row.get_by_text("Work on this row").click()
    write(row, "Owner", "Chief executive")
    page.reload()
    expect(section.locator(".ek-ta-notice")).to_contain_text("Kept in this browser from your last visit.")
    expect(section.locator(".ek-bd-chain").first).to_contain_text("Chief executive")
    expect(section.locator(".ek-bd-verdict").first).to_contain_text("As you said.")
    assert state(section)["rows"][0]["owner"] == "Chief executive"
    press(section, "Erase what I wrote")
    press(section, "Erase it")
    expect(section.locator(".ek-bd-chain").first).to_contain_text("Equality, diversity and inclusion committee")
    assert state(section)["guesses"] == {}
    page.reload()
    expect(section.locator(".ek-ta-notice")).to_be_hidden()


def test_a_page_that_has_changed_offers_what_was_written_and_loses_nothing(show, page):
    section = show(parts=["board"], rows=[{"title": "Old"}])
    row = section.locator(".ek-bd-row").nth(0)
    row.get_by_text("Work on this row").click()
    write(row, "Owner", "Chief executive")
    section = show(parts=["board"], rows=[{"title": "New"}])
    expect(section.locator(".ek-bd-row")).to_contain_text("1. New")
    press(section, "Open what I wrote before")
    expect(section.locator(".ek-bd-row")).to_contain_text("Chief executive")
    assert state(section)["rows"][0]["title"] == "Old"


def test_blocked_storage_is_said_and_the_board_works(show, page, watch: Watch):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    section = show(parts=["board"])
    expect(section.locator(".ek-ta-notice")).to_contain_text(
        "what you write is lost when you leave. Save it as a file."
    )
    press(section, "Add a row")
    assert len(state(section)["rows"]) == 5
    assert watch.troubles() == []


def test_the_saved_file_opens_again_here_and_in_python(show, page, tmp_path):
    section = show(parts=["board"])
    row = section.locator(".ek-bd-row").nth(0)
    row.get_by_text("Work on this row").click()
    write(row, "Owner", "Chief executive")
    with page.expect_download() as waiting:
        press(section, "Save as a file")
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    before = state(section)
    kind, sheet = read_file(saved)
    assert kind == AccountabilityBoard.kind
    assert markdown(sheet) == markdown(board_sheet(before["plan"], before["rows"]))
    press(section, "Erase what I wrote")
    press(section, "Erase it")
    section.locator("input[type=file]").set_input_files(saved)
    expect(section.locator(".ek-bd-chain").first).to_contain_text("Chief executive")
    assert state(section)["rows"] == before["rows"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no json", "it is no JSON file"),
        (json.dumps({"kind": "recipe"}), "it was not saved from this tool (accountability board)"),
        (json.dumps({"kind": "accountability board", "version": 2}), "it was saved by a newer version"),
        (json.dumps({"kind": "accountability board", "version": 1, "rows": "x"}), "it has no rows"),
        (
            json.dumps({"kind": "accountability board", "version": 1, "rows": [{"series": {"points": [[1, 2]]}}]}),
            "points that are no periods and figures",
        ),
    ],
)
def test_a_file_that_is_no_board_changes_nothing(show, tmp_path, content, message):
    section = show(parts=["board"])
    file = tmp_path / "other.json"
    file.write_text(content, "utf-8")
    section.locator("input[type=file]").set_input_files(file)
    status = section.locator(".ek-ta-share [role=status]")
    expect(status).to_contain_text(message)
    expect(status).to_contain_text("The board is as it was.")
    expect(section.locator(".ek-bd-row")).to_have_count(4)


def test_markdown_is_what_python_writes(show, page):
    section = show(parts=["board"])
    page.evaluate(
        """Object.defineProperty(navigator, "clipboard", {
          value: { writeText: async (text) => { window.copied = text; } } })"""
    )
    press(section, "Copy as Markdown")
    expect(section.locator(".ek-ta-share [role=status]")).to_contain_text("Copied as Markdown")
    made = AccountabilityBoard(name="board", parts=["board"])
    assert page.evaluate("window.copied") == markdown(made.composed())


def test_where_the_clipboard_is_not_allowed_the_markdown_is_saved(show, page):
    section = show(parts=["board"])
    page.evaluate(
        """Object.defineProperty(navigator, "clipboard", {
          value: { writeText: async () => { throw new Error("no"); } } })"""
    )
    with page.expect_download() as waiting:
        press(section, "Copy as Markdown")
    assert waiting.value.suggested_filename == "accountability-board.md"


def test_what_is_printed_is_the_board_alone_and_all_of_it(show, page):
    section = show(parts=["board"])
    page.evaluate("window.print = () => { window.printed = true; }")
    press(section, "Print")
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    sheet = page.locator("body > .ek-sheet")
    expect(sheet).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    expect(sheet.locator("h2")).to_have_text(["1. Appointment", "2. Grievances", "3. Pay", "4. Training"])
    expect(sheet.locator("figure img")).to_have_count(3)
    expect(sheet).to_contain_text("Constructed plan of no real organisation.")
    assert wider_than_screen(page) == []
    page.emulate_media(media="screen")
    expect(sheet).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(theme=theme)
    assert axe(page) == []
    for said in ("Something changed", "It only wobbled", "Show the limits without predicting"):
        section.get_by_role("button", name=said).first.click()
    for summary in section.locator(".ek-bd-row > details > summary").all():
        summary.click()
    for name in ("In words", "As a table"):
        section.get_by_text(name, exact=True).click()
    for summary in section.get_by_text("The figures as a table").all():
        summary.click()
    section.get_by_role("button", name="Remove this row").first.click()
    assert axe(page) == []
    assert watch.troubles() == []


def test_it_fits_a_phone_and_a_thumb(show, page):
    page.set_viewport_size(PHONE)
    section = show()
    assert wider_than_screen(page) == []
    section.get_by_role("button", name="Something changed").first.click()
    for summary in section.locator("summary:visible").all():
        summary.click()
    assert wider_than_screen(page) == []
    controls = "button:visible, input[type=range]:visible, input[type=text]:visible, select:visible, textarea:visible"
    for control in section.locator(f"{controls}, .ek-bd-row > details > summary:visible").all():
        box = control.bounding_box()
        assert box["height"] >= 44, control.evaluate("(one) => one.outerHTML.slice(0, 120)")
        assert box["width"] >= 44, control.evaluate("(one) => one.outerHTML.slice(0, 120)")


def test_a_cell_in_a_notebook_moves_it_and_nothing_listens_once_it_has_left(page):
    made = AccountabilityBoard(name="board", parts=["board"])
    page.set_content(f"<style>{styles('board')}</style><main></main>")
    page.evaluate(RENDER, [source("board"), made.state()])
    page.evaluate("(rows) => window.fromPython({ rows })", [checked_row({"title": "From a cell"})])
    expect(page.locator(".ek-bd-row")).to_have_count(1)
    expect(page.locator(".ek-bd-row")).to_contain_text("1. From a cell")
    assert "From a cell" in page.evaluate("window.saved.words")
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
