"""One local AWS a module; the scenarios of a module are played at the same time, because most of them is waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from tests.e2e.gate.application import RECORDING_DELAY
from tests.e2e.gate.deployed import Deployed, prepare
from workbench.local_aws.server import LocalAws, Options

Scenario = Callable[[Deployed], Any]
_AT_ONCE = 6


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws(Options(recording_delay=RECORDING_DELAY, minute=0.05, hook_timeout=300)) as running:
        prepare(running)
        yield running


@pytest.fixture(scope="module")
def played(aws: LocalAws, request: pytest.FixtureRequest) -> Iterator[Mapping[Scenario, Future[Any]]]:
    """The scenarios that the selected tests of this module look at."""
    mine = [item for item in request.session.items if item.path == request.path and hasattr(item, "callspec")]
    scenarios = dict.fromkeys(item.callspec.params["outcome"] for item in mine)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield {scenario: pool.submit(scenario, Deployed(aws, _name(scenario))) for scenario in scenarios}


@pytest.fixture
def outcome(played: Mapping[Scenario, Future[Any]], request: pytest.FixtureRequest) -> Any:
    """What the scenario of this test left."""
    return played[request.param].result()


def _name(scenario: Scenario) -> str:
    return scenario.__name__.replace("_", "-")[:36].strip("-")
