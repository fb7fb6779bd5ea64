"""Function URLs as the Lambda API knows them, those of aliases too, which moto refuses.

Owns their records: `url_configs`, by qualifier, on moto's record of the function.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from moto.awslambda.models import lambda_backends

from workbench.local_aws.functions.qualifier import resolve, split
from workbench.local_aws.service import AwsError, Operation, RequestContext
from workbench.local_aws.timestamps import with_offset

_SETTINGS = ("AuthType", "Cors", "InvokeMode")


def operations() -> Mapping[str, Operation]:
    return {
        "CreateFunctionUrlConfig": _create,
        "DeleteFunctionUrlConfig": _delete,
        "GetFunctionUrlConfig": _get,
        "ListFunctionUrlConfigs": _list,
        "UpdateFunctionUrlConfig": _update,
    }


def find(account: str, url_id: str) -> tuple[str, Mapping[str, Any]] | None:
    """The region and the configuration of a URL."""
    for region, backend in list(lambda_backends[account].items()):
        for config in _all(backend):
            if config["FunctionUrl"].startswith(f"https://{url_id}."):
                return region, config
    return None


def _create(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    arn, qualifier, configs = _found(parameters, context)
    if qualifier in configs:
        message = (
            f"Failed to create function url config for [functionArn = {arn}]. Error message:  FunctionUrlConfig exists"
        )
        raise AwsError("ResourceConflictException", message, 409)
    given = {name: parameters[name] for name in _SETTINGS if name in parameters}
    url = f"https://{secrets.token_hex(16)}.lambda-url.{context.region}.on.aws/"
    made = {"FunctionUrl": url, "FunctionArn": arn, "CreationTime": _now(), "LastModifiedTime": _now()}
    configs[qualifier] = {"InvokeMode": "BUFFERED", **made, **given}
    return dict(configs[qualifier])


def _get(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    return dict(_existing(parameters, context))


def _update(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    config = _existing(parameters, context)
    config |= {name: parameters[name] for name in _SETTINGS if name in parameters}
    config["LastModifiedTime"] = _now()
    return dict(config)


def _delete(parameters: Mapping[str, Any], context: RequestContext) -> None:
    _existing(parameters, context)
    _, qualifier, configs = _found(parameters, context)
    del configs[qualifier]


def _list(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    _, _, configs = _found(parameters, context)
    return {"FunctionUrlConfigs": [dict(config) for config in configs.values()]}


def _existing(parameters: Mapping[str, Any], context: RequestContext) -> dict[str, Any]:
    _, qualifier, configs = _found(parameters, context)
    if qualifier not in configs:
        raise AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404)
    return configs[qualifier]


def _found(parameters: Mapping[str, Any], context: RequestContext) -> tuple[str, str, dict[str, dict[str, Any]]]:
    """The qualified ARN, the qualifier, and all configurations of the function by qualifier."""
    backend = lambda_backends[context.account][context.region]
    name, qualifier = split(parameters["FunctionName"], parameters.get("Qualifier"))
    if qualifier and (qualifier.isdigit() or qualifier == "$LATEST"):
        raise AwsError("ValidationException", "Function URLs are of functions and aliases, not of versions.")
    arn = resolve(backend, name, qualifier, lambda: 1.0).invoked_arn
    latest = resolve(backend, name, None, lambda: 1.0).record
    return arn, qualifier or "", vars(latest).setdefault("url_configs", {})


def _all(backend: Any) -> Iterator[Mapping[str, Any]]:
    for record in backend.list_functions():
        yield from vars(record).get("url_configs", {}).values()


def _now() -> str:
    return with_offset(datetime.now(UTC))
