"""A request to an API, free of how it came in: by the path of the local endpoint or by the API's own host."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from werkzeug.wrappers import Request


@dataclass(frozen=True)
class Asked:
    """One request. `path` begins with the stage, unless it is an HTTP API's default stage.

    It is percent-encoded but to HTTP APIs. `host` is the own one of what was asked, as on AWS; without it, that of
    the API.
    """

    account: str
    region: str
    api_id: str
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    query: tuple[tuple[str, str], ...]
    query_string: str
    body: bytes
    source_ip: str
    at: datetime
    id: str
    host: str = ""

    @property
    def domain(self) -> str:
        return self.host or f"{self.api_id}.execute-api.{self.region}.amazonaws.com"

    @property
    def arn(self) -> str:
        """The API's ARN, as policies name it."""
        return f"arn:aws:execute-api:{self.region}:{self.account}:{self.api_id}"

    @property
    def short_id(self) -> str:
        """The gateway's own id of the request, beside the one that functions know."""
        return base64.b64encode(uuid.UUID(self.id).bytes[:11]).decode()

    def elapsed_milliseconds(self) -> float:
        return (datetime.now(UTC) - self.at).total_seconds() * 1000

    def header(self, name: str) -> str:
        """The last value of a header, empty without one."""
        return next((value for key, value in reversed(self.headers) if key.lower() == name), "")

    def staged(self) -> tuple[str, str]:
        """The first part of the path, and what follows it."""
        stage, _, rest = self.path.lstrip("/").partition("/")
        return stage, f"/{rest}"


def addressed(request: Request, host: re.Pattern[str], prefix: str) -> tuple[str, str]:
    """The id that the host or else the path begins with, and the path after it, still percent-encoded."""
    by_host, whole = host.match(request.host), _raw_path(request)
    if by_host:
        return by_host[1], whole
    found, _, path = whole.removeprefix(prefix).partition("/")
    return found, f"/{path}"


def _raw_path(request: Request) -> str:
    """The path as it was sent, where the server tells."""
    sent = str(request.environ.get("RAW_URI") or quote(request.path))
    return sent.partition("?")[0] if sent.startswith("/") else urlsplit(sent).path or "/"


def asked(request: Request, account: str, region: str, api_id: str, path: str) -> Asked:
    return Asked(
        account=account,
        region=region,
        api_id=api_id,
        method=request.method,
        path=path,
        headers=tuple(request.headers.items()),
        query=tuple(request.args.items(multi=True)),
        query_string=request.query_string.decode("utf-8", "replace"),
        body=request.get_data(),
        source_ip=request.remote_addr or "127.0.0.1",
        at=datetime.now(UTC),
        id=str(uuid.uuid4()),
    )


def grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """All values by name, in order."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
