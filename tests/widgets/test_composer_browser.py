"""The evidence composer in a static page: what a reader would ask, a picture that stays, and what leaves the page."""

from __future__ import annotations

import base64
import json
import random
import re
import struct
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import EvidenceComposer
from equitykit.widgets.composer_charts import course_charts
from equitykit.widgets.composer_consent import cover, details
from equitykit.widgets.composer_questions import asked
from equitykit.widgets.composer_words import chart_rows, table, words
from equitykit.widgets.composer_work import TEXTS, work_from
from equitykit.widgets.modules import source, styles
from equitykit.widgets.sheet import image, markdown, read_file, word
from tests.browser_support import PHONE, Watch, axe, lay_out, serve, wider_than_screen
from tests.widgets.test_composer import WHOLE, composed
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER

pytestmark = pytest.mark.browser

SECRET = b"GPSLatitude 51.5099 kept by a camera"


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one composer; returns its section, live."""
    with serve(tmp_path) as address:
        visits = count()

        def opened(made: EvidenceComposer | None = None, *, theme: str = "light") -> Locator:
            lay_out(tmp_path, [made or EvidenceComposer(name="composer", parts=["compose"])], theme=theme)
            page.goto(f"{address}?{next(visits)}")  # never what the browser remembers of the page before
            section = page.locator("#composer")
            expect(section.locator(".ek-composer")).to_be_visible()
            return section

        yield opened


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


def write(place: Locator, label: str, text: str) -> None:
    box = place.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Tab")


def photograph(page: Page, wide: int = 2400, high: int = 1200) -> bytes:
    """A JPEG as a telephone makes it: a picture, and in front of it where and with what it was taken."""
    drawn = page.evaluate(
        """([wide, high]) => {
          const canvas = Object.assign(document.createElement("canvas"), { width: wide, height: high });
          const brush = canvas.getContext("2d");
          brush.fillStyle = "#0b5c6b"; brush.fillRect(0, 0, wide, high);
          brush.fillStyle = "#f0936f"; brush.fillRect(wide / 4, high / 4, wide / 2, high / 2);
          return canvas.toDataURL("image/jpeg", 0.9);
        }""",
        [wide, high],
    )
    bare = base64.b64decode(drawn.split(",")[1])
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\0" + SECRET
    return bare[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + bare[2:]


def choose(section: Locator, name: str, content: bytes, kind: str = "image/jpeg") -> None:
    press(section, "3 Piece")
    section.get_by_label("My own picture", exact=True).check()
    section.locator("input[type=file][accept^=image]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )


def mine(section: Locator) -> None:
    """Say of the piece that the reader made it and nobody is in it."""
    press(section, "4 Consent")
    section.get_by_label("No, I have looked").check()
    section.get_by_label(TEXTS["statuses"]["mine"]).check()


def saved(page: Page, section: Locator, folder: Path) -> Path:
    with page.expect_download() as download:
        press(section, "Save as a file")
    file = folder / "evidence-poster.json"
    download.value.save_as(file)
    return file


def sheet(page: Page, section: Locator) -> Locator:
    """Print, and return what is printed in place of the page."""
    page.evaluate("window.print = () => {}")
    press(section, "Print")
    return page.locator("body > .ek-sheet")


def some_works() -> list[dict[str, Any]]:
    draw = random.Random(8)
    charts = course_charts()
    sayings = ["", "Always more", WHOLE["claim"], "Proof: a child will wheeze less", "Cold causes illness.", "  "]
    dates = ["", "2026-12-01", "2027-03-31", "2027-13-40"]
    people = ["", "We did", "The panel", "Awareness"]
    return [
        work_from(
            {
                "chart": draw.choice(charts)["id"],
                "claim": draw.choice(sayings),
                "caption": draw.choice([*sayings, "Illness in improved homes as ratio"]),
                "piece": {
                    "kind": draw.choice(["drawing", "image", "text", "none"]),
                    "drawing": draw.choice(list(TEXTS["drawings"])),
                    "form": draw.choice(list(TEXTS["forms"])),
                    "title": draw.choice(["", "Hall, 7 am"]),
                    "text": draw.choice(["", "A wall has a map.", "Ask Mrs Example!"]),
                    "adds": draw.choice(["", "It illustrates the average", "When it is wet"]),
                    "recognise": draw.choice(["", "no", "unsure", "yes"]),
                    "size": draw.choice([None, [1600, 800]]),
                },
                "consent": {
                    "status": draw.choice(["", *(one for one in TEXTS["statuses"] if one != "course")]),
                    **{one: draw.choice(["", "Said", "Said", "Said"]) for one in ("made", "inside", "agreed")},
                    "showings": draw.sample(list(TEXTS["showings"]), draw.randint(0, 4)),
                    "until": draw.choice(dates),
                    "withdraw": draw.choice(["", "Tell the desk", "Tell the desk"]),
                },
                "showing": {
                    "kind": draw.choice(["", *TEXTS["showings"]]),
                    "place": draw.choice(["", "Library"]),
                    "date": draw.choice(dates),
                },
                "alt": {
                    one: draw.choice(["", "Image of a wall", "Ratios of 0.57", "Cold causes illness."])
                    for one in ("chart", "piece")
                },
                "chose": draw.choice(people),
                "gains": draw.choice(people),
            },
            charts,
        )
        for _ in range(400)
    ]


def test_the_page_asks_tells_and_refuses_what_python_would(show, page):
    show()
    base = EvidenceComposer(name="composer", parts=["compose"]).state()
    works = some_works()
    everything = page.evaluate(
        """async ([base, works]) => {
          const told = await import("./composer-model.js");
          return works.map((work) => {
            const state = { ...base, work };
            const chart = told.chartOf(state);
            return { words: told.composerWords(state), table: told.composerRows(state), rows: told.chartRows(chart),
              cover: told.cover(work, base.texts), asked: told.asked(work, chart, base.rules, base.texts),
              details: told.details(work, base.texts) };
          });
        }""",
        [base, works],
    )
    charts = {one["id"]: one for one in base["charts"]}
    seen = set()
    for work, told in zip(works, everything, strict=True):
        now = {**base, "work": work}
        held = cover(work)
        assert told["cover"] == {"covered": held.covered, "reason": held.reason, "instead": held.instead}, work
        assert told["asked"] == asked(work, charts[work["chart"]]), work
        assert (told["words"], told["table"]) == (words(now), table(now)), work
        assert told["rows"] == chart_rows(charts[work["chart"]])
        assert told["details"] == [list(one) for one in details(work)]
        seen |= {(held.covered, work["consent"]["status"])}
    assert {(True, "agreed"), (True, "mine"), (False, "agreed"), (False, "mine"), (False, "withdrawn")} <= seen


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    made = EvidenceComposer(name="composer")
    told = state(show(made))
    assert (told["words"], told["table"], told["work"]) == (made.words, made.table, made.work)
    assert watch.troubles() == []


def test_a_prediction_by_keyboard_is_corrected_from_the_chart(show):
    section = show(EvidenceComposer(name="composer", parts=["predict"]))
    expect(section.get_by_text("It says cured")).to_have_count(0)
    press(section, "Poster B")
    expect(section.locator(".ek-co-ask")).to_be_focused()
    expect(section.locator(".ek-co-ask")).to_contain_text("You said B. The answer is A.")
    expect(section.locator(".ek-co-more .ek-co-why")).to_contain_text("It says cured.")
    assert state(section)["guesses"] == {"homes": "b"}


def test_a_prediction_is_there_on_the_next_visit(show, page):
    section = show(EvidenceComposer(name="composer", parts=["predict"]))
    press(section, "Poster A")
    section = show(EvidenceComposer(name="composer", parts=["predict"]))
    expect(section.locator(".ek-co-ask")).to_contain_text("Yes: A.")


def test_what_is_written_shows_at_once_and_answers_its_question(show):
    section = show()
    press(section, "Who chose? open")
    expect(section.get_by_role("group", name="Who", exact=True)).to_be_focused()
    write(section, "Who chose this chart, this piece, and that they stand together?", "The tenants' panel, in May")
    expect(section.get_by_role("button", name="Who chose? yours to judge")).to_be_visible()
    press(section, "1 Chart and claim")
    section.get_by_label("Your claim, as the poster’s title").fill("Insulation always helps")
    expect(section.locator(".ek-co-live-claim")).to_have_text("Insulation always helps")
    section.get_by_label("Your claim, as the poster’s title").press("Tab")
    expect(section.locator(".ek-co-step:visible")).to_contain_text("It speaks of everyone.")
    section.get_by_label("Gap in life expectancy", exact=False).check()
    told = state(section)
    assert told["work"]["chart"] == "gaps"
    assert "The chart has no intervals." in told["table"][3][2]


def test_a_picture_is_read_in_the_browser_and_nothing_is_sent(show, page):
    section = show()
    content = photograph(page)
    assert SECRET in content
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.context.set_offline(True)
    page.route("**/*", lambda route: route.abort())
    choose(section, "hall.jpg", content)
    expect(section.get_by_text("hall.jpg is read, 1600 by 800 pixels.")).to_be_visible()
    mine(section)
    write(section, "Where", "Library")
    shown = section.locator(".ek-co-live .ek-co-own img")
    expect(shown).to_be_visible()
    assert shown.evaluate("(image) => [image.naturalWidth, image.naturalHeight]") == [1600, 800]
    assert [one for one in requests if not one.startswith("data:")] == []
    told = state(section)
    assert told["work"]["piece"]["size"] == [1600, 800]
    assert "base64" not in json.dumps(told), "the picture is no trait: a kernel would be sent it"
    assert "base64" not in page.evaluate("JSON.stringify(localStorage)"), "kept without being asked"


def test_place_and_camera_are_gone_from_the_picture(show, page, tmp_path):
    section = show()
    choose(section, "hall.jpg", photograph(page))
    mine(section)
    data = section.locator(".ek-co-live .ek-co-own img").get_attribute("src")
    redrawn = base64.b64decode(data.split(",")[1])
    assert redrawn[:3] == b"\xff\xd8\xff"
    assert SECRET not in redrawn
    assert b"Exif" not in redrawn
    given = json.loads(saved(page, section, tmp_path).read_text("utf-8"))
    assert base64.b64decode(given["picture"]["data"].split(",")[1]) == redrawn


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 30000, 20000) + b"\x08\x02\0\0\0"


@pytest.mark.parametrize(
    ("name", "content", "kind", "said"),
    [
        ("torn.jpg", b"\xff\xd8\xff\xe0 no picture at all", "image/jpeg", "it is broken, or of a kind"),
        ("wall.png", PNG, "image/png", "it is 30000 by 20000 pixels, more than this page can hold"),
        ("notes.txt", b"words", "text/plain", "it is no picture"),
        ("drawing.svg", b"<svg/>", "image/svg+xml", "a drawing in SVG can carry more than a picture"),
    ],
)
def test_a_picture_that_cannot_be_used_is_refused_in_words(show, page, name, content, kind, said):
    section = show()
    choose(section, name, content, kind)
    expect(section.get_by_text(f"{name} cannot be used: {said}", exact=False)).to_be_visible()
    expect(section.get_by_text("The poster is as it was.")).to_be_visible()
    assert state(section)["work"]["piece"]["size"] is None


def test_a_picture_of_too_many_bytes_is_refused_before_it_is_read(show, page, tmp_path):
    section = show()
    press(section, "3 Piece")
    section.get_by_label("My own picture", exact=True).check()
    with (tmp_path / "large.jpg").open("wb") as large:
        large.truncate(41 * 1024 * 1024)
    section.locator("input[type=file][accept^=image]").set_input_files(tmp_path / "large.jpg")
    expect(section.get_by_text("large.jpg cannot be used: it has 41 MB, more than this page can hold")).to_be_visible()


def test_a_picture_is_kept_only_where_the_reader_asks_and_is_erased_with_the_rest(show, page):
    section = show()
    choose(section, "hall.jpg", photograph(page))
    mine(section)
    section = show()
    assert section.locator(".ek-co-own img").count() == 0, "kept without being asked"
    expect(section.locator(".ek-ta-notice")).to_contain_text("Kept in this browser")
    choose(section, "hall.jpg", photograph(page))
    section.get_by_label("Keep the picture in this browser", exact=False).check()
    expect(section.get_by_text("The picture is kept in this browser.")).to_be_visible()
    section = show()
    expect(section.locator(".ek-co-live .ek-co-own img")).to_be_visible()
    press(section, "Erase what I wrote")
    press(section, "Erase it")
    expect(section.locator(".ek-co-own img")).to_have_count(0)
    assert "base64" not in page.evaluate("JSON.stringify(localStorage)")
    assert state(section)["work"] == EvidenceComposer(name="composer", parts=["compose"]).work


def test_a_picture_that_is_withdrawn_is_shown_kept_and_saved_nowhere(show, page, tmp_path):
    section = show()
    choose(section, "hall.jpg", photograph(page))
    section.get_by_label("Keep the picture in this browser", exact=False).check()
    mine(section)
    section.get_by_label(TEXTS["statuses"]["withdrawn"], exact=True).check()
    expect(section.locator(".ek-co-kept").first).to_contain_text("Those whose piece it is have taken it back")
    assert section.locator("img").count() == 0
    assert "base64" not in page.evaluate("JSON.stringify(localStorage)")
    assert "image/jpeg" not in saved(page, section, tmp_path).read_text("utf-8")
    assert sheet(page, section).locator("img").count() == 0


def test_a_full_storage_is_said_and_what_is_written_is_kept(show, page):
    page.add_init_script(
        """const put = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
          if (value.length > 12000) throw new DOMException("full", "QuotaExceededError");
          put.call(this, key, value);
        };"""
    )
    section = show()
    choose(section, "hall.jpg", photograph(page))
    box = section.get_by_label("Keep the picture in this browser", exact=False)
    box.click()
    expect(section.get_by_text("This browser’s storage is full or closed, so the picture is not kept.")).to_be_visible()
    expect(box).not_to_be_checked()
    write(section, "Its title", "Hall")
    section = show()
    expect(section.locator(".ek-co-kept").first).to_be_visible()  # without the picture there is no piece
    press(section, "3 Piece")
    expect(section.get_by_label("Its title")).to_have_value("Hall")


def test_a_piece_that_is_not_covered_is_not_printed_and_its_place_says_why(show, page):
    section = show(composed(consent={"status": "waiting"}))
    expect(section.locator(".ek-co-refused")).to_have_text(
        "The piece is not printed. They have been asked and have not answered. No answer is not a yes. "
        "Its place is kept empty, and the poster says why."
    )
    paper = sheet(page, section)
    assert WHOLE["piece"]["text"] not in paper.inner_text()
    assert TEXTS["instead"]["waiting"] in paper.text_content()
    assert "0.57" in paper.text_content()
    press(section, "4 Consent")
    section.get_by_label(TEXTS["statuses"]["agreed"], exact=True).check()
    assert WHOLE["piece"]["text"] in sheet(page, section).text_content()
    expect(section.locator(".ek-co-refused")).to_be_empty()


def test_consent_is_in_view_beside_the_piece(show):
    strip = show(composed(showing={"kind": "online"})).locator(".ek-co-strip")
    expect(strip).to_contain_text("not to a website or social media")
    for said in ("Residents of the street", "31 March 2027", "Tell the library desk", "One photograph of the hall"):
        expect(strip).to_contain_text(said)


@pytest.mark.parametrize("paper", ["Poster, A4", "Poster, A3", "Page, A4"])
def test_source_licence_and_no_name_of_those_in_it_are_on_every_sheet(show, page, paper):
    section = show(composed(consent={"inside": "Somebody's hand"}))
    press(section, paper)
    printed = sheet(page, section)
    text = printed.text_content()
    assert "Source: Howden-Chapman and others, BMJ 2007" in text
    assert "Licence: Published facts" in text
    assert "Somebody's hand" not in text
    expect(printed).to_be_hidden()  # on the screen
    page.emulate_media(media="print")
    assert printed.get_by_role("heading", level=1).all_inner_texts() == [WHOLE["claim"]]
    expect(printed.get_by_role("img", name=WHOLE["alt"]["chart"])).to_be_visible()
    expect(section).to_be_hidden()


@pytest.mark.parametrize(
    ("paper", "size"), [("Poster, A4", (595, 842)), ("Poster, A3", (842, 1191)), ("Page, A4", (595, 842))]
)
def test_a_poster_is_one_sheet_of_its_size(show, page, paper, size):
    section = show(composed(caption="Tenants asked for eleven years, and the landlord paid in the twelfth. " * 9))
    press(section, paper)
    sheet(page, section)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {size}
    if "Poster" in paper:
        assert len(boxes) == 1


def test_what_was_saved_opens_again_and_becomes_a_document(show, page, tmp_path):
    section = show(composed())
    choose(section, "hall.jpg", photograph(page))
    mine(section)
    press(section, "5 In words")
    write(section, "The piece, for somebody who does not see it", "An orange field in a green one.")
    file = saved(page, section, tmp_path)
    work = state(section)["work"]
    kind, given = read_file(file)
    assert kind == EvidenceComposer.kind
    pictures = [one for one in given["blocks"] if one["kind"] == "picture"]
    assert [one["alt"] for one in pictures] == [WHOLE["alt"]["chart"], "An orange field in a green one."]
    assert image(pictures[1])[:3] == b"\xff\xd8\xff"
    assert len(word(given).inline_shapes) == 2
    assert "| Trial: wheezing | 0.57 | 0.47 to 0.70 |" in markdown(given)
    section = show()
    section.locator("input[type=file][accept*=json]").set_input_files(file)
    expect(section.get_by_text("Opened evidence-poster.json.").first).to_be_visible()
    assert state(section)["work"] == work
    expect(section.locator(".ek-co-live .ek-co-own img")).to_be_visible()


def test_a_picture_stands_within_its_half_whatever_its_shape(show, page):
    section = show(composed())
    choose(section, "hall.jpg", photograph(page, 300, 900))
    sheet(page, section)
    for media, place in (("screen", ".ek-co-live"), ("screen", ".ek-co-preview"), ("print", "body > .ek-sheet")):
        page.emulate_media(media=media)
        frame, picture = (page.locator(f"{place} {one}").bounding_box() for one in (".ek-co-frame-piece", "img"))
        assert list(picture.values()) == pytest.approx(list(frame.values()), abs=1), place
        assert picture["width"] == pytest.approx(picture["height"], rel=0.02), "no half is larger than the other"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ({"work": 3}, "its work cannot be read"),
        ({"work": {"claim": 3}}, "its claim is no text"),
        ({"work": {"chart": "pie"}}, "its chart (pie) is not one that this page has"),
        ({"work": {"chart": "gaps", "showing": {"date": "May"}}}, "a date in it cannot be read"),
        (
            {"work": {"chart": "gaps", "consent": {"showings": ["radio"]}}},
            "names a showing that this page does not have",
        ),
        (
            {"work": {"chart": "gaps"}, "picture": {"data": "https://example.org/a.jpg", "size": [1, 1]}},
            "its picture cannot be read",
        ),
        ({"kind": "power map"}, "it was not saved from this tool"),
    ],
)
def test_a_damaged_file_is_refused_and_the_poster_is_as_it_was(show, page, damage, said):
    section = show()
    before = state(section)["work"]
    file = {"kind": "evidence composer", "version": 1, "work": before, **damage}
    section.locator("input[type=file][accept*=json]").set_input_files(
        {"name": "odd.json", "mimeType": "application/json", "buffer": json.dumps(file).encode()}
    )
    expect(section.locator(".ek-ta-status")).to_contain_text(said)
    expect(section.locator(".ek-ta-status")).to_contain_text("The poster is as it was.")
    assert state(section)["work"] == before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_step_is_accessible_and_within_a_telephone(show, page, theme, watch: Watch):
    page.set_viewport_size(PHONE)
    section = show(EvidenceComposer(name="composer"), theme=theme)
    press(section, "Poster A")
    section.get_by_text("As a table", exact=True).click()
    press(section, "3 Piece")
    section.get_by_label("My own text", exact=True).check()
    write(section, "The text", "A wall has a map of last winter.")
    press(section, "4 Consent")
    section.get_by_label(TEXTS["statuses"]["agreed"], exact=True).check()
    for step in ("1 Chart and claim", "2 Caption", "3 Piece", "4 Consent", "5 In words", "6 Who"):
        press(section, step)
        assert wider_than_screen(page) == [], step
        low = section.evaluate(
            """(section) => [...section.querySelectorAll("button, select, textarea, .ek-co-input, .ek-choice")]
            .filter((one) => one.offsetParent)
            .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent)"""
        )
        assert low == [], step
        assert axe(page) == [], step
    press(section, "Page, A4")
    assert axe(page) == []
    assert wider_than_screen(page) == []
    assert watch.troubles() == []


def test_a_cell_in_a_notebook_moves_it_and_nothing_listens_once_it_has_left(page):
    made = EvidenceComposer(name="composer", parts=["compose"])
    page.set_content(f"<style>{styles('composer')}</style><main></main>")
    page.evaluate(RENDER, [source("composer"), made.state()])
    made.work = {**made.work, "claim": "From a cell"}
    page.evaluate("(work) => window.fromPython({ work })", made.work)
    expect(page.locator(".ek-co-live-claim")).to_have_text("From a cell")
    assert page.evaluate("window.saved.words") == made.words
    made.sheet = page.evaluate("window.saved.sheet")
    assert made.composed()["title"] == "From a cell"
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
