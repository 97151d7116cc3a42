"""What the agreement says can be read at about twelve.

Measured by the Flesch–Kincaid grade (Kincaid and others, 1975): 0.39 × words a sentence + 11.8 × syllables a word −
15.59. A grade and five years make a reading age, so a reading age of about twelve is grade 7. That threshold, and no
sentence of more than 22 words, was set before anything was measured. A formula counts lengths: it cannot tell whether
a sentence is clear.
"""

from __future__ import annotations

import re

import pytest

from equitykit.widgets.agreement_points import ABOUT, BOOK, filled

GRADE = 7.0
LONGEST = 22


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?!])\s+", text.strip()) if re.search(r"\w", one)]


def spoken(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+(?:[’'][A-Za-z]+)?", text)


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    plain = re.sub(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxz])es$", "", plain)
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def grade(text: str) -> float:
    said = spoken(text)
    return 0.39 * len(said) / len(sentences(text)) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


@pytest.mark.parametrize(
    ("word", "many"),
    [("who", 1), ("take", 1), ("people", 2), ("agreement", 3), ("university", 5), ("used", 1), ("decided", 3),
     ("names", 1), ("community", 4), ("voucher", 2), ("table", 2), ("rule", 1), ("pieces", 2)],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word, many):
    assert syllables(word) == many


def test_the_formula_is_the_published_one():
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)


def agreed(place: int) -> str:
    """The agreement with the option at a place chosen for every point, the last where there are fewer."""
    clauses = [point["options"][min(place, len(point["options"]) - 1)]["clause"] for point in BOOK["points"]]
    return " ".join(filled(one, ABOUT) for one in clauses)


@pytest.mark.parametrize("place", range(4))
def test_an_agreement_can_be_read_at_about_twelve(place):
    assert grade(agreed(place)) <= GRADE


def test_questions_conflicts_and_what_follows_can_too():
    said = [point["question"] for point in BOOK["points"]]
    said += [rule[key] for rule in BOOK["conflicts"] for key in ("why", "ask")]
    said += [case["why"] for item in BOOK["shared"] for case in item["cases"]]
    said += [case["why"] for case in BOOK["way_back"]]
    assert grade(" ".join(filled(one, ABOUT) for one in said)) <= GRADE


def test_no_sentence_of_the_agreement_is_long():
    said = [option["clause"] for point in BOOK["points"] for option in point["options"]]
    said += [rule[key] for rule in BOOK["conflicts"] for key in ("why", "ask")]
    long = [one for text in said for one in sentences(filled(text, ABOUT)) if len(spoken(one)) > LONGEST]
    assert long == []
