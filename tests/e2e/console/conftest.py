"""One local AWS a module, with something in it on demand, and requests as curl would make them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
import urllib3

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.console.seed import seed
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws


@dataclass(frozen=True)
class Page:
    """A response; header names are in lower case."""

    status: int
    text: str
    headers: dict[str, str]


Fetch = Callable[..., Page]


@pytest.fixture(scope="module")
def seeded(aws: LocalAws) -> Stacks:
    """An account worth looking at, once Config has judged it."""
    stacks = seed(aws)
    config = aws.client("config")
    eventually(lambda: config.describe_compliance_by_config_rule()["ComplianceByConfigRules"], is_so=_is_judged)
    return stacks


def _is_judged(compliances: list[dict[str, Any]]) -> bool:
    return all(each["Compliance"]["ComplianceType"] == "NON_COMPLIANT" for each in compliances)


@pytest.fixture(scope="module")
def fetch(aws: LocalAws) -> Fetch:
    def get(path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Page:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(urllib3.request(method, aws.url + path, body=body, headers=named)) as answer:
            return Page(
                answer.status, answer.data.decode(), {key.lower(): answer.headers[key] for key in answer.headers}
            )

    return get
