"""The scorecard: a stack's fitness with all its reasons, as a value and as a JSON file.

Owns `Scorecard`, `make`, which is the whole pure path from facts to verdict, and the file format that a later
judgement takes as its baseline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from fractions import Fraction
from typing import Any

from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.comparison import Change
from fitness.documents import iso
from fitness.judgement import Judgement, judge
from fitness.model import Pair, Status
from fitness.pairs import judge_pairs
from fitness.rule import Rule
from fitness.score import Figures
from fitness.snapshot import Snapshot
from fitness.verdict import Verdict, decide

WAIVED = "WAIVED"
_DECIMALS = 6


@dataclass(frozen=True)
class Scorecard:
    """What is reported of one stack at one moment."""

    snapshot: Snapshot
    judgement: Judgement
    verdict: Verdict

    @property
    def catalogue(self) -> Catalogue:
        return self.judgement.catalogue

    @property
    def figures(self) -> Figures:
        return self.judgement.score.total


def make(catalogue: Catalogue, snapshot: Snapshot, baseline: Baseline | None = None) -> Scorecard:
    """Judges, scores, compares and decides."""
    judgement = judge(catalogue, snapshot.resources, judge_pairs(catalogue, snapshot, baseline), baseline)
    return Scorecard(snapshot, judgement, decide(judgement, snapshot.taken_at.astimezone(UTC).date()))


def tally(pairs: Iterable[Pair]) -> Mapping[str, Mapping[str, int]]:
    """How many pairs of each rule have each status, by rule id; a waived pair is counted as WAIVED only."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys((*Status, WAIVED), 0))
    for pair in pairs:
        found[pair.rule][WAIVED if pair.waived else pair.status.value] += 1
    return found


def to_json(scorecard: Scorecard) -> dict[str, Any]:
    """The scorecard file's content, ready for `json.dumps`."""
    snapshot, judgement = scorecard.snapshot, scorecard.judgement
    return {
        "version": 1,
        "stack": snapshot.stack,
        "taken_at": iso(snapshot.taken_at),
        "catalogue": {"digest": scorecard.catalogue.digest},
        **_figures(judgement.score.total),
        "fitness_without_waivers": _number(judgement.score.fitness_without_waivers),
        "categories": _categories(judgement),
        "resources": [
            {"path": resource.path, "type": resource.type, "updated_at": iso(resource.updated_at)}
            for resource in sorted(snapshot.resources, key=lambda resource: resource.path)
        ],
        "rules": _rules(judgement),
        "pairs": [_pair(judgement, pair) for pair in judgement.pairs],
        "change": _change(judgement.change) if judgement.change else None,
        "verdict": {**_verdict(scorecard.verdict), "enforcement": scorecard.catalogue.gate.enforcement.value},
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), _DECIMALS)


def _figures(figures: Figures) -> dict[str, float | None]:
    return {
        "fitness": _number(figures.fitness),
        "low": _number(figures.low),
        "high": _number(figures.high),
        "coverage": _number(figures.coverage),
    }


def _categories(judgement: Judgement) -> dict[str, Any]:
    rules = judgement.catalogue.rules.values()
    return {
        category.id: {
            "title": category.title,
            **_figures(judgement.score.categories[category.id]),
            "points": _number(
                sum((judgement.score.points[r.id].points for r in rules if r.category == category.id), Fraction())
            ),
        }
        for category in judgement.catalogue.categories.values()
    }


def _rules(judgement: Judgement) -> list[dict[str, Any]]:
    counts = tally(judgement.pairs)
    return [{**_rule(judgement, rule), "counts": counts[rule.id]} for rule in judgement.catalogue.rules.values()]


def _rule(judgement: Judgement, rule: Rule) -> dict[str, Any]:
    points = judgement.score.points[rule.id]
    return {
        "id": rule.id,
        "title": rule.title,
        "category": rule.category,
        "severity": rule.severity,
        "enforcement": rule.enforcement.value,
        "weight": _number(rule.weight * judgement.catalogue.categories[rule.category].weight),
        "points": _number(points.points),
        "held": _number(points.held),
        "lost": _number(points.lost),
    }


def _pair(judgement: Judgement, pair: Pair) -> dict[str, Any]:
    return {
        "rule": pair.rule,
        "resource": pair.resource,
        "status": pair.status.value,
        "cause": pair.cause.value if pair.cause else None,
        "waived": pair.waived,
        "carried": pair.carried,
        "annotation": pair.annotation,
        "recorded_at": iso(pair.recorded_at),
        "gain": _number(judgement.score.gains.get(pair.key)),
        **({"detail": pair.detail} if pair.detail else {}),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "like_for_like": _number(change.like_for_like),
        "regressed": _keys(change.regressed),
        "fixed": _keys(change.fixed),
        "introduced": _keys(change.introduced),
        "standing": _keys(change.standing),
        "resources_added": list(change.resources_added),
        "resources_removed": list(change.resources_removed),
    }


def _keys(pairs: Iterable[Pair]) -> list[dict[str, str]]:
    return [{"rule": pair.rule, "resource": pair.resource} for pair in pairs]


def _verdict(verdict: Verdict) -> dict[str, Any]:
    reasons = [
        {"code": reason.code, "rule": reason.rule, "resource": reason.resource, "message": reason.message}
        for reason in verdict.reasons
    ]
    return {"outcome": verdict.outcome.value, "reasons": reasons}
