"""Functions for tests: their zips, their creation, what they answer."""

from __future__ import annotations

import io
import json
import textwrap
import zipfile
from typing import Any

from workbench.local_aws.server import LocalAws

ROLE = "arn:aws:iam::123456789012:role/function"


def create_role(aws: LocalAws) -> None:
    aws.client("iam").create_role(RoleName="function", AssumeRolePolicyDocument="{}")


def zipped(**files: str) -> bytes:
    """A zip of modules: `zipped(app="...")`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name if "." in name else f"{name}.py", textwrap.dedent(text))
    return content.getvalue()


def create(aws: LocalAws, name: str, code: str, **configuration: Any) -> str:
    """A Python function whose module is `app` and whose handler is `handler`; its ARN."""
    settings = {"Runtime": "python3.13", "Handler": "app.handler", "Role": ROLE, **configuration}
    made = aws.client("lambda").create_function(FunctionName=name, Code={"ZipFile": zipped(app=code)}, **settings)
    return str(made["FunctionArn"])


def invoke(aws: LocalAws, name: str, event: Any = None, **options: Any) -> Any:
    """What the function answers, parsed."""
    answer = aws.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event or {}), **options)
    return json.loads(answer["Payload"].read())


def messages(aws: LocalAws, group: str) -> list[str]:
    return [event["message"] for event in aws.client("logs").filter_log_events(logGroupName=group)["events"]]
