"""Whether a function lets API Gateway invoke it: its resource-based policy, which AWS::Lambda::Permission writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from moto.awslambda.exceptions import UnknownAliasException, UnknownFunctionException
from moto.awslambda.models import lambda_backends

from workbench.local_aws.gateway.asked import Asked
from workbench.local_aws.gateway.policies import Access, admits, effect

_SERVICE = "apigateway.amazonaws.com"


def may_invoke(asked: Asked, function: str, source: str) -> bool:
    """Whether the API may invoke a function from what `source` names after its id: `Prod/GET/items`."""
    context = {"aws:sourcearn": f"{asked.arn}/{source}", "aws:sourceaccount": asked.account}
    admitting = [statement for statement in statements(asked.account, function) if admits(statement, _SERVICE)]
    return effect({"Statement": admitting}, Access("lambda:InvokeFunction", "", context)) == "Allow"


def statements(account: str, function: str) -> Iterator[Mapping[str, Any]]:
    """The statements of a function's policy; none when there is no such function.

    moto keeps one policy for all versions and aliases of a function, so that what a statement names as its resource
    tells nothing.
    """
    try:
        found = lambda_backends[account][function.split(":")[3]].get_function(function)
    except (UnknownFunctionException, UnknownAliasException):
        return
    for statement in found.policy.statements:
        yield {name: value for name, value in statement.items() if name != "Resource"}
