"""`sam build`: what ends up in the hook, and what stops a build."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.build.application_copy import Copy

pytestmark = pytest.mark.slow
NO_NETWORK = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_hook_holds_its_package_the_catalogue_and_what_it_requires(built: Copy) -> None:
    names = {path.name for path in built.hook.iterdir() if not path.name.endswith(".dist-info")}
    assert names == {"fitness", "rules.yaml", "yaml", "_yaml"}


def test_what_is_installed_is_for_the_runtime_and_its_architecture(built: Copy) -> None:
    (library,) = built.hook.glob("yaml/*.so")
    assert "cpython-314-aarch64" in library.name


def test_nothing_compiled_by_the_builder_is_shipped(built: Copy) -> None:
    assert list(built.hook.rglob("__pycache__")) == []


def test_the_hooks_handlers_run_from_the_artifact_alone(built: Copy) -> None:
    script = "from fitness import environment, handlers; print(environment.RULES_FILE.read_text())"
    environment = {**os.environ, "PYTHONPATH": str(built.hook), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", script]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    assert found.stdout.strip() == (built.folder / "rules.yaml").read_text().strip()


def test_the_functions_of_the_api_and_the_custom_rule_are_built(built: Copy) -> None:
    handlers = ("FirstFunction/first.py", "SecondFunction/second.py", "ConfigRules/RoundTripRule/round_trip.py")
    assert all((built.artifacts / handler).is_file() for handler in handlers)


def test_the_recorder_holds_what_the_hook_holds(built: Copy) -> None:
    assert content(built.artifacts / "Recorder") == content(built.hook)


def test_the_gate_holds_the_template_too_so_that_a_change_of_it_is_a_new_version(built: Copy) -> None:
    template = (built.folder / "template.yaml").read_bytes()
    assert content(built.artifacts / "ArchitectureGateFunction") == content(built.hook) | {"template.yaml": template}


def test_builds_beside_each_other_leave_one_whole_wheel(built: Copy) -> None:
    wheels = Path(built.environment["XDG_CACHE_HOME"]) / "config-fitness/wheels"
    assert [path.suffix for path in wheels.iterdir()] == [".whl"]


def test_a_weight_that_was_edited_reaches_the_hook_with_the_next_build_and_no_network(built: Copy) -> None:
    built.replace("rules.yaml", "{critical: 10, high: 7.5,", "{critical: 11, high: 7.5,")
    result = built.build(**NO_NETWORK)
    assert result.returncode == 0, result.stderr
    assert "{critical: 11, high: 7.5," in (built.hook / "rules.yaml").read_text()


def test_a_catalogue_with_a_mistake_stops_the_build_with_one_sentence(built: Copy) -> None:
    built.replace("rules.yaml", "gate:\n", "gaet:\n")
    result = built.build()
    built.replace("rules.yaml", "gaet:\n", "gate:\n")
    assert result.returncode != 0
    assert "unknown key 'gaet' in the document (did you mean 'gate'?)." in result.stderr
    assert "rules.yaml:" in result.stderr
    assert "Traceback" not in result.stderr
