"""The dashboard that the nested stack creates beside its Config rules."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest

from tests.unit.rendering.rendered_dashboard import RULES, dashboard


def widget(title: str) -> dict[str, Any]:
    """The properties of the widget with a title."""
    (found,) = [each["properties"] for each in dashboard()["widgets"] if each["properties"].get("title") == title]
    return dict(found)


def markdown(rules: str = RULES, region: str = "eu-west-1") -> str:
    (text,) = [each["properties"]["markdown"] for each in dashboard(rules, region)["widgets"] if each["type"] == "text"]
    return str(text)


def lines(title: str) -> dict[str, list[Any]]:
    """What a graph draws, by label: the metric, found through the expression that holds its last point."""
    metrics = widget(title)["metrics"]
    by_id = {options["id"]: names for *names, options in metrics if names and "id" in options}
    expressions = [only[0] for only in metrics if len(only) == 1]
    return {found["label"]: by_id[found["expression"][len("FILL(") : -len(", REPEAT)")]] for found in expressions}


def test_the_fitness_has_its_band_and_its_minimum() -> None:
    names = {label: metric[:2] for label, metric in lines("Fitness").items()}
    assert names == {
        "Fitness": ["My/Fitness", "Fitness"],
        "At least": ["My/Fitness", "FitnessLow"],
        "At most": ["My/Fitness", "FitnessHigh"],
        "Minimum": ["My/Fitness", "FitnessMinimum"],
    }


@pytest.mark.parametrize("title", ["Fitness", "Coverage", "Violations"])
def test_every_line_is_of_the_stack_that_is_judged(title: str) -> None:
    assert {tuple(metric[2:]) for metric in lines(title).values()} == {("Stack", "orders")}


def test_categories_are_found_by_their_metrics() -> None:
    ((search,),) = widget("Fitness by category")["metrics"]
    assert search["expression"] == (
        """FILL(SEARCH('{"My/Fitness",Stack,Category} MetricName="Fitness" Stack="orders"', 'Average', 300), REPEAT)"""
    )
    assert search["label"] == "${PROP('Dim.Category')}"


def test_deployments_are_read_from_the_logs_of_those_who_decide() -> None:
    query = widget("Deployments: what was let through or refused, and why")["query"]
    assert query.startswith("SOURCE 'hook-logs' | SOURCE 'gate-logs'\n| fields @timestamp, answer, outcome, fitness")


def test_each_deployed_rule_leads_to_its_page_in_the_console_of_the_region() -> None:
    page = "https://console.aws.amazon.com/config/home?region=eu-west-1#/rules/details?configRuleName=orders-"
    assert markdown().splitlines()[2:] == [
        f"| [Versioned]({page}S3BucketVersioningEnabled-1AB) | AWS::S3::Bucket |",
        f"| [Other]({page}SomeOtherRule-1AB) | AWS::SQS::Queue, AWS::SNS::Topic |",
    ]


@pytest.mark.parametrize(
    ("region", "domain"),
    [("cn-north-1", "console.amazonaws.cn"), ("us-gov-west-1", "console.amazonaws-us-gov.com")],
)
def test_other_partitions_have_consoles_of_their_own(region: str, domain: str) -> None:
    assert f"https://{domain}/config/home?region={region}#/rules" in markdown(region=region)


def test_a_title_is_text_whatever_it_holds() -> None:
    hostile = """'a ${AWS::Region} "b" [c](d) | e \\ <f> é'"""
    row = markdown(RULES.replace("title: Versioned", f"title: {hostile}")).splitlines()[2]
    assert row.startswith(r"""| [a $\{AWS::Region\} "b" \[c\](d) \| e \\ \<f\> é](https://""")


def test_widgets_lie_on_the_grid_and_not_on_each_other() -> None:
    places = [
        {
            (x, y)
            for x in range(each["x"], each["x"] + each["width"])
            for y in range(each["y"], each["y"] + each["height"])
        }
        for each in dashboard()["widgets"]
    ]
    assert all(0 <= x < 24 for place in places for x, _ in place)
    assert [1 for one, other in combinations(places, 2) if one & other] == []


def test_metric_math_accepts_every_id() -> None:
    for each in dashboard()["widgets"]:
        options = [metric[-1] for metric in each["properties"].get("metrics", ()) if isinstance(metric[-1], dict)]
        ids = [option["id"] for option in options if "id" in option]
        assert len(set(ids)) == len(ids)
        assert [name for name in ids if not re.fullmatch("[a-z][a-zA-Z0-9_]*", name)] == []


def test_metrics_and_logs_are_those_of_the_region() -> None:
    regions = {each["properties"].get("region") for each in dashboard()["widgets"] if each["type"] != "text"}
    assert regions == {"eu-west-1"}


@pytest.mark.parametrize(
    "same",
    [
        RULES.replace("category: security", "category: reliability"),
        RULES.replace("title: Safe", "title: Secure, weight: 3"),
        RULES.replace("minimum: 50", "minimum: 70") + "gate: {minimum: 10}\n",
        RULES.replace("severity: high", "severity: high, weight: 3, enforcement: blocking"),
    ],
    ids=["category of a rule", "categories", "minimums", "weights"],
)
def test_what_metrics_tell_needs_no_rendering(same: str) -> None:
    assert dashboard(same) == dashboard()
