"""An environment for the entry points: AWS in memory, time that only sleeping moves, logs and answers in lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fitness.environment import Environment

from tests.edge.catalogues import RULES
from tests.edge.fake_aws import STACK_ID, FakeAws


@dataclass
class Context:
    """Lambda's context, as far as it is used."""

    remaining: float = 900

    def get_remaining_time_in_millis(self) -> int:
        return int(self.remaining * 1000)


@dataclass
class Recorded:
    """What an entry point left behind besides what is in the AWS."""

    log: list[str] = field(default_factory=list)
    responses: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)


def environment(
    aws: FakeAws, folder: Path, recorded: Recorded, rules: str = RULES, enforcement: str | None = None
) -> Environment:
    (folder / "rules.yaml").write_text(rules)
    return Environment(
        stack_id=STACK_ID,
        bucket="records",
        namespace="ConfigFitness",
        enforcement=enforcement,
        aws=aws,
        rules=folder / "rules.yaml",
        clock=aws.clock,
        sleep=aws.clock.sleep,
        report=recorded.log.append,
        respond=lambda url, document: recorded.responses.append((url, document)),
    )
