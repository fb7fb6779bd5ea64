"""Amazon API Gateway, REST: APIs that a template puts together piece by piece, resource by resource."""

from __future__ import annotations

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick


def _create_resource(properties: Properties, context: Context) -> Physical:
    made = context.client("apigateway").create_resource(
        restApiId=properties["RestApiId"], parentId=properties["ParentId"], pathPart=properties["PathPart"]
    )
    return Physical(made["id"], {"ResourceId": made["id"]})


def _delete_resource(resource_id: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("apigateway").delete_resource(restApiId=properties["RestApiId"], resourceId=resource_id)


_METHOD = (
    "ApiKeyRequired",
    "AuthorizationScopes",
    "AuthorizerId",
    "OperationName",
    "RequestModels",
    "RequestParameters",
    "RequestValidatorId",
)
_INTEGRATION = (
    "CacheKeyParameters",
    "CacheNamespace",
    "ConnectionId",
    "ConnectionType",
    "ContentHandling",
    "Credentials",
    "PassthroughBehavior",
    "RequestParameters",
    "RequestTemplates",
    "TimeoutInMillis",
    "Type",
    "Uri",
)


def _create_method(properties: Properties, context: Context) -> Physical:
    _put_method(properties, context)
    name = "-".join((context.stack_name, context.logical_id, properties["HttpMethod"]))
    return Physical(name)


def _update_method(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    _put_method(new, context)
    return Physical(name)


def _put_method(properties: Properties, context: Context) -> None:
    client = context.client("apigateway")
    where = pick(properties, "RestApiId", "ResourceId", "HttpMethod")
    authorization = properties.get("AuthorizationType", "NONE")
    call(client, "put_method", AuthorizationType=authorization, **where, **pick(properties, *_METHOD))
    for response in properties.get("MethodResponses") or []:
        call(client, "put_method_response", **where, **response)
    integration = properties.get("Integration")
    if not integration:
        return
    given = pick(integration, *_INTEGRATION, IntegrationHttpMethod="IntegrationHttpMethod")
    call(client, "put_integration", **where, **given)
    for response in integration.get("IntegrationResponses") or []:
        call(client, "put_integration_response", **where, **response)


def _delete_method(_: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        call(context.client("apigateway"), "delete_method", **pick(properties, "RestApiId", "ResourceId", "HttpMethod"))


PROVIDERS = {
    "AWS::ApiGateway::Method": Provider(
        _create_method, _update_method, _delete_method, replaces=frozenset({"RestApiId", "ResourceId", "HttpMethod"})
    ),
    "AWS::ApiGateway::Resource": Provider(_create_resource, None, _delete_resource),
}
