"""CreateStack, UpdateStack, DeleteStack and the switches of a stack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation import capabilities, changes, stack_policy, submission
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.model import Definition, Stack
from workbench.local_aws.cloudformation.provider import ProvisioningError
from workbench.local_aws.cloudformation.template import TransformFailed, transforms
from workbench.local_aws.service import AwsError, Operation, RequestContext

_NAME = re.compile(r"[a-zA-Z][-a-zA-Z0-9]{0,127}")


class StackOperations:
    """Direct operations on stacks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def operations(self) -> Mapping[str, Operation]:
        return {
            "CreateStack": self._create,
            "UpdateStack": self._update,
            "DeleteStack": self._delete,
            "GetStackPolicy": self._get_policy,
            "SetStackPolicy": self._set_policy,
            "UpdateTerminationProtection": self._protect,
        }

    def _create(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        name = checked_name(request["StackName"])
        reviewed = self._engine.stacks.find(name, context.region)
        is_waiting = reviewed is not None and reviewed.status == "REVIEW_IN_PROGRESS"
        stack = reviewed if reviewed and is_waiting else self._engine.new_stack(name, context.region)
        stack.termination_protection = bool(request.get("EnableTerminationProtection"))
        stack.on_failure = on_failure(request)
        stack.retain_except_on_create = bool(request.get("RetainExceptOnCreate"))
        stack.policy = self._policy(request, "StackPolicy", stack)
        definition = self._definition(request, stack, None)
        planned(self._engine, stack, definition)
        if not is_waiting:
            self._engine.stacks.add(stack)
        stack.outdate_change_sets()
        self._engine.deploy(stack, definition, request.get("ClientRequestToken"))
        return {"StackId": stack.stack_id, "OperationId": stack.operations[-1].operation_id}

    def _update(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        definition = self._definition(request, stack, stack.definition)
        self._engine.check_deployable(stack)
        if planned(self._engine, stack, definition).is_empty:
            raise AwsError("ValidationError", changes.NO_UPDATES)
        stack.on_failure = on_failure(request)
        stack.retain_except_on_create = bool(request.get("RetainExceptOnCreate"))
        policy = self._policy(request, "StackPolicyDuringUpdate", stack) or stack.policy
        stack.policy = self._policy(request, "StackPolicy", stack) or stack.policy
        stack.outdate_change_sets()
        self._engine.deploy(stack, definition, request.get("ClientRequestToken"), policy)
        return {"StackId": stack.stack_id, "OperationId": stack.operations[-1].operation_id}

    def _delete(self, request: Mapping[str, Any], context: RequestContext) -> None:
        stack = self._engine.stacks.find(request["StackName"], context.region)
        if stack is None or stack.deleted_at is not None:
            return
        retained, forced = frozenset(request.get("RetainResources", ())), _is_forced(request)
        if (retained or forced) and stack.status != "DELETE_FAILED":
            what = "resources to retain" if retained else "FORCE_DELETE_STACK"
            message = f"Invalid operation on stack [{stack.stack_id}]. When you delete a stack, specify {what} only if"
            raise AwsError("ValidationError", f"{message} the stack is in the DELETE_FAILED state.")
        strangers = sorted(retained - stack.resources.keys())
        if strangers:
            message = f"The specified resources to retain do not exist in the stack: [{', '.join(strangers)}]"
            raise AwsError("ValidationError", message)
        self._engine.delete(stack, retained, request.get("ClientRequestToken"), forced=forced)

    def _protect(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        stack.termination_protection = bool(request["EnableTerminationProtection"])
        return {"StackId": stack.stack_id}

    def _get_policy(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        policy = self._engine.stacks.to_act_on(request["StackName"], context.region).policy
        return {"StackPolicyBody": policy} if policy else {}

    def _set_policy(self, request: Mapping[str, Any], context: RequestContext) -> None:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        stack.policy = self._policy(request, "StackPolicy", stack) or stack.policy

    def _policy(self, request: Mapping[str, Any], member: str, stack: Stack) -> str | None:
        """The policy that the request holds or points to; None if it names none. Raises AwsError."""
        body, url = request.get(f"{member}Body"), request.get(f"{member}URL")
        if body is not None and url is not None:
            raise AwsError("ValidationError", f"You cannot specify both {member}URL and {member}Body")
        if url is not None:
            body = submission.fetch(url, self._engine.client_of(stack))
        return None if body is None else stack_policy.read(body)

    def _definition(self, request: Mapping[str, Any], stack: Stack, previous: Definition | None) -> Definition:
        try:
            definition = submission.definition(request, stack, previous, self._engine.client_of(stack))
        except TransformFailed as error:
            raise AwsError("ValidationError", str(error)) from error
        capabilities.check(definition.template.resources, definition.capabilities)
        capabilities.check_macros(transforms(definition.template.submitted), definition.capabilities)
        return definition


def planned(engine: Engine, stack: Stack, definition: Definition) -> changes.Plan:
    """What the definition would change. Raises AwsError for a definition that cannot be resolved."""
    try:
        plan = engine.plan(stack, definition)
    except ProvisioningError as error:
        raise AwsError("ValidationError", str(error)) from error
    retyped = [
        name
        for name, body in definition.template.resources.items()
        if name in stack.resources and stack.resources[name].type != body["Type"]
    ]
    if retyped:
        message = "Update of resource type is not permitted. The new template modifies resource type of the following"
        raise AwsError("ValidationError", f"{message} resources: [{', '.join(retyped)}]")
    return plan


def checked_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        message = f"Value '{name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression"
        raise AwsError("ValidationError", f"1 validation error detected: {message} pattern: {_NAME.pattern}")
    return name


def _is_forced(request: Mapping[str, Any]) -> bool:
    return request.get("DeletionMode") == "FORCE_DELETE_STACK"


def on_failure(request: Mapping[str, Any]) -> str:
    """ROLLBACK, DO_NOTHING or DELETE, from whichever of the request's members says so. Raises AwsError for both."""
    if request.get("DisableRollback") and request.get("OnFailure"):
        raise AwsError("ValidationError", "You cannot specify both DisableRollback and OnFailure")
    if request.get("DisableRollback"):
        return "DO_NOTHING"
    return str(request.get("OnFailure") or request.get("OnStackFailure") or "ROLLBACK")
