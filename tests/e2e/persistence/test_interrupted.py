"""What was under way when the local AWS stopped has failed in a way that its user can go on from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.local_services.functions import eventually
from workbench.local_aws.server import LocalAws, Options

pytestmark = pytest.mark.slow

REASON = "The local AWS was stopped during this operation."
NEVER_ANSWERS = {"Type": "Custom::Silent", "DependsOn": "Queue", "Properties": {"ServiceToken": {"Ref": "Topic"}}}


def template(delay: int = 0, *, waits: bool = False) -> str:
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "changed", "DelaySeconds": delay}}
    silent = {"Silent": NEVER_ANSWERS} if waits else {}
    return json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}, "Queue": queue, **silent}})


@contextmanager
def running(folder: Path) -> Iterator[LocalAws]:
    with LocalAws(Options(recording_delay=0.1, minute=60, data=folder)) as aws:
        yield aws


def stack(aws: LocalAws, name: str = "app") -> Mapping[str, Any]:
    found: Mapping[str, Any] = aws.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    return found


def status(aws: LocalAws) -> str:
    return str(stack(aws)["StackStatus"])


def delay(aws: LocalAws) -> str:
    sqs = aws.client("sqs")
    url = sqs.get_queue_url(QueueName="changed")["QueueUrl"]
    return str(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]["DelaySeconds"])


def update(aws: LocalAws, body: str) -> None:
    aws.client("cloudformation").update_stack(StackName="app", TemplateBody=body)


@pytest.fixture
def interrupted(tmp_path: Path) -> Path:
    """A stop while an update has changed the queue and waits for a custom resource."""
    with running(tmp_path) as aws:
        aws.client("cloudformation").create_stack(StackName="app", TemplateBody=template())
        update(aws, template(7, waits=True))
        assert eventually(lambda: delay(aws) == "7")
        assert status(aws) == "UPDATE_IN_PROGRESS"
    return tmp_path


def test_an_interrupted_update_has_failed_and_says_why(interrupted: Path) -> None:
    with running(interrupted) as aws:
        told = stack(aws)
        assert (told["StackStatus"], told["StackStatusReason"]) == ("UPDATE_FAILED", REASON)
        events = aws.client("cloudformation").describe_stack_events(StackName="app")["StackEvents"]
        assert ("Silent", "CREATE_FAILED", REASON) in {
            (each["LogicalResourceId"], each["ResourceStatus"], each.get("ResourceStatusReason")) for each in events
        }


def test_another_update_can_follow(interrupted: Path) -> None:
    with running(interrupted) as aws:
        update(aws, template(9))
        assert eventually(lambda: status(aws) == "UPDATE_COMPLETE")
        assert delay(aws) == "9"


def test_it_can_be_rolled_back(interrupted: Path) -> None:
    with running(interrupted) as aws:
        aws.client("cloudformation").rollback_stack(StackName="app")
        assert eventually(lambda: status(aws) == "UPDATE_ROLLBACK_COMPLETE")
        assert delay(aws) == "0"


def test_it_can_be_deleted_even_after_a_second_restart(interrupted: Path) -> None:
    with running(interrupted):
        pass
    with running(interrupted) as aws:
        stack_id = stack(aws)["StackId"]
        aws.client("cloudformation").delete_stack(StackName="app")
        assert eventually(lambda: stack(aws, stack_id)["StackStatus"] == "DELETE_COMPLETE")


def test_an_interrupted_creation_can_be_deleted(tmp_path: Path) -> None:
    with running(tmp_path) as aws:
        aws.client("cloudformation").create_stack(StackName="app", TemplateBody=template(waits=True))
    with running(tmp_path) as aws:
        assert (status(aws), stack(aws)["StackStatusReason"]) == ("CREATE_FAILED", REASON)
        aws.client("cloudformation").delete_stack(StackName="app")
        assert eventually(lambda: not aws.client("sqs").list_queues().get("QueueUrls"))


def test_a_nested_stack_is_rolled_back_with_its_parent(tmp_path: Path) -> None:
    with running(tmp_path) as aws:
        aws.client("s3").create_bucket(
            Bucket="templates", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        for name, body in (("before", template()), ("after", template(7, waits=True))):
            aws.client("s3").put_object(Bucket="templates", Key=name, Body=body)
        aws.client("cloudformation").create_stack(StackName="app", TemplateBody=_parent("before"))
        update(aws, _parent("after"))
        assert eventually(lambda: delay(aws) == "7")
    with running(tmp_path) as aws:
        aws.client("cloudformation").rollback_stack(StackName="app")
        assert eventually(lambda: status(aws) == "UPDATE_ROLLBACK_COMPLETE")
        assert delay(aws) == "0"


def _parent(child: str) -> str:
    url = f"https://templates.s3.eu-west-1.amazonaws.com/{child}"
    return json.dumps(
        {"Resources": {"Child": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}}}
    )
