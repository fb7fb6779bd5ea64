"""Lambda functions that really run: Invoke in all its ways, on top of moto's function, version and alias records.

A function runs in a process of its own (`sandbox`), kept warm (`pool`), with its own code, layers and environment
and the endpoint of this local AWS; its log goes to CloudWatch Logs. `Functions` is what the server wires.
"""

from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from random import random
from typing import Any

from moto.awslambda.models import lambda_backends

from workbench.local_aws.functions import permissions
from workbench.local_aws.functions.asynchronous import Retrying
from workbench.local_aws.functions.destinations import Destinations
from workbench.local_aws.functions.logs import LogWriter
from workbench.local_aws.functions.metrics import Metrics
from workbench.local_aws.functions.outcome import Outcome
from workbench.local_aws.functions.qualifier import resolve
from workbench.local_aws.functions.records import complete_records
from workbench.local_aws.functions.runner import Event, Runner, ThrottledError
from workbench.local_aws.functions.version import FunctionVersion, version_of
from workbench.local_aws.service import AwsError, Operation, RequestContext

Clients = Callable[[str, str], Any]
"""A client of a service in a region: `LocalAws.client`."""

_LARGEST_PAYLOAD = 6_291_456
_LARGEST_EVENT = 1_048_576


class Functions:
    """Runs functions. One at a time in a process, since moto's records are global; `close` ends all it started.

    `minute` is the length of Lambda's minute in seconds: asynchronous invocations are retried after one and two.
    `dice` gives numbers from 0 to 1 that spread the traffic of an alias over its versions.
    """

    def __init__(
        self, endpoint: str, clients: Clients, minute: float = 60.0, dice: Callable[[], float] = random
    ) -> None:
        self._dice = dice
        self._broken_off: list[tuple[FunctionVersion, Event]] = []
        self._metrics = Metrics()
        self._runner = Runner(endpoint, LogWriter(clients))
        self._retrying = Retrying(self._run, Destinations(clients), self._drop, minute)
        self._stack = ExitStack()
        self._stack.callback(self._runner.close)
        self._stack.callback(self._retrying.close)
        self._stack.enter_context(complete_records(endpoint, self._run_record))

    def operations(self) -> Mapping[str, Operation]:
        return {"Invoke": self._invoke, **permissions.operations()}

    def state(self) -> Any:
        return list(self._retrying.under_way.values())

    def restore(self, state: Any) -> None:
        self._broken_off = state

    def start(self) -> None:
        """Runs again what a stop of the local AWS broke off, for an event is delivered at least once."""
        for version, event in self._broken_off:
            self._retrying.start(version, event)

    def invoke(self, context: RequestContext, name: str, payload: bytes, qualifier: str | None = None) -> Outcome:
        """Runs a function and waits for its answer. Raises `AwsError` for one that does not exist or is throttled."""
        version, event = self._prepare(context, {"FunctionName": name, "Qualifier": qualifier, "Payload": payload})
        return self._run(version, event)

    def invoke_event(self, context: RequestContext, name: str, payload: bytes, qualifier: str | None = None) -> None:
        """Runs a function in the background, with Lambda's retries."""
        version, event = self._prepare(context, {"FunctionName": name, "Qualifier": qualifier, "Payload": payload})
        self._retrying.start(version, event)

    def close(self) -> None:
        self._stack.close()

    def _invoke(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        kind = parameters.get("InvocationType", "RequestResponse")
        version, event = self._prepare(context, parameters)
        if kind == "DryRun":
            return {"StatusCode": 204, "ExecutedVersion": version.version}
        if kind == "Event":
            self._retrying.start(version, event)
            return {"StatusCode": 202}
        return _response(self._run(version, event), version, with_log=parameters.get("LogType") == "Tail")

    def _prepare(self, context: RequestContext, parameters: Mapping[str, Any]) -> tuple[FunctionVersion, Event]:
        backend = lambda_backends[context.account][context.region]
        found = resolve(backend, parameters["FunctionName"], parameters.get("Qualifier"), self._dice)
        payload = _payload(parameters)
        event = Event(payload, found.invoked_arn, str(uuid.uuid4()), _client_context(parameters))
        return version_of(found.record), event

    def _run(self, version: FunctionVersion, event: Event) -> Outcome:
        began = time.monotonic()
        try:
            outcome = self._runner.run(version, event)
        except ThrottledError as error:
            self._metrics.add(version, event.invoked_arn, {"Throttles": 1})
            raise AwsError("TooManyRequestsException", "Rate Exceeded.", 429) from error
        duration = (time.monotonic() - began) * 1000
        figures = {"Invocations": 1, "Errors": int(outcome.failed), "Throttles": 0, "Duration": duration}
        self._metrics.add(version, event.invoked_arn, figures)
        return outcome

    def _drop(self, version: FunctionVersion, event: Event) -> None:
        self._metrics.add(version, event.invoked_arn, {"AsyncEventsDropped": 1})

    def _run_record(self, record: Any, payload: bytes) -> tuple[bytes, bool]:
        version = version_of(record)
        outcome = self._run(version, Event(payload, version.arn, str(uuid.uuid4())))
        return outcome.payload, outcome.failed


def _payload(parameters: Mapping[str, Any]) -> bytes:
    given: Any = parameters.get("Payload") or b"{}"
    payload = given.encode() if isinstance(given, str) else bytes(given)
    limit = _LARGEST_EVENT if parameters.get("InvocationType") == "Event" else _LARGEST_PAYLOAD
    if len(payload) > limit:
        message = (
            f"{len(payload)} byte payload is too large for the RequestResponse invocation type (limit {limit} bytes)"
        )
        raise AwsError("RequestTooLargeException", message, 413)
    try:
        json.loads(payload)
    except ValueError as error:
        message = f"Could not parse request body into json: {error}"
        raise AwsError("InvalidRequestContentException", message) from error
    return payload


def _client_context(parameters: Mapping[str, Any]) -> Mapping[str, Any] | None:
    encoded = parameters.get("ClientContext")
    if not encoded:
        return None
    try:
        context: Mapping[str, Any] = json.loads(base64.b64decode(encoded))
    except ValueError as error:
        message = "Client context must be a valid Base64-encoded JSON object."
        raise AwsError("InvalidRequestContentException", message) from error
    return context


def _response(outcome: Outcome, version: FunctionVersion, *, with_log: bool) -> Mapping[str, Any]:
    response = {"StatusCode": 200, "ExecutedVersion": version.version, "Payload": outcome.payload}
    if outcome.failed:
        response["FunctionError"] = "Unhandled"
    if with_log:
        response["LogResult"] = base64.b64encode(outcome.log.encode()[-4096:]).decode()
    return response
