"""Filter criteria of event source mappings: which records a function is invoked with."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from moto.events.models import EventPattern

_DATA = {"sqs": "body", "kinesis": "data"}


def matches(criteria: Mapping[str, Any] | None, record: Mapping[str, Any], service: str) -> bool:
    """Whether a record, as the function would be given it, matches one of the filters, or there are none."""
    filters = (criteria or {}).get("Filters") or []
    patterns = [json.loads(each.get("Pattern") or "{}") for each in filters]
    return not patterns or any(_matches(pattern, record, service) for pattern in patterns)


def _matches(pattern: Mapping[str, Any], record: Mapping[str, Any], service: str) -> bool:
    """The data of a message is compared as JSON with an object, and as text with a list."""
    looked_at, name = _looked_at(record, service), _DATA.get(service)
    if name and isinstance(pattern.get(name), Mapping):
        data = _parsed(looked_at[name])
        if not isinstance(data, Mapping):
            return False
        looked_at = {**looked_at, name: data}
    return bool(EventPattern(None, dict(pattern)).matches_event(looked_at))


def _looked_at(record: Mapping[str, Any], service: str) -> Mapping[str, Any]:
    if service != "kinesis":
        return record
    part = record["kinesis"]
    return {**part, "data": base64.b64decode(part["data"]).decode(errors="replace")}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
