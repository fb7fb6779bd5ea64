"""AppSync: GraphQL APIs and their caches."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import capitalised, compact, found, pages, picked, tag_list
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_API = (
    "Name",
    "AuthenticationType",
    "AdditionalAuthenticationProviders",
    "LambdaAuthorizerConfig",
    "LogConfig",
    "OpenIDConnectConfig",
    "UserPoolConfig",
    "XrayEnabled",
)
_CACHE = ("ApiCachingBehavior", "AtRestEncryptionEnabled", "TransitEncryptionEnabled", "Ttl", "Type")


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("appsync")
    for listed in pages(client, "list_graphql_apis", "graphqlApis"):
        api, api_id, arn = capitalised({**listed, "tags": None}), listed["apiId"], listed["arn"]
        properties = picked(api, *_API) | compact({"Tags": tag_list(listed.get("tags"))})
        attributes = {"ApiId": api_id, "Arn": arn, "Name": listed["name"]}
        yield Resource(arn, "AWS::AppSync::GraphQLApi", arn, properties, attributes)
        cache = found(client.get_api_cache, apiId=api_id).get("apiCache")
        if cache:
            described = {"ApiId": api_id} | picked(capitalised(cache), *_CACHE)
            yield Resource(f"{api_id}/cache", "AWS::AppSync::ApiCache", api_id, described)
