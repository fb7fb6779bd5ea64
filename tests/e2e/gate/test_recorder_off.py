"""Somebody turns the configuration recorder off: nothing that Config did not see becomes good by that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.e2e.gate.application import bucket
from tests.e2e.gate.deployed import Deployed
from tests.e2e.gate.scenarios import IMPATIENT, pairs_of
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow
PUBLIC, VERSIONING = "s3-bucket-level-public-access-prohibited", "s3-bucket-versioning-enabled"
RED = {"Data": bucket(public=True, versioned=False)}
GREEN = {"Data": bucket()}


@pytest.fixture(scope="module")
def stacks(aws: LocalAws) -> tuple[Deployed, Deployed]:
    """A red and a green stack, both recorded; the recorder is off from then on."""
    red, green = (replace(Deployed(aws, name), rules=IMPATIENT) for name in ("red", "green"))
    red.create(RED)
    green.create(GREEN)
    config = aws.client("config")
    for recorder in config.describe_configuration_recorders()["ConfigurationRecorders"]:
        config.stop_configuration_recorder(ConfigurationRecorderName=recorder["name"])
    return red, green


def test_a_violation_stays_one(stacks: tuple[Deployed, Deployed]) -> None:
    red, _ = stacks
    red.update(RED)
    assert pairs_of(red.decisions()[-1])[PUBLIC, "Data"]["status"] == "NON_COMPLIANT"
    assert ("standing_blocking_violation", PUBLIC, "Data") in red.reasons()


def test_a_fix_that_config_does_not_see_does_not_turn_green(stacks: tuple[Deployed, Deployed]) -> None:
    red, _ = stacks
    red.update(GREEN, release="3")
    assert pairs_of(red.decisions()[-1])[PUBLIC, "Data"]["status"] == "INSUFFICIENT_DATA"


def test_a_bad_change_does_not_pass(stacks: tuple[Deployed, Deployed]) -> None:
    _, green = stacks
    assert green.update({"Data": bucket(versioned=False)}) == "UPDATE_ROLLBACK_COMPLETE"
    assert ("undecided", VERSIONING, "Data") in green.reasons()
    assert pairs_of(green.decisions()[-1])[VERSIONING, "Data"]["cause"] == "stale"


def test_a_public_bucket_that_is_new_does_not_pass_either(stacks: tuple[Deployed, Deployed]) -> None:
    _, green = stacks
    assert green.update({**GREEN, "Leak": bucket(public=True)}, release="3") == "UPDATE_ROLLBACK_COMPLETE"
    assert ("undecided", PUBLIC, "Leak") in green.reasons()
    assert "Config has not recorded it" in green.refusal()
