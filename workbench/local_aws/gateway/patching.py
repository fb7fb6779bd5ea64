"""UpdateMethod, UpdateIntegration and UpdateGatewayResponse, which moto lacks: what is changed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from moto.apigateway.exceptions import ApiGatewayException
from moto.apigateway.models import apigateway_backends

from workbench.local_aws.service import AwsError, Operation, RequestContext


def _truth(text: str) -> bool:
    return text.lower() == "true"


@dataclass(frozen=True)
class _Patched:
    """The attributes of moto's record by the paths of patches: plain ones with their type, and mappings."""

    plain: Mapping[str, tuple[str, Callable[[str], Any]]]
    mappings: Mapping[str, tuple[str, Callable[[str], Any]]] = field(default_factory=dict)


_METHOD = _Patched(
    {
        "apiKeyRequired": ("api_key_required", _truth),
        "authorizationType": ("authorization_type", str),
        "authorizerId": ("authorizer_id", str),
        "operationName": ("operation_name", str),
        "requestValidatorId": ("request_validator_id", str),
    },
    {"requestModels": ("request_models", str), "requestParameters": ("request_parameters", _truth)},
)
_INTEGRATION = _Patched(
    {
        "connectionType": ("connection_type", str),
        "contentHandling": ("content_handling", str),
        "credentials": ("credentials", str),
        "httpMethod": ("http_method", str),
        "passthroughBehavior": ("passthrough_behaviour", str),
        "timeoutInMillis": ("timeout_in_millis", int),
        "type": ("integration_type", str),
        "uri": ("uri", str),
    },
    {"requestParameters": ("request_parameters", str), "requestTemplates": ("request_templates", str)},
)
_RESPONSE = _Patched(
    {"statusCode": ("status_code", str)},
    {"responseParameters": ("response_parameters", str), "responseTemplates": ("response_templates", str)},
)


def operations() -> Mapping[str, Operation]:
    return {
        "UpdateGatewayResponse": _update_response,
        "UpdateIntegration": _update_integration,
        "UpdateMethod": _update_method,
    }


def _update_method(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    return _patch(_method(parameters, context), _METHOD, parameters)


def _update_integration(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    integration = _method(parameters, context).method_integration
    if integration is None:
        raise AwsError("NotFoundException", "No integration defined for method", 404)
    return _patch(integration, _INTEGRATION, parameters)


def _update_response(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    backend = apigateway_backends[context.account][context.region]
    found = _found(lambda: backend.get_gateway_response(parameters["restApiId"], parameters["responseType"]))
    return _patch(found, _RESPONSE, parameters)


def _method(parameters: Mapping[str, Any], context: RequestContext) -> Any:
    backend = apigateway_backends[context.account][context.region]
    where = (parameters["restApiId"], parameters["resourceId"], parameters["httpMethod"])
    return _found(lambda: backend.get_method(*where))


def _found(look: Callable[[], Any]) -> Any:
    try:
        return look()
    except ApiGatewayException as error:
        raise AwsError("NotFoundException", error.message, 404) from error


def _patch(record: Any, patched: _Patched, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    for operation in parameters.get("patchOperations") or []:
        _apply(record, patched, operation)
    return dict(record.to_json())


def _apply(record: Any, patched: _Patched, operation: Mapping[str, str]) -> None:
    name, _, key = operation["path"].lstrip("/").partition("/")
    is_removed, value = operation["op"] == "remove", operation.get("value", "")
    if name in patched.plain and not key:
        attribute, convert = patched.plain[name]
        setattr(record, attribute, None if is_removed else convert(value))
    elif name in patched.mappings and key:
        attribute, convert = patched.mappings[name]
        key = key.replace("~1", "/").replace("~0", "~")
        others = {each: item for each, item in (getattr(record, attribute) or {}).items() if each != key}
        setattr(record, attribute, others if is_removed else {**others, key: convert(value)})
    else:
        raise AwsError("BadRequestException", _invalid(operation, (*patched.plain, *patched.mappings)))


def _invalid(operation: Mapping[str, str], names: Iterable[str]) -> str:
    path, op = operation["path"], operation["op"]
    allowed = ", ".join(f"/{name}" for name in names)
    return f"Invalid patch path  '{path}' specified for op '{op}'. Must be one of: [{allowed}]"
