"""A resource as a template says it should be, beside the resource as it is."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.local_aws.cloudformation.drift.differences import Difference, comparable, differences
from workbench.local_aws.cloudformation.schemas import Shape, schema_of

KEY_ARN = "arn:aws:kms:eu-west-1:123456789012:key/1234"


def shape_of(resource_type: str) -> Shape:
    found = schema_of(resource_type)
    assert found
    return found


FUNCTION, BUCKET, QUEUE, ROLE = (
    shape_of(f"AWS::{name}") for name in ("Lambda::Function", "S3::Bucket", "SQS::Queue", "IAM::Role")
)


def told(expected: Any, actual: Any, shape: Shape) -> list[tuple[str, str, Any, Any]]:
    return [(each.path, each.kind, each.expected, each.actual) for each in differences(expected, actual, shape)]


@pytest.mark.parametrize(
    ("expected", "actual", "shape"),
    [
        pytest.param({"Timeout": "3"}, {"Timeout": 3}, FUNCTION, id="a number written as text"),
        pytest.param({"Handler": "a.b"}, {"Handler": "a.b", "Timeout": 3}, FUNCTION, id="what is left open"),
        pytest.param({"KmsKeyArn": "alias/own"}, {"KmsKeyArn": KEY_ARN}, FUNCTION, id="the key of an alias"),
        pytest.param({"Role": "worker"}, {"Role": "arn:aws:iam::1:role/worker"}, FUNCTION, id="the ARN of a name"),
        pytest.param({"Layers": ["a", "b"]}, {"Layers": ["b", "a"]}, FUNCTION, id="another order"),
        pytest.param({"Description": ""}, {}, FUNCTION, id="nothing said and nothing there"),
        pytest.param({"FifoQueue": False}, {}, QUEUE, id="false and nothing there"),
        pytest.param({"RedrivePolicy": {"a": 1}}, {"RedrivePolicy": '{"a": "1"}'}, QUEUE, id="a document as text"),
        pytest.param(
            {"AssumeRolePolicyDocument": {"Action": "sts:AssumeRole"}},
            {"AssumeRolePolicyDocument": {"Action": ["sts:AssumeRole"]}},
            ROLE,
            id="one action and a list of one action",
        ),
    ],
)
def test_the_same_said_otherwise_is_no_difference(expected: Any, actual: Any, shape: Shape) -> None:
    assert told(expected, actual, shape) == []


def test_a_changed_value_is_not_equal() -> None:
    assert told({"Timeout": 3}, {"Timeout": 60}, FUNCTION) == [("/Timeout", "NOT_EQUAL", 3, 60)]


def test_a_property_that_is_gone_is_removed() -> None:
    suspended = {"VersioningConfiguration": {"Status": "Enabled"}}
    assert told(suspended, {}, BUCKET) == [("/VersioningConfiguration", "REMOVE", {"Status": "Enabled"}, None)]


def test_a_variable_more_is_added() -> None:
    expected = {"Environment": {"Variables": {"A": "1"}}}
    actual = {"Environment": {"Variables": {"A": "1", "B": "2"}}}
    assert told(expected, actual, FUNCTION) == [("/Environment/Variables/B", "ADD", None, "2")]


def test_an_item_more_of_a_list_is_added_and_one_less_removed() -> None:
    assert told({"Layers": ["a"]}, {"Layers": ["a", "b"]}, FUNCTION) == [("/Layers/1", "ADD", None, "b")]
    assert told({"Layers": ["a", "b"]}, {"Layers": ["b"]}, FUNCTION) == [("/Layers/0", "REMOVE", "a", None)]


def test_a_tag_is_told_by_its_key() -> None:
    expected = {"Tags": [{"Key": "team", "Value": "a"}]}
    actual = {"Tags": [{"Key": "cost", "Value": "x"}, {"Key": "team", "Value": "b"}]}
    assert told(expected, actual, FUNCTION) == [
        ("/Tags/0/Value", "NOT_EQUAL", "a", "b"),
        ("/Tags/0", "ADD", None, {"Key": "cost", "Value": "x"}),
    ]


def test_a_statement_more_in_a_policy_is_added() -> None:
    own, other = {"Sid": "own", "Effect": "Allow"}, {"Sid": "other", "Effect": "Allow"}
    expected, actual = ({"AssumeRolePolicyDocument": {"Statement": each}} for each in ([own], [own, other]))
    assert [*differences(expected, actual, ROLE)] == [
        Difference("/AssumeRolePolicyDocument/Statement/1", "ADD", None, other)
    ]


def test_what_is_shown_keeps_to_what_the_template_says() -> None:
    expected = {"Timeout": "3", "TracingConfig": {"Mode": "Active"}}
    actual = {"Timeout": 3, "TracingConfig": {"Mode": "PassThrough"}, "Handler": "a.b"}
    assert comparable(expected, actual, FUNCTION) == {"Timeout": "3", "TracingConfig": {"Mode": "PassThrough"}}
