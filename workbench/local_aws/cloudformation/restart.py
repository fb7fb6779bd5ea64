"""What becomes of the stacks when the local AWS is stopped and started again.

Owns the honest end of an operation that was broken off: it has failed, as one that was asked to roll nothing back, so
that another update, a rollback or a deletion can follow.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbench.local_aws.cloudformation.clock import Clock
from workbench.local_aws.cloudformation.model import Stack, with_status

REASON = "The local AWS was stopped during this operation."

_CLEANING_UP = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
_ENDS = {
    _CLEANING_UP: "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS": "UPDATE_ROLLBACK_FAILED",
}


def is_settled(stack: Stack) -> bool:
    """Whether nothing is left to undo."""
    return not stack.busy and not stack.status.endswith("_FAILED")


def break_off(stacks: Iterable[Stack], clock: Clock) -> list[Stack]:
    """Ends what was under way; returns the stacks that have succeeded and have only to clean up."""
    known = {stack.stack_id: stack for stack in stacks}
    cleaning = {name for name, stack in known.items() if stack.status == _CLEANING_UP and not stack.parent_id}
    for stack in known.values():
        if stack.busy and (stack.root_id or stack.stack_id) not in cleaning:
            _break_off(stack, clock)
    return [known[name] for name in cleaning]


def _break_off(stack: Stack, clock: Clock) -> None:
    for resource in tuple(stack.resources.values()):
        if resource.status.endswith("_IN_PROGRESS"):
            failed = resource.status.replace("_IN_PROGRESS", "_FAILED")
            stack.put(with_status(resource, failed, clock(), REASON))
    stack.set_status(_ENDS.get(stack.status, stack.status.replace("_IN_PROGRESS", "_FAILED")), clock(), REASON)
