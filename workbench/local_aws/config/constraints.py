"""What the model of AWS Config demands of a request before the service looks at it: AWS's validation errors.

Clients check some of it themselves, and each of them something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from workbench.local_aws.member_names import lower_camel
from workbench.local_aws.service import AwsError, Operation, RequestContext

_ANSWERED_BY_THE_SERVICE = frozenset({"limit", "Limit"})


def constrained(name: str, operation: Operation) -> Operation:
    """The operation, for requests that its model allows."""

    def perform(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any] | None:
        check(name, parameters)
        return operation(parameters, context)

    return perform


def check(operation: str, parameters: Mapping[str, Any]) -> None:
    """Raises `AwsError` with all that is wrong."""
    shape = _model().operation_model(operation).input_shape
    problems = list(_problems(shape, parameters, "")) if shape else []
    if problems:
        count = f"{len(problems)} validation error{'s' if len(problems) > 1 else ''} detected: "
        raise AwsError("ValidationException", count + "; ".join(problems))


@cache
def _model() -> Any:
    import botocore.session

    return botocore.session.get_session().get_service_model("config")


def _problems(shape: Any, value: Any, path: str) -> Iterator[str]:
    yield from (_problem(value, path, demand) for demand in _DEMANDS.get(shape.type_name, _none)(shape, value))
    if shape.type_name == "structure" and isinstance(value, Mapping):
        yield from _of_structure(shape, value, path)
    elif shape.type_name == "list" and isinstance(value, list):
        for number, each in enumerate(value, 1):
            yield from _problems(shape.member, each, f"{path}.{number}.member")


def _of_structure(shape: Any, value: Mapping[str, Any], path: str) -> Iterator[str]:
    for name, member in shape.members.items():
        place = f"{path}.{lower_camel(name)}".lstrip(".")
        if value.get(name) is not None:
            yield from () if name in _ANSWERED_BY_THE_SERVICE else _problems(member, value[name], place)
        elif name in shape.required_members:
            yield f"Value null at '{place}' failed to satisfy constraint: Member must not be null"


def _problem(value: Any, path: str, demand: str) -> str:
    return f"Value '{value}' at '{path}' failed to satisfy constraint: Member must {demand}"


def _of_text(shape: Any, value: str) -> Iterator[str]:
    yield from _of_length(shape, value)
    if shape.enum and value not in shape.enum:
        yield f"satisfy enum value set: [{', '.join(shape.enum)}]"
    pattern = shape.metadata.get("pattern")
    if pattern and not re.fullmatch(pattern, value, re.DOTALL):
        yield f"satisfy regular expression pattern: {pattern}"


def _of_length(shape: Any, value: Any) -> Iterator[str]:
    if len(value) < shape.metadata.get("min", 0):
        yield f"have length greater than or equal to {shape.metadata['min']}"
    if len(value) > shape.metadata.get("max", len(value)):
        yield f"have length less than or equal to {shape.metadata['max']}"


def _of_number(shape: Any, value: float) -> Iterator[str]:
    if value < shape.metadata.get("min", value):
        yield f"have value greater than or equal to {shape.metadata['min']}"
    if value > shape.metadata.get("max", value):
        yield f"have value less than or equal to {shape.metadata['max']}"


def _none(_: Any, __: Any) -> Iterator[str]:
    yield from ()


_DEMANDS: Mapping[str, Callable[[Any, Any], Iterator[str]]] = {
    "string": _of_text,
    "list": _of_length,
    "integer": _of_number,
    "long": _of_number,
}
