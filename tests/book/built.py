"""Reading the built pages: what a test of every page walks."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]
NOT_WRITTEN_BY_US = {"genindex.html", "search.html", "index.html"}


def documents(root: Path = ROOT) -> list[str]:
    """Return the names of the book's documents, in its order, from the order itself."""
    order = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    found: list[str] = []

    def walk(entry: dict) -> None:
        if "file" in entry:
            found.append(entry["file"])
        if "glob" in entry:
            found.extend(sorted(p.relative_to(root).with_suffix("").as_posix() for p in root.glob(entry["glob"])))
        for part in ("parts", "chapters", "sections"):
            for inner in entry.get(part, []):
                walk(inner)

    walk({"file": order["root"], "parts": order["parts"]})
    return list(dict.fromkeys(found))


def soup(path: Path) -> BeautifulSoup:
    """Return a built page, parsed."""
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def broken_links(html: Path) -> list[str]:
    """Return each internal link or anchor of the built pages that leads nowhere."""
    pages = {path.resolve(): soup(path) for path in html.rglob("*.html")}
    anchors = {path: {tag["id"] for tag in page.find_all(id=True)} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for tag in page.find_all(["a", "link", "script", "img"]):
            address = tag.get("href") or tag.get("src")
            if not address or (address.startswith(("#", "mailto:", "tel:", "data:")) and len(address) < 2):
                continue
            parts = urlsplit(address)
            if parts.scheme or address.startswith("#!"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target = target / "index.html"
            if not target.exists():
                broken.append(f"{path.relative_to(html)}: {address}")
            elif parts.fragment and target in anchors and unquote(parts.fragment) not in anchors[target]:
                broken.append(f"{path.relative_to(html)}: {address} (no such anchor)")
    return broken
