"""Access logs: a line a request in the log group that a stage names, in the stage's own format."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from workbench.local_aws.gateway.answers import Answer
from workbench.local_aws.gateway.asked import Asked
from workbench.local_aws.gateway.events import Route, context_1
from workbench.local_aws.gateway.integration import Client

logger = logging.getLogger(__name__)

_VARIABLE = re.compile(r"\$context\.(\w+(?:\.[\w-]+)*)")


def write(settings: Mapping[str, Any] | None, client: Client, route: Route, result: tuple[Asked, Answer]) -> None:
    """Writes what a stage's settings ask for; a group that is not there costs the line, not the answer."""
    group = str((settings or {}).get("destinationArn") or "").partition(":log-group:")[2].removesuffix(":*")
    if not group or not settings:
        return
    asked, _ = result
    stream = uuid.uuid5(uuid.NAMESPACE_URL, f"{asked.arn}/{route.stage}").hex
    event = {"timestamp": int(asked.at.timestamp() * 1000), "message": line(settings.get("format", ""), route, result)}
    logs = client("logs")
    try:
        _open(logs, group, stream)
        logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=[event])
    except ClientError as error:
        logger.warning("No access log of %s: %s", asked.arn, error)


def line(template: str, route: Route, result: tuple[Asked, Answer]) -> str:
    """The format with its variables replaced; those without a value are a dash."""
    asked, answer = result
    own = {
        "responseLatency": int(asked.elapsed_milliseconds()),
        "responseLength": len(answer.body),
        "routeKey": route.key or None,
        "status": answer.status,
    }
    context = context_1(asked, route) | own
    return _VARIABLE.sub(lambda found: _text(context, found[1]), template)


def _text(context: Mapping[str, Any], path: str) -> str:
    found: Any = context
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return "-" if found is None else str(found)


def _open(logs: Any, group: str, stream: str) -> None:
    try:
        logs.create_log_stream(logGroupName=group, logStreamName=stream)
    except logs.exceptions.ResourceAlreadyExistsException:
        return
