"""The console's pages and their JSON over HTTP, for an account with a stack of ours and for an empty one."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.console.conftest import Fetch
from tests.e2e.console.seed import RULE, STACK
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

HERE, API, ELSEWHERE = "/_console/eu-west-1", "/_console/api/eu-west-1", "/_console/us-east-1"
QUERY = urlencode({"name": RULE})


@pytest.mark.parametrize("path", ["/_console", "/_console/", "/_console/eu-west-1", "/_console?region=eu-west-1"])
def test_the_console_begins_with_the_stacks(seeded: Stacks, fetch: Fetch, path: str) -> None:
    page = fetch(path)
    assert (page.status, STACK in page.text) == (200, True)


def test_the_stacks_have_their_status_and_fitness(seeded: Stacks, fetch: Fetch) -> None:
    (stack,) = json.loads(fetch(f"{API}/stacks").text)["stacks"]
    assert (stack["name"], stack["status"], stack["fitness"]) == (STACK, "UPDATE_COMPLETE", 74.0)


def test_a_stack_shows_its_figures_and_releases(seeded: Stacks, fetch: Fetch) -> None:
    told = json.loads(fetch(f"{API}/stack?name={STACK}").text)
    figures = told["figures"]
    assert (figures["Fitness"], figures["FitnessLow"], figures["FitnessHigh"]) == (74.0, 70.0, 83.0)
    assert [(each["status"], each["fitness"]) for each in told["releases"]] == [
        ("Failed", 74.0),
        ("Succeeded", 81.0),
        ("Recorded", 62.5),
    ]
    assert [mark["release"]["status"] for mark in told["chart"]["marks"]] == ["Failed", "Succeeded"]


def test_a_stack_shows_what_config_says_of_each_resource(seeded: Stacks, fetch: Fetch) -> None:
    parts = {part["logical_id"]: part for part in json.loads(fetch(f"{API}/stack?name={STACK}").text)["parts"]}
    assert (parts["Orders"]["compliance"], parts["RecordsBucket"]["compliance"]) == ("COMPLIANT", "NON_COMPLIANT")
    assert parts["FunctionRole"]["key"][0] == "AWS::IAM::Role"


def test_a_rule_leads_to_its_results(seeded: Stacks, fetch: Fetch) -> None:
    (rule,) = json.loads(fetch(f"{API}/rules").text)["rules"]
    assert (rule["compliance"], rule["count"]) == ("NON_COMPLIANT", "1")
    rows = json.loads(fetch(f"{API}/rule?{QUERY}").text)["rows"]
    assert [row["compliance"] for row in rows] == ["NON_COMPLIANT", "COMPLIANT"]


def test_a_change_by_hand_is_seen_in_the_timeline_and_in_the_results(
    aws: LocalAws, seeded: Stacks, fetch: Fetch
) -> None:
    bucket = seeded.physical_id(STACK, "Orders")
    told = f"{API}/resource?{urlencode({'type': 'AWS::S3::Bucket', 'id': bucket})}"
    aws.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    found = eventually(
        lambda: json.loads(fetch(told).text), is_so=lambda page: page["rows"][0]["compliance"] != "COMPLIANT"
    )
    changed = {"path": "BucketVersioningConfiguration.status", "before": '"Enabled"', "after": '"Suspended"'}
    assert found["timeline"][0]["changes"] == [changed]
    aws.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    eventually(lambda: json.loads(fetch(told).text), is_so=lambda page: page["rows"][0]["compliance"] == "COMPLIANT")


def test_a_record_that_nobody_can_read_is_left_out(aws: LocalAws, seeded: Stacks, fetch: Fetch) -> None:
    bucket = seeded.physical_id(STACK, "RecordsBucket")
    for number, body in enumerate((b"", b"[]", b"{}", b'{"scorecard": {"taken_at": 1}}', b"\xff")):
        aws.client("s3").put_object(Bucket=bucket, Key=f"runs/broken-{number}.json", Body=body)
    assert len(json.loads(fetch(f"{API}/stack?name={STACK}").text)["releases"]) == 3


@pytest.mark.parametrize("page", ["stacks", "rules", "resources"])
def test_a_region_with_nothing_says_so(fetch: Fetch, page: str) -> None:
    answer = fetch(f"{ELSEWHERE}/{page}")
    assert (answer.status, "in us-east-1" in answer.text) == (200, True)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("stack?name=nothing", "Stack with id nothing does not exist"),
        ("rule?name=nothing", "The ConfigRule &#39;nothing&#39;"),
        ("resource?type=AWS::S3::Bucket&id=nothing", "AWS Config knows no resource nothing"),
        ("rule", "The address lacks the name"),
        ("nothing", "There is no page nothing"),
    ],
)
def test_what_does_not_exist_is_said_in_a_sentence(fetch: Fetch, path: str, sentence: str) -> None:
    page = fetch(f"{HERE}/{path}")
    assert (page.status, sentence in page.text) == (404, True)


@pytest.mark.parametrize("page", ["stacks", f"stack?name={STACK}", "rules", f"rule?{QUERY}", "resources"])
def test_hostile_names_are_escaped(seeded: Stacks, fetch: Fetch, page: str) -> None:
    text = fetch(f"{HERE}/{page}").text
    assert "<img" not in text
    assert text.count("<script") == 1


def test_a_page_may_load_nothing_but_the_consoles_own_files(fetch: Fetch) -> None:
    headers = fetch(f"{HERE}/stacks").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'" in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_an_unchanged_page_is_not_sent_again(seeded: Stacks, fetch: Fetch) -> None:
    tag = fetch(f"{HERE}/rules").headers["etag"]
    assert fetch(f"{HERE}/rules", If_None_Match=tag).status == 304


def test_the_console_answers_to_no_other_host(fetch: Fetch) -> None:
    assert fetch(f"{HERE}/stacks", Host="evil.example.com").status == 403


def test_the_console_changes_nothing(fetch: Fetch) -> None:
    assert fetch(f"{HERE}/stacks", "POST").status == 405


@pytest.mark.parametrize("name", ["..%2Fhttp.py", "nothing.css", ""])
def test_only_the_consoles_own_files_are_served(fetch: Fetch, name: str) -> None:
    assert fetch(f"/_console/static/{name}").status == 404
