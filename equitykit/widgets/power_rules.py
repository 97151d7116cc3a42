"""What a power map shows, by rule, and the next rungs: as ``static/power-model.js`` has it; a test compares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equitykit.widgets.power_data import STANDARDS, TERMS

_RANK = {"none": 0, "told": 1, "asked": 2, "shares": 3, "decides": 4}
_PAID = ("salary", "fee")
_UNPAID = ("nothing", "expenses")

Map = Mapping[str, Any]
"""``decisions``, ``people`` and ``promise`` of a map."""


def named(one: Mapping[str, Any], place: int, what: str) -> str:
    """Return the title of a decision or a group; its number where it has none yet."""
    return one["title"] or f"{what} {place + 1}"


def rank(mark: Mapping[str, Any]) -> int:
    """Return how much say a mark gives before the decision is settled, 0 to 4."""
    return 0 if mark["late"] else _RANK.get(mark["say"], 0)


def _affected(made: Map, place: int) -> list[dict[str, Any]]:
    return [one["says"][place] for one in made["people"] if one["affected"]]


def _open(marks: list[dict[str, Any]]) -> bool:
    """Return whether nothing can be said of these marks, because some are not known."""
    return not marks or any(one["say"] == "unsaid" for one in marks)


def settled(made: Map) -> list[int]:
    """Return the places of the decisions that were settled before anyone affected was asked."""
    return [place for place in _unasked(made) if not _open(_affected(made, place))]


def unknown(made: Map) -> list[int]:
    """Return the places of the decisions of which that is not known."""
    return [place for place in _unasked(made) if _open(_affected(made, place))]


def _unasked(made: Map) -> list[int]:
    every = range(len(made["decisions"]))
    return [place for place in every if all(rank(one) < _RANK["asked"] for one in _affected(made, place))]


def _kept(made: Map, place: int) -> bool:
    level = TERMS["promises"][made["promise"]]
    if made["decisions"][place]["left_out"] and not level.get("throughout"):
        return True
    for one in _affected(made, place):
        enough = _RANK.get(one["say"], 0) >= 1 if level["needs"] == "told" else rank(one) >= _RANK[level["needs"]]
        if enough and (not level.get("heard") or one["say"] != "asked" or one["heard"]):
            return True
    return _open(_affected(made, place))


def _marks(made: Map, wanted: Any) -> list[str]:
    """Return, for each group with such a mark, the group and the decisions."""
    told = []
    for place, one in enumerate(made["people"]):
        at = [named(made["decisions"][n], n, "Decision") for n, mark in enumerate(one["says"]) if wanted(mark)]
        if at:
            where = "everywhere" if len(at) == len(made["decisions"]) else "; ".join(at)
            told.append(f"{named(one, place, 'Group')}: {where}")
    return told


def _groups(made: Map, wanted: Any) -> list[str]:
    return [named(one, place, "Group") for place, one in enumerate(made["people"]) if wanted(one)]


def _decisions(made: Map, places: list[int]) -> list[str]:
    if len(places) == len(made["decisions"]):
        return ["every decision"]
    return [named(made["decisions"][place], place, "Decision") for place in places]


def _where(rule: str, made: Map) -> list[str] | None:
    """Return where a rule applies: [] for the map as a whole, None where it does not."""
    decisions, people = made["decisions"], made["people"]
    every = range(len(decisions))
    column = lambda place: [one["says"][place] for one in people]  # noqa: E731
    most = lambda one: max(_RANK.get(mark["say"], 0) for mark in one["says"])  # noqa: E731
    early = lambda one: max(rank(mark) for mark in one["says"])  # noqa: E731
    known = lambda one: all(mark["say"] != "unsaid" for mark in one["says"])  # noqa: E731
    if rule == "nobody-affected":
        return None if any(one["affected"] for one in people) else []
    if rule == "no-promise":
        return None if made["promise"] else []
    if rule == "no-ending":
        return None if any(one["stage"] == "ending" for one in decisions) else []
    if rule == "before-anyone":
        found = _decisions(made, settled(made))
    elif rule == "asked-late":
        found = _marks(made, lambda mark: mark["say"] == "asked" and mark["late"])
    elif rule == "not-heard":
        found = _marks(made, lambda mark: mark["say"] == "asked" and not mark["heard"])
    elif rule == "unsaid":
        found = _marks(made, lambda mark: mark["say"] == "unsaid")
    elif rule == "say-no-pay":
        paid = any(one["pay"] in _PAID for one in people)
        found = _groups(made, lambda one: paid and one["pay"] in _UNPAID and most(one) >= _RANK["asked"])
    elif rule == "pay-no-say":
        found = _groups(made, lambda one: one["pay"] in _PAID and early(one) <= _RANK["told"] and known(one))
    elif rule == "one-decides-all":
        found = _groups(made, lambda one: all(rank(mark) >= _RANK["shares"] for mark in one["says"]))
    elif rule == "money-held":
        held = [
            place
            for place in every
            if decisions[place]["stage"] in ("question", "money")
            and not any(rank(one) >= _RANK["shares"] for one in _affected(made, place))
        ]
        shared = any(
            rank(one) >= _RANK["shares"]
            for place in every
            if decisions[place]["stage"] in ("question", "money")
            for one in _affected(made, place)
        )
        unknown = any(_open(_affected(made, place)) for place in held)
        found = [] if shared or unknown else _decisions(made, held)
    elif rule == "nobody-decides":
        found = _decisions(
            made,
            [n for n in every if not any(rank(one) >= _RANK["shares"] for one in column(n)) and not _open(column(n))],
        )
    elif rule == "nobody-answers":
        found = _decisions(made, [n for n in every if not decisions[n]["answers"]])
    else:  # promise
        found = _decisions(made, [n for n in every if made["promise"] and not _kept(made, n)])
    return found or None


def findings(made: Map) -> list[dict[str, Any]]:
    """Return what a map shows: the rules that apply, in their order, each with ``where`` it does."""
    told = []
    for rule in TERMS["rules"]:
        where = _where(rule["id"], made)
        if where is not None:
            told.append({**rule, "where": where})
    return told


def next_rungs(made: Map, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the next rung of each standard, from what was ticked and from the map.

    Parameters
    ----------
    made : mapping
        ``parts``, ``project``, ``decisions``, ``people`` and ``promise``. Ticks are held against the map, but not where
        there is none, or where it is a published project's.
    answers : mapping of str to mapping
        By standard, ``ticked``, ``evidence`` and ``none``.

    Returns
    -------
    list of dict
        ``standard``, ``step`` ("" where the standard is not answered), ``because`` and ``source``.
    """
    theirs = "map" in made["parts"] and made["project"]["kind"] != "published"
    shown = {one["id"]: one for one in findings(made)} if theirs else {}
    made_rungs = []
    for standard in STANDARDS:
        said = answers.get(standard["id"], {})
        ticked = said.get("ticked", [])
        entry = {"standard": standard["title"], "step": "", "because": "Not answered yet.", "source": ""}
        if ticked or said.get("none"):
            entry |= _next(standard, ticked, shown)
        made_rungs.append(entry)
    return made_rungs


def _told(finding: Mapping[str, Any]) -> str:
    where = f" ({' / '.join(finding['where'])})" if finding["where"] else ""
    return f"{finding['title'].lower()}{where}"


def _next(standard: Mapping[str, Any], ticked: list[str], shown: Mapping[str, Any]) -> dict[str, str]:
    for rung in standard["rungs"]:
        against = shown.get(rung.get("map", ""))
        if rung["id"] in ticked and not against:
            continue
        map_says = _told(against) if against else ""
        if rung["id"] in ticked:
            because = f"You ticked “{rung['text']}” The map shows otherwise: {map_says}."
        elif against:
            because = f"Not ticked: “{rung['text']}” The map shows it too: {map_says}."
        else:
            because = f"Not ticked: “{rung['text']}”"
        return {"step": rung["step"], "because": because, "source": rung["source"]}
    return {
        "step": "Ask the people on the map to tick these four by themselves, without you in the room. "
        "Compare, and start where you differ.",
        "because": "All four are ticked, and nothing on the map speaks against them.",
        "source": "standards",
    }
