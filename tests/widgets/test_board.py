"""The accountability board as Python makes it: what it asks, what it lets anybody claim, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from equitykit import data
from equitykit.data import monthly
from equitykit.errors import CourseError
from equitykit.widgets import AccountabilityBoard
from equitykit.widgets.board_claims import claims, number, reading
from equitykit.widgets.board_plan import checked_row, checked_series, to_judge, unit
from equitykit.widgets.board_rules import RULES
from equitykit.widgets.board_words import asked, missing, stated

FLAT = [10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9]
"""Centre 10, limits 7.34 and 12.66."""

WHOLE = {
    "title": "Appointment",
    "indicator": "Ratio of appointment from a shortlist",
    "owner": "Chief people officer",
    "threshold": "no higher than 1.25",
    "by": "March 2027",
    "consequence": "No new senior post is advertised until an independent review is published",
    "decides": "Council of governors",
    "published": "Public board papers",
    "success": "Shortlisted people are told in writing why they were not appointed",
    "said_by": "Applicants' panel, May 2025",
}


def series(values: list[float | None], **changes: Any) -> dict[str, Any]:
    points = [[str(2000 + place), value] for place, value in enumerate(values)]
    return checked_series({"points": points, "unit": "%", "better": "higher", **changes})


def row(**changes: Any) -> dict[str, Any]:
    return checked_row({**WHOLE, "series": series(FLAT), **changes})


def asked_of(**changes: Any) -> set[str]:
    return {one["id"] for one in asked(row(**changes))}


def said(kind: str, **changes: Any) -> str:
    return " ".join(claim for side, claim in claims(row(**changes)) if side == kind)


def test_a_row_that_says_everything_is_asked_nothing():
    assert asked_of() == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"indicator": ""}, {"no-indicator"}),
        ({"indicator": "Number of staff who completed training"}, {"activity"}),
        ({"indicator": "Share of managers attending the workshop"}, {"activity"}),
        ({"indicator": "Training sessions delivered"}, {"activity"}),
        ({"indicator": "Race equality policy published"}, {"activity"}),
        ({"indicator": "Share of trainees who are offered a post"}, set()),
        ({"series": None}, {"no-series"}),
        ({"series": series([1, 2, 3, 4])}, {"few"}),
        ({"owner": ""}, {"no-owner"}),
        ({"owner": "People committee"}, {"committee"}),
        ({"owner": "All managers"}, {"committee"}),
        ({"owner": "HR"}, {"committee"}),
        ({"owner": "Leadership team"}, {"committee"}),
        ({"owner": "Chair of the people committee"}, set()),
        ({"owner": "Director of HR"}, set()),
        ({"owner": "Staff network"}, {"powerless"}),
        ({"owner": "Equality champions"}, {"powerless"}),
        ({"owner": "Dr Aziz"}, {"named"}),
        ({"owner": "Professor of nursing, head of school"}, set()),
        ({"threshold": ""}, {"no-threshold"}),
        ({"threshold": "improve"}, {"no-number"}),
        ({"threshold": "halve the gap"}, set()),
        ({"threshold": "better", "target": 40}, set()),
        ({"by": ""}, {"no-date"}),
        ({"by": "as soon as possible"}, {"no-date"}),
        ({"by": "", "threshold": "1.25 by March 2027"}, set()),
        ({"target": 10}, {"in-noise"}),
        ({"by": "2005"}, {"date-passed"}),
        ({"by": "2011"}, set()),
        ({"consequence": ""}, {"no-consequence"}),
        ({"consequence": "", "decides": ""}, {"no-consequence"}),
        ({"consequence": "The action plan is reviewed"}, {"talk"}),
        ({"consequence": "The committee will discuss and monitor it"}, {"talk"}),
        ({"consequence": "An outside review of how people are appointed"}, set()),
        ({"consequence": "The budget is reviewed and moved to the panel"}, set()),
        ({"decides": ""}, {"nobody-decides"}),
        ({"decides": "chief people officer"}, {"own-judge"}),
        ({"published": ""}, {"unpublished"}),
        ({"published": "Staff intranet"}, {"inside"}),
        ({"success": ""}, {"no-success"}),
        ({"success": "", "said_by": ""}, {"no-success"}),
        ({"success": "To be agreed"}, {"success-later"}),
        ({"said_by": ""}, {"said-by"}),
    ],
)
def test_a_reader_asks_for_what_is_missing_and_for_no_more(changes, expected):
    assert asked_of(**changes) == expected


def test_every_rule_says_what_it_found_and_asks_a_question():
    assert len({rule["id"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert not rule["title"].endswith((".", "?"))
        assert "?" in rule["question"], rule["id"]
        assert "score" not in rule["question"]


def test_a_process_that_wobbles_lets_nobody_praise_or_blame_the_last_figure():
    assert "2000 to 2011 looks like one process: around 10.0%" in said("can")
    assert "expect the next figure between 7.3% and 12.7%" in said("can")
    assert "Call 9.0% in 2011 a change on 10.0% in 2010" in said("cannot")
    assert "a change of less than about 2.7 percentage points can hide" in said("cannot")


def test_a_signal_says_that_something_is_different_and_not_what_made_it():
    values = [*FLAT, 20]
    told = said("can", series=series(values, baseline=12))
    assert "something is different: 2012 above the limits. The latest goes the way the plan wants." in told
    other = said("can", series=series(values, baseline=12, better="lower"))
    assert "The latest goes the other way." in other
    assert "does not explain it" in said("cannot", series=series(values, baseline=12))
    assert "goes" not in said("can", series=series(values, baseline=12, better="neither"))


def test_a_run_that_goes_on_may_start_new_limits_where_a_change_was_named():
    moved = series([*FLAT, *[one + 3 for one in FLAT]], baseline=12)
    assert "Compute the limits anew from 2012, if a change was named for that time" in said("can", series=moved)
    assert "Compute the limits anew" not in said("can", series=series([*FLAT, 20], baseline=12))


def test_too_few_figures_let_nobody_claim_anything():
    assert said("can", series=series([1, 2, 3, 4])) == ""
    assert "shows change or noise: 4 figures. Limits take 5 in a row" in said("cannot", series=series([1, 2, 3, 4]))
    assert "they rest on 7 figures" in said("cannot", series=series(FLAT[:7]))


def test_gaps_and_breaks_are_said():
    told = said("cannot", series=series([*FLAT, None, 10], breaks=[["2006", "Another survey."]]))
    assert "Compare the figures from 2006 on with those before: Another survey." in told
    assert "Say anything of 2012: no figure is known" in told


def test_a_step_has_to_be_borne_out_by_the_figures():
    moved = series([*FLAT, *[one + 8 for one in FLAT]], steps=[["2012", "interviews by outside panels"]])
    assert "figures from 2012 on (“interviews by outside panels”) differ" in said("can", series=moved)
    assert "The mean was 10.0% and is 18.0%." in said("can", series=moved)
    still = series([*FLAT, *FLAT], steps=[["2012", "a new strategy"]])
    assert "Claim that “a new strategy” changed the figures" in said("cannot", series=still)
    assert "empty-step" in asked_of(series=still)
    assert "empty-step" not in asked_of(series=moved)
    early = series([10, 11, 10, *FLAT], steps=[["2003", "a new strategy"]])
    assert "there are too few before 2003" in said("cannot", series=early)


def test_what_began_after_the_worst_figure_is_not_credited_with_all_of_the_rise():
    after_a_low = series([*FLAT[:11], 6, *[one + 8 for one in FLAT]], steps=[["2012", "a course"]])
    assert "Count the whole rise since 2012: it was begun after the lowest figure of before (6.0% in 2011)" in said(
        "cannot", series=after_a_low
    )


def test_a_threshold_is_read_against_the_limits():
    assert "Take one figure that meets 10.0% as success" in said("cannot", target=10)
    assert "40.0% will not be reached by waiting" in said("can", target=40)
    assert "the process as it is meets 5.0% as a rule" in said("can", target=5)
    assert "the process as it is meets 40.0% as a rule" in said("can", target=40, series=series(FLAT, better="lower"))


def test_limits_are_told_as_what_such_a_figure_can_be():
    near_nought = series([1, 3, 0, 2, 1, 3, 0, 2, 1, 3, 0, 2])
    assert "limits 0.0% to" in reading(near_nought)
    near_all = series([99, 97, 100, 98, 99, 97, 100, 98, 99, 97, 100, 98])
    assert "to 100.0%" in reading(near_all)


def test_what_is_synthetic_is_called_so_wherever_it_is_told():
    made = AccountabilityBoard(name="board")
    for test in made.tests:
        assert test["series"]["synthetic"]
        assert f"{test['title']} (synthetic)" in made.words
    assert "Where it stands: Synthetic figures. 70.0% in 2024-12." in made.words
    assert made.words.count("Constructed plan of no real organisation") == 1


def test_the_three_series_are_what_they_are_said_to_be():
    dip, rota, worst = to_judge()
    values = dict(dip["series"]["points"])
    assert min(values, key=values.get) == dip["from"] == "2024-11"
    assert number(values["2024-11"], 1) == "46.7"
    assert "46.7%" in dip["story"]
    assert (monthly.TRUTH["Unit A"].first, monthly.TRUTH["Unit A"].last) == (0.62, 0.62)
    assert (monthly.TRUTH["Unit B"].first, monthly.TRUTH["Unit B"].last) == (0.55, 0.74)
    assert rota["series"]["points"][monthly.CHANGE_MONTH - 1][0] == rota["from"]
    name, before, after = worst["alike"][0]
    assert name == monthly.PICKED
    assert before == min(one[1] for one in worst["alike"])
    assert f"{before:.1f}%" in worst["story"]
    assert f"{after:.1f}%" in worst["story"]
    assert all(monthly.TRUTH[unit_].kind == "noise" for unit_, *_ in worst["alike"])
    assert len(worst["series"]["points"]) == 30


def test_the_first_state_shows_the_holes_and_gives_no_answer_away():
    made = AccountabilityBoard(name="board")
    assert made.words.count("Not judged yet.") == 3
    assert "Nothing changed" not in made.words
    holes = [[missing(row, link) for link in ("consequence", "success")] for row in made.rows]
    assert [True, True] in holes
    found = set(made.findings()["finding"])
    assert {
        "No consequence stated",
        "The owner is a committee, or everyone",
        "A threshold without a date",
        "The indicator counts activity, not change",
    } <= found


def test_a_prediction_is_told_beside_the_limits():
    made = AccountabilityBoard(name="board", parts=["predict"])
    made.guesses = {"rota": {"said": "wobbled", "low": 50, "high": 70}}
    assert (
        "Predicted: it only wobbled. Drawn: 50.0% to 70.0%. Limits from the first 24 figures: 33.3% to 76.4%"
        in made.words
    )
    assert made.table[2][2] == "it only wobbled"
    assert made.table[1][2:] == ["not yet", "not shown", "not shown"]


def test_rows_set_in_code_are_told_at_once():
    made = AccountabilityBoard(name="board", parts=["board"], rows=[])
    assert made.table[1] == ["Row 1", *["not stated"] * 6, made.table[1][-1]]
    made.rows = [row()]
    assert made.table[1][3] == "Chief people officer"
    assert made.table[1][-1] == "nothing by these rules"
    assert made.chart("Appointment").phases[0].mean == 10
    assert set(made.claims()["kind"]) == {"can", "cannot"}
    with pytest.raises(CourseError, match="no row is titled 'Pay'; the rows are 'Appointment'"):
        made.chart("Pay")


def test_a_consequence_that_is_not_there_is_a_hole_even_where_it_is_published():
    made = row(consequence="")
    assert missing(made, "consequence")
    assert stated(made, "consequence") == (
        "none stated; decided by: Council of governors; published: Public board papers"
    )


def test_a_series_is_taken_from_a_table_with_its_gaps_breaks_and_source():
    table = data.load("workforce-race-equality").query("area == 'England' and indicator == 2 and unit == 'ratio'")
    made = AccountabilityBoard.series_from(table, unit="", decimals=2, better="lower")
    assert ["2021", None] in made["points"]
    assert "Workforce Race Equality Standard" in made["source"]
    pay = data.load("workforce-indicators-over-time").query("indicator == 'mean hourly pay gap, full-time employees'")
    assert [one[0] for one in AccountabilityBoard.series_from(pay)["breaks"]] == ["2004"]
    elected = data.load("workforce-indicators-over-time").query(
        "indicator == 'members elected to the House of Commons'"
    )
    with pytest.raises(CourseError, match="the period '1974' comes twice"):
        AccountabilityBoard.series_from(elected, fill=False)
    assert unit("Unit B")["synthetic"] is True


def test_the_static_form_is_the_same_each_time_and_plain_json():
    first, second = (AccountabilityBoard(name="board").bundle() for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)
    assert first["module"] == "board"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"parts": ["all"]}, "parts is \\['all'\\]; use 'predict', 'board' or both"),
        ({"parts": []}, "use 'predict', 'board' or both"),
        ({"rows": [{"cost": "5"}]}, "a row has no 'cost'"),
        ({"rows": [{"target": "five"}]}, "the target 'five' is not a number"),
        ({"rows": [{"series": {"colour": "red"}}]}, "a series has no 'colour'"),
        ({"rows": [{"series": {"better": "more"}}]}, "better is 'more'; use one of higher, lower, neither"),
        ({"rows": [{"series": {"points": [["2020", float("inf")]]}}]}, "is no point"),
        ({"rows": [{"series": {"points": [["2020", 1]], "steps": [["2021", "x"]]}}]}, "no period '2021' for a step"),
        ({"rows": [{"series": {"points": [["2020", 1], ["2021", 1]], "steps": [["2021", ""]]}}]}, "has no reason"),
        ({"rows": [{"series": {"decimals": 9}}]}, "use a whole number from 0 to 6"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(arguments, message):
    with pytest.raises(CourseError, match=message) as refused:
        AccountabilityBoard(name="board", **arguments)
    assert "\n" not in str(refused.value)


def test_a_table_without_the_column_is_refused():
    with pytest.raises(CourseError, match="there is no column 'value' for value"):
        AccountabilityBoard.series_from(pd.DataFrame({"year": [2020]}))
