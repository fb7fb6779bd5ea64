"""APIs that are put together and changed by hand, call by call."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.gateway.asking import Api
from tests.e2e.gateway.backend import echo

pytestmark = pytest.mark.slow

MOCK = {"application/json": '{"statusCode": 200}'}


@pytest.fixture(scope="module")
def method(stacks: Stacks) -> dict[str, Any]:
    """A method that answers with the name of its stage."""
    gateway = stacks.aws.client("apigateway")
    api_id = gateway.create_rest_api(name="by-hand")["id"]
    root = gateway.get_resources(restApiId=api_id)["items"][0]["id"]
    where = {"restApiId": api_id, "resourceId": root, "httpMethod": "GET"}
    gateway.put_method(**where, authorizationType="NONE")
    gateway.put_integration(**where, type="MOCK", requestTemplates=MOCK)
    template = {"application/json": '{"stage": "$context.stage"}'}
    gateway.put_integration_response(**where, statusCode="200", responseTemplates=template)
    gateway.create_deployment(restApiId=api_id, stageName="dev")
    return where


def ask(stacks: Stacks, method: dict[str, Any]) -> tuple[int, Any]:
    return Api(f"{stacks.aws.url}/_aws/execute-api/{method['restApiId']}/dev").get("/").said


def replacing(path: str, value: str) -> list[dict[str, str]]:
    return [{"op": "replace", "path": path, "value": value}]


def test_a_change_is_served_by_the_next_deployment(stacks: Stacks, method: dict[str, Any]) -> None:
    gateway, api_id = stacks.aws.client("apigateway"), method["restApiId"]
    changed = gateway.update_method(**method, patchOperations=replacing("/authorizationType", "AWS_IAM"))
    assert (changed["authorizationType"], ask(stacks, method)) == ("AWS_IAM", (200, {"stage": "dev"}))
    gateway.create_deployment(restApiId=api_id, stageName="dev")
    assert ask(stacks, method)[0] == 403
    gateway.update_method(**method, patchOperations=replacing("/authorizationType", "NONE"))
    gateway.create_deployment(restApiId=api_id, stageName="dev")
    assert ask(stacks, method)[0] == 200


def test_an_integration_changes_by_its_parts(stacks: Stacks, method: dict[str, Any]) -> None:
    gateway = stacks.aws.client("apigateway")
    patches = [*replacing("/timeoutInMillis", "5000"), *replacing("/requestTemplates/text~1plain", "{}")]
    changed = gateway.update_integration(**method, patchOperations=patches)
    assert (changed["timeoutInMillis"], changed["requestTemplates"]) == (5000, {**MOCK, "text/plain": "{}"})


def test_a_path_that_nothing_has_cannot_be_changed(stacks: Stacks, method: dict[str, Any]) -> None:
    with pytest.raises(ClientError, match="Invalid patch path  '/nothing' specified for op 'replace'"):
        stacks.aws.client("apigateway").update_method(**method, patchOperations=replacing("/nothing", ""))


def test_a_stage_that_is_deleted_is_forbidden(stacks: Stacks, method: dict[str, Any]) -> None:
    gateway = stacks.aws.client("apigateway")
    gateway.create_deployment(restApiId=method["restApiId"], stageName="old")
    url = f"{stacks.aws.url}/_aws/execute-api/{method['restApiId']}/old"
    assert Api(url).get("/").status == 200
    gateway.delete_stage(restApiId=method["restApiId"], stageName="old")
    assert Api(url).get("/").said == (403, {"message": "Forbidden"})


def test_what_a_document_names_is_imported(stacks: Stacks) -> None:
    gateway = stacks.aws.client("apigateway")
    body = b'{"swagger": "2.0", "info": {"title": "shop"}, "securityDefinitions": {"key": {"type": "apiKey", "name": '
    body += b'"x-api-key", "in": "header"}}, "paths": {"/a/b": {"get": {"security": [{"key": []}]}}}}'
    made = gateway.import_rest_api(body=body)
    resources = gateway.get_resources(restApiId=made["id"], embed=["methods"])["items"]
    methods = {item["path"]: item.get("resourceMethods") for item in resources}
    assert (made["name"], methods["/a/b"]["GET"]["apiKeyRequired"]) == ("shop", True)


def test_a_document_that_is_none_is_refused(stacks: Stacks) -> None:
    with pytest.raises(ClientError, match="BadRequestException"):
        stacks.aws.client("apigateway").import_rest_api(body=b"no document")


def test_an_http_api_with_a_target_comes_whole(stacks: Stacks) -> None:
    with echo() as backend:
        cors = {"AllowOrigins": ["*"]}
        client = stacks.aws.client("apigatewayv2")
        made = client.create_api(Name="quick", ProtocolType="HTTP", Target=backend, CorsConfiguration=cors)
        answer = Api(f"{stacks.aws.url}/_aws/execute-api/{made['ApiId']}").get("/any/path", Origin="https://a.example")
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (202, "*")
    assert client.get_api(ApiId=made["ApiId"])["CorsConfiguration"] == made["CorsConfiguration"] == cors
