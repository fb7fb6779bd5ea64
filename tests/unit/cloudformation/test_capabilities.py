"""Which capabilities a template needs."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.local_aws.cloudformation import capabilities
from workbench.local_aws.service import AwsError

ROLE = {"Role": {"Type": "AWS::IAM::Role", "Properties": {}}}
NAMED = {"Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "admin"}}}
BUCKET = {"Data": {"Type": "AWS::S3::Bucket"}}


@pytest.mark.parametrize(
    ("resources", "given"),
    [
        pytest.param(BUCKET, [], id="nothing of IAM needs nothing"),
        pytest.param(ROLE, ["CAPABILITY_IAM"], id="a role needs CAPABILITY_IAM"),
        pytest.param(ROLE, ["CAPABILITY_NAMED_IAM"], id="CAPABILITY_NAMED_IAM includes it"),
        pytest.param(NAMED, ["CAPABILITY_NAMED_IAM"], id="a named role needs CAPABILITY_NAMED_IAM"),
    ],
)
def test_what_is_acknowledged_passes(resources: dict[str, Any], given: list[str]) -> None:
    capabilities.check(resources, given)


@pytest.mark.parametrize(
    ("resources", "given", "asked"),
    [
        pytest.param(ROLE, [], "CAPABILITY_IAM", id="a role"),
        pytest.param(NAMED, ["CAPABILITY_IAM"], "CAPABILITY_NAMED_IAM", id="a named role"),
    ],
)
def test_what_is_not_acknowledged_is_refused(resources: dict[str, Any], given: list[str], asked: str) -> None:
    with pytest.raises(AwsError, match=rf"Requires capabilities : \[{asked}\]") as caught:
        capabilities.check(resources, given)
    assert caught.value.code == "InsufficientCapabilitiesException"


def test_macros_must_be_acknowledged() -> None:
    with pytest.raises(AwsError, match="CAPABILITY_AUTO_EXPAND"):
        capabilities.check_macros(["AWS::Serverless-2016-10-31"], ["CAPABILITY_IAM"])
    capabilities.check_macros(["AWS::Serverless-2016-10-31"], ["CAPABILITY_AUTO_EXPAND"])
    capabilities.check_macros([], [])


def test_the_reason_names_the_types() -> None:
    assert capabilities.reason(ROLE) == "The following resource(s) require capabilities: [AWS::IAM::Role]"
    assert capabilities.reason(BUCKET) is None
