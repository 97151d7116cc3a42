"""What the lesson says of the engine is what was measured."""

from __future__ import annotations

from equitykit.language import errors_table, measured, vocabulary_table
from equitykit.language.vocabulary import vocabulary
from tests.language import labelled


def test_the_kit_says_what_the_labelled_sentences_say():
    assert labelled.KIT.read_text("utf-8") == labelled.measured_file(), "run: pytest tests/benchmarks/bench_language.py"


def test_halves_add_up_and_errors_are_all_listed():
    told = measured()
    assert told.used.sentences + told.held_back.sentences == told.all.sentences
    missed = [one for one in told.errors if one["kind"] == "missed"]
    assert len(missed) == told.all.expected - told.all.found
    assert len(told.errors) - len(missed) == told.all.marked - told.all.right
    assert len(errors_table()) == len(told.errors)


def test_the_vocabulary_as_a_table_has_a_row_for_each_entry():
    assert list(vocabulary_table()["id"]) == [one.id for one in vocabulary().entries]
