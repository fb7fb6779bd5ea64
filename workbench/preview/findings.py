"""Judging an application offline: one finding for every rule on every resource that it applies to.

Owns `find`. A finding says what Config would say, why, and which line of the template is at fault. A related resource
that may not exist (its condition is unknown) must make no difference, or the answer is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fitness.catalogue import Catalogue
from fitness.model import Resource as StackResource
from fitness.pairs import expected
from fitness.rule import Rule

from workbench.managed_rules import MANAGED_RULES, Finding, Verdict, evaluate, surround
from workbench.resources import Resource, Unknown
from workbench.templates.application import Application
from workbench.templates.errors import Place


@dataclass(frozen=True)
class PlacedFinding:
    """What one rule says of one resource, and where in the template that is decided."""

    rule: str
    resource: str
    finding: Finding
    place: Place


def find(catalogue: Catalogue, application: Application) -> tuple[PlacedFinding, ...]:
    """The findings of all expected pairs, in the order of the catalogue and the template."""
    judge = _Judge(application)
    found = (
        (rule.id, resource.path, judge.finding(rule, resource.path))
        for rule, resource in expected(catalogue, stack_resources(application))
    )
    return tuple(
        PlacedFinding(rule, path, finding, _place(application, path, finding)) for rule, path, finding in found
    )


def stack_resources(application: Application) -> tuple[StackResource, ...]:
    """The application's resources as a snapshot lists them."""
    return tuple(
        StackResource(resource.path, resource.type, resource.physical_id, None) for resource in application.resources
    )


def _place(application: Application, path: str, finding: Finding) -> Place:
    return application.place(finding.at or path, finding.property_path)


class _Judge:
    """Judges the resources of one application; surroundings are found once."""

    def __init__(self, application: Application) -> None:
        self._uncertain = application.uncertain
        certain = [resource for resource in application.resources if resource.path not in self._uncertain]
        self._surrounded = _by_path(surround(application.resources))
        self._without_uncertain = _by_path(surround(certain)) if self._uncertain else {}

    def finding(self, rule: Rule, path: str) -> Finding:
        if rule.managed is None:
            return Finding(Verdict.UNKNOWN, f"{rule.id} is a custom rule: it is evaluated after deployment only.")
        if rule.managed not in MANAGED_RULES:
            return Finding(Verdict.UNKNOWN, f"{rule.managed} has no offline check.")
        if path in self._uncertain:
            return _cannot_tell(path, self._uncertain[path])
        with_all = evaluate(rule.managed, self._surrounded[path], rule.parameters)
        doubt = self._doubt(self._surrounded[path])
        if doubt is None:
            return with_all
        without = evaluate(rule.managed, self._without_uncertain[path], rule.parameters)
        return with_all if with_all.verdict == without.verdict else _cannot_tell(doubt, self._uncertain[doubt])

    def _doubt(self, resource: Resource) -> str | None:
        """The first related resource that may not exist."""
        for related in resource.related:
            if related.path in self._uncertain:
                return related.path
            if deeper := self._doubt(related):
                return deeper
        return None


def _cannot_tell(path: str, reason: Unknown) -> Finding:
    return Finding(Verdict.UNKNOWN, f"Whether {path} exists is not known: {reason.reason}.", at=path)


def _by_path(resources: tuple[Resource, ...]) -> Mapping[str, Resource]:
    return {resource.path: resource for resource in resources}
