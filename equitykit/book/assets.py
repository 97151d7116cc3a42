"""What the site ships to a reader's browser: styles, fonts, the host, the interactives."""

from __future__ import annotations

import hashlib
import re
import shutil
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_KIT = Path(__file__).parents[1]
_SITE = _KIT / "book" / "static"
_TEMPLATES = _KIT / "book" / "templates"
_WIDGETS = _KIT / "widgets" / "static"  # a path, not a package: importing the widgets would cost pandas
_BUNDLE = "all.css"
_BIBLIOGRAPHY_ROLE = re.compile(
    r' role="doc-biblioentry"|(?<=citation-list") role="list"| role="list"(?= class="citation-list)'
)


_EMPTY_HEADER = re.compile(r'<th class="head[^"]*">\s*(?:<p>\s*</p>)?\s*</th>')


def accessible(body: str) -> str:
    """Return a page's HTML with what Sphinx leaves out for keyboards and screen readers."""
    # The bibliography's roles are deprecated, and its list holds more than list items: it reads well without.
    body = _BIBLIOGRAPHY_ROLE.sub("", body)
    body = _EMPTY_HEADER.sub("<td></td>", body)  # a corner of a table is no header
    # On a phone a table may be wider than the screen: its wrapper scrolls, by keyboard too.
    body = body.replace(
        '<div class="table-wrapper', '<div role="group" tabindex="0" aria-label="Table" class="table-wrapper'
    )
    return body.replace('<div class="highlight"><pre>', '<div class="highlight"><pre tabindex="0">')  # it scrolls


def vega_bundle(folder: Path) -> Path:
    """Write Vega, Vega-Lite and Vega-Embed as one module into `folder`, once per version; return its path."""
    import vl_convert

    version = metadata.version("vl-convert-python")
    path = folder / "vega.js"
    stamp = folder / ".vega-version"
    if not (path.exists() and stamp.exists() and stamp.read_text() == version):
        folder.mkdir(parents=True, exist_ok=True)
        bundle = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # its stub knows no default
        path.write_text(bundle, "utf-8")
        stamp.write_text(version)
    return path


def digest() -> str:
    """Return a digest of all that the kit puts into a page, so that a change of the kit rebuilds the pages."""
    parts = [path for room in ("book", "widgets") for path in (_KIT / room).rglob("*") if path.is_file()]
    made = hashlib.sha256()
    for path in sorted(parts):
        if "__pycache__" not in path.parts:
            made.update(path.read_bytes())
    return made.hexdigest()


def _configure(app: Sphinx, config: Any) -> None:
    config.include_patterns = ["front/*.md", "modules/*/*", "datasets/*/card.md"]
    config.html_static_path = [*config.html_static_path, str(_SITE)]
    config.templates_path = [*config.templates_path, str(_TEMPLATES)]
    config.bibtex_bibfiles = sorted(p.name for p in Path(app.srcdir).glob("*.bib"))
    config.html_favicon = str(_SITE / "mark.svg")
    config.html_show_sphinx = False
    config.nb_ipywidgets_js = {}  # a page asks nobody else for a widget manager: the host needs none
    config.html_permalinks_icon = "#"


def _copy(app: Sphinx) -> None:
    """Put the interactives beside the host that imports them, and the chart library with them."""
    if app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for path in _WIDGETS.iterdir():
        if path.suffix in {".js", ".css"}:
            shutil.copyfile(path, static / path.name)
    shutil.copyfile(vega_bundle(Path(app.doctreedir)), static / "vega.js")


def _bundle(app: Sphinx, problem: Exception | None) -> None:
    """Join the style sheets into one: a phone asks once before it draws."""
    sheets = getattr(app.env, "ek_sheets", [])
    if problem or app.builder.format != "html" or not sheets:
        return
    static = Path(app.outdir) / "_static"
    parts = [Path(app.outdir, sheet).read_text("utf-8") for sheet in sheets]
    (static / _BUNDLE).write_text("\n".join(parts), "utf-8")


def _trim(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Keep only the scripts that a page uses, and mend what Furo says to screen readers."""
    alive = "ek-interactive" in context.get("body", "")
    context["script_files"] = [
        entry
        for entry in context["script_files"]
        if alive or not str(getattr(entry, "filename", entry)).endswith("host.js")
    ]
    if pagename != "search":  # there, scripts of the page itself wait for these
        for entry in context["script_files"]:
            if "type" not in getattr(entry, "attributes", {"type": ""}):
                entry.attributes["defer"] = "defer"
    sheets = [str(getattr(entry, "filename", entry)).split("?")[0] for entry in context["css_files"]]
    app.env.ek_sheets = list(dict.fromkeys(sheets))  # type: ignore[attr-defined]
    context["css_files"] = [f"_static/{_BUNDLE}?v={app.config.ek_digest[:8]}"]
    context["language"] = "en-GB"
    if "body" in context:
        context["body"] = accessible(context["body"])
    # Furo's captions claim to be headings, and give no level.
    context["furo_navigation_tree"] = context.get("furo_navigation_tree", "").replace('role="heading"', "")


def setup(app: Sphinx) -> None:
    """Register styles and scripts."""
    # Jupyter Book sets this for an extension that no page here uses.
    app.add_config_value("comments_config", {}, "")
    app.add_config_value("ek_digest", digest(), "html")
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _copy)
    app.connect("html-page-context", _trim, priority=900)
    app.connect("build-finished", _bundle)
    for sheet in ["kit.css", *sorted(path.name for path in _WIDGETS.glob("*.css") if path.name != "kit.css")]:
        app.add_css_file(sheet)
    app.add_css_file("course.css", priority=900)
    app.add_js_file("host.js", type="module")
    app.add_js_file("page.js", type="module")
