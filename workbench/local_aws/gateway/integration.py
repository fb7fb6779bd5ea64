"""Calling what a route leads to: a Lambda function behind an integration's URI."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Literal

from botocore.exceptions import ClientError

from workbench.local_aws import background


@dataclass(frozen=True)
class Outcome:
    """What a function answered, or its error where there is a failure."""

    payload: bytes = b""
    failure: Literal["", "failed", "timed out"] = ""


Client = Callable[[str], Any]
"""A client of a service, in the API's region."""

_INVOCATION = re.compile(r":lambda:path/[^/]+/functions/(?P<function>.+)/invocations$")
_VARIABLE = re.compile(r"\$\{stageVariables\.([A-Za-z0-9_]+)\}")


def with_variables(text: str, variables: Mapping[str, str]) -> str:
    """A setting with the stage's variables in their places."""
    return _VARIABLE.sub(lambda found: variables.get(found[1], ""), text)


def function_of(uri: str, variables: Mapping[str, str]) -> str | None:
    """The ARN of the function, version or alias that an integration's URI names."""
    resolved = with_variables(uri, variables)
    found = _INVOCATION.search(resolved)
    if found:
        return found["function"]
    return resolved if ":lambda:" in resolved and ":function:" in resolved else None


def invoke(client: Client, function: str, event: Any, seconds: float = 29.0) -> Outcome:
    """What the function answers within the time; it goes on running after that."""
    answers: SimpleQueue[Outcome] = SimpleQueue()

    def run() -> None:
        answers.put(_invoked(client, function, event))

    background.start("integration", run)
    try:
        return answers.get(timeout=seconds)
    except Empty:
        return Outcome(failure="timed out")


def _invoked(client: Client, function: str, event: Any) -> Outcome:
    payload = event if isinstance(event, bytes) else json.dumps(event).encode()
    try:
        answer = client("lambda").invoke(FunctionName=function, Payload=payload)
    except ClientError:
        return Outcome(failure="failed")
    return Outcome(bytes(answer["Payload"].read()), "failed" if answer.get("FunctionError") else "")


def seconds_of(integration: Mapping[str, Any], most: float) -> float:
    """How long an integration may take."""
    given = integration.get("timeoutInMillis")
    return float(given) / 1000 if given else most
