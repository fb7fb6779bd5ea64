"""The page that empties the local AWS: POST to it, and everything begins anew. GET tells what answers here.

Its path is moto's own, so that whoever resets moto resets all of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATH = "/moto-api/reset"
SERVER = "config-fitness-local-aws"


class Page:
    """The WSGI application."""

    def __init__(self, reset: Callable[[], None]) -> None:
        self._reset = reset

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        if request.method == "POST":
            return self._answer(request)(environ, start_response)
        return Response(SERVER, 200, mimetype="text/plain")(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.headers.get("Origin"):
            return Response("A page in a browser must not do this.\n", 403, mimetype="text/plain")
        self._reset()
        return Response('{"status": "ok"}', 200, mimetype="application/json")
