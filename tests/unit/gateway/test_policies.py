"""What IAM policies say about a request."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.local_aws.gateway.policies import Access, admits, effect

ARN = "arn:aws:execute-api:eu-west-1:123456789012:api"
ACCESS = Access("execute-api:Invoke", f"{ARN}/Prod/GET/items", {"aws:sourceip": "10.1.2.3", "aws:sourcearn": ARN})


def said(*statements: dict[str, Any], access: Access = ACCESS) -> str:
    return effect({"Statement": list(statements)}, access)


def statement(effect: str = "Allow", **elements: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": "execute-api:Invoke", "Resource": "*", **elements}


def test_a_policy_without_a_statement_about_it_says_nothing() -> None:
    assert (said(), effect(None, ACCESS), effect("", ACCESS)) == ("", "", "")


def test_a_denial_goes_before_all_that_allow() -> None:
    assert said(statement(), statement("Deny")) == "Deny"


def test_a_policy_may_be_text_with_a_single_statement() -> None:
    assert effect('{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}', ACCESS) == "Allow"


@pytest.mark.parametrize(
    ("elements", "covers"),
    [
        ({"Action": "EXECUTE-API:*"}, True),
        ({"Action": ["lambda:InvokeFunction", "execute-api:Invoke"]}, True),
        ({"Action": "lambda:InvokeFunction"}, False),
        ({"Resource": f"{ARN}/*/GET/*"}, True),
        ({"Resource": f"{ARN}/*/POST/*"}, False),
        ({"Resource": f"{ARN}/prod/GET/items"}, False),
        ({"Resource": None, "NotResource": f"{ARN}/Prod/GET/items"}, False),
        ({"Action": None, "NotAction": "execute-api:ManageConnections"}, True),
    ],
)
def test_a_statement_is_about_its_actions_and_resources(elements: dict[str, Any], covers: bool) -> None:
    assert said(statement(**elements)) == ("Allow" if covers else "")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"IpAddress": {"aws:SourceIp": ["10.0.0.0/8"]}}, True),
        ({"IpAddress": {"aws:SourceIp": "192.168.0.0/16"}}, False),
        ({"NotIpAddress": {"aws:SourceIp": "192.168.0.0/16"}}, True),
        ({"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:*:*:api"}}, True),
        ({"StringEquals": {"AWS:SourceArn": ARN.upper()}}, False),
        ({"StringEqualsIgnoreCase": {"AWS:SourceArn": ARN.upper()}}, True),
        ({"StringNotLike": {"AWS:SourceArn": "arn:aws:s3*"}}, True),
        ({"StringEquals": {"aws:SourceVpc": "vpc-1"}}, False),
        ({"StringEqualsIfExists": {"aws:SourceVpc": "vpc-1"}}, True),
        ({"ForAnyValue:StringLike": {"aws:SourceIp": "10.*"}}, True),
        ({"DateGreaterThan": {"aws:SourceIp": "10.1.2.3"}}, False),
    ],
)
def test_a_statement_counts_where_its_condition_holds(condition: dict[str, Any], holds: bool) -> None:
    assert said(statement(Condition=condition)) == ("Allow" if holds else "")


@pytest.mark.parametrize(
    ("principal", "admitted"),
    [
        ("*", True),
        ({"AWS": "*"}, True),
        ({"Service": "apigateway.amazonaws.com"}, True),
        ({"Service": ["s3.amazonaws.com", "apigateway.amazonaws.com"]}, True),
        ("apigateway.amazonaws.com", True),
        ({"Service": "s3.amazonaws.com"}, False),
        ({"AWS": "arn:aws:iam::123456789012:root"}, False),
    ],
)
def test_a_service_is_admitted_by_name_or_with_everyone(principal: Any, admitted: bool) -> None:
    assert admits({"Principal": principal}, "apigateway.amazonaws.com") == admitted
