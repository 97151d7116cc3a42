"""What a reader would ask of a chart and a piece side by side, by rules that ``static/composer-model.js`` reads too.

A rule reads words; people judge. Nothing adds up to a mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from equitykit.widgets.board_claims import number
from equitykit.widgets.composer_consent import cover, has_piece, status

_READ: dict[str, list[dict[str, str]]] = yaml.safe_load(
    (files("equitykit.widgets") / "composer_rules.yml").read_text("utf-8")
)
QUESTIONS, RULES = _READ["questions"], _READ["rules"]

OPEN, JUDGE, MET = "open", "yours to judge", "met"


def fields(work: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts that rules read, by the names that rules use."""
    piece = work["piece"]
    made = {
        "claim": work["claim"],
        "caption": work["caption"],
        "adds": piece["adds"] if has_piece(work) else "",
        "chose": work["chose"],
        "gains": work["gains"],
        "alt_chart": work["alt"]["chart"],
        "alt_piece": work["alt"]["piece"] if piece["kind"] in ("drawing", "image") else "",
    }
    made = {key: value.strip() for key, value in made.items()}
    made["claims"] = f"{made['claim']} {made['caption']}".strip()
    text = piece["text"].strip() if piece["kind"] == "text" else ""
    made["everything"] = " \n ".join([made["claims"], piece["title"], text, made["alt_chart"], made["alt_piece"]])
    return made


def facts(work: Mapping[str, Any], chart: Mapping[str, Any]) -> dict[str, bool]:
    """Return, for each rule that no single text settles, whether it applies."""
    read = fields(work)
    piece, now = work["piece"], status(work)
    there, covered = has_piece(work), cover(work).covered
    seen = there and piece["kind"] in ("drawing", "image")
    recognise = piece["recognise"] if there and now != "course" else "no"
    return {
        "caption-repeats": bool(read["caption"])
        and _repeats(read["caption"], f"{read['claim']} {chart['title']}", 0.75),
        "no-piece": not there,
        "adds-unsaid": there and not read["adds"],
        "no-interval": all(one["low"] is None for one in chart["points"]),
        "not-looked": recognise == "",
        "unsure": recognise == "unsure" and not (now == "agreed" and covered),
        "recognisable": recognise == "yes" and not (now == "agreed" and covered),
        "cause": not chart["by_lot"] and _found("cause", read["claims"]),
        "alt-chart-same": _same(read["alt_chart"], read),
        "alt-chart-figure": bool(read["alt_chart"]) and not _names_figure(read["alt_chart"], chart),
        "alt-piece-empty": seen and not read["alt_piece"],
        "alt-piece-same": _same(read["alt_piece"], read),
        "not-covered": not covered,
        "no-end": covered and now == "agreed" and not work["consent"]["until"],
    }


def _words(text: str) -> list[str]:
    return [one for one in re.findall(r"[a-z0-9]+", text.lower()) if len(one) > 3]


def _repeats(text: str, other: str, share: float) -> bool:
    mine, theirs = _words(text), set(_words(other))
    return bool(mine) and sum(one in theirs for one in mine) >= share * len(mine)


def _same(text: str, read: Mapping[str, str]) -> bool:
    mine = _words(text)
    return bool(mine) and any(mine == _words(read[one]) for one in ("claim", "caption", "claims"))


def _names_figure(text: str, chart: Mapping[str, Any]) -> bool:
    """Whether a text names a figure of the chart, as exactly as it is drawn or rounded further."""
    named = {one.replace(",", "") for one in re.findall(r"[0-9]+(?:[.,][0-9]+)*", text)}
    drawn = {
        number(abs(one[end]), places).replace(",", "")
        for one in chart["points"]
        for end in ("value", "low", "high")
        if one[end] is not None
        for places in range(chart["decimals"] + 1)
    }
    return bool(named & drawn)


def _found(rule: str, text: str) -> bool:
    return bool(re.search(next(one["pattern"] for one in RULES if one["id"] == rule), text, re.IGNORECASE))


def _applies(rule: Mapping[str, str], read: Mapping[str, str], settled: Mapping[str, bool]) -> bool:
    if rule["when"] == "fact":
        return settled[rule["id"]]
    text = read[rule["field"]]
    if rule["when"] == "empty":
        return not text
    if not re.search(rule["pattern"], text, 0 if rule.get("case") else re.IGNORECASE):
        return False
    return not (rule.get("unless") and re.search(rule["unless"], text, re.IGNORECASE))


def asked(work: Mapping[str, Any], chart: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each question with what the rules find: ``id``, ``question``, ``so_far``, ``said`` and ``findings``.

    Parameters
    ----------
    work : mapping
        What the learner made.
    chart : mapping
        The chart that is chosen.
    """
    read, settled, covering = fields(work), facts(work, chart), cover(work)
    source = chart["source"]
    met = {
        "source": f"{source['text']}. {source['licence']}."
        + (" The figures are synthetic, and the chart says so." if source["synthetic"] else ""),
        "consent": covering.reason,
        "recognised": "Drawn for this course: nobody is in it." if status(work) == "course" else "",
        "uncertainty": "The lines on the chart are 95% intervals.",
    }
    made = []
    for one in QUESTIONS:
        found = [
            {"title": rule["title"], "why": rule["why"] or covering.reason}
            for rule in RULES
            if rule["question"] == one["id"] and _applies(rule, read, settled)
        ]
        so_far = OPEN if found else MET if met.get(one["id"]) else JUDGE
        judge = "" if one["id"] == "recognised" and met["recognised"] else one["judge"]
        said = "" if found else " ".join(part for part in (met.get(one["id"], ""), judge) if part)
        made.append({"id": one["id"], "question": one["question"], "so_far": so_far, "said": said, "findings": found})
    return made
