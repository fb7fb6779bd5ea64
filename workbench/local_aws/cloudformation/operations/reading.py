"""Reading stacks: themselves, their events, resources, exports and imports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.model import Stack, StackResource
from workbench.local_aws.cloudformation.operations import shapes
from workbench.local_aws.cloudformation.operations.paging import page
from workbench.local_aws.service import AwsError, Operation, RequestContext


class ReadingOperations:
    """Operations that change nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def operations(self) -> Mapping[str, Operation]:
        return {
            "DescribeStacks": self._stacks,
            "ListStacks": self._list_stacks,
            "DescribeStackEvents": self._events,
            "DescribeStackResource": self._resource,
            "DescribeStackResources": self._resources,
            "ListStackResources": self._list_resources,
            "ListExports": self._exports,
            "ListImports": self._imports,
        }

    def _stacks(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        if "StackName" in request:
            return {"Stacks": [shapes.stack(self._stack(request, context))]}
        live = [stack for stack in self._engine.stacks.in_region(context.region) if stack.deleted_at is None]
        return page("Stacks", [shapes.stack(stack) for stack in live], request)

    def _list_stacks(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        statuses = request.get("StackStatusFilter")
        found = [s for s in self._engine.stacks.in_region(context.region) if not statuses or s.status in statuses]
        return page("StackSummaries", [shapes.stack_summary(stack) for stack in found], request)

    def _events(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        _check_named(request)
        stack = self._engine.stacks.to_act_on(request["StackName"], context.region)
        newest_first = [shapes.event(stack, event) for event in reversed(stack.events)]
        return page("StackEvents", newest_first, request)

    def _resource(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._stack(request, context)
        found = self._named(stack, request["LogicalResourceId"])
        return {"StackResourceDetail": shapes.resource_detail(stack, found[0])}

    def _resources(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        if "StackName" not in request:
            return self._of_physical_id(request, context)
        stack = self._stack(request, context)
        logical_id = request.get("LogicalResourceId")
        found = self._named(stack, logical_id) if logical_id else list(stack.resources.values())
        # The API's own limit; ListStackResources has none.
        return {"StackResources": [shapes.stack_resource(stack, resource) for resource in found[:100]]}

    def _of_physical_id(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        wanted = request.get("PhysicalResourceId")
        for stack in self._engine.stacks.in_region(context.region):
            if any(resource.physical_id == wanted for resource in stack.resources.values()):
                found = [shapes.stack_resource(stack, resource) for resource in stack.resources.values()]
                return {"StackResources": found}
        raise AwsError("ValidationError", f"Stack for {wanted} does not exist")

    def _list_resources(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        stack = self._stack(request, context)
        summaries = [shapes.resource_summary(stack, resource) for resource in stack.resources.values()]
        return page("StackResourceSummaries", summaries, request)

    def _exports(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        exports = [
            {"ExportingStackId": stack.stack_id, "Name": name, "Value": value}
            for name, (stack, value) in self._engine.stacks.exports(context.region).items()
        ]
        return page("Exports", exports, request)

    def _imports(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        name = request["ExportName"]
        importers = [stack.name for stack in self._engine.importers(name, context.region)]
        if not importers:
            raise AwsError("ValidationError", f"Export '{name}' is not imported by any stack.")
        return page("Imports", importers, request)

    def _stack(self, request: Mapping[str, Any], context: RequestContext) -> Stack:
        _check_named(request)
        return self._engine.stacks.get(request["StackName"], context.region)

    def _named(self, stack: Stack, logical_id: str) -> list[StackResource]:
        if logical_id not in stack.resources:
            raise AwsError("ValidationError", f"Resource {logical_id} does not exist for stack {stack.name}")
        return [stack.resources[logical_id]]


def _check_named(request: Mapping[str, Any]) -> None:
    if "StackName" not in request:
        message = "1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not"
        raise AwsError("ValidationError", f"{message} be null")
