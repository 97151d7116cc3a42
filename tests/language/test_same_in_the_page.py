"""The engine in the page finds what the engine in Python finds: the whole labelled set, and texts made to differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from equitykit.language import read
from equitykit.widgets.modules import source
from tests.browser_support import KIT, Watch, serve
from tests.language import labelled

pytestmark = pytest.mark.browser
SIGNS = [
    "😀 The “hard‑to‑reach”, they say; the poor\u00a0are ‘non-compliant’.\n\nThe elderly fail to attend. 👍🏽",
    "# The poor\n- BAME staff\n- 1) Dr. Smith vs. the homeless. Vulnerable groups!\n| the disabled | 3 |",
    "the poor " * 300,
    "MĀORI patients fail to attend; Māori patients were excluded.",
    "a\u00adb vulner\u00adable groups \u200bfail to attend *Vulnerable* groups, mail a.b@c.org or www.the-poor.org/x",
    "'Vulnerable groups', \"the poor\", “hard to reach”? ‘the needy’",
    "",
    " \n \n",
]
COMPARE = """(texts) => texts.map((text) => {
  const points = (index) => [...text.slice(0, index)].length;
  return window.readText(text).findings.map((one) => [points(one.start), points(one.end), one.text, one.entry,
    one.mechanism, one.reason, one.question, one.alternatives, one.sources, one.disagree, one.sentence]);
})"""


def told(text: str) -> list[list[Any]]:
    return [
        [one.start, one.end, one.text, one.entry, one.mechanism, one.reason, one.question, list(one.alternatives),
         [source.id for source in one.sources], one.disagree, one.sentence]
        for one in read(text).findings
    ]  # fmt: skip


def test_both_engines_find_the_same(page: Page, tmp_path: Path, watch: Watch) -> None:
    for name in ("language.js", "vocabulary.js"):
        (tmp_path / name).write_text((KIT / "widgets/static" / name).read_text("utf-8"), "utf-8")
    (tmp_path / "index.html").write_text(
        '<!doctype html><link rel="icon" href="data:,"><script type="module">'
        'import { readText } from "./language.js"; window.readText = readText;</script>',
        "utf-8",
    )
    texts = [one.text for one in labelled.sentences()]
    texts += ["\n\n".join(texts[:80]), *SIGNS]
    with serve(tmp_path) as address:
        page.goto(address)
        page.wait_for_function("() => Boolean(window.readText)")
        found = page.evaluate(COMPARE, texts)
    assert [one for one in zip(texts, found, strict=True) if one[1] != told(one[0])] == []
    assert watch.troubles() == []


def test_the_module_that_a_notebook_evaluates_is_whole(page: Page) -> None:
    """In JupyterLab the helpers are written into one module: no name may be used twice."""
    names = page.evaluate(
        """async (text) => Object.keys(
          (await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })))).default)""",
        source("reframing"),
    )
    assert names == ["render"]
