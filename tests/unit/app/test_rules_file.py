"""rules.yaml against what AWS documents of its managed rules."""

from __future__ import annotations

from typing import Any

import pytest
from fitness.catalogue import load
from fitness.model import Enforcement
from fitness.rule import Rule
from moto.config.models import MANAGED_RULES

from tests.unit.app.sample import ROOT

CATALOGUE = load((ROOT / "rules.yaml").read_text())
RULES = CATALOGUE.rules.values()
MANAGED = [pytest.param(rule, id=rule.id) for rule in RULES if rule.managed]
NO_SCORE = {
    "s3-bucket-server-side-encryption-enabled": "always compliant",
    "s3-bucket-replication-enabled": "a design choice",
    "dynamodb-throughput-limit-check": "account-level",
    "api-gw-ssl-enabled": "never applicable to Lambda proxies",
    "cloudformation-termination-protection-check": "a release late",
    "cloudformation-stack-notification-check": "a release late",
}


def documented(rule: Rule) -> dict[str, Any]:
    found: dict[str, Any] = MANAGED_RULES["ManagedRules"][rule.managed]
    return found


@pytest.mark.parametrize("rule", MANAGED)
def test_its_parameters_are_those_of_the_managed_rule(rule: Rule) -> None:
    parameters = documented(rule)["Parameters"]
    assert set(rule.parameters) <= {parameter["Name"] for parameter in parameters}
    assert {parameter["Name"] for parameter in parameters if not parameter["Optional"]} <= set(rule.parameters)


@pytest.mark.parametrize("rule", MANAGED)
def test_parameters_that_have_a_default_in_the_console_are_stated(rule: Rule) -> None:
    # A default of lambda-function-settings-check would demand one memory size and timeout of every function.
    stated = set(rule.parameters) | ({"memorySize", "timeout"} if "runtime" in rule.parameters else set())
    assert {parameter["Name"] for parameter in documented(rule)["Parameters"] if "Default" in parameter} <= stated


@pytest.mark.parametrize("rule", MANAGED)
def test_no_parameter_holds_a_blank_which_config_refuses(rule: Rule) -> None:
    assert [name for name, value in rule.parameters.items() if " " in value] == []


@pytest.mark.parametrize("rule", MANAGED)
def test_it_has_a_frequency_if_and_only_if_it_is_periodic(rule: Rule) -> None:
    assert (rule.frequency is not None) == (documented(rule)["Trigger type"] == "Periodic")


@pytest.mark.parametrize("rule", MANAGED)
def test_it_judges_types_that_the_managed_rule_judges(rule: Rule) -> None:
    types = documented(rule).get("Resource Types", "AWS::::Account").split(", ")
    assert set(rule.resource_types) <= set(types)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_it_says_what_is_fit_and_how_to_get_there(rule: Rule) -> None:
    assert rule.remediation
    assert rule.remediation.endswith(".")
    assert not rule.title.endswith(".")
    assert len(rule.title) <= 256


def test_whatever_makes_data_public_is_blocking_and_critical() -> None:
    public = [rule for rule in RULES if rule.id.endswith(("read-prohibited", "write-prohibited", "access-prohibited"))]
    stops = {rule.id for rule in public if rule.enforcement is Enforcement.BLOCKING and rule.severity == "critical"}
    assert stops == {
        "s3-bucket-public-read-prohibited",
        "s3-bucket-public-write-prohibited",
        "lambda-function-public-access-prohibited",
    }


@pytest.mark.parametrize("rule_id", NO_SCORE)
def test_a_rule_that_tells_nothing_does_not_count(rule_id: str) -> None:
    assert CATALOGUE.weight(CATALOGUE.rules[rule_id]) == 0


def test_the_holistic_rule_judges_the_root_stack_with_its_own_function() -> None:
    rule = CATALOGUE.rules["api-round-trip"]
    assert (rule.function, rule.resource_types) == ("RoundTripRule", ("AWS::CloudFormation::Stack",))
    assert rule.enforcement is Enforcement.BLOCKING
