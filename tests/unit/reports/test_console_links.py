"""Links into the AWS Config console, and the formats that show them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from fitness.model import ConfigRule, Resource
from fitness.scorecard import Scorecard

from tests.unit.reports.cards import READ, RESTORE, card_of
from workbench.reports.console_links import console_links
from workbench.reports.formats import FORMATS, NO_NOTES, Notes, Page, render

CARD = card_of({READ: {"Bucket": "n"}, RESTORE: {"Table": "?"}})
IRELAND = "https://eu-west-1.console.aws.amazon.com/config/home?region=eu-west-1#"
TIMELINE = f"{IRELAND}/resources/timeline?resourceId=bucket&resourceType=AWS%3A%3AS3%3A%3ABucket"
RULE_PAGE = f"{IRELAND}/rules/details?configRuleName=orders-{READ}"


def in_region(partition: str, region: str) -> Scorecard:
    stack_id = f"arn:{partition}:cloudformation:{region}:111122223333:stack/orders/1"
    return replace(CARD, snapshot=replace(CARD.snapshot, stack_id=stack_id, region=region))


def with_bucket(**changes: str) -> Scorecard:
    bucket, *others = CARD.snapshot.resources
    return replace(CARD, snapshot=replace(CARD.snapshot, resources=(replace(bucket, **changes), *others)))


def test_a_resource_leads_to_its_timeline_and_a_rule_to_its_page() -> None:
    links = console_links(CARD, NO_NOTES)
    assert (links.resources["Bucket"], links.rules[READ]) == (TIMELINE, RULE_PAGE)


@pytest.mark.parametrize(
    ("partition", "region", "host"),
    [
        ("aws", "ap-southeast-2", "ap-southeast-2.console.aws.amazon.com"),
        ("aws-cn", "cn-north-1", "cn-north-1.console.amazonaws.cn"),
        ("aws-us-gov", "us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com"),
    ],
)
def test_each_partition_has_its_own_console(partition: str, region: str, host: str) -> None:
    links = console_links(in_region(partition, region), NO_NOTES)
    assert links.rules[READ].startswith(f"https://{host}/config/home?region={region}#/rules/")


@pytest.mark.parametrize("region", ["evil.example/", "eu-west-1.evil.example", "", "javascript:x"])
def test_a_hostile_region_makes_no_link(region: str) -> None:
    assert not console_links(in_region("aws", region), NO_NOTES).rules


def test_a_hostile_name_stays_inside_its_parameter() -> None:
    links = console_links(with_bucket(physical_id='a"&resourceType=<b>#'), NO_NOTES)
    assert "resourceId=a%22%26resourceType%3D%3Cb%3E%23&resourceType=AWS" in links.resources["Bucket"]


def test_an_api_is_named_as_config_names_it() -> None:
    links = console_links(with_bucket(type="AWS::ApiGateway::RestApi", physical_id="a1b2"), NO_NOTES)
    assert "resourceId=arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2Fa1b2&" in links.resources["Bucket"]


def test_what_only_config_can_name_has_no_link() -> None:
    assert "Bucket" not in console_links(with_bucket(type="AWS::IAM::Role"), NO_NOTES).resources


def test_what_no_rule_judges_has_no_link() -> None:
    alone = Resource("Policy", "AWS::S3::BucketPolicy", "policy", None)
    card = replace(CARD, snapshot=replace(CARD.snapshot, resources=(*CARD.snapshot.resources, alone)))
    assert "Policy" not in console_links(card, NO_NOTES).resources


def test_the_stacks_own_config_rule_is_shown_before_another() -> None:
    foreign = ConfigRule(f"securityhub-{READ}-1a2b", None)
    card = replace(CARD, snapshot=replace(CARD.snapshot, config_rules=(foreign, *CARD.snapshot.config_rules)))
    assert console_links(card, NO_NOTES).rules[READ] == RULE_PAGE


def test_a_preview_has_no_pages_in_a_console() -> None:
    assert not console_links(CARD, Notes(deployed=False)).resources


@pytest.mark.parametrize("format_", [name for name in FORMATS if name not in ("json", "text")])
def test_every_report_links_its_findings(format_: str) -> None:
    report = render(CARD, format_, Page()).replace("&amp;", "&")
    assert TIMELINE in report
    assert RULE_PAGE in report


def test_a_terminal_gets_links_and_a_plain_page_does_not() -> None:
    card = card_of({READ: {"Bucket": "n"}}, {READ: {"Bucket": "c"}})
    assert TIMELINE in render(card, "text", Page(colour=True))
    assert IRELAND not in render(card, "text", Page())


def test_sarif_opens_the_timeline_of_a_result_and_the_page_of_a_rule() -> None:
    run = json.loads(render(CARD, "sarif", Page()))["runs"][0]
    assert run["results"][0]["hostedViewerUri"] == TIMELINE
    assert run["tool"]["driver"]["rules"][0]["helpUri"] == RULE_PAGE
