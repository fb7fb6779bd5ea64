"""Deleting a stack: its resources before what they require, those that are to be retained left behind."""

from __future__ import annotations

from workbench.local_aws.cloudformation.clock import Clock
from workbench.local_aws.cloudformation.model import Stack, StackResource
from workbench.local_aws.cloudformation.ordering import removal_order
from workbench.local_aws.cloudformation.provider import ProvisioningError
from workbench.local_aws.cloudformation.provisioning import Provisioner


def delete_resources(
    stack: Stack, provisioner: Provisioner, clock: Clock, retained: frozenset[str], *, forced: bool = False
) -> None:
    """Ends in DELETE_COMPLETE or DELETE_FAILED; a failure spares what the undeleted resource requires.

    By force, the stack goes anyway and leaves behind what could not be deleted.
    """
    failed: list[str] = []
    needed: set[str] = set()
    for resource in removal_order(r for r in stack.resources.values() if r.status != "DELETE_COMPLETE"):
        if resource.logical_id in needed:
            needed |= resource.requires
        elif not _delete(resource, provisioner, retained):
            failed.append(resource.logical_id)
            needed |= resource.requires
    if failed and not forced:
        reason = f"The following resource(s) failed to delete: [{', '.join(failed)}]. "
        stack.set_status("DELETE_FAILED", clock(), reason)
        return
    stack.deleted_at = clock()
    stack.set_status("DELETE_COMPLETE", clock())


def _delete(resource: StackResource, provisioner: Provisioner, retained: frozenset[str]) -> bool:
    if resource.is_retained or resource.logical_id in retained:
        provisioner.skip_deletion(resource)
        return True
    try:
        provisioner.delete(resource)
    except ProvisioningError:
        return False
    return True
