"""Where the AWS Config console shows a resource or a rule.

Owns the addresses, in the partition and the region of the stack. What has no page there (a preview, an IAM role whose
unique id only Config knows, a rule without a Config rule) has no link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from fitness.config_ids import ById, Surroundings, candidates
from fitness.model import ConfigRule, Resource
from fitness.pairs import speaks_for
from fitness.rule import Rule
from fitness.scorecard import Scorecard
from fitness.snapshot import Snapshot

from workbench.reports.formats import Notes

_HOSTS: Mapping[str, str] = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}
# A snapshot is a file that anybody may have written: only a region's name gets into the host.
_REGION = re.compile("[a-z]{2}(-[a-z]+)+-[0-9]")


@dataclass(frozen=True)
class ConsoleLinks:
    """Addresses by logical path of the resource, and by id of the rule."""

    resources: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)


def console_links(card: Scorecard, notes: Notes) -> ConsoleLinks:
    """The pages of everything that the card speaks of and that is deployed."""
    partition = _partition(card.snapshot)
    if not notes.deployed or partition not in _HOSTS or not _REGION.fullmatch(card.snapshot.region):
        return ConsoleLinks()
    region = card.snapshot.region
    console = f"https://{region}.{_HOSTS[partition]}/config/home?region={region}#"
    return ConsoleLinks(
        {path: f"{console}/resources/timeline?{query}" for path, query in _resources(card, partition)},
        {rule: f"{console}/rules/details?configRuleName={quote(name, safe='')}" for rule, name in _rules(card)},
    )


def _partition(snapshot: Snapshot) -> str:
    return snapshot.stack_id.split(":")[1] if snapshot.stack_id.startswith("arn:") else ""


def _resources(card: Scorecard, partition: str) -> Iterator[tuple[str, str]]:
    snapshot, judged = card.snapshot, {pair.resource for pair in card.judgement.pairs}
    surroundings = Surroundings(partition, snapshot.region, snapshot.resources)
    for resource in snapshot.resources:
        found = _known_id(resource, surroundings) if resource.path in judged else None
        if found:
            yield resource.path, f"resourceId={quote(found.id, safe='')}&resourceType={quote(found.type, safe='')}"


def _known_id(resource: Resource, surroundings: Surroundings) -> ById | None:
    known = [each for each in candidates(resource, surroundings) if isinstance(each, ById) and each.id]
    return known[0] if known else None


def _rules(card: Scorecard) -> Iterator[tuple[str, str]]:
    for rule in card.catalogue.rules.values():
        if speaker := _speaker(rule, card.snapshot):
            yield rule.id, speaker.name


def _speaker(rule: Rule, snapshot: Snapshot) -> ConfigRule | None:
    """The stack's own Config rule before one from elsewhere."""
    found = [config_rule for config_rule in snapshot.config_rules if speaks_for(rule, config_rule)]
    return min(found, key=lambda config_rule: config_rule.path is None, default=None)
