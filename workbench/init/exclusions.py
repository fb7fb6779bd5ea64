"""Resources that a rule fails by construction: a bucket of logs that would log to itself, a queue of dead letters.

Owns `exclusions`. What the snippet adds is left out in the same way, because it is not there to be judged yet.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.resources import Resource

RECORDS_BUCKET = "RecordsBucket"


@dataclass(frozen=True)
class Exclusion:
    """A resource that a rule does not judge, and why."""

    path: str
    reason: str


def exclusions(resources: Sequence[Resource]) -> Mapping[str, Sequence[Exclusion]]:
    """The exclusions by rule."""
    found: dict[str, list[Exclusion]] = defaultdict(list)
    for path in _paths(resources, "AWS::S3::Bucket", _log_buckets(resources)):
        found["s3-bucket-logging-enabled"].append(Exclusion(path, "a bucket of logs never comes to rest if it logs"))
        found["s3-default-encryption-kms"].append(Exclusion(path, "AWS delivers S3 access logs to SSE-S3 only"))
        found["s3-bucket-replication-enabled"].append(Exclusion(path, "it holds logs"))
    found["s3-bucket-logging-enabled"].append(Exclusion(RECORDS_BUCKET, "nobody but the fitness functions uses it"))
    found["s3-bucket-replication-enabled"].append(Exclusion(RECORDS_BUCKET, "its records belong to one region"))
    for path in _paths(resources, "AWS::SQS::Queue", _dead_letter_arns(resources)):
        found["sqs-queue-dlq-check"].append(Exclusion(path, "it holds the dead letters of others"))
    for rule in ("cloudformation-termination-protection-check", "cloudformation-stack-notification-check"):
        found[rule].append(Exclusion("ConfigRules", "a nested stack follows its root"))
    return {rule: _rules_alone(each) for rule, each in found.items()}


def _rules_alone(found: Sequence[Exclusion]) -> Sequence[Exclusion]:
    """Each path once."""
    return tuple({each.path: each for each in found}.values())


def _paths(resources: Iterable[Resource], kind: str, names: set[str]) -> list[str]:
    return [
        resource.path
        for resource in resources
        if resource.type == kind and {resource.physical_id, resource.attributes.get("Arn")} & names
    ]


def _log_buckets(resources: Iterable[Resource]) -> set[str]:
    settings = (resource.properties.get("LoggingConfiguration") for resource in resources if _is_bucket(resource))
    return {name for setting in settings if isinstance(name := _member(setting, "DestinationBucketName"), str)}


def _is_bucket(resource: Resource) -> bool:
    return resource.type == "AWS::S3::Bucket"


def _dead_letter_arns(resources: Iterable[Resource]) -> set[str]:
    named = [
        target
        for resource in resources
        for setting, key in (
            (resource.properties.get("RedrivePolicy"), "deadLetterTargetArn"),
            (resource.properties.get("DeadLetterConfig"), "TargetArn"),
        )
        if isinstance(target := _member(setting, key), str)
    ]
    return set(named)


def _member(setting: Any, key: str) -> Any:
    if isinstance(setting, str):
        try:
            setting = json.loads(setting)
        except ValueError:
            return None
    return setting.get(key) if isinstance(setting, Mapping) else None
