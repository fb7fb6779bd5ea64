"""What samconfig.toml says of a deployment."""

from __future__ import annotations

import pytest

from workbench.templates import InvalidTemplate
from workbench.templates.samconfig import DeploySettings, deploy_settings


def settings(lines: str) -> DeploySettings:
    return deploy_settings(f"version = 0.1\n{lines}")


@pytest.mark.parametrize(
    "written",
    [
        pytest.param('"Stage=prod Title=\\"two words\\""', id="a text"),
        pytest.param('["Stage=prod", "Title=two words"]', id="a list"),
        pytest.param(
            "'ParameterKey=Stage,ParameterValue=prod ParameterKey=Title,ParameterValue=\"two words\"'", id="keys"
        ),
        pytest.param('{Stage = "prod", Title = "two words"}', id="a table"),
    ],
)
def test_parameters_are_read_however_they_are_written(written: str) -> None:
    read = settings(f"[default.deploy.parameters]\nparameter_overrides = {written}")
    assert read.parameters == {"Stage": "prod", "Title": "two words"}


def test_the_command_overrides_the_global_section() -> None:
    read = settings(
        '[default.global.parameters]\nstack_name = "a"\nregion = "eu-west-1"\n'
        '[default.deploy.parameters]\nstack_name = "b"'
    )
    assert (read.stack_name, read.region) == ("b", "eu-west-1")


def test_another_environment_says_nothing() -> None:
    assert settings('[prod.deploy.parameters]\nstack_name = "a"') == DeploySettings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[default", "^samconfig.toml:1:1: not a configuration of the SAM CLI: ", id="no TOML"),
        pytest.param(
            '[default.deploy.parameters]\nparameter_overrides = "Stage"', "'Stage', which is not NAME=VALUE", id="x"
        ),
        pytest.param("[default]\ndeploy = 1", "not a configuration of the SAM CLI", id="not a table"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidTemplate, match=message):
        deploy_settings(text)


@pytest.mark.parametrize("written", ['"arn:a arn:b"', '["arn:a", "arn:b"]'])
def test_notifications_and_role_are_properties_of_the_stack(written: str) -> None:
    read = settings(f'[default.deploy.parameters]\nnotification_arns = {written}\nrole_arn = "arn:r"')
    assert read.stack_properties == {
        "NotificationARNs": ["arn:a", "arn:b"],
        "RoleARN": "arn:r",
        "EnableTerminationProtection": False,
    }
