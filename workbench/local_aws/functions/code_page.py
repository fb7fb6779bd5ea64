"""Where the code of a function can be downloaded, as `GetFunction` tells: the zip that it was deployed with.

Owns the addresses under `/_aws/lambda/code/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from moto.awslambda.exceptions import UnknownFunctionException
from moto.awslambda.models import lambda_backends
from moto.core import DEFAULT_ACCOUNT_ID
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/_aws/lambda/code/"
_ADDRESS = re.compile(r"(?P<region>[\w-]+)/(?P<name>[\w-]+)/(?P<version>\$LATEST|\d+)\.zip")


def location(endpoint: str, record: Any) -> str:
    return f"{endpoint}{PREFIX}{record.region}/{record.function_name}/{record.version}.zip"


def page(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The WSGI application."""
    return _response(Request(environ))(environ, start_response)


def _response(request: Request) -> Response:
    asked = _ADDRESS.fullmatch(request.path.removeprefix(PREFIX))
    try:
        code = _code(**asked.groupdict()) if asked else b""
    except UnknownFunctionException:
        code = b""
    return Response(code, content_type="application/zip") if code else Response("There is no such code.\n", 404)


def _code(region: str, name: str, version: str) -> bytes:
    record = lambda_backends[DEFAULT_ACCOUNT_ID][region].get_function(name, version)
    return bytes(getattr(record, "code_bytes", b""))
