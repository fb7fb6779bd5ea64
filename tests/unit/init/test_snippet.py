"""What a template needs so that its architecture is judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.init.applications import TEMPLATE
from workbench.init.snippet import ADDED, snippet
from workbench.problems import UserError
from workbench.templates import load
from workbench.templates.yaml_reader import read

ROOT = Path(__file__).parents[3]
PLAIN = "Resources: {Bucket: {Type: AWS::S3::Bucket}}"


def added(template: str = TEMPLATE) -> dict[str, Any]:
    partial: dict[str, Any] = read(snippet(load(template, "t"), "t"), "s")[0]
    return partial


def function(properties: str, shared: str = "") -> Any:
    text = f"{shared}\nResources: {{F: {{Type: AWS::Serverless::Function, Properties: {properties}}}}}"
    return added(text)["Resources"]["F"]["Properties"]


def test_functions_are_released_through_the_hook() -> None:
    assert added()["Resources"]["Function"]["Properties"] == {
        "AutoPublishAlias": "live",
        "DeploymentPreference": {
            "Type": "Canary10Percent5Minutes",
            "Hooks": {"PreTraffic": {"Ref": "PreTrafficHook"}},
        },
    }


@pytest.mark.parametrize(
    ("own", "shared"),
    [
        pytest.param("{AutoPublishAlias: prod, DeploymentPreference: {Type: AllAtOnce}}", "", id="own"),
        pytest.param("{AutoPublishAlias: x}", "Globals: {Function: {DeploymentPreference: {Type: X}}}", id="globals"),
    ],
)
def test_what_a_function_says_of_its_releases_stays(own: str, shared: str) -> None:
    assert function(own, shared) == {"DeploymentPreference": {"Hooks": {"PreTraffic": {"Ref": "PreTrafficHook"}}}}


def test_a_function_without_deployments_is_left_alone() -> None:
    hook = "{Type: AWS::Serverless::Function, Properties: {DeploymentPreference: {Enabled: false}}}"
    assert set(added(f"Resources: {{CheckFirst: {hook}}}")["Resources"]) == set(ADDED) - {
        "PreTrafficHook",
        "PreTrafficHookLogs",
    }


def test_an_application_without_functions_has_a_gate_and_no_hook() -> None:
    text = snippet(load(PLAIN, "t"), "t")
    assert "PreTrafficHook:" not in text
    assert "Transform: AWS::Serverless-2016-10-31" in text


def test_the_gate_waits_for_what_always_exists() -> None:
    waits_for = added()["Resources"]["ArchitectureGate"]["DependsOn"]
    assert {"Uploads", "Orders", "Open", "Function", "ConfigRules"} <= set(waits_for)
    assert "Website" not in waits_for


def test_a_parameter_that_is_there_is_used() -> None:
    one = "Parameters: {Release: {Type: String}}\n" + PLAIN
    assert list(added(one)["Parameters"]) == ["ProvisionRecorder"]
    both = one.replace("}}", "}, ProvisionRecorder: {Type: String}}", 1)
    assert "Parameters" not in added(both)


def test_the_gate_judges_other_values_of_parameters_and_is_told_no_secret() -> None:
    parameters = "Parameters: {Size: {Type: Number}, Password: {Type: String, NoEcho: true}}\n"
    watched = added(parameters + PLAIN)["Resources"]["ArchitectureGate"]["Properties"]["Parameters"]
    assert watched == {"ProvisionRecorder": {"Ref": "ProvisionRecorder"}, "Size": {"Ref": "Size"}}


def test_names_that_are_taken_are_refused() -> None:
    taken = "Resources: {Recorder: {Type: AWS::S3::Bucket}}"
    with pytest.raises(UserError, match="t: Recorder would be added but is there already"):
        snippet(load(taken, "t"), "t")


def test_every_added_name_is_looked_for() -> None:
    assert set(added()["Resources"]) - {"Function"} == set(ADDED)


def test_the_permissions_are_those_of_the_sample() -> None:
    sample = load((ROOT / "template.yaml").read_text(), "template.yaml").resources
    mine = added()["Resources"]
    expected = str(sample["JudgePolicy"]).replace("{'Ref': 'FitnessNamespace'}", "'ConfigFitness'")
    assert str(mine["JudgePolicy"]) == expected
    for name in ("PreTrafficHook", "Recorder"):
        assert mine[name]["Properties"]["Policies"] == sample[name]["Properties"]["Policies"]
    assert mine["RecordsBucketPolicy"] == sample["RecordsBucketPolicy"]
