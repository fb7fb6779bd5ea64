"""Acting on an operation that is under way or got stuck: signal, cancel, roll back, go on rolling back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.engine import Engine
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
        self._engine.roll_back(stack, ("UPDATE_ROLLBACK_FAILED",), frozenset(request.get("ResourcesToSkip", ())))
        return {}

    def _roll_back(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        self._engine.roll_back(stack, ("CREATE_FAILED", "UPDATE_FAILED"))
        return {"StackId": stack.stack_id}

    def _signal(self, request: Mapping[str, Any], context: RequestContext) -> None:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        logical_id = request["LogicalResourceId"]
        resource = stack.resource(logical_id)
        if resource is None:
            raise AwsError("ValidationError", f"Resource {logical_id} does not exist for stack {stack.name}")
        if not resource.status.endswith("_IN_PROGRESS"):
            message = f"Resource {logical_id} is in {resource.status} state and cannot be signaled"
            raise AwsError("ValidationError", message)
        signal = Signal(request["UniqueId"], request["Status"] == "SUCCESS")
        self._signals.send(f"{stack.stack_id}/{logical_id}", signal)
