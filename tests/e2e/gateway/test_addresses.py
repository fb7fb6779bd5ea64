"""The addresses at which APIs answer: by path, by their own host, and by HTTPS as outputs of stacks say."""

from __future__ import annotations

import http.client
import json
import ssl
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.gateway.asking import ECHO, SERVERLESS, Api, function, route

pytestmark = pytest.mark.slow

OUTPUT = {"Value": {"Fn::Sub": "https://${Rest}.execute-api.${AWS::Region}.${AWS::URLSuffix}/Prod/items"}}
RESOURCES: dict[str, Any] = {
    "Rest": {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "Prod"}},
    "Function": function(ECHO, Events={"Items": route("/items")}),
}


@pytest.fixture(scope="module")
def output(stacks: Stacks) -> str:
    stack = stacks.create("addresses", RESOURCES, Transform=SERVERLESS, Outputs={"Items": OUTPUT})
    return str(stack["Outputs"][0]["OutputValue"])


def connection(stacks: Stacks, context: ssl.SSLContext) -> http.client.HTTPSConnection:
    return http.client.HTTPSConnection("127.0.0.1", urlsplit(stacks.aws.url).port, context=context, timeout=60)


def unverified() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def test_the_address_in_an_output_answers_as_it_stands(stacks: Stacks, output: str) -> None:
    url = urlsplit(output)
    with closing(connection(stacks, unverified())) as https:
        https.request("GET", url.path, headers={"Host": url.netloc})
        answer = https.getresponse()
        assert (answer.status, json.loads(answer.read())["resource"]) == (200, "/items")


def test_who_verifies_the_certificate_turns_it_down_and_harms_nobody(stacks: Stacks, output: str) -> None:
    with closing(connection(stacks, ssl.create_default_context())) as https, pytest.raises(ssl.SSLError):
        https.request("GET", "/")
    assert Api(stacks.aws.url).get("/Prod/items", Host=urlsplit(output).netloc).status == 200


def test_a_name_of_this_machine_answers_too(stacks: Stacks, output: str) -> None:
    api_id = urlsplit(output).netloc.split(".")[0]
    assert Api(stacks.aws.url).get("/Prod/items", Host=f"{api_id}.execute-api.localhost:4566").status == 200
