"""A figure refuses what a reader could not trust or could not read, and carries the rest by itself."""

from __future__ import annotations

import json
import subprocess
import sys

import altair as alt
import pandas as pd
import pytest

from equitykit import charts
from equitykit.errors import CourseError
from equitykit.widgets.base import MIME
from tests.charts.frames import SOURCE, figure, frame, points

BARE = pd.DataFrame({"decile": [1, 2], "years": [74.1, 75.0], "sex": ["male", "male"]})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "has no title"),
        ({"words": ""}, "has no words"),
        ({"name": "Years by decile"}, "lower case, digits and hyphens"),
        ({"name": ""}, "lower case, digits and hyphens"),
        ({"data": BARE}, r"equitykit\.data\.load"),
        ({"data": []}, r"equitykit\.data\.load"),
        ({"data": [frame(), BARE]}, r"equitykit\.data\.load"),
        ({"table": [["a", "b"], ["1"]]}, "rows of the same length"),
    ],
)
def test_a_figure_is_refused_in_one_line_that_says_what_to_do(changes, says):
    with pytest.raises(CourseError, match=says) as refused:
        figure(**changes)
    assert "\n" not in str(refused.value)


def test_the_source_is_read_from_the_data_each_dataset_once():
    other = frame(title="Deaths", source="A Register", source_url="")
    made = figure(data=[frame(), frame(), other])
    assert [one["text"] for one in made.source] == [SOURCE["source"], "A Register"]
    html = made.still()
    assert f'<a href="{SOURCE["source_url"]}">{SOURCE["source"]}</a>. {SOURCE["licence"]}' in html
    assert "Sources: " in html


def test_without_data_the_source_is_the_charts_own():
    assert figure(data=None).source[0]["text"] == SOURCE["source"]


def test_the_table_has_what_is_drawn_in_words_and_like_numbers():
    header, first, *_ = figure().table
    assert header == ["Sex", "Decile", "Years"]
    assert first == ["male", "1", "74.1"]
    assert len(figure().table) == 21


def test_a_columns_title_names_it_in_the_table():
    chart = points().encode(y=alt.Y("years:Q", title="Years from birth"))
    assert figure(chart).table[0] == ["Sex", "Decile", "Years from birth"]


def test_a_gap_in_the_data_is_said_in_the_table():
    data = frame()
    data.loc[0, "years"] = float("nan")
    assert figure(points(data), data=data).table[1] == ["male", "1", "not given"]


def test_a_table_given_is_the_table():
    given = pd.DataFrame({"age_group": ["0 to 4"], "deaths": [12345], "year": [2001]})
    assert figure(table=given).table == [["Age group", "Deaths", "Year"], ["0 to 4", "12,345", "2001"]]


def test_a_chart_that_computes_what_it_draws_needs_a_table():
    counted = alt.Chart(frame()).mark_bar().encode(y="count()")
    with pytest.raises(CourseError, match="table=a DataFrame"):
        figure(counted)
    assert figure(counted, table=[["Sex", "Rows"], ["male", "10"]]).table[1] == ["male", "10"]


def test_a_table_too_long_to_read_is_refused():
    data = pd.DataFrame({"decile": range(401), "years": 1.0, "sex": "male"})
    data.attrs["dataset"] = SOURCE
    with pytest.raises(CourseError, match="401 rows"):
        figure(points(data), data=data)


def test_synthetic_data_is_called_synthetic_in_the_drawing_and_under_it():
    made = figure(data=frame(synthetic=True))
    assert ">Synthetic data<" in charts.still.svg(made.spec)
    assert "Synthetic data" in made.still()
    assert "Synthetic data" not in charts.still.svg(figure().spec) + figure().still()


def test_columns_that_are_not_drawn_stay_at_home():
    assert "area_code" in frame().columns
    assert "area_code" not in json.dumps(figure().bundle())


def test_no_axis_or_legend_shows_a_bare_column_name_or_two_joined():
    data = frame().rename(columns={"years": "years_lived"})
    base = alt.Chart(data).encode(x="decile:O", color="sex:N")
    chart = base.mark_line().encode(y="years_lived:Q") + base.mark_rule().encode(y="low:Q", y2="high:Q")
    drawn = charts.still.svg(figure(chart, data=data).spec)
    assert ">Years lived<" in drawn
    assert ">Sex<" in drawn
    assert "years_lived" not in drawn
    assert "Years lived, " not in drawn


def test_a_selection_begins_as_the_chart_says():
    threshold = alt.param(name="threshold", value=80, bind=alt.binding_range(min=70, max=90, name="Threshold"))
    chosen = alt.selection_point(name="chosen", fields=["sex"])
    made = figure(points().add_params(threshold, chosen))
    assert made.selection == {"threshold": 80, "chosen": None}


def test_the_same_chart_is_the_same_specification_whatever_came_before():
    def chart() -> alt.Chart:
        brush, cut = alt.selection_interval(), alt.param(value=80)
        return points().encode(opacity=alt.condition(brush, alt.value(1), alt.value(0.3))).add_params(brush, cut)

    first, second = figure(chart()).bundle(), figure(chart()).bundle()
    assert json.dumps(first) == json.dumps(second)
    assert {p["name"] for p in first["state"]["spec"]["params"]} == {"param_1", "param_2"}


def test_the_same_chart_is_the_same_specification_in_another_process():
    program = "import json; from tests.charts.frames import figure; print(json.dumps(figure().bundle()))"
    runs = {
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert runs == {json.dumps(figure().bundle()) + "\n"}


def test_a_figure_shows_itself_with_and_without_a_kernel():
    data, _ = figure()._repr_mimebundle_()
    assert data[MIME] == figure().bundle()
    assert data[MIME]["module"] == "figure"
    assert data["text/plain"] == figure().words
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"] == figure().still()


def test_what_is_kept_in_a_notebook_holds_no_drawing():
    assert "<svg" not in figure().still()


def test_a_figure_answers_the_page_that_asks_for_the_chart_library(monkeypatch):
    made = figure()
    sent = []
    monkeypatch.setattr(made, "send", sent.append)
    made._handle_custom_msg({"type": "vega"}, [])
    made._handle_custom_msg({"type": "something else"}, [])
    assert [message["type"] for message in sent] == ["vega"]
    assert "window.vegaEmbed=" in sent[0]["text"]
