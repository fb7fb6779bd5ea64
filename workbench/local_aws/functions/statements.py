"""What AddPermission makes of its parameters: one statement of a resource-based policy. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from workbench.local_aws.member_names import lower_camel
from workbench.local_aws.service import AwsError

_CONDITIONS = (
    ("StringEquals", "AWS:SourceAccount", "SourceAccount"),
    ("StringEquals", "aws:PrincipalOrgID", "PrincipalOrgID"),
    ("StringEquals", "lambda:EventSourceToken", "EventSourceToken"),
    ("StringEquals", "lambda:FunctionUrlAuthType", "FunctionUrlAuthType"),
    ("Bool", "lambda:InvokedViaFunctionUrl", "InvokedViaFunctionUrl"),
    ("ArnLike", "AWS:SourceArn", "SourceArn"),
)
_ACTION_OF = {"FunctionUrlAuthType": "lambda:InvokeFunctionUrl", "InvokedViaFunctionUrl": "lambda:InvokeFunction"}
_ACCOUNT = re.compile(r"\d{12}")
_SERVICE = re.compile(r"[a-z0-9.-]+\.(amazonaws|amazon|amazonalexa)\.com(\.cn)?")


def check(parameters: Mapping[str, Any]) -> None:
    """Raises `AwsError` for parameters that Lambda refuses."""
    for name, pattern in _patterns().items():
        if name in parameters and not re.fullmatch(pattern, parameters[name]):
            where = lower_camel(name)
            demand = f"Member must satisfy regular expression pattern: {pattern}"
            said = f"Value '{parameters[name]}' at '{where}' failed to satisfy constraint: {demand}"
            raise AwsError("ValidationException", f"1 validation error detected: {said}")
    for name, action in _ACTION_OF.items():
        if name in parameters and parameters["Action"] != action:
            raise AwsError("InvalidParameterValueException", f"{name} is only supported for {action} action")


def statement(parameters: Mapping[str, Any], resource: str) -> dict[str, Any]:
    """Raises `AwsError` for a principal that there cannot be."""
    made = {
        "Sid": parameters["StatementId"],
        "Effect": "Allow",
        "Principal": _principal(parameters["Principal"], resource),
        "Action": parameters["Action"],
        "Resource": resource,
    }
    condition: dict[str, dict[str, str]] = {}
    for operator, key, name in _CONDITIONS:
        if parameters.get(name):
            condition.setdefault(operator, {})[key] = _text(parameters[name])
    return {**made, **({"Condition": condition} if condition else {})}


def _principal(name: str, resource: str) -> Any:
    if name == "*":
        return name
    if _SERVICE.fullmatch(name):
        return {"Service": name}
    if _ACCOUNT.fullmatch(name):
        return {"AWS": f"arn:{resource.split(':')[1]}:iam::{name}:root"}
    if name.startswith("arn:"):
        return {"AWS": name}
    message = "The provided principal was invalid. Please check the principal and try again."
    raise AwsError("InvalidParameterValueException", message)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else value


@cache
def _patterns() -> Mapping[str, str]:
    from moto.core.utils import get_service_model

    members = get_service_model("lambda").operation_model("AddPermission").input_shape.members
    return {
        name: shape.metadata["pattern"]
        for name, shape in members.items()
        if "pattern" in shape.metadata and "location" not in shape.serialization
    }
