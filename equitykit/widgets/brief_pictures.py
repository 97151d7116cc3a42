"""The two pictures of the worked brief, drawn as SVG in the colours of paper: a chart, and the course's own drawing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

_INK, _MUTED, _TEAL, _RUST, _LINE, _SAND = "#1f2a33", "#4a5863", "#0b5c6b", "#b4482a", "#d8d2c4", "#f5f1e8"
_DUSK, _OCHRE = "#efe6d6", "#8a6a00"
_SANS = "'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_LOW, _HIGH = 52.0, 62.0
WIDE, HIGH = 450, 290
YEARS = ("2004/05", "2013/14")


def lines(ends: Mapping[str, Sequence[float]], gaps: Sequence[tuple[float, float, float]]) -> str:
    """Return the chart: GPs for the most and least deprived fifths in two years, and the gap with its interval."""
    left, right = 112.0, 338.0
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
            _text(left + 10, start + nudge * 40 + 4, name, anchor="start", size=15, weight=600, fill=colour),
        ]
    return _svg(drawn)


def doors() -> str:
    """Return the drawing: threads towards two doors of one width; at one of them some turn back."""
    half, wall, width = WIDE / 2, 140.0, 44.0
    drawn = [
        f'<rect width="{half}" height="{HIGH}" fill="{_SAND}"/>',
        f'<rect x="{half}" width="{half}" height="{HIGH}" fill="{_DUSK}"/>',
    ]
    for panel, (through, each_side, colour) in enumerate([(6, 0, _TEAL), (9, 3, _RUST)]):
        left, middle = half * panel, half * panel + half / 2
        many = through + 2 * each_side
        for place in range(many):
            start = left + 16 + (place + 0.5) / many * (half - 32)
            turned = min(place, many - 1 - place)
            if turned < each_side:
                drawn.append(_turning(start, middle, -1 if start < middle else 1, turned))
            else:
                share = (place - each_side + 0.5) / through - 0.5
                drawn.append(_passing(start, middle + share * (width - 10), middle + share * (half - 60), wall, colour))
        side = half / 2 - width / 2
        for x in (left, middle + width / 2):
            drawn.append(f'<rect x="{x:.1f}" y="{wall - 8:.1f}" width="{side:.1f}" height="16" fill="{_INK}"/>')
    drawn.append(f'<rect x="{half - 2}" width="4" height="{HIGH}" fill="#fff"/>')
    return _svg(drawn)


def _passing(start: float, door: float, end: float, wall: float, colour: str) -> str:
    """A thread from below through a door."""
    way = (
        f"M{start:.1f} {HIGH}C{start:.1f} {wall + 70:.1f} {door:.1f} {wall + 78:.1f} {door:.1f} {wall:.1f}"
        f"S{end:.1f} 66 {end:.1f} 0"
    )
    return _path(way, colour)


def _turning(start: float, middle: float, away: int, place: int) -> str:
    """A thread that bends back before the door; those that began further in come nearer to it."""
    peak = 212.0 - 18 * place
    inner, outer = start - away * (16 + 6 * place), start + away * (6 - 2 * place)
    way = (
        f"M{start:.1f} {HIGH}C{start:.1f} {peak + 34:.1f} {inner:.1f} {peak + 30:.1f} {inner:.1f} {peak + 12:.1f}"
        f"C{inner:.1f} {peak - 10:.1f} {outer:.1f} {peak - 10:.1f} {outer:.1f} {peak + 14:.1f}"
    )
    return _path(way, _OCHRE)


def _svg(drawn: Sequence[str]) -> str:
    about = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}"'
    return f"<svg {about}>{''.join(drawn)}</svg>"


def _path(way: str, colour: str) -> str:
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="4" stroke-linecap="round"/>'


def _text(
    x: float, y: float, said: str, *, anchor: str = "middle", size: int = 15, weight: int = 400, fill: str = _INK
) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}"'
    return f'<text {place} font-family="{_SANS}" font-size="{size}" font-weight="{weight}">{said}</text>'


def _height(value: float) -> float:
    return 210 - (value - _LOW) / (_HIGH - _LOW) * 180


def _circle(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x}" cy="{y:.1f}" r="7" fill="{colour}"/>'


def _square(x: float, y: float, colour: str) -> str:
    return f'<rect x="{x - 6.5}" y="{y - 6.5:.1f}" width="13" height="13" fill="{colour}"/>'


def _signed(value: float) -> str:
    return f"−{abs(value):.1f}" if value < 0 and not math.isclose(value, 0) else f"{value:.1f}"
