"""Amazon API Gateway, REST: deployments and stages, with tracing, logging, caching and throttling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick
from workbench.local_aws.member_names import lower_camel
from workbench.templates.functions import scalar_text

_PLAIN = {
    "CacheClusterEnabled": "/cacheClusterEnabled",
    "CacheClusterSize": "/cacheClusterSize",
    "DeploymentId": "/deploymentId",
    "Description": "/description",
    "TracingEnabled": "/tracingEnabled",
}
_METHOD_SETTINGS = {
    "CacheDataEncrypted": "caching/dataEncrypted",
    "CacheTtlInSeconds": "caching/ttlInSeconds",
    "CachingEnabled": "caching/enabled",
    "DataTraceEnabled": "logging/dataTrace",
    "LoggingLevel": "logging/loglevel",
    "MetricsEnabled": "metrics/enabled",
    "ThrottlingBurstLimit": "throttling/burstLimit",
    "ThrottlingRateLimit": "throttling/rateLimit",
}
_HELD = frozenset({*_PLAIN, "AccessLogSetting", "MethodSettings", "RestApiId", "StageName", "Tags", "Variables"})

Patch = Mapping[str, str]


def _create_deployment(properties: Properties, context: Context) -> Physical:
    client = context.client("apigateway")
    api_id = properties["RestApiId"]
    made = call(client, "create_deployment", RestApiId=api_id, **pick(properties, "Description"))
    context.exists(made["id"])
    stage = properties.get("StageName")
    if stage and stage in _stage_names(client, api_id):
        client.update_stage(restApiId=api_id, stageName=stage, patchOperations=[_replace("/deploymentId", made["id"])])
    elif stage:
        client.create_stage(restApiId=api_id, stageName=stage, deploymentId=made["id"])
    return Physical(made["id"], {"DeploymentId": made["id"]})


def _stage_names(client: Any, api_id: str) -> list[str]:
    return [stage["stageName"] for stage in client.get_stages(restApiId=api_id)["item"]]


def _delete_deployment(deployment_id: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("apigateway").delete_deployment(restApiId=properties["RestApiId"], deploymentId=deployment_id)


def _create_stage(properties: Properties, context: Context) -> Physical:
    client = context.client("apigateway")
    name, api_id = properties.get("StageName", "default"), properties["RestApiId"]
    call(
        client,
        "create_stage",
        RestApiId=api_id,
        StageName=name,
        Tags=context.tag_map(properties) or None,
        **pick(properties, "DeploymentId", "Variables", *_PLAIN),
    )
    context.exists(name)
    _patch(client, api_id, name, [*_access_logs({}, properties), *_settings({}, properties)])
    return Physical(name)


def _update_stage(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    client = context.client("apigateway")
    plain = [
        _replace(path, new.get(prop, _DEFAULTS.get(prop, "")))
        for prop, path in _PLAIN.items()
        if old.get(prop) != new.get(prop)
    ]
    patches = [*plain, *_variables(old, new), *_access_logs(old, new), *_settings(old, new)]
    _patch(client, new["RestApiId"], name, patches)
    return Physical(name)


_DEFAULTS = {"CacheClusterEnabled": False, "TracingEnabled": False, "CacheClusterSize": "0.5"}


def _delete_stage(name: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("apigateway").delete_stage(restApiId=properties["RestApiId"], stageName=name)


def _patch(client: Any, api_id: str, name: str, patches: list[Patch]) -> None:
    if patches:
        client.update_stage(restApiId=api_id, stageName=name, patchOperations=patches)


def _replace(path: str, value: Any) -> Patch:
    return {"op": "replace", "path": path, "value": scalar_text(value)}


def _variables(old: Properties, new: Properties) -> Iterator[Patch]:
    before, after = old.get("Variables") or {}, new.get("Variables") or {}
    for key in before.keys() - after.keys():
        yield {"op": "remove", "path": f"/variables/{key}"}
    for key, value in after.items():
        if before.get(key) != value:
            yield _replace(f"/variables/{key}", value)


def _access_logs(old: Properties, new: Properties) -> Iterator[Patch]:
    before, after = old.get("AccessLogSetting"), new.get("AccessLogSetting")
    if before and not after:
        yield {"op": "remove", "path": "/accessLogSettings"}
    if after and after != before:
        for key, value in after.items():
            yield _replace(f"/accessLogSettings/{lower_camel(key)}", value)


def _settings(old: Properties, new: Properties) -> Iterator[Patch]:
    before = {_method_path(setting): setting for setting in old.get("MethodSettings") or []}
    after = {_method_path(setting): setting for setting in new.get("MethodSettings") or []}
    for path in before:
        if path not in after:
            yield {"op": "remove", "path": path}
    for path, setting in after.items():
        if before.get(path) == setting:
            continue
        if path in before:
            yield {"op": "remove", "path": path}
        for prop, suffix in _METHOD_SETTINGS.items():
            if prop in setting:
                yield _replace(f"{path}/{suffix}", setting[prop])


def _method_path(setting: Mapping[str, Any]) -> str:
    """`/*/*` for all methods, otherwise the resource path with its slashes escaped and the method."""
    resource = setting.get("ResourcePath", "/*")
    escaped = "*" if resource == "/*" else resource.replace("/", "~1")
    return f"/{escaped}/{setting.get('HttpMethod', '*')}"


PROVIDERS = {
    "AWS::ApiGateway::Deployment": Provider(_create_deployment, None, _delete_deployment),
    "AWS::ApiGateway::Stage": Provider(
        _create_stage,
        _update_stage,
        _delete_stage,
        replaces=frozenset({"RestApiId", "StageName"}),
        held=_HELD,
    ),
}
