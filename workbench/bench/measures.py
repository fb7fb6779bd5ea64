"""What is measured, and against what.

Owns the pairs of callables. A yardstick is what the same work would take without our doing, or in the plainest way.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fitness import scorecard, snapshot
from fitness.model import Pair, Status
from fitness.pairs import judge_pairs
from fitness.score import score

from workbench.bench import world
from workbench.render import ROOT
from workbench.reports.formats import FORMATS, Page, render

Action = Callable[[], object]
_SAMPLE = 3


@dataclass(frozen=True)
class Measure:
    """Something to time, and its yardstick; `times` is how much of the whole work the yardstick stands for."""

    name: str
    action: Action
    yardstick: str
    reference: Action
    times: float = 1.0


def measures() -> Iterator[Measure]:
    """Everything that `make bench` tells."""
    yield from _start_up()
    yield from _pure()
    yield from _reports()


def _start_up() -> Iterator[Measure]:
    python = [sys.executable, "-c", "pass"]
    yield Measure("fitness --help", _run("fitness", "--help"), "Python alone", lambda: _call(python))
    lint = _run("cfn-lint", "template.yaml")
    yield Measure("fitness preview, our template", _run("fitness", "preview"), "cfn-lint, the same", lint)


def _pure() -> Iterator[Measure]:
    catalogue, facts = world.rules(), world.snapshot()
    text = json.dumps(snapshot.to_json(facts))
    yield Measure("read a snapshot", lambda: snapshot.from_json(text, "s"), "its JSON alone", lambda: json.loads(text))
    pairs = judge_pairs(catalogue, facts)
    violated = [number for number, pair in enumerate(pairs) if pair.status is Status.NON_COMPLIANT]

    def scored() -> object:
        return score(catalogue, facts.resources, pairs)

    def gains_one_by_one() -> object:
        return [score(catalogue, facts.resources, _fixed(pairs, number)) for number in violated[:_SAMPLE]]

    every = len(violated) / _SAMPLE
    yield Measure("score, all gains", scored, "a score for each gain", gains_one_by_one, every)
    yield Measure("judge, score, decide", lambda: scorecard.make(catalogue, facts), "scoring alone", scored)


def _fixed(pairs: tuple[Pair, ...], number: int) -> tuple[Pair, ...]:
    return (*pairs[:number], replace(pairs[number], status=Status.COMPLIANT), *pairs[number + 1 :])


def _reports() -> Iterator[Measure]:
    card = scorecard.make(world.rules(), world.snapshot())
    for format_ in FORMATS:
        yield Measure(
            f"report as {format_}",
            lambda format_=format_: render(card, format_, Page()),  # type: ignore[misc]
            "the same as JSON",
            lambda: render(card, "json", Page()),
        )


def _run(program: str, *arguments: str) -> Action:
    return lambda: _call([str(Path(sys.executable).parent / program), *arguments])


def _call(command: list[str]) -> object:
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False)  # noqa: S603
