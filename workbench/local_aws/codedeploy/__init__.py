"""CodeDeploy for Lambda: deployments that run hooks and shift the traffic of an alias, and the record of them.

`CodeDeploy` is what the server wires; CloudFormation calls `deploy_alias` for an alias with a deployment preference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.local_aws import background
from workbench.local_aws.codedeploy.appspec import plan_from
from workbench.local_aws.codedeploy.catalog import Catalog
from workbench.local_aws.codedeploy.deployment import Deployment, Plan
from workbench.local_aws.codedeploy.rollout import Rollout
from workbench.local_aws.codedeploy.traffic import steps
from workbench.local_aws.service import AwsError, Operation, RequestContext

Clients = Callable[[str, str], Any]
"""A client of a service in a region: `LocalAws.client`."""


@dataclass(frozen=True)
class DeploymentResult:
    """How a deployment ended; `reason` is empty when it succeeded."""

    deployment_id: str
    succeeded: bool
    reason: str


class CodeDeploy:
    """Runs deployments.

    `minute` is the length in seconds of a minute of traffic shifting; `hook_timeout` is how many seconds a hook
    function may take to answer, an hour on AWS.
    """

    def __init__(self, clients: Clients, minute: float = 60.0, hook_timeout: float = 3600.0) -> None:
        self._clients = clients
        self._minute = minute
        self._hook_timeout = hook_timeout
        self._catalog = Catalog()
        self._deployments: dict[str, Deployment] = {}

    def operations(self) -> Mapping[str, Operation]:
        return {
            **self._catalog.operations(),
            "CreateDeployment": self._create_deployment,
            "ContinueDeployment": self._continue_deployment,
            "StopDeployment": self._stop_deployment,
            "GetDeployment": lambda p, _: {"deploymentInfo": self._found(p).info()},
            "BatchGetDeployments": self._batch_get_deployments,
            "ListDeployments": self._list_deployments,
            "GetDeploymentTarget": self._get_target,
            "BatchGetDeploymentTargets": self._batch_get_targets,
            "ListDeploymentTargets": lambda p, _: {"targetIds": [self._found(p).target_id]},
            "PutLifecycleEventHookExecutionStatus": self._put_hook_status,
        }

    def deploy_alias(self, context: RequestContext, plan: Plan) -> DeploymentResult:
        """Runs a deployment to its end. Safe to call from several threads at once.

        Raises `AwsError` when the application or the deployment group does not exist.
        """
        deployment, rollout = self._start(context, plan, "CloudFormation")
        rollout.run(deployment)
        error = deployment.info().get("errorInformation", {}).get("message", "")
        reason = f"CodeDeploy deployment {deployment.id} failed. {error}" if error else ""
        return DeploymentResult(deployment.id, deployment.status == "Succeeded", reason)

    def state(self) -> Any:
        return self._catalog.state(), dict(self._deployments)

    def restore(self, state: Any) -> None:
        catalog, deployments = state
        self._catalog.restore(catalog)
        self._deployments.update(deployments)
        for deployment in deployments.values():
            deployment.break_off("The local AWS was stopped during this deployment.")

    def close(self) -> None:
        """Stops all deployments that run."""
        for deployment in tuple(self._deployments.values()):
            deployment.stop_requested.set()

    def _start(self, context: RequestContext, plan: Plan, creator: str) -> tuple[Deployment, Rollout]:
        group = self._catalog.group(context, plan.application, plan.deployment_group)
        self._check_none_is_active(plan)
        config = group["deploymentConfigName"]
        alarms = group.get("alarmConfiguration") or {}
        rollout = Rollout(
            client=lambda service: self._clients(service, context.region),
            steps=tuple(steps(self._catalog.routing(context, config))),
            alarms=tuple(alarm["name"] for alarm in alarms.get("alarms", [])) if alarms.get("enabled") else (),
            minute=self._minute,
            hook_timeout=self._hook_timeout,
        )
        deployment = Deployment(plan, config, creator)
        self._deployments[deployment.id] = deployment
        return deployment, rollout

    def _check_none_is_active(self, plan: Plan) -> None:
        wanted = (plan.application, plan.deployment_group)
        for other in tuple(self._deployments.values()):
            if not other.is_over and (other.plan.application, other.plan.deployment_group) == wanted:
                message = (
                    f"The Deployment Group '{plan.deployment_group}' already has an active Deployment '{other.id}'"
                )
                raise AwsError("DeploymentLimitExceededException", message)

    def _create_deployment(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        plan = plan_from(parameters, self._clients("s3", context.region))
        deployment, rollout = self._start(context, plan, "user")
        background.start(deployment.id, rollout.run, deployment)
        return {"deploymentId": deployment.id}

    def _stop_deployment(self, parameters: Mapping[str, Any], _: RequestContext) -> Mapping[str, Any]:
        deployment = self._found(parameters)
        if deployment.is_over:
            message = f"The deployment {deployment.id} is already completed."
            raise AwsError("DeploymentAlreadyCompletedException", message)
        deployment.stop_requested.set()
        return {"status": "Pending", "statusMessage": "Stopping the deployment."}

    def _continue_deployment(self, parameters: Mapping[str, Any], _: RequestContext) -> None:
        self._found(parameters)
        message = "Only deployments to servers and to Amazon ECS wait to be continued."
        raise AwsError("UnsupportedActionForDeploymentTypeException", message)

    def _found(self, parameters: Mapping[str, Any]) -> Deployment:
        deployment_id = parameters.get("deploymentId")
        if not deployment_id:
            raise AwsError("DeploymentIdRequiredException", "A deployment ID must be specified.")
        if not deployment_id.startswith("d-"):
            raise AwsError("InvalidDeploymentIdException", f"The deployment ID {deployment_id} is not valid.")
        if deployment_id not in self._deployments:
            raise AwsError("DeploymentDoesNotExistException", f"The deployment {deployment_id} could not be found")
        return self._deployments[deployment_id]

    def _batch_get_deployments(self, parameters: Mapping[str, Any], _: RequestContext) -> Mapping[str, Any]:
        known = [self._deployments.get(each) for each in parameters["deploymentIds"]]
        return {"deploymentsInfo": [deployment.info() for deployment in known if deployment]}

    def _list_deployments(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        application, group = parameters.get("applicationName"), parameters.get("deploymentGroupName")
        if application and group:
            self._catalog.group(context, application, group)
        elif application:
            self._catalog.application(context, application)
        wanted = [
            (attribute, parameters[key])
            for key, attribute in (("applicationName", "application"), ("deploymentGroupName", "deployment_group"))
            if parameters.get(key)
        ]
        statuses = parameters.get("includeOnlyStatuses")
        found = [
            deployment.id
            for deployment in sorted(self._deployments.values(), key=lambda each: each.created, reverse=True)
            if all(getattr(deployment.plan, attribute) == value for attribute, value in wanted)
            and (not statuses or deployment.status in statuses)
        ]
        return {"deployments": found}

    def _get_target(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        return {"deploymentTarget": self._target(parameters, context)}

    def _batch_get_targets(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        return {"deploymentTargets": [self._target(parameters, context)]}

    def _target(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        deployment = self._found(parameters)
        asked = parameters.get("targetId", deployment.target_id)
        if asked != deployment.target_id:
            message = f"The deployment {deployment.id} has no target {asked}."
            raise AwsError("DeploymentTargetDoesNotExistException", message)
        arn = f"arn:aws:lambda:{context.region}:{context.account}:function:{deployment.target_id}"
        return deployment.target(arn)

    def _put_hook_status(self, parameters: Mapping[str, Any], _: RequestContext) -> Mapping[str, Any]:
        deployment = self._found(parameters)
        status = parameters.get("status")
        if status not in ("Succeeded", "Failed"):
            message = f"The lifecycle event hook execution status {status} is not valid; use Succeeded or Failed."
            raise AwsError("InvalidLifecycleEventHookExecutionStatusException", message)
        execution_id = parameters.get("lifecycleEventHookExecutionId") or ""
        deployment.answer(execution_id, status)
        return {"lifecycleEventHookExecutionId": execution_id}
