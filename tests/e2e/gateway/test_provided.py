"""APIs that a template puts together resource by resource, and what an update changes of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks

pytestmark = pytest.mark.slow

API = {"Ref": "Api"}
URI = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:a/invocations"


def part(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::ApiGateway::{kind}", "Properties": {"RestApiId": API, **properties}}


def resources(word: str, limit: int, kinds: list[str]) -> dict[str, Any]:
    stages = [{"ApiId": API, "Stage": {"Ref": "Stage"}}]
    mock = {"Type": "MOCK", "RequestTemplates": {"application/json": "{}"}}
    key = {"Description": word, "Enabled": True}
    plan = {"ApiStages": stages, "Description": word, "Quota": {"Limit": limit, "Period": "DAY"}}
    return {
        "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "parts", "BinaryMediaTypes": kinds}},
        "Authorizer": part(
            "Authorizer", Name=word, Type="TOKEN", AuthorizerUri=URI, IdentitySource="method.request.header.A"
        ),
        "Validator": part("RequestValidator", ValidateRequestBody=word == "new"),
        "Model": part("Model", Name="Item", Schema={"title": word}),
        "Response": part("GatewayResponse", ResponseType="DEFAULT_4XX", ResponseTemplates={"application/json": word}),
        "Method": part(
            "Method",
            ResourceId={"Fn::GetAtt": ["Api", "RootResourceId"]},
            HttpMethod="GET",
            AuthorizationType="CUSTOM",
            AuthorizerId={"Ref": "Authorizer"},
            RequestValidatorId={"Ref": "Validator"},
            Integration=mock,
        ),
        "Deployment": {**part("Deployment"), "DependsOn": "Method"},
        "Stage": part("Stage", StageName="dev", DeploymentId={"Ref": "Deployment"}),
        "Key": {"Type": "AWS::ApiGateway::ApiKey", "Properties": key},
        "Plan": {"Type": "AWS::ApiGateway::UsagePlan", "Properties": plan},
        "PlanKey": {
            "Type": "AWS::ApiGateway::UsagePlanKey",
            "Properties": {"KeyId": {"Ref": "Key"}, "KeyType": "API_KEY", "UsagePlanId": {"Ref": "Plan"}},
        },
    }


def described(stacks: Stacks) -> dict[str, Any]:
    """What the service says of the parts, by logical id."""
    gateway = stacks.aws.client("apigateway")
    ids = {name: item["PhysicalResourceId"] for name, item in stacks.resources("parts").items()}
    api = {"restApiId": ids["Api"]}
    template = gateway.get_gateway_response(**api, responseType="DEFAULT_4XX")["responseTemplates"]
    plan = gateway.get_usage_plan(usagePlanId=ids["Plan"])
    return {
        "Api": gateway.get_rest_api(**api)["binaryMediaTypes"],
        "Authorizer": gateway.get_authorizer(**api, authorizerId=ids["Authorizer"])["name"],
        "Validator": gateway.get_request_validator(**api, requestValidatorId=ids["Validator"])["validateRequestBody"],
        "Model": gateway.get_model(**api, modelName="Item")["schema"],
        "Response": template["application/json"],
        "Key": gateway.get_api_key(apiKey=ids["Key"])["description"],
        "Plan": (plan["description"], int(plan["quota"]["limit"]), [stage["stage"] for stage in plan["apiStages"]]),
    }


def expected(word: str, limit: int, kinds: list[str]) -> dict[str, Any]:
    return {
        "Api": kinds,
        "Authorizer": word,
        "Validator": word == "new",
        "Model": f'{{"title": "{word}"}}',
        "Response": word,
        "Key": word,
        "Plan": (word, limit, ["dev"]),
    }


def test_every_part_is_made_changed_and_removed(stacks: Stacks) -> None:
    stacks.create("parts", resources("old", 5, ["image/gif", "image/png"]))
    assert described(stacks) == expected("old", 5, ["image/gif", "image/png"])
    stacks.update("parts", resources("new", 6, ["image/png"]))
    assert described(stacks) == expected("new", 6, ["image/png"])
    assert stacks.delete("parts")["StackStatus"] == "DELETE_COMPLETE"
    gateway = stacks.aws.client("apigateway")
    assert (gateway.get_rest_apis()["items"], gateway.get_api_keys()["items"]) == ([], [])
