"""Entry point of RoundTripRule, the custom Config rule behind `api-round-trip`.

Owns the question: is what the first function writes read back by the second? It asks both as they are about to go
live (unqualified, while the alias still points to their old versions) and reports on the stack itself. A function
that crashes or answers wrongly makes the stack non-compliant; a call that AWS refuses is an error of the rule, and
the stack stays unjudged.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

import boto3

STACK_TYPE = "AWS::CloudFormation::Stack"
ANNOTATION_LIMIT = 256

Request = Mapping[str, Any]
Invoke = Callable[[str, Request], Mapping[str, Any]]


class BrokenTrip(Exception):
    """The functions do not work together; the message is the reason, in one sentence."""


def handler(event: Mapping[str, Any], _context: object) -> None:
    invoke = partial(invoke_function, boto3.client("lambda"))
    functions = (os.environ["FIRST_FUNCTION"], os.environ["SECOND_FUNCTION"])
    reason = broken(invoke, *functions, value=f"round trip {uuid4()}")
    report(boto3.client("config"), event, os.environ["STACK_ID"], reason)


def broken(invoke: Invoke, first: str, second: str, value: str) -> str | None:
    """Why the round trip of a value does not work, or None when it does."""
    try:
        item_id = _write(invoke, first, value)
    except BrokenTrip as reason:
        return str(reason)
    unread = _reason(partial(_read, invoke, second, item_id, value))
    unremoved = _reason(partial(_remove, invoke, first, item_id))
    return unread or unremoved


def report(config: Any, event: Mapping[str, Any], stack_id: str, reason: str | None) -> None:
    """Tell Config what became of the stack at the time for which it asked."""
    asked_at = datetime.fromisoformat(json.loads(event["invokingEvent"])["notificationCreationTime"])
    evaluation = {
        "ComplianceResourceType": STACK_TYPE,
        "ComplianceResourceId": stack_id,
        "ComplianceType": "NON_COMPLIANT" if reason else "COMPLIANT",
        "Annotation": (reason or "The second function reads what the first one writes.")[:ANNOTATION_LIMIT],
        "OrderingTimestamp": asked_at,
    }
    answer = config.put_evaluations(Evaluations=[evaluation], ResultToken=event["resultToken"])
    if answer.get("FailedEvaluations"):
        raise RuntimeError("Config did not take the evaluation.")


def invoke_function(lambda_: Any, name: str, request: Request) -> Mapping[str, Any]:
    """What a function answers to a request of API Gateway."""
    response = lambda_.invoke(FunctionName=name, Payload=json.dumps(request).encode())
    answer = json.load(response["Payload"])
    if "FunctionError" in response:
        raise BrokenTrip(f"{name} crashed on {request['httpMethod']}: {answer.get('errorMessage', 'no message')}.")
    return answer if isinstance(answer, dict) else {}


def _write(invoke: Invoke, first: str, value: str) -> str:
    answer = invoke(first, _request("POST", "/first", body=json.dumps({"value": value})))
    item = _content(answer, 201, f"{first} did not write an item")
    if not item.get("id"):
        raise BrokenTrip(f"{first} wrote an item but did not tell its id.")
    return str(item["id"])


def _read(invoke: Invoke, second: str, item_id: str, value: str) -> None:
    answer = invoke(second, _request("GET", "/second", query={"id": item_id}))
    item = _content(answer, 200, f"{second} did not read the item")
    if (item.get("id"), item.get("value")) != (item_id, value):
        raise BrokenTrip(f"{second} read something else than what was written.")


def _remove(invoke: Invoke, first: str, item_id: str) -> None:
    answer = invoke(first, _request("DELETE", "/first", query={"id": item_id}))
    if answer.get("statusCode") != 204:
        raise BrokenTrip(f"{first} did not remove the item: status {answer.get('statusCode')}.")


def _reason(step: Callable[[], None]) -> str | None:
    try:
        step()
    except BrokenTrip as reason:
        return str(reason)
    return None


def _request(method: str, path: str, body: str | None = None, query: Mapping[str, str] | None = None) -> Request:
    """What API Gateway passes to a function."""
    return {
        "httpMethod": method,
        "path": path,
        "resource": path,
        "headers": {"Content-Type": "application/json"},
        "queryStringParameters": query,
        "body": body,
        "isBase64Encoded": False,
    }


def _content(answer: Mapping[str, Any], status: int, complaint: str) -> Mapping[str, Any]:
    if answer.get("statusCode") != status:
        raise BrokenTrip(f"{complaint}: status {answer.get('statusCode')}, {answer.get('body')}.")
    try:
        content = json.loads(answer["body"])
    except (KeyError, TypeError, ValueError):
        raise BrokenTrip(f"{complaint}: the answer is not JSON.") from None
    return content if isinstance(content, dict) else {}
