"""Who may invoke a function: the resource-based policies of functions, of their versions and of their aliases.

Owns AddPermission, GetPolicy and RemovePermission, and that a policy ends with what it is of. All statements of a
function stay in moto's record of it, each with the ARN of what it is about as its `Resource`.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.awslambda.exceptions import UnknownAliasException, UnknownFunctionException
from moto.awslambda.models import lambda_backends

from workbench.local_aws.functions.qualifier import resolve, split
from workbench.local_aws.functions.statements import check, statement
from workbench.local_aws.service import AwsError, Operation, RequestContext

_LARGEST = 20_480
_NAMESPACE = uuid.UUID("6f1d1f4e-7c0b-4a55-9e0e-3a0c7f6f7b11")


@dataclass(frozen=True)
class _Policy:
    """The policy of `arn`, among `all` the statements of its function."""

    arn: str
    all: list[dict[str, Any]]

    @property
    def statements(self) -> list[dict[str, Any]]:
        return [each for each in self.all if each["Resource"] == self.arn]

    @property
    def revision(self) -> str:
        return str(uuid.uuid5(_NAMESPACE, _compact(self.statements)))

    def find(self, statement_id: str) -> dict[str, Any] | None:
        return next((each for each in self.statements if each["Sid"] == statement_id), None)

    def clear(self) -> None:
        self.all[:] = [each for each in self.all if each["Resource"] != self.arn]


def operations() -> Mapping[str, Operation]:
    return {
        "AddPermission": _add,
        "DeleteAlias": _delete_alias,
        "DeleteFunction": _delete_function,
        "GetPolicy": _get,
        "RemovePermission": _remove,
    }


def statements_of(account: str, region: str, name: str) -> tuple[Mapping[str, Any], ...]:
    """The statements about a function and about its versions and aliases; none when there is no such function."""
    try:
        record = lambda_backends[account][region].get_function(name)
    except (UnknownFunctionException, UnknownAliasException):
        return ()
    return tuple(record.policy.statements)


def statements_about(account: str, function: str) -> tuple[Mapping[str, Any], ...]:
    """The statements about a function, a version or an alias, whichever this ARN names."""
    arn = function.removesuffix(":$LATEST")
    of_all = statements_of(account, arn.split(":")[3], ":".join(arn.split(":")[:7]))
    return tuple(each for each in of_all if each["Resource"] == arn)


def _add(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    check(parameters)
    policy = _policy(parameters, context)
    if policy.find(parameters["StatementId"]):
        message = (
            f"The statement id ({parameters['StatementId']}) provided already exists. "
            "Please provide a new statement id, or remove the existing statement."
        )
        raise AwsError("ResourceConflictException", message, 409)
    _check_revision(policy, parameters)
    added = statement(parameters, policy.arn)
    _check_size([*policy.statements, added])
    policy.all.append(added)
    return {"Statement": _compact(added)}


def _get(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    policy = _policy(parameters, context)
    if not policy.statements:
        raise AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404)
    return {"Policy": _document(policy.statements), "RevisionId": policy.revision}


def _remove(parameters: Mapping[str, Any], context: RequestContext) -> None:
    policy = _policy(parameters, context)
    found = policy.find(parameters["StatementId"])
    if not policy.statements:
        raise AwsError("ResourceNotFoundException", "No policy is associated with the given resource.", 404)
    if found is None:
        message = f"Statement {parameters['StatementId']} is not found in resource policy."
        raise AwsError("ResourceNotFoundException", message, 404)
    _check_revision(policy, parameters)
    policy.all.remove(found)


def _delete_alias(parameters: Mapping[str, Any], context: RequestContext) -> None:
    backend = lambda_backends[context.account][context.region]
    name, _ = split(parameters["FunctionName"], None)
    latest = resolve(backend, name, None, lambda: 1.0)
    _Policy(f"{latest.invoked_arn}:{parameters['Name']}", latest.record.policy.statements).clear()
    backend.delete_alias(parameters["Name"], name)


def _delete_function(parameters: Mapping[str, Any], context: RequestContext) -> None:
    _, qualifier = split(parameters["FunctionName"], parameters.get("Qualifier"))
    if qualifier:
        _policy(parameters, context).clear()
    lambda_backends[context.account][context.region].delete_function(parameters["FunctionName"], qualifier)


def _policy(parameters: Mapping[str, Any], context: RequestContext) -> _Policy:
    """Raises `AwsError` when there is no such function, version or alias."""
    backend = lambda_backends[context.account][context.region]
    name, qualifier = split(parameters["FunctionName"], parameters.get("Qualifier"))
    if qualifier == "$LATEST":
        raise AwsError("InvalidParameterValueException", "We currently do not support adding policies for $LATEST.")
    found = resolve(backend, name, qualifier, lambda: 1.0)
    return _Policy(found.invoked_arn, resolve(backend, name, None, lambda: 1.0).record.policy.statements)


def _check_revision(policy: _Policy, parameters: Mapping[str, Any]) -> None:
    if parameters.get("RevisionId") not in (None, policy.revision):
        message = (
            "The RevisionId provided does not match the latest RevisionId for the Lambda function or alias. "
            "Call the GetPolicy API to retrieve the latest RevisionId for your resource."
        )
        raise AwsError("PreconditionFailedException", message, 412)


def _check_size(statements: list[dict[str, Any]]) -> None:
    size = len(_document(statements))
    if size > _LARGEST:
        message = f"The final policy size ({size}) is bigger than the limit ({_LARGEST})."
        raise AwsError("PolicyLengthExceededException", message)


def _document(statements: list[dict[str, Any]]) -> str:
    return _compact({"Version": "2012-10-17", "Id": "default", "Statement": statements})


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
