"""The audience switch as Python makes it: one file, three tellings, and what is refused in it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from equitykit.errors import CourseError
from equitykit.widgets import AudienceSwitch
from equitykit.widgets.audience_words import CHECKLIST, table, words

FILE = Path(__file__).parent / "audience_damp.yml"
VALUES = {"poor": 38, "low": 34, "high": 42}
FACTS = {"academic": "dropped-by-the-academic", "practitioner": "dropped-by-the-practitioner"}


def switch(**changes: Any) -> AudienceSwitch:
    return AudienceSwitch(FILE, **({"name": "audiences", "values": VALUES} | changes))


def content() -> dict[str, Any]:
    """The file's content, with its figures in place."""
    text = FILE.read_text("utf-8")
    for name, value in VALUES.items():
        text = text.replace(f"{{{name}}}", str(value))
    return yaml.safe_load(text)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The content with one field set, by a dotted path; None takes it out."""
    made = copy.deepcopy(content())
    *way, last = path.split(".")
    part: Any = made
    for step in way:
        part = part[int(step) if step.isdigit() else step]
    if value is None:
        del part[last]
    else:
        part[int(last) if last.isdigit() else last] = value
    return made


def test_it_opens_on_one_version_and_asks_before_it_tells_what_was_dropped():
    made = switch()
    assert made.words.startswith("Damp, told three ways. The finding: In the constructed town, 38 of 100 rented homes")
    assert "Academic version, for researchers. Prevalence of damp by area deprivation." in made.words
    assert "poorest streets: 38% (34 to 42); richest streets: 12% (9 to 15)." in made.words
    assert made.words.endswith("What it dropped is asked first, and told after.")
    assert "dropped" not in json.dumps(made.table)


@pytest.mark.parametrize("place", [-1, 0, 1])
def test_what_a_version_dropped_is_told_once_it_was_answered_or_asked_for(place):
    made = switch()
    made.answers = {FACTS["academic"]: place}
    assert "Kept: number, uncertainty, source. Dropped: structure." in made.words
    assert ["Structure (landlords who are not inspected)", "dropped"] in made.table
    assert made.table[-1] == ["Lost", "The landlords. Areas have damp, and nobody let it in."]
    made.version = "practitioner"
    assert "Dropped" not in made.words, "one answer tells of one version"


def test_each_form_of_chart_is_told_in_words():
    made = switch(version="practitioner")
    assert "poorest streets: 38 of 100 homes have damp; richest streets: 12 of 100 homes have damp." in made.words
    made.version = "community"
    assert "In comparison: For every damp home in the richest streets there are three in the poorest." in made.words
    assert "Kept: structure. Dropped: number, uncertainty, source." in made.words, "no question asks about this one"


def test_the_readers_own_version_is_told_by_the_checklist_alone():
    made = switch()
    made.version = "own"
    made.marks = {"number": "yes", "agent": "part"}
    assert "The number is kept: seems to be there; The uncertainty is kept: not seen yet" in made.words
    assert made.table[1:] == [
        [text, {"number": "seems to be there", "agent": "perhaps"}.get(one, "not seen yet")]
        for one, text in CHECKLIST.items()
    ]


def test_figures_come_from_the_page_by_name_or_as_groups():
    made = switch(
        values={"poor": 40, "low": 36, "high": 44},
        groups=[{"label": "north", "value": 40.25}, {"label": "south", "value": 12.5}],
        people=[{"label": "north", "of100": 40}],
    )
    assert "In the constructed town, 40 of 100" in made.words
    assert "north: 40.25%; south: 12.50%." in made.words
    made.version = "practitioner"
    assert "north: 40 of 100 homes have damp." in made.words


def test_a_value_that_is_missing_or_not_used_is_refused():
    with pytest.raises(CourseError, match=r"audience_damp.yml: \{poor\} has no value"):
        switch(values={"low": 34, "high": 42})
    with pytest.raises(CourseError, match="no text uses the value 'rich'"):
        switch(values={**VALUES, "rich": 12})


def test_words_that_are_said_to_keep_a_thing_are_in_the_version():
    for version in switch().spec["versions"]:
        told = f"{version['headline']} {version['text']}"
        assert all(held["by"] in told for held in version["keeps"].values())
    with pytest.raises(CourseError, match="'academic': keeps: number: '39%' is not in its headline or text"):
        AudienceSwitch(changed("versions.0.keeps.number", "39%"), name="audiences")


def test_every_state_has_rows_of_two_and_words_that_name_the_finding():
    made = switch()
    for version in ("academic", "practitioner", "community", "own"):
        for answers in ({}, {FACTS["academic"]: 1}, dict.fromkeys(FACTS.values(), 0)):
            state = {**made.state(), "version": version, "answers": answers}
            assert {len(row) for row in table(state)} == {2}
            assert made.spec["finding"]["statement"] in words(state)


def test_the_static_form_is_the_same_each_time_and_has_all_three_versions():
    first, second = (switch().bundle() for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)
    assert first["module"] == "audience"
    still = switch().still()
    assert all(text in still for text in ("Prevalence of damp", "Inspect the poorest", "Your damp is not your fault"))


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("title", None, "title is missing or empty"),
        ("finding.keep.source", None, "finding: keep: source is missing or empty"),
        ("finding.colour", "red", "'colour' is not a field; use statement, keep, url"),
        ("chart.groups.0.low", 39, "chart: group 1: 38 is not between 39 and 42"),
        ("chart.groups.0.high", None, "an interval has two ends"),
        ("chart.groups.0.value", "many", "value is 'many'; it takes a number"),
        ("chart.people.groups.0.of100", 38.5, "of100 is 38.5; people are whole, 0 to 100"),
        ("chart.people", None, "version 'practitioner': chart is 'people', for which chart has no people"),
        ("chart.groups", None, "version 'academic': chart is 'dots', for which chart has no groups"),
        ("versions.2.id", "public", "version 3: id is 'public'; use one of academic, practitioner, community"),
        ("versions.2.id", "academic", "one each of academic, practitioner, community"),
        ("versions.1.loses", " ", "version 'practitioner': loses is missing or empty"),
        ("versions.1.keeps.source", None, "keeps: source is missing; give the words that keep it, chart, yes or no"),
        ("questions", [], "questions must be a list of at least two"),
        ("questions.0.kind", "quiz", "question 'deciding': kind is 'quiz'; use one of reader, fact"),
        ("questions.0.id", "Deciding!", "lower-case words joined by hyphens"),
        ("questions.1.id", "deciding", "two questions have the id 'deciding'"),
        ("questions.0.options.0.right", True, "exactly one option is right"),
        ("questions.0.options.0.feedback", None, "question 'deciding': option 1: feedback is missing"),
        ("questions.0.options.0.version", "own", "version is 'own'; use one of"),
        ("signs.agents", "the council", "signs: agents takes a list of words"),
    ],
)
def test_what_breaks_a_rule_is_refused_in_one_line_that_names_it(path, value, message):
    with pytest.raises(CourseError, match=message) as refused:
        AudienceSwitch(changed(path, value), name="audiences")
    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_refused_with_its_line(tmp_path):
    with pytest.raises(CourseError, match="cannot be read"):
        AudienceSwitch(tmp_path / "none.yml", name="audiences")
    (tmp_path / "bad.yml").write_text("title: one\nfinding: {\n", encoding="utf-8")
    with pytest.raises(CourseError, match=r"bad.yml, line 3: not valid YAML"):
        AudienceSwitch(tmp_path / "bad.yml", name="audiences")
    (tmp_path / "empty.yml").write_text("", encoding="utf-8")
    with pytest.raises(CourseError, match="expected fields with values; found nothing"):
        AudienceSwitch(tmp_path / "empty.yml", name="audiences")


def test_a_state_that_is_not_there_cannot_be_set():
    made = switch()
    with pytest.raises(CourseError, match="no question has the id 'moon'"):
        made.answers = {"moon": 0}
    with pytest.raises(CourseError, match="question 'deciding' has no option 3"):
        made.answers = {"deciding": 3}
    assert made.answers == {}
