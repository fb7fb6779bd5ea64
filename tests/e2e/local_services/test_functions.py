"""Lambda functions really run, as Lambda runs them."""

from __future__ import annotations

import json
import re

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.functions import ROLE, create, invoke, messages, zipped
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

TELL = """
    import os

    def handler(event, context):
        print("seen", event)
        return {
            "event": event,
            "version": context.function_version,
            "arn": context.invoked_function_arn,
            "left": context.get_remaining_time_in_millis(),
            "environment": dict(os.environ),
            "process": os.getpid(),
        }
    """
FAIL = """
    def handler(event, context):
        raise ValueError("no such order")
    """


def test_a_function_gets_its_event_and_its_environment(aws: LocalAws) -> None:
    create(aws, "told", TELL, Timeout=7, Environment={"Variables": {"TABLE": "orders"}})
    told = invoke(aws, "told", {"id": 1})
    assert told["event"] == {"id": 1}
    assert told["environment"]["TABLE"] == "orders"
    assert told["environment"]["AWS_LAMBDA_FUNCTION_NAME"] == "told"
    assert 6000 < told["left"] <= 7000


def test_a_function_sees_nothing_of_the_users_credentials(aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    create(aws, "apart", TELL)
    environment = invoke(aws, "apart")["environment"]
    assert "AWS_PROFILE" not in environment
    assert environment["AWS_ENDPOINT_URL"] == aws.url


def test_a_function_reaches_the_other_services(aws: LocalAws) -> None:
    code = """
        import boto3

        def handler(event, context):
            return [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]
        """
    aws.client("s3", "us-east-1").create_bucket(Bucket="found-by-function")
    create(aws, "lister", code, Timeout=20)
    assert "found-by-function" in invoke(aws, "lister")


def test_the_process_is_kept_for_the_next_event(aws: LocalAws) -> None:
    create(aws, "warm", TELL)
    assert invoke(aws, "warm")["process"] == invoke(aws, "warm")["process"]


def test_an_exception_is_answered_as_lambda_does(aws: LocalAws) -> None:
    create(aws, "fails", FAIL)
    answer = aws.client("lambda").invoke(FunctionName="fails")
    payload = json.loads(answer["Payload"].read())
    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    assert (payload["errorType"], payload["errorMessage"]) == ("ValueError", "no such order")
    assert "app.py" in payload["stackTrace"][0]


@pytest.mark.parametrize(
    ("handler", "code", "kind"),
    [
        pytest.param("app.handler", "import nothing_of_that_name", "Runtime.ImportModuleError", id="missing import"),
        pytest.param("app.handler", "def handler(:", "Runtime.UserCodeSyntaxError", id="syntax error"),
        pytest.param("app.other", "def handler(e, c): ...", "Runtime.HandlerNotFound", id="missing handler"),
        pytest.param("app", "def handler(e, c): ...", "Runtime.MalformedHandlerName", id="no module in handler"),
        pytest.param("app.handler", "def handler(e, c): return {1}", "Runtime.MarshalError", id="not JSON"),
        pytest.param("app.handler", "def handler(e, c): raise SystemExit(3)", "Runtime.ExitError", id="exit"),
    ],
)
def test_what_cannot_run_says_why(aws: LocalAws, handler: str, code: str, kind: str) -> None:
    name = kind.replace(".", "-")
    create(aws, name, code, Handler=handler)
    assert invoke(aws, name)["errorType"] == kind


def test_a_function_that_takes_too_long_is_ended(aws: LocalAws) -> None:
    create(aws, "slow", "import time\ndef handler(e, c): time.sleep(60)", Timeout=1)
    assert "Task timed out after 1.00 seconds" in invoke(aws, "slow")["errorMessage"]
    assert any("Task timed out after 1.00 seconds" in line for line in messages(aws, "/aws/lambda/slow"))


def test_a_function_that_takes_too_much_memory_is_ended(aws: LocalAws) -> None:
    code = "import time\ndef handler(e, c):\n    data = bytearray(300_000_000)\n    time.sleep(2)"
    create(aws, "greedy", code, Timeout=10, MemorySize=128)
    assert "signal: killed" in invoke(aws, "greedy")["errorMessage"]


def test_each_version_runs_its_own_code_and_environment(aws: LocalAws) -> None:
    client = aws.client("lambda")
    create(
        aws, "versioned", "import os\ndef handler(e, c): return 'one ' + os.environ['X']", Environment=variables("1")
    )
    client.publish_version(FunctionName="versioned")
    client.update_function_code(FunctionName="versioned", ZipFile=zipped(app="def handler(e, c): return 'two'"))
    client.publish_version(FunctionName="versioned")
    assert invoke(aws, "versioned", Qualifier="1") == "one 1"
    assert invoke(aws, "versioned:2") == "two"


def variables(value: str) -> dict[str, dict[str, str]]:
    return {"Variables": {"X": value}}


def test_a_version_number_is_never_given_twice(aws: LocalAws) -> None:
    client = aws.client("lambda")
    create(aws, "counted", TELL)
    for value in "12":
        client.update_function_configuration(FunctionName="counted", Environment=variables(value))
        last = client.publish_version(FunctionName="counted")["Version"]
    client.delete_function(FunctionName="counted", Qualifier=last)
    client.update_function_configuration(FunctionName="counted", Environment=variables("3"))
    assert client.publish_version(FunctionName="counted")["Version"] == "3"


def test_functions_and_versions_tell_when_they_changed(aws: LocalAws) -> None:
    create(aws, "dated", TELL)
    version = aws.client("lambda").publish_version(FunctionName="dated")
    function = aws.client("lambda").get_function_configuration(FunctionName="dated")
    for described in (function, version):
        assert re.fullmatch(r"[\d-]{10}T[\d:]{8}\.\d{3}\+0000", described["LastModified"])


def test_an_alias_spreads_its_traffic_by_weight(aws: LocalAws) -> None:
    client = aws.client("lambda")
    create(aws, "weighted", TELL)
    for value in "12":
        client.update_function_configuration(FunctionName="weighted", Environment=variables(value))
        client.publish_version(FunctionName="weighted")
    weights = {"AdditionalVersionWeights": {"2": 1.0}}
    client.create_alias(FunctionName="weighted", Name="live", FunctionVersion="1", RoutingConfig=weights)
    answer = client.invoke(FunctionName="weighted", Qualifier="live")
    assert answer["ExecutedVersion"] == "2"
    assert json.loads(answer["Payload"].read())["arn"].endswith(":function:weighted:live")


def test_an_asynchronous_invocation_is_tried_three_times(aws: LocalAws) -> None:
    create(aws, "retried", FAIL)
    answer = aws.client("lambda").invoke(FunctionName="retried", InvocationType="Event")
    assert answer["StatusCode"] == 202
    assert eventually(lambda: starts(aws, "/aws/lambda/retried") == 3)


def starts(aws: LocalAws, group: str) -> int:
    groups = aws.client("logs").describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    return sum(line.startswith("START") for line in messages(aws, group)) if groups else 0


def test_the_end_of_an_asynchronous_invocation_is_told(aws: LocalAws) -> None:
    sqs, client = aws.client("sqs"), aws.client("lambda")
    urls = [sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("ended", "dead")]
    ended, dead = (f"arn:aws:sqs:eu-west-1:123456789012:{name}" for name in ("ended", "dead"))
    create(aws, "told-of", FAIL, DeadLetterConfig={"TargetArn": dead})
    destinations = {"OnFailure": {"Destination": ended}}
    client.put_function_event_invoke_config(
        FunctionName="told-of", MaximumRetryAttempts=0, DestinationConfig=destinations
    )
    client.invoke(FunctionName="told-of", InvocationType="Event", Payload='{"id": 7}')
    record, letter = (eventually(lambda url=url: sqs.receive_message(QueueUrl=url).get("Messages"))[0] for url in urls)
    assert json.loads(record["Body"])["requestContext"]["condition"] == "RetriesExhausted"
    assert json.loads(record["Body"])["responsePayload"]["errorMessage"] == "no such order"
    assert json.loads(letter["Body"]) == {"id": 7}


def test_a_dry_run_runs_nothing(aws: LocalAws) -> None:
    create(aws, "dry", TELL)
    assert aws.client("lambda").invoke(FunctionName="dry", InvocationType="DryRun")["StatusCode"] == 204
    assert starts(aws, "/aws/lambda/dry") == 0


def test_a_function_without_concurrency_is_throttled(aws: LocalAws) -> None:
    create(aws, "throttled", TELL)
    aws.client("lambda").put_function_concurrency(FunctionName="throttled", ReservedConcurrentExecutions=0)
    with pytest.raises(ClientError, match="TooManyRequestsException"):
        invoke(aws, "throttled")


@pytest.mark.parametrize(("name", "qualifier"), [("nobody", "$LATEST"), ("known", "9"), ("known", "nowhere")])
def test_what_does_not_exist_is_not_found(aws: LocalAws, name: str, qualifier: str) -> None:
    client = aws.client("lambda")
    if name == "known" and qualifier == "9":
        create(aws, "known", TELL)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.invoke(FunctionName=name, Qualifier=qualifier)


def test_a_function_that_does_not_exist_cannot_be_deleted(aws: LocalAws) -> None:
    client = aws.client("lambda")
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.delete_function(FunctionName="nobody")


def test_properties_that_moto_forgets_are_kept(aws: LocalAws) -> None:
    dead_letters = {"TargetArn": "arn:aws:sqs:eu-west-1:123456789012:dead"}
    create(aws, "kept", TELL, DeadLetterConfig=dead_letters)
    client = aws.client("lambda")
    client.update_function_configuration(FunctionName="kept", TracingConfig={"Mode": "Active"})
    kept = client.get_function_configuration(FunctionName="kept")
    assert kept["DeadLetterConfig"] == dead_letters
    assert kept["TracingConfig"] == {"Mode": "Active"}


def test_code_may_come_from_s3(aws: LocalAws) -> None:
    s3 = aws.client("s3", "us-east-1")
    s3.create_bucket(Bucket="artifacts")
    s3.put_object(Bucket="artifacts", Key="app.zip", Body=zipped(app="def handler(e, c): return 'from S3'"))
    code = {"S3Bucket": "artifacts", "S3Key": "app.zip"}
    settings = {"Runtime": "python3.13", "Handler": "app.handler", "Role": ROLE}
    aws.client("lambda").create_function(FunctionName="stored", Code=code, **settings)
    assert invoke(aws, "stored") == "from S3"


def test_a_layer_is_on_the_path(aws: LocalAws) -> None:
    content = {"ZipFile": zipped(**{"python/shared.py": "NAME = 'layer'"})}
    layer = aws.client("lambda").publish_layer_version(LayerName="shared", Content=content)["LayerVersionArn"]
    create(aws, "layered", "import shared\ndef handler(e, c): return shared.NAME", Layers=[layer])
    assert invoke(aws, "layered") == "layer"


@pytest.mark.needs("node")
def test_a_nodejs_function_runs(aws: LocalAws) -> None:
    code = zipped(**{"index.mjs": "export const handler = async (event) => ({ got: event.id });"})
    settings = {"Runtime": "nodejs22.x", "Handler": "index.handler", "Role": ROLE, "Code": {"ZipFile": code}}
    aws.client("lambda").create_function(FunctionName="node", **settings)
    assert invoke(aws, "node", {"id": 5}) == {"got": 5}


def test_a_runtime_that_cannot_run_here_says_so(aws: LocalAws) -> None:
    create(aws, "java", TELL, Runtime="java21")
    assert "not in java21" in invoke(aws, "java")["errorMessage"]


def test_a_queue_invokes_its_function(aws: LocalAws) -> None:
    create(aws, "worker", TELL)
    url = aws.client("sqs").create_queue(QueueName="work")["QueueUrl"]
    arn = "arn:aws:sqs:eu-west-1:123456789012:work"
    aws.client("lambda").create_event_source_mapping(EventSourceArn=arn, FunctionName="worker")
    aws.client("sqs").send_message(QueueUrl=url, MessageBody="to do")
    assert eventually(lambda: starts(aws, "/aws/lambda/worker"))
    assert "to do" in messages(aws, "/aws/lambda/worker")[1]


def test_reserved_concurrency_belongs_to_all_versions(aws: LocalAws) -> None:
    create(aws, "limited", TELL)
    aws.client("lambda").publish_version(FunctionName="limited")
    aws.client("lambda").put_function_concurrency(FunctionName="limited", ReservedConcurrentExecutions=0)
    with pytest.raises(ClientError, match="TooManyRequestsException"):
        invoke(aws, "limited", Qualifier="1")


def test_code_that_is_no_zip_says_so(aws: LocalAws) -> None:
    settings = {"Runtime": "python3.13", "Handler": "app.handler", "Role": ROLE, "Code": {"ZipFile": b"no zip"}}
    aws.client("lambda").create_function(FunctionName="no-zip", **settings)
    assert "not a zip file" in invoke(aws, "no-zip")["errorMessage"]


def test_a_topic_invokes_its_function(aws: LocalAws) -> None:
    function = create(aws, "notified", TELL)
    sns = aws.client("sns")
    topic = sns.create_topic(Name="news")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function)
    sns.publish(TopicArn=topic, Message="hello")
    assert eventually(lambda: starts(aws, "/aws/lambda/notified"))
    assert "hello" in messages(aws, "/aws/lambda/notified")[1]
