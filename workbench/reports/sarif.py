"""The scorecard as SARIF 2.1.0, which code hosts turn into annotations.

Results are the violations, and what could not be judged as open questions. Each names its resource as a logical
location, and its place in the template where the page knows one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fitness import __version__
from fitness.model import Cause, Enforcement, Pair, Status
from fitness.rule import Rule
from fitness.scorecard import Scorecard, to_json

from workbench.reports import findings
from workbench.reports.console_links import ConsoleLinks, console_links
from workbench.reports.findings import CURES
from workbench.reports.formats import Page
from workbench.reports.wording import clean

Json = dict[str, Any]
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[str, str] = {"critical": "error", "high": "error", "medium": "warning"}
_FIGURES = ("fitness", "low", "high", "coverage", "fitness_without_waivers", "verdict")


def render(card: Scorecard, page: Page) -> str:
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(card, page)]}
    return json.dumps(log, indent=2) + "\n"


def _run(card: Scorecard, page: Page) -> Json:
    rules = list(card.catalogue.rules.values())
    links = console_links(card, page.notes)
    driver = {"name": "config-fitness", "version": __version__, "rules": [_rule(rule, links) for rule in rules]}
    index = {rule.id: position for position, rule in enumerate(rules)}
    whole = to_json(card)
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"config-fitness/{clean(card.snapshot.stack)}/"},
        "invocations": [{"executionSuccessful": True, "endTimeUtc": whole["taken_at"]}],
        "results": [
            _result(card, page, pair) | _viewer(links, pair) | {"ruleIndex": index[pair.rule]}
            for pair in _reported(card)
        ],
        "columnKind": "unicodeCodePoints",
        "properties": {key: whole[key] for key in _FIGURES},
    }


def _viewer(links: ConsoleLinks, pair: Pair) -> Json:
    """Where the resource's timeline is."""
    return {"hostedViewerUri": links.resources[pair.resource]} if pair.resource in links.resources else {}


def _rule(rule: Rule, links: ConsoleLinks) -> Json:
    remediation = clean(rule.remediation or "")
    page = {"helpUri": links.rules[rule.id]} if rule.id in links.rules else {}
    return {
        "id": rule.id,
        "name": rule.logical_id,
        "shortDescription": {"text": clean(rule.title)},
        "fullDescription": {"text": clean(rule.title)},
        "help": {"text": remediation or clean(rule.title)},
        **page,
        "defaultConfiguration": {"level": _level(rule), "enabled": rule.enforcement is not Enforcement.OFF},
        "properties": {"category": rule.category, "severity": rule.severity, "tags": [rule.category, rule.severity]},
    }


def _level(rule: Rule) -> str:
    return _LEVELS.get(rule.severity, "note")


def _reported(card: Scorecard) -> Iterator[Pair]:
    wanted = (Status.NON_COMPLIANT, Status.INSUFFICIENT_DATA)
    return (pair for pair in card.judgement.pairs if pair.status in wanted)


def _result(card: Scorecard, page: Page, pair: Pair) -> Json:
    rule = card.catalogue.rules[pair.rule]
    violated = pair.status is Status.NON_COMPLIANT
    result: Json = {
        "ruleId": rule.id,
        "kind": "fail" if violated else "open",
        "level": _result_level(card, pair) if violated else "none",
        "message": {"text": _message(card, pair)},
        "locations": [_location(card, page, pair)],
        "partialFingerprints": {"pair/v1": hashlib.sha256(f"{pair.rule} {pair.resource}".encode()).hexdigest()},
        "suppressions": _suppressions(card, pair),
    }
    if card.judgement.change:
        introduced = pair in card.judgement.change.introduced
        result["baselineState"] = "new" if introduced else "unchanged"
    return result


def _result_level(card: Scorecard, pair: Pair) -> str:
    return _level(card.catalogue.rules[pair.rule]) if card.judgement.matters(pair) else "note"


def _message(card: Scorecard, pair: Pair) -> str:
    if pair.status is Status.INSUFFICIENT_DATA:
        what, cure = CURES[pair.cause or Cause.NO_ROW]
        return clean(
            f"Whether {pair.resource} complies with {pair.rule} is not known. {what}. {pair.detail or ''} {cure}"
        )
    title = card.catalogue.rules[pair.rule].title
    return clean(f"{pair.resource} does not comply: {title}. {pair.annotation or ''}")


def _suppressions(card: Scorecard, pair: Pair) -> list[Json]:
    return [
        {"kind": "external", "status": "accepted", "justification": clean(entry.waiver.reason)}
        for entry in findings.waived(card)
        if pair.waived and entry.waiver.covers(pair.rule, pair.resource)
    ]


def _location(card: Scorecard, page: Page, pair: Pair) -> Json:
    name = clean(pair.resource)
    logical = {
        "name": name.rpartition("/")[2],
        "fullyQualifiedName": f"{card.snapshot.stack}/{name}",
        "kind": "resource",
    }
    place = page.notes.places.get(pair.key)
    if place is None:
        return {"logicalLocations": [logical]}
    region = {"startLine": place.line, "startColumn": place.column}
    physical = {"artifactLocation": {"uri": _uri(place.file)}, "region": region}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _uri(file: str) -> str:
    """Relative to where the command runs, where code hosts look; a file elsewhere has an address of its own."""
    path = Path(file)
    if not path.is_absolute():
        return quote(path.as_posix())
    here = Path.cwd()
    return quote(path.relative_to(here).as_posix()) if path.is_relative_to(here) else path.as_uri()
