"""What assignment 12 says in figures is what its own functions make of the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equitykit import measures
from equitykit.grading import rubric
from tests.exercises.told import own, prose

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "12-from-initiative-to-change"


def samples(task: str) -> str:
    """All sample answers to a written task, as one text."""
    return " ".join(" ".join(level.sample.split()) for one in rubric.read(FOLDER)[task] for level in one.levels)


def test_of_the_published_promises_six_are_known_to_be_complete_and_all_may_be(names) -> None:
    found = names["complete"](names["promises"])
    assert (found["at_least"], found["at_most"]) == (6, len(names["promises"]))


def test_the_promise_of_the_courses_own_row_lacks_only_its_consequence(names) -> None:
    promises = names["promises"]["promise"]
    chosen = next(name for name in promises if name.startswith("NHS") and name.endswith(": 2"))
    assert names["lacks"](names["promises"])[chosen] == {"consequence"}


def test_limits_by_hand_are_the_kits(names) -> None:
    for series in (names["elections"], names["appointed"], names["unit_a"]):
        phase = measures.control_chart(series.to_frame("value"), value="value").phases[0]
        found = names["limits"](list(series))
        assert [found[key] for key in ("mean", "low", "high")] == pytest.approx([phase.mean, phase.low, phase.high])


def test_the_charts_that_are_given_are_the_kits(names) -> None:
    series = {
        "as_it_is": names["unit_a"],
        "as_it_was": names["elections"].loc[:"1983"],
        "even_now": names["appointed"],
    }
    for name, figures in series.items():
        phase = measures.control_chart(figures.to_frame("value"), value="value").phases[0]
        assert names[name] == pytest.approx({"mean": phase.mean, "low": phase.low, "high": phase.high}, abs=0.0006)


def test_signals_are_the_kits_outside_and_its_runs(names) -> None:
    series = names["elections"]
    first = list(series.index).index("1983") + 1
    table = series.rename_axis("election").reset_index()
    chart = measures.control_chart(table, value="value", period="election", baseline=first)
    later = set(series.index[first:])
    kits = {p for signal in chart.signals if signal.rule in {"outside", "run"} for p in signal.periods} & later
    assert names["signals"](series, "1983") == {"above": kits, "below": set()}


def test_the_ratio_of_appointments_is_quiet_and_far_from_even(notebook, names) -> None:
    assert names["signals"](names["appointed"], "2020") == {"above": set(), "below": set()}
    found = names["limits"](list(names["appointed"]))
    assert found["low"] > 1
    for text in (own(notebook, "t7"), samples("t7")):
        assert f"mean of {found['mean']:.2f}" in text
        assert f"trial limits of {found['low']:.2f} and {found['high']:.2f}" in text
    assert names["target_is"](found, 1.25, "lower") == "needs a change"
    assert names["target_is"](found, 1.5, "lower") == "by luck"


def test_a_unit_that_never_changed_misses_a_target_of_60_in_four_months_of_ten(notebook, names) -> None:
    assert names["falls"](names["unit_a"], 60, "higher") == pytest.approx(40, abs=2)
    assert "in six months of ten, and called in for the other four" in prose(notebook)


def test_the_worst_rises_with_nothing_done_and_hardly_against_its_own_past(names) -> None:
    alike, picked, then = names["alike"], (19, 24), (25, 30)
    report = names["credited"](alike, picked, then)
    assert report["unit"] == "Unit D"
    assert report["rise"] > 10
    assert abs(names["fair"](alike, picked, then)) < 2
    assert names["untouched"](alike, 6) > 5


def test_the_worst_regions_got_better_while_the_mean_did_not(notebook, names) -> None:
    regions = names["nhs"][names["nhs"]["area"] != "England"]
    wide = regions.pivot(index="area", columns="year", values="value")
    text = prose(notebook)
    for year in (2022, 2023):
        worst = wide[year].idxmax()
        assert f"{worst} " in text
        assert f"{wide.loc[worst, year]:.2f}" in text
        assert wide.loc[worst, year + 1] < wide.loc[worst, year]
    after = [f"{wide.loc[wide[year].idxmax(), year + 1]:.2f}" for year in (2022, 2023)]
    assert f"they stood at {after[0]} and {after[1]}" in text
    means = [f"{mean:.2f}" for mean in wide.mean()]
    assert f"from {means[0]} to {means[1]} to {means[2]}" in text


def test_most_hours_and_the_heaviest_load_are_of_two_groups(names) -> None:
    work = names["work"]
    assert work.set_index("group")["hours"].idxmax() != names["load"](work).idxmax()
    assert names["to_move"](work).sum() == pytest.approx(0)
    assert names["carry_without_gain"](work) == {"Black women", "White women"}


def test_the_trial_of_the_form_is_told_as_the_table_has_it(notebook, names) -> None:
    tried, town = names["tried"], names["our_town"]
    assert f"tried by {tried['people'].sum()} people" in prose(notebook)
    assert f"tried with {tried['group'].nunique():d} groups".replace("4", "four") in prose(notebook)
    everywhere = f"{names['elsewhere'](tried):.0f}% finished"
    assert everywhere in own(notebook, "t8")
    assert f"only {names['for_community'](tried, town):.0f}% would" in own(notebook, "t8")
    assert f"Elsewhere {everywhere}" in samples("t8")
    assert names["for_community"](tried, names["next_town"]) is None
    assert "reads Polish" in names["untried"](tried, names["next_town"], 1)


@pytest.mark.parametrize("task", ["t7", "t8"])
def test_the_courses_own_answers_are_as_long_as_is_asked(notebook, task) -> None:
    asked = next(
        re.search(r"(\d+) to (\d+) words", before.source)
        for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == task
    )
    assert int(asked[1]) <= len(own(notebook, task).split()) <= int(asked[2])
