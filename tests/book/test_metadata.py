"""What every page says of itself is complete, and the coverage table is made from it."""

import json
from collections import Counter
from pathlib import Path

import pytest

from equitykit.book import coverage, pages
from tests.book.built import ROOT, documents

ALL = [*pages.course_pages(ROOT), *pages.assignments(ROOT)]


@pytest.mark.parametrize("page", ALL, ids=lambda page: str(page.path))
def test_a_page_says_what_it_is(page: pages.Page) -> None:
    assert pages.problems(page) == []


def test_page_ids_are_unique() -> None:
    counts = Counter(page.metadata.get("id") for page in ALL)
    assert {name: n for name, n in counts.items() if n > 1} == {}


def test_every_page_is_in_the_book() -> None:
    assert {page.docname for page in pages.course_pages(ROOT)} <= set(documents())


@pytest.mark.parametrize("folder", sorted((ROOT / "modules").iterdir()), ids=lambda path: path.name)
def test_a_module_has_its_pages(folder: Path) -> None:
    kinds = Counter(page.kind for page in ALL if page.module == folder.name and page.path.parts[0] == "modules")
    assert kinds["lesson"] >= 3
    assert [kinds[kind] for kind in ("overview", "practice", "wrap-up", "educators")] == [1, 1, 1, 1]


@pytest.mark.parametrize("page", [p for p in ALL if p.cells], ids=lambda page: str(page.path))
def test_an_anchor_in_metadata_is_the_name_of_an_interactive(page: pages.Page) -> None:
    for cell in page.cells:
        equity = cell["metadata"].get("equity", {})
        if "practises" not in equity:
            continue
        shown = [
            output["data"]["application/vnd.equitykit.interactive+json"]["name"]
            for output in cell["outputs"]
            if "application/vnd.equitykit.interactive+json" in output.get("data", {})
        ]
        assert equity["anchor"] in shown


def test_every_principle_is_taught_practised_and_assessed() -> None:
    found = coverage.collect(ROOT)
    assert found.missing() == {}
    assert len(found.places) == len(pages.PRINCIPLES) == 24


class TestProblems:
    """`problems` finds what is missing: a page that lacks it, made here, is refused."""

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"kind": "essay"}, "kind"),
            ({"id": ""}, "id"),
            ({"minutes": [30, 20]}, "minutes"),
            ({"minutes": 20}, "minutes"),
            ({"objectives": []}, "objectives"),
            ({"teaches": ["P25"]}, "P25"),
        ],
    )
    def test_it_names_what_is_wrong(self, tmp_path: Path, change: dict, said: str) -> None:
        good = {"id": "x", "kind": "lesson", "minutes": [20, 30], "objectives": ["explain"], "teaches": ["P01"]}
        path = tmp_path / "modules" / "01-x" / "1-a.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"metadata": {"equity": good | change}, "cells": []}))
        found = pages.problems(pages.read(path, tmp_path))
        assert len(found) == 1
        assert said in found[0]
        assert "modules/01-x/1-a.ipynb" in found[0]
