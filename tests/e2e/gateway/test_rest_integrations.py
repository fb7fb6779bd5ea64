"""What REST APIs lead to: functions, mocks, backends over HTTP, services of AWS."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.gateway.asking import SERVERLESS, Api, api, function
from tests.e2e.gateway.backend import echo

pytestmark = pytest.mark.slow

CODE = """
import json, time
def handler(event, context):
    kind = event.get("resource", event.get("kind", ""))
    if kind == "/slow":
        time.sleep(3)
    if kind == "refuse":
        raise ValueError("Bad: no such thing")
    if kind == "/binary":
        return {"statusCode": 200, "headers": {"Content-Type": "image/png"}, "isBase64Encoded": True,
                "body": event["body"]}
    if kind == "/cookies":
        return {"statusCode": 200, "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}
    return {"greeting": event["name"]}
"""
INVOKE = {"Fn::Sub": "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations"}
QUEUE = {"Fn::Sub": "arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/${Queue.QueueName}"}
ROLE = {"Fn::GetAtt": ["FunctionRole", "Arn"]}
LOOP = """#set($context.responseOverride.status = 203)
#set($context.responseOverride.header.X-Loop = "$context.httpMethod")
[#foreach($name in $input.params().querystring.keySet())"$name"#if($foreach.hasNext), #end#end]"""
OVERRIDES = """#set($context.requestOverride.path.place = $input.path('$.place'))
#set($context.requestOverride.querystring.q = "a b")
#set($context.requestOverride.header.X-Own = "own"){}"""
FORM = "'application/x-www-form-urlencoded'"


def operation(kind: str, uri: Any = None, **integration: Any) -> dict[str, Any]:
    given = {"type": kind, "httpMethod": "POST", **({"uri": uri} if uri else {}), **integration}
    return {"responses": {"200": {"description": ""}}, "x-amazon-apigateway-integration": given}


def paths(backend: str) -> dict[str, Any]:
    plain = {"default": {"statusCode": 200}}
    return {
        "/slow": {"get": operation("aws_proxy", INVOKE, timeoutInMillis=1000)},
        "/binary": {"post": operation("aws_proxy", INVOKE)},
        "/cookies": {"get": operation("aws_proxy", INVOKE)},
        "/mapped": {
            "post": operation(
                "aws",
                INVOKE,
                requestTemplates={"application/json": '{"kind": $input.json("$.kind"), "name": "$context.stage"}'},
                responses={"default": {"statusCode": 200}, "Bad:.*": {"statusCode": 400}},
            )
        },
        "/queue": {
            "post": operation(
                "aws",
                QUEUE,
                credentials=ROLE,
                requestParameters={"integration.request.header.Content-Type": FORM},
                requestTemplates={"application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"},
                responses=plain,
            )
        },
        "/looped": {
            "get": operation(
                "mock",
                requestTemplates={"application/json": '#set($status = 200){"statusCode": $status}'},
                responses={"default": {"statusCode": 200, "responseTemplates": {"application/json": LOOP}}},
            )
        },
        "/torn": {"get": operation("mock", requestTemplates={"application/json": "#if($a)"}, responses=plain)},
        "/overridden": {
            "post": operation(
                "http",
                f"{backend}/{{place}}",
                requestTemplates={"application/json": OVERRIDES},
                responses=plain,
            )
        },
        "/files/{proxy+}": {
            "x-amazon-apigateway-any-method": operation(
                "http_proxy",
                f"{backend}/{{proxy}}",
                httpMethod="ANY",
                requestParameters={"integration.request.path.proxy": "method.request.path.proxy"},
            )
        },
        "/gone": {"get": operation("http_proxy", "http://127.0.0.1:9/")},
    }


@pytest.fixture(scope="module")
def rest(stacks: Stacks) -> Iterator[Api]:
    with echo() as backend:
        body = {
            "openapi": "3.0.1",
            "info": {"title": "rest"},
            "paths": paths(backend),
            "x-amazon-apigateway-binary-media-types": ["image/png"],
        }
        permission = {"FunctionName": {"Ref": "Function"}, "Action": "lambda:InvokeFunction"}
        resources: dict[str, Any] = {
            "Queue": {"Type": "AWS::SQS::Queue"},
            "Function": function(CODE),
            "Permission": {
                "Type": "AWS::Lambda::Permission",
                "Properties": {**permission, "Principal": "apigateway.amazonaws.com"},
            },
            "Rest": {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "Prod", "DefinitionBody": body}},
        }
        stacks.create("leads", resources, Transform=SERVERLESS)
        yield api(stacks, "leads", "Rest", "/Prod")


def test_a_function_that_takes_too_long_times_out(rest: Api) -> None:
    assert rest.get("/slow").said == (504, {"message": "Endpoint request timed out"})


def test_binary_bodies_come_and_go_as_they_are(rest: Api) -> None:
    answer = rest.ask("POST", "/binary", b"\x89PNG\xff", Content_Type="image/png", Accept="image/png")
    assert answer.text.encode("latin-1") == b"\x89PNG\xff"


def test_a_binary_answer_stays_base64_for_who_accepts_no_binary_type(rest: Api) -> None:
    answer = rest.ask("POST", "/binary", b"\xff", Content_Type="image/png", Accept="text/plain")
    assert base64.b64decode(answer.text) == b"\xff"


def test_every_value_of_a_header_is_sent(rest: Api) -> None:
    assert rest.get("/cookies").headers["set-cookie"] == "a=1, b=2"


def test_a_function_gets_the_mapped_body_and_no_more(rest: Api) -> None:
    assert rest.ask("POST", "/mapped", b'{"kind": "greet"}').said == (200, {"greeting": "Prod"})


def test_the_message_of_an_error_selects_the_response(rest: Api) -> None:
    answer = rest.ask("POST", "/mapped", b'{"kind": "refuse"}')
    assert (answer.status, answer.json["errorMessage"]) == (400, "Bad: no such thing")


def test_a_queue_gets_the_mapped_message(stacks: Stacks, rest: Api) -> None:
    answer = rest.ask("POST", "/queue", b'{"a": "x&y"}', Content_Type="application/json")
    sent = answer.json["SendMessageResponse"]["SendMessageResult"]
    queue = stacks.physical_id("leads", "Queue")
    received = stacks.aws.client("sqs").receive_message(QueueUrl=queue)["Messages"][0]
    assert (answer.status, sent["MessageId"]) == (200, received["MessageId"])
    assert json.loads(received["Body"]) == {"a": "x&y"}


def test_a_proxy_hands_on_method_path_query_headers_and_body(rest: Api) -> None:
    answer = rest.ask("POST", "/files/a/b.txt?c=1&c=2", b"text", X_Own="yes")
    assert (answer.status, answer.headers["x-backend"]) == (202, "yes")
    assert (answer.json["path"], answer.json["body"], answer.json["method"]) == ("/a/b.txt?c=1&c=2", "text", "POST")
    assert answer.json["headers"]["X-Own"] == "yes"


def test_a_proxy_hands_back_the_backends_own_status(rest: Api) -> None:
    assert rest.get("/files/missing").status == 404


def test_a_backend_that_is_not_there_is_a_failure_of_the_integration(rest: Api) -> None:
    assert rest.get("/gone").said == (504, {"message": "Network error communicating with endpoint"})


def test_templates_loop_and_override_what_is_answered(rest: Api) -> None:
    answer = rest.get("/looped?a=1&b=2")
    assert (answer.status, answer.json, answer.headers["x-loop"]) == (203, ["a", "b"], "GET")


def test_templates_override_what_is_sent(rest: Api) -> None:
    asked = rest.ask("POST", "/overridden", b'{"place": "here"}').json
    assert (asked["path"], asked["headers"]["X-Own"]) == ("/here?q=a+b", "own")


def test_a_template_that_cannot_be_run_is_an_internal_error(rest: Api) -> None:
    assert rest.get("/torn").said == (500, {"message": "Internal server error"})
