"""The evidence composer without a page: what it asks, when a consent covers a showing, and what it refuses."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any

import pandas as pd
import pytest

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets import EvidenceComposer
from equitykit.widgets.composer_charts import COURSE, course_charts
from equitykit.widgets.composer_consent import cover
from equitykit.widgets.composer_questions import QUESTIONS, RULES
from equitykit.widgets.composer_words import chart_rows
from equitykit.widgets.composer_work import TEXTS, work_from

AGREED = {
    "status": "agreed",
    "made": "Residents of the street",
    "agreed": "One photograph of the hall, without names",
    "showings": ["exhibition", "meeting"],
    "until": "2027-03-31",
    "withdraw": "Tell the library desk",
}
TEXT_PIECE = {"kind": "text", "text": "The wall has a map of last winter.", "adds": "When it is wet", "recognise": "no"}
SHOWING = {"kind": "exhibition", "place": "Library", "date": "2027-02-01"}
WHOLE: dict[str, Any] = {
    "chart": "improved-homes",
    "claim": "Less illness is reported where the house is insulated",
    "caption": "Tenants asked for eleven years. The landlord paid in the twelfth.",
    "piece": TEXT_PIECE,
    "consent": AGREED,
    "showing": SHOWING,
    "alt": {"chart": "In the trial the odds of wheezing are 0.57 of the others.", "piece": ""},
    "chose": "The tenants' panel with the library, in two meetings",
    "gains": "Tenants, who bring it to the housing committee in May",
}


def composed(**change: Any) -> EvidenceComposer:
    """A composer whose work is whole but for what is changed; a part is changed piece by piece."""
    work = deepcopy(WHOLE)
    for key, value in change.items():
        work[key] = {**work[key], **value} if isinstance(value, dict) else value
    return EvidenceComposer(name="composer", parts=["compose"], start=work)


def found(made: EvidenceComposer) -> set[str]:
    return set(made.questions().query("so_far == 'open'")["finding"])


def title(rule: str) -> str:
    return next(one["title"] for one in RULES if one["id"] == rule)


def test_a_whole_poster_leaves_nothing_open():
    assert found(composed()) == set()
    assert "No question is open by these rules." in composed().words


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("no-caption", {"caption": " "}),
        ("caption-repeats", {"caption": "Less illness reported where houses are insulated; illness in improved homes"}),
        ("no-piece", {"piece": {"text": ""}}),
        ("adds-unsaid", {"piece": {"adds": ""}}),
        ("decoration", {"piece": {"adds": "It puts a human face on the average"}}),
        ("no-interval", {"chart": "gaps"}),
        ("not-looked", {"piece": {"recognise": ""}}),
        ("unsure", {"piece": {"recognise": "unsure"}, "consent": {"status": "mine"}}),
        ("recognisable", {"piece": {"recognise": "yes"}, "consent": {"status": "waiting"}}),
        ("named", {"caption": "Mrs Example asked for eleven years."}),
        ("named", {"piece": {"text": "Come to AB1 2CD and see."}}),
        ("nobody-chose", {"chose": ""}),
        ("own-choice", {"chose": "We did"}),
        ("nobody-gains", {"gains": ""}),
        ("vague-gain", {"gains": "It raises awareness"}),
        ("cause", {"claim": "Insulation led to less illness"}),  # in one of the three studies lot decided
        ("cause", {"chart": "life-expectancy", "claim": "Deprivation causes early death in the first tenth"}),
        ("everyone", {"claim": "Insulation always helps"}),
        ("proof", {"claim": "Proof that insulation helps"}),
        ("piece-counts", {"caption": "The poem shows how many are cold. Landlords paid late."}),
        ("one-person", {"claim": "A child in an insulated house will wheeze less"}),
        ("deficit", {"claim": "Vulnerable families report less illness"}),
        ("alt-chart-empty", {"alt": {"chart": ""}}),
        ("alt-chart-opening", {"alt": {"chart": "A chart of six ratios, from 0.49 to 0.89"}}),
        ("alt-chart-same", {"alt": {"chart": WHOLE["caption"]}}),
        ("alt-chart-figure", {"alt": {"chart": "Ratios below one in each of the studies"}}),
        ("alt-chart-figure", {"chart": "gaps"}),  # described before another chart was chosen
        ("alt-piece-empty", {"piece": {"kind": "drawing"}}),
        ("alt-piece-opening", {"piece": {"kind": "drawing"}, "alt": {"piece": "Drawing of a room"}}),
        ("alt-piece-same", {"piece": {"kind": "drawing"}, "alt": {"piece": WHOLE["claim"]}}),
        ("not-covered", {"consent": {"status": "waiting"}}),
        ("no-end", {"consent": {"until": ""}}),
    ],
)
def test_each_rule_finds_what_it_is_for(rule, change):
    assert title(rule) in found(composed(**change))


def test_each_rule_belongs_to_a_question_and_says_why():
    assert {one["question"] for one in RULES} | {"source"} == {one["id"] for one in QUESTIONS}
    for rule in RULES:
        assert rule["why"] or rule["id"] == "not-covered"
        re.compile(rule.get("pattern", ""))


@pytest.mark.parametrize(
    "change",
    [
        {"piece": {"recognise": "yes"}},  # agreed, and covered
        {"chose": "We chose with the tenants who made it"},
        {"caption": "Nobody asked the tenants. The landlord paid in the twelfth year."},
    ],
)
def test_what_is_fair_is_left_alone(change):
    assert found(composed(**change)) == set()


def test_a_cause_may_be_said_where_lot_decided_every_row():
    made = composed(claim="Insulation led to less illness")
    made.charts = [{**one, "by_lot": True} for one in made.charts]
    assert found(made) == set()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, "They agreed to a public exhibition or event, until 31 March 2027."),
        ({"showing": {"date": "2027-03-31"}}, "They agreed to a public exhibition or event, until 31 March 2027."),
        ({"consent": {"until": ""}, "showing": {"date": ""}}, "They agreed to a public exhibition or event."),
        ({"consent": {"status": "mine"}}, "Made by whoever shows it, and nobody is in it."),
        (
            {"piece": {"kind": "drawing"}, "consent": {"status": "waiting"}},
            "It may be shown anywhere, with the line that says so.",
        ),
    ],
)
def test_a_consent_that_covers_the_showing_lets_the_piece_be_shown(change, reason):
    made = composed(**change)
    assert made.consent().values.tolist() == [[True, reason, ""]]
    assert "kept empty" not in made.words


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"piece": {"text": ""}}, TEXTS["refused"]["none"]),
        ({"consent": {"status": ""}}, TEXTS["refused"]["unsaid"]),
        ({"consent": {"status": "once"}}, TEXTS["refused"]["once"]),
        ({"consent": {"status": "waiting"}}, TEXTS["refused"]["waiting"]),
        ({"consent": {"status": "unasked"}}, TEXTS["refused"]["unasked"]),
        ({"consent": {"status": "withdrawn"}}, TEXTS["refused"]["withdrawn"]),
        ({"consent": {"status": "mine"}, "piece": {"recognise": "yes"}}, TEXTS["refused"]["recognised"]),
        ({"showing": {"kind": ""}}, TEXTS["refused"]["showing"]),
        ({"consent": {"made": " "}}, TEXTS["refused"]["whose"]),
        ({"consent": {"agreed": ""}}, TEXTS["refused"]["what"]),
        ({"consent": {"withdraw": ""}}, TEXTS["refused"]["way"]),
        ({"showing": {"date": ""}}, TEXTS["refused"]["date"]),
        (
            {"showing": {"date": "2027-04-01"}},
            "The agreement ended on 31 March 2027, before the showing on 1 April 2027.",
        ),
        (
            {"showing": {"kind": "online"}},
            "They agreed to a closed meeting and a public exhibition or event, not to a website or social media.",
        ),
        (
            {"consent": {"showings": []}},
            "It is not said which showings they agreed to, not to a public exhibition or event.",
        ),
    ],
)
def test_a_piece_that_is_not_covered_is_told_nowhere(change, reason):
    made = composed(**change)
    held = cover(made.work)
    assert (held.covered, held.reason) == (False, reason)
    assert held.instead
    assert f"The place of the piece is kept empty: {held.instead}" in made.words
    assert TEXT_PIECE["text"] not in made.words


def test_every_refusal_and_every_text_in_its_place_can_be_met():
    reasons = {key for key in TEXTS["refused"]}
    assert reasons == {
        *("none", "unsaid", "once", "waiting", "unasked", "withdrawn", "recognised", "showing", "whose", "what", "way"),
        "date",
    }
    assert set(TEXTS["instead"]) == {"none", "once", "waiting", "unasked", "withdrawn", "other"}


def test_the_first_state_shows_a_drawing_of_the_course_beside_real_figures():
    made = EvidenceComposer(name="composer")
    assert "drawn for this course" in made.words
    assert "Trial: wheezing: 0.57 (0.47 to 0.70)" in made.words
    assert "Source: Howden-Chapman and others, BMJ 2007" in made.words
    assert made.consent()["covered"].tolist() == [True]
    assert {title("nobody-chose"), title("nobody-gains"), title("alt-chart-empty")} <= found(made)


def test_the_answer_is_not_given_before_the_prediction():
    made = EvidenceComposer(name="composer", parts=["predict"])
    assert "Not judged yet." in made.words
    assert "The answer" not in made.words
    assert [row[-1] for row in made.table[1:]] == ["not judged yet", "not judged yet"]
    made.guesses = {"homes": "b"}
    assert "Predicted: B. The answer: A." in made.words
    assert [row[-1].split(".")[0] for row in made.table[1:]] == ["yes", "no"]


def test_the_figures_in_the_captions_are_the_datasets():
    wheeze = data.load("improved-homes").query("result == 'Trial: wheezing'").iloc[0]
    (test,) = EvidenceComposer(name="composer", parts=["predict"]).tests
    caption, why = test["combinations"][0]["caption"], test["combinations"][0]["why"]
    less = f"{100 * (1 - wheeze.estimate):.0f}%"
    assert f"{less} lower (95% interval {100 * (1 - wheeze.high):.0f}% to {100 * (1 - wheeze.low):.0f}%)" in caption
    assert f"The odds were {less} lower" in why


def test_the_courses_charts_say_what_they_draw():
    charts = {one["id"]: one for one in course_charts()}
    assert list(charts) == list(COURSE)
    assert [charts[one]["by_lot"] for one in charts] == [False, False, False, False]
    assert chart_rows(charts["gaps"])[:2] == [["Line", "What", "Figure"], ["men", "2014 to 2016", "9.3 years"]]
    assert chart_rows(charts["life-expectancy"])[1] == ["1, most deprived", "74.0 years", "73.9 to 74.1"]
    rates = data.load("premature-mortality-by-deprivation").query("sex == 'all'")
    for _, period in rates.groupby("period"):
        assert period.sort_values("decile")["rate"].is_monotonic_decreasing  # as the chart's note says


def test_synthetic_figures_are_called_so():
    df = data.load("synthetic-monthly-indicator")
    one = EvidenceComposer.chart(
        df.head(6).assign(place=list("abcdef"), figure=range(6)), data=df, id="made-up", kind="bars", label="place",
        value="figure", title="Made-up figures",
    )  # fmt: skip
    made = EvidenceComposer(name="composer", parts=["compose"], charts=[one])
    assert "Synthetic figures: no real people. Source:" in made.words
    source = made.questions().query("question == 'Is the source there?'").iloc[0]
    assert (source.so_far, "synthetic" in source.why) == ("met", True)
    assert made.work["chart"] == "made-up"
    assert made.work["claim"] == ""  # the example belongs to another chart


def test_words_stay_true_when_a_cell_sets_the_work():
    made = composed()
    made.work = {**made.work, "claim": "From a cell"}
    assert "The claim: From a cell." in made.words
    made.work = {"claim": "The rest is left out"}
    assert made.work["chart"] == "improved-homes"
    with pytest.raises(CourseError, match="consent status is 'fine'"):
        made.work = {"consent": {"status": "fine"}}


def test_the_static_form_is_the_same_each_time_and_plain_json():
    first, second = (EvidenceComposer(name="composer").bundle() for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)
    assert first["module"] == "composer"


FRAME = pd.DataFrame({"who": ["a", "b"], "value": [1.0, 2.0], "low": [0.5, 2.5], "high": [1.5, 3.0]})
LOADED = data.load("improved-homes")
BASE = {"id": "one", "kind": "dots", "label": "who", "value": "value", "title": "One", "data": LOADED}


@pytest.mark.parametrize(
    ("df", "arguments", "message"),
    [
        (FRAME, {"kind": "pie"}, "kind is 'pie'; use one of dots, bars, lines"),
        (FRAME, {"low": "low"}, "an interval has two ends"),
        (FRAME, {"value": "size"}, "no column 'size'; it has who, value, low, high"),
        (FRAME, {"data": None}, "name no source"),
        (FRAME.head(0), {}, "has no row"),
        (FRAME.assign(value=[1, None]), {}, "'b' has no figure"),
        (FRAME, {"low": "low", "high": "high"}, "'b': 2 is not between 2.5 and 3"),
        (FRAME.assign(value=[1, -2]), {"kind": "bars"}, "bars start at nought"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused_in_one_line(df, arguments, message):
    with pytest.raises(CourseError, match=message) as refused:
        EvidenceComposer.chart(df, **{**BASE, **arguments})
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"parts": ["all"]}, "use 'predict', 'compose' or both"),
        ({"charts": []}, "charts is empty"),
        ({"charts": course_charts("gaps", "gaps")}, "two charts have the same id"),
        ({"start": {"colour": "red"}}, "work has no 'colour'"),
        ({"start": {"claim": 3}}, "claim is 3; it takes a text"),
        ({"start": {"piece": "a poem"}}, "it takes parts with values"),
        ({"start": {"chart": "pie"}}, "chart is 'pie'"),
        ({"start": {"consent": {"showings": ["radio"]}}}, "no showing is called 'radio'"),
        ({"start": {"showing": {"date": "May 2027"}}}, "write a date as 2027-03-31"),
        ({"start": {"piece": {"size": [0, 1]}}}, "it is width and height in pixels"),
        ({"start": {"consent": {"showings": "online"}}}, "it takes a list"),
    ],
)
def test_what_cannot_be_composed_is_refused_in_one_line(arguments, message):
    with pytest.raises(CourseError, match=message) as refused:
        EvidenceComposer(name="composer", **arguments)
    assert "\n" not in str(refused.value)


def test_a_chart_of_another_course_and_questions_without_work_are_refused():
    with pytest.raises(CourseError, match="the course has no chart 'pie'"):
        course_charts("pie")
    with pytest.raises(CourseError, match="has only predictions"):
        EvidenceComposer(name="composer", parts=["predict"]).questions()


def test_nothing_written_yet_is_said_part_by_part():
    made = EvidenceComposer(name="composer", parts=["compose"], empty=True)
    assert made.work == work_from({}, made.charts)
    assert "The claim: not written yet." in made.words
    assert "Consent: no piece yet. No piece is chosen yet." in made.words
    assert {title("no-caption"), title("no-piece"), title("not-covered")} <= found(made)
