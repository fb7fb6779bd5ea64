"""Every managed rule says of each fixture what the fixture's name says, and the set of fixtures is closed."""

from __future__ import annotations

import pytest

from tests.rules.fixtures import CASES, FOLDERS, Case
from workbench.managed_rules import MANAGED_RULES, ManagedRule, Verdict

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
each_rule = pytest.mark.parametrize("rule", MANAGED_RULES.values(), ids=lambda rule: rule.id)


@each_case
def test_the_file_name_is_the_verdict(case: Case) -> None:
    finding = case.judge()
    assert finding.verdict == case.verdict, finding.message
    assert case.expected.get("Message", "") in finding.message


@each_case
def test_a_finding_points_at_the_property_at_fault(case: Case) -> None:
    finding = case.judge()
    assert finding.property_path == tuple(case.expected.get("Property", finding.property_path))
    assert finding.at == case.expected.get("At", finding.at)


def test_every_message_is_one_sentence() -> None:
    messages = [case.judge().message for case in CASES]
    assert [text for text in messages if not text.endswith(".") or text.endswith("..") or "\n" in text] == []


@each_rule
def test_every_verdict_of_a_rule_has_a_fixture(rule: ManagedRule) -> None:
    verdicts = {case.verdict for case in CASES if case.rule == rule}
    assert verdicts | {Verdict.UNKNOWN} == {*rule.verdicts, Verdict.UNKNOWN}


@each_rule
def test_every_rule_states_title_logic_and_source(rule: ManagedRule) -> None:
    assert rule.title.endswith(".")
    assert "\n" not in rule.title
    assert len(rule.logic) > 30
    assert rule.id in rule.source


def test_every_folder_of_fixtures_belongs_to_a_rule() -> None:
    assert set(FOLDERS) == {rule.id for rule in MANAGED_RULES.values()}
