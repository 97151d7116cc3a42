"""A chart, its claim, its words, its table and its source, as one accessible figure."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pandas as pd
import traitlets

from equitykit.charts import table as tables
from equitykit.charts.markup import figure_html
from equitykit.charts.sources import Data, sources
from equitykit.charts.spec import to_spec
from equitykit.charts.walk import Spec, params
from equitykit.errors import CourseError
from equitykit.widgets.base import Interactive

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@cache
def _vega() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script that needs no network; made once per process."""
    import vl_convert

    return vl_convert.javascript_bundle()  # type: ignore[call-arg]  # its stub knows no default


class Figure(Interactive):
    """An accessible figure; :func:`figure` makes one, after its checks.

    Attributes
    ----------
    spec : dict
        The chart, as Vega-Lite.
    title : str
        What the figure claims, as a sentence.
    source : list of dict
        ``title``, ``text``, ``url``, ``licence``, ``synthetic`` of each dataset behind it.
    note : str
        What a reader should know beside the chart.
    selection : dict
        What the reader has chosen in the chart, by parameter; kept up to date by the page.
    """

    module = "figure"

    spec = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)
    source = traitlets.List(traitlets.Dict()).tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    selection = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(self._answer)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        """Send the chart library to the front end, which asks once per page."""
        if isinstance(message, dict) and message.get("type") == "vega":
            self.send({"type": "vega", "text": _vega()})

    def still(self) -> str:
        """Return the figure without its drawing: fonts differ between machines, and notebooks are compared."""
        return figure_html(self.state())


def figure(
    chart: Any,
    *,
    name: str,
    title: str,
    words: str,
    data: Data | None = None,
    table: pd.DataFrame | list[list[str]] | None = None,
    note: str | None = None,
) -> Figure:
    """Return a chart as an accessible figure that names its source.

    Parameters
    ----------
    chart : altair chart
        Any Altair chart; the course's theme is on once :mod:`equitykit.charts` is imported.
    name : str
        Stable id in its page, in lower case with hyphens: ``"years-by-decile"``.
    title : str
        The claim that the chart shows, as a sentence.
    words : str
        What the chart shows, for a reader who does not see it: the numbers that matter, and the shape.
    data : DataFrame or list of DataFrame
        The frames from :func:`equitykit.data.load` that the chart is made from; left out, the chart's own.
    table : DataFrame or list of list of str, optional
        What is shown, as a table; left out, the columns that the chart draws.
    note : str, optional
        A caveat to print under the chart.

    Raises
    ------
    CourseError
        If the name is no slug, a text is empty, or a source is missing.
    """
    if not isinstance(name, str) or not _SLUG.fullmatch(name):
        raise CourseError(f"The figure's name {name!r} cannot be an id: use lower case, digits and hyphens.")
    for what, text in (("title", title), ("words", words)):
        if not isinstance(text, str) or not text.strip():
            raise CourseError(f"The figure {name!r} has no {what}: say in a sentence what the chart shows.")
    if data is None and isinstance(getattr(chart, "data", None), pd.DataFrame):
        data = chart.data
    source = sources(data, name=name)
    spec = to_spec(chart, title=title.strip())
    if any(one["synthetic"] for one in source):
        _mark_synthetic(spec)
    return Figure(
        name=name,
        label=title.strip(),
        title=title.strip(),
        words=words.strip(),
        note=(note or "").strip(),
        source=source,
        spec=spec,
        table=_rows(table, spec, name),
        selection=initial(spec),
    )


def initial(spec: Spec) -> dict[str, Any]:
    """Return what is chosen in a chart before anybody has touched it."""
    return {p["name"]: p.get("value") for p in params(spec) if "select" in p or "bind" in p}


def _rows(table: pd.DataFrame | list[list[str]] | None, spec: Spec, name: str) -> list[list[str]]:
    if table is None:
        return tables.from_spec(spec, name=name)
    if isinstance(table, pd.DataFrame):
        return tables.from_frame(table)
    rows = [[str(cell) for cell in row] for row in table]
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise CourseError(f"The table of the figure {name!r} needs a header and rows of the same length.")
    return rows


def _mark_synthetic(spec: Spec) -> None:
    """Write 'Synthetic data' into the drawing itself, so that a copy of the picture says it too."""
    title = spec.get("title")
    title = {"text": title} if isinstance(title, (str, list)) else dict(title or {})
    below = [part for key in ("text", "subtitle") for part in _lines(title.get(key))]
    spec["title"] = {
        **{key: value for key, value in title.items() if key not in {"text", "subtitle"}},
        "text": "Synthetic data",
        "color": "var(--ek-turn)",
        "fontWeight": 700,
        **({"subtitle": below} if below else {}),
    }


def _lines(text: Any) -> list[str]:
    return list(text) if isinstance(text, list) else [text] if text else []
