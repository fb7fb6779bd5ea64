"""The operations on Config rules: put, describe, delete, status, start."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from workbench.local_aws.config import paging
from workbench.local_aws.config.compliance import require_rules
from workbench.local_aws.config.definitions import MOST_RULES, define, policy_text
from workbench.local_aws.config.region import RegionConfig, utc_now
from workbench.local_aws.config.store import Rule, RuleStatus, Store
from workbench.local_aws.service import AwsError, Operation, RequestContext


class Recorders(Protocol):
    """Whether there is a recorder (`Recording`)."""

    def require(self) -> None: ...


Regions = Callable[[RequestContext], tuple[RegionConfig, Recorders]]


class RuleOperations:
    """What clients do with rules; `minute` is how long a rule must rest between two started evaluations."""

    def __init__(self, regions: Regions, page_size: int, minute: float) -> None:
        self._regions = regions
        self._page_size = page_size
        self._minute = minute

    def operations(self) -> Mapping[str, Operation]:
        return {
            "PutConfigRule": self._put,
            "DeleteConfigRule": self._delete,
            "DeleteEvaluationResults": self._delete_results,
            "DescribeConfigRules": self._describe,
            "DescribeConfigRuleEvaluationStatus": self._describe_status,
            "GetCustomRulePolicy": self._get_policy,
            "StartConfigRulesEvaluation": self._start,
        }

    def _put(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        region, recorders = self._regions(context)
        recorders.require()
        given = _named(region.store, parameters["ConfigRule"])
        with region.store.lock:
            known = region.store.rules.get(given["ConfigRuleName"])
            if known is None and len(region.store.rules) >= MOST_RULES:
                message = (
                    f"Failed to put config rule '{given['ConfigRuleName']}' because the maximum number of config "
                    f"rules: {MOST_RULES} is reached."
                )
                raise AwsError("MaxNumberOfConfigRulesExceededException", message)
            rule = Rule(
                define(given, known.definition if known else None, context),
                known.status if known else RuleStatus(activated_at=utc_now()),
                {tag["Key"]: tag["Value"] for tag in parameters.get("Tags") or []} or (known.tags if known else {}),
                policy_text(given),
            )
            region.store.rules[rule.name] = rule
        region.rule_put(rule)

    def _delete(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        store = self._store(context)
        with store.lock:
            require_rules(store, [parameters["ConfigRuleName"]])
            del store.rules[parameters["ConfigRuleName"]]
            store.remove_rows_of(parameters["ConfigRuleName"])

    def _delete_results(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store = self._store(context)
        require_rules(store, [parameters["ConfigRuleName"]])
        store.remove_rows_of(parameters["ConfigRuleName"])
        return {}

    def _describe(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store = self._store(context)
        mode = (parameters.get("Filters") or {}).get("EvaluationMode")
        described = [
            _described(store.rules[name], store)
            for name in _names(store, parameters)
            if mode is None or {"Mode": mode} in store.rules[name].definition["EvaluationModes"]
        ]
        return paging.answer("ConfigRules", described, parameters.get("NextToken"), self._page_size)

    def _get_policy(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store, name = self._store(context), parameters.get("ConfigRuleName", "")
        require_rules(store, [name])
        policy = store.rules[name].policy
        if policy is None:
            raise AwsError("NoSuchConfigRuleException", f"The ConfigRule '{name}' is not a custom policy rule.")
        return {"PolicyText": policy}

    def _describe_status(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store = self._store(context)
        with store.lock:
            described = [_status(store.rules[name]) for name in _names(store, parameters)]
        size = paging.limit(parameters.get("Limit"), self._page_size, 50)
        return paging.answer("ConfigRulesEvaluationStatus", described, parameters.get("NextToken"), size)

    def _start(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        region, _ = self._regions(context)
        names = _names(region.store, parameters)
        now = time.monotonic()
        with region.store.lock:
            started = [region.store.rules[name] for name in names]
            for rule in started:
                self._check_rest(rule, now)
            for rule in started:
                rule.last_started = now
                region.start_evaluation(rule)
        return {}

    def _check_rest(self, rule: Rule, now: float) -> None:
        if rule.is_evaluating:
            message = f"The evaluation of the config rule {rule.name} is in progress. Please retry after some time"
            raise AwsError("LimitExceededException", message)
        if rule.last_started is not None and now - rule.last_started < self._minute:
            message = f"The config rule {rule.name} was evaluated within the last minute. Please retry after some time"
            raise AwsError("LimitExceededException", message)

    def _store(self, context: RequestContext) -> Store:
        return self._regions(context)[0].store


def _named(store: Store, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The rule with its name, also when the caller names it by its ARN or id."""
    if given.get("ConfigRuleName"):
        return given
    wanted = {given.get("ConfigRuleArn"), given.get("ConfigRuleId")} - {None}
    for rule in store.rules.values():
        if wanted & {rule.arn, rule.definition["ConfigRuleId"]}:
            return {**given, "ConfigRuleName": rule.name}
    message = "One or more identifiers needs to be provided. Provide Name or Id or Arn"
    raise AwsError("InvalidParameterValueException", message)


def _names(store: Store, parameters: Mapping[str, Any]) -> list[str]:
    """The rules that are asked for, or all of them. Raises `AwsError` for an unknown one."""
    names = list(parameters.get("ConfigRuleNames") or [])
    require_rules(store, names)
    return names or sorted(store.rules)


def _described(rule: Rule, store: Store) -> dict[str, Any]:
    is_of_a_pack = any(pack.owns(rule.name) for pack in tuple(store.packs.values()))
    created_by = {"CreatedBy": "config-conforms.amazonaws.com"} if is_of_a_pack else {}
    return {**rule.definition, "ConfigRuleState": "EVALUATING" if rule.is_evaluating else "ACTIVE", **created_by}


def _status(rule: Rule) -> dict[str, Any]:
    status = rule.status
    described = {
        "ConfigRuleName": rule.name,
        "ConfigRuleArn": rule.arn,
        "ConfigRuleId": rule.definition["ConfigRuleId"],
        "FirstActivatedTime": status.activated_at,
        "FirstEvaluationStarted": status.started,
        "LastSuccessfulInvocationTime": status.invoked_at,
        "LastFailedInvocationTime": status.invocation_failed_at,
        "LastSuccessfulEvaluationTime": status.evaluated_at,
        "LastFailedEvaluationTime": status.evaluation_failed_at,
    }
    if status.problems:
        described |= {"LastErrorCode": "InternalError", "LastErrorMessage": next(iter(status.problems.values()))}
    return {key: value for key, value in described.items() if value is not None}
