"""Errors for requests whose operation no model knows, in the protocol that the request seems to speak."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

from workbench.local_aws.service import AwsError

_CBOR_MAP_OF_TWO = b"\xa2"


def plain_error(protocol: str, error: AwsError) -> Response:
    return _WRITERS[protocol](error)


def _json(error: AwsError) -> Response:
    body = json.dumps({"__type": error.code, "message": error.message})
    headers = {"x-amzn-errortype": error.code}
    return Response(body, error.status, headers, content_type="application/x-amz-json-1.1")


def _query(error: AwsError) -> Response:
    body = f"<ErrorResponse><Error><Type>Sender</Type>{_xml(error)}</Error></ErrorResponse>"
    return Response(body, error.status, content_type="text/xml")


def _rest_xml(error: AwsError) -> Response:
    return Response(f"<Error>{_xml(error)}</Error>", error.status, content_type="application/xml")


def _cbor(error: AwsError) -> Response:
    texts = (_cbor_text(each) for each in ("__type", error.code, "message", error.message))
    headers = {"smithy-protocol": "rpc-v2-cbor"}
    return Response(_CBOR_MAP_OF_TWO + b"".join(texts), error.status, headers, content_type="application/cbor")


def _cbor_text(text: str) -> bytes:
    """A text string with its length in two bytes (RFC 8949, major type 3)."""
    encoded = text.encode()[:0xFFFF]
    return b"\x79" + len(encoded).to_bytes(2) + encoded


def _xml(error: AwsError) -> str:
    return f"<Code>{escape(error.code)}</Code><Message>{escape(error.message)}</Message>"


_WRITERS: Mapping[str, Callable[[AwsError], Response]] = {
    "cbor": _cbor,
    "json": _json,
    "query": _query,
    "rest-json": _json,
    "rest-xml": _rest_xml,
}
