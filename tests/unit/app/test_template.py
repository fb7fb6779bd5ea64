"""What template.yaml deploys."""

from __future__ import annotations

import pytest

from tests.unit.app.sample import ROOT, of_type, prepared, resolved, resources
from workbench.templates import load

DATA = ["EncryptedBucket", "UnencryptedBucket", "EncryptedTable", "UnencryptedTable"]


@pytest.mark.parametrize("stack_name", ["a", "x" * 128])
def test_codedeploy_may_invoke_the_hook_whatever_the_stack_is_called(stack_name: str) -> None:
    name = resolved(prepared(stack_name), "PreTrafficHook", "Properties", "FunctionName")
    assert name.startswith("CodeDeployHook_")
    assert len(name) <= 64


@pytest.mark.parametrize(
    ("function", "preference"),
    [("FirstFunction", "Linear10PercentEvery1Minute"), ("SecondFunction", "Canary10Percent5Minutes")],
)
def test_traffic_shifts_step_by_step_after_the_hook(function: str, preference: str) -> None:
    found = resources()
    update = found[f"{function}Aliaslive"]["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]
    assert update["BeforeAllowTrafficHook"] == {"Ref": "PreTrafficHook"}
    configuration = found[f"{function}DeploymentGroup"]["Properties"]["DeploymentConfigName"]
    assert preference in str(configuration)


def test_the_hook_is_not_deployed_step_by_step_itself() -> None:
    assert "PreTrafficHookDeploymentGroup" not in resources()


def test_the_sample_has_one_bucket_and_one_table_of_each_kind() -> None:
    assert {name for name in resources() if name.endswith(("cryptedBucket", "cryptedTable"))} == set(DATA)


def test_every_function_logs_for_a_month_under_a_key_of_the_account() -> None:
    groups = of_type("AWS::Logs::LogGroup")
    functions = of_type("AWS::Lambda::Function").values()
    used = {function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"] for function in functions}
    assert used <= set(groups)
    for group in groups.values():
        assert group["Properties"] == {"RetentionInDays": 30, "KmsKeyId": {"Fn::GetAtt": ["LogKey", "Arn"]}}


def test_every_function_uses_the_newest_runtime_and_traces() -> None:
    for function in of_type("AWS::Lambda::Function").values():
        properties = function["Properties"]
        assert (properties["Runtime"], properties["Architectures"]) == ("python3.14", ["arm64"])
        assert properties["TracingConfig"] == {"Mode": "Active"}
        assert properties["LoggingConfig"]["LogFormat"] == "JSON"


@pytest.mark.parametrize("bucket", ["EncryptedBucket", "RecordsBucket", "AccessLogsBucket"])
def test_a_bucket_that_fills_does_not_hinder_the_deletion_of_the_stack(bucket: str) -> None:
    assert resources()[bucket]["DeletionPolicy"] == "RetainExceptOnCreate"


@pytest.mark.parametrize("bucket", ["EncryptedBucket", "RecordsBucket", "AccessLogsBucket"])
def test_a_protected_bucket_accepts_https_only(bucket: str) -> None:
    statements = resources()[f"{bucket}Policy"]["Properties"]["PolicyDocument"]["Statement"]
    (denied,) = [statement for statement in statements if statement["Effect"] == "Deny"]
    assert (denied["Principal"], denied["Action"]) == ("*", "s3:*")
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert len(denied["Resource"]) == 2


def test_without_rules_of_its_own_the_stack_has_no_nested_stack() -> None:
    assert "ConfigRules" in resources()
    assert "ConfigRules" not in resources(ProvisionRules="false")


def test_the_roles_that_an_account_has_once_may_be_left_alone() -> None:
    assert {"ApiLogging", "ApiLoggingRole"}.isdisjoint(resources(ProvisionApiLogging="false"))


def test_the_nested_stack_gets_every_parameter_that_it_has() -> None:
    nested = load((ROOT / "config-rules/template.yaml").read_text(), "config-rules/template.yaml")
    given = resources()["ConfigRules"]["Properties"]["Parameters"]
    assert set(given) == set(nested.section("Parameters"))


@pytest.mark.parametrize("section", ["Parameters", "Outputs"])
def test_everything_that_a_user_sees_is_described(section: str) -> None:
    bodies = prepared().document.section(section)
    assert [name for name, body in bodies.items() if not body.get("Description")] == []
