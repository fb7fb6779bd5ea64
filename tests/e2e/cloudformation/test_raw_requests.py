"""What no AWS client sends gets an error in words of AWS, too, and never a page of the web server."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from http.client import HTTPResponse

import pytest

from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow


def ask(
    aws: LocalAws, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", int(aws.url.rsplit(":", 1)[1]))
    connection.request(method, path, body, dict(headers or {}))
    return connection.getresponse()


def signed(service: str, **headers: str) -> dict[str, str]:
    scope = (
        f"AWS4-HMAC-SHA256 Credential=test/20261123/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature=x"
    )
    return {"Authorization": scope, **{name.replace("_", "-"): value for name, value in headers.items()}}


JSON = "application/x-amz-json-1.1"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("method", "path", "body", "headers"),
    [
        pytest.param("POST", "/", b"{}", signed("dynamodb"), id="no target"),
        pytest.param("POST", "/", b"{}", signed("dynamodb", X_Amz_Target="Odd"), id="odd target"),
        pytest.param("POST", "/", b"{}", signed("dynamodb", X_Amz_Target="DynamoDB_20120810.Fly"), id="no operation"),
        pytest.param("POST", "/", b"Action=Fly", signed("sns", Content_Type=FORM), id="no action"),
        pytest.param("POST", "/", b"a=b", signed("sns", Content_Type=FORM), id="not an action"),
        pytest.param("GET", "/2099-01-01/nothing", b"", signed("lambda"), id="no path"),
        pytest.param("GET", "/anything", b"", signed("nosuchservice"), id="no service"),
        pytest.param("PATCH", "/bucket/key", b"", {}, id="no method"),
        pytest.param("GET", "/bucket?analytics", b"", {}, id="part of a bucket"),
    ],
)
def test_what_is_not_there_is_not_implemented(
    aws: LocalAws, method: str, path: str, body: bytes, headers: dict[str, str]
) -> None:
    response = ask(aws, method, path, body, headers)
    assert (response.status, b"NotImplemented" in response.read()) == (501, True)


def test_a_body_that_is_no_json_is_told_so(aws: LocalAws) -> None:
    headers = signed("config", Content_Type=JSON, X_Amz_Target="StarlingDoveService.DescribeConfigRules")
    response = ask(aws, "POST", "/", b"\xff{", headers)
    assert (response.status, json.loads(response.read())["__type"]) == (400, "SerializationException")


def test_a_request_without_what_it_needs_is_told_so(aws: LocalAws) -> None:
    headers = signed("dynamodb", Content_Type="application/x-amz-json-1.0", X_Amz_Target="DynamoDB_20120810.PutItem")
    response = ask(aws, "POST", "/", b"{}", headers)
    assert (response.status, b'\\"TableName\\"' in response.read()) == (400, True)


@pytest.mark.parametrize(
    ("operation", "body", "said"),
    [
        ("PutCompositeAlarm", b"\xa0", b"NotImplemented"),
        ("ListMetrics", b"\xff", b"SerializationException"),
        ("Fly", b"\xa0", b"NotImplemented"),
    ],
)
def test_cbor_is_refused_in_cbor(aws: LocalAws, operation: str, body: bytes, said: bytes) -> None:
    headers = signed("monitoring", smithy_protocol="rpc-v2-cbor", Content_Type="application/cbor")
    response = ask(aws, "POST", f"/service/GraniteServiceVersion20100801/operation/{operation}", body, headers)
    assert response.headers["Content-Type"] == "application/cbor"
    assert said in response.read()


@pytest.mark.parametrize("host", [".x", "a..b"])
def test_a_host_that_cannot_be_is_told_so(aws: LocalAws, host: str) -> None:
    response = ask(aws, "POST", "/", headers={"Host": host})
    assert (response.status, response.headers["Content-Type"]) == (400, "application/xml")


def test_who_comes_with_a_token_of_identity_center_asks_for_its_portal(aws: LocalAws) -> None:
    response = ask(aws, "GET", "/assignment/accounts", headers={"x-amz-sso_bearer_token": "token"})
    assert (response.status, b"sso:ListAccounts" in response.read()) == (501, True)


def test_a_length_that_is_no_number_counts_as_none(aws: LocalAws) -> None:
    response = ask(aws, "POST", "/", b"", {**signed("sns", Content_Type=FORM), "Content-Length": "many"})
    assert response.status == 501


def test_a_form_may_come_in_chunks(aws: LocalAws) -> None:
    headers = signed("sts", Content_Type=FORM, Transfer_Encoding="chunked")
    body = b"2b\r\nAction=GetCallerIdentity&Version=2011-06-15\r\n0\r\n\r\n"
    response = ask(aws, "POST", "/", body, headers)
    assert (response.status, b"<Account>" in response.read()) == (200, True)


def test_a_body_that_breaks_off_is_told_so(aws: LocalAws) -> None:
    headers = signed("sts", Content_Type=FORM, Transfer_Encoding="chunked")
    response = ask(aws, "POST", "/", b"not a chunk\r\n", headers)
    assert (response.status, json.loads(response.read())["__type"]) == (400, "IncompleteBody")


def test_a_browser_at_the_bare_address_is_led_to_the_console(aws: LocalAws) -> None:
    response = ask(aws, "GET", "/", headers={"Accept": "text/html,application/xml"})
    assert (response.status, response.headers["Location"]) == (302, "/_console")


@pytest.mark.parametrize("path", ["/moto-api/", "/moto-api/data.json", "/favicon.ico"])
def test_pages_of_moto_are_not_there(aws: LocalAws, path: str) -> None:
    response = ask(aws, "GET", path)
    assert (response.status, response.headers["Content-Type"]) == (404, "application/xml")
