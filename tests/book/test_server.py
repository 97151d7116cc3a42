"""The course's own server: compressed text, and an address even where the usual port is taken."""

import gzip
import threading
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from equitykit.book.server import server
from equitykit.errors import CourseError


def test_text_comes_compressed_and_whole(tmp_path: Path) -> None:
    page = "<p>words</p>" * 1000
    (tmp_path / "index.html").write_text(page)
    with server(tmp_path, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{running.server_port}/"
        with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
            sent = answer.read()
        with urlopen(address) as answer:
            assert answer.read().decode() == page
        running.shutdown()
    assert gzip.decompress(sent).decode() == page
    assert len(sent) < len(page) / 10


def test_a_taken_port_gives_the_next_one_and_none_left_is_said(tmp_path: Path) -> None:
    with server(tmp_path, 0) as first:
        port = first.server_port
        with server(tmp_path, port) as second:
            assert second.server_port > port
        with pytest.raises(CourseError, match=str(port)):
            server(tmp_path, port, tries=1)
