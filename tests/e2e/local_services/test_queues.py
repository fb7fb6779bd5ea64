"""Queues take attributes as SQS does."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow
POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*"}]}


@pytest.mark.parametrize(
    ("attribute", "value"),
    [("VisibilityTimeout", "43201"), ("DelaySeconds", "-1"), ("MessageRetentionPeriod", "59"), ("DelaySeconds", "x")],
)
def test_a_value_out_of_range_is_refused(aws: LocalAws, attribute: str, value: str) -> None:
    sqs = aws.client("sqs")
    with pytest.raises(ClientError, match=f"Invalid value for the parameter {attribute}"):
        sqs.create_queue(QueueName="out-of-range", Attributes={attribute: value})
    url = sqs.create_queue(QueueName="in-range")["QueueUrl"]
    with pytest.raises(ClientError, match=f"Invalid value for the parameter {attribute}"):
        sqs.set_queue_attributes(QueueUrl=url, Attributes={attribute: value})


def test_another_attribute_leaves_the_policy(aws: LocalAws) -> None:
    sqs = aws.client("sqs")
    url = sqs.create_queue(QueueName="with-policy", Attributes={"Policy": json.dumps(POLICY)})["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "60"})
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert (json.loads(found["Policy"]), found["VisibilityTimeout"]) == (POLICY, "60")
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": ""})
    assert "Policy" not in sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
