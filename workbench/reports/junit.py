"""The scorecard as JUnit XML: one suite a category, one case a pair, and the verdict as a case of its own.

A violation is a failure, what could not be judged is an error, what is waived, not applicable or not counted is
skipped with its reason. That makes a CI show each pair; whether the change may go on is the exit code and the verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from fitness.model import Cause, Outcome, Pair, Status
from fitness.scorecard import Scorecard

from workbench.reports.console_links import ConsoleLinks, console_links
from workbench.reports.findings import CURES
from workbench.reports.formats import Page
from workbench.reports.wording import clean

_FAILED, _ERROR, _SKIPPED = "failure", "error", "skipped"


def render(card: Scorecard, page: Page) -> str:
    links = console_links(card, page.notes)
    root = Element("testsuites", name=clean(card.snapshot.stack))
    _add_verdict(root, card)
    for category in card.catalogue.categories.values():
        pairs = [pair for pair in card.judgement.pairs if card.catalogue.rules[pair.rule].category == category.id]
        if pairs:
            _add_category(root, card, category.title, pairs, links)
    _count(root, root.iter("testcase"))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _add_verdict(root: Element, card: Scorecard) -> None:
    suite = SubElement(root, "testsuite", name="Verdict", timestamp=_timestamp(card))
    case = SubElement(suite, "testcase", classname="fitness", name="verdict", time="0")
    kinds = {Outcome.FAIL: _FAILED, Outcome.INCONCLUSIVE: _ERROR}
    if card.verdict.outcome in kinds:
        result = SubElement(case, kinds[card.verdict.outcome], message=clean(card.verdict.sentence))
        result.text = "\n".join(clean(reason.message) for reason in card.verdict.reasons)
    _count(suite, [case])


def _add_category(root: Element, card: Scorecard, title: str, pairs: Iterable[Pair], links: ConsoleLinks) -> None:
    suite = SubElement(root, "testsuite", name=clean(title), timestamp=_timestamp(card))
    for pair in pairs:
        case = SubElement(suite, "testcase", classname=pair.rule, name=clean(pair.resource), time="0")
        _add_result(case, card, pair)
        _add_links(case, links, pair)
    _count(suite, suite.iter("testcase"))


def _add_result(case: Element, card: Scorecard, pair: Pair) -> None:
    rule = card.catalogue.rules[pair.rule]
    if pair.waived:
        SubElement(case, _SKIPPED, message="waived")
    elif pair.status is Status.NOT_APPLICABLE:
        SubElement(case, _SKIPPED, message="not applicable")
    elif pair.status is Status.NON_COMPLIANT and not card.judgement.matters(pair):
        SubElement(case, _SKIPPED, message="violated, but reported only")
    elif pair.status is Status.NON_COMPLIANT:
        message = f"{pair.resource} violates {rule.id} ({rule.title})."
        SubElement(case, _FAILED, message=clean(message), type=rule.severity).text = clean(
            f"{pair.annotation or ''} {rule.remediation or ''}"
        )
    elif pair.status is Status.INSUFFICIENT_DATA and not card.judgement.matters(pair):
        SubElement(case, _SKIPPED, message="not known, and reported only")
    elif pair.status is Status.INSUFFICIENT_DATA:
        what, cure = CURES[pair.cause or Cause.NO_ROW]
        SubElement(case, _ERROR, message=what, type=str(pair.cause)).text = clean(f"{pair.detail or ''} {cure}")


def _add_links(case: Element, links: ConsoleLinks, pair: Pair) -> None:
    """What went wrong ends with where the console shows it."""
    addresses = [
        table[key] for table, key in ((links.resources, pair.resource), (links.rules, pair.rule)) if key in table
    ]
    for result in (*case.iter(_FAILED), *case.iter(_ERROR)):
        result.text = "\n".join([result.text or "", *addresses])


def _count(suite: Element, cases: Iterable[Element]) -> None:
    every = list(cases)
    suite.set("tests", str(len(every)))
    for attribute, tag in (("failures", _FAILED), ("errors", _ERROR), ("skipped", _SKIPPED)):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in every)))


def _timestamp(card: Scorecard) -> str:
    return card.snapshot.taken_at.strftime("%Y-%m-%dT%H:%M:%S")
