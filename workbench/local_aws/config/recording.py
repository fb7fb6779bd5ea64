"""The configuration recorder of an account and region: whether there is one, whether it runs, which types it records.

moto keeps recorders and delivery channels and serves their operations; this module only asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.config.models import config_backends

from workbench.local_aws.config.items import GLOBAL_TYPES, recordable_types
from workbench.local_aws.service import AwsError, RequestContext

DEFAULT_NAME = "default"


class Recording:
    """Answers from moto's present state."""

    def __init__(self, context: RequestContext) -> None:
        self._context = context

    def start_default(self) -> None:
        """Sets up what an account that uses Config has, a running recorder of everything, unless it has its own."""
        if self._backend.recorders or self._backend.delivery_channels:
            return
        group = {"allSupported": True, "includeGlobalResourceTypes": True}
        recorder = {"name": DEFAULT_NAME, "roleARN": service_role_arn(self._context), "recordingGroup": group}
        self._backend.put_configuration_recorder(recorder)
        self._backend.put_delivery_channel({"name": DEFAULT_NAME, "s3BucketName": default_bucket(self._context)})
        self._backend.start_configuration_recorder(DEFAULT_NAME)

    def require(self) -> None:
        """Raises what AWS answers to whom has no recorder."""
        if not self._backend.recorders:
            message = "You must create a configuration recorder before you can create or update a Config rule."
            raise AwsError("NoAvailableConfigurationRecorderException", message)

    def records(self, config_type: str) -> bool:
        """Whether a change of such a resource becomes a configuration item now."""
        running = [each for each in self._backend.recorders.values() if each.status.recording]
        return config_type in recordable_types() and any(_covers(each.recording_group, config_type) for each in running)

    @property
    def _backend(self) -> Any:
        return config_backends[self._context.account][self._context.region]


def service_role_arn(context: RequestContext) -> str:
    return f"arn:aws:iam::{context.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"


def default_bucket(context: RequestContext) -> str:
    return f"config-bucket-{context.account}"


def give_way_to_recorder(context: RequestContext, name: str) -> None:
    """The recorder from the start, still as it was, goes when the user puts one of another name."""
    recorders = config_backends[context.account][context.region].recorders
    default = recorders.get(DEFAULT_NAME)
    if default and name != DEFAULT_NAME and default.role_arn == service_role_arn(context):
        del recorders[DEFAULT_NAME]


def give_way_to_channel(context: RequestContext, name: str) -> None:
    """The delivery channel from the start goes as its recorder does."""
    channels = config_backends[context.account][context.region].delivery_channels
    default = channels.get(DEFAULT_NAME)
    if default and name != DEFAULT_NAME and default.s3_bucket_name == default_bucket(context):
        del channels[DEFAULT_NAME]


def _covers(group: Any, config_type: str) -> bool:
    if group.all_supported:
        return config_type not in GLOBAL_TYPES or bool(group.include_global_resource_types)
    excluded: Mapping[str, Any] = group.exclusion_by_resource_types or {}
    if excluded.get("resourceTypes"):
        return config_type not in excluded["resourceTypes"]
    return config_type in group.resource_types
