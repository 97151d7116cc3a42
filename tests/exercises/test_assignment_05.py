"""What assignment 05 says in figures is what its own functions make of the data, and the kit agrees with them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from equitykit import data
from equitykit.grading import rubric
from equitykit.widgets import PowerMap
from equitykit.widgets.power_data import TERMS
from tests.exercises.told import own, prose

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "05-participation-and-power"


def samples(task: str) -> str:
    """All sample answers to a written task, as one text."""
    return " ".join(" ".join(level.sample.split()) for one in rubric.read(FOLDER)[task] for level in one.levels)


def kits_map(table: pd.DataFrame, promise: str) -> PowerMap:
    """A table of task 3 as the kit's power map."""
    decisions = table.drop_duplicates("decision")
    words = {"not there": "none", "not said": "unsaid"}
    people: list[dict[str, Any]] = []
    for group, rows in table.groupby("group", sort=False):
        marks = [
            {"say": words.get(row.say, row.say), "late": bool(row.late), "heard": bool(row.heard)}
            for row in rows.itertuples()
        ]
        people.append({"title": group, "affected": bool(rows["affected"].iloc[0]), "says": marks})
    return PowerMap(
        name="trial",
        project={"title": "Trial", "kind": "constructed"},
        decisions=[
            {"title": row.decision, "stage": "design", "left_out": bool(row.left_out)} for row in decisions.itertuples()
        ],
        people=people,
        promise=promise,
    )


@pytest.mark.parametrize("name", ["clinic", "garden"])
@pytest.mark.parametrize("promise", ["inform", "consult", "involve", "collaborate", "empower"])
def test_the_kits_power_map_finds_what_task_3_finds(names, name, promise) -> None:
    table = names[name]
    found = kits_map(table, promise).findings().set_index("rule")["where"]
    all_of_them = set(table["decision"])
    told = {rule: all_of_them if found[rule] == ["every decision"] else set(found[rule]) for rule in found.index}
    assert names["broken"](table, promise) == told.get("promise", set())
    assert names["settled_first"](table) == told.get("before-anyone", set())


def test_the_five_promises_are_the_kits(names) -> None:
    for name, promise in names["PROMISES"].items():
        kits = TERMS["promises"][name]
        assert promise["needs"] == kits["needs"]
        assert promise["heard"] == kits.get("heard", False)
        assert promise["throughout"] == kits.get("throughout", False)
    assert list(names["PROMISES"]) == list(TERMS["promises"])


def test_what_the_garden_keeps_is_no_stretch_of_the_spectrum(names) -> None:
    assert names["can_keep"](names["clinic"]) == set()
    assert names["can_keep"](names["garden"]) == {"inform", "consult", "empower"}


def test_ten_askings_are_about_six_decisions_of_which_three_are_known_to_have_been_open(notebook, names) -> None:
    asked = names["asked"]
    found = names["decisions"](asked)
    assert len(asked) == 10
    assert (found["asked_about"], found["could_move"]) == (6, 3)
    assert "asked ten times, about six decisions; of only three is it known" in own(notebook, "t6")
    assert "asked ten times about six decisions, and of only three is it known" in samples("t6")


def test_a_panel_that_changed_nothing_fails_none_of_the_four_questions(names) -> None:
    panel = names["asked"].set_index("asking").loc["Panel"]
    assert panel["differs"] == "no"
    assert names["fails"](names["asked"], 21)["Panel"] == set()


def test_the_published_shares_are_those_of_the_counts(names) -> None:
    involved = data.load("involvement-in-research")
    for row in involved[involved["study"] == "Moreau and others 2021"].itertuples():
        there = names["roles"].set_index("group").loc[row.group]
        assert 100 * there["count"] / there["out_of"] == pytest.approx(row.value, abs=0.06)
    published = involved[involved["study"] == "Projects funded by PCORI"].set_index(["period", "group"])["value"]
    for row in names["stages"].itertuples():
        assert 100 * row.engaged / row.projects == pytest.approx(published[row.report, row.stage], abs=0.6)


def test_each_figure_is_published_as_it_is_called(names) -> None:
    involved = data.load("involvement-in-research")
    for name in names["FIGURES"]:
        said = float(re.search(r"([\d.]+)%", name)[1])
        assert (involved.loc[involved["unit"] == "%", "value"].dropna().astype(float) - said).abs().min() < 0.051


def test_at_least_half_and_at_most_nearly_all_of_the_surgical_teams(names) -> None:
    found = names["of_all_asked"](65, 71, 129)
    assert [round(found[key]) for key in ("share", "at_least", "at_most")] == [92, 50, 95]


def test_load_seems_to_tire_until_answers_are_kept_apart(notebook, names) -> None:
    requests = names["requests"]
    four = names["agreed_after"](requests, 4)
    assert four["an answer", "often"] == pytest.approx(four["an answer", "seldom"])
    assert four["silence", "often"] == pytest.approx(four["silence", "seldom"], abs=3)
    assert four["an answer", "often"] > 50 > four["silence", "seldom"]
    often, seldom = crude(requests, 4)
    assert often < seldom
    assert f"agreed to fewer requests: {often:.0f}% against {seldom:.0f}%" in prose(notebook)


def crude(requests: pd.DataFrame, often: int) -> tuple[float, float]:
    """Per cent agreed to by load alone, of requests after an earlier one that was agreed to."""
    agreed: dict[bool, list[bool]] = {True: [], False: []}
    for row in requests.itertuples():
        before = requests[(requests["organisation"] == row.organisation) & (requests["month"] < row.month)]
        if before["agreed"].eq("yes").any():
            agreed[bool((before["month"] >= row.month - 12).sum() >= often)].append(row.agreed == "yes")
    return tuple(100 * sum(agreed[load]) / len(agreed[load]) for load in (True, False))


def test_no_organisation_has_two_requests_in_a_month(names) -> None:
    assert not names["requests"].duplicated(["organisation", "month"]).any()


def test_what_the_university_cannot_see_is_told_as_it_is(notebook, names) -> None:
    requests = names["requests"]
    share = names["unseen"](requests, "university")["Tenants' union"]
    told = f"the university's list lacks {share:.0f}% of the hours that the tenants' union gave"
    assert told in own(notebook, "t7")
    assert told in samples("t7")
    given = requests[(requests["organisation"] == "Tenants' union") & (requests["agreed"] == "yes")]
    assert set(given["asker"]) == {"university", "council"}


def test_what_is_made_up_says_so(notebook) -> None:
    given = {c.metadata["nbgrader"]["grade_id"]: c.source for c in notebook.cells if "nbgrader" in c.metadata}
    for cell, tables in {"register": 1, "map": 2, "requests": 1}.items():
        assert given[cell].count("(  # constructed\n") == tables
    assert all(own(notebook, task).startswith("*Constructed scenario.*") for task in ("t5", "t6", "t7"))


@pytest.mark.parametrize("task", ["t5", "t6", "t7"])
def test_the_courses_own_answers_are_as_long_as_is_asked(notebook, task) -> None:
    asked = next(
        re.search(r"(\d+) to (\d+) words", before.source)
        for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == task
    )
    assert int(asked[1]) <= len(own(notebook, task).split()) <= int(asked[2])
