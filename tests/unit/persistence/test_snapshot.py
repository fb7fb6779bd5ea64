"""The state of all parts at one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from workbench.local_aws.persistence import pickling
from workbench.local_aws.persistence.gate import Gate
from workbench.local_aws.persistence.snapshot import snapshot


@dataclass
class Holding:
    """A part with this state."""

    tell: Callable[[], Any]

    def state(self) -> Any:
        return self.tell()

    def restore(self, state: Any) -> None:
        """Not asked for here."""


def of_moto(**services: Any) -> Mapping[str, Holding]:
    return {"moto": Holding(lambda: services)}


def test_what_parts_share_stays_shared() -> None:
    shared = ["one"]
    taken = snapshot({**of_moto(s3=shared), "own": Holding(lambda: shared)})
    state = pickling.loads(taken.state)
    assert state["moto"]["s3"] is state["own"]


def test_a_service_that_cannot_be_kept_is_left_out_and_named() -> None:
    taken = snapshot(of_moto(s3={}, exotic=(each for each in [])))
    assert pickling.loads(taken.state) == {"moto": {"s3": {}}}
    assert "exotic" in taken.left_out


def test_what_changes_meanwhile_is_tried_again() -> None:
    left = ["dictionary changed size during iteration"] * 3

    def tell() -> str:
        if left:
            raise RuntimeError(left.pop())
        return "calm"

    assert pickling.loads(snapshot({"moto": Holding(tell)}).state) == {"moto": "calm"}


def test_a_closed_gate_lets_nobody_in() -> None:
    gate, passed = Gate(), threading.Event()

    def pass_through() -> None:
        with gate.passed():
            passed.set()

    thread = threading.Thread(target=pass_through)
    with gate.closed():
        thread.start()
        assert not passed.wait(0.05)
    thread.join()
    assert passed.is_set()


def test_a_request_that_stays_inside_does_not_hold_up_the_gate() -> None:
    gate = Gate()
    with gate.passed(), gate.closed():
        pass
    with gate.passed():
        pass


def test_own_parts_are_never_left_out() -> None:
    with pytest.raises(TypeError, match="cannot pickle"):
        snapshot({**of_moto(), "own": Holding(lambda: (each for each in []))})
