"""Answers that arrive by URL: whoever holds an address may put one answer there, and someone waits for it.

Owns the addresses of this endpoint under `/_answers`; CloudFormation hands them to custom resources as ResponseURL.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/_answers/"


@dataclass
class _Letter:
    arrived: threading.Event = field(default_factory=threading.Event)
    body: bytes = b""


class Mailbox:
    """Addresses at an endpoint (`http://127.0.0.1:4566`), and the WSGI application that takes the answers."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._letters: dict[str, _Letter] = {}

    def open(self) -> str:
        """A new address."""
        path = f"{PREFIX}{uuid4()}"
        self._letters[path] = _Letter()
        return self._endpoint + path

    def wait(self, address: str, seconds: float) -> bytes | None:
        """The answer put there, None when there is none in time; closes the address."""
        path = address.removeprefix(self._endpoint)
        arrived = self._letters[path].arrived.wait(seconds)
        letter = self._letters.pop(path)
        return letter.body if arrived else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        letter = self._letters.get(request.path)
        if request.method != "PUT" or letter is None:
            return Response("Nobody waits for an answer here.\n", 404)(environ, start_response)
        letter.body = request.get_data()
        letter.arrived.set()
        return Response()(environ, start_response)
