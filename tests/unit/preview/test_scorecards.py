"""How findings become a scorecard."""

from __future__ import annotations

import json
from datetime import timedelta

from fitness import baseline as baselines
from fitness.baseline import Baseline
from fitness.model import Cause, Outcome, Status
from fitness.scorecard import to_json

from tests.unit.preview.applications import NOW, RULES, card, rules

GOOD = "Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: alias/a}}}"
BAD = "Resources: {Topic: {Type: AWS::SNS::Topic}}"
OPEN = "Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !ImportValue key}}}"
CUSTOM = """
  own-rule:
    title: x
    category: security
    severity: critical
    enforcement: blocking
    lambda: Function
    resource_types: [AWS::CloudFormation::Stack]
"""


def accepted(text: str) -> Baseline:
    return baselines.from_json(json.dumps(to_json(card(text))), "then.yaml")


def test_a_preview_is_scored_like_a_deployed_stack() -> None:
    scored = card(BAD.replace("}}", "}, Other: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: alias/a}}}"))
    assert scored.figures.fitness == 50
    assert scored.snapshot.stack == "orders"


def test_a_pair_carries_the_sentence_of_its_finding() -> None:
    (pair,) = card(BAD).judgement.pairs
    assert (pair.status, pair.annotation) == (Status.NON_COMPLIANT, "The topic is not encrypted with KMS.")


def test_an_unknown_value_is_insufficient_data_that_is_unresolved() -> None:
    (pair,) = card(OPEN).judgement.pairs
    assert (pair.status, pair.cause) == (Status.INSUFFICIENT_DATA, Cause.UNRESOLVED)
    assert card(OPEN).verdict.outcome is Outcome.INCONCLUSIVE


def test_a_regression_against_the_other_version_fails() -> None:
    compared = card(BAD, baseline=accepted(GOOD))
    assert compared.verdict.outcome is Outcome.FAIL
    assert [pair.resource for pair in compared.judgement.change.regressed] == ["Topic"]  # type: ignore[union-attr]


def test_a_fix_passes() -> None:
    compared = card(GOOD, baseline=accepted(BAD))
    assert compared.verdict.outcome is Outcome.PASS
    assert [pair.resource for pair in compared.judgement.change.fixed] == ["Topic"]  # type: ignore[union-attr]


def test_a_custom_rule_is_listed_and_decides_nothing() -> None:
    scored = card(GOOD, rules(RULES + CUSTOM))
    assert scored.verdict.outcome is Outcome.PASS
    assert [(pair.rule, pair.status) for pair in scored.judgement.pairs] == [
        ("sns-encrypted-kms", Status.COMPLIANT),
        ("own-rule", Status.INSUFFICIENT_DATA),
    ]


def test_a_failure_that_a_custom_rule_could_avert_is_not_certain() -> None:
    mixed = BAD.replace("}}", "}, Other: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: alias/a}}}")
    strict = RULES.replace("minimum: 0,", "minimum: 60,")
    assert card(mixed, rules(strict)).verdict.outcome is Outcome.FAIL
    scored = card(mixed, rules(strict + CUSTOM))
    assert scored.verdict.outcome is Outcome.INCONCLUSIVE
    assert "own-rule" in scored.verdict.sentence


def test_a_failure_that_no_custom_rule_could_avert_is_certain() -> None:
    compared = card(BAD, rules(RULES + CUSTOM), baseline=accepted(GOOD))
    assert compared.verdict.outcome is Outcome.FAIL
    assert compared.figures.coverage == 100


def test_a_waiver_holds_in_a_preview() -> None:
    until = (NOW + timedelta(days=30)).date()
    waiver = f"waivers: [{{rule: sns-encrypted-kms, resources: [Topic], reason: x, expires: {until}}}]"
    (pair,) = card(BAD, rules(RULES + waiver)).judgement.pairs
    assert pair.waived
