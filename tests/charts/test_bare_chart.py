"""A chart that a student displays as it is: drawn offline, said in words, and the notebook can be saved."""

from __future__ import annotations

import altair as alt
import nbformat

from equitykit.widgets.base import MIME
from tests.charts.frames import points

VEGALITE = "application/vnd.vegalite.v6+json"


def bundle(chart: alt.Chart) -> dict:
    made = chart._repr_mimebundle_()
    return made[0] if isinstance(made, tuple) else made


def test_the_kits_renderer_and_theme_are_on_by_import():
    assert alt.renderers.active == "equitykit"
    assert alt.theme.active == "equitykit"


def test_a_bare_chart_brings_its_library_its_specification_and_words():
    data = bundle(points())
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data[VEGALITE]["mark"]["type"] == "point"
    assert data[MIME]["module"] == "figure"
    assert data["text/plain"] == "A chart (point) of 20 rows; across: decile; up: years; by colour: sex."
    assert data[MIME]["state"]["table"][0] == ["Sex", "Decile", "Years"]


def test_a_notebook_that_holds_one_is_valid():
    output = nbformat.v4.new_output("execute_result", data=bundle(points()), execution_count=1)
    cell = nbformat.v4.new_code_cell("chart", outputs=[output], execution_count=1)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


def test_what_stays_in_a_notebook_is_the_same_at_every_run():
    first, second = (
        {mime: value for mime, value in bundle(points()).items() if "widget-view" not in mime} for _ in range(2)
    )
    assert first == second


def test_a_sketch_without_a_table_is_drawn_all_the_same():
    counted = alt.Chart(points().data).mark_bar().encode(x="count()", y="sex:N")
    assert bundle(counted)[MIME]["state"]["spec"]["encoding"]["x"]["aggregate"] == "count"
