"""A figure as HTML that needs no script: what `figure.js` builds too, and takes over where it finds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from equitykit.charts.theme import HEIGHT
from equitykit.widgets.base import table_html


def figure_html(state: Mapping[str, Any], drawing: str = "") -> str:
    """Return a figure: its claim, the chart, source and licence, and the same in words and as a table.

    Parameters
    ----------
    state : mapping
        The state of an :class:`equitykit.charts.Figure`.
    drawing : str, optional
        SVG of the chart. Without it the words stand in its place, open.
    """
    name = escape(state["name"], quote=True)
    words = f'<p class="ek-words" id="{name}-words">{escape(state["words"])}</p>'
    table = table_html(state["table"], caption=state["title"]) if state["table"] else ""
    reserve = f' style="--ek-height:{_height(state["spec"], drawing):g}px"'
    chart = f'<div class="ek-chart"{reserve}>{drawing}</div>' if drawing else ""
    note = f'<p class="ek-note">{escape(state["note"])}</p>' if state["note"] else ""
    title = f"<figcaption>{escape(state['title'])}</figcaption>" if state["title"] else ""
    return (
        f'<figure class="ek-figure">{title}{chart}{source_html(state["source"])}{note}'
        f"{_disclosure('In words', words, opened=not drawing)}{_disclosure('As a table', table)}</figure>"
    )


def source_html(source: list[dict[str, Any]]) -> str:
    """Return the line that says where the numbers come from and under which licence."""
    if not source:
        return ""
    parts = []
    for one in source:
        text = escape(one["text"])
        if one["url"]:
            text = f'<a href="{escape(one["url"], quote=True)}">{text}</a>'
        kind = "Synthetic data" if one["synthetic"] else ""
        extra = ". ".join(escape(part) for part in (kind, one["licence"]) if part)
        parts.append(f"{text}. {extra}" if extra else text)
    label = "Source" if len(parts) == 1 else "Sources"
    return f'<p class="ek-source">{label}: {"; ".join(parts)}</p>'


def _height(spec: Mapping[str, Any], drawing: str) -> float:
    """Return the height to keep free: the chart's own, or the picture's where the chart is made of several."""
    if isinstance(spec.get("height"), (int, float)):
        return spec["height"]
    box = re.search(r'viewBox="\S+ \S+ \S+ (\S+)"', drawing)
    return float(box[1]) if box else HEIGHT


def _disclosure(summary: str, content: str, *, opened: bool = False) -> str:
    if not content:
        return ""
    return f'<details class="ek-disclosure"{" open" if opened else ""}><summary>{summary}</summary>{content}</details>'
