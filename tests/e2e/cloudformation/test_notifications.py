"""The topics of a stack hear its story."""

from __future__ import annotations

import json

import pytest

from tests.e2e.cloudformation.stacks import Stacks, bucket

pytestmark = pytest.mark.slow


def test_a_topic_hears_every_event_in_cloudformations_lines(stacks: Stacks) -> None:
    sns, sqs = stacks.aws.client("sns"), stacks.aws.client("sqs")
    topic = sns.create_topic(Name="told")["TopicArn"]
    url = sqs.create_queue(QueueName="listening")["QueueUrl"]
    queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    stacks.create("notifying", {"Data": bucket()}, NotificationARNs=[topic])
    heard = [
        json.loads(message["Body"])
        for _ in range(3)
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", ())
    ]
    assert {each["Subject"] for each in heard} == {"AWS CloudFormation Notification"}
    assert len(heard) == len(stacks.events("notifying"))
    last = next(each["Message"] for each in heard if "ResourceType='AWS::CloudFormation::Stack'" in each["Message"])
    assert last.splitlines()[0].startswith("StackId='arn:aws:cloudformation:eu-west-1:123456789012:stack/notifying/")
    assert "ClientRequestToken='null'" in last.splitlines()


def test_a_topic_that_is_not_there_stops_nothing(stacks: Stacks) -> None:
    nobody = "arn:aws:sns:eu-west-1:123456789012:nobody"
    stack = stacks.create("shouting", {"Data": bucket()}, NotificationARNs=[nobody])
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    assert stack["NotificationARNs"] == [nobody]
