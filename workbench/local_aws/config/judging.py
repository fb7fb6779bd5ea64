"""Judging resources by managed and custom policy rules: rows for what can be judged, problems for what cannot."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workbench.local_aws.config import rules
from workbench.local_aws.config.checks import Checks, Finding
from workbench.local_aws.config.items import Item, Key
from workbench.local_aws.config.store import Row, Rule

logger = logging.getLogger(__name__)

_LONGEST_ANNOTATION = 256


@dataclass(frozen=True)
class Judgement:
    """What came of judging: rows, resources that cannot be judged (None: none can), and those that can."""

    rows: tuple[Row, ...] = ()
    problems: Mapping[Key | None, str] = field(default_factory=dict)
    judged: frozenset[Key | None] = frozenset()


JudgePolicy = Callable[[Rule, Item], Finding]
"""What a custom policy rule says of a resource."""


@dataclass(frozen=True)
class Judges:
    """Who judges by which kind of rule."""

    checks: Checks
    policy: JudgePolicy


def judge(rule: Rule, items: Iterable[Item], judges: Judges, now: datetime) -> Judgement:
    """An item is judged as of the moment when it was captured."""
    if rules.is_managed(rule.definition) and rules.identifier(rule.definition) not in judges.checks.rules:
        message = f"The local AWS has no check for the managed rule {rules.identifier(rule.definition)}."
        return Judgement(problems={None: message})
    suited = [item for item in items if rules.judges(rule.definition, item, judges.checks)]
    findings = [(item, _find(rule, item, judges)) for item in suited]
    known = [(item, finding) for item, finding in findings if finding.verdict != "UNKNOWN"]
    rows = (
        Row(rule.name, item.key, found.verdict, item.captured_at, now, now, _annotation(found.verdict, found.message))
        for item, found in known
    )
    problems: dict[Key | None, str] = {
        item.key: finding.message for item, finding in findings if finding.verdict == "UNKNOWN"
    }
    return Judgement(tuple(rows), problems, frozenset({None, *(item.key for item, _ in known)}))


@dataclass(frozen=True)
class _Failure:
    """A check that crashed: one resource is unknown, and all others are judged."""

    message: str
    verdict: str = "UNKNOWN"


def _find(rule: Rule, item: Item, judges: Judges) -> Finding:
    try:
        if rules.is_policy(rule.definition):
            return judges.policy(rule, item)
        identifier, parameters = rules.identifier(rule.definition), rules.parameters(rule.definition)
        return judges.checks.evaluate(identifier, item.resource, parameters)
    except Exception as error:
        logger.exception("The check of %s failed on %s", rule.name, item.resource.path)
        return _Failure(f"The check failed on {item.resource.physical_id}: {type(error).__name__}: {error}")


def _annotation(verdict: str, message: str) -> str | None:
    """Why a resource violates; AWS annotates no compliant one."""
    return message[:_LONGEST_ANNOTATION] if verdict == "NON_COMPLIANT" and message else None
