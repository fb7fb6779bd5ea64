"""The story of a deployment: hook, shift traffic step by step, hook; back to the old version when anything fails."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from workbench.local_aws.codedeploy.deployment import Deployment
from workbench.local_aws.codedeploy.traffic import Step

_POLL = 0.2
_STOPPING = ("ALARM_ACTIVE", "MANUAL_STOP")


class DeploymentError(Exception):
    """Why a deployment fails, with CodeDeploy's error code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Rollout:
    """What a deployment runs with.

    Attributes:
        client: a client of a service in the deployment's region.
        steps: how traffic is shifted.
        alarms: names of CloudWatch alarms that stop it.
        minute: how many seconds a minute of traffic shifting takes.
        hook_timeout: how many seconds a hook may take to answer.
        clock: monotonic seconds.
    """

    client: Callable[[str], Any]
    steps: Iterable[Step]
    alarms: tuple[str, ...]
    minute: float
    hook_timeout: float
    clock: Callable[[], float] = time.monotonic

    def run(self, deployment: Deployment) -> None:
        """Ends with the deployment `Succeeded`, `Failed` or `Stopped`; never raises."""
        try:
            self._check_alarms()
            self._run_hook(deployment, "BeforeAllowTraffic")
            self._shift(deployment)
            self._run_hook(deployment, "AfterAllowTraffic")
        except DeploymentError as error:
            self._fail(deployment, error)
        except (BotoCoreError, ClientError) as error:
            self._fail(deployment, DeploymentError("INVALID_LAMBDA_CONFIGURATION", str(error)))
        else:
            deployment.finish("Succeeded")

    def _run_hook(self, deployment: Deployment, name: str) -> None:
        hook = deployment.plan.hooks[name]
        execution_id = deployment.begin(name)
        if hook is None:
            deployment.end(name, "Succeeded")
            return
        try:
            self._invoke(hook, {"DeploymentId": deployment.id, "LifecycleEventHookExecutionId": execution_id})
            problem = self._await_answer(deployment, name)
        except ClientError as error:
            problem = f"could not be invoked: {error.response['Error']['Message']}"
        if problem:
            message = f"Lifecycle event {name} failed: the hook function {hook.rsplit(':', 1)[-1]} {problem}"
            deployment.end(name, "Failed", message)
            raise DeploymentError("HOOK_EXECUTION_FAILURE", message)

    def _invoke(self, hook: str, event: Mapping[str, str]) -> None:
        self.client("lambda").invoke(FunctionName=hook, InvocationType="Event", Payload=json.dumps(event))

    def _await_answer(self, deployment: Deployment, name: str) -> str | None:
        """What is wrong with the answer, if anything is."""
        deadline = self.clock() + self.hook_timeout
        while (remaining := deadline - self.clock()) > 0:
            status = deployment.wait_for(name, min(_POLL, remaining))
            if status:
                return None if status == "Succeeded" else f"reported {status}."
            self._check_interruption(deployment)
        return f"did not report a status within {self.hook_timeout:g} seconds."

    def _shift(self, deployment: Deployment) -> None:
        deployment.begin("AllowTraffic")
        for step in self.steps:
            self._point_alias(deployment, step.weight)
            self._wait(deployment, step.minutes * self.minute)
        deployment.end("AllowTraffic", "Succeeded")

    def _wait(self, deployment: Deployment, seconds: float) -> None:
        deadline = self.clock() + seconds
        while (remaining := deadline - self.clock()) > 0:
            self._check_interruption(deployment)
            self._check_alarms()
            deployment.stop_requested.wait(min(_POLL, remaining))

    def _point_alias(self, deployment: Deployment, weight: float) -> None:
        plan = deployment.plan
        version, weights = plan.target_version, {}
        if weight < 1:
            version = plan.current_version
            weights = {plan.target_version: round(weight, 4)} if weight else {}
        self.client("lambda").update_alias(
            FunctionName=plan.function_name,
            Name=plan.alias,
            FunctionVersion=version,
            RoutingConfig={"AdditionalVersionWeights": weights},
        )
        deployment.target_weight = weight

    def _check_interruption(self, deployment: Deployment) -> None:
        if deployment.stop_requested.is_set():
            raise DeploymentError("MANUAL_STOP", "The deployment was stopped.")

    def _check_alarms(self) -> None:
        if not self.alarms:
            return
        described = self.client("cloudwatch").describe_alarms(AlarmNames=list(self.alarms), StateValue="ALARM")
        active = [alarm["AlarmName"] for alarm in described["MetricAlarms"] + described.get("CompositeAlarms", [])]
        if active:
            raise DeploymentError("ALARM_ACTIVE", f"The deployment stopped on active alarms: {', '.join(active)}.")

    def _fail(self, deployment: Deployment, error: DeploymentError) -> None:
        message = str(error)
        if deployment.target_weight:
            try:
                self._point_alias(deployment, 0.0)
                back = f"The traffic went back to version {deployment.plan.current_version}."
                deployment.rollback = {"rollbackMessage": back}
            except (BotoCoreError, ClientError) as failure:
                message += f" The alias could not be set back: {failure}"
        deployment.finish("Stopped" if error.code in _STOPPING else "Failed", error.code, message)
