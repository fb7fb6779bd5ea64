"""The pages: what each reads of the account, and the values that its template and its JSON show.

Owns the registry `PAGES`. A page's values are frozen, so that an unchanged account gives an unchanged page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from workbench.local_aws.console import chart, metrics, releases, resources, rules, stacks
from workbench.local_aws.console.account import Account

Query = Mapping[str, str]
Values = dict[str, Any]

_APPLICATION = "AWS::CodeDeploy::Application"
_EVENTS_SHOWN = 40


class NoSuchPageError(Exception):
    """What the address names does not exist; the message is for the reader."""


def stack_list(account: Account, _: Query) -> Values:
    namespaces = metrics.namespaces(account.fitness_metrics())
    described = account.stacks()
    names = [each["StackName"] for each in described if each["StackName"] in namespaces]
    window, now = metrics.WINDOWS[metrics.DEFAULT_WINDOW], datetime.now(UTC)
    fitness = {name: _figures(account, namespaces[name], name, window, now)[1]["Fitness"] for name in names}
    return {"stacks": stacks.stacks(described, fitness)}


def one_stack(account: Account, query: Query) -> Values:
    described = account.stack(_given(query, "name"))
    stack_id, name = described["StackId"], described["StackName"]
    parts = account.stack_resources(stack_id)
    compliances = resources.compliances(account.resource_compliances())
    names = account.discovered(stacks.named_types(parts, account.region))
    released = _releases(account, parts)
    return {
        "stack": stacks.stack(described),
        "parts": stacks.parts(parts, compliances, names, account.region),
        "events": stacks.events(account.stack_events(stack_id)[:_EVENTS_SHOWN]),
        "releases": released,
        **_metric(account, name, released, query),
    }


def _releases(account: Account, parts: Sequence[Mapping[str, Any]]) -> tuple[releases.Release, ...]:
    present = [part for part in parts if part.get("PhysicalResourceId") and "DELETE" not in part["ResourceStatus"]]
    applications = [part["PhysicalResourceId"] for part in present if part["ResourceType"] == _APPLICATION]
    buckets = [part["PhysicalResourceId"] for part in present if part["LogicalResourceId"] == stacks.RECORDS_BUCKET]
    runs = [run for bucket in buckets for run in account.runs(bucket)]
    return releases.releases(account.deployments(applications), runs)


def _metric(account: Account, name: str, released: tuple[releases.Release, ...], query: Query) -> Values:
    """The chart and the newest figures; without a metric of the stack, neither."""
    window = metrics.WINDOWS.get(query.get("window", ""), metrics.WINDOWS[metrics.DEFAULT_WINDOW])
    namespace = metrics.namespaces(account.fitness_metrics()).get(name)
    if namespace is None:
        return {"namespace": "", "window": window, "figures": {}, "chart": None}
    now = datetime.now(UTC)
    series, figures = _figures(account, namespace, name, window, now)
    drawn = chart.draw(series, released, window, now)
    return {"namespace": namespace, "window": window, "figures": figures, "chart": drawn}


def _figures(
    account: Account, namespace: str, stack: str, window: metrics.Window, now: datetime
) -> tuple[metrics.Series, Mapping[str, float | None]]:
    """The series of a window, and the newest figures in it."""
    series = account.figures(namespace, stack, window.span(now))
    span = metrics.newest(series, window)
    finer = account.figures(namespace, stack, span) if span else None
    return series, metrics.latest(series, finer)


def rule_list(account: Account, _: Query) -> Values:
    definitions = account.rules()
    statuses = account.rule_statuses([each["ConfigRuleName"] for each in definitions])
    return {"rules": rules.rules(definitions, account.rule_compliances(), statuses)}


def one_rule(account: Account, query: Query) -> Values:
    name = _given(query, "name")
    made = rules.rules(account.rules(name), account.rule_compliances(name), account.rule_statuses([name]))
    return {"rule": made[0], "rows": rules.rows(account.rule_rows(name))}


def resource_list(account: Account, _: Query) -> Values:
    return {"resources": resources.recorded(resources.compliances(account.resource_compliances()))}


def one_resource(account: Account, query: Query) -> Values:
    kind, resource_id = _given(query, "type"), _given(query, "id")
    rows = rules.rows(account.resource_rows(kind, resource_id))
    try:
        items = account.history(kind, resource_id)
    except ClientError:
        items = []
    if not (rows or items):
        raise NoSuchPageError(f"AWS Config knows no resource {resource_id} of type {kind} in {account.region}.")
    return {
        "type": kind,
        "id": resource_id,
        "name": items[-1].get("resourceName", "") if items else "",
        "rows": rows,
        "timeline": resources.timeline(items),
        "configuration": resources.current(items),
    }


def _given(query: Query, name: str) -> str:
    if name not in query:
        raise NoSuchPageError(f"The address lacks the {name} of what to show; follow a link to it.")
    return query[name]


PAGES: Mapping[str, Callable[[Account, Query], Values]] = {
    "stacks": stack_list,
    "stack": one_stack,
    "rules": rule_list,
    "rule": one_rule,
    "resources": resource_list,
    "resource": one_resource,
}
