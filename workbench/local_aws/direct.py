"""Clients that call the local AWS in its own process: no connection, half the time of a request.

Owns the way round the network. What a client sends and gets is the same.
"""

from __future__ import annotations

import io
import threading
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from werkzeug.test import EnvironBuilder, run_wsgi_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class DirectClients:
    """Gives clients of a service in a region, one each, safe across threads, until `close`."""

    def __init__(self, app: WSGIApplication, endpoint: str) -> None:
        self._app = app
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._cached = cache(self._new)
        self._closed = False

    def close(self) -> None:
        """From now on, whoever still uses a client is at its end: its thread goes without a word."""
        self._closed = True

    def __call__(self, service: str, region: str) -> Any:
        with self._lock:
            return self._cached(service, region)

    def _new(self, service: str, region: str) -> Any:
        config = Config(retries={"mode": "standard", "total_max_attempts": 1}, s3={"addressing_style": "path"})
        create: Any = _session().client
        client = create(service, region_name=region, endpoint_url=self._endpoint, config=config)
        client.meta.events.register("before-send", self._send)
        client.meta.events.register("after-call", _name_service)
        return client

    def _send(self, request: Any, **_: Any) -> Any:
        if self._closed:
            raise SystemExit
        chunks, status, headers = run_wsgi_app(self._app, _environ(request))
        body: Any = _Body(b"".join(chunks))
        return AWSResponse(request.url, int(status.split()[0]), HTTPHeaders.from_pairs(headers), body)


def _name_service(parsed: Any, model: Any, **_: Any) -> None:
    """An error tells which service it is of: CloudFormation's reasons name it, and boto3 forgets it."""
    parsed["ResponseMetadata"]["Service"] = model.service_model.service_id


@cache
def _session() -> boto3.Session:
    """One for all: a session reads each service's model once, which takes longer than all else here."""
    return boto3.Session("test", "test")


class _Body(io.BytesIO):
    """What botocore reads a response from."""

    def stream(self, **_: Any) -> list[bytes]:
        return [self.read()]


def _environ(request: Any) -> Any:
    url = urlsplit(request.url)
    body = request.body.read() if hasattr(request.body, "read") else request.body
    headers = {name: value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()}
    builder = EnvironBuilder(
        path=url.path,
        query_string=url.query,
        base_url=f"{url.scheme}://{url.netloc}",
        method=request.method,
        headers=headers,
        data=body or b"",
    )
    try:
        # S3 asks even a request without a body for its length.
        return builder.get_environ() | {"CONTENT_LENGTH": str(len(body or b""))}
    finally:
        builder.close()
