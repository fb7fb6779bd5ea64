"""AWS Lambda: aliases, whose traffic CodeDeploy shifts where the template asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider, ProvisioningError
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick
from workbench.local_aws.codedeploy import DeploymentResult
from workbench.local_aws.codedeploy.deployment import Plan
from workbench.local_aws.service import AwsError, RequestContext

DeployAlias = Callable[[RequestContext, Plan], DeploymentResult]
"""Runs a deployment of CodeDeploy to its end."""

_PREFERENCE = "CodeDeployLambdaAliasUpdate"


def provider(deploy_alias: DeployAlias) -> Provider:
    """A changed version is deployed by CodeDeploy when the alias has that UpdatePolicy, except in a rollback."""

    def update(arn: str, old: Properties, new: Properties, context: Context) -> Physical:
        preference = (context.body.get("UpdatePolicy") or {}).get(_PREFERENCE)
        moved = old["FunctionVersion"] != new["FunctionVersion"]
        if preference and moved and not context.rolling_back:
            _deploy(deploy_alias, preference, old, new, context)
        else:
            call(
                context.client("lambda"),
                "update_alias",
                Name=new["Name"],
                RoutingConfig=_routing(new),
                **pick(new, "Description", "FunctionName", "FunctionVersion"),
            )
        return Physical(arn, {"AliasArn": arn})

    return Provider(
        _create,
        update,
        _delete,
        replaces=frozenset({"FunctionName", "Name"}),
        held=frozenset({"Description", "FunctionName", "FunctionVersion", "Name", "RoutingConfig"}),
        slow=True,
    )


def _create(properties: Properties, context: Context) -> Physical:
    arn = call(
        context.client("lambda"),
        "create_alias",
        RoutingConfig=_routing(properties) if "RoutingConfig" in properties else None,
        **pick(properties, "Description", "FunctionName", "FunctionVersion", "Name"),
    )["AliasArn"]
    return Physical(arn, {"AliasArn": arn})


def _delete(_: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("lambda").delete_alias(FunctionName=properties["FunctionName"], Name=properties["Name"])


def _deploy(deploy_alias: DeployAlias, preference: Any, old: Properties, new: Properties, context: Context) -> None:
    plan = Plan(
        application=preference["ApplicationName"],
        deployment_group=preference["DeploymentGroupName"],
        function_name=new["FunctionName"],
        alias=new["Name"],
        current_version=str(old["FunctionVersion"]),
        target_version=str(new["FunctionVersion"]),
        before_hook=preference.get("BeforeAllowTrafficHook"),
        after_hook=preference.get("AfterAllowTrafficHook"),
    )
    try:
        result = deploy_alias(RequestContext(context.account, context.region), plan)
    except AwsError as error:
        raise ProvisioningError(error.message) from error
    if not result.succeeded:
        raise ProvisioningError(result.reason)


def _routing(properties: Properties) -> Any:
    weights = (properties.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or []
    shares = {weight["FunctionVersion"]: weight["FunctionWeight"] for weight in weights}
    return {"AdditionalVersionWeights": shares}
