"""A measure for each group of a table."""

import pandas as pd
import pytest

from equitykit import measures

AREAS = pd.DataFrame(
    {"area": ["b", "a", "b"], "sex": ["f", "f", "m"], "deaths": [20, 65, 9], "people": [100, 100, 100]}
)
RATE = {"count": "deaths", "population": "people", "per": 100}


def test_each_group_has_its_own_result_in_order_of_appearance():
    AREAS.attrs["dataset"] = {"name": "areas"}
    table = measures.by_group(AREAS, ["area", "sex"], measures.crude_rate, **RATE)
    assert table[["area", "sex"]].values.tolist() == [["b", "f"], ["a", "f"], ["b", "m"]]
    assert table.estimate.tolist() == [20, 65, 9]
    assert table.attrs == {"dataset": {"name": "areas"}}, "a chart still knows the source"


def test_a_row_is_what_the_measure_gives_alone():
    table = measures.by_group(AREAS, "area", measures.crude_rate, **RATE)
    alone = measures.crude_rate(AREAS[AREAS.area == "b"], **RATE)
    assert table.iloc[0].drop("area").to_dict() == alone.row()


def test_order_among_categories_is_kept():
    ordered = AREAS.assign(area=pd.Categorical(AREAS.area, categories=["a", "b", "c"], ordered=True))
    table = measures.by_group(ordered, "area", measures.crude_rate, **RATE)
    assert table.area.cat.ordered
    assert table.area.tolist() == ["b", "a"], "and no row for a category without one"


def test_an_error_names_the_group():
    with pytest.raises(measures.CourseError, match=r"area a, sex f: column 'people', row 1: 0 is no population"):
        measures.by_group(AREAS.assign(people=[100, 0, 100]), ["area", "sex"], measures.crude_rate, **RATE)
    with pytest.raises(measures.CourseError, match="no column 'aera' for by; did you mean 'area'"):
        measures.by_group(AREAS, "aera", measures.crude_rate, **RATE)
