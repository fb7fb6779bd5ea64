"""A large stack is judged while a person waits: the hook has better things to do with its time."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, product
from time import process_time

from fitness.baseline import Baseline, KnownResource
from fitness.model import ConfigRule, Evaluation, Status
from fitness.scorecard import make, to_json
from fitness.snapshot import Snapshot

from tests.unit.core import judging
from tests.unit.core.builders import (
    BASELINE_TAKEN,
    BUCKET,
    JUST_CHANGED,
    JUST_JUDGED,
    LAST_WEEK,
    catalogue,
    resources,
    rule,
)

NAMES = [f"rule{number}" for number in range(40)]
PATHS = [f"Resource{number}" for number in range(500)]
RULES = catalogue(*(rule(name) for name in NAMES), factors={"Resource1*": 3})


def large() -> Snapshot:
    """A row for each pair, of which a third is non-compliant and a few are stale."""
    statuses = cycle([Status.COMPLIANT, Status.COMPLIANT, Status.NON_COMPLIANT])
    times = cycle([*[JUST_JUDGED] * 28, LAST_WEEK])
    rows = (
        Evaluation(path, f"orders-{name}", status, "DETECTIVE", at, at, at, None)
        for (name, path), status, at in zip(product(NAMES, PATHS), statuses, times, strict=False)
    )
    return replace(
        judging.snapshot(by=[ConfigRule(f"orders-{name}", name.capitalize(), JUST_JUDGED) for name in NAMES]),
        resources=resources(PATHS, JUST_CHANGED),
        evaluations=tuple(rows),
    )


def test_a_stack_of_500_resources_and_40_rules_is_judged_within_a_second() -> None:
    known = {path: KnownResource(BUCKET, LAST_WEEK) for path in PATHS}
    before = Baseline(BASELINE_TAKEN, None, known, dict.fromkeys(product(NAMES, PATHS), Status.COMPLIANT))
    snapshot, start = large(), process_time()
    assert len(to_json(make(RULES, snapshot, before))["pairs"]) == 20_000
    assert process_time() - start < 1
