"""One local AWS a module, and a request to its paths as curl would make it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
import urllib3

from workbench.local_aws.server import LocalAws, Options


@dataclass(frozen=True)
class Page:
    """A response; header names are in lower case."""

    status: int
    text: str
    headers: dict[str, str]


Fetch = Callable[..., Page]


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws(Options(recording_delay=0.1, minute=0.02, hook_timeout=5)) as running:
        yield running


@pytest.fixture(scope="module")
def fetch(aws: LocalAws) -> Fetch:
    def get(path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Page:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(urllib3.request(method, aws.url + path, body=body, headers=named)) as answer:
            return Page(
                answer.status, answer.data.decode(), {key.lower(): answer.headers[key] for key in answer.headers}
            )

    return get
