"""The settings of `sam deploy` that a preview needs to see what it would deploy.

Owns `deploy_settings`, which reads samconfig.toml as the SAM CLI does: the global section first, then that of the
command.
"""

from __future__ import annotations

import shlex
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.templates.errors import InvalidTemplate, Place
from workbench.templates.functions import scalar_text

FILE = "samconfig.toml"
_KEY, _VALUE = "ParameterKey=", "ParameterValue="


@dataclass(frozen=True)
class DeploySettings:
    """What samconfig.toml says of a deployment; empty where it says nothing."""

    stack_name: str | None = None
    region: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    notification_arns: Sequence[str] = ()
    role_arn: str | None = None

    @property
    def stack_properties(self) -> Mapping[str, Any]:
        """The properties of the stack that `sam deploy` creates; it has no option for termination protection."""
        role = {"RoleARN": self.role_arn} if self.role_arn else {}
        return {"NotificationARNs": list(self.notification_arns), "EnableTerminationProtection": False, **role}


def deploy_settings(text: str, name: str = FILE, environment: str = "default") -> DeploySettings:
    """The settings in the text of a samconfig.toml. Raises `InvalidTemplate` when it cannot be read."""
    try:
        whole = tomllib.loads(text).get(environment, {})
        settings = {**_parameters(whole, "global"), **_parameters(whole, "deploy")}
        return DeploySettings(
            stack_name=settings.get("stack_name"),
            region=settings.get("region"),
            parameters=_overrides(settings.get("parameter_overrides") or {}),
            notification_arns=_words(settings.get("notification_arns") or ()),
            role_arn=settings.get("role_arn"),
        )
    except (ValueError, AttributeError) as error:
        raise InvalidTemplate(f"not a configuration of the SAM CLI: {error}", place=Place(name, 1, 1)) from error


def _parameters(environment: Mapping[str, Any], command: str) -> dict[str, Any]:
    return dict(environment.get(command, {}).get("parameters", {}))


def _overrides(written: Any) -> dict[str, str]:
    """`A=1 B="two words"`, the same as a list, `ParameterKey=A,ParameterValue=1`, or a table."""
    if isinstance(written, Mapping):
        return {name: scalar_text(value) for name, value in written.items()}
    return dict(_override(word) for word in _words(written))


def _words(written: Any) -> tuple[str, ...]:
    return tuple(shlex.split(written) if isinstance(written, str) else map(str, written))


def _override(word: str) -> tuple[str, str]:
    if word.startswith(_KEY):
        word = word.removeprefix(_KEY).replace("," + _VALUE, "=", 1)
    name, equals, value = word.partition("=")
    if not equals:
        raise ValueError(f"parameter_overrides holds {word!r}, which is not NAME=VALUE")
    return name, value.strip("\"'")
