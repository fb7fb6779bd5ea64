"""Whether a function lets API Gateway invoke it: its resource-based policy, which AWS::Lambda::Permission writes."""

from __future__ import annotations

from workbench.local_aws.functions.permissions import statements_about
from workbench.local_aws.gateway.asked import Asked
from workbench.local_aws.gateway.policies import Access, admits, effect

_SERVICE = "apigateway.amazonaws.com"


def may_invoke(asked: Asked, function: str, source: str) -> bool:
    """Whether the API may invoke a function from what `source` names after its id: `Prod/GET/items`."""
    context = {"aws:sourcearn": f"{asked.arn}/{source}", "aws:sourceaccount": asked.account}
    about = statements_about(asked.account, function)
    admitting = [statement for statement in about if admits(statement, _SERVICE)]
    access = Access("lambda:InvokeFunction", function.removesuffix(":$LATEST"), context)
    return effect({"Statement": admitting}, access) == "Allow"
