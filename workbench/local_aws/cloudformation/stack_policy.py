"""Stack policies: what an update may do to which resource.

Owns the reading of the policy's JSON and its decision. Without a policy everything is allowed; with one, only what a
statement allows and none denies.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from workbench.local_aws.service import AwsError

_EFFECTS = ("Allow", "Deny")
_ACTIONS = ("Update:Modify", "Update:Replace", "Update:Delete")


def read(text: str) -> str | None:
    """The policy as it is kept; an empty one is none. Raises AwsError for one that makes no sense."""
    try:
        policy = json.loads(text)
        valid = policy == {} or all(_is_valid(statement) for statement in _statements(policy))
    except (ValueError, KeyError, TypeError, AttributeError):
        valid = False
    if not valid:
        raise AwsError("ValidationError", "Error validating stack policy: Invalid stack policy")
    return text


def refusal(policy: str | None, action: str, logical_id: str, resource_type: str) -> str | None:
    """Why the policy does not let an update do this (`Update:Replace`); None if it does."""
    statements = list(_statements(json.loads(policy))) if policy else []
    if not statements:
        return None
    applying = [
        (number, statement["Effect"])
        for number, statement in enumerate(statements, 1)
        if _applies(statement, action, f"LogicalResourceId/{logical_id}", resource_type)
    ]
    for number, effect in applying:
        if effect == "Deny":
            where = f"for resource [LogicalResourceId/{logical_id}]"
            return f"Action denied by stack policy: Statement [#{number}] does not allow [{action}] {where};"
    return None if applying else "Action not allowed by stack policy"


def _statements(policy: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    statements = policy.get("Statement", [])
    yield from statements if isinstance(statements, list) else [statements]


def _is_valid(statement: Mapping[str, Any]) -> bool:
    actions = _listed(statement.get("Action", statement.get("NotAction", [])))
    known = all(any(fnmatchcase(action, asked) for action in _ACTIONS) for asked in actions)
    has_resource = "Resource" in statement or "NotResource" in statement
    return bool(actions) and known and has_resource and _principal(statement) and statement["Effect"] in _EFFECTS


def _principal(statement: Mapping[str, Any]) -> bool:
    return statement.get("Principal") in ("*", {"AWS": "*"})


def _applies(statement: Mapping[str, Any], action: str, resource: str, resource_type: str) -> bool:
    return (
        _matches(statement, "Action", action)
        and _matches(statement, "Resource", resource)
        and all(_holds(operator, said, resource_type) for operator, said in _conditions(statement))
    )


def _matches(statement: Mapping[str, Any], member: str, value: str) -> bool:
    if f"Not{member}" in statement:
        return not any(fnmatchcase(value, pattern) for pattern in _listed(statement[f"Not{member}"]))
    return any(fnmatchcase(value, pattern) for pattern in _listed(statement.get(member, [])))


def _conditions(statement: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return list((statement.get("Condition") or {}).items())


def _holds(operator: str, condition: Mapping[str, Any], resource_type: str) -> bool:
    types = _listed(condition.get("ResourceType", []))
    if operator == "StringEquals":
        return resource_type in types
    return operator == "StringLike" and any(fnmatchcase(resource_type, pattern) for pattern in types)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
