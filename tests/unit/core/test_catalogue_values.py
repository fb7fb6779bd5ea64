"""Values of rules.yaml that are wrong: one sentence with file, line and column."""

from __future__ import annotations

import pytest

from tests.unit.core.yaml_mistakes import refused, refused_text

SHARE = '{resource: "Orders*", factor: 3}'

TYPES = {
    "version in words": ("version: 1", "version: ▸one", "version must be a number."),
    "version in quotes": ("version: 1", 'version: ▸"1"', "version must be a number."),
    "later version": ("version: 1", "version: ▸2", "version must be 1, the only one there is."),
    "a rule as text": ("rules:", "rules:\n  kms: ▸yes please", "rules.kms must be a mapping of keys to values."),
    "a rule as a list": ("rules:", "rules:\n  kms: ▸[]", "rules.kms must be a mapping of keys to values."),
    "a rule without content": ("rules:", "rules:\n  kms:▸", "rules.kms must be a mapping of keys to values."),
    "a category as text": (
        "{title: Security, weight: 1}",
        "▸S",
        "categories.security must be a mapping of keys to values.",
    ),
    "criticality as a mapping": (f"- {SHARE}", "▸a: 1", "criticality must be a list."),
    "a waiver as text": ("waivers:", "waivers:\n  - ▸Logs", "waivers[0] must be a mapping of keys to values."),
    "severities as a list": ("{high: 7.5, low: 2.5}", "▸[high]", "severities must be a mapping of keys to values."),
    "types as text": ("[AWS::S3::Bucket]", "▸AWS::S3::Bucket", "rules.ssl-only.resource_types must be a list."),
    "no types": ("[AWS::S3::Bucket]", "▸[]", "rules.ssl-only.resource_types must name at least one type."),
    "a type that is a number": ("AWS::S3::Bucket", "A, ▸3", "rules.ssl-only.resource_types[1] must be text."),
    "parameters as a list": ("{days: 7}", "▸[7]", "rules.ssl-only.parameters must be a mapping of keys to values."),
    "a parameter as a list": ("{days: 7}", "{days: ▸[7]}", "rules.ssl-only.parameters.days must be a single value."),
    "a parameter without value": ("{days: 7}", "{days: ▸~}", "rules.ssl-only.parameters.days must be a single value."),
    "title as a list": ("HTTPS only", "▸[a]", "rules.ssl-only.title must be text."),
    "title as a number": ("HTTPS only", "▸404", "rules.ssl-only.title must be text."),
    "blank title": ("HTTPS only", '▸" "', "rules.ssl-only.title must be text."),
    "blank reason": ("Audited elsewhere.", '▸""', "waivers[0].reason must be text."),
    "resources as text": ("[Logs]", "▸Logs", "waivers[0].resources must be a list."),
}


@pytest.mark.parametrize(("old", "new", "sentence"), TYPES.values(), ids=TYPES)
def test_a_value_of_the_wrong_type_is_refused(old: str, new: str, sentence: str) -> None:
    refused(old, new, sentence)


SECTIONS = {
    "rules": "rules must be a mapping of keys to values.",
    "categories": "categories must be a mapping of keys to values.",
    "gate": "gate must be a mapping of keys to values.",
    "waivers": "waivers must be a list.",
}


@pytest.mark.parametrize(("section", "sentence"), SECTIONS.items(), ids=SECTIONS)
def test_a_section_of_the_wrong_type_is_refused(section: str, sentence: str) -> None:
    sections = {"version": "1", "categories": "{}", "rules": "{}", section: "▸7"}
    refused_text("\n".join(f"{key}: {value}" for key, value in sections.items()), sentence)


@pytest.mark.parametrize("section", ["rules", "categories"])
def test_a_section_that_must_be_there_must_have_content(section: str) -> None:
    sections = {"version": " 1", "categories": " {}", "rules": " {}", section: "▸"}
    text = "\n".join(f"{key}:{value}" for key, value in sections.items())
    refused_text(text, f"{section} must be a mapping of keys to values.")


NO_NUMBERS = ["heavy", '"8"', "yes", "[8]", "{}", "~", ".nan", ".inf", "-.inf", "0x10", "010", "1:30", "1_000", "1.2.3"]


@pytest.mark.parametrize("written", NO_NUMBERS)
def test_a_weight_that_every_yaml_does_not_read_as_the_same_number_is_refused(written: str) -> None:
    refused("    parameters:", f"    weight: ▸{written}\n    parameters:", "rules.ssl-only.weight must be a number.")


NUMBERS = {
    "negative weight": ("    param", "    weight: ▸-1\n    param", "rules.ssl-only.weight must not be negative."),
    "negative severity": ("high: 7.5", "high: ▸-7.5", "severities.high must not be negative."),
    "negative factor": ("factor: 3", "factor: ▸-3", "criticality[0].factor must not be negative."),
    "negative category": ("weight: 1", "weight: ▸-0.1", "categories.security.weight must not be negative."),
    "minimum over 100": ("minimum: 60", "minimum: ▸100.1", "gate.minimum must not be greater than 100."),
    "target over 100": ("minimum: 60", "target: ▸101", "gate.target must not be greater than 100."),
    "coverage over 100": (
        "minimum: 60",
        "coverage_minimum: ▸900",
        "gate.coverage_minimum must not be greater than 100.",
    ),
    "category's minimum over 100": (
        "weight: 1",
        "minimum: ▸101",
        "categories.security.minimum must not be greater than 100.",
    ),
    "endless weight": (
        "    param",
        "    weight: ▸1.0e+99\n    param",
        "rules.ssl-only.weight must not be greater than 1000000000.",
    ),
    "half a second": ("minimum: 60", "wait: ▸0.5", "gate.wait must be a whole number."),
    "half a regression": (
        "minimum: 60",
        "allowed_regressions: {high: ▸0.5}",
        "gate.allowed_regressions.high must be a whole number.",
    ),
    "negative regressions": (
        "minimum: 60",
        "allowed_regressions: {high: ▸-1}",
        "gate.allowed_regressions.high must not be negative.",
    ),
}


@pytest.mark.parametrize(("old", "new", "sentence"), NUMBERS.values(), ids=NUMBERS)
def test_a_number_out_of_its_range_is_refused(old: str, new: str, sentence: str) -> None:
    refused(old, new, sentence)


ENFORCEMENTS = "blocking, scored, report, off"
FREQUENCIES = "One_Hour, Three_Hours, Six_Hours, Twelve_Hours, TwentyFour_Hours"
MODES = "no_regression, improve, threshold"
CHOICES = {
    "enforcement": (
        "    param",
        "    enforcement: ▸block\n    param",
        f"rules.ssl-only.enforcement must be one of {ENFORCEMENTS}, not 'block' (did you mean 'blocking'?).",
    ),
    "frequency": (
        "    param",
        "    frequency: ▸Daily\n    param",
        f"rules.ssl-only.frequency must be one of {FREQUENCIES}, not 'Daily'.",
    ),
    "mode": (
        "minimum: 60",
        "mode: ▸improved",
        f"gate.mode must be one of {MODES}, not 'improved' (did you mean 'improve'?).",
    ),
    "gate's enforcement": (
        "minimum: 60",
        "enforcement: ▸off",
        "gate.enforcement must be one of enforce, report, not 'off'.",
    ),
    "on_inconclusive": (
        "minimum: 60",
        "on_inconclusive: ▸wait",
        "gate.on_inconclusive must be one of fail, pass, not 'wait'.",
    ),
    "mode over two lines": ("minimum: 60", 'mode: ▸"off\\non"', f"gate.mode must be one of {MODES}, not 'off on'."),
    "mode as a list": ("minimum: 60", "mode: ▸[improve]", "gate.mode must be a single value."),
    "mode without value": ("minimum: 60", "mode: ▸~", "gate.mode must be a single value."),
    "category": (
        "category: security",
        "category: ▸securty",
        "rules.ssl-only.category names an unknown category 'securty' (did you mean 'security'?).",
    ),
    "severity": ("severity: high", "severity: ▸grave", "rules.ssl-only.severity names an unknown severity 'grave'."),
}


@pytest.mark.parametrize(("old", "new", "sentence"), CHOICES.values(), ids=CHOICES)
def test_a_word_that_is_not_among_those_known_is_refused(old: str, new: str, sentence: str) -> None:
    refused(old, new, sentence)


@pytest.mark.parametrize("written", ["31.03.2027", "2027-02-30", "2027-3-1", "20270331", "2027-W13-3", "tomorrow", "7"])
def test_an_expiry_that_is_not_a_date_is_refused(written: str) -> None:
    refused("2027-03-31", f"▸{written}", "waivers[0].expires must be a date like 2027-03-31.")


def test_a_rule_is_managed_or_has_a_lambda_function_but_not_both() -> None:
    both = "    managed: M\n    lambda: ▸RoundTripRule\n    param"
    refused("    param", both, "rules.ssl-only has both 'managed' and 'lambda'; keep one of them.")
