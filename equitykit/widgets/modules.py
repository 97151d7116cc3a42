"""An interactive's front end as one self-contained ES module and one style sheet.

A static page imports the files in ``static/`` as they are. A front end with a kernel evaluates the module from a
string, where a relative import has nothing to be relative to: each helper becomes a scope of its own within it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_STATIC = files("equitykit.widgets") / "static"
_IMPORT = re.compile(r'^import\s*\{(?P<names>[^}]*)\}\s*from\s*"\./(?P<file>[\w-]+)\.js";?[^\S\n]*$', re.M)
_EXPORT = re.compile(r"^export (?=(?:const|let|function|async function|class)\s+(?P<name>\w+))", re.M)


@cache
def source(module: str) -> str:
    """Return one self-contained ES module: an interactive with the helpers that it imports.

    Parameters
    ----------
    module : str
        Name of the module, without ``.js``.

    Returns
    -------
    str
        The module's text; before it each helper once, as a constant that holds what the helper exports.
    """
    scopes = [_scope(helper) for helper in helpers(module)]
    return "\n".join([*scopes, _IMPORT.sub(_taken, _text(module))])


@cache
def styles(module: str) -> str:
    """Return the style sheet that all interactives share, then those of a module's helpers, then its own."""
    sheets = [_STATIC / f"{stem}.css" for stem in dict.fromkeys(["kit", *helpers(module), module])]
    return "".join(sheet.read_text("utf-8") for sheet in sheets if sheet.is_file())


@cache
def helpers(module: str) -> tuple[str, ...]:
    """Return the names of the helpers that a module imports, each after those that it imports itself."""
    found: dict[str, None] = {}

    def collect(name: str, above: tuple[str, ...]) -> None:
        for match in _IMPORT.finditer(_text(name)):
            helper = match["file"]
            if helper in above:
                raise RecursionError(f"static/{helper}.js and static/{name}.js import each other.")
            if helper not in found:
                collect(helper, (*above, helper))
                found[helper] = None

    collect(module, (module,))
    return tuple(found)


def _text(module: str) -> str:
    return (_STATIC / f"{module}.js").read_text("utf-8")


def _name(helper: str) -> str:
    return f"__{helper.replace('-', '_')}"


def _taken(match: re.Match[str]) -> str:
    """Return an import as what it is within the one module: names taken from a helper's constant."""
    return f"const {{{match['names'].replace(' as ', ': ')}}} = {_name(match['file'])};"


def _scope(helper: str) -> str:
    text = _text(helper)
    exported = ", ".join(match["name"] for match in _EXPORT.finditer(text))
    body = _EXPORT.sub("", _IMPORT.sub(_taken, text))
    return f"const {_name(helper)} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"
