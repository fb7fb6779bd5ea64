"""One small stack with a little of everything, from its facts to the scorecard file worked out by hand.

Weights in the score: `ssl` 2 x 3 = 6, `kms` 2 x 1 = 2, `logs` 1 x 2 = 2; `audit` only reports. Credits: `ssl` 1/2,
`kms` 1/1 with one pair unknown, `logs` 1/1 with one pair waived. So the fitness is 100 x (3 + 2 + 2) / 10.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from fitness.gate import Gate
from fitness.model import ConfigRule, Enforcement, Evaluation, Resource, Status
from fitness.snapshot import Snapshot

from tests.unit.core import judging
from tests.unit.core.builders import (
    BUCKET,
    JUST_CHANGED,
    JUST_JUDGED,
    LAST_WEEK,
    catalogue,
    category,
    rule,
    waiver,
)

CATALOGUE = catalogue(
    rule("ssl", 3, severity="high"),
    rule("kms", 1),
    rule("logs", 2, "observability", "low"),
    rule("audit", 9, enforcement=Enforcement.REPORT),
    categories=[category("security", 2)],
    gate=replace(Gate(), minimum=Fraction(0)),
    waivers=[waiver("logs", "B")],
)


def row(rule: str, resource: str, status: str, at: datetime = JUST_JUDGED) -> Evaluation:
    return Evaluation(resource, f"orders-{rule}", Status(status), "DETECTIVE", at, at, at, f"{rule} says so.")


def snapshot() -> Snapshot:
    """`A` is as it was, `B` is new."""
    config_rules = [
        ConfigRule(f"orders-{name}", name.capitalize(), JUST_JUDGED, first_evaluation_started=True)
        for name in CATALOGUE.rules
    ]
    return replace(
        judging.snapshot(by=config_rules),
        resources=(Resource("A", BUCKET, "a-1", LAST_WEEK), Resource("B", BUCKET, "b-1", JUST_CHANGED)),
        evaluations=(
            row("ssl", "A", "NON_COMPLIANT"),
            row("ssl", "B", "COMPLIANT"),
            row("kms", "A", "COMPLIANT"),
            row("kms", "B", "COMPLIANT", at=LAST_WEEK),
            row("logs", "A", "COMPLIANT"),
            row("logs", "B", "NON_COMPLIANT"),
            row("audit", "A", "NON_COMPLIANT"),
        ),
    )


BASELINE: dict[str, Any] = {
    "version": 1,
    "taken_at": "2026-11-15T09:30:00Z",
    "fitness": 75.0,
    "resources": [
        {"path": "A", "type": BUCKET, "updated_at": "2026-11-15T09:00:00Z"},
        {"path": "Gone", "type": BUCKET, "updated_at": "2026-11-15T09:00:00Z"},
    ],
    "pairs": [
        {"rule": "ssl", "resource": "A", "status": "COMPLIANT"},
        {"rule": "logs", "resource": "A", "status": "NON_COMPLIANT"},
        {"rule": "ssl", "resource": "Gone", "status": "COMPLIANT"},
    ],
}


def expected_rule(name: str, weight: float, points: tuple[float, float, float], **counts: int) -> dict[str, Any]:
    rule = CATALOGUE.rules[name]
    none = {"COMPLIANT": 0, "NON_COMPLIANT": 0, "NOT_APPLICABLE": 0, "INSUFFICIENT_DATA": 0, "WAIVED": 0}
    return {
        "id": name,
        "title": f"{name} is right",
        "category": rule.category,
        "severity": rule.severity,
        "enforcement": rule.enforcement.value,
        "weight": weight,
        **dict(zip(("points", "held", "lost"), points, strict=True)),
        "counts": none | counts,
    }


def expected_pair(name: str, resource: str, status: str, **more: Any) -> dict[str, Any]:
    return {
        "rule": name,
        "resource": resource,
        "status": status,
        "cause": None,
        "waived": False,
        "carried": False,
        "annotation": f"{name} says so.",
        "recorded_at": "2026-11-22T10:02:00Z",
        "gain": None,
        **more,
    }


SCORECARD: dict[str, Any] = {
    "version": 1,
    "stack": "orders",
    "taken_at": "2026-11-22T10:05:00Z",
    "catalogue": {"digest": "sha256:0"},
    "fitness": 70.0,
    "low": 60.0,  # kms holds 1 of 2: 100 x (3 + 1 + 2) / 10
    "high": 70.0,  # kms holds 2 of 2
    "coverage": 90.0,  # kms is known by half: 100 x (6 + 1 + 2) / 10
    "fitness_without_waivers": 60.0,  # logs holds 1 of 2: 100 x (3 + 2 + 1) / 10
    "categories": {
        "observability": {
            "title": "Observability",
            "fitness": 100.0,
            "low": 100.0,
            "high": 100.0,
            "coverage": 100.0,
            "points": 20.0,
        },
        # 100 x (3 + 2) / 8, 100 x (3 + 1) / 8, as the fitness, 100 x (6 + 1) / 8
        "security": {
            "title": "Security",
            "fitness": 62.5,
            "low": 50.0,
            "high": 62.5,
            "coverage": 87.5,
            "points": 80.0,
        },
    },
    "resources": [
        {"path": "A", "type": BUCKET, "updated_at": "2026-11-15T09:00:00Z"},
        {"path": "B", "type": BUCKET, "updated_at": "2026-11-22T10:01:00Z"},
    ],
    "rules": [
        expected_rule("ssl", 6.0, (60.0, 30.0, 30.0), COMPLIANT=1, NON_COMPLIANT=1),
        expected_rule("kms", 2.0, (20.0, 20.0, 0.0), COMPLIANT=1, INSUFFICIENT_DATA=1),
        expected_rule("logs", 2.0, (20.0, 20.0, 0.0), COMPLIANT=1, WAIVED=1),
        expected_rule("audit", 18.0, (0.0, 0.0, 0.0), NON_COMPLIANT=1, NOT_APPLICABLE=1),
    ],
    "pairs": [
        expected_pair("ssl", "A", "NON_COMPLIANT", gain=30.0),
        expected_pair("ssl", "B", "COMPLIANT"),
        expected_pair("kms", "A", "COMPLIANT"),
        expected_pair("kms", "B", "INSUFFICIENT_DATA", cause="stale", recorded_at="2026-11-15T09:00:00Z"),
        expected_pair("logs", "A", "COMPLIANT"),
        expected_pair("logs", "B", "NON_COMPLIANT", waived=True, gain=0.0),
        expected_pair("audit", "A", "NON_COMPLIANT", gain=0.0),
        expected_pair("audit", "B", "NOT_APPLICABLE", annotation=None, recorded_at=None),
    ],
    "change": {
        "like_for_like": -50.0,  # A held ssl (6) and now holds logs (2): 100 x 2 / 8 - 100 x 6 / 8
        "regressed": [{"rule": "ssl", "resource": "A"}],
        "fixed": [{"rule": "logs", "resource": "A"}],
        "introduced": [{"rule": "ssl", "resource": "A"}],
        "standing": [{"rule": "audit", "resource": "A"}],
        "resources_added": ["B"],
        "resources_removed": ["Gone"],
    },
    "verdict": {
        "outcome": "FAIL",
        "enforcement": "enforce",
        "reasons": [
            {
                "code": "regression",
                "rule": "ssl",
                "resource": "A",
                "message": "A was compliant with ssl (high) and no longer is.",
            }
        ],
    },
}
