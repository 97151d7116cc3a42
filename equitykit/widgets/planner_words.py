"""What an involvement plan says, in words, as rows and to a funder, as ``static/planner-words.js`` says it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from equitykit.widgets.planner_plan import LINE_KINDS
from equitykit.widgets.planner_rules import missing
from equitykit.widgets.planner_sums import HOURS, KINDS, cost_lines, load, meeting_share, over, rest, total

Plan = Mapping[str, Any]
CARRIED = {"partners": "partners", "staff": "staff", "nobody": "nobody: not done"}
SPOKEN = {"meeting": "meetings", "preparation": "preparation", "travel": "travel", "debrief": "debriefing"}
RANGE = (
    "Low is every price at its lowest and high is every price at its highest, with the quantities as planned. "
    "That all are low, or all high, at once is unlikely. It is a range of prices and no confidence interval."
)


def money(value: float) -> str:
    """Return pounds, whole, with thousands separated."""
    return f"£{math.floor(value + 0.5 + 1e-7):,}"


def number(value: float, places: int = 1) -> str:
    """Return a number with at most so many decimals; a whole one has none."""
    shown = f"{math.floor(value * 10**places + 0.5 + 1e-7) / 10**places:,.{places}f}"
    return shown.rstrip("0").rstrip(".") if places else shown


def ranged(three: Sequence[float]) -> str:
    """Return likely with its range, or one figure where low and high are it."""
    low, likely, high = (money(one) for one in three)
    return likely if low == high else f"{likely} ({low} to {high})"


def hours(value: float) -> str:
    """Return hours with their unit."""
    shown = number(value)
    return f"{shown} hour" if shown == "1" else f"{shown} hours"


def people(count: int) -> str:
    """Return a number of people."""
    return "1 person" if count == 1 else f"{number(count)} people"


def titled(name: str, otherwise: str) -> str:
    """Return a name, or what stands for it where it is empty."""
    return name.strip() or otherwise


def shown(state: Mapping[str, Any]) -> bool:
    """Return whether the reader sees what the plan takes: after a guess, or where none is asked for."""
    return "predict" not in state["parts"] or bool(state["guess"])


def months_named(months: Sequence[int]) -> str:
    """Return months in words: "month 3", "months 3, 4 and 9"."""
    if len(months) == 1:
        return f"month {months[0]}"
    return f"months {', '.join(map(str, months[:-1]))} and {months[-1]}"


def load_words(group: Mapping[str, Any]) -> str:
    """Return in a sentence or three what the plan asks of one partner of a group."""
    name = titled(group["name"], "Partners")
    whole, free = math.fsum(group["months"]), math.fsum(group["unpaid"])
    if whole == 0:
        return f"{name}, {people(group['people'])}: asked for nothing yet."
    top = max(group["months"])
    at = [place + 1 for place, one in enumerate(group["months"]) if one > top - 1e-9]
    unpaid = "all of them" if free > whole - 1e-9 else number(free) if free > 1e-9 else "none"
    said = f"{name}, {people(group['people'])}: each is asked for {hours(whole)}, {unpaid} unpaid."
    said += f" The peak is {hours(top)} in {months_named(at)}."
    if group["said"] is None:
        return f"{said} Nobody has asked them what they can give."
    asked = over(group)
    if asked:
        return f"{said} They said {number(group['said'])} a month: they are over-asked in {months_named(asked)}."
    return f"{said} They said {number(group['said'])} a month."


def words(state: Mapping[str, Any]) -> str:
    """Return the text alternative of a state."""
    plan = state["plan"]
    lines = cost_lines(plan)
    many = len(plan["activities"])
    told = [
        f"{titled(plan['title'], 'Involvement plan')}. {plan['note']}".strip(),
        f"{number(plan['months'])} months, {'1 activity' if many == 1 else f'{many} activities'}.",
        f"As budgeted at first: {ranged(total(lines, 'budgeted'))}.",
    ]
    if not shown(state):
        return " ".join([*told, "What it takes is shown after a guess, or without one."])
    told.append(f"What it takes: {ranged(total(lines, 'takes'))}. {RANGE}")
    told.append(f"The meeting fee in the budget is {number(meeting_share(lines), 0)}% of what it takes.")
    if isinstance(state["guess"].get("share"), (int, float)):
        guess = state["guess"]
        told.append(f"Guessed: {number(guess['share'], 0)}%, and {number(guess['hours'], 0)} unpaid hours a partner.")
    told.append(carried_words(lines))
    told += [load_words(one) for one in load(plan)]
    found = missing(plan)
    lacks = f"Missing: {'; '.join(_small(one['title']) for one in found)}."
    told.append(lacks if found else "By these rules nothing is missing.")
    return " ".join(told)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def carried_words(lines: Sequence[Mapping[str, Any]]) -> str:
    """Return who carries what the budget does not cover."""
    partners, staff, undone = (rest(lines, who)[1] for who in ("partners", "staff", "nobody"))
    if partners + staff + undone < 0.005:
        return "The budget covers it all."
    return (
        f"Of the difference, partners carry {money(partners)}, staff carry {money(staff)}, "
        f"and {money(undone)} worth is not done."
    )


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return the plan as rows: before the guess as budgeted at first, afterwards what it takes."""
    lines = cost_lines(state["plan"])
    if not shown(state):
        first = [one for one in lines if one["budgeted"][1] > 0]
        rows = [[titled(one["line"], "Line"), quantity(one), money(one["budgeted"][1])] for one in first]
        return [["Line", "Quantity", "As budgeted at first"], *rows, ["Total", "", money(total(lines, "budgeted")[1])]]
    return cost_table(lines)


def cost_table(lines: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Return every line with what was budgeted, what it takes and who carries the rest."""
    made = [["Line", "Quantity", "As budgeted at first", "What it takes", "Low", "High", "Who carries the rest"]]
    for one in lines:
        left = one["takes"][1] - one["budgeted"][1] > 0.005
        figures = [money(one[what][end]) for what, end in (("budgeted", 1), ("takes", 1), ("takes", 0), ("takes", 2))]
        made.append([titled(one["line"], "Line"), quantity(one), *figures, CARRIED[one["carried"]] if left else "–"])
    whole = total(lines, "takes")
    return [
        *made,
        ["Total", "", money(total(lines, "budgeted")[1]), money(whole[1]), money(whole[0]), money(whole[2]), ""],
    ]


def quantity(line: Mapping[str, Any]) -> str:
    """Return a line's quantity with its unit."""
    if line["unit"] == "%":
        return f"{number(line['quantity'])}%"
    return hours(line["quantity"]) if line["unit"] == "hours" else f"{number(line['quantity'])} ×"


def load_table(plan: Plan) -> list[list[str]]:
    """Return what is asked of one partner of each group, month by month."""
    groups = load(plan)
    head = ["Month", *(f"{titled(one['name'], 'Partners')}: {what}" for one in groups for what in ("hours", "unpaid"))]
    rows = [
        [f"Month {month + 1}", *(number(one[what][month]) for one in groups for what in ("months", "unpaid"))]
        for month in range(plan["months"])
    ]
    sums = [number(math.fsum(one[what])) for one in groups for what in ("months", "unpaid")]
    said = ["not asked" if one["said"] is None else hours(one["said"]) for one in groups]
    return [head, *rows, ["All months", *sums], ["They said, a month", *(cell for one in said for cell in (one, "–"))]]


def sources(plan: Plan) -> list[str]:
    """Return the sources of the prices that cost something, each once."""
    named = [one["source"].strip() for one in (*plan["activities"], *plan["lines"]) if one["high"] > 0]
    return list(dict.fromkeys(one for one in named if one))


def unsourced(plan: Plan) -> bool:
    """Return whether a price is the plan's own."""
    return any(one["high"] > 0 and not one["source"].strip() for one in (*plan["activities"], *plan["lines"]))


def paragraph(plan: Plan) -> str:
    """Return what the plan says to a funder, with its sums."""
    lines = cost_lines(plan)
    whole, first = total(lines, "takes"), total(lines, "budgeted")
    if whole[2] == 0:
        return "The plan costs nothing yet: give its activities hours and a fee."
    by_kind = {kind: [one for one in lines if one["kind"] == kind] for kind in KINDS}
    groups = [one for one in load(plan) if math.fsum(one["months"]) > 0]
    spoken = [f"{people(one['people'])} ({titled(one['name'], 'partners')})" for one in groups]
    many = len(plan["activities"])
    parts = [
        f"We ask for {ranged(whole)} to work with {_joined(spoken) or 'partners'} in "
        f"{'1 activity' if many == 1 else f'{many} activities'} over {number(plan['months'])} months."
    ]
    fees = by_kind["meeting"] + by_kind["other hours"]
    if total(fees, "takes")[2] > 0:
        each = {one: math.fsum(a["people"] * a["times"] * a[one] for a in plan["activities"]) for one in HOURS}
        kinds = _joined([f"{hours(each[one])} of {SPOKEN[one]}" for one in HOURS if each[one] > 0])  # fmt: skip
        parts.append(f"{ranged(total(fees, 'takes'))} pays people for their time: {kinds}.")
    for kind in ("access", "support", "staff", "telling"):
        mine = by_kind[kind]
        if total(mine, "takes")[2] > 0:
            names = _joined([_lower(titled(one["line"], "a line")) for one in mine])
            parts.append(f"{LINE_KINDS[kind]}: {ranged(total(mine, 'takes'))} for {names}.")
    spare = by_kind["contingency"]
    if spare:
        parts.append(f"{ranged(total(spare, 'takes'))} is a contingency of {number(plan['contingency']['percent'])}%.")
    told = [" ".join(parts)]
    if whole[1] - first[1] > 0.005:
        part = number(100 * first[1] / whole[1], 0)
        staff, undone = (money(rest(lines, who)[1]) for who in ("staff", "nobody"))
        told.append(
            f"Our first budget was {money(first[1])}, which is {part}% of what the work takes. On that budget "
            f"{_partners_carry(plan, lines)}staff would carry {staff} on top of their work, and {undone} worth would "
            "not be done."
        )
    told.append(RANGE)
    if plan["answers"]["benefits"] == "yes":
        told.append("Partners are offered independent advice on benefits before they accept a fee.")
    named = sources(plan)
    own = " Prices without a source are our own estimates." if unsourced(plan) else ""
    told.append(f"Prices: {'; '.join(named)}.{own}" if named else "Prices are our own estimates.")
    return "\n\n".join(told)


def _partners_carry(plan: Plan, lines: Sequence[Mapping[str, Any]]) -> str:
    """Return the beginning of a sentence on what partners give and pay; empty where it is nothing."""
    free = math.fsum(math.fsum(one["unpaid"]) * one["people"] for one in load(plan))
    pays = rest([one for one in lines if one["kind"] == "access"], "partners")[1] > 0.005
    worth = money(rest(lines, "partners")[1])
    if free > 0 and pays:
        return (
            f"partners would give {hours(free)} unpaid and pay for access that it leaves out, together worth {worth}; "
        )
    if free > 0:
        return f"partners would give {hours(free)} unpaid, worth {worth} at the fee; "
    return f"partners would pay {worth} for access that it leaves out; " if pays else ""


def _lower(text: str) -> str:
    """Without the capital that begins a sentence; a word in capitals stays."""
    return text if text[1:2].isupper() else _small(text)


def _joined(items: Iterable[str]) -> str:
    every = list(items)
    return ", ".join(every[:-1]) + " and " + every[-1] if len(every) > 1 else "".join(every)
