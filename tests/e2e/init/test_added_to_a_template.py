"""A template with what `fitness init` adds is valid, and deploys with its fitness functions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.init.applications import TEMPLATE
from workbench.cli import run
from workbench.local import exports
from workbench.local_aws.server import LocalAws
from workbench.templates.yaml_reader import read

pytestmark = pytest.mark.slow
BIN = Path(sys.executable).parent
CLOSED = (
    TEMPLATE.replace('Principal: "*"', "Principal: {Service: events.amazonaws.com}")
    .replace("PolicyDocument: {", 'PolicyDocument: {Version: "2012-10-17", ')
    .replace(
        "Conditions: {Never: !Equals [a, b]}",
        "Parameters: {Stage: {Type: String, Default: a}}\nConditions: {Never: !Equals [!Ref Stage, b]}",
    )
)


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder after `fitness init --code`, with the snippet merged into its template."""
    folder = tmp_path_factory.mktemp("application")
    template = folder / "template.yaml"
    template.write_text(CLOSED)
    shown = command(folder, "fitness", "init", "--code").stdout
    template.write_text(json.dumps(merged(read(CLOSED, "t")[0], read(shown, "s")[0])))
    return folder


def command(folder: Path, name: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    nowhere = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    quick = {"SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.5", "AWS_DEFAULT_REGION": "eu-west-1"}
    environment = {**os.environ, **nowhere, **quick, "PATH": f"{BIN}:{os.environ['PATH']}", **variables}
    words = [str(BIN / name), *arguments]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


def merged(into: Any, added: Any) -> Any:
    """Section by section, mapping by mapping."""
    if not isinstance(into, dict) or not isinstance(added, dict):
        return added
    return into | {key: merged(into.get(key), value) for key, value in added.items()}


def test_it_lints(application: Path) -> None:
    found = command(application, "cfn-lint", "template.yaml", "config-rules/template.yaml")
    assert found.returncode == 0, found.stdout


def test_the_sam_cli_accepts_it(application: Path) -> None:
    found = command(application, "sam", "validate", "--lint")
    assert found.returncode == 0, found.stderr


def test_it_previews_without_anything_unknown(application: Path) -> None:
    found = command(application, "fitness", "preview", "--format", "json")
    card = json.loads(found.stdout)
    assert found.returncode == 0
    assert card["coverage"] == 100
    assert card["unresolved"] == []


def test_it_deploys_and_is_scored(
    application: Path, aws: LocalAws, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    variables = exports(aws)
    assert command(application, "sam", "build", **variables).returncode == 0
    options = ("--stack-name", "mine", "--resolve-s3", "--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND")
    deployed = command(application, "sam", "deploy", *options, **variables)
    assert deployed.returncode == 0, deployed.stdout[-2000:]
    monkeypatch.chdir(application)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    run(["score", "mine", "--format", "json"])
    card = json.loads(capsys.readouterr().out)
    assert card["verdict"]["outcome"] in ("PASS", "WARN")
    assert card["coverage"] == 100
