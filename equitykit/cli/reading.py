"""What `equitykit read` prints."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from equitykit.language import Document, vocabulary

_INDENT = "    "
_WIDTH = 100


def lines(document: Document) -> Iterator[str]:
    """Yield a document's findings for a person to read, and at the end what the reading is and is not."""
    mechanisms = vocabulary().mechanisms
    for place, found in document.findings:
        where = f"{document.path}:{place.part and f'{place.part}:'}{place.line}:{place.column}"
        words = " ".join(found.text.split())
        yield f"{where}: “{words}” {mechanisms[found.mechanism]['name']}"
        yield from _told("Why", found.reason)
        yield from _told("Ask", found.question)
        yield from _told("Try", " | ".join(found.alternatives))
        if found.disagree:
            yield from _told("But", found.disagree)
        yield from _told("Read in", "; ".join(source.guide for source in found.sources))
        yield ""
    count = len(document.findings)
    sentences = f"{document.sentences} sentence{'' if document.sentences == 1 else 's'}"
    if count:
        places = f"{count} place{'' if count == 1 else 's'} to think about"
        yield f"{places} in {sentences}. You decide: it advises, and misses some."
    else:
        yield f"Nothing marked in {sentences}. That is no proof: it knows some words, and not what you mean."


def _told(name: str, text: str) -> list[str]:
    return textwrap.wrap(f"{name}: {text}", _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT * 2)
