"""AWS Lambda: who may invoke a function, and what does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation import names
from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.lambda_functions import retag
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick

_MAPPING = (
    "BatchSize",
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "Enabled",
    "EventSourceArn",
    "FilterCriteria",
    "FunctionName",
    "FunctionResponseTypes",
    "MaximumBatchingWindowInSeconds",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "ParallelizationFactor",
    "ScalingConfig",
    "StartingPosition",
    "StartingPositionTimestamp",
    "TumblingWindowInSeconds",
)
_MAPPING_RESET: Mapping[str, Any] = {
    # What UpdateEventSourceMapping is told when the template no longer mentions a property.
    "BisectBatchOnFunctionError": False,
    "DestinationConfig": {"OnFailure": {}},
    "Enabled": True,
    "FilterCriteria": {},
    "FunctionResponseTypes": [],
    "MaximumBatchingWindowInSeconds": 0,
    "MaximumRecordAgeInSeconds": -1,
    "MaximumRetryAttempts": -1,
    "ParallelizationFactor": 1,
    "ScalingConfig": {},
    "TumblingWindowInSeconds": 0,
}
_MAPPING_FIXED = ("EventSourceArn", "StartingPosition", "StartingPositionTimestamp")
_INVOKE = ("DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts")
_PERMISSION = (
    "Action",
    "EventSourceToken",
    "FunctionName",
    "FunctionUrlAuthType",
    "InvokedViaFunctionUrl",
    "Principal",
    "PrincipalOrgID",
    "SourceAccount",
    "SourceArn",
)


def _permit(properties: Properties, context: Context) -> Physical:
    statement = f"{context.stack_name}-{context.logical_id}-{names.random_suffix()}"[-100:]
    call(context.client("lambda"), "add_permission", StatementId=statement, **pick(properties, *_PERMISSION))
    return Physical(statement)


def _withdraw(statement: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("lambda").remove_permission(FunctionName=properties["FunctionName"], StatementId=statement)


def _create_mapping(properties: Properties, context: Context) -> Physical:
    client = context.client("lambda")
    tags = context.tag_map(properties)
    told = pick(properties, *_MAPPING) | ({"Tags": tags} if tags else {})
    uuid = call(client, "create_event_source_mapping", **told)["UUID"]
    return _mapping(uuid, context)


def _update_mapping(uuid: str, old: Properties, new: Properties, context: Context) -> Physical:
    client = context.client("lambda")
    gone = {name: value for name, value in _MAPPING_RESET.items() if name in old and name not in new}
    if "BatchSize" in old and "BatchSize" not in new:
        gone["BatchSize"] = 10 if ":sqs:" in new["EventSourceArn"] else 100
    changeable = [name for name in _MAPPING if name not in _MAPPING_FIXED]
    call(client, "update_event_source_mapping", UUID=uuid, **gone, **pick(new, *changeable))
    mapping = _mapping(uuid, context)
    retag(client, mapping.attributes["EventSourceMappingArn"], context.tag_map(new))
    return mapping


def _delete_mapping(uuid: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("lambda").delete_event_source_mapping(UUID=uuid)


def _mapping(uuid: str, context: Context) -> Physical:
    return Physical(uuid, {"Id": uuid, "EventSourceMappingArn": context.arn("lambda", f"event-source-mapping:{uuid}")})


def _create_invoke_config(properties: Properties, context: Context) -> Physical:
    _put_invoke_config(properties, context)
    return Physical(json.dumps([properties["FunctionName"], properties.get("Qualifier", "$LATEST")]))


def _update_invoke_config(physical_id: str, _: Properties, new: Properties, context: Context) -> Physical:
    _put_invoke_config(new, context)
    return Physical(physical_id)


def _put_invoke_config(properties: Properties, context: Context) -> None:
    target = pick(properties, "FunctionName", "Qualifier")
    call(context.client("lambda"), "put_function_event_invoke_config", **target, **pick(properties, *_INVOKE))


def _delete_invoke_config(_: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        call(
            context.client("lambda"),
            "delete_function_event_invoke_config",
            **pick(properties, "FunctionName", "Qualifier"),
        )


def _create_url(properties: Properties, context: Context) -> Physical:
    return _url(call(context.client("lambda"), "create_function_url_config", **_url_parameters(properties)))


def _update_url(_: str, _old: Properties, new: Properties, context: Context) -> Physical:
    return _url(call(context.client("lambda"), "update_function_url_config", **_url_parameters(new)))


def _delete_url(_: str, properties: Properties, context: Context) -> None:
    target = {"FunctionName": properties["TargetFunctionArn"], "Qualifier": properties.get("Qualifier")}
    with gone_is_fine():
        call(context.client("lambda"), "delete_function_url_config", **target)


def _url_parameters(properties: Properties) -> dict[str, Any]:
    return pick(properties, "AuthType", "Cors", "InvokeMode", "Qualifier", TargetFunctionArn="FunctionName")


def _url(config: Any) -> Physical:
    return Physical(config["FunctionArn"], {"FunctionUrl": config["FunctionUrl"], "FunctionArn": config["FunctionArn"]})


PROVIDERS = {
    "AWS::Lambda::EventInvokeConfig": Provider(
        _create_invoke_config,
        _update_invoke_config,
        _delete_invoke_config,
        replaces=frozenset({"FunctionName", "Qualifier"}),
    ),
    "AWS::Lambda::EventSourceMapping": Provider(
        _create_mapping,
        _update_mapping,
        _delete_mapping,
        replaces=frozenset(_MAPPING_FIXED),
        held=frozenset({*_MAPPING, "Tags"}),
        tagged=True,
    ),
    "AWS::Lambda::Permission": Provider(_permit, None, _withdraw),
    "AWS::Lambda::Url": Provider(
        _create_url, _update_url, _delete_url, replaces=frozenset({"TargetFunctionArn", "Qualifier"})
    ),
}
