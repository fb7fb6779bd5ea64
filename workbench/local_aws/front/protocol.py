"""AWS's wire protocols: a request becomes an operation with parameters, a result or an error becomes a response.

Owns nothing about any service: botocore's models tell the shapes, moto's parsers and serialisers do the work.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from botocore.utils import parse_timestamp
from moto.core.errors import COMMON_ERROR_CODES
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import NotFound, get_service_router
from moto.core.serialize import SerializationContext, get_serializer_class
from moto.core.utils import get_service_model
from werkzeug.wrappers import Response

from workbench.local_aws.service import AwsError


@dataclass(frozen=True)
class Addressed:
    """The operation that a request is meant for."""

    service: str
    model: Any
    protocol: str
    path_parameters: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.model.name)


def address(service: str, request: Request) -> Addressed | None:
    """Which operation of the service this request asks for; None when there is no such operation."""
    try:
        protocol = determine_request_protocol(get_service_model(service), request.content_type)
        model, path_parameters = get_service_router(service).match(request)
    except (NotFound, NotImplementedError):
        return None
    return Addressed(service, model, protocol, path_parameters)


def parameters(addressed: Addressed, request: Request) -> Mapping[str, Any]:
    """Raises `AwsError` for a body that is no JSON where it must be; the parser would take it for an empty one."""
    if addressed.protocol == "json":
        _must_be_json(request.get_data())
    parser = PROTOCOL_PARSERS[addressed.protocol](addressed.model, timestamp_parser=parse_timestamp)
    parsed = parser.parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": request.get_data(),
            "url_path": request.path,
            "url_params": addressed.path_parameters,
        }
    )
    return dict(parsed)


def _must_be_json(body: bytes) -> None:
    try:
        json.loads(body or b"{}")
    except ValueError as error:
        raise AwsError("SerializationException", "The request body is not valid JSON.") from error


def success(addressed: Addressed, result: Mapping[str, Any] | None) -> Response:
    serialized = _serialized(addressed, dict(result or {}))
    status = _status_member(addressed.model)
    if status and result and status in result:
        serialized["status_code"] = result[status]
    return Response(serialized["body"], serialized["status_code"], serialized["headers"])


def failure(addressed: Addressed, error: AwsError) -> Response:
    if error.code not in COMMON_ERROR_CODES:
        # moto warns of codes that the service's model does not hold; AWS answers many (ThrottlingException).
        COMMON_ERROR_CODES.append(error.code)
    serialized = _serialized(addressed, error)
    status = serialized["status_code"] if error.status == 400 else error.status
    return Response(serialized["body"], status, serialized["headers"])


def _serialized(addressed: Addressed, answer: Any) -> Any:
    """The parts of a response; clients and people tell answers apart by the id of the request."""
    request_id = str(uuid4())
    serializer = get_serializer_class(addressed.service, addressed.protocol)
    context = SerializationContext(request_id)
    serialized: Any = serializer(operation_model=addressed.model, context=context).serialize(answer)
    serialized["headers"]["x-amzn-RequestId"] = request_id
    return serialized


def _status_member(model: Any) -> str | None:
    members = model.output_shape.members if model.output_shape else {}
    return next((name for name, shape in members.items() if shape.serialization.get("location") == "statusCode"), None)
