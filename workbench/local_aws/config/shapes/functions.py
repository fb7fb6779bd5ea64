"""Lambda functions as AWS Config describes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.config.shapes.words import Description, as_text, lowered, without
from workbench.local_aws.config.state.reading import compact, picked
from workbench.resources import Resource


def function(resource: Resource) -> Description:
    given = resource.properties
    kept_elsewhere = ("Environment", "KmsKeyArn", "Layers", "ReservedConcurrentExecutions", "Tags", "VpcConfig")
    configuration = lowered(without(given, *kept_elsewhere) | picked(resource.attributes, "CodeSha256", "LastModified"))
    configuration |= compact({"layers": [{"arn": arn} for arn in given.get("Layers", ())]})
    variables = (given.get("Environment") or {}).get("Variables")
    configuration |= compact({"kmskeyArn": given.get("KmsKeyArn")})
    configuration |= {"environment": {"variables": variables}} if variables else {}
    configuration |= {
        "functionArn": resource.attributes.get("Arn"),
        "state": {"value": "Active"},
        "version": "$LATEST",
        "vpcConfig": {"subnetIds": [], "securityGroupIds": [], **lowered(given.get("VpcConfig"))},
    }
    concurrency = given.get("ReservedConcurrentExecutions")
    supplement = {
        "Concurrency": None if concurrency is None else {"reservedConcurrentExecutions": concurrency},
        "Policy": _policy(resource),
        "Tags": {tag["Key"]: tag["Value"] for tag in given.get("Tags") or ()},
    }
    return configuration, {name: value for name, value in supplement.items() if value is not None}


_COLONS_OF_QUALIFIED = 7


def _policy(resource: Resource) -> str | None:
    """The function's own: those of its versions and aliases, whose ARNs are longer, are no part of it."""
    permissions = [other.properties for other in resource.related if other.type == "AWS::Lambda::Permission"]
    own = [each for each in permissions if str(each.get("FunctionName")).count(":") < _COLONS_OF_QUALIFIED]
    return as_text({"Version": "2012-10-17", "Statement": [*map(_statement, own)]}) if own else None


def _statement(permission: Mapping[str, Any]) -> Mapping[str, Any]:
    principal = permission.get("Principal", "*")
    kind = "Service" if str(principal).endswith((".amazonaws.com", ".amazon.com")) else "AWS"
    condition = {
        "ArnLike": compact({"AWS:SourceArn": permission.get("SourceArn")}),
        "StringEquals": compact(
            {
                "AWS:SourceAccount": permission.get("SourceAccount"),
                "aws:PrincipalOrgID": permission.get("PrincipalOrgID"),
                "lambda:FunctionUrlAuthType": permission.get("FunctionUrlAuthType"),
            }
        ),
        "Bool": {"lambda:InvokedViaFunctionUrl": "true"} if permission.get("InvokedViaFunctionUrl") else {},
    }
    return {
        "Effect": "Allow",
        "Principal": principal if principal == "*" else {kind: principal},
        "Action": permission.get("Action"),
        "Resource": permission.get("FunctionName"),
    } | compact({"Condition": compact(condition)})
