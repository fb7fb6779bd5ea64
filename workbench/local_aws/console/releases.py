"""What was released, and whether it was accepted: CodeDeploy's deployments joined with the recorded runs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.local_aws.console.tones import Tone, of_deployment


@dataclass(frozen=True)
class Run:
    """A judgement from the records bucket; its id is the deployment's if CodeDeploy asked."""

    id: str
    at: datetime
    answer: str
    outcome: str
    fitness: float | None
    sentence: str


@dataclass(frozen=True)
class Release:
    """A deployment or a judgement without one. `status` is CodeDeploy's, or what the run answered."""

    id: str
    at: datetime
    what: str
    status: str
    outcome: str
    fitness: float | None
    sentence: str

    @property
    def tone(self) -> Tone:
        return of_deployment(self.status)

    @property
    def is_decided(self) -> bool:
        """Whether it was accepted or refused."""
        return self.tone in (Tone.GOOD, Tone.BAD)


def run(document: Mapping[str, Any]) -> Run:
    """What a document under `runs/` of the records bucket tells."""
    card = document["scorecard"]
    reasons = card["verdict"]["reasons"]
    return Run(
        id=document["id"],
        at=datetime.fromisoformat(card["taken_at"]),
        answer=document["answer"],
        outcome=card["verdict"]["outcome"],
        fitness=card["fitness"],
        sentence=reasons[0]["message"] if reasons else "",
    )


def releases(deployments: Iterable[Mapping[str, Any]], runs: Iterable[Run]) -> tuple[Release, ...]:
    """`deploymentsInfo` and runs together, newest first."""
    by_id = {run.id: run for run in runs}
    found = [_deployment(info, by_id.pop(info["deploymentId"], None)) for info in deployments]
    found += [_judged(run) for run in by_id.values()]
    return tuple(sorted(found, key=lambda release: release.at, reverse=True))


def _deployment(info: Mapping[str, Any], judged: Run | None) -> Release:
    error = (info.get("errorInformation") or {}).get("message", "")
    return Release(
        id=info["deploymentId"],
        at=judged.at if judged else info["createTime"],
        what=info["deploymentGroupName"],
        status=info["status"],
        outcome=judged.outcome if judged else "",
        fitness=judged.fitness if judged else None,
        sentence=(judged.sentence if judged else "") or error,
    )


def _judged(run: Run) -> Release:
    what = "baseline and metric" if run.answer == "Recorded" else "architecture"
    return Release(run.id, run.at, what, run.answer, run.outcome, run.fitness, run.sentence)
