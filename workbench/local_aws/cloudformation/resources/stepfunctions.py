"""AWS Step Functions: state machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, json_text, pick
from workbench.local_aws.cloudformation.submission import fetch
from workbench.templates.functions import scalar_text

_OFF: Mapping[str, Any] = {
    "EncryptionConfiguration": {"Type": "AWS_OWNED_KEY"},
    "LoggingConfiguration": {"Level": "OFF"},
    "TracingConfiguration": {"Enabled": False},
}


def _create(properties: Properties, context: Context) -> Physical:
    name = properties.get("StateMachineName") or context.name(80)
    arn = call(
        context.client("stepfunctions"),
        "create_state_machine",
        Name=name,
        Definition=_definition(properties, context),
        Tags=context.tag_list(properties) or None,
        **pick(properties, *_OFF, RoleArn="RoleArn", StateMachineType="Type"),
    )["stateMachineArn"]
    return _physical(arn)


def _update(arn: str, old: Properties, new: Properties, context: Context) -> Physical:
    off = {name: value for name, value in _OFF.items() if name in old and name not in new}
    call(
        context.client("stepfunctions"),
        "update_state_machine",
        StateMachineArn=arn,
        Definition=_definition(new, context),
        **off,
        **pick(new, *_OFF, RoleArn="RoleArn"),
    )
    return _physical(arn)


def _delete(arn: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("stepfunctions").delete_state_machine(stateMachineArn=arn)


def _definition(properties: Properties, context: Context) -> str:
    if "Definition" in properties:
        text = json.dumps(properties["Definition"])
    elif "DefinitionString" in properties:
        text = json_text(properties["DefinitionString"])
    else:
        location = properties["DefinitionS3Location"]
        text = fetch(f"s3://{location['Bucket']}/{location['Key']}", context.client)
    for name, value in (properties.get("DefinitionSubstitutions") or {}).items():
        text = text.replace("${" + name + "}", scalar_text(value))
    return text


def _physical(arn: str) -> Physical:
    return Physical(arn, {"Arn": arn, "Name": arn.rsplit(":", 1)[1], "StateMachineRevisionId": "INITIAL"})


PROVIDERS = {
    "AWS::StepFunctions::StateMachine": Provider(
        _create,
        _update,
        _delete,
        replaces=frozenset({"StateMachineName", "StateMachineType"}),
        held=frozenset(
            {
                "Definition",
                "DefinitionS3Location",
                "DefinitionString",
                "DefinitionSubstitutions",
                "RoleArn",
                "StateMachineName",
                "StateMachineType",
                "Tags",
                *_OFF,
            }
        ),
    ),
}
