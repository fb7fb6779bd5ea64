"""Custom policy rules: policies in Guard's language, evaluated on configuration items.

Owns how AWS Config asks Guard and what Guard's answers mean. Guard has no package for every computer: where it is
missing, such rules are refused in one sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.local_aws.config import rules
from workbench.local_aws.config.description import notified_item
from workbench.local_aws.config.items import Item
from workbench.local_aws.config.store import Rule
from workbench.local_aws.service import AwsError, RequestContext

Validate = Callable[[str, str], Mapping[str, Any]]
"""Guard: a document and rules, both texts, to its report."""

MISSING = "This computer cannot evaluate custom policy rules: the Guard engine has no package (guardpycfn) for it."

_VERDICTS = {"FAIL": "NON_COMPLIANT", "PASS": "COMPLIANT", "SKIP": "NOT_APPLICABLE"}
_PLACE = re.compile(r"at line (\d+) at column (\d+), when handling (.*)", re.DOTALL)


@dataclass(frozen=True)
class PolicyFinding:
    """Guard's answer; it is a `Finding`. `verdict` is UNKNOWN when the policy could not be evaluated."""

    verdict: str
    message: str = ""


@cache
def guard() -> Validate | None:
    """The engine; None where there is none."""
    try:
        from guardpycfn import validate_with_guard
    except ImportError:
        return None

    def validate(document: str, policy: str) -> Mapping[str, Any]:
        try:
            report: Mapping[str, Any] = validate_with_guard(document, policy)
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # what a crash of the engine becomes in Python
                raise
            return {"success": False, "error": f"Guard crashed: {error}"}
        return report

    return validate


def check(policy: str, validate: Validate | None) -> None:
    """Raises `AwsError` for a policy that cannot be read."""
    if validate is None:
        raise AwsError("InvalidParameterValueException", MISSING)
    if not policy.strip():
        raise AwsError("InvalidParameterValueException", "The PolicyText is empty.")
    report = validate("{}", policy)
    if not report["success"]:
        raise AwsError("InvalidParameterValueException", f"The PolicyText is invalid. {_reason(report['error'])}")


def judge_policy(context: RequestContext, rule: Rule, item: Item) -> PolicyFinding:
    """What a custom policy rule says of a resource; its parameters stand beside the item, as on AWS."""
    document = notified_item(item, context) | {"CONFIG_RULE_PARAMETERS": rules.parameters(rule.definition)}
    return evaluate(rule.policy or "", document, guard())


def evaluate(policy: str, item: Mapping[str, Any], validate: Validate | None) -> PolicyFinding:
    """What the policy says of a configuration item."""
    if validate is None:
        return PolicyFinding("UNKNOWN", MISSING)
    report = validate(json.dumps(item, default=str), policy)
    if not report["success"]:
        return PolicyFinding("UNKNOWN", f"The policy could not be evaluated. {_reason(report['error'])}")
    result = report["result"]
    message = " ".join(dict.fromkeys(_messages(result["not_compliant"])))
    return PolicyFinding(_VERDICTS[result["status"]], message)


def _reason(error: str) -> str:
    """Guard wraps its reason in sentences of its parser."""
    place = _PLACE.search(error)
    if not place:
        return error
    hint, _, fragment = " ".join(place[3].strip("`").split()).rpartition("fragment")
    details = [hint.strip(" ,"), f"near {fragment.strip()}" if fragment.strip() else ""]
    return ", ".join(filter(None, [f"Parser error at line {place[1]}, column {place[2]}", *details])) + "."


def _messages(report: Any) -> Iterator[str]:
    """The policy's own sentences about what failed, and Guard's where it has none."""
    if isinstance(report, list):
        for each in report:
            yield from _messages(each)
    elif isinstance(report, Mapping):
        said = report.get("messages") or {}
        if isinstance(said, Mapping) and (message := said.get("custom_message") or said.get("error_message")):
            yield str(message)
        for value in report.values():
            yield from _messages(value) if isinstance(value, list | Mapping) else ()
