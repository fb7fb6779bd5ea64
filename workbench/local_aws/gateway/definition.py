"""A REST API as a deployment keeps it: what is changed afterwards is served once it is deployed, too.

Owns the reading of moto's records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

_MODEL = re.compile(r"https://apigateway\.amazonaws\.com/restapis/[^/]+/models/(\w+)")
Records = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Definition:
    """All members but `resources`, by path, are by id or name."""

    resources: Records
    authorizers: Records = field(default_factory=dict)
    validators: Records = field(default_factory=dict)
    models: Records = field(default_factory=dict)
    responses: Records = field(default_factory=dict)
    binary_types: tuple[str, ...] = ()
    policy: str = ""
    key_source: str = "HEADER"
    is_disabled: bool = False


def definition_of(api: Any) -> Definition:
    """The definition of moto's API as it stands."""
    described = Definition(
        {item.get_path(): {"id": item.id, "methods": _methods(item)} for item in api.resources.values()},
        {each.id: each.to_json() for each in api.authorizers.values()},
        {each.id: each.to_dict() for each in api.request_validators.values()},
        {each.name: _schema(each.schema) for each in api.models.values()},
        {each.response_type: each.to_json() for each in api.gateway_responses.values()},
        tuple(kind.replace("~1", "/") for kind in api.binaryMediaTypes),
        policy_text(api.policy),
        api.api_key_source,
        str(api.disableExecuteApiEndpoint).lower() == "true",
    )
    return deepcopy(described)


def served(api: Any, stage: Any) -> Definition:
    """What a stage serves: its deployment, or the API itself where that is gone."""
    deployment = api.deployments.get(stage.deployment_id)
    kept: Definition | None = getattr(deployment, "definition", None)
    return kept or definition_of(api)


def policy_text(policy: str | None) -> str:
    """A policy as JSON; clients write its quotes with and without a backslash before them."""
    return (policy or "").replace('\\"', '"')


def _methods(resource: Any) -> dict[str, Any]:
    return {name: method.to_json() for name, method in resource.resource_methods.items()}


def _schema(text: str | None) -> Mapping[str, Any]:
    schema = json.loads(_MODEL.sub(r"#/definitions/\1", text or "{}"))
    return schema if isinstance(schema, Mapping) else {}
