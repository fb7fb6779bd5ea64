"""Smithy's RPC v2 in CBOR, which moto does not speak: asked of it, and of our own operations, in the service's JSON.

Owns the translation of a request and of its answer; botocore reads and writes the encoding.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import UnknownServiceError
from botocore.parsers import RpcV2CBORParser, create_parser
from botocore.serialize import RpcV2CBORSerializer
from moto.core.utils import get_service_model
from werkzeug.wrappers import Response

from workbench.local_aws.front import addressing
from workbench.local_aws.front.plain_errors import plain_error
from workbench.local_aws.front.request import body_of, give_body
from workbench.local_aws.service import AwsError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_PATH = re.compile(r"/service/(?P<service>[^/]+)/operation/(?P<operation>\w+)/?")


def operation_of(environ: WSGIEnvironment, signing_name: str) -> Any | None:
    """The model of the operation that is asked for in CBOR; None for all that is not asked so."""
    path = _PATH.fullmatch(environ["PATH_INFO"]) if environ.get("HTTP_SMITHY_PROTOCOL") else None
    if path is None:
        return None
    models = (_service(name) for name in addressing.services(signing_name))
    meant = (each for each in models if each and each.metadata.get("targetPrefix") == path["service"])
    names = ((each, path["operation"]) for each in meant)
    return next((each.operation_model(name) for each, name in names if name in each.operation_names), None)


def ask_in_json(environ: WSGIEnvironment, operation: Any) -> None:
    """Makes the request one of the JSON protocol. Raises `AwsError` for a body that is no CBOR."""
    metadata = operation.service_model.metadata
    body = body_of(environ)
    given = _read(gzip.decompress(body) if environ.pop("HTTP_CONTENT_ENCODING", "") == "gzip" else body)
    give_body(environ, json.dumps(given, default=_plain).encode())
    del environ["HTTP_SMITHY_PROTOCOL"]
    environ["PATH_INFO"] = "/"
    environ["CONTENT_TYPE"] = f"application/x-amz-json-{metadata.get('jsonVersion', '1.0')}"
    environ["HTTP_X_AMZ_TARGET"] = f"{metadata['targetPrefix']}.{operation.name}"


def answer_in_cbor(answer: Response, operation: Any) -> Response:
    """What the JSON protocol answers, with its status and the headers of AWS."""
    translated = _error(answer) if answer.status_code >= 400 else _success(answer, operation.output_shape)
    for name, value in answer.headers.items():
        if name.lower().startswith("x-amzn-"):
            translated.headers[name] = value
    return translated


def _error(answer: Response) -> Response:
    said = json.loads(answer.get_data() or b"{}")
    message = said.get("message") or said.get("Message") or ""
    return plain_error("cbor", AwsError(said.get("__type", "InternalFailure"), message, answer.status_code))


def _success(answer: Response, shape: Any) -> Response:
    content = bytearray()
    if shape:
        plain = {"body": answer.get_data(), "headers": dict(answer.headers), "status_code": answer.status_code}
        parsed = create_parser("json").parse(plain, shape)
        parsed.pop("ResponseMetadata", None)
        writer: Any = RpcV2CBORSerializer()
        writer._serialize_data_item(content, parsed, shape)
    headers = {"smithy-protocol": "rpc-v2-cbor"}
    return Response(bytes(content), answer.status_code, headers, content_type="application/cbor")


def _read(body: bytes) -> Any:
    if not body:
        return {}
    reader: Any = RpcV2CBORParser()
    try:
        return reader.parse_data_item(reader.get_peekable_stream_from_bytes(body))
    except Exception as error:
        raise AwsError("SerializationException", "The request body is not valid CBOR.") from error


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    return base64.b64encode(value).decode()


def _service(name: str) -> Any | None:
    try:
        return get_service_model(name)
    except UnknownServiceError:
        return None
