"""Keys of rules.yaml that are unknown, doubled, missing or no text: one sentence with file, line and column."""

from __future__ import annotations

import pytest

from tests.unit.core.yaml_mistakes import refused

SHARE = '{resource: "Orders*", factor: 3}'
KEBAB = "must be kebab-case, such as s3-bucket-versioning-enabled."

UNKNOWN = {
    "in a rule": ("severity:", "▸severty:", "'severty' in rules.ssl-only (did you mean 'severity'?)"),
    "at the top": ("gate:", "▸gates:", "'gates' in the document (did you mean 'gate'?)"),
    "in a category": ("title: Sec", "▸titel: Sec", "'titel' in categories.security (did you mean 'title'?)"),
    "in criticality": ("{resource:", "{▸resources:", "'resources' in criticality[0] (did you mean 'resource'?)"),
    "in a waiver": ("rule: ssl", "▸rules: ssl", "'rules' in waivers[0] (did you mean 'rule'?)"),
    "in the gate": ("minimum: 60", "▸minimun: 60", "'minimun' in gate (did you mean 'minimum'?)"),
    "in allowed_regressions": (
        "minimum: 60",
        "allowed_regressions: {▸hihg: 1}",
        "'hihg' in gate.allowed_regressions (did you mean 'high'?)",
    ),
    "like no other key": ("minimum: 60", "▸floor: 60", "'floor' in gate"),
    "in capitals": ("    title:", "    ▸Title:", "'Title' in rules.ssl-only (did you mean 'title'?)"),
}


@pytest.mark.parametrize(("old", "new", "what"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_key_is_refused_with_a_suggestion(old: str, new: str, what: str) -> None:
    refused(old, new, f"unknown key {what}.")


TWICE = {
    "in a rule": ("    parameters:", "    ▸title: T\n    parameters:", "'title' stands twice in rules.ssl-only", 9),
    "a section": ("waivers:", "▸gate: {}\nwaivers:", "'gate' stands twice in the document", 14),
    "a rule": ("gate:", "  ▸ssl-only: {}\ngate:", "'ssl-only' stands twice in rules", 8),
    "a rule, quoted": ("gate:", '  ▸"ssl-only": {}\ngate:', "'ssl-only' stands twice in rules", 8),
    "in braces": ("{high: 7.5,", "{high: 7.5, ▸high: 8,", "'high' stands twice in severities", 2),
}


@pytest.mark.parametrize(("old", "new", "what", "first"), TWICE.values(), ids=TWICE)
def test_a_key_that_stands_twice_is_refused(old: str, new: str, what: str, first: int) -> None:
    refused(old, new, f"{what}: first on line {first}.")


MISSING = {
    "version": ("version: 1\nseverities", "▸severities", "the document lacks the key 'version'"),
    "title": ("rules:", "rules:\n  kms: ▸{category: security}", "rules.kms lacks the key 'title'"),
    "category": ("rules:", "rules:\n  kms: ▸{title: K}", "rules.kms lacks the key 'category'"),
    "severity": ("rules:", "rules:\n  kms: ▸{title: K, category: security}", "rules.kms lacks the key 'severity'"),
    "factor": (SHARE, "▸{resource: A}", "criticality[0] lacks the key 'factor'"),
    "resource or type": (SHARE, "▸{factor: 3}", "criticality[0] must name a resource, a type, or both"),
    "rule of a waiver": ("waivers:", "waivers:\n  - ▸{reason: R}", "waivers[0] lacks the key 'rule'"),
    "reason of a waiver": (
        "waivers:",
        "waivers:\n  - ▸{rule: a, resources: [b], expires: 2027-01-01}",
        "waivers[0] lacks the key 'reason'",
    ),
    "expiry of a waiver": (
        "waivers:",
        "waivers:\n  - ▸{rule: a, resources: [b], reason: c}",
        "waivers[0] lacks the key 'expires'",
    ),
}


@pytest.mark.parametrize(("old", "new", "what"), MISSING.values(), ids=MISSING)
def test_a_missing_key_is_named(old: str, new: str, what: str) -> None:
    refused(old, new, f"{what}.")


NO_TEXT = {
    "a list": "{▸[days]: 7}",
    "a mapping": "{▸{a: b}: 7}",
    "null": "{▸~: 7}",
    "empty": '{▸"": 7}',
    "blank": '{▸" ": 7}',
    "a merge key": "{▸<<: {days: 8}}",
}


@pytest.mark.parametrize("parameters", NO_TEXT.values(), ids=NO_TEXT)
def test_a_key_that_is_no_text_is_refused(parameters: str) -> None:
    refused("{days: 7}", parameters, "a key of rules.ssl-only.parameters must be plain text.")


@pytest.mark.parametrize("name", ["SSL-only", "ssl_only", "ssl--only", "-ssl", "ssl-", "ssl only", "ssl.only", "säl"])
def test_a_rule_id_that_is_not_kebab_case_is_refused_at_its_own_line(name: str) -> None:
    refused("  ssl-only", f"  ▸{name}", f"rule id '{name}' {KEBAB}")


def test_two_rules_that_would_be_one_config_rule_are_refused() -> None:
    rule = "{title: X, category: security, severity: low, resource_types: [T]}"
    same = "rule ids 'x-1' and 'x1' would both be the Config rule X1; rename one of them."
    refused("gate:", f"  x-1: {rule}\n  ▸x1: {rule}\ngate:", same)
