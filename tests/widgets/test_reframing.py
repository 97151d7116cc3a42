"""The reframing studio as Python makes it: what it opens on, what it refuses, what it keeps true."""

from __future__ import annotations

import pytest

from equitykit.errors import CourseError
from equitykit.language import read
from equitykit.widgets import ReframingStudio
from equitykit.widgets.reframing import EXAMPLES
from equitykit.widgets.reframing_words import GUESSED, table, words

SENTENCE = "Hard-to-reach groups fail to attend."


def studio(**changes) -> ReframingStudio:
    return ReframingStudio([{"label": "Constructed sentence", "text": SENTENCE}], **changes)


def test_it_opens_on_a_published_text_already_marked_with_its_source_at_hand():
    made = ReframingStudio()
    assert made.stage == "seen"
    assert made.examples[0]["url"].startswith("https://")
    assert "Robb and others 2008" in made.words
    assert [row[0] for row in made.table[1:]] == [found.text for found in read(made.text).findings]
    assert len(made.table) > 2


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["text"][:30])
def test_every_example_says_what_it_is(example):
    assert example.get("source") or "constructed" in example["label"].lower()


def test_the_last_example_shows_words_that_are_not_marked():
    made = ReframingStudio(start=len(EXAMPLES) - 1)
    assert "No place to think about" in made.words
    assert made.table[1] == ["none", "–", "–", "–", "–"]


def test_a_guess_comes_before_the_marks_and_is_answered_without_a_score():
    made = studio(stage="guess")
    assert "Nothing is marked yet." in made.words
    assert made.table == [["Word", "Pressed"], *([word, "no"] for word in SENTENCE.split())]
    made.guesses = [3, 2]
    assert "Pressed so far: “fail”, “to”." in made.words or "Pressed so far: “to”, “fail”." in made.words
    made.stage = "seen"
    assert "Your guess met 1 of 2 marked places. You passed over “Hard-to-reach groups”." in made.words
    assert "%" not in made.words


def test_what_the_reader_presses_beside_the_marks_is_not_called_wrong():
    made = ReframingStudio([{"label": "Constructed", "text": "Tenants are vulnerable to eviction."}], stage="guess")
    made.guesses = [2]
    made.stage = "seen"
    assert "You pressed “vulnerable”. Here nothing is marked. You may see what it does not." in made.words


def test_a_text_of_the_readers_own_starts_anew():
    made = studio()
    made.draft = "Changed."
    made.text = "The poor do not care."
    assert (made.chosen, made.stage, made.draft, made.history, made.focus) == (-1, "guess", made.text, [], -1)
    assert made.words.startswith("Your own text.")
    made.chosen = 0
    assert made.text == SENTENCE


def test_a_long_text_is_marked_at_once():
    made = studio()
    made.text = " ".join([SENTENCE] * GUESSED)
    assert made.stage == "seen"


def test_the_rewrite_is_read_too():
    made = studio()
    made.draft = "The clinic did not reach these households."
    assert "Your rewrite: “The clinic did not reach these households.” In it, no place to think about." in made.words


def test_an_empty_text_is_said():
    made = studio()
    made.text = "  "
    assert made.words == "No text yet: write or paste one."


@pytest.mark.parametrize("stage", ["guess", "seen"])
@pytest.mark.parametrize("start", range(len(EXAMPLES)))
def test_words_and_rows_follow_from_the_state(start, stage):
    made = ReframingStudio(start=start, stage=stage)
    assert made.words == words(made.state())
    assert made.table == table(made.state())
    assert all(len(row) == len(made.table[0]) for row in made.table)
    assert made.words in made.still().replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        ([{"label": "Constructed", "text": " "}], "no text"),
        ([{"label": "A title", "text": "The poor"}], "no source"),
        ([], "no example 0"),
    ],
)
def test_it_refuses_in_one_line(examples, said):
    with pytest.raises(CourseError, match=said) as caught:
        ReframingStudio(examples)
    assert "\n" not in str(caught.value)


def test_an_example_that_is_not_there_is_refused():
    with pytest.raises(CourseError, match="no example 7"):
        studio().chosen = 7
