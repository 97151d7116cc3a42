"""The agreement builder as Python makes it: what is undecided, what pulls apart, who can say yes."""

from __future__ import annotations

import random
from typing import Any

import pytest

from equitykit.errors import CourseError
from equitykit.widgets import AgreementBuilder
from equitykit.widgets.agreement_points import BOOK, OWN, POINTS, SCENARIO_NOTE, filled, settled
from equitykit.widgets.agreement_rules import after_sharing, conflicts, consent, decided, way_back

ORDER = [one["id"] for one in BOOK["moments"]]


def made(**choices: Any) -> AgreementBuilder:
    return AgreementBuilder(name="agreement", parts=["build", "agreement"], choices=choices)


def some_choices(draw: random.Random) -> dict[str, Any]:
    """Choices of any kind for every point: an option, own words (or none), or undecided."""
    return {
        name: {
            "option": draw.choice(["", "", OWN, *([one["id"] for one in point["options"]] * 3)]),
            "words": draw.choice(["", "", "Only on Mondays."]),
            "who": draw.choice(["", "The board"]),
            "by": draw.choice(["", "March 2027"]),
        }
        for name, point in POINTS.items()
    }


def test_every_option_says_who_gains_who_carries_the_risk_and_what_is_no_longer_possible():
    moments, people = set(ORDER), {one["id"] for one in BOOK["people"]}
    assert len(POINTS) == len(BOOK["points"]) == 16
    for point in BOOK["points"]:
        assert point["question"].endswith(("?", "say."))
        assert 2 <= len(point["options"]) <= 4
        assert point["group"] in {one["id"] for one in BOOK["groups"]}
        for option in point["options"]:
            assert option["id"] != OWN
            for key in ("clause", "gains", "risk", "lost"):
                assert option[key].rstrip(".?!") != option[key], (option["id"], key)
            assert set(option["source"]) <= set(BOOK["sources"])
            assert set(option) <= {"id", "choice", "clause", "gains", "risk", "lost", "source", "says"}
            for moment, says in option.get("says", {}).items():
                assert moment in moments
                assert set(says) <= {"must", "heard"}
                assert {one for ids in says.values() for one in ids} <= people


def test_every_source_is_used_and_has_an_address():
    used = {key for point in BOOK["points"] for option in point["options"] for key in option["source"]}
    assert used == set(BOOK["sources"])
    assert all(one["url"].startswith("https://") for one in BOOK["sources"].values())


def test_every_rule_names_points_and_options_that_exist():
    cases = [case for item in BOOK["shared"] for case in item["cases"]]
    assert all(set(case) <= {"when", "can", "why"} and case["can"] in ("yes", "no") for case in cases)
    assert all(set(case) == {"when", "until", "why"} and case["until"] in ORDER for case in BOOK["way_back"])
    for rule in [*BOOK["conflicts"], *cases, *BOOK["way_back"]]:
        for name, named in rule.get("when", {}).items():
            assert set(named) <= {one["id"] for one in POINTS[name]["options"]}, rule
    for rule in BOOK["conflicts"]:
        assert len(rule["when"]) >= 2
        assert "?" in rule["ask"]


@pytest.mark.parametrize("rule", BOOK["conflicts"], ids=lambda rule: rule["id"])
def test_a_conflict_needs_all_of_its_choices(rule):
    first = {name: named[0] for name, named in rule["when"].items()}
    assert rule["id"] in {one["id"] for one in conflicts(settled(first))}
    for left_out in first:
        without = {name: one for name, one in first.items() if name != left_out}
        assert rule["id"] not in {one["id"] for one in conflicts(settled(without))}


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"made": "open", "withdraw": "any"}, {"open-withdraw"}),
        ({"made": "open", "withdraw": "published"}, set()),
        ({"hold": "community", "next": "university"}, {"own-university"}),
        ({"hold": "university", "next": "university"}, set()),
        ({"roles": "collect", "support": "none"}, {"peers-alone"}),
        ({"roles": "advise", "support": "none"}, set()),
        ({"withdraw": "published", "long": "good"}, {"archive-published"}),
        ({"see": "destroyed", "credit": "choice"}, {"key-credit"}),
        ({"see": "named", "credit": "choice"}, set()),
        ({"see": "destroyed", "withdraw": "any", "next": "person"}, {"key-withdraw", "key-again"}),
        ({"made": {"option": "own", "words": "CC BY"}, "withdraw": "any"}, set()),
    ],
)
def test_choices_that_cannot_both_be_kept_are_found_and_no_others(choices, expected):
    assert {one["id"] for one in conflicts(settled(choices))} == expected


def test_there_is_a_whole_agreement_in_which_nothing_pulls_apart():
    whole = made(
        purpose="together", decide="panel", roles="lead", hold="split", see="key", long="years", next="panel",
        withdraw="any", after="named", made="community", credit="authors", pay="hourly", support="named",
        ethics="both", account="public", back="both",
    )  # fmt: skip
    assert whole.undecided().empty
    assert whole.conflicts().empty
    assert "All 16 points are settled." in whole.words
    assert whole.after_sharing()["possible"].tolist() == ["yes"] * 5


def test_undecided_is_an_answer_with_who_must_decide_and_by_when():
    one = made(pay={"who": "The finance office", "by": "May 2027"}, hold="joint")
    told = one.undecided().set_index("point")
    assert len(told) == 15
    assert told.loc["Payment and expenses", ["who", "by"]].tolist() == ["The finance office", "May 2027"]
    assert "Payment and expenses. Who must decide: The finance office. By when: May 2027." in one.words
    assert "Who must decide: nobody is named yet. By when: no date yet." in one.words


def test_own_words_settle_a_point_only_when_they_say_something():
    assert not decided({"option": OWN, "words": "  ", "who": "", "by": ""})
    assert decided({"option": OWN, "words": "We share a van.", "who": "", "by": ""})
    row = next(
        row for row in made(pay={"option": "flat", "words": "In cash."}).table if row[0] == "Payment and expenses"
    )
    assert row[1] == "We pay a set sum for each session. We pay costs back within two weeks. In cash."


@pytest.mark.parametrize(
    ("choices", "until"),
    [
        ({}, None),
        ({"withdraw": "never"}, "collect"),
        ({"withdraw": "any", "see": "destroyed"}, "collect"),
        ({"withdraw": "analysis"}, "keep"),
        ({"withdraw": "published"}, "analyse"),
        ({"withdraw": "any", "made": "open"}, "analyse"),
        ({"withdraw": "any", "next": "anyone"}, "analyse"),
        ({"withdraw": "any", "next": "university"}, "publish"),
        ({"withdraw": "any", "next": "panel", "made": "makers"}, "delete"),
    ],
)
def test_until_when_a_person_can_take_their_data_out(choices, until):
    found = way_back(settled(choices))
    assert (found and found["until"]) == until


def test_who_must_say_yes_is_put_together_from_the_points():
    told = {one["moment"]: one for one in consent(settled({"back": "comment", "made": "makers", "ethics": "both"}))}
    assert told["collect"]["must"] == ["person", "community", "university"]
    assert (told["publish"]["must"], told["publish"]["heard"]) == (["person", "university"], ["community"])
    assert told["reuse"]["status"] == "undecided"
    own = {one["moment"]: one for one in consent(settled({"next": {"option": "own", "words": "Ask Rita."}}))}
    assert own["reuse"]["status"] == "own"
    frame = made(next="anyone").consent().set_index("moment")
    assert frame.loc["Reuse", "yes"] == "nobody"
    assert frame["undecided"].tolist() == [True, True, True, True, False, True]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, ["not decided"] * 4),
        ({"made": "open", "withdraw": "any", "see": "key", "next": "university"}, ["no", "yes", "no", "no"]),
        ({"made": "makers", "withdraw": "any", "see": "key", "next": "panel"}, ["yes"] * 4),
        ({"made": "community", "withdraw": "any", "see": "destroyed", "next": "panel"}, ["yes", "no", "no", "yes"]),
        ({"made": "open", "withdraw": "published", "see": "key", "next": "anyone"}, ["no"] * 4),
    ],
)
def test_what_has_left_the_partners_cannot_be_called_back_and_money_can_be_agreed_anew(choices, expected):
    about = AgreementBuilder(name="agreement").about
    found = [one["can"] for one in after_sharing(settled(choices), about)]
    assert found == [*expected, "yes"]


def test_the_first_state_is_half_decided_constructed_and_predicted_first():
    first = AgreementBuilder(name="agreement")
    assert first.note == SCENARIO_NOTE
    assert first.note.startswith("Constructed scenario")
    assert len(first.undecided()) == 7
    assert (first.undecided()["who"] == "").sum() == 3
    assert first.conflicts()["conflict"].tolist() == [
        "An open licence, and “at any time”",
        "The community owns the data, and nobody has to ask it",
        "Peer researchers ask, and nobody supervises",
    ]
    assert "cannot be taken back" not in first.words, "what follows is not told before the prediction"
    first.guesses = {"copies": {"said": "yes", "was": "no"}}
    assert "cannot be taken back" in first.words
    assert "It is not legal advice." in first.words


def test_what_a_cell_sets_is_told_anew():
    one = made()
    one.choices = {**one.choices, "made": "open", "withdraw": {"option": "any"}}
    assert "An open licence, and “at any time”." in one.words
    assert one.choices["pay"] == {"option": "", "words": "", "who": "", "by": ""}
    one.about = {**one.about, "community": "the carers’ network"}
    assert "The carers’ network owns what we make." in filled(POINTS["made"]["options"][1]["clause"], one.about)


def test_it_says_the_same_of_every_option_as_the_data_file():
    frame = AgreementBuilder.points()
    assert len(frame) == sum(len(point["options"]) for point in BOOK["points"])
    assert not frame["clause"].str.contains("{", regex=False).any()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"choices": {"owner": "x"}}, "no point is called 'owner'; the points are purpose"),
        (
            {"choices": {"made": "mine"}},
            "made has no option 'mine'; it has makers, community, open, university, or 'own'",
        ),
        ({"choices": {"made": {"licence": "open"}}}, "made has no 'licence'; a point has option, words, who, by"),
        ({"parts": ["agreement"]}, "use 'predict', 'build', or 'build' with 'agreement'"),
        ({"parts": []}, "use 'predict'"),
        ({"focus": ["owner"]}, "no point is called 'owner'"),
    ],
)
def test_what_it_does_not_know_is_refused_in_one_line(given, message):
    with pytest.raises(CourseError, match=message) as refused:
        AgreementBuilder(name="agreement", **given)
    assert "\n" not in str(refused.value)


def test_a_document_needs_the_agreement_to_have_been_shown(tmp_path):
    with pytest.raises(CourseError, match="show it in a cell of its own first"):
        AgreementBuilder(name="agreement").document(tmp_path / "agreement.docx")
