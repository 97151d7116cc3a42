"""What assignment 04 says in figures is what its own functions make of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from equitykit.grading import rubric
from equitykit.widgets.pipeline import compound

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "04-careers-and-culture"


def text(notebook: Any) -> str:
    """All that the notebook says in words."""
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def test_the_notebook_runs_from_top_to_bottom(notebook: Any) -> None:
    defined: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(cell.source, defined)


def test_the_published_ratio_is_the_tables(notebook: Any, names: dict[str, Any]) -> None:
    assert f"It was {names['published']:.2f}".replace("It was ", "it was ") in text(notebook)
    first, last = names["appointed"].sort_values("year")["value"].iloc[[0, -1]]
    assert f"{first:.2f} in 2016 and {last:.2f} in 2023" in text(notebook)
    discipline = names["disciplined"].sort_values("year")["value"]
    assert f"from {discipline.iloc[0]:.2f} to {discipline.iloc[-1]:.2f}" in text(notebook)
    assert names["control"](names["disciplined"])["says"] == "a year stands out"
    assert names["control"](names["thin"])["says"] == "cannot tell"
    assert names["control"](names["appointed"])["says"] == "ordinary movement"


def test_the_gates_multiply_as_the_simulators_do(names: dict[str, Any]) -> None:
    gates = names["gates"]
    ratios = [1 / ratio for ratio, times in zip(gates["ratio"], gates["times"], strict=True) for _ in range(times)]
    assert names["left"](gates) == pytest.approx(compound(ratios))
    assert names["left"](names["even"]) == pytest.approx(compound([0.8] * 5))


def test_the_text_on_boards_has_the_figures_of_the_table(notebook: Any, names: dict[str, Any]) -> None:
    staff, boards = names["staff"], names["boards"]
    then, now = (names["against_the_pool"](staff[year], boards[year]) for year in (2016, 2023))
    said = text(notebook)
    assert boards[2023] > 2 * boards[2016]
    assert f"rose from {then['ratio']:.2f} to {now['ratio']:.2f}" in said
    assert f"the gap went from {then['points']:.1f} to {now['points']:.1f}" in said
    assert f"rose from {staff[2016]}% in 2016 to {staff[2023]}% in 2023" in said
    assert f"that of boards from {boards[2016]}% to {boards[2023]}%" in said


def test_the_made_up_payroll_does_what_the_text_says(notebook: Any, names: dict[str, Any]) -> None:
    gap = names["pay_gap"](names["payroll"], "BME", "white")
    assert gap["mean"] < 0
    assert gap["median"] < 0
    assert all(value > 0 for value in gap["within"].values())
    pay = names["pay"]
    overall = pay[(pay["group"] == "ethnic minority") & (pay["staff"] == "all staff")]["gap_percent"].item()
    managers = pay[(pay["group"] == "Black men") & pay["staff"].str.startswith("managers")]["gap_percent"].item()
    assert f"{-overall}% in favour of ethnic minority staff over all, and {managers:.0f}% less" in text(notebook)


def test_the_awarding_gap_narrows_by_some_measures_and_widens_by_one(notebook: Any, names: dict[str, Any]) -> None:
    white, black = names["then"]
    assert f"{white}% of White and {black}% of Black graduates" in text(notebook)
    gaps = [names["awarding_gap"](*year) for year in (names["then"], names["now"])]
    words = names["moved"](*gaps)
    assert words == {"points": "narrower", "ratio": "narrower", "ratio_not": "wider", "odds_ratio": "narrower"}


def test_the_samples_read_the_ratio_as_the_table_has_it(names: dict[str, Any]) -> None:
    figures = next(one for one in rubric.read(FOLDER)["t7"] if one.name == "Figures read closely")
    assert f"{names['published']:.2f} times as likely" in figures.levels[-1].sample
    assert names["less_likely"](names["published"]) == pytest.approx(37.1, abs=0.05)
    assert "59% less likely" in figures.levels[0].sample, "the wrong reading is the sample of no points"
