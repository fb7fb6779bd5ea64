"""AWS WAF: web ACLs and what they protect."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import found, pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource


def read(clients: ServiceClient, context: RequestContext, _: str) -> Iterator[Resource]:
    client, apis = clients("wafv2"), clients("apigateway")
    for acl in pages(client, "list_web_acls", "WebACLs", Scope="REGIONAL"):
        yield Resource(acl["ARN"], "AWS::WAFv2::WebACL", acl["Id"], picked(acl, "Name"), {"Arn": acl["ARN"]})
    for api in pages(apis, "get_rest_apis", "items"):
        for stage in apis.get_stages(restApiId=api["id"])["item"]:
            arn = f"arn:aws:apigateway:{context.region}::/restapis/{api['id']}/stages/{stage['stageName']}"
            acl = found(client.get_web_acl_for_resource, ResourceArn=arn).get("WebACL")
            if acl:
                properties = {"ResourceArn": arn, "WebACLArn": acl["ARN"]}
                yield Resource(f"{acl['ARN']}|{arn}", "AWS::WAFv2::WebACLAssociation", arn, properties)
