"""The custom Config rule that sends a value through both functions."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.response import StreamingBody
from botocore.stub import Stubber
from round_trip import BrokenTrip, broken, invoke_function, report

STACK = "arn:aws:cloudformation:eu-west-1:111122223333:stack/orders/1"
EVENT = {
    "invokingEvent": json.dumps(
        {"messageType": "ScheduledNotification", "notificationCreationTime": "2026-11-22T10:05:00.373Z"}
    ),
    "resultToken": "token",
}
WRITTEN = {"statusCode": 201, "body": '{"id": "7", "value": "v"}'}
READ = {"statusCode": 200, "body": '{"id": "7", "value": "v"}'}
REMOVED = {"statusCode": 204, "body": ""}


class Functions:
    """Answers by method; an exception is a crash. Keeps the requests."""

    def __init__(self, **answers: Any) -> None:
        self.answers = {"POST": WRITTEN, "GET": READ, "DELETE": REMOVED, **answers}
        self.requests: list[tuple[str, Any]] = []

    def __call__(self, name: str, request: Any) -> Any:
        self.requests.append((name, request))
        answer = self.answers[request["httpMethod"]]
        if isinstance(answer, Exception):
            raise answer
        return answer


def trip(functions: Callable[[str, Any], Any]) -> str | None:
    return broken(functions, "first", "second", "v")


def test_a_value_that_comes_back_is_a_trip_that_works() -> None:
    assert trip(Functions()) is None


def test_the_first_function_writes_and_removes_and_the_second_reads() -> None:
    functions = Functions()
    trip(functions)
    calls = [(name, request["httpMethod"], request["path"]) for name, request in functions.requests]
    assert calls == [("first", "POST", "/first"), ("second", "GET", "/second"), ("first", "DELETE", "/first")]


def test_the_item_that_was_written_is_the_one_read_and_removed() -> None:
    functions = Functions()
    trip(functions)
    (_, write), *others = functions.requests
    assert json.loads(write["body"]) == {"value": "v"}
    assert [request["queryStringParameters"] for _, request in others] == [{"id": "7"}, {"id": "7"}]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"POST": BrokenTrip("first crashed.")}, "first crashed."),
        ({"GET": BrokenTrip("second crashed.")}, "second crashed."),
        ({"DELETE": BrokenTrip("first crashed.")}, "first crashed."),
        ({"POST": {"statusCode": 500, "body": "no"}}, "first did not write an item: status 500, no."),
        ({"POST": {"statusCode": 201, "body": "no"}}, "first did not write an item: the answer is not JSON."),
        ({"POST": {"statusCode": 201, "body": "{}"}}, "first wrote an item but did not tell its id."),
        ({"POST": {}}, "first did not write an item: status None, None."),
        ({"GET": {"statusCode": 404, "body": "{}"}}, "second did not read the item: status 404, {}."),
        ({"GET": {"statusCode": 200, "body": "[]"}}, "second read something else than what was written."),
        ({"GET": {**READ, "body": '{"id": "7", "value": "w"}'}}, "second read something else than what was written."),
        ({"GET": {**READ, "body": '{"id": "8", "value": "v"}'}}, "second read something else than what was written."),
        ({"DELETE": {"statusCode": 500}}, "first did not remove the item: status 500."),
    ],
)
def test_a_broken_trip_says_what_broke(answers: dict[str, Any], reason: str) -> None:
    assert trip(Functions(**answers)) == reason


def test_an_item_that_could_not_be_read_is_removed_all_the_same() -> None:
    functions = Functions(GET=BrokenTrip("second crashed."), DELETE=BrokenTrip("first crashed."))
    assert trip(functions) == "second crashed."
    assert functions.requests[-1][1]["httpMethod"] == "DELETE"


def payload(content: Any) -> StreamingBody:
    raw = json.dumps(content).encode()
    return StreamingBody(BytesIO(raw), len(raw))


REQUEST = {"httpMethod": "GET"}
EXPECTED = {"FunctionName": "second", "Payload": b'{"httpMethod": "GET"}'}


def test_a_function_is_invoked_without_a_qualifier(lambda_: Stubber) -> None:
    lambda_.add_response("invoke", {"StatusCode": 200, "Payload": payload(READ)}, EXPECTED)
    assert invoke_function(lambda_.client, "second", REQUEST) == READ


def test_a_crash_of_a_function_breaks_the_trip(lambda_: Stubber) -> None:
    crash = {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": payload({"errorMessage": "out of luck"})}
    lambda_.add_response("invoke", crash, EXPECTED)
    with pytest.raises(BrokenTrip, match=r"second crashed on GET: out of luck\."):
        invoke_function(lambda_.client, "second", REQUEST)


@pytest.mark.parametrize("odd", [None, [], "text"])
def test_an_answer_that_is_no_object_has_no_status(lambda_: Stubber, odd: Any) -> None:
    lambda_.add_response("invoke", {"StatusCode": 200, "Payload": payload(odd)}, EXPECTED)
    assert invoke_function(lambda_.client, "second", REQUEST) == {}


def test_a_call_that_aws_refuses_is_the_rules_error_and_no_verdict(lambda_: Stubber) -> None:
    lambda_.add_client_error("invoke", "AccessDeniedException")
    with pytest.raises(ClientError):
        invoke_function(lambda_.client, "second", REQUEST)


def evaluation(compliance: str, annotation: str) -> dict[str, Any]:
    return {
        "Evaluations": [
            {
                "ComplianceResourceType": "AWS::CloudFormation::Stack",
                "ComplianceResourceId": STACK,
                "ComplianceType": compliance,
                "Annotation": annotation,
                "OrderingTimestamp": datetime(2026, 11, 22, 10, 5, 0, 373000, tzinfo=UTC),
            }
        ],
        "ResultToken": "token",
    }


def test_a_trip_that_works_is_compliant_at_the_time_of_the_question(config: Stubber) -> None:
    expected = evaluation("COMPLIANT", "The second function reads what the first one writes.")
    config.add_response("put_evaluations", {"FailedEvaluations": []}, expected)
    report(config.client, EVENT, STACK, None)


def test_a_broken_trip_is_non_compliant_with_its_reason(config: Stubber) -> None:
    config.add_response("put_evaluations", {}, evaluation("NON_COMPLIANT", "second crashed."))
    report(config.client, EVENT, STACK, "second crashed.")


def test_a_long_reason_is_cut_to_what_config_takes(config: Stubber) -> None:
    config.add_response("put_evaluations", {}, evaluation("NON_COMPLIANT", "x" * 256))
    report(config.client, EVENT, STACK, "x" * 300)


def test_an_evaluation_that_config_does_not_take_is_an_error(config: Stubber) -> None:
    expected = evaluation("NON_COMPLIANT", "x")
    config.add_response("put_evaluations", {"FailedEvaluations": expected["Evaluations"]}, expected)
    with pytest.raises(RuntimeError, match="did not take"):
        report(config.client, EVENT, STACK, "x")
