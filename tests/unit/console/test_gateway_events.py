"""The events that functions get from API Gateway."""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from workbench.local_aws.gateway.asked import Asked
from workbench.local_aws.gateway.events import Route, payload_1, payload_2

ROUTE = Route("Prod", "/items", "/items", {}, {}, key="GET /items")
ASKED = Asked(
    account="123456789012",
    region="eu-west-1",
    api_id="abc",
    method="GET",
    path="/Prod/items",
    headers=(("Host", "127.0.0.1:4566"), ("X-Own", "1"), ("X-Own", "2"), ("Cookie", "a=1; b=2")),
    query=(),
    query_string="",
    body=b"",
    source_ip="127.0.0.1",
    at=datetime(2026, 11, 22, 10, 5, tzinfo=UTC),
    id="11112222-3333-4444-5555-666677778888",
)


def test_a_function_sees_the_host_of_the_api() -> None:
    assert payload_1(ASKED, ROUTE)["headers"]["Host"] == "abc.execute-api.eu-west-1.amazonaws.com"
    assert payload_2(ASKED, ROUTE)["headers"]["host"] == "abc.execute-api.eu-west-1.amazonaws.com"


def test_format_1_keeps_every_value_of_a_header_and_format_2_joins_them() -> None:
    assert payload_1(ASKED, ROUTE)["multiValueHeaders"]["X-Own"] == ["1", "2"]
    assert payload_2(ASKED, ROUTE)["headers"]["x-own"] == "1,2"


def test_format_1_says_null_where_there_is_nothing() -> None:
    event = payload_1(ASKED, ROUTE)
    empty = ("body", "pathParameters", "queryStringParameters", "multiValueQueryStringParameters", "stageVariables")
    assert [event[name] for name in empty] == [None] * 5


def test_format_2_leaves_out_what_is_not_there() -> None:
    event = payload_2(replace(ASKED, headers=()), ROUTE)
    assert not {"body", "cookies", "pathParameters", "queryStringParameters", "stageVariables"} & set(event)


def test_format_2_takes_the_cookies_out_of_the_headers() -> None:
    event = payload_2(ASKED, ROUTE)
    assert (event["cookies"], "cookie" in event["headers"]) == (["a=1", "b=2"], False)


def test_the_time_is_written_as_in_access_logs() -> None:
    context = payload_1(ASKED, ROUTE)["requestContext"]
    assert (context["requestTime"], context["requestTimeEpoch"]) == ("22/Nov/2026:10:05:00 +0000", 1795341900000)


def test_the_default_stage_is_not_part_of_the_path() -> None:
    assert payload_2(ASKED, replace(ROUTE, stage="$default"))["rawPath"] == "/items"
    assert payload_2(ASKED, ROUTE)["rawPath"] == "/Prod/items"


@pytest.mark.parametrize("types", [["image/png"], ["image~1png"], ["*/*"]])
def test_a_body_of_a_binary_type_is_encoded(types: list[str]) -> None:
    asked = replace(ASKED, body=b"\xff", headers=(("Content-Type", "image/png"),))
    event: dict[str, Any] = payload_1(asked, ROUTE, types)
    assert (event["isBase64Encoded"], base64.b64decode(event["body"])) == (True, b"\xff")


def test_format_2_encodes_what_is_not_text() -> None:
    event = payload_2(replace(ASKED, body=b"\xff"), ROUTE)
    assert (event["isBase64Encoded"], event["body"]) == (True, "/w==")
