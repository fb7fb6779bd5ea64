"""What REST APIs ask of requests and answer by themselves; what a stage serves, and writes down."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.gateway.asking import ECHO, SERVERLESS, Api, api, function, route

pytestmark = pytest.mark.slow

ITEM = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
RESOURCES: dict[str, Any] = {
    "Logs": {"Type": "AWS::Logs::LogGroup"},
    "Rest": {
        "Type": "AWS::Serverless::Api",
        "Properties": {
            "StageName": "Prod",
            "Cors": {"AllowOrigin": "'https://shop.example'", "AllowMethods": "'GET,POST'"},
            "Models": {"Item": ITEM},
            "GatewayResponses": {
                "MISSING_AUTHENTICATION_TOKEN": {
                    "StatusCode": 404,
                    "ResponseParameters": {"Headers": {"X-Kind": "'none'", "X-Id": "context.requestId"}},
                    "ResponseTemplates": {"application/json": '{"missing": $context.error.messageString}'},
                },
            },
            "AccessLogSetting": {
                "DestinationArn": {"Fn::GetAtt": ["Logs", "Arn"]},
                "Format": '{"status": "$context.status", "path": "$context.resourcePath", "x": "$context.nothing"}',
            },
        },
    },
    "Function": function(
        ECHO,
        Events={
            "Find": route(
                "/items",
                RequestModel={"Model": "Item", "ValidateParameters": True, "ValidateBody": False},
                RequestParameters=[{"method.request.querystring.name": {"Required": True}}],
            ),
            "Create": route("/items", "post", RequestModel={"Model": "Item", "Required": True, "ValidateBody": True}),
            "All": route("/files/{path+}", "any"),
        },
    ),
}


@pytest.fixture(scope="module")
def rest(stacks: Stacks) -> Api:
    stacks.create("requests", RESOURCES, Transform=SERVERLESS)
    return api(stacks, "requests", "Rest", "/Prod")


def test_a_missing_parameter_is_a_bad_request(rest: Api) -> None:
    assert rest.get("/items").said == (400, {"message": "Missing required request parameters: [name]"})
    assert rest.get("/items?name=pen").status == 200


@pytest.mark.parametrize("body", [b"{}", b'{"name": 1}', b"no json", b""])
def test_a_body_unlike_its_model_is_a_bad_request(rest: Api, body: bytes) -> None:
    assert rest.ask("POST", "/items", body).said == (400, {"message": "Invalid request body"})


def test_a_body_may_have_ten_megabytes(rest: Api) -> None:
    answer = rest.ask("POST", "/files/large", b"a" * (10 * 1024 * 1024 + 1))
    assert answer.said == (413, {"message": "HTTP content length exceeded 10485760 bytes."})


def test_a_body_like_its_model_gets_through(rest: Api) -> None:
    assert json.loads(rest.ask("POST", "/items", b'{"name": "pen"}').json["body"]) == {"name": "pen"}


def test_a_gateway_response_of_the_api_replaces_the_usual_one(rest: Api) -> None:
    answer = rest.get("/nothing")
    assert answer.said == (404, {"missing": "Missing Authentication Token"})
    assert (answer.headers["x-kind"], answer.headers["x-id"]) == ("none", answer.headers["x-amzn-requestid"])


def test_a_preflight_request_is_told_what_sam_configured(rest: Api) -> None:
    answer = rest.ask("OPTIONS", "/items", Origin="https://shop.example")
    named = {name: value for name, value in answer.headers.items() if name.startswith("access-control")}
    assert (answer.status, named) == (
        200,
        {
            "access-control-allow-origin": "https://shop.example",
            "access-control-allow-methods": "GET,POST",
        },
    )


def test_a_greedy_path_takes_all_that_follows_in_any_method(rest: Api) -> None:
    event = rest.ask("PATCH", "/files/a/b/c").json
    assert (event["pathParameters"], event["httpMethod"]) == ({"path": "a/b/c"}, "PATCH")


def test_a_path_stays_percent_encoded(rest: Api) -> None:
    event = rest.get("/files/a%20b%2Fc").json
    assert (event["path"], event["pathParameters"]) == ("/files/a%20b%2Fc", {"path": "a%20b%2Fc"})


def test_the_answer_carries_the_id_that_the_function_knows(rest: Api) -> None:
    answer = rest.get("/files/a")
    assert answer.headers["x-amzn-requestid"] == answer.json["requestContext"]["requestId"]


def test_an_access_log_is_written_in_the_stages_format(stacks: Stacks, rest: Api) -> None:
    rest.get("/files/logged")
    group = stacks.physical_id("requests", "Logs")
    events = stacks.aws.client("logs").filter_log_events(logGroupName=group)["events"]
    lines = [json.loads(event["message"]) for event in events]
    assert {"status": "200", "path": "/files/{path+}", "x": "-"} in lines


def test_answers_are_counted_by_api_and_stage(stacks: Stacks, rest: Api) -> None:
    rest.get("/nothing")
    told = stacks.aws.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/ApiGateway",
        MetricName="4XXError",
        Dimensions=[{"Name": "ApiName", "Value": "requests"}, {"Name": "Stage", "Value": "Prod"}],
        StartTime=datetime.now(UTC) - timedelta(minutes=10),
        EndTime=datetime.now(UTC) + timedelta(minutes=10),
        Period=3600,
        Statistics=["Sum", "SampleCount"],
    )["Datapoints"]
    assert 1 <= sum(point["Sum"] for point in told) < sum(point["SampleCount"] for point in told)


def test_what_changes_is_served_once_it_is_deployed(stacks: Stacks, rest: Api) -> None:
    gateway, api_id = stacks.aws.client("apigateway"), stacks.physical_id("requests", "Rest")
    where = {"restApiId": api_id, "resourceId": _resource(gateway, api_id, "/files/{path+}"), "httpMethod": "ANY"}
    gateway.put_method(**where, authorizationType="AWS_IAM")
    gateway.put_integration(**where, type="MOCK")
    assert rest.get("/files/a").status == 200
    gateway.create_deployment(restApiId=api_id, stageName="Prod")
    assert rest.get("/files/a").said == (404, {"missing": "Missing Authentication Token"})


def _resource(gateway: Any, api_id: str, path: str) -> str:
    return str(next(item["id"] for item in gateway.get_resources(restApiId=api_id)["items"] if item["path"] == path))
