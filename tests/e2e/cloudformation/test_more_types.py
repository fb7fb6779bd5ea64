"""Types beside those of every serverless application: created for real, and gone with their stack."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.serverless import ALLOW, ROLE, of
from tests.e2e.cloudformation.stacks import Stacks

pytestmark = pytest.mark.slow


def arn(logical_id: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [logical_id, "Arn"]}


def created(stacks: Stacks, name: str, resources: dict[str, Any]) -> None:
    outputs = {"Any": {"Value": {"Ref": next(iter(resources))}}}
    stack = stacks.create(name, resources, Outputs=outputs)
    told = [event["ResourceStatusReason"] for event in stacks.events(name) if "FAILED" in event["ResourceStatus"]]
    assert (stack["StackStatus"], told) == ("CREATE_COMPLETE", [])


def gone(stacks: Stacks, name: str) -> None:
    assert stacks.delete(name)["StackStatus"] == "DELETE_COMPLETE"


def test_a_schedule_follows_its_template(stacks: Stacks) -> None:
    def schedule(expression: str) -> dict[str, Any]:
        target = {"Arn": arn("Queue"), "RoleArn": arn("Role")}
        timed = {"ScheduleExpression": expression, "FlexibleTimeWindow": {"Mode": "OFF"}}
        group = of("Scheduler::ScheduleGroup", Name="nightly")
        named = {"GroupName": {"Ref": "Group"}, "Target": target, **timed}
        return {"Schedule": of("Scheduler::Schedule", **named), "Group": group, "Role": ROLE, "Queue": of("SQS::Queue")}

    created(stacks, "scheduled", schedule("rate(1 hour)"))
    stacks.update("scheduled", schedule("rate(2 hours)"))
    name = stacks.physical_id("scheduled", "Schedule")
    found = stacks.aws.client("scheduler").get_schedule(Name=name, GroupName="nightly")
    assert found["ScheduleExpression"] == "rate(2 hours)"
    gone(stacks, "scheduled")
    assert stacks.aws.client("scheduler").list_schedules()["Schedules"] == []


def test_events_are_archived_piped_and_sent_out(stacks: Stacks) -> None:
    key = {"ApiKeyAuthParameters": {"ApiKeyName": "k", "ApiKeyValue": "v"}}
    address = {"InvocationEndpoint": "https://example.com", "HttpMethod": "POST", "ConnectionArn": arn("Connection")}
    resources = {
        "Bus": of("Events::EventBus", Name="archived"),
        "Archive": of("Events::Archive", SourceArn=arn("Bus"), RetentionDays=3),
        "Connection": of("Events::Connection", AuthorizationType="API_KEY", AuthParameters=key),
        "Destination": of("Events::ApiDestination", **address),
        "From": of("SQS::Queue"),
        "To": of("SQS::Queue"),
        "Role": ROLE,
        "Pipe": of("Pipes::Pipe", RoleArn=arn("Role"), Source=arn("From"), Target=arn("To")),
        "Activity": of("StepFunctions::Activity", Name="wait"),
    }
    created(stacks, "moving", resources)
    archive = stacks.aws.client("events").describe_archive(ArchiveName=stacks.physical_id("moving", "Archive"))
    assert archive["RetentionDays"] == 3
    pipe = stacks.aws.client("pipes").describe_pipe(Name=stacks.physical_id("moving", "Pipe"))
    assert pipe["Source"].endswith(stacks.physical_id("moving", "From").rsplit("/", 1)[-1])
    gone(stacks, "moving")


def test_a_stream_is_delivered_to_a_bucket(stacks: Stacks) -> None:
    destination = {"BucketARN": arn("Bucket"), "RoleARN": arn("Role")}
    stream = of("KinesisFirehose::DeliveryStream", ExtendedS3DestinationConfiguration=destination)
    created(stacks, "delivering", {"Stream": stream, "Bucket": of("S3::Bucket"), "Role": ROLE})
    name = stacks.physical_id("delivering", "Stream")
    described = stacks.aws.client("firehose").describe_delivery_stream(DeliveryStreamName=name)
    assert described["DeliveryStreamDescription"]["DeliveryStreamStatus"] == "ACTIVE"
    gone(stacks, "delivering")


def test_a_network_has_subnets_routes_and_groups(stacks: Stacks) -> None:
    vpc = {"VpcId": {"Ref": "Vpc"}}
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/16"}
    route = {"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": {"Ref": "Gateway"}}
    resources = {
        "Vpc": of("EC2::VPC", CidrBlock="10.0.0.0/16", EnableDnsHostnames=True),
        "Subnet": of("EC2::Subnet", CidrBlock="10.0.1.0/24", **vpc),
        "Gateway": of("EC2::InternetGateway"),
        "Attachment": of("EC2::VPCGatewayAttachment", InternetGatewayId={"Ref": "Gateway"}, **vpc),
        "Table": of("EC2::RouteTable", **vpc),
        "Route": {**of("EC2::Route", **route), "DependsOn": "Attachment"},
        "Association": of(
            "EC2::SubnetRouteTableAssociation", SubnetId={"Ref": "Subnet"}, RouteTableId={"Ref": "Table"}
        ),
        "Group": of("EC2::SecurityGroup", GroupDescription="web", SecurityGroupIngress=[rule], **vpc),
    }
    created(stacks, "network", resources)
    ec2 = stacks.aws.client("ec2")
    group = ec2.describe_security_groups(GroupIds=[stacks.physical_id("network", "Group")])["SecurityGroups"][0]
    assert group["IpPermissions"][0]["IpRanges"][0]["CidrIp"] == "10.0.0.0/16"
    vpc_id = stacks.physical_id("network", "Vpc")
    attribute = ec2.describe_vpc_attribute(VpcId=vpc_id, Attribute="enableDnsHostnames")
    assert attribute["EnableDnsHostnames"]["Value"] is True
    gone(stacks, "network")


def test_a_name_of_the_web_has_a_zone_and_a_certificate(stacks: Stacks) -> None:
    zone = of("Route53::HostedZone", Name="example.com.")
    certificate = of("CertificateManager::Certificate", DomainName="www.example.com", ValidationMethod="DNS")
    created(stacks, "web", {"Zone": zone, "Certificate": certificate})
    found = stacks.aws.client("route53").get_hosted_zone(Id=stacks.physical_id("web", "Zone"))
    assert found["HostedZone"]["Name"] == "example.com."
    gone(stacks, "web")


def test_identities_and_policies_hang_on_what_they_belong_to(stacks: Stacks) -> None:
    resources = {
        "Person": of("IAM::User"),
        "Key": of("IAM::AccessKey", UserName={"Ref": "Person"}),
        "Role": ROLE,
        "Inline": of("IAM::RolePolicy", RoleName={"Ref": "Role"}, PolicyName="inline", PolicyDocument=ALLOW),
        "Pool": of("Cognito::UserPool"),
        "Group": of("Cognito::UserPoolGroup", UserPoolId={"Ref": "Pool"}),
        "Domain": of("Cognito::UserPoolDomain", UserPoolId={"Ref": "Pool"}, Domain="people"),
        "Identities": of("Cognito::IdentityPool", AllowUnauthenticatedIdentities=False),
        "Secret": of("SecretsManager::Secret", SecretString="s"),
        "Policy": of("SecretsManager::ResourcePolicy", SecretId={"Ref": "Secret"}, ResourcePolicy=ALLOW),
        "Vault": of("Backup::BackupVault", BackupVaultName="vault"),
        "Images": of("ECR::Repository"),
    }
    created(stacks, "people-and-things", resources)
    role = stacks.physical_id("people-and-things", "Role")
    assert stacks.aws.client("iam").list_role_policies(RoleName=role)["PolicyNames"] == ["inline"]
    gone(stacks, "people-and-things")
