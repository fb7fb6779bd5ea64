"""A stack of 500 resources under 40 rules, each with a name as long as real ones, most of them regressed or unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import cycle, product

from fitness import catalogue, scorecard
from fitness.baseline import Baseline, KnownResource
from fitness.catalogue import Catalogue
from fitness.model import ConfigRule, Evaluation, Resource, Status
from fitness.scorecard import Scorecard

from tests.unit.reports.cards import BUCKET, NOW, card_of

PATHS = [f"Storage/Department{number:03}ArchiveBucket" for number in range(500)]
RULES = [f"s3-bucket-requirement-of-the-house-number-{number}" for number in range(40)]
_STATUSES = (Status.COMPLIANT, Status.NON_COMPLIANT, Status.COMPLIANT, Status.INSUFFICIENT_DATA)


def large_card() -> Scorecard:
    known = {path: KnownResource(BUCKET, NOW) for path in PATHS}
    then = Baseline(NOW - timedelta(days=1), 99.0, known, dict.fromkeys(product(RULES, PATHS), Status.COMPLIANT))
    snapshot = replace(
        card_of({}).snapshot,
        resources=tuple(Resource(path, BUCKET, f"orders-{path[8:].lower()}-1x2y3z4w5v", NOW) for path in PATHS),
        config_rules=tuple(
            ConfigRule(f"orders-{rule}-1AB2CD3EF", None, NOW, first_evaluation_started=True) for rule in RULES
        ),
        evaluations=tuple(_rows()),
    )
    return scorecard.make(_catalogue(), snapshot, then)


def _rows() -> list[Evaluation]:
    return [
        Evaluation(
            path, f"orders-{rule}-1AB2CD3EF", status, "DETECTIVE", NOW, NOW, NOW, f"{path} is not as it should be."
        )
        for (rule, path), status in zip(product(RULES, PATHS), cycle(_STATUSES), strict=False)
    ]


def _catalogue() -> Catalogue:
    rules = "\n".join(
        f"  {rule}: {{title: S3 buckets meet requirement {rule[-2:]}, category: security, severity: medium, "
        f"resource_types: [{BUCKET}], match: [orders-{rule}-*], remediation: Meet the requirement in the bucket.}}"
        for rule in RULES
    )
    return catalogue.load(f"version: 1\ncategories: {{security: {{title: Security}}}}\nrules:\n{rules}\n")
