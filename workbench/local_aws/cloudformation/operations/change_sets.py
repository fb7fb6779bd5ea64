"""Change sets: created, described, executed, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.local_aws.cloudformation import capabilities, changes, early_validation, names, submission
from workbench.local_aws.cloudformation.change_details import without_values
from workbench.local_aws.cloudformation.change_set import ChangeSet, ValidationFailure
from workbench.local_aws.cloudformation.drift.actual import ReadPlace, Services
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.model import Definition, Stack
from workbench.local_aws.cloudformation.operations import shapes
from workbench.local_aws.cloudformation.operations.paging import page
from workbench.local_aws.cloudformation.operations.stacks import checked_name, on_failure, planned
from workbench.local_aws.cloudformation.store import region_of
from workbench.local_aws.cloudformation.template import TransformFailed, transforms
from workbench.local_aws.cloudformation.wanted import Wanted
from workbench.local_aws.service import AwsError, Operation, RequestContext

_EXECUTED = "EXECUTE_COMPLETE"


class ChangeSetOperations:
    """Operations on change sets."""

    def __init__(self, engine: Engine, read: ReadPlace) -> None:
        self._engine = engine
        self._read = read

    def operations(self) -> Mapping[str, Operation]:
        return {
            "CreateChangeSet": self._create,
            "DescribeChangeSet": self._describe,
            "ExecuteChangeSet": self._execute,
            "DeleteChangeSet": self._delete,
            "ListChangeSets": self._list,
        }

    def _create(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._stack_for(request, context)
        existing = stack.change_sets.get(request["ChangeSetName"])
        # Clients name change sets by the second, and here several that have nothing to change fit into one.
        if existing and existing.execution_status == "AVAILABLE":
            raise AwsError("AlreadyExistsException", f"ChangeSet {request['ChangeSetName']} already exists")
        prepared = self._prepared(request, stack)
        if self._engine.stacks.find(stack.stack_id, context.region) is None:
            self._engine.stacks.add(stack)
            stack.set_status("REVIEW_IN_PROGRESS", self._engine.clock(), "User Initiated")
        stack.put_change_set(prepared)
        return {"Id": prepared.change_set_id, "StackId": stack.stack_id}

    def _describe(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack, change_set = self._find(request, context)
        described = shapes.change_set(stack, change_set)
        shown = change_set.changes if request.get("IncludePropertyValues") else map(without_values, change_set.changes)
        return {**described, **page("Changes", list(shown), request)}

    def _execute(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack, change_set = self._find(request, context)
        if change_set.execution_status != "AVAILABLE" or change_set.definition is None:
            message = (
                f"ChangeSet [{change_set.change_set_id}] cannot be executed in its current status of "
                f"[{change_set.status}]"
            )
            raise AwsError("InvalidChangeSetStatus", message)
        self._engine.check_deployable(stack)
        stack.on_failure = on_failure(request) if request.get("DisableRollback") else change_set.on_failure
        stack.retain_except_on_create = bool(request.get("RetainExceptOnCreate"))
        stack.change_sets = {change_set.name: replace(change_set, execution_status=_EXECUTED)}
        stack.updated_at = self._engine.clock()
        stack.executed_change_set = change_set.change_set_id
        self._engine.deploy(stack, change_set.definition, request.get("ClientRequestToken"), stack.policy)
        return {}

    def _delete(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack, change_set = self._find(request, context)
        stack.change_sets = {name: other for name, other in stack.change_sets.items() if name != change_set.name}
        return {}

    def _list(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        waiting = [each for each in stack.change_sets.values() if each.execution_status != _EXECUTED]
        summaries = [shapes.change_set_summary(stack, change_set) for change_set in waiting]
        return page("Summaries", summaries, request)

    def _stack_for(self, request: Mapping[str, Any], context: RequestContext) -> Stack:
        """The stack that the change set is for; a new one when it is to be created."""
        stack = self._engine.stacks.find(request["StackName"], context.region)
        kind = request.get("ChangeSetType", "UPDATE")
        if kind == "IMPORT":
            raise AwsError("ValidationError", "The local AWS does not import resources into stacks.")
        if kind == "CREATE" and (stack is None or stack.status == "REVIEW_IN_PROGRESS"):
            return stack or self._engine.new_stack(checked_name(request["StackName"]), context.region)
        if stack is None or stack.status == "REVIEW_IN_PROGRESS":
            raise AwsError("ValidationError", f"Stack [{request['StackName']}] does not exist")
        if kind == "CREATE":
            message = f"Stack [{stack.name}] already exists and cannot be created again with the changeSet"
            raise AwsError("ValidationError", f"{message} [{request['ChangeSetName']}].")
        self._engine.check_deployable(stack)
        return stack

    def _prepared(self, request: Mapping[str, Any], stack: Stack) -> ChangeSet:
        """What CloudFormation finds out only while it processes the template makes the change set fail."""
        previous = None if stack.status == "REVIEW_IN_PROGRESS" else stack.definition
        change_set = self._blank(request, stack)
        try:
            definition = submission.definition(request, stack, previous, self._engine.client_of(stack))
            self._check_capabilities(definition)
        except TransformFailed as error:
            return _failed(change_set, str(error))
        plan = planned(self._engine, stack, definition)
        if plan.is_empty and previous is not None:
            return _failed(replace(change_set, definition=definition), changes.NOTHING_CHANGED)
        failures = (*self._invalid(plan), *self._taken(plan, stack))
        if failures:
            return replace(_failed(change_set, early_validation.reason(failures)), failures=failures)
        return replace(change_set, definition=definition, changes=plan.changes)

    def _invalid(self, plan: changes.Plan) -> list[ValidationFailure]:
        wanted = (*plan.added, *plan.modified)
        return [failure for each in wanted for failure in early_validation.of_properties(each)]

    def _taken(self, plan: changes.Plan, stack: Stack) -> list[ValidationFailure]:
        services = Services(self._read, region_of(stack))

        def is_taken(wanted: Wanted, name: str) -> bool:
            return services.has(wanted.type, name)

        return [failure for each in plan.added for failure in early_validation.of_name(each, is_taken)]

    def _check_capabilities(self, definition: Definition) -> None:
        """With a transform, the resources are known only after it: the change set fails instead of the request."""
        try:
            capabilities.check(definition.template.resources, definition.capabilities)
        except AwsError as error:
            if transforms(definition.template.submitted):
                raise TransformFailed(error.message) from error
            raise

    def _blank(self, request: Mapping[str, Any], stack: Stack) -> ChangeSet:
        name = request["ChangeSetName"]
        return ChangeSet(
            change_set_id=names.change_set_arn(stack.stack_id.split(":")[3], self._engine.account, name),
            name=name,
            definition=None,
            created_at=self._engine.clock(),
            status="CREATE_COMPLETE",
            execution_status="AVAILABLE",
            description=request.get("Description"),
            on_failure=on_failure(request),
            operation_id=stack.begin_operation("CREATE_CHANGESET").operation_id,
        )

    def _find(self, request: Mapping[str, Any], context: RequestContext) -> tuple[Stack, ChangeSet]:
        wanted = request["ChangeSetName"]
        stacks = self._engine.stacks
        if "StackName" not in request and not wanted.startswith("arn:"):
            message = "StackName must be specified if ChangeSetName is not specified as an ARN."
            raise AwsError("ValidationError", message)
        where = [stacks.to_act_on(request["StackName"], context.region)] if "StackName" in request else None
        for stack in where or stacks.in_region(context.region):
            for change_set in stack.change_sets.values():
                if wanted in (change_set.name, change_set.change_set_id):
                    return stack, change_set
        raise AwsError("ChangeSetNotFound", f"ChangeSet [{wanted}] does not exist", 404)


def _failed(change_set: ChangeSet, reason: str) -> ChangeSet:
    return replace(change_set, status="FAILED", execution_status="UNAVAILABLE", reason=reason)
