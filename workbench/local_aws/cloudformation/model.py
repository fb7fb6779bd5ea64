"""The words of the engine: what a stack is meant to be, its resources and its events.

Owns values only, except `Stack`, which is the state of one stack. Nothing here calls a service.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from workbench.local_aws.cloudformation.change_set import ChangeSet
from workbench.local_aws.cloudformation.template import EMPTY, Template

if TYPE_CHECKING:
    from workbench.local_aws.cloudformation.drift.detection import StackDrift

_TICK = timedelta(milliseconds=1)

STACK_TYPE = "AWS::CloudFormation::Stack"
RETAINING = ("Retain", "RetainExceptOnCreate")
"""Values of DeletionPolicy and UpdateReplacePolicy that leave the resource behind."""


@dataclass(frozen=True)
class Definition:
    """What a stack is meant to be: its template with the values that the caller gave."""

    template: Template
    parameters: Mapping[str, str]
    tags: Mapping[str, str] = field(default_factory=dict)
    capabilities: tuple[str, ...] = ()
    notification_arns: tuple[str, ...] = ()
    role_arn: str | None = None


NOTHING = Definition(template=EMPTY, parameters={})
"""The definition of a stack that only change sets know yet."""


@dataclass(frozen=True)
class StackResource:
    """A resource of a stack as it is now.

    Attributes:
        properties: as last applied, every intrinsic resolved.
        attributes: what `Fn::GetAtt` returns.
        body: its part of the template, for its policies and metadata.
        requires: logical ids that had to exist before it.
        tags: the stack's tags that were passed on to it.
    """

    logical_id: str
    type: str
    status: str
    updated_at: datetime
    physical_id: str | None = None
    reason: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    requires: frozenset[str] = frozenset()
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_retained(self) -> bool:
        """Whether it outlives its stack."""
        return self.body.get("DeletionPolicy") in RETAINING


@dataclass(frozen=True)
class StackEvent:
    """One line of the story of a stack."""

    event_id: str
    timestamp: datetime
    logical_id: str
    physical_id: str | None
    type: str
    status: str
    reason: str | None = None
    properties: Mapping[str, Any] | None = None
    token: str | None = None
    operation_id: str | None = None


@dataclass(frozen=True)
class StackOperation:
    """What was done to a stack at once: `CREATE_STACK`, `CREATE_CHANGESET`; events tell to which they belong."""

    operation_id: str
    type: str


@dataclass(frozen=True)
class Output:
    """An output of a stack; `export` is the name that other stacks import."""

    key: str
    value: str
    description: str | None = None
    export: str | None = None


class Stack:
    """One stack: its definition, resources, events, change sets and outputs.

    The thread of an operation writes while requests read; whole values are swapped, so that a reader never sees
    half of a change. `on_status` is told of every new status, `on_resource` of every new state of a resource,
    `on_event` of every event. `on_failure` is ROLLBACK, DO_NOTHING or DELETE; `retain_except_on_create` lets a rollback
    delete what it created, whatever its DeletionPolicy; `drift` is what was detected since the latest update.
    """

    def __init__(self, name: str, stack_id: str, created_at: datetime, status: str, definition: Definition) -> None:
        self.name = name
        self.stack_id = stack_id
        self.created_at = created_at
        self.updated_at: datetime | None = None
        self.deleted_at: datetime | None = None
        self.status = status
        self.status_reason: str | None = None
        self.definition = definition
        self.resources: dict[str, StackResource] = {}
        self.events: list[StackEvent] = []
        self.outputs: tuple[Output, ...] = ()
        self.change_sets: dict[str, ChangeSet] = {}
        self.parent_id: str | None = None
        self.root_id: str | None = None
        self.executed_change_set: str | None = None
        self.on_failure = "ROLLBACK"
        self.termination_protection = False
        self.policy: str | None = None
        self.retain_except_on_create = False
        self.operations: list[StackOperation] = []
        self.drift: StackDrift | None = None
        self.on_status: Callable[[Stack], None] = _nobody
        self.on_resource: Callable[[StackResource], None] = _nobody
        self.on_event: Callable[[StackEvent], None] = _nobody
        self._lock = threading.Lock()

    def __getstate__(self) -> Mapping[str, Any]:
        """Whoever brings a stack back tells it anew who listens."""
        return {**vars(self), "on_status": _nobody, "on_resource": _nobody, "on_event": _nobody}

    @property
    def busy(self) -> bool:
        return self.status.endswith("_IN_PROGRESS") and self.status != "REVIEW_IN_PROGRESS"

    def resource(self, logical_id: str) -> StackResource | None:
        return self.resources.get(logical_id)

    def set_status(self, status: str, at: datetime, reason: str | None = None, token: str | None = None) -> None:
        """Changes the status and tells it as an event of the stack itself."""
        self.status, self.status_reason = status, reason
        self._append(StackEvent(str(uuid4()), at, self.name, self.stack_id, STACK_TYPE, status, reason, token=token))
        self.on_status(self)

    def put(self, resource: StackResource) -> None:
        """Keeps the resource's new state and tells it as an event."""
        self.keep(resource)
        self.tell(resource)
        self.on_resource(resource)

    def tell(self, resource: StackResource) -> None:
        """Adds an event about a resource, without keeping its state."""
        event_id = f"{resource.logical_id}-{resource.status}-{uuid4()}"
        self._append(
            StackEvent(
                event_id,
                resource.updated_at,
                resource.logical_id,
                resource.physical_id,
                resource.type,
                resource.status,
                resource.reason,
                resource.properties,
            )
        )

    def keep(self, resource: StackResource) -> None:
        with self._lock:
            self.resources = {**self.resources, resource.logical_id: resource}

    def forget(self, logical_id: str) -> None:
        with self._lock:
            self.resources = {key: value for key, value in self.resources.items() if key != logical_id}

    def put_change_set(self, change_set: ChangeSet) -> None:
        with self._lock:
            self.change_sets = {**self.change_sets, change_set.name: change_set}

    def begin_operation(self, kind: str) -> StackOperation:
        """From now on, events belong to a new operation."""
        operation = StackOperation(str(uuid4()), kind)
        with self._lock:
            self.operations = [*self.operations, operation]
        return operation

    def outdate_change_sets(self) -> None:
        """What was prepared for the stack as it was can no longer be executed."""
        with self._lock:
            outdated = {name: replace(each, execution_status="OBSOLETE") for name, each in self.change_sets.items()}
            self.change_sets = outdated

    def _append(self, event: StackEvent) -> None:
        """Threads may tell at the same moment: an event is always later than the one before it."""
        with self._lock:
            earliest = self.events[-1].timestamp + _TICK if self.events else event.timestamp
            operation_id = self.operations[-1].operation_id if self.operations else None
            timed = replace(event, timestamp=max(event.timestamp, earliest), operation_id=operation_id)
            self.events = [*self.events, timed]
        self.on_event(timed)


def _nobody(_: object) -> None:
    """Listens to nothing."""


def with_status(resource: StackResource, status: str, at: datetime, reason: str | None = None) -> StackResource:
    return replace(resource, status=status, updated_at=at, reason=reason)
