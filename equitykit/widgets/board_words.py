"""What a board's state says, in words and as rows, as ``static/board-model.js`` says it; a test compares them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from equitykit.widgets.board_claims import chart, claims, ends, facts, in_words, number, quantity, reading
from equitykit.widgets.board_rules import LINKS, findings, text

ANSWERS = {"changed": "something changed", "wobbled": "it only wobbled"}


def stated(row: Mapping[str, Any], link: str) -> str:
    """Return what a row says at a link of the chain; empty where it says nothing."""
    if link == "series":
        return reading(row.get("series")) if row.get("series") else ""
    if link == "threshold":
        target = row.get("target")
        said = text(row, "threshold") or ("" if target is None else number(float(target), 2).removesuffix(".00"))
        by = text(row, "by")
        return f"{said}, by {by}" if said and by else said
    if link == "consequence":
        more = [
            f"{name}: {text(row, field)}"
            for field, name in (("decides", "decided by"), ("published", "published"))
            if text(row, field)
        ]
        return "; ".join([text(row, "consequence") or "none stated", *more]) if text(row, "consequence") or more else ""
    if link == "success":
        said, who = text(row, "success"), text(row, "said_by")
        return f"{said} (said by: {who})" if said and who else said
    return text(row, link)


def missing(row: Mapping[str, Any], link: str) -> bool:
    """Return whether a link of the chain says nothing."""
    return not text(row, "consequence") if link == "consequence" else not stated(row, link)


def asked(row: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what a reader would ask of a row."""
    return findings(row, facts(row))


def words(state: Mapping[str, Any]) -> str:
    """Return the text alternative of a state."""
    parts = []
    if "predict" in state["parts"]:
        parts += [_guess(one, state["guesses"].get(one["id"])) for one in state["tests"]]
    if "board" in state["parts"]:
        parts.append(state["plan"])
        parts += [_row(row, place) for place, row in enumerate(state["rows"])]
    return " ".join(part for part in parts if part)


def _guess(test: Mapping[str, Any], guess: Mapping[str, Any] | None) -> str:
    series = test["series"]
    held = [one for one in series["points"] if one[1] is not None]
    values = [one[1] for one in held]
    said = (
        f"{test['title']} (synthetic): {len(held)} figures from {held[0][0]} to {held[-1][0]}, between "
        f"{quantity(series, min(values))} and {quantity(series, max(values))}. {test['story']}"
    )
    if not guess:
        return f"{said} Not judged yet."
    drawn = chart(series)
    low, high = ends(series, drawn.phases[-1])
    found = "; ".join(in_words(one) for one in drawn.signals) or "no signal"
    mine = "Judged without a prediction." if guess["said"] == "shown" else f"Predicted: {ANSWERS[guess['said']]}."
    band = "" if guess["said"] == "shown" else (
        f" Drawn: {quantity(series, guess['low'])} to {quantity(series, guess['high'])}."
    )  # fmt: skip
    return (
        f"{said} {mine}{band} Limits from the first {series['baseline']} figures: {quantity(series, low)} to "
        f"{quantity(series, high)}; {found}. {test['truth']}"
    )


def _row(row: Mapping[str, Any], place: int) -> str:
    told = [f"Row {place + 1}, {text(row, 'title') or 'untitled'}."]
    for link, name in LINKS:
        told.append(f"{name}: {_ended(stated(row, link) or 'not stated')}")
    found = asked(row)
    if found:
        told.append("A reader would ask: " + "; ".join(f"{one['title'].lower()}" for one in found) + ".")
    for kind, claim in claims(row):
        told.append(f"{'You can' if kind == 'can' else 'You cannot'}: {claim[0].lower()}{claim[1:]}")
    return " ".join(told)


def _ended(said: str) -> str:
    return said if said.endswith((".", "?", "!")) else f"{said}."


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return what is shown, as rows: the plan, or where only predictions are shown, the three series."""
    if "board" in state["parts"]:
        head = ["Row", *(name for _, name in LINKS), "A reader would ask"]
        return [
            head,
            *(
                [
                    text(row, "title") or f"Row {place + 1}",
                    *(stated(row, link) or "not stated" for link, _ in LINKS),
                    "; ".join(one["title"] for one in asked(row)) or "nothing by these rules",
                ]
                for place, row in enumerate(state["rows"])
            ),
        ]
    return [["Series", "Figures", "Prediction", "Limits", "Signals"], *(_judged(one, state) for one in state["tests"])]


def _judged(test: Mapping[str, Any], state: Mapping[str, Any]) -> list[str]:
    series, guess = test["series"], state["guesses"].get(test["id"])
    held = [one for one in series["points"] if one[1] is not None]
    figures = f"{len(held)}, {held[0][0]} to {held[-1][0]}"
    if not guess:
        return [test["title"], figures, "not yet", "not shown", "not shown"]
    drawn = chart(series)
    low, high = ends(series, drawn.phases[-1])
    said = "none" if guess["said"] == "shown" else ANSWERS[guess["said"]]
    found = "; ".join(in_words(one) for one in drawn.signals) or "none"
    return [test["title"], figures, said, f"{quantity(series, low)} to {quantity(series, high)}", found]


def points_table(series: Mapping[str, Any]) -> list[list[str]]:
    """Return the figures of a series as rows: period, figure, moving range, limits and signals."""
    drawn = chart(series)
    made = [["Period", "Figure", "Moving range", "Centre", "Limits", "Signals"]]
    for point in drawn.points:
        phase = drawn.phases[point.phase]
        known = not math.isnan(point.value)
        low, high = ends(series, phase) if phase.status != "none" else (0.0, 0.0)
        made.append(
            [
                point.period,
                quantity(series, point.value) if known else "not known",
                "none" if math.isnan(point.moving_range) else number(point.moving_range, series["decimals"]),
                quantity(series, phase.mean) if phase.status != "none" else "none",
                f"{quantity(series, low)} to {quantity(series, high)}" if phase.status != "none" else "none",
                ", ".join(point.signals) or "none",
            ]
        )
    return made
