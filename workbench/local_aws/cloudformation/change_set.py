"""What a change set is: a prepared create or update of a stack, or why it could not be prepared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.local_aws.cloudformation.model import Definition


@dataclass(frozen=True)
class ValidationFailure:
    """Why a change set failed, as far as one resource is concerned; `path` is a JSON pointer into the template."""

    name: str
    logical_id: str
    resource_type: str
    said: str
    path: str
    physical_id: str | None = None


@dataclass(frozen=True)
class ChangeSet:
    """A prepared create or update; `changes` are in the shape of DescribeChangeSet, a failed one has no definition."""

    change_set_id: str
    name: str
    definition: Definition | None
    created_at: datetime
    status: str
    execution_status: str
    changes: Sequence[Mapping[str, Any]] = ()
    reason: str | None = None
    description: str | None = None
    on_failure: str = "ROLLBACK"
    operation_id: str | None = None
    failures: tuple[ValidationFailure, ...] = ()
