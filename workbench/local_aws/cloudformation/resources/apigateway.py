"""Amazon API Gateway, REST: APIs from their OpenAPI body or piece by piece, deployments, the account's role."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources import apigateway_access, apigateway_checks, apigateway_stages
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, json_text, pick
from workbench.local_aws.cloudformation.submission import fetch

_API = (
    "BinaryMediaTypes",
    "Description",
    "DisableExecuteApiEndpoint",
    "EndpointConfiguration",
    "MinimumCompressionSize",
    "Policy",
)


def _create_api(properties: Properties, context: Context) -> Physical:
    client = context.client("apigateway")
    body = _body(properties, context)
    name = properties.get("Name") or (body or {}).get("info", {}).get("title") or context.logical_id
    given = {**pick(properties, *_API, ApiKeySourceType="ApiKeySource"), "EndpointConfiguration": _endpoint(properties)}
    api = call(client, "create_rest_api", Name=name, Tags=context.tag_map(properties) or None, **given)
    context.exists(api["id"])
    if body:
        _import(client, api["id"], body)
    _set_binary_types(client, api["id"], {}, properties)
    return _api(client, api["id"])


def _set_binary_types(client: Any, api_id: str, old: Properties, new: Properties) -> None:
    """moto takes them as changes only; those of the API's body are not in the properties."""
    known = set(client.get_rest_api(restApiId=api_id).get("binaryMediaTypes") or [])
    before, after = _binary_types(old), _binary_types(new)
    changes = [*(("add", kind) for kind in after - known), *(("remove", kind) for kind in (before - after) & known)]
    patches = [{"op": op, "path": "/binaryMediaTypes", "value": kind} for op, kind in sorted(changes)]
    if patches:
        client.update_rest_api(restApiId=api_id, patchOperations=patches)


def _binary_types(properties: Properties) -> set[str]:
    return {str(kind).replace("~1", "/") for kind in properties.get("BinaryMediaTypes") or []}


def _update_api(api_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    client = context.client("apigateway")
    changed = [path for path in _PATCHED if old.get(path) != new.get(path)]
    operations = [_replace(_PATCHED[prop], new.get(prop)) for prop in changed]
    if _endpoint(old) != _endpoint(new):
        operations.append(_replace("/endpointConfiguration/types/0", _endpoint(new)["Types"][0]))
    if operations:
        client.update_rest_api(restApiId=api_id, patchOperations=operations)
    body = _body(new, context)
    if body and body != _body(old, context):
        _import(client, api_id, body)
    _set_binary_types(client, api_id, old, new)
    return _api(client, api_id)


def _endpoint(properties: Properties) -> Mapping[str, Any]:
    """SAM also names the type of endpoint as a parameter of the import."""
    named = (properties.get("Parameters") or {}).get("endpointConfigurationTypes", "EDGE")
    return properties.get("EndpointConfiguration") or {"Types": [named]}


_PATCHED = {
    "ApiKeySourceType": "/apiKeySource",
    "Description": "/description",
    "DisableExecuteApiEndpoint": "/disableExecuteApiEndpoint",
    "Name": "/name",
    "Policy": "/policy",
}


def _replace(path: str, value: Any) -> Mapping[str, str]:
    # moto takes any text for true; the empty one is false.
    return {"op": "replace", "path": path, "value": json_text(value) if value else ""}


def _delete_api(api_id: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("apigateway").delete_rest_api(restApiId=api_id)


def _body(properties: Properties, context: Context) -> dict[str, Any] | None:
    location = properties.get("BodyS3Location")
    if location:
        text = fetch(f"s3://{location['Bucket']}/{location['Key']}", context.client)
        return dict(yaml.safe_load(text))
    return properties.get("Body")


def _import(client: Any, api_id: str, body: Mapping[str, Any]) -> None:
    document = body if "swagger" in body or "openapi" in body else {"openapi": "3.0.1", **body}
    client.put_rest_api(restApiId=api_id, mode="overwrite", body=json.dumps(document, default=str).encode())


def _api(client: Any, api_id: str) -> Physical:
    root = next(item["id"] for item in client.get_resources(restApiId=api_id)["items"] if item["path"] == "/")
    return Physical(api_id, {"RestApiId": api_id, "RootResourceId": root})


def _set_account(properties: Properties, context: Context) -> Physical:
    role = properties.get("CloudWatchRoleArn", "")
    patch = {"op": "replace", "path": "/cloudwatchRoleArn", "value": role}
    context.client("apigateway").update_account(patchOperations=[patch])
    return Physical(context.name(64))


def _update_account(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    _set_account(new, context)
    return Physical(name)


def _keep_account(_id: str, _properties: Properties, _context: Context) -> None:
    """The account's settings outlive the stack that made them, as on AWS."""


PROVIDERS: dict[str, Provider] = {
    "AWS::ApiGateway::Account": Provider(_set_account, _update_account, _keep_account),
    "AWS::ApiGateway::RestApi": Provider(
        _create_api,
        _update_api,
        _delete_api,
        held=frozenset(
            {
                *_API,
                "ApiKeySourceType",
                "Body",
                "BodyS3Location",
                "FailOnWarnings",
                "Mode",
                "Name",
                "Parameters",
                "Tags",
            }
        ),
    ),
    **apigateway_access.PROVIDERS,
    **apigateway_checks.PROVIDERS,
    **apigateway_stages.PROVIDERS,
}
