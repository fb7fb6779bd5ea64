"""The registry as its users meet it: what Config calls a rule, what it refuses, and what cannot be judged."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import moto.config
import pytest
from fitness.catalogue import load
from fitness.model import Enforcement

from workbench.managed_rules import (
    MANAGED_RULES,
    ManagedRule,
    Verdict,
    evaluate,
    identifier_of,
    parameter_mistakes,
    rule_id,
)
from workbench.resources import Resource

ROOT = Path(__file__).parents[2]
CONFIG_NAMES = {"AWS::IAM::ManagedPolicy": "AWS::IAM::Policy", "AWS::DynamoDB::GlobalTable": "AWS::DynamoDB::Table"}
NOT_JUDGED = {"S3_DEFAULT_ENCRYPTION_KMS": {"AWS::KMS::Key"}}  # AWS lists it, but the results are on buckets
TRIGGERS = {"change": "Configuration changes", "periodic": "Periodic", "hybrid": "Configuration changes and Periodic"}

FUNCTION = Resource("Function", "AWS::Lambda::Function", "orders", {"Runtime": "python3.14"})


def documented_rules() -> dict[str, Any]:
    """All managed rules as the AWS documentation lists them."""
    path = Path(moto.config.__file__).parent / "resources" / "aws_managed_rules.json.gz"
    return dict(json.loads(gzip.decompress(path.read_bytes()))["ManagedRules"])


DOCUMENTED = documented_rules()
each_rule = pytest.mark.parametrize("rule", MANAGED_RULES.values(), ids=lambda rule: rule.id)


@each_rule
def test_a_rule_has_the_documented_parameters(rule: ManagedRule) -> None:
    documented = DOCUMENTED[rule.identifier]["Parameters"]
    assert {(parameter.name, parameter.required, parameter.default) for parameter in rule.parameters} == {
        (parameter["Name"], not parameter["Optional"], parameter.get("Default")) for parameter in documented
    }


@each_rule
def test_a_rule_judges_the_documented_types(rule: ManagedRule) -> None:
    types = {CONFIG_NAMES.get(name, name) for name in rule.resource_types} | NOT_JUDGED.get(rule.identifier, set())
    assert types == set(filter(None, DOCUMENTED[rule.identifier].get("Resource Types", "").split(", ")))


@each_rule
def test_a_rule_runs_when_it_is_documented_to(rule: ManagedRule) -> None:
    assert TRIGGERS[rule.trigger] == DOCUMENTED[rule.identifier]["Trigger type"]


def test_every_managed_rule_of_the_catalogue_can_be_judged() -> None:
    catalogue = load((ROOT / "rules.yaml").read_text(), "rules.yaml")
    in_use = [rule for rule in catalogue.rules.values() if rule.managed and rule.enforcement is not Enforcement.OFF]
    assert {rule.managed for rule in in_use} <= set(MANAGED_RULES)
    assert [parameter_mistakes(rule.managed or "", rule.parameters) for rule in in_use] == [[]] * len(in_use)


def test_an_id_is_the_identifier_in_kebab_case() -> None:
    assert rule_id("LAMBDA_DLQ_CHECK") == "lambda-dlq-check"
    assert identifier_of("lambda-dlq-check") == "LAMBDA_DLQ_CHECK"


def test_a_resource_of_another_type_is_not_applicable() -> None:
    assert evaluate("S3_BUCKET_LOGGING_ENABLED", FUNCTION, {}).verdict is Verdict.NOT_APPLICABLE


def test_an_identifier_without_a_check_is_an_error() -> None:
    with pytest.raises(KeyError):
        evaluate("EIP_ATTACHED", FUNCTION, {})


def test_a_missing_required_parameter_makes_the_answer_unknown() -> None:
    finding = evaluate("LAMBDA_FUNCTION_SETTINGS_CHECK", FUNCTION, {})
    assert (finding.verdict, finding.message) == (
        Verdict.UNKNOWN,
        "lambda-function-settings-check needs the parameter runtime.",
    )


def test_parameters_that_config_would_refuse_are_named() -> None:
    assert parameter_mistakes("LAMBDA_FUNCTION_SETTINGS_CHECK", {"runtimes": "python3.14"}) == [
        "lambda-function-settings-check needs the parameter runtime",
        "lambda-function-settings-check has no parameter runtimes; it has runtime, role, memorySize, timeout",
    ]


def test_the_console_fills_in_the_documented_defaults() -> None:
    assert MANAGED_RULES["REQUIRED_TAGS"].console_parameters == {"tag1Key": "CostCenter"}


def test_importing_the_rules_loads_nothing_slow() -> None:
    code = "import sys, workbench.managed_rules; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert not {"boto3", "botocore", "moto", "yaml", "samtranslator"} & set(loaded.stdout.split())
