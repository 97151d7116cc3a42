"""A figure in a page: drawn where its still stood, in the page's colours, at the page's width."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import altair as alt
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from equitykit import charts
from equitykit.book.assets import vega_bundle
from equitykit.book.interactive import static_html, still_html
from tests.browser_support import DESK, PHONE, Watch, axe, lay_out, serve, wider_than_screen
from tests.charts.frames import figure, frame, points, ratios

pytestmark = pytest.mark.browser

DECILES = charts.deciles(frame(), y="years", y_title="Years from birth", low="low", high="high", series="sex")
RATIOS = charts.interval_dots(
    ratios(),
    estimate="ratio",
    low="low",
    high="high",
    group="group",
    title="Ratio of rates, compared with the least deprived areas (log scale)",
    reference_label="no gap",
)
SERIES = charts.interval_dots(
    frame().query("decile > 7").assign(step=lambda d: "Decile " + d["decile"].astype(str)),
    estimate="years",
    low="low",
    high="high",
    group="step",
    series="sex",
    title="Years from birth",
    reference=80,
    reference_label="eighty years",
    log=False,
)
PANELS = points().properties(height=200).encode(column="sex:N")

OVERLAPS = """(section) => {
  const texts = [...section.querySelectorAll(".ek-vega svg text")]
    .filter((text) => text.textContent.trim() && text.getAttribute("opacity") !== "0")
    .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return texts.flatMap((one, i) => texts.slice(i + 1)
    .filter((other) => other.text !== one.text && meet(one.box, other.box))
    .map((other) => `${one.text} / ${other.text}`));
}"""


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Path:
    return vega_bundle(tmp_path_factory.mktemp("vega"))


@pytest.fixture
def folder(tmp_path: Path, library: Path) -> Path:
    (tmp_path / "vega.js").hardlink_to(library)
    return tmp_path


@pytest.fixture
def show(page: Page, folder: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page of figures as the book builds it; returns the first, drawn."""
    with serve(folder) as address:

        def opened(*figures: charts.Figure, theme: str = "light", drawn: bool = True) -> Locator:
            lay_out(folder, figures, theme=theme)
            built = folder / "index.html"
            html = built.read_text("utf-8")
            for one in figures:
                bundle = one.bundle()
                with_drawing = static_html(bundle, still_html(bundle, folder / "stills"))
                html = html.replace(static_html(bundle, one.still()), with_drawing)
            built.write_text(html, "utf-8")
            page.goto(address)
            if drawn:
                for one in figures:
                    page.locator(f"#{one.name}").scroll_into_view_if_needed()
                    expect(drawing(page.locator(f"#{one.name}"))).to_be_visible()
            return page.locator(f"#{figures[0].name}")

        yield opened


def drawing(section: Locator) -> Locator:
    return section.locator(".ek-vega svg")


def computed(section: Locator, selector: str, name: str) -> str:
    return section.locator(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name)


def rgb(scheme: str, token: str) -> str:
    plain = charts.still.with_colours(f"var({token})", scheme)
    return "rgb({}, {}, {})".format(*(int(plain[i : i + 2], 16) for i in (1, 3, 5)))


def test_the_chart_is_drawn_with_its_words_its_table_and_its_source(show, watch: Watch):
    section = show(figure(DECILES, note="Both sexes."))
    expect(section.locator("figcaption")).to_have_text("Each step adds a year")
    image = section.get_by_role("img", name="Each step adds a year")
    expect(image).to_have_accessible_description("Years rise from 74.1 to 82.2 for males.")
    expect(section.locator(".ek-source")).to_contain_text("An Office, Years lived (2020). Open Government Licence")
    expect(section.locator(".ek-note")).to_have_text("Both sexes.")
    section.get_by_text("As a table").click()
    expect(section.get_by_role("row")).to_have_count(21)
    assert section.locator(".vega-actions").count() == 0
    assert watch.troubles() == []


def test_a_theme_toggle_recolours_the_drawing_that_is_there(show, page: Page):
    section = show(figure(DECILES))
    drawing(section).evaluate("(svg) => { svg.kept = true; }")
    line = ".mark-line path"
    assert computed(section, line, "stroke") == rgb("light", "--ek-1")
    page.evaluate("document.body.dataset.theme = 'dark'")
    assert computed(section, line, "stroke") == rgb("dark", "--ek-1")
    assert drawing(section).evaluate("(svg) => svg.kept === true")


def test_a_mixed_colour_follows_the_theme_too(show, page: Page):
    tiles = alt.Chart(frame()).mark_rect().encode(x="decile:O", y="sex:N", color="years:Q")
    section = show(figure(tiles))
    light = computed(section, ".mark-rect.role-mark path", "fill")
    page.evaluate("document.body.dataset.theme = 'dark'")
    dark = computed(section, ".mark-rect.role-mark path", "fill")
    assert "none" not in (light, dark)
    assert light != dark


def test_the_text_is_in_the_pages_font(show, page: Page):
    section = show(figure(DECILES))
    assert computed(section, "svg text", "fontFamily") == page.evaluate("getComputedStyle(document.body).fontFamily")


@pytest.mark.parametrize("chart", [DECILES, RATIOS, SERIES, PANELS], ids=["deciles", "ratios", "series", "panels"])
def test_at_phone_width_nothing_overflows_and_no_label_meets_another(show, page: Page, chart):
    section = show(figure(chart, table=[["Sex"], ["male"]]))
    page.set_viewport_size(PHONE)
    width = section.locator(".ek-chart").evaluate("(place) => place.clientWidth")
    page.wait_for_function("(width) => document.querySelector('.ek-vega svg').clientWidth <= width", arg=width)
    assert drawing(section).evaluate("(svg) => svg.clientWidth") > width * 0.9
    assert wider_than_screen(page) == []
    assert section.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_below_moves_when_the_still_gives_way_to_the_drawing(show, page: Page, screen):
    page.set_viewport_size(screen)
    held: list[Route] = []
    page.route("**/vega.js", lambda route: held.append(route))
    with page.expect_request("**/vega.js"):
        section = show(figure(DECILES), drawn=False)
    below = section.locator(".ek-source")
    expect(section.locator("svg.ek-drawing")).to_be_visible()
    before = below.bounding_box()
    held[0].continue_()
    expect(drawing(section)).to_be_visible()
    assert section.locator("svg.ek-drawing").count() == 0
    assert below.bounding_box() == before


def test_where_the_library_cannot_be_had_the_still_stays_and_the_page_says_so(show, page: Page):
    page.route("**/vega.js", lambda route: route.abort())
    section = show(figure(DECILES), drawn=False)
    expect(section.get_by_role("status")).to_have_text("The chart could not be drawn. This is a picture of it.")
    expect(section.locator("svg.ek-drawing")).to_be_visible()


def test_figures_share_one_library(show, page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("vega.js") else None)
    show(*(figure(DECILES, name=f"figure-{number}") for number in range(3)))
    assert len(asked) == 1


def test_a_control_works_by_keyboard_and_is_kept_in_the_state(show, page: Page):
    least = alt.param(name="least", value=70, bind=alt.binding_range(min=70, max=90, step=1, name="From (years)"))
    section = show(figure(points().transform_filter("datum.years >= least").add_params(least)))
    dots = section.locator(".mark-symbol.role-mark path")
    expect(dots).to_have_count(20)
    slider = section.get_by_role("slider", name="From (years)")
    slider.focus()
    page.keyboard.press("End")
    expect(dots).to_have_count(0)
    assert page.evaluate("states['years-by-decile'].selection") == {"least": 90}


def test_a_selection_is_kept_in_the_state_and_survives_another_width(show, page: Page):
    brush = alt.selection_interval(name="brush", encodings=["x"])
    section = show(figure(points().encode(x="decile:Q").add_params(brush)))
    box = drawing(section).bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + 120)
    page.mouse.down()
    page.mouse.move(box["x"] + 400, box["y"] + 160, steps=4)
    page.mouse.up()
    page.wait_for_function("states['years-by-decile']?.selection.brush?.decile")
    page.set_viewport_size(PHONE)
    expect(section.locator(".brush_brush, [class*=brush]").first).to_be_visible()
    first, last = page.evaluate("states['years-by-decile'].selection.brush.decile")
    assert 0 <= first < last <= 10


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_figure_is_accessible(show, page: Page, theme):
    least = alt.param(name="least", value=70, bind=alt.binding_range(min=70, max=90, step=1, name="From (years)"))
    section = show(
        figure(DECILES), figure(points().add_params(least), name="with-a-control", title="Both rise"), theme=theme
    )
    for summary in section.page.locator("summary").all():
        summary.click()
    assert axe(page) == []


KERNEL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kernel</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="kit.css">
<link rel="stylesheet" href="figure.css"></head><body data-theme="light">
<div id="here"></div>
<script type="module">
  import figure from "./figure.js";
  const { state } = await (await fetch("bundle.json")).json();
  const hear = new Set();
  const model = {
    get: (key) => state[key], set: (key, value) => { state[key] = value; }, save_changes: () => {},
    on: (event, listener) => { if (event === "msg:custom") hear.add(listener); }, off: () => {},
    send: async () => {
      const text = await (await fetch("vega.js")).text();
      for (const listener of hear) listener({ type: "vega", text }, []);
    },
  };
  figure.render({ model, el: document.getElementById("here") });
</script></body></html>"""


def test_with_a_kernel_the_library_comes_as_text(page: Page, folder: Path, watch: Watch):
    made = figure(DECILES)
    lay_out(folder, [made])
    (folder / "kernel.html").write_text(KERNEL, "utf-8")
    (folder / "bundle.json").write_text(json.dumps(made.bundle()), "utf-8")
    with serve(folder) as address:
        page.goto(f"{address}kernel.html")
        expect(page.get_by_role("img", name="Each step adds a year")).to_be_visible()
        expect(page.locator(".ek-source")).to_contain_text("An Office")
    assert watch.troubles() == []
