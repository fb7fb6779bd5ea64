"""Custom resources: a function of the user provides them, and its answer counts."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks, broken

pytestmark = pytest.mark.slow

ROLE = {
    "Type": "AWS::IAM::Role",
    "Properties": {
        "AssumeRolePolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
            ],
        }
    },
}
# Prints each event, and does as the resource's property Answer says.
CODE = """
import json, cfnresponse

def handler(event, context):
    print("EVENT " + json.dumps(event))
    answer = event["ResourceProperties"]["Answer"]
    if answer == "nothing":
        return
    status = "FAILED" if answer == "failed" and event["RequestType"] != "Delete" else "SUCCESS"
    cfnresponse.send(event, context, status, {"Doubled": answer * 2}, answer, reason="Because.")
"""
FUNCTION = {
    "Type": "AWS::Lambda::Function",
    "Properties": {
        "Runtime": "python3.14",
        "Handler": "index.handler",
        "Role": {"Fn::GetAtt": ["Role", "Arn"]},
        "Code": {"ZipFile": CODE},
    },
}


def resources(answer: str, **properties: Any) -> dict[str, Any]:
    thing = {
        "Type": "Custom::Thing",
        "Properties": {
            "ServiceToken": {"Fn::GetAtt": ["Function", "Arn"]},
            "Answer": answer,
            **properties,
        },
    }
    return {"Role": ROLE, "Function": FUNCTION, "Thing": thing}


def event(stacks: Stacks, function: str, kind: str) -> dict[str, Any]:
    """The last event of this kind that the function got; a log comes when the function has ended."""
    logs = stacks.aws.client("logs")
    for _ in range(300):
        found = logs.filter_log_events(logGroupName=f"/aws/lambda/{function}")["events"]
        lines = [json.loads(line["message"][6:]) for line in found if line["message"].startswith("EVENT ")]
        heard: list[dict[str, Any]] = [one for one in lines if one["RequestType"] == kind]
        if heard:
            return heard[-1]
        time.sleep(0.01)
    raise TimeoutError(f"{function} got no {kind}")


def event_of(stacks: Stacks, stack: str, kind: str) -> dict[str, Any]:
    return event(stacks, stacks.physical_id(stack, "Function"), kind)


def test_the_answer_gives_physical_id_and_attributes(stacks: Stacks) -> None:
    outputs = {"Doubled": {"Value": {"Fn::GetAtt": ["Thing", "Doubled"]}}}
    stack = stacks.create("asked", resources("one"), Outputs=outputs)
    assert stacks.physical_id("asked", "Thing") == "one"
    assert stack["Outputs"][0]["OutputValue"] == "oneone"


def test_the_event_is_cloudformations_own(stacks: Stacks) -> None:
    stack = stacks.create("heard", resources("one", Number=1, Flag=True, List=[2]))
    heard = event_of(stacks, "heard", "Create")
    assert {key: heard[key] for key in ("RequestType", "StackId", "LogicalResourceId", "ResourceType")} == {
        "RequestType": "Create",
        "StackId": stack["StackId"],
        "LogicalResourceId": "Thing",
        "ResourceType": "Custom::Thing",
    }
    properties = heard["ResourceProperties"]
    assert (properties["Number"], properties["Flag"], properties["List"]) == ("1", "true", ["2"])


def test_an_update_tells_old_and_new_properties(stacks: Stacks) -> None:
    stacks.create("updated", resources("same", Size="1"))
    stacks.update("updated", resources("same", Size="2"))
    heard = event_of(stacks, "updated", "Update")
    assert heard["PhysicalResourceId"] == "same"
    assert (heard["OldResourceProperties"]["Size"], heard["ResourceProperties"]["Size"]) == ("1", "2")


def test_another_physical_id_replaces_the_resource(stacks: Stacks) -> None:
    stacks.create("swapped", resources("before"))
    stacks.update("swapped", resources("after"))
    assert stacks.physical_id("swapped", "Thing") == "after"
    assert event_of(stacks, "swapped", "Delete")["PhysicalResourceId"] == "before"


def test_a_failed_answer_fails_the_resource_with_its_reason(stacks: Stacks) -> None:
    assert stacks.create("denied", resources("failed"))["StackStatus"] == "ROLLBACK_COMPLETE"
    reason = stacks.reason("denied", "Thing", "CREATE_FAILED")
    assert "Received response status [FAILED] from custom resource. Message returned: Because." in reason


def test_a_failed_update_asks_for_the_old_properties_again(stacks: Stacks) -> None:
    stacks.create("retracted", resources("same", Size="1"))
    stacks.update("retracted", {**resources("same", Size="2"), "Bad": broken(DependsOn="Thing")})
    heard = event_of(stacks, "retracted", "Update")
    assert (heard["OldResourceProperties"]["Size"], heard["ResourceProperties"]["Size"]) == ("2", "1")


def test_an_answer_that_never_comes_fails_the_resource(stacks: Stacks) -> None:
    stack = stacks.create("silent", resources("nothing", ServiceTimeout=1), OnFailure="DO_NOTHING")
    assert stack["StackStatus"] == "CREATE_FAILED"
    assert "did not receive a response from your Custom Resource" in stacks.reason("silent", "Thing", "CREATE_FAILED")


def test_a_custom_resource_is_asked_to_go(stacks: Stacks) -> None:
    stacks.create("gone", resources("gone"))
    function = stacks.physical_id("gone", "Function")
    stacks.delete("gone")
    assert event(stacks, function, "Delete")["PhysicalResourceId"] == "gone"
