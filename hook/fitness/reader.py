"""From AWS to a snapshot.

Owns the order of the calls and which resources are asked for; calls for many resources run concurrently, bounded. A
resource whose rows cannot be read becomes a `Failure` and does not spoil the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from fitness.attachments import with_attachments
from fitness.aws import Aws
from fitness.aws_answers import Stack
from fitness.aws_problem import AwsProblem
from fitness.catalogue import Catalogue
from fitness.config_ids import ById, Candidate, Surroundings, candidates
from fitness.model import CONFIG_RULE_TYPE, STACK_TYPE, ConfigRule, Enforcement, Evaluation, Failure, Resource
from fitness.pairs import speaks_for
from fitness.rule import Rule
from fitness.snapshot import Snapshot

CONCURRENT_CALLS = 8


@dataclass(frozen=True)
class _Answer:
    """What Config says of one resource."""

    path: str
    rows: Sequence[Evaluation]
    failure: Failure | None
    is_recorded: bool


@dataclass(frozen=True)
class Reader:
    """Reads what AWS knows of a stack, as far as the rules of a catalogue can use it."""

    aws: Aws
    catalogue: Catalogue
    clock: Callable[[], datetime]

    def snapshot(self, stack: Stack) -> Snapshot:
        """All the facts at this moment.

        Raises:
            AwsProblem: what every judgement needs (the listing, the state of the Config rules) cannot be read.
        """
        root = Resource(stack.name, STACK_TYPE, stack.id, stack.updated_at)
        listing = with_attachments((root, *self.aws.resources(stack.id)))
        empty = Snapshot(
            stack=stack.name,
            stack_id=stack.id,
            account=stack.account,
            region=stack.region,
            taken_at=self.clock(),
            stack_updated_at=stack.updated_at,
            resources=listing,
            config_rules=self._config_rules(listing),
            evaluations=(),
        )
        return self._with_rows(empty, self._asked_for(listing))

    def refresh(self, snapshot: Snapshot, paths: Collection[str]) -> Snapshot:
        """The snapshot with the rows of these resources, and the state of the Config rules, read again."""
        asked = [resource for resource in self._asked_for(snapshot.resources) if resource.path in paths]
        names = {rule.name: rule.path for rule in snapshot.config_rules}
        kept = replace(
            snapshot,
            taken_at=self.clock(),
            config_rules=tuple(self.aws.config_rules(names)),
            evaluations=tuple(row for row in snapshot.evaluations if row.resource not in paths),
            failures=tuple(failure for failure in snapshot.failures if failure.resource not in paths),
            unrecorded=tuple(path for path in snapshot.unrecorded if path not in paths),
        )
        return self._with_rows(kept, asked)

    def _rules(self) -> list[Rule]:
        return [rule for rule in self.catalogue.rules.values() if rule.enforcement is not Enforcement.OFF]

    def _asked_for(self, resources: Iterable[Resource]) -> list[Resource]:
        types = {resource_type for rule in self._rules() for resource_type in rule.resource_types}
        return [resource for resource in resources if resource.type in types]

    def _config_rules(self, listing: Sequence[Resource]) -> tuple[ConfigRule, ...]:
        own = {resource.physical_id: resource.path for resource in listing if resource.type == CONFIG_RULE_TYPE}
        owned = [ConfigRule(name, path) for name, path in own.items()]
        orphans = [rule for rule in self._rules() if not any(speaks_for(rule, candidate) for candidate in owned)]
        names = self.aws.config_rule_names() if orphans else []
        foreign = [name for name in names if any(speaks_for(rule, ConfigRule(name, None)) for rule in orphans)]
        return tuple(self.aws.config_rules({**dict.fromkeys(foreign), **own}))

    def _with_rows(self, snapshot: Snapshot, asked: Sequence[Resource]) -> Snapshot:
        partition = snapshot.stack_id.split(":")[1]
        surroundings = Surroundings(partition, snapshot.region, snapshot.resources)
        periodic = self.periodic(snapshot.config_rules)
        with ThreadPoolExecutor(CONCURRENT_CALLS) as pool:
            answers = list(pool.map(lambda resource: self._answer(resource, surroundings, periodic), asked))
        return replace(
            snapshot,
            evaluations=(*snapshot.evaluations, *(row for answer in answers for row in answer.rows)),
            failures=(*snapshot.failures, *(answer.failure for answer in answers if answer.failure)),
            unrecorded=(*snapshot.unrecorded, *(answer.path for answer in answers if not answer.is_recorded)),
        )

    def periodic(self, config_rules: Iterable[ConfigRule]) -> AbstractSet[str]:
        """Names of the Config rules that run by the clock: they judge what Config has not recorded, too."""
        rules = [rule for rule in self._rules() if rule.frequency]
        return {found.name for found in config_rules if any(speaks_for(rule, found) for rule in rules)}

    def _answer(self, resource: Resource, surroundings: Surroundings, periodic: AbstractSet[str]) -> _Answer:
        rows: list[Evaluation] = []
        ids: list[tuple[str, str]] = []
        failure = None
        asked = candidates(resource, surroundings)
        for candidate in asked:
            try:
                for each in self._ids(candidate):
                    ids.append((candidate.type, each))
                    rows += self.aws.evaluations(candidate.type, each, resource.path)
            except AwsProblem as problem:
                failure = Failure(resource.path, problem.cause, str(problem))
        met = failure or not asked or any(row.config_rule not in periodic for row in rows)
        return _Answer(resource.path, rows, failure, bool(met) or not self._follows(resource) or self._is_recorded(ids))

    def _follows(self, resource: Resource) -> bool:
        """Whether a rule judges the resource whenever Config records a change of it."""
        return any(rule.applies_to(resource) and not rule.frequency for rule in self._rules())

    def _is_recorded(self, ids: Sequence[tuple[str, str]]) -> bool:
        try:
            return any(self.aws.is_recorded(*each) for each in ids)
        except AwsProblem:
            return True  # not known: it is judged as if Config had recorded it

    def _ids(self, candidate: Candidate) -> Sequence[str]:
        if isinstance(candidate, ById):
            return [candidate.id]
        return self.aws.discovered_ids(candidate.type, candidate.name)
