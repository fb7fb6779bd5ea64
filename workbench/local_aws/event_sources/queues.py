"""What Lambda does with a queue: receives batches, invokes the function, deletes what it took.

A message that the function failed on is seen again after its visibility timeout, and then goes to the dead-letter queue
once it was received too often.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from moto.sqs.models import sqs_backends

from workbench.local_aws.event_sources.filters import matches
from workbench.local_aws.event_sources.mapping import EventSourceMapping
from workbench.local_aws.event_sources.polling import Poller
from workbench.local_aws.event_sources.shapes import queue_record

_MOST_RECEIVED_AT_ONCE = 10


def waiting_in_queue(mapping: EventSourceMapping) -> bool:
    """Whether a message could be received."""
    queue = sqs_backends[mapping.account][mapping.region].queues.get(mapping.source_arn.rpartition(":")[2])
    return queue is not None and bool(queue.messages)


def poll_queue(mapping: EventSourceMapping, poller: Poller) -> None:
    """Takes one batch."""
    poller.wait(mapping.setting("MaximumBatchingWindowInSeconds"))
    client = poller.clients("sqs", mapping.region)
    url = client.get_queue_url(QueueName=mapping.source_arn.rpartition(":")[2])["QueueUrl"]
    messages = _received(client, url, mapping.setting("BatchSize"))
    records = [queue_record(message, mapping) for message in messages]
    wanted = [record for record in records if matches(mapping.setting("FilterCriteria"), record, "sqs")]
    failed = _failed(mapping, poller, wanted) if wanted else set()
    timeout = client.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    for record in records:
        handle = {"QueueUrl": url, "ReceiptHandle": record["receiptHandle"]}
        if record["messageId"] in failed:
            seconds = int(poller.seconds(float(timeout["VisibilityTimeout"])))
            client.change_message_visibility(**handle, VisibilityTimeout=seconds)
        else:
            client.delete_message(**handle)


def _received(client: Any, url: str, limit: int) -> list[Mapping[str, Any]]:
    messages: list[Mapping[str, Any]] = []
    while len(messages) < limit:
        at_once = min(_MOST_RECEIVED_AT_ONCE, limit - len(messages))
        answer = client.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=at_once,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
            WaitTimeSeconds=0,
        )
        if not answer.get("Messages"):
            break
        messages += answer["Messages"]
    return messages


def _failed(mapping: EventSourceMapping, poller: Poller, records: Sequence[Mapping[str, Any]]) -> set[str]:
    """The ids of the messages that are to come again."""
    outcome = poller.invoke(mapping, records)
    every = {record["messageId"] for record in records}
    if outcome is None or outcome.failed:
        return every
    return reported(mapping, outcome.payload, every)


def reported(mapping: EventSourceMapping, payload: bytes, every: set[str]) -> set[str]:
    """What the function reported as failed, if it may; all of it when the report cannot be understood."""
    if "ReportBatchItemFailures" not in mapping.setting("FunctionResponseTypes"):
        return set()
    try:
        failures = (json.loads(payload) or {}).get("batchItemFailures") or []
        named = {failure["itemIdentifier"] for failure in failures}
    except (AttributeError, KeyError, TypeError, ValueError):
        return every
    return named if named <= every else every
