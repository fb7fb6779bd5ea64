"""What the intrinsic functions of one stack can refer to.

Owns `Scope` and its defaults. Whoever knows real resources (the local AWS) or stand-ins (the preview) answers through
the callbacks; a callback that cannot know returns `Unknown` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.resources import Unknown

NO_VALUE = "AWS::NoValue"


def partition_of(region: str) -> str:
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def pseudo_parameters(region: str, account: str, stack_name: str, stack_id: str) -> dict[str, Any]:
    """Values of the pseudo parameters; `AWS::NotificationARNs` is empty."""
    partition = partition_of(region)
    return {
        "AWS::AccountId": account,
        "AWS::NotificationARNs": [],
        "AWS::Partition": partition,
        "AWS::Region": region,
        "AWS::StackId": stack_id,
        "AWS::StackName": stack_name,
        "AWS::URLSuffix": "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com",
    }


def _no_resource(logical_id: str) -> Any:
    return Unknown(f"{logical_id} is not known here")


def _no_attribute(logical_id: str, attribute: str) -> Any:
    return Unknown(f"{logical_id}.{attribute} is not known here")


def _no_export(name: str) -> Any:
    return Unknown(f"the export {name} of another stack")


def _no_zones(region: str) -> Any:
    return Unknown(f"the availability zones of {region}")


def _no_transform(name: str) -> Any:
    return Unknown(f"the transform {name} runs in the account only")


def _no_output(stack: str, output: str) -> Any:
    return Unknown(f"the output {output} of the stack {stack}")


def _as_written(reference: str) -> Any:
    return reference


@dataclass(frozen=True)
class Scope:
    """What `resolve` looks names up in.

    Attributes:
        parameters: value by template parameter, `Unknown` where there is none.
        pseudo: value by pseudo parameter, from `pseudo_parameters`.
        mappings: the template's Mappings section.
        conditions: outcome by condition, from `evaluate_conditions`; `Unknown` where it depends on one.
        ref: physical id of a resource, by logical id.
        get_att: attribute of a resource, by logical id and attribute name (`Arn`, `Outputs.QueueArn`).
        import_value: value of another stack's export.
        availability_zones: zones of a region.
        stack_output: output of another stack, by the stack's name and the output's.
        unmapped: value for keys that the mappings do not have (`RegionMap.eu-west-1.Ami`); by default an error.
        macro: result of `Fn::Transform`, by the transform's name.
        dynamic_reference: value of a text with `{{resolve:...}}`; by default the text stays.
    """

    parameters: Mapping[str, Any] = field(default_factory=dict)
    pseudo: Mapping[str, Any] = field(default_factory=dict)
    mappings: Mapping[str, Any] = field(default_factory=dict)
    conditions: Mapping[str, bool | Unknown] = field(default_factory=dict)
    ref: Callable[[str], Any] = _no_resource
    get_att: Callable[[str, str], Any] = _no_attribute
    import_value: Callable[[str], Any] = _no_export
    availability_zones: Callable[[str], Any] = _no_zones
    stack_output: Callable[[str, str], Any] = _no_output
    unmapped: Callable[[str], Any] | None = None
    macro: Callable[[str], Any] = _no_transform
    dynamic_reference: Callable[[str], Any] = _as_written

    def named(self, name: str) -> Any:
        """What `Ref` returns for a parameter, a pseudo parameter or a resource."""
        if name in self.parameters:
            return self.parameters[name]
        return self.pseudo[name] if name in self.pseudo else self.ref(name)
