"""What the demo reads back from the local AWS after a release: never what it hopes for, always what is there."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from fitness import snapshot
from fitness.aws import Aws, ClientFactory
from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.metrics import DEFAULT_NAMESPACE
from fitness.records import Records
from fitness.score import PERCENT
from fitness.scorecard import Scorecard, make

from workbench.problems import UserError
from workbench.record import baseline_document, records_of

Run = Mapping[str, Any]
"""What the records bucket keeps of one judgement."""
# CodeDeploy names its deployments so; the run of a hook bears the deployment's name.
_HOOK_RUN = re.compile(r"-d-\w+\.json$")
_PATIENCE = 60


@dataclass(frozen=True)
class Facts:
    """A stack as ordinary clients see it."""

    clients: ClientFactory
    stack: str

    @property
    def aws(self) -> Aws:
        return Aws(self.clients)

    @property
    def records(self) -> Records:
        return records_of(self.aws, self.aws.stack(self.stack))

    def accepted(self, since: datetime | None = None) -> Run:
        """The run that the recorder made the baseline, once it has recorded the stack's last update.

        Raises:
            UserError: the recorder does not record it.
        """
        for _ in range(_PATIENCE):
            document = baseline_document(self.records)
            if document and self._is_of(document, since):
                return self._run(document["run"])
            time.sleep(1)
        raise UserError("The recorder did not record the release; the demo cannot go on.")

    def _is_of(self, document: Mapping[str, Any], since: datetime | None) -> bool:
        return since is None or datetime.fromisoformat(document["taken_at"]) > since

    def judged_by_hook(self) -> Run:
        """The newest run of the CodeDeploy hook."""
        keys = [key for key in self.records.runs() if _HOOK_RUN.search(key)]
        return self._run(keys[-1])

    def runs(self) -> Iterator[tuple[str, str]]:
        """Key and text of every run."""
        records = self.records
        for key in records.runs():
            stored = self.aws.read(records.bucket, key)
            if stored:
                yield key, stored.text

    def _run(self, key: str) -> Run:
        stored = self.aws.read(self.records.bucket, key)
        found: Run = json.loads(stored.text) if stored else {}
        return found

    def fitness_metric(self) -> float | None:
        """The newest value of the metric, as CloudWatch keeps it."""
        now = datetime.now(UTC)
        found = self.clients("cloudwatch").get_metric_data(
            MetricDataQueries=[{"Id": "fitness", "MetricStat": self._metric()}],
            StartTime=now - timedelta(hours=1),
            EndTime=now + timedelta(minutes=1),
            ScanBy="TimestampDescending",
        )
        values = found["MetricDataResults"][0]["Values"]
        return float(values[0]) if values else None

    def _metric(self) -> dict[str, Any]:
        dimensions = [{"Name": "Stack", "Value": self.stack}]
        metric = {"Namespace": DEFAULT_NAMESPACE, "MetricName": "Fitness", "Dimensions": dimensions}
        return {"Metric": metric, "Period": 1, "Stat": "Average"}

    def refusal(self) -> str:
        """What CloudFormation says of the resource that failed first in the last update."""
        pages = self.clients("cloudformation").get_paginator("describe_stack_events").paginate(StackName=self.stack)
        events = [event for page in pages for event in page["StackEvents"]]
        failed = [event for event in events if event["ResourceStatus"] == "UPDATE_FAILED"]
        return f"{failed[-1]['LogicalResourceId']}: {failed[-1]['ResourceStatusReason']}" if failed else "nothing"

    def status(self) -> str:
        return self.aws.stack(self.stack).status

    def is_public(self, path: str) -> bool:
        """Whether the bucket lets public policies in."""
        bucket = next(found.physical_id for found in self.aws.resources(self.stack) if found.path == path)
        block = self.clients("s3").get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
        return not block["RestrictPublicBuckets"]

    def has(self, path: str) -> bool:
        return any(found.path == path for found in self.aws.resources(self.stack))


def scorecard_of(run: Run, catalogue: Catalogue, baseline: Baseline | None) -> Scorecard:
    """The scorecard of a recorded run, made again from its snapshot."""
    return make(catalogue, snapshot.from_json(json.dumps(run["snapshot"]), "the recorded run"), baseline)


def plain_average(card: Scorecard) -> Fraction:
    """Per cent of the known pairs that comply, each counting the same: what a simple score would be."""
    known = [pair for pair in card.judgement.pairs if pair.known and card.judgement.counts(pair)]
    return Fraction(PERCENT * sum(pair.status == "COMPLIANT" for pair in known), max(len(known), 1))
