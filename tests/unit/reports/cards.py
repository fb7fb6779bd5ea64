"""Scorecards to report: one catalogue, and a stack whose statuses a test chooses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from fitness import catalogue, scorecard
from fitness.baseline import Baseline, KnownResource
from fitness.model import ConfigRule, Evaluation, Resource, Status
from fitness.rule import Rule
from fitness.scorecard import Scorecard
from fitness.snapshot import Snapshot

READ, VERSIONS, RESTORE = "s3-bucket-public-read-prohibited", "s3-bucket-versioning-enabled", "dynamodb-pitr-enabled"
NOW = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
BUCKET, TABLE = "AWS::S3::Bucket", "AWS::DynamoDB::Table"
RULES = """
version: 1
categories:
  security: {title: Security}
  reliability: {title: Reliability, minimum: 60}
  scalability: {title: Scalability}
rules:
  s3-bucket-public-read-prohibited:
    title: S3 buckets cannot be read by the public
    category: security
    severity: critical
    enforcement: blocking
    resource_types: [AWS::S3::Bucket]
    remediation: Turn on all four settings of PublicAccessBlockConfiguration.
  s3-bucket-versioning-enabled:
    title: S3 buckets keep earlier versions of their objects
    category: reliability
    severity: low
    resource_types: [AWS::S3::Bucket]
    remediation: Set Status to Enabled in the bucket's VersioningConfiguration.
  dynamodb-pitr-enabled:
    title: DynamoDB tables can be restored to a point in time
    category: reliability
    severity: medium
    resource_types: [AWS::DynamoDB::Table]
    remediation: Set PointInTimeRecoveryEnabled to true.
"""
_LETTERS = {"c": Status.COMPLIANT, "n": Status.NON_COMPLIANT}
Statuses = Mapping[str, Mapping[str, str]]


def snapshot_of(statuses: Statuses) -> Snapshot:
    """A stack of which each rule says `c` (compliant), `n` (not) or `?` (not evaluated) of each resource."""
    rules = {rule.id: rule for rule in catalogue.load(RULES).rules.values()}
    paths = sorted({path for by_path in statuses.values() for path in by_path})
    return Snapshot(
        stack="orders",
        stack_id="arn:aws:cloudformation:eu-west-1:111122223333:stack/orders/1",
        account="111122223333",
        region="eu-west-1",
        taken_at=NOW,
        stack_updated_at=None,
        resources=tuple(Resource(path, TABLE if "Table" in path else BUCKET, path.lower(), None) for path in paths),
        config_rules=tuple(_config_rule(rule, statuses.get(rule.id, {})) for rule in rules.values()),
        evaluations=tuple(
            Evaluation(path, f"orders-{rule}", _LETTERS[letter], "DETECTIVE", NOW, NOW, NOW, None)
            for rule, by_path in statuses.items()
            for path, letter in by_path.items()
            if letter in _LETTERS
        ),
    )


def _config_rule(rule: Rule, by_path: Mapping[str, str]) -> ConfigRule:
    evaluated = "?" not in by_path.values()
    return ConfigRule(
        name=f"orders-{rule.id}",
        path=rule.logical_id,
        last_successful_evaluation_at=NOW if evaluated else None,
        first_evaluation_started=evaluated,
    )


def baseline_of(statuses: Statuses) -> Baseline:
    return Baseline(
        taken_at=NOW,
        fitness=None,
        resources={path: KnownResource(BUCKET, None) for by_path in statuses.values() for path in by_path},
        statuses={(rule, path): _LETTERS[x] for rule, by_path in statuses.items() for path, x in by_path.items()},
    )


def card_of(statuses: Statuses, baseline: Statuses | None = None, rules: str = RULES) -> Scorecard:
    """The scorecard of such a stack."""
    then = baseline_of(baseline) if baseline else None
    return scorecard.make(catalogue.load(rules), snapshot_of(statuses), then)
