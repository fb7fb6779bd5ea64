"""Amazon Cognito: user pools and their clients."""

from __future__ import annotations

from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine

_POOL_CREATE_ONLY = ("UserPoolName", "AliasAttributes", "UsernameAttributes", "UsernameConfiguration", "Schema")


def _create_pool(properties: Properties, context: Context) -> Physical:
    name = properties.get("UserPoolName") or context.name(128)
    given = {key: value for key, value in properties.items() if key not in ("UserPoolName", "EnabledMfas")}
    tags = properties.get("UserPoolTags")
    made = call(context.client("cognito-idp"), "create_user_pool", **{**given, "PoolName": name, "UserPoolTags": tags})
    return _pool(made["UserPool"]["Id"], context)


def _update_pool(pool_id: str, _: Properties, new: Properties, context: Context) -> Physical:
    given = {key: value for key, value in new.items() if key not in (*_POOL_CREATE_ONLY, "EnabledMfas")}
    call(context.client("cognito-idp"), "update_user_pool", **{**given, "UserPoolId": pool_id})
    return _pool(pool_id, context)


def _delete_pool(pool_id: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("cognito-idp").delete_user_pool(UserPoolId=pool_id)


def _pool(pool_id: str, context: Context) -> Physical:
    provider = f"cognito-idp.{context.region}.amazonaws.com/{pool_id}"
    return Physical(
        pool_id,
        {
            "Arn": context.arn("cognito-idp", f"userpool/{pool_id}"),
            "ProviderName": provider,
            "ProviderURL": f"https://{provider}",
            "UserPoolId": pool_id,
        },
    )


def _create_client(properties: Properties, context: Context) -> Physical:
    given = {"ClientName": context.name(128), **properties}
    return _client(call(context.client("cognito-idp"), "create_user_pool_client", **given)["UserPoolClient"])


def _update_client(client_id: str, _: Properties, new: Properties, context: Context) -> Physical:
    given: dict[str, Any] = {key: value for key, value in new.items() if key != "GenerateSecret"}
    updated = call(context.client("cognito-idp"), "update_user_pool_client", ClientId=client_id, **given)
    return _client(updated["UserPoolClient"])


def _delete_client(client_id: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("cognito-idp").delete_user_pool_client(UserPoolId=properties["UserPoolId"], ClientId=client_id)


def _client(made: dict[str, Any]) -> Physical:
    secret = {"ClientSecret": made["ClientSecret"]} if "ClientSecret" in made else {}
    return Physical(made["ClientId"], {"ClientId": made["ClientId"], "Name": made.get("ClientName", ""), **secret})


PROVIDERS = {
    "AWS::Cognito::UserPool": Provider(_create_pool, _update_pool, _delete_pool, replaces=frozenset(_POOL_CREATE_ONLY)),
    "AWS::Cognito::UserPoolClient": Provider(
        _create_client, _update_client, _delete_client, replaces=frozenset({"UserPoolId", "GenerateSecret"})
    ),
}
