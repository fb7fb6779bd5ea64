"""Calling what a route leads to: a Lambda function behind an integration's URI."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

Client = Callable[[str], Any]
"""A client of a service, in the API's region."""

_INVOCATION = re.compile(r":lambda:path/[^/]+/functions/(?P<function>.+)/invocations$")
_VARIABLE = re.compile(r"\$\{stageVariables\.([A-Za-z0-9_]+)\}")


def function_of(uri: str, variables: Mapping[str, str]) -> str | None:
    """The ARN of the function, version or alias that an integration's URI names."""
    resolved = _VARIABLE.sub(lambda found: variables.get(found[1], ""), uri)
    found = _INVOCATION.search(resolved)
    if found:
        return found["function"]
    return resolved if ":lambda:" in resolved and ":function:" in resolved else None


def invoke(client: Client, function: str, event: Mapping[str, Any]) -> bytes | None:
    """What the function answers; None when it fails or cannot be invoked."""
    try:
        answer = client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
    except ClientError:
        return None
    return None if answer.get("FunctionError") else bytes(answer["Payload"].read())
