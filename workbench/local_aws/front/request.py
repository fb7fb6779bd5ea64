"""What a raw request is about, as far as its signature and headers tell: service, operation, region, read or write."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from werkzeug.wrappers import Request

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
_RPC_PATH = re.compile(r"/service/[^/]+/operation/(?P<operation>\w+)/?")

# What AWS takes without a signature, by what the request says instead.
_UNSIGNED_TARGETS: Mapping[str, str] = {
    "AWSCognitoIdentityProviderService": "cognito-idp",
    "AWSCognitoIdentityService": "cognito-identity",
}
_UNSIGNED_ACTIONS: Mapping[str, str] = {"AssumeRoleWithSAML": "sts", "AssumeRoleWithWebIdentity": "sts"}


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
        prefix, _, operation = target.rpartition(".")
        return _by_name(service or _UNSIGNED_TARGETS.get(prefix, prefix.lower()), operation, region, "json")
    rpc = _RPC_PATH.fullmatch(environ["PATH_INFO"]) if environ.get("HTTP_SMITHY_PROTOCOL") else None
    if rpc:
        return _by_name(service, rpc["operation"], region, "cbor")
    action = _action(environ)
    if action:
        return _by_name(service or _UNSIGNED_ACTIONS.get(action, "s3"), action, region, "query")
    # S3's public objects take no signature.
    return _by_path(service or _by_token(environ) or "s3", region, environ)


def _by_token(environ: WSGIEnvironment) -> str:
    return "awsssoportal" if "HTTP_X_AMZ_SSO_BEARER_TOKEN" in environ else ""


def _by_name(service: str, operation: str, region: str, protocol: str) -> Wanted:
    return Wanted(service, operation, region, not operation.startswith(_READING), protocol)


def _by_path(service: str, region: str, environ: WSGIEnvironment) -> Wanted:
    method = environ["REQUEST_METHOD"]
    protocol = "rest-xml" if service == "s3" else "query" if is_form(environ) else "rest-json"
    reads = method in ("GET", "HEAD", "OPTIONS")
    path = _path_in_s3(environ) if service == "s3" else environ["PATH_INFO"]
    return Wanted(service, f"{method} {path}", region, not reads, protocol)


def _path_in_s3(environ: WSGIEnvironment) -> str:
    """`/bucket/key`, also where the bucket is the first part of the host (`bucket.s3.localhost`), as moto sees it."""
    from moto.s3.responses import S3Response
    from moto.s3.utils import bucket_name_from_url

    path = str(environ["PATH_INFO"])
    if not S3Response.subdomain_based_buckets(Request(environ)):
        return path
    bucket = bucket_name_from_url(f"http://{environ['HTTP_HOST']}")
    return f"/{bucket}{path}" if bucket else path


def _credential_scope(environ: WSGIEnvironment) -> tuple[str, str]:
    """Service and region of an AWS Signature Version 4; no service when the request carries none."""
    header: str = environ.get("HTTP_AUTHORIZATION", "")
    credential = header.partition("Credential=")[2].split(",")[0]
    if not credential:
        credential = parse_qs(str(environ.get("QUERY_STRING", ""))).get("X-Amz-Credential", [""])[0]
    scope = credential.split("/")
    if len(scope) < 5:
        return "", "us-east-1"
    return scope[3].lower(), scope[2]


def _action(environ: WSGIEnvironment) -> str:
    in_query = parse_qs(str(environ.get("QUERY_STRING", ""))).get("Action", [""])[0]
    if in_query or not is_form(environ):
        return in_query
    return parse_qs(body_of(environ).decode("utf-8", "replace")).get("Action", [""])[0]


def is_form(environ: WSGIEnvironment) -> bool:
    return str(environ.get("CONTENT_TYPE", "")).startswith("application/x-www-form-urlencoded")


def body_of(environ: WSGIEnvironment) -> bytes:
    """The body, however it is sent; it can be read again."""
    body: bytes = Request(environ).get_data(cache=False)
    give_body(environ, body)
    return body


def give_body(environ: WSGIEnvironment, body: bytes) -> None:
    """Lets the request be read as if it had just come, with this body."""
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)
