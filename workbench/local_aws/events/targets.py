"""Targets of EventBridge rules and schedules: what each kind is sent, and how."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from workbench.local_aws.service import AwsError, RequestContext

logger = logging.getLogger(__name__)

InvokeEvent = Callable[[RequestContext, str, bytes], None]
"""Runs a function in the background, with Lambda's retries."""


class Targets:
    """Delivers. What cannot be delivered is logged and lost, as without a dead-letter queue on AWS."""

    def __init__(self, clients: Callable[[str, str], Any], invoke: InvokeEvent) -> None:
        self._clients = clients
        self._invoke = invoke

    def deliver(self, context: RequestContext, target: Mapping[str, Any], event: Mapping[str, Any]) -> None:
        service = target["Arn"].split(":")[2]
        text = sent(target, event)
        try:
            if service == "lambda":
                self._invoke(context, target["Arn"], text.encode())
            else:
                self._send(context, service, target, text)
        except (AwsError, BotoCoreError, ClientError) as error:
            logger.warning("An event could not be delivered to %s: %s", target["Arn"], error)

    def _send(self, context: RequestContext, service: str, target: Mapping[str, Any], text: str) -> None:
        arn = target["Arn"]
        client = self._clients("stepfunctions" if service == "states" else service, context.region)
        if service == "sqs":
            url = client.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]
            group = (target.get("SqsParameters") or {}).get("MessageGroupId")
            client.send_message(QueueUrl=url, MessageBody=text, **({"MessageGroupId": group} if group else {}))
        elif service == "sns":
            client.publish(TopicArn=arn, Message=text)
        elif service == "states":
            client.start_execution(stateMachineArn=arn, input=text)
        else:
            logger.warning("The local AWS does not deliver events to %s", arn)


def sent(target: Mapping[str, Any], event: Mapping[str, Any]) -> str:
    """What the target is sent of the event: all of it, a part, a constant, or a text made from it."""
    if target.get("Input"):
        return str(target["Input"])
    if target.get("InputPath"):
        return json.dumps(_at(target["InputPath"], event))
    transformer = target.get("InputTransformer")
    if not transformer:
        return json.dumps(event)
    text = str(transformer["InputTemplate"])
    for name, path in (transformer.get("InputPathsMap") or {}).items():
        text = _filled(text, name, _at(path, event))
    return _filled(text, "aws.events.event.json", event)


def _filled(text: str, name: str, value: Any) -> str:
    """Inside quotes a placeholder becomes plain text, elsewhere JSON."""
    plain = value if isinstance(value, str) else json.dumps(value)
    return text.replace(f'"<{name}>"', json.dumps(value)).replace(f"<{name}>", plain)


def _at(path: str, event: Mapping[str, Any]) -> Any:
    from jsonpath_ng.ext.parser import parse

    matches = parse(path).find(event)
    return matches[0].value if matches else None
