"""The two pictures of the worked brief, drawn as SVG in the colours of paper: a chart, and the course's own drawing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

_INK, _MUTED, _TEAL, _RUST, _LINE, _SAND = "#1f2a33", "#4a5863", "#0b5c6b", "#b4482a", "#d8d2c4", "#f5f1e8"
_SANS = "'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_LOW, _HIGH = 52.0, 62.0
WIDE, HIGH = 430, 290
YEARS = ("2004/05", "2013/14")


def lines(ends: Mapping[str, Sequence[float]], gaps: Sequence[tuple[float, float, float]]) -> str:
    """Return the chart: GPs for the most and least deprived fifths in two years, and the gap with its interval."""
    left, right = 108.0, 322.0
    drawn = [f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>']
    for place, (year, gap) in enumerate(zip(YEARS, gaps, strict=True)):
        x = right if place else left
        drawn += [
            f'<line x1="{x}" x2="{x}" y1="26" y2="214" stroke="{_LINE}" stroke-width="1.5"/>',
            _text(x, 18, year, size=16, weight=600),
            _text(x, 245, f"gap {_signed(gap[0])}", size=17, weight=700),
            _text(x, 266, f"{_signed(gap[1])} to {_signed(gap[2])}", size=15, fill=_MUTED),
        ]
    for (name, values), colour, nudge in zip(ends.items(), (_RUST, _TEAL), (1, -1), strict=True):
        start, end = (_height(value) for value in values)
        mark = _square if colour == _TEAL else _circle
        later = end - 3 if colour == _RUST else end + 15
        drawn += [
            f'<line x1="{left}" y1="{start:.1f}" x2="{right}" y2="{end:.1f}" stroke="{colour}" stroke-width="3.5"/>',
            mark(left, start, colour),
            mark(right, end, colour),
            _text(left - 14, start + 6, f"{values[0]:.1f}", anchor="end", size=18, weight=700, fill=colour),
            _text(right + 14, later, f"{values[1]:.1f}", anchor="start", size=18, weight=700, fill=colour),
            _text(left + 10, start + nudge * 30 + 6, name, anchor="start", size=15, weight=600, fill=colour),
        ]
    return _svg(drawn)


def doors() -> str:
    """Return the drawing: threads towards two doors of one width; at one of them some turn back."""
    half, wall, width = WIDE / 2, 150, 46
    drawn = [f'<rect width="{half}" height="{HIGH}" fill="{_SAND}"/>', f'<rect x="{half}" width="{half}" height="{HIGH}" fill="#efe6d6"/>']  # fmt: skip
    for panel, (through, back, colour) in enumerate([(6, 0, _TEAL), (9, 6, _RUST)]):
        middle = half * panel + half / 2
        many = through + back
        for place in range(many):
            share = (place + 0.5) / many
            start = half * panel + 14 + share * (half - 28)
            turned = back and place % 5 in (0, 2)
            bend = middle + (share - 0.5) * (width - 12)
            if turned:
                away = -1 if share < 0.5 else 1
                reach = wall + 34 + 5 * (place % 3)
                drawn.append(_path(f"M{start:.1f} {HIGH}C{start:.1f} {reach + 50:.1f} {bend:.1f} {reach + 46:.1f} {bend + away * 26:.1f} {reach:.1f}S{bend + away * 62:.1f} {reach + 30:.1f} {bend + away * 58:.1f} {reach + 62:.1f}", "#8a6a00"))  # fmt: skip
            else:
                end = middle + (share - 0.5) * (half - 70)
                drawn.append(_path(f"M{start:.1f} {HIGH}C{start:.1f} {wall + 60} {bend:.1f} {wall + 60} {bend:.1f} {wall}S{end:.1f} 70 {end:.1f} 0", colour))  # fmt: skip
        for x, long in ((half * panel, half / 2 - width / 2), (middle + width / 2, half / 2 - width / 2)):
            drawn.append(f'<rect x="{x:.1f}" y="{wall - 8}" width="{long:.1f}" height="16" fill="{_INK}"/>')
    drawn.append(f'<rect x="{half - 2}" width="4" height="{HIGH}" fill="#fff"/>')
    return _svg(drawn)


def _svg(drawn: Sequence[str]) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}">{"".join(drawn)}</svg>'  # fmt: skip


def _path(way: str, colour: str) -> str:
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="4" stroke-linecap="round"/>'


def _text(
    x: float, y: float, said: str, *, anchor: str = "middle", size: int = 15, weight: int = 400, fill: str = _INK
) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-family="{_SANS}" font-size="{size}" font-weight="{weight}" fill="{fill}">{said}</text>'  # fmt: skip


def _height(value: float) -> float:
    return 210 - (value - _LOW) / (_HIGH - _LOW) * 180


def _circle(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x}" cy="{y:.1f}" r="7" fill="{colour}"/>'


def _square(x: float, y: float, colour: str) -> str:
    return f'<rect x="{x - 6.5}" y="{y - 6.5:.1f}" width="13" height="13" fill="{colour}"/>'


def _signed(value: float) -> str:
    return f"−{abs(value):.1f}" if value < 0 and not math.isclose(value, 0) else f"{value:.1f}"
