"""The story of a deployment, with clients that note what they are asked and a clock that runs fast."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from workbench.local_aws.codedeploy.deployment import Deployment, Plan
from workbench.local_aws.codedeploy.rollout import Rollout
from workbench.local_aws.codedeploy.traffic import Step
from workbench.local_aws.service import AwsError

PLAN = Plan("shop", "group", "first", "live", "1", "2", before_hook="check")


@dataclass
class Clients:
    """Every client in one: hooks answer `status`, or nothing."""

    deployment: Deployment
    status: str | None
    traffic: list[tuple[str, dict[str, float]]] = field(default_factory=list)
    hooks: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def __call__(self, _: str) -> Clients:
        return self

    def update_alias(self, **given: Any) -> None:
        self.traffic.append((given["FunctionVersion"], given["RoutingConfig"]["AdditionalVersionWeights"]))

    def invoke(self, **given: Any) -> None:
        event = json.loads(given["Payload"])
        self.hooks.append((given["FunctionName"], given["InvocationType"], event))
        if self.status:
            self.deployment.answer(event["LifecycleEventHookExecutionId"], self.status)


def run(status: str | None, plan: Plan = PLAN) -> Clients:
    clients = Clients(Deployment(plan, "config", "user"), status)
    seconds = count(0, 1900)
    steps = (Step(0.1, 0), Step(1.0, 0))
    Rollout(clients, steps, (), minute=1, hook_timeout=3600, clock=lambda: next(seconds)).run(clients.deployment)
    return clients


def test_the_hook_is_invoked_in_the_background_with_two_ids() -> None:
    ran = run("Succeeded")
    ((hook, kind, event),) = ran.hooks
    assert (hook, kind) == ("check", "Event")
    assert set(event) == {"DeploymentId", "LifecycleEventHookExecutionId"}


def test_traffic_moves_step_by_step_to_the_new_version() -> None:
    assert run("Succeeded").traffic == [("1", {"2": 0.1}), ("2", {})]


def test_a_refusal_moves_no_traffic() -> None:
    ran = run("Failed")
    assert (ran.traffic, ran.deployment.status) == ([], "Failed")
    assert ran.deployment.info()["errorInformation"]["message"].endswith("the hook function check reported Failed.")


def test_a_hook_that_does_not_answer_within_an_hour_fails_the_deployment() -> None:
    ran = run(None)
    assert ran.traffic == []
    assert "did not report a status within 3600 seconds" in ran.deployment.info()["errorInformation"]["message"]


def test_a_failure_after_the_shift_brings_the_old_version_back() -> None:
    ran = run("Failed", Plan("shop", "group", "first", "live", "1", "2", after_hook="check"))
    assert ran.traffic[-1] == ("1", {})
    assert ran.deployment.status == "Failed"


@pytest.mark.parametrize(
    ("execution_id", "code"),
    [
        pytest.param("unknown", "InvalidLifecycleEventHookExecutionIdException", id="an id that was never given"),
        pytest.param("given", "LifecycleEventAlreadyCompletedException", id="an id that was answered"),
    ],
)
def test_an_answer_that_is_not_awaited_is_refused(execution_id: str, code: str) -> None:
    ran = run("Succeeded")
    given = ran.hooks[0][2]["LifecycleEventHookExecutionId"]
    with pytest.raises(AwsError) as error:
        ran.deployment.answer(given if execution_id == "given" else execution_id, "Succeeded")
    assert error.value.code == code
