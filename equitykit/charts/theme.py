"""The look of every chart: calm, generous type, and colours that the page decides.

Colours are CSS variables. Vega's SVG renderer writes them through as they are, so a chart follows
the page from light to dark without being drawn again. No mark may therefore need a colour that
Vega has to compute with: see :func:`equitykit.charts.spec.prepare` for continuous scales.
"""

from __future__ import annotations

from typing import Any

import altair as alt

INK = "var(--ek-ink)"
MUTED = "var(--ek-muted)"
LINE = "var(--ek-line)"
PAPER = "var(--ek-paper)"
TURN = "var(--ek-turn)"

CATEGORY = [f"var(--ek-{n})" for n in range(1, 7)]
"""Colours for groups, in order of use. They differ in lightness too, but never carry a meaning alone."""


def ramp(steps: int) -> list[str]:
    """Return colours from faint to full, for an ordered scale of so many steps."""
    least, most = 18, 92
    gaps = max(steps - 1, 1)
    shares = [round(least + (most - least) * step / gaps) for step in range(steps)]
    return [f"color-mix(in srgb, var(--ek-1) {share}%, var(--ek-paper))" for share in shares]


DIVERGING = [
    "color-mix(in srgb, var(--ek-2) 90%, var(--ek-paper))",
    "color-mix(in srgb, var(--ek-2) 45%, var(--ek-paper))",
    LINE,
    "color-mix(in srgb, var(--ek-1) 45%, var(--ek-paper))",
    "color-mix(in srgb, var(--ek-1) 90%, var(--ek-paper))",
]
"""Five steps either side of a middle."""

FONT = "Atkinson Hyperlegible Next, system-ui, sans-serif"
"""What text is measured with where no page is at hand; in a page the chart takes the page's own font."""

HEIGHT = 320
"""Height of a chart that names none, in pixels."""


@alt.theme.register("equitykit", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """Return the course's theme; importing :mod:`equitykit.charts` enables it."""
    axis: dict[str, Any] = {
        "domainColor": LINE,
        "gridColor": LINE,
        "gridOpacity": 0.7,
        "labelColor": MUTED,
        "labelFontSize": 13,
        "labelOverlap": "greedy",
        "labelPadding": 8,
        "labelSeparation": 6,
        "tickColor": LINE,
        "ticks": False,
        "titleAlign": "left",
        "titleColor": INK,
        "titleFontSize": 14,
        "titleFontWeight": 500,
        "titleLineHeight": 18,
    }
    config: dict[str, Any] = {
        "aria": False,  # the figure names and describes the drawing as one image
        "autosize": {"type": "fit", "contains": "padding"},
        "background": "transparent",
        "font": FONT,
        "padding": {"left": 1, "right": 12, "top": 4, "bottom": 4},
        "view": {"stroke": None, "continuousHeight": HEIGHT, "continuousWidth": 280},
        "axis": axis,
        "axisX": {"grid": False, "labelAngle": 0, "titleAnchor": "start", "titlePadding": 10},
        "axisXQuantitative": {"grid": True, "domain": False, "tickCount": 6},
        "axisXTemporal": {"tickCount": 6},
        "axisY": {
            "domain": False,
            "tickCount": 5,
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleBaseline": "bottom",
            "titleX": 0,
            "titleY": -10,
        },
        "axisYBand": {"labelColor": INK, "labelLimit": 0, "labelOverlap": False},
        "axisYPoint": {"labelColor": INK, "labelLimit": 0, "labelOverlap": False, "grid": False},
        "legend": {
            "columnPadding": 20,
            "labelColor": INK,
            "labelFontSize": 13,
            "gradientStrokeColor": PAPER,
            "labelLimit": 240,
            "layout": {
                "top": {"anchor": "start", "direction": "horizontal", "margin": 28},
                "bottom": {"anchor": "start", "direction": "horizontal", "margin": 28},
            },
            "offset": 10,
            "orient": "top",
            "rowPadding": 6,
            "symbolSize": 110,
            "symbolStrokeWidth": 2,
            "titleColor": MUTED,
            "titleFontSize": 13,
            "titleFontWeight": 400,
            "titleLimit": 320,
            "titlePadding": 6,
        },
        "header": {
            "labelAnchor": "start",
            "labelColor": INK,
            "labelFontSize": 14,
            "labelFontWeight": 600,
            "labelPadding": 8,
            "title": None,
        },
        "title": {
            "anchor": "start",
            "color": INK,
            "fontSize": 14,
            "fontWeight": 500,
            "frame": "bounds",
            "lineHeight": 18,
            "offset": 12,
            "subtitleColor": INK,
            "subtitleFontSize": 14,
            "subtitleFontWeight": 500,
            "subtitleLineHeight": 18,
            "subtitlePadding": 6,
        },
        "concat": {"spacing": 32},
        "facet": {"spacing": 32},
        "range": {
            "category": [*CATEGORY, *(f"color-mix(in srgb, {colour} 50%, var(--ek-paper))" for colour in CATEGORY)],
            "diverging": DIVERGING,
            "heatmap": ramp(5),
            "ordinal": ramp(5),
            "ramp": ramp(5),
        },
        "mark": {"color": CATEGORY[0]},
        "arc": {"stroke": PAPER, "strokeWidth": 2},
        "area": {"fillOpacity": 0.18, "line": {"strokeWidth": 2.5}},
        "bar": {"cornerRadiusEnd": 2},
        "errorband": {"opacity": 0.18},
        "line": {"strokeWidth": 2.5, "strokeCap": "round", "strokeJoin": "round"},
        "point": {"filled": True, "opacity": 1, "size": 90},
        "circle": {"opacity": 1, "size": 90},
        "square": {"opacity": 1, "size": 90},
        "rect": {"stroke": PAPER},
        "rule": {"color": MUTED, "strokeWidth": 1.5},
        "text": {"color": INK, "fontSize": 13},
        "tick": {"thickness": 3},
    }
    return alt.theme.ThemeConfig(config=config)  # type: ignore[typeddict-item]
