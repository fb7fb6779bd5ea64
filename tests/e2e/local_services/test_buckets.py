"""Buckets refuse what AWS refuses, and are encrypted whatever nobody said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow
EVERYONE = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::*/*"}
HOME = {"Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}


@pytest.fixture
def s3(aws: LocalAws) -> Any:
    return aws.client("s3")


@pytest.fixture
def bucket(s3: Any, request: pytest.FixtureRequest) -> str:
    name = request.node.name.replace("_", "-")[:60].strip("-")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return str(name)


def policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_it_is_encrypted_until_told_how(s3: Any, bucket: str) -> None:
    (rule,) = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule == {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
    assert s3.put_object(Bucket=bucket, Key="a", Body=b"a")["ServerSideEncryption"] == "AES256"


def test_a_public_policy_is_refused_until_it_is_let_in(s3: Any, bucket: str) -> None:
    with pytest.raises(ClientError, match="public policies are blocked by the BlockPublicPolicy") as caught:
        s3.put_bucket_policy(Bucket=bucket, Policy=policy(EVERYONE))
    assert caught.value.response["Error"]["Code"] == "AccessDenied"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=policy(EVERYONE))


def test_a_policy_for_one_account_is_let_in(s3: Any, bucket: str) -> None:
    s3.put_bucket_policy(Bucket=bucket, Policy=policy({**EVERYONE, **HOME}))
    assert json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])["Statement"] == [{**EVERYONE, **HOME}]


def test_an_acl_is_refused_where_the_owner_owns_all(s3: Any, bucket: str) -> None:
    with pytest.raises(ClientError, match="AccessControlListNotSupported"):
        s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    s3.put_bucket_acl(Bucket=bucket, ACL="private")


def test_a_public_acl_is_refused_until_it_is_let_in(s3: Any, bucket: str) -> None:
    s3.delete_bucket_ownership_controls(Bucket=bucket)
    with pytest.raises(ClientError, match="BlockPublicAcls block public access setting"):
        s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    s3.put_bucket_acl(Bucket=bucket, ACL="log-delivery-write")
