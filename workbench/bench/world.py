"""A large stack to measure with: 500 resources of one type under 40 rules, every status among them."""

from __future__ import annotations

from datetime import UTC, datetime

from fitness import catalogue
from fitness.catalogue import Catalogue
from fitness.model import ConfigRule, Evaluation, Resource, Status
from fitness.snapshot import Snapshot

RESOURCES, RULES = 500, 40
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_TYPE = "AWS::S3::Bucket"
_RULE = "  rule-{0}: {{title: Rule {0}, category: security, severity: {1}, resource_types: [{2}]}}\n"
_SEVERITIES = ("critical", "high", "medium", "low")


def rules() -> Catalogue:
    """40 rules of all severities."""
    entries = "".join(_RULE.format(number, _SEVERITIES[number % 4], _TYPE) for number in range(RULES))
    return catalogue.load(f"version: 1\ncategories: {{security: {{title: Security}}}}\nrules:\n{entries}")


def snapshot() -> Snapshot:
    """500 resources; one pair in five is violated, one in fifty has no row."""
    return Snapshot(
        stack="large",
        stack_id="arn:aws:cloudformation:eu-west-1:111122223333:stack/large/1",
        account="111122223333",
        region="eu-west-1",
        taken_at=_NOW,
        stack_updated_at=None,
        resources=tuple(Resource(f"Bucket{number}", _TYPE, f"bucket-{number}", None) for number in range(RESOURCES)),
        config_rules=tuple(ConfigRule(f"large-{number}", f"Rule{number}", _NOW) for number in range(RULES)),
        evaluations=tuple(_rows()),
    )


def _rows() -> list[Evaluation]:
    pairs = [(resource, rule) for resource in range(RESOURCES) for rule in range(RULES)]
    return [
        Evaluation(f"Bucket{resource}", f"large-{rule}", _status(resource, rule), "DETECTIVE", _NOW, _NOW, _NOW, None)
        for resource, rule in pairs
        if (resource + rule) % 50
    ]


def _status(resource: int, rule: int) -> Status:
    return Status.NON_COMPLIANT if (resource * 7 + rule) % 5 == 0 else Status.COMPLIANT
