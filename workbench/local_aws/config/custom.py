"""Custom Lambda rules: running a rule's function with Config's event, and taking its results.

Owns the result tokens. A function answers with PutEvaluations while it runs or later; what goes wrong with it shows
in the rule's status.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from workbench.local_aws import background
from workbench.local_aws.config import rules
from workbench.local_aws.config.description import notified_item, stamp
from workbench.local_aws.config.items import Item
from workbench.local_aws.config.recording import service_role_arn
from workbench.local_aws.config.store import Row, Rule, Store
from workbench.local_aws.service import AwsError, RequestContext

_MOST_TOKENS = 1000
_ACCEPTED = ("COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE")


class Outcome(Protocol):
    """How a function's run ended."""

    @property
    def payload(self) -> bytes: ...
    @property
    def failed(self) -> bool: ...


Invoke = Callable[[RequestContext, str, bytes], Outcome]
"""Runs a function with a payload and waits for it. May raise `AwsError`."""


class CustomLambdaRules:
    """The custom rules of one account and region."""

    def __init__(self, store: Store, context: RequestContext, invoke: Invoke, now: Callable[[], datetime]) -> None:
        self._store = store
        self._context = context
        self._invoke = invoke
        self._now = now

    def start(self, rule: Rule, item: Item | None, at: datetime) -> None:
        """Runs the function in the background: for a changed resource, or for none by the clock."""
        self._store.begin_evaluation(rule)
        background.start(f"config-rule-{rule.name}", self._run, rule, item, at)

    def put_evaluations(self, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        evaluations = parameters.get("Evaluations") or []
        _validate(evaluations)
        token = parameters["ResultToken"]
        if parameters.get("TestMode"):
            return {"FailedEvaluations": []}
        if token not in self._store.tokens:
            raise AwsError("InvalidResultTokenException", "The resultToken provided is invalid")
        rule, invoked_at = self._store.tokens[token]
        if self._store.rules.get(rule.name) is not rule:
            message = (
                f"The ConfigRule '{rule.name}' provided in the request is invalid. Please check the configRule name"
            )
            raise AwsError("NoSuchConfigRuleException", message)
        self._keep(rule, [self._row(rule, invoked_at, evaluation) for evaluation in evaluations])
        return {"FailedEvaluations": []}

    def _keep(self, rule: Rule, rows: list[Row]) -> None:
        """A result about an earlier moment does not replace one about a later moment."""
        with self._store.lock:
            known = self._store.rows
            self._store.put_rows(
                row
                for row in rows
                if (row.rule, row.key) not in known or known[row.rule, row.key].ordering_at <= row.ordering_at
            )
            rule.status.evaluated_at = self._now()

    def _row(self, rule: Rule, invoked_at: datetime, evaluation: Mapping[str, Any]) -> Row:
        return Row(
            rule=rule.name,
            key=(evaluation["ComplianceResourceType"], evaluation["ComplianceResourceId"]),
            compliance=evaluation["ComplianceType"],
            ordering_at=evaluation["OrderingTimestamp"],
            invoked_at=invoked_at,
            recorded_at=self._now(),
            annotation=evaluation.get("Annotation"),
        )

    def _run(self, rule: Rule, item: Item | None, at: datetime) -> None:
        invoked_at = self._now()
        token = self._new_token(rule, invoked_at)
        problem = self._problem(rule, event(rule, item, at, token, self._context))
        self._store.end_evaluation(rule)
        with self._store.lock:
            rule.status.started = True
            if problem:
                rule.status.problems[None] = problem
                rule.status.invocation_failed_at = rule.status.evaluation_failed_at = invoked_at
            else:
                rule.status.problems.pop(None, None)
                rule.status.invoked_at = invoked_at

    def _new_token(self, rule: Rule, invoked_at: datetime) -> str:
        token = secrets.token_urlsafe(64)
        with self._store.lock:
            self._store.tokens[token] = (rule, invoked_at)
            for outdated in list(self._store.tokens)[:-_MOST_TOKENS]:
                del self._store.tokens[outdated]
        return token

    def _problem(self, rule: Rule, event: Mapping[str, Any]) -> str | None:
        function = rules.identifier(rule.definition)
        try:
            outcome = self._invoke(self._context, function, json.dumps(event).encode())
        except (AwsError, RuntimeError) as error:
            return f"The AWS Lambda function {function} cannot be invoked: {error}"
        if not outcome.failed:
            return None
        error_message = json.loads(outcome.payload).get("errorMessage", "")
        return f"The AWS Lambda function {function} failed: {error_message}"


def event(rule: Rule, item: Item | None, at: datetime, token: str, context: RequestContext) -> dict[str, Any]:
    """What Config invokes a custom rule's function with."""
    return {
        "version": "1.0",
        "invokingEvent": json.dumps(_invoking_event(item, at, context), default=stamp),
        "ruleParameters": json.dumps(rules.parameters(rule.definition)),
        "resultToken": token,
        "eventLeftScope": bool(item and (item.is_deleted or not rules.holds(rule.definition, item))),
        "executionRoleArn": service_role_arn(context),
        "configRuleArn": rule.arn,
        "configRuleName": rule.name,
        "configRuleId": rule.definition["ConfigRuleId"],
        "accountId": context.account,
    }


def _invoking_event(item: Item | None, at: datetime, context: RequestContext) -> dict[str, Any]:
    common = {"notificationCreationTime": at, "recordVersion": "1.3"}
    if item is None:
        return {"awsAccountId": context.account, "messageType": "ScheduledNotification", **common}
    return {
        "configurationItemDiff": None,
        "configurationItem": notified_item(item, context),
        "messageType": "ConfigurationItemChangeNotification",
        **common,
    }


def _validate(evaluations: list[Mapping[str, Any]]) -> None:
    for evaluation in evaluations:
        if evaluation["ComplianceType"] not in _ACCEPTED:
            message = f"The ComplianceType {evaluation['ComplianceType']} is invalid for evaluations."
            raise AwsError("InvalidParameterValueException", message)
