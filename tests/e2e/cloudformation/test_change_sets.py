"""Change sets, the way every command line deploys."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.stacks import Stacks, bucket, template, versioned

pytestmark = pytest.mark.slow


def prepare(
    stacks: Stacks, name: str, resources: dict[str, Any], kind: str = "UPDATE", **request: Any
) -> dict[str, Any]:
    made = stacks.client.create_change_set(
        StackName=name, ChangeSetName="change", ChangeSetType=kind, TemplateBody=template(resources), **request
    )
    described: dict[str, Any] = stacks.client.describe_change_set(ChangeSetName=made["Id"])
    return described


def execute(stacks: Stacks, name: str) -> dict[str, Any]:
    stacks.client.execute_change_set(StackName=name, ChangeSetName="change")
    return stacks.settled(name)


def test_a_new_stack_waits_in_review_until_its_change_set_is_executed(stacks: Stacks) -> None:
    described = prepare(stacks, "reviewed", {"Data": bucket()}, kind="CREATE")
    waiting = stacks.client.describe_stacks(StackName="reviewed")["Stacks"][0]
    assert waiting["StackStatus"] == "REVIEW_IN_PROGRESS"
    assert described["Changes"][0]["ResourceChange"]["Action"] == "Add"
    assert execute(stacks, "reviewed")["StackStatus"] == "CREATE_COMPLETE"


def test_changes_name_what_is_added_modified_replaced_and_removed(stacks: Stacks) -> None:
    stacks.create("changing", {"Mod": versioned(), "Rep": bucket(BucketName="changing-one"), "Gone": bucket()})
    described = prepare(
        stacks, "changing", {"Mod": versioned("Suspended"), "Rep": bucket(BucketName="changing-two"), "New": bucket()}
    )
    changes = [change["ResourceChange"] for change in described["Changes"]]
    assert {(change["LogicalResourceId"], change["Action"], change.get("Replacement")) for change in changes} == {
        ("Mod", "Modify", "False"),
        ("Rep", "Modify", "True"),
        ("New", "Add", None),
        ("Gone", "Remove", None),
    }
    assert execute(stacks, "changing")["StackStatus"] == "UPDATE_COMPLETE"
    assert set(stacks.resources("changing")) == {"Mod", "Rep", "New"}


def test_a_name_is_free_again_where_nothing_was_changed(stacks: Stacks) -> None:
    stacks.create("idle", {"Data": bucket()})
    for _ in range(2):
        assert prepare(stacks, "idle", {"Data": bucket()})["Status"] == "FAILED"
    assert prepare(stacks, "idle", {"Data": versioned()})["Status"] == "CREATE_COMPLETE"
    with pytest.raises(ClientError, match="ChangeSet change already exists"):
        prepare(stacks, "idle", {"Data": versioned()})


def test_a_change_set_without_changes_fails_in_cloudformations_words(stacks: Stacks) -> None:
    stacks.create("unchanged", {"Data": bucket()})
    described = prepare(stacks, "unchanged", {"Data": bucket()})
    assert (described["Status"], described["ExecutionStatus"]) == ("FAILED", "UNAVAILABLE")
    assert described["StatusReason"] == (
        "The submitted information didn't contain changes. Submit different information to create a change set."
    )


def test_a_change_of_a_replaced_resource_shows_in_what_refers_to_it(stacks: Stacks) -> None:
    def resources(name: str) -> dict[str, Any]:
        return {
            "Logs": bucket(BucketName=name),
            "Data": bucket(LoggingConfiguration={"DestinationBucketName": {"Ref": "Logs"}}),
        }

    stacks.create("spreading", resources("spreading-one"))
    described = prepare(stacks, "spreading", resources("spreading-two"))
    assert [change["ResourceChange"]["LogicalResourceId"] for change in described["Changes"]] == ["Logs", "Data"]


def test_a_change_of_outputs_alone_is_a_change(stacks: Stacks) -> None:
    stacks.create("outputs", {"Data": bucket()})
    body = template({"Data": bucket()}, Outputs={"Name": {"Value": {"Ref": "Data"}}})
    stacks.client.update_stack(StackName="outputs", TemplateBody=body)
    assert stacks.settled("outputs")["Outputs"][0]["OutputKey"] == "Name"


def test_a_change_set_can_be_executed_once(stacks: Stacks) -> None:
    prepare(stacks, "once", {"Data": bucket()}, kind="CREATE")
    execute(stacks, "once")
    with pytest.raises(ClientError, match="cannot be executed in its current status"):
        execute(stacks, "once")


def test_a_change_set_can_be_listed_and_deleted(stacks: Stacks) -> None:
    prepare(stacks, "listed", {"Data": bucket()}, kind="CREATE", Description="first")
    listed = stacks.client.list_change_sets(StackName="listed")["Summaries"]
    assert [(item["ChangeSetName"], item["Description"]) for item in listed] == [("change", "first")]
    stacks.client.delete_change_set(StackName="listed", ChangeSetName="change")
    with pytest.raises(ClientError, match="does not exist"):
        stacks.client.describe_change_set(StackName="listed", ChangeSetName="change")


def test_what_a_transform_refuses_makes_the_change_set_fail(stacks: Stacks) -> None:
    body = template({"F": {"Type": "AWS::Serverless::Function"}}, Transform="AWS::Serverless-2016-10-31")
    request = {"StackName": "sam", "ChangeSetName": "change", "ChangeSetType": "CREATE", "TemplateBody": body}
    described = stacks.client.describe_change_set(ChangeSetName=stacks.client.create_change_set(**request)["Id"])
    assert described["Status"] == "FAILED"
    assert "AWS::Serverless-2016-10-31 failed with" in described["StatusReason"]


def test_the_waiters_of_the_sdk_work(stacks: Stacks) -> None:
    config = {"Delay": 1, "MaxAttempts": 10}
    prepare(stacks, "waited", {"Data": bucket()}, kind="CREATE")
    client = stacks.client
    client.get_waiter("change_set_create_complete").wait(
        StackName="waited", ChangeSetName="change", WaiterConfig=config
    )
    client.execute_change_set(StackName="waited", ChangeSetName="change")
    client.get_waiter("stack_create_complete").wait(StackName="waited", WaiterConfig=config)
    client.delete_stack(StackName="waited")
    client.get_waiter("stack_delete_complete").wait(StackName="waited", WaiterConfig=config)


def details(described: dict[str, Any], logical_id: str) -> list[dict[str, Any]]:
    changes = [change["ResourceChange"] for change in described["Changes"]]
    found: list[dict[str, Any]] = next(c["Details"] for c in changes if c["LogicalResourceId"] == logical_id)
    return found


def topics(**first: Any) -> dict[str, Any]:
    """A topic, and one that is called after it."""
    after = {"DisplayName": {"Fn::GetAtt": ["First", "TopicName"]}}
    return {
        "First": {"Type": "AWS::SNS::Topic", "Properties": first},
        "Second": {"Type": "AWS::SNS::Topic", "Properties": after},
    }


def test_a_change_of_the_template_is_told_with_its_values_when_asked(stacks: Stacks) -> None:
    stacks.create("valued", topics(DisplayName="one"))
    made = prepare(stacks, "valued", topics(DisplayName="two"))
    assert details(made, "First") == [
        {
            "Target": {"Attribute": "Properties", "Name": "DisplayName", "RequiresRecreation": "Never"},
            "Evaluation": "Static",
            "ChangeSource": "DirectModification",
        }
    ]
    full = stacks.client.describe_change_set(ChangeSetName=made["ChangeSetId"], IncludePropertyValues=True)
    target = details(full, "First")[0]["Target"]
    assert (target["Path"], target["BeforeValue"], target["AfterValue"]) == ("/Properties/DisplayName", "one", "two")
    assert json.loads(full["Changes"][0]["ResourceChange"]["AfterContext"]) == {"Properties": {"DisplayName": "two"}}


def test_a_changed_parameter_is_the_cause_of_a_change(stacks: Stacks) -> None:
    section = {"Parameters": {"Name": {"Type": "String"}}}
    stacks.create("caused", topics(DisplayName={"Ref": "Name"}), Given={"Name": "one"}, **section)
    made = stacks.client.create_change_set(
        StackName="caused",
        ChangeSetName="change",
        UsePreviousTemplate=True,
        Parameters=[{"ParameterKey": "Name", "ParameterValue": "two"}],
    )
    found = details(stacks.client.describe_change_set(ChangeSetName=made["Id"]), "First")
    assert [(each["ChangeSource"], each["Evaluation"], each.get("CausingEntity")) for each in found] == [
        ("ParameterReference", "Static", "Name"),
        ("DirectModification", "Dynamic", None),
    ]


def test_a_replaced_resource_is_the_cause_of_what_follows(stacks: Stacks) -> None:
    stacks.create("following", topics(TopicName="following-one"))
    described = prepare(stacks, "following", topics(TopicName="following-two"))
    change = described["Changes"][0]["ResourceChange"]
    assert (change["LogicalResourceId"], change["Replacement"]) == ("First", "True")
    assert change["PolicyAction"] == "ReplaceAndDelete"
    assert details(described, "Second")[0]["CausingEntity"] == "First.TopicName"
    assert details(described, "Second")[0]["Evaluation"] == "Dynamic"
    full = stacks.client.describe_change_set(ChangeSetName=described["ChangeSetId"], IncludePropertyValues=True)
    assert details(full, "Second")[0]["Target"]["AfterValue"] == "{{changeSet:KNOWN_AFTER_APPLY}}"


def test_a_stack_in_review_can_be_created_at_once(stacks: Stacks) -> None:
    change_set = prepare(stacks, "impatient", {"Data": bucket()}, kind="CREATE")
    stacks.client.create_stack(StackName="impatient", TemplateBody=template({"Data": bucket()}))
    assert stacks.settled("impatient")["StackStatus"] == "CREATE_COMPLETE"
    found = stacks.client.describe_change_set(ChangeSetName=change_set["ChangeSetId"])
    assert found["ExecutionStatus"] == "OBSOLETE"


def test_a_change_set_is_named_with_its_stack_or_by_its_arn(stacks: Stacks) -> None:
    with pytest.raises(ClientError, match=r"Stack \[nowhere\] does not exist"):
        stacks.client.describe_change_set(StackName="nowhere", ChangeSetName="change")
    with pytest.raises(ClientError, match="StackName must be specified if ChangeSetName is not specified as an ARN"):
        stacks.client.describe_change_set(ChangeSetName="change")
