"""What holds no change back but should be known: the warnings of a verdict.

Owns `cautions` and the state of waivers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fitness.failures import below_minimum, got_worse
from fitness.gate import Waiver
from fitness.judgement import Judgement
from fitness.model import Pair, Status
from fitness.reason import Reason

EXPIRY_NOTICE = timedelta(days=14)
_NOTHING_TO_WAIVE = (Status.COMPLIANT, Status.NOT_APPLICABLE)


def cautions(judgement: Judgement, today: date) -> list[Reason]:
    """The reasons to warn, in order of importance."""
    return [
        *_standing_blocking_violations(judgement),
        *([] if got_worse(judgement) else below_minimum(judgement)),
        *_lost_rules(judgement),
        *_waivers(judgement, today),
        *_carried(judgement),
        *_nothing_to_score(judgement),
    ]


def _standing_blocking_violations(judgement: Judgement) -> Iterator[Reason]:
    for pair in judgement.change.standing if judgement.change else ():
        if judgement.blocks(pair):
            message = f"{pair.resource} still violates the blocking rule {pair.rule}."
            yield Reason("standing_blocking_violation", message, pair.rule, pair.resource)


def _lost_rules(judgement: Judgement) -> Iterator[Reason]:
    """Rules that judged an existing resource and now judge nothing: a way to lose sight of a violation."""
    if judgement.baseline is None:
        return
    judging = {pair.rule for pair in judgement.pairs if pair.status is not Status.NOT_APPLICABLE}
    paths = {resource.path for resource in judgement.resources}
    known = [key for key in judgement.baseline.statuses if judgement.baseline.known(*key)]
    for rule in sorted({rule for rule, resource in known if rule not in judging and resource in paths}):
        message = f"The rule {rule} judged resources that still exist, and now judges nothing."
        yield Reason("rule_lost", message, rule)


def _waivers(judgement: Judgement, today: date) -> Iterator[Reason]:
    for waiver in judgement.catalogue.waivers:
        covered = [pair for pair in judgement.pairs if waiver.covers(pair.rule, pair.resource)]
        code, message = _state(waiver, covered, today)
        if code:
            yield Reason(code, message, waiver.rule, ", ".join(waiver.resources))


def _state(waiver: Waiver, covered: list[Pair], today: date) -> tuple[str | None, str]:
    name = f"The waiver of {waiver.rule} for {', '.join(waiver.resources)}"
    left = waiver.expires - today
    if left < timedelta():
        return "waiver_expired", f"{name} expired on {waiver.expires} and no longer applies."
    if not covered:
        return "waiver_dangling", f"{name} matches nothing that is judged in this stack."
    if all(pair.status in _NOTHING_TO_WAIVE for pair in covered):
        return "waiver_unused", f"{name} waives no violation; remove it."
    if left <= EXPIRY_NOTICE:
        return "waiver_expiring", f"{name} expires on {waiver.expires}."
    return None, ""


def _carried(judgement: Judgement) -> Iterator[Reason]:
    for pair in judgement.pairs:
        if pair.carried:
            message = f"Config returned no row for {pair.rule} on {pair.resource}; the baseline's status is carried."
            yield Reason("carried", message, pair.rule, pair.resource)


def _nothing_to_score(judgement: Judgement) -> Iterator[Reason]:
    if judgement.score.total.coverage is None:
        yield Reason("nothing_to_score", "No rule that counts applies to any resource of the stack.")
