"""DetectStackDrift and what tells of its result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from workbench.local_aws.cloudformation.drift.actual import ReadPlace, Services
from workbench.local_aws.cloudformation.drift.detection import ResourceDrift, StackDrift, detect, is_checked, of_stack
from workbench.local_aws.cloudformation.drift.differences import Difference
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.model import Stack, StackResource
from workbench.local_aws.cloudformation.operations.paging import page
from workbench.local_aws.cloudformation.operations.shapes import given
from workbench.local_aws.cloudformation.store import region_of
from workbench.local_aws.service import AwsError, Operation, RequestContext
from workbench.templates.functions import scalar_text

_DETECTABLE = (
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
    "UPDATE_ROLLBACK_FAILED",
    "IMPORT_COMPLETE",
    "IMPORT_ROLLBACK_COMPLETE",
)


@dataclass(frozen=True)
class _Detection:
    """One detection on a stack, as it ended."""

    stack: Stack
    begun_at: datetime
    status: str
    drifted: int


class DriftOperations:
    """Operations on drift. A detection is done when its request is answered."""

    def __init__(self, engine: Engine, read: ReadPlace) -> None:
        self._engine = engine
        self._read = read
        self._detections: dict[str, _Detection] = {}

    def operations(self) -> Mapping[str, Operation]:
        return {
            "DescribeStackDriftDetectionStatus": self._status,
            "DescribeStackResourceDrifts": self._drifts,
            "DetectStackDrift": self._detect_stack,
            "DetectStackResourceDrift": self._detect_resource,
        }

    def _detect_stack(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._stack(request, context)
        named = request.get("LogicalResourceIds") or list(stack.resources)
        begun_at = self._engine.clock()
        found = self._detected(stack, [_resource(stack, name) for name in named])
        drift = stack.drift or StackDrift()
        for each in found:
            drift = drift.with_checked(each)
        stack.drift = replace(drift, status=of_stack(drift.resources.values()), checked_at=self._engine.clock())
        drifted = sum(each.status != "IN_SYNC" for each in found)
        detection_id = str(uuid4())
        self._detections[detection_id] = _Detection(stack, begun_at, stack.drift.status, drifted)
        return {"StackDriftDetectionId": detection_id}

    def _detect_resource(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._stack(request, context)
        resource = _resource(stack, request["LogicalResourceId"])
        if not is_checked(resource):
            message = f"Resource type {resource.type} is not supported for drift detection."
            raise AwsError("ValidationError", message)
        (found,) = self._detected(stack, [resource])
        stack.drift = (stack.drift or StackDrift()).with_checked(found)
        return {"StackResourceDrift": _shape(stack, found)}

    def _detected(self, stack: Stack, resources: Iterable[StackResource]) -> list[ResourceDrift]:
        services, siblings, clock = Services(self._read, region_of(stack)), stack.resources.values(), self._engine.clock
        return [detect(each, siblings, services, clock()) for each in resources if is_checked(each)]

    def _status(self, request: Mapping[str, Any], _: RequestContext) -> Mapping[str, Any]:
        detection_id = request["StackDriftDetectionId"]
        detection = self._detections.get(detection_id)
        if detection is None:
            raise AwsError("ValidationError", f"Stack drift detection with id {detection_id} does not exist")
        return {
            "StackId": detection.stack.stack_id,
            "StackDriftDetectionId": detection_id,
            "StackDriftStatus": detection.status,
            "DetectionStatus": "DETECTION_COMPLETE",
            "DriftedStackResourceCount": detection.drifted,
            "Timestamp": detection.begun_at,
        }

    def _drifts(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        wanted = request.get("StackResourceDriftStatusFilters")
        checked = stack.drift.resources.values() if stack.drift else ()
        shown = [_shape(stack, drift) for drift in checked if not wanted or drift.status in wanted]
        return page("StackResourceDrifts", shown, request, int(request.get("MaxResults", 100)))

    def _stack(self, request: Mapping[str, Any], context: RequestContext) -> Stack:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        if stack.status not in _DETECTABLE:
            message = f"Drift detection cannot be performed on stack [{stack.stack_id}] in state [{stack.status}]"
            raise AwsError("ValidationError", message)
        return stack


def _resource(stack: Stack, logical_id: str) -> StackResource:
    if logical_id not in stack.resources:
        raise AwsError("ValidationError", f"Resource {logical_id} does not exist for stack {stack.name}")
    return stack.resources[logical_id]


def _shape(stack: Stack, drift: ResourceDrift) -> Mapping[str, Any]:
    resource, gone = drift.resource, drift.status == "DELETED"
    return given(
        {
            "StackId": stack.stack_id,
            "LogicalResourceId": resource.logical_id,
            "PhysicalResourceId": resource.physical_id,
            "ResourceType": resource.type,
            "ExpectedProperties": json.dumps(drift.expected, default=str),
            "ActualProperties": None if gone else json.dumps(drift.actual, default=str),
            "PropertyDifferences": [_difference(each) for each in drift.differences],
            "StackResourceDriftStatus": drift.status,
            "Timestamp": drift.checked_at,
        }
    )


def _difference(one: Difference) -> Mapping[str, Any]:
    return {
        "PropertyPath": one.path,
        "ExpectedValue": _text(one.expected),
        "ActualValue": _text(one.actual),
        "DifferenceType": one.kind,
    }


def _text(value: Any) -> str:
    if value is None:
        return "null"
    return json.dumps(value, default=str) if isinstance(value, Mapping | list) else scalar_text(value)
