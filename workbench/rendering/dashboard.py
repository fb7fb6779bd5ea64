"""The CloudWatch dashboard beside the Config rules.

Owns its widgets. Everything that follows from weights, categories or the gate comes from metrics when somebody looks,
so that only the list of rules is rendered. `${...}` is filled in by CloudFormation's `Fn::Sub`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from fitness.rule import Rule

Widget = Mapping[str, Any]
_RULE_PAGE = "https://${Domain}/config/home?region=${AWS::Region}#/rules/details?configRuleName=${%s}"
_PERIOD = 300
_PER_CENT = {"left": {"min": 0, "max": 100, "showUnits": False, "label": "%"}}
_BLUE, _LIGHT_BLUE, _RED, _ORANGE = "#1f77b4", "#9ecae1", "#d62728", "#ff7f0e"
_DECISIONS = """\
SOURCE '${PreTrafficHookLogs}' | SOURCE '${ArchitectureGateLogs}'
| fields @timestamp, answer, outcome, fitness, sentence
| filter ispresent(outcome)
| sort @timestamp desc
| limit 20"""


def body(rules: Sequence[Rule]) -> str:
    """The dashboard's JSON for the rules that are deployed, as text for `Fn::Sub`.

    It uses the variables `Stack` and `Domain` (of the console), the parameters of the nested stack, and the rules'
    logical ids.
    """
    return json.dumps({"start": "-P28D", "widgets": [*_figures(), _decisions(), _links(rules)]}, indent=1)


def _figures() -> list[Widget]:
    return [
        _graph((0, 0, 18, 8), "Fitness", _fitness(), yAxis=_PER_CENT),
        _numbers((18, 0, 6, 8), "Now", [_metric(name) for name in ("Fitness", "Coverage", "Violations")]),
        _graph((0, 8, 8, 6), "Fitness by category", [_categories()], yAxis=_PER_CENT),
        _graph((8, 8, 8, 6), "Violations", _counts()),
        _graph((16, 8, 8, 6), "Coverage", _held("Coverage", "Coverage", _BLUE), yAxis=_PER_CENT),
    ]


def _fitness() -> list[Any]:
    return [
        *_held("Fitness", "Fitness", _BLUE),
        *_held("FitnessLow", "At least", _LIGHT_BLUE),
        *_held("FitnessHigh", "At most", _LIGHT_BLUE),
        *_held("FitnessMinimum", "Minimum", _RED),
    ]


def _counts() -> list[Any]:
    return [
        *_held("Violations", "Violations", _ORANGE),
        _metric("Regressions", color=_RED, stat="Maximum"),
    ]


def _held(name: str, label: str, color: str) -> list[Any]:
    """A metric whose last point holds until the next: between deployments a point comes once a day."""
    key = name.lower()
    return [
        [{"expression": f"FILL({key}, REPEAT)", "id": f"{key}held", "label": label, "color": color}],
        _metric(name, id=key, visible=False),
    ]


def _metric(name: str, **options: Any) -> list[Any]:
    return ["${FitnessNamespace}", name, "Stack", "${Stack}", *([options] if options else [])]


def _categories() -> list[Any]:
    """All categories that have a metric: which those are, CloudWatch knows."""
    pattern = '{"${FitnessNamespace}",Stack,Category} MetricName="Fitness" Stack="${Stack}"'
    search = f"FILL(SEARCH('{pattern}', 'Average', {_PERIOD}), REPEAT)"
    return [{"expression": search, "id": "categories", "label": "${!PROP('Dim.Category')}"}]


def _graph(place: tuple[int, int, int, int], title: str, metrics: Sequence[Any], **more: Any) -> Widget:
    return _widget("metric", place, {"title": title, "view": "timeSeries", **_metrics(metrics), **more})


def _numbers(place: tuple[int, int, int, int], title: str, metrics: Sequence[Any]) -> Widget:
    return _widget("metric", place, {"title": title, "view": "singleValue", "sparkline": True, **_metrics(metrics)})


def _metrics(metrics: Sequence[Any]) -> Widget:
    return {"region": "${AWS::Region}", "stat": "Average", "period": _PERIOD, "metrics": list(metrics)}


def _decisions() -> Widget:
    title = "Deployments: what was let through or refused, and why"
    properties = {"title": title, "region": "${AWS::Region}", "view": "table", "query": _DECISIONS}
    return _widget("log", (0, 14, 24, 6), properties)


def _links(rules: Sequence[Rule]) -> Widget:
    """One row a rule, leading to its page in the Config console."""
    rows = [f"| {_link(rule)} | {', '.join(rule.resource_types)} |" for rule in rules]
    markdown = "\n".join(["| AWS Config rule | Judges |", "|---|---|", *rows])
    return _widget("text", (0, 20, 24, 3 + math.ceil(0.7 * len(rules))), {"markdown": markdown})


def _link(rule: Rule) -> str:
    # Markdown reads an escaped brace as a brace, and `Fn::Sub` finds nothing to fill in.
    text = re.sub(r"([\\`*_{}\[\]<>|~])", r"\\\1", " ".join(rule.title.split()))
    return f"[{text}]({_RULE_PAGE % rule.logical_id})"


def _widget(kind: str, place: tuple[int, int, int, int], properties: Widget) -> Widget:
    x, y, width, height = place
    return {"type": kind, "x": x, "y": y, "width": width, "height": height, "properties": properties}
