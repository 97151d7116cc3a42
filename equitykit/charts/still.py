"""A chart as a still picture: for a page before its script runs, for print, and for PDF and EPUB."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import textwrap
import xml.etree.ElementTree as ET
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from equitykit.charts.walk import Spec, composed, own_encodings, views
from equitykit.errors import CourseError

WIDTH = 640
"""Width at which a still is drawn, in pixels; a page scales it."""

_WIDE, _NARROW = 80, 60  # characters in a line of a title above the chart, and under its axis
_SVG = "http://www.w3.org/2000/svg"
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_VARIABLE = re.compile(r"var\((--ek-[\w-]+)\)")
_MIX = re.compile(r"color-mix\(in srgb, (#[0-9a-f]{6}) (\d+)%, (#[0-9a-f]{6})\)")
_TOKEN = re.compile(r"(--ek-[\w-]+):\s*(#[0-9a-fA-F]{6})")


def svg(spec: Spec) -> str:
    """Return a chart as inline SVG that takes its colours and its font from the page around it.

    Parameters
    ----------
    spec : dict
        A specification as :func:`equitykit.charts.spec.to_spec` makes it; its description becomes the name
        of the picture.

    Returns
    -------
    str
        One ``<svg>`` element with a view box and no size of its own. The same for the same specification
        on the same machine.
    """
    import vl_convert  # starts a JavaScript engine: only what draws pays for it

    drawn = vl_convert.vegalite_to_svg(fixed(spec), vl_version=_vega_lite())
    return _tidy(drawn, label=str(spec.get("description", "")), stem=key(spec)[:8])


def cached(spec: Spec, folder: Path) -> str:
    """Return :func:`svg`, drawn once and then read from a file in `folder`."""
    path = folder / f"{key(spec)}.svg"
    if path.exists():
        return path.read_text("utf-8")
    made = svg(spec)
    folder.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(made, "utf-8")
    beside.replace(path)
    return made


def key(spec: Spec) -> str:
    """Return a name for a still: what is drawn, and what draws it."""
    text = json.dumps([spec, WIDTH, version("vl-convert-python"), _TIDIED], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def with_colours(drawing: str, scheme: str) -> str:
    """Return a still with plain colours, for what knows no CSS variables: PDF, EPUB, an e-mail.

    Parameters
    ----------
    drawing : str
        SVG from :func:`svg`.
    scheme : {"light", "dark"}
        Which of the page's two palettes to take.

    Raises
    ------
    CourseError
        If the scheme or one of the colours is not among the kit's.
    """
    palettes = _palettes()
    if scheme not in palettes:
        raise CourseError(f"There is no colour scheme {scheme!r}: use 'light' or 'dark'.")
    palette = palettes[scheme]

    def plain(match: re.Match[str]) -> str:
        if match[1] not in palette:
            raise CourseError(f"The still uses the colour {match[1]}, which kit.css does not set.")
        return palette[match[1]]

    def mixed(match: re.Match[str]) -> str:
        share = int(match[2]) / 100
        pairs = zip(_channels(match[1]), _channels(match[3]), strict=True)
        return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)

    return _MIX.sub(mixed, _VARIABLE.sub(plain, drawing))


def fixed(spec: Spec) -> Spec:
    """Return a copy of a specification whose widths are numbers, for a drawing :data:`WIDTH` pixels wide."""
    made = copy.deepcopy(spec)
    for view in views(made):
        if isinstance(view.get("title"), dict):
            view["title"].update(_wrapped(view["title"], ("text", "subtitle"), _WIDE))
        for _, encoding in own_encodings(view):
            if isinstance(encoding.get("axis"), dict):
                encoding["axis"].update(_wrapped(encoding["axis"], ("title",), _NARROW))
    if not composed(made):
        made["width"] = WIDTH
        return made
    beside = made.get("hconcat", [])
    share = (WIDTH - 32 * (len(beside) - 1)) / len(beside) - 60 if beside else WIDTH - 60

    def settle(view: Spec, width: float) -> None:
        if view.get("width") == "container":
            view["width"] = round(width)
        view.pop("autosize", None)
        for name in ("layer", "hconcat", "vconcat", "concat"):
            for inner in view.get(name, []):
                settle(inner, width)
        if isinstance(view.get("spec"), dict):
            settle(view["spec"], width / 2)

    settle(made, share)
    made["autosize"] = {"type": "pad"}
    return made


def _wrapped(holder: Spec, keys: tuple[str, ...], room: int) -> Spec:
    """Return titles in lines of at most so many characters."""
    return {key: textwrap.wrap(holder[key], room) for key in keys if isinstance(holder.get(key), str)}


_TIDIED = 2  # raise when _tidy changes, so that no stale still is read


def _tidy(drawn: str, *, label: str, stem: str) -> str:
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ET.fromstring(drawn)
    for name in ("width", "height", "version", "class"):
        root.attrib.pop(name, None)
    root.set("class", "ek-drawing")
    root.set("role", "img")
    root.set("aria-label", label or "Chart")
    ids: dict[str, str] = {}
    for element in root.iter():
        element.attrib.pop("font-family", None)
        for name in [n for n in element.attrib if n.startswith("aria-") or n == "role"]:
            if element is not root:
                del element.attrib[name]
        if "id" in element.attrib:
            ids[element.attrib["id"]] = f"{stem}-{len(ids) + 1}"
            element.set("id", ids[element.attrib["id"]])
    for element in root.iter():
        for name, value in element.attrib.items():
            element.set(name, _NUMBER.sub(_shorter, value))
            if "#" in value:
                for old, new in ids.items():
                    element.set(name, element.attrib[name].replace(f"#{old})", f"#{new})"))
    return ET.tostring(root, encoding="unicode")


def _shorter(match: re.Match[str]) -> str:
    return f"{float(match[0]):.2f}".rstrip("0").rstrip(".")


@cache
def _vega_lite() -> str | None:
    """Return vl-convert's name for the Vega-Lite that Altair writes, or ``None`` for its newest."""
    import altair as alt
    import vl_convert

    wanted = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    return wanted if wanted in vl_convert.get_vegalite_versions() else None


@cache
def _palettes() -> dict[str, dict[str, str]]:
    """Return the colours of both schemes, read from the style sheet: the first block of each."""
    sheet = (files("equitykit.widgets") / "static" / "kit.css").read_text("utf-8")
    light = dict(_TOKEN.findall(_block(sheet, r":root[^{]*")))
    dark = dict(_TOKEN.findall(_block(sheet, r'body\[data-theme="dark"\][^{]*')))
    return {"light": light, "dark": {**light, **dark}}


def _block(sheet: str, selector: str) -> str:
    found = re.search(selector + r"\{([^}]*)\}", sheet)
    return found[1] if found else ""


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
