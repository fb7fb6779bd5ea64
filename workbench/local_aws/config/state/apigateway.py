"""API Gateway: REST APIs with their methods and stages, HTTP and WebSocket APIs with their stages and routes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import capitalised, compact, pages, picked, tag_list
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_API = ("Name", "Description", "ApiKeySourceType", "MinimumCompressionSize", "DisableExecuteApiEndpoint", "Policy")
_STAGE = (
    "StageName",
    "DeploymentId",
    "Description",
    "TracingEnabled",
    "CacheClusterEnabled",
    "CacheClusterSize",
    "Variables",
)
_SETTINGS = (
    "LoggingLevel",
    "MetricsEnabled",
    "DataTraceEnabled",
    "CachingEnabled",
    "CacheDataEncrypted",
    "CacheTtlInSeconds",
    "ThrottlingBurstLimit",
    "ThrottlingRateLimit",
)
_METHOD = ("HttpMethod", "AuthorizationType", "AuthorizerId", "ApiKeyRequired", "OperationName")
_INTEGRATION = ("Type", "Uri", "IntegrationHttpMethod", "Credentials", "ConnectionType", "PassthroughBehavior")
_V2_API = (
    "Name",
    "ProtocolType",
    "Description",
    "RouteSelectionExpression",
    "CorsConfiguration",
    "DisableExecuteApiEndpoint",
)
_V2_STAGE = (
    "StageName",
    "Description",
    "AutoDeploy",
    "AccessLogSettings",
    "DefaultRouteSettings",
    "RouteSettings",
    "StageVariables",
)
_V2_ROUTE = ("RouteKey", "AuthorizationType", "AuthorizerId", "ApiKeyRequired", "Target", "OperationName")


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    rest = clients("apigateway")
    for api in pages(rest, "get_rest_apis", "items"):
        yield from _rest_api(rest, capitalised(api))
    newer = clients("apigatewayv2")
    for api in pages(newer, "get_apis", "Items"):
        yield from _v2_api(newer, api)


def _rest_api(client: Any, api: Mapping[str, Any]) -> Iterator[Resource]:
    api_id = api["Id"]
    endpoint = picked(api.get("EndpointConfiguration") or {}, "Types", "VpcEndpointIds")
    properties = picked(api, *_API) | compact({"EndpointConfiguration": endpoint, "Tags": tag_list(api.get("Tags"))})
    yield Resource(
        api_id, "AWS::ApiGateway::RestApi", api_id, properties, {"RestApiId": api_id, "Name": api.get("Name")}
    )
    for path in pages(client, "get_resources", "items", restApiId=api_id):
        for method in (path.get("resourceMethods") or {}).values():
            yield _method(api_id, path["id"], capitalised(method))
    for stage in client.get_stages(restApiId=api_id)["item"]:
        yield _stage(api_id, stage)


def _method(api_id: str, resource_id: str, method: Mapping[str, Any]) -> Resource:
    integration = method.get("MethodIntegration") or {}
    described = picked({**integration, "IntegrationHttpMethod": integration.get("HttpMethod")}, *_INTEGRATION)
    properties = {"RestApiId": api_id, "ResourceId": resource_id} | picked(method, *_METHOD)
    physical_id = f"{api_id}/{resource_id}/{method.get('HttpMethod')}"
    return Resource(
        physical_id, "AWS::ApiGateway::Method", physical_id, properties | compact({"Integration": described})
    )


def _stage(api_id: str, answer: Mapping[str, Any]) -> Resource:
    stage = capitalised({name: value for name, value in answer.items() if name not in ("variables", "methodSettings")})
    logs = picked(stage.get("AccessLogSettings") or {}, "DestinationArn", "Format")
    properties = {"RestApiId": api_id} | picked(stage | {"Variables": answer.get("variables")}, *_STAGE)
    properties |= compact(
        {
            "AccessLogSetting": logs,
            "ClientCertificateId": stage.get("ClientCertificateId"),
            "MethodSettings": [_setting(*entry) for entry in (answer.get("methodSettings") or {}).items()],
            "Tags": tag_list(answer.get("tags")),
        }
    )
    name = answer["stageName"]
    return Resource(f"{api_id}/{name}", "AWS::ApiGateway::Stage", name, properties)


def _setting(path: str, settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """`*/*` or `~1orders/GET`, with what is set for those methods."""
    resource, _, method = path.rpartition("/")
    where = {"ResourcePath": "/" + resource.replace("~1", "/").lstrip("/"), "HttpMethod": method}
    return where | picked(capitalised(settings), *_SETTINGS)


def _v2_api(client: Any, api: Mapping[str, Any]) -> Iterator[Resource]:
    api_id = api["ApiId"]
    properties = picked(api, *_V2_API) | compact({"Tags": api.get("Tags")})
    attributes = compact({"ApiId": api_id, "ApiEndpoint": api.get("ApiEndpoint"), "Name": api.get("Name")})
    yield Resource(api_id, "AWS::ApiGatewayV2::Api", api_id, properties, attributes)
    for stage in pages(client, "get_stages", "Items", ApiId=api_id):
        name = stage["StageName"]
        described = {"ApiId": api_id} | picked(stage, *_V2_STAGE) | compact({"Tags": stage.get("Tags")})
        yield Resource(f"{api_id}/{name}", "AWS::ApiGatewayV2::Stage", name, described)
    for route in pages(client, "get_routes", "Items", ApiId=api_id):
        route_id = route["RouteId"]
        described = {"ApiId": api_id} | picked(route, *_V2_ROUTE)
        yield Resource(f"{api_id}/{route_id}", "AWS::ApiGatewayV2::Route", route_id, described)
