"""Laws that every check obeys, tried on every value of every fixture.

The laws are what "a check never guesses" means: taking a value away can make an answer unknown but never turn it round,
and no value that a template can hold makes a check fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.rules.fixtures import CASES
from workbench.managed_rules import MANAGED_RULES, ManagedRule, Verdict
from workbench.resources import Resource, Unknown

JUNK = ("junk", 7, True, None, "", [], {}, ["x"], {"a": "b"}, [None])

each_rule = pytest.mark.parametrize("rule", MANAGED_RULES.values(), ids=lambda rule: rule.id)


def values_with(value: Any, substitute: Any) -> Iterator[Any]:
    """The value with one of its parts, or all of it, replaced."""
    yield substitute
    if isinstance(value, dict):
        for key, part in value.items():
            yield from ({**value, key: changed} for changed in values_with(part, substitute))
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from ([*value[:index], changed, *value[index + 1 :]] for changed in values_with(part, substitute))


def resources_with(resource: Resource, substitute: Any) -> Iterator[Resource]:
    """The resource with one value replaced, in its own properties or in those of a related resource."""
    for key, value in resource.properties.items():
        for changed in values_with(value, substitute):
            yield replace(resource, properties={**resource.properties, key: changed})
    for index, other in enumerate(resource.related):
        for changed in resources_with(other, substitute):
            related = (*resource.related[:index], changed, *resource.related[index + 1 :])
            yield replace(resource, related=related)


@each_rule
def test_an_unknown_value_never_turns_an_answer_round(rule: ManagedRule) -> None:
    known = [case for case in CASES if case.rule == rule and case.verdict is not Verdict.UNKNOWN]
    for case in known:
        for subject in resources_with(case.subject, Unknown("taken away")):
            assert case.judge(subject).verdict in (case.verdict, Verdict.UNKNOWN), (case.name, subject)


@each_rule
def test_no_value_makes_a_check_fail(rule: ManagedRule) -> None:
    for case in (case for case in CASES if case.rule == rule):
        for junk in JUNK:
            for subject in resources_with(case.subject, junk):
                assert case.judge(subject).message
