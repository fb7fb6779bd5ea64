"""Batches of a stream that are left behind: what the mapping's destination for failures is told of them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workbench.local_aws.event_sources.mapping import EventSourceMapping
from workbench.local_aws.event_sources.polling import Poller
from workbench.local_aws.functions.destinations import send
from workbench.local_aws.timestamps import in_milliseconds

_BATCH = {"dynamodb": "DDBStreamBatchInfo", "kinesis": "KinesisBatchInfo"}


@dataclass(frozen=True)
class Discarded:
    """Sequence number and arrival of each record, and how often the function was tried."""

    shard: str
    records: Sequence[tuple[int, float]]
    attempts: int


def tell_discarded(mapping: EventSourceMapping, poller: Poller, discarded: Discarded) -> None:
    target = ((mapping.setting("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
    if target:
        send(poller.clients, mapping.region, target, json.dumps(_told(mapping, discarded)))


def _told(mapping: EventSourceMapping, discarded: Discarded) -> dict[str, Any]:
    (first, began), (last, ended) = discarded.records[0], discarded.records[-1]
    return {
        "requestContext": {
            "requestId": str(uuid.uuid4()),
            "functionArn": mapping.function_arn,
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": discarded.attempts,
        },
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "version": "1.0",
        "timestamp": _stamp(datetime.now(UTC).timestamp()),
        _BATCH[mapping.service]: {
            "shardId": discarded.shard,
            "startSequenceNumber": str(first),
            "endSequenceNumber": str(last),
            "approximateArrivalOfFirstRecord": _stamp(began),
            "approximateArrivalOfLastRecord": _stamp(ended),
            "batchSize": len(discarded.records),
            "streamArn": mapping.source_arn,
        },
    }


def _stamp(moment: float) -> str:
    return in_milliseconds(datetime.fromtimestamp(moment, UTC))
