"""The order in which CloudFormation brings the stack up to date: what is judged, then the judge, then the traffic."""

from __future__ import annotations

import pytest

from tests.unit.app.sample import resources
from workbench.templates import creation_order


def position(name: str, **parameters: str) -> int:
    return creation_order(resources(**parameters)).index(name)


JUDGED = [
    *("EncryptedBucket", "EncryptedBucketPolicy", "UnencryptedBucket", "EncryptedTable", "UnencryptedTable"),
    *("RecordsBucket", "RecordsBucketPolicy", "AccessLogsBucket", "AccessLogsBucketPolicy", "ConfigRules"),
]


@pytest.mark.parametrize("alias", ["FirstFunctionAliaslive", "SecondFunctionAliaslive"])
@pytest.mark.parametrize("judged", JUDGED)
def test_what_is_judged_is_up_to_date_before_traffic_shifts(judged: str, alias: str) -> None:
    assert position(judged) < position(alias)


@pytest.mark.parametrize("alias", ["FirstFunctionAliaslive", "SecondFunctionAliaslive"])
def test_the_judge_is_up_to_date_before_traffic_shifts(alias: str) -> None:
    assert position("PreTrafficHook") < position(alias)


def test_the_rules_are_there_before_the_judge() -> None:
    assert position("ConfigRules") < position("PreTrafficHook")


def test_the_api_is_there_after_the_role_that_writes_its_logs() -> None:
    assert position("ApiLogging") < position("ApiProdStage")


def test_the_order_holds_without_the_rules() -> None:
    assert position("PreTrafficHook", ProvisionRules="false") < position(
        "FirstFunctionAliaslive", ProvisionRules="false"
    )
