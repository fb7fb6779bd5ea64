"""Requests to APIs as curl would make them, and the parts of templates that say what an API is."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import urllib3

from tests.e2e.cloudformation.stacks import Stacks

SERVERLESS = "AWS::Serverless-2016-10-31"
SIGNED = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/eu-west-1/execute-api/aws4_request, Signature=0"


@dataclass(frozen=True)
class Page:
    """A response; header names are in lower case."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def said(self) -> tuple[int, Any]:
        return self.status, self.json


@dataclass(frozen=True)
class Api:
    """One API, or one function URL, at an address."""

    url: str

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Page:
        """Underscores in the names of headers stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(urllib3.request(method, self.url + path, body=body, headers=named)) as answer:
            found = {name.lower(): answer.headers[name] for name in answer.headers}
            return Page(answer.status, answer.data.decode("latin-1"), found)

    def get(self, path: str, **headers: str) -> Page:
        return self.ask("GET", path, None, **headers)


def api(stacks: Stacks, stack: str, logical_id: str, stage: str = "") -> Api:
    return Api(f"{stacks.aws.url}/_aws/execute-api/{stacks.physical_id(stack, logical_id)}{stage}")


def function(code: str, **properties: Any) -> dict[str, Any]:
    """A SAM function whose handler is `handler`."""
    given = {"InlineCode": code, "Handler": "index.handler", "Runtime": "python3.13", **properties}
    return {"Type": "AWS::Serverless::Function", "Properties": given}


def route(path: str, method: str = "get", **properties: Any) -> dict[str, Any]:
    """An event of a REST API that is named `Rest`."""
    return {"Type": "Api", "Properties": {"RestApiId": {"Ref": "Rest"}, "Path": path, "Method": method, **properties}}


def http_route(path: str, method: str = "get", **properties: Any) -> dict[str, Any]:
    """An event of an HTTP API that is named `Http`."""
    return {"Type": "HttpApi", "Properties": {"ApiId": {"Ref": "Http"}, "Path": path, "Method": method, **properties}}


ECHO = """
import json
def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event)}
"""
