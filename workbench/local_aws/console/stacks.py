"""Stacks as the console shows them: the list, and what one is made of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fitness.config_ids import ById, Candidate, Surroundings, candidates
from fitness.model import Resource

from workbench.local_aws.console.resources import Compliances, Key
from workbench.local_aws.console.tones import Tone, of_compliance, of_stack

RECORDS_BUCKET = "RecordsBucket"
Names = Mapping[tuple[str, str], str]
"""Config's resource id by type and name, for types whose physical id is the name."""


@dataclass(frozen=True)
class Stack:
    """One stack; `depth` tells how deep it is nested, `fitness` is that of its metric."""

    name: str
    id: str
    status: str
    reason: str
    description: str
    changed_at: datetime
    depth: int
    fitness: float | None
    outputs: Mapping[str, str]

    @property
    def tone(self) -> Tone:
        return of_stack(self.status)


@dataclass(frozen=True)
class Part:
    """A resource of a stack; `key` is how Config names it, None for what Config does not know."""

    logical_id: str
    physical_id: str
    type: str
    status: str
    key: Key | None
    compliance: str

    @property
    def tone(self) -> Tone:
        return of_stack(self.status)

    @property
    def compliance_tone(self) -> Tone:
        return of_compliance(self.compliance)


@dataclass(frozen=True)
class Event:
    """A stack event."""

    at: datetime
    logical_id: str
    type: str
    status: str
    reason: str

    @property
    def tone(self) -> Tone:
        return of_stack(self.status)


def stack(described: Mapping[str, Any], fitness: float | None = None, depth: int = 0) -> Stack:
    return Stack(
        name=described["StackName"],
        id=described["StackId"],
        status=described["StackStatus"],
        reason=described.get("StackStatusReason", ""),
        description=described.get("Description", ""),
        changed_at=described.get("LastUpdatedTime") or described["CreationTime"],
        depth=depth,
        fitness=fitness,
        outputs={output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs") or []},
    )


def stacks(described: Sequence[Mapping[str, Any]], fitness: Mapping[str, float | None]) -> tuple[Stack, ...]:
    """All stacks by name, each followed by those nested in it."""
    by_id = {each["StackId"]: each for each in described}
    children: dict[str | None, list[Mapping[str, Any]]] = {}
    for each in sorted(described, key=lambda each: each["StackName"]):
        parent = each.get("ParentId")
        children.setdefault(parent if parent in by_id else None, []).append(each)

    def walk(parent: str | None, depth: int) -> Iterator[Stack]:
        for each in children.get(parent, []):
            yield stack(each, fitness.get(each["StackName"]), depth)
            yield from walk(each["StackId"], depth + 1)

    return tuple(walk(None, 0))


def named_types(summaries: Sequence[Mapping[str, Any]], region: str) -> frozenset[str]:
    """The types of Config whose ids must be looked up by name."""
    found = (each for of_one in _candidates(summaries, region) for each in of_one)
    return frozenset(each.type for each in found if not isinstance(each, ById))


def parts(
    summaries: Sequence[Mapping[str, Any]], compliances: Compliances, names: Names, region: str
) -> tuple[Part, ...]:
    """`StackResourceSummaries` with what Config says of each resource."""
    found = zip(summaries, _candidates(summaries, region), strict=True)
    made = [_part(summary, _key(of_one, compliances, names), compliances) for summary, of_one in found]
    return tuple(sorted(made, key=lambda part: part.logical_id))


def events(described: Iterable[Mapping[str, Any]]) -> tuple[Event, ...]:
    return tuple(
        Event(
            at=each["Timestamp"],
            logical_id=each["LogicalResourceId"],
            type=each["ResourceType"],
            status=each["ResourceStatus"],
            reason=each.get("ResourceStatusReason", ""),
        )
        for each in described
    )


def _part(summary: Mapping[str, Any], key: Key | None, compliances: Compliances) -> Part:
    return Part(
        logical_id=summary["LogicalResourceId"],
        physical_id=summary.get("PhysicalResourceId", ""),
        type=summary["ResourceType"],
        status=summary["ResourceStatus"],
        key=key,
        compliance=compliances[key] if key else "",
    )


def _candidates(summaries: Sequence[Mapping[str, Any]], region: str) -> Iterator[Sequence[Candidate]]:
    """Under which names Config may know each resource."""
    resources = [_resource(each) for each in summaries]
    surroundings = Surroundings("aws", region, resources)
    return (candidates(resource, surroundings) for resource in resources)


def _resource(summary: Mapping[str, Any]) -> Resource:
    return Resource(
        path=summary["LogicalResourceId"],
        type=summary["ResourceType"],
        physical_id=summary.get("PhysicalResourceId", ""),
        updated_at=summary["LastUpdatedTimestamp"],
    )


def _key(found: Iterable[Candidate], compliances: Compliances, names: Names) -> Key | None:
    keys = ((each.type, each.id if isinstance(each, ById) else names.get((each.type, each.name), "")) for each in found)
    return next((key for key in keys if key in compliances), None)
