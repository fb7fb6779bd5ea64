"""What a template says of buckets, tables, streams and keys is what the services hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks, bucket

pytestmark = pytest.mark.slow


def test_a_bucket_gets_all_its_settings(stacks: Stacks) -> None:
    stacks.create(
        "bucket",
        {
            "Logs": bucket(),
            "Data": bucket(
                AccessControl="Private",
                BucketEncryption={
                    "ServerSideEncryptionConfiguration": [
                        {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": "true"}
                    ]
                },
                LifecycleConfiguration={"Rules": [{"Id": "old", "Status": "Enabled", "ExpirationInDays": "30"}]},
                LoggingConfiguration={"DestinationBucketName": {"Ref": "Logs"}, "LogFilePrefix": "data/"},
                NotificationConfiguration={"EventBridgeConfiguration": {"EventBridgeEnabled": True}},
                OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]},
                PublicAccessBlockConfiguration={"BlockPublicAcls": True},
                VersioningConfiguration={"Status": "Enabled"},
            ),
        },
    )
    s3, where = stacks.aws.client("s3"), {"Bucket": stacks.physical_id("bucket", "Data")}
    rule = s3.get_bucket_encryption(**where)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert rule == {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": True}
    assert s3.get_bucket_lifecycle_configuration(**where)["Rules"][0]["Expiration"] == {"Days": 30}
    assert s3.get_bucket_logging(**where)["LoggingEnabled"]["TargetPrefix"] == "data/"
    assert "EventBridgeConfiguration" in s3.get_bucket_notification_configuration(**where)
    assert s3.get_bucket_ownership_controls(**where)["OwnershipControls"]["Rules"] == [
        {"ObjectOwnership": "BucketOwnerPreferred"}
    ]
    assert s3.get_public_access_block(**where)["PublicAccessBlockConfiguration"]["BlockPublicPolicy"] is False
    assert s3.get_bucket_versioning(**where)["Status"] == "Enabled"


def test_a_bucket_loses_what_the_template_no_longer_says(stacks: Stacks) -> None:
    lifecycle = {"Rules": [{"Id": "old", "Status": "Enabled", "ExpirationInDays": 30}]}
    stacks.create(
        "losing", {"Data": bucket(LifecycleConfiguration=lifecycle, VersioningConfiguration={"Status": "Enabled"})}
    )
    stacks.update("losing", {"Data": bucket()})
    s3, where = stacks.aws.client("s3"), {"Bucket": stacks.physical_id("losing", "Data")}
    assert s3.get_bucket_versioning(**where)["Status"] == "Suspended"
    with pytest.raises(s3.exceptions.ClientError, match="NoSuchLifecycleConfiguration"):
        s3.get_bucket_lifecycle_configuration(**where)


def test_a_bucket_is_replicated(stacks: Stacks) -> None:
    versioning = {"Status": "Enabled"}
    rule = {"Id": "all", "Status": "Enabled", "Prefix": "", "Destination": {"Bucket": {"Fn::GetAtt": ["Copy", "Arn"]}}}
    source = bucket(
        VersioningConfiguration=versioning,
        ReplicationConfiguration={"Role": "arn:aws:iam::123456789012:role/copy", "Rules": [rule]},
    )
    stacks.create("replicated", {"Copy": bucket(VersioningConfiguration=versioning), "Data": source})
    found = stacks.aws.client("s3").get_bucket_replication(Bucket=stacks.physical_id("replicated", "Data"))
    assert found["ReplicationConfiguration"]["Rules"][0]["Status"] == "Enabled"


def test_a_bucket_that_admits_https_only_is_not_locked(stacks: Stacks) -> None:
    policy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": {"Fn::Sub": "${Data.Arn}/*"},
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
    }
    bucket_policy = {"Bucket": {"Ref": "Data"}, "PolicyDocument": policy}
    stacks.create(
        "secure", {"Data": bucket(), "Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": bucket_policy}}
    )
    where = {"Bucket": stacks.physical_id("secure", "Data"), "Key": "object"}
    stacks.aws.client("s3").put_object(**where, Body=b"kept")
    assert stacks.aws.client("s3").get_object(**where)["Body"].read() == b"kept"


def table(**properties: Any) -> dict[str, Any]:
    key = [{"AttributeName": "id", "KeyType": "HASH"}]
    attributes = [{"AttributeName": "id", "AttributeType": "S"}]
    return {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {"AttributeDefinitions": attributes, "KeySchema": key, **properties},
    }


PROTECTED = {
    "BillingMode": "PAY_PER_REQUEST",
    "SSESpecification": {"SSEEnabled": True},
    "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    "DeletionProtectionEnabled": True,
    "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": True},
    "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
}
CAPACITY = {"ProvisionedThroughput": {"ReadCapacityUnits": "1", "WriteCapacityUnits": "1"}}


def described(stacks: Stacks, name: str) -> dict[str, Any]:
    dynamodb, table_name = stacks.aws.client("dynamodb"), stacks.physical_id(name, "Table")
    found = dynamodb.describe_table(TableName=table_name)["Table"]
    backups = dynamodb.describe_continuous_backups(TableName=table_name)["ContinuousBackupsDescription"]
    return {
        "billing": found.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED"),
        "encrypted": found.get("SSEDescription", {}).get("Status") == "ENABLED",
        "recoverable": backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED",
        "protected": found["DeletionProtectionEnabled"],
        "expires": dynamodb.describe_time_to_live(TableName=table_name)["TimeToLiveDescription"]["TimeToLiveStatus"],
        "streams": "LatestStreamArn" in found and found.get("StreamSpecification", {}).get("StreamEnabled", False),
    }


ALL_ON = {
    "billing": "PAY_PER_REQUEST",
    "encrypted": True,
    "recoverable": True,
    "protected": True,
    "expires": "ENABLED",
    "streams": True,
}


def test_a_table_is_created_with_its_protection(stacks: Stacks) -> None:
    outputs = {"Stream": {"Value": {"Fn::GetAtt": ["Table", "StreamArn"]}}}
    stack = stacks.create("table", {"Table": table(**PROTECTED)}, Outputs=outputs)
    assert described(stacks, "table") == ALL_ON
    assert "/stream/" in stack["Outputs"][0]["OutputValue"]


def test_a_table_gains_and_loses_its_protection_in_place(stacks: Stacks) -> None:
    stacks.create("gaining", {"Table": table(**CAPACITY)})
    before = stacks.physical_id("gaining", "Table")
    stacks.update("gaining", {"Table": table(**PROTECTED)})
    assert described(stacks, "gaining") == ALL_ON
    stacks.update("gaining", {"Table": table(**CAPACITY)})
    off = {"billing": "PROVISIONED", "encrypted": False, "recoverable": False, "protected": False, "streams": False}
    assert described(stacks, "gaining") | off == described(stacks, "gaining")
    assert stacks.physical_id("gaining", "Table") == before


def test_a_tables_indexes_follow_the_template(stacks: Stacks) -> None:
    def indexed(*names: str) -> dict[str, Any]:
        attributes = [{"AttributeName": name, "AttributeType": "S"} for name in ("id", *names)]
        indexes = [
            {
                "IndexName": name,
                "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
            for name in names
        ]
        more = {"GlobalSecondaryIndexes": indexes} if indexes else {}
        return (
            table(BillingMode="PAY_PER_REQUEST", **more) | {}
            if not names
            else {
                "Type": "AWS::DynamoDB::Table",
                "Properties": {
                    **table(BillingMode="PAY_PER_REQUEST", **more)["Properties"],
                    "AttributeDefinitions": attributes,
                },
            }
        )

    stacks.create("indexed", {"Table": indexed("one", "two")})
    stacks.update("indexed", {"Table": indexed("two", "three")})
    found = stacks.aws.client("dynamodb").describe_table(TableName=stacks.physical_id("indexed", "Table"))["Table"]
    assert {index["IndexName"] for index in found["GlobalSecondaryIndexes"]} == {"two", "three"}


def test_a_table_scales(stacks: Stacks) -> None:
    target = {
        "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
        "Properties": {
            "MinCapacity": "1",
            "MaxCapacity": 10,
            "ResourceId": {"Fn::Sub": "table/${Table}"},
            "RoleARN": "arn:aws:iam::123456789012:role/scale",
            "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
            "ServiceNamespace": "dynamodb",
        },
    }
    tracking = {
        "TargetValue": 70,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "DynamoDBReadCapacityUtilization"},
    }
    policy = {
        "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
        "Properties": {
            "PolicyName": "reads",
            "PolicyType": "TargetTrackingScaling",
            "ScalingTargetId": {"Ref": "Target"},
            "TargetTrackingScalingPolicyConfiguration": tracking,
        },
    }
    stacks.create("scaling", {"Table": table(**CAPACITY), "Target": target, "Policy": policy})
    scaling = stacks.aws.client("application-autoscaling")
    assert scaling.describe_scalable_targets(ServiceNamespace="dynamodb")["ScalableTargets"][0]["MaxCapacity"] == 10
    found = scaling.describe_scaling_policies(ServiceNamespace="dynamodb")["ScalingPolicies"][0]
    assert found["TargetTrackingScalingPolicyConfiguration"]["TargetValue"] == 70


def test_a_stream_is_encrypted_and_kept(stacks: Stacks) -> None:
    def stream(**properties: Any) -> dict[str, Any]:
        return {"Stream": {"Type": "AWS::Kinesis::Stream", "Properties": {"ShardCount": 1, **properties}}}

    encryption = {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"}
    stacks.create("stream", stream(RetentionPeriodHours=48, StreamEncryption=encryption))
    kinesis, name = stacks.aws.client("kinesis"), stacks.physical_id("stream", "Stream")
    summary = kinesis.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]
    assert (summary["RetentionPeriodHours"], summary["EncryptionType"]) == (48, "KMS")
    stacks.update("stream", stream())
    summary = kinesis.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]
    assert (summary["RetentionPeriodHours"], summary["EncryptionType"]) == (24, "NONE")


def test_a_key_rotates_and_has_an_alias(stacks: Stacks) -> None:
    alias = {"AliasName": "alias/orders", "TargetKeyId": {"Ref": "Key"}}
    resources = {
        "Key": {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": "true", "Description": "Orders"}},
        "Alias": {"Type": "AWS::KMS::Alias", "Properties": alias},
    }
    stacks.create("key", resources)
    kms, key = stacks.aws.client("kms"), stacks.physical_id("key", "Key")
    assert kms.describe_key(KeyId="alias/orders")["KeyMetadata"]["KeyId"] == key
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"]
    resources["Key"]["Properties"] = {"EnableKeyRotation": False}
    stacks.update("key", resources)
    assert not kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"]


def test_a_secret_is_generated(stacks: Stacks) -> None:
    generate = {"SecretStringTemplate": '{"user": "admin"}', "GenerateStringKey": "password", "PasswordLength": 20}
    stacks.create(
        "secret", {"Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"GenerateSecretString": generate}}}
    )
    text = stacks.aws.client("secretsmanager").get_secret_value(SecretId=stacks.physical_id("secret", "Secret"))
    assert '"user": "admin"' in text["SecretString"]
