"""What rules.yaml becomes in the nested stack of Config rules."""

from __future__ import annotations

from typing import Any

import pytest
from fitness.catalogue import load
from samcli.yamlhelper import yaml_parse

from workbench.render import MissingFunction, render

HEAD = "version: 1\ncategories: {security: {}}\nrules:\n"
MANAGED = (
    "  s3-bucket-ssl-requests-only: {title: HTTPS only, category: security, severity: high,"
    " resource_types: [AWS::S3::Bucket]"
)
CUSTOM = (
    "  api-round-trip: {title: Trip, category: security, severity: high, lambda: RoundTripRule,"
    " resource_types: [AWS::CloudFormation::Stack]"
)


def rendered(text: str) -> str:
    (only,) = render(load(HEAD + text)).values()
    return only


def resources(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml_parse(rendered(text))["Resources"]
    return found


def config_rule(rule: str, more: str = "") -> dict[str, Any]:
    """The Config rule of a catalogue of one rule."""
    rules = [each for each in resources(f"{rule}{more}}}\n").values() if each["Type"] == "AWS::Config::ConfigRule"]
    (only,) = rules
    return dict(only["Properties"])


def test_a_managed_rule_is_named_by_its_identifier_and_scoped_to_its_types() -> None:
    assert config_rule(MANAGED) == {
        "Description": "HTTPS only",
        "Source": {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_SSL_REQUESTS_ONLY"},
        "Scope": {"ComplianceResourceTypes": ["AWS::S3::Bucket"]},
    }


def test_the_logical_id_comes_from_the_id_and_the_name_from_cloudformation() -> None:
    assert "S3BucketSslRequestsOnly" in resources(MANAGED + "}\n")
    assert "ConfigRuleName" not in rendered(MANAGED + "}\n")


def test_an_identifier_of_its_own_is_used() -> None:
    assert config_rule(MANAGED, ", managed: ANOTHER_RULE")["Source"]["SourceIdentifier"] == "ANOTHER_RULE"


def test_parameters_are_strings_whatever_they_look_like() -> None:
    parameters = config_rule(MANAGED, ", parameters: {a: 30, b: true, c: 'x:\"y', d: off}")["InputParameters"]
    assert parameters == {"a": "30", "b": "true", "c": 'x:"y', "d": "off"}


def test_a_periodic_rule_has_a_frequency_and_no_scope() -> None:
    rule = config_rule(MANAGED, ", frequency: Six_Hours")
    assert (rule["MaximumExecutionFrequency"], "Scope" in rule) == ("Six_Hours", False)


@pytest.mark.parametrize("title", ["a: b # c", 'say "no"', "- {x}", "!Ref X", "é"])
def test_a_title_stays_text(title: str) -> None:
    quoted = title.replace("'", "''")
    text = MANAGED.replace("title: HTTPS only", f"title: '{quoted}'")
    assert config_rule(text)["Description"] == title


def test_a_long_title_is_cut_to_what_config_takes() -> None:
    assert config_rule(MANAGED.replace("HTTPS only", "x" * 300))["Description"] == "x" * 256


def test_a_rule_that_is_off_is_not_deployed() -> None:
    assert "S3BucketSslRequestsOnly" not in resources(MANAGED + ", enforcement: off}\n")


def test_a_rule_that_only_reports_is_deployed() -> None:
    assert "S3BucketSslRequestsOnly" in resources(MANAGED + ", enforcement: report}\n")


def test_a_custom_rule_runs_its_function_on_a_schedule() -> None:
    assert config_rule(CUSTOM, ", frequency: One_Hour") == {
        "Description": "Trip",
        "Source": {
            "Owner": "CUSTOM_LAMBDA",
            "SourceIdentifier": {"Fn::GetAtt": ["RoundTripRule", "Arn"]},
            "SourceDetails": [
                {
                    "EventSource": "aws.config",
                    "MessageType": "ScheduledNotification",
                    "MaximumExecutionFrequency": "One_Hour",
                }
            ],
        },
    }


def test_a_custom_rule_without_a_frequency_runs_on_changes_of_its_types() -> None:
    rule = config_rule(CUSTOM)
    messages = [detail["MessageType"] for detail in rule["Source"]["SourceDetails"]]
    assert messages == ["ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification"]
    assert rule["Scope"] == {"ComplianceResourceTypes": ["AWS::CloudFormation::Stack"]}


def test_config_may_invoke_a_custom_rules_function_before_the_rule_exists() -> None:
    found = resources(CUSTOM + "}\n")
    assert "RoundTripRulePermission" in found["ApiRoundTrip"]["DependsOn"]
    assert found["RoundTripRulePermission"]["Properties"] == {
        "FunctionName": {"Ref": "RoundTripRule"},
        "Action": "lambda:InvokeFunction",
        "Principal": "config.amazonaws.com",
        "SourceAccount": {"Ref": "AWS::AccountId"},
    }


def test_the_function_of_a_custom_rule_goes_when_the_rule_goes() -> None:
    assert [name for name in resources(MANAGED + "}\n") if name.startswith("RoundTrip")] == []


def test_two_rules_share_one_function() -> None:
    found = resources(CUSTOM + "}\n" + CUSTOM.replace("api-round-trip", "other") + "}\n")
    assert list(found).count("RoundTripRule") == 1


def test_a_function_that_nobody_defines_is_named_with_the_cure() -> None:
    with pytest.raises(MissingFunction, match=r"config-rules/Missing\.yaml must define it"):
        rendered(CUSTOM.replace("RoundTripRule", "Missing") + "}\n")


@pytest.mark.parametrize(
    "same",
    [
        MANAGED + ", weight: 3}\n",
        MANAGED + ", enforcement: blocking, exclude: [X], match: [Y], remediation: Do it.}\n",
        MANAGED.replace("severity: high", "severity: low") + "}\n",
        MANAGED + "}\ngate: {minimum: 10}\nseverities: {high: 1}\n",
    ],
    ids=["weight", "enforcement and the like", "severity", "gate and severities"],
)
def test_what_only_the_hook_reads_needs_no_rendering(same: str) -> None:
    assert rendered(same) == rendered(MANAGED + "}\n")


@pytest.mark.parametrize(
    "other",
    [MANAGED + ", parameters: {a: 1}}\n", MANAGED + ", frequency: One_Hour}\n", MANAGED + ", managed: X}\n"],
    ids=["parameters", "frequency", "identifier"],
)
def test_what_config_reads_needs_rendering(other: str) -> None:
    assert rendered(other) != rendered(MANAGED + "}\n")
