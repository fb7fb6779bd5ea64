"""One event source mapping: what it was told, and how far its poller has come.

Owns the record, which moto's Lambda keeps, and its description as Lambda gives it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from moto.awslambda.models import lambda_backends

_QUEUE_DEFAULTS: Mapping[str, Any] = {
    "BatchSize": 10,
    "FunctionResponseTypes": [],
    "MaximumBatchingWindowInSeconds": 0,
}
_STREAM_DEFAULTS: Mapping[str, Any] = {
    "BatchSize": 100,
    "BisectBatchOnFunctionError": False,
    "DestinationConfig": {"OnFailure": {}},
    "FunctionResponseTypes": [],
    "MaximumBatchingWindowInSeconds": 0,
    "MaximumRecordAgeInSeconds": -1,
    "MaximumRetryAttempts": -1,
    "ParallelizationFactor": 1,
    "TumblingWindowInSeconds": 0,
}


@dataclass(eq=False)
class EventSourceMapping:
    """A mapping of this account.

    Attributes:
        function_arn: with the qualifier, if it was named with one.
        settings: what it was told, as the API names it.
        positions: the last sequence number by shard that is done with, for streams.
        last_result: how the last batch went.
    """

    uuid: str
    region: str
    account: str
    function_arn: str
    source_arn: str
    settings: dict[str, Any]
    tags: dict[str, str] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    last_modified: float = field(default_factory=time.time)
    last_result: str = "No records processed"

    @property
    def service(self) -> str:
        """`sqs`, `dynamodb` or `kinesis`."""
        return self.source_arn.split(":")[2]

    @property
    def function_name(self) -> str:
        return self.function_arn.split(":")[6]

    @property
    def arn(self) -> str:
        return f"arn:aws:lambda:{self.region}:{self.account}:event-source-mapping:{self.uuid}"

    @property
    def enabled(self) -> bool:
        return bool(self.settings.get("Enabled", True))

    def setting(self, name: str) -> Any:
        """What it was told, or Lambda's default."""
        defaults = _QUEUE_DEFAULTS if self.service == "sqs" else _STREAM_DEFAULTS
        found = self.settings.get(name)
        return defaults.get(name) if found is None else found

    def described(self, state: str | None = None) -> dict[str, Any]:
        """As Lambda describes it; `state` while it changes."""
        defaults = _QUEUE_DEFAULTS if self.service == "sqs" else _STREAM_DEFAULTS
        told = {name: value for name, value in self.settings.items() if name != "Enabled" and value not in (None, {})}
        return {
            **defaults,
            **told,
            **({} if self.service == "sqs" else {"LastProcessingResult": self.last_result}),
            "UUID": self.uuid,
            "EventSourceMappingArn": self.arn,
            "EventSourceArn": self.source_arn,
            "FunctionArn": self.function_arn,
            "LastModified": self.last_modified,
            "State": state or ("Enabled" if self.enabled else "Disabled"),
            "StateTransitionReason": "USER_INITIATED",
        }


def mappings_in(account: str, region: str) -> dict[str, EventSourceMapping]:
    """The mappings by UUID; what is changed is kept."""
    found: dict[str, EventSourceMapping] = lambda_backends[account][region]._event_source_mappings
    return found


def every_mapping(account: str) -> Iterator[EventSourceMapping]:
    for region in tuple(lambda_backends[account]):
        yield from tuple(mappings_in(account, region).values())


def is_kept(mapping: EventSourceMapping) -> bool:
    """Whether it has not been deleted meanwhile."""
    return mappings_in(mapping.account, mapping.region).get(mapping.uuid) is mapping
