"""Each role allows what its code calls, and nothing else."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest
import round_trip
import yaml

from items import Items
from tests.unit.app.call_paths import reachable_actions, reaches_edge
from tests.unit.app.sample import ROOT, actions, of_type, statements

# Where the action is not named like the method of the client.
_SPECIAL = {"lambda:Invoke": "lambda:InvokeFunction"}


def called(*sources: Callable[..., Any]) -> set[str]:
    """The actions behind `self.s3.put_object(...)` and the like."""
    calls = re.findall(r"\b(?:self\.)?(dynamodb|s3|config|lambda_)\.(\w+)\(", "".join(map(inspect.getsource, sources)))
    named = {f"{service.strip('_')}:{method.title().replace('_', '')}" for service, method in calls}
    return {_SPECIAL.get(action, action) for action in named}


def allowed(role: str) -> set[str]:
    return actions(*statements(role))


def writable(role: str) -> set[str]:
    """What the role may write of the records bucket."""
    writing = [statement for statement in statements(role) if "s3:PutObject" in actions(statement)]
    return {statement["Resource"]["Fn::Sub"].partition("/")[2] for statement in writing}


JUDGES = {
    "PreTrafficHookRole": "answer_deployment",
    "ArchitectureGateFunctionRole": "answer_custom_resource",
    "RecorderRole": "record_state",
}


def test_the_first_function_may_write_and_remove() -> None:
    assert allowed("FirstFunctionRole") == called(Items.save, Items.delete)


def test_the_second_function_may_read() -> None:
    assert allowed("SecondFunctionRole") == called(Items.load)


@pytest.mark.parametrize(("role", "entry_point"), JUDGES.items())
def test_a_judge_may_do_what_its_entry_point_reaches(role: str, entry_point: str) -> None:
    # S3 tells an object that is not there from one that is denied only to those who may list.
    assert allowed(role) == reachable_actions(entry_point) | {"s3:ListBucket"}


def test_only_who_answers_codedeploy_may() -> None:
    (answer,) = actions(*statements("PreTrafficHookRole")) - actions(*statements("ArchitectureGateFunctionRole"))
    assert answer == "codedeploy:PutLifecycleEventHookExecutionStatus"


@pytest.mark.parametrize(("role", "entry_point"), JUDGES.items())
def test_only_who_accepts_a_baseline_may_write_it(role: str, entry_point: str) -> None:
    accepts = reaches_edge(entry_point, "replace")
    assert writable(role) == ({"runs/*", "baseline.json"} if accepts else {"runs/*"})


def test_the_round_trip_may_invoke_and_report() -> None:
    fragment = yaml.load((ROOT / "config-rules/RoundTripRule.yaml").read_text(), Loader=yaml.BaseLoader)  # noqa: S506
    (policy,) = fragment["RoundTripRule"]["Properties"]["Policies"]
    assert actions(*policy["Statement"]) == called(round_trip.invoke_function, round_trip.report)


def test_every_function_has_a_role_of_its_own() -> None:
    roles = [body["Properties"]["Role"]["Fn::GetAtt"][0] for body in of_type("AWS::Lambda::Function").values()]
    assert sorted(roles) == sorted({*JUDGES, "FirstFunctionRole", "SecondFunctionRole"})


@pytest.mark.parametrize("role", ["FirstFunctionRole", "SecondFunctionRole", *JUDGES])
def test_no_role_allows_a_pattern_of_actions(role: str) -> None:
    assert [action for action in allowed(role) if "*" in action] == []
