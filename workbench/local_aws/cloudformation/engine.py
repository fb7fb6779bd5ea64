"""The engine: begins operations on stacks, runs each in a thread of its own, tells when one is complete.

Owns what an operation is allowed to do to which stack. How it is done belongs to `deployment` and `deletion`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from workbench.local_aws import background
from workbench.local_aws.cloudformation import blueprint, changes, exports, names, notifications, restart
from workbench.local_aws.cloudformation.blueprint import Blueprint, Live
from workbench.local_aws.cloudformation.clock import Clock
from workbench.local_aws.cloudformation.deletion import delete_resources
from workbench.local_aws.cloudformation.deployment import Deployment, Nested
from workbench.local_aws.cloudformation.events import status_change
from workbench.local_aws.cloudformation.model import NOTHING, STACK_TYPE, Definition, Output, Stack, StackResource
from workbench.local_aws.cloudformation.nested import NestedStacks
from workbench.local_aws.cloudformation.provider import Provider, ProvisioningError
from workbench.local_aws.cloudformation.provisioning import Provisioner, Surroundings
from workbench.local_aws.cloudformation.store import Stacks, region_of
from workbench.local_aws.service import AwsError, Call, notify

logger = logging.getLogger(__name__)

# A request waits for operations as short as this: clients poll every 5 to 30 seconds, and find it done at once.
_SHORT_SECONDS = 2.0
# A deletion waits so long for what is being created at that moment; something may wait for a signal in vain.
_PATIENCE_SECONDS = 5.0

_DEPLOYABLE = ("REVIEW_IN_PROGRESS", "CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE")
# These remain when an operation failed that was asked to roll nothing back.
_LEFT_AS_THEY_ARE = ("CREATE_FAILED", "UPDATE_FAILED")


class Engine:
    """CloudFormation over the services that the clients reach.

    `client` makes a boto3 client for a service in a region, `provider_of` finds the provider of a resource type,
    `publish` takes EventBridge events.
    """

    def __init__(
        self,
        client: Callable[[str, str], Any],
        account: str,
        provider_of: Callable[[str], Provider],
        publish: Callable[[Mapping[str, Any]], None],
    ) -> None:
        self.stacks = Stacks()
        self.clock = Clock()
        self.account = account
        self._client = client
        self._provider_of = provider_of
        self._publish = publish
        self._beginning = threading.Lock()
        self._latest: dict[str, Deployment] = {}
        self._threads: dict[str, threading.Thread] = {}

    def client(self, region: str) -> Callable[[str], Any]:
        return lambda service: self._client(service, region)

    def client_of(self, stack: Stack) -> Callable[[str], Any]:
        return self.client(region_of(stack))

    def provider_of(self, resource_type: str) -> Provider:
        return self._provider_of(resource_type)

    def new_stack(self, name: str, region: str) -> Stack:
        """A stack without template and resources; nobody knows it before it is added to `stacks`."""
        stack = Stack(name, names.stack_arn(region, self.account, name), self.clock(), "REVIEW_IN_PROGRESS", NOTHING)
        self._listen_to(stack)
        return stack

    def deploy(self, stack: Stack, definition: Definition, token: str | None = None, policy: str | None = None) -> None:
        """Begins to create or update the stack, as its policy permits. Raises AwsError when its status forbids that."""
        with self._beginning:
            self.check_deployable(stack)
            deployment = self.deployment(stack, policy)
            deployment.begin(definition, token)
            self._latest[stack.stack_id] = deployment
        self._in_thread(stack, partial(self._deploy, stack, deployment))

    def roll_back(self, stack: Stack, allowed: tuple[str, ...], skipped: frozenset[str] = frozenset()) -> None:
        """Begins to undo the latest operation, which was left as it is. Raises AwsError for another status."""
        with self._beginning:
            if stack.status not in allowed:
                message = f"Stack:{stack.stack_id} is in {stack.status} state and can not be rolled back."
                raise AwsError("ValidationError", message)
            deployment = self._latest[stack.stack_id]
            stack.begin_operation("CONTINUE_ROLLBACK" if stack.status == "UPDATE_ROLLBACK_FAILED" else "ROLLBACK")
            stack.status = "ROLLBACK_IN_PROGRESS" if stack.status == "CREATE_FAILED" else "UPDATE_ROLLBACK_IN_PROGRESS"
        self._in_thread(stack, partial(deployment.roll_back, "User Initiated. ", skipped))

    def cancel(self, stack: Stack) -> None:
        """Makes the update that is under way fail and roll back. Raises AwsError when there is none."""
        if stack.status != "UPDATE_IN_PROGRESS":
            message = f"CancelUpdateStack cannot be called from current stack status {stack.status}"
            raise AwsError("ValidationError", message)
        self._latest[stack.stack_id].cancel()

    def check_deployable(self, stack: Stack) -> None:
        """Raises AwsError unless the stack's status allows a create or an update."""
        if stack.status not in (*_DEPLOYABLE, *_LEFT_AS_THEY_ARE):
            reason = f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated."
            raise AwsError("ValidationError", reason)

    def delete(
        self, stack: Stack, retained: frozenset[str] = frozenset(), token: str | None = None, *, forced: bool = False
    ) -> None:
        """Begins to delete the stack, even while it is created; by force, what cannot be deleted stays behind.

        Raises AwsError when the stack's status forbids that.
        """
        with self._beginning:
            if stack.status == "DELETE_IN_PROGRESS":
                return
            _check_deletable(stack)
            creating = self._threads.get(stack.stack_id) if stack.status == "CREATE_IN_PROGRESS" else None
            if creating:
                self._latest[stack.stack_id].abandon()
            stack.begin_operation("DELETE_STACK")
            stack.set_status("DELETE_IN_PROGRESS", self.clock(), "User Initiated", token)

        def act() -> None:
            if creating:
                creating.join(_PATIENCE_SECONDS)
            self.delete_now(stack, retained, forced=forced)

        self._in_thread(stack, act)

    def delete_now(self, stack: Stack, retained: frozenset[str] = frozenset(), *, forced: bool = False) -> None:
        try:
            exports.check_none_in_use(stack, self._importers_beside(stack))
        except ProvisioningError as error:
            stack.set_status("DELETE_FAILED", self.clock(), str(error))
            return
        provisioner = Provisioner(stack, self._surroundings(stack, NestedStacks(self, stack)))
        delete_resources(stack, provisioner, self.clock, retained, forced=forced)

    def deployment(self, stack: Stack, policy: str | None = None) -> Deployment:
        nested = NestedStacks(self, stack)
        return Deployment(stack, self._surroundings(stack, nested), nested, policy)

    def state(self) -> Any:
        """Every stack, and what it takes to undo an operation that is not over."""
        unsettled = {stack.stack_id for stack in self.stacks.all() if not restart.is_settled(stack)}
        latest = dict(self._latest)
        return self.stacks.all(), {name: latest[name] for name in unsettled & latest.keys()}

    def restore(self, state: Any) -> None:
        stacks, self._latest = state
        self.stacks.restore(stacks)
        cleaning = restart.break_off(stacks, self.clock)
        for stack in stacks:
            self._listen_to(stack)
        for name, deployment in self._latest.items():
            self.reconnect(self.stacks.by_id(name), deployment)
        for stack in cleaning:
            self._in_thread(stack, self._latest[stack.stack_id].finish)

    def reconnect(self, stack: Stack, deployment: Deployment) -> None:
        """Lets a deployment that was kept over a restart act again."""
        deployment.nested.reconnect(self)
        deployment.reconnect(self._surroundings(stack, deployment.nested))

    def _listen_to(self, stack: Stack) -> None:
        stack.on_status = lambda changed: self._publish(status_change(changed))
        stack.on_resource = partial(_announce, region_of(stack))
        stack.on_event = lambda event: notifications.notify(stack, event, self.client_of(stack)("sns"))

    def plan(self, stack: Stack, definition: Definition) -> changes.Plan:
        """Raises ProvisioningError for a definition that cannot be resolved."""
        return changes.plan(stack, definition, partial(self.draw, stack), self._surroundings(stack).provider_of)

    def draw(self, stack: Stack, definition: Definition, live: Live | None = None) -> Blueprint:
        exported = self.stacks.exports(region_of(stack))
        return blueprint.draw(
            definition,
            live or stack.resource,
            lambda name: exported[name][1] if name in exported else None,
            self.client_of(stack),
        )

    def importers(self, name: str, region: str) -> list[Stack]:
        """The stacks that import this export."""
        live = [stack for stack in self.stacks.in_region(region) if stack.deleted_at is None]
        return [stack for stack in live if name in self.draw(stack, stack.definition).imported_names()]

    def _importers_beside(self, stack: Stack) -> Callable[[str], list[Stack]]:
        return lambda name: [other for other in self.importers(name, region_of(stack)) if other is not stack]

    def _surroundings(self, stack: Stack, nested: Nested | None = None) -> Surroundings:
        children = (nested or NestedStacks(self, stack)).provider

        def provider_of(resource_type: str) -> Provider:
            return children if resource_type == STACK_TYPE else self._provider_of(resource_type)

        def check_outputs(outputs: tuple[Output, ...]) -> None:
            exports.check(stack, outputs, self.stacks, self._importers_beside(stack))

        return Surroundings(
            self.client_of(stack), self.clock, region_of(stack), self.account, provider_of, check_outputs
        )

    def _deploy(self, stack: Stack, deployment: Deployment) -> None:
        if deployment.apply(self.draw(stack, stack.definition)):
            deployment.finish()

    def _in_thread(self, stack: Stack, act: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                act()
            except Exception as error:
                logger.exception("The operation on stack %s broke off", stack.name)
                failed = stack.status.replace("_IN_PROGRESS", "_FAILED")
                stack.set_status(failed, self.clock(), f"Internal failure: {type(error).__name__}: {error}")

        thread = background.start(f"stack-{stack.name}", guarded)
        self._threads[stack.stack_id] = thread
        thread.join(_SHORT_SECONDS)


def _check_deletable(stack: Stack) -> None:
    if stack.termination_protection:
        reason = f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled"
        raise AwsError("ValidationError", reason)
    if stack.busy and stack.status != "CREATE_IN_PROGRESS":
        reason = f"Stack [{stack.name}] cannot be deleted while in status {stack.status}"
        raise AwsError("ValidationError", reason)


def _announce(region: str, resource: StackResource) -> None:
    """Tells the observers of requests what no request tells them: CloudFormation is done with a resource."""
    if resource.status.endswith("_COMPLETE"):
        notify(Call("cloudformation", "ResourceStatusChange", region, writes=True))
