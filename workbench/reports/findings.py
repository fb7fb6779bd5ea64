"""What a scorecard has to say, in order of importance, before any format gives it a shape.

Owns the grouping: what broke, what to fix first, what could not be seen, what is waived. Renderers only lay it out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from fractions import Fraction

from fitness.gate import Waiver
from fitness.model import Cause, Pair, Status
from fitness.reason import Reason
from fitness.rule import Category, Rule
from fitness.score import Figures
from fitness.scorecard import Scorecard


@dataclass(frozen=True)
class Fix:
    """A rule that some resources violate: what the fitness would rise by, and how to get there."""

    rule: Rule
    pairs: tuple[Pair, ...]
    gains: tuple[Fraction, ...]

    @property
    def gain(self) -> Fraction:
        return sum(self.gains, Fraction())


@dataclass(frozen=True)
class Unseen:
    """Pairs of which nothing is known, for one and the same cause."""

    cause: Cause
    pairs: tuple[Pair, ...]

    @property
    def details(self) -> Sequence[str]:
        """What AWS itself says of them, each saying once."""
        return list(dict.fromkeys(pair.detail for pair in self.pairs if pair.detail))


@dataclass(frozen=True)
class Waived:
    """A waiver in force: the violations that it covers, and the days it has left."""

    waiver: Waiver
    violations: tuple[Pair, ...]
    days_left: int


def categories(card: Scorecard) -> Sequence[tuple[Category, Figures]]:
    """The categories in display order."""
    return [(found, card.judgement.score.categories[found.id]) for found in card.catalogue.categories.values()]


def regressed(card: Scorecard) -> Sequence[Pair]:
    """Pairs that the baseline had compliant and that no longer are."""
    return card.judgement.change.regressed if card.judgement.change else ()


def new_violations(card: Scorecard) -> Sequence[Pair]:
    """Violations on resources that the baseline did not have."""
    known = {pair.key for pair in regressed(card)}
    change = card.judgement.change
    return [pair for pair in change.introduced if pair.key not in known] if change else ()


def fixed(card: Scorecard) -> Sequence[Pair]:
    """Pairs that the baseline had violated and that comply now."""
    return card.judgement.change.fixed if card.judgement.change else ()


def violations(card: Scorecard) -> Sequence[Pair]:
    """All violations that are not waived."""
    return [p for p in card.judgement.pairs if p.status is Status.NON_COMPLIANT and not p.waived]


def fixes(card: Scorecard) -> Sequence[Fix]:
    """Violated rules that count, by what complying would win."""
    gains = card.judgement.score.gains
    found = [
        Fix(card.catalogue.rules[rule], pairs, tuple(gains[pair.key] for pair in pairs))
        for rule, pairs in by_rule(card, violations(card)).items()
    ]
    return sorted((fix for fix in found if fix.gain > 0), key=lambda fix: (-fix.gain, fix.rule.id))


def reported_only(card: Scorecard) -> Sequence[Fix]:
    """Violated rules that do not count in the score."""
    return [
        Fix(card.catalogue.rules[rule], pairs, ())
        for rule, pairs in by_rule(card, violations(card)).items()
        if card.catalogue.weight(card.catalogue.rules[rule]) == 0
    ]


def by_rule(card: Scorecard, pairs: Sequence[Pair]) -> Mapping[str, tuple[Pair, ...]]:
    """The pairs of each rule, those with the greatest gain first."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: (-card.judgement.score.gains.get(pair.key, 0), pair.resource)):
        found[pair.rule].append(pair)
    return {rule: tuple(pairs) for rule, pairs in found.items()}


def unseen(card: Scorecard) -> Sequence[Unseen]:
    """Unknown pairs by cause, the cause of most of them first."""
    found: dict[Cause, list[Pair]] = defaultdict(list)
    for pair in card.judgement.pairs:
        if pair.status is Status.INSUFFICIENT_DATA and not pair.waived:
            found[pair.cause or Cause.NO_ROW].append(pair)
    groups = [Unseen(cause, tuple(pairs)) for cause, pairs in found.items()]
    return sorted(groups, key=lambda group: -len(group.pairs))


def carried(card: Scorecard) -> Sequence[Pair]:
    """Pairs whose status is the baseline's, because Config returned no row."""
    return [pair for pair in card.judgement.pairs if pair.carried]


def waived(card: Scorecard) -> Sequence[Waived]:
    """The waivers in force, the next to expire first."""
    today = card.snapshot.taken_at.astimezone(UTC).date()
    found = [
        Waived(waiver, _waived_violations(card, waiver), (waiver.expires - today).days)
        for waiver in card.catalogue.waivers
        if waiver.expires >= today
    ]
    return sorted(found, key=lambda entry: entry.days_left)


def _waived_violations(card: Scorecard, waiver: Waiver) -> tuple[Pair, ...]:
    return tuple(
        pair
        for pair in card.judgement.pairs
        if pair.waived and pair.status is Status.NON_COMPLIANT and waiver.covers(pair.rule, pair.resource)
    )


# These reasons name a pair that a section of its own tells more about.
_TOLD_ELSEWHERE = ("regression", "undecided", "carried")


def further_reasons(card: Scorecard) -> Sequence[Reason]:
    """The reasons after the worst that no other section tells."""
    introduced = {pair.key for pair in (*regressed(card), *new_violations(card))}
    return [
        reason
        for reason in card.verdict.reasons[1:]
        if reason.code not in _TOLD_ELSEWHERE and (reason.rule, reason.resource) not in introduced
    ]


CURES: Mapping[Cause, tuple[str, str]] = {
    Cause.STALE: (
        "Config has not judged them since they changed",
        "Wait for Config and score again; if it stays so, see that the configuration recorder is on.",
    ),
    Cause.RULE_MISSING: (
        "No Config rule of the account evaluates them",
        "Deploy with ProvisionRules=true, or name an existing Config rule under `match` in the catalogue.",
    ),
    Cause.NOT_EVALUATED: (
        "Their Config rule has never been evaluated",
        "Wait for its first evaluation; if none comes, see that the configuration recorder is on.",
    ),
    Cause.RULE_FAILING: (
        "Their Config rule fails to evaluate",
        "Correct the rule's parameters, or what its function may do.",
    ),
    Cause.DENIED: (
        "Reading their compliance was denied",
        "Allow config:GetComplianceDetailsByResource on all resources to the identity that reads.",
    ),
    Cause.ERROR: ("Reading their compliance failed", "Score again; the cause stands in the snapshot's failures."),
    Cause.UNRESOLVED: (
        "Only a deployment can tell",
        "Score the deployed stack; where a parameter decides, give it with --parameter.",
    ),
    Cause.NOT_RECORDED: (
        "Config has not recorded them",
        "Turn the configuration recorder on and have it record their type, or set their rule's enforcement to `off`.",
    ),
    Cause.NO_ROW: (
        "Config returned no row for them",
        "See that the configuration recorder records their type, and wait for the next evaluation.",
    ),
}
