"""What a template says of APIs is what API Gateway holds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.serverless import of
from tests.e2e.cloudformation.stacks import Stacks

pytestmark = pytest.mark.slow


STAGE = {
    "AccessLogSetting": {
        "DestinationArn": "arn:aws:logs:eu-west-1:123456789012:log-group:api",
        "Format": "$context.path",
    },
    "MethodSettings": [{"ResourcePath": "/*", "HttpMethod": "*", "LoggingLevel": "INFO", "MetricsEnabled": True}],
    "TracingEnabled": True,
}


def api(**stage: Any) -> dict[str, Any]:
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": "arn:aws:apigateway:eu-west-1:lambda:path/x"}
    body = {"swagger": "2.0", "paths": {"/orders/{id}": {"get": {"x-amazon-apigateway-integration": integration}}}}
    return {
        "Api": of("ApiGateway::RestApi", Name="orders", Body=body, EndpointConfiguration={"Types": ["REGIONAL"]}),
        "Deployment": of("ApiGateway::Deployment", RestApiId={"Ref": "Api"}),
        "Stage": of(
            "ApiGateway::Stage",
            RestApiId={"Ref": "Api"},
            DeploymentId={"Ref": "Deployment"},
            StageName="live",
            **stage,
        ),
    }


def stage_of(stacks: Stacks, name: str) -> dict[str, Any]:
    where = {"restApiId": stacks.physical_id(name, "Api"), "stageName": "live"}
    found: dict[str, Any] = stacks.aws.client("apigateway").get_stage(**where)
    return found


def test_a_rest_api_has_the_paths_of_its_body(stacks: Stacks) -> None:
    stacks.create("paths", api())
    client, api_id = stacks.aws.client("apigateway"), stacks.physical_id("paths", "Api")
    resources = {item["path"]: item for item in client.get_resources(restApiId=api_id)["items"]}
    assert set(resources) == {"/", "/orders", "/orders/{id}"}
    assert "GET" in resources["/orders/{id}"]["resourceMethods"]
    assert client.get_rest_api(restApiId=api_id)["endpointConfiguration"]["types"] == ["REGIONAL"]


def test_a_stage_is_traced_logged_and_measured(stacks: Stacks) -> None:
    stacks.create("staged", api(**STAGE))
    found = stage_of(stacks, "staged")
    assert found["tracingEnabled"] is True
    assert found["accessLogSettings"]["format"] == "$context.path"
    assert found["methodSettings"]["*/*"]["loggingLevel"] == "INFO"


def test_a_stage_gains_and_loses_its_settings(stacks: Stacks) -> None:
    stacks.create("restaged", api())
    stacks.update("restaged", api(**STAGE))
    assert stage_of(stacks, "restaged")["methodSettings"]["*/*"]["metricsEnabled"] is True
    stacks.update("restaged", api())
    found = stage_of(stacks, "restaged")
    assert found["tracingEnabled"] is False
    assert found["methodSettings"] == {}
    assert "accessLogSettings" not in found


def test_an_http_api_has_its_routes_and_a_logged_stage(stacks: Stacks) -> None:
    integration = {"type": "aws_proxy", "uri": "arn:aws:lambda:eu-west-1:123456789012:function:f"}
    body = {
        "openapi": "3.0.1",
        "info": {"title": "http"},
        "paths": {"/x": {"get": {"x-amazon-apigateway-integration": integration}}},
    }
    logged = {"DestinationArn": "arn:aws:logs:eu-west-1:123456789012:log-group:api", "Format": "$context.path"}

    def resources(**stage: Any) -> dict[str, Any]:
        stage_ = of("ApiGatewayV2::Stage", ApiId={"Ref": "Api"}, StageName="$default", AutoDeploy=True, **stage)
        return {"Api": of("ApiGatewayV2::Api", Body=body), "Stage": stage_}

    stacks.create("http", resources())
    client, api_id = stacks.aws.client("apigatewayv2"), stacks.physical_id("http", "Api")
    assert [route["RouteKey"] for route in client.get_routes(ApiId=api_id)["Items"]] == ["GET /x"]
    stacks.update("http", resources(AccessLogSettings=logged))
    assert client.get_stage(ApiId=api_id, StageName="$default")["AccessLogSettings"] == logged
