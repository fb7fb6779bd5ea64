"""The statuses of a stack's pairs twice: as the template promises them, and as they are once it is deployed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from fitness import scorecard
from fitness.aws import Aws
from fitness.catalogue import Catalogue
from fitness.reader import Reader
from fitness.scorecard import Scorecard

from workbench import preview
from workbench.local_aws.server import LocalAws

Statuses = Mapping[tuple[str, str], str]
_LONGEST = 30


def promised(template: Path, rules: Catalogue, stack: str) -> Statuses:
    request = preview.Request(str(template), region="eu-west-1", stack_name=stack)
    return _statuses(preview.run(request, rules, datetime.now(UTC)).card)


def deployed(aws: LocalAws, rules: Catalogue, stack: str, expected: Statuses) -> Statuses:
    """What Config says; it is given some time to say what is expected."""
    cloud = Aws(aws.client)
    reader = Reader(cloud, rules, lambda: datetime.now(UTC))
    deadline = time.monotonic() + _LONGEST
    while True:
        found = _statuses(scorecard.make(rules, reader.snapshot(cloud.stack(stack)), None))
        if found == expected or time.monotonic() > deadline:
            return found
        time.sleep(0.5)


def differences(one: Statuses, other: Statuses) -> list[tuple[tuple[str, str], str | None, str | None]]:
    return [(key, one.get(key), other.get(key)) for key in sorted({*one, *other}) if one.get(key) != other.get(key)]


def _statuses(card: Scorecard) -> Statuses:
    return {(pair.rule, pair.resource): pair.status.value for pair in card.judgement.pairs}
