"""Stacks, releases, rules and resources as the console shows them, from the answers of AWS."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from workbench.local_aws.console import releases, resources, rules, stacks, tones
from workbench.local_aws.console.tones import Tone

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def described(name: str, parent: str | None = None) -> dict[str, Any]:
    nested = {"ParentId": parent, "RootId": parent} if parent else {}
    return {"StackName": name, "StackId": f"id-{name}", "StackStatus": "CREATE_COMPLETE", "CreationTime": NOW, **nested}


def summary(logical_id: str, kind: str, physical_id: str) -> dict[str, Any]:
    return {
        "LogicalResourceId": logical_id,
        "ResourceType": kind,
        "PhysicalResourceId": physical_id,
        "ResourceStatus": "CREATE_COMPLETE",
        "LastUpdatedTimestamp": NOW,
    }


def run(run_id: str, answer: str = "Succeeded", **fields: Any) -> releases.Run:
    return releases.Run(
        **{"id": run_id, "at": NOW, "answer": answer, "outcome": "PASS", "fitness": 80.0, "sentence": "", **fields}
    )


def deployment(deployment_id: str, status: str = "Succeeded", **info: Any) -> dict[str, Any]:
    return {"deploymentId": deployment_id, "deploymentGroupName": "group", "status": status, "createTime": NOW, **info}


def item(minutes: int, configuration: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "configurationItemCaptureTime": NOW + timedelta(minutes=minutes),
        "configurationItemStatus": "OK",
        "configuration": json.dumps(configuration),
        **fields,
    }


@pytest.mark.parametrize(
    ("status", "tone"),
    [
        ("CREATE_COMPLETE", Tone.GOOD),
        ("UPDATE_ROLLBACK_COMPLETE", Tone.BAD),
        ("UPDATE_ROLLBACK_IN_PROGRESS", Tone.BUSY),
        ("CREATE_FAILED", Tone.BAD),
        ("DELETE_COMPLETE", Tone.NONE),
    ],
)
def test_a_rolled_back_stack_is_bad_and_one_in_progress_busy(status: str, tone: Tone) -> None:
    assert tones.of_stack(status) is tone


def test_nested_stacks_follow_their_parent() -> None:
    found = stacks.stacks([described("b-rules", "id-b"), described("c"), described("b")], {"b": 81.0})
    assert [(each.name, each.depth, each.fitness) for each in found] == [
        ("b", 0, 81.0),
        ("b-rules", 1, None),
        ("c", 0, None),
    ]


def test_a_nested_stack_whose_parent_is_gone_is_listed_itself() -> None:
    assert [each.depth for each in stacks.stacks([described("orphan", "id-gone")], {})] == [0]


def test_a_resource_is_joined_with_what_config_says_under_its_own_id() -> None:
    role, api = ("AWS::IAM::Role", "AROA1"), ("AWS::ApiGateway::RestApi", "arn:aws:apigateway:eu-west-1::/restapis/a1")
    summaries = [
        summary("Role", role[0], "shop-role"),
        summary("Api", api[0], "a1"),
        summary("Alias", "AWS::Lambda::Alias", "x"),
    ]
    judged = {role: "COMPLIANT", api: "NON_COMPLIANT"}
    assert stacks.named_types(summaries, "eu-west-1") == {"AWS::IAM::Role"}
    found = stacks.parts(summaries, judged, {("AWS::IAM::Role", "shop-role"): "AROA1"}, "eu-west-1")
    assert [(part.logical_id, part.key, part.compliance) for part in found] == [
        ("Alias", None, ""),
        ("Api", api, "NON_COMPLIANT"),
        ("Role", role, "COMPLIANT"),
    ]


def test_a_deployment_is_told_with_its_judgement() -> None:
    (found,) = releases.releases([deployment("d-1", "Failed")], [run("d-1", "Failed", sentence="It regressed.")])
    assert (found.tone, found.fitness, found.sentence) == (Tone.BAD, 80.0, "It regressed.")


def test_a_deployment_without_a_judgement_tells_its_error() -> None:
    (found,) = releases.releases([deployment("d-1", "Stopped", errorInformation={"message": "By hand."})], [])
    assert (found.tone, found.fitness, found.sentence) == (Tone.BAD, None, "By hand.")


def test_a_deployment_that_failed_after_its_judgement_is_refused() -> None:
    assert releases.releases([deployment("d-1", "Failed")], [run("d-1", "Succeeded")])[0].tone is Tone.BAD


def side_by_side(second: str = "Succeeded", minutes: int = 0, **info: Any) -> list[dict[str, Any]]:
    over = NOW + timedelta(minutes=1)
    begun = NOW + timedelta(minutes=minutes)
    first = deployment("d-1", completeTime=over)
    return [first, deployment("d-2", second, **{"deploymentGroupName": "other", "createTime": begun, **info})]


def test_functions_that_are_deployed_side_by_side_are_one_release() -> None:
    (found,) = releases.releases(side_by_side(), [run("d-1"), run("d-2")])
    assert (found.id, found.what, found.status) == ("d-1, d-2", "group, other", "Succeeded")


def test_a_release_comes_to_what_the_worst_of_its_deployments_comes_to() -> None:
    runs = [run("d-1"), run("d-2", "Failed", outcome="FAIL", sentence="It regressed.")]
    (found,) = releases.releases(side_by_side("Failed"), runs)
    assert (found.tone, found.outcome, found.sentence) == (Tone.BAD, "FAIL", "It regressed.")


def test_a_release_is_not_over_before_all_of_it_is() -> None:
    assert releases.releases(side_by_side("InProgress"), [])[0].tone is Tone.BUSY


def test_what_is_deployed_later_or_again_is_another_release() -> None:
    later = releases.releases(side_by_side(minutes=2), [])
    again = releases.releases(side_by_side(deploymentGroupName="group"), [])
    assert (len(later), len(again)) == (2, 2)


def test_judgements_without_a_deployment_are_told_too_newest_first() -> None:
    gate, recorded = run("gate", "Failed", at=NOW + timedelta(1)), run("daily", "Recorded", at=NOW + timedelta(2))
    found = releases.releases([deployment("d-1")], [gate, recorded])
    assert [(each.id, each.is_decided) for each in found] == [("daily", False), ("gate", True), ("d-1", True)]


def test_a_record_tells_its_worst_reason() -> None:
    card = {
        "taken_at": NOW.isoformat(),
        "fitness": None,
        "verdict": {"outcome": "FAIL", "reasons": [{"message": "a"}, {"message": "b"}]},
    }
    found = releases.run({"id": "r", "answer": "Failed", "scorecard": card})
    assert (found.at, found.fitness, found.outcome, found.sentence) == (NOW, None, "FAIL", "a")


def test_rules_are_listed_worst_first() -> None:
    definitions = [{"ConfigRuleName": name, "Source": {"Owner": "AWS", "SourceIdentifier": "X"}} for name in "abc"]
    compliances = [
        {"ConfigRuleName": "b", "Compliance": {"ComplianceType": "COMPLIANT"}},
        {
            "ConfigRuleName": "c",
            "Compliance": {
                "ComplianceType": "NON_COMPLIANT",
                "ComplianceContributorCount": {"CappedCount": 25, "CapExceeded": True},
            },
        },
    ]
    found = rules.rules(definitions, compliances, [])
    assert [(rule.name, rule.compliance, rule.count) for rule in found] == [
        ("c", "NON_COMPLIANT", "25+"),
        ("b", "COMPLIANT", ""),
        ("a", "INSUFFICIENT_DATA", ""),
    ]


def test_a_timeline_tells_what_changed_newest_first() -> None:
    items = [
        item(0, {"Versioning": {"Status": "Enabled"}, "Name": "a"}),
        item(1, {"Versioning": {"Status": "Suspended"}, "Name": "a", "Tags": []}),
    ]
    newest, first = resources.timeline(items)
    assert newest.changes == (
        resources.Change("Tags", "", "[]"),
        resources.Change("Versioning.Status", '"Enabled"', '"Suspended"'),
    )
    assert (first.at, first.changes) == (NOW, ())


def test_a_timeline_tells_of_what_belongs_to_a_resource() -> None:
    policy = {"supplementaryConfiguration": {"BucketPolicy": json.dumps({"Deny": "http"})}}
    newest, _ = resources.timeline([item(0, {}), item(1, {}, **policy)])
    assert newest.changes == (resources.Change("BucketPolicy", "", '{"Deny": "http"}'),)


def test_a_configuration_that_is_not_json_is_shown_as_it_is() -> None:
    assert resources.current([item(0, {}, supplementaryConfiguration={"Note": "<b>"})]) == '{\n  "Note": "<b>"\n}'


def test_no_items_make_no_timeline() -> None:
    assert (resources.timeline([]), resources.current([])) == ((), "")
