"""The scorecard as one HTML file that needs nothing else: no network, no other file, no JavaScript to be read.

Owns what the page is given. The parts with geometry or arithmetic have a module each; the templates only lay out.
Every value is escaped, and the content security policy allows only the style and the script that the page is made with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitness import __version__
from fitness.model import Resource
from fitness.scorecard import Scorecard

from workbench.reports import findings
from workbench.reports.console_links import console_links
from workbench.reports.formats import Page
from workbench.reports.html import assets, calculator, gauge, history, matrix, waterfall
from workbench.reports.provenance import provenance


def render(card: Scorecard, page: Page) -> str:
    return assets.template("report.html.j2").render(_content(card, page)) + "\n"


def _content(card: Scorecard, page: Page) -> Mapping[str, Any]:
    links = console_links(card, page.notes)
    return {
        "card": card,
        "catalogue": card.catalogue,
        "change": card.judgement.change,
        "figures": card.figures,
        "findings": findings,
        "links": links,
        "notes": page.notes,
        "gauge": gauge.gauge(card),
        "waterfall": waterfall.waterfall(card),
        "matrix": matrix.tables(card),
        "history": history.chart(page.notes.history),
        "calculator": calculator.data(card),
        "provenance": provenance(card),
        "version": __version__,
        "legend": matrix.LEGEND,
        "grid": [history.level(value) for value in (0, 50, 100)],
        "minimum_y": history.level(float(card.catalogue.gate.minimum)),
        "blind": _blind(card),
        "counted": sum(card.judgement.matters(pair) for pair in findings.violations(card)),
    }


def _blind(card: Scorecard) -> Sequence[Resource]:
    """Resources that no rule judges."""
    judged = {pair.resource for pair in card.judgement.pairs}
    return [resource for resource in card.snapshot.resources if resource.path not in judged]
