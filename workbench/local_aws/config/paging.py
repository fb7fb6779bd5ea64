"""Pages of a list, with AWS Config's kind of token and error."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, TypeVar

from workbench.local_aws.service import AwsError

T = TypeVar("T")


def page(items: Sequence[T], token: str | None, size: int) -> tuple[Sequence[T], str | None]:
    """The page that the token names (None: the first), and the token of the next one. Raises `AwsError`."""
    start = _start(token)
    if start > len(items):
        raise AwsError("InvalidNextTokenException", "The nextToken provided is invalid")
    end = start + size
    return items[start:end], base64.b64encode(str(end).encode()).decode() if end < len(items) else None


def answer(
    key: str, items: Sequence[Any], token: str | None, size: int, following_key: str = "NextToken"
) -> dict[str, Any]:
    """A response with one page under `key`."""
    shown, following = page(items, token, size)
    return {key: list(shown)} | ({following_key: following} if following else {})


def limit(given: int | None, default: int, most: int) -> int:
    if given is not None and not 0 <= given <= most:
        message = (
            f"Value '{given}' at 'limit' failed to satisfy constraint: Member must have value between 0 and {most}"
        )
        raise AwsError("InvalidParameterValueException", message)
    return given or default


def _start(token: str | None) -> int:
    if not token:
        return 0
    try:
        return int(base64.b64decode(token, validate=True))
    except ValueError as error:
        raise AwsError("InvalidNextTokenException", "The nextToken provided is invalid") from error
