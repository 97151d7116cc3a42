"""What assignment 11 says in figures is what its own functions make of the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equitykit import data, measures
from equitykit.grading import rubric
from tests.exercises.told import own

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "11-measuring-and-telling"
THEN, NOW = "2002-2004", "2014-2016"


def samples(task: str) -> str:
    """All sample answers to a written task, as one text."""
    return " ".join(" ".join(level.sample.split()) for one in rubric.read(FOLDER)[task] for level in one.levels)


def test_the_two_headlines_of_the_written_task_are_those_of_task_1(notebook, names) -> None:
    assert names["headlines"](names["england"], THEN, NOW) == {
        "difference": "narrower",
        "ratio": "wider",
        "survival": "narrower",
    }
    before, after = (names["gaps"](names["england"], period) for period in (THEN, NOW))
    text = own(notebook, "t7")
    assert f"The difference narrowed, {before['difference']:.1f} to {after['difference']:.1f}" in text
    assert f"the ratio widened, {before['ratio']:.2f} to {after['ratio']:.2f}" in text
    assert f"from {before['difference']:.1f} to {after['difference']:.1f}, the ratio rose" in samples("t7")


def test_the_rates_and_intervals_told_to_researchers_are_the_tables(notebook, names) -> None:
    text = own(notebook, "t7")
    for period in (THEN, NOW):
        for decile in (1, 10):
            row = names["row"](names["england"], period, decile)
            assert re.search(rf"{row['rate']} \((95% interval )?{row['low']} to {row['high']}\)", text)


def test_the_people_told_to_residents_are_drawn_as_task_6_draws_them(notebook, names) -> None:
    drawn = {}
    for period in (THEN, NOW):
        rates = [names["row"](names["england"], period, decile)["rate"] for decile in (1, 10)]
        assert names["draw"](rates, 5) <= 10_000
        drawn[period] = [round(rate / 10) for rate in rates]
    (most, least), (most_now, least_now) = drawn[THEN], drawn[NOW]
    text = own(notebook, "t7")
    assert (
        f"{most} died. In 2014 to 2016 it was {most_now}. In the least deprived tenth: {least}, then {least_now}"
        in text
    )
    assert f"from {most - least} lives to {most_now - least_now}" in text
    assert most / least == pytest.approx(2.5, abs=0.05)
    assert 2.8 < most_now / least_now < 3


def test_the_letter_has_the_figures_of_task_3(notebook, names) -> None:
    england = names["england"]
    found = names["above"](england[england["period"] == NOW])
    for text in (own(notebook, "t8"), samples("t8")):
        assert f"{found['percent']:.0f}% of deaths before 75" in text
        assert f"about {round(found['deaths'], -2):,.0f} a year" in text
        assert "hree quarters of them were outside the most deprived tenth" in text
    assert f"{100 - found['first']:.0f}%" in own(notebook, "t7") + samples("t7")
    assert 100 - found["first"] == pytest.approx(75, abs=0.5)


def test_one_town_is_worst_in_the_crude_rate_and_at_no_age(names) -> None:
    towns = names["towns"]
    crude = {town: names["rates"](towns, town, names["standard"])["crude"] for town in towns["town"].unique()}
    at_each_age = towns.assign(rate=towns["deaths"] / towns["people"]).pivot(index="age", columns="town", values="rate")
    assert max(crude, key=crude.get) == "Harbour"
    assert "Harbour" not in set(at_each_age.idxmax(axis=1))


def test_the_slope_is_the_kits(names) -> None:
    columns = {"value": "rate", "population": "people", "order": "decile", "higher_is_worse": True}
    for table in (names["tenths"], names["steady"], names["cliff"]):
        found = names["slope"](table)
        assert found["sii"] == pytest.approx(measures.slope_index_of_inequality(table, **columns).estimate)
        assert found["rii"] == pytest.approx(measures.relative_index_of_inequality(table, **columns).estimate)
    ends = [tuple(names[name]["rate"].iloc[[0, -1]]) for name in ("steady", "cliff")]
    assert ends[0] == ends[1]
    assert names["slope"](names["steady"])["sii"] != pytest.approx(names["slope"](names["cliff"])["sii"])


def test_the_ward_may_have_fallen_by_a_hundred_or_risen_by_fifty(names) -> None:
    change = names["apart"](names["ward_2016"], names["ward_2013"])
    assert change["low"] < -100
    assert change["high"] > 50
    assert names["bears_out"](names["ward_2016"], names["ward_2013"], 10) == "cannot tell"


def test_intervals_that_overlap_can_belong_to_rates_that_differ(names) -> None:
    then, now = names["women_2013"], names["women_2016"]
    assert then["low"] < now["high"]
    assert names["bears_out"](now, then, 5) == "lower"


def test_the_shares_that_the_text_prints_are_shares_of_the_group(notebook, names) -> None:
    said = next(cell.source for cell in notebook.cells if cell.source.startswith("## Task 6"))
    printed = re.search(r"Black, most deprived tenth: ([\d.]+)%", said)
    assert printed is not None
    assert names["true_of"](names["lives"], "Black", 1, printed[1]) == {"group"}
    covered = re.search(r"(\d+)% of residents", said)
    assert covered is not None
    assert f"{covered[1]}.4% of residents" in data.card("ethnic-groups-by-deprivation")


@pytest.mark.parametrize("task", ["t7", "t8"])
def test_the_courses_own_answers_are_as_long_as_is_asked(notebook, task) -> None:
    asked = next(
        re.search(r"(\d+) to (\d+) words", before.source)
        for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == task
    )
    assert int(asked[1]) <= len(own(notebook, task).split()) <= int(asked[2])
