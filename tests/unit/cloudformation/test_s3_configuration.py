"""The configuration of a bucket in the shapes of the S3 API."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.local_aws.cloudformation.resources import s3_configuration as shapes

RULE = {"Id": "old", "Status": "Enabled"}
MADE = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}}


@pytest.mark.parametrize(
    ("rule", "made"),
    [
        pytest.param({"ExpirationInDays": 3}, {"Expiration": {"Days": 3}}, id="expiration"),
        pytest.param({"Prefix": "logs/"}, {"Filter": {"Prefix": "logs/"}}, id="a prefix"),
        pytest.param(
            {"TagFilters": [{"Key": "a", "Value": "b"}]}, {"Filter": {"Tag": {"Key": "a", "Value": "b"}}}, id="one tag"
        ),
        pytest.param(
            {"Prefix": "x", "TagFilters": [{"Key": "a", "Value": "b"}]},
            {"Filter": {"And": {"Prefix": "x", "Tags": [{"Key": "a", "Value": "b"}]}}},
            id="a prefix and a tag",
        ),
        pytest.param(
            {"Transitions": [{"StorageClass": "GLACIER", "TransitionInDays": 1}]},
            {"Transitions": [{"StorageClass": "GLACIER", "Days": 1}]},
            id="transitions",
        ),
        pytest.param(
            {"Transition": {"StorageClass": "GLACIER", "TransitionInDays": 1}},
            {"Transitions": [{"StorageClass": "GLACIER", "Days": 1}]},
            id="a transition of the old kind",
        ),
        pytest.param(
            {"NoncurrentVersionExpirationInDays": 5},
            {"NoncurrentVersionExpiration": {"NoncurrentDays": 5}},
            id="old versions of the old kind",
        ),
        pytest.param(
            {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}},
            {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}},
            id="uploads",
        ),
    ],
)
def test_a_lifecycle_rule(rule: dict[str, Any], made: dict[str, Any]) -> None:
    assert shapes.lifecycle({"Rules": [{**RULE, **rule}]}) == {"Rules": [{**MADE, **made}]}


def test_notifications_of_every_kind() -> None:
    given = {
        "LambdaConfigurations": [
            {
                "Event": "s3:ObjectCreated:*",
                "Function": "arn:f",
                "Filter": {"S3Key": {"Rules": [{"Name": "prefix", "Value": "in/"}]}},
            }
        ],
        "QueueConfigurations": [{"Event": "s3:ObjectRemoved:*", "Queue": "arn:q"}],
        "TopicConfigurations": [{"Event": "s3:ObjectRemoved:*", "Topic": "arn:t"}],
        "EventBridgeConfiguration": {},
    }
    assert shapes.notification(given) == {
        "LambdaFunctionConfigurations": [
            {
                "LambdaFunctionArn": "arn:f",
                "Events": ["s3:ObjectCreated:*"],
                "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "in/"}]}},
            }
        ],
        "QueueConfigurations": [{"QueueArn": "arn:q", "Events": ["s3:ObjectRemoved:*"]}],
        "TopicConfigurations": [{"TopicArn": "arn:t", "Events": ["s3:ObjectRemoved:*"]}],
        "EventBridgeConfiguration": {},
    }


def test_a_bucket_logs_into_itself_unless_told_otherwise() -> None:
    assert shapes.logging({}, "own")["LoggingEnabled"] == {"TargetBucket": "own", "TargetPrefix": ""}


def test_a_replication_rule_with_a_filter() -> None:
    rule = {"Id": "a", "Status": "Enabled", "Filter": {"TagFilter": {"Key": "k", "Value": "v"}}}
    assert shapes.replication({"Role": "r", "Rules": [rule]}) == {
        "Role": "r",
        "Rules": [{"ID": "a", "Status": "Enabled", "Filter": {"Tag": {"Key": "k", "Value": "v"}}}],
    }
