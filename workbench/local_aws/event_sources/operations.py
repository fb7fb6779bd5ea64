"""The operations of Lambda on event source mappings."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from typing import Any

from moto.awslambda.exceptions import UnknownFunctionException
from moto.awslambda.models import lambda_backends
from moto.sqs.models import sqs_backends

from workbench.local_aws.event_sources import streams
from workbench.local_aws.event_sources.mapping import EventSourceMapping, mappings_in
from workbench.local_aws.functions.qualifier import split
from workbench.local_aws.service import AwsError, Operation, RequestContext

_OF_THE_RECORD = ("EventSourceArn", "FunctionName", "Tags", "UUID")
_MOST_LISTED = 100
_STREAMS = ("dynamodb", "kinesis")


def operations() -> Mapping[str, Operation]:
    return {
        "CreateEventSourceMapping": _create,
        "DeleteEventSourceMapping": _delete,
        "GetEventSourceMapping": _get,
        "ListEventSourceMappings": _list,
        "UpdateEventSourceMapping": _update,
    }


def _create(request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    mapping = EventSourceMapping(
        uuid=str(uuid.uuid4()),
        region=context.region,
        account=context.account,
        function_arn=_function_arn(request["FunctionName"], context),
        source_arn=request["EventSourceArn"],
        settings=_settings(request),
        tags=dict(request.get("Tags") or {}),
    )
    _must_be_new(mapping)
    _must_have_a_source(mapping)
    kept = mappings_in(context.account, context.region)
    if mapping.service in _STREAMS:
        streams.start(mapping)
    kept[mapping.uuid] = mapping
    return mapping.described("Creating")


def _get(request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    return _found(request, context).described()


def _update(request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    mapping = _found(request, context)
    if request.get("FunctionName"):
        mapping.function_arn = _function_arn(request["FunctionName"], context)
    was_enabled = mapping.enabled
    mapping.settings = {**mapping.settings, **_settings(request)}
    mapping.last_modified = time.time()
    changes = {(True, False): "Disabling", (False, True): "Enabling"}
    return mapping.described(changes.get((was_enabled, mapping.enabled), "Updating"))


def _delete(request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    mapping = _found(request, context)
    del mappings_in(context.account, context.region)[mapping.uuid]
    return mapping.described("Deleting")


def _list(request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    source, function = request.get("EventSourceArn"), request.get("FunctionName")
    name, qualifier = split(function, None) if function else (None, None)
    every = [
        mapping
        for mapping in mappings_in(context.account, context.region).values()
        if (source in (None, mapping.source_arn)) and (name is None or _is_of(mapping, name, qualifier))
    ]
    start, most = int(request.get("Marker") or 0), min(int(request.get("MaxItems") or _MOST_LISTED), _MOST_LISTED)
    more = {"NextMarker": str(start + most)} if start + most < len(every) else {}
    return {"EventSourceMappings": [mapping.described() for mapping in every[start : start + most]], **more}


def _is_of(mapping: EventSourceMapping, name: str, qualifier: str | None) -> bool:
    return split(mapping.function_arn, None) == (name, qualifier)


def _settings(request: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in request.items() if name not in _OF_THE_RECORD}


def _function_arn(named: str, context: RequestContext) -> str:
    """With the qualifier, so that a mapping of an alias follows the alias."""
    name, qualifier = split(named, None)
    try:
        function = lambda_backends[context.account][context.region].get_function(name, qualifier)
    except UnknownFunctionException as error:
        message = f"Function not found: arn:aws:lambda:{context.region}:{context.account}:function:{name}"
        raise AwsError("ResourceNotFoundException", message, 404) from error
    arn = ":".join(function.function_arn.split(":")[:7])
    return f"{arn}:{qualifier}" if qualifier else arn


def _found(request: Mapping[str, Any], context: RequestContext) -> EventSourceMapping:
    mapping = mappings_in(context.account, context.region).get(request["UUID"])
    if mapping is None:
        raise AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404)
    return mapping


def _must_be_new(mapping: EventSourceMapping) -> None:
    for other in mappings_in(mapping.account, mapping.region).values():
        if (other.source_arn, other.function_arn) == (mapping.source_arn, mapping.function_arn):
            message = (
                f'The event source arn (" {mapping.source_arn} ") and function (" {mapping.function_name} ") '
                f"provided mapping already exists. Please update or delete the existing mapping with UUID {other.uuid}"
            )
            raise AwsError("ResourceConflictException", message, 409)


def _must_have_a_source(mapping: EventSourceMapping) -> None:
    if mapping.service == "sqs":
        _must_have_a_queue(mapping)
    elif mapping.service not in _STREAMS:
        raise AwsError("InvalidParameterValueException", f"The local AWS reads no events from {mapping.source_arn}.")
    elif not mapping.settings.get("StartingPosition"):
        message = (
            "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: "
            "Member must not be null."
        )
        raise AwsError("InvalidParameterValueException", message)
    elif not streams.shards(mapping):
        raise AwsError("InvalidParameterValueException", f"Stream not found: {mapping.source_arn}")


def _must_have_a_queue(mapping: EventSourceMapping) -> None:
    queue = sqs_backends[mapping.account][mapping.region].queues.get(mapping.source_arn.rpartition(":")[2])
    if queue is None:
        message = (
            "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. "
            "SQS Error Message: The specified queue does not exist."
        )
        raise AwsError("InvalidParameterValueException", message)
    function = lambda_backends[mapping.account][mapping.region].get_function(mapping.function_name)
    if int(queue.visibility_timeout) < int(function.timeout):
        message = (
            f"Queue visibility timeout: {queue.visibility_timeout} seconds is less than "
            f"Function timeout: {function.timeout} seconds"
        )
        raise AwsError("InvalidParameterValueException", message)
