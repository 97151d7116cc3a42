"""The cause tracer as Python makes it: what it says at first, and what it refuses by node and field."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from equitykit.errors import CourseError
from equitykit.widgets import CauseTracer
from equitykit.widgets.tracer import RESPONSIBLE, explanation

SMOKE = Path(__file__).parent / "tracer_smoke_free.yml"
TRAIL = ["admissions", "smoke-in-the-blood", "working-in-smoke", "charter", "no-law"]


@pytest.fixture
def content() -> dict[str, Any]:
    return yaml.safe_load(SMOKE.read_text("utf-8"))


def test_it_starts_at_the_outcome(content):
    made = CauseTracer(SMOKE, name="tracer")
    assert made.path == ["admissions"]
    assert (made.kept, made.guesses) == ([], {})
    assert made.words.startswith(content["title"])
    assert "To go on, ask: What reached their hearts?" in made.words


def test_it_does_not_tell_whom_the_story_blames_before_the_learner_guessed():
    made = CauseTracer(SMOKE, name="tracer")
    assert "It holds responsible" not in made.words
    assert made.table[1][3] == "guess first"
    made.guesses = {"admissions": "nobody"}
    assert "It holds responsible: the person." in made.words
    assert made.table[1][3] == RESPONSIBLE["person"]


def test_going_on_tells_what_lies_behind():
    made = CauseTracer(SMOKE, name="tracer", path=TRAIL[:3])
    assert [row[3] for row in made.table[1:]] == ["the person", "the person", "guess first"]
    assert [row[0] for row in made.table[1:]] == [
        "1. Heart attack admissions that need not have been",
        "2. Other people’s smoke in the blood",
        "3. A shift in a room full of smoke",
    ]


def test_a_trail_reads_as_one_sentence_with_its_sources():
    made = CauseTracer(SMOKE, name="tracer")
    assert explanation(made.spec, ["admissions", "smoke-in-the-blood"]) == (
        "More people were admitted to hospital with heart attacks before July 2007 than needed to be "
        "(Sims and others, BMJ, 2010), because people who did not smoke breathed other people’s smoke "
        "(Semple and others, Annals of Occupational Hygiene, 2007)."
    )


def test_a_trail_ends_where_somebody_decides_and_two_can_be_compared():
    made = CauseTracer(SMOKE, name="tracer", path=TRAIL)
    assert "The trail ends here, where somebody decides." in made.words
    made.kept = TRAIL
    made.path = ["admissions", "smoke-in-the-blood", "home-and-company", "no-law"]
    assert "The trail kept to compare: More people were admitted" in made.words


def test_marks_of_markdown_stay_out_of_the_words():
    made = CauseTracer(SMOKE, name="tracer")
    assert "**" not in made.words
    assert "2.4%" in made.words
    assert "**" not in json.dumps(made.table)


def test_the_static_form_is_the_same_each_time_and_plain_json():
    first, second = (CauseTracer(SMOKE, name="tracer").bundle() for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)
    assert first["module"] == "tracer"


def test_content_may_be_given_as_a_mapping(content):
    assert CauseTracer(content, name="t").spec == CauseTracer(SMOKE, name="t").spec


def test_a_year_without_quotes_is_a_date(content):
    content["nodes"][-1]["lever"]["when"] = 2007
    assert CauseTracer(content, name="t").spec["nodes"][-1]["lever"]["when"] == "2007"


def test_a_trail_that_no_link_makes_cannot_be_set():
    made = CauseTracer(SMOKE, name="tracer")
    with pytest.raises(CourseError, match="from 'admissions' to 'no-law', and no link does"):
        made.path = ["admissions", "no-law"]
    with pytest.raises(CourseError, match="path starts with nothing"):
        made.path = []
    assert made.path == ["admissions"]


Break = Callable[[dict[str, Any]], None]


def node(content: dict[str, Any], ident: str) -> dict[str, Any]:
    return next(one for one in content["nodes"] if one["id"] == ident)


def put(ident: str, field: str, value: Any) -> Break:
    """Set a field of a node, by a dotted path."""

    def change(content: dict[str, Any]) -> None:
        part = node(content, ident)
        *way, last = field.split(".")
        for step in way:
            part = part[step]
        if value is None:
            del part[last]
        else:
            part[last] = value

    return change


def add(ident: str, link: dict[str, str]) -> Break:
    return lambda content: node(content, ident).setdefault("links", []).append(link)


def drop_the_other_way(content: dict[str, Any]) -> None:
    node(content, "smoke-in-the-blood")["links"].pop()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content.pop("title"), "title is missing"),
        (lambda content: content.update(start="nowhere"), "start is 'nowhere', which is no node's id"),
        (lambda content: content.update(start="charter"), "'charter' is at level 'institutions'"),
        (lambda content: content.update(nodes=[]), "nodes must be a list"),
        (lambda content: content.update(colour="red"), "'colour' is no field here"),
        (lambda content: content["nodes"].append("x"), "node 7 is a text"),
        (lambda content: content["nodes"].append(copy.deepcopy(content["nodes"][0])), "two nodes have the id"),
        (put("charter", "id", "The Charter"), "id takes lower-case words"),
        (put("charter", "level", "society"), "node 'charter': level is 'society'; use one of outcome, body"),
        (put("charter", "label", "x" * 61), "node 'charter': label has 61 characters"),
        (put("charter", "clause", "it ended."), "node 'charter': clause ends in a full stop"),
        (put("charter", "claim", None), "node 'charter': claim is missing"),
        (put("charter", "claim", 7), "node 'charter': claim is a int, not text"),
        (put("charter", "evidence", None), "node 'charter': evidence is missing"),
        (put("charter", "evidence.strength", "strong"), "node 'charter': evidence: strength is 'strong'; use one of"),
        (put("charter", "evidence.url", "bmj.com"), "node 'charter': evidence: url is 'bmj.com'"),
        (put("charter", "evidence.source", ""), "node 'charter': evidence: source is"),
        (put("charter", "stop_here.responsible", "society"), "node 'charter': stop_here: responsible is 'society'"),
        (put("charter", "stop_here.why", None), "node 'charter': stop_here: why is missing"),
        (put("charter", "stop_here.close", {"institution": "x"}), "stop_here: close: 'institution' is no field here"),
        (put("charter", "lever", None), "node 'charter': lever is missing; at institutions"),
        (put("charter", "lever.source", None), "node 'charter': lever: result holds a number"),
        (drop_the_other_way, "node 'home-and-company' cannot be reached from 'admissions'"),
        (put("working-in-smoke", "links", []), "'working-in-smoke': links is empty at level 'conditions'"),
        (add("charter", {"to": "nowhere", "how": "x"}), "node 'charter': links to 'nowhere', which is no node's id"),
        (add("charter", {"to": "no-law", "how": "x"}), "node 'charter': links to 'no-law' twice"),
        (add("admissions", {"to": "charter"}), "node 'admissions': link to 'charter': how is missing"),
        (add("no-law", {"to": "charter", "how": "x"}), "from decisions back down to institutions; links lead upstream"),
        (add("no-law", {"to": "no-law", "how": "x"}), "the links run in a circle: no-law → no-law"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_node_and_field(content, change, message):
    change(content)
    with pytest.raises(CourseError, match=message) as refused:
        CauseTracer(content, name="tracer")
    assert "\n" not in str(refused.value)


def test_a_file_that_is_missing_or_no_yaml_is_refused_by_its_name(tmp_path):
    with pytest.raises(CourseError, match=r"none\.yml: cannot be read"):
        CauseTracer(tmp_path / "none.yml", name="tracer")
    broken = tmp_path / "broken.yml"
    broken.write_text("title: [", "utf-8")
    with pytest.raises(CourseError, match=r"broken\.yml, line \d+: not valid YAML"):
        CauseTracer(broken, name="tracer")
    listed = tmp_path / "list.yml"
    listed.write_text("- a", "utf-8")
    with pytest.raises(CourseError, match="expected title, start and nodes; found a list"):
        CauseTracer(listed, name="tracer")
