"""The scorecard for a terminal: the verdict first, then what moved, then what to do, then what could not be seen.

Owns the order and the wording of its sections; `layout` owns how they look. Readable at 80 columns and below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fitness.model import Enforcement, Pair
from fitness.reason import plural
from fitness.rule import Rule
from fitness.scorecard import Scorecard
from rich.console import RenderableType

from workbench.reports import findings, layout
from workbench.reports.bars import figures
from workbench.reports.console_links import ConsoleLinks, console_links
from workbench.reports.findings import CURES, Fix, Unseen, Waived
from workbench.reports.formats import Page
from workbench.reports.layout import entry, section
from workbench.reports.provenance import provenance
from workbench.reports.wording import clean, listing, shorten, signed

_FIXES = 10
_PAIRS = 12
_PATH = 44
_DETAILS = 3


def render(card: Scorecard, page: Page) -> str:
    return layout.printed(_report(card, page), page)


def _report(card: Scorecard, page: Page) -> Iterator[RenderableType]:
    links = console_links(card, page.notes)
    yield layout.headline(card.verdict.outcome, clean(card.verdict.sentence))
    yield from figures(card, page)
    yield from section("Also", [entry("-", clean(reason.message)) for reason in findings.further_reasons(card)])
    yield from _pairs(card, "Regressed", findings.regressed(card), page, links)
    yield from _pairs(card, "Violations on new resources", findings.new_violations(card), page, links)
    yield from section("Fixed", [entry("✓", _pair(card, pair), style="green") for pair in findings.fixed(card)])
    yield from _fixes(findings.fixes(card), page, links)
    yield from _reported(findings.reported_only(card))
    yield from section(
        "What we could not see", [line for group in findings.unseen(card) for line in _unseen(group, links)]
    )
    yield from section("Waivers in force", [_waiver(waived) for waived in findings.waived(card)])
    yield from section("", [layout.faint(provenance(card))])


def _pairs(
    card: Scorecard, title: str, pairs: Sequence[Pair], page: Page, links: ConsoleLinks
) -> Iterator[RenderableType]:
    lines = [line for pair in pairs[:_PAIRS] for line in _violation(card, pair, page, links)]
    yield from section(f"{title} ({len(pairs)})", [*lines, *_rest(pairs, _PAIRS)])


def _violation(card: Scorecard, pair: Pair, page: Page, links: ConsoleLinks) -> Iterator[RenderableType]:
    yield entry("✗", _pair(card, pair), style="red", link=links.resources.get(pair.resource))
    yield entry("", _kind(card.catalogue.rules[pair.rule]), style="faint", link=links.rules.get(pair.rule))
    if place := page.notes.places.get(pair.key):
        yield entry("", f"{place.file}:{place.line}:{place.column}", style="faint")
    if pair.annotation:
        yield entry("", f"Config says: {clean(pair.annotation)}", style="faint")


def _pair(card: Scorecard, pair: Pair) -> str:
    return f"{shorten(clean(pair.resource), _PATH)}: {clean(card.catalogue.rules[pair.rule].title)}"


def _kind(rule: Rule) -> str:
    words = [rule.id, rule.severity, *(["blocking"] if rule.enforcement is Enforcement.BLOCKING else [])]
    return clean(", ".join(words))


def _fixes(fixes: Sequence[Fix], page: Page, links: ConsoleLinks) -> Iterator[RenderableType]:
    lines = [line for fix in fixes[:_FIXES] for line in _fix(fix, page, links)]
    yield from section("What to fix first, by points to win", [*lines, *_rest(fixes, _FIXES)])


def _fix(fix: Fix, page: Page, links: ConsoleLinks) -> Iterator[RenderableType]:
    resources = listing(_where(pair, page) for pair in fix.pairs)
    link = links.rules.get(fix.rule.id)
    yield entry(signed(fix.gain), f"{_kind(fix.rule)}: {resources}", width=5, style="green", link=link)
    if fix.rule.remediation:
        yield entry("", clean(fix.rule.remediation), width=5, style="faint")


def _where(pair: Pair, page: Page) -> str:
    place = page.notes.places.get(pair.key)
    line = f" (line {place.line})" if place else ""
    return shorten(clean(pair.resource), _PATH) + line


def _reported(fixes: Sequence[Fix]) -> Iterator[RenderableType]:
    lines = [entry("-", f"{fix.rule.id}: {listing(clean(pair.resource) for pair in fix.pairs)}") for fix in fixes]
    yield from section("Violated, but not counted", [*lines[:_FIXES], *_rest(lines, _FIXES)])


def _unseen(group: Unseen, links: ConsoleLinks) -> Iterator[RenderableType]:
    what, cure = CURES[group.cause]
    yield entry("?", f"{what}: {plural(len(group.pairs), 'pair')}", style="magenta")
    for pair in group.pairs[:_PAIRS]:
        link = links.resources.get(pair.resource)
        yield entry("", f"{shorten(clean(pair.resource), _PATH)}: {pair.rule}", link=link)
    yield from _rest(group.pairs, _PAIRS)
    for detail in group.details[:_DETAILS]:
        yield entry("", f"AWS says: {clean(detail)}", style="faint")
    yield entry("", cure, style="faint")


def _waiver(waived: Waived) -> RenderableType:
    waiver = waived.waiver
    covered = plural(len(waived.violations), "violation")
    until = f"until {waiver.expires} ({plural(waived.days_left, 'day')} left)"
    owner = f", {clean(waiver.owner)}" if waiver.owner else ""
    return entry("-", f"{waiver.rule}: {covered} {until}. {clean(waiver.reason)}{owner}")


def _rest(items: Sequence[object], shown: int) -> Iterator[RenderableType]:
    if len(items) > shown:
        yield entry("", f"and {len(items) - shown} more; --format json lists all", style="faint")
