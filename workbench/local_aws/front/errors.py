"""AWS's own kind of error for requests that nobody implements or that fail unexpectedly; never an HTML page.

Owns which error it is. What nobody implements is `NotImplemented` with status 501, which no client tries again. What
moto refuses keeps its code, also when an own operation had asked. When moto or an own operation stumbles over a
request, the request itself is looked at first: one that the service's model does not allow is a validation error, one
that names what does not exist gets the operation's own error for that. What is left is an `InternalFailure`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

from botocore.validate import ParamValidator
from moto.core.exceptions import ServiceException
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from workbench.local_aws.front import protocol
from workbench.local_aws.front.plain_errors import plain_error
from workbench.local_aws.front.protocol import Addressed
from workbench.local_aws.front.request import Wanted
from workbench.local_aws.service import AwsError

_INVALID = {"query": "ValidationError", "ec2": "InvalidParameterValue", "rest-xml": "InvalidRequest"}
_INNER = {"list": ("member",), "map": ("value",)}
_ABSENT = ("NotFound", "NoSuch", "DoesNotExist", "NotExist", "Unknown")


def not_implemented(asked: Wanted, addressed: Addressed | None) -> Response:
    """Names the operation that is missing."""
    message = f"The local AWS does not implement {_name(asked, addressed)}."
    return _response(asked, addressed, AwsError("NotImplemented", message, 501))


def stumbled(asked: Wanted, addressed: Addressed | None, request: Any, error: Exception) -> Response:
    """The answer to a request that an operation refused or failed on."""
    if isinstance(error, AwsError):
        return _response(asked, addressed, error)
    if isinstance(error, NotImplementedError) or addressed is None:
        return not_implemented(asked, addressed)
    return _response(asked, addressed, _cause(asked, addressed, request, error))


def _cause(asked: Wanted, addressed: Addressed, request: Any, error: Exception) -> AwsError:
    if refusal := _refusal(error):
        return refusal
    name = _name(asked, addressed)
    if isinstance(error, ExpatError):
        return AwsError("MalformedXML", "The XML you provided was not well-formed or did not validate.")
    try:
        parameters = protocol.parameters(addressed, request)
    except Exception:  # noqa: BLE001 - the parser is moto's, and fails in as many ways as there are bodies
        return AwsError("SerializationException", f"{name} cannot read its request.")
    return _invalid(name, addressed, parameters, error) or _internal(name, error)


def _refusal(error: Exception) -> AwsError | None:
    """What moto refused itself, when an own operation asked it."""
    if isinstance(error, ServiceException):
        return AwsError(error.code, error.message)
    code, message = getattr(error, "error_type", ""), getattr(error, "message", "")
    return AwsError(code, message, error.code or 400) if isinstance(error, HTTPException) and code else None


def _invalid(name: str, addressed: Addressed, parameters: Any, error: Exception) -> AwsError | None:
    """The error of a request that is at fault itself."""
    shape = addressed.model.input_shape
    report = ParamValidator().validate(parameters, shape) if shape else None
    code = _INVALID.get(addressed.protocol, "ValidationException")
    if report and report.has_errors():
        return AwsError(code, report.generate_report().replace("\n", " "))
    missing = str(error.args[0]) if isinstance(error, KeyError) and error.args else ""
    if missing in _texts(parameters):
        return AwsError(_absent_code(addressed), f"{name} found no {missing}.")
    if shape and missing in _members(shape):
        return AwsError(code, f"{name} needs {missing}, which the request does not hold.")
    if isinstance(error, ValueError):
        return AwsError(code, f"{name} does not take this request: {error}")
    return None


def _internal(name: str, error: Exception) -> AwsError:
    message = f"{name} failed in the local AWS: {type(error).__name__}: {error}"
    return AwsError("InternalFailure", message, 500)


def _absent_code(addressed: Addressed) -> str:
    """What the operation's model calls the absence of something."""
    known = [shape.name for shape in addressed.model.error_shapes]
    found = (name for hint in _ABSENT for name in known if hint in name)
    return next(found, "ResourceNotFoundException")


def _texts(value: Any) -> Iterator[str]:
    """Every string in the parameters of a request."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _members(shape: Any, around: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of every member of a shape, however deep."""
    if shape.name in around:
        return
    inner = shape.members if shape.type_name == "structure" else {}
    parts = [getattr(shape, name) for name in _INNER.get(shape.type_name, ())]
    yield from inner
    for member in (*inner.values(), *parts):
        yield from _members(member, (*around, shape.name))


def _name(asked: Wanted, addressed: Addressed | None) -> str:
    return f"{addressed.service}:{addressed.name}" if addressed else f"{asked.service}:{asked.operation}"


def _response(asked: Wanted, addressed: Addressed | None, error: AwsError) -> Response:
    return protocol.failure(addressed, error) if addressed else plain_error(asked.protocol, error)
