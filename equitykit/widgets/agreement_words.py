"""What an agreement says in words and rows: in step with ``static/agreement-model.js``, which a test compares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equitykit.widgets.agreement_points import BOOK, POINTS, filled
from equitykit.widgets.agreement_rules import after_sharing, conflicts, consent, decided, option, undecided, way_back

NOT_LEGAL = "This page helps partners to talk. It is not legal advice."


def clause(name: str, state: Mapping[str, Any]) -> str:
    """Return what the agreement says of a point; empty where it is not settled."""
    choice = state["choices"][name]
    if not decided(choice):
        return ""
    chosen = option(state["choices"], name)
    return " ".join(
        one for one in (filled(chosen["clause"], state["about"]) if chosen else "", choice["words"].strip()) if one
    )


def pending(choice: Mapping[str, str]) -> str:
    """Return who must decide a point, and by when."""
    who, by = choice["who"].strip(), choice["by"].strip()
    return f"Who must decide: {who or 'nobody is named yet'}. By when: {by or 'no date yet'}."


def names(ids: list[str], about: Mapping[str, str]) -> str:
    """Return people in words."""
    who = {one["id"]: filled(one["who"], about) for one in BOOK["people"]}
    said = [who[one] for one in ids]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else ""


def consent_rows(state: Mapping[str, Any]) -> list[list[str]]:
    """Return who can say yes at each moment, as rows."""
    back = way_back(state["choices"])
    order = [one["id"] for one in BOOK["moments"]]
    rows = [["Moment", "Must say yes", "Is heard, does not decide", "Can a person still take all of their data out?"]]
    for place, one in enumerate(consent(state["choices"])):
        own = f"In own words: see “{POINTS[one['point']]['title']}”"
        must = {"decided": names(one["must"], state["about"]), "own": own, "undecided": "not decided"}[one["status"]]
        out = "not decided" if back is None else "yes" if place <= order.index(back["until"]) else "no"
        rows.append([one["title"], must, names(one["heard"], state["about"]) or "no one", out])
    return rows


def back_said(state: Mapping[str, Any]) -> str:
    """Return until when a person can take all of their data out, in one or two sentences."""
    back = way_back(state["choices"])
    if back is None:
        return "Until when a person can take their data out is not decided."
    last = BOOK["moments"][-1]["id"]
    if back["until"] == last:
        return f"A person can take their data out at every moment. {back['why']}"
    order = [one["id"] for one in BOOK["moments"]]
    after = BOOK["moments"][order.index(back["until"]) + 1]["title"].lower()
    return f"From “{after}” on, a person can no longer take all of their data out. {back['why']}"


def waiting(state: Mapping[str, Any]) -> bool:
    """Whether what follows is kept back until the reader has predicted it."""
    return "predict" in state["parts"] and not state["guesses"]


def words(state: Mapping[str, Any]) -> str:
    """Return the whole interactive in words."""
    choices, about = state["choices"], state["about"]
    open_points = undecided(choices)
    said = [state["note"]] if state["note"] else []
    many = len(POINTS)
    if open_points:
        said.append(
            f"Undecided: {len(open_points)} of {many} points. "
            + " ".join(f"{one['title']}. {pending(choices[one['id']])}" for one in open_points)
        )
    else:
        said.append(f"All {many} points are settled.")
    found = conflicts(choices)
    if waiting(state):
        said.append("What follows from these choices is to be predicted first.")
    elif found:
        pulls = " ".join(f"{one['title']}. {one['why']}" for one in found)
        said.append(f"Choices that pull against each other: {len(found)}. {pulls}")
    else:
        said.append("The rules find no choices that pull against each other.")
    rows = consent_rows(state)[1:]
    said.append("Who must say yes. " + " ".join(f"{row[0]}: {row[1]}." for row in rows))
    if not waiting(state):
        said.append(back_said(state))
        shared = after_sharing(choices, about)
        said.append(
            "Once data is shared under it: "
            + " ".join(f"{one['change']}: {one['can']}. {one['why']}" for one in shared)
        )
    said.append(NOT_LEGAL)
    return " ".join(said)


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return the points as rows: what is settled, and who must decide what is not."""
    clashing: dict[str, list[str]] = {name: [] for name in POINTS}
    for rule in conflicts(state["choices"]):
        for name in rule["when"]:
            clashing[name].append(rule["title"])
    rows = [["Point", "Agreed", "Still to decide", "Pulls against"]]
    for name, point in POINTS.items():
        choice = state["choices"][name]
        open_point = not decided(choice)
        rows.append(
            [
                point["title"],
                "not decided" if open_point else clause(name, state),
                pending(choice) if open_point else "nothing",
                "to be predicted first" if waiting(state) else "; ".join(clashing[name]) or "nothing found",
            ]
        )
    return rows
