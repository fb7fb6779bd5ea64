"""DescribeEvents: the story of stacks by operation, and of what went wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.local_aws.cloudformation.change_set import ChangeSet, ValidationFailure
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.model import STACK_TYPE, Stack, StackEvent
from workbench.local_aws.cloudformation.operations.paging import page
from workbench.local_aws.cloudformation.operations.shapes import event, given
from workbench.local_aws.service import AwsError, Operation, RequestContext

_OF_STACK_EVENTS = (
    "EventId",
    "StackId",
    "OperationId",
    "LogicalResourceId",
    "PhysicalResourceId",
    "ResourceType",
    "Timestamp",
    "ResourceStatus",
    "ResourceStatusReason",
    "ResourceProperties",
    "ClientRequestToken",
)


class OperationEventOperations:
    """Events of operations, newest first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def operations(self) -> Mapping[str, Operation]:
        return {"DescribeEvents": self._describe}

    def _describe(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        failed_only = (request.get("Filters") or {}).get("FailedEvents", False)
        found = sorted(self._found(request, context), key=lambda each: each["Timestamp"], reverse=True)
        shown = [each for each in found if not failed_only or _is_failure(each)]
        return page("OperationEvents", shown, request)

    def _found(self, request: Mapping[str, Any], context: RequestContext) -> Iterator[Mapping[str, Any]]:
        if "ChangeSetName" in request:
            yield from self._of_change_set(request, context)
        elif "OperationId" in request:
            wanted = request["OperationId"]
            for stack in self._engine.stacks.in_region(context.region):
                yield from (each for each in _of_stack(stack) if each.get("OperationId") == wanted)
        elif "StackName" in request:
            yield from _of_stack(self._engine.stacks.get(request["StackName"], context.region))
        else:
            message = "One of ChangeSetName, OperationId or StackName must be specified"
            raise AwsError("ValidationError", message)

    def _of_change_set(self, request: Mapping[str, Any], context: RequestContext) -> Iterator[Mapping[str, Any]]:
        wanted, stack_name = request["ChangeSetName"], request.get("StackName")
        named = (
            (stack, change_set)
            for stack in self._engine.stacks.in_region(context.region)
            if stack_name in (None, stack.name, stack.stack_id)
            for change_set in stack.change_sets.values()
            if wanted in (change_set.name, change_set.change_set_id)
        )
        found = next(named, None)
        if found is None:
            raise AwsError("ChangeSetNotFound", f"ChangeSet [{wanted}] does not exist", 404)
        return _of_validation(*found)


def _of_stack(stack: Stack) -> Iterator[Mapping[str, Any]]:
    types = {operation.operation_id: operation.type for operation in stack.operations}
    for one in stack.events:
        told = event(stack, one)
        kept = {name: told[name] for name in _OF_STACK_EVENTS if name in told}
        yield given({**kept, "EventType": _kind(one), "OperationType": types.get(one.operation_id or "")})
    for change_set in stack.change_sets.values():
        yield from _of_validation(stack, change_set)


def _kind(one: StackEvent) -> str:
    if one.status.endswith("_FAILED") and one.type != STACK_TYPE:
        return "PROVISIONING_ERROR"
    return "STACK_EVENT" if one.type == STACK_TYPE else "PROGRESS_EVENT"


def _of_validation(stack: Stack, change_set: ChangeSet) -> Iterator[Mapping[str, Any]]:
    for number, failure in enumerate(change_set.failures):
        yield given(_failure(stack, change_set, failure, number))


def _failure(stack: Stack, change_set: ChangeSet, failure: ValidationFailure, number: int) -> dict[str, Any]:
    return {
        "EventId": f"{change_set.change_set_id.rsplit('/', 1)[-1]}-{number}",
        "StackId": stack.stack_id,
        "OperationId": change_set.operation_id,
        "OperationType": "CREATE_CHANGESET",
        "OperationStatus": "FAILED",
        "EventType": "VALIDATION_ERROR",
        "LogicalResourceId": failure.logical_id,
        "PhysicalResourceId": failure.physical_id,
        "ResourceType": failure.resource_type,
        "Timestamp": change_set.created_at,
        "ValidationFailureMode": "FAIL",
        "ValidationName": failure.name,
        "ValidationStatus": "FAILED",
        "ValidationStatusReason": failure.said,
        "ValidationPath": failure.path,
    }


def _is_failure(one: Mapping[str, Any]) -> bool:
    return one["EventType"] in ("PROVISIONING_ERROR", "VALIDATION_ERROR")
