"""Lambda: functions, and what belongs to them: permissions, aliases, URLs, event sources, asynchronous settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, found, pages, picked, tag_list
from workbench.local_aws.functions.permissions import statements_of
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_SAME = (
    "FunctionName",
    "Role",
    "Runtime",
    "Handler",
    "Description",
    "Timeout",
    "MemorySize",
    "PackageType",
    "Architectures",
    "DeadLetterConfig",
    "TracingConfig",
    "LoggingConfig",
    "FileSystemConfigs",
    "EphemeralStorage",
    "Environment",
    "CodeSigningConfigArn",
)


def read(clients: ServiceClient, context: RequestContext, _: str) -> Iterator[Resource]:
    client = clients("lambda")
    for function in pages(client, "list_functions", "Functions"):
        name = function["FunctionName"]
        yield _function(client, name, function)
        yield from _permissions(context, name)
        yield from _aliases(client, name)
    yield from _event_sources(client)


def _function(client: Any, name: str, function: Mapping[str, Any]) -> Resource:
    described = found(client.get_function, FunctionName=name)
    vpc = function.get("VpcConfig") or {}
    concurrency = (described.get("Concurrency") or {}).get("ReservedConcurrentExecutions")
    properties = picked(function, *_SAME) | compact(
        {
            "KmsKeyArn": function.get("KMSKeyArn"),
            "Layers": [layer["Arn"] for layer in function.get("Layers") or ()],
            "VpcConfig": picked(vpc, "SecurityGroupIds", "SubnetIds"),
            "Tags": tag_list(described.get("Tags")),
            "ReservedConcurrentExecutions": concurrency,
        }
    )
    # New code is a change of the function, although no property of it tells.
    attributes = {"Arn": function["FunctionArn"]} | picked(function, "CodeSha256", "LastModified")
    return Resource(name, "AWS::Lambda::Function", name, properties, attributes)


def _permissions(context: RequestContext, name: str) -> Iterator[Resource]:
    """Those of the function, its versions and its aliases: to ask for the policy of each would take long."""
    for statement in statements_of(context.account, context.region, name):
        qualified = "-".join(statement["Resource"].split(":")[6:])
        physical_id = f"{qualified}-{statement['Sid']}"
        yield Resource(physical_id, "AWS::Lambda::Permission", physical_id, _permission(statement))


def _permission(statement: Mapping[str, Any]) -> Mapping[str, Any]:
    """A statement of the resource policy as the arguments that made it."""
    operators = (statement.get("Condition") or {}).values()
    conditions = {key.lower(): value for operator in operators for key, value in operator.items()}
    principal = statement.get("Principal", {})
    if isinstance(principal, Mapping):
        principal = principal.get("Service") or principal.get("AWS")
    return compact(
        {
            "Action": statement.get("Action"),
            "FunctionName": statement.get("Resource"),
            "Principal": principal,
            "SourceArn": conditions.get("aws:sourcearn"),
            "SourceAccount": conditions.get("aws:sourceaccount"),
            "PrincipalOrgID": conditions.get("aws:principalorgid"),
            "EventSourceToken": conditions.get("lambda:eventsourcetoken"),
            "FunctionUrlAuthType": conditions.get("lambda:functionurlauthtype"),
            "InvokedViaFunctionUrl": (conditions.get("lambda:invokedviafunctionurl") == "true") or None,
        }
    )


def _aliases(client: Any, name: str) -> Iterator[Resource]:
    for alias in pages(client, "list_aliases", "Aliases", FunctionName=name):
        properties = {"FunctionName": name} | picked(alias, "Name", "FunctionVersion", "Description")
        yield Resource(alias["AliasArn"], "AWS::Lambda::Alias", alias["AliasArn"], properties)


_MAPPING = (
    "BatchSize",
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "EventSourceArn",
    "FilterCriteria",
    "FunctionResponseTypes",
    "MaximumBatchingWindowInSeconds",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "ParallelizationFactor",
    "StartingPosition",
    "TumblingWindowInSeconds",
)


def _event_sources(client: Any) -> Iterator[Resource]:
    for mapping in pages(client, "list_event_source_mappings", "EventSourceMappings"):
        said = {"FunctionName": mapping["FunctionArn"], "Enabled": mapping["State"] == "Enabled"}
        properties = picked(mapping, *_MAPPING) | said
        yield Resource(mapping["UUID"], "AWS::Lambda::EventSourceMapping", mapping["UUID"], properties)
