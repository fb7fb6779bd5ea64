"""Nested stacks: AWS::CloudFormation::Stack as a resource of its parent.

Owns how a child's operation is part of its parent's: the child is created and updated in place, and keeps what it
replaced until the parent has succeeded, so that it can roll back with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.local_aws.cloudformation import submission
from workbench.local_aws.cloudformation.deployment import Deployment
from workbench.local_aws.cloudformation.model import Definition, Stack
from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider, ProvisioningError
from workbench.local_aws.cloudformation.store import region_of
from workbench.local_aws.cloudformation.template import TransformFailed
from workbench.local_aws.service import AwsError

if TYPE_CHECKING:
    from workbench.local_aws.cloudformation.engine import Engine


class NestedStacks:
    """The children of one stack during one operation on it."""

    def __init__(self, engine: Engine, parent: Stack) -> None:
        self._engine = engine
        self._parent = parent
        self._pending: dict[str, Deployment] = {}
        self.provider = self._new_provider()

    def __getstate__(self) -> Mapping[str, Any]:
        return {"_parent": self._parent, "_pending": dict(self._pending)}

    def reconnect(self, engine: Engine) -> None:
        """After a restart of the local AWS."""
        self._engine = engine
        self.provider = self._new_provider()
        for child_id, deployment in self._pending.items():
            engine.reconnect(engine.stacks.by_id(child_id), deployment)

    def _new_provider(self) -> Provider:
        return Provider(
            self._create,
            self._update,
            self._delete,
            replaces=frozenset(),
            held=frozenset({"TemplateURL", "Parameters", "Tags", "NotificationARNs", "TimeoutInMinutes"}),
            tagged=True,
            slow=True,
            always=True,
        )

    def finish(self) -> None:
        """Lets the children that were updated clean up."""
        for deployment in self._pending.values():
            deployment.finish()

    def _create(self, properties: Properties, context: Context) -> Physical:
        parent, engine = self._parent, self._engine
        child = engine.new_stack(context.name(128), context.region)
        child.parent_id, child.root_id = parent.stack_id, parent.root_id or parent.stack_id
        child.on_failure = "DO_NOTHING"
        engine.stacks.add(child)
        context.exists(child.stack_id)
        deployment = self._deployed(child, self._definition(properties, child, None, context))
        if deployment.failure:
            reason = f"Embedded stack {child.stack_id} was not successfully created: {deployment.failure}"
            raise ProvisioningError(reason)
        return _physical(child)

    def _update(self, physical_id: str, old: Properties, new: Properties, context: Context) -> Physical:
        child = self._engine.stacks.get(physical_id, context.region)
        if context.rolling_back:
            return self._roll_back(child)
        definition = self._definition(new, child, child.definition, context)
        if self._engine.plan(child, definition).is_empty:
            return _physical(child)
        child.on_failure = self._parent.on_failure
        deployment = self._deployed(child, definition)
        if deployment.failure:
            reason = (
                f"Embedded stack {child.stack_id} was not successfully updated. "
                f"Currently in {child.status} with reason: {deployment.failure}"
            )
            raise ProvisioningError(reason)
        return _physical(child)

    def _delete(self, physical_id: str, _: Properties, context: Context) -> None:
        child = self._engine.stacks.find(physical_id, context.region)
        if child is None or child.deleted_at is not None:
            return
        child.set_status("DELETE_IN_PROGRESS", self._engine.clock())
        self._engine.delete_now(child)
        if child.status == "DELETE_FAILED":
            raise ProvisioningError(f"Embedded stack {child.stack_id} was not deleted: {child.status_reason}")

    def _deployed(self, child: Stack, definition: Definition) -> Deployment:
        deployment = self._engine.deployment(child)
        deployment.begin(definition)
        self._pending[child.stack_id] = deployment
        if not deployment.apply(self._engine.draw(child, definition)):
            del self._pending[child.stack_id]
        return deployment

    def _roll_back(self, child: Stack) -> Physical:
        deployment = self._pending.pop(child.stack_id, None)
        if deployment:
            deployment.roll_back(f"The stack {self._parent.name} is rolling back. ")
        if child.status.endswith("FAILED"):
            raise ProvisioningError(f"Embedded stack {child.stack_id} was not rolled back: {child.status_reason}")
        return _physical(child)

    def _definition(
        self, properties: Properties, child: Stack, previous: Definition | None, context: Context
    ) -> Definition:
        request = {
            "TemplateURL": properties["TemplateURL"],
            "Parameters": [_parameter(*item) for item in (properties.get("Parameters") or {}).items()],
            "Capabilities": self._parent.definition.capabilities,
            "Tags": context.tag_list(properties),
        }
        try:
            return submission.definition(request, child, previous, self._engine.client(region_of(child)))
        except (AwsError, TransformFailed) as error:
            raise ProvisioningError(str(error)) from error


def _parameter(key: str, value: Any) -> Mapping[str, str]:
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return {"ParameterKey": key, "ParameterValue": text}


def _physical(child: Stack) -> Physical:
    return Physical(child.stack_id, {f"Outputs.{output.key}": output.value for output in child.outputs})
