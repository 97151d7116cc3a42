"""What a composer's state says, in words and as rows, as ``static/composer-model.js`` says it; a test compares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equitykit.widgets.board_claims import number
from equitykit.widgets.composer_consent import cover, day, details, has_piece, status
from equitykit.widgets.composer_predict import ANSWERS
from equitykit.widgets.composer_questions import OPEN, asked
from equitykit.widgets.composer_work import TEXTS


def quantity(chart: Mapping[str, Any], value: float) -> str:
    """Return a figure with its unit."""
    shown = number(value, chart["decimals"])
    return f"{shown}%" if chart["unit"] == "%" else f"{shown} {chart['unit']}".strip()


def interval(chart: Mapping[str, Any], point: Mapping[str, Any]) -> str:
    """Return a point's interval; empty where it has none."""
    if point["low"] is None:
        return ""
    return f"{number(point['low'], chart['decimals'])} to {number(point['high'], chart['decimals'])}"


def chart_rows(chart: Mapping[str, Any]) -> list[list[str]]:
    """Return a chart's figures as rows."""
    many = any(one["series"] for one in chart["points"])
    held = any(one["low"] is not None for one in chart["points"])
    head = [*(["Line"] if many else []), "What", "Figure", *(["95% interval"] if held else [])]
    return [
        head,
        *(
            [
                *([one["series"]] if many else []),
                one["label"],
                quantity(chart, one["value"]),
                *([interval(chart, one) or "none"] if held else []),
            ]
            for one in chart["points"]
        ),
    ]


def figures(chart: Mapping[str, Any]) -> str:
    """Return a chart's figures as a sentence."""
    told = []
    for one in chart["points"]:
        name = f"{one['series']}, {one['label']}" if one["series"] else one["label"]
        held = interval(chart, one)
        told.append(f"{name}: {quantity(chart, one['value'])}{f' ({held})' if held else ''}")
    return f"{'; '.join(told)}."


def credit(chart: Mapping[str, Any]) -> str:
    """Return source and licence, and that figures are synthetic where they are."""
    source = chart["source"]
    said = f"Source: {source['text']}. Licence: {source['licence']}."
    return f"Synthetic figures: no real people. {said}" if source["synthetic"] else said


def piece_name(work: Mapping[str, Any]) -> str:
    """Return what kind of piece it is, with its title."""
    piece = work["piece"]
    if piece["kind"] == "drawing":
        return f"{TEXTS['drawings'][piece['drawing']]['title']}, drawn for this course"
    title = piece["title"].strip()
    if piece["kind"] == "image":
        return title or "A picture without a title"
    if piece["kind"] == "none":
        return "No piece"
    form = TEXTS["forms"][piece["form"]]
    return f"{title}. {form}" if title else form


def shown_at(work: Mapping[str, Any]) -> str:
    """Return where and when it is shown; empty where that is not said."""
    showing = work["showing"]
    name = TEXTS["showings"].get(showing["kind"], "")
    place = showing["place"].strip()
    parts = [f"{name}, {place}" if name and place else name or place]
    if showing["date"]:
        parts.append(day(showing["date"]))
    return ", ".join(one for one in parts if one)


def chart_of(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the chart that is chosen."""
    return next(one for one in state["charts"] if one["id"] == state["work"]["chart"])


def words(state: Mapping[str, Any]) -> str:
    """Return the text alternative of a state."""
    parts = []
    if "predict" in state["parts"]:
        parts += [_test(one, state["guesses"].get(one["id"])) for one in state["tests"]]
    if "compose" in state["parts"]:
        parts.append(_composed(state))
    return " ".join(parts)


def _test(test: Mapping[str, Any], guess: str | None) -> str:
    told = [test["ask"], f"The chart, {test['chart']['title']}: {figures(test['chart'])}"]
    for one in test["combinations"]:
        drawing = TEXTS["drawings"][one["drawing"]]
        told.append(
            f"{one['id'].upper()}: {ended(one['claim'])} {one['caption']} Drawn for this course: {drawing['words']}"
        )
    if not guess:
        told.append("Not judged yet.")
        return " ".join(told)
    told.append(f"Predicted: {ANSWERS[guess]}. The answer: {ANSWERS[test['answer']]}.")
    told += [f"{one['id'].upper()}: {one['why']}" for one in test["combinations"]]
    return " ".join([*told, test["truth"]])


def ended(said: str) -> str:
    """Return a text that ends as a sentence does."""
    return said if said.endswith((".", "?", "!")) else f"{said}."


def _composed(state: Mapping[str, Any]) -> str:
    work, chart = state["work"], chart_of(state)
    covering = cover(work)
    told = [
        f"The claim: {ended(work['claim'].strip() or 'not written yet')}",
        f"The chart, {chart['title']}: {figures(chart)} {credit(chart)}",
        f"The caption: {ended(work['caption'].strip() or 'not written yet')}",
    ]
    if covering.covered:
        piece = work["piece"]
        told.append(f"The piece: {ended(piece_name(work))}")
        if piece["kind"] == "text":
            told.append(ended(piece["text"].strip()))
        elif piece["kind"] == "drawing":
            told.append(TEXTS["drawings"][piece["drawing"]]["words"])
        elif work["alt"]["piece"].strip():
            told.append(ended(work["alt"]["piece"].strip()))
    else:
        told.append(f"The place of the piece is kept empty: {covering.instead}")
    now = TEXTS["statuses"].get(status(work), "not said") if has_piece(work) or status(work) else "no piece yet"
    told.append(f"Consent: {ended(now)} {covering.reason}")
    told += [f"{name}: {ended(said)}" for name, said in details(work)]
    told.append(f"Shown at: {ended(shown_at(work) or 'not said yet')}")
    found = [one["question"] for one in asked(work, chart) if one["so_far"] == OPEN]
    told.append(f"Open: {' '.join(found)}" if found else "No question is open by these rules.")
    return " ".join(told)


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return what is shown, as rows: the questions, or where only predictions are shown, the combinations."""
    if "compose" in state["parts"]:
        return [
            ["A reader would ask", "So far", "What is found"],
            *(
                [
                    one["question"],
                    one["so_far"],
                    " ".join(f"{found['title']}. {found['why']}" for found in one["findings"]) or one["said"],
                ]
                for one in asked(state["work"], chart_of(state))
            ),
        ]
    made = [["Poster", "Claim", "Caption", "Drawing", "More than it shows?"]]
    for test in state["tests"]:
        judged = test["id"] in state["guesses"]
        made += [
            [
                one["id"].upper(),
                one["claim"],
                one["caption"],
                TEXTS["drawings"][one["drawing"]]["words"],
                f"{'yes' if one['more'] else 'no'}. {one['why']}" if judged else "not judged yet",
            ]
            for one in test["combinations"]
        ]
    return made
