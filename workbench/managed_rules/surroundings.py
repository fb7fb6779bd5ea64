"""What surrounds a resource: the policies, permissions, targets and aliases that its verdict depends on.

Owns the table of relations. Two resources belong together when one says a name of the other, in any of the ways in
which AWS writes it: physical id, ARN, alias or qualified name. A reference that is not known matches only the same
unknown reference (a policy and a bucket that both take their name from one parameter); otherwise it points outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.resources import Resource, Unknown

Key = Any
Keys = Callable[[Resource], Iterable[Key]]
Spelling = Callable[[str], str]

DEPTH = 2  # a permission reaches its function through an alias, a scaling policy its table through a target
NAME_PROPERTIES = (
    "BucketName",
    "FunctionName",
    "TableName",
    "QueueName",
    "RoleName",
    "UserName",
    "GroupName",
    "RegistryName",
    "Name",
)


@dataclass(frozen=True)
class Relation:
    """Resources of type `other` belong to a `holder` when the two share a key."""

    holder: str
    holder_keys: Keys
    other: str
    other_keys: Keys


def surround(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """The same resources in the same order, each with `related` filled."""
    resources = tuple(resources)
    index = _index(resources)
    return tuple(_fill(resource, index, DEPTH) for resource in resources)


Index = Mapping[Relation, Mapping[Key, list[Resource]]]


def _index(resources: tuple[Resource, ...]) -> Index:
    by_type: dict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        by_type[resource.type].append(resource)
    index: dict[Relation, dict[Key, list[Resource]]] = {}
    for relation in RELATIONS:
        found = index.setdefault(relation, defaultdict(list))
        for resource in by_type[relation.other] if relation.holder in by_type else ():
            for key in set(relation.other_keys(resource)):
                found[key].append(resource)
    return index


def _fill(resource: Resource, index: Index, depth: int) -> Resource:
    if not depth:
        return resource
    related: dict[str, Resource] = {}
    for relation in RELATIONS_OF.get(resource.type, ()):
        for key in relation.holder_keys(resource):
            related.update((other.path, other) for other in index[relation].get(key, ()))
    related.pop(resource.path, None)
    return replace(resource, related=tuple(_fill(other, index, depth - 1) for other in related.values()))


def _plain(name: str) -> str:
    return name


def _bucket(name: str) -> str:
    return name.split(":::")[-1].split("/")[0]


def _function(name: str) -> str:
    """`arn:aws:lambda:eu-west-1:111122223333:function:orders:live`, `orders:live` -> `orders`."""
    return name.split(":function:")[-1].split(":")[0]


def _table(name: str) -> str:
    """`table/orders/index/by-day`, `table/orders|dynamodb:...|dynamodb`, the table's ARN -> `orders`."""
    return name.split("|")[0].split("table/")[-1].split("/")[0]


def _last(name: str) -> str:
    """A queue's URL or ARN, a role's name or ARN -> its name."""
    return name.rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def _stage_path(arn: str) -> str:
    return arn[arn.index("/restapis/") :] if "/restapis/" in arn else arn


def _known_as(spelling: Spelling) -> Keys:
    """The names by which others may call the resource."""

    def keys(resource: Resource) -> Iterator[Key]:
        stated = [resource.properties.get(name) for name in NAME_PROPERTIES]
        told = [resource.attributes.get(name) for name in ("Arn", *NAME_PROPERTIES)]
        yield from _spelled(spelling, [resource.physical_id, *stated, *told])

    return keys


def _says(spelling: Spelling, *paths: str) -> Keys:
    """The names that the resource says at these paths; lists on the way are searched."""

    def keys(resource: Resource) -> Iterator[Key]:
        for path in paths:
            yield from _spelled(spelling, _values(resource.properties, path.split(".")))

    return keys


def _values(value: Any, steps: list[str]) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _values(item, steps)
    elif not steps:
        yield value
    elif isinstance(value, Mapping):
        yield from _values(value.get(steps[0]), steps[1:])


def _spelled(spelling: Spelling, values: Iterable[Any]) -> Iterator[Key]:
    for value in values:
        if isinstance(value, str) and value:
            yield spelling(value)
        elif isinstance(value, Unknown):
            yield value


def _stage(resource: Resource) -> Iterator[Key]:
    api, name = resource.properties.get("RestApiId"), resource.properties.get("StageName") or resource.physical_id
    if isinstance(api, str) and isinstance(name, str):
        yield f"/restapis/{api}/stages/{name}"


def _api_id(resource: Resource) -> Iterator[Key]:
    """A GraphQL API is known by the id in its ARN."""
    yield from _spelled(_last, (resource.physical_id, resource.attributes.get("ApiId"), resource.attributes.get("Arn")))


def _anything(resource: Resource) -> Iterator[Key]:
    yield "*"


S3_BUCKET, FUNCTION, TABLE = "AWS::S3::Bucket", "AWS::Lambda::Function", "AWS::DynamoDB::Table"
GLOBAL_TABLE, SELECTION = "AWS::DynamoDB::GlobalTable", "AWS::Backup::BackupSelection"
ALIAS, VERSION, STAGE = "AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::ApiGateway::Stage"
PERMISSION = "AWS::Lambda::Permission"
TARGET, SCALING = "AWS::ApplicationAutoScaling::ScalableTarget", "AWS::ApplicationAutoScaling::ScalingPolicy"
ROLE, USER, GROUP, MANAGED = "AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::ManagedPolicy"

_AS_BUCKET, _AS_FUNCTION, _AS_TABLE = _known_as(_bucket), _known_as(_function), _known_as(_table)
_AS_ITSELF, _AS_LAST = _known_as(_plain), _known_as(_last)

RELATIONS = (
    Relation(S3_BUCKET, _AS_BUCKET, "AWS::S3::BucketPolicy", _says(_bucket, "Bucket")),
    Relation(S3_BUCKET, _says(_bucket, "ReplicationConfiguration.Rules.Destination.Bucket"), S3_BUCKET, _AS_BUCKET),
    Relation(S3_BUCKET, _anything, SELECTION, _anything),
    Relation(FUNCTION, _AS_FUNCTION, PERMISSION, _says(_function, "FunctionName")),
    Relation(FUNCTION, _AS_FUNCTION, ALIAS, _says(_function, "FunctionName")),
    Relation(FUNCTION, _AS_FUNCTION, VERSION, _says(_function, "FunctionName")),
    Relation(ALIAS, _AS_ITSELF, PERMISSION, _says(_plain, "FunctionName")),
    Relation(VERSION, _AS_ITSELF, PERMISSION, _says(_plain, "FunctionName")),
    Relation(FUNCTION, _AS_FUNCTION, "AWS::Lambda::EventInvokeConfig", _says(_function, "FunctionName")),
    Relation(FUNCTION, _AS_FUNCTION, "AWS::Lambda::Url", _says(_function, "TargetFunctionArn")),
    Relation(FUNCTION, _says(_plain, "VpcConfig.SubnetIds"), "AWS::EC2::Subnet", _AS_ITSELF),
    Relation(TABLE, _AS_TABLE, TARGET, _says(_table, "ResourceId")),
    Relation(TABLE, _AS_TABLE, SCALING, _says(_table, "ResourceId", "ScalingTargetId")),
    Relation(TARGET, _AS_ITSELF, SCALING, _says(_plain, "ScalingTargetId")),
    Relation(TABLE, _anything, SELECTION, _anything),
    Relation(GLOBAL_TABLE, _anything, SELECTION, _anything),
    Relation(SELECTION, _says(_plain, "BackupPlanId"), "AWS::Backup::BackupPlan", _AS_ITSELF),
    Relation(STAGE, _says(_plain, "RestApiId"), "AWS::ApiGateway::RestApi", _AS_ITSELF),
    Relation(STAGE, _says(_plain, "RestApiId"), "AWS::ApiGateway::Method", _says(_plain, "RestApiId")),
    Relation(STAGE, _stage, "AWS::WAFv2::WebACLAssociation", _says(_stage_path, "ResourceArn")),
    Relation(STAGE, _stage, "AWS::WAFRegional::WebACLAssociation", _says(_stage_path, "ResourceArn")),
    Relation("AWS::ApiGatewayV2::Stage", _says(_plain, "ApiId"), "AWS::ApiGatewayV2::Api", _AS_ITSELF),
    Relation("AWS::ApiGatewayV2::Route", _says(_plain, "ApiId"), "AWS::ApiGatewayV2::Api", _AS_ITSELF),
    Relation("AWS::SNS::Topic", _AS_ITSELF, "AWS::SNS::TopicPolicy", _says(_plain, "Topics")),
    Relation("AWS::SNS::Topic", _AS_ITSELF, "AWS::SNS::TopicInlinePolicy", _says(_plain, "TopicArn")),
    Relation("AWS::SQS::Queue", _AS_LAST, "AWS::SQS::QueuePolicy", _says(_last, "Queues")),
    Relation("AWS::SQS::Queue", _AS_LAST, "AWS::SQS::QueueInlinePolicy", _says(_last, "Queue")),
    Relation("AWS::AppSync::GraphQLApi", _AS_ITSELF, "AWS::WAFv2::WebACLAssociation", _says(_plain, "ResourceArn")),
    Relation("AWS::AppSync::GraphQLApi", _api_id, "AWS::AppSync::ApiCache", _says(_plain, "ApiId")),
    Relation("AWS::WAFv2::WebACL", _AS_ITSELF, "AWS::WAFv2::LoggingConfiguration", _says(_plain, "ResourceArn")),
    Relation("AWS::Events::EventBus", _AS_LAST, "AWS::Events::EventBusPolicy", _says(_last, "EventBusName")),
    Relation(
        "AWS::EventSchemas::Registry", _AS_LAST, "AWS::EventSchemas::RegistryPolicy", _says(_last, "RegistryName")
    ),
    Relation(
        "AWS::SecretsManager::Secret", _AS_ITSELF, "AWS::SecretsManager::RotationSchedule", _says(_plain, "SecretId")
    ),
    Relation("AWS::KMS::Key", _AS_LAST, "AWS::KMS::Alias", _says(_last, "TargetKeyId")),
    Relation(MANAGED, _AS_ITSELF, ROLE, _says(_plain, "PermissionsBoundary")),
    Relation(MANAGED, _AS_ITSELF, USER, _says(_plain, "PermissionsBoundary")),
    Relation(ROLE, _AS_LAST, "AWS::IAM::Policy", _says(_last, "Roles")),
    Relation(ROLE, _AS_LAST, "AWS::IAM::RolePolicy", _says(_last, "RoleName")),
    Relation(ROLE, _AS_LAST, MANAGED, _says(_last, "Roles")),
    Relation(USER, _AS_LAST, "AWS::IAM::Policy", _says(_last, "Users")),
    Relation(USER, _AS_LAST, "AWS::IAM::UserPolicy", _says(_last, "UserName")),
    Relation(USER, _AS_LAST, MANAGED, _says(_last, "Users")),
    Relation(GROUP, _AS_LAST, "AWS::IAM::Policy", _says(_last, "Groups")),
    Relation(GROUP, _AS_LAST, "AWS::IAM::GroupPolicy", _says(_last, "GroupName")),
    Relation(GROUP, _AS_LAST, MANAGED, _says(_last, "Groups")),
    Relation(
        "AWS::CodeDeploy::DeploymentGroup",
        _says(_plain, "ApplicationName"),
        "AWS::CodeDeploy::Application",
        _known_as(_plain),
    ),
)

RELATIONS_OF: Mapping[str, tuple[Relation, ...]] = {
    holder: tuple(relation for relation in RELATIONS if relation.holder == holder)
    for holder in {relation.holder for relation in RELATIONS}
}
