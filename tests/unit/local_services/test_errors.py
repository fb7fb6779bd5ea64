"""Which error a request gets when an operation stumbles over it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moto.core.exceptions import JsonRESTError, ServiceException
from moto.core.request import Request

from workbench.local_aws.front import addressing, errors
from workbench.local_aws.front.request import wanted
from workbench.local_aws.service import AwsError


def asked(target: str, body: dict[str, Any]) -> Any:
    """A request to AWS Key Management Service."""
    headers = {
        "Authorization": "AWS4-HMAC-SHA256 Credential=test/20261123/eu-west-1/kms/aws4_request, SignedHeaders=host",
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": f"TrentService.{target}",
    }
    return Request.from_primitives("POST", "http://127.0.0.1/", headers, json.dumps(body).encode())


def told(request: Any, error: Exception) -> tuple[int, str, str]:
    addressed = addressing.addressed("kms", request)
    response = errors.stumbled(wanted(request.environ), addressed, request, error)
    answer = json.loads(response.get_data())
    return response.status_code, answer["__type"], answer.get("message") or answer["Message"]


@pytest.mark.parametrize(
    ("body", "error", "status", "code", "message"),
    [
        ({}, KeyError("KeyId"), 400, "ValidationException", 'Missing required parameter in input: "KeyId"'),
        ({"KeyId": "key"}, KeyError("key"), 400, "NotFoundException", "kms:ListGrants found no key."),
        ({"KeyId": "key"}, KeyError("Marker"), 400, "ValidationException", "kms:ListGrants needs Marker"),
        ({"KeyId": "key"}, ValueError("not odd"), 400, "ValidationException", "does not take this request: not odd"),
        (
            {"KeyId": "key"},
            TypeError("odd"),
            500,
            "InternalFailure",
            "kms:ListGrants failed in the local AWS: TypeError",
        ),
        ({"KeyId": "key"}, NotImplementedError(), 501, "NotImplemented", "does not implement kms:ListGrants."),
        ({"KeyId": "key"}, JsonRESTError("NotFoundException", "No key."), 400, "NotFoundException", "No key."),
        ({"KeyId": "key"}, ServiceException("NotFoundException", "No key."), 400, "NotFoundException", "No key."),
        ({"KeyId": "key"}, AwsError("DisabledException", "It is off."), 400, "DisabledException", "It is off."),
    ],
)
def test_the_request_is_looked_at_before_the_local_aws_is_blamed(
    body: dict[str, Any], error: Exception, status: int, code: str, message: str
) -> None:
    found = told(asked("ListGrants", body), error)
    assert found[:2] == (status, code)
    assert message in found[2]


def test_an_operation_that_aws_does_not_have_is_not_implemented() -> None:
    assert told(asked("Fly", {}), KeyError("x"))[1:] == ("NotImplemented", "The local AWS does not implement kms:Fly.")
