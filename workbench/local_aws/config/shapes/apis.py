"""API Gateway's resources as AWS Config describes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.config.shapes.words import Description, lowered, without
from workbench.local_aws.config.state.reading import compact
from workbench.resources import Resource


def rest_api(resource: Resource) -> Description:
    given = resource.properties
    configuration = {
        "id": resource.physical_id,
        **lowered(without(given, "ApiKeySourceType", "Body", "BodyS3Location", "Policy", "Tags")),
        "apiKeySource": given.get("ApiKeySourceType", "HEADER"),
    }
    return configuration | compact({"policy": given.get("Policy")}), {}


def stage(resource: Resource) -> Description:
    given = resource.properties
    other_names = ("AccessLogSetting", "MethodSettings", "RestApiId", "Tags", "Variables")
    configuration = {
        "cacheClusterEnabled": False,
        "tracingEnabled": False,
        **lowered(without(given, *other_names)),
        "methodSettings": dict(map(_method_setting, given.get("MethodSettings", ()))),
    }
    protecting = [each for each in resource.related if each.type == "AWS::WAFv2::WebACLAssociation"]
    return configuration | compact(
        {
            "accessLogSettings": lowered(given.get("AccessLogSetting")),
            "variables": given.get("Variables"),
            "webAclArn": protecting[0].properties.get("WebACLArn") if protecting else None,
        }
    ), {}


def _method_setting(setting: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    path = str(setting.get("ResourcePath", "/*")).lstrip("/").replace("/", "~1") or "~1"
    return f"{path}/{setting.get('HttpMethod', '*')}", lowered(without(setting, "ResourcePath", "HttpMethod"))


def v2_api(resource: Resource) -> Description:
    given = resource.properties
    endpoint = {"apiEndpoint": resource.attributes.get("ApiEndpoint")}
    return {"apiId": resource.physical_id, **lowered(without(given, "Tags")), **compact(endpoint)}, {}


def v2_stage(resource: Resource) -> Description:
    given = resource.properties
    named = {name: given.get(name) or {} for name in ("RouteSettings", "StageVariables")}
    configuration = {
        **lowered(without(given, "ApiId", "Tags", *named)),
        "routeSettings": {route: lowered(settings) for route, settings in named["RouteSettings"].items()},
        "stageVariables": named["StageVariables"],
    }
    return configuration, {}
