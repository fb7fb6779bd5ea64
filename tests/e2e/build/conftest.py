"""One copy of the application, built once, for all tests of the build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.e2e.build.application_copy import Copy

ROOT = Path(__file__).parents[3]
DEPLOYED = ("template.yaml", "samconfig.toml", "rules.yaml", "config-rules", "hook", "src")


def copy_application(folder: Path) -> None:
    for name in DEPLOYED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, symlinks=True)
        else:
            shutil.copy(ROOT / name, folder / name)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy that was built once, with a cache of its own for what builds keep."""
    folder, cache = tmp_path_factory.mktemp("application"), tmp_path_factory.mktemp("cache")
    copy_application(folder)
    settings = {"SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "eu-west-1", "XDG_CACHE_HOME": str(cache)}
    application = Copy(folder, settings)
    result = application.build()
    assert result.returncode == 0, result.stderr
    return application
