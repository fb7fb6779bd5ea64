"""A Lambda alias with a deployment preference is updated by CodeDeploy, and its refusal rolls the stack back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks

pytestmark = pytest.mark.slow

HOOK = """
import os, boto3

def handler(event, context):
    boto3.client("codedeploy").put_lifecycle_event_hook_execution_status(
        deploymentId=event["DeploymentId"],
        lifecycleEventHookExecutionId=event["LifecycleEventHookExecutionId"],
        status=os.environ["ANSWER"],
    )
"""


def resources(version: str, answer: str = "Succeeded", functions: int = 1) -> dict[str, Any]:
    """A SAM application whose functions say their version, gated by one hook."""
    preference = {"Type": "AllAtOnce", "Hooks": {"PreTraffic": {"Ref": "Hook"}}}
    function = {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "Runtime": "python3.14",
            "Handler": "index.handler",
            "InlineCode": f"def handler(event, context): return {version!r}",
            "AutoPublishAlias": "live",
            "DeploymentPreference": preference,
        },
    }
    hook = {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "Runtime": "python3.14",
            "Handler": "index.handler",
            "InlineCode": HOOK,
            "Timeout": 10,
            "Environment": {"Variables": {"ANSWER": answer}},
        },
    }
    return {"Hook": hook, **{f"Function{number}": function for number in range(functions)}}


def deploy(stacks: Stacks, method: str, name: str, **changes: Any) -> dict[str, Any]:
    stack: dict[str, Any] = getattr(stacks, method)(name, resources(**changes), Transform="AWS::Serverless-2016-10-31")
    return stack


def says(stacks: Stacks, name: str) -> str:
    function = stacks.physical_id(name, "Function0")
    payload = stacks.aws.client("lambda").invoke(FunctionName=function, Qualifier="live")["Payload"].read()
    return str(payload.decode())


def deployments(stacks: Stacks) -> int:
    return len(stacks.aws.client("codedeploy").list_deployments()["deployments"])


def test_the_first_creation_of_an_alias_deploys_nothing(stacks: Stacks) -> None:
    before = deployments(stacks)
    assert deploy(stacks, "create", "first", version="one")["StackStatus"] == "CREATE_COMPLETE"
    assert says(stacks, "first") == '"one"'
    assert deployments(stacks) == before


def test_a_new_version_is_deployed_after_the_hook_agreed(stacks: Stacks) -> None:
    deploy(stacks, "create", "agreed", version="one")
    before = deployments(stacks)
    assert deploy(stacks, "update", "agreed", version="two")["StackStatus"] == "UPDATE_COMPLETE"
    assert says(stacks, "agreed") == '"two"'
    assert deployments(stacks) == before + 1


def test_a_refusal_rolls_the_stack_back_with_its_reason_and_without_another_deployment(stacks: Stacks) -> None:
    deploy(stacks, "create", "refused", version="one")
    before = deployments(stacks)
    stack = deploy(stacks, "update", "refused", version="two", answer="Failed")
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "BeforeAllowTraffic" in stacks.reason("refused", "Function0Aliaslive", "UPDATE_FAILED")
    assert says(stacks, "refused") == '"one"'
    assert deployments(stacks) == before + 1


def test_what_was_refused_can_be_deployed_later(stacks: Stacks) -> None:
    deploy(stacks, "create", "retried", version="one")
    deploy(stacks, "update", "retried", version="two", answer="Failed")
    assert deploy(stacks, "update", "retried", version="two")["StackStatus"] == "UPDATE_COMPLETE"
    assert says(stacks, "retried") == '"two"'


def test_the_aliases_of_one_update_are_deployed_side_by_side(stacks: Stacks) -> None:
    deploy(stacks, "create", "beside", version="one", functions=2)
    told = len(stacks.events("beside"))
    deploy(stacks, "update", "beside", version="two", functions=2)
    story = [line for line in stacks.story("beside", skip=told) if "Alias" in line[0]]
    assert [status for _, status in story] == ["UPDATE_IN_PROGRESS"] * 2 + ["UPDATE_COMPLETE"] * 2
