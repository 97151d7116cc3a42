"""A module's checks.yml: what is read from it, what is refused, and what a check starts from."""

from __future__ import annotations

import copy
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from equitykit.errors import CourseError
from equitykit.widgets import Check, check, checks
from equitykit.widgets.base import MIME

SAMPLE = Path(__file__).parent / "sample"
KINDS = {question.kind: question for question in checks.read(SAMPLE)}


def entry(kind: str) -> dict[str, Any]:
    """A valid entry of a kind, to spoil."""
    entries = yaml.safe_load((SAMPLE / "checks.yml").read_text("utf-8"))
    return copy.deepcopy(next(item for item in entries if item["kind"] == kind))


def written(folder: Path, *entries: Any) -> Path:
    (folder / "checks.yml").write_text(yaml.safe_dump(list(entries), allow_unicode=True), "utf-8")
    return folder


def put(item: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Set, or with ``...`` remove, what stands at a path such as ``options.0.text``."""
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner: Any = item
    for step in way:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return item


def test_the_sample_has_one_check_of_each_kind():
    assert sorted(KINDS) == sorted(checks.KINDS)


def test_every_question_of_the_file_is_read_in_its_order():
    ids = [item["id"] for item in yaml.safe_load((SAMPLE / "checks.yml").read_text("utf-8"))]
    assert [question.id for question in checks.read(SAMPLE)] == ids


MALFORMED = [
    # kind, path, value, what the message names beside the check
    ("single", "id", "Who Is Counted", "id must be small letters, digits and hyphens"),
    ("single", "kind", "multiple", "kind must be one of single, several, number, order, text"),
    ("single", "objective", ..., "objective must be a whole number from 1"),
    ("single", "objective", 0, "objective must be a whole number from 1"),
    ("single", "objective", True, "objective must be a whole number from 1"),
    ("single", "prompt", ..., "prompt is missing"),
    ("single", "prompt", "  ", "prompt must not be empty"),
    ("single", "prompt", 9.4, "prompt must be text: put 9.4 in quotes"),
    ("single", "prompt", "Rates and counts differ.", "prompt must end in a question or an instruction"),
    ("single", "promt", "Which?", "promt is not a known field; did you mean 'prompt'?"),
    ("single", "tolerance", 1, "tolerance is not a known field"),
    ("single", "options", ..., "options must be a list of at least two"),
    ("single", "options", [{"text": "Only one"}], "options must be a list of at least two"),
    ("single", "options.0", "Town A", "options[1] must have 'text: …' and 'feedback: …'"),
    ("single", "options.0.text", ..., "options[1].text is missing"),
    ("single", "options.0.text", True, "options[1].text must be text: put True in quotes"),
    ("single", "options.2.feedback", ..., "options[3].feedback is missing"),
    ("single", "options.1.feedback", ..., "options[2].feedback is missing"),
    ("single", "options.0.feedback", "Incorrect. A count grows with the people.", "options[1].feedback must teach"),
    ("single", "options.0.feedback", "Wrong!", "options[1].feedback must teach"),
    ("single", "options.0.feedback", "Look at the table and try again, please.", "'try again' says nothing about why"),
    ("single", "options.0.feedback", "Sorry, that is for another page to say.", "options[1].feedback must teach"),
    ("single", "options.0.feedback", "This is the wrong answer to the question.", "'wrong answer' says nothing"),
    ("single", "options.0.feedback", "Not quite right.", "give a reason, in at least 5 words"),
    ("single", "options.0.misconception", ..., "options[1].misconception is missing"),
    ("single", "options.0.right", "yes please", "options[1].right must be true or left out"),
    ("single", "options.0.right", True, "must have exactly one with 'right: true', not 2"),
    ("single", "options.1", {"text": "B", "feedback": "More people live in the one.", "misconception": "b"}, "not 0"),
    ("single", "options.2.text", "Town A, because more people died there", "options must differ from one another"),
    ("single", "options.0.hint", "Think", "options[1].hint is not a known field"),
    ("several", "options.2.right", True, "options must have at least one right and at least one wrong"),
    ("several", "options.2.misconception", ..., "options[3].misconception is missing"),
    ("number", "answer", ..., "answer is missing"),
    ("number", "answer", "10", "answer must be a number, not '10'"),
    ("number", "answer", float("nan"), "answer must be a number, not nan"),
    ("number", "tolerance", ..., "tolerance is missing"),
    ("number", "tolerance", -1, "tolerance must be 0 or more"),
    ("number", "decimals", 1.5, "decimals must be a whole number from 0 to 6"),
    ("number", "unit", 1000, "unit must be text"),
    ("number", "wrong", ..., "wrong must be a list of at least one"),
    ("number", "wrong", [], "wrong must be a list of at least one"),
    ("number", "wrong.0", 20, "wrong[1] must have fields"),
    ("number", "wrong.0.near", ..., "wrong[1] must have 'near', or 'low' and 'high'"),
    ("number", "wrong.0.high", 30, "wrong[1] must have 'near', or 'low' and 'high'"),
    ("number", "wrong.0.near", 10.04, "wrong[1] must lie outside the right answer, 10 within 0.05"),
    ("number", "wrong.1.high", 12, "wrong[2] must lie outside the right answer"),
    ("number", "wrong.1.low", 0.9, "wrong[2] must have its 'low' below its 'high'"),
    ("number", "wrong.0.feedback", ..., "wrong[1].feedback is missing"),
    ("number", "right", ..., "right is missing"),
    ("number", "otherwise", ..., "otherwise is missing"),
    ("number", "otherwise", "Have another go at working it out.", "otherwise must teach"),
    ("order", "items", ["One", "Two"], "items must be a list of at least 3"),
    ("order", "items.3", "Count the events", "items must differ from one another"),
    ("order", "wrong", ..., "wrong must be a list of at least one"),
    ("order", "wrong.0.first", "Count events", "must be one of the items word for word; closest: 'Count the events'"),
    ("order", "otherwise", ..., "otherwise is missing"),
    ("order", "right", ..., "right is missing"),
    ("text", "model", ..., "model is missing"),
    ("text", "model", "Rates, not counts.", "model must be an answer of at least 5 words"),
    ("text", "look_for", ["Only one"], "look_for must be a list of at least 2"),
    ("text", "look_for", ["Same", "Same"], "look_for must differ from one another"),
]


@pytest.mark.parametrize(("kind", "path", "value", "said"), MALFORMED)
def test_a_malformed_check_is_refused_by_id_field_and_rule(tmp_path, kind, path, value, said):
    spoilt = put(entry(kind), path, value)
    with pytest.raises(CourseError) as refused:
        checks.read(written(tmp_path, spoilt))
    message = str(refused.value)
    assert message.startswith(f"{tmp_path / 'checks.yml'}: check '{spoilt['id']}': ")
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize(
    "prompt",
    [
        "Which town has the higher rate?",
        "Town B has fewer deaths. Choose what that tells you.",
        "In one or two sentences, explain why.",
        "Which of these hold? (Choose two.)",
        "What does **this** say, *really*?",
    ],
)
def test_a_prompt_may_ask_or_instruct(tmp_path, prompt):
    assert checks.read(written(tmp_path, put(entry("single"), "prompt", prompt)))[0].prompt == prompt


@pytest.mark.parametrize(
    "feedback",
    [
        "Wrong denominators are easy to miss: this one leaves out people who moved.",
        "No: a count grows with the number of people.",
        "The incorrect rate in the headline came from counting visits.",
    ],
)
def test_a_feedback_may_speak_of_what_is_wrong_as_long_as_it_says_why(tmp_path, feedback):
    read = checks.read(written(tmp_path, put(entry("single"), "options.0.feedback", feedback)))
    assert read[0].options[0]["feedback"] == feedback


def test_an_id_is_used_once(tmp_path):
    with pytest.raises(CourseError, match="check 'count-or-rate': id is used twice"):
        checks.read(written(tmp_path, entry("single"), entry("single")))


def test_a_check_without_an_id_is_named_by_its_position(tmp_path):
    with pytest.raises(CourseError, match="check 'number 2': id must be"):
        checks.read(written(tmp_path, entry("text"), put(entry("single"), "id", ...)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "must be a list of checks"),
        ("single: true", "must be a list of checks"),
        ("- just words", "check 1 must have fields"),
        ("- id: a\n  prompt: 'open", "not valid YAML"),
        ("- id: a\n  kind: text\n  kind: single", "line 3: not valid YAML: 'kind' is given twice"),
    ],
)
def test_a_file_that_is_no_list_of_checks_is_refused(tmp_path, content, said):
    (tmp_path / "checks.yml").write_text(content, "utf-8")
    with pytest.raises(CourseError) as refused:
        checks.read(tmp_path)
    assert str(refused.value).startswith(str(tmp_path / "checks.yml"))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CourseError, match=r"checks\.yml: there is no such file"):
        check("count-or-rate", folder=tmp_path)


def test_an_unknown_id_names_the_file_and_close_ids():
    with pytest.raises(CourseError) as refused:
        check("count-or-rates", folder=SAMPLE)
    said = str(refused.value)
    assert said.startswith(f"{SAMPLE / 'checks.yml'}: no check has the id 'count-or-rates'; close ones: count-or-rate")


def test_an_id_like_no_other_is_answered_with_those_there_are():
    with pytest.raises(CourseError, match="no check has the id 'zz'; it has: count-or-rate, what-a-rate-needs, "):
        check("zz", folder=SAMPLE)


def test_the_folder_is_the_current_one_where_none_is_given(monkeypatch):
    monkeypatch.chdir(SAMPLE)
    assert check("count-or-rate").name == "count-or-rate"


def test_a_computed_answer_takes_the_place_of_the_files_also_in_its_feedback():
    made = check("rate-of-b", answer=10.25, folder=SAMPLE)
    assert made.marking["answer"] == 10.25
    assert made.marking["right"].endswith("= 10 deaths.")
    assert check("rate-of-b", folder=SAMPLE).marking["answer"] == 10


@pytest.mark.parametrize(
    ("id", "answer", "said"),
    [
        ("count-or-rate", 3, "check 'count-or-rate': answer can be given for a number only"),
        ("rate-of-b", float("inf"), "check 'rate-of-b': answer must be a finite number"),
        ("rate-of-b", "ten", "check 'rate-of-b': answer must be a number, not 'ten'"),
        ("rate-of-b", 20.01, r"check 'rate-of-b': wrong\[1\] must lie outside the right answer"),
    ],
)
def test_a_computed_answer_that_cannot_be_is_refused(id, answer, said):
    with pytest.raises(CourseError, match=said):
        check(id, answer=answer, folder=SAMPLE)


def test_items_to_order_start_the_same_way_every_time_and_never_in_the_right_one():
    for extra in range(20):  # twenty different questions, so that chance cannot pass for a rule
        question = checks.Question(
            f"order-{extra}", "order", 1, "Put in order.", [{"text": "a"}, {"text": "b"}, {"text": "c"}], {}
        )
        shown = [item["text"] for item in Check(question).options]
        assert sorted(shown) == ["a", "b", "c"]
        assert shown != ["a", "b", "c"]
        assert shown == [item["text"] for item in Check(question).options]


def test_options_keep_the_order_of_the_file():
    made = check("count-or-rate", folder=SAMPLE)
    assert [option["text"] for option in made.options] == [option["text"] for option in KINDS["single"].options]


@pytest.mark.parametrize("question", KINDS.values(), ids=KINDS)
def test_before_an_answer_the_words_and_the_table_give_nothing_away(question):
    made = Check(question)
    shown = made.words + " ".join(cell for row in made.table for cell in row)
    reasons = [option["feedback"] for option in question.options if "feedback" in option]
    reasons += [question.marking[key] for key in ("right", "otherwise", "model") if key in question.marking]
    reasons += question.marking.get("look_for", [])
    assert reasons
    assert not [reason for reason in reasons if reason in shown]
    assert "right" not in made.words
    assert made.words.endswith("Not answered yet.")
    assert (made.response, made.attempts, made.outcome, made.revealed) == (None, 0, "", False)


@pytest.mark.parametrize("question", KINDS.values(), ids=KINDS)
def test_the_still_has_every_option_and_reason_under_a_part_to_open(question):
    still = unescape(Check(question).still()).replace("<em>", "*").replace("</em>", "*")
    before, _, inside = still.partition("<details")
    for option in question.options:
        assert option["text"] in before
    reasons = [
        item["feedback"] for item in [*question.options, *question.marking.get("wrong", [])] if "feedback" in item
    ]
    reasons += [question.marking[key] for key in ("otherwise", "model") if key in question.marking]
    assert reasons
    for reason in reasons:
        assert reason in inside
        assert reason not in before


def test_markup_in_a_question_is_text_and_not_html():
    spoilt = checks.Question(
        "markup", "text", 1, "Is <b>a</b> < *b*?", [], {"model": "<script>x</script>", "look_for": ["<i>", "&"]}
    )
    made = Check(spoilt)
    assert "Is &lt;b&gt;a&lt;/b&gt; &lt; <em>b</em>?" in made.still()
    assert "<script>" not in made.still()
    assert made.words == "Is <b>a</b> < b? Not answered yet."


def test_a_page_carries_the_whole_state_so_that_a_host_can_restore_it():
    data, _ = check("count-or-rate", folder=SAMPLE)._repr_mimebundle_()
    bundle = data[MIME]
    assert bundle["module"] == "check"
    assert {"kind", "objective", "prompt", "options", "marking", "response", "ticked"} <= bundle["state"].keys()
    assert {"attempts", "outcome", "revealed", "words", "table"} <= bundle["state"].keys()
