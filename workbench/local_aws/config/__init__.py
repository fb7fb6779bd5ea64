"""AWS Config: a recorder that sees what any client changes, rules that are really evaluated, and their results.

Resources are judged as the services hold them, by the same checks as a preview. `ConfigService` is what the server
wires: its operations, and `observe` for every request that succeeded.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from workbench.local_aws.config import organizations
from workbench.local_aws.config.agenda import Agenda
from workbench.local_aws.config.checks import Checks
from workbench.local_aws.config.compliance import ComplianceReads
from workbench.local_aws.config.constraints import constrained
from workbench.local_aws.config.custom import CustomLambdaRules, Invoke
from workbench.local_aws.config.inventory import Inventory, Sources
from workbench.local_aws.config.judging import Judges
from workbench.local_aws.config.observed import GLOBAL_SERVICES, affected, service_of
from workbench.local_aws.config.pack_compliance import PackComplianceReads
from workbench.local_aws.config.packs import PackOperations
from workbench.local_aws.config.policies import judge_policy
from workbench.local_aws.config.queries import QueryOperations
from workbench.local_aws.config.recorded import InventoryReads
from workbench.local_aws.config.recorders import RecorderOperations
from workbench.local_aws.config.recording import Recording
from workbench.local_aws.config.region import Pace, RegionConfig, utc_now
from workbench.local_aws.config.rule_operations import RuleOperations
from workbench.local_aws.config.store import Store
from workbench.local_aws.config.tags import TagOperations
from workbench.local_aws.service import Call, Operation, RequestContext, notify


@dataclass(frozen=True)
class ConfigOptions:
    """How AWS Config behaves.

    Attributes:
        recording_delay: seconds between a change of a resource and Config's evaluation of it.
        minute: how many seconds a rule must rest between two started evaluations, a minute on AWS.
        hour: how many seconds an hour takes between two runs of a periodic rule.
        recorder: whether each region starts with a running recorder, as an account that uses Config has one.
        page_size: results a page where the caller cannot say.
    """

    recording_delay: float = 2.0
    minute: float = 60.0
    hour: float = 3600.0
    recorder: bool = True
    page_size: int = 25


@dataclass(frozen=True)
class _Region:
    config: RegionConfig
    recording: Recording
    custom: CustomLambdaRules


class ConfigService:
    """AWS Config in all regions of the account. `start` begins to record, `close` ends it."""

    def __init__(
        self,
        account: str,
        sources: Sources,
        checks: Checks,
        invoke: Invoke,
        options: ConfigOptions | None = None,
    ) -> None:
        self._account = account
        self._sources = sources
        self._checks = checks
        self._invoke = invoke
        self._options = options or ConfigOptions()
        self._agenda = Agenda(done=_announce)
        self._lock = threading.RLock()
        self._regions: dict[str, _Region] = {}
        self._global_changes: set[str] = set()

    def start(self) -> None:
        self._agenda.start()

    def close(self) -> None:
        self._agenda.close()

    def state(self) -> Any:
        return set(self._global_changes), {name: region.config.state() for name, region in tuple(self._regions.items())}

    def restore(self, state: Any) -> None:
        self._global_changes, regions = state
        for name, (store, resources) in regions.items():
            self._regions[name] = self._built(RequestContext(self._account, name), store)
            self._regions[name].config.resume(resources)

    def operations(self) -> Mapping[str, Operation]:
        size = self._options.page_size
        rule_operations = RuleOperations(self._rules_of, size, self._options.minute)
        operations = {
            **rule_operations.operations(),
            **RecorderOperations(self._store_of, self._sources.clients).operations(),
            **QueryOperations(self._store_of).operations(),
            **PackOperations(self._store_of, self._sources.clients).operations(),
            **PackComplianceReads(self._store_of).operations(),
            **ComplianceReads(self._store_of, size).operations(),
            **InventoryReads(self._store_of).operations(),
            **organizations.operations(),
            **TagOperations(self._store_of).operations(),
            "PutEvaluations": lambda parameters, context: self._region(context.region).custom.put_evaluations(
                parameters
            ),
        }
        return {name: constrained(name, operation) for name, operation in operations.items()}

    def observe(self, call: Call) -> None:
        """Takes note of a request of any client."""
        place = affected(call)
        if place == "config":
            self._region(call.region).config.notice_soon()
        elif place and service_of(place) in GLOBAL_SERVICES:
            self._change_everywhere(place, call.region)
        elif place:
            self._region(call.region).config.changed(place)

    def _change_everywhere(self, place: str, region: str) -> None:
        self._global_changes.add(place)
        for name in {region, *self._regions}:
            self._region(name).config.changed(place)

    def _rules_of(self, context: RequestContext) -> tuple[RegionConfig, Recording]:
        region = self._region(context.region)
        return region.config, region.recording

    def _store_of(self, context: RequestContext) -> Store:
        return self._region(context.region).config.store

    def _region(self, name: str) -> _Region:
        with self._lock:
            if name not in self._regions:
                self._regions[name] = self._new_region(RequestContext(self._account, name))
            return self._regions[name]

    def _new_region(self, context: RequestContext) -> _Region:
        if self._options.recorder:
            Recording(context).start_default()
        region = self._built(context, Store())
        for place in tuple(self._global_changes):
            region.config.changed(place)
        return region

    def _built(self, context: RequestContext, store: Store) -> _Region:
        recording = Recording(context)
        custom = CustomLambdaRules(store, context, self._invoke, utc_now)
        inventory = Inventory(self._sources, context, self._checks)
        pace = Pace(self._options.recording_delay, self._options.hour)
        config = RegionConfig(
            store,
            resources=inventory,
            records=recording.records,
            judges=Judges(self._checks, partial(judge_policy, context)),
            custom=custom,
            agenda=self._agenda,
            pace=pace,
        )
        return _Region(config, recording, custom)


def _announce() -> None:
    """Tells the observers of requests what no request tells them: the recorder or a rule has done something."""
    notify(Call("config", "Evaluate", "", writes=True))
