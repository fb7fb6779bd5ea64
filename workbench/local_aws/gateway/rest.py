"""REST APIs: a request finds its method in the stage's deployment, is let in, checked, and answered.

Owns the order of those steps. Whatever is refused on the way is answered by a gateway response.
"""

from __future__ import annotations

import logging
from typing import Any

from workbench.local_aws.gateway import access_logs, answers, keys, refusals, rest_authorizers, routing, validation
from workbench.local_aws.gateway.answers import Answer
from workbench.local_aws.gateway.asked import Asked
from workbench.local_aws.gateway.definition import Definition, served
from workbench.local_aws.gateway.events import Route
from workbench.local_aws.gateway.exchange import Exchange, Means
from workbench.local_aws.gateway.metrics import REST
from workbench.local_aws.gateway.refusals import Custom, Refused
from workbench.local_aws.gateway.resource_policy import check
from workbench.local_aws.gateway.rest_integrations import integrated
from workbench.local_aws.gateway.velocity import MalformedTemplate

logger = logging.getLogger(__name__)

_LARGEST = 10 * 1024 * 1024


def serve(asked: Asked, api: Any, means: Means) -> Answer:
    """`api` is moto's."""
    stage_name, path = asked.staged()
    stage = api.stages.get(stage_name)
    if stage is None:
        return answers.FORBIDDEN
    definition = served(api, stage)
    exchange = _exchange(asked, Route(stage_name, path, "", {}, stage.variables), definition, means)
    answer = _let_in(exchange)
    means.metrics.add(REST, (api.name, stage_name), (asked, answer))
    access_logs.write(stage.access_log_settings, means.client, exchange.route, (asked, answer))
    return answer.having(("x-amzn-RequestId", asked.id), ("x-amz-apigw-id", asked.short_id))


def _let_in(exchange: Exchange) -> Answer:
    try:
        return _answered(exchange)
    except Refused as refused:
        return refusals.answer(refused, Custom(exchange.api.responses, exchange.values()))
    except MalformedTemplate as error:
        logger.warning("A mapping template of %s fails: %s", exchange.source, error)
        return answers.FAILED


def _exchange(asked: Asked, unmatched: Route, definition: Definition, means: Means) -> Exchange:
    """Without a method where there is none; an unknown path has no resource either."""
    paths = [path for path, resource in definition.resources.items() if resource["methods"]]
    pattern = routing.best(paths, unmatched.path)
    if pattern is None:
        return Exchange(asked, unmatched, {}, definition, means)
    resource = definition.resources[pattern]
    parameters = routing.captured(pattern, unmatched.path) or {}
    route = Route(unmatched.stage, unmatched.path, pattern, parameters, unmatched.variables, resource["id"])
    method = resource["methods"].get(asked.method) or resource["methods"].get("ANY") or {}
    return Exchange(asked, route, method, definition, means)


def _answered(exchange: Exchange) -> Answer:
    if exchange.api.is_disabled:
        return answers.FORBIDDEN
    if len(exchange.asked.body) > _LARGEST:
        raise Refused("REQUEST_TOO_LARGE")
    if not exchange.method:
        raise Refused("MISSING_AUTHENTICATION_TOKEN")
    check(exchange)
    known = keys.checked(rest_authorizers.authorized(exchange))
    validation.check(known)
    return integrated(known)
