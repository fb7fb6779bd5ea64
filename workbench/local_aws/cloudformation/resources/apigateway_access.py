"""Amazon API Gateway, REST: who may call an API: authorizers, API keys and the usage plans that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick
from workbench.local_aws.member_names import lower_camel
from workbench.templates.functions import scalar_text

_AUTHORIZER = {
    "AuthorizerCredentials": "/authorizerCredentials",
    "AuthorizerResultTtlInSeconds": "/authorizerResultTtlInSeconds",
    "AuthorizerUri": "/authorizerUri",
    "AuthType": "/authType",
    "IdentitySource": "/identitySource",
    "IdentityValidationExpression": "/identityValidationExpression",
    "Name": "/name",
}
_KEY = {"CustomerId": "/customerId", "Description": "/description", "Enabled": "/enabled", "Name": "/name"}
_PLAN = {"Description": "/description", "UsagePlanName": "/name"}
_LIMITS = {"Quota": ("Limit", "Offset", "Period"), "Throttle": ("BurstLimit", "RateLimit")}

Patch = Mapping[str, str]


def _create_authorizer(properties: Properties, context: Context) -> Physical:
    given = pick(properties, "RestApiId", "Type", "ProviderARNs", *_AUTHORIZER)
    made = call(context.client("apigateway"), "create_authorizer", **{"Name": context.logical_id, **given})
    return Physical(made["id"], {"AuthorizerId": made["id"]})


def _update_authorizer(authorizer_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    where = {"restApiId": new["RestApiId"], "authorizerId": authorizer_id}
    patches = list(_changed(_AUTHORIZER, old, new))
    if patches:
        context.client("apigateway").update_authorizer(**where, patchOperations=patches)
    return Physical(authorizer_id, {"AuthorizerId": authorizer_id})


def _delete_authorizer(authorizer_id: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("apigateway").delete_authorizer(restApiId=properties["RestApiId"], authorizerId=authorizer_id)


def _create_key(properties: Properties, context: Context) -> Physical:
    given = pick(properties, "GenerateDistinctId", "Value", *_KEY)
    name = {"Name": context.name(), "Tags": context.tag_map(properties) or None}
    made = call(context.client("apigateway"), "create_api_key", **{**name, **given})
    return Physical(made["id"], {"APIKeyId": made["id"]})


def _update_key(key_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    patches = list(_changed(_KEY, old, new))
    if patches:
        context.client("apigateway").update_api_key(apiKey=key_id, patchOperations=patches)
    return Physical(key_id, {"APIKeyId": key_id})


def _delete_key(key_id: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("apigateway").delete_api_key(apiKey=key_id)


def _create_plan(properties: Properties, context: Context) -> Physical:
    given = pick(properties, "ApiStages", "Description", *_LIMITS, UsagePlanName="Name")
    name = {"Name": context.name(), "Tags": context.tag_map(properties) or None}
    made = call(context.client("apigateway"), "create_usage_plan", **{**name, **given})
    return Physical(made["id"], {"Id": made["id"]})


def _update_plan(plan_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    patches = [*_changed(_PLAN, old, new), *_stages(old, new), *_limits(old, new)]
    if patches:
        context.client("apigateway").update_usage_plan(usagePlanId=plan_id, patchOperations=patches)
    return Physical(plan_id, {"Id": plan_id})


def _delete_plan(plan_id: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("apigateway").delete_usage_plan(usagePlanId=plan_id)


def _create_plan_key(properties: Properties, context: Context) -> Physical:
    given = pick(properties, "KeyId", "KeyType", "UsagePlanId")
    call(context.client("apigateway"), "create_usage_plan_key", **given)
    name = f"{properties['KeyId']}:{properties['UsagePlanId']}"
    return Physical(name, {"Id": name})


def _delete_plan_key(_: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        call(context.client("apigateway"), "delete_usage_plan_key", **pick(properties, "KeyId", "UsagePlanId"))


def _changed(paths: Mapping[str, str], old: Properties, new: Properties) -> Iterator[Patch]:
    for name, path in paths.items():
        if old.get(name) != new.get(name):
            yield {"op": "replace", "path": path, "value": scalar_text(new.get(name, ""))}


def _stages(old: Properties, new: Properties) -> Iterator[Patch]:
    before, after = _stage_names(old), _stage_names(new)
    for name in before - after:
        yield {"op": "remove", "path": "/apiStages", "value": name}
    for name in after - before:
        yield {"op": "add", "path": "/apiStages", "value": name}


def _stage_names(properties: Properties) -> set[str]:
    return {f"{stage['ApiId']}:{stage['Stage']}" for stage in properties.get("ApiStages") or []}


def _limits(old: Properties, new: Properties) -> Iterator[Patch]:
    for name, members in _LIMITS.items():
        before, after = old.get(name) or {}, new.get(name) or {}
        if before and not after:
            yield {"op": "remove", "path": f"/{name.lower()}"}
        for member in members:
            if after.get(member) not in (None, before.get(member)):
                path = f"/{name.lower()}/{lower_camel(member)}"
                yield {"op": "replace", "path": path, "value": scalar_text(after[member])}


PROVIDERS: dict[str, Provider] = {
    "AWS::ApiGateway::ApiKey": Provider(
        _create_key,
        _update_key,
        _delete_key,
        replaces=frozenset({"GenerateDistinctId", "Name", "Value"}),
        tagged=True,
    ),
    "AWS::ApiGateway::Authorizer": Provider(
        _create_authorizer,
        _update_authorizer,
        _delete_authorizer,
        # moto changes neither in place.
        replaces=frozenset({"ProviderARNs", "RestApiId", "Type"}),
    ),
    "AWS::ApiGateway::UsagePlan": Provider(_create_plan, _update_plan, _delete_plan, tagged=True),
    "AWS::ApiGateway::UsagePlanKey": Provider(_create_plan_key, None, _delete_plan_key),
}
