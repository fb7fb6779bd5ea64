"""Wait conditions, which something outside of CloudFormation has to meet."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks, template

pytestmark = pytest.mark.slow


def waiting(timeout: float = 60, count: int = 1) -> dict[str, Any]:
    condition = {"Handle": {"Ref": "Handle"}, "Timeout": str(timeout), "Count": count}
    return {
        "Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"},
        "Condition": {"Type": "AWS::CloudFormation::WaitCondition", "Properties": condition},
    }


def put(url: str, **said: str) -> None:
    body = json.dumps(said).encode()
    with urllib.request.urlopen(urllib.request.Request(url, body, method="PUT")) as answer:  # noqa: S310 - http here
        assert answer.status == 200


def begun(stacks: Stacks, name: str, resources: dict[str, Any], **sections: Any) -> None:
    """The stack is being created; the request itself waits a moment for operations that end soon."""
    body = template(resources, **sections)
    threading.Thread(target=stacks.client.create_stack, kwargs={"StackName": name, "TemplateBody": body}).start()
    for _ in range(500):
        if any(event == ("Condition", "CREATE_IN_PROGRESS") for event in told(stacks, name)):
            return
        time.sleep(0.02)


def told(stacks: Stacks, name: str) -> list[tuple[str, str]]:
    listed = stacks.client.list_stacks()["StackSummaries"]
    return stacks.story(name) if any(each["StackName"] == name for each in listed) else []


def test_signals_meet_a_condition_and_hand_their_data_on(stacks: Stacks) -> None:
    outputs = {"Data": {"Value": {"Fn::GetAtt": ["Condition", "Data"]}}}
    begun(stacks, "signalled", waiting(count=2), Outputs=outputs)
    url = stacks.physical_id("signalled", "Handle")
    put(url, Status="SUCCESS", UniqueId="one", Data="first", Reason="done")
    put(url, Status="SUCCESS", UniqueId="one", Data="again", Reason="done")
    put(url, Status="SUCCESS", UniqueId="two", Data="second", Reason="done")
    stack = stacks.settled("signalled")
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    assert json.loads(stack["Outputs"][0]["OutputValue"]) == {"one": "again", "two": "second"}


def test_a_failure_fails_the_stack_with_its_reason(stacks: Stacks) -> None:
    begun(stacks, "declined", waiting())
    put(stacks.physical_id("declined", "Handle"), Status="FAILURE", UniqueId="one", Reason="no disk")
    assert stacks.settled("declined")["StackStatus"] == "ROLLBACK_COMPLETE"
    reason = stacks.reason("declined", "Condition", "CREATE_FAILED")
    assert reason == "WaitCondition received failed message: 'no disk' for uniqueId: one"


def test_what_is_no_signal_cannot_be_parsed(stacks: Stacks) -> None:
    begun(stacks, "garbled", waiting())
    put(stacks.physical_id("garbled", "Handle"), Hello="world")
    stacks.settled("garbled")
    assert stacks.reason("garbled", "Condition", "CREATE_FAILED") == "Unparsable WaitCondition data"


def test_a_condition_that_nobody_meets_times_out(stacks: Stacks) -> None:
    stacks.create("forgotten", waiting(timeout=0.1, count=3))
    reason = stacks.reason("forgotten", "Condition", "CREATE_FAILED")
    assert reason == "WaitCondition timed out. Received 0 conditions when expecting 3"


def test_a_condition_without_a_handle_is_signalled_by_its_name(stacks: Stacks) -> None:
    policy = {"ResourceSignal": {"Count": 1, "Timeout": "PT1M"}}
    begun(stacks, "named", {"Condition": {"Type": "AWS::CloudFormation::WaitCondition", "CreationPolicy": policy}})
    signal = {"StackName": "named", "LogicalResourceId": "Condition", "UniqueId": "one"}
    stacks.client.signal_resource(**signal, Status="SUCCESS")
    assert stacks.settled("named")["StackStatus"] == "CREATE_COMPLETE"
    with pytest.raises(stacks.client.exceptions.ClientError, match="is in CREATE_COMPLETE state"):
        stacks.client.signal_resource(**signal, Status="SUCCESS")
