"""What was under way when the local AWS stopped has failed in a way that its user can go on from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.functions import ROLE, create, create_role, messages
from tests.e2e.waiting import eventually
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


def created(aws: LocalAws) -> None:
    assert eventually(lambda: status(aws) == "CREATE_COMPLETE")


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
        created(aws)
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
        created(aws)
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


def test_a_deployment_is_stopped_and_its_traffic_can_be_set_back(tmp_path: Path) -> None:
    with running(tmp_path) as aws:
        create_role(aws)
        _deploy_function(aws, "create_stack", "1")
        created(aws)
        _deploy_function(aws, "update_stack", "2")
        assert eventually(lambda: _shares(aws))
    with running(tmp_path) as aws:
        codedeploy = aws.client("codedeploy")
        deployment = codedeploy.get_deployment(deploymentId=codedeploy.list_deployments()["deployments"][0])
        assert deployment["deploymentInfo"]["status"] == "Stopped"
        assert (status(aws), _shares(aws)) == ("UPDATE_FAILED", {"2": 0.1})
        aws.client("cloudformation").rollback_stack(StackName="app")
        assert eventually(lambda: status(aws) == "UPDATE_ROLLBACK_COMPLETE")
        assert not _shares(aws)


def _deploy_function(aws: LocalAws, operation: str, content: str) -> None:
    function = {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "FunctionName": "shifted",
            "InlineCode": f"def handler(event, context):\n    return {content}\n",
            "Handler": "index.handler",
            "Runtime": "python3.13",
            "Role": ROLE,
            "AutoPublishAlias": "live",
            "DeploymentPreference": {"Type": "Canary10Percent30Minutes", "Role": ROLE},
        },
    }
    body = json.dumps({"Transform": "AWS::Serverless-2016-10-31", "Resources": {"Function": function}})
    act = getattr(aws.client("cloudformation"), operation)
    act(StackName="app", TemplateBody=body, Capabilities=["CAPABILITY_AUTO_EXPAND", "CAPABILITY_IAM"])


def _shares(aws: LocalAws) -> Mapping[str, float]:
    """How much traffic of the alias goes to other versions than its own."""
    alias = aws.client("lambda").get_alias(FunctionName="shifted", Name="live")
    shares: Mapping[str, float] = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    return shares


def test_an_execution_of_a_state_machine_is_aborted(tmp_path: Path) -> None:
    wait = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 3600, "End": True}}}
    with running(tmp_path) as aws:
        create_role(aws)
        states = aws.client("stepfunctions")
        machine = states.create_state_machine(name="waiting", definition=json.dumps(wait), roleArn=ROLE)[
            "stateMachineArn"
        ]
        execution = states.start_execution(stateMachineArn=machine, name="first")["executionArn"]
    with running(tmp_path) as aws:
        states = aws.client("stepfunctions")
        assert states.describe_execution(executionArn=execution)["status"] == "ABORTED"
        assert states.start_execution(stateMachineArn=machine, name="second")["executionArn"]


def test_an_event_that_a_function_was_busy_with_is_delivered_again(tmp_path: Path) -> None:
    code = """
        import time
        def handler(event, context):
            print("begun")
            time.sleep(event)
        """
    with running(tmp_path) as aws:
        create_role(aws)
        create(aws, "busy", code, Timeout=60)
        aws.client("lambda").invoke(FunctionName="busy", InvocationType="Event", Payload=b"30")
        assert eventually(lambda: _begun(aws) == 1)
    with running(tmp_path) as aws:
        assert eventually(lambda: _begun(aws) == 2)


def _begun(aws: LocalAws) -> int:
    try:
        return sum(line.startswith("begun") for line in messages(aws, "/aws/lambda/busy"))
    except ClientError:
        return 0
