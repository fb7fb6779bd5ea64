"""Creating and updating a stack: every resource in dependency order, then cleaning up, or rolling back to what was.

Owns one operation on one stack. A deployment has two halves, `apply` and `finish`, because a nested stack may clean
up only when its parent has succeeded, and must be able to roll back until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from workbench.local_aws.cloudformation.blueprint import Blueprint
from workbench.local_aws.cloudformation.model import RETAINING, Definition, Stack, StackResource
from workbench.local_aws.cloudformation.ordering import dependency_order, removal_order, walk
from workbench.local_aws.cloudformation.provider import Provider, ProvisioningError
from workbench.local_aws.cloudformation.provisioning import Provisioner, Surroundings


class Nested(Protocol):
    """The nested stacks below (`NestedStacks`)."""

    provider: Provider

    def finish(self) -> None: ...
    def reconnect(self, engine: Any) -> None: ...


class Deployment:
    """One create or update of a stack; which of the two, its resources tell."""

    def __init__(self, stack: Stack, surroundings: Surroundings, nested: Nested, policy: str | None = None) -> None:
        """`policy` is the stack policy that this operation has to respect."""
        self.failure: str | None = None
        self.nested = nested
        self._stack = stack
        self._around = surroundings
        self._provisioner = Provisioner(stack, surroundings, policy)
        self._before = dict(stack.resources)
        self._definition_before = stack.definition
        self._outputs_before = stack.outputs
        self._wanted: frozenset[str] = frozenset()
        self._cancelled = False
        self._abandoned = False
        self._is_update = stack.status not in ("REVIEW_IN_PROGRESS", "CREATE_IN_PROGRESS")

    def __getstate__(self) -> Mapping[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_around"}

    def reconnect(self, surroundings: Surroundings) -> None:
        """After a restart of the local AWS; a deployment that was broken off by it can then be rolled back."""
        self._around = surroundings
        self._provisioner.reconnect(surroundings)

    def begin(self, definition: Definition, token: str | None = None) -> None:
        """Marks the stack as in progress; no other operation may begin from now on."""
        now = self._around.clock()
        self._stack.begin_operation(f"{self._verb}_STACK")
        self._stack.definition = definition
        self._stack.drift = None
        if self._is_update:
            self._stack.updated_at = now
        self._stack.set_status(f"{self._verb}_IN_PROGRESS", now, "User Initiated", token)

    def apply(self, blueprint: Blueprint) -> bool:
        """Brings every resource to its definition; False when that failed, whatever then became of the stack."""
        self._wanted = frozenset(blueprint.graph)
        failed = self._kept_by_policy() or walk(
            blueprint.graph,
            visit=lambda logical_id: self._visit(logical_id, blueprint),
            is_slow=lambda logical_id: self._around.provider_of(blueprint.type_of(logical_id)).slow,
            fails=ProvisioningError,
        )
        if self._abandoned:
            return False
        if not failed and not self._cancelled:
            self._settle_outputs(blueprint)
        if failed or self.failure:
            self._fail(self.failure or self._told(failed))
            return False
        self._set("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" if self._is_update else "CREATE_COMPLETE")
        return True

    def finish(self) -> None:
        """Deletes what the update removed or replaced. What cannot be deleted is left behind, as on AWS."""
        self.nested.finish()
        if not self._is_update:
            return
        for resource in removal_order(self._superseded()):
            self._delete_or_leave(resource)
        for logical_id in set(self._before) - self._wanted:
            self._stack.forget(logical_id)
        self._set("UPDATE_COMPLETE")

    def cancel(self) -> None:
        """Lets nothing new begin; when what has begun has ended, the stack rolls back."""
        self._cancelled = True
        self.failure = "User Initiated"

    def abandon(self) -> None:
        """Lets nothing new begin, and leaves what became of the stack to whoever deletes it."""
        self._cancelled = self._abandoned = True

    def roll_back(self, reason: str, skipped: frozenset[str] = frozenset()) -> None:
        """Returns the stack to its last good state; what is skipped counts as returned, whatever state it is in."""
        if self._is_update:
            self._restore(reason, skipped)
        else:
            self._undo_creation(reason)

    @property
    def _verb(self) -> str:
        return "UPDATE" if self._is_update else "CREATE"

    def _set(self, status: str, reason: str | None = None) -> None:
        self._stack.set_status(status, self._around.clock(), reason)

    def _kept_by_policy(self) -> list[str]:
        """Resources that the update is to remove and may not."""
        kept = []
        for logical_id in self._before.keys() - self._wanted:
            try:
                self._provisioner.check_removable(self._before[logical_id])
            except ProvisioningError:
                kept.append(logical_id)
        return kept

    def _settle_outputs(self, blueprint: Blueprint) -> None:
        try:
            outputs = blueprint.outputs()
            self._around.check_outputs(outputs)
        except ProvisioningError as error:
            self.failure = str(error)
        else:
            self._stack.outputs = outputs

    def _visit(self, logical_id: str, blueprint: Blueprint) -> None:
        if self._cancelled:
            raise ProvisioningError("Resource update cancelled")
        before = self._before.get(logical_id)
        old = before if before and before.physical_id else None
        try:
            wanted = blueprint.wanted(logical_id)
        except ProvisioningError as error:
            self._provisioner.refuse(blueprint.unresolved(logical_id), old, str(error))
            raise
        self._provisioner.apply(wanted, old)

    def _told(self, failed: list[str]) -> str:
        sentences = []
        for verb in ("create", "update"):
            named = [name for name in failed if self._status_of(name) == f"{verb.upper()}_FAILED"]
            if named:
                sentences.append(f"The following resource(s) failed to {verb}: [{', '.join(named)}]. ")
        return "".join(sentences)

    def _status_of(self, logical_id: str) -> str:
        resource = self._stack.resource(logical_id)
        return resource.status if resource else ""

    def _fail(self, reason: str) -> None:
        self.failure = reason
        if self._stack.on_failure == "DO_NOTHING":
            self._set(f"{self._verb}_FAILED", reason)
        else:
            self.roll_back(reason)

    def _superseded(self) -> list[StackResource]:
        made = self._provisioner.made
        return [old for name, old in self._before.items() if name not in self._wanted or name in made]

    def _delete_or_leave(self, resource: StackResource) -> bool:
        policy = "UpdateReplacePolicy" if resource.logical_id in self._wanted else "DeletionPolicy"
        if resource.body.get(policy) in RETAINING:
            self._provisioner.skip_deletion(resource)
            return True
        try:
            self._provisioner.delete(resource)
        except ProvisioningError:
            return False
        return True

    def _restore(self, reason: str, skipped: frozenset[str]) -> None:
        self._set("UPDATE_ROLLBACK_IN_PROGRESS", reason)
        for good in dependency_order(self._before.values()):
            touched = self._stack.resources[good.logical_id].updated_at != good.updated_at
            restorable = touched and good.logical_id not in skipped
            try:
                self._provisioner.restore(good) if restorable else self._stack.keep(good)
            except ProvisioningError:
                self._set(
                    "UPDATE_ROLLBACK_FAILED", f"The following resource(s) failed to update: [{good.logical_id}]. "
                )
                return
        self._set("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
        self._delete_new()
        self._stack.definition, self._stack.outputs = self._definition_before, self._outputs_before
        self._set("UPDATE_ROLLBACK_COMPLETE")

    def _delete_new(self) -> list[str]:
        """Deletes what this operation created; returns what could not be deleted."""
        new = {name: resource for name, resource in self._stack.resources.items() if name not in self._before}
        failed = []
        for resource in removal_order([*{**self._provisioner.made, **new}.values()]):
            if resource.body.get("DeletionPolicy") == "Retain" and not self._stack.retain_except_on_create:
                self._provisioner.skip_deletion(resource)
                continue
            try:
                self._provisioner.delete(resource)
            except ProvisioningError:
                failed.append(resource.logical_id)
        if self._is_update:
            for logical_id in new:
                self._stack.forget(logical_id)
        return failed

    def _undo_creation(self, reason: str) -> None:
        self._set("ROLLBACK_IN_PROGRESS", f"{reason}Rollback requested by user.")
        failed = self._delete_new()
        if failed:
            self._set("ROLLBACK_FAILED", f"The following resource(s) failed to delete: [{', '.join(failed)}]. ")
        elif self._stack.on_failure == "DELETE":
            self._stack.deleted_at = self._around.clock()
            self._set("DELETE_COMPLETE")
        else:
            self._set("ROLLBACK_COMPLETE")
