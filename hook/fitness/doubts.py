"""Rows that may be older than they seem, or than what they judge.

Owns `doubts`. Three kinds: what a rolled back update changed and changed back, since Config may still show what was
refused; what another resource configures, since a new permission is no change of its function; and what a changed
Config rule has just judged, since it judges the recorded, old state and stamps it as new. Config may well have nothing
newer to say, so such a row is believed after a while: `PATIENCE` times what it takes to settle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from fitness.baseline import Baseline
from fitness.model import CONFIG_RULE_TYPE, Resource
from fitness.snapshot import Snapshot

PATIENCE = 4
_CONFIGURES: Mapping[str, str] = {
    "AWS::Lambda::Permission": "AWS::Lambda::Function",
    "AWS::S3::BucketPolicy": "AWS::S3::Bucket",
    "AWS::SNS::TopicInlinePolicy": "AWS::SNS::Topic",
    "AWS::SNS::TopicPolicy": "AWS::SNS::Topic",
    "AWS::SQS::QueueInlinePolicy": "AWS::SQS::Queue",
    "AWS::SQS::QueuePolicy": "AWS::SQS::Queue",
}


@dataclass(frozen=True)
class Doubt:
    """A resource whose rows of these Config rules count if they are not older than `since`.

    It may have changed until `changed_at`.
    """

    path: str
    since: datetime
    changed_at: datetime
    config_rules: AbstractSet[str]

    def remains(self, snapshot: Snapshot, now: datetime, settle: timedelta) -> bool:
        """Whether there is such an old row, and a new one may still come."""
        rows = [row for row in snapshot.evaluations if row.resource == self.path]
        is_old = any(
            row.ordering_at is None or row.ordering_at < self.since
            for row in rows
            if row.config_rule in self.config_rules
        )
        return is_old and now - self.changed_at < PATIENCE * settle


def doubts(
    snapshot: Snapshot, baseline: Baseline | None, config_rules: AbstractSet[str], *, rolled_back: bool = False
) -> Sequence[Doubt]:
    """All doubts about rows of these Config rules, which follow changes: periodic rules judge what is there.

    `rolled_back` says that the last update was: what it changed, it has changed back.
    """
    restored = snapshot.resources if rolled_back else _unchanged(snapshot)
    return [
        *(_rolled_back(restored, baseline, config_rules) if baseline else ()),
        *_configured(snapshot, config_rules),
        *(_judged_anew(snapshot, baseline, config_rules) if baseline else ()),
    ]


def _rolled_back(restored: Sequence[Resource], baseline: Baseline, config_rules: AbstractSet[str]) -> Iterator[Doubt]:
    for resource in restored:
        moment = resource.updated_at
        if moment and resource.path in baseline.resources and baseline.precedes(resource.path, moment):
            yield Doubt(resource.path, moment, moment, config_rules)


def _configured(snapshot: Snapshot, config_rules: AbstractSet[str]) -> Iterator[Doubt]:
    for attachment in snapshot.resources:
        moment, begun = snapshot.changed_at(attachment), snapshot.stack_updated_at
        if not moment or not begun or attachment.type not in _CONFIGURES:
            continue
        candidates = [found for found in snapshot.resources if found.type == _CONFIGURES[attachment.type]]
        parts = [found for found in candidates if found.physical_id == attachment.physical_id]
        # Config may have recorded a new bucket before it got its policy.
        yield from (Doubt(found.path, moment, moment, config_rules) for found in parts)
        others = [] if parts else _owners(attachment, [found for found in candidates if not snapshot.changed_at(found)])
        yield from (Doubt(found.path, begun, moment, config_rules) for found in others)


def _judged_anew(snapshot: Snapshot, baseline: Baseline, config_rules: AbstractSet[str]) -> Iterator[Doubt]:
    changed = [resource for resource in snapshot.resources if snapshot.changed_at(resource)]
    renewed = config_rules & {resource.physical_id for resource in changed if resource.type == CONFIG_RULE_TYPE}
    for resource in changed if renewed else ():
        # A resource that is new has no old state that could be judged.
        if resource.updated_at and resource.path in baseline.resources and not snapshot.is_stack(resource):
            yield Doubt(resource.path, resource.updated_at, resource.updated_at, renewed)


def _unchanged(snapshot: Snapshot) -> Sequence[Resource]:
    return [resource for resource in snapshot.resources if not snapshot.changed_at(resource)]


def _owners(attachment: Resource, candidates: Sequence[Resource]) -> Sequence[Resource]:
    """What its logical id begins with, as SAM names permissions (`FirstFunctionApiPermission`), else all."""
    named = [candidate for candidate in candidates if attachment.path.startswith(candidate.path)]
    return [max(named, key=lambda candidate: len(candidate.path))] if named else candidates
