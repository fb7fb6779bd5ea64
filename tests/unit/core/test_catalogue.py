"""What a good rules.yaml means: defaults, weights, shares, and what a rule applies to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from fitness.catalogue import Catalogue, load
from fitness.gate import Gate, GateEnforcement, Mode, OnInconclusive, Waiver
from fitness.model import Enforcement, Resource
from fitness.rule import Category, Frequency, Rule

SMALLEST = """\
version: 1
categories: {security: {}}
rules:
  s3-bucket-ssl-requests-only:
    title: HTTPS only
    category: security
    severity: high
    resource_types: [AWS::S3::Bucket]
"""
RULE = "s3-bucket-ssl-requests-only"


def with_line(line: str) -> Rule:
    """The rule of the smallest catalogue with one more line."""
    return load(f"{SMALLEST}    {line}\n").rules[RULE]


def test_a_rule_needs_four_keys_and_has_defaults_for_the_others() -> None:
    assert load(SMALLEST).rules[RULE] == Rule(
        id=RULE,
        title="HTTPS only",
        category="security",
        severity="high",
        weight=Fraction(15, 2),
        enforcement=Enforcement.SCORED,
        managed="S3_BUCKET_SSL_REQUESTS_ONLY",
        function=None,
        resource_types=("AWS::S3::Bucket",),
        parameters={},
        frequency=None,
        exclude=(),
        match=(),
        remediation=None,
    )


def test_the_defaults_of_the_gate_are_those_documented() -> None:
    assert load(SMALLEST).gate == Gate(
        enforcement=GateEnforcement.ENFORCE,
        mode=Mode.NO_REGRESSION,
        minimum=Fraction(60),
        target=Fraction(90),
        minimum_improvement=Fraction("0.1"),
        allowed_regressions={},
        coverage_minimum=Fraction(90),
        on_inconclusive=OnInconclusive.FAIL,
        wait=600,
        settle=30,
    )


def test_the_gate_is_read_as_written() -> None:
    text = "mode: improve, minimum: 0, target: 99.5, minimum_improvement: 0.25, allowed_regressions: {low: 2}"
    more = "enforcement: report, on_inconclusive: pass, coverage_minimum: 0, wait: 0, settle: 5"
    gate = load(f"{SMALLEST}gate: {{{text}, {more}}}\n").gate
    assert gate == Gate(
        enforcement=GateEnforcement.REPORT,
        mode=Mode.IMPROVE,
        minimum=Fraction(0),
        target=Fraction("99.5"),
        minimum_improvement=Fraction(1, 4),
        allowed_regressions={"low": 2},
        coverage_minimum=Fraction(0),
        on_inconclusive=OnInconclusive.PASS,
        wait=0,
        settle=5,
    )


def test_a_level_may_be_the_highest() -> None:
    assert load(f"{SMALLEST}gate: {{minimum: 100}}\n").gate.minimum == 100


def test_the_severities_have_the_documented_weights() -> None:
    expected = {"critical": 10, "high": Fraction(15, 2), "medium": 5, "low": Fraction(5, 2), "informational": 0}
    assert load(SMALLEST).severities == expected


@pytest.mark.parametrize("section", ["severities", "criticality", "gate", "waivers"])
def test_an_optional_section_without_content_is_as_if_it_were_not_there(section: str) -> None:
    with_empty, without = load(f"{SMALLEST}{section}:\n"), load(SMALLEST)
    assert (with_empty.severities, with_empty.gate) == (without.severities, without.gate)
    assert (with_empty.criticality, with_empty.waivers) == ((), ())


WEIGHTS = {
    "of its severity": ("remediation: Deny HTTP.", Fraction(15, 2)),
    "its own": ("weight: 8", 8),
    "zero is zero and not the severity's": ("weight: 0", 0),
    "exact": ("weight: 0.1", Fraction(1, 10)),
    "without a leading zero": ("weight: .5", Fraction(1, 2)),
    "with an exponent": ("weight: 1.5e+1", 15),
}


@pytest.mark.parametrize(("line", "weight"), WEIGHTS.values(), ids=WEIGHTS)
def test_the_weight_of_a_rule_is(line: str, weight: Fraction) -> None:
    assert with_line(line).weight == weight


@pytest.mark.parametrize(
    ("enforcement", "weight"), [("blocking", 24), ("scored", 24), ("report", 0), ("off", 0), ('"off"', 0)]
)
def test_a_rule_weighs_in_the_score_what_its_category_and_enforcement_make_of_it(enforcement: str, weight: int) -> None:
    text = SMALLEST.replace("{security: {}}", "{security: {weight: 3}}")
    catalogue = load(f"{text}    weight: 8\n    enforcement: {enforcement}\n")
    assert catalogue.weight(catalogue.rules[RULE]) == weight


def test_off_needs_no_quotes() -> None:
    assert with_line("enforcement: off").enforcement is Enforcement.OFF


def test_a_custom_rule_has_a_function_and_no_managed_identifier() -> None:
    rule = with_line("lambda: RoundTripRule")
    assert (rule.function, rule.managed) == ("RoundTripRule", None)


def test_a_managed_rule_may_have_another_id() -> None:
    assert with_line("managed: S3_BUCKET_SSL").managed == "S3_BUCKET_SSL"


def test_parameters_are_text_as_written() -> None:
    rule = with_line("parameters: {days: 7, runtime: 3.10, strict: yes, note: '1'}")
    assert rule.parameters == {"days": "7", "runtime": "3.10", "strict": "yes", "note": "1"}


def test_the_frequency_is_one_of_configs() -> None:
    assert with_line("frequency: TwentyFour_Hours").frequency is Frequency.TWENTY_FOUR_HOURS


@pytest.mark.parametrize(
    ("rule", "logical_id"), [(RULE, "S3BucketSslRequestsOnly"), ("api-round-trip", "ApiRoundTrip"), ("x", "X")]
)
def test_the_logical_id_of_the_config_rule_follows_from_the_id(rule: str, logical_id: str) -> None:
    assert load(SMALLEST.replace(RULE, rule)).rules[rule].logical_id == logical_id


APPLIES = {
    "type and path fit": ("Data", "AWS::S3::Bucket", True),
    "another type": ("Data", "AWS::DynamoDB::Table", False),
    "excluded by pattern": ("AccessLogsBucket", "AWS::S3::Bucket", False),
    "excluded in a nested stack": ("Storage/Raw", "AWS::S3::Bucket", False),
    "a nested resource is named by its whole path": ("Storage/AccessLogs", "AWS::S3::Bucket", True),
    "patterns tell capitals apart": ("accesslogs", "AWS::S3::Bucket", True),
}


@pytest.mark.parametrize(("path", "kind", "applies"), APPLIES.values(), ids=APPLIES)
def test_a_rule_applies_by_type_unless_excluded(path: str, kind: str, *, applies: bool) -> None:
    rule = with_line('exclude: ["AccessLogs*", Storage/Raw]')
    assert rule.applies_to(resource(path, kind)) is applies


CRITICALITY = """\
criticality:
  - {resource: "Orders*", type: "AWS::S3::Bucket", factor: 3}
  - {resource: "Orders*", factor: 2}
  - {type: "AWS::S3::Bucket", factor: 0}
  - {resource: "OrdersTable", factor: 9}
"""
SHARES = {
    "path and type": ("OrdersBucket", "AWS::S3::Bucket", 3),
    "the first match wins": ("OrdersTable", "AWS::DynamoDB::Table", 2),
    "type alone, zero": ("Logs", "AWS::S3::Bucket", 0),
    "no match": ("Users", "AWS::DynamoDB::Table", 1),
}


@pytest.mark.parametrize(("path", "kind", "share"), SHARES.values(), ids=SHARES)
def test_the_share_of_a_resource_is_its_first_criticality(path: str, kind: str, share: int) -> None:
    assert load(SMALLEST + CRITICALITY).share(resource(path, kind)) == share


def test_categories_keep_the_order_of_the_file() -> None:
    text = SMALLEST.replace("{security: {}}", "{zeal: {}, security: {title: Safe, weight: 2, minimum: 50}, art: {}}")
    categories = load(text).categories
    assert list(categories) == ["zeal", "security", "art"]
    assert categories["security"] == Category("security", "Safe", Fraction(2), Fraction(50))
    assert categories["art"] == Category("art", "Art", Fraction(1), None)


def test_a_waiver_covers_resources_by_pattern_for_one_rule() -> None:
    text = f"{SMALLEST}waivers: [{{rule: {RULE}, resources: [Logs*], reason: R, owner: O, expires: 2027-03-31}}]\n"
    (waiver,) = load(text).waivers
    assert waiver == Waiver(RULE, ("Logs*",), "R", "O", date(2027, 3, 31))
    covered = [waiver.covers(RULE, "LogsBucket"), waiver.covers(RULE, "Data"), waiver.covers("other", "LogsBucket")]
    assert covered == [True, False, False]


def test_a_value_may_be_shared_through_an_anchor() -> None:
    text = SMALLEST.replace("[AWS::S3::Bucket]", "&types [AWS::S3::Bucket]")
    other = "  other:\n    title: O\n    category: security\n    severity: low\n    resource_types: *types\n"
    assert load(text + other).rules["other"].resource_types == ("AWS::S3::Bucket",)


def digest(text: str) -> str:
    return load(text).digest


def test_the_digest_is_that_of_the_text() -> None:
    assert digest(SMALLEST) == digest(SMALLEST)
    assert digest(SMALLEST) != digest(SMALLEST + "\n")
    assert digest(SMALLEST).startswith("sha256:")


def test_a_catalogue_may_be_written_on_windows() -> None:
    assert without_digest(load("\ufeff" + SMALLEST.replace("\n", "\r\n"))) == without_digest(load(SMALLEST))


def resource(path: str, kind: str) -> Resource:
    return Resource(path, kind, f"{path}-1", None)


def without_digest(catalogue: Catalogue) -> Catalogue:
    return replace(catalogue, digest="")
