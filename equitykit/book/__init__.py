"""The Sphinx extension: interactives in static pages, page metadata, coverage, the look of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the parts of the book with Sphinx."""
    # Imported here: the kit's other rooms read pages without paying for Sphinx.
    from equitykit.book import assets, coverage, dataset_list, facts, kernel_cells, notebooks

    for part in (assets, coverage, dataset_list, facts, kernel_cells, notebooks):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
