"""What Lambda demands of a function's settings where moto takes anything."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from workbench.local_aws.member_names import lower_camel
from workbench.local_aws.service import AwsError

_MOST = {"Timeout": 900, "MemorySize": 10240}


def check_limits(settings: Mapping[str, Any]) -> None:
    """Raises `AwsError` for a setting out of its range, or a runtime that does not exist."""
    for name, most in _MOST.items():
        if int(settings.get(name) or 0) > most:
            raise _refused(name, settings[name], f"Member must have value less than or equal to {most}")
    runtime = settings.get("Runtime")
    if runtime and runtime not in _runtimes():
        demand = f"Member must satisfy enum value set: [{', '.join(_runtimes())}] or be a valid ARN"
        message = f"Value {runtime} at 'runtime' failed to satisfy constraint: {demand}"
        raise AwsError("InvalidParameterValueException", message)


def _refused(name: str, value: Any, demand: str) -> AwsError:
    where = lower_camel(name)
    message = f"1 validation error detected: Value '{value}' at '{where}' failed to satisfy constraint: {demand}"
    return AwsError("ValidationException", message)


@cache
def _runtimes() -> tuple[str, ...]:
    from moto.core.utils import get_service_model

    return tuple(get_service_model("lambda").shape_for("Runtime").enum)
