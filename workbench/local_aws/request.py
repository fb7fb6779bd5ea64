"""What a raw request is about, as far as its signature and headers tell: service, operation, region, read or write."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_READING = (
    "BatchGet",
    "Describe",
    "Detect",
    "Filter",
    "Get",
    "Head",
    "List",
    "Lookup",
    "Query",
    "Scan",
    "Search",
    "Test",
)


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    `service` is named as requests are signed (`monitoring`); `operation` is `PUT /path` where no more is known.
    """

    service: str
    operation: str
    region: str
    writes: bool
    protocol: str


def wanted(environ: WSGIEnvironment) -> Wanted:
    service, region = _credential_scope(environ)
    target: str = environ.get("HTTP_X_AMZ_TARGET", "")
    if target:
        operation = target.rsplit(".", 1)[-1]
        return Wanted(service, operation, region, not operation.startswith(_READING), "json")
    action = _action(environ)
    if action:
        return Wanted(service, action, region, not action.startswith(_READING), "query")
    method = environ["REQUEST_METHOD"]
    protocol = "rest-xml" if service == "s3" else "rest-json"
    return Wanted(service, f"{method} {environ['PATH_INFO']}", region, method not in ("GET", "HEAD"), protocol)


def _credential_scope(environ: WSGIEnvironment) -> tuple[str, str]:
    """Service and region of an AWS Signature Version 4; S3 when the request carries none, as for its public objects."""
    header: str = environ.get("HTTP_AUTHORIZATION", "")
    credential = header.partition("Credential=")[2].split(",")[0]
    if not credential:
        credential = parse_qs(str(environ.get("QUERY_STRING", ""))).get("X-Amz-Credential", [""])[0]
    scope = credential.split("/")
    if len(scope) < 5:
        return "s3", "us-east-1"
    return scope[3].lower(), scope[2]


def _action(environ: WSGIEnvironment) -> str:
    in_query = parse_qs(str(environ.get("QUERY_STRING", ""))).get("Action", [""])[0]
    if in_query or not environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return in_query
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return parse_qs(body.decode("utf-8", "replace")).get("Action", [""])[0]
