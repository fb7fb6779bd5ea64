"""An AppSpec file for Lambda as a plan: which alias moves from which version to which, with which hooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from botocore.exceptions import ClientError

from workbench.local_aws.codedeploy.deployment import Plan
from workbench.local_aws.service import AwsError


def plan_from(parameters: Mapping[str, Any], s3: Any) -> Plan:
    """The plan of a CreateDeployment, whose revision may lie in S3.

    Raises:
        AwsError: the revision is not an AppSpec of one function.
    """
    spec = _spec(parameters.get("revision") or {}, s3)
    try:
        function = next(iter(spec["Resources"][0].values()))["Properties"]
        hooks = {name: hook for each in spec.get("Hooks") or [] for name, hook in each.items()}
        return Plan(
            application=parameters["applicationName"],
            deployment_group=parameters.get("deploymentGroupName", ""),
            function_name=function["Name"],
            alias=function["Alias"],
            current_version=str(function["CurrentVersion"]),
            target_version=str(function["TargetVersion"]),
            before_hook=hooks.get("BeforeAllowTraffic"),
            after_hook=hooks.get("AfterAllowTraffic"),
        )
    except (KeyError, IndexError, TypeError, AttributeError, StopIteration) as error:
        message = f"The AppSpec file cannot be used: {type(error).__name__} at {error}"
        raise AwsError("InvalidRevisionException", message) from error


def _spec(revision: Mapping[str, Any], s3: Any) -> Mapping[str, Any]:
    try:
        spec = yaml.safe_load(_content(revision, s3))
    except yaml.YAMLError as error:
        raise AwsError("InvalidRevisionException", f"The AppSpec file is neither JSON nor YAML: {error}") from error
    if not isinstance(spec, Mapping):
        message = "The revision needs an AppSpec file of version 0.0, in appSpecContent or at an s3Location."
        raise AwsError("RevisionRequiredException", message)
    return spec


def _content(revision: Mapping[str, Any], s3: Any) -> str:
    where = revision.get("s3Location")
    if not where:
        return str((revision.get("appSpecContent") or revision.get("string") or {}).get("content", ""))
    try:
        return str(s3.get_object(Bucket=where["bucket"], Key=where["key"])["Body"].read().decode())
    except (ClientError, KeyError, UnicodeDecodeError) as error:
        message = f"The AppSpec file {where.get('bucket')}/{where.get('key')} cannot be read: {error}"
        raise AwsError("InvalidRevisionException", message) from error
