"""The sample application, built and deployed by the SAM CLI, is scored as its preview promised."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from fitness import catalogue
from fitness.catalogue import Catalogue

from tests.e2e.build.application_copy import SAM, Copy
from tests.e2e.truth.comparison import deployed, differences, promised
from workbench.demo import project
from workbench.local import exports
from workbench.local_aws.server import LocalAws
from workbench.render import ROOT

pytestmark = pytest.mark.slow
STACK = "config-fitness"


@pytest.fixture(scope="module")
def application(aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the application, after `sam build && sam deploy`."""
    folder, cache = tmp_path_factory.mktemp("application"), tmp_path_factory.mktemp("cache")
    project.copy(ROOT, folder)
    quick = {"SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.5", "XDG_CACHE_HOME": str(cache)}
    nowhere = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    settings = {**quick, **nowhere, **exports(aws)}
    assert Copy(folder, settings).build().returncode == 0
    done = subprocess.run(  # noqa: S603
        [str(SAM), "deploy"], cwd=folder, env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]
    return folder


@pytest.fixture(scope="module")
def rules(application: Path) -> Catalogue:
    return catalogue.load((application / "rules.yaml").read_text())


def test_the_deployed_sample_is_what_its_preview_promised(aws: LocalAws, application: Path, rules: Catalogue) -> None:
    managed = {rule.id for rule in rules.rules.values() if rule.managed}
    expected = {
        key: one for key, one in promised(application / "template.yaml", rules, STACK).items() if key[0] in managed
    }
    found = {key: one for key, one in deployed(aws, rules, STACK, expected).items() if key[0] in managed}
    assert differences(found, expected) == []
    assert len(expected) > 90


def test_the_built_template_promises_the_same(application: Path, rules: Catalogue) -> None:
    built = application / ".aws-sam/build/template.yaml"
    (built.parent / "samconfig.toml").write_text((application / "samconfig.toml").read_text())
    assert differences(promised(built, rules, STACK), promised(application / "template.yaml", rules, STACK)) == []
