"""Every stack of the account: found by name or id, and what they export to each other."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

from workbench.local_aws.cloudformation.model import Stack
from workbench.local_aws.service import AwsError


class Stacks:
    """The stacks of every region. A deleted stack is found by its id only."""

    def __init__(self) -> None:
        self._by_id: dict[str, Stack] = {}
        self._lock = threading.Lock()

    def add(self, stack: Stack) -> None:
        """Raises AwsError when the name is taken."""
        with self._lock:
            if any(_is_live(other, stack.name, region_of(stack)) for other in self._by_id.values()):
                raise AwsError("AlreadyExistsException", f"Stack [{stack.name}] already exists")
            self._by_id = {**self._by_id, stack.stack_id: stack}

    def all(self) -> tuple[Stack, ...]:
        """Oldest first, deleted ones included."""
        return tuple(self._by_id.values())

    def by_id(self, stack_id: str) -> Stack:
        return self._by_id[stack_id]

    def restore(self, stacks: Iterable[Stack]) -> None:
        """Knows these and no others."""
        self._by_id = {stack.stack_id: stack for stack in stacks}

    def remove(self, stack: Stack) -> None:
        with self._lock:
            self._by_id = {key: value for key, value in self._by_id.items() if key != stack.stack_id}

    def find(self, name_or_id: str, region: str) -> Stack | None:
        if name_or_id in self._by_id:
            return self._by_id[name_or_id]
        return next((stack for stack in self._by_id.values() if _is_live(stack, name_or_id, region)), None)

    def get(self, name_or_id: str, region: str) -> Stack:
        """Raises AwsError in the words that clients look for."""
        stack = self.find(name_or_id, region)
        if stack is None:
            raise AwsError("ValidationError", f"Stack with id {name_or_id} does not exist")
        return stack

    def to_act_on(self, name_or_id: str, region: str) -> Stack:
        """Like `get`, in the words of the operations that change a stack or tell its events."""
        stack = self.find(name_or_id, region)
        if stack is None:
            raise AwsError("ValidationError", f"Stack [{name_or_id}] does not exist")
        return stack

    def in_region(self, region: str) -> Iterator[Stack]:
        """Newest first, deleted ones included."""
        return (stack for stack in reversed(self._by_id.values()) if region_of(stack) == region)

    def exports(self, region: str) -> dict[str, tuple[Stack, str]]:
        """Exporting stack and value by export name."""
        return {
            output.export: (stack, output.value)
            for stack in self.in_region(region)
            for output in stack.outputs
            if output.export and stack.deleted_at is None
        }


def region_of(stack: Stack) -> str:
    return stack.stack_id.split(":")[3]


def _is_live(stack: Stack, name: str, region: str) -> bool:
    return stack.name == name and stack.deleted_at is None and region_of(stack) == region
