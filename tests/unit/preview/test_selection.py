"""Judging by a few rules only."""

from __future__ import annotations

import pytest
from fitness.model import Enforcement, Status

from tests.unit.preview.applications import RULES, card, rules
from workbench.preview.selection import only
from workbench.problems import UserError

TEMPLATE = "Resources: {Topic: {Type: AWS::SNS::Topic}, Queue: {Type: AWS::SQS::Queue}}"


@pytest.mark.parametrize("name", ["sqs-queue-dlq-check", "SQS_QUEUE_DLQ_CHECK"])
def test_a_managed_rule_that_the_catalogue_does_not_hold_counts(name: str) -> None:
    scored = card(TEMPLATE, only(rules(), [name]))
    assert [(pair.rule, pair.status) for pair in scored.judgement.pairs] == [
        ("sqs-queue-dlq-check", Status.NON_COMPLIANT)
    ]
    assert scored.figures.fitness == 0


def test_a_managed_rule_that_the_catalogue_does_not_hold_has_the_parameters_of_the_console() -> None:
    assert only(rules(), ["required-tags"]).rules["required-tags"].parameters == {"tag1Key": "CostCenter"}


def test_a_rule_of_the_catalogue_is_chosen_as_it_is() -> None:
    assert only(rules(), ["sns-encrypted-kms"]).rules == rules().rules


def test_a_rule_that_is_off_is_reported() -> None:
    chosen = only(rules(RULES + "    enforcement: off\n"), ["sns-encrypted-kms"])
    assert chosen.rules["sns-encrypted-kms"].enforcement is Enforcement.REPORT


def test_waivers_of_other_rules_are_left_aside() -> None:
    waivers = "waivers: [{rule: sns-encrypted-kms, resources: [Topic], reason: x, expires: 2027-01-01}]"
    assert only(rules(RULES + waivers), ["sqs-queue-dlq-check"]).waivers == ()


def test_an_unknown_rule_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UserError, match=r"There is no rule sns-encrypted \(did you mean 'sns-encrypted-kms'\?\)"):
        only(rules(), ["sns-encrypted"])
