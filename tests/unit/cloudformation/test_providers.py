"""Providers agree with CloudFormation's own schemas of their types."""

from __future__ import annotations

from typing import Any

import pytest
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from workbench.local_aws.cloudformation.provider import Provider
from workbench.local_aws.cloudformation.resources import PROVIDERS, finder, lambda_aliases
from workbench.local_aws.codedeploy import DeploymentResult

ALIAS = lambda_aliases.provider(lambda *_: DeploymentResult("d-1", succeeded=True, reason=""))
ALL = {**PROVIDERS, "AWS::Lambda::Alias": ALIAS}
NEVER_HELD = {
    # These are recorded only, and replacing the resource for them would change nothing.
    ("AWS::DynamoDB::Table", "ImportSourceSpecification"),
    ("AWS::Lambda::EventSourceMapping", "SelfManagedEventSource"),
    ("AWS::Lambda::Function", "TenancyConfig"),
    ("AWS::S3::Bucket", "BucketNamePrefix"),
    ("AWS::S3::Bucket", "BucketNamespace"),
}


def schema_of(type_: str) -> dict[str, Any]:
    schema: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", type_).schema
    return schema


def top_level(schema: dict[str, Any], key: str) -> set[str]:
    return {path.split("/")[2] for path in schema.get(key, [])}


@pytest.mark.parametrize("type_", sorted(ALL))
def test_a_property_that_only_a_new_resource_can_have_replaces_it(type_: str) -> None:
    provider, schema = ALL[type_], schema_of(type_)
    create_only = top_level(schema, "createOnlyProperties") - top_level(schema, "readOnlyProperties")
    forgotten = {name for name in create_only if not provider.must_replace(frozenset({name}))}
    assert not {(type_, name) for name in forgotten} - NEVER_HELD


@pytest.mark.parametrize("type_", sorted(name for name, provider in ALL.items() if provider.held is not None))
def test_what_is_held_is_a_property_of_the_type(type_: str) -> None:
    properties = set(schema_of(type_)["properties"])
    assert set(ALL[type_].held or ()) <= properties
    assert set(ALL[type_].replaces) <= properties


def test_custom_types_are_provided_as_custom_resources() -> None:
    custom = Provider(ALIAS.create, None, ALIAS.delete)
    provider_of = finder({"AWS::CloudFormation::CustomResource": custom})
    assert provider_of("Custom::Thing") is custom
    assert provider_of("AWS::CloudFormation::CustomResource") is custom


def test_a_type_that_nobody_provides_is_recorded() -> None:
    assert finder({})("AWS::Location::Map").held is None
