"""The vocabulary is whole: every entry says what it marks, why, what to ask, what to try, and where that was read."""

from __future__ import annotations

import re

import pytest

from equitykit.language import vocabulary
from equitykit.language.script import PATH, openings, script
from equitykit.language.vocabulary import CONDITIONS, expanded, raw, rules

KNOWN = {"id", "patterns", *CONDITIONS, "does", "reason", "question", "alternatives", "sources", "disagree"}


def test_it_has_at_least_120_entries_of_different_names():
    names = [one.id for one in vocabulary().entries]
    assert len(names) >= 120
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("given", raw()["entries"], ids=lambda one: one["id"])
def test_an_entry_is_whole(given):
    assert set(given) <= KNOWN
    assert given["does"] in vocabulary().mechanisms
    assert given["patterns"]
    assert given["reason"].endswith((".", "?"))
    assert given["question"].endswith("?")
    assert given["alternatives"]
    assert given["sources"]
    assert set(given["sources"]) <= set(vocabulary().sources)


def test_every_mechanism_and_every_source_is_used():
    entries = vocabulary().entries
    assert {one.mechanism for one in entries} == set(vocabulary().mechanisms)
    assert {source.id for one in entries for source in one.sources} == set(vocabulary().sources)


def test_sources_have_a_guide_a_year_and_an_address():
    for source in vocabulary().sources.values():
        assert source.guide
        assert 2000 <= source.year <= 2030
        assert re.match(r"https?://\S+$", source.url)


def test_alternatives_repeat_only_groups_that_the_patterns_have():
    for rule in rules():
        most = max(pattern.groups for pattern in rule.patterns)
        for alternative in rule.entry.alternatives:
            assert all(int(number) <= max(most, 1) for number in re.findall(r"\$(\d)", alternative)), rule.entry.id


def test_patterns_keep_to_what_both_languages_read_alike():
    """No name, flag, possessive or Unicode class, and no look-behind of varying width."""
    for rule in rules():
        for pattern in rule.patterns:
            assert not re.search(r"\(\?P|\(\?[aiLmsux]|[*+?}]\+|\\[ApZNX]", pattern.pattern), rule.entry.id


def test_the_pages_copy_is_written_from_the_file():
    assert PATH.read_text("utf-8") == script(), "run: python -m equitykit.language.script"


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("the poor", ["the"]),
        ("(?:the )?poor", ["poo", "the"]),
        ("non~white", ["non"]),
        ("a|bc", ["a", "bc"]),
        (r"\w+", []),
    ],
)
def test_openings_are_what_a_match_may_begin_with(pattern, begins):
    assert openings(pattern) == begins
    assert re.compile(expanded(pattern))
