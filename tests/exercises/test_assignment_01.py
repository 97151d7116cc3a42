"""What assignment 01 says in figures is what its own functions, and the kit, make of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from equitykit import measures
from equitykit.grading import rubric

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "01-structures-not-deficits"


def samples(notebook: Any, task: str, criterion: str) -> str:
    """The course's own answer to a written task and the best sample of one of its criteria."""
    answer = next(c.source for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == task)
    best = next(c.levels[-1].sample for c in rubric.read(FOLDER)[task] if c.name == criterion)
    return f"{answer} {best}"


def test_the_slope_is_the_kits_slope_index(names: dict[str, Any]) -> None:
    table = names["women"].sort_values("decile")
    kit = measures.slope_index_of_inequality(table, value="years", population="person_years", order="decile")
    assert names["gaps"](table)["slope"] == pytest.approx(kit.estimate, abs=1e-9)


def test_the_interval_is_the_kits(names: dict[str, Any]) -> None:
    row = names["steps"](names["covid"], "Other", "positive test").iloc[[0]]
    kit = measures.proportion(row, count="events", population="people", per=1000)
    ours = names["per_thousand"](names["covid"], "Other", "positive test")
    assert (ours["estimate"], ours["low"], ours["high"]) == pytest.approx((kit.estimate, kit.low, kit.high), rel=1e-6)


def test_the_answer_on_adjustments_has_the_figures_of_the_table(notebook: Any, names: dict[str, Any]) -> None:
    rows = names["steps"](names["covid"], "South Asian", "death with COVID-19")
    gone = names["share_gone"](names["covid"], "South Asian", "death with COVID-19")[5]
    text = samples(notebook, "t8", "What the figures show")
    last = rows.loc[5]
    assert f"{100 * (rows['hazard_ratio'][2] - 1):.0f}% higher" in text
    assert f"{100 * (last['hazard_ratio'] - 1):.0f}% higher" in text
    assert f"95% interval {100 * (last['low'] - 1):.0f}% to {100 * (last['high'] - 1):.0f}%" in text
    assert f"{gone:.0f}%" in text


def test_the_answer_on_teaching_has_the_figures_of_the_table(notebook: Any, names: dict[str, Any]) -> None:
    years = names["women_after"].set_index("decile")["years"]
    change = names["gap_change"](names["women_before"], names["women_after"])
    text = samples(notebook, "t9", "Evidence read closely")
    assert f"{years[1]:.1f} years in the most deprived tenth" in text
    assert f"{years[10]:.1f} in the least deprived" in text
    assert f"{change['change']:.2f} years (95% interval {change['low']:.2f} to {change['high']:.2f})" in text


def test_the_text_between_tasks_says_what_the_data_show(names: dict[str, Any]) -> None:
    rate, covid = names["per_thousand"], names["covid"]
    white, other = (rate(covid, group, "positive test") for group in ("White", "Other"))
    assert other["low"] < white["estimate"] < other["high"]
    white, other = (rate(covid, group, "positive test", "tested for SARS-CoV-2") for group in ("White", "Other"))
    assert other["low"] > white["high"]
    men = names["gap_change"](names["men_before"], names["men_after"])
    women = names["gap_change"](names["women_before"], names["women_after"])
    assert men["change"] > 0 > men["ratio_change"]
    assert (men["says"], women["says"]) == ("cannot tell", "wider")
