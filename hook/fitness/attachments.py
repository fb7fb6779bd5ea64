"""Policies that Config records as a part of another resource.

Owns `with_attachments`: CloudFormation lists a changed bucket policy and no change of its bucket, while for Config the
bucket is what changed and what is judged again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from fitness.model import Resource

# Their physical id is that of the resource that they belong to.
_PART_OF = {
    "AWS::S3::BucketPolicy": "AWS::S3::Bucket",
    "AWS::SNS::TopicInlinePolicy": "AWS::SNS::Topic",
    "AWS::SQS::QueueInlinePolicy": "AWS::SQS::Queue",
}


def with_attachments(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """The resources, each updated when it or a policy of it was last updated."""
    listing = tuple(resources)
    updates: dict[tuple[str, str], datetime] = {}
    for resource in listing:
        owner = (_PART_OF.get(resource.type, ""), resource.physical_id)
        if owner[0] and resource.updated_at:
            updates[owner] = max(resource.updated_at, updates.get(owner, resource.updated_at))
    return tuple(_updated(resource, updates.get((resource.type, resource.physical_id))) for resource in listing)


def _updated(resource: Resource, moment: datetime | None) -> Resource:
    newer = moment is not None and (resource.updated_at is None or moment > resource.updated_at)
    return replace(resource, updated_at=moment) if newer else resource
