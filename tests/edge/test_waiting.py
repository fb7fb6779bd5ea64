"""Waiting for Config with a clock that only sleeping moves."""

from datetime import timedelta

import pytest
from fitness.baseline import Baseline, KnownResource
from fitness.catalogue import Catalogue
from fitness.model import Resource, Status
from fitness.reader import Reader
from fitness.snapshot import Snapshot
from fitness.waiting import Patience

from tests.edge.catalogues import catalogue
from tests.edge.fake_aws import START, FakeAws, own_rule, row

VERSIONING, SCALING = "S3BucketVersioningEnabled", "DynamodbAutoscalingEnabled"
BUCKET = Resource("Bucket", "AWS::S3::Bucket", "b-1", START)
TABLE = Resource("Table", "AWS::DynamoDB::Table", "t-1", START)
OLD = START - timedelta(days=1)
OLD_BUCKET = Resource("Old", "AWS::S3::Bucket", "b-0", OLD)


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def wait(
    aws: FakeAws, seconds: float = 600, rules: Catalogue | None = None, baseline: Baseline | None = None
) -> tuple[Snapshot, list[str]]:
    log: list[str] = []
    reader = Reader(aws, rules or catalogue(), aws.clock)
    patience = Patience(reader, baseline, START + after(seconds), aws.clock.sleep, log.append)
    return patience.until_evaluated(reader.snapshot(aws.stack("orders"))), log


def aws(*rows: tuple[str, float], **more: object) -> FakeAws:
    """An AWS whose bucket is judged at these seconds after the update's start."""
    judged = [row("Bucket", rule, Status.COMPLIANT, START + after(seconds)) for rule, seconds in rows]
    fake = FakeAws(listing=[BUCKET], rules=[own_rule(VERSIONING, OLD)], rows=judged)
    for name, value in more.items():
        setattr(fake, name, value)
    return fake


def test_waiting_ends_when_the_new_row_has_settled() -> None:
    fake = aws((VERSIONING, 20))

    snapshot, _ = wait(fake)

    assert len(snapshot.evaluations) == 1
    assert START + after(50) <= fake.clock.now <= START + after(75)


def test_a_row_from_before_the_update_is_waited_out() -> None:
    fake = aws((VERSIONING, -3600), (VERSIONING, 100))

    snapshot, _ = wait(fake)

    assert max(found.ordering_at for found in snapshot.evaluations if found.ordering_at) == START + after(100)


def test_a_newer_row_starts_the_settling_again() -> None:
    fake = aws((VERSIONING, 1), (VERSIONING, 25))

    wait(fake)

    assert fake.clock.now >= START + after(55)


def test_a_rule_that_never_answers_is_given_up_at_the_deadline() -> None:
    fake = aws()

    snapshot, _ = wait(fake, seconds=90)

    assert fake.clock.now == START + after(90)
    assert snapshot.evaluations == ()


def test_an_unchanged_resource_is_not_waited_for() -> None:
    fake = aws(listing=[OLD_BUCKET])

    wait(fake)

    assert fake.clock.now == START


def test_only_changed_resources_are_asked_again() -> None:
    fake = aws((VERSIONING, 20), listing=[OLD_BUCKET, BUCKET])

    wait(fake)

    assert fake.asked.count(("AWS::S3::Bucket", "b-0")) == 1


def test_a_rule_that_judged_and_kept_no_row_is_waited_for_until_the_change_has_settled() -> None:
    fake = aws(rules=[own_rule(VERSIONING, START + after(1))])

    wait(fake)

    assert START + after(30) <= fake.clock.now <= START + after(50)


def test_a_rule_that_has_only_judged_another_resource_so_far_does_not_pass_this_one() -> None:
    fake = aws((VERSIONING, 10), rules=[own_rule(VERSIONING, START + after(1))])

    snapshot, _ = wait(fake)

    assert len(snapshot.evaluations) == 1


def test_a_new_resource_that_config_has_not_recorded_yet_is_waited_for() -> None:
    judged_another = own_rule(VERSIONING, START + after(100))
    fake = aws((VERSIONING, 200), rules=[judged_another], recorded_from={"b-1": START + after(199)})

    snapshot, _ = wait(fake)

    assert len(snapshot.evaluations) == 1


def test_a_bucket_whose_policy_changed_is_waited_for() -> None:
    policy = Resource("Door", "AWS::S3::BucketPolicy", "b-0", START)
    rows = [row("Old", VERSIONING, Status.COMPLIANT, at) for at in (OLD, START + after(20))]

    snapshot, _ = wait(aws(listing=[OLD_BUCKET, policy], rows=rows))

    assert len(snapshot.evaluations) == 2


BAD = Status.NON_COMPLIANT
ROLLED_BACK = Resource("Bucket", "AWS::S3::Bucket", "b-1", START - after(5))
ACCEPTED = Baseline(OLD, None, {"Bucket": KnownResource("AWS::S3::Bucket", OLD)}, {})
REFUSED = row("Bucket", VERSIONING, Status.NON_COMPLIANT, START - after(30))


def test_what_was_rolled_back_a_moment_ago_is_waited_for() -> None:
    restored = row("Bucket", VERSIONING, Status.COMPLIANT, START + after(40))

    snapshot, log = wait(aws(listing=[ROLLED_BACK], rows=[REFUSED, restored]), baseline=ACCEPTED)

    assert restored in snapshot.evaluations
    assert log[0] == "waiting for newer rows of Bucket, which may have changed, 0 s of 600 s"


def test_a_row_of_what_was_rolled_back_is_believed_after_a_while() -> None:
    fake = aws(listing=[ROLLED_BACK], rows=[REFUSED])

    wait(fake, baseline=ACCEPTED)

    assert START + after(115) <= fake.clock.now <= START + after(140)


def test_a_changed_rule_that_judged_the_old_state_anew_is_not_believed_at_once() -> None:
    bucket = Resource("Bucket", "AWS::S3::Bucket", "b-1", START + after(5))
    rows = [row("Bucket", VERSIONING, status, START + after(at)) for status, at in ((Status.COMPLIANT, 2), (BAD, 100))]
    known = Baseline(OLD, None, {"Bucket": KnownResource("AWS::S3::Bucket", OLD)}, {})

    snapshot, _ = wait(aws(listing=[bucket], rows=rows), baseline=known)

    assert {found.compliance for found in snapshot.evaluations} == {Status.COMPLIANT, BAD}


def test_a_missing_rule_is_waited_for_only_until_the_change_has_settled() -> None:
    fake = aws(rules=[])

    wait(fake)

    assert START + after(30) <= fake.clock.now <= START + after(50)


def periodic(refusals: int = 0) -> FakeAws:
    judged = [row("Table", SCALING, Status.COMPLIANT, START + after(70))]
    return FakeAws(listing=[TABLE], rules=[own_rule(SCALING, OLD)], rows=judged, refusals=refusals)


def test_a_periodic_rule_is_started_once() -> None:
    fake = periodic()

    wait(fake)

    assert fake.started == [(START, [f"orders-{SCALING}"])]


def test_a_refused_start_is_tried_again() -> None:
    fake = periodic(refusals=2)

    wait(fake)

    assert len(fake.started) == 3


def test_a_change_triggered_rule_is_never_started() -> None:
    fake = aws((VERSIONING, 20))

    wait(fake)

    assert fake.started == []


MANY_RULES = "version: 1\ncategories: {security: {}}\nrules:\n" + "".join(
    f"  rule-{number}: {{title: T, category: security, severity: low, resource_types: [AWS::DynamoDB::Table], "
    f"frequency: One_Hour}}\n"
    for number in range(30)
)


def test_periodic_rules_are_started_25_at_a_time_and_a_minute_apart() -> None:
    fake = FakeAws(listing=[TABLE], rules=[own_rule(f"Rule{number}", OLD) for number in range(30)])

    wait(fake, rules=catalogue(MANY_RULES))

    (first, some), (second, rest) = fake.started
    assert (len(some), len(rest)) == (25, 5)
    assert second - first >= after(60)


def test_the_log_says_what_is_waited_for() -> None:
    _, log = wait(aws((VERSIONING, 20)))

    assert log[0] == "waiting for 1 pair of Bucket, 0 s of 600 s"
    assert log[-1].startswith("waiting for Config to settle, ")


@pytest.mark.parametrize("seconds", [1, 37, 599])
def test_waiting_never_passes_the_deadline(seconds: float) -> None:
    fake = aws()

    wait(fake, seconds=seconds)

    assert fake.clock.now == START + after(seconds)
