"""Acting on an operation that is under way or got stuck: signal, cancel, roll back, go on rolling back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.model import Stack, StackResource
from workbench.local_aws.cloudformation.signals import Signal, Signals
from workbench.local_aws.service import AwsError, Operation, RequestContext


class RecoveryOperations:
    """Operations on an operation."""

    def __init__(self, engine: Engine, signals: Signals) -> None:
        self._engine = engine
        self._signals = signals

    def operations(self) -> Mapping[str, Operation]:
        return {
            "CancelUpdateStack": self._cancel,
            "ContinueUpdateRollback": self._continue,
            "RollbackStack": self._roll_back,
            "SignalResource": self._signal,
        }

    def _cancel(self, request: Mapping[str, Any], context: RequestContext) -> None:
        self._engine.cancel(self._engine.stacks.to_act_on(request["StackName"], context.region))

    def _continue(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        skipped = frozenset(request.get("ResourcesToSkip", ()))
        _check_skipped(stack, skipped)
        self._engine.roll_back(stack, ("UPDATE_ROLLBACK_FAILED",), skipped)
        return {}

    def _roll_back(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        self._engine.roll_back(stack, ("CREATE_FAILED", "UPDATE_FAILED"))
        return {"StackId": stack.stack_id}

    def _signal(self, request: Mapping[str, Any], context: RequestContext) -> None:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        logical_id = request["LogicalResourceId"]
        resource = _resource(stack, logical_id)
        if not resource.status.endswith("_IN_PROGRESS"):
            message = f"Resource {logical_id} is in {resource.status} state and cannot be signaled"
            raise AwsError("ValidationError", message)
        signal = Signal(request["UniqueId"], request["Status"] == "SUCCESS")
        self._signals.send(f"{stack.stack_id}/{logical_id}", signal)


def _check_skipped(stack: Stack, logical_ids: Iterable[str]) -> None:
    """Only what failed can be skipped; what has a dot in its name is in a nested stack."""
    for logical_id in sorted(logical_ids):
        if "." not in logical_id and _resource(stack, logical_id).status != "UPDATE_FAILED":
            raise AwsError(
                "ValidationError", f"Resource {logical_id} is not in UPDATE_FAILED state and cannot be skipped"
            )


def _resource(stack: Stack, logical_id: str) -> StackResource:
    resource = stack.resource(logical_id)
    if resource is None:
        raise AwsError("ValidationError", f"Resource {logical_id} does not exist for stack {stack.name}")
    return resource
