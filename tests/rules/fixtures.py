"""The fixtures of the managed rules: `<rule-id>/<case>.<verdict>.yaml`, where the file name is the verdict.

A fixture is a small template with plain values. A resource's physical id is its name unless `PhysicalId` says
otherwise, and `!Unknown reason` stands for a value that cannot be resolved. `Metadata` holds the rule's parameters, the
judged resource where its type does not tell, and what the finding must say and point at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from workbench.managed_rules import MANAGED_RULES, Finding, ManagedRule, Verdict, evaluate, identifier_of, surround
from workbench.resources import Resource, Unknown


class Loader(yaml.SafeLoader):
    """YAML with `!Unknown reason`."""


Loader.add_constructor("!Unknown", lambda loader, node: Unknown(str(loader.construct_scalar(node))))


@dataclass(frozen=True)
class Case:
    """One rule on one resource, and what is expected of the finding."""

    name: str
    rule: ManagedRule
    subject: Resource
    parameters: Mapping[str, str]
    verdict: Verdict
    expected: Mapping[str, Any]

    def judge(self, subject: Resource | None = None) -> Finding:
        return evaluate(self.rule.identifier, subject or self.subject, self.parameters)


def _resource(name: str, body: Mapping[str, Any]) -> Resource:
    physical_id, attributes = body.get("PhysicalId", name), body.get("Attributes") or {}
    return Resource(name, body["Type"], physical_id, body.get("Properties") or {}, attributes)


def _case(path: Path) -> Case:
    template = yaml.load(path.read_text(), Loader)  # noqa: S506 - a SafeLoader
    metadata, rule = template.get("Metadata", {}), MANAGED_RULES[identifier_of(path.parent.name)]
    resources = surround(_resource(name, body) for name, body in template["Resources"].items())
    judged = [one for one in resources if one.type in rule.resource_types or not rule.resource_types]
    subject = next(one for one in judged if one.path == metadata.get("Resource", judged[0].path))
    verdict = Verdict(path.suffixes[-2].removeprefix(".").upper())
    return Case(f"{path.parent.name}/{path.stem}", rule, subject, metadata.get("Parameters", {}), verdict, metadata)


FOLDERS = sorted(path.name for path in Path(__file__).parent.iterdir() if path.is_dir() and path.name[0] not in "._")
CASES = tuple(_case(path) for path in sorted(Path(__file__).parent.glob("*/*.yaml")))
