"""The order in which CloudFormation brings the stack up to date: what is judged, then the judge, then the traffic."""

from __future__ import annotations

import pytest
from fitness.catalogue import load

from tests.unit.app.sample import ROOT, needed, resources

JUDGED = {kind for rule in load((ROOT / "rules.yaml").read_text()).rules.values() for kind in rule.resource_types}
ALIASES = ["FirstFunctionAliaslive", "SecondFunctionAliaslive"]
# The methods of an API call the alias, so its stage cannot come before the traffic.
AFTER_THE_TRAFFIC = {"ApiProdStage"}
NOT_JUDGED = {"ArchitectureGateFunctionAliaslive", "FitnessAlarm", "RecorderAlarm"}


def decisive(rules: str) -> set[str]:
    """What is judged, and what its compliance hangs on."""
    kinds = {*JUDGED, "AWS::S3::BucketPolicy", "AWS::Config::ConfigRule", "AWS::KMS::Key"}
    return {name for name, body in resources(ProvisionRules=rules).items() if body["Type"] in kinds}


@pytest.mark.parametrize("alias", ALIASES)
@pytest.mark.parametrize("rules", ["true", "false"])
def test_what_is_judged_is_up_to_date_before_traffic_shifts(alias: str, rules: str) -> None:
    assert decisive(rules) - needed(alias, ProvisionRules=rules) == AFTER_THE_TRAFFIC


@pytest.mark.parametrize("alias", ALIASES)
@pytest.mark.parametrize("rules", ["true", "false"])
def test_the_judge_is_up_to_date_before_traffic_shifts(alias: str, rules: str) -> None:
    assert "PreTrafficHook" in needed(alias, ProvisionRules=rules)


@pytest.mark.parametrize("judge", ["PreTrafficHook", "ArchitectureGate"])
def test_the_rules_are_there_before_the_judge(judge: str) -> None:
    assert "ConfigRules" in needed(judge)


@pytest.mark.parametrize("rules", ["true", "false"])
def test_the_gate_comes_after_everything_that_it_could_judge(rules: str) -> None:
    others = set(resources(ProvisionRules=rules)) - needed("ArchitectureGate", ProvisionRules=rules)
    assert others == {"ArchitectureGate", *NOT_JUDGED}


def test_the_api_is_there_after_the_role_that_writes_its_logs() -> None:
    assert "ApiLogging" in needed("ApiProdStage")
