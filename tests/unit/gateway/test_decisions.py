"""What authorizers decided is kept for its time."""

from __future__ import annotations

from itertools import count

from workbench.local_aws.gateway.decisions import Decisions


def test_a_decision_is_kept_until_its_time_is_over() -> None:
    now, numbers = [0.0], count()
    decisions = Decisions(lambda: now[0])
    assert [decisions.decided("a", 10, lambda: next(numbers)) for _ in range(2)] == [0, 0]
    now[0] = 10.0
    assert decisions.decided("a", 10, lambda: next(numbers)) == 1


def test_each_identity_has_its_own() -> None:
    numbers = count()
    decisions = Decisions(lambda: 0.0)
    assert [decisions.decided(key, 10, lambda: next(numbers)) for key in "aba"] == [0, 1, 0]


def test_without_a_time_to_live_nothing_is_kept() -> None:
    numbers = count()
    decisions = Decisions(lambda: 0.0)
    assert [decisions.decided("a", 0, lambda: next(numbers)) for _ in range(2)] == [0, 1]
