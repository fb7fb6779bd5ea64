"""A deployed application: created, updated, waited for, read.

Owns the ways in which a scenario talks to the local AWS. Everything is read back from AWS: the stack's status and
events, the runs and the baseline of the records bucket.
"""

from __future__ import annotations

import hashlib
import io
import json
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import fitness

from tests.e2e.gate.application import CODE_BUCKET, ROLE_NAME, RULES, Resources, template
from workbench.local_aws.server import LocalAws

_PATIENCE = 240.0
# Scenarios that are played at the same time share their code.
_UPLOADING = Lock()


@dataclass(frozen=True)
class Deployed:
    """One stack of the local AWS."""

    aws: LocalAws
    name: str
    rules: str = RULES

    def create(self, resources: Resources, **settings: Any) -> str:
        """Creates the stack and waits until the recorder has made it the baseline."""
        status = self._submit("create_stack", resources, settings)
        self.await_baseline()
        return status

    def update(self, resources: Resources, release: str = "2", rules: str | None = None, **settings: Any) -> str:
        """The status in which the update ended."""
        parameters = {"Release": release, **settings.pop("parameters", {})}
        return self._submit("update_stack", resources, {**settings, "parameters": parameters, "rules": rules})

    def await_baseline(self, since: str = "") -> dict[str, Any]:
        """The baseline, once there is one that is younger."""
        found: dict[str, Any] = wait_for(lambda: self._baseline_since(since), f"a baseline of {self.name}")
        return found

    def _baseline_since(self, since: str) -> dict[str, Any] | None:
        text = self.baseline_text()
        found: dict[str, Any] | None = json.loads(text) if text else None
        return found if found and (not since or _moment(found["taken_at"]) > _moment(since)) else None

    def baseline_text(self) -> bytes | None:
        s3 = self.aws.client("s3")
        try:
            return bytes(s3.get_object(Bucket=self.physical_id("RecordsBucket"), Key="baseline.json")["Body"].read())
        except s3.exceptions.NoSuchKey:
            return None

    def versions_of_the_baseline(self) -> int:
        """How often it was written."""
        listed = self.aws.client("s3").list_object_versions(Bucket=self.physical_id("RecordsBucket"), Prefix="baseline")
        return len(listed.get("Versions", ()))

    def runs(self) -> list[dict[str, Any]]:
        """Every judgement, oldest first."""
        s3, records = self.aws.client("s3"), self.physical_id("RecordsBucket")
        keys = [item["Key"] for item in s3.list_objects_v2(Bucket=records, Prefix="runs/").get("Contents", ())]
        return [json.loads(s3.get_object(Bucket=records, Key=key)["Body"].read()) for key in keys]

    def recorded(self) -> list[dict[str, Any]]:
        """The judgements that decided nothing, oldest first: at the creation, and of the recorder."""
        return [run for run in self.runs() if run["answer"] == "Recorded"]

    def await_recorded(self, number: int) -> None:
        wait_for(lambda: len(self.recorded()) >= number, f"{number} records of {self.name}")

    def decisions(self) -> list[dict[str, Any]]:
        """The judgements that decided something, oldest first."""
        return [run for run in self.runs() if run["answer"] != "Recorded"]

    def verdict(self) -> dict[str, Any]:
        """The verdict of the last decision."""
        found: dict[str, Any] = self.decisions()[-1]["scorecard"]["verdict"]
        return found

    def reasons(self) -> list[tuple[str, str | None, str | None]]:
        """Code, rule and resource of each reason of the last decision."""
        return [(each["code"], each["rule"], each["resource"]) for each in self.verdict()["reasons"]]

    def seconds_to_decide(self, run: dict[str, Any]) -> float:
        """From the start of the update to the judgement."""
        began, ended = (datetime.fromisoformat(run["snapshot"][key]) for key in ("stack_updated_at", "taken_at"))
        return (ended - began).total_seconds()

    def refusal(self) -> str:
        """What CloudFormation tells of the resource that failed the last update."""
        events = self._cloudformation.describe_stack_events(StackName=self.name)["StackEvents"]
        failed = [event for event in events if event["ResourceStatus"] in ("UPDATE_FAILED", "CREATE_FAILED")]
        return str(failed[0]["ResourceStatusReason"]) if failed else ""

    def status(self) -> str:
        return str(self._described()["StackStatus"])

    def started_at(self) -> str:
        """When the last create or update began."""
        stack = self._described()
        moment: datetime = stack.get("LastUpdatedTime") or stack["CreationTime"]
        return moment.astimezone(UTC).isoformat()

    def delete_config_rule(self, path: str) -> None:
        """What somebody does by hand."""
        self.aws.client("config").delete_config_rule(ConfigRuleName=self.physical_id(path))

    def last_error(self, path: str) -> str:
        """What Config says of a rule that fails."""
        names = [self.physical_id(path)]
        answer = self.aws.client("config").describe_config_rule_evaluation_status(ConfigRuleNames=names)
        return str(answer["ConfigRulesEvaluationStatus"][0]["LastErrorMessage"])

    def physical_id(self, path: str) -> str:
        found = self._cloudformation.describe_stack_resource(StackName=self.name, LogicalResourceId=path)
        return str(found["StackResourceDetail"]["PhysicalResourceId"])

    def versioning(self, path: str) -> str:
        return str(self.aws.client("s3").get_bucket_versioning(Bucket=self.physical_id(path))["Status"])

    @property
    def _cloudformation(self) -> Any:
        return self.aws.client("cloudformation")

    def _submit(self, method: str, resources: Resources, settings: dict[str, Any]) -> str:
        rules = settings.pop("rules", None) or self.rules
        parameters = settings.pop("parameters", {"Release": "1"})
        getattr(self._cloudformation, method)(
            StackName=self.name,
            TemplateBody=template(resources, rules, upload(self.aws, rules), **settings),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        return str(wait_for(self._ended, f"the end of {method}"))

    def _ended(self) -> str | None:
        status = self.status()
        return None if status.endswith("IN_PROGRESS") else status

    def _described(self) -> dict[str, Any]:
        found: dict[str, Any] = self._cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        return found


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def prepare(aws: LocalAws) -> None:
    """What the applications share: a role, and a bucket for code."""
    aws.client("iam").create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument="{}")
    location = {"LocationConstraint": aws.options.region}
    aws.client("s3").create_bucket(Bucket=CODE_BUCKET, CreateBucketConfiguration=location)


def upload(aws: LocalAws, rules: str) -> str:
    """The key of the functions' zip: the package that ships, with this catalogue."""
    content, s3 = _zipped(rules), aws.client("s3")
    key = f"{hashlib.sha256(content).hexdigest()[:16]}.zip"
    with _UPLOADING:
        if not s3.list_objects_v2(Bucket=CODE_BUCKET, Prefix=key)["KeyCount"]:
            s3.put_object(Bucket=CODE_BUCKET, Key=key, Body=content)
    return key


@cache
def _zipped(rules: str) -> bytes:
    package = Path(fitness.__file__).parent
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for file in sorted(package.glob("*.py")):
            archive.writestr(zipfile.ZipInfo(f"fitness/{file.name}"), file.read_text(encoding="utf-8"))
        archive.writestr(zipfile.ZipInfo("rules.yaml"), rules)
    return content.getvalue()


def wait_for(look: Callable[[], Any], what: str) -> Any:
    """The first answer of `look` that is true."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.1)
    raise TimeoutError(f"Waited for {what} in vain.")
