"""What a change did: pairs of now against pairs of the baseline, like for like.

Owns `Change` and `compare`. Waived pairs stay out of every list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.model import STACK_TYPE, Pair, Resource, Status
from fitness.score import counts, fitness

# New code alone updates these: they say nothing of the architecture.
_RELEASE_MACHINERY = ("AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version", STACK_TYPE)
_CUSTOM_RESOURCES = ("AWS::CloudFormation::CustomResource", "Custom::")
_VERSION = "AWS::Lambda::Version"


@dataclass(frozen=True)
class Change:
    """The pairs by what became of them.

    `introduced` and `standing` divide the violations of now: new ones (regressed, or on a resource that the baseline
    did not have) and old ones. `like_for_like` is in points, None when no pair is known both now and then.
    """

    like_for_like: Fraction | None
    regressed: tuple[Pair, ...]
    fixed: tuple[Pair, ...]
    introduced: tuple[Pair, ...]
    standing: tuple[Pair, ...]
    resources_added: tuple[str, ...]
    resources_removed: tuple[str, ...]
    architecture_changed: bool


def compare(catalogue: Catalogue, resources: Sequence[Resource], pairs: Sequence[Pair], baseline: Baseline) -> Change:
    """What changed since the baseline, both sides under today's catalogue."""
    judged = [pair for pair in pairs if not pair.waived]
    violations = [pair for pair in judged if pair.status is Status.NON_COMPLIANT]
    regressed = tuple(pair for pair in violations if baseline.known(*pair.key) is Status.COMPLIANT)
    new = {pair.key for pair in (*regressed, *(pair for pair in violations if pair.resource not in baseline.resources))}
    paths = {resource.path for resource in resources}
    return Change(
        like_for_like=_like_for_like(catalogue, resources, pairs, baseline),
        regressed=regressed,
        fixed=tuple(pair for pair in judged if _was_fixed(pair, baseline)),
        introduced=tuple(pair for pair in violations if pair.key in new),
        standing=tuple(pair for pair in violations if pair.key not in new),
        resources_added=tuple(sorted(paths - baseline.resources.keys())),
        resources_removed=tuple(sorted(baseline.resources.keys() - paths)),
        architecture_changed=_architecture_changed(resources, baseline),
    )


def _was_fixed(pair: Pair, baseline: Baseline) -> bool:
    return pair.status is Status.COMPLIANT and baseline.known(*pair.key) is Status.NON_COMPLIANT


def _like_for_like(
    catalogue: Catalogue, resources: Sequence[Resource], pairs: Iterable[Pair], baseline: Baseline
) -> Fraction | None:
    now = [pair for pair in pairs if pair.known and baseline.known(*pair.key) and counts(catalogue, pair)]
    then = [replace(pair, status=baseline.statuses[pair.key]) for pair in now]
    fitness_now, fitness_then = fitness(catalogue, resources, now), fitness(catalogue, resources, then)
    return None if fitness_now is None or fitness_then is None else fitness_now - fitness_then


def _architecture_changed(resources: Sequence[Resource], baseline: Baseline) -> bool:
    lasting = {resource.path for resource in resources if resource.type != _VERSION}
    lasting_then = {path for path, known in baseline.resources.items() if known.type != _VERSION}
    return lasting != lasting_then or any(
        baseline.precedes(resource.path, resource.updated_at)
        for resource in resources
        if resource.type not in _RELEASE_MACHINERY and not resource.type.startswith(_CUSTOM_RESOURCES)
    )
