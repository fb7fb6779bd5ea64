"""Under which type and id Config knows a resource that CloudFormation knows by its physical id.

Owns the mapping, a pure function. Config's rules do not all agree on ids, so a resource may have several candidates;
a few ids (IAM's unique ids) can only be looked up by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fitness.model import Resource


@dataclass(frozen=True)
class ById:
    """Ask Config for this id."""

    type: str
    id: str


@dataclass(frozen=True)
class ByName:
    """Find the id with ListDiscoveredResources first."""

    type: str
    name: str


Candidate = ById | ByName


@dataclass(frozen=True)
class Surroundings:
    """What an id may be made of besides the physical id."""

    partition: str
    region: str
    resources: Sequence[Resource]

    def api_arn(self, tail: str) -> str:
        # API Gateway's ARNs have an empty account field.
        return f"arn:{self.partition}:apigateway:{self.region}::/{tail}"

    def owners(self, stage: Resource, api_type: str) -> list[Resource]:
        """The APIs that a stage may belong to: by SAM's logical ids (`MyApi`, `MyApiProdStage`) if they tell."""
        apis = [resource for resource in self.resources if resource.type == api_type]
        named = [api for api in apis if stage.path.startswith(api.path)]
        return [max(named, key=lambda api: len(api.path))] if named else apis


def candidates(resource: Resource, surroundings: Surroundings) -> Sequence[Candidate]:
    """Where Config may keep the resource's rows; empty for what must never be asked for."""
    return _MAPPINGS.get(resource.type, _same)(resource, surroundings)


def _same(resource: Resource, _: Surroundings) -> Sequence[Candidate]:
    return [ById(resource.type, resource.physical_id)]


def _never(_: Resource, __: Surroundings) -> Sequence[Candidate]:
    return []


def _table(resource: Resource, _: Surroundings) -> Sequence[Candidate]:
    return [ById("AWS::DynamoDB::Table", resource.physical_id)]


def _api(collection: str) -> Callable[[Resource, Surroundings], Sequence[Candidate]]:
    def mapping(resource: Resource, surroundings: Surroundings) -> Sequence[Candidate]:
        return [ById(resource.type, surroundings.api_arn(f"{collection}/{resource.physical_id}"))]

    return mapping


def _stage(collection: str, api_type: str) -> Callable[[Resource, Surroundings], Sequence[Candidate]]:
    def mapping(resource: Resource, surroundings: Surroundings) -> Sequence[Candidate]:
        tails = (
            f"{collection}/{api.physical_id}/stages/{resource.physical_id}"
            for api in surroundings.owners(resource, api_type)
        )
        return [ById(resource.type, surroundings.api_arn(tail)) for tail in tails]

    return mapping


def _named(resource: Resource, _: Surroundings) -> Sequence[Candidate]:
    return [ByName(resource.type, resource.physical_id)]


def _managed_policy(resource: Resource, _: Surroundings) -> Sequence[Candidate]:
    return [ByName("AWS::IAM::Policy", resource.physical_id.rpartition("/")[2])]


def _web_acl(resource: Resource, _: Surroundings) -> Sequence[Candidate]:
    return [ByName(resource.type, resource.physical_id.partition("|")[0])]


def _event_rule(resource: Resource, _: Surroundings) -> Sequence[Candidate]:
    return _ids(resource, (resource.physical_id, resource.physical_id.rpartition("|")[2]))


def _graphql_api(resource: Resource, _: Surroundings) -> Sequence[Candidate]:
    return _ids(resource, (resource.physical_id.rpartition("/")[2], resource.physical_id))


def _secret(resource: Resource, _: Surroundings) -> Sequence[Candidate]:
    # A secret's ARN ends with its name, a dash and six random characters.
    name = resource.physical_id.rpartition(":secret:")[2].rpartition("-")[0]
    return _ids(resource, (resource.physical_id, name))


def _ids(resource: Resource, ids: Iterable[str]) -> Sequence[Candidate]:
    return [ById(resource.type, each) for each in dict.fromkeys(ids) if each]


_MAPPINGS: Mapping[str, Callable[[Resource, Surroundings], Sequence[Candidate]]] = {
    "AWS::ApiGateway::RestApi": _api("restapis"),
    "AWS::ApiGateway::Stage": _stage("restapis", "AWS::ApiGateway::RestApi"),
    "AWS::ApiGatewayV2::Api": _api("apis"),
    "AWS::ApiGatewayV2::Stage": _stage("apis", "AWS::ApiGatewayV2::Api"),
    "AWS::AppSync::GraphQLApi": _graphql_api,
    "AWS::CodeDeploy::DeploymentGroup": _named,
    "AWS::DynamoDB::GlobalTable": _table,
    "AWS::Events::Rule": _event_rule,
    "AWS::IAM::Group": _named,
    "AWS::IAM::ManagedPolicy": _managed_policy,
    # Config's AWS::IAM::Policy is the customer managed policy, never CloudFormation's inline one.
    "AWS::IAM::Policy": _never,
    "AWS::IAM::Role": _named,
    "AWS::IAM::User": _named,
    "AWS::SecretsManager::Secret": _secret,
    "AWS::WAFv2::WebACL": _web_acl,
}
