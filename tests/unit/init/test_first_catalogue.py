"""The first rules.yaml of an application."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitness import catalogue
from fitness.catalogue import Catalogue
from fitness.model import Enforcement

from tests.unit.init.applications import NOW, first
from workbench.init import starter
from workbench.managed_rules import MANAGED_RULES
from workbench.managed_rules.model import Trigger
from workbench.managed_rules.registry import parameter_mistakes
from workbench.preview import Request, run

EVERY = catalogue.load(starter.text()).rules


@pytest.fixture
def text(tmp_path: Path) -> str:
    return first(tmp_path)


@pytest.fixture
def rules(text: str) -> Catalogue:
    return catalogue.load(text)


def comment_of(text: str, rule: str) -> str:
    return text.partition(f"\n  {rule}:\n")[0].rpartition("\n")[2].strip()


def test_it_holds_the_rules_of_the_types_that_the_template_has(rules: Catalogue) -> None:
    services = {rule.partition("-")[0] for rule in rules.rules}
    assert services == {"s3", "lambda", "sqs", "cloudformation"}


def test_each_rule_says_what_holds_today(text: str) -> None:
    assert comment_of(text, "s3-bucket-public-read-prohibited") == "# Holds today for Uploads, Logs."
    assert comment_of(text, "sqs-queue-no-public-access") == "# Violated today by Orders."
    assert "Only a deployment can tell for the stack." in comment_of(
        text, "cloudformation-termination-protection-check"
    )


def test_critical_rules_that_hold_block_and_others_may_once_they_do(text: str, rules: Catalogue) -> None:
    assert rules.rules["s3-bucket-public-read-prohibited"].enforcement is Enforcement.BLOCKING
    assert rules.rules["sqs-queue-no-public-access"].enforcement is Enforcement.SCORED
    assert "# suggested, once it holds" in text


def test_what_fails_by_construction_is_left_out(rules: Catalogue) -> None:
    assert tuple(rules.rules["s3-bucket-logging-enabled"].exclude) == ("Logs", "RecordsBucket")
    assert tuple(rules.rules["sqs-queue-dlq-check"].exclude) == ("Dead",)


def test_the_minimum_is_just_below_the_fitness_of_today(tmp_path: Path, rules: Catalogue) -> None:
    today = run(Request(str(tmp_path / "template.yaml")), rules, NOW).card
    assert today.figures.fitness is not None
    assert 0 <= today.figures.fitness - rules.gate.minimum < 5
    assert not today.verdict.outcome.startswith("FAIL")


def test_a_template_without_known_pairs_has_no_floor(tmp_path: Path) -> None:
    text = first(tmp_path, "Resources: {Handle: {Type: AWS::CloudFormation::WaitConditionHandle}}")
    assert catalogue.load(text).gate.minimum == 0
    assert "today it is not known" in text


def test_the_starter_keeps_the_text_of_every_rule() -> None:
    assert [rule for section in starter.sections() for rule in section.rules] == list(EVERY)


@pytest.mark.parametrize("rule", EVERY.values(), ids=lambda rule: rule.id)
def test_each_rule_of_the_starter_can_be_deployed_and_judged(rule: catalogue.Rule) -> None:
    assert rule.managed is not None
    managed = MANAGED_RULES[rule.managed]
    assert parameter_mistakes(rule.managed, rule.parameters) == []
    assert set(rule.resource_types) <= set(managed.resource_types)
    assert (rule.frequency is not None) == (managed.trigger is Trigger.PERIODIC)
    assert rule.remediation
