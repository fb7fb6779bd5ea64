"""Cognito: user pools."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, found, pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_POOL = ("AutoVerifiedAttributes", "DeletionProtection", "LambdaConfig", "MfaConfiguration", "Policies", "UserPoolTier")


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("cognito-idp")
    for listed in pages(client, "list_user_pools", "UserPools", MaxResults=60):
        pool_id = listed["Id"]
        pool = found(client.describe_user_pool, UserPoolId=pool_id).get("UserPool") or {}
        add_ons = {"UserPoolName": pool.get("Name"), "UserPoolAddOns": pool.get("UserPoolAddOns")}
        properties = picked(pool, *_POOL) | compact(add_ons | {"UserPoolTags": pool.get("UserPoolTags")})
        attributes = compact({"Arn": pool.get("Arn"), "UserPoolId": pool_id, "Name": pool.get("Name")})
        yield Resource(pool_id, "AWS::Cognito::UserPool", pool_id, properties, attributes)
