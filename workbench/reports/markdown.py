"""The scorecard as a comment on a pull request: verdict, table of changed pairs, the details folded.

Names and annotations are not to be trusted: `escaped` leaves no character a meaning in Markdown or HTML, and nobody
is mentioned and no issue linked by a name.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence

from fitness.model import Outcome, Pair
from fitness.reason import plural
from fitness.rule import Category
from fitness.score import Figures
from fitness.scorecard import Scorecard

from workbench.reports import findings
from workbench.reports.console_links import ConsoleLinks, console_links
from workbench.reports.findings import CURES, Unseen
from workbench.reports.formats import Page
from workbench.reports.provenance import provenance
from workbench.reports.wording import clean, number, signed

# Lets a script find its comment and replace it.
MARKER = "<!-- config-fitness -->"
_SIGNS: Mapping[Outcome, str] = {
    Outcome.PASS: "✅",
    Outcome.WARN: "⚠️",
    Outcome.FAIL: "❌",
    Outcome.INCONCLUSIVE: "❔",
}
_ENTITIES = str.maketrans(
    {character: f"&#{ord(character)};" for character in "\\`*_{}[]<>()|~!&"}
    # A space of no width keeps @name from being a mention and #1 from being a link.
    | {"@": "@\u200b", "#": "#\u200b"}
)
_ROWS = 50
_NO_LINKS: Mapping[str, str] = {}


def render(card: Scorecard, page: Page) -> str:
    return "\n".join(_parts(card, console_links(card, page.notes))) + "\n"


def escaped(text: str) -> str:
    """The text on one line, every character of which is shown as it is."""
    return clean(text).translate(_ENTITIES).replace("www.", "www&#46;").replace("://", ":&#47;&#47;")


def _parts(card: Scorecard, links: ConsoleLinks) -> Iterator[str]:
    outcome = card.verdict.outcome
    yield MARKER
    yield f"### {_SIGNS[outcome]} {outcome}: {escaped(card.verdict.sentence)}"
    yield ""
    yield _summary(card)
    yield from (f"- {escaped(reason.message)}" for reason in findings.further_reasons(card))
    yield from _table(("", "Resource", "Rule", "Severity", "Config says"), _changed(card, links))
    yield from _folded("Categories", _categories(card))
    yield from _folded("What to fix first", _fixes(card, links))
    yield from _folded("What we could not see", _unseen(card, links))
    yield from _folded("Waivers in force", _waivers(card))
    yield f"<sub>{escaped(provenance(card))}</sub>"


def _summary(card: Scorecard) -> str:
    figures, change = card.figures, card.judgement.change
    parts = [f"**Fitness {number(figures.fitness)}**{_interval(figures)}"]
    if change and change.like_for_like is not None:
        parts.append(f"{signed(change.like_for_like)} since the baseline, like for like")
    if figures.coverage is not None:
        parts.append(f"{number(figures.coverage)} % judged")
    return " · ".join(parts) + "\n"


def _interval(figures: Figures) -> str:
    return "" if figures.low == figures.high else f" ({number(figures.low)} to {number(figures.high)})"


def _changed(card: Scorecard, links: ConsoleLinks) -> list[tuple[str, ...]]:
    return [
        *(_row(card, "❌ regressed", pair, links) for pair in findings.regressed(card)),
        *(_row(card, "❌ new", pair, links) for pair in findings.new_violations(card)),
        *(_row(card, "✅ fixed", pair, links) for pair in findings.fixed(card)),
    ]


def _row(card: Scorecard, what: str, pair: Pair, links: ConsoleLinks) -> tuple[str, ...]:
    rule = card.catalogue.rules[pair.rule]
    told = f"{_code(rule.id, links.rules)}<br>{escaped(rule.title)}"
    return what, _code(pair.resource, links.resources), told, rule.severity, _said(pair)


def _said(pair: Pair) -> str:
    return escaped(pair.annotation) if pair.annotation else ""


def _categories(card: Scorecard) -> Iterator[str]:
    rows = [
        (escaped(category.title), number(figures.fitness) + _interval(figures), _minimum(category))
        for category, figures in findings.categories(card)
    ]
    return _table(("Category", "Fitness", "Minimum"), rows)


def _minimum(category: Category) -> str:
    return "" if category.minimum is None else number(category.minimum)


def _fixes(card: Scorecard, links: ConsoleLinks) -> Iterator[str]:
    rows = [
        (
            signed(fix.gain),
            _code(fix.rule.id, links.rules),
            _codes(fix.pairs, links),
            escaped(fix.rule.remediation or ""),
        )
        for fix in findings.fixes(card)
    ]
    return _table(("Points", "Rule", "Resources", "How"), rows)


def _unseen(card: Scorecard, links: ConsoleLinks) -> Iterator[str]:
    rows = [
        (
            _code(pair.resource, links.resources),
            _code(pair.rule, links.rules),
            _why(group, pair),
            escaped(CURES[group.cause][1]),
        )
        for group in findings.unseen(card)
        for pair in group.pairs
    ]
    return _table(("Resource", "Rule", "Why", "Cure"), rows)


def _why(group: Unseen, pair: Pair) -> str:
    what = escaped(CURES[group.cause][0])
    return f"{what}: {escaped(pair.detail)}" if pair.detail else what


def _waivers(card: Scorecard) -> Iterator[str]:
    rows = [
        (
            _code(entry.waiver.rule),
            " ".join(_code(pattern) for pattern in entry.waiver.resources),
            escaped(entry.waiver.reason),
            f"{entry.waiver.expires} ({plural(entry.days_left, 'day')} left)",
        )
        for entry in findings.waived(card)
    ]
    return _table(("Rule", "Resources", "Reason", "Until"), rows)


def _code(name: str, links: Mapping[str, str] = _NO_LINKS) -> str:
    shown = f"<code>{escaped(name)}</code>"
    return f'<a href="{html.escape(links[name])}">{shown}</a>' if name in links else shown


def _codes(pairs: Iterable[Pair], links: ConsoleLinks) -> str:
    return " ".join(_code(pair.resource, links.resources) for pair in pairs)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield _line(heads)
    yield _line(["---"] * len(heads))
    yield from (_line(row) for row in rows[:_ROWS])
    if len(rows) > _ROWS:
        yield _line([f"and {len(rows) - _ROWS} more", *[""] * (len(heads) - 1)])
    yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _folded(title: str, body: Iterator[str]) -> Iterator[str]:
    lines = list(body)
    if lines:
        yield f"<details><summary>{title}</summary>"
        yield from lines
        yield "</details>"
        yield ""
