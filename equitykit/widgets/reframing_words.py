"""What a state of the reframing studio says, in words and as rows.

The page's script says the same, letter for letter (``static/reframing.js``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from equitykit.language import Finding, read, vocabulary

GUESSED = 60
"""A text of more words than this is marked at once: nobody presses their way through an abstract."""
_WORD = re.compile(r"[^ \t\n\r\f\v]+")


def word_places(text: str) -> list[tuple[int, int]]:
    """Return where the words of a text start and end: what stands between white space."""
    return [found.span() for found in _WORD.finditer(text)]


def opening(text: str) -> str:
    """Return the stage at which a text starts: "guess", or "seen" where it is long or empty."""
    return "guess" if 0 < len(word_places(text)) <= GUESSED else "seen"


def does(finding: Finding) -> str:
    """Return what the words do, in words."""
    return str(vocabulary().mechanisms[finding.mechanism]["name"])


def counted(number: int, one: str) -> str:
    """Return a number with its noun: "1 place", "3 places", "no place"."""
    return f"{number or 'no'} {one}{'s' if number > 1 else ''}"


def about(state: Mapping[str, Any]) -> str:
    """Return what the text is: a published one with its source, a constructed one, or the reader's own."""
    if state["chosen"] < 0:
        return "Your own text."
    example = state["examples"][state["chosen"]]
    return f"{example['label']}. {example['source']}." if example["source"] else f"{example['label']}."


def guess_told(state: Mapping[str, Any]) -> str:
    """Return what came of the guess; nothing where none was made."""
    if not state["guesses"]:
        return ""
    findings = read(state["text"]).findings
    pressed = [word_places(state["text"])[index] for index in state["guesses"]]
    met = [one for one in findings if any(left < one.end and one.start < right for left, right in pressed)]
    beside = [
        state["text"][left:right]
        for left, right in pressed
        if not any(left < one.end and one.start < right for one in findings)
    ]
    if not findings:
        told = f"You pressed {_listed(beside)}. Here nothing is marked."
    else:
        told = f"Your guess met {len(met)} of {counted(len(findings), 'marked place')}."
        missed = [one.text for one in findings if one not in met]
        if missed:
            told += f" You passed over {_listed(missed)}."
        if beside:
            told += f" You also pressed {_listed(beside)}, which the vocabulary does not mark."
    return told + (" You may see what it does not." if beside else "")


def words(state: Mapping[str, Any]) -> str:
    """Return the text alternative."""
    text = state["text"]
    if not text.strip():
        return "No text yet: write or paste one."
    said = [about(state), f"The text: “{text}”"]
    if state["stage"] == "guess":
        places = word_places(text)
        pressed = [text[slice(*places[index])] for index in state["guesses"]]
        said.append("Which words put the problem into people? Nothing is marked yet.")
        said.append(f"Pressed so far: {_listed(pressed)}." if pressed else "No word is pressed.")
        return " ".join(said)
    reading = read(text)
    count = len(reading.findings)
    heading = f"{counted(count, 'place').capitalize()} to think about in {counted(len(reading.sentences), 'sentence')}"
    said.append(f"{heading}{':' if count else '.'}")
    said += [f"{number}. “{one.text}” {does(one)}. {one.reason}" for number, one in enumerate(reading.findings, 1)]
    if not count:
        said.append("That is no proof: the vocabulary knows some words, and not what a writer means.")
    said.append(guess_told(state))
    if state["draft"] != text:
        left = read(state["draft"]).findings
        said.append(f"Your rewrite: “{state['draft']}” In it, {counted(len(left), 'place')} to think about.")
    return " ".join(one for one in said if one)


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return the rows: what is marked and why, or before that, the words to press."""
    if state["stage"] == "guess":
        rows = [
            [state["text"][left:right], "yes" if index in state["guesses"] else "no"]
            for index, (left, right) in enumerate(word_places(state["text"]))
        ]
        return [["Word", "Pressed"], *rows]
    findings = read(state["text"]).findings
    rows = [[one.text, does(one), one.reason, one.question, "; ".join(one.alternatives)] for one in findings]
    return [["Words", "What they do", "Why", "Ask", "Try"], *(rows or [["none", "–", "–", "–", "–"]])]


def _listed(texts: list[str]) -> str:
    return ", ".join(f"“{one}”" for one in texts)
