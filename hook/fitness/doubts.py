"""Resources that may have changed although CloudFormation lists no change of theirs in this update.

Owns `doubts`. Two kinds: what a rolled back update changed and changed back, since Config may still show what was
refused; and what another resource configures, since a new permission is no change of its function. Config may well
have nothing new to say of them, so a row from before is believed once `PATIENCE` has passed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fitness.baseline import Baseline
from fitness.model import Resource
from fitness.snapshot import Snapshot

PATIENCE = timedelta(minutes=2)
# Whose physical ids do not tell what they configure.
_CONFIGURES: Mapping[str, str] = {
    "AWS::Lambda::Permission": "AWS::Lambda::Function",
    "AWS::S3::BucketPolicy": "AWS::S3::Bucket",
    "AWS::SNS::TopicPolicy": "AWS::SNS::Topic",
    "AWS::SQS::QueuePolicy": "AWS::SQS::Queue",
}


@dataclass(frozen=True)
class Doubt:
    """A resource whose rows count if they are not older than `since`; it may have changed until `changed_at`."""

    path: str
    since: datetime
    changed_at: datetime

    def remains(self, snapshot: Snapshot, names: Collection[str], now: datetime) -> bool:
        """Whether the Config rules of these names have only old rows of it, and a new one may still come."""
        rows = [row for row in snapshot.evaluations if row.resource == self.path and row.config_rule in names]
        is_old = bool(rows) and all(row.ordering_at is None or row.ordering_at < self.since for row in rows)
        return is_old and now - self.changed_at < PATIENCE


def doubts(snapshot: Snapshot, baseline: Baseline | None) -> Sequence[Doubt]:
    """Every resource that did not change itself in this update, and may have changed all the same."""
    unchanged = [resource for resource in snapshot.resources if not snapshot.changed_at(resource)]
    return [*(_rolled_back(unchanged, baseline) if baseline else ()), *_configured(snapshot, unchanged)]


def _rolled_back(unchanged: Sequence[Resource], baseline: Baseline) -> Iterator[Doubt]:
    for resource in unchanged:
        moment = resource.updated_at
        if moment and resource.path in baseline.resources and baseline.precedes(resource.path, moment):
            yield Doubt(resource.path, moment, moment)


def _configured(snapshot: Snapshot, unchanged: Sequence[Resource]) -> Iterator[Doubt]:
    for attachment in snapshot.resources:
        moment = snapshot.changed_at(attachment)
        kind = _CONFIGURES.get(attachment.type)
        if moment and kind and snapshot.stack_updated_at:
            for owner in _owners(attachment, [resource for resource in unchanged if resource.type == kind]):
                yield Doubt(owner.path, snapshot.stack_updated_at, moment)


def _owners(attachment: Resource, candidates: Sequence[Resource]) -> Sequence[Resource]:
    """What its logical id begins with, as SAM names permissions (`FirstFunctionApiPermission`), else all."""
    named = [candidate for candidate in candidates if attachment.path.startswith(candidate.path)]
    return [max(named, key=lambda candidate: len(candidate.path))] if named else candidates
