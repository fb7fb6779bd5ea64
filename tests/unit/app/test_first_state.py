"""What Config will say of the sample as it is first deployed: its poor half is all that is wrong."""

from __future__ import annotations

from functools import cache

import pytest
from fitness import model
from fitness.catalogue import load

from tests.unit.app.sample import ROOT
from workbench.managed_rules.registry import evaluate
from workbench.managed_rules.surroundings import surround
from workbench.resources import Resource
from workbench.templates.application import read_application
from workbench.templates.stand_ins.shape import Home

CATALOGUE = load((ROOT / "rules.yaml").read_text())
COUNTING = [rule for rule in CATALOGUE.rules.values() if rule.managed and CATALOGUE.weight(rule) > 0]


@cache
def resources(**parameters: str) -> tuple[Resource, ...]:
    home = Home(region="eu-west-1", account="111122223333", stack="sample")
    application = read_application(str(ROOT / "template.yaml"), parameters, home)
    return surround(application.resources)


def verdicts(path: str, **parameters: str) -> dict[str, str]:
    """What the rules that count say of one resource."""
    (resource,) = [each for each in resources(**parameters) if each.path == path]
    as_listed = model.Resource(resource.path, resource.type, resource.physical_id, None)
    rules = [rule for rule in COUNTING if rule.applies_to(as_listed)]
    return {rule.id: evaluate(rule.managed or "", resource, rule.parameters).verdict.value for rule in rules}


def violations(path: str) -> set[str]:
    return {rule for rule, verdict in verdicts(path).items() if verdict == "NON_COMPLIANT"}


def test_the_poor_bucket_is_private_and_nothing_else() -> None:
    assert violations("UnencryptedBucket") == {
        "s3-bucket-ssl-requests-only",
        "s3-default-encryption-kms",
        "s3-bucket-versioning-enabled",
        "s3-lifecycle-policy-check",
        "s3-bucket-logging-enabled",
    }


def test_the_poor_table_is_neither_scaled_nor_protected() -> None:
    assert violations("UnencryptedTable") == {
        "dynamodb-autoscaling-enabled",
        "dynamodb-table-encrypted-kms",
        "dynamodb-pitr-enabled",
        "dynamodb-table-deletion-protection-enabled",
    }


WELL_KEPT = [
    *("EncryptedBucket", "EncryptedTable", "RecordsBucket", "AccessLogsBucket", "ApiProdStage"),
    *("FirstFunction", "SecondFunction", "ConfigRules/RoundTripRule"),
    *("PreTrafficHook", "ArchitectureGateFunction", "Recorder"),
    *("FirstFunctionLogs", "SecondFunctionLogs", "ApiAccessLogs"),
    *("PreTrafficHookLogs", "ArchitectureGateLogs", "RecorderLogs"),
    "ConfigRules/RoundTripRuleLogs",
]


@pytest.mark.parametrize("path", WELL_KEPT)
def test_everything_else_is_compliant_in_all_that_counts(path: str) -> None:
    assert set(verdicts(path).values()) == {"COMPLIANT"}


def test_so_is_the_bucket_of_the_recorder() -> None:
    found = verdicts("ConfigRules/DeliveryBucket", ProvisionRecorder="true")
    assert set(found.values()) == {"COMPLIANT"}
