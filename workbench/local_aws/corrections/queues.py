"""SQS queues that check what they are told, and keep their policy when they are told something else. moto's do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from moto.sqs.exceptions import InvalidAttributeValue
from moto.sqs.models import Queue

_RANGES: Mapping[str, range] = {
    "DelaySeconds": range(901),
    "KmsDataKeyReusePeriodSeconds": range(60, 86_401),
    "MaximumMessageSize": range(1_024, 1_048_577),
    "MessageRetentionPeriod": range(60, 1_209_601),
    "ReceiveMessageWaitTimeSeconds": range(21),
    "VisibilityTimeout": range(43_201),
}


@contextmanager
def checked_queues() -> Iterator[None]:
    """While it lasts, moto's queues take attributes as SQS does."""
    original = Queue._set_attributes

    def set_attributes(self: Any, attributes: dict[str, Any], now: float | None = None) -> None:
        for name, value in attributes.items():
            if name in _RANGES and not _is_in(_RANGES[name], value):
                raise InvalidAttributeValue(name)
        policy = getattr(self, "policy", None)
        original(self, attributes, now)
        if "Policy" not in attributes:
            self.policy = policy

    Queue._set_attributes = set_attributes
    try:
        yield
    finally:
        Queue._set_attributes = original


def _is_in(allowed: range, value: Any) -> bool:
    text = str(value)
    return text.isdigit() and int(text) in allowed
