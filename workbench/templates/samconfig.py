"""The settings of `sam deploy` that a preview needs to see what it would deploy.

Owns `deploy_settings`, which reads samconfig.toml as the SAM CLI does: the global section first, then that of the
command.
"""

from __future__ import annotations

import shlex
import tomllib
from collections.abc import Mapping
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


def deploy_settings(text: str, name: str = FILE, environment: str = "default") -> DeploySettings:
    """The settings in the text of a samconfig.toml. Raises `InvalidTemplate` when it cannot be read."""
    try:
        whole = tomllib.loads(text).get(environment, {})
        settings = {**_parameters(whole, "global"), **_parameters(whole, "deploy")}
        return DeploySettings(
            settings.get("stack_name"), settings.get("region"), _overrides(settings.get("parameter_overrides") or {})
        )
    except (ValueError, AttributeError) as error:
        raise InvalidTemplate(f"not a configuration of the SAM CLI: {error}", place=Place(name, 1, 1)) from error


def _parameters(environment: Mapping[str, Any], command: str) -> dict[str, Any]:
    return dict(environment.get(command, {}).get("parameters", {}))


def _overrides(written: Any) -> dict[str, str]:
    """`A=1 B="two words"`, the same as a list, `ParameterKey=A,ParameterValue=1`, or a table."""
    if isinstance(written, Mapping):
        return {name: scalar_text(value) for name, value in written.items()}
    words = shlex.split(written) if isinstance(written, str) else [str(word) for word in written]
    return dict(_override(word) for word in words)


def _override(word: str) -> tuple[str, str]:
    if word.startswith(_KEY):
        word = word.removeprefix(_KEY).replace("," + _VALUE, "=", 1)
    name, equals, value = word.partition("=")
    if not equals:
        raise ValueError(f"parameter_overrides holds {word!r}, which is not NAME=VALUE")
    return name, value.strip("\"'")
