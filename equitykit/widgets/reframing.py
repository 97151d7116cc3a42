"""The reframing studio: guess which words put a problem into people, see which and why, and write it otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from equitykit.errors import CourseError
from equitykit.widgets.base import Interactive
from equitykit.widgets.reframing_words import opening, table, word_places, words

CONSTRUCTED = "Constructed sentence"
EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "label": "A published conclusion",
        "text": "Educational materials should recognise that non-white groups may be less knowledgeable about "
        "colorectal cancer.",
        "source": "Robb and others 2008, BMC Public Health 8:34, abstract",
        "url": "https://doi.org/10.1186/1471-2458-8-34",
        "note": "The same abstract reports that interest in the screening was uniformly high, above 60%.",
    },
    {
        "label": "A published title",
        "text": "COVID-19 vaccine hesitancy in vulnerable populations: leaving no one behind",
        "source": "The Health Policy Partnership",
        "url": "https://www.healthpolicypartnership.com/"
        "covid-19-vaccine-hesitancy-in-vulnerable-populations-leaving-no-one-behind/",
    },
    {
        "label": "A published objective",
        "text": "People from ethnic minority backgrounds are less likely to attend colonoscopy, following faecal "
        "immunochemical test screening, and are more likely to be diagnosed with colorectal cancer at an advanced "
        "stage as a result.",
        "source": "Kerrison and others 2023, Psycho-Oncology 32(5), abstract",
        "url": "https://pmc.ncbi.nlm.nih.gov/articles/PMC10946452/",
    },
    {
        "label": CONSTRUCTED,
        "text": "Hard-to-reach patients fail to attend because of poor lifestyle choices and a lack of awareness.",
    },
    {
        "label": "Constructed sentence with the same words, otherwise",
        "text": "The phrase 'hard to reach' blames people; the clinic is hard to reach by bus, and its tenants are "
        "vulnerable to eviction.",
    },
)
_STATE = ("chosen", "text", "stage", "guesses", "focus", "draft", "history")


class ReframingStudio(Interactive):
    """A text, the words in it that put a problem into people, and room to write it otherwise.

    The reading is :func:`equitykit.language.read`, which the page does by itself: what a reader of the page writes
    stays in their browser. With a kernel, it is shared with the kernel, and :attr:`text` and :attr:`draft` hold it.

    Parameters
    ----------
    examples : sequence of mapping, optional
        ``label`` and ``text``; for what was published ``source`` and ``url`` too, else the label must say that it is
        constructed; ``note``, said once the marks are seen. Published and constructed examples by default.
    name : str
        Stable id in the page.
    start : int
        Which example it opens on.
    stage : {"seen", "guess"}
        Whether it opens with the marks, or with a guess.
    label : str
        Accessible name.

    Attributes
    ----------
    text : str
        The text as read. Setting it starts anew.
    chosen : int
        Which example; -1 for a text of the reader's own.
    stage : str
        "guess" while the reader guesses, "seen" when the marks are shown.
    guesses : list of int
        The words pressed, by their number from 0.
    focus : int
        The mark looked at, from 0; -1 for none.
    draft : str
        The reader's rewrite.
    history : list of str
        Earlier drafts, to go back to.

    Raises
    ------
    CourseError
        Where an example lacks its text or says neither its source nor that it is constructed.

    Examples
    --------
    >>> studio = ReframingStudio()
    >>> [row[0] for row in studio.table[1:]]
    ['non-white groups', 'less knowledgeable about']
    """

    module = "reframing"
    _made = False

    examples = traitlets.List(traitlets.Dict()).tag(sync=True)
    chosen = traitlets.Int(0, min=-1).tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
    stage = traitlets.Enum(("guess", "seen"), "seen").tag(sync=True)
    guesses = traitlets.List(traitlets.Int(min=0)).tag(sync=True)
    focus = traitlets.Int(-1, min=-1).tag(sync=True)
    draft = traitlets.Unicode("").tag(sync=True)
    history = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(
        self,
        examples: Sequence[Mapping[str, str]] | None = None,
        *,
        name: str = "reframing-studio",
        start: int = 0,
        stage: str = "seen",
        label: str = "Reframing studio",
    ) -> None:
        made = [_example(number, one) for number, one in enumerate(EXAMPLES if examples is None else examples)]
        if not 0 <= start < len(made):
            raise CourseError(f"ReframingStudio: there is no example {start}; there are {len(made)}, counted from 0.")
        text = made[start]["text"]
        state: dict[str, Any] = {
            "examples": made,
            "chosen": start,
            "text": text,
            "stage": stage,
            "guesses": [],
            "focus": 0 if stage == "seen" else -1,
            "draft": text,
            "history": [],
        }
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)
        self._made = True

    @traitlets.observe(*_STATE)
    def _told(self, change: dict[str, Any]) -> None:
        """Keep the state whole and its words true."""
        if not self._made:
            return
        with self.hold_sync(), self.hold_trait_notifications():
            if change["name"] == "chosen" and self.chosen >= 0:
                self.text = self.examples[self.chosen]["text"]
            if change["name"] == "text":
                self._start_anew()
            elif change["name"] in ("guesses", "stage"):
                count = len(word_places(self.text))
                self.guesses = sorted({one for one in self.guesses if one < count})
        state = self.state()
        self.words, self.table = words(state), table(state)

    def _start_anew(self) -> None:
        if self.chosen >= 0 and self.examples[self.chosen]["text"] != self.text:
            self.chosen = -1
        self.draft, self.history, self.guesses, self.focus = self.text, [], [], -1
        self.stage = opening(self.text)

    @traitlets.validate("chosen")
    def _exists(self, proposal: dict[str, Any]) -> int:
        if proposal["value"] >= len(self.examples):
            raise CourseError(f"ReframingStudio: there is no example {proposal['value']}.")
        return int(proposal["value"])


def _example(number: int, given: Mapping[str, str]) -> dict[str, str]:
    """Return an example as the page takes it, or refuse it."""
    made = {key: str(given.get(key, "")) for key in ("label", "text", "source", "url", "note")}
    made["label"] = made["label"] or ("" if made["source"] else CONSTRUCTED)
    if not made["text"].strip():
        raise CourseError(f"ReframingStudio: example {number} has no text.")
    if not made["source"] and "constructed" not in made["label"].lower():
        raise CourseError(
            f"ReframingStudio: example {number} has no source; name one, or say 'constructed' in its label."
        )
    return made
