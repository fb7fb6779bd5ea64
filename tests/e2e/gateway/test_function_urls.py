"""Function URLs over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.gateway.asking import ECHO, SERVERLESS, SIGNED, Api, function

pytestmark = pytest.mark.slow

FAILING = "def handler(event, context): raise ValueError('broken')"
RESOURCES: dict[str, Any] = {
    "Open": function(
        ECHO, AutoPublishAlias="live", FunctionUrlConfig={"AuthType": "NONE", "Cors": {"AllowOrigins": ["*"]}}
    ),
    "Signed": function(ECHO, FunctionUrlConfig={"AuthType": "AWS_IAM"}),
    "Failing": function(FAILING, FunctionUrlConfig={"AuthType": "NONE"}),
}


@pytest.fixture(scope="module")
def urls(stacks: Stacks) -> dict[str, str]:
    outputs = {name: {"Value": {"Fn::GetAtt": [f"{name}Url", "FunctionUrl"]}} for name in RESOURCES}
    stack = stacks.create("urls", RESOURCES, Transform=SERVERLESS, Outputs=outputs)
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def by_path(stacks: Stacks, url: str) -> Api:
    return Api(f"{stacks.aws.url}/_aws/lambda-url/{url.split('/')[2].split('.')[0]}")


def test_an_open_url_invokes_the_alias_with_format_2(stacks: Stacks, urls: dict[str, str]) -> None:
    event = by_path(stacks, urls["Open"]).ask("POST", "/a/b?c=1", b"text").json
    assert (event["version"], event["rawPath"], event["rawQueryString"], event["body"]) == (
        "2.0",
        "/a/b",
        "c=1",
        "text",
    )
    assert event["requestContext"]["domainName"] == urls["Open"].split("/")[2]


def test_a_url_answers_by_its_own_host_too(stacks: Stacks, urls: dict[str, str]) -> None:
    answer = Api(stacks.aws.url).get("/a", Host=urls["Open"].split("/")[2], Origin="https://shop.example")
    assert (answer.json["rawPath"], answer.headers["access-control-allow-origin"]) == ("/a", "*")


def test_iam_wants_a_signature(stacks: Stacks, urls: dict[str, str]) -> None:
    signed = by_path(stacks, urls["Signed"])
    assert signed.get("/").said == (403, {"Message": "Forbidden"})
    assert signed.get("/", Authorization=SIGNED).json["requestContext"]["authorizer"]["iam"]["accessKey"]


def test_a_failing_function_is_a_bad_gateway(stacks: Stacks, urls: dict[str, str]) -> None:
    answer = by_path(stacks, urls["Failing"]).get("/")
    assert (answer.status, answer.text) == (502, "Internal Server Error")


def test_an_open_url_needs_permissions_for_everyone(stacks: Stacks, urls: dict[str, str]) -> None:
    client, name = stacks.aws.client("lambda"), stacks.physical_id("urls", "Signed")
    client.update_function_url_config(FunctionName=name, AuthType="NONE")
    answer = by_path(stacks, urls["Signed"]).get("/")
    client.update_function_url_config(FunctionName=name, AuthType="AWS_IAM")
    assert (answer.status, answer.json["Message"][:10]) == (403, "Forbidden.")


def test_a_url_is_of_one_alias(stacks: Stacks, urls: dict[str, str]) -> None:
    client, name = stacks.aws.client("lambda"), stacks.physical_id("urls", "Open")
    assert client.get_function_url_config(FunctionName=name, Qualifier="live")["FunctionUrl"] == urls["Open"]
    assert len(client.list_function_url_configs(FunctionName=name)["FunctionUrlConfigs"]) == 1
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        client.get_function_url_config(FunctionName=name)


def test_a_url_that_is_not_there_is_forbidden(stacks: Stacks) -> None:
    assert Api(f"{stacks.aws.url}/_aws/lambda-url/none").get("/").said == (403, {"Message": "Forbidden"})
