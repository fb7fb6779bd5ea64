"""When AWS Config records and evaluates, with a clock that tests move."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.local_services.fakes import BUCKET, START, World, bucket, custom, definition
from workbench.local_aws.config.store import Row


def test_a_change_is_judged_after_the_recording_delay_not_before() -> None:
    world = World(delay=20)
    world.rule(definition())
    world.wait(30)
    world.put(bucket("orders", "NON_COMPLIANT"))
    world.wait(19)
    assert world.compliance("orders") is None
    world.wait(2)
    assert world.compliance("orders") == "NON_COMPLIANT"


def test_until_the_delay_has_passed_the_old_result_remains() -> None:
    world = World(delay=20)
    world.put(bucket("orders"))
    world.rule(definition())
    world.wait(30)
    world.put(bucket("orders", "NON_COMPLIANT"))
    world.wait(15)
    assert world.compliance("orders") == "COMPLIANT"
    assert world.region.store.recorded[BUCKET, "orders"].resource.properties["Verdict"] == "COMPLIANT"


def test_a_result_is_ordered_by_the_time_of_the_change() -> None:
    world = World(delay=20)
    world.rule(definition())
    world.wait(30)
    world.put(bucket("orders"))
    world.wait(30)
    row = world.region.store.rows["rule", (BUCKET, "orders")]
    assert 30 <= (row.ordering_at - START).total_seconds() < 31
    assert (row.recorded_at - row.ordering_at).total_seconds() >= 20


def test_a_burst_of_changes_is_noticed_once() -> None:
    world = World(delay=1)
    for number in range(10):
        world.put(bucket("orders", Version=number))
    world.wait(5)
    assert [item.resource.properties["Version"] for item in world.region.store.history[BUCKET, "orders"]] == [9]


def test_what_did_not_change_is_not_judged_again() -> None:
    world = World(delay=1)
    world.rule(definition())
    world.put(bucket("orders"))
    world.wait(5)
    before = world.region.store.rows["rule", (BUCKET, "orders")]
    world.put(bucket("other"))
    world.wait(5)
    assert world.region.store.rows["rule", (BUCKET, "orders")] == before


def test_a_new_rule_judges_the_recorded_state_only() -> None:
    world = World(delay=1, records=False)
    world.put(bucket("unrecorded"))
    rule = world.rule(definition())
    world.wait(5)
    assert rule.status.started
    assert world.compliance("unrecorded") is None


def test_starting_a_change_triggered_rule_judges_the_last_recorded_state_again() -> None:
    world = World(delay=20)
    world.put(bucket("orders"))
    rule = world.rule(definition())
    world.wait(30)
    world.put(bucket("orders", "NON_COMPLIANT"))
    world.wait(1)
    world.region.start_evaluation(rule)
    world.wait(1)
    row = world.region.store.rows["rule", (BUCKET, "orders")]
    assert (row.compliance, row.ordering_at >= START) == ("COMPLIANT", True)
    world.wait(20)
    assert world.compliance("orders") == "NON_COMPLIANT"


def test_a_rule_is_evaluating_until_its_started_evaluation_has_ended() -> None:
    world = World()
    rule = world.rule(definition())
    world.wait(30)
    world.region.start_evaluation(rule)
    assert rule.is_evaluating
    world.wait(1)
    assert not rule.is_evaluating


def test_a_periodic_rule_judges_the_state_as_it_is_every_hour() -> None:
    world = World(delay=1, records=False)
    world.rule(definition("PERIODIC", MaximumExecutionFrequency="One_Hour"))
    world.wait(5)
    world.put(bucket("orders", "NON_COMPLIANT"))
    world.wait(3590)
    assert world.compliance("orders") is None
    world.wait(10)
    assert world.compliance("orders") == "NON_COMPLIANT"


def test_a_periodic_rule_is_not_triggered_by_changes() -> None:
    world = World(delay=1)
    world.rule(definition("PERIODIC"))
    world.wait(5)
    world.put(bucket("orders"))
    world.wait(60)
    assert world.compliance("orders") is None


def test_a_hybrid_rule_follows_changes_and_the_clock() -> None:
    world = World(delay=1)
    world.rule(definition("HYBRID", MaximumExecutionFrequency="One_Hour"))
    world.wait(5)
    world.put(bucket("orders"))
    world.wait(5)
    first = world.region.store.rows["rule", (BUCKET, "orders")].ordering_at
    world.wait(3600)
    assert world.region.store.rows["rule", (BUCKET, "orders")].ordering_at > first


def test_a_deleted_rule_is_not_evaluated_any_more() -> None:
    world = World(delay=1)
    world.rule(definition("PERIODIC", MaximumExecutionFrequency="One_Hour"))
    del world.region.store.rules["rule"]
    world.put(bucket("orders"))
    world.wait(7200)
    assert world.compliance("orders") is None


def test_results_of_a_deleted_resource_disappear_after_the_delay() -> None:
    world = World(delay=20)
    world.put(bucket("orders"))
    world.rule(definition())
    world.wait(30)
    world.remove("orders")
    world.wait(19)
    assert world.compliance("orders") == "COMPLIANT"
    world.wait(2)
    assert world.compliance("orders") is None


def test_while_nothing_is_recorded_results_of_deleted_resources_remain() -> None:
    world = World(delay=1)
    world.put(bucket("orders"))
    world.rule(definition())
    world.wait(5)
    world.records = False
    world.remove("orders")
    world.wait(5)
    assert world.compliance("orders") == "COMPLIANT"


def test_a_result_that_stops_applying_is_removed() -> None:
    world = World(delay=1)
    world.put(bucket("orders"))
    world.rule(definition())
    world.wait(5)
    world.put(bucket("orders", "NOT_APPLICABLE"))
    world.wait(5)
    assert world.compliance("orders") is None


def test_a_resource_that_cannot_be_judged_is_a_problem_of_the_rule_until_it_can() -> None:
    world = World(delay=1)
    rule = world.rule(definition())
    world.put(bucket("orders", "UNKNOWN"), bucket("items"))
    world.wait(5)
    assert list(rule.status.problems.values()) == ["because"]
    assert (world.compliance("orders"), world.compliance("items")) == (None, "COMPLIANT")
    world.put(bucket("orders"))
    world.wait(5)
    assert rule.status.problems == {}


def test_a_custom_rule_is_run_for_each_change_in_its_scope() -> None:
    world = World(delay=1)
    scope = {"Scope": {"ComplianceResourceTypes": [BUCKET], "ComplianceResourceId": "orders"}}
    world.rule(custom("ConfigurationItemChangeNotification", **scope))
    world.wait(5)
    world.put(bucket("orders"), bucket("other"))
    world.wait(5)
    assert world.started == [("rule", "orders")]


def test_a_custom_rule_is_told_of_deletions() -> None:
    world = World(delay=1)
    world.put(bucket("orders"))
    world.rule(custom("ConfigurationItemChangeNotification"))
    world.wait(5)
    world.remove("orders")
    world.wait(5)
    assert world.started == [("rule", "orders"), ("rule", "orders")]


def test_a_periodic_custom_rule_is_run_when_it_is_made_and_every_day() -> None:
    world = World(delay=1)
    world.rule(custom("ScheduledNotification"))
    world.wait(5)
    assert world.started == [("rule", None)]
    world.seconds += 24 * 3600
    world.agenda.run_due()
    assert world.started == [("rule", None)] * 2


def test_a_check_that_crashes_is_a_problem_of_one_resource() -> None:
    world = World(delay=1)
    rule = world.rule(definition())
    world.put(replace(bucket("orders"), properties={}), bucket("items"))
    world.wait(5)
    assert "KeyError" in rule.status.problems[BUCKET, "orders"]
    assert world.compliance("items") == "COMPLIANT"


SHOP = [{"Key": "team", "Value": "shop"}]


def test_the_result_of_a_resource_that_leaves_the_scope_disappears() -> None:
    world = World(delay=1)
    world.rule(definition(Scope={"TagKey": "team"}))
    world.put(bucket("orders", Tags=SHOP))
    world.wait(5)
    assert world.compliance("orders") == "COMPLIANT"
    world.put(bucket("orders"))
    world.wait(5)
    assert world.compliance("orders") is None


def test_a_rule_with_a_narrower_scope_forgets_the_results_outside() -> None:
    world = World(delay=1)
    world.put(bucket("orders", Tags=SHOP), bucket("items"))
    world.rule(definition())
    world.wait(5)
    world.rule(definition(Scope={"TagKey": "team"}))
    world.wait(5)
    assert (world.compliance("orders"), world.compliance("items")) == ("COMPLIANT", None)


def test_a_custom_rule_is_told_of_what_leaves_its_scope() -> None:
    world = World(delay=1)
    rule = world.rule(custom("ConfigurationItemChangeNotification", Scope={"TagKey": "team"}))
    world.put(bucket("orders", Tags=SHOP))
    world.wait(5)
    world.region.store.put_rows([Row(rule.name, (BUCKET, "orders"), "COMPLIANT", START, START, START)])
    world.put(bucket("orders"))
    world.wait(5)
    assert world.started == [("rule", "orders"), ("rule", "orders")]
