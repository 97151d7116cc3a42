"""An interactive in a static page: its state as JSON, its still, and a place for the host to render."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin

from equitykit.widgets.base import MIME, words_html


class InteractiveRenderer(MimeRenderPlugin):
    """Renders the kit's own MIME type; registered under ``myst_nb.mime_renderers``."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Return the page's node for an interactive, or ``None`` for what is not one."""
        if inline or data.mime_type != MIME:
            return None
        bundle = data.content if isinstance(data.content, dict) else json.loads(data.content)
        folder = Path(renderer.renderer.sphinx_env.doctreedir) / "stills"
        return [nodes.raw("", static_html(bundle, still_html(bundle, folder)), format="html")]


def still_html(bundle: dict[str, Any], folder: Path) -> str:
    """Return what an interactive shows before, or without, its script: words, table, and a chart's drawing.

    Drawings are made here and not kept in notebooks: fonts differ between machines, and outputs are compared.

    Parameters
    ----------
    bundle : dict
        ``{"module", "name", "state"}``, and ``still`` where the interactive brings its own.
    folder : Path
        Where drawings are kept between builds.
    """
    if "still" in bundle:
        return bundle["still"]
    state = bundle["state"]
    if bundle["module"] == "figure":
        from equitykit.charts import still  # only pages with charts pay for the library
        from equitykit.charts.markup import figure_html

        return figure_html(state, still.cached(state["spec"], folder))
    return words_html(state.get("words", ""), state.get("table", []), caption=state.get("label", ""))


def static_html(bundle: dict[str, Any], still: str) -> str:
    """Return the HTML of an interactive that the host brings to life.

    Parameters
    ----------
    bundle : dict
        ``{"module", "name", "state"}``, as :meth:`equitykit.widgets.Interactive.bundle` returns it.
    still : str
        HTML that says the same without a script.
    """
    state = json.dumps(bundle["state"], ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    label = escape(bundle["state"].get("label") or bundle["module"], quote=True)
    name = escape(bundle["name"], quote=True)
    return (
        f'<section class="ek-interactive" id="{name}" data-module="{escape(bundle["module"], quote=True)}"'
        f' aria-label="{label}"><script type="application/json">{state}</script>'
        f'<div class="ek-stage">{still}</div></section>'
    )
