"""What was released, and whether it was accepted: CodeDeploy's deployments joined with the recorded runs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from workbench.local_aws.console.tones import Tone, of_deployment

_PAUSE = timedelta(seconds=5)
_WORST_FIRST = (Tone.BAD, Tone.BUSY, Tone.NONE, Tone.GOOD)


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
    """Deployments that belong together, or a judgement without one. `status` is CodeDeploy's, or what the run answered.

    Several functions of a stack are deployed side by side; what one of them comes to, the release comes to.
    """

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
    found = [
        _together([_deployment(info, by_id.pop(info["deploymentId"], None)) for info in group])
        for group in _side_by_side(deployments)
    ]
    found += [_judged(run) for run in by_id.values()]
    return tuple(sorted(found, key=lambda release: release.at, reverse=True))


def _side_by_side(deployments: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Deployments of different groups, each begun before those before it were long over."""
    groups: list[list[Mapping[str, Any]]] = []
    for info in sorted(deployments, key=lambda info: info["createTime"]):
        if groups and _belongs(info, groups[-1]):
            groups[-1].append(info)
        else:
            groups.append([info])
    return groups


def _belongs(info: Mapping[str, Any], group: Sequence[Mapping[str, Any]]) -> bool:
    names = {each["deploymentGroupName"] for each in group}
    over = max(each.get("completeTime", info["createTime"]) for each in group)
    return info["deploymentGroupName"] not in names and info["createTime"] <= over + _PAUSE


def _together(parts: Sequence[Release]) -> Release:
    worst = min(parts, key=lambda part: _WORST_FIRST.index(part.tone))
    judged = next((part for part in (worst, *parts) if part.outcome), worst)
    return Release(
        id=", ".join(part.id for part in parts),
        at=worst.at,
        what=", ".join(part.what for part in parts),
        status=worst.status,
        outcome=judged.outcome,
        fitness=judged.fitness,
        sentence=worst.sentence or judged.sentence,
    )


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
