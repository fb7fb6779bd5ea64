"""One resource of a stack: created, updated in place, replaced, left alone, restored or deleted, with its events.

Owns the calls of providers and what is told about each. Which resource comes when belongs to `deployment`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.local_aws.cloudformation import properties, stack_policy
from workbench.local_aws.cloudformation.clock import Clock
from workbench.local_aws.cloudformation.failures import in_its_words
from workbench.local_aws.cloudformation.model import Output, Stack, StackResource, with_status
from workbench.local_aws.cloudformation.provider import Context, Physical, Provider, ProvisioningError
from workbench.local_aws.cloudformation.wanted import Wanted, changed_properties, renaming_refusal, warn_of_unheld

_INITIATED = "Resource creation Initiated"
_REPLACING = "Requested update requires the creation of a new physical resource; hence creating one."


@dataclass(frozen=True)
class Surroundings:
    """Where the resources of a stack are provided, and how; `check_outputs` refuses outputs that it may not have."""

    client: Callable[[str], Any]
    clock: Clock
    region: str
    account: str
    provider_of: Callable[[str], Provider]
    check_outputs: Callable[[tuple[Output, ...]], None]


class Provisioner:
    """Acts on the resources of one stack during one operation, as its policy permits, and remembers what it did.

    Attributes:
        made: resources that this operation created, in order, by logical id.
        modified: logical ids of resources that were, or may have been, updated in place.
    """

    def __init__(self, stack: Stack, surroundings: Surroundings, policy: str | None = None) -> None:
        self._stack = stack
        self._around = surroundings
        self._policy = policy
        self.made: dict[str, StackResource] = {}
        self.modified: set[str] = set()

    def __getstate__(self) -> Mapping[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_around"}

    def reconnect(self, surroundings: Surroundings) -> None:
        """After a restart of the local AWS."""
        self._around = surroundings

    def apply(self, wanted: Wanted, old: StackResource | None) -> None:
        """Brings the resource to what is wanted. Raises ProvisioningError after telling the failure."""
        self._check(properties.refusal(wanted.logical_id, wanted.type, wanted.properties), wanted, old)
        if old is None:
            self._make(wanted, "CREATE", None)
            return
        provider = self._around.provider_of(wanted.type)
        changed = changed_properties(old.properties, wanted.properties)
        tags_changed = provider.tagged and old.tags != self._stack.definition.tags
        half_done = old.status.endswith("_FAILED")
        if provider.must_replace(changed):
            self._check_permitted("Update:Replace", wanted, old)
            self._check(renaming_refusal(wanted, old), wanted, old)
            self._make(wanted, "UPDATE", old)
        elif changed or tags_changed or half_done or provider.always:
            if changed or tags_changed:
                self._check_permitted("Update:Modify", wanted, old)
            self.modified.add(wanted.logical_id)
            self._modify(old, wanted)
        else:
            self._stack.keep(replace(old, body=wanted.body, requires=wanted.requires))

    def check_removable(self, old: StackResource) -> None:
        """Raises ProvisioningError, after telling so, for a resource that the update may not delete."""
        wanted = Wanted(old.logical_id, old.type, old.properties, old.body, old.requires)
        self._check_permitted("Update:Delete", wanted, old)

    def _check_permitted(self, action: str, wanted: Wanted, old: StackResource) -> None:
        self._check(stack_policy.refusal(self._policy, action, wanted.logical_id, wanted.type), wanted, old)

    def _check(self, refusal: str | None, wanted: Wanted, old: StackResource | None) -> None:
        if refusal:
            self.refuse(wanted, old, refusal)
            raise ProvisioningError(refusal)

    def refuse(self, wanted: Wanted, old: StackResource | None, reason: str) -> None:
        """Tells that the resource failed before anything was done about it."""
        begun = self._begin(wanted, "UPDATE" if old else "CREATE", old, None)
        failed = begun.status.replace("IN_PROGRESS", "FAILED")
        self._stack.put(with_status(begun, failed, self._around.clock(), reason))

    def restore(self, good: StackResource) -> None:
        """Brings a resource back to its last good state: in place, or by turning back to the old physical one."""
        current = self._stack.resources[good.logical_id]
        if good.logical_id not in self.modified:
            self._stack.put(with_status(good, "UPDATE_IN_PROGRESS", self._around.clock()))
            self._stack.put(with_status(good, "UPDATE_COMPLETE", self._around.clock()))
            return
        wanted = Wanted(good.logical_id, good.type, good.properties, good.body, good.requires)
        self._modify(current, wanted, rolling_back=True)

    def delete(self, resource: StackResource) -> None:
        """Raises ProvisioningError after telling DELETE_FAILED."""
        self._tell(resource, "DELETE_IN_PROGRESS")
        try:
            in_its_words(lambda: self._remove(resource))
        except ProvisioningError as error:
            self._tell(resource, "DELETE_FAILED", str(error))
            raise
        self._tell(resource, "DELETE_COMPLETE")

    def skip_deletion(self, resource: StackResource) -> None:
        self._tell(resource, "DELETE_SKIPPED")

    def _tell(self, resource: StackResource, status: str, reason: str | None = None) -> None:
        """Keeps the status only if this physical resource still is the stack's."""
        told = with_status(resource, status, self._around.clock(), reason)
        current = self._stack.resources.get(resource.logical_id)
        if current is not None and current.physical_id == resource.physical_id:
            self._stack.keep(told)
        self._stack.tell(told)

    def _remove(self, resource: StackResource) -> None:
        if resource.physical_id is None:
            return
        context = self._context(resource)
        self._around.provider_of(resource.type).delete(resource.physical_id, resource.properties, context)

    def _make(self, wanted: Wanted, verb: str, old: StackResource | None) -> None:
        begun = self._begin(wanted, verb, old, _REPLACING if old else None)

        def exists(physical_id: str) -> None:
            initiated = replace(begun, physical_id=physical_id, reason=_INITIATED, updated_at=self._around.clock())
            self.made[wanted.logical_id] = initiated
            self._stack.put(initiated)

        context = replace(self._context(begun), exists=exists)
        create = self._around.provider_of(wanted.type).create
        physical = self._attempt(wanted.logical_id, lambda: create(wanted.properties, context))
        if wanted.logical_id not in self.made:
            exists(physical.id)
        self._complete(begun, physical, f"{verb}_COMPLETE")
        self.made[wanted.logical_id] = self._stack.resources[wanted.logical_id]

    def _modify(self, old: StackResource, wanted: Wanted, *, rolling_back: bool = False) -> None:
        update, physical_id = self._around.provider_of(wanted.type).update, old.physical_id
        if update is None or physical_id is None:
            raise ProvisioningError(f"{wanted.type} {wanted.logical_id} cannot be updated in place")
        begun = self._begin(wanted, "UPDATE", old, None)
        context = replace(self._context(begun), rolling_back=rolling_back)
        physical = self._attempt(
            wanted.logical_id, lambda: update(physical_id, old.properties, wanted.properties, context)
        )
        self._complete(begun, physical, "UPDATE_COMPLETE")
        if physical.id != physical_id and not rolling_back:
            # A custom resource that answers with another id has replaced itself.
            self.modified.discard(wanted.logical_id)
            self.made[wanted.logical_id] = self._stack.resources[wanted.logical_id]

    def _begin(self, wanted: Wanted, verb: str, old: StackResource | None, reason: str | None) -> StackResource:
        warn_of_unheld(wanted, self._around.provider_of(wanted.type))
        begun = StackResource(
            logical_id=wanted.logical_id,
            type=wanted.type,
            status=f"{verb}_IN_PROGRESS",
            updated_at=self._around.clock(),
            physical_id=old.physical_id if old else None,
            reason=reason,
            properties=wanted.properties,
            attributes=old.attributes if old else {},
            body=wanted.body,
            requires=wanted.requires,
            tags=self._stack.definition.tags,
        )
        self._stack.put(begun)
        return begun

    def _complete(self, begun: StackResource, physical: Physical, status: str) -> None:
        made = replace(begun, physical_id=physical.id, attributes=physical.attributes)
        self._stack.put(with_status(made, status, self._around.clock()))

    def _attempt(self, logical_id: str, act: Callable[[], Physical]) -> Physical:
        try:
            return in_its_words(act)
        except ProvisioningError as error:
            begun = self._stack.resources[logical_id]
            status = begun.status.replace("IN_PROGRESS", "FAILED")
            self._stack.put(with_status(begun, status, self._around.clock(), str(error)))
            raise

    def _context(self, resource: StackResource) -> Context:
        return Context(
            client=self._around.client,
            region=self._around.region,
            account=self._around.account,
            stack_name=self._stack.name,
            stack_id=self._stack.stack_id,
            logical_id=resource.logical_id,
            type=resource.type,
            tags=resource.tags,
            body=resource.body,
        )
