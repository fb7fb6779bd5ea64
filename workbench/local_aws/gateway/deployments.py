"""Deployments of REST APIs keep what they serve.

Owns the one place where moto's deployments are changed.
"""

from __future__ import annotations

from typing import Any

from moto.apigateway.models import RestAPI

from workbench.local_aws.gateway.definition import definition_of

_create = RestAPI.create_deployment


def keep_definitions() -> None:
    """From now on, every deployment keeps the definition of its API; doing so twice is harmless."""
    RestAPI.create_deployment = _create_deployment


def _create_deployment(api: Any, name: str, description: str, stage_variables: Any = None) -> Any:
    made = _create(api, name, description, stage_variables)
    made.definition = definition_of(api)
    return made
