"""Everything that a verdict weighs, for one assumption about the pairs that are unknown.

Owns `Judgement`: pairs, their score and their comparison with the baseline, computed together so that none can be
of another state than the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.comparison import Change, compare
from fitness.model import Enforcement, Pair, Resource, Status
from fitness.score import Score, counts, score


@dataclass(frozen=True)
class Judgement:
    """A state of the stack under a catalogue; `change` is None without a baseline."""

    catalogue: Catalogue
    resources: tuple[Resource, ...]
    pairs: tuple[Pair, ...]
    baseline: Baseline | None
    score: Score
    change: Change | None

    @property
    def introduced(self) -> Sequence[Pair]:
        """Violations that this change brought; without a baseline, all."""
        if self.change:
            return self.change.introduced
        return [pair for pair in self.pairs if pair.status is Status.NON_COMPLIANT and not pair.waived]

    @property
    def unknown(self) -> Sequence[Pair]:
        """Pairs that matter, of which nothing is known."""
        return [pair for pair in self.pairs if pair.status is Status.INSUFFICIENT_DATA and self.matters(pair)]

    def counts(self, pair: Pair) -> bool:
        """Whether the pair is part of the score."""
        return counts(self.catalogue, pair)

    def blocks(self, pair: Pair) -> bool:
        """Whether a violation of the pair's rule may not be introduced, whatever it weighs."""
        return self.catalogue.rules[pair.rule].enforcement is Enforcement.BLOCKING

    def matters(self, pair: Pair) -> bool:
        return self.counts(pair) or (self.blocks(pair) and not pair.waived)

    def assuming(self, status: Status) -> Judgement:
        """The judgement if every unknown pair had this status."""
        if not any(pair.status is Status.INSUFFICIENT_DATA for pair in self.pairs):
            return self
        pairs = tuple(
            replace(pair, status=status) if pair.status is Status.INSUFFICIENT_DATA else pair for pair in self.pairs
        )
        return judge(self.catalogue, self.resources, pairs, self.baseline)


def judge(
    catalogue: Catalogue, resources: Sequence[Resource], pairs: Sequence[Pair], baseline: Baseline | None
) -> Judgement:
    """Scores the pairs and compares them with the baseline."""
    return Judgement(
        catalogue=catalogue,
        resources=tuple(resources),
        pairs=tuple(pairs),
        baseline=baseline,
        score=score(catalogue, resources, pairs),
        change=compare(catalogue, resources, pairs, baseline) if baseline else None,
    )
