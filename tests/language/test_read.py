"""What the engine marks, what it leaves alone, and what a finding says."""

from __future__ import annotations

import pytest

from equitykit.language import read, vocabulary
from tests.language import labelled


def marked(text: str) -> list[str]:
    return [found.text for found in read(text).findings]


@pytest.mark.parametrize(
    "text",
    [
        "Tenants are vulnerable to eviction.",
        "The shelf is hard to reach.",
        "A hard to reach shelf held the files.",
        "The phrase 'hard to reach' blames people for what a service has not done.",
        "“Hard to reach” is a label that hides who did not go there.",
        "The budget has a deficit of £3 million.",
        "Attention deficit disorder was recorded.",
        "Iron deficiency is common.",
        "Vulnerable software was patched.",
        "The bank holds at-risk capital.",
        "Small firms were disadvantaged by the rule.",
        "The council failed to consult tenants.",
        "Services for refugees fail to meet the standard.",
        "Papers were excluded if they had no abstract.",
        "Race is not a risk factor; racism is.",
        "Black women are more likely to die because hospitals dismiss their pain.",
        "We stopped calling patients non-compliant.",
        "See https://example.org/the-poor/vulnerable-groups for more.",
    ],
)
def test_words_that_only_look_so_are_left_alone(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Vulnerable groups were invited.", ["Vulnerable groups"]),
        ("Patients from poor areas fail to attend.", ["fail to"]),
        ("Black ethnicity is a risk factor for stroke.", ["Black ethnicity is a risk factor"]),
        ("Risk factors include smoking and ethnicity.", ["ethnicity"]),
        ("Minorities are more likely to smoke.", ["Minorities", "more likely to smoke"]),
        ("Women were excluded from the decision.", ["were excluded"]),
        ("The group had low health literacy.", ["low health literacy"]),
        ("Poor lifestyle choices explain it.", ["Poor lifestyle choices"]),
        ("Resilient communities cope.", ["Resilient communities"]),
        ("Boys from the estate underachieve.", ["underachieve"]),
        ("Despite their disadvantage they passed.", ["Despite their disadvantage"]),
    ],
)
def test_words_that_do_the_work_are_marked(text, words):
    assert marked(text) == words


def test_a_finding_gives_place_reason_question_alternatives_and_where_it_was_read():
    text = "First. Hard-to-reach families fail to attend."
    found = read(text).findings[0]
    assert text[found.start : found.end] == found.text == "Hard-to-reach families"
    assert read(text).sentences[found.sentence].text == "Hard-to-reach families fail to attend."
    assert found.reason
    assert found.question.endswith("?")
    assert "Families that [service] has not reached" in found.alternatives
    assert all(source.url.startswith("http") for source in found.sources)


def test_a_reading_holds_no_score():
    told = read("The poor fail to attend.").as_dict()
    assert set(told) == {"sentences", "findings"}
    assert not [key for found in told["findings"] for key in found if "score" in key or "rating" in key]


def test_an_alternative_keeps_the_people_of_the_sentence():
    assert (
        "older tenants put at risk by [policy or practice]"
        in read("The scheme helps vulnerable older tenants.").findings[0].alternatives
    )


def test_where_guides_disagree_it_says_so():
    assert "NIHR INCLUDE" in read("Underserved communities were invited.").findings[0].disagree


def test_a_sentence_over_two_lines_is_one_sentence():
    text = "Patients from deprived\n  areas fail\n  to attend."
    assert marked(text) == ["fail\n  to"]
    assert len(read(text).sentences) == 1


def test_curly_quotes_non_breaking_spaces_and_hyphens_are_read_as_plain_ones():
    assert marked("The hard\u2011to\u2011reach\u00a0groups were asked.") == ["hard\u2011to\u2011reach\u00a0groups"]
    assert marked("The term \u2018hard to reach\u2019 should be dropped.") == []


@pytest.mark.parametrize("half", ["used", "held back", ""], ids=["used", "held back", "all"])
def test_precision_and_recall_on_labelled_sentences(half):
    score = labelled.score(labelled.sentences(half))
    assert score.precision >= 0.9
    assert score.recall >= 0.8


def test_the_labelled_set_is_what_it_says():
    every = labelled.sentences()
    texts = [one.text for one in every]
    assert len(every) >= 240
    assert len(set(texts)) == len(texts)
    assert all(span in one.text for one in every for span in one.spans)
    for half in ("used", "held back"):
        framed = [bool(one.spans) for one in labelled.sentences(half)]
        assert 0.35 < sum(framed) / len(framed) < 0.65
    assert len([one for one in every if one.source]) >= 20


def test_every_entry_marks_something():
    """An entry that no labelled sentence and no sentence of its own shows is an entry that nobody has seen work."""
    seen = {found.entry for one in labelled.sentences() for found in read(one.text).findings}
    assert len(seen) >= 0.5 * len(vocabulary().entries)
