"""The structure that a submitted template must have, and CloudFormation's words for one that has it not.

Owns what can be said before parameters are known and transforms have run. References belong to `cross_references`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from workbench.local_aws.service import AwsError
from workbench.templates.document import LOOP

_SECTIONS = {
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Fn::Transform",
    "Hooks",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
}
_RESOURCE_MEMBERS = {
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Description",
    "Fn::Transform",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
    "Version",
}
# What a transform takes beyond that; any macro may take more.
_OF_TRANSFORMS = {"Connectors", "Globals", "IgnoreGlobals"}
_VERSION = "2010-09-09"
_POLICIES = {
    "DeletionPolicy": ("Delete", "Retain", "RetainExceptOnCreate", "Snapshot"),
    "UpdateReplacePolicy": ("Delete", "Retain", "Snapshot"),
}
_PARAMETER_TYPES = ("String", "Number", "CommaDelimitedList", "List<", "AWS::")


def check(template: Any) -> None:
    """Raises AwsError for the first thing that is wrong."""
    if not isinstance(template, Mapping):
        raise _malformed("unsupported structure.")
    for look in _CHECKS:
        look(template)


def _check_sections(template: Mapping[str, Any]) -> None:
    known = _SECTIONS | _OF_TRANSFORMS if template.get("Transform") else _SECTIONS
    strangers = [name for name in template if name not in known]
    if strangers:
        raise AwsError("ValidationError", f"Invalid template property or properties [{', '.join(strangers)}]")
    version = template.get("AWSTemplateFormatVersion", _VERSION)
    if version != _VERSION:
        raise _malformed(f"{version} is not a supported value for AWSTemplateFormatVersion.")


def _check_resources(template: Mapping[str, Any]) -> None:
    resources = template.get("Resources")
    if not isinstance(resources, Mapping) or not resources:
        raise _malformed("At least one Resources member must be defined.")
    for name, body in resources.items():
        if not name.startswith(LOOP) and name != "Fn::Transform":
            _check_resource(name, body, transformed=bool(template.get("Transform")))


def _check_resource(name: str, body: Any, *, transformed: bool) -> None:
    if not isinstance(body, Mapping):
        raise _malformed("Any Resources member must be an object.")
    if not name.isalnum():
        raise _malformed(f"Resource name {name} is non alphanumeric.")
    if not isinstance(body.get("Type"), str):
        raise _malformed(f"[/Resources/{name}] Every Resources object must contain a Type member.")
    known = _RESOURCE_MEMBERS | _OF_TRANSFORMS if transformed else _RESOURCE_MEMBERS
    for member in body:
        if member not in known:
            raise AwsError("ValidationError", f"Invalid template resource property '{member}'")
    for policy, values in _POLICIES.items():
        if isinstance(body.get(policy), str) and body[policy] not in values:
            raise _malformed(f"Unrecognized {policy} {body[policy]} for resource {name}")


def _check_parameters(template: Mapping[str, Any]) -> None:
    for body in _members(template, "Parameters"):
        kind = body.get("Type") if isinstance(body, Mapping) else None
        if not isinstance(kind, str):
            raise _malformed("Every Parameters object must contain a Type member.")
        if not kind.startswith(_PARAMETER_TYPES):
            raise _malformed(f"Unrecognized parameter type: {kind}")


def _check_outputs(template: Mapping[str, Any]) -> None:
    for name, body in (template.get("Outputs") or {}).items():
        if not name.startswith(LOOP) and (not isinstance(body, Mapping) or "Value" not in body):
            raise _malformed("Every Outputs member must contain a Value object")


def _check_nothing_is_null(template: Mapping[str, Any]) -> None:
    for path in _nulls(template, ""):
        raise AwsError("ValidationError", f"[{path}] 'null' values are not allowed in templates")


def _nulls(value: Any, path: str) -> Iterator[str]:
    if value is None:
        yield path
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inside:
        yield from _nulls(item, f"{path}/{step}")


def _members(template: Mapping[str, Any], section: str) -> Iterator[Any]:
    yield from (template.get(section) or {}).values()


def _malformed(message: str) -> AwsError:
    return AwsError("ValidationError", f"Template format error: {message}")


_CHECKS: tuple[Callable[[Mapping[str, Any]], None], ...] = (
    _check_sections,
    _check_nothing_is_null,
    _check_resources,
    _check_parameters,
    _check_outputs,
)
