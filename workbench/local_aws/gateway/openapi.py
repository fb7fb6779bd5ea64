"""What an OpenAPI document says about a REST API, with API Gateway's extensions; Swagger 2 and OpenAPI 3. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

METHODS = ("delete", "get", "head", "options", "patch", "post", "put", "x-amazon-apigateway-any-method")
_EXTENSION = "x-amazon-apigateway-"
_PLACES = {"header": "header", "path": "path", "query": "querystring"}
_TYPES = {"cognito_user_pools": "COGNITO_USER_POOLS", "token": "CUSTOM", "request": "CUSTOM", "jwt": "JWT"}

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Access:
    """What a method asks of its caller; `authorizer` is the name of a security scheme."""

    type: str = "NONE"
    authorizer: str = ""
    scopes: tuple[str, ...] = ()
    needs_key: bool = False


@dataclass(frozen=True)
class Operation:
    """One method of one path. `schemas` are those of its body by content type."""

    path: str
    method: str
    access: Access
    integration: Mapping[str, Any]
    body: Mapping[str, Any]
    parameters: Mapping[str, bool] = field(default_factory=dict)
    schemas: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    validator: str = ""


def extension(node: Mapping[str, Any], name: str) -> Any:
    """The value of `x-amazon-apigateway-<name>`."""
    return node.get(_EXTENSION + name)


def operations(document: Document) -> Iterator[Operation]:
    for path, item in (document.get("paths") or {}).items():
        for method in METHODS:
            if method in (item or {}):
                yield _operation(document, path, method, item)


def _operation(document: Document, path: str, method: str, item: Mapping[str, Any]) -> Operation:
    body = item[method] or {}
    listed = [*(item.get("parameters") or []), *(body.get("parameters") or [])]
    given = [resolved(document, parameter) for parameter in listed]
    validator = extension(body, "request-validator") or extension(document, "request-validator") or ""
    return Operation(
        path,
        "ANY" if method.startswith("x-") else method.upper(),
        access(document, body),
        resolved(document, extension(body, "integration") or {}),
        body,
        dict(_parameter(parameter) for parameter in given if parameter.get("in") in _PLACES),
        dict(_schemas(document, body, given)),
        validator,
    )


def resolved(document: Document, node: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a `$ref` inside the document names, or the node itself."""
    reference = str(node.get("$ref", ""))
    if not reference.startswith("#/"):
        return node
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found.get(part) or {}
    return dict(found)


def access(document: Document, operation: Mapping[str, Any]) -> Access:
    """The last scheme that authorizes counts; one for API keys comes on top."""
    declared = extension(operation, "auth") or extension(document, "auth") or {}
    kind, name, scopes, needs_key = str(declared.get("type", "NONE")).upper(), "", (), False
    requirements = operation.get("security", document.get("security")) or []
    for scheme_name, wanted in (pair for requirement in requirements for pair in requirement.items()):
        scheme = schemes(document).get(scheme_name) or {}
        found = _type(scheme)
        if found != "NONE":
            kind, name, scopes = found, scheme_name, tuple(wanted)
        needs_key = needs_key or (found == "NONE" and str(scheme.get("name", "")).lower() == "x-api-key")
    return Access(kind, name, scopes, needs_key)


def schemes(document: Document) -> Mapping[str, Mapping[str, Any]]:
    found = document.get("securityDefinitions") or (document.get("components") or {}).get("securitySchemes") or {}
    return dict(found)


def _type(scheme: Mapping[str, Any]) -> str:
    if extension(scheme, "authtype") == "awsSigv4":
        return "AWS_IAM"
    return _TYPES.get(str((extension(scheme, "authorizer") or {}).get("type", "")).lower(), "NONE")


def authorizers(document: Document) -> dict[str, Mapping[str, Any]]:
    """API Gateway's members of an authorizer by its name; those of users' tokens look for them in the named header."""
    found = {name: (scheme, extension(scheme, "authorizer")) for name, scheme in schemes(document).items()}
    return {name: _authorizer(scheme, given) for name, (scheme, given) in found.items() if given}


def _authorizer(scheme: Mapping[str, Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    if str(given.get("type", "")).lower() in ("request", "jwt"):
        return given
    return {"identitySource": f"method.request.header.{scheme.get('name', 'Authorization')}", **given}


def models(document: Document) -> Mapping[str, Mapping[str, Any]]:
    """The schemas by name."""
    return document.get("definitions") or (document.get("components") or {}).get("schemas") or {}


def schema_text(schema: Mapping[str, Any]) -> str:
    """A schema as API Gateway keeps it: what it refers to stands under `definitions`."""
    return json.dumps(schema, default=str).replace("#/components/schemas/", "#/definitions/")


def _parameter(parameter: Mapping[str, Any]) -> tuple[str, bool]:
    is_required = str(parameter.get("required", False)).lower() == "true"
    return f"method.request.{_PLACES[parameter['in']]}.{parameter['name']}", is_required


def _schemas(
    document: Document, operation: Mapping[str, Any], parameters: list[Mapping[str, Any]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    kinds = operation.get("consumes") or document.get("consumes") or ["application/json"]
    for parameter in parameters:
        if parameter.get("in") == "body" and parameter.get("schema"):
            yield from ((kind, parameter["schema"]) for kind in kinds)
    content = resolved(document, operation.get("requestBody") or {}).get("content") or {}
    yield from ((kind, media["schema"]) for kind, media in content.items() if media.get("schema"))


def policy(document: Document) -> str:
    found = extension(document, "policy")
    return json.dumps(found) if isinstance(found, Mapping) else found or ""
