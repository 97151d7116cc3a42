"""What a bare Altair chart becomes when a notebook displays it: drawn offline, and in words."""

from __future__ import annotations

from typing import Any

import altair as alt

from equitykit.charts import table as tables
from equitykit.charts.describe import describe
from equitykit.charts.figures import Figure, initial
from equitykit.charts.spec import prepare
from equitykit.charts.still import key
from equitykit.charts.walk import Spec
from equitykit.errors import CourseError

VEGALITE_MIME = "application/vnd.vegalite.v6+json"
"""Altair's own renderer writes `…v6.json`, which is no JSON type to nbformat, and the notebook cannot be saved."""


def render(spec: Spec, **_options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the MIME bundle of a chart that has not been made a figure.

    JupyterLab 4.6 draws Vega-Lite up to version 5 by itself and Altair writes version 6: the bundle
    therefore holds the kit's own figure, which brings its library with it, beside the specification.

    Parameters
    ----------
    spec : dict
        Vega-Lite, as Altair hands it to its renderers.
    """
    made = prepare(spec)
    words = describe(made)
    made.setdefault("description", words)
    try:
        rows = tables.from_spec(made, name="chart")
    except CourseError:
        rows = []  # a table is owed by a figure; a student's sketch is drawn without one
    name = f"chart-{key(made)[:8]}"
    drawn = Figure(name=name, label="Chart", words=words, spec=made, table=rows, selection=initial(made))
    bundle, metadata = drawn._repr_mimebundle_()
    return {**bundle, VEGALITE_MIME: made, "text/plain": words}, metadata


alt.renderers.register("equitykit", render)
alt.renderers.enable("equitykit")
