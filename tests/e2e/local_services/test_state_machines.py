"""State machines that run, as Step Functions runs them."""

from __future__ import annotations

import json

import pytest

from tests.e2e.local_services.functions import ROLE
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow


def test_executions_that_nobody_names_have_names_of_their_own(aws: LocalAws) -> None:
    states = aws.client("stepfunctions")
    definition = json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}})
    machine = states.create_state_machine(name="unnamed", definition=definition, roleArn=ROLE)["stateMachineArn"]
    started = {states.start_execution(stateMachineArn=machine, input=text)["executionArn"] for text in ("1", "2")}
    names = {found["name"] for found in states.list_executions(stateMachineArn=machine)["executions"]}
    assert {arn.rpartition(":")[2] for arn in started} == names
    assert len(names) == len(started) == 2
    assert "None" not in names
