"""What OpenAPI documents say about an API."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.local_aws.gateway.openapi import Access, access, authorizers, operations

SCHEMES: dict[str, Any] = {
    "key": {"type": "apiKey", "name": "X-API-Key", "in": "header"},
    "iam": {"type": "apiKey", "name": "Authorization", "x-amazon-apigateway-authtype": "awsSigv4"},
    "token": {"type": "apiKey", "name": "X-Token", "x-amazon-apigateway-authorizer": {"type": "token"}},
    "users": {"type": "apiKey", "name": "A", "x-amazon-apigateway-authorizer": {"type": "cognito_user_pools"}},
    "jwt": {"type": "oauth2", "x-amazon-apigateway-authorizer": {"type": "jwt", "identitySource": "$request.x"}},
}


@pytest.mark.parametrize("place", [{"securityDefinitions": SCHEMES}, {"components": {"securitySchemes": SCHEMES}}])
@pytest.mark.parametrize(
    ("security", "wanted"),
    [
        ([], Access()),
        ([{"NONE": []}], Access()),
        ([{"key": []}], Access(needs_key=True)),
        ([{"iam": []}], Access("AWS_IAM", "iam")),
        ([{"token": []}, {"key": []}], Access("CUSTOM", "token", needs_key=True)),
        ([{"users": ["read"]}], Access("COGNITO_USER_POOLS", "users", ("read",))),
        ([{"jwt": []}], Access("JWT", "jwt")),
    ],
)
def test_security_says_what_a_method_asks_of_its_caller(place: Any, security: Any, wanted: Access) -> None:
    assert access(place, {"security": security}) == wanted


def test_the_documents_security_counts_where_a_method_has_none() -> None:
    document = {"securityDefinitions": SCHEMES, "security": [{"iam": []}]}
    assert (access(document, {}).type, access(document, {"security": []}).type) == ("AWS_IAM", "NONE")


def test_an_authorizer_looks_for_its_token_in_the_schemes_header() -> None:
    found = authorizers({"securityDefinitions": SCHEMES})
    assert found["token"]["identitySource"] == "method.request.header.X-Token"
    assert found["jwt"]["identitySource"] == "$request.x"


def test_parameters_of_a_path_and_of_its_method_are_put_together() -> None:
    shared = {"parameters": [{"$ref": "#/parameters/id"}], "get": {"parameters": [{"name": "q", "in": "query"}]}}
    parameter = {"name": "id", "in": "path", "required": True}
    (operation,) = operations({"paths": {"/a/{id}": shared}, "parameters": {"id": parameter}})
    assert operation.parameters == {"method.request.path.id": True, "method.request.querystring.q": False}


@pytest.mark.parametrize(
    "body",
    [
        {"parameters": [{"in": "body", "name": "b", "schema": {"type": "object"}}]},
        {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}},
    ],
    ids=["swagger", "openapi"],
)
def test_the_schema_of_a_body_is_that_of_its_content_type(body: dict[str, Any]) -> None:
    (operation,) = operations({"paths": {"/a": {"x-amazon-apigateway-any-method": body}}})
    assert (operation.method, operation.schemas) == ("ANY", {"application/json": {"type": "object"}})
