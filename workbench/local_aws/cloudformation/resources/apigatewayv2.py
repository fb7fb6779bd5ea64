"""Amazon API Gateway, HTTP and WebSocket APIs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick
from workbench.local_aws.member_names import upper_camel

_API = (
    "ApiKeySelectionExpression",
    "CorsConfiguration",
    "Description",
    "DisableExecuteApiEndpoint",
    "DisableSchemaValidation",
    "Name",
    "RouteSelectionExpression",
    "Version",
)
_STAGE = (
    "AccessLogSettings",
    "AutoDeploy",
    "ClientCertificateId",
    "DefaultRouteSettings",
    "DeploymentId",
    "Description",
    "RouteSettings",
    "StageVariables",
)


def _create_api(properties: Properties, context: Context) -> Physical:
    client = context.client("apigatewayv2")
    body = properties.get("Body") or {}
    made = call(
        client,
        "create_api",
        **{
            "Name": body.get("info", {}).get("title", context.logical_id),
            "ProtocolType": properties.get("ProtocolType", "HTTP"),
            **_cors(body),
            **pick(properties, *_API),
            "Tags": properties.get("Tags"),
        },
    )
    context.exists(made["ApiId"])
    if body:
        _import(client, made["ApiId"], body)
    return _api(made, context)


def _update_api(api_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    client = context.client("apigatewayv2")
    made = call(client, "update_api", ApiId=api_id, **{**_cors(new.get("Body") or {}), **pick(new, *_API)})
    if new.get("Body") and old.get("Body") != new.get("Body"):
        _import(client, api_id, new["Body"])
    return _api(made, context)


def _cors(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The CORS configuration that SAM writes into the body, in the names of the API."""
    written = body.get("x-amazon-apigateway-cors") or {}
    named = {upper_camel(name): value for name, value in written.items()}
    return {"CorsConfiguration": named} if named else {}


def _delete_api(api_id: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("apigatewayv2").delete_api(ApiId=api_id)


def _import(client: Any, api_id: str, body: Mapping[str, Any]) -> None:
    client.reimport_api(ApiId=api_id, Body=json.dumps({"openapi": "3.0.1", **body}, default=str))


def _api(made: Mapping[str, Any], context: Context) -> Physical:
    api_id = made["ApiId"]
    return Physical(
        api_id,
        {
            "ApiEndpoint": made.get("ApiEndpoint", ""),
            "ApiId": api_id,
            "ExecuteApiArn": context.arn("execute-api", api_id),
        },
    )


def _create_stage(properties: Properties, context: Context) -> Physical:
    name = properties["StageName"]
    call(
        context.client("apigatewayv2"),
        "create_stage",
        ApiId=properties["ApiId"],
        StageName=name,
        Tags=properties.get("Tags"),
        **pick(properties, *_STAGE),
    )
    return Physical(name)


def _update_stage(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    gone: dict[str, Any] = {
        prop: {} for prop in ("AccessLogSettings", "DefaultRouteSettings") if prop in old and prop not in new
    }
    call(
        context.client("apigatewayv2"),
        "update_stage",
        ApiId=new["ApiId"],
        StageName=name,
        **{**gone, **pick(new, *_STAGE)},
    )
    return Physical(name)


def _delete_stage(name: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("apigatewayv2").delete_stage(ApiId=properties["ApiId"], StageName=name)


_INTEGRATION = (
    "ConnectionId",
    "ConnectionType",
    "ContentHandlingStrategy",
    "CredentialsArn",
    "Description",
    "IntegrationMethod",
    "IntegrationSubtype",
    "IntegrationType",
    "IntegrationUri",
    "PassthroughBehavior",
    "PayloadFormatVersion",
    "RequestParameters",
    "RequestTemplates",
    "TimeoutInMillis",
)
_ROUTE = (
    "ApiKeyRequired",
    "AuthorizationScopes",
    "AuthorizationType",
    "AuthorizerId",
    "OperationName",
    "RouteKey",
    "Target",
)


def _part(kind: str, settings: tuple[str, ...]) -> Provider:
    """Authorizers, integrations and routes, which differ in name only."""
    method, id_member = kind.lower(), f"{kind}Id"

    def create(properties: Properties, context: Context) -> Physical:
        made = call(
            context.client("apigatewayv2"),
            f"create_{method}",
            ApiId=properties["ApiId"],
            **pick(properties, *settings),
        )
        return Physical(made[id_member], {id_member: made[id_member]})

    def update(part_id: str, _: Properties, new: Properties, context: Context) -> Physical:
        where = {"ApiId": new["ApiId"], id_member: part_id}
        call(context.client("apigatewayv2"), f"update_{method}", **where, **pick(new, *settings))
        return Physical(part_id, {id_member: part_id})

    def delete(part_id: str, properties: Properties, context: Context) -> None:
        with gone_is_fine():
            remove = getattr(context.client("apigatewayv2"), f"delete_{method}")
            remove(ApiId=properties["ApiId"], **{id_member: part_id})

    return Provider(create, update, delete, replaces=frozenset({"ApiId"}))


_AUTHORIZER = (
    "AuthorizerCredentialsArn",
    "AuthorizerPayloadFormatVersion",
    "AuthorizerResultTtlInSeconds",
    "AuthorizerType",
    "AuthorizerUri",
    "EnableSimpleResponses",
    "IdentitySource",
    "IdentityValidationExpression",
    "JwtConfiguration",
    "Name",
)

PROVIDERS = {
    "AWS::ApiGatewayV2::Api": Provider(
        _create_api,
        _update_api,
        _delete_api,
        replaces=frozenset({"ProtocolType"}),
        held=frozenset({*_API, "Body", "ProtocolType", "Tags", "FailOnWarnings"}),
    ),
    "AWS::ApiGatewayV2::Authorizer": _part("Authorizer", _AUTHORIZER),
    "AWS::ApiGatewayV2::Integration": _part("Integration", _INTEGRATION),
    "AWS::ApiGatewayV2::Route": _part("Route", _ROUTE),
    "AWS::ApiGatewayV2::Stage": Provider(
        _create_stage, _update_stage, _delete_stage, replaces=frozenset({"ApiId", "StageName"})
    ),
}
