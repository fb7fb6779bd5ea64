"""What a stack policy lets an update do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from workbench.local_aws.cloudformation.stack_policy import read, refusal
from workbench.local_aws.service import AwsError

ALLOW = {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}
DENY = {"Effect": "Deny", "Action": "Update:Replace", "Principal": "*", "Resource": "LogicalResourceId/Data"}


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Statement": list(statements)})


def refused(text: str | None, action: str = "Update:Replace", name: str = "Data") -> str | None:
    return refusal(text, action, name, "AWS::S3::Bucket")


def test_without_a_policy_everything_is_allowed() -> None:
    assert refused(None) is None
    assert refused("{}") is None


def test_what_a_statement_denies_is_refused_by_its_number() -> None:
    assert refused(policy(ALLOW, DENY)) == (
        "Action denied by stack policy: Statement [#2] does not allow [Update:Replace] for resource "
        "[LogicalResourceId/Data];"
    )


def test_what_no_statement_denies_is_allowed() -> None:
    assert refused(policy(ALLOW, DENY), "Update:Modify") is None
    assert refused(policy(ALLOW, DENY), name="Other") is None


def test_what_no_statement_allows_is_refused() -> None:
    assert refused(policy(DENY), name="Other") == "Action not allowed by stack policy"


def test_a_condition_chooses_types() -> None:
    tables = {**DENY, "Resource": "*", "Condition": {"StringLike": {"ResourceType": ["AWS::S3::*"]}}}
    assert refused(policy(ALLOW, tables)) is not None
    assert refusal(policy(ALLOW, tables), "Update:Replace", "Data", "AWS::SNS::Topic") is None


def test_everything_but_a_resource_can_be_meant() -> None:
    others = {"Effect": "Deny", "NotAction": "Update:Modify", "Principal": "*", "NotResource": "LogicalResourceId/Data"}
    assert refused(policy(ALLOW, others)) is None
    assert refused(policy(ALLOW, others), name="Other") is not None


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        policy({**ALLOW, "Principal": "me"}),
        policy({**ALLOW, "Action": "Delete:*"}),
        policy({**ALLOW, "Effect": "Perhaps"}),
        policy({key: value for key, value in ALLOW.items() if key != "Resource"}),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(AwsError, match="Error validating stack policy: Invalid stack policy"):
        read(text)
