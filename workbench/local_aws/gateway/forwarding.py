"""HTTP requests that an integration sends on: to a backend, or to a service of the local AWS."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

import urllib3

Pairs = tuple[tuple[str, str], ...]

_HOP_BY_HOP = ("connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade")
_PLACEHOLDER = re.compile(r"\{([\w.-]+)\+?\}")


@dataclass(frozen=True)
class Forwarded:
    """A request as it is sent on."""

    method: str
    url: str
    headers: Pairs
    query: Pairs = ()
    body: bytes = b""


@dataclass(frozen=True)
class Received:
    """What came back."""

    status: int
    headers: Pairs
    body: bytes


class Unanswered(Exception):
    """Nothing came back."""

    def __init__(self, reason: Literal["timed out", "unreachable"]) -> None:
        super().__init__(reason)
        self.reason = reason


def send(forwarded: Forwarded, seconds: float) -> Received:
    """What the backend answers; raises `Unanswered`. Redirects are the caller's to follow, as on AWS."""
    url = forwarded.url
    if forwarded.query:
        url += ("&" if "?" in url else "?") + urlencode(forwarded.query)
    headers = urllib3.HTTPHeaderDict(end_to_end(forwarded.headers))
    try:
        answer = urllib3.request(
            forwarded.method, url, body=forwarded.body, headers=headers, timeout=seconds, retries=False, redirect=False
        )
    except urllib3.exceptions.NewConnectionError as error:
        raise Unanswered("unreachable") from error
    except urllib3.exceptions.TimeoutError as error:
        raise Unanswered("timed out") from error
    except urllib3.exceptions.HTTPError as error:
        raise Unanswered("unreachable") from error
    return Received(answer.status, tuple(answer.headers.items()), answer.data)


def end_to_end(headers: Pairs) -> Pairs:
    """The headers that belong to the message rather than to one connection."""
    return tuple((name, value) for name, value in headers if name.lower() not in _HOP_BY_HOP)


def filled(url: str, parameters: Mapping[str, str]) -> str:
    """A URL with its `{placeholders}` replaced, those of greedy paths too."""
    return _PLACEHOLDER.sub(lambda found: quote(parameters.get(found[1], ""), safe="/%"), url)


def replaced(pairs: Pairs, given: Mapping[str, str]) -> Pairs:
    """The pairs with those of the same names, in any case, in place of theirs."""
    names = {name.lower() for name in given}
    return (*(pair for pair in pairs if pair[0].lower() not in names), *given.items())
