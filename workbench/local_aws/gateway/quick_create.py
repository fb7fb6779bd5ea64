"""CreateApi of HTTP APIs with a `Target`: the API comes with its default route, integration and stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.apigatewayv2.models import ApiGatewayV2Backend, apigatewayv2_backends

from workbench.local_aws.gateway.http_api import capitalized
from workbench.local_aws.member_names import in_lower_camel
from workbench.local_aws.service import AwsError, Operation, RequestContext

_SETTINGS = {
    "api_key_selection_expression": "ApiKeySelectionExpression",
    "cors_configuration": "CorsConfiguration",
    "description": "Description",
    "disable_execute_api_endpoint": "DisableExecuteApiEndpoint",
    "disable_schema_validation": "DisableSchemaValidation",
    "name": "Name",
    "protocol_type": "ProtocolType",
    "route_selection_expression": "RouteSelectionExpression",
    "tags": "Tags",
    "version": "Version",
}


def operations() -> Mapping[str, Operation]:
    return {"CreateApi": _create}


def _create(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    if parameters["ProtocolType"] not in ("HTTP", "WEBSOCKET"):
        raise AwsError("BadRequestException", "Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]")
    backend: ApiGatewayV2Backend = apigatewayv2_backends[context.account][context.region]
    given = {ours: in_lower_camel(parameters.get(theirs)) for ours, theirs in _SETTINGS.items()}
    api = backend.create_api(**{**given, "tags": parameters.get("Tags") or {}})
    if parameters.get("Target"):
        _complete(api, parameters)
    return capitalized({**api.to_json(), "corsConfiguration": parameters.get("CorsConfiguration")})


def _complete(api: Any, parameters: Mapping[str, Any]) -> None:
    target = parameters["Target"]
    is_function = target.startswith("arn:")
    integration = api.create_integration(
        connection_type="INTERNET",
        credentials_arn=parameters.get("CredentialsArn"),
        description=None,
        integration_method="POST" if is_function else "ANY",
        integration_type="AWS_PROXY" if is_function else "HTTP_PROXY",
        integration_uri=target,
        payload_format_version="2.0" if is_function else "1.0",
    )
    key = parameters.get("RouteKey", "$default")
    api.create_route(
        api_key_required=False, authorization_scopes=[], route_key=key, target=f"integrations/{integration.id}"
    )
    api.create_stage({"stageName": "$default", "autoDeploy": True})
