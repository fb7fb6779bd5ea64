"""What API Gateway answers: a function's own response, or its errors in their exact words. Pure."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

JSON = ("Content-Type", "application/json")


@dataclass(frozen=True)
class Answer:
    """An HTTP response."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = (JSON,)

    def having(self, *headers: tuple[str, str]) -> Answer:
        """The same, with more headers."""
        return Answer(self.status, self.body, (*self.headers, *headers))


def compact(document: Any) -> str:
    """JSON as API Gateway writes it."""
    return json.dumps(document, separators=(",", ":"))


def error(status: int, message: str, kind: str = "", key: str = "message") -> Answer:
    """`kind` is the error type that REST APIs name in a header."""
    named = (("x-amzn-ErrorType", kind),) if kind else ()
    return Answer(status, compact({key: message}).encode(), (JSON, *named))


FAILED = error(500, "Internal server error", "InternalServerErrorException")
FORBIDDEN = error(403, "Forbidden", "ForbiddenException")
MALFORMED = error(502, "Internal server error", "InternalServerErrorException")
HTTP_FAILED = error(500, "Internal Server Error")
NOT_FOUND = error(404, "Not Found")


def of_rest(payload: bytes, *, decodes: bool = True) -> Answer:
    """What a REST API makes of a function's answer: anything but a response object is malformed.

    A binary body stays base64 for callers that it is not to be decoded for.
    """
    response = _parsed(payload)
    if not isinstance(response, dict) or not _is_response(response) or "statusCode" not in response:
        return MALFORMED
    headers = list(_headers(response, {**(response.get("multiValueHeaders") or {})}))
    return _answer(response if decodes else {**response, "isBase64Encoded": False}, headers)


def of_http(payload: bytes, kind: str = "text/plain;charset=UTF-8") -> Answer:
    """What an HTTP API makes of it, format 2.0: an answer without a status is the body of a success.

    `kind` is the content type of a response that names none.
    """
    response = _parsed(payload)
    if not isinstance(response, dict) or "statusCode" not in response:
        return Answer(200, response.encode() if isinstance(response, str) else payload)
    if not _is_response(response):
        return HTTP_FAILED
    headers = list(_headers(response, {"set-cookie": response.get("cookies") or []}))
    return _answer(response, headers, kind)


def _parsed(payload: bytes) -> Any:
    try:
        return json.loads(payload or b"null")
    except ValueError:
        return None


def _is_response(response: Mapping[str, Any]) -> bool:
    body, headers = response.get("body"), response.get("headers")
    is_status = str(response.get("statusCode", "200")).isdigit()
    return is_status and isinstance(body, str | None) and isinstance(headers, dict | None)


def _answer(response: Mapping[str, Any], headers: list[tuple[str, str]], kind: str = "application/json") -> Answer:
    body = (response.get("body") or "").encode()
    if response.get("isBase64Encoded"):
        try:
            body = base64.b64decode(body)
        except ValueError:
            return MALFORMED
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", kind))
    return Answer(int(response["statusCode"]), body, tuple(headers))


def _headers(response: Mapping[str, Any], many: Mapping[str, Iterable[Any]]) -> Iterator[tuple[str, str]]:
    """Single and multiple values; a name given both ways takes the multiple. Nothing can break out of a header."""
    multiple = {name.lower() for name in many}
    for name, value in (response.get("headers") or {}).items():
        if name.lower() not in multiple and _is_allowed(name):
            yield name, _line(value)
    for name, values in many.items():
        for value in values:
            yield name, _line(value)


def _is_allowed(name: str) -> bool:
    return name.lower() not in ("connection", "content-length", "transfer-encoding")


def _line(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return " ".join(text.splitlines())
