"""A control chart as a drawing for documents, drawn as ``static/board-chart.js`` draws it in the page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

from equitykit.widgets.board_claims import chart, ends, quantity

WIDTH, HEIGHT = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 20, 84, 18, 34
_INK, _MUTED, _LIMITS, _SIGNAL, _STEP, _TARGET = "#1f2a33", "#51606c", "#0b5c6b", "#b4482a", "#6a4c93", "#2f6b3c"


def svg(series: Mapping[str, Any], target: float | None = None) -> str:
    """Return the control chart of a series as SVG.

    Parameters
    ----------
    series : mapping
        A row's series, with at least one figure.
    target : float, optional
        The threshold, drawn as a line.
    """
    drawn = chart(series)
    lines = [one for phase in drawn.phases if phase.status != "none" for one in ends(series, phase)]
    held = [one.value for one in drawn.points if not math.isnan(one.value)]
    shown = [*held, *lines, *([] if target is None else [target])]
    spread = (max(shown) - min(shown)) or abs(shown[0]) * 0.1 or 1.0
    low, high = min(shown) - 0.08 * spread, max(shown) + 0.08 * spread
    gap = (WIDTH - _LEFT - _RIGHT) / max(1, len(drawn.points) - 1)

    def x(place: float) -> float:
        return round(_LEFT + place * gap, 1)

    def y(value: float) -> float:
        return round(_TOP + (1 - (value - low) / (high - low)) * (HEIGHT - _TOP - _BOTTOM), 1)

    made: list[str] = []
    for number, phase in enumerate(drawn.phases):
        places = [place for place, one in enumerate(drawn.points) if one.phase == number]
        start, end = (
            x(places[0] - (0.4 if number else 0)),
            x(places[-1] + (0.4 if number + 1 < len(drawn.phases) else 0)),
        )
        if number:
            dash = "" if phase.kind == "break" else ' stroke-dasharray="3 3"'
            made.append(_line(start - 0.1 * gap, 6, start - 0.1 * gap, HEIGHT - _BOTTOM, _STEP, 2, dash))
            made.append(_text(start - 0.1 * gap + 4, 14, phase.kind, _MUTED))
        if phase.status == "none":
            continue
        bottom, top = ends(series, phase)
        made.append(
            f'<rect x="{start}" y="{y(top)}" width="{max(1.0, end - start):.1f}" '
            f'height="{max(1.0, y(bottom) - y(top)):.1f}" fill="{_LIMITS}" fill-opacity="0.1"/>'
        )
        dash = ' stroke-dasharray="2 4"' if phase.status == "trial" else ' stroke-dasharray="6 4"'
        made += [_line(start, y(one), end, y(one), _LIMITS, 1.5, dash) for one in (top, bottom)]
        made.append(_line(start, y(phase.mean), end, y(phase.mean), _LIMITS, 2))
        if number + 1 == len(drawn.phases):
            made += [
                _text(WIDTH - _RIGHT + 8, y(one) + 4, quantity(series, one), _INK, bold=True)
                for one in (top, phase.mean, bottom)
            ]
    if target is not None:
        made.append(_line(_LEFT, y(target), WIDTH - _RIGHT, y(target), _TARGET, 2))
        made.append(_text(_LEFT + 4, y(target) - 5, f"threshold {quantity(series, target)}", _INK, bold=True))
    path = ""
    for place, point in enumerate(drawn.points):
        if math.isnan(point.value):
            continue
        before = drawn.points[place - 1] if place else None
        joined = before is not None and not math.isnan(before.value) and before.phase == point.phase
        path += f"{'L' if joined else 'M'}{x(place)} {y(point.value)}"
    made.append(f'<path d="{path}" fill="none" stroke="{_MUTED}" stroke-width="1.5"/>')
    for place, point in enumerate(drawn.points):
        if math.isnan(point.value):
            made.append(_text(x(place), HEIGHT - _BOTTOM - 4, "?", _SIGNAL, anchor="middle", bold=True))
        else:
            made.append(_mark(point.signals[0] if point.signals else "", x(place), y(point.value)))
    every = max(1, math.ceil(len(drawn.points) / 7))
    for place in range(0, len(drawn.points), every):
        anchor = "start" if place == 0 else "middle"
        made.append(_text(x(place), HEIGHT - 10, drawn.points[place].period, _MUTED, anchor=anchor))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="13"><rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f"{''.join(made)}</svg>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float, more: str = "") -> str:
    ends_at = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends_at} stroke="{colour}" stroke-width="{width}"{more}/>'


def _text(x: float, y: float, said: str, colour: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{weight}>{escape(said)}</text>'


def _mark(rule: str, x: float, y: float) -> str:
    """A figure's mark: its shape says which rule it meets."""
    place = f'transform="translate({x} {y})" fill="{_SIGNAL if rule else _MUTED}"'
    if rule == "outside":
        return f'<path {place} d="M0 -6.5L6.5 0L0 6.5L-6.5 0Z"/>'
    if rule == "trend":
        return f'<path {place} d="M0 -5.8L5.6 4.4L-5.6 4.4Z"/>'
    if rule == "two of three":
        return f'<rect {place} x="-4.4" y="-4.4" width="8.8" height="8.8"/>'
    return f'<circle {place} r="{5 if rule else 3.4}"/>'
