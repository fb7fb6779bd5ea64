"""A verdict in a few words, from the pairs of the baseline and those of now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from fitness.catalogue import Catalogue
from fitness.gate import Gate
from fitness.judgement import Judgement, judge
from fitness.model import Enforcement
from fitness.verdict import Verdict, decide

from tests.unit.core.builders import LAST_WEEK, NOW, baseline, catalogue, pairs, paths_of, resources, rule

PUBLIC = rule("public", 10, severity="critical", enforcement=Enforcement.BLOCKING)
KMS = rule("kms", 5, severity="high")
LOGS = rule("logs", 1, "reliability", severity="low")
AUDIT = rule("audit", 5, enforcement=Enforcement.REPORT)
RULES = (PUBLIC, KMS, LOGS, AUDIT)
# It minds neither level nor coverage, so that a test sees what it asks for alone.
TOLERANT = replace(Gate(), minimum=Fraction(0), coverage_minimum=Fraction(0))


def ruled(gate: Gate = TOLERANT) -> Catalogue:
    return catalogue(*RULES, gate=gate)


def judged(then: str | None, now: str, catalogue: Catalogue, touched: str = "") -> Judgement:
    """`then` is None without a baseline; `touched` names resources that were updated since."""
    stack = [
        replace(each, updated_at=LAST_WEEK + timedelta(days=1)) if each.path in touched.split() else each
        for each in resources({*paths_of(now), *touched.split()})
    ]
    return judge(catalogue, stack, pairs(now), None if then is None else baseline(then))


def decided(then: str | None, now: str, catalogue: Catalogue | None = None, touched: str = "") -> Verdict:
    return decide(judged(then, now, catalogue or ruled(), touched), NOW.date())


def told(verdict: Verdict) -> list[str]:
    """The outcome, then every reason as `code rule resource`."""
    reasons = [" ".join(filter(None, [each.code, each.rule, each.resource])) for each in verdict.reasons]
    return [verdict.outcome.value, *reasons]
