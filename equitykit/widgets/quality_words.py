"""What the data-quality board says of its sample and of misclassification: in words and as rows.

The page's script says the same (``static/quality-model.js``). Of a reader's own file neither says anything here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor
from typing import Any

from equitykit.widgets.quality_codes import CODE_LISTS, KIND_NAMES
from equitykit.widgets.quality_profile import Site, crossed, misclassified, suspect

State = Mapping[str, Any]

OWN_WORDS = (
    "A file of the reader's own is open. What it holds stands on the page only: it is not sent, not saved, and not "
    "passed on."
)
OWN_ROWS = [["File", "Where it is read"], ["The reader's own", "In this browser only"]]
LEFT = {
    "most": "hardly changes",
    "half": "loses about half of its distance from 1",
    "little": "loses most of its distance from 1",
}


def number(found: float, decimals: int = 0) -> str:
    """Return a number with thousands separated, halves rounded upwards."""
    return f"{floor(found * 10**decimals + 0.5) / 10**decimals:,.{decimals}f}"


def percent(found: float | None) -> str:
    """Return a share as a whole percentage, or "hidden"."""
    return "hidden" if found is None else f"{number(found)}%"


def complete(site: Site) -> str:
    """Return how complete a site is; what only rounds to everything is not told as everything."""
    if site.complete is not None and site.complete >= 99.5 and site.counts[0] + site.counts[1] < site.total:
        return "nearly 100%"
    return percent(site.complete)


def top(site: Site) -> str:
    """Return the most used code of a site with its share; a code that few have is not named."""
    if not site.top:
        return "–"
    return "hidden" if site.top[1] is None else f"{site.top[0]} {percent(site.top[1])}"


def left_of(ratio: float, found: float) -> str:
    """Return how much of a ratio's distance from 1 is left: "most", "half" or "little"."""
    if ratio == 1:
        return "most"
    kept = (found - 1) / (ratio - 1)
    return "most" if kept > 2 / 3 else "half" if kept >= 1 / 3 else "little"


def ratio_words(state: State) -> str:
    """Return what misclassification does to a rate ratio."""
    lead = (
        f"A true rate ratio of {number(state['ratio'], 2)}, with {number(state['share'])}% of people in the group, "
        f"{number(state['wrong'], 1)}% of them recorded as the reference, and {number(state['wrong_reference'], 1)}% "
        "of the reference recorded as the group."
    )
    if "ratio" not in state["predictions"]:
        return f"{lead} Predict what the record makes of it."
    record, census = misclassified(state)
    return (
        f"{lead} Cases and people both from the record: {number(record, 2)}. Cases from the record over census "
        f"populations: {number(census, 2)}, which {LEFT[left_of(state['ratio'], census)]}."
    )


def trust_waits(state: State) -> bool:
    """Tell whether the question whose column to trust least waits for an answer."""
    start = state["start"]
    same = all(state[one] == start[one] for one in ("column", "by", "codes"))
    return same and bool(start["by"]) and "trust" not in state["predictions"]


def trust_verdict(sites: Sequence[Site], state: State) -> str:
    """Return what came of that question, or ""."""
    odd = suspect(sites)
    said = state["predictions"].get("trust")
    if odd is None or not said or not odd.top or not sites[-1].top:
        return ""
    lead = {"shown": "", odd.name: "As you predicted. "}.get(said, f"You predicted {said}. ")
    told = (
        f"{odd.name} has the fewest gaps, {complete(odd)} complete, and that is the warning: "
        f"{percent(odd.top[1])} of its rows say {odd.top[0]}, against {percent(sites[-1].top[1])} overall. A field "
        "that is filled in by default is complete and wrong."
    )
    return lead + told + (f" {state['key_fact']}" if state["key_fact"] else "")


def rule_words(rule: State) -> str:
    """Return the rule for small numbers as a sentence."""
    if rule["round_to"] > 1:
        rest = f"others are rounded to the nearest {rule['round_to']}, and percentages come from the rounded counts."
    else:
        rest = "and others where a sum would give one away. Nothing is rounded."
    return f"Counts from 1 to {rule['hide_up_to']} are hidden; {rest}"


def words(state: State) -> str:
    """Return a state of the board in words."""
    if state["own_open"]:
        return f"{OWN_WORDS} {ratio_words(state)}"
    sites = crossed(state)
    waits = trust_waits(state)
    told = []
    for site in sites:
        text = f"{site.name}: {site.rows} rows, {complete(site)} complete, {percent(site.shares[0])} in the list"
        if site.top and not waits:
            text += f", most used {top(site)}"
        told.append(text)
    parts = [
        state["sample_note"],
        f"{state['column']}{' by ' + state['by'] if state['by'] else ''}, against {CODE_LISTS[state['codes']][0]}.",
        f"{'; '.join(told)}.",
        "Predict whose you would trust least." if waits else trust_verdict(sites, state),
        rule_words(state),
        ratio_words(state),
    ]
    return " ".join(part for part in parts if part)


def table(state: State) -> list[list[str]]:
    """Return a state of the board as rows, one a site."""
    if state["own_open"]:
        return [list(row) for row in OWN_ROWS]
    waits = trust_waits(state)
    rows = [[state["by"] or "Rows", "Rows", *KIND_NAMES, "Complete", "Most used"]]
    for site in crossed(state):
        rows.append([site.name, site.rows, *site.kinds, complete(site), "predict first" if waits else top(site)])
    return rows
