"""What a series lets a board claim, and what not: the reading of a control chart, in sentences.

Written alike here and in ``static/board-model.js``; a test compares them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from equitykit.measures.control_chart import FEWEST, SET, ControlChart, Phase, Signal, chart_of
from equitykit.widgets.board_rules import text, threshold_facts, year

Claim = tuple[str, str]
"""``"can"`` or ``"cannot"``, and what."""


def chart(series: Mapping[str, Any]) -> ControlChart:
    """Return the control chart of a row's series."""
    points = series["points"]
    return chart_of(
        [one[0] for one in points],
        [math.nan if one[1] is None else float(one[1]) for one in points],
        baseline=series.get("baseline"),
        steps=dict(series.get("steps") or []),
        breaks=dict(series.get("breaks") or []),
    )


def has_figures(series: Mapping[str, Any] | None) -> TypeGuard[Mapping[str, Any]]:
    """Return whether a row has a series with at least one figure."""
    return series is not None and any(one[1] is not None for one in series["points"])


def number(value: float, decimals: int) -> str:
    """Return a figure as the board prints it: halves go up, thousands separated, a true minus sign."""
    rounded = math.floor(value * 10**decimals + 0.5) / 10**decimals
    shown = f"{abs(rounded):,.{decimals}f}"
    return f"−{shown}" if rounded < 0 else shown


def quantity(series: Mapping[str, Any], value: float) -> str:
    """Return a figure with its unit."""
    shown = number(value, series["decimals"])
    unit = series["unit"]
    return f"{shown}%" if unit == "%" else f"{shown} {unit}".strip()


def distance(series: Mapping[str, Any], value: float) -> str:
    """Return a difference of two figures with its unit."""
    if series["unit"] == "%":
        return f"{number(value, series['decimals'])} percentage points"
    return quantity(series, value)


def ends(series: Mapping[str, Any], phase: Phase) -> tuple[float, float]:
    """Return a phase's limits, kept to what such a figure can be: not below 0, no percentage above 100."""
    values = [one[1] for one in series["points"] if one[1] is not None]
    low = 0.0 if phase.low < 0 <= min(values) else phase.low
    high = 100.0 if series["unit"] == "%" and phase.high > 100 >= max(values) else phase.high
    return low, high


def tested(series: Mapping[str, Any], drawn: ControlChart, place: int) -> list[Signal]:
    """Return the signals of a phase when it is held against the limits of the phase before it."""
    names = {place: [], place - 1: []}  # type: dict[int, list[tuple[str, float]]]
    for point in drawn.points:
        if point.phase in names:
            names[point.phase].append((point.period, point.value))
    before = drawn.phases[place - 1]
    if before.status == "none":
        return []
    both = names[place - 1] + names[place]
    made = chart_of([one[0] for one in both], [one[1] for one in both], baseline=max(before.count, FEWEST))
    later = {one[0] for one in names[place]}
    found = []
    for signal in made.signals:
        if kept := tuple(one for one in signal.periods if one in later):
            found.append(
                Signal(signal.rule, signal.side, signal.periods if signal.rule in ("run", "trend") else kept, place)
            )
    return found


def facts(row: Mapping[str, Any]) -> dict[str, bool]:
    """Return, by rule, what only a row's figures settle."""
    series = row.get("series")
    made = threshold_facts(row)
    made["no-series"] = not has_figures(series)
    if not has_figures(series):
        return made
    drawn = chart(series)
    last = drawn.phases[-1]
    made["few"] = last.status == "none"
    made["empty-step"] = any(
        phase.kind == "step" and drawn.phases[place - 1].status != "none" and not tested(series, drawn, place)
        for place, phase in enumerate(drawn.phases)
    )
    target = row.get("target")
    made["in-noise"] = target is not None and last.status != "none" and last.low < target < last.high
    by, until = year(text(row, "by")), year(series["points"][-1][0])
    made["date-passed"] = by is not None and until is not None and by < until
    return made


def claims(row: Mapping[str, Any]) -> list[Claim]:
    """Return what a row's figures let a board say, and what not.

    Parameters
    ----------
    row : mapping
        A row of the plan, with or without a series.
    """
    series = row.get("series")
    if not has_figures(series):
        return [("cannot", "Say whether anything changed: there is no series of figures.")]
    drawn = chart(series)
    last = drawn.phases[-1]
    held = [point for point in drawn.points if point.phase == len(drawn.phases) - 1 and not math.isnan(point.value)]
    made: list[Claim] = []
    if last.status == "none":
        many = f"{last.figures} figure{'' if last.figures == 1 else 's'}"
        made.append(
            (
                "cannot",
                f"Say whether {_span(last)} shows change or noise: {many}. Limits take {FEWEST} in a row at least, "
                f"and are settled from {SET}.",
            )
        )
    else:
        made += _within(series, drawn, held)
        if last.status == "trial":
            made.append(
                (
                    "cannot",
                    f"Rely on these limits: they rest on {last.count} figures, and until there are {SET} each "
                    f"new one may "
                    "move them.",
                )
            )
    for place, phase in enumerate(drawn.phases):
        if phase.kind == "break":
            made.append(
                ("cannot", f"Compare the figures from {phase.first} on with those before: {_plain(phase.reason)}.")
            )
        elif phase.kind == "step":
            made += _step(series, drawn, place)
    if gaps := [point.period for point in drawn.points if math.isnan(point.value)]:
        which = ", ".join(gaps) if len(gaps) <= 4 else f"{len(gaps)} periods between {gaps[0]} and {gaps[-1]}"
        made.append(("cannot", f"Say anything of {which}: no figure is known, so no line is drawn through the gap."))
    target = row.get("target")
    if target is not None and last.status != "none":
        made += _target(series, last, float(target))
    return made


def _within(series: Mapping[str, Any], drawn: ControlChart, held: Sequence[Any]) -> list[Claim]:
    last = drawn.phases[-1]
    low, high = ends(series, last)
    signals = [one for one in drawn.signals if one.phase == len(drawn.phases) - 1]
    if signals:
        said = "; ".join(in_words(one) for one in signals)
        made: list[Claim] = [("can", f"Say that something is different: {said}.{_direction(series, signals, held)}")]
        out = sum(len(one.periods) for one in signals if one.rule == "outside")
        if 2 * out >= last.figures:
            made.append(
                (
                    "cannot",
                    f"Expect the next figure between the limits: {out} of {last.figures} lie outside. Limits "
                    f"describe a "
                    "process that stays, and this one does not.",
                )
            )
        run = next((one for one in signals if one.rule == "run" and one.periods[-1] == held[-1].period), None)
        if run and run.periods[0] != last.first:
            made.append(
                (
                    "can",
                    f"Compute the limits anew from {run.periods[0]}, if a change was named for that time before "
                    "anybody saw the figures.",
                )
            )
        made.append(
            (
                "cannot",
                "Say what made the difference, or who: a chart dates a change and does not explain it. Ask what "
                "else happened then.",
            )
        )
        return made
    made = [
        (
            "can",
            f"Say that {_span(last)} looks like one process: around {quantity(series, last.mean)}. Unless "
            f"something changes, "
            f"expect the next figure between {quantity(series, low)} and {quantity(series, high)}.",
        )
    ]
    if len(held) > 1:
        now, before = held[-1], held[-2]
        made.append(
            (
                "cannot",
                f"Call {quantity(series, now.value)} in {now.period} a change on {quantity(series, before.value)} in "
                f"{before.period}: differences like this are usual here.",
            )
        )
    made.append(
        (
            "cannot",
            f"Say that nothing changed: a change of less than about {distance(series, last.high - last.mean)} "
            f"can hide in "
            "limits as wide as these.",
        )
    )
    return made


def _direction(series: Mapping[str, Any], signals: Sequence[Signal], held: Sequence[Any]) -> str:
    """Whether the latest signal goes the way that the plan wants."""
    if series["better"] == "neither":
        return ""
    place = {point.period: at for at, point in enumerate(held)}
    latest = max(signals, key=lambda one: place[one.periods[-1]])
    up = latest.side in ("above", "rising")
    wanted = up == (series["better"] == "higher")
    return f" The latest goes {'the way the plan wants' if wanted else 'the other way'}."


def _step(series: Mapping[str, Any], drawn: ControlChart, place: int) -> list[Claim]:
    before, phase = drawn.phases[place - 1], drawn.phases[place]
    reason = _plain(phase.reason)
    if before.status == "none":
        return [("cannot", f"Say whether “{reason}” changed the figures: there are too few before {phase.first}.")]
    found = tested(series, drawn, place)
    if found:
        said = "; ".join(in_words(one) for one in found)
        made: list[Claim] = [
            (
                "can",
                f"Say that figures from {phase.first} on (“{reason}”) differ from those before: held against "
                f"the earlier "
                f"limits, {said}. The mean was {quantity(series, before.mean)} and is "
                f"{quantity(series, phase.mean)}.",
            )
        ]
    else:
        made = [
            (
                "cannot",
                f"Claim that “{reason}” changed the figures: held against the limits of before, nothing from "
                f"{phase.first} on "
                "is a signal. A step drawn without one hides that.",
            )
        ]
    old = [one for one in drawn.points if one.phase == place - 1 and not math.isnan(one.value)]
    recent, start = old[-3:], sum(one.value for one in old[-3:]) / len(old[-3:])
    for pick, name, way in ((min, "lowest", "rise"), (max, "highest", "fall")):
        extreme = pick(old, key=lambda one: one.value)
        moved = phase.mean > start if way == "rise" else phase.mean < start
        if len(old) >= 8 and extreme in recent and moved:
            made.append(
                (
                    "cannot",
                    f"Count the whole {way} since {phase.first}: it was begun after the {name} figure of before "
                    f"({quantity(series, extreme.value)} in {extreme.period}). After an extreme figure the next "
                    f"usually lies "
                    "nearer the middle, whatever is done.",
                )
            )
            break
    return made


def _target(series: Mapping[str, Any], last: Phase, target: float) -> list[Claim]:
    low, high = ends(series, last)
    shown, between = quantity(series, target), f"{quantity(series, low)} to {quantity(series, high)}"
    if last.low < target < last.high:
        return [
            (
                "cannot",
                f"Take one figure that meets {shown} as success: it lies inside the limits ({between}), so the "
                f"process as it "
                "is meets and misses it by chance.",
            )
        ]
    if series["better"] == "neither":
        return []
    if (target >= last.high) == (series["better"] == "higher"):
        return [
            (
                "can",
                f"Say that {shown} will not be reached by waiting: it lies outside what the process gives now "
                f"({between}). "
                "Something has to be changed.",
            )
        ]
    return [
        ("can", f"Say that the process as it is meets {shown} as a rule: all of {between} is on the right side of it.")
    ]


def in_words(signal: Signal) -> str:
    """Return a signal in words."""
    first, last, many = signal.periods[0], signal.periods[-1], len(signal.periods)
    which = ", ".join(signal.periods) if many <= 3 else f"{many} figures from {first} to {last}"
    if signal.rule == "outside":
        return f"{which} {signal.side} the limits"
    if signal.rule == "run":
        return f"{many} in a row {signal.side} the centre line, {first} to {last}"
    if signal.rule == "trend":
        return f"{many} in a row {signal.side}, {first} to {last}"
    return f"two of three near the {'upper' if signal.side == 'above' else 'lower'} limit, {which}"


def reading(series: Mapping[str, Any] | None) -> str:
    """Return where a series stands, in one sentence."""
    if not has_figures(series):
        return "No series of figures."
    drawn = chart(series)
    last, place = drawn.phases[-1], len(drawn.phases) - 1
    latest = next(one for one in reversed(series["points"]) if one[1] is not None)
    made_up = "Synthetic figures. " if series["synthetic"] else ""
    now = f"{made_up}{quantity(series, float(latest[1]))} in {latest[0]}."
    if last.status == "none":
        return f"{now} Too few figures to tell change from noise."
    low, high = ends(series, last)
    span = f"centre {quantity(series, last.mean)}, limits {quantity(series, low)} to {quantity(series, high)}"
    found = [one for one in drawn.signals if one.phase == place]
    trial = "trial limits" if last.status == "trial" else "limits"
    span = span.replace("limits", trial)
    said = f"{len(found)} signal{'' if len(found) == 1 else 's'}" if found else "no signal"
    since = f" since {last.first}" if place else ""
    return f"{now} {said.capitalize()}{since}: {span}."


def _span(phase: Phase) -> str:
    return phase.first if phase.first == phase.last else f"{phase.first} to {phase.last}"


def _plain(reason: str) -> str:
    return reason.rstrip(" .")
