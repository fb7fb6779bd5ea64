"""Properties are checked against the schema of their type."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.local_aws.cloudformation.properties import problems, refusal

FUNCTION = {"Code": {"ZipFile": "pass"}, "Role": "arn:aws:iam::123456789012:role/worker"}


def said(resource_type: str, properties: dict[str, Any]) -> list[str]:
    return [str(problem) for problem in problems(resource_type, properties)]


@pytest.mark.parametrize(
    ("properties", "problem"),
    [
        ({**FUNCTION, "Tmeout": 3}, "#: extraneous key [Tmeout] is not permitted"),
        ({"Code": FUNCTION["Code"]}, "#: required key [Role] not found"),
        ({**FUNCTION, "Timeout": "long"}, "#/Timeout: expected type: Integer, found: String"),
        ({**FUNCTION, "TracingConfig": {"Moed": "Active"}}, "#/TracingConfig: extraneous key [Moed] is not permitted"),
        ({**FUNCTION, "Handler": {"a": 1}}, "#/Handler: expected type: String, found: JSONObject"),
        ({**FUNCTION, "TracingConfig": "Active"}, "#/TracingConfig: expected type: JSONObject, found: String"),
        ({**FUNCTION, "Tags": [{"Key": "a", "Valeu": "b"}]}, "#/Tags/0: extraneous key [Valeu] is not permitted"),
    ],
)
def test_what_the_schema_does_not_allow_is_told_with_its_place(properties: dict[str, Any], problem: str) -> None:
    assert said("AWS::Lambda::Function", properties) == [problem]


def test_texts_stand_for_numbers_and_booleans() -> None:
    assert said("AWS::Lambda::Function", {**FUNCTION, "Timeout": "3", "MemorySize": 128}) == []
    assert said("AWS::SQS::Queue", {"FifoQueue": "true"}) == []


def test_open_mappings_take_any_name() -> None:
    variables = {"Variables": {"ANY_THING": "1"}}
    assert said("AWS::Lambda::Function", {**FUNCTION, "Environment": variables}) == []


def test_custom_resources_take_anything() -> None:
    assert said("Custom::Thing", {"Whatever": 1}) == []


def test_a_resource_fails_with_all_of_its_problems() -> None:
    assert refusal("Data", "AWS::S3::BucketPolicy", {"Buckt": "a", "PolicyDocument": {}}) == (
        "Properties validation failed for resource Data with message:\n"
        "[#: required key [Bucket] not found, #: extraneous key [Buckt] is not permitted]"
    )
    assert refusal("Data", "AWS::S3::Bucket", {}) is None
