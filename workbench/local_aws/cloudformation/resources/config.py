"""AWS Config: rules, conformance packs, the configuration recorder, the delivery channel.

A recorder waits for a channel and a channel for a recorder, as on AWS: neither may depend on the other.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider, ProvisioningError
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import as_text, gone_is_fine, pick, truth

_RULE = ("Description", "EvaluationModes", "MaximumExecutionFrequency", "Scope", "Source")
_PACK = (
    "ConformancePackInputParameters",
    "DeliveryS3Bucket",
    "DeliveryS3KeyPrefix",
    "TemplateBody",
    "TemplateS3Uri",
    "TemplateSSMDocumentDetails",
)
_PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.05


def _create_rule(properties: Properties, context: Context) -> Physical:
    return _put_rule(properties.get("ConfigRuleName") or context.name(128), properties, context)


def _update_rule(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    return _put_rule(name, new, context)


def _put_rule(name: str, properties: Properties, context: Context) -> Physical:
    config = context.client("config")
    given = properties.get("InputParameters")
    parameters = as_text(given) if isinstance(given, dict) else given
    rule = {"ConfigRuleName": name, "InputParameters": parameters, **pick(properties, *_RULE)}
    call(config, "put_config_rule", ConfigRule=rule)
    made = config.describe_config_rules(ConfigRuleNames=[name])["ConfigRules"][0]
    return Physical(
        name,
        {
            "Arn": made["ConfigRuleArn"],
            "ConfigRuleId": made["ConfigRuleId"],
            "Compliance.Type": "INSUFFICIENT_DATA",
        },
    )


def _delete_rule(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("config").delete_config_rule(ConfigRuleName=name)


def _create_recorder(properties: Properties, context: Context) -> Physical:
    name = properties.get("Name") or context.name(256)
    _put_recorder(name, properties, context)
    context.exists(name)
    if truth(properties.get("StartedOnCreate", True)):
        _patiently(lambda: _start(name, context))
    return Physical(name)


def _update_recorder(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    _put_recorder(name, new, context)
    return Physical(name)


def _put_recorder(name: str, properties: Properties, context: Context) -> None:
    recorder = {"Name": name, **pick(properties, "RecordingGroup", "RecordingMode", RoleARN="RoleARN")}
    call(context.client("config"), "put_configuration_recorder", ConfigurationRecorder=recorder)


def _start(name: str, context: Context) -> None:
    context.client("config").start_configuration_recorder(ConfigurationRecorderName=name)


def _delete_recorder(name: str, _: Properties, context: Context) -> None:
    config = context.client("config")
    with gone_is_fine():
        config.stop_configuration_recorder(ConfigurationRecorderName=name)
        config.delete_configuration_recorder(ConfigurationRecorderName=name)


def _create_channel(properties: Properties, context: Context) -> Physical:
    name = properties.get("Name") or context.name(256)
    _patiently(lambda: _put_channel(name, properties, context))
    return Physical(name)


def _update_channel(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    _put_channel(name, new, context)
    return Physical(name)


def _put_channel(name: str, properties: Properties, context: Context) -> None:
    channel = {
        "Name": name,
        **pick(
            properties, "S3BucketName", "S3KeyPrefix", "S3KmsKeyArn", "SnsTopicARN", "ConfigSnapshotDeliveryProperties"
        ),
    }
    call(context.client("config"), "put_delivery_channel", DeliveryChannel=channel)


def _delete_channel(name: str, _: Properties, context: Context) -> None:
    config = context.client("config")
    with gone_is_fine():
        for recorder in config.describe_configuration_recorders()["ConfigurationRecorders"]:
            # Config refuses to delete the channel of a running recorder.
            config.stop_configuration_recorder(ConfigurationRecorderName=recorder["name"])
        config.delete_delivery_channel(DeliveryChannelName=name)


def _create_pack(properties: Properties, context: Context) -> Physical:
    name = properties["ConformancePackName"]
    context.exists(name)
    return _put_pack(name, properties, context)


def _update_pack(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    return _put_pack(name, new, context)


def _put_pack(name: str, properties: Properties, context: Context) -> Physical:
    config = context.client("config")
    call(config, "put_conformance_pack", ConformancePackName=name, **pick(properties, *_PACK))
    while True:
        status = config.describe_conformance_pack_status(ConformancePackNames=[name])["ConformancePackStatusDetails"][0]
        if status["ConformancePackState"] == "CREATE_COMPLETE":
            return Physical(name)
        if status["ConformancePackState"] != "CREATE_IN_PROGRESS":
            raise ProvisioningError(status.get("ConformancePackStatusReason", status["ConformancePackState"]))
        time.sleep(_PAUSE_SECONDS)


def _delete_pack(name: str, _: Properties, context: Context) -> None:
    config = context.client("config")
    with gone_is_fine():
        config.delete_conformance_pack(ConformancePackName=name)
        while config.describe_conformance_packs(ConformancePackNames=[name])["ConformancePackDetails"]:
            time.sleep(_PAUSE_SECONDS)


def _patiently(act: Callable[[], Any]) -> None:
    """Waits for the other of recorder and channel, which is being created beside."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            act()
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if not code.startswith("NoAvailable"):
                raise
            if time.monotonic() > deadline:
                raise ProvisioningError(error.response["Error"]["Message"]) from error
            time.sleep(_PAUSE_SECONDS)
        else:
            return


PROVIDERS = {
    "AWS::Config::ConfigRule": Provider(
        _create_rule,
        _update_rule,
        _delete_rule,
        replaces=frozenset({"ConfigRuleName"}),
        held=frozenset({"ConfigRuleName", "InputParameters", *_RULE}),
    ),
    "AWS::Config::ConformancePack": Provider(
        _create_pack, _update_pack, _delete_pack, replaces=frozenset({"ConformancePackName"}), slow=True
    ),
    "AWS::Config::ConfigurationRecorder": Provider(
        _create_recorder, _update_recorder, _delete_recorder, replaces=frozenset({"Name", "StartedOnCreate"}), slow=True
    ),
    "AWS::Config::DeliveryChannel": Provider(
        _create_channel, _update_channel, _delete_channel, replaces=frozenset({"Name"}), slow=True
    ),
}
