"""The record of a stack as the command line shows it: its accepted baseline and its past runs.

Owns finding the records bucket and the two texts. Reading and conditional writing belong to `fitness.records`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fitness.aws import Aws
from fitness.aws_answers import Stack
from fitness.documents import parse
from fitness.reason import plural
from fitness.records import BASELINE_KEY, Records
from rich.console import RenderableType
from rich.text import Text

from workbench.problems import UserError
from workbench.reports.layout import OUTCOMES, columns, entry, title
from workbench.reports.wording import clean, moment, number

RECORDS_BUCKET = "RecordsBucket"
_CONCURRENT_READS = 8
_SPARKS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Run:
    """One judgement of the past."""

    taken_at: datetime
    fitness: float | None
    outcome: str
    answer: str
    sentence: str


def records_of(aws: Aws, stack: Stack) -> Records:
    """The records of a stack.

    Raises:
        UserError: the stack has no bucket for them.
    """
    bucket = next((found.physical_id for found in aws.resources(stack.id) if found.path == RECORDS_BUCKET), None)
    if bucket is None:
        raise UserError(f"The stack {stack.name} has no {RECORDS_BUCKET}, so nothing is recorded; deploy it with one.")
    return Records(aws, bucket)


def baseline_document(records: Records) -> Mapping[str, Any] | None:
    """The baseline as it is stored.

    Raises:
        InvalidDocument: somebody wrote something else there.
    """
    stored = records.aws.read(records.bucket, BASELINE_KEY)
    return parse(stored.text, f"s3://{records.bucket}/{BASELINE_KEY}").value if stored else None


def runs(records: Records, last: int) -> list[Run]:
    """The last runs, oldest first."""
    keys = records.runs()[-last:]
    with ThreadPoolExecutor(_CONCURRENT_READS) as pool:
        stored = pool.map(lambda key: records.aws.read(records.bucket, key), keys)
        return [run_of(json.loads(found.text)) for found in stored if found]


def run_of(document: Mapping[str, Any]) -> Run:
    """What a document under `runs/` tells."""
    card = document["scorecard"]
    reasons = card["verdict"]["reasons"]
    return Run(
        taken_at=datetime.fromisoformat(card["taken_at"]),
        fitness=card["fitness"],
        outcome=card["verdict"]["outcome"],
        answer=document["answer"],
        sentence=reasons[0]["message"] if reasons else "",
    )


def told_baseline(stack: str, document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """What the stack was when it was last accepted."""
    pinned = "pinned: kept until `fitness baseline unpin`" if document.get("pinned") else "moves with every release"
    judged = f"{plural(len(document['pairs']), 'pair')} on {plural(len(document['resources']), 'resource')}"
    yield title(f"Baseline of {clean(stack)}", f"{number(document['fitness'])}, {document['verdict']['outcome']}")
    yield entry("-", f"read {moment(datetime.fromisoformat(document['taken_at']))}")
    yield entry("-", f"{judged}, catalogue {document['catalogue']['digest'][:19]}")
    yield entry("-", pinned)


def told_history(stack: str, past: Sequence[Run]) -> Iterator[RenderableType]:
    """A sparkline and a line for each run, the newest last."""
    yield title(f"Fitness of {clean(stack)}", f"{sparkline([run.fitness for run in past])}   (times in UTC)")
    yield Text()
    yield columns([_row(run) for run in past])


def sparkline(values: Sequence[float | None]) -> str:
    """One sign a value from the lowest to the highest; a dot where nothing is known."""
    known = [value for value in values if value is not None]
    if not known:
        return "·" * len(values)
    low, span = min(known), (max(known) - min(known)) or 1
    return "".join(
        "·" if value is None else _SPARKS[int((value - low) / span * (len(_SPARKS) - 1))] for value in values
    )


def _row(run: Run) -> tuple[Text, ...]:
    outcome = Text(run.outcome, style=OUTCOMES.get(run.outcome, ""))
    taken_at = moment(run.taken_at).removesuffix(" UTC")
    return Text(taken_at), Text(number(run.fitness)), outcome, Text(run.answer), Text(clean(run.sentence))
