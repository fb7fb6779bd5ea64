"""The Lambda entry points. Each takes its environment from variables and hands over."""

from __future__ import annotations

from typing import Any

from fitness.architecture_gate import answer_custom_resource
from fitness.deployment_hook import answer_deployment
from fitness.environment import Event, from_variables
from fitness.recorder import record_state


def pre_traffic(event: Event, context: Any) -> None:
    """CodeDeploy's BeforeAllowTraffic hook."""
    answer_deployment(event, context, from_variables())


def architecture_gate(event: Event, context: Any) -> None:
    """CloudFormation's custom resource."""
    answer_custom_resource(event, context, from_variables())


def recorder(event: Event, context: Any) -> None:
    """EventBridge's stack completion and schedule."""
    record_state(event, context, from_variables())
