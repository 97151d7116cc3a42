"""The power map as Python makes it: what it shows by rule, the next rungs, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from equitykit.errors import CourseError
from equitykit.widgets import PowerMap
from equitykit.widgets.power_data import STANDARDS, TERMS

CONSTRUCTED = {"title": "A leaflet", "kind": "constructed"}
WHOLE = [
    {"title": "The aim", "stage": "question", "answers": "head of nursing"},
    {"title": "The budget", "stage": "money", "answers": "finance lead"},
    {"title": "The ending", "stage": "ending", "answers": "head of nursing"},
]


def people(
    *marks: str, pay: str = "fee", staff: tuple[str, ...] = ("shares", "shares", "none")
) -> list[dict[str, Any]]:
    return [
        {"title": "Patients", "affected": True, "pay": pay, "says": list(marks)},
        {"title": "Staff", "pay": "salary", "says": list(staff)},
    ]


def made(*marks: str, promise: str = "consult", decisions: Any = None, **changes: Any) -> PowerMap:
    """A map of three decisions that raises no question, but for its changes."""
    return PowerMap(
        name="map",
        project=CONSTRUCTED,
        decisions=decisions or WHOLE,
        people=people(*(marks or ("shares", "asked heard", "decides")), **changes),
        promise=promise,
    )


def shown(one: PowerMap) -> set[str]:
    return set(one.findings()["rule"])


def where(one: PowerMap, rule: str) -> list[str]:
    found = one.findings()
    return found.loc[found["rule"] == rule, "where"].item()


def changed(**fields: Any) -> list[dict[str, Any]]:
    return [{**one, **fields} for one in WHOLE]


def test_a_map_that_keeps_its_promise_raises_no_question():
    assert shown(made()) == set()
    assert "By these rules the map raises no question." in made().words


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"marks": ("none", "asked heard", "decides")}, {"before-anyone", "promise", "money-held"}),
        ({"marks": ("shares", "asked late heard", "decides")}, {"before-anyone", "promise", "asked-late"}),
        ({"marks": ("shares", "asked", "decides")}, {"promise", "not-heard"}),
        ({"marks": ("asked heard", "asked heard", "decides")}, {"money-held"}),
        ({"pay": "nothing"}, {"say-no-pay"}),
        ({"pay": "expenses"}, {"say-no-pay"}),
        ({"staff": ("told", "none", "none")}, {"pay-no-say", "nobody-decides"}),
        ({"staff": ("decides", "shares", "shares")}, {"one-decides-all"}),
        ({"marks": ("shares", "asked heard", "asked heard")}, {"nobody-decides"}),
        ({"marks": ("shares", "unsaid", "decides")}, {"unsaid"}),
        ({"promise": ""}, {"no-promise"}),
        ({"promise": "collaborate"}, {"promise"}),
        ({"promise": "empower"}, {"promise"}),
        ({"promise": "inform"}, set()),
        ({"decisions": changed(answers="")}, {"nobody-answers"}),
        ({"decisions": changed(stage="design")}, {"no-ending"}),
    ],
)
def test_each_rule_shows_what_it_says_and_no_more(arguments, expected):
    given = dict(arguments)
    assert shown(made(*given.pop("marks", ()), **given)) == expected


def test_a_map_without_anyone_affected_says_that_first_and_counts_nothing_against_anybody():
    one = PowerMap(
        name="map",
        parts=["map"],
        project=CONSTRUCTED,
        decisions=WHOLE,
        people=[{"title": "Staff", "pay": "salary", "says": ["decides", "none", "decides"]}],
        promise="consult",
    )
    assert one.findings()["rule"].tolist() == ["nobody-affected", "nobody-decides"]
    assert one.settled() == (0, 3)


def test_a_decision_that_the_promise_left_out_breaks_it_only_where_it_was_made_for_all_the_way():
    marks = ("shares", "none", "decides")
    left_out = [WHOLE[0], {**WHOLE[1], "left_out": True}, WHOLE[2]]
    assert "promise" not in shown(made(*marks, decisions=left_out))
    assert where(made(*marks), "promise") == ["The budget"]
    assert where(made(*marks, decisions=left_out, promise="involve"), "promise") == ["The budget"]


def test_what_nobody_knows_is_neither_asked_nor_not_asked():
    one = made("unsaid", "none", "decides")
    assert one.settled() == (1, 3)
    assert where(one, "before-anyone") == ["The budget"]
    assert "1 of 3 decisions were settled before anyone affected was asked; of 1 it is not known." in one.words


def test_an_empty_map_claims_nothing_of_anybody():
    one = PowerMap(name="map", own=True)
    assert one.settled() == (0, 7)
    assert shown(one) == {"nobody-answers", "no-promise", "unsaid"}
    assert "It is not known of any decision yet" in one.words
    assert "predict" not in one.parts


def test_a_finding_says_where_why_what_to_ask_and_after_whom():
    row = made(pay="nothing").findings().iloc[0]
    assert row["finding"] == "Say without pay"
    assert row["where"] == ["Patients"]
    assert row["ask"].endswith("?")
    assert "Payment guidance" in row["source"]


def test_the_published_project_names_its_source_and_claims_what_its_notes_bear_out():
    one = PowerMap(name="map")
    assert one.project["kind"] == "published"
    assert one.project["source_url"] == "https://github.com/alan-turing-institute/AutisticaCitizenScience"
    assert one.settled() == (2, 8)
    assert where(one, "before-anyone") == ["A grant, for a platform", "When the grant ended, what next"]
    assert shown(one) == {"before-anyone", "say-no-pay", "nobody-answers", "promise", "unsaid"}
    said = [mark for group in one.people if group["affected"] for mark in group["says"] if mark["say"] != "none"]
    assert all(mark["note"] for mark in said), "every say of somebody affected rests on the record"


def test_rules_and_rungs_hang_together():
    rules = {one["id"] for one in TERMS["rules"]}
    sources = {*TERMS["sources"], ""}
    assert len(rules) == len(TERMS["rules"])
    for rule in TERMS["rules"]:
        assert rule["source"] in sources
        assert "?" in rule["ask"]
    assert len(STANDARDS) == 6
    for standard in STANDARDS:
        assert len({rung["id"] for rung in standard["rungs"]}) == 4
        for rung in standard["rungs"]:
            assert rung["source"] in TERMS["sources"]
            assert rung.get("map", "unsaid") in rules


def next_of(one: PowerMap, standard: str) -> tuple[str, str]:
    row = one.next_rungs().set_index("standard").loc[standard]
    return row["rung"], row["because"]


def test_the_next_rung_is_the_first_statement_that_does_not_stand():
    one = made()
    assert next_of(one, "Impact") == ("", "Not answered yet.")
    one.standards = {"impact": {"ticked": ["record"], "evidence": "A list since May"}}
    rung, because = next_of(one, "Impact")
    assert rung.startswith("Ask those involved what would show them")
    assert because == "Not ticked: “The people involved chose what counts as a difference.”"
    one.standards = {"impact": {"ticked": [], "none": True}}
    assert next_of(one, "Impact")[0].startswith("Start a list with four columns")
    one.standards = {"impact": {"ticked": ["record", "chosen", "told", "acted"]}}
    assert next_of(one, "Impact")[0].startswith("Ask the people on the map to tick these four")


def test_a_tick_that_the_map_speaks_against_does_not_stand():
    one = made(pay="nothing")
    one.standards = {"inclusive": {"ticked": ["early", "barriers", "paid", "missing"]}}
    rung, because = next_of(one, "Inclusive opportunities")
    assert rung.startswith("Cost the hours")
    assert because.endswith("The map shows otherwise: say without pay (Patients).")
    assert rung in one.words


def test_nobodys_ticks_are_held_against_a_published_project_or_a_map_that_is_not_there():
    ticked = {"governance": {"ticked": ["answers"]}}
    for one in (PowerMap(name="map"), PowerMap(name="map", own=True, parts=["standards"])):
        one.standards = ticked
        assert next_of(one, "Governance")[0].startswith("Give people whom the project affects")


def test_words_and_table_say_what_is_set_from_python():
    one = made()
    one.promise = "inform"
    assert "The promise is “Inform”: we tell you what is decided." in one.words
    one.project = {**one.project, "title": "A poster"}
    assert one.words.startswith("Constructed scenario. Power map of: A poster. 3 decisions")
    assert one.table[0] == ["Decision", "When", "Answers for it", "Patients", "Staff"]
    assert one.table[2] == [
        "The budget",
        "not said",
        "finance lead",
        "asked, and told what came of it",
        "shares the decision",
    ]
    assert one.table[-1] == ["Paid", "", "", "fee", "salary"]


def test_only_the_standards_have_a_table_of_their_own():
    one = PowerMap(name="map", own=True, parts=["standards"])
    assert one.table[0] == ["Standard", "What stands", "Evidence", "Next rung"]
    assert one.words.startswith("Inclusive opportunities, not answered yet.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"parts": ["predict"]}, "'predict' (with 'map')"),
        ({"parts": ["chart"]}, "parts is ['chart']"),
        ({"promise": "listen"}, "promise is 'listen'"),
        ({"decisions": WHOLE}, "give decisions and people together"),
        ({"decisions": WHOLE[:1], "people": people("none")}, "1 decisions; a map takes 2 to 12"),
        ({"decisions": changed(stage="lunch"), "people": people("none", "none", "none")}, "the stage 'lunch'"),
        ({"decisions": WHOLE, "people": people("none", "none")}, "2 marks for 3 decisions"),
        ({"decisions": WHOLE, "people": people("none", "none", "nods")}, "a mark says 'nods'"),
        ({"decisions": WHOLE, "people": people("none", "none", "told loud")}, "a mark has no 'loud'"),
        ({"decisions": WHOLE, "people": people("none", "none", "told", pay="cake")}, "the pay 'cake'"),
        ({"decisions": WHOLE, "people": people("none", "none", "told")[1:]}, "nothing to guess"),
        ({"project": {"title": "One", "kind": "published"}}, "needs its source"),
        ({"project": {"title": "One", "kind": "secret"}}, "kind is 'secret'"),
        ({"project": {"name": "One"}}, "a project has no 'name'"),
    ],
)
def test_what_a_map_cannot_show_is_refused_in_words(arguments, message):
    with pytest.raises(CourseError) as refused:
        PowerMap(**{"name": "map", **arguments})
    assert message in str(refused.value)


def test_a_standard_that_there_is_not_is_refused():
    with pytest.raises(CourseError, match="no standard 'beauty'"):
        made().standards = {"beauty": {"ticked": []}}


def test_a_document_needs_a_page_first(tmp_path):
    with pytest.raises(CourseError, match="show it in a cell"):
        made().document(tmp_path / "map.docx")
