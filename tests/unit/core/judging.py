"""What one rule says of one bucket, in a few words: the smallest snapshot that a test can ask about.

The stack was updated at `UPDATE_START`; a bucket is unchanged unless `CHANGED` is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fitness.baseline import Baseline
from fitness.gate import Waiver
from fitness.model import ConfigRule, Evaluation, Failure, Pair, Resource, Status
from fitness.pairs import judge_pairs
from fitness.rule import Rule
from fitness.snapshot import Snapshot

from tests.unit.core.builders import (
    BUCKET,
    JUST_CHANGED,
    JUST_JUDGED,
    LAST_WEEK,
    NOW,
    UPDATE_START,
    catalogue,
    rule,
)

UNCHANGED = Resource("A", BUCKET, "a-1", LAST_WEEK)
CHANGED = replace(UNCHANGED, updated_at=JUST_CHANGED)
SSL = rule("bucket-ssl")
OWN = ConfigRule("orders-BucketSsl-1AB", "ConfigRules/BucketSsl", JUST_JUDGED, None, first_evaluation_started=True)
HUB = replace(OWN, name="securityhub-bucket-ssl-1a2b3c", path=None)
PACK = replace(OWN, name="bucket-ssl-conformance-pack-9z8y7x", path=None)


def row(
    status: str,
    by: ConfigRule = OWN,
    at: datetime | None = JUST_JUDGED,
    mode: str = "DETECTIVE",
    note: str | None = None,
) -> Evaluation:
    """A row on the bucket."""
    return Evaluation("A", by.name, Status(status), mode, at, at, at, note)


def snapshot(
    *rows: Evaluation,
    of: Resource = UNCHANGED,
    by: Sequence[ConfigRule] = (OWN,),
    failures: Sequence[Failure] = (),
) -> Snapshot:
    stack_id = "arn:aws:cloudformation:eu-west-1:111122223333:stack/orders/1"
    return Snapshot(
        stack="orders",
        stack_id=stack_id,
        account="111122223333",
        region="eu-west-1",
        taken_at=NOW,
        stack_updated_at=UPDATE_START,
        resources=(of,),
        config_rules=tuple(by),
        evaluations=rows,
        failures=tuple(failures),
    )


def only_pair(
    snapshot: Snapshot, baseline: Baseline | None = None, rule: Rule = SSL, waivers: Sequence[Waiver] = ()
) -> Pair:
    (pair,) = judge_pairs(catalogue(rule, waivers=waivers), snapshot, baseline)
    return pair


def judged(
    snapshot: Snapshot, baseline: Baseline | None = None, rule: Rule = SSL, waivers: Sequence[Waiver] = ()
) -> str:
    """The only pair of the snapshot, as `INSUFFICIENT_DATA stale` or `COMPLIANT carried`."""
    pair = only_pair(snapshot, baseline, rule, waivers)
    return " ".join(filter(None, [pair.status, pair.cause, "carried" * pair.carried, "waived" * pair.waived]))
