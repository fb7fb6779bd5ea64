"""A backend on this machine, for integrations over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class _Echo(BaseHTTPRequestHandler):
    """Answers with what it was asked."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        asked = {"path": self.path, "headers": dict(self.headers.items()), "body": body, "method": self.command}
        self.send_response(404 if "missing" in self.path else 202)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Backend", "yes")
        self.end_headers()
        self.wfile.write(json.dumps(asked).encode())

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_: object) -> None:
        """Nothing is written."""


@contextmanager
def echo() -> Iterator[str]:
    """The URL of a backend that runs meanwhile."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
