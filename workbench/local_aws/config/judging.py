"""Judging resources by a managed rule: rows for what can be judged, problems for what cannot."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workbench.local_aws.config import rules
from workbench.local_aws.config.checks import Checks, Finding
from workbench.local_aws.config.items import Key
from workbench.local_aws.config.store import Row
from workbench.resources import Resource

logger = logging.getLogger(__name__)

_LONGEST_ANNOTATION = 256


@dataclass(frozen=True)
class Candidate:
    """A resource to judge, and the time of the event that makes it so."""

    key: Key
    resource: Resource
    ordering_at: datetime


@dataclass(frozen=True)
class Judgement:
    """What came of judging: rows, resources that cannot be judged (None: none can), and those that can."""

    rows: tuple[Row, ...] = ()
    problems: Mapping[Key | None, str] = field(default_factory=dict)
    judged: frozenset[Key | None] = frozenset()


def judge(definition: Mapping[str, Any], candidates: Iterable[Candidate], checks: Checks, now: datetime) -> Judgement:
    identifier = rules.identifier(definition)
    managed = checks.rules.get(identifier)
    if managed is None:
        return Judgement(problems={None: f"The local AWS has no check for the managed rule {identifier}."})
    suited = [
        each
        for each in candidates
        if each.resource.type in managed.resource_types and rules.in_scope(definition, each.key, each.resource)
    ]
    findings = [(each, _find(checks, definition, each.resource)) for each in suited]
    name = definition["ConfigRuleName"]
    known = [(each, finding) for each, finding in findings if finding.verdict != "UNKNOWN"]
    rows = (
        Row(name, each.key, str(found.verdict), each.ordering_at, now, now, _annotation(found.verdict, found.message))
        for each, found in known
    )
    problems: dict[Key | None, str] = {
        each.key: finding.message for each, finding in findings if finding.verdict == "UNKNOWN"
    }
    return Judgement(tuple(rows), problems, frozenset({None, *(each.key for each, _ in known)}))


@dataclass(frozen=True)
class _Failure:
    """A check that crashed: one resource is unknown, and all others are judged."""

    message: str
    verdict: str = "UNKNOWN"


def _find(checks: Checks, definition: Mapping[str, Any], resource: Resource) -> Finding:
    try:
        return checks.evaluate(rules.identifier(definition), resource, rules.parameters(definition))
    except Exception as error:
        logger.exception("The check of %s failed on %s", definition["ConfigRuleName"], resource.path)
        return _Failure(f"The check failed on {resource.physical_id}: {type(error).__name__}: {error}")


def _annotation(verdict: str, message: str) -> str | None:
    """Why a resource violates; AWS annotates no compliant one."""
    return message[:_LONGEST_ANNOTATION] if verdict == "NON_COMPLIANT" and message else None
