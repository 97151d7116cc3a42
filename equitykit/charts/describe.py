"""A bare chart in words: what is drawn against what, for a chart that nobody has described yet."""

from __future__ import annotations

from equitykit.charts.walk import Spec, in_words, own_encodings, rows, views

_CHANNELS = {
    "x": "across",
    "y": "up",
    "color": "by colour",
    "fill": "by colour",
    "stroke": "by colour",
    "shape": "by shape",
    "size": "by size",
    "opacity": "by strength",
    "row": "one row for each",
    "column": "one column for each",
    "facet": "one panel for each",
    "theta": "by angle",
    "text": "written out",
}


def describe(spec: Spec) -> str:
    """Return one sentence on what a chart draws; it says nothing of what the chart shows."""
    marks: dict[str, None] = {}
    parts: dict[str, str] = {}
    for view in views(spec):
        mark = view.get("mark")
        if mark:
            marks[mark if isinstance(mark, str) else str(mark.get("type", ""))] = None
        for channel, encoding in own_encodings(view):
            field = encoding.get("field") or encoding.get("aggregate")
            if channel in _CHANNELS and isinstance(field, str) and channel not in parts:
                parts[channel] = f"{_CHANNELS[channel]}: {in_words(field).lower()}"
    kinds = " and ".join(marks) or "view"
    count = len(rows(spec))
    drawn = f"A chart ({kinds})" + (f" of {count} rows" if count else "")
    said = [parts[channel] for channel in _CHANNELS if channel in parts]
    return f"{drawn}; {'; '.join(said)}." if parts else f"{drawn}."
