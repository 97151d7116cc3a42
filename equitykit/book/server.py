"""Serves the built pages on this machine, compressed as any web server would."""

from __future__ import annotations

import gzip
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from equitykit.errors import CourseError

_TEXT = {".html", ".css", ".js", ".json", ".svg", ".ipynb", ".txt", ".md", ".csv", ".xml", ".inv"}


@lru_cache(maxsize=512)
def _compressed(path: Path, stamp: float) -> bytes:
    """Return a file's gzip form; `stamp`, its time of change, is part of the key."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


class Handler(SimpleHTTPRequestHandler):
    """Static files, gzip for text, quiet."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 (as the base class has it)
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".woff2": "font/woff2",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the address is all that a reader needs."""

    def end_headers(self) -> None:
        """Ask browsers to check for changes, so that a rebuilt page shows at once."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def do_GET(self) -> None:
        """Serve one file."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path = path / "index.html"
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (takes and path.is_file() and path.suffix in _TEXT):
            super().do_GET()
            return
        body = _compressed(path, path.stat().st_mtime)
        kind = self.guess_type(str(path))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", self.date_time_string(int(path.stat().st_mtime)))
        self.end_headers()
        self.wfile.write(body)


def server(folder: Path, port: int = 8000, *, tries: int = 20) -> ThreadingHTTPServer:
    """Return a server for a folder on localhost, on `port` or the next free one.

    Parameters
    ----------
    folder : Path
        The built pages.
    port : int
        The first port to try; 0 takes any.
    tries : int
        How many ports to try.

    Raises
    ------
    CourseError
        If none is free.
    """
    for candidate in range(port, port + (tries if port else 1)):
        try:
            return ThreadingHTTPServer(("127.0.0.1", candidate), partial(Handler, directory=str(folder)))
        except OSError:
            continue
    raise CourseError(f"Ports {port} to {port + tries - 1} are all taken; stop one, or name another with --port.")
