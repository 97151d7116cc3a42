"""What holds for any text at all."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitykit.language import read
from tests.language import labelled

SENTENCES = [one.text for one in labelled.sentences()]
PIECES = st.sampled_from(
    ["vulnerable ", "the poor ", "hard-to-reach ", "people ", "fail to ", "'", '"', "“", "’", ". ", "\n", "\n\n", "- ",
     "# ", "|", "term ", "not ", "Black ", "risk factor ", "is a ", "😀", "\u00a0", "\u00ad", "*", "é", "https://x.y/"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_every_place_is_true(text):
    reading = read(text)
    assert reading.text == text
    for found in reading.findings:
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        sentence = reading.sentences[found.sentence]
        assert sentence.start <= found.start
        assert found.end <= sentence.end
    for sentence in reading.sentences:
        assert text[sentence.start : sentence.end] == sentence.text
    ends = [0, *(found.end for found in reading.findings)]
    assert all(end <= found.start for end, found in zip(ends, reading.findings, strict=False)), "marks overlap"


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
@settings(max_examples=200, deadline=None)
def test_what_surrounds_a_paragraph_changes_nothing(before, text, after):
    alone = [(found.text, found.entry, found.start) for found in read(text).findings]
    shift = len(before) + 2
    among = read(f"{before}\n\n{text}\n\n{after}").findings
    within = [
        (one.text, one.entry, one.start - shift) for one in among if shift <= one.start and one.end <= shift + len(text)
    ]
    assert within == alone


@given(st.sampled_from(SENTENCES))
@settings(max_examples=50, deadline=None)
def test_reading_twice_finds_the_same(text):
    assert read(text) == read(text)


@pytest.mark.parametrize(
    "unit",
    ["vulnerable people fail to attend ", "a", ".", "' ", '"a ', "(", "lack of the ", "risk factors ethnicity ", "\n"],
)
def test_time_grows_with_length_and_no_faster(unit):
    read("The poor fail.")

    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        return min(_timed(text) for _ in range(2))

    short, long = seconds(8_000), seconds(64_000)
    assert long < 24 * max(short, 0.01), "eight times the text takes three times eight times as long"


def _timed(text: str) -> float:
    started = process_time()
    read(text)
    return process_time() - started
