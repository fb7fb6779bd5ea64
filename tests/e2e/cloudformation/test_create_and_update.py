"""What CloudFormation does with a stack that goes well."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.stacks import Stacks, bucket, template, versioned
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow


def test_a_stack_is_created_with_its_resources_outputs_and_parameters(stacks: Stacks) -> None:
    stack = stacks.create(
        "made",
        {"Data": {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": {"Ref": "Status"}}}}},
        Parameters={"Status": {"Type": "String"}},
        Outputs={"Name": {"Value": {"Ref": "Data"}}, "Arn": {"Value": {"Fn::GetAtt": ["Data", "Arn"]}}},
        Given={"Status": "Enabled"},
    )
    name = stacks.physical_id("made", "Data")
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    assert {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]} == {
        "Name": name,
        "Arn": f"arn:aws:s3:::{name}",
    }
    assert stack["Parameters"] == [{"ParameterKey": "Status", "ParameterValue": "Enabled"}]
    assert stacks.aws.client("s3").get_bucket_versioning(Bucket=name)["Status"] == "Enabled"


def test_generated_names_are_made_of_stack_logical_id_and_a_random_part(stacks: Stacks) -> None:
    stacks.create("naming", {"Data": bucket(), "Alerts": {"Type": "AWS::SNS::Topic"}})
    assert stacks.physical_id("naming", "Data").startswith("naming-data-")
    assert ":naming-Alerts-" in stacks.physical_id("naming", "Alerts")


def test_events_tell_the_creation_in_order(stacks: Stacks) -> None:
    stacks.create("told", {"Second": {**bucket(), "DependsOn": "First"}, "First": bucket()})
    created = ["CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE"]
    assert stacks.story("told") == [
        ("told", "CREATE_IN_PROGRESS"),
        *[("First", status) for status in created],
        *[("Second", status) for status in created],
        ("told", "CREATE_COMPLETE"),
    ]


def test_no_two_events_share_a_time_stamp(stacks: Stacks) -> None:
    stacks.create("ticking", {f"Bucket{number}": bucket() for number in range(5)})
    times = [event["Timestamp"] for event in stacks.events("ticking")]
    assert times == sorted(set(times))


def test_an_update_changes_in_place_only_what_changed(stacks: Stacks) -> None:
    stacks.create("inplace", {"Changing": versioned(), "Staying": bucket()})
    before = stacks.resources("inplace")
    stack = stacks.update("inplace", {"Changing": versioned("Suspended"), "Staying": bucket()})
    after = stacks.resources("inplace")
    assert stack["StackStatus"] == "UPDATE_COMPLETE"
    assert after["Staying"] == before["Staying"]
    assert after["Changing"]["PhysicalResourceId"] == before["Changing"]["PhysicalResourceId"]
    assert (
        after["Changing"]["LastUpdatedTimestamp"]
        >= stack["LastUpdatedTime"]
        > before["Staying"]["LastUpdatedTimestamp"]
    )


def test_an_update_without_a_change_is_refused_in_cloudformations_words(stacks: Stacks) -> None:
    stacks.create("same", {"Data": bucket()})
    with pytest.raises(ClientError, match="No updates are to be performed"):
        stacks.update("same", {"Data": bucket()})


def test_a_new_name_replaces_the_resource_and_deletes_the_old_one_at_the_end(stacks: Stacks) -> None:
    stacks.create("renamed", {"Data": bucket(BucketName="renamed-before")})
    told = len(stacks.events("renamed"))
    stacks.update("renamed", {"Data": bucket(BucketName="renamed-after")})
    assert stacks.physical_id("renamed", "Data") == "renamed-after"
    assert stacks.story("renamed", skip=told) == [
        ("renamed", "UPDATE_IN_PROGRESS"),
        ("Data", "UPDATE_IN_PROGRESS"),
        ("Data", "UPDATE_IN_PROGRESS"),
        ("Data", "UPDATE_COMPLETE"),
        ("renamed", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"),
        ("Data", "DELETE_IN_PROGRESS"),
        ("Data", "DELETE_COMPLETE"),
        ("renamed", "UPDATE_COMPLETE"),
    ]


def test_what_refers_to_a_replaced_resource_is_updated_too(stacks: Stacks) -> None:
    def resources(name: str) -> dict[str, object]:
        return {
            "Logs": bucket(BucketName=name),
            "Data": bucket(LoggingConfiguration={"DestinationBucketName": {"Ref": "Logs"}}),
        }

    stacks.create("referring", resources("referring-logs-one"))
    stacks.update("referring", resources("referring-logs-two"))
    s3 = stacks.aws.client("s3")
    logging = s3.get_bucket_logging(Bucket=stacks.physical_id("referring", "Data"))["LoggingEnabled"]
    assert logging["TargetBucket"] == "referring-logs-two"


def test_a_removed_resource_is_deleted_unless_it_is_retained(stacks: Stacks) -> None:
    gone, kept = bucket(BucketName="removed-gone"), bucket(BucketName="removed-kept")
    stacks.create("removing", {"Gone": gone, "Kept": {**kept, "DeletionPolicy": "Retain"}, "Other": bucket()})
    stacks.update("removing", {"Other": bucket()})
    names = [item["Name"] for item in stacks.aws.client("s3").list_buckets()["Buckets"]]
    assert "removed-gone" not in names
    assert "removed-kept" in names
    assert set(stacks.resources("removing")) == {"Other"}


def test_a_false_condition_leaves_a_resource_out(stacks: Stacks) -> None:
    stacks.create(
        "conditional",
        {"Always": bucket(), "Sometimes": {**bucket(), "Condition": "Wanted"}},
        Parameters={"Want": {"Type": "String", "Default": "no"}},
        Conditions={"Wanted": {"Fn::Equals": [{"Ref": "Want"}, "yes"]}},
    )
    assert set(stacks.resources("conditional")) == {"Always"}


def test_use_previous_template_and_values(stacks: Stacks) -> None:
    data = {
        "Data": {
            "Type": "AWS::S3::Bucket",
            "Properties": {"BucketName": {"Ref": "Name"}, "Tags": [{"Key": "a", "Value": {"Ref": "Tag"}}]},
        }
    }
    parameters = {"Name": {"Type": "String"}, "Tag": {"Type": "String", "Default": "old"}}
    stacks.create("previous", data, Parameters=parameters, Given={"Name": "previous-bucket"})
    stacks.client.update_stack(
        StackName="previous",
        UsePreviousTemplate=True,
        Parameters=[
            {"ParameterKey": "Name", "UsePreviousValue": True},
            {"ParameterKey": "Tag", "ParameterValue": "new"},
        ],
    )
    stacks.settled("previous")
    assert stacks.aws.client("s3").get_bucket_tagging(Bucket="previous-bucket")["TagSet"] == [
        {"Key": "a", "Value": "new"}
    ]


def test_stack_tags_reach_the_resources(stacks: Stacks) -> None:
    stacks.create("tagged", {"Data": bucket()}, Tags=[{"Key": "team", "Value": "orders"}])
    tags = stacks.aws.client("s3").get_bucket_tagging(Bucket=stacks.physical_id("tagged", "Data"))["TagSet"]
    assert tags == [{"Key": "team", "Value": "orders"}]


def test_an_unknown_type_is_recorded_and_can_be_referred_to(stacks: Stacks) -> None:
    stack = stacks.create(
        "unknown",
        {"Map": {"Type": "AWS::Location::Map", "Properties": {"MapName": "atlas", "Configuration": {"Style": "Esri"}}}},
        Outputs={"Map": {"Value": {"Ref": "Map"}}, "Arn": {"Value": {"Fn::GetAtt": ["Map", "Arn"]}}},
    )
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    assert stack["Outputs"][0]["OutputValue"] == "atlas"
    assert stack["Outputs"][1]["OutputValue"].startswith("arn:aws:location:eu-west-1:123456789012:")


def test_an_export_is_imported_and_cannot_be_deleted_while_it_is(stacks: Stacks) -> None:
    stacks.create(
        "exporting", {"Data": bucket()}, Outputs={"Name": {"Value": {"Ref": "Data"}, "Export": {"Name": "data"}}}
    )
    stacks.create("importing", {"Data": bucket(Tags=[{"Key": "of", "Value": {"Fn::ImportValue": "data"}}])})
    assert stacks.client.list_imports(ExportName="data")["Imports"] == ["importing"]
    assert stacks.delete("exporting")["StackStatus"] == "DELETE_FAILED"
    stacks.delete("importing")
    assert stacks.delete("exporting")["StackStatus"] == "DELETE_COMPLETE"


def test_values_from_systems_manager_and_secrets_manager_are_resolved(stacks: Stacks, aws: LocalAws) -> None:
    aws.client("ssm").put_parameter(Name="/tag", Value="from-ssm", Type="String")
    aws.client("secretsmanager").create_secret(Name="login", SecretString='{"user": "from-secret"}')
    tags = [
        {"Key": "parameter", "Value": {"Ref": "Tag"}},
        {"Key": "dynamic", "Value": "{{resolve:ssm:/tag}}"},
        {"Key": "secret", "Value": "{{resolve:secretsmanager:login:SecretString:user}}"},
    ]
    parameters = {"Tag": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/tag"}}
    stacks.create("resolved", {"Data": bucket(Tags=tags)}, Parameters=parameters)
    found = aws.client("s3").get_bucket_tagging(Bucket=stacks.physical_id("resolved", "Data"))["TagSet"]
    assert [tag["Value"] for tag in found] == ["from-ssm", "from-ssm", "from-secret"]


def test_the_template_is_given_back_as_submitted_and_as_processed(stacks: Stacks) -> None:
    simple = {"Table": {"Type": "AWS::Serverless::SimpleTable"}}
    stacks.create("transformed", simple, Transform="AWS::Serverless-2016-10-31")
    original = stacks.client.get_template(StackName="transformed")
    processed = stacks.client.get_template(StackName="transformed", TemplateStage="Processed")
    assert original["TemplateBody"]["Resources"] == simple
    assert processed["TemplateBody"]["Resources"]["Table"]["Type"] == "AWS::DynamoDB::Table"


def test_a_summary_tells_parameters_types_and_capabilities(stacks: Stacks) -> None:
    role = {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "named", "AssumeRolePolicyDocument": {}}}
    body = template({"Role": role}, Parameters={"Size": {"Type": "Number", "Default": 3}})
    summary = stacks.client.get_template_summary(TemplateBody=body)
    assert summary["Parameters"][0] | {"ParameterConstraints": {}} == {
        "ParameterKey": "Size",
        "DefaultValue": "3",
        "ParameterType": "Number",
        "NoEcho": False,
        "ParameterConstraints": {},
    }
    assert summary["ResourceTypes"] == ["AWS::IAM::Role"]
    assert summary["Capabilities"] == ["CAPABILITY_NAMED_IAM"]


def test_cloud_control_reads_a_resource_of_a_stack(stacks: Stacks) -> None:
    stacks.create("controlled", {"Data": versioned()})
    control, name = stacks.aws.client("cloudcontrol"), stacks.physical_id("controlled", "Data")
    found = control.get_resource(TypeName="AWS::S3::Bucket", Identifier=name)["ResourceDescription"]
    assert '"VersioningConfiguration": {"Status": "Enabled"}' in found["Properties"]
    with pytest.raises(ClientError, match="was not found"):
        control.get_resource(TypeName="AWS::S3::Bucket", Identifier="nobody")
