"""Configuration items: what AWS Config knows of a resource at a moment, and how it names it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

STACK = "AWS::CloudFormation::Stack"
GLOBAL_TYPES = frozenset({"AWS::IAM::Group", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::User"})

_CONFIG_TYPES = {"AWS::IAM::ManagedPolicy": "AWS::IAM::Policy", "AWS::DynamoDB::GlobalTable": "AWS::DynamoDB::Table"}

MEMBERSHIP = "Membership"
"""The attribute that says of which stack a resource is part."""

_UNTAGGED = frozenset({"AWS::ApiGateway::Method", "AWS::IAM::Group", "AWS::KMS::Alias"})

Key = tuple[str, str]
"""Config's resource type and resource id."""


@dataclass(frozen=True)
class Item:
    """A resource as it was noticed at `captured_at`; `status` is Config's `configurationItemStatus`."""

    key: Key
    resource: Resource
    captured_at: datetime
    status: str = "OK"
    state_id: int = 0

    @property
    def is_deleted(self) -> bool:
        return self.status == "ResourceDeleted"

    @property
    def name(self) -> str:
        return str(self.resource.attributes.get("Name") or self.resource.physical_id)

    @property
    def tags(self) -> Mapping[str, str]:
        return tags_of(self.resource)

    def deleted(self, at: datetime) -> Item:
        return replace(self, captured_at=at, status="ResourceDeleted")


def key_of(resource: Resource, context: RequestContext) -> Key | None:
    """How Config names the resource; None for one that has no name in Config, such as a bucket policy."""
    config_type = _CONFIG_TYPES.get(resource.type, resource.type)
    if config_type not in recordable_types() and config_type not in _REPORTED_ONLY:
        return None
    if resource.type == "AWS::IAM::Policy":
        return None  # CloudFormation's inline policy: Config gives the name to customer managed policies
    find_id = _IDS.get(resource.type)
    return config_type, str(find_id(resource, context) if find_id else resource.physical_id)


def tags_of(resource: Resource) -> Mapping[str, str]:
    """Its own tags, and those with which CloudFormation marks the resources of a stack."""
    tags = resource.properties.get("Tags") or {}
    own = tags if isinstance(tags, Mapping) else {tag["Key"]: tag["Value"] for tag in tags}
    membership = resource.attributes.get(MEMBERSHIP)
    return {**own, **membership.stack_tags} if membership and resource.type not in _UNTAGGED else own


@cache
def recordable_types() -> frozenset[str]:
    """The types that Config records, as its API's model lists them."""
    import botocore.session

    shape: Any = botocore.session.get_session().get_service_model("config").shape_for("ResourceType")
    return frozenset(shape.enum)


# Periodic rules report these under their names, although Config records none of them.
_REPORTED_ONLY = frozenset({"AWS::Logs::LogGroup", "AWS::ApiGatewayV2::Route"})


def _attribute(name: str) -> Callable[[Resource, RequestContext], Any]:
    return lambda resource, _: resource.attributes.get(name, resource.physical_id)


def _api_arn(resource: Resource, context: RequestContext, path: str) -> str:
    return f"arn:aws:apigateway:{context.region}::/{path}"


_IDS: Mapping[str, Callable[[Resource, RequestContext], Any]] = {
    "AWS::ApiGateway::RestApi": lambda r, c: _api_arn(r, c, f"restapis/{r.physical_id}"),
    "AWS::ApiGateway::Stage": lambda r, c: _api_arn(
        r, c, f"restapis/{r.properties['RestApiId']}/stages/{r.properties['StageName']}"
    ),
    "AWS::ApiGatewayV2::Api": lambda r, c: _api_arn(r, c, f"apis/{r.physical_id}"),
    "AWS::ApiGatewayV2::Stage": lambda r, c: _api_arn(
        r, c, f"apis/{r.properties['ApiId']}/stages/{r.properties['StageName']}"
    ),
    "AWS::IAM::Role": _attribute("RoleId"),
    "AWS::IAM::ManagedPolicy": _attribute("PolicyId"),
    "AWS::IAM::User": _attribute("UserId"),
    "AWS::IAM::Group": _attribute("GroupId"),
    "AWS::CodeDeploy::DeploymentGroup": _attribute("DeploymentGroupId"),
    "AWS::AppSync::GraphQLApi": _attribute("ApiId"),
}
