"""One deployment of a Lambda alias: what it is to do, how far it is, and how AWS describes it.

Owns the state that the thread of the deployment, its hooks' answers and readers share; every method is safe to call
from any of them.
"""

from __future__ import annotations

import secrets
import string
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from workbench.local_aws.service import AwsError

LIFECYCLE_EVENTS = ("BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic")
_FINAL = ("Succeeded", "Failed", "Stopped")


@dataclass(frozen=True)
class Plan:
    """What is to be deployed. A hook is the name or ARN of a function, or None."""

    application: str
    deployment_group: str
    function_name: str
    alias: str
    current_version: str
    target_version: str
    before_hook: str | None = None
    after_hook: str | None = None

    @property
    def hooks(self) -> Mapping[str, str | None]:
        return {"BeforeAllowTraffic": self.before_hook, "AfterAllowTraffic": self.after_hook}


@dataclass
class _LifecycleEvent:
    """One step; `execution_id` is what its hook function answers with."""

    name: str
    execution_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: str = "Pending"
    started: datetime | None = None
    ended: datetime | None = None
    message: str = ""
    done: threading.Event = field(default_factory=threading.Event)


class Deployment:
    """The progress of one plan."""

    def __init__(self, plan: Plan, config_name: str, creator: str) -> None:
        self.id = "d-" + "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(9))
        self.plan = plan
        self.stop_requested = threading.Event()
        self.target_weight = 0.0
        self.rollback: dict[str, str] = {}
        self._config_name = config_name
        self._creator = creator
        self._created = datetime.now(UTC)
        self._completed: datetime | None = None
        self._status = "Created"
        self._error: dict[str, str] = {}
        self._events = {name: _LifecycleEvent(name) for name in LIFECYCLE_EVENTS}
        self._lock = threading.Lock()

    @property
    def status(self) -> str:
        return self._status

    @property
    def is_over(self) -> bool:
        return self._status in _FINAL

    @property
    def created(self) -> datetime:
        return self._created

    def begin(self, name: str) -> str:
        """Starts a lifecycle event and tells the id under which its hook answers."""
        with self._lock:
            self._status = "InProgress"
            event = self._events[name]
            event.status, event.started = "InProgress", datetime.now(UTC)
            return event.execution_id

    def end(self, name: str, status: str, message: str = "") -> None:
        with self._lock:
            event = self._events[name]
            event.status, event.ended, event.message = status, datetime.now(UTC), message
            event.done.set()

    def answer(self, execution_id: str, status: str) -> None:
        """A hook's answer. Raises `AwsError` as CodeDeploy does for one that it does not wait for."""
        event = next((each for each in self._events.values() if each.execution_id == execution_id), None)
        if event is None or event.started is None:
            message = f"The lifecycle event hook execution ID {execution_id} is not valid for deployment {self.id}."
            raise AwsError("InvalidLifecycleEventHookExecutionIdException", message)
        with self._lock:
            if event.status != "InProgress" or self._status in _FINAL:
                message = f"The lifecycle event {event.name} of deployment {self.id} has already completed."
                raise AwsError("LifecycleEventAlreadyCompletedException", message)
            event.status, event.ended = status, datetime.now(UTC)
            event.done.set()

    def wait_for(self, name: str, timeout: float) -> str | None:
        """The status that the hook answered with, or None when no answer came in time."""
        event = self._events[name]
        return event.status if event.done.wait(timeout) else None

    def finish(self, status: str, code: str = "", message: str = "") -> None:
        with self._lock:
            self._status, self._completed = status, datetime.now(UTC)
            self._error = {"code": code, "message": message} if code else {}
            for event in self._events.values():
                if event.status in ("Pending", "InProgress"):
                    event.status = "Skipped"

    def break_off(self, message: str) -> None:
        """Ends a deployment whose thread is gone: the traffic stays as it is."""
        if not self.is_over:
            self.finish("Stopped", "MANUAL_STOP", message)

    def info(self) -> dict[str, Any]:
        """`deploymentInfo` of GetDeployment."""
        with self._lock:
            described = {
                "applicationName": self.plan.application,
                "deploymentGroupName": self.plan.deployment_group,
                "deploymentConfigName": self._config_name,
                "deploymentId": self.id,
                "status": self._status,
                "createTime": self._created,
                "startTime": self._events["BeforeAllowTraffic"].started,
                "completeTime": self._completed,
                "creator": self._creator,
                "computePlatform": "Lambda",
                "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
                "deploymentOverview": {self._target_status(): 1},
                "errorInformation": self._error,
                "rollbackInfo": self.rollback,
            }
            return {key: value for key, value in described.items() if value not in (None, {})}

    def target(self, arn: str) -> dict[str, Any]:
        """The one target of GetDeploymentTarget: the function."""
        with self._lock:
            plan = self.plan
            function = {
                "functionName": plan.function_name,
                "functionAlias": plan.alias,
                "currentVersion": plan.current_version,
                "targetVersion": plan.target_version,
                "targetVersionWeight": self.target_weight * 100,
            }
            target = {
                "deploymentId": self.id,
                "targetId": self.target_id,
                "targetArn": arn,
                "status": self._target_status(),
                "lastUpdatedAt": self._completed or self._created,
                "lifecycleEvents": [_described(event) for event in self._events.values()],
                "lambdaFunctionInfo": function,
            }
        return {"deploymentTargetType": "LambdaFunction", "lambdaTarget": target}

    @property
    def target_id(self) -> str:
        return f"{self.plan.function_name}:{self.plan.alias}"

    def _target_status(self) -> str:
        return {"Created": "Pending", "Stopped": "Failed"}.get(self._status, self._status)


def _described(event: _LifecycleEvent) -> dict[str, Any]:
    described: dict[str, Any] = {"lifecycleEventName": event.name, "status": event.status}
    described |= {"startTime": event.started} if event.started else {}
    described |= {"endTime": event.ended} if event.ended else {}
    if event.message:
        described["diagnostics"] = {"errorCode": "UnknownError", "message": event.message}
    return described
