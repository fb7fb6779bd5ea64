"""What is read from AWS, and under which ids."""

import pytest
from fitness.aws_problem import AwsProblem
from fitness.config_ids import ById, ByName, Surroundings, candidates
from fitness.model import STACK_TYPE, Cause, ConfigRule, Resource, Status
from fitness.reader import Reader
from fitness.snapshot import Snapshot

from tests.edge.catalogues import RULES, catalogue
from tests.edge.fake_aws import STACK_ID, START, Clock, FakeAws, own_rule, row

BUCKET = Resource("Bucket", "AWS::S3::Bucket", "b-1", START)
TABLE = Resource("Table", "AWS::DynamoDB::Table", "t-1", START)
QUEUE = Resource("Queue", "AWS::SQS::Queue", "q-1", START)
NEVER = START.replace(year=START.year + 1)


def read(aws: FakeAws) -> Snapshot:
    return Reader(aws, catalogue(), Clock()).snapshot(aws.stack("orders"))


def test_only_types_that_a_rule_judges_are_asked_for() -> None:
    aws = FakeAws(listing=[BUCKET, QUEUE])

    read(aws)

    assert aws.asked == [("AWS::S3::Bucket", "b-1")]


def test_the_stack_itself_is_a_resource() -> None:
    assert read(FakeAws()).resources[0] == Resource("orders", STACK_TYPE, STACK_ID, START)


def test_the_stacks_own_config_rules_are_known_by_their_logical_path() -> None:
    rule = own_rule("S3BucketVersioningEnabled")

    assert read(FakeAws(rules=[rule, own_rule("DynamodbAutoscalingEnabled")])).config_rules[0] == rule


def test_config_rules_from_elsewhere_are_looked_for_when_the_stack_lacks_one() -> None:
    hub, other = ConfigRule("securityhub-s3-bucket-versioning-enabled-1a2b3c", None), ConfigRule("other", None)

    assert read(FakeAws(rules=[hub, other])).config_rules == (hub,)


def test_a_resource_that_cannot_be_read_does_not_spoil_the_others() -> None:
    aws = FakeAws(
        listing=[BUCKET, TABLE],
        rules=[own_rule("DynamodbAutoscalingEnabled")],
        rows=[row("Table", "DynamodbAutoscalingEnabled", Status.COMPLIANT, START)],
        unreadable={"Bucket": AwsProblem("denied", "AccessDeniedException")},
    )

    snapshot = read(aws)

    assert [found.resource for found in snapshot.evaluations] == ["Table"]
    assert [(failure.resource, failure.cause) for failure in snapshot.failures] == [("Bucket", Cause.DENIED)]


def test_a_resource_that_config_has_not_recorded_is_named() -> None:
    assert read(FakeAws(listing=[BUCKET], recorded_from={"b-1": NEVER})).unrecorded == ("Bucket",)
    assert read(FakeAws(listing=[BUCKET])).unrecorded == ()


def test_the_inventory_is_not_asked_where_a_row_tells_that_config_has_met_the_resource() -> None:
    met = row("Bucket", "S3BucketVersioningEnabled", Status.COMPLIANT, START)

    assert read(FakeAws(listing=[BUCKET], rows=[met], recorded_from={"b-1": NEVER})).unrecorded == ()


def test_what_only_periodic_rules_judge_need_not_be_recorded() -> None:
    assert read(FakeAws(listing=[TABLE], recorded_from={"t-1": NEVER})).unrecorded == ()


def test_a_row_of_a_periodic_rule_does_not_tell_that_a_resource_is_recorded() -> None:
    rules = catalogue(RULES.replace("[AWS::S3::Bucket]", "[AWS::DynamoDB::Table]"))
    scaled = row("Table", "DynamodbAutoscalingEnabled", Status.COMPLIANT, START)
    known = [own_rule("DynamodbAutoscalingEnabled"), own_rule("S3BucketVersioningEnabled")]
    aws = FakeAws(listing=[TABLE], rules=known, rows=[scaled], recorded_from={"t-1": NEVER})

    assert Reader(aws, rules, Clock()).snapshot(aws.stack("orders")).unrecorded == ("Table",)


def test_where_the_inventory_cannot_be_read_a_resource_counts_as_recorded() -> None:
    class Mute(FakeAws):
        def is_recorded(self, resource_type: str, resource_id: str) -> bool:
            raise AwsProblem("denied", "AccessDeniedException")

    assert read(Mute(listing=[BUCKET])).unrecorded == ()


def test_refreshing_finds_that_config_has_recorded_a_resource_by_now() -> None:
    aws = FakeAws(listing=[BUCKET], recorded_from={"b-1": START.replace(hour=11)})
    reader = Reader(aws, catalogue(), aws.clock)
    snapshot = reader.snapshot(aws.stack("orders"))
    aws.clock.sleep(7200)

    assert (snapshot.unrecorded, reader.refresh(snapshot, {"Bucket"}).unrecorded) == (("Bucket",), ())


def test_refreshing_reads_the_named_resources_only() -> None:
    aws = FakeAws(listing=[BUCKET, TABLE])
    reader = Reader(aws, catalogue(), aws.clock)
    snapshot = reader.snapshot(aws.stack("orders"))
    aws.asked.clear()

    reader.refresh(snapshot, {"Table"})

    assert aws.asked == [("AWS::DynamoDB::Table", "t-1")]


API = Resource("Api", "AWS::ApiGateway::RestApi", "abc", START)
OTHER_API = Resource("Other", "AWS::ApiGateway::RestApi", "xyz", START)
HTTP_API = Resource("Http", "AWS::ApiGatewayV2::Api", "h1", START)
ROOT = "arn:aws:apigateway:eu-west-1::"
SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"


@pytest.mark.parametrize(
    ("kind", "path", "physical_id", "expected"),
    [
        pytest.param("AWS::S3::Bucket", "B", "b", [ById("AWS::S3::Bucket", "b")], id="a bucket by its name"),
        pytest.param(
            *("AWS::DynamoDB::GlobalTable", "T", "t", [ById("AWS::DynamoDB::Table", "t")]),
            id="a global table as a table",
        ),
        pytest.param(
            *("AWS::ApiGateway::RestApi", "Api", "abc", [ById("AWS::ApiGateway::RestApi", f"{ROOT}/restapis/abc")]),
            id="a REST API by an ARN without account",
        ),
        pytest.param(
            *("AWS::ApiGateway::Stage", "ApiProdStage", "Prod"),
            [ById("AWS::ApiGateway::Stage", f"{ROOT}/restapis/abc/stages/Prod")],
            id="a stage by the API that its logical id names",
        ),
        pytest.param(
            *("AWS::ApiGateway::Stage", "Live", "Prod"),
            [ById("AWS::ApiGateway::Stage", f"{ROOT}/restapis/{api}/stages/Prod") for api in ("abc", "xyz")],
            id="a stage by every API when its logical id names none",
        ),
        pytest.param(
            *("AWS::ApiGatewayV2::Stage", "HttpStage", "$default"),
            [ById("AWS::ApiGatewayV2::Stage", f"{ROOT}/apis/h1/stages/$default")],
            id="the stage of an HTTP API",
        ),
        pytest.param("AWS::IAM::Policy", "P", "p", [], id="an inline policy never"),
        pytest.param(
            *("AWS::IAM::Role", "R", "role", [ByName("AWS::IAM::Role", "role")]), id="a role by an id found by its name"
        ),
        pytest.param(
            *("AWS::IAM::ManagedPolicy", "P", "arn:aws:iam::111122223333:policy/path/name"),
            [ByName("AWS::IAM::Policy", "name")],
            id="a managed policy as Config's policy",
        ),
        pytest.param(
            *("AWS::SecretsManager::Secret", "S", SECRET),
            [ById("AWS::SecretsManager::Secret", SECRET), ById("AWS::SecretsManager::Secret", "db")],
            id="a secret by ARN and by name, since rules disagree",
        ),
    ],
)
def test_config_knows(kind: str, path: str, physical_id: str, expected: list[ById | ByName]) -> None:
    surroundings = Surroundings("aws", "eu-west-1", [API, OTHER_API, HTTP_API])

    assert list(candidates(Resource(path, kind, physical_id, START), surroundings)) == expected
