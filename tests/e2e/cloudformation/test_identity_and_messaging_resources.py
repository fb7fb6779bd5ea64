"""What a template says of roles, logs, queues and topics is what the services hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.serverless import ALLOW, BASIC, ROLE, TRUST, of
from tests.e2e.cloudformation.stacks import Stacks

pytestmark = pytest.mark.slow


def test_a_role_keeps_and_loses_policies(stacks: Stacks) -> None:
    inline = {"PolicyName": "read", "PolicyDocument": ALLOW}
    rich = of("IAM::Role", AssumeRolePolicyDocument=TRUST, ManagedPolicyArns=[BASIC], Policies=[inline])
    iam = stacks.aws.client("iam")
    stacks.create("role", {"Role": rich})
    where = {"RoleName": stacks.physical_id("role", "Role")}
    assert iam.list_attached_role_policies(**where)["AttachedPolicies"][0]["PolicyArn"] == BASIC
    assert iam.list_role_policies(**where)["PolicyNames"] == ["read"]
    stacks.update("role", {"Role": ROLE})
    assert iam.list_attached_role_policies(**where)["AttachedPolicies"] == []
    assert iam.list_role_policies(**where)["PolicyNames"] == []


def test_inline_and_managed_policies_are_attached(stacks: Stacks) -> None:
    owner = {"Roles": [{"Ref": "Role"}], "PolicyDocument": ALLOW}
    resources = {
        "Role": ROLE,
        "Inline": of("IAM::Policy", PolicyName="inline", **owner),
        "Managed": of("IAM::ManagedPolicy", **owner),
    }
    stacks.create("policies", resources)
    iam, where = stacks.aws.client("iam"), {"RoleName": stacks.physical_id("policies", "Role")}
    assert iam.list_role_policies(**where)["PolicyNames"] == ["inline"]
    assert len(iam.list_attached_role_policies(**where)["AttachedPolicies"]) == 1
    assert stacks.delete("policies")["StackStatus"] == "DELETE_COMPLETE"


def test_a_user_is_in_a_group_with_its_policies(stacks: Stacks) -> None:
    resources = {
        "Team": of("IAM::Group", Policies=[{"PolicyName": "read", "PolicyDocument": ALLOW}]),
        "Person": of("IAM::User", Groups=[{"Ref": "Team"}]),
    }
    stacks.create("people-of", resources)
    iam, group = stacks.aws.client("iam"), stacks.physical_id("people-of", "Team")
    assert [user["UserName"] for user in iam.get_group(GroupName=group)["Users"]] == [
        stacks.physical_id("people-of", "Person")
    ]
    assert iam.list_group_policies(GroupName=group)["PolicyNames"] == ["read"]
    assert stacks.delete("people-of")["StackStatus"] == "DELETE_COMPLETE"


def test_a_log_group_is_kept_and_encrypted_as_the_template_says(stacks: Stacks) -> None:
    def group(**properties: Any) -> dict[str, Any]:
        return {"Key": of("KMS::Key"), "Group": of("Logs::LogGroup", LogGroupName="/group", **properties)}

    def found() -> dict[str, Any]:
        groups: list[dict[str, Any]] = stacks.aws.client("logs").describe_log_groups(logGroupNamePrefix="/group")[
            "logGroups"
        ]
        return groups[0]

    stacks.create("group", group())
    stacks.update("group", group(RetentionInDays="30", KmsKeyId={"Fn::GetAtt": ["Key", "Arn"]}))
    assert found()["retentionInDays"] == 30
    assert found()["kmsKeyId"].startswith("arn:aws:kms:")
    stacks.update("group", group())
    assert not {"retentionInDays", "kmsKeyId"} & found().keys()


def test_a_queue_is_encrypted_has_a_dead_letter_queue_and_a_policy(stacks: Stacks) -> None:
    dead = {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 3}
    resources = {
        "Dead": of("SQS::Queue"),
        "Queue": of("SQS::Queue", KmsMasterKeyId="alias/aws/sqs", RedrivePolicy=dead, VisibilityTimeout=60),
        "Policy": of("SQS::QueuePolicy", Queues=[{"Ref": "Queue"}], PolicyDocument={**ALLOW, "Id": "only"}),
    }
    stacks.create("queue", resources)
    sqs, url = stacks.aws.client("sqs"), stacks.physical_id("queue", "Queue")
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert (found["KmsMasterKeyId"], found["VisibilityTimeout"]) == ("alias/aws/sqs", "60")
    assert '"maxReceiveCount": 3' in found["RedrivePolicy"]
    assert '"only"' in found["Policy"]
    resources["Queue"] = of("SQS::Queue")
    stacks.update("queue", resources)
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert "RedrivePolicy" not in found
    assert found["VisibilityTimeout"] == "30"


def test_a_topic_is_encrypted_and_subscribed_to(stacks: Stacks) -> None:
    subscription = of(
        "SNS::Subscription", TopicArn={"Ref": "Topic"}, Protocol="sqs", Endpoint={"Fn::GetAtt": ["Queue", "Arn"]}
    )
    policy = {"Version": "2012-10-17", "Id": "own", "Statement": []}
    resources = {
        "Queue": of("SQS::Queue"),
        "Topic": of("SNS::Topic", KmsMasterKeyId="alias/aws/sns"),
        "Subscription": subscription,
        "Policy": of("SNS::TopicPolicy", Topics=[{"Ref": "Topic"}], PolicyDocument=policy),
    }
    stacks.create("topic", resources)
    sns, arn = stacks.aws.client("sns"), stacks.physical_id("topic", "Topic")
    found = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    assert found["KmsMasterKeyId"] == "alias/aws/sns"
    assert '"own"' in found["Policy"]
    assert sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"][0]["Protocol"] == "sqs"
