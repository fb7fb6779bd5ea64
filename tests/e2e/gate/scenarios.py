"""What the gate is put to: each scenario deploys an application, changes it once or twice, and leaves it to be read.

Config judges every change only after the recording delay, so each update is decided while Config still shows the past.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.e2e.gate.application import (
    RECORDING_DELAY,
    RULES,
    bucket,
    bucket_policy,
    function,
    public_permission,
    silent_rule_function,
)
from tests.e2e.gate.deployed import Deployed

IMPROVE = RULES.replace("gate: {", "gate: {mode: improve, ")
HTTPS = RULES.replace('exclude: ["*"]', "exclude: [RecordsBucket]")
WAIT = int(RECORDING_DELAY) + 9
IMPATIENT = RULES.replace("wait: 60", f"wait: {WAIT}")
SILENT = IMPATIENT.replace(
    "gate:",
    """\
  never-heard-of:
    {title: Something else, category: reliability, severity: high, lambda: Silent, resource_types: [AWS::S3::Bucket]}
gate:""",
)
ACCESS = RULES.replace(
    "gate:",
    """\
  lambda-function-public-access-prohibited:
    {title: Functions are not public, category: security, severity: critical, resource_types: [AWS::Lambda::Function]}
gate:""",
)
GOOD_BUCKETS = {f"Good{number}": bucket() for number in range(10)}


def good_change(stack: Deployed) -> Deployed:
    stack.create({"Data": bucket(versioned=False), "Greet": function(after=["Data"])})
    stack.update({"Data": bucket(), "Greet": function("return 2", after=["Data"])})
    stack.await_baseline(since=stack.started_at())
    return stack


def bad_change(stack: Deployed) -> Deployed:
    stack.create({"Data": bucket(), "Greet": function(after=["Data"])})
    stack.update({"Data": bucket(versioned=False), "Greet": function("return 2", after=["Data"])})
    return stack


def public_bucket_among_good_ones(stack: Deployed) -> Deployed:
    stack.create({"Data": bucket()})
    stack.update({"Data": bucket(), **GOOD_BUCKETS, "Leak": bucket(public=True)})
    return stack


def bad_policy_of_an_unchanged_bucket(stack: Deployed) -> Deployed:
    stack = replace(stack, rules=HTTPS)
    stack.create({"Data": bucket(), "Door": bucket_policy("Data", https_only=True)})
    stack.update({"Data": bucket(), "Door": bucket_policy("Data", https_only=False)})
    return stack


def public_permission_of_an_unchanged_function(stack: Deployed) -> Deployed:
    stack = replace(stack, rules=ACCESS)
    stack.create({"Greet": function(), "Data": bucket()})
    stack.update({"Greet": function(), "Data": bucket(), "Everyone": public_permission("Greet")})
    return stack


def silent_rule(stack: Deployed) -> Deployed:
    resources = {"Data": bucket(), "Silent": silent_rule_function()}
    stack = replace(stack, rules=SILENT)
    stack.create(resources)
    stack.update({**resources, "More": bucket()})
    return stack


def failing_rule(stack: Deployed) -> Deployed:
    resources = {"Data": bucket(), "Silent": silent_rule_function("raise ValueError('no idea')")}
    stack = replace(stack, rules=SILENT)
    stack.create(resources)
    stack.update({**resources, "More": bucket()})
    return stack


def architecture_only_regression(stack: Deployed) -> tuple[Deployed, bytes | None]:
    """The stack, and its baseline before the change."""
    stack.create({"Data": bucket(), "Greet": function()})
    before = stack.baseline_text()
    stack.update({"Data": bucket(versioned=False), "Greet": function()})
    stack.await_recorded(3)
    return stack, before


def good_change_right_after_a_rollback(stack: Deployed) -> Deployed:
    stack.create({"Data": bucket(), "Other": bucket(versioned=False)})
    stack.update({"Data": bucket(versioned=False), "Other": bucket(versioned=False)}, release="2")
    stack.update({"Data": bucket(), "Other": bucket()}, release="3")
    return stack


def hotfix_below_the_minimum(stack: Deployed) -> Deployed:
    data = bucket(versioned=False, public=True)
    stack.create({"Data": data, "Greet": function()})
    stack.update({"Data": data, "Greet": function("return 2")})
    return stack


def deletion_of_a_bad_resource(stack: Deployed) -> Deployed:
    stack.create({"Data": bucket(), "Leak": bucket(public=True, versioned=False)})
    stack.update({"Data": bucket()})
    stack.await_baseline(since=stack.started_at())
    return stack


def red_rule_deleted_by_hand(stack: Deployed) -> Deployed:
    red = {"Data": bucket(public=True, versioned=False), "Greet": function()}
    stack.create(red)
    stack.delete_config_rule("S3BucketLevelPublicAccessProhibited")
    stack.update({**red, "Greet": function("return 2")})
    return stack


def rule_of_a_bad_change_deleted_by_hand(stack: Deployed) -> Deployed:
    stack.create({"Data": bucket()})
    stack.delete_config_rule("S3BucketVersioningEnabled")
    stack.update({"Data": bucket(versioned=False)})
    return stack


def perfect_stack_that_must_improve(stack: Deployed) -> Deployed:
    stack = replace(stack, rules=IMPROVE)
    stack.create({"Data": bucket(), "Greet": function()})
    stack.update({"Data": bucket(), "More": bucket(), "Greet": function("return 2")})
    return stack


def one_fixed_another_introduced(stack: Deployed) -> Deployed:
    stack.create({"Data": bucket(versioned=False), "Other": bucket()})
    stack.update({"Data": bucket(), "Other": bucket(versioned=False)})
    return stack


def two_functions_and_the_gate_at_once(stack: Deployed) -> Deployed:
    resources: dict[str, Any] = {"Data": bucket(), "Greet": function(), "Part": function()}
    stack.create(resources, gate_after=[])
    stack.update({"Data": bucket(), "Greet": function("return 2"), "Part": function("return 3")}, gate_after=["Data"])
    stack.await_baseline(since=stack.started_at())
    return stack


def two_functions_refused_at_once(stack: Deployed) -> Deployed:
    stack.create({"Data": bucket(), "Greet": function(after=["Data"]), "Part": function(after=["Data"])})
    changed = {"Greet": function("return 2", after=["Data"]), "Part": function("return 3", after=["Data"])}
    stack.update({"Data": bucket(versioned=False), **changed}, gate_after=["Data"])
    return stack


def broken_glass(stack: Deployed) -> Deployed:
    stack.create({"Data": bucket()})
    stack.update({"Data": bucket(public=True)}, parameters={"GateEnforcement": "report"})
    return stack


def rows_of(run: dict[str, Any], path: str) -> list[dict[str, Any]]:
    """What Config had said of a resource when a run was decided."""
    return [row for row in run["snapshot"]["evaluations"] if row["resource"] == path]


def pairs_of(run: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(pair["rule"], pair["resource"]): pair for pair in run["scorecard"]["pairs"]}
