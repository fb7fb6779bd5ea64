"""Pages of a list; the token is the place to go on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.local_aws.service import AwsError


def page(name: str, items: Sequence[Any], request: Mapping[str, Any], size: int = 100) -> dict[str, Any]:
    """One page under `name`, with a NextToken when there is more."""
    start = _start(request.get("NextToken"))
    end = start + size
    more = {"NextToken": str(end)} if end < len(items) else {}
    return {name: list(items[start:end]), **more}


def _start(token: str | None) -> int:
    if token is None:
        return 0
    if not token.isdecimal():
        raise AwsError("ValidationError", f"Invalid NextToken: {token}")
    return int(token)
