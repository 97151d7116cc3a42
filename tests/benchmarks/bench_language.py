"""How well and how fast the language room reads; writes what it measured into the kit, for the lesson."""

from __future__ import annotations

from time import process_time

from equitykit.language import read
from tests.language import labelled


def test_precision_and_recall() -> None:
    """Report each half and all, and keep the numbers and the errors for the lesson."""
    labelled.KIT.write_text(labelled.measured_file(), "utf-8")
    for name, chosen in [("used", "used"), ("held back", "held back"), ("all", "")]:
        half = labelled.score(labelled.sentences(chosen))
        print(f"\n{name}: {half.sentences} sentences, precision {half.precision:.3f}, recall {half.recall:.3f}")
        assert half.precision >= 0.9
        assert half.recall >= 0.8


def test_time_grows_with_length() -> None:
    """Ten times the text takes about ten times as long."""
    text = "\n\n".join(one.text for one in labelled.sentences())
    read(text)  # patterns are compiled at first use
    once, ten = _seconds(text), _seconds("\n\n".join([text] * 10))
    print(f"\nten times the text: {ten / once:.1f} times as long; {len(text) / once / 1000:.0f} KB a second")
    assert ten / once < 15


def _seconds(text: str) -> float:
    """The processor's time, so that what else the machine does is not counted; the least of three."""
    taken = []
    for _ in range(3):
        started = process_time()
        read(text)
        taken.append(process_time() - started)
    return min(taken)
