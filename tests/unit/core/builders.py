"""Values of the core from a few words.

`"ssl: A+ B-w; kms: A? B/"` are the pairs of the rules `ssl` and `kms` with the resources `A` and `B`: `+` compliant,
`-` non-compliant, `?` insufficient data, `/` not applicable; a following `w` means waived.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction

from fitness.baseline import Baseline, KnownResource
from fitness.catalogue import DEFAULT_SEVERITIES, Catalogue
from fitness.gate import Gate, Waiver
from fitness.model import Cause, Enforcement, Pair, Resource, Status
from fitness.rule import Category, Criticality, Rule
from fitness.score import Score, score

BUCKET = "AWS::S3::Bucket"
LAST_WEEK = datetime(2026, 11, 15, 9, 0, tzinfo=UTC)
BASELINE_TAKEN = datetime(2026, 11, 15, 9, 30, tzinfo=UTC)
UPDATE_START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
JUST_CHANGED = datetime(2026, 11, 22, 10, 1, tzinfo=UTC)
JUST_JUDGED = datetime(2026, 11, 22, 10, 2, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)

_STATUSES = {
    "+": Status.COMPLIANT,
    "-": Status.NON_COMPLIANT,
    "?": Status.INSUFFICIENT_DATA,
    "/": Status.NOT_APPLICABLE,
}
_PAIR = re.compile(r"(\w+)([-+?/])(w?)")


def rule(
    name: str,
    weight: int | str | Fraction = 1,
    category: str = "security",
    severity: str = "medium",
    enforcement: Enforcement = Enforcement.SCORED,
    match: tuple[str, ...] = (),
) -> Rule:
    """A rule on buckets for the managed Config rule of its name."""
    return Rule(
        id=name,
        title=f"{name} is right",
        category=category,
        severity=severity,
        weight=Fraction(weight),
        enforcement=enforcement,
        managed=name.upper().replace("-", "_"),
        function=None,
        resource_types=(BUCKET,),
        parameters={},
        frequency=None,
        exclude=(),
        match=match,
        remediation=None,
    )


def category(name: str, weight: int | Fraction = 1, minimum: int | None = None) -> Category:
    return Category(name, name.capitalize(), Fraction(weight), None if minimum is None else Fraction(minimum))


def catalogue(
    *rules: Rule,
    categories: Iterable[Category] = (),
    factors: Mapping[str, int | Fraction] | None = None,
    gate: Gate | None = None,
    waivers: Iterable[Waiver] = (),
) -> Catalogue:
    """A catalogue; categories that are not given weigh 1, `factors` is the criticality by logical path."""
    known = {name: category(name) for name in sorted({rule.category for rule in rules})}
    return Catalogue(
        severities=DEFAULT_SEVERITIES,
        categories=known | {category.id: category for category in categories},
        criticality=tuple(Criticality(path, None, Fraction(factor)) for path, factor in (factors or {}).items()),
        rules={rule.id: rule for rule in rules},
        gate=gate or Gate(),
        waivers=tuple(waivers),
        digest="sha256:0",
    )


def pairs(text: str) -> tuple[Pair, ...]:
    return tuple(_pairs(text))


def _pairs(text: str) -> Iterator[Pair]:
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _, states = part.partition(":")
        for state in states.split():
            found = _PAIR.fullmatch(state)
            assert found, f"{state!r} is no pair"
            status = _STATUSES[found[2]]
            cause = Cause.NO_ROW if status is Status.INSUFFICIENT_DATA else None
            yield Pair(name, found[1], status, cause, waived=bool(found[3]))


def resources(paths: Iterable[str], updated_at: datetime | None = LAST_WEEK) -> tuple[Resource, ...]:
    return tuple(Resource(path, BUCKET, f"{path}-1".lower(), updated_at) for path in sorted(set(paths)))


def paths_of(text: str) -> set[str]:
    return {pair.resource for pair in pairs(text)}


def scored(catalogue: Catalogue, text: str) -> Score:
    return score(catalogue, resources(paths_of(text)), pairs(text))


def baseline(text: str, *more: str) -> Baseline:
    """A baseline that knew these pairs, and `more` resources without any."""
    known = {path: KnownResource(BUCKET, LAST_WEEK) for path in (*paths_of(text), *more)}
    return Baseline(BASELINE_TAKEN, None, known, {pair.key: pair.status for pair in pairs(text)})


def waiver(rule: str, *patterns: str, expires: date = date(2027, 3, 31)) -> Waiver:
    return Waiver(rule, patterns, "Audited elsewhere.", None, expires)
