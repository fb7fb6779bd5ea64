"""The architecture gate: what it answers CloudFormation, whatever happens."""

from pathlib import Path
from typing import Any

import pytest
from fitness.architecture_gate import answer_custom_resource
from fitness.model import Status

from tests.edge.environments import Context, Recorded, environment
from tests.edge.fake_aws import STACK_ID
from tests.edge.judged import BLOCKING, aws


def request(kind: str, **more: str) -> dict[str, Any]:
    ids = {"StackId": STACK_ID, "RequestId": "r-1", "LogicalResourceId": "ArchitectureGate"}
    return {"RequestType": kind, "ResponseURL": "https://answer.here", **ids, **more}


@pytest.mark.parametrize(
    ("kind", "status", "answer"),
    [
        pytest.param("Update", Status.COMPLIANT, "SUCCESS", id="a good update goes on"),
        pytest.param("Update", Status.NON_COMPLIANT, "FAILED", id="a bad update is refused"),
        pytest.param("Create", Status.NON_COMPLIANT, "SUCCESS", id="a creation is only recorded"),
        pytest.param("Delete", Status.NON_COMPLIANT, "SUCCESS", id="a deletion is let go"),
    ],
)
def test_the_architecture_gate(kind: str, status: Status, answer: str, tmp_path: Path, recorded: Recorded) -> None:
    answer_custom_resource(request(kind), Context(), environment(aws(status), tmp_path, recorded, BLOCKING))

    ((url, response),) = recorded.responses
    assert (url, response["Status"]) == ("https://answer.here", answer)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [pytest.param("Update", "FAILED", id="refuses"), pytest.param("Create", "SUCCESS", id="lets a creation go on")],
)
def test_an_architecture_gate_that_crashes(kind: str, answer: str, tmp_path: Path, recorded: Recorded) -> None:
    answer_custom_resource(request(kind), Context(), environment(aws(), tmp_path, recorded, "version: 2"))

    ((_, response),) = recorded.responses
    assert response["Status"] == answer
    assert response["Reason"].startswith("The architecture could not be judged: rules.yaml:1:1: ")


def test_the_physical_id_of_the_gate_stays_what_it_was(tmp_path: Path, recorded: Recorded) -> None:
    event = request("Update", PhysicalResourceId="gate-of-old")

    answer_custom_resource(event, Context(), environment(aws(), tmp_path, recorded))

    assert recorded.responses[0][1]["PhysicalResourceId"] == "gate-of-old"


def test_a_creation_is_recorded_as_such_and_not_published(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(Status.NON_COMPLIANT)

    answer_custom_resource(request("Create"), Context(), environment(fake, tmp_path, recorded, BLOCKING))

    assert [run["answer"] for run in fake.objects.values()] == ["Recorded"]
    assert fake.metrics == []


def test_the_reason_of_a_refusal_names_the_pair_and_stays_short(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(Status.NON_COMPLIANT)

    answer_custom_resource(request("Update"), Context(), environment(fake, tmp_path, recorded, BLOCKING))

    reason = recorded.responses[0][1]["Reason"]
    assert reason.startswith("FAIL: Bucket violates the blocking rule s3-bucket-versioning-enabled")
    assert len(reason.encode()) < 1024
