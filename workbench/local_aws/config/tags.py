"""Tags of Config rules; those of everything else in Config stay with moto."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.config.models import config_backends
from moto.core.exceptions import JsonRESTError

from workbench.local_aws.config.store import Rule, Stores
from workbench.local_aws.service import AwsError, Operation, RequestContext


class TagOperations:
    """TagResource, UntagResource and ListTagsForResource."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def operations(self) -> Mapping[str, Operation]:
        return {"TagResource": self._tag, "UntagResource": self._untag, "ListTagsForResource": self._list}

    def _tag(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        rule = self._rule(parameters["ResourceArn"], context)
        if rule:
            rule.tags |= {tag["Key"]: tag["Value"] for tag in parameters["Tags"]}
        else:
            _ask_moto("tag_resource", context, parameters["ResourceArn"], parameters["Tags"])

    def _untag(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        rule = self._rule(parameters["ResourceArn"], context)
        if rule:
            rule.tags = {key: value for key, value in rule.tags.items() if key not in parameters["TagKeys"]}
        else:
            _ask_moto("untag_resource", context, parameters["ResourceArn"], parameters["TagKeys"])

    def _list(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        rule = self._rule(parameters["ResourceArn"], context)
        if rule:
            return {"Tags": [{"Key": key, "Value": value} for key, value in rule.tags.items()]}
        listed = _ask_moto("list_tags_for_resource", context, parameters["ResourceArn"], None)
        return {"Tags": listed["Tags"]}

    def _rule(self, arn: str, context: RequestContext) -> Rule | None:
        rules = tuple(self._stores(context).rules.values())
        return next((rule for rule in rules if rule.arn == arn), None)


def _ask_moto(operation: str, context: RequestContext, *arguments: Any) -> Any:
    try:
        return getattr(config_backends[context.account][context.region], operation)(*arguments)
    except JsonRESTError as error:
        raise AwsError(error.error_type, error.message) from error
