"""Titles in words: of axes, legends and columns; never a bare column name, never two joined by a comma."""

from __future__ import annotations

from typing import Any

from equitykit.charts.walk import Spec, in_words, own_encodings, views

_GUIDE = {"x": "axis", "y": "axis", "color": "legend", "fill": "legend", "stroke": "legend", "shape": "legend"}
_GUIDE |= {"size": "legend", "opacity": "legend", "strokeDash": "legend"}
_HEADERS = ("row", "column", "facet")


def say_in_words(spec: Spec) -> None:
    """Title every encoding of a specification, in place.

    An encoding's own title names its column, in the table too; its guide (axis or legend) is named once for
    all layers that share it. The title of a measured y axis moves above the chart, where it reads from the
    left edge and has room to wrap.
    """
    for part in _panels(spec):
        for channel, guide in _GUIDE.items():
            _share(part, channel, guide)
        _lift(part)
    for view in views(spec):
        for channel, encoding in own_encodings(view):
            field = encoding.get("field")
            if channel in _HEADERS and isinstance(field, str) and "title" not in encoding:
                encoding["title"] = in_words(field)
                encoding["header"] = {"title": None, **(encoding.get("header") or {})}


def _panels(spec: Spec) -> list[Spec]:
    """Return the parts of a chart that have axes of their own."""
    inner = [view for key in ("hconcat", "vconcat", "concat") for view in spec.get(key, [])]
    return [panel for view in inner for panel in _panels(view)] if inner else [spec]


def _share(panel: Spec, channel: str, guide: str) -> None:
    found = [e for view in views(panel) for c, e in own_encodings(view) if c == channel and _drawn(e, guide)]
    for encoding in found:
        given = (encoding.get(guide) or {}).get("title")
        if given and not encoding.get("title"):
            encoding["title"] = given
    explicit = next((e["title"] for e in found if e.get("title")), None)
    refused = any("title" in e and not e["title"] for e in found) or any(
        "title" in (e.get(guide) or {}) and not e[guide]["title"] for e in found
    )
    for encoding in found:
        if not encoding.get("title"):
            encoding["title"] = _own(encoding)
    shared = explicit or (None if refused else next((e["title"] for e in found if e["title"]), None))
    if len(found) > 1 and _independent(panel, channel, guide):
        return
    for encoding in found:
        encoding[guide] = {**(encoding.get(guide) or {}), "title": shared}


def _drawn(encoding: dict[str, Any], guide: str) -> bool:
    hidden = guide in encoding and encoding[guide] is None
    return not hidden and ("field" in encoding or "aggregate" in encoding)


def _own(encoding: dict[str, Any]) -> str:
    field, summary = encoding.get("field"), encoding.get("aggregate")
    if not isinstance(field, str):
        return {"count": "Number of rows"}.get(str(summary), in_words(str(summary or "")))
    return f"{in_words(field)} ({summary})" if isinstance(summary, str) else in_words(field)


def _independent(panel: Spec, channel: str, guide: str) -> bool:
    resolve = panel.get("resolve", {})
    return any(resolve.get(part, {}).get(channel) == "independent" for part in (guide, "scale"))


def _lift(panel: Spec) -> None:
    """Set a measured y axis's title above its panel."""
    if "title" in panel or _independent(panel, "y", "axis"):
        return
    found = [e for view in views(panel) for c, e in own_encodings(view) if c == "y" and _drawn(e, "axis")]
    measured = [e for e in found if e.get("type") in {"quantitative", "temporal"}]
    title = next((e["axis"]["title"] for e in measured if e["axis"].get("title")), None)
    if title:
        for encoding in measured:
            encoding["axis"]["title"] = None
        panel["title"] = {"text": title}
