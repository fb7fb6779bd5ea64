"""Ways out of an operation that got stuck or is no longer wanted: cancel, roll back, go on rolling back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.service import Operation, RequestContext


class RecoveryOperations:
    """Operations on an operation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def operations(self) -> Mapping[str, Operation]:
        return {
            "CancelUpdateStack": self._cancel,
            "ContinueUpdateRollback": self._continue,
            "RollbackStack": self._roll_back,
        }

    def _cancel(self, request: Mapping[str, Any], context: RequestContext) -> None:
        self._engine.cancel(self._engine.stacks.get(request["StackName"], context.region))

    def _continue(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._engine.stacks.get(request["StackName"], context.region)
        self._engine.roll_back(stack, ("UPDATE_ROLLBACK_FAILED",), frozenset(request.get("ResourcesToSkip", ())))
        return {}

    def _roll_back(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._engine.stacks.get(request["StackName"], context.region)
        self._engine.roll_back(stack, ("CREATE_FAILED", "UPDATE_FAILED"))
        return {"StackId": stack.stack_id}
