"""What API Gateway makes of a function's answer."""

import base64
import json
from typing import Any

import pytest

from workbench.local_aws.gateway.answers import HTTP_FAILED, MALFORMED, of_http, of_rest
from workbench.local_aws.gateway.integration import function_of

ARN = "arn:aws:lambda:eu-west-1:123456789012:function:shop:live"
URI = f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{ARN}/invocations"


def payload(value: Any) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    "answer",
    [None, "text", [], {}, {"body": "x"}, {"statusCode": "ok"}, {"statusCode": 200, "body": {"a": 1}}],
    ids=repr,
)
def test_anything_but_a_response_object_is_malformed_to_a_rest_api(answer: Any) -> None:
    assert of_rest(payload(answer)) is MALFORMED


def test_a_rest_response_is_json_unless_it_says_otherwise() -> None:
    assert of_rest(payload({"statusCode": 200})).headers == (("Content-Type", "application/json"),)
    plain = of_rest(payload({"statusCode": "404", "headers": {"content-type": "text/plain"}, "body": "none"}))
    assert (plain.status, plain.headers, plain.body) == (404, (("content-type", "text/plain"),), b"none")


def test_multiple_values_of_a_header_replace_its_single_one() -> None:
    response = {"statusCode": 200, "headers": {"x-a": "0"}, "multiValueHeaders": {"X-A": ["1", "2"]}}
    assert of_rest(payload(response)).headers[:2] == (("X-A", "1"), ("X-A", "2"))


def test_a_binary_body_is_decoded() -> None:
    body = base64.b64encode(b"\xff\x00").decode()
    assert of_rest(payload({"statusCode": 200, "body": body, "isBase64Encoded": True})).body == b"\xff\x00"


def test_a_line_break_cannot_add_a_header() -> None:
    response = of_rest(payload({"statusCode": 200, "headers": {"x-a": "1\r\nset-cookie: evil"}}))
    assert response.headers[0] == ("x-a", "1 set-cookie: evil")


@pytest.mark.parametrize(("answer", "body"), [({"a": 1}, b'{"a": 1}'), ("text", b"text"), ([1], b"[1]")])
def test_an_answer_without_a_status_is_the_body_of_a_success_to_an_http_api(answer: Any, body: bytes) -> None:
    assert (of_http(payload(answer)).status, of_http(payload(answer)).body) == (200, body)


def test_cookies_of_an_http_api_are_set() -> None:
    response = of_http(payload({"statusCode": 204, "cookies": ["a=1", "b=2"]}))
    assert response.headers[:2] == (("set-cookie", "a=1"), ("set-cookie", "b=2"))


def test_a_wrong_status_fails_an_http_api() -> None:
    assert of_http(payload({"statusCode": "ok"})) is HTTP_FAILED


@pytest.mark.parametrize(
    ("uri", "function"),
    [
        (URI, ARN),
        (URI.replace("live", "${stageVariables.alias}"), ARN),
        (ARN, ARN),
        ("https://example.com", None),
    ],
)
def test_the_function_is_read_from_the_integration(uri: str, function: str | None) -> None:
    assert function_of(uri, {"alias": "live"}) == function
