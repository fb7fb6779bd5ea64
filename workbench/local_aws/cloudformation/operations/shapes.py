"""Stacks, resources, events and change sets in the shapes of the API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.change_set import ChangeSet
from workbench.local_aws.cloudformation.model import (
    Definition,
    Output,
    Stack,
    StackEvent,
    StackOperation,
    StackResource,
)
from workbench.templates.functions import scalar_text


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without the members that have no value."""
    return {key: value for key, value in values.items() if value is not None}


def stack(one: Stack) -> Mapping[str, Any]:
    definition = one.definition
    return given(
        {
            "StackId": one.stack_id,
            "StackName": one.name,
            "ChangeSetId": one.executed_change_set,
            "Description": description(one),
            "Parameters": parameters(definition) or None,
            "CreationTime": one.created_at,
            "LastUpdatedTime": one.updated_at,
            "DeletionTime": one.deleted_at,
            "RollbackConfiguration": {},
            "StackStatus": one.status,
            "StackStatusReason": one.status_reason,
            "DisableRollback": one.on_failure == "DO_NOTHING",
            "NotificationARNs": list(definition.notification_arns),
            "Capabilities": list(definition.capabilities) or None,
            "Outputs": [_output(output) for output in one.outputs] or None,
            "RoleARN": definition.role_arn,
            "Tags": tags(definition),
            "EnableTerminationProtection": None if one.deleted_at else one.termination_protection,
            "ParentId": one.parent_id,
            "RootId": one.root_id,
            "DriftInformation": stack_drift(one),
            "RetainExceptOnCreate": one.retain_except_on_create or None,
            "LastOperations": [_operation(each) for each in one.operations[-1:]],
        }
    )


def _operation(one: StackOperation) -> Mapping[str, str]:
    return {"OperationType": one.type, "OperationId": one.operation_id}


def stack_summary(one: Stack) -> Mapping[str, Any]:
    return given(
        {
            "StackId": one.stack_id,
            "StackName": one.name,
            "TemplateDescription": description(one),
            "CreationTime": one.created_at,
            "LastUpdatedTime": one.updated_at,
            "DeletionTime": one.deleted_at,
            "StackStatus": one.status,
            "StackStatusReason": one.status_reason,
            "ParentId": one.parent_id,
            "RootId": one.root_id,
            "DriftInformation": stack_drift(one),
        }
    )


def description(one: Stack) -> str | None:
    text = one.definition.template.processed.get("Description")
    return None if text is None else str(text)


def parameters(definition: Definition) -> list[Mapping[str, Any]]:
    """Every parameter of the template with its value; NoEcho values are hidden."""
    prepared = definition.template.prepared
    return [_parameter(name, body, definition) for name, body in prepared.document.section("Parameters").items()]


def _parameter(name: str, body: Mapping[str, Any], definition: Definition) -> Mapping[str, Any]:
    """With the value that it stands for, where it names one of Systems Manager."""
    value = _shown(body, definition.parameters.get(name, body.get("Default", "")))
    shown = {"ParameterKey": name, "ParameterValue": value}
    if not str(body.get("Type")).startswith("AWS::SSM::Parameter::Value<"):
        return shown
    found = definition.template.prepared.scope.parameters[name]
    return {**shown, "ResolvedValue": ",".join(found) if isinstance(found, list) else scalar_text(found)}


def tags(definition: Definition) -> list[Mapping[str, str]]:
    return [{"Key": key, "Value": value} for key, value in definition.tags.items()]


def stack_drift(one: Stack) -> Mapping[str, Any]:
    """The latest detection on the whole stack."""
    if one.drift is None:
        return {"StackDriftStatus": "NOT_CHECKED"}
    return given({"StackDriftStatus": one.drift.status, "LastCheckTimestamp": one.drift.checked_at})


def resource_drift(owner: Stack, one: StackResource) -> Mapping[str, Any]:
    """The latest detection on the resource."""
    drift = owner.drift.of(one.logical_id) if owner.drift else None
    if drift is None:
        return {"StackResourceDriftStatus": "NOT_CHECKED"}
    return {"StackResourceDriftStatus": drift.status, "LastCheckTimestamp": drift.checked_at}


def resource_summary(owner: Stack, one: StackResource) -> dict[str, Any]:
    return given(
        {
            "LogicalResourceId": one.logical_id,
            "PhysicalResourceId": one.physical_id,
            "ResourceType": one.type,
            "LastUpdatedTimestamp": one.updated_at,
            "ResourceStatus": one.status,
            "ResourceStatusReason": one.reason,
            "DriftInformation": resource_drift(owner, one),
        }
    )


def resource_detail(owner: Stack, one: StackResource) -> dict[str, Any]:
    metadata = one.body.get("Metadata")
    return given(
        {
            **resource_summary(owner, one),
            "StackName": owner.name,
            "StackId": owner.stack_id,
            "Description": one.body.get("Description"),
            "Metadata": None if metadata is None else json.dumps(metadata),
        }
    )


def stack_resource(owner: Stack, one: StackResource) -> Mapping[str, Any]:
    detail = resource_detail(owner, one)
    return {**detail, "Timestamp": detail.pop("LastUpdatedTimestamp")}


def event(owner: Stack, one: StackEvent) -> Mapping[str, Any]:
    return given(
        {
            "StackId": owner.stack_id,
            "EventId": one.event_id,
            "StackName": owner.name,
            "LogicalResourceId": one.logical_id,
            "PhysicalResourceId": one.physical_id or "",
            "ResourceType": one.type,
            "Timestamp": one.timestamp,
            "ResourceStatus": one.status,
            "ResourceStatusReason": one.reason,
            "ResourceProperties": None if one.properties is None else json.dumps(one.properties, default=str),
            "ClientRequestToken": one.token,
            "OperationId": one.operation_id,
        }
    )


def change_set(owner: Stack, one: ChangeSet) -> Mapping[str, Any]:
    definition = one.definition
    return given(
        {
            **change_set_summary(owner, one),
            "Parameters": (parameters(definition) or None) if definition else None,
            "Capabilities": list(definition.capabilities) if definition else [],
            "Tags": (tags(definition) or None) if definition else None,
            "NotificationARNs": list(definition.notification_arns) if definition else [],
            "RollbackConfiguration": {},
            "OnStackFailure": one.on_failure,
        }
    )


def change_set_summary(owner: Stack, one: ChangeSet) -> Mapping[str, Any]:
    return given(
        {
            "StackId": owner.stack_id,
            "StackName": owner.name,
            "ChangeSetId": one.change_set_id,
            "ChangeSetName": one.name,
            "ExecutionStatus": one.execution_status,
            "Status": one.status,
            "StatusReason": one.reason,
            "CreationTime": one.created_at,
            "Description": one.description,
            "IncludeNestedStacks": False,
        }
    )


def _output(output: Output) -> Mapping[str, Any]:
    return given(
        {
            "OutputKey": output.key,
            "OutputValue": output.value,
            "Description": output.description,
            "ExportName": output.export,
        }
    )


def _shown(body: Mapping[str, Any], value: Any) -> str:
    if scalar_text(body.get("NoEcho", False)) == "true":
        return "****"
    return scalar_text(value)
