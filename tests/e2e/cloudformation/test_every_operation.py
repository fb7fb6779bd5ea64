"""Whatever is asked of the most used services: an answer, or AWS's own kind of error that names what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.smallest import smallest
from workbench.local_aws.server import LocalAws, Options

pytestmark = pytest.mark.slow

SERVICES = (
    "apigateway",
    "apigatewayv2",
    "cloudformation",
    "cloudwatch",
    "codedeploy",
    "config",
    "dynamodb",
    "events",
    "kinesis",
    "lambda",
    "logs",
    "route53",
    "s3",
    "sns",
    "sqs",
    "stepfunctions",
)
NO_BODY = {"HeadBucket", "HeadObject"}


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws(Options(recorder=False)) as running:
        yield running


def fault(client: Any, operation: Any) -> str:
    """What is wrong with the answer to the smallest request, if anything is."""
    try:
        getattr(client, xform_name(operation.name))(**smallest(operation.input_shape))
    except ClientError as error:
        told, status = error.response["Error"], error.response["ResponseMetadata"]["HTTPStatusCode"]
        is_named = re.search(rf":{operation.name}\b", told["Message"])
        if not re.fullmatch(r"[A-Z][\w.]+", told["Code"]) or (status >= 500 and not is_named):
            return f"{operation.name}: {status} {told}"
    return ""


def has_plain_address(operation: Any) -> bool:
    """Without an event stream, and without a prefix of the host, which no address of this machine has."""
    return not (operation.has_event_stream_input or operation.endpoint)


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_answers_in_the_protocol_of_its_service(aws: LocalAws, service: str) -> None:
    client = aws.client(service)
    model = client.meta.service_model
    operations = (model.operation_model(name) for name in model.operation_names if name not in NO_BODY)
    faults = (fault(client, operation) for operation in operations if has_plain_address(operation))
    assert [found for found in faults if found] == []
