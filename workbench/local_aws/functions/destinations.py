"""Where the end of an asynchronous invocation is told: destinations and dead-letter queues."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from workbench.local_aws.functions.outcome import Outcome
from workbench.local_aws.functions.version import FunctionVersion
from workbench.local_aws.timestamps import in_milliseconds

logger = logging.getLogger(__name__)

Clients = Callable[[str, str], Any]


class Destinations:
    """Tells how invocations ended. What cannot be delivered is logged and lost."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    def tell(self, version: FunctionVersion, payload: bytes, outcome: Outcome, attempts: int) -> None:
        target = version.on_failure if outcome.failed else version.on_success
        if target:
            send(self._clients, version.region, target, record(version, payload, outcome, attempts))
        if outcome.failed and version.dead_letter_target:
            attributes = _dead_letter_attributes(outcome)
            send(self._clients, version.region, version.dead_letter_target, payload.decode(), attributes)


def send(clients: Clients, region: str, arn: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
    """Tells a destination, whatever its service; what cannot be delivered is logged and lost."""
    service = arn.split(":")[2]
    sender = _SENDERS.get(service)
    if sender is None:
        logger.warning("The local AWS does not deliver results of invocations to %s", arn)
        return
    try:
        sender(clients(service, region), arn, text, attributes or {})
    except (BotoCoreError, ClientError) as error:
        logger.warning("The result of an invocation could not be delivered to %s: %s", arn, error)


def record(version: FunctionVersion, payload: bytes, outcome: Outcome, attempts: int) -> str:
    """What a destination receives."""
    failed = {"functionError": "Unhandled"} if outcome.failed else {}
    return json.dumps(
        {
            "version": "1.0",
            "timestamp": in_milliseconds(datetime.now(UTC)),
            "requestContext": {
                "requestId": outcome.request_id,
                "functionArn": f"{version.function_arn}:{version.version}",
                "condition": "RetriesExhausted" if outcome.failed else "Success",
                "approximateInvokeCount": attempts,
            },
            "requestPayload": json.loads(payload),
            "responseContext": {"statusCode": 200, "executedVersion": version.version, **failed},
            "responsePayload": json.loads(outcome.payload),
        }
    )


def _dead_letter_attributes(outcome: Outcome) -> Mapping[str, str]:
    message = str(json.loads(outcome.payload).get("errorMessage", ""))
    return {"RequestID": outcome.request_id, "ErrorCode": "200", "ErrorMessage": message[:1024] or "none"}


def _to_queue(client: Any, arn: str, text: str, attributes: Mapping[str, str]) -> None:
    url = client.get_queue_url(QueueName=arn.rsplit(":", 1)[1])["QueueUrl"]
    client.send_message(QueueUrl=url, MessageBody=text, MessageAttributes=_typed(attributes))


def _to_topic(client: Any, arn: str, text: str, attributes: Mapping[str, str]) -> None:
    client.publish(TopicArn=arn, Message=text, MessageAttributes=_typed(attributes))


def _to_function(client: Any, arn: str, text: str, _: Mapping[str, str]) -> None:
    client.invoke(FunctionName=arn, InvocationType="Event", Payload=text)


def _to_bus(client: Any, arn: str, text: str, _: Mapping[str, str]) -> None:
    ended = "Success" if json.loads(text)["requestContext"]["condition"] == "Success" else "Failure"
    kind = f"Lambda Function Invocation Result - {ended}"
    entry = {"Source": "lambda", "DetailType": kind, "Detail": text, "EventBusName": arn.rsplit("/", 1)[1]}
    client.put_events(Entries=[entry])


def _typed(attributes: Mapping[str, str]) -> dict[str, Any]:
    return {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()}


_SENDERS: Mapping[str, Callable[[Any, str, str, Mapping[str, str]], None]] = {
    "sqs": _to_queue,
    "sns": _to_topic,
    "lambda": _to_function,
    "events": _to_bus,
}
