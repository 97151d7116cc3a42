"""What every built page has, read from its HTML."""

import itertools
import json
from pathlib import Path

import pytest

from tests.book.built import ROOT, broken_links, documents, soup


def test_every_internal_link_and_anchor_resolves(book: Path) -> None:
    assert broken_links(book) == []


@pytest.mark.parametrize("document", documents())
class TestPage:
    def test_it_has_one_first_heading_and_a_language(self, book: Path, document: str) -> None:
        page = soup(book / f"{document}.html")
        assert len(page.find_all("h1")) == 1
        assert page.html["lang"].startswith("en")

    def test_headings_do_not_skip_a_level(self, book: Path, document: str) -> None:
        article = soup(book / f"{document}.html").find("article")
        levels = [int(tag.name[1]) for tag in article.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
        assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))

    def test_it_asks_no_other_host_for_anything(self, book: Path, document: str) -> None:
        page = soup(book / f"{document}.html")
        loads = [tag.get("src") or tag.get("href") for tag in page.find_all(["script", "img", "link", "iframe"])]
        assert [address for address in loads if address and address.startswith(("http:", "https:", "//"))] == []

    def test_nothing_of_the_markup_is_left_in_its_words(self, book: Path, document: str) -> None:
        article = soup(book / f"{document}.html").find("article")
        for code in article.find_all(["code", "pre", "script"]):
            code.decompose()
        words = article.get_text(" ")
        assert [
            mark for mark in ("{glue", "{cite", "{term", "<object object", "Traceback (most") if mark in words
        ] == []

    def test_each_interactive_is_named_and_has_its_words(self, book: Path, document: str) -> None:
        sections = soup(book / f"{document}.html").select(".ek-interactive")
        names = [section["id"] for section in sections]
        assert len(names) == len(set(names))
        for section in sections:
            state = json.loads(section.find("script").string)
            assert section["aria-label"].strip()
            assert state["words"].strip(), f"{section['id']} has no words"
            assert section.select_one(".ek-stage").get_text(strip=True), f"{section['id']} has no still"

    def test_each_chart_has_a_table_and_a_source(self, book: Path, document: str) -> None:
        """A source is a dataset of the package, with its card, or a citation with its address."""
        resources = json.loads((ROOT / "datasets" / "datapackage.json").read_text("utf-8"))["resources"]
        names = {resource["title"]: resource["name"] for resource in resources}
        for section in soup(book / f"{document}.html").select('.ek-interactive[data-module="figure"]'):
            state = json.loads(section.find("script").string)
            assert len(state["table"]) > 1, f"{section['id']} has no table"
            assert state["source"], f"{section['id']} has no source"
            for source in state["source"]:
                if source["title"] in names:
                    assert (book / "datasets" / names[source["title"]] / "card.html").exists()
                else:
                    assert source["text"].strip(), f"{section['id']}: {source['title']} is not cited"
                    assert source["url"].startswith("https://"), f"{section['id']}: {source['title']} has no address"
