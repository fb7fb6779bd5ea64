"""AWS AppSync: GraphQL APIs, their schema, cache and keys."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlparse

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine
from workbench.local_aws.cloudformation.submission import fetch


def _create_api(properties: Properties, context: Context) -> Physical:
    tags = context.tag_map(properties) or None
    return _api(call(context.client("appsync"), "create_graphql_api", **{**properties, "Tags": tags})["graphqlApi"])


def _update_api(arn: str, _: Properties, new: Properties, context: Context) -> Physical:
    given = {key: value for key, value in new.items() if key != "Tags"}
    updated = call(context.client("appsync"), "update_graphql_api", ApiId=arn.rsplit("/", 1)[1], **given)
    return _api(updated["graphqlApi"])


def _delete_api(arn: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("appsync").delete_graphql_api(apiId=arn.rsplit("/", 1)[1])


def _api(made: dict[str, Any]) -> Physical:
    urls = {
        "GraphQLUrl": made.get("uris", {}).get("GRAPHQL", ""),
        "RealtimeUrl": made.get("uris", {}).get("REALTIME", ""),
    }
    hosts = {"GraphQLDns": urlparse(urls["GraphQLUrl"]).netloc, "RealtimeDns": urlparse(urls["RealtimeUrl"]).netloc}
    return Physical(made["arn"], {"ApiId": made["apiId"], "Arn": made["arn"], **urls, **hosts})


def _create_schema(properties: Properties, context: Context) -> Physical:
    _start_schema(properties, context)
    return Physical(f"{properties['ApiId']}GraphQLSchema")


def _update_schema(physical_id: str, _: Properties, new: Properties, context: Context) -> Physical:
    _start_schema(new, context)
    return Physical(physical_id)


def _start_schema(properties: Properties, context: Context) -> None:
    text = properties.get("Definition") or fetch(properties["DefinitionS3Location"], context.client)
    call(context.client("appsync"), "start_schema_creation", ApiId=properties["ApiId"], Definition=text)


def _keep_schema(_id: str, _properties: Properties, _context: Context) -> None:
    """A schema goes with its API."""


def _create_key(properties: Properties, context: Context) -> Physical:
    return _key(call(context.client("appsync"), "create_api_key", **properties)["apiKey"], context, properties)


def _update_key(arn: str, _: Properties, new: Properties, context: Context) -> Physical:
    made = call(context.client("appsync"), "update_api_key", Id=arn.rsplit("/", 1)[1], **new)["apiKey"]
    return _key(made, context, new)


def _delete_key(arn: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("appsync").delete_api_key(apiId=properties["ApiId"], id=arn.rsplit("/", 1)[1])


def _key(made: dict[str, Any], context: Context, properties: Properties) -> Physical:
    arn = context.arn("appsync", f"apis/{properties['ApiId']}/apikeys/{made['id']}")
    return Physical(arn, {"ApiKey": made["id"], "ApiKeyId": made["id"], "Arn": arn})


def _create_cache(properties: Properties, context: Context) -> Physical:
    call(context.client("appsync"), "create_api_cache", **properties)
    return Physical(properties["ApiId"])


def _update_cache(api_id: str, _: Properties, new: Properties, context: Context) -> Physical:
    call(context.client("appsync"), "update_api_cache", **new)
    return Physical(api_id)


def _delete_cache(api_id: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("appsync").delete_api_cache(apiId=api_id)


PROVIDERS = {
    "AWS::AppSync::ApiCache": Provider(
        _create_cache,
        _update_cache,
        _delete_cache,
        replaces=frozenset({"ApiId", "AtRestEncryptionEnabled", "TransitEncryptionEnabled"}),
    ),
    "AWS::AppSync::ApiKey": Provider(_create_key, _update_key, _delete_key, replaces=frozenset({"ApiId"})),
    "AWS::AppSync::GraphQLApi": Provider(_create_api, _update_api, _delete_api),
    "AWS::AppSync::GraphQLSchema": Provider(
        _create_schema, _update_schema, _keep_schema, replaces=frozenset({"ApiId"})
    ),
}
