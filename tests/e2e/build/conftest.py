"""One copy of the application, built once, for all tests of the build."""

from __future__ import annotations

import pytest

from tests.e2e.build.application_copy import Copy
from workbench.demo import project
from workbench.render import ROOT


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy that was built once, with a cache of its own for what builds keep."""
    folder, cache = tmp_path_factory.mktemp("application"), tmp_path_factory.mktemp("cache")
    project.copy(ROOT, folder)
    settings = {"SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "eu-west-1", "XDG_CACHE_HOME": str(cache)}
    application = Copy(folder, settings)
    result = application.build()
    assert result.returncode == 0, result.stderr
    return application
