"""The gate on every kind of change, with the real hook, gate and recorder, while Config lags behind."""

from __future__ import annotations

import json

import pytest

from tests.e2e.gate import scenarios
from tests.e2e.gate.after import after
from tests.e2e.gate.deployed import Deployed
from tests.e2e.gate.scenarios import pairs_of, rows_of

pytestmark = pytest.mark.slow
PUBLIC, VERSIONING = "s3-bucket-level-public-access-prohibited", "s3-bucket-versioning-enabled"
HTTPS = "s3-bucket-ssl-requests-only"
SILENT = "never-heard-of"


@after(scenarios.good_change)
def test_a_good_change_waits_until_config_has_judged_it_and_passes(outcome: Deployed) -> None:
    assert (outcome.status(), outcome.verdict()["outcome"]) == ("UPDATE_COMPLETE", "PASS")
    for run in outcome.decisions():
        started = run["snapshot"]["stack_updated_at"]
        assert all(row["ordering_at"] >= started for row in rows_of(run, "Data"))
    assert json.loads(outcome.baseline_text() or b"")["fitness"] == 100


@after(scenarios.bad_change)
def test_a_bad_change_is_refused_and_never_passed_on_what_config_said_before(outcome: Deployed) -> None:
    assert outcome.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert {run["answer"] for run in outcome.decisions()} == {"Failed"}
    assert outcome.reasons() == [("regression", VERSIONING, "Data")]


@after(scenarios.public_bucket_among_good_ones)
def test_a_public_bucket_among_ten_good_new_ones_is_refused(outcome: Deployed) -> None:
    assert outcome.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert outcome.reasons() == [("blocking_violation", PUBLIC, "Leak")]


@after(scenarios.bad_policy_of_an_unchanged_bucket)
def test_a_bad_policy_of_a_bucket_that_did_not_change_itself_is_refused(outcome: Deployed) -> None:
    assert outcome.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert outcome.reasons() == [("regression", HTTPS, "Data")]


@after(scenarios.public_permission_of_an_unchanged_function)
def test_a_permission_that_opens_a_function_which_did_not_change_itself_is_refused(outcome: Deployed) -> None:
    assert outcome.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert outcome.reasons() == [("regression", "lambda-function-public-access-prohibited", "Greet")]


@after(scenarios.silent_rule)
def test_a_rule_that_never_answers_is_inconclusive_with_its_cause_once_wait_is_over(outcome: Deployed) -> None:
    assert (outcome.status(), outcome.verdict()["outcome"]) == ("UPDATE_ROLLBACK_COMPLETE", "INCONCLUSIVE")
    run = outcome.decisions()[-1]
    assert {pair["cause"] for (rule, _), pair in pairs_of(run).items() if rule == SILENT} == {"no_row"}
    assert outcome.seconds_to_decide(run) < scenarios.WAIT + 10


@after(scenarios.failing_rule)
def test_a_rule_that_fails_is_inconclusive_in_the_words_of_config(outcome: Deployed) -> None:
    assert outcome.verdict()["outcome"] == "INCONCLUSIVE"
    said = outcome.last_error("NeverHeardOf").rstrip(".")[:300]
    assert f"its Config rule fails to evaluate ({said})" in outcome.refusal()
    causes = {pair["cause"] for (rule, _), pair in pairs_of(outcome.decisions()[-1]).items() if rule == SILENT}
    assert causes == {"rule_failing"}


@after(scenarios.architecture_only_regression)
def test_a_regression_of_the_architecture_alone_is_refused_and_rolled_back(
    outcome: tuple[Deployed, bytes | None],
) -> None:
    stack, _ = outcome
    assert (stack.status(), stack.versioning("Data")) == ("UPDATE_ROLLBACK_COMPLETE", "Enabled")
    assert f"FAIL: Data was compliant with {VERSIONING} (high) and no longer is." in stack.refusal()


@after(scenarios.architecture_only_regression)
def test_after_a_rollback_the_baseline_is_the_old_one_byte_for_byte(outcome: tuple[Deployed, bytes | None]) -> None:
    stack, before = outcome
    assert before is not None
    assert stack.baseline_text() == before


@after(scenarios.architecture_only_regression)
def test_after_a_rollback_the_record_shows_what_is_live_again(outcome: tuple[Deployed, bytes | None]) -> None:
    stack, _ = outcome
    assert stack.recorded()[-1]["scorecard"]["fitness"] == 100


@after(scenarios.good_change_right_after_a_rollback)
def test_a_good_change_right_after_a_rollback_is_not_judged_by_what_was_rolled_back(outcome: Deployed) -> None:
    assert (outcome.status(), outcome.reasons()) == ("UPDATE_COMPLETE", [])
    assert [run["answer"] for run in outcome.decisions()] == ["Failed", "Succeeded"]


@after(scenarios.hotfix_below_the_minimum)
def test_a_hotfix_of_the_code_passes_with_a_warning_on_a_stack_below_the_minimum(outcome: Deployed) -> None:
    assert (outcome.status(), outcome.verdict()["outcome"]) == ("UPDATE_COMPLETE", "WARN")
    assert {code for code, _, _ in outcome.reasons()} == {"standing_blocking_violation", "below_minimum"}


@after(scenarios.deletion_of_a_bad_resource)
def test_deleting_a_bad_resource_gives_no_failure(outcome: Deployed) -> None:
    assert (outcome.status(), {run["answer"] for run in outcome.decisions()}) == ("UPDATE_COMPLETE", {"Succeeded"})
    baseline = json.loads(outcome.baseline_text() or b"")
    assert (baseline["fitness"], baseline["change"]["resources_removed"]) == (100, ["Leak"])


@after(scenarios.red_rule_deleted_by_hand)
def test_a_violation_stays_one_when_its_config_rule_is_deleted_by_hand(outcome: Deployed) -> None:
    pair = pairs_of(outcome.decisions()[-1])[PUBLIC, "Data"]
    assert (pair["status"], pair["carried"]) == ("NON_COMPLIANT", True)
    assert ("standing_blocking_violation", PUBLIC, "Data") in outcome.reasons()


@after(scenarios.rule_of_a_bad_change_deleted_by_hand)
def test_a_bad_change_does_not_pass_when_its_config_rule_is_deleted_by_hand(outcome: Deployed) -> None:
    assert (outcome.status(), outcome.verdict()["outcome"]) == ("UPDATE_ROLLBACK_COMPLETE", "INCONCLUSIVE")
    assert ("undecided", VERSIONING, "Data") in outcome.reasons()
    assert pairs_of(outcome.decisions()[-1])[VERSIONING, "Data"]["cause"] == "rule_missing"


@after(scenarios.perfect_stack_that_must_improve)
def test_a_perfect_stack_can_still_be_deployed_when_it_must_improve(outcome: Deployed) -> None:
    assert (outcome.status(), outcome.verdict()["outcome"]) == ("UPDATE_COMPLETE", "PASS")
    assert outcome.decisions()[-1]["scorecard"]["fitness"] == 100


@after(scenarios.one_fixed_another_introduced)
def test_one_violation_fixed_does_not_pay_for_another(outcome: Deployed) -> None:
    assert outcome.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert outcome.reasons() == [("regression", VERSIONING, "Other")]
    change = outcome.decisions()[-1]["scorecard"]["change"]
    assert change["fixed"] == [{"rule": VERSIONING, "resource": "Data"}]


@after(scenarios.broken_glass)
def test_the_broken_glass_lets_a_failure_through_and_says_so(outcome: Deployed) -> None:
    run = outcome.decisions()[-1]
    assert (outcome.status(), run["answer"]) == ("UPDATE_COMPLETE", "Succeeded")
    verdict = run["scorecard"]["verdict"]
    assert (verdict["outcome"], verdict["enforcement"]) == ("FAIL", "report")
