"""What was seen of a sample from its first deployment to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.e2e.clients.terminal import Done
from tests.e2e.samples.sample import Sample


@dataclass(frozen=True)
class Life:
    """Attributes:
    deployed: how the first deployment ended.
    use: what came of its use.
    again: how the second deployment of the same ended.
    drifted: the resources that are not as the template says.
    deleted: how `sam delete` ended.
    left: what is left of it then.
    """

    deployed: Done
    use: Any
    drifted: Sequence[str]
    again: Done
    deleted: Done
    left: Sequence[str]


def live(sample: Sample, use: Callable[[Sample], Any]) -> Life:
    deployed = sample.deploy()
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    return Life(
        deployed=deployed,
        use=use(sample),
        drifted=sample.drifted(),
        again=sample.deploy(),
        deleted=_delete(sample),
        left=sample.left(),
    )


def _delete(sample: Sample) -> Done:
    _empty_buckets(sample)
    return sample.terminal.run("sam", "delete", "--no-prompts", "--stack-name", sample.name)


def _empty_buckets(sample: Sample) -> None:
    """CloudFormation does not delete a bucket that holds something."""
    s3 = sample.client("s3")
    for bucket in (each["Name"] for each in s3.list_buckets()["Buckets"] if f"-{sample.name}-" in each["Name"]):
        for version in s3.list_object_versions(Bucket=bucket).get("Versions", ()):
            s3.delete_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])
