"""One column of an extract by another: how complete, how valid, and what of the counts may be shown.

The page's script does the same (``static/quality-model.js``); browser tests compare them.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import floor
from typing import Any

from equitykit.widgets.quality_codes import KINDS, kind_of

Sum = tuple[Sequence[int], int]
"""Which cells add up to which."""

RARE = "rare answers, together"
_DATE = re.compile(r"^(?:(\d{4})-\d{1,2}-\d{1,2}(?:[T ].*)?|\d{1,2}[/.-]\d{1,2}[/.-](\d{4})(?: .*)?)$")


@dataclass
class Site:
    """The rows of one value of the other column, or all; what is hidden is None in shares and "hidden" in counts."""

    name: str
    total: int = 0
    counts: list[int] = field(default_factory=lambda: [0] * len(KINDS))
    codes: Counter[str] = field(default_factory=Counter)
    rows: str = ""
    kinds: list[str] = field(default_factory=list)
    shares: list[float | None] = field(default_factory=list)
    complete: float | None = None
    top: tuple[str, float | None] | None = None


@cache
def read(text: str) -> list[dict[str, str]]:
    """Return the rows of a table of comma-separated values."""
    return list(csv.DictReader(io.StringIO(text)))


def columns(text: str) -> list[str]:
    """Return the names of the columns of a table of comma-separated values."""
    return list(csv.DictReader(io.StringIO(text)).fieldnames or [])


def crossed(state: Mapping[str, Any]) -> list[Site]:
    """Return the chosen column of the sample by the other one, "All" last, as far as it may be shown."""
    by = state["by"]
    sites: dict[str, Site] = {}
    everything = Site("All")
    for row in read(state["sample"]):
        name = _value(row, by) if by else "All"
        value = row[state["column"]]
        kind = KINDS.index(kind_of(value, state["codes"]))
        for site in (sites.setdefault(name, Site(name)), *([everything] if by else [])):
            site.total += 1
            site.counts[kind] += 1
            if kind == 0:
                site.codes[value] += 1
    found = [sites[name] for name in sorted(sites)]
    if by:
        found = [*_together(found, state["hide_up_to"]), everything]
    _reveal(found, state)
    return found


def _together(sites: Sequence[Site], up_to: int) -> list[Site]:
    """Put sites of few rows together, unnamed: a rare answer can be somebody's name."""
    few = [site for site in sites if site.total <= up_to]
    if not few:
        return list(sites)
    made = Site(RARE)
    for site in few:
        made.total += site.total
        made.counts = [one + other for one, other in zip(made.counts, site.counts, strict=True)]
        made.codes += site.codes
    return [*(site for site in sites if site.total > up_to), made]


def _value(row: Mapping[str, str], by: str) -> str:
    if by in row:
        return row[by].strip() or "(empty)"
    found = _DATE.match(row[by.removeprefix("year of ")].strip())
    return (found[1] or found[2]) if found else "(no date)"


def _reveal(sites: Sequence[Site], rule: Mapping[str, Any]) -> None:
    cells: list[int] = []
    sums: list[Sum] = []
    places = []

    def put(count: int) -> int:
        cells.append(count)
        return len(cells) - 1

    for site in sites:
        done = site.counts[0] + site.counts[1]
        most = min(site.codes.items(), key=lambda pair: (-pair[1], pair[0]), default=None)
        site.top = (most[0], None) if most else None
        total, complete, missing = put(site.total), put(done), put(site.total - done)
        kinds = [put(count) for count in site.counts]
        top = put(most[1] if most else 0)
        rest = put(site.counts[0] - (most[1] if most else 0))
        places.append((total, complete, missing, kinds, top))
        sums += [
            ([complete, missing], total),
            (kinds[:2], complete),
            (kinds[2:], missing),
            ([top, rest], kinds[0]),
        ]
    if len(sites) > 1 or rule["by"]:
        *parts, last = places
        for whole, of in zip(last[:3], zip(*(one[:3] for one in parts), strict=True), strict=True):
            sums.append((list(of), whole))
        sums += [([one[3][kind] for one in parts], last[3][kind]) for kind in range(len(KINDS))]
    hidden = protect(cells, sums, rule)
    for site, (total, complete, _missing, kinds, top) in zip(sites, places, strict=True):

        def share(place: int, total: int = total) -> float | None:
            whole = rounded(cells[total], rule["round_to"])
            if hidden[place] or hidden[total] or not whole:
                return None
            return min(100.0, 100 * rounded(cells[place], rule["round_to"]) / whole)

        site.rows = shown(site.total, hidden=hidden[total], rule=rule)
        site.kinds = [shown(cells[place], hidden=hidden[place], rule=rule) for place in kinds]
        site.shares = [share(place) for place in kinds]
        site.complete = share(complete)
        if site.top:
            site.top = (site.top[0], share(top))


def protect(cells: Sequence[int], sums: Sequence[Sum], rule: Mapping[str, Any]) -> list[bool]:
    """Tell which cells are hidden: small ones and, where counts are not rounded, those that a sum would give away.

    Parameters
    ----------
    cells : sequence of int
        Counts, totals among them.
    sums : sequence of (parts, total)
        The places of the cells that add up to the cell at ``total``.
    rule : mapping
        ``hide_up_to`` and ``round_to``.
    """
    hidden = [1 <= count <= rule["hide_up_to"] for count in cells]
    if rule["round_to"] > 1:
        return hidden
    changed = True
    while changed:
        changed = False
        for parts, total in sums:
            while _given_away(cells, hidden, parts, total):
                still = [place for place in parts if not hidden[place]]
                if still:
                    hidden[min(still, key=lambda place: (cells[place] == 0, cells[place], place))] = True
                elif not hidden[total]:
                    hidden[total] = True
                else:
                    break
                changed = True
    return hidden


def _given_away(cells: Sequence[int], hidden: Sequence[bool], parts: Sequence[int], total: int) -> bool:
    gone = [place for place in parts if hidden[place]]
    if hidden[total]:
        return not gone
    return len(gone) == 1 or (len(gone) > 1 and sum(cells[place] for place in gone) == len(gone))


def rounded(count: int, to: int) -> int:
    """Return a count rounded to the nearest multiple, halves upwards."""
    return floor((count + to / 2) / to) * to


def shown(count: int, *, hidden: bool, rule: Mapping[str, Any]) -> str:
    """Return a count as it may stand on the page."""
    return "hidden" if hidden else f"{rounded(count, rule['round_to']):,}"


def suspect(sites: Sequence[Site]) -> Site | None:
    """Return the site that is nearly complete and leans on the most used code more than elsewhere, if there is one."""
    everything = sites[-1]
    code, usual = everything.top or (None, None)
    if len(sites) < 3 or usual is None:
        return None
    found = [
        site
        for site in sites[:-1]
        if site.complete is not None
        and site.complete >= 97
        and site.top
        and site.top[1] is not None
        and site.top[0] == code
        and site.top[1] - usual >= 10
    ]
    return max(found, key=lambda site: site.top[1] if site.top and site.top[1] else 0, default=None)


def misclassified(state: Mapping[str, Any]) -> tuple[float, float]:
    """Return a rate ratio as a record with errors tells it: over the record's own people, and over census populations.

    Parameters
    ----------
    state : mapping
        ``wrong``: percent of the group recorded as the reference; ``wrong_reference``: percent of the reference
        recorded as the group; ``share``: percent of all people in the group; ``ratio``: the true rate ratio.
    """
    wrong, back, part = (state[one] / 100 for one in ("wrong", "wrong_reference", "share"))
    rest = 1 - part
    people = part * (1 - wrong) + rest * back
    people_reference = rest * (1 - back) + part * wrong
    cases = part * state["ratio"] * (1 - wrong) + rest * back
    cases_reference = rest * (1 - back) + part * state["ratio"] * wrong
    record = (cases / people) / (cases_reference / people_reference)
    return record, (cases / part) / (cases_reference / rest)
