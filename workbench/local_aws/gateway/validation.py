"""Request validators: required parameters are there, and the body is as its model says. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft4Validator

from workbench.local_aws.gateway.definition import Definition
from workbench.local_aws.gateway.exchange import Exchange
from workbench.local_aws.gateway.refusals import Refused


def check(exchange: Exchange) -> None:
    """Raises `Refused` for a request that the method's validator turns away."""
    validator = exchange.api.validators.get(exchange.method.get("requestValidatorId") or "") or {}
    if validator.get("validateRequestParameters"):
        _check_parameters(exchange)
    if validator.get("validateRequestBody"):
        _check_body(exchange)


def _check_parameters(exchange: Exchange) -> None:
    values = exchange.values()
    named = exchange.method.get("requestParameters") or {}
    required = [str(name).split(".", 3)[2:] for name, is_required in named.items() if is_required]
    missing = [name for place, name in required if not values.parameter(place, name)]
    if missing:
        raise Refused("BAD_REQUEST_PARAMETERS", f"Missing required request parameters: [{', '.join(missing)}]")


def _check_body(exchange: Exchange) -> None:
    models = exchange.method.get("requestModels") or {}
    kind = exchange.asked.header("content-type").partition(";")[0].strip() or "application/json"
    name = models.get(kind) or models.get("$default") or ""
    if name in exchange.api.models and not _is_valid(exchange.asked.body, _schema(exchange.api, name)):
        raise Refused("BAD_REQUEST_BODY")


def _schema(api: Definition, name: str) -> Mapping[str, Any]:
    return {"definitions": dict(api.models), "allOf": [{"$ref": f"#/definitions/{name}"}]}


def _is_valid(body: bytes, schema: Mapping[str, Any]) -> bool:
    try:
        document = json.loads(body)
    except ValueError:
        return False
    return bool(Draft4Validator(schema).is_valid(document))
