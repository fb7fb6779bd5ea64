"""HTTP APIs from an OpenAPI document: ImportApi and ReimportApi, with the authorizers that moto leaves out of it.

And GetAuthorizers, which moto lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.apigatewayv2.exceptions import ApiNotFound
from moto.apigatewayv2.models import apigatewayv2_backends

from workbench.local_aws.gateway import openapi
from workbench.local_aws.gateway.http_api import capitalized
from workbench.local_aws.gateway.importing import document_of
from workbench.local_aws.gateway.openapi import Operation, extension
from workbench.local_aws.service import AwsError, RequestContext
from workbench.local_aws.service import Operation as AwsOperation


def operations() -> Mapping[str, AwsOperation]:
    return {"GetAuthorizers": _get_authorizers, "ImportApi": _import_api, "ReimportApi": _reimport_api}


def _import_api(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    document = document_of(parameters["Body"])
    backend = apigatewayv2_backends[context.account][context.region]
    nothing = dict.fromkeys(
        (
            "api_key_selection_expression",
            "cors_configuration",
            "description",
            "disable_schema_validation",
            "disable_execute_api_endpoint",
            "route_selection_expression",
            "version",
        )
    )
    api = backend.create_api(name="", protocol_type="HTTP", tags={}, **nothing)
    return _imported(api, document)


def _reimport_api(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    return _imported(_api(parameters, context), document_of(parameters["Body"]))


def _get_authorizers(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    listed = _api(parameters, context).authorizers.values()
    return {"Items": [capitalized(authorizer.to_json()) for authorizer in listed]}


def _api(parameters: Mapping[str, Any], context: RequestContext) -> Any:
    try:
        return apigatewayv2_backends[context.account][context.region].get_api(parameters["ApiId"])
    except ApiNotFound as error:
        raise AwsError("NotFoundException", error.message, 404) from error


def _imported(api: Any, document: Mapping[str, Any]) -> Mapping[str, Any]:
    info = document.get("info") or {}
    api.name = info.get("title") or api.name
    api.version = str(info.get("version") or "") or api.version
    api.cors_configuration = extension(document, "cors") or api.cors_configuration
    authorizers = _authorizers(api, document)
    api.routes.clear()
    api.integrations.clear()
    for operation in openapi.operations(document):
        _add_route(api, operation, authorizers)
    return {"ApiId": api.api_id, "ApiEndpoint": api.api_endpoint, "Name": api.name, "ProtocolType": api.protocol_type}


def _authorizers(api: Any, document: Mapping[str, Any]) -> Mapping[str, str]:
    """The ids by name; an authorizer that stays keeps its own."""
    known = {authorizer.name: authorizer for authorizer in api.authorizers.values()}
    api.authorizers.clear()
    for name, given in openapi.authorizers(document).items():
        settings = _settings(name, given)
        if name in known:
            known[name].update(**settings)
            api.authorizers[known[name].id] = known[name]
        else:
            api.create_authorizer(**settings)
    return {authorizer.name: authorizer.id for authorizer in api.authorizers.values()}


def _settings(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    sources = given.get("identitySource") or ["$request.header.Authorization"]
    listed = [each.strip() for each in sources.split(",")] if isinstance(sources, str) else list(sources)
    version = given.get("authorizerPayloadFormatVersion")
    return {
        "auth_creds_arn": given.get("authorizerCredentials"),
        "auth_payload_format_version": None if version is None else str(float(version)),
        "auth_result_ttl": given.get("authorizerResultTtlInSeconds"),
        "authorizer_type": str(given.get("type", "")).upper(),
        "authorizer_uri": given.get("authorizerUri"),
        "enable_simple_response": given.get("enableSimpleResponses"),
        "identity_source": listed,
        "identity_validation_expr": given.get("identityValidationExpression"),
        "jwt_config": given.get("jwtConfiguration"),
        "name": name,
    }


def _add_route(api: Any, operation: Operation, authorizers: Mapping[str, str]) -> None:
    target = f"integrations/{_integration(api, operation.integration).id}" if operation.integration else None
    api.create_route(
        api_key_required=False,
        authorization_scopes=list(operation.access.scopes),
        route_key="$default" if operation.path in ("$default", "/$default") else f"{operation.method} {operation.path}",
        target=target,
        authorization_type=operation.access.type,
        authorizer_id=authorizers.get(operation.access.authorizer),
        operation_name=operation.body.get("operationId"),
    )


def _integration(api: Any, given: Mapping[str, Any]) -> Any:
    return api.create_integration(
        connection_id=given.get("connectionId"),
        connection_type=given.get("connectionType", "INTERNET"),
        credentials_arn=given.get("credentials"),
        description=given.get("description"),
        integration_method=given.get("httpMethod"),
        integration_subtype=given.get("integrationSubtype"),
        integration_type=str(given.get("type", "AWS_PROXY")).upper(),
        integration_uri=given.get("uri"),
        payload_format_version=str(given.get("payloadFormatVersion", "2.0")),
        request_parameters=given.get("requestParameters"),
        response_parameters=given.get("responseParameters"),
        timeout_in_millis=given.get("timeoutInMillis"),
        tls_config=given.get("tlsConfig"),
    )
