"""A stack policy holds updates back; names that a template gives hold replacements back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.stacks import Stacks, bucket, template, versioned

pytestmark = pytest.mark.slow
ALLOW = {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}


def policy(action: str) -> str:
    deny = {"Effect": "Deny", "Action": action, "Principal": "*", "Resource": "LogicalResourceId/Data"}
    return json.dumps({"Statement": [ALLOW, deny]})


def protected(stacks: Stacks, name: str, action: str, resources: dict[str, Any]) -> None:
    stacks.create(name, resources, StackPolicyBody=policy(action))


def test_a_denied_change_rolls_the_update_back(stacks: Stacks) -> None:
    protected(stacks, "frozen", "Update:Modify", {"Data": versioned()})
    assert stacks.update("frozen", {"Data": versioned("Suspended")})["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "Action denied by stack policy: Statement [#2]" in stacks.reason("frozen", "Data", "UPDATE_FAILED")


def test_a_denied_replacement_leaves_the_resource(stacks: Stacks) -> None:
    protected(stacks, "kept", "Update:Replace", {"Data": bucket(BucketName="kept-one")})
    stacks.update("kept", {"Data": bucket(BucketName="kept-two")})
    assert stacks.physical_id("kept", "Data") == "kept-one"


def test_a_denied_removal_is_refused(stacks: Stacks) -> None:
    protected(stacks, "staying", "Update:Delete", {"Data": bucket(), "Other": bucket()})
    stack = stacks.update("staying", {"Other": bucket()})
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "does not allow [Update:Delete]" in stacks.reason("staying", "Data", "UPDATE_FAILED")


def test_a_policy_during_an_update_counts_for_that_update_only(stacks: Stacks) -> None:
    protected(stacks, "thawed", "Update:*", {"Data": versioned()})
    during = json.dumps({"Statement": [ALLOW]})
    stack = stacks.update("thawed", {"Data": versioned("Suspended")}, StackPolicyDuringUpdateBody=during)
    assert stack["StackStatus"] == "UPDATE_COMPLETE"
    assert stacks.update("thawed", {"Data": versioned()})["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"


def test_a_policy_can_be_read_set_and_lifted(stacks: Stacks) -> None:
    stacks.create("lifted", {"Data": versioned()})
    assert "StackPolicyBody" not in stacks.client.get_stack_policy(StackName="lifted")
    stacks.client.set_stack_policy(StackName="lifted", StackPolicyBody=policy("Update:*"))
    assert json.loads(stacks.client.get_stack_policy(StackName="lifted")["StackPolicyBody"])["Statement"][0] == ALLOW
    stacks.client.set_stack_policy(StackName="lifted", StackPolicyBody="{}")
    assert stacks.update("lifted", {"Data": versioned("Suspended")})["StackStatus"] == "UPDATE_COMPLETE"


def test_a_policy_that_makes_no_sense_begins_nothing(stacks: Stacks) -> None:
    with pytest.raises(ClientError, match="Invalid stack policy"):
        stacks.client.create_stack(
            StackName="senseless", TemplateBody=template({"Data": bucket()}), StackPolicyBody='{"Statement": [{}]}'
        )
    with pytest.raises(ClientError, match="does not exist"):
        stacks.settled("senseless")


def test_what_the_template_names_cannot_be_replaced_under_that_name(stacks: Stacks) -> None:
    def table(key: str) -> dict[str, Any]:
        properties = {
            "TableName": "named",
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
        }
        return {"Table": {"Type": "AWS::DynamoDB::Table", "Properties": properties}}

    stacks.create("naming", table("id"))
    assert stacks.update("naming", table("key"))["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    reason = stacks.reason("naming", "Table", "UPDATE_FAILED")
    assert reason.startswith("CloudFormation cannot update a stack when a custom-named resource requires replacing.")
    assert "Rename named and update the stack again." in reason


def test_a_property_that_the_type_does_not_have_fails_its_resource(stacks: Stacks) -> None:
    assert stacks.create("misspelt", {"Data": bucket(BucketNaem="a")})["StackStatus"] == "ROLLBACK_COMPLETE"
    reason = stacks.reason("misspelt", "Data", "CREATE_FAILED")
    assert reason.endswith("[#: extraneous key [BucketNaem] is not permitted]")


def test_a_name_that_is_taken_fails_as_its_handler_says(stacks: Stacks) -> None:
    stacks.aws.client("logs").create_log_group(logGroupName="taken")
    stacks.create("second", {"Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "taken"}}})
    reason = stacks.reason("second", "Group", "CREATE_FAILED")
    assert reason.startswith('Resource handler returned message: "')
    assert "already exists" in reason
    assert "HandlerErrorCode: AlreadyExists)" in reason
