"""Speaking HTTP with API Gateway: a proxy event in, a JSON answer out.

Owns which method does what, and how a caller's mistake is answered. A crash stays a crash: Lambda counts it, and API
Gateway answers in our place.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID

Event = Mapping[str, Any]

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)


@dataclass(frozen=True)
class Answer:
    """What an action says; `content` becomes the JSON body, None an empty one."""

    status: HTTPStatus
    content: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """The caller's mistake, in one sentence."""

    def __init__(self, status: HTTPStatus, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.answer = Answer(status, {"error": message}, headers or {})


def respond(event: Event, actions: Mapping[str, Callable[[Event], Answer]]) -> dict[str, Any]:
    """Answer a proxy event with the action of its method."""
    try:
        answer = _action(event, actions)(event)
    except Refusal as refusal:
        answer = refusal.answer
    method, path = event.get("httpMethod"), event.get("path")
    logger.info("answered", extra={"method": method, "path": path, "status": answer.status.value})
    return {
        "statusCode": answer.status.value,
        "headers": {"Content-Type": "application/json", **answer.headers},
        "body": "" if answer.content is None else json.dumps(answer.content),
    }


def _action(event: Event, actions: Mapping[str, Callable[[Event], Answer]]) -> Callable[[Event], Answer]:
    allowed = ", ".join(actions)
    try:
        return actions[event["httpMethod"]]
    except KeyError:
        message = f"The method must be {allowed.replace(', ', ' or ')}."
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, message, {"Allow": allowed}) from None


def json_body(event: Event) -> dict[str, Any]:
    """The JSON object that the caller sent."""
    body = event.get("body") or ""
    try:
        content = json.loads(base64.b64decode(body) if event.get("isBase64Encoded") else body)
    except (ValueError, binascii.Error):
        raise Refusal(HTTPStatus.BAD_REQUEST, "The body must be JSON.") from None
    if not isinstance(content, dict):
        raise Refusal(HTTPStatus.BAD_REQUEST, "The body must be a JSON object.")
    return content


def item_id(event: Event) -> str:
    """The id of the query string, in the one form that an id has."""
    try:
        return str(UUID((event.get("queryStringParameters") or {})["id"]))
    except (KeyError, ValueError):
        raise Refusal(HTTPStatus.BAD_REQUEST, "The query string must have the id of an item.") from None
