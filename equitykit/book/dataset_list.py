"""The list of datasets: made from the data package, each with its title, period, source and card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class dataset_mark(nodes.General, nodes.Element):
    """The place of the list in a page."""


class DatasetList(Directive):
    """``{datasets}``: every dataset of the package, linked to its card."""

    has_content: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        """Leave a mark that is filled when addresses are known."""
        return [dataset_mark("")]


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for mark in list(doctree.findall(dataset_mark)):
        package = json.loads((Path(app.srcdir) / "datasets" / "datapackage.json").read_text("utf-8"))
        entries = nodes.definition_list()
        for resource in package["resources"]:
            uri = app.builder.get_relative_uri(docname, f"datasets/{resource['name']}/card")
            label = nodes.reference("", resource["title"], refuri=uri, internal=True)
            facts = [resource.get("geography", ""), resource.get("period", "")]
            if resource.get("synthetic"):
                facts.insert(0, "Synthetic data")
            text = ". ".join(part for part in (resource.get("description", "").strip().rstrip("."), *facts) if part)
            entries += nodes.definition_list_item(
                "", nodes.term("", "", label), nodes.definition("", nodes.paragraph(text=f"{text}."))
            )
        mark.replace_self(entries)


def setup(app: Sphinx) -> None:
    """Register the directive and its filling."""
    app.add_node(dataset_mark)
    app.add_directive("datasets", DatasetList)
    app.connect("doctree-resolved", _fill)
