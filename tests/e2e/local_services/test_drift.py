"""A change by hand is noticed, whichever way a client says it."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from http.client import HTTPConnection
from typing import Any

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.e2e.local_services.configuration import becomes, bucket, put_rule
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

VERSIONING = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
QUEUE = "AWS::SQS::Queue"


@pytest.fixture
def versioned(aws: LocalAws) -> str:
    return put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED")


def put_to_host(aws: LocalAws, host: str, path: str, body: bytes) -> int:
    """A request of a client that finds the server under this name."""
    port = int(aws.url.rpartition(":")[2])
    request = AWSRequest("PUT", f"http://{host}:{port}{path}", data=body, headers={"Host": f"{host}:{port}"})
    S3SigV4Auth(Credentials("test", "test"), "s3", "eu-west-1").add_auth(request)
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("PUT", path, body, dict(request.headers))
    return connection.getresponse().status


@pytest.mark.parametrize("suffix", ["s3.localhost", "localhost", "s3.amazonaws.com", "s3.eu-west-1.amazonaws.com"])
def test_a_bucket_addressed_by_its_host(aws: LocalAws, versioned: str, suffix: str) -> None:
    name = bucket(aws, f"by-host-{suffix.replace('.', '-')}")
    assert becomes(aws, versioned, name, "NON_COMPLIANT")
    assert put_to_host(aws, f"{name}.{suffix}", "/?versioning", VERSIONING) == 200
    assert becomes(aws, versioned, name, "COMPLIANT")


def test_a_presigned_address(aws: LocalAws, versioned: str) -> None:
    name = bucket(aws, "presigned")
    assert becomes(aws, versioned, name, "NON_COMPLIANT")
    given = {"Bucket": name, "VersioningConfiguration": {"Status": "Enabled"}}
    address = aws.client("s3").generate_presigned_url("put_bucket_versioning", Params=given)
    with urllib.request.urlopen(urllib.request.Request(address, VERSIONING, method="PUT")) as answer:  # noqa: S310
        assert answer.status == 200
    assert becomes(aws, versioned, name, "COMPLIANT")


def test_a_patch_of_cloud_control(aws: LocalAws, versioned: str) -> None:
    name = bucket(aws, "patched")
    assert becomes(aws, versioned, name, "NON_COMPLIANT")
    patch = [{"op": "add", "path": "/VersioningConfiguration", "value": {"Status": "Enabled"}}]
    given = {"Identifier": name, "PatchDocument": json.dumps(patch)}
    aws.client("cloudcontrol").update_resource(TypeName="AWS::S3::Bucket", **given)
    assert becomes(aws, versioned, name, "COMPLIANT")


def ask_sqs(aws: LocalAws, body: bytes, **headers: str) -> Any:
    scope = "AWS4-HMAC-SHA256 Credential=test/20261122/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=0"
    request = urllib.request.Request(aws.url, body, {"Authorization": scope, **headers})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return answer.status


def test_both_protocols_of_queues(aws: LocalAws) -> None:
    rule, sqs = put_rule(aws, "SQS_QUEUE_NO_PUBLIC_ACCESS"), aws.client("sqs")
    url = sqs.create_queue(QueueName="open")["QueueUrl"]
    assert becomes(aws, rule, url, "COMPLIANT", QUEUE)
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*"}]}
    attributes = {"QueueUrl": url, "Attributes": {"Policy": json.dumps(policy)}}
    headers = {"X-Amz-Target": "AmazonSQS.SetQueueAttributes", "Content-Type": "application/x-amz-json-1.0"}
    assert ask_sqs(aws, json.dumps(attributes).encode(), **headers) == 200
    assert becomes(aws, rule, url, "NON_COMPLIANT", QUEUE)
    closed = {"Action": "SetQueueAttributes", "QueueUrl": url, "Attribute.1.Name": "Policy", "Attribute.1.Value": ""}
    assert ask_sqs(aws, urllib.parse.urlencode(closed).encode()) == 200
    assert becomes(aws, rule, url, "COMPLIANT", QUEUE)
