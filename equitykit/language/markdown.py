"""What of a Markdown text is prose: everything else is blanked, character for character, so that places stay true."""

from __future__ import annotations

import re

# fmt: off
PROSE_FENCES = frozenset((
    "admonition", "attention", "caution", "danger", "dropdown", "error", "epigraph",
    "exercise", "hint", "important", "margin", "note", "pull-quote", "quote",
    "seealso", "sidebar", "solution", "tab-item", "tip", "topic", "warning",
))
# fmt: on
"""Directives of MyST whose body is prose; any other fence holds code or data."""

_FRONT = re.compile(r"\A---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*$", re.S | re.M)
_FENCE = re.compile(r"^[ \t>]*(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*(?:\{(?P<name>[\w:-]+)\})?[^\n]*$", re.M)
_INLINE = [
    re.compile(r"<!--.*?-->", re.S),
    re.compile(r"\{[\w:-]+\}(?P<tick>`+)[^`]*(?P=tick)"),  # a MyST role
    re.compile(r"(?P<tick>`+)(?:(?!\n\s*\n).)+?(?P=tick)", re.S),
    re.compile(r"\$\$.+?\$\$", re.S),
    re.compile(r"(?<![\\\w$])\$[^\s$][^\n$]*\$(?!\w)"),
    re.compile(r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'][^\"'\n]*[\"'])?\)"),  # a link's target
    re.compile(r"(?<=\])\[[^\]\n]*\]"),
    re.compile(r"^[ \t]*\[[^\]\n]+\]:[^\n]*$", re.M),
    re.compile(r"\[[^\]\n]*@[\w:.-]+[^\]\n]*\]"),  # a citation
    re.compile(r"<[A-Za-z/!][^<>]*>"),
    re.compile(r"^\([\w:-]+\)=[ \t]*$", re.M),  # a label
    re.compile(r"^[ \t]*:[\w-]+:[^\n]*$", re.M),  # an option
    re.compile(r"(?<![A-Za-z0-9])_{1,3}|_{1,3}(?![A-Za-z0-9])|~~|[\[\]]"),
]


def prose(text: str) -> str:
    """Return a Markdown text of the same length, with what is not prose as spaces.

    Front matter, code, mathematics, the targets of links, tags, comments and the names of directives go; the text
    of links, quotations and tables stays.
    """
    text = _blank(_FRONT, text)
    text = _without_fences(text)
    for pattern in _INLINE:
        text = _blank(pattern, text)
    return text


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: _spaces(found[0]), text)


def _spaces(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def _without_fences(text: str) -> str:
    """Blank code; of a fence that holds prose, blank its own lines alone."""
    made: list[str] = []
    code = ""
    prose_fences: list[str] = []
    for line in text.splitlines(keepends=True):
        fence = _FENCE.match(line.rstrip("\r\n"))
        if not fence:
            made.append(_spaces(line) if code else line)
            continue
        made.append(_spaces(line))
        mark = fence["mark"]
        bare = line.strip(" \t>\r\n") == mark
        if code:
            code = "" if bare and mark.startswith(code) else code
        elif bare and prose_fences and mark.startswith(prose_fences[-1]):
            prose_fences.pop()
        elif fence["name"] in PROSE_FENCES:
            prose_fences.append(mark)
        elif not mark.startswith(":"):
            code = mark
    return "".join(made)
