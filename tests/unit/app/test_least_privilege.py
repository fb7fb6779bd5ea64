"""Each role allows what its code calls, and nothing else."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import fitness.aws
import pytest
import round_trip
import yaml

from items import Items
from tests.unit.app.sample import ROOT, actions

# Where the action is not named like the method of the client.
_SPECIAL = {"lambda:Invoke": "lambda:InvokeFunction"}


def called(*sources: Callable[..., Any]) -> set[str]:
    """The actions behind `self.s3.put_object(...)` and the like."""
    calls = re.findall(r"\b(?:self\.)?(dynamodb|s3|config|lambda_)\.(\w+)\(", "".join(map(inspect.getsource, sources)))
    named = {f"{service.strip('_')}:{method.title().replace('_', '')}" for service, method in calls}
    return {_SPECIAL.get(action, action) for action in named}


def test_the_first_function_may_write_and_remove() -> None:
    assert actions("FirstFunctionRole") == called(Items.save, Items.delete)


def test_the_second_function_may_read() -> None:
    assert actions("SecondFunctionRole") == called(Items.load)


def test_the_hook_may_do_what_the_edge_does() -> None:
    edge = inspect.getsource(fitness.aws)
    assert actions("PreTrafficHookRole") == set(re.findall(r'_explained\("([a-z0-9]+:\w+)"', edge))


def test_the_round_trip_may_invoke_and_report() -> None:
    fragment = yaml.load((ROOT / "config-rules/RoundTripRule.yaml").read_text(), Loader=yaml.BaseLoader)  # noqa: S506
    (policy,) = fragment["RoundTripRule"]["Properties"]["Policies"]
    allowed = {statement["Action"] for statement in policy["Statement"]}
    assert allowed == called(round_trip.invoke_function, round_trip.report)


@pytest.mark.parametrize("role", ["FirstFunctionRole", "SecondFunctionRole", "PreTrafficHookRole"])
def test_no_role_allows_a_pattern_of_actions(role: str) -> None:
    assert [action for action in actions(role) if "*" in action] == []
