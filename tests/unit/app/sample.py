"""The sample's template as CloudFormation works with it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from workbench.templates import Prepared, dependencies, load, prepare, pseudo_parameters, resolve
from workbench.templates.packaging import packaged

ROOT = Path(__file__).parents[3]


@cache
def prepared(stack_name: str = "config-fitness", **parameters: str) -> Prepared:
    stack_id = f"arn:aws:cloudformation:eu-west-1:111122223333:stack/{stack_name}/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
    pseudo = pseudo_parameters("eu-west-1", "111122223333", stack_name, stack_id)
    document = load((ROOT / "template.yaml").read_text(), "template.yaml")
    return prepare(replace(document, template=packaged(document.template)), parameters, pseudo)


def resources(**parameters: str) -> dict[str, Any]:
    """The bodies of the resources that exist."""
    return prepared(**parameters).existing("Resources")


def of_type(resource_type: str) -> dict[str, Any]:
    return {name: body for name, body in resources().items() if body["Type"] == resource_type}


def resolved(template: Prepared, logical_id: str, *path: str) -> Any:
    """A property with its intrinsic functions carried out, as far as they do not need real resources."""
    value: Any = template.existing("Resources")[logical_id]
    for key in path:
        value = value[key]
    return resolve(value, template.scope, ("Resources", logical_id, *path))


def needed(name: str, **parameters: str) -> set[str]:
    """Everything that CloudFormation brings up to date before this resource."""
    found, existing, waiting = set[str](), resources(**parameters), [name]
    while waiting:
        new = dependencies(existing[waiting.pop()]) & existing.keys() - found
        found |= new
        waiting += new
    return found


def statements(role: str) -> list[dict[str, Any]]:
    """What the role's own policies and the stack's managed policies allow it."""
    existing = resources()
    properties = existing[role]["Properties"]
    managed = [existing[arn["Ref"]]["Properties"] for arn in properties["ManagedPolicyArns"] if "Ref" in arn]
    policies = [*properties.get("Policies", ()), *managed]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def actions(*of: dict[str, Any]) -> set[str]:
    """The actions that the statements name."""
    listed = [statement["Action"] for statement in of]
    return {action for each in listed for action in ([each] if isinstance(each, str) else each)}
