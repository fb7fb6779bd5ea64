"""What the parts of a template say of each other, and CloudFormation's words for what does not fit.

Owns the check of a template after its transforms: types, references, conditions, functions and the order of resources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from workbench import templates
from workbench.local_aws.cloudformation.schemas import attributes_of, is_type
from workbench.templates import InvalidTemplate
from workbench.templates.intrinsics import attribute_reference, intrinsic
from workbench.templates.references import references
from workbench.templates.scope import NO_VALUE

_FUNCTIONS = (
    "Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, "
    "Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, "
    "Fn::ValueOf, Fn::ValueOfAll, Fn::RefAll, Fn::Sub, Fn::Cidr"
)
_SUPPORTED = {*_FUNCTIONS.split(", "), "Fn::GetStackOutput", "Fn::Transform"}
_EXTENSIONS = {"Fn::ForEach", "Fn::Length", "Fn::ToJsonString"}
_MODULE = "::MODULE"

Template = Mapping[str, Any]


class Inconsistent(Exception):
    """The template cannot be worked with; the message is CloudFormation's."""


def check(template: Template, pseudo: Mapping[str, Any], *, extended: bool) -> None:
    """Raises Inconsistent for the first thing that is wrong; `extended` by AWS::LanguageExtensions."""
    _check_types(template)
    _check_functions(template, _SUPPORTED | _EXTENSIONS if extended else _SUPPORTED)
    _check_conditions(template)
    resources = template["Resources"]
    if not any(str(body["Type"]).endswith(_MODULE) for body in resources.values()):
        _check_names(template, {*(template.get("Parameters") or {}), *pseudo, NO_VALUE})
    _check_order(resources)


def _check_types(template: Template) -> None:
    types = dict.fromkeys(body["Type"] for body in template["Resources"].values())
    unknown = [name for name in types if not is_type(name)]
    if unknown:
        raise Inconsistent(f"Template format error: Unrecognized resource types: [{', '.join(unknown)}]")


def _check_functions(template: Template, supported: set[str]) -> None:
    for section in ("Resources", "Outputs"):
        for name, _ in _calls(template.get(section) or {}):
            if name not in supported:
                message = f"Encountered unsupported function: {name} Supported functions are: [{_FUNCTIONS}]"
                raise Inconsistent(f"Template error: {message}")


def _check_conditions(template: Template) -> None:
    declared = template.get("Conditions") or {}
    parameters = template.get("Parameters") or {}
    outside = sorted({name for name, _ in references(dict(declared)) if name in template["Resources"]} - {*parameters})
    if outside:
        place = "Cannot reference resources in the Conditions block of the template"
        raise Inconsistent(f"Template format error: Unresolved dependencies [{', '.join(outside)}]. {place}")
    for section in ("Resources", "Outputs"):
        for body in (template.get(section) or {}).values():
            name = body.get("Condition") if isinstance(body, Mapping) else None
            if isinstance(name, str) and name not in declared:
                message = f"Unresolved condition dependency {name} in the {section} block of the template"
                raise Inconsistent(f"Template format error: {message}")
        for function, argument in _calls(template.get(section) or {}):
            if function == "Fn::If" and isinstance(argument, list) and argument and argument[0] not in declared:
                raise Inconsistent(f"Template error: unresolved condition dependency {argument[0]} in Fn::If")


def _check_names(template: Template, given: set[str]) -> None:
    resources = template["Resources"]
    for section in ("Resources", "Outputs"):
        _check_attributes(template.get(section) or {}, resources)
        used = {name for name, _ in _worded(partial(_references, template.get(section) or {}))}
        needed = [name for body in resources.values() for name in _depends_on(body)] if section == "Resources" else []
        missing = sorted({name for name in used if name not in resources and name not in given})
        missing += sorted({name for name in needed if name not in resources} - {*missing})
        if missing:
            message = f"Unresolved resource dependencies [{', '.join(missing)}] in the {section} block of the template"
            raise Inconsistent(f"Template format error: {message}")


def _check_attributes(section: Mapping[str, Any], resources: Mapping[str, Any]) -> None:
    for function, argument in _calls(section):
        if function != "Fn::GetAtt":
            continue
        logical_id, attribute = _worded(partial(attribute_reference, argument))
        if logical_id not in resources:
            raise Inconsistent(f"Template error: instance of Fn::GetAtt references undefined resource {logical_id}")
        known = attributes_of(resources[logical_id]["Type"])
        if isinstance(attribute, str) and known is not None and attribute not in known:
            message = f"resource {logical_id} does not support attribute type {attribute} in Fn::GetAtt"
            raise Inconsistent(f"Template error: {message}")


def _check_order(resources: Mapping[str, Any]) -> None:
    try:
        templates.creation_order(resources)
    except InvalidTemplate as error:
        circle = error.__cause__.args[1] if error.__cause__ else [error.path[-1]]
        names = ", ".join(sorted(dict.fromkeys(map(str, circle))))
        raise Inconsistent(f"Circular dependency between resources: [{names}]") from error


def _references(section: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(references(section))


def _worded(look: Callable[[], Any]) -> Any:
    try:
        return look()
    except InvalidTemplate as error:
        needs = (
            "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute"
        )
        raise Inconsistent(f"Template error: {needs}") from error


def _calls(value: Any) -> Iterator[tuple[str, Any]]:
    """Every call of an intrinsic function inside the value."""
    if call := intrinsic(value):
        yield call
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for item in inside:
        yield from _calls(item)


def _depends_on(body: Mapping[str, Any]) -> list[str]:
    names = body.get("DependsOn") or []
    return [names] if isinstance(names, str) else list(names)
