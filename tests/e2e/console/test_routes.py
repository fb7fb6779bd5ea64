"""API Gateway's routes over HTTP: REST and HTTP APIs of a SAM application, with functions that really run."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.console.conftest import Fetch
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

CODE = """
import json
def handler(event, context):
    path = event.get("rawPath") or event["path"]
    if path.endswith("/crash"):
        raise ValueError("broken")
    if path.endswith("/wrong"):
        return {"body": "no status"}
    return {"statusCode": 201, "headers": {"X-Own": "yes"}, "body": json.dumps(event)}
"""


def route(kind: str, path: str, method: str, **properties: Any) -> dict[str, Any]:
    return {"Type": kind, "Properties": {"Path": path, "Method": method, **properties}}


RESOURCES: dict[str, Any] = {
    "Http": {
        "Type": "AWS::Serverless::HttpApi",
        "Properties": {"CorsConfiguration": {"AllowOrigins": ["https://shop.example"], "AllowMethods": ["GET"]}},
    },
    "Rest": {
        "Type": "AWS::Serverless::Api",
        "Properties": {"StageName": "Prod", "Variables": {"colour": "green"}, "Cors": "'*'"},
    },
    "Function": {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "InlineCode": CODE,
            "Handler": "index.handler",
            "Runtime": "python3.13",
            "AutoPublishAlias": "live",
            "Events": {
                "Item": route("Api", "/items/{id}", "get", RestApiId={"Ref": "Rest"}),
                "Create": route("Api", "/items", "post", RestApiId={"Ref": "Rest"}),
                "Crash": route("Api", "/crash", "get", RestApiId={"Ref": "Rest"}),
                "Wrong": route("Api", "/wrong", "get", RestApiId={"Ref": "Rest"}),
                "New": route("HttpApi", "/items/{id}", "get", ApiId={"Ref": "Http"}),
                "NewCrash": route("HttpApi", "/crash", "get", ApiId={"Ref": "Http"}),
            },
        },
    },
}


@pytest.fixture(scope="module")
def stack(aws: LocalAws) -> Stacks:
    stacks = Stacks(aws)
    stacks.create("apis", RESOURCES, Transform="AWS::Serverless-2016-10-31")
    return stacks


@pytest.fixture(scope="module")
def rest(stack: Stacks) -> str:
    return f"/_aws/execute-api/{stack.physical_id('apis', 'Rest')}/Prod"


@pytest.fixture(scope="module")
def http(stack: Stacks) -> str:
    return f"/_aws/execute-api/{stack.physical_id('apis', 'Http')}"


def test_a_route_invokes_its_function_with_the_proxy_event(rest: str, fetch: Fetch) -> None:
    answer = fetch(f"{rest}/items/7?colour=red&colour=blue", Accept="text/plain")
    event = json.loads(answer.text)
    assert (answer.status, answer.headers["x-own"]) == (201, "yes")
    assert (event["resource"], event["path"], event["pathParameters"]) == ("/items/{id}", "/items/7", {"id": "7"})
    assert event["queryStringParameters"] == {"colour": "blue"}
    assert event["multiValueQueryStringParameters"] == {"colour": ["red", "blue"]}
    assert (event["stageVariables"], event["headers"]["Accept"]) == ({"colour": "green"}, "text/plain")
    assert (event["requestContext"]["stage"], event["requestContext"]["path"]) == ("Prod", "/Prod/items/7")
    assert (event["body"], event["isBase64Encoded"]) == (None, False)


def test_a_body_reaches_the_function(rest: str, fetch: Fetch) -> None:
    event = json.loads(fetch(f"{rest}/items", "POST", b'{"name": "pen"}', Content_Type="application/json").text)
    assert json.loads(event["body"]) == {"name": "pen"}


@pytest.mark.parametrize("path", ["/nothing", "/items/7/more", "/"])
def test_a_path_without_a_route_is_missing_a_token(rest: str, fetch: Fetch, path: str) -> None:
    answer = fetch(rest + path)
    assert (answer.status, json.loads(answer.text)) == (403, {"message": "Missing Authentication Token"})
    assert answer.headers["x-amzn-errortype"] == "MissingAuthenticationTokenException"


def test_another_method_is_missing_a_token(rest: str, fetch: Fetch) -> None:
    assert fetch(f"{rest}/items/7", "DELETE").status == 403


def test_an_unknown_stage_is_forbidden(rest: str, fetch: Fetch) -> None:
    answer = fetch(rest.replace("Prod", "Test") + "/items/7")
    assert (answer.status, json.loads(answer.text)) == (403, {"message": "Forbidden"})


@pytest.mark.parametrize("path", ["/crash", "/wrong"])
def test_a_failing_function_is_an_internal_server_error(rest: str, fetch: Fetch, path: str) -> None:
    answer = fetch(rest + path)
    assert (answer.status, json.loads(answer.text)) == (502, {"message": "Internal server error"})


def test_a_preflight_request_is_answered_by_the_mock_integration(rest: str, fetch: Fetch) -> None:
    answer = fetch(f"{rest}/items", "OPTIONS")
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, "*")


def test_an_api_answers_by_its_own_host_too(stack: Stacks, fetch: Fetch) -> None:
    api = stack.physical_id("apis", "Rest")
    answer = fetch("/Prod/items/9", Host=f"{api}.execute-api.eu-west-1.amazonaws.com")
    assert (answer.status, json.loads(answer.text)["pathParameters"]) == (201, {"id": "9"})


def test_an_unknown_api_is_not_found(fetch: Fetch) -> None:
    assert fetch("/_aws/execute-api/nothing/Prod/items").status == 404


def test_an_http_api_invokes_with_payload_format_2(http: str, fetch: Fetch) -> None:
    answer = fetch(f"{http}/items/7?a=1&a=2", Cookie="x=1; y=2")
    event = json.loads(answer.text)
    assert (answer.status, event["version"], event["routeKey"]) == (201, "2.0", "GET /items/{id}")
    assert (event["rawPath"], event["rawQueryString"]) == ("/items/7", "a=1&a=2")
    assert (event["queryStringParameters"], event["cookies"]) == ({"a": "1,2"}, ["x=1", "y=2"])
    assert event["requestContext"]["http"]["method"] == "GET"


def test_an_http_api_knows_no_other_route(http: str, fetch: Fetch) -> None:
    answer = fetch(f"{http}/nothing")
    assert (answer.status, json.loads(answer.text)) == (404, {"message": "Not Found"})


def test_a_function_failing_behind_an_http_api_is_an_internal_server_error(http: str, fetch: Fetch) -> None:
    answer = fetch(f"{http}/crash")
    assert (answer.status, json.loads(answer.text)) == (500, {"message": "Internal Server Error"})


def test_an_http_api_answers_preflight_requests_itself(http: str, fetch: Fetch) -> None:
    asked = {"Origin": "https://shop.example", "Access_Control_Request_Method": "GET"}
    answer = fetch(f"{http}/items/7", "OPTIONS", **asked)
    assert (answer.status, answer.headers["access-control-allow-methods"]) == (204, "GET")
    assert fetch(f"{http}/items/7", "OPTIONS", **asked | {"Origin": "https://evil.example"}).status == 404


def test_an_http_api_names_the_origin_it_allows(http: str, fetch: Fetch) -> None:
    answer = fetch(f"{http}/items/7", Origin="https://shop.example")
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
