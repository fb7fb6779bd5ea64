"""Who may call an HTTP API, and what its routes lead to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.gateway.asking import ECHO, SERVERLESS, SIGNED, Api, api, function, http_route
from tests.e2e.gateway.backend import echo
from tests.e2e.gateway.issuer import Issuer, issuer

pytestmark = pytest.mark.slow

AUTHORIZER = """
def handler(event, context):
    if event["version"] != "2.0" or event["type"] != "REQUEST":
        raise Exception("not as documented")
    return {"isAuthorized": event["identitySource"] == ["good"], "context": {"route": event["routeKey"]}}
"""


def resources(issuer_url: str, backend: str) -> dict[str, Any]:
    jwt = {"JwtConfiguration": {"issuer": issuer_url, "audience": ["shop"]}}
    source = {"Headers": ["X-Who"]}
    custom = {
        "FunctionArn": {"Fn::GetAtt": ["Authorizer", "Arn"]},
        "AuthorizerPayloadFormatVersion": "2.0",
        "EnableSimpleResponses": True,
        "EnableFunctionDefaultPermissions": True,
        "Identity": source,
    }
    authorizers = {"Jwt": {**jwt, "IdentitySource": "$request.header.Authorization"}, "Custom": custom}
    events = {
        "Tokens": http_route("/tokens", Auth={"Authorizer": "Jwt"}),
        "Scoped": http_route("/scoped", Auth={"Authorizer": "Jwt", "AuthorizationScopes": ["write"]}),
        "Custom": http_route("/custom", Auth={"Authorizer": "Custom"}),
        "Signed": http_route("/signed", Auth={"Authorizer": "AWS_IAM"}),
        "Old": http_route("/old/{id}", PayloadFormatVersion="1.0"),
        "Else": {"Type": "HttpApi", "Properties": {"ApiId": {"Ref": "Http"}}},
    }
    proxy = {"IntegrationType": "HTTP_PROXY", "IntegrationMethod": "ANY", "PayloadFormatVersion": "1.0"}
    mapping = {"append:header.X-Stage": "$context.stage", "overwrite:path": "/changed"}
    return {
        "Authorizer": function(AUTHORIZER),
        "Http": {
            "Type": "AWS::Serverless::HttpApi",
            "Properties": {"Auth": {"EnableIamAuthorizer": True, "Authorizers": authorizers}},
        },
        "Function": function(ECHO, Events=events),
        "Proxy": {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {"ApiId": {"Ref": "Http"}, "IntegrationUri": backend, "RequestParameters": mapping, **proxy},
        },
        "Backend": {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": {
                "ApiId": {"Ref": "Http"},
                "RouteKey": "GET /backend",
                "Target": {"Fn::Sub": "integrations/${Proxy}"},
            },
        },
    }


@pytest.fixture(scope="module")
def anyone() -> Iterator[Issuer]:
    with issuer() as running:
        yield running


@pytest.fixture(scope="module")
def http(stacks: Stacks, anyone: Issuer) -> Iterator[Api]:
    with echo() as backend:
        stacks.create("http", resources(anyone.url, backend), Transform=SERVERLESS)
        yield api(stacks, "http", "Http")


def test_a_token_of_the_issuer_gets_through_with_its_claims(http: Api, anyone: Issuer) -> None:
    context = http.get("/tokens", Authorization=f"Bearer {anyone.token()}").json["requestContext"]
    assert (context["authorizer"]["jwt"]["claims"]["sub"], context["authorizer"]["jwt"]["scopes"]) == ("anna", None)


@pytest.mark.parametrize(
    "claims",
    [{"aud": "others"}, {"exp": int(time.time()) - 10}, {"iss": "http://127.0.0.1:9"}],
    ids=["aud", "exp", "iss"],
)
def test_a_token_with_other_claims_is_unauthorized(http: Api, anyone: Issuer, claims: dict[str, Any]) -> None:
    answer = http.get("/tokens", Authorization=f"Bearer {anyone.token(**claims)}")
    assert answer.said == (401, {"message": "Unauthorized"})
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_a_token_of_another_key_is_unauthorized(http: Api, anyone: Issuer) -> None:
    with issuer() as stranger:
        forged = stranger.token(iss=anyone.url)
    assert http.get("/tokens", Authorization=f"Bearer {forged}").status == 401
    assert http.get("/tokens").status == 401


def test_a_token_without_the_scope_is_forbidden(http: Api, anyone: Issuer) -> None:
    assert http.get("/scoped", Authorization=f"Bearer {anyone.token(scope='read')}").said == (
        403,
        {"message": "Forbidden"},
    )
    assert http.get("/scoped", Authorization=f"Bearer {anyone.token(scope='read write')}").status == 200


def test_a_function_authorizes_with_a_simple_response(http: Api) -> None:
    context = http.get("/custom", X_Who="good").json["requestContext"]["authorizer"]
    assert context == {"lambda": {"route": "GET /custom"}}
    assert http.get("/custom", X_Who="bad").said == (403, {"message": "Forbidden"})
    assert http.get("/custom").said == (401, {"message": "Unauthorized"})


def test_iam_wants_a_signature(http: Api) -> None:
    assert http.get("/signed").said == (403, {"message": "Forbidden"})
    context = http.get("/signed", Authorization=SIGNED).json["requestContext"]["authorizer"]
    assert context["iam"]["accessKey"] == "AKIDEXAMPLE"


def test_a_route_of_format_1_gets_its_event(http: Api) -> None:
    event = http.get("/old/7").json
    assert (event["version"], event["resource"], event["pathParameters"]) == ("1.0", "/old/{id}", {"id": "7"})


def test_a_path_is_decoded(http: Api) -> None:
    event = http.get("/old/a%20b").json
    assert (event["path"], event["pathParameters"]) == ("/old/a b", {"id": "a b"})


def test_whatever_no_route_takes_goes_to_the_default_route(http: Api) -> None:
    answer = http.ask("DELETE", "/what/ever")
    assert (answer.json["routeKey"], answer.json["rawPath"]) == ("$default", "/what/ever")
    assert answer.headers["content-type"] == "text/plain;charset=UTF-8"


def test_a_backend_gets_the_request_with_its_parameters_mapped(http: Api) -> None:
    asked = http.get("/backend?a=1").json
    assert (asked["path"], asked["headers"]["X-Stage"]) == ("/changed?a=1", "$default")


def test_an_api_is_made_anew_from_a_document(stacks: Stacks, http: Api) -> None:
    body = '{"openapi": "3.0.1", "info": {"title": "imported", "version": "2"}, "paths": {"/a": {"get": {}}}}'
    client = stacks.aws.client("apigatewayv2")
    made = client.import_api(Body=body)
    routes = client.get_routes(ApiId=made["ApiId"])["Items"]
    assert (made["Name"], [route["RouteKey"] for route in routes]) == ("imported", ["GET /a"])
