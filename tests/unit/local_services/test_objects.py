"""Objects that were replaced: readable for a while, closed in the end."""

from __future__ import annotations

from workbench.local_aws.corrections.objects import Leaving


def test_a_replaced_object_stays_open_for_a_while() -> None:
    now, closed = [0.0], list[str]()
    leaving = Leaving(closed.append, clock=lambda: now[0])
    leaving.add("first")
    now[0] = 9.0
    leaving.add("second")
    assert closed == []


def test_the_next_one_closes_those_whose_time_is_over() -> None:
    now, closed = [0.0], list[str]()
    leaving = Leaving(closed.append, clock=lambda: now[0])
    leaving.add("first")
    leaving.add("second")
    now[0] = 11.0
    leaving.add("third")
    assert closed == ["first", "second"]
