"""Every chart takes its colours from the page, also where a library would want to mix them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import altair as alt
import pytest

from equitykit import charts
from equitykit.errors import CourseError
from tests.charts.frames import figure, frame, points, ratios

COLOUR = re.compile(r'(?:fill|stroke)="([^"]+)"')
CHARTS = {
    "points": points(),
    "lines": alt.Chart(frame()).mark_line(point=True).encode(x="decile:O", y="years:Q", color="sex:N"),
    "bars": alt.Chart(frame()).mark_bar().encode(x="years:Q", y="area_code:N"),
    "areas": alt.Chart(frame()).mark_area().encode(x="decile:Q", y="years:Q", color="sex:N"),
    "an ordered colour": alt.Chart(frame()).mark_point().encode(x="decile:O", y="years:Q", color="decile:O"),
    "a measured colour": alt.Chart(frame()).mark_rect().encode(x="decile:O", y="sex:N", color="years:Q"),
    "a measured colour about a middle": alt.Chart(frame())
    .mark_rect()
    .encode(x="decile:O", y="sex:N", color=alt.Color("years:Q", scale=alt.Scale(domainMid=80))),
    "panels": points().encode(column="sex:N"),
    "side by side": points() | points(),
    "deciles": charts.deciles(frame(), y="years", y_title="Years", low="low", high="high", series="sex"),
    "intervals": charts.interval_dots(
        ratios(), estimate="ratio", low="low", high="high", group="group", title="Ratio", reference_label="no gap"
    ),
}
TABLE = [["Sex", "Years"], ["male", "74.1"]]


@pytest.fixture(params=CHARTS, scope="module")
def still(request) -> str:
    return charts.still.svg(figure(CHARTS[request.param], table=TABLE).spec)


def test_a_drawing_names_no_colour_of_its_own(still):
    used = {colour for colour in COLOUR.findall(still) if colour not in {"none", "transparent"}}
    assert used
    assert {c for c in used if not re.fullmatch(r"var\(--ek-[\w-]+\)|color-mix\(.*var\(--ek-.*\)", c)} == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_can_be_given_plain_colours(still, scheme):
    plain = charts.still.with_colours(still, scheme)
    assert "var(" not in plain
    assert "color-mix" not in plain
    assert {c for c in COLOUR.findall(plain) if not re.fullmatch(r"#[0-9a-f]{6}|none|transparent", c)} == set()


def test_a_drawing_is_one_named_image_of_no_fixed_size(still):
    root = ET.fromstring(still)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Each step adds a year"
    assert root.get("viewBox", "").startswith("0 0 ")
    assert root.get("width") is None
    assert root.get("height") is None


def test_a_drawing_takes_the_pages_font(still):
    assert "font-family" not in still


def test_a_single_view_is_as_wide_and_as_high_as_it_says():
    spec = figure().spec
    assert ET.fromstring(charts.still.svg(spec)).get("viewBox") == f"0 0 640 {spec['height']}"


def test_a_drawing_is_kept_and_read_again(tmp_path):
    spec = figure().spec
    first = charts.still.cached(spec, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_text("<svg>kept</svg>", "utf-8")
    assert first == charts.still.svg(spec)
    assert charts.still.cached(spec, tmp_path) == "<svg>kept</svg>"
    assert charts.still.cached({**spec, "height": 200}, tmp_path) != "<svg>kept</svg>"


def test_ids_within_a_drawing_are_the_charts_own():
    clipped = points().encode(x=alt.X("decile:Q")).interactive()
    other = clipped.properties(height=200)
    first, second = (charts.still.svg(figure(chart).spec) for chart in (clipped, other))
    ids = [set(re.findall(r'id="([^"]+)"', drawing)) for drawing in (first, second)]
    assert ids[0]
    assert ids[0] & ids[1] == set()
    assert set(re.findall(r"url\(#([^)]+)\)", first)) == ids[0]
    assert first == charts.still.svg(figure(clipped).spec)


def test_a_scheme_that_is_not_there_is_refused():
    with pytest.raises(CourseError, match="'light' or 'dark'"):
        charts.still.with_colours("<svg/>", "sepia")


def test_the_deciles_name_their_series_at_the_lines_and_need_no_legend():
    drawn = charts.still.svg(figure(CHARTS["deciles"]).spec)
    texts = re.findall(r">([^<>]+)</text>", drawn)
    assert texts.count("male") == 1
    assert texts.count("female") == 1
    assert "Sex" not in texts


def test_the_deciles_table_has_the_interval():
    assert figure(CHARTS["deciles"]).table[0][-3:] == ["Low", "High", "Years"]


def test_the_intervals_keep_the_order_of_the_groups_and_write_each_estimate():
    drawn = charts.still.svg(figure(CHARTS["intervals"], data=ratios()).spec)
    heights = {name: re.search(rf'translate\([\d.-]+,([\d.]+)\)"[^>]*>{name}<', drawn) for name in ("Second", "Third")}
    assert float(heights["Second"][1]) < float(heights["Third"][1])
    assert ">1.55<" in drawn
    assert ">no gap<" in drawn


def test_every_row_of_a_list_has_its_name_however_many_lines_they_take():
    data = (
        frame().query("sex == 'male'").assign(area=lambda d: "An area of the decile number " + d["decile"].astype(str))
    )
    drawn = charts.still.svg(figure(alt.Chart(data).mark_bar().encode(x="years:Q", y="area:N")).spec)
    assert [number for number in range(1, 11) if f">decile number {number}<" not in drawn] == []


def test_a_long_name_of_a_group_is_set_in_lines():
    drawn = charts.still.svg(figure(CHARTS["intervals"], data=ratios()).spec)
    assert ">The most deprived<" in drawn
    assert ">areas of them all<" in drawn


def test_a_reference_row_without_an_interval_is_drawn_hollow_and_not_dropped():
    drawn = charts.still.svg(figure(CHARTS["intervals"], data=ratios()).spec)
    assert drawn.count('fill="var(--ek-paper)" stroke="var(--ek-1)"') == 1


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: charts.deciles(frame(), y="yaers", y_title="Years"), "'yaers'.*It has: sex, decile"),
        (lambda: charts.deciles(frame(), y="years", y_title="Years", series="area_code"), "10 series"),
        (
            lambda: charts.interval_dots(
                ratios().assign(low=-1.0), estimate="ratio", low="low", high="high", group="group", title="Ratio"
            ),
            "log=False",
        ),
    ],
)
def test_a_helper_refuses_what_it_cannot_draw(make, says):
    with pytest.raises(CourseError, match=says):
        make()
