"""The data-quality board in a page: nothing leaves the browser, small numbers and names stay out of sight, and it can
be worked by keyboard, on a phone, and with a kernel behind it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import DataQualityBoard
from equitykit.widgets.modules import source, styles
from equitykit.widgets.quality_codes import CODE_LISTS, kind_of
from equitykit.widgets.quality_profile import misclassified, protect
from equitykit.widgets.quality_words import OWN_ROWS, OWN_WORDS, table, words
from tests.browser_support import PHONE, Watch, axe, press, stage, state_told_alike, wider_than_screen
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER, from_python

pytestmark = pytest.mark.browser

NAMES = ["Zebulon Quist", "Ottoline Vane"]


def extract(rows: int = 120) -> str:
    """A made-up extract with what must not be seen: names, numbers, a rare answer, a formula, a script."""
    lines = ["NHS number,full_name,ward,ethnicity,date_of_birth,admitted,discharged,comment"]
    for at in range(rows):
        group = ["A", "A", "A", "J", "N", "Z", "", "99"][at % 8]
        if at < 2:
            group = "=HYPERLINK(1)"
        if 30 <= at < 50:
            group = "<img src=x onerror=window.hacked=1>"
        ward = "Mrs Odd" if at == 7 else "Ash" if at % 3 else "Birch"
        lines.append(
            f"{4000000000 + at},{NAMES[at % 2]} {at},{ward},{group},1960-01-{1 + at % 28:02d},"
            f"2024-03-{1 + at % 28:02d},2024-0{1 if at == 5 else 5}-0{1 + at % 9},seen by Dr {at}"
        )
    lines.append(lines[10])
    return "\n".join(lines) + "\n"


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one board; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(*, theme: str = "light", **arguments: Any) -> Locator:
            return opened(DataQualityBoard("board", **arguments), ".ek-dq-row", theme=theme)

        yield shown


def state(section: Locator) -> dict[str, Any]:
    return state_told_alike(section, words, table)


def give(section: Locator, text: str | bytes, name: str = "wards.csv") -> None:
    content = text.encode() if isinstance(text, str) else text
    section.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def own(section: Locator, text: str | bytes, name: str = "wards.csv") -> None:
    give(section, text, name)
    expect(section.locator(".ek-dq-about strong")).to_have_text(name, timeout=60_000)


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    section = show()
    assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
    expect(section.locator(".ek-dq-about")).to_contain_text("Synthetic extract: nobody in it exists")
    expect(section.locator(".ek-dq-drop")).to_contain_text("It is read in this browser only. Nothing is sent, saved")
    assert watch.troubles() == []


def test_a_prediction_is_recorded_then_corrected_and_the_board_did_not_give_it_away(show):
    section = show()
    expect(section.locator(".ek-dq-head", has_text="A default may fill")).to_have_count(0)
    press(section, "North")
    expect(section.locator(".ek-dq-verdict").first).to_contain_text("You predicted North. South has the fewest gaps")
    expect(section.locator(".ek-dq-question").first).to_be_focused()
    assert state(section)["predictions"] == {"trust": "North"}
    expect(section.locator(".ek-dq-odd")).to_contain_text("South")
    expect(section.locator(".ek-dq-head").first).to_have_text("A default may fill ethnic_category in South")


def test_the_sample_is_looked_at_otherwise(show):
    section = show()
    section.get_by_label("Column", exact=True).select_option("sex")
    section.get_by_label("Code list").select_option("none")
    section.get_by_label("By", exact=True).select_option("year of referred")
    section.get_by_label("Hide counts of").select_option("9")
    section.get_by_label("Round other counts").select_option("1")
    told = state(section)
    assert [row[0] for row in told["table"]] == ["year of referred", "2024", "2025", "All"]
    offered = section.get_by_label("Column", exact=True).locator("option").all_inner_texts()
    assert "person" not in offered
    assert "entry" not in offered


def test_the_ratio_is_predicted_then_moved(show):
    section = show()
    expect(section.locator(".ek-dq-ratios")).to_contain_text("predict first")
    press(section, "It hardly changes")
    expect(section.locator(".ek-dq-trial .ek-dq-verdict")).to_contain_text(
        "You predicted that it hardly changes; it lost most of it."
    )
    expect(section.locator(".ek-dq-ratios")).to_contain_text("1.08")
    press(section, "4.9%: everybody")
    assert state(section)["wrong"] == 4.9
    slider = section.get_by_label(re.compile("Of the reference, recorded"))
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    assert state(section)["wrong_reference"] == pytest.approx(0.3)
    section.get_by_label("True rate ratio").select_option("0.5")
    section.get_by_label("The group is").select_option("40")
    assert "A true rate ratio of 0.50, with 40% of people in the group" in state(section)["words"]


def test_an_owner_and_a_date_are_kept_for_the_sample(show):
    section = show()
    section.get_by_label("Owner").first.fill("Data manager")
    section.get_by_label("By when").first.fill("2026-03-31")
    assert state(section)["plan"] == {"missing": {"owner": "Data manager", "due": "2026-03-31"}}


# ---- a reader's own file


def test_a_file_is_read_without_a_request_and_leaves_nothing_behind(show, page, watch: Watch):
    section = show()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.route("**/*", lambda route: route.abort())
    page.context.set_offline(True)
    own(section, extract())
    section.get_by_label("By", exact=True).select_option("ward")
    section.get_by_label("Owner").first.fill("Ward manager")
    press(section, "Copy as Markdown")
    press(section, "It hardly changes")
    assert asked == []
    told = page.evaluate("JSON.stringify(window.states) + JSON.stringify({ ...localStorage, ...sessionStorage })")
    for secret in ("wards.csv", "Zebulon", "4000000001", "Birch", "Ward manager", "HYPERLINK", "date_of_birth"):
        assert secret not in told
    told = state(section)
    assert told["own_open"]
    assert told["words"].startswith(OWN_WORDS)
    assert told["table"] == OWN_ROWS
    assert page.evaluate("indexedDB.databases()") == []
    assert page.context.cookies() == []
    assert watch.troubles() == []


def test_names_numbers_and_rare_answers_are_never_in_the_page(show, page):
    section = show()
    own(section, extract())
    for summary in ("The answers in this column", "Every column", "In words", "As a table"):
        section.get_by_text(summary, exact=True).click()
    every = page.locator("body").inner_html()
    for secret in (*NAMES, "4000000001", "1960-01", "seen by Dr", "HYPERLINK", "Mrs Odd"):
        assert secret not in every
    options = section.get_by_label("Column", exact=True).locator("option").all_inner_texts()
    assert options == ["ward", "ethnicity", "admitted", "discharged"]
    profile = section.locator(".ek-disclosure", has=page.get_by_text("Every column", exact=True))
    cells = profile.locator("tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
    )
    types = {row[0]: row[1] for row in cells}
    assert types["NHS number"] == types["full_name"] == types["date_of_birth"] == "identifier or personal"
    assert types["admitted"] == "date"


def test_the_profile_tells_the_ways_of_missing_apart(show, page):
    section = show()
    section.get_by_text("Every column", exact=True).click()
    profile = section.locator(".ek-disclosure", has=page.get_by_text("Every column", exact=True))
    cells = profile.locator("tbody tr").evaluate_all(
        "(rows) => Object.fromEntries(rows.map((row) => [...row.children].map((cell) => cell.textContent))"
        ".map(([name, ...rest]) => [name, rest]))"
    )
    kind, answers, empty, spaces, word, stated, known, default, _different = cells["ethnic_category"]
    assert (kind, answers, empty, spaces, word, stated, known, default) == (
        *("code", "1,710", "75", "0", "0"),
        *("100", "75", "0"),
    )
    assert cells["age"][6] == "0", "an age of 99 is an age"
    assert cells["age"][0] == "number"
    assert cells["person"][0] == "identifier or personal"
    assert cells["entry"][0] == "identifier or row number"
    assert cells["referred"][0] == cells["seen"][0] == "date"
    assert cells["seen_in_time"][0] == "yes or no"


def test_no_small_count_is_shown_whatever_the_rule(show):
    section = show()
    own(section, extract())
    for summary in ("The answers in this column", "Every column", "As a table"):
        section.get_by_text(summary, exact=True).click()
    for rule, least in (("4", 5), ("9", 10)):
        for to in ("1", "5", "10"):
            section.get_by_label("Hide counts of").select_option(rule)
            section.get_by_label("Round other counts").select_option(to)
            cells = section.locator(".ek-quality tbody tr").evaluate_all(
                """(rows) => rows.flatMap((row) => [...row.children].slice(1, 9).map((cell) => cell.textContent))"""
            )
            counts = [int(cell.replace(",", "")) for cell in cells if re.fullmatch(r"[\d,]+", cell)]
            assert counts
            assert not [count for count in counts if 0 < count < (least if to == "1" else least - int(to) // 2)]


def test_what_looks_like_a_script_or_a_formula_is_text(show, page):
    section = show()
    own(section, extract())
    section.get_by_text("The answers in this column", exact=True).click()
    expect(section.get_by_role("rowheader", name="<img src=x onerror=window.hacked=1>")).to_be_visible()
    assert page.evaluate("window.hacked") is None
    expect(section.locator(".ek-dq-notes")).to_contain_text("2 cells look like a formula. Here it is text")


def test_the_board_of_an_own_file_says_what_was_found(show):
    section = show()
    own(section, extract(400))
    heads = section.locator(".ek-dq-head").all_inner_texts()
    assert "NHS number stands more than once" in heads
    assert "Dates that cannot be, or cannot be read alike" in heads
    expect(section.get_by_text("discharged lies before admitted: 4 or fewer rows")).to_be_visible()
    expect(section.get_by_label("Code list")).to_have_value("nhs16")
    expect(section.get_by_label("By", exact=True)).to_have_value("ward")


def test_the_file_can_be_closed_and_the_sample_comes_back(show):
    section = show()
    press(section, "North")
    before = state(section)
    own(section, extract())
    press(section, "Use the synthetic extract")
    expect(section.locator(".ek-dq-about")).to_contain_text("1,960 rows, 9 columns.")
    after = state(section)
    assert after == before
    expect(section.locator(".ek-dq-notes")).to_be_hidden()


def test_a_file_can_be_dropped(show, page):
    section = show()
    page.evaluate(
        """(text) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
          const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
          document.querySelector(".ek-dq-drop").dispatchEvent(drop);
        }""",
        extract(),
    )
    expect(section.locator(".ek-dq-about strong")).to_have_text("dropped.csv")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "wards.csv is empty."),
        (b"PK\x03\x04", "This is a workbook or a zipped file, not a CSV."),
        (b"a,b\n", "wards.csv has a header and no rows."),
        (b"name\nMary\n", "wards.csv has no column whose answers may be shown"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_sample_stays(show, content, message):
    section = show()
    give(section, content)
    expect(section.get_by_role("alert")).to_contain_text(message)
    expect(section.locator(".ek-dq-about")).to_contain_text("Synthetic extract")


def test_a_long_file_keeps_the_page_alive_and_can_be_stopped(show, page):
    section = show()
    own(section, extract(100_000), "long.csv")
    expect(section.locator(".ek-dq-about")).to_contain_text("100,001 rows, 8 columns.")
    section.get_by_label("By", exact=True).select_option("")
    expect(section.locator(".ek-dq-row")).to_have_count(1)
    page.evaluate(
        """() => { window.pressed = new Promise((resolve) => {
          const progress = document.querySelector(".ek-dq-progress");
          new MutationObserver((_, watch) => {
            watch.disconnect();
            [...document.querySelectorAll("button")].find((one) => one.textContent === "Stop reading").click();
            resolve(true);
          }).observe(progress, { attributes: true, attributeFilter: ["value"] }); }); }"""
    )
    give(section, extract(100_000), "second.csv")
    assert page.evaluate("window.pressed")
    expect(section.get_by_role("button", name="Stop reading")).to_be_hidden()
    expect(section.locator(".ek-dq-about strong")).to_have_text("long.csv")


# ---- taking it along


def test_the_board_is_copied_as_markdown(show, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    section = show()
    press(section, "North")
    section.get_by_label("Owner").first.fill("A | B\n*bold*")
    press(section, "Copy as Markdown")
    expect(section.get_by_text("Copied. Paste it into your minutes.")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("# What to fix in our data\n\nSynthetic extract: nobody in it exists.")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + section.locator(".ek-dq-item").count()
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 7 for row in rows)
    assert r"A \| B" in rows[2]


def test_where_the_clipboard_is_closed_the_text_is_there_to_take(show, page):
    section = show()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    press(section, "Copy as Markdown")
    area = section.get_by_label("The board as Markdown")
    expect(area).to_be_focused()
    assert area.input_value().startswith("# What to fix in our data")


def test_the_board_is_printed_alone(show, page):
    section = show()
    press(section, "North")
    page.evaluate(
        """() => { const made = document.createElement.bind(document);
          document.createElement = (tag) => {
            const one = made(tag);
            if (tag === "iframe") window.printed = one;
            return one;
          }; }"""
    )
    press(section, "Print the board")
    told = page.evaluate("window.printed.contentDocument.body.innerText")
    assert told.startswith("What to fix in our data")
    assert "A default may fill ethnic_category in South" in told
    assert (
        page.evaluate("window.printed.contentDocument.querySelectorAll('tr').length")
        == 1 + section.locator(".ek-dq-item").count()
    )


# ---- page and Python


def test_page_and_python_tell_many_views_alike(show):
    section = show()
    states = []
    for column in ("ethnic_category", "sex", "clinic", "seen_in_time"):
        for by in ("", "clinic", "sex", "year of referred", "year of seen"):
            if by != column:
                for codes in CODE_LISTS:
                    board = {"column": column, "by": by, "codes": codes}
                    states += [{**board, "hide_up_to": 4, "round_to": 5}, {**board, "hide_up_to": 30, "round_to": 1}]
    base = DataQualityBoard().state()
    tries = [{}, {"trust": "East", "ratio": "half was little"}]
    states = [{**base, **one, "predictions": tries[at % 2]} for at, one in enumerate(states)]
    told = section.evaluate(
        """async (section, states) => {
          const { crossed, columnWords, columnRows, ratioWords } = await import("./quality-model.js");
          const { readText } = await import("./csv.js");
          const table = readText(states[0].sample, ",");
          return states.map((state) => {
            const sites = crossed(table, state);
            const said = `${state.sample_note} ${columnWords(sites, state)} ${ratioWords(state)}`;
            return [said, columnRows(sites, state)];
          });
        }""",
        [states[0], *({**one, "sample": ""} for one in states[1:])],
    )
    for one, (said, rows) in zip(states, told, strict=True):
        assert said == words(one)
        assert rows == table(one)


def test_kinds_hiding_and_ratios_are_those_of_python(show):
    section = show()
    chance = random.Random(7)
    cells = ["", " ", "NULL", "n/a", "Z", "z", "99", "X", "A", "a", "C3", "Roma", "White", "-1", "999", "1900-01-01"]
    cells += ["Refused", "unknown", "constructor", "__proto__", "toString", "Not Stated "]
    kinds = [[cell, codes] for cell in cells for codes in CODE_LISTS]
    tables = []
    for _ in range(120):
        rows = [[chance.choice([0, 0, 1, 3, 5, 9, 20]) for _ in range(chance.randint(2, 4))] for _ in range(3)]
        counts: list[int] = []
        sums: list[dict[str, Any]] = []
        for row in rows:
            parts = list(range(len(counts), len(counts) + len(row)))
            counts += [*row, sum(row)]
            sums.append({"parts": parts, "total": parts[-1] + 1})
        tables.append([counts, sums, {"hide_up_to": chance.choice([4, 9]), "round_to": chance.choice([1, 1, 5])}])
    trials = [
        {"wrong": wrong, "wrong_reference": back, "share": share, "ratio": ratio}
        for wrong in (0, 4.9, 41.2, 60)
        for back in (0, 2.2, 10)
        for share in (2, 40)
        for ratio in (0.5, 1, 3)
    ]
    told = section.evaluate(
        """async (section, [kinds, tables, trials]) => {
          const { protect, misclassified } = await import("./quality-model.js");
          const { kindOf } = await import("./quality-codes.js");
          return [kinds.map(([cell, codes]) => kindOf(cell, codes)), tables.map((one) => protect(...one)),
            trials.map((one) => { const { record, census } = misclassified(one); return [record, census]; })];
        }""",
        [kinds, tables, trials],
    )
    assert told[0] == [kind_of(*one) for one in kinds]
    wanted = [protect(counts, [(one["parts"], one["total"]) for one in sums], rule) for counts, sums, rule in tables]
    assert told[1] == wanted
    assert told[2] == [pytest.approx(misclassified(one), rel=1e-12) for one in trials]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(theme=theme)
    assert axe(page) == []
    press(section, "North")
    press(section, "It hardly changes")
    for summary in ("The answers in this column", "Every column", "In words", "As a table"):
        section.get_by_text(summary, exact=True).click()
    assert axe(page) == []
    own(section, extract())
    assert axe(page) == []
    give(section, b"", "empty.csv")
    expect(section.get_by_role("alert")).to_be_visible()
    assert axe(page) == []
    assert watch.troubles() == []


def test_it_fits_a_phone_and_a_thumb_and_a_keyboard(show, page):
    page.set_viewport_size(PHONE)
    section = show()
    section.locator("input[type=file]").focus()
    outline = section.locator(".ek-dq-choose").evaluate("(label) => getComputedStyle(label).outlineStyle")
    assert outline == "solid"
    own(section, extract(), "a-very-long-name-of-a-file-that-somebody-exported-in-a-hurry-2026-03-31-final-2.csv")
    for summary in ("The answers in this column", "Every column", "In words", "As a table"):
        section.get_by_text(summary, exact=True).click()
    assert wider_than_screen(page) == []
    press(section, "It hardly changes")
    press(section, "Use the synthetic extract")
    press(section, "South")
    assert wider_than_screen(page) == []
    controls = ".ek-button:visible, select:visible, input:visible:not([type=file]), .ek-dq-item summary:visible"
    for control in section.locator(controls).all():
        assert control.bounding_box()["height"] >= 44, control.inner_text()


def test_it_shows_what_a_cell_sets_and_leaves_nothing_behind(page):
    made = DataQualityBoard()
    page.set_content(f"<style>{styles('quality')}</style><main></main>")
    page.evaluate(RENDER, [source(made.module), made.state()])
    from_python(page, made, by="sex")
    expect(page.locator(".ek-dq-row")).to_have_count(8)
    from_python(page, made, hide_up_to=9)
    saved = page.evaluate("window.saved")
    assert (saved["words"], saved["table"]) == (made.words, made.table)
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
