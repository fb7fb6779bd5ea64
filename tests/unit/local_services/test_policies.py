"""What Guard's reports mean to a custom policy rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from workbench.local_aws.config.policies import MISSING, check, evaluate, guard
from workbench.local_aws.service import AwsError

NAMED = 'rule named when resourceType == "AWS::S3::Bucket" { resourceName == "orders" <<Call it orders>> }'
LOUD = 'rule loud when resourceType == "AWS::S3::Bucket" { resourceName == /!$/ }'


def item(name: str, kind: str = "AWS::S3::Bucket") -> Mapping[str, Any]:
    return {"resourceType": kind, "resourceName": name}


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        pytest.param(item("orders"), "COMPLIANT", id="passes"),
        pytest.param(item("else"), "NON_COMPLIANT", id="fails"),
        pytest.param(item("orders", "AWS::SQS::Queue"), "NOT_APPLICABLE", id="is skipped"),
    ],
)
def test_a_policy_has_three_answers(given: Mapping[str, Any], verdict: str) -> None:
    assert evaluate(NAMED, given, guard()).verdict == verdict


def test_the_policys_own_sentence_explains_a_failure() -> None:
    assert evaluate(NAMED, item("else"), guard()).message == "Call it orders"


def test_without_an_own_sentence_guards_explains_a_failure() -> None:
    assert evaluate(LOUD, item("quiet"), guard()).message.startswith("Check was not compliant as property value")


def test_a_sentence_that_many_clauses_share_is_said_once() -> None:
    twice = "rule twice { a exists <<Give both>>\n b exists <<Give both>> }"
    assert evaluate(twice, {}, guard()).message == "Give both"


def test_without_guard_no_policy_is_taken() -> None:
    with pytest.raises(AwsError, match="has no package") as refusal:
        check(NAMED, None)
    assert refusal.value.code == "InvalidParameterValueException"


def test_without_guard_nothing_is_judged() -> None:
    finding = evaluate(NAMED, item("orders"), None)
    assert (finding.verdict, finding.message) == ("UNKNOWN", MISSING)


@pytest.mark.parametrize("text", ["", "   ", "rule {", "no policy at all", 'rule a { b == "c }'])
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(AwsError, match="PolicyText"):
        check(text, guard())
