"""The recorder that the nested stack creates where an account has none."""

from __future__ import annotations

from typing import Any

import pytest
from fitness.catalogue import load
from samcli.yamlhelper import yaml_parse

from workbench.render import render

RULES = """\
version: 1
categories: {security: {}}
rules:
  a-rule: {title: A, category: security, severity: high, resource_types: [AWS::S3::Bucket]}
"""


@pytest.fixture(scope="module")
def resources() -> dict[str, Any]:
    (text,) = render(load(RULES)).values()
    found: dict[str, Any] = yaml_parse(text)["Resources"]
    return found


def test_all_of_it_is_left_out_unless_asked_for(resources: dict[str, Any]) -> None:
    unconditional = [name for name, each in resources.items() if "Condition" not in each]
    assert unconditional == ["RecorderReady", "ARule", "Dashboard"]


def test_recorder_and_channel_are_created_at_the_same_time(resources: dict[str, Any]) -> None:
    assert "DependsOn" not in resources["Recorder"]
    assert resources["DeliveryChannel"]["DependsOn"] == "DeliveryBucketPolicy"


def test_every_rule_waits_for_the_recorder_if_there_is_one(resources: dict[str, Any]) -> None:
    assert resources["ARule"]["DependsOn"] == "RecorderReady"
    condition, created, _ = resources["RecorderReady"]["Metadata"]["After"]["Fn::If"]
    assert (condition, created) == ("ProvisionRecorder", [{"Ref": "Recorder"}, {"Ref": "DeliveryChannel"}])


def test_config_may_deliver_for_this_account_only(resources: dict[str, Any]) -> None:
    statements = resources["DeliveryBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    allowed = [statement for statement in statements if statement["Effect"] == "Allow"]
    assert {statement["Principal"]["Service"] for statement in allowed} == {"config.amazonaws.com"}
    accounts = [statement["Condition"]["StringEquals"]["aws:SourceAccount"] for statement in allowed]
    assert accounts == [{"Ref": "AWS::AccountId"}] * 2
