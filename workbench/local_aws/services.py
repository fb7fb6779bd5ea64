"""The running parts of the local AWS together: functions, deployments, AWS Config, events.

Owns how they know each other. The server starts them when it has an endpoint, and closes them before it stops.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID

from workbench import managed_rules
from workbench.local_aws import service
from workbench.local_aws.codedeploy import CodeDeploy
from workbench.local_aws.config import ConfigOptions, ConfigService
from workbench.local_aws.config.checks import Checks
from workbench.local_aws.config.inventory import Sources
from workbench.local_aws.config.state import READERS
from workbench.local_aws.config.state.held import Held
from workbench.local_aws.corrections.buckets import closed_buckets
from workbench.local_aws.corrections.queues import checked_queues
from workbench.local_aws.event_sources import EventSources
from workbench.local_aws.events import Events
from workbench.local_aws.functions import Functions
from workbench.local_aws.notifications import Deliveries, notifying
from workbench.local_aws.persistence.moto_state import MotoState
from workbench.local_aws.persistence.part import Part
from workbench.local_aws.state_machines import Executions, running_state_machines

Clients = Callable[[str, str], Any]
"""A client of a service in a region: `LocalAws.client`."""


@dataclass(frozen=True)
class ServiceOptions:
    """How the parts behave.

    Attributes:
        config: how AWS Config behaves.
        minute: how many seconds a minute takes in deployments and retries.
        hour: how many seconds an hour takes between two runs of a schedule.
        hook_timeout: how many seconds a hook function may take to answer, an hour on AWS.
    """

    config: ConfigOptions = field(default_factory=ConfigOptions)
    minute: float = 60.0
    hour: float = 3600.0
    hook_timeout: float = 3600.0


class Services:
    """The parts, installed until `close`.

    Functions find their AWS at `endpoint`. `held` is what only CloudFormation knows. `parts` are those with a state
    that can be kept; who keeps it restores it before `start`.
    """

    def __init__(self, endpoint: str, clients: Clients, options: ServiceOptions, held: Held) -> None:
        checks = Checks(managed_rules.MANAGED_RULES, managed_rules.evaluate, managed_rules.surround)
        self.functions = Functions(endpoint, clients, options.minute)
        self.codedeploy = CodeDeploy(clients, options.minute, options.hook_timeout)
        sources = Sources(clients, {**READERS, "cloudformation": held.read}, held.memberships)
        self.config = ConfigService(DEFAULT_ACCOUNT_ID, sources, checks, self.functions.invoke, options.config)
        self.events = Events(DEFAULT_ACCOUNT_ID, clients, self.functions.invoke_event, options.hour / 60)
        self.event_sources = EventSources(DEFAULT_ACCOUNT_ID, clients, self.functions.invoke, options.minute)
        self._stack = ExitStack()
        self._stack.enter_context(closed_buckets())
        self._stack.enter_context(checked_queues())
        deliveries = Deliveries(clients, self.functions.invoke_event, self.events.publish)
        self._stack.enter_context(notifying(deliveries))
        self._stack.enter_context(running_state_machines(endpoint))
        for part in (self.functions, self.codedeploy, self.config, self.events, self.event_sources):
            self._stack.callback(part.close)
        self.parts: dict[str, Part] = {
            "moto": MotoState(),
            "functions": self.functions,
            "codedeploy": self.codedeploy,
            "config": self.config,
            "events": self.events,
            "executions": Executions(),
        }
        self._install()

    def start(self) -> None:
        """From now on, resources are recorded, schedules fire and functions are given what their sources have."""
        self.functions.start()
        self.config.start()
        self.events.start()
        self.event_sources.start()

    def at_close(self, act: Callable[[], None]) -> None:
        """Does this first when the parts are closed."""
        self._stack.callback(act)

    def close(self) -> None:
        """Ends all that runs: processes, deployments, the recorder."""
        self._stack.close()

    def _install(self) -> None:
        service.install("lambda", {**self.functions.operations(), **self.event_sources.operations()})
        service.install("codedeploy", self.codedeploy.operations())
        service.install("config", self.config.operations())
        service.install("events", self.events.operations())
        service.observe(self.config.observe)
