"""JUnit XML as a CI reads it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from tests.unit.reports.cards import READ, RESTORE, RULES, VERSIONS, Statuses, card_of
from workbench.reports import junit
from workbench.reports.formats import Page


def report_of(statuses: Statuses, rules: str = RULES) -> Element:
    return fromstring(junit.render(card_of(statuses, rules=rules), Page()))  # noqa: S314 - our own text


def results_of(root: Element) -> dict[str, list[str]]:
    """The results of the verdict and of one rule."""
    cases = [case for case in root.iter("testcase") if case.get("classname") in ("fitness", READ, RESTORE)]
    return {case.get("name", ""): [result.tag for result in case] for case in cases}


def test_each_pair_is_a_case() -> None:
    root = report_of({READ: {"Good": "c", "Bad": "n"}, RESTORE: {"Table": "?"}})
    assert results_of(root) == {"verdict": ["failure"], "Good": [], "Bad": ["failure"], "Table": ["error"]}
    assert [root.get(key) for key in ("tests", "failures", "errors", "skipped")] == ["6", "2", "1", "2"]


def test_each_category_is_a_suite() -> None:
    root = report_of({READ: {"Bucket": "c"}, VERSIONS: {"Bucket": "c"}})
    assert [suite.get("name") for suite in root] == ["Verdict", "Security", "Reliability"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(("enforcement: blocking", "enforcement: report"), "violated, but reported only", id="reported"),
        pytest.param(
            ("version: 1", f"version: 1\nwaivers: [{{rule: {READ}, resources: [B*], reason: R, expires: 2027-01-01}}]"),
            "waived",
            id="waived",
        ),
    ],
)
def test_what_does_not_count_is_skipped_with_its_reason(change: tuple[str, str], reason: str) -> None:
    root = report_of({READ: {"Bucket": "n"}}, RULES.replace(*change))
    case = next(case for case in root.iter("testcase") if case.get("name") == "Bucket")
    assert [(result.tag, result.get("message")) for result in case] == [("skipped", reason)]


def test_a_hostile_name_stays_a_name() -> None:
    assert '<"&>\ufffd' in results_of(report_of({READ: {'<"&>\x00': "n"}}))


def test_what_is_not_known_and_does_not_count_is_skipped() -> None:
    root = report_of({READ: {"Bucket": "?"}}, RULES.replace("enforcement: blocking", "enforcement: report"))
    assert "not known, and reported only" in [one.get("message") for one in root.iter("skipped")]
    assert root.get("errors") == "0"
