"""When a changed state is saved."""

from __future__ import annotations

import pytest

from workbench.local_aws.persistence.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock)


def test_nothing_is_due_without_a_change(pace: Pace) -> None:
    assert pace.pause() is None


def test_a_change_is_saved_when_it_is_quiet(pace: Pace) -> None:
    pace.changed()
    assert pace.pause() == 1


def test_another_change_puts_it_off_but_not_for_ever(pace: Pace, clock: Clock) -> None:
    pauses = []
    for _ in range(5):
        pace.changed()
        pauses.append(pace.pause())
        clock.now += 0.9
    assert pauses == pytest.approx([1, 1, 1, 1, 0.4])


def test_a_long_save_is_followed_by_a_long_rest(pace: Pace, clock: Clock) -> None:
    pace.saved(2)
    pace.changed()
    assert pace.pause() == 20


def test_a_failed_save_is_due_again(pace: Pace) -> None:
    pace.saved(0.1, again=True)
    assert pace.pause() == 10


def test_it_is_saved_once(pace: Pace, clock: Clock) -> None:
    pace.changed()
    clock.now += 2
    assert pace.wait()
    assert pace.pause() is None


def test_who_waits_is_let_go_at_the_end(pace: Pace) -> None:
    pace.close()
    assert not pace.wait()
