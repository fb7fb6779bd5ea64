"""Custom resources: a function of the user creates, updates and deletes them, and answers through a URL.

Owns the conversation: the event that goes to the function (or topic) of the ServiceToken, and what its answer means.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol
from uuid import uuid4

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider, ProvisioningError
from workbench.local_aws.cloudformation.resources.settings import as_text


class Mailbox(Protocol):
    """Where answers arrive (`workbench.local_aws.cloudformation.mailbox`)."""

    def open(self) -> str: ...

    def wait(self, address: str, seconds: float) -> bytes | None: ...


class CustomResources:
    """Talks to custom resources; `timeout` is how many seconds one may take to answer, an hour on AWS."""

    def __init__(self, mailbox: Mailbox, timeout: float) -> None:
        self._mailbox = mailbox
        self._timeout = timeout
        self.provider = Provider(self._create, self._update, self._delete, slow=True)

    def _create(self, properties: Properties, context: Context) -> Physical:
        answer = self._ask("Create", properties, context, {})
        if "PhysicalResourceId" in answer:
            context.exists(answer["PhysicalResourceId"])
        return _judged(answer)

    def _update(self, physical_id: str, old: Properties, new: Properties, context: Context) -> Physical:
        if old["ServiceToken"] != new["ServiceToken"]:
            raise ProvisioningError("Modifying service token is not allowed.")
        more = {"PhysicalResourceId": physical_id, "OldResourceProperties": as_text(old)}
        return _judged(self._ask("Update", new, context, more))

    def _delete(self, physical_id: str, properties: Properties, context: Context) -> None:
        _judged(self._ask("Delete", properties, context, {"PhysicalResourceId": physical_id}))

    def _ask(self, kind: str, properties: Properties, context: Context, more: Mapping[str, Any]) -> Mapping[str, Any]:
        address, request_id = self._mailbox.open(), str(uuid4())
        event = {
            "RequestType": kind,
            "ServiceToken": properties["ServiceToken"],
            "ResponseURL": address,
            "StackId": context.stack_id,
            "RequestId": request_id,
            "LogicalResourceId": context.logical_id,
            "ResourceType": context.type,
            "ResourceProperties": as_text(properties),
            **more,
        }
        _send(properties["ServiceToken"], json.dumps(event), context)
        seconds = min(self._timeout, float(properties.get("ServiceTimeout", self._timeout)))
        body = self._mailbox.wait(address, seconds)
        if body is None:
            message = "CloudFormation did not receive a response from your Custom Resource. Please check your logs for"
            raise ProvisioningError(f"{message} requestId [{request_id}].")
        return _read(body, request_id)


def _send(token: str, event: str, context: Context) -> None:
    if ":sns:" in token:
        context.client("sns").publish(TopicArn=token, Message=event)
    else:
        context.client("lambda").invoke(FunctionName=token, InvocationType="Event", Payload=event.encode())


def _read(body: bytes, request_id: str) -> Mapping[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise ProvisioningError(f"Invalid PUT response: not JSON (RequestId: {request_id})") from error
    if not isinstance(answer, dict) or answer.get("Status") not in ("SUCCESS", "FAILED"):
        raise ProvisioningError(f"Invalid Response object: Status must be SUCCESS or FAILED (RequestId: {request_id})")
    return {"RequestId": request_id, **answer}


def _judged(answer: Mapping[str, Any]) -> Physical:
    if answer["Status"] == "FAILED":
        reason, request_id = answer.get("Reason", ""), answer["RequestId"]
        message = "Received response status [FAILED] from custom resource. Message returned:"
        raise ProvisioningError(f"{message} {reason} (RequestId: {request_id})")
    if not answer.get("PhysicalResourceId"):
        raise ProvisioningError("Invalid PhysicalResourceId")
    return Physical(str(answer["PhysicalResourceId"]), dict(answer.get("Data") or {}))
