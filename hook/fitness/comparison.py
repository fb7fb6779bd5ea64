"""What a change did: pairs of now against pairs of the baseline, like for like.

Owns `Change` and `compare`. Waived pairs stay out of every list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.model import STACK_TYPE, Pair, Resource, Status
from fitness.score import counts, fitness, states

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
    judged = [(pair, baseline.known(*pair.key)) for pair in pairs if pair.known and not pair.waived]
    violations = [(pair, then) for pair, then in judged if pair.status is Status.NON_COMPLIANT]
    paths = {resource.path for resource in resources}
    return Change(
        like_for_like=_like_for_like(catalogue, resources, judged),
        regressed=tuple(pair for pair, then in violations if then is Status.COMPLIANT),
        fixed=tuple(pair for pair, then in judged if _was_fixed(pair, then)),
        introduced=tuple(pair for pair, then in violations if _is_new(pair, then, baseline)),
        standing=tuple(pair for pair, then in violations if not _is_new(pair, then, baseline)),
        resources_added=tuple(sorted(paths - baseline.resources.keys())),
        resources_removed=tuple(sorted(baseline.resources.keys() - paths)),
        architecture_changed=_architecture_changed(resources, baseline),
    )


def _is_new(pair: Pair, then: Status | None, baseline: Baseline) -> bool:
    return then is Status.COMPLIANT or pair.resource not in baseline.resources


def _was_fixed(pair: Pair, then: Status | None) -> bool:
    return then is Status.NON_COMPLIANT and pair.status is Status.COMPLIANT


def _like_for_like(
    catalogue: Catalogue, resources: Sequence[Resource], judged: Iterable[tuple[Pair, Status | None]]
) -> Fraction | None:
    both = [(pair, then) for pair, then in judged if then and counts(catalogue, pair)]
    now = fitness(catalogue, resources, states(pair for pair, _ in both))
    before = fitness(catalogue, resources, ((pair.rule, pair.resource, then) for pair, then in both))
    return None if now is None or before is None else now - before


def _architecture_changed(resources: Sequence[Resource], baseline: Baseline) -> bool:
    lasting = {resource.path for resource in resources if resource.type != _VERSION}
    lasting_then = {path for path, known in baseline.resources.items() if known.type != _VERSION}
    return lasting != lasting_then or any(
        baseline.precedes(resource.path, resource.updated_at)
        for resource in resources
        if resource.type not in _RELEASE_MACHINERY and not resource.type.startswith(_CUSTOM_RESOURCES)
    )
