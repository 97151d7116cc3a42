"""What assignment 06 says in figures is what its own functions, the planner and the data make of it."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from equitykit.grading import rubric
from equitykit.widgets import InvolvementPlanner
from tests.exercises.told import own, prose

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "06-capacity-first"


def samples(task: str) -> str:
    """All sample answers to a written task, as one text."""
    return " ".join(" ".join(level.sample.split()) for one in rubric.read(FOLDER)[task] for level in one.levels)


def planned(plan: pd.DataFrame) -> InvolvementPlanner:
    """The assignment's plan in the planner, one group of partners to each activity."""
    calls = {"meeting": "meeting", "preparation": "preparation", "travel": "travel", "after": "debrief"}
    activities = [
        {
            "title": name,
            "partners": name,
            "people": row["people"],
            "times": row["times"],
            **{calls[kind]: row[kind] for kind in calls},
            "paid": [calls[kind] for kind in calls if kind in row["covers"]],
            "likely": row["fee"],
            "per": row["per"],
        }
        for name, row in plan.iterrows()
    ]
    partners = [{"name": name, "people": people} for name, people in plan["people"].items()]
    return InvolvementPlanner(name="made", partners=partners, activities=activities, lines=[])


def test_hours_of_the_plan_are_the_planners(names) -> None:
    paying = names["plan"][names["plan"]["fee"] > 0]
    table = planned(paying).hours()
    found = names["hours"](paying)
    assert found["paid"] == pytest.approx((table["paid_hours"] * table["people"]).sum())
    assert found["unpaid"] == pytest.approx((table["unpaid_hours"] * table["people"]).sum())


def test_what_is_left_for_each_hour_is_the_planners_for_somebody_who_keeps_all(names) -> None:
    paying = names["plan"][names["plan"]["fee"] > 0]
    per_hour = planned(paying).hours().set_index("partners")["per_hour"]
    for name, row in paying.iterrows():
        seat = pd.DataFrame([("x", row["travel"], 1.0, 0.0)], columns=["seat", "travel", "keeps", "pays"])
        assert names["left"](row, seat)["x"] == pytest.approx(per_hour[name], abs=0.005)


def test_lesson_2s_sum_comes_out(names) -> None:
    meeting = pd.Series(
        {"meeting": 2, "preparation": 2, "travel": 2, "after": 0, "covers": "meeting", "fee": 25, "per": "hour"}
    )
    seats = pd.DataFrame([("all", 2, 1, 0), ("less", 2, 0.45, 0)], columns=["seat", "travel", "keeps", "pays"])
    assert names["left"](meeting, seats) == pytest.approx({"all": 8.333333, "less": 3.75})


def test_seat_d_pays_to_come(names) -> None:
    assert names["left"](names["plan"].loc["Panel meeting"], names["seats"])["D"] < 0


def test_the_plan_in_figures(notebook, names) -> None:
    plan, found = names["plan"], names["hours"](names["plan"])
    covered = pd.Series(
        {name: sum(row[k] for k in names["KINDS"] if k in row["covers"]) for name, row in plan.iterrows()}
    )
    each = plan["fee"] * covered.where(plan["per"] == "hour", 1)
    assert f"the fees of `plan`, £{(each * plan['people'] * plan['times']).sum():,.0f}," in prose(notebook)
    everything = found["paid"] + found["unpaid"]
    for text in (own(notebook, "t6"), samples("t6")):
        assert f"{everything:g} hours" in text
        assert f"pays for {found['paid']:g}" in text
        assert f"{found['unpaid']:g}" in text
        assert f"£{35 * everything:,.2f}" in text


def test_rates_for_an_hour_are_read_from_the_table(notebook, names) -> None:
    found = names["hour_rates"](names["rates"])
    assert f"from £{found['low']:g} to £{found['high']:g}" in own(notebook, "t6")
    rates = names["rates"]
    hour = rates[(rates["organisation"] == "Scottish Government") & (rates["unit"] == "hour")].iloc[0]
    assert (hour["amount"], hour["from_year"]) == (35, 2024)


def test_access_has_a_lower_end_and_four_open_lines(notebook, names) -> None:
    found = names["total"](names["needs"], names["prices"], 2027)
    assert found["high"] is None
    assert found["open"] == {
        "Interpreters for the panel",
        "Spoken-language interpreter",
        "Captions",
        "Creche",
    }
    for text in (own(notebook, "t6"), samples("t6")):
        assert f"at least £{found['low']:,.2f}" in text


def test_no_price_in_pounds_is_there_for_captions_and_none_for_a_creche(names) -> None:
    prices = names["prices"]
    assert set(prices[prices["item"] == "remote live captions"]["currency"]) == {"CAD"}
    assert not prices["item"].str.contains("creche").any()


def test_the_deaf_club_in_june_is_over_and_no_body_alone_can_mend_it(notebook, names) -> None:
    asks, said = names["asks"], names["said"]
    june = names["load"](asks, "Deaf club", 2)["Jun"]
    can = said.set_index("group").loc["Deaf club", "said"]
    for text in (own(notebook, "t7"), samples("t7")):
        assert f"{june:g} hours of each of you" in text
        assert f"you said {can:g}" in text
    assert names["over"](asks, said)["Deaf club"] == {"Jun"}
    assert names["relief"](asks, said, "Deaf club") == set()
    assert (asks[asks["group"] == "Deaf club"].groupby("body").size() == 1).all()


def test_of_59_people_as_lesson_1_says_and_no_number_fits_all_four(names) -> None:
    barriers = names["barriers"]
    ryan = barriers[barriers["study"].str.startswith("Ryan") & (barriers["kind"] == "barrier")]
    percents = dict(zip(ryan["answer"], ryan["percent"], strict=True))
    printed = list(percents.values())
    assert names["bases"](printed, 54, 83) == set()
    without = [p for answer, p in percents.items() if not answer.startswith("finding")]
    assert names["bases"](without, 54, 83) == {59}
    assert 58 in names["bases"]([46.6], 54, 83)
    assert names["more"]((35, 59), (27, 58), 83) == "cannot tell"


@pytest.mark.parametrize("answer", ["public contributors were paid", "public contributors were trained"])
def test_a_published_percentage_is_of_its_published_base(names, answer) -> None:
    row = names["barriers"].set_index("answer").loc[answer]
    assert int(row["out_of"]) in names["bases"]([row["percent"]], 15, 26)


def test_applicants_hide_what_the_pool_shows(notebook, names) -> None:
    register = names["register"]
    assert f"{len(register)} people" in prose(notebook)
    for rule in names["RULES"]:
        pool = names["can_keep"](register, rule)
        applied = names["can_keep"](register[register["applied"]], rule)
        assert pool["not disabled"] - pool["disabled"] > 10
        assert abs(applied["not disabled"] - applied["disabled"]) < 6


def test_the_log_in_figures(notebook, names) -> None:
    log = names["log"]
    came_from = log.groupby("where they came from")["hours needed"].sum()
    done = log["hours needed"].sum() - came_from["not done"]
    text = own(notebook, "t8")
    assert f"took {done:g} hours of me last month; the job plan holds {log['hours in the job plan'].sum():g}" in text
    assert came_from.to_dict() == {"evenings": 24, "her research": 11, "not done": 5, "the job plan": 6}
    assert "Eleven came out of research, 24 out of evenings. Another 5," in text
    for said in (text, samples("t8")):
        assert f"{log['hours needed'].sum():g} hours a month" in said


@pytest.mark.parametrize("task", ["t6", "t7", "t8"])
def test_the_courses_own_answers_are_as_long_as_is_asked(notebook, task) -> None:
    cells = notebook.cells
    at = next(n for n, cell in enumerate(cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == task)
    asked = [re.search(r"(\d+) to (\d+) words", cell.source) for cell in cells[:at] if cell.cell_type == "markdown"]
    low, high = [int(n) for n in [match for match in asked if match][-1].groups()]
    assert low <= len(own(notebook, task).split()) <= high
