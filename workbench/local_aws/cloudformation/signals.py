"""Signals that come from outside of CloudFormation: to the URL of a wait handle, or by SignalResource.

Owns what was signalled so far, by the name of the handle or resource (`<stack id>/<logical id>`), and the waiting.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/_signals/"


@dataclass(frozen=True)
class Signal:
    """What one sender said; `is_readable` is False for a body that is no signal at all."""

    unique_id: str
    succeeded: bool
    reason: str = ""
    data: str = ""
    is_readable: bool = True


class Signals:
    """The signals of every handle, and the WSGI application that takes those sent to URLs."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._received: dict[str, dict[str, Signal]] = {}
        self._changed = threading.Condition()

    def state(self) -> Any:
        return {name: dict(signals) for name, signals in tuple(self._received.items())}

    def restore(self, state: Any) -> None:
        self._received = state

    def url(self, name: str) -> str:
        """Where signals for this name may be put."""
        return f"{self._endpoint}{PREFIX}{quote(name, safe='/')}"

    def name(self, url: str) -> str:
        """The name that the URL stands for."""
        return unquote(url.partition(PREFIX)[2])

    def send(self, name: str, signal: Signal) -> None:
        """Keeps the signal; a later one of the same sender takes its place."""
        with self._changed:
            self._received.setdefault(name, {})[signal.unique_id] = signal
            self._changed.notify_all()

    def wait(self, name: str, count: int, seconds: float) -> Mapping[str, Signal]:
        """The signals by sender, as soon as `count` succeeded or one failed, at last when the time is over."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not self._is_enough(name, count):
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            return dict(self._received.get(name, {}))

    def forget(self, name: str) -> None:
        with self._changed:
            self._received.pop(name, None)

    def _is_enough(self, name: str, count: int) -> bool:
        received = self._received.get(name, {}).values()
        return len(received) >= count or not all(signal.succeeded for signal in received)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        if request.method != "PUT":
            return Response("A signal is put here.\n", 405)(environ, start_response)
        self.send(unquote(request.path.removeprefix(PREFIX)), _read(request.get_data()))
        return Response()(environ, start_response)


def _read(body: bytes) -> Signal:
    try:
        said = json.loads(body)
        return Signal(str(said["UniqueId"]), said["Status"] == "SUCCESS", str(said.get("Reason", "")), _data(said))
    except (ValueError, KeyError, TypeError):
        return Signal("", succeeded=False, is_readable=False)


def _data(said: Mapping[str, object]) -> str:
    data = said.get("Data", "")
    return data if isinstance(data, str) else json.dumps(data)
