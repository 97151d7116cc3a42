"""What a power map says in words and as rows, as ``static/power-model.js`` says it; a test compares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equitykit.widgets.power_data import STANDARDS, TERMS
from equitykit.widgets.power_rules import findings, named, next_rungs, settled, unknown

FACES = {"published": "", "constructed": "Constructed scenario. ", "own": ""}


def mark_text(mark: Mapping[str, Any]) -> str:
    """Return a mark in words, with its note."""
    said = TERMS["says"][mark["say"]]
    if mark["late"]:
        said += " after it was settled"
    if mark["heard"]:
        said += ", and told what came of it"
    return f"{said} ({mark['note']})" if mark["note"] else said


def pay_text(one: Mapping[str, Any]) -> str:
    """Return how a group is paid."""
    pay = TERMS["pays"][one["pay"]]
    return f"{pay}, {one['paid']}" if one["paid"] else pay


def settled_text(made: Mapping[str, Any]) -> str:
    """Return how many decisions were settled before anyone affected was asked."""
    known = f"{len(settled(made))} of {len(made['decisions'])} decisions were settled before anyone affected was asked"
    open_ = len(unknown(made))
    if open_ == len(made["decisions"]):
        return "It is not known of any decision yet whether anyone affected was asked before it was settled."
    return f"{known}; of {open_} it is not known." if open_ else f"{known}."


def promise_text(made: Mapping[str, Any]) -> str:
    """Return the promise in words."""
    if not made["promise"]:
        return "No promise is made."
    level = TERMS["promises"][made["promise"]]
    return f"The promise is “{level['title']}”: {level['text']}."


def words(state: Mapping[str, Any]) -> str:
    """Return the text alternative of a state."""
    told = []
    project = state["project"]
    title = project["title"] or "A project"
    if "map" in state["parts"]:
        told.append(
            f"{FACES[project['kind']]}Power map of: {title}. {len(state['decisions'])} decisions in order of time."
        )
        told += [_group(state, place) for place in range(len(state["people"]))]
        told.append(f"{settled_text(state)} {promise_text(state)}")
        shown = [
            one["title"].lower() + (f" ({' / '.join(one['where'])})" if one["where"] else "") for one in findings(state)
        ]
        told.append(f"The map shows: {'; '.join(shown)}." if shown else "By these rules the map raises no question.")
    if "standards" in state["parts"]:
        for one in next_rungs(state, state["standards"]):
            said = f"next rung: {one['step']}" if one["step"] else "not answered yet."
            told.append(f"{one['standard']}, {said}")
    return " ".join(told)


def _group(state: Mapping[str, Any], row: int) -> str:
    """Return a group, how it is paid, and where it has which say; where it is not there is said at the end."""
    one = state["people"][row]
    by_say: dict[str, list[str]] = {}
    for place, mark in enumerate(one["says"]):
        if mark["say"] != "none":
            name = f"“{named(state['decisions'][place], place, 'Decision')}”"
            by_say.setdefault(mark_text({**mark, "note": ""}), []).append(name)
    told = [f"{said} at {', '.join(names)}" for said, names in by_say.items()]
    if any(mark["say"] == "none" for mark in one["says"]):
        told.append("not there otherwise" if told else "not there at all")
    who = "affected by it; " if one["affected"] else ""
    return f"{named(one, row, 'Group')} ({who}{pay_text(one)}): {'; '.join(told)}."


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return what is shown, as rows: the map, or where only the standards are shown, these."""
    if "map" in state["parts"]:
        head = [
            "Decision",
            "When",
            "Answers for it",
            *(named(one, n, "Group") for n, one in enumerate(state["people"])),
        ]
        rows = [
            [
                named(one, place, "Decision"),
                one["when"] or "not said",
                one["answers"] or "nobody named",
                *(mark_text(group["says"][place]) for group in state["people"]),
            ]
            for place, one in enumerate(state["decisions"])
        ]
        affected = ["Affected by it", "", "", *("yes" if one["affected"] else "no" for one in state["people"])]
        return [head, *rows, affected, ["Paid", "", "", *(pay_text(one) for one in state["people"])]]
    return standards_table(state)


def standards_table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return the self-assessment as rows: standard, what stands, evidence, next rung."""
    made = [["Standard", "What stands", "Evidence", "Next rung"]]
    for standard, one in zip(STANDARDS, next_rungs(state, state["standards"]), strict=True):
        said = state["standards"].get(standard["id"], {})
        stands = [rung["text"] for rung in standard["rungs"] if rung["id"] in said.get("ticked", [])]
        nothing = "none of the four" if said.get("none") else "not answered"
        made.append(
            [
                standard["title"],
                " ".join(stands) or nothing,
                said.get("evidence") or "none given",
                one["step"] or "not answered",
            ]
        )
    return made
