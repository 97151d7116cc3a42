"""Whether a consent covers a showing, as ``static/composer-model.js`` decides it; a test compares them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from equitykit.widgets.composer_work import TEXTS

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Cover:
    """Whether the piece may be shown, why, and what stands in its place where it may not."""

    covered: bool
    reason: str
    instead: str = ""


def day(date: str) -> str:
    """Return a date as people write it: 31 March 2027."""
    year, month, number = date.split("-")
    name = MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else month
    return f"{int(number)} {name} {year}"


def listed(names: list[str]) -> str:
    """Return names as a phrase: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def has_piece(work: Mapping[str, Any]) -> bool:
    """Return whether there is a piece at all."""
    piece = work["piece"]
    return {
        "drawing": True,
        "image": piece["size"] is not None,
        "text": bool(piece["text"].strip()),
        "none": False,
    }[piece["kind"]]


def status(work: Mapping[str, Any]) -> str:
    """Return the status of the consent: the course's own drawings have theirs."""
    return "course" if work["piece"]["kind"] == "drawing" else str(work["consent"]["status"])


def cover(work: Mapping[str, Any]) -> Cover:
    """Return whether what is written about consent covers the showing.

    Parameters
    ----------
    work : mapping
        What the learner made.
    """
    now = status(work)
    if now == "withdrawn":  # also where the picture is gone already
        return _refused("withdrawn", "withdrawn")
    if not has_piece(work):
        return _refused("none", "none")
    if now == "course":
        return Cover(True, "It may be shown anywhere, with the line that says so.")
    if now == "":
        return _refused("unsaid")
    if now in ("once", "waiting", "unasked"):
        return _refused(now, now)
    if now == "mine":
        if work["piece"]["recognise"] in ("yes", "unsure"):
            return _refused("recognised")
        return Cover(True, "Made by whoever shows it, and nobody is in it.")
    return _agreed(work)


def _refused(why: str, instead: str = "other") -> Cover:
    return Cover(False, TEXTS["refused"][why], TEXTS["instead"][instead])


def _agreed(work: Mapping[str, Any]) -> Cover:
    consent, showing, names = work["consent"], work["showing"], TEXTS["showings"]
    if not (consent["made"].strip() or consent["inside"].strip()):
        return _refused("whose")
    if not consent["agreed"].strip():
        return _refused("what")
    if not showing["kind"]:
        return _refused("showing")
    if showing["kind"] not in consent["showings"]:
        given = [names[one] for one in names if one in consent["showings"]]
        said = f"They agreed to {listed(given)}" if given else "It is not said which showings they agreed to"
        return Cover(False, f"{said}, not to {names[showing['kind']]}.", TEXTS["instead"]["once"])
    if not consent["withdraw"].strip():
        return _refused("way")
    if consent["until"]:
        if not showing["date"]:
            return _refused("date")
        if showing["date"] > consent["until"]:
            said = f"The agreement ended on {day(consent['until'])}, before the showing on {day(showing['date'])}."
            return Cover(False, said, TEXTS["instead"]["once"])
    until = f", until {day(consent['until'])}" if consent["until"] else ""
    return Cover(True, f"They agreed to {names[showing['kind']]}{until}.")


def details(work: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is written about other people's consent, name by name; nothing where no other people are in it."""
    consent, names = work["consent"], TEXTS["showings"]
    if status(work) in ("", "course", "mine"):
        return []
    until = consent["until"]
    said = {
        "Made by": consent["made"].strip(),
        "In it": consent["inside"].strip(),
        "Agreed to": consent["agreed"].strip(),
        "For": listed([names[one] for one in names if one in consent["showings"]] or [""]),
        "Until": day(until) if until else "",
        "Withdraw": consent["withdraw"].strip(),
    }
    return [(name, text or "not said") for name, text in said.items()]
